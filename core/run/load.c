/*
 * load.c - see load.h.
 */
#include "run/load.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "run/members.h"

/* What is read here is held in memory before the library sees it: its default limit. */
static const size_t bytes_most = (size_t)256 << 20;

static quern_code code_of(enum file_status status)
{
	switch (status) {
	case FILE_OK:
		return QUERN_OK;
	case FILE_MISSING:
		return QUERN_NOT_FOUND;
	case FILE_TOO_LARGE:
		return QUERN_LIMIT;
	case FILE_NOMEM:
		return QUERN_NOMEM;
	default:
		return QUERN_IO;
	}
}

static quern_code failure(enum file_status status, const char *before, const char *path, quern_error *error)
{
	*error = (quern_error){ .code = code_of(status) };
	snprintf(error->path, sizeof error->path, "%s", path);
	snprintf(error->message, sizeof error->message, "%s%s", before, file_status_text(status));
	return error->code;
}

static quern_code stdin_load(quern *q, const struct alloc *heap, const quern_doc_options *options, quern_doc **out,
			     quern_error *error)
{
	struct buf bytes;
	enum file_status status;
	quern_code code;

	buf_init(&bytes, heap, 0);
	status = file_read_fd(&bytes, STDIN_FILENO, bytes_most);
	code = status == FILE_OK ? quern_doc_parse(q, buf_str(&bytes).p, bytes.n, options, out, error)
				 : failure(status, "standard input: ", options->path, error);
	buf_release(&bytes);
	return code;
}

static quern_code opened_load(quern *q, const struct corpus_item *item, const quern_doc_options *options,
			      quern_doc **out, quern_error *error)
{
	struct corpus_opened *f = item->opened;
	const int fd = f->fd;

	if (f->status != FILE_OK)
		return failure((enum file_status)f->status, "", options->path, error);
	if (item->text.n)
		return quern_doc_parse(q, item->text.p, item->text.n, options, out, error);
	f->fd = -1;
	return quern_doc_load_open(q, fd, options, out, error);
}

/* ------------------------------------------------------------------ NDJSON */

static quern_code line_failure(const struct corpus_item *item, quern_code code, uint32_t column, quern_error *error,
			       const char *message, const char *more)
{
	*error = (quern_error){ .code = code, .line = item->line, .column = column };
	snprintf(error->path, sizeof error->path, "%s", item->path);
	snprintf(error->message, sizeof error->message, "%s%s", message, more);
	if (code == QUERN_INVALID)
		snprintf(error->hint, sizeof error->hint,
			 "a line is an object as {\"path\": \"a.md\", \"text\": \"# A\"}");
	return code;
}

/* A member that must be a string; NULL, and *error filled, where it is not. */
static const struct str *line_string(const struct corpus_item *item, const struct value *v, const char *key,
				     quern_error *error)
{
	const struct value *member = value_getz(v, key);
	char what[32];

	snprintf(what, sizeof what, "%s of a line ", key);
	if (member && member->kind == VALUE_STRING)
		return &member->as.string;
	line_failure(item, QUERN_INVALID, 1, error, what, member ? "is no string" : "is missing");
	return NULL;
}

/* The path is copied, terminated, into a.  *text lies in a, too. */
static quern_code line_read(struct arena *a, const struct corpus_item *item, const char **path, struct str *text,
			    quern_error *error)
{
	struct json_error json;
	const struct str *p, *t;
	struct value v;

	if (!json_read(a, item->text, &v, &json))
		return a->refused ? line_failure(item, QUERN_NOMEM, 0, error, "out of memory", "")
				  : line_failure(item, QUERN_INVALID, json.column, error,
						 "not a line of JSON: ", json.message);
	if (v.kind != VALUE_MAP)
		return line_failure(item, QUERN_INVALID, 1, error, "a line is an object, not a ",
				    value_kind_name(v.kind));
	p = line_string(item, &v, "path", error);
	t = p ? line_string(item, &v, "text", error) : NULL;
	if (!t)
		return error->code;
	if (p->n == 0 || memchr(p->p, '\0', p->n))
		return line_failure(item, QUERN_INVALID, 1, error, "path of a line ",
				    p->n ? "holds a NUL" : "is empty");
	*path = arena_strz(a, *p);
	*text = *t;
	return *path ? QUERN_OK : line_failure(item, QUERN_NOMEM, 0, error, "out of memory", "");
}

/* JSON is UTF-8, whatever an HTML document declares. */
static quern_code line_load(quern *q, const struct alloc *heap, const struct corpus_item *item, quern_doc_options *o,
			    quern_doc **out, quern_error *error)
{
	struct arena arena;
	struct str text = STR_EMPTY;
	quern_code code;

	arena_init(&arena, heap, 0);
	code = line_read(&arena, item, &o->path, &text, error);
	o->encoding = "UTF-8";
	if (code == QUERN_OK)
		code = quern_doc_parse(q, text.p, text.n, o, out, error);
	arena_release(&arena);
	return code;
}

/* --------------------------------------------------------------- compressed */

/* What a compressed file's name says about what is in it. */
static quern_format format_inside(const char *path)
{
	static const struct {
		const char *suffix;
		quern_format format;
	} table[] = { { ".md", QUERN_MARKDOWN },
		      { ".markdown", QUERN_MARKDOWN },
		      { ".html", QUERN_HTML },
		      { ".htm", QUERN_HTML } };
	const struct str name = { path, strlen(path) - (members_is_compressed(path) ? strlen(strrchr(path, '.')) : 0) };

	for (size_t i = 0; members_is_compressed(path) && i < sizeof table / sizeof table[0]; i++) {
		const struct str suffix = str_of(table[i].suffix);
		if (name.n > suffix.n && str_eq_nocase((struct str){ name.p + name.n - suffix.n, suffix.n }, suffix))
			return table[i].format;
	}
	return QUERN_AUTO;
}

static quern_code member_load(quern *q, const struct corpus_item *item, quern_doc_options *o, quern_doc **out,
			      quern_error *error)
{
	if (o->format == QUERN_AUTO)
		o->format = format_inside(item->path);
	return quern_doc_parse(q, item->text.p, item->text.n, o, out, error);
}

quern_code document_load(quern *q, const struct alloc *heap, const struct corpus_item *item,
			 const quern_doc_options *options, quern_doc **out, quern_error *error)
{
	quern_doc_options o = *options;

	*out = NULL;
	if (item->kind == CORPUS_LINE)
		return line_load(q, heap, item, &o, out, error);
	o.path = item->path;
	if (item->kind == CORPUS_MEMBER)
		return member_load(q, item, &o, out, error);
	if (item->kind == CORPUS_STDIN)
		return stdin_load(q, heap, &o, out, error);
	return item->opened ? opened_load(q, item, &o, out, error) : quern_doc_load(q, item->path, &o, out, error);
}
