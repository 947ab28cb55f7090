/*
 * corpus_lines.c - streams of records that a walk reads: NDJSON, whose lines
 * are documents, and lists, whose records are paths.
 */
#include <errno.h>
#include <string.h>

#include "run/corpus_private.h"

/* ------------------------------------------------------------------ NDJSON */

/* A document is held in memory several times: as a line, as text, as a tree. */
static const size_t line_most = (size_t)256 << 20;

static bool problem_line(struct corpus *c, struct corpus_item *item, const char *message)
{
	corpus_problem(c, item, SEVERITY_ERROR, message, NULL);
	item->line = (uint32_t)c->lines.number;
	return true;
}

bool corpus_take_line(struct corpus *c, struct corpus_item *item)
{
	struct str line;
	enum rec_status status;

	while ((status = recfile_next(&c->lines, &line)) != REC_END) {
		if (status == REC_TOO_LONG)
			return problem_line(c, item, "the line is too long");
		if (str_trim(line).n == 0)
			continue;
		*item = (struct corpus_item){ .kind = CORPUS_LINE,
					      .ordinal = c->ordinal++,
					      .path = c->path.p,
					      .line = (uint32_t)c->lines.number,
					      .text = line };
		return true;
	}
	const int error = c->lines.error;
	recfile_close(&c->lines);
	return error && corpus_problem_errno(c, item, error);
}

/* Whether a stream of records may be read from st. */
static bool stream_is_allowed(const struct corpus *c, int fd)
{
	struct stat st;

	return !c->options.regular_files || (fstat(fd, &st) == 0 && S_ISREG(st.st_mode));
}

static const char *const once_only = "is read twice and must be a regular file";

bool corpus_open_lines(struct corpus *c, struct corpus_item *item)
{
	struct stat st;
	int error;

	if (!buf_ok(&c->path))
		return corpus_problem_nomem(c, item);
	if (!c->is_listed && str_eqz(buf_str(&c->path), "-") && !corpus_take_stdin(c))
		return corpus_problem(c, item, SEVERITY_ERROR, "standard input is read already", NULL);
	error = recfile_open(&c->lines, c->heap, c->path.p, !c->is_listed, '\n', line_most);
	if (!error && !stream_is_allowed(c, c->lines.fd)) {
		recfile_close(&c->lines);
		return corpus_problem(c, item, SEVERITY_ERROR, once_only, NULL);
	}
	if (!error && fstat(c->lines.fd, &st) == 0 && S_ISREG(st.st_mode) && c->lines.own_fd &&
	    fileset_add(&c->seen, file_id_of(c->path.p, &st)) == FILESET_SEEN)
		error = -1;
	if (error)
		recfile_close(&c->lines);
	return error > 0 && corpus_problem_errno(c, item, error);
}

/* ------------------------------------------------------------------- lists */

static const size_t name_most = 65536;

/* The list is the path that a problem names. */
static bool problem_list(struct corpus *c, struct corpus_item *item, const char *message, const char *hint)
{
	buf_clear(&c->path);
	buf_addz(&c->path, c->options.lists[c->next_list - 1]);
	corpus_problem(c, item, SEVERITY_ERROR, message, hint);
	item->line = c->options.nul ? 0 : (uint32_t)c->list.number;
	return true;
}

bool corpus_open_list(struct corpus *c, struct corpus_item *item)
{
	const char *name = c->options.lists[c->next_list++];
	int error;

	if (strcmp(name, "-") == 0 && !corpus_take_stdin(c))
		return problem_list(c, item, "standard input is read already", NULL);
	error = recfile_open(&c->list, c->heap, name, true, c->options.nul ? '\0' : '\n', name_most);
	if (!error && stream_is_allowed(c, c->list.fd))
		return false;
	recfile_close(&c->list);
	problem_list(c, item, error ? "" : once_only, NULL);
	return error ? corpus_problem_errno(c, item, error) : true;
}

bool corpus_step_list(struct corpus *c, struct corpus_item *item, bool *any)
{
	struct str name;
	enum rec_status status;

	*any = true;
	while ((status = recfile_next(&c->list, &name)) != REC_END) {
		if (status == REC_TOO_LONG)
			return problem_list(c, item, "a name longer than any file's", NULL);
		if (memchr(name.p, '\0', name.n))
			return problem_list(c, item, "a NUL in a list of lines",
					    "a list whose names end with NUL is read with -0");
		if (name.n == 0)
			continue;
		buf_clear(&c->path);
		buf_adds(&c->path, name);
		return false;
	}
	const int error = c->list.error;
	if (error)
		problem_list(c, item, "", NULL);
	recfile_close(&c->list);
	*any = error != 0;
	return error && corpus_problem_errno(c, item, error);
}
