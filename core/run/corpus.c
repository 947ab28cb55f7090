/*
 * corpus.c - the lazy walk: a stack of sorted folders, a set of files seen.
 *
 * Whole paths are ordered bytewise by sorting the entries of each folder with
 * a "/" after the names of folders: "a-b.md" stands before "a/x.md".  A real
 * folder is entered once, which ends symbolic loops; a real file is a document
 * once, under the first path that reaches it.  Paths come from the arguments,
 * then from the lists.
 */
#include "run/corpus.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "run/fileset.h"
#include "run/recfile.h"

struct entry {
	char *name; /* in the folder's arena */
	bool is_folder;
};

struct folder {
	struct entry *entries;
	size_t n, cap, next;
	struct arena names;
	size_t path_len; /* of the folder's own path, with its "/" */
};

struct corpus {
	const struct alloc *heap;
	struct corpus_options options;
	size_t next_path, next_list;
	struct recfile list;  /* open, or fd -1 */
	struct recfile lines; /* of NDJSON; open, or fd -1 */
	bool is_listed;       /* the path is a list's, where "-" is a name like any other */
	size_t below;         /* where in path the part below the argument begins */
	uint64_t ordinal;
	struct buf path;
	struct folder *stack;
	size_t depth, cap;
	struct fileset seen;
	bool stdin_taken;
	bool stopped; /* memory was refused */
	char message[160];
};

struct corpus *corpus_open(const struct alloc *heap, const struct corpus_options *options)
{
	struct corpus *c = mem_new_zero(heap, sizeof *c);

	if (!c)
		return NULL;
	c->heap = heap;
	c->options = *options;
	buf_init(&c->path, heap, 0);
	fileset_init(&c->seen, heap);
	c->list.fd = c->lines.fd = -1;
	buf_init(&c->list.in, heap, 0);
	buf_init(&c->lines.in, heap, 0);
	return c;
}

static void folder_release(struct corpus *c, struct folder *f)
{
	mem_free(c->heap, f->entries, f->cap * sizeof *f->entries);
	arena_release(&f->names);
}

void corpus_close(struct corpus *c)
{
	if (!c)
		return;
	while (c->depth > 0)
		folder_release(c, &c->stack[--c->depth]);
	mem_free(c->heap, c->stack, c->cap * sizeof *c->stack);
	recfile_close(&c->list);
	recfile_close(&c->lines);
	buf_release(&c->path);
	fileset_release(&c->seen);
	mem_free(c->heap, c, sizeof *c);
}

/* ---------------------------------------------------------------- problems */

static bool problem(struct corpus *c, struct corpus_item *item, enum severity severity, const char *message,
		    const char *hint)
{
	*item = (struct corpus_item){ .kind = CORPUS_PROBLEM,
				      .path = c->path.p ? c->path.p : "",
				      .severity = severity,
				      .message = message,
				      .hint = hint };
	return true;
}

static bool problem_nomem(struct corpus *c, struct corpus_item *item)
{
	c->stopped = true;
	return problem(c, item, SEVERITY_ERROR, "out of memory", NULL);
}

static bool problem_errno(struct corpus *c, struct corpus_item *item, int error)
{
	switch (error) {
	case ENOMEM:
		return problem_nomem(c, item);
	case ENOENT:
		return problem(c, item, SEVERITY_ERROR, "no such file or directory", NULL);
	case EACCES:
		return problem(c, item, SEVERITY_ERROR, "permission denied", NULL);
	default:
		return problem(c, item, SEVERITY_ERROR, strerror_r(error, c->message, sizeof c->message), NULL);
	}
}

static const char *kind_text(mode_t mode)
{
	return S_ISFIFO(mode)   ? "not a regular file but a pipe"
	       : S_ISSOCK(mode) ? "not a regular file but a socket"
				: "not a regular file but a device";
}

/* -------------------------------------------------------- what is a document */

static bool suffix_is_known(const char *name)
{
	static const char *const suffixes[] = { ".md", ".markdown", ".html", ".htm", ".txt" };
	const struct str s = str_of(name);

	for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
		const struct str suffix = str_of(suffixes[i]);
		if (s.n > suffix.n && str_eq_nocase((struct str){ s.p + s.n - suffix.n, suffix.n }, suffix))
			return true;
	}
	return false;
}

/* below: the path below the argument; name: its last part. */
static bool globs_match(const char *const *globs, size_t n, const char *below, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (fnmatch(globs[i], strchr(globs[i], '/') ? below : name, 0) == 0)
			return true;
	return false;
}

static bool file_is_wanted(const struct corpus *c, const char *below, const char *name)
{
	if (c->options.n_include)
		return globs_match(c->options.include, c->options.n_include, below, name);
	return suffix_is_known(name);
}

/* ----------------------------------------------------------------- folders */

static int entry_cmp(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	const unsigned char *p = (const unsigned char *)a->name, *q = (const unsigned char *)b->name;

	while (*p && *p == *q)
		p++, q++;
	const int x = *p ? *p : a->is_folder ? '/' : 0;
	const int y = *q ? *q : b->is_folder ? '/' : 0;
	return x - y;
}

/* Links are followed; an entry that cannot be looked at counts as a file and is reported when its turn comes. */
static bool entry_is_folder(DIR *dir, const struct dirent *d)
{
	struct stat st;

	if (d->d_type != DT_UNKNOWN && d->d_type != DT_LNK)
		return d->d_type == DT_DIR;
	return fstatat(dirfd(dir), d->d_name, &st, 0) == 0 && S_ISDIR(st.st_mode);
}

static bool entry_is_wanted(struct corpus *c, const char *name, bool is_folder)
{
	const char *below;
	const size_t len = c->path.n;
	bool wanted;

	buf_addz(&c->path, name);
	if (!buf_ok(&c->path))
		return false;
	below = c->path.p + c->below;
	wanted = !globs_match(c->options.exclude, c->options.n_exclude, below, name) &&
		 (is_folder || file_is_wanted(c, below, name));
	buf_truncate(&c->path, len);
	return wanted;
}

static bool entry_add(struct corpus *c, struct folder *f, const char *name, bool is_folder)
{
	struct entry *grown = mem_grow(c->heap, f->entries, &f->cap, f->n + 1, sizeof *f->entries);
	char *copy = arena_strz(&f->names, str_of(name));

	if (grown)
		f->entries = grown;
	if (!grown || !copy)
		return false;
	f->entries[f->n++] = (struct entry){ copy, is_folder };
	return true;
}

/* 0, or an errno. */
static int folder_read(struct corpus *c, struct folder *f)
{
	DIR *dir = opendir(c->path.p);
	const struct dirent *d;
	int error = 0;

	if (!dir)
		return errno;
	for (errno = 0; error == 0 && (d = readdir(dir)); errno = 0) {
		if (d->d_name[0] == '.')
			continue;
		const bool is_folder = entry_is_folder(dir, d);
		if (entry_is_wanted(c, d->d_name, is_folder) && !entry_add(c, f, d->d_name, is_folder))
			error = ENOMEM;
		if (!buf_ok(&c->path))
			error = ENOMEM;
	}
	if (error == 0)
		error = errno;
	closedir(dir);
	return error;
}

/* Puts the folder at c->path on the stack.  0, or an errno. */
static int folder_push(struct corpus *c)
{
	struct folder *grown = mem_grow(c->heap, c->stack, &c->cap, c->depth + 1, sizeof *c->stack);
	struct folder *f;
	int error;

	if (!grown)
		return ENOMEM;
	c->stack = grown;
	f = &c->stack[c->depth];
	*f = (struct folder){ 0 };
	arena_init(&f->names, c->heap, 0);
	if (c->path.p[c->path.n - 1] != '/')
		buf_addc(&c->path, '/');
	f->path_len = c->path.n;
	if (c->depth == 0)
		c->below = c->path.n;
	error = buf_ok(&c->path) ? folder_read(c, f) : ENOMEM;
	if (error) {
		folder_release(c, f);
		return error;
	}
	if (f->n)
		qsort(f->entries, f->n, sizeof *f->entries, entry_cmp);
	c->depth++;
	return 0;
}

/* -------------------------------------------------------------------- walk */

/* False: somebody reads it already. */
static bool stdin_take(struct corpus *c)
{
	const bool is_free = !c->stdin_taken;

	c->stdin_taken = true;
	return is_free;
}

static bool take_stdin(struct corpus *c, struct corpus_item *item)
{
	if (!stdin_take(c))
		return c->next_list && problem(c, item, SEVERITY_ERROR, "standard input is a list already", NULL);
	*item = (struct corpus_item){ .kind = CORPUS_STDIN, .ordinal = c->ordinal++, .path = "-" };
	return true;
}

static bool take_file(struct corpus *c, struct corpus_item *item, const struct stat *st)
{
	*item = (struct corpus_item){ .kind = CORPUS_FILE, .ordinal = c->ordinal++, .path = c->path.p, .st = *st };
	return true;
}

/* A folder is entered, a file handed out. False: nothing to hand out, go on. */
static bool take_path(struct corpus *c, struct corpus_item *item)
{
	struct stat st;
	int error;

	if (!buf_ok(&c->path))
		return problem_nomem(c, item);
	if (stat(c->path.p, &st) != 0)
		return problem_errno(c, item, errno);
	if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
		return problem(c, item, c->depth ? SEVERITY_WARNING : SEVERITY_ERROR, kind_text(st.st_mode),
			       c->depth ? NULL : "standard input is read as '-'");
	switch (fileset_add(&c->seen, file_id_of(c->path.p, &st))) {
	case FILESET_SEEN:
		return false;
	case FILESET_NOMEM:
		return problem_nomem(c, item);
	case FILESET_NEW:
		break;
	}
	if (S_ISREG(st.st_mode))
		return take_file(c, item, &st);
	error = folder_push(c);
	return error && problem_errno(c, item, error);
}

/* ------------------------------------------------------------------ NDJSON */

/* A document is held in memory several times: as a line, as text, as a tree. */
static const size_t line_most = (size_t)256 << 20;

static bool problem_line(struct corpus *c, struct corpus_item *item, const char *message)
{
	problem(c, item, SEVERITY_ERROR, message, NULL);
	item->line = (uint32_t)c->lines.number;
	return true;
}

/* The next line that is not blank.  False: there is none, the stream is closed. */
static bool take_line(struct corpus *c, struct corpus_item *item)
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
	return error && problem_errno(c, item, error);
}

/* Whether a stream of records may be read from st. */
static bool stream_is_allowed(const struct corpus *c, int fd)
{
	struct stat st;

	return !c->options.regular_files || (fstat(fd, &st) == 0 && S_ISREG(st.st_mode));
}

static const char *const once_only = "is read twice and must be a regular file";

/* Opens the stream of lines at c->path.  True: a problem. */
static bool lines_open(struct corpus *c, struct corpus_item *item)
{
	struct stat st;
	int error;

	if (!buf_ok(&c->path))
		return problem_nomem(c, item);
	if (!c->is_listed && str_eqz(buf_str(&c->path), "-") && !stdin_take(c))
		return problem(c, item, SEVERITY_ERROR, "standard input is read already", NULL);
	error = recfile_open(&c->lines, c->heap, c->path.p, !c->is_listed, '\n', line_most);
	if (!error && !stream_is_allowed(c, c->lines.fd)) {
		recfile_close(&c->lines);
		return problem(c, item, SEVERITY_ERROR, once_only, NULL);
	}
	if (!error && fstat(c->lines.fd, &st) == 0 && S_ISREG(st.st_mode) && c->lines.own_fd &&
	    fileset_add(&c->seen, file_id_of(c->path.p, &st)) == FILESET_SEEN)
		error = -1;
	if (error)
		recfile_close(&c->lines);
	return error > 0 && problem_errno(c, item, error);
}

/* ------------------------------------------------------------------- lists */

static const size_t name_most = 65536;

/* The list is the path that a problem names. */
static bool problem_list(struct corpus *c, struct corpus_item *item, const char *message, const char *hint)
{
	buf_clear(&c->path);
	buf_addz(&c->path, c->options.lists[c->next_list - 1]);
	problem(c, item, SEVERITY_ERROR, message, hint);
	item->line = c->options.nul ? 0 : (uint32_t)c->list.number;
	return true;
}

static bool list_open(struct corpus *c, struct corpus_item *item)
{
	const char *name = c->options.lists[c->next_list++];
	int error;

	if (strcmp(name, "-") == 0 && !stdin_take(c))
		return problem_list(c, item, "standard input is read already", NULL);
	error = recfile_open(&c->list, c->heap, name, true, c->options.nul ? '\0' : '\n', name_most);
	if (!error && stream_is_allowed(c, c->list.fd))
		return false;
	recfile_close(&c->list);
	problem_list(c, item, error ? "" : once_only, NULL);
	return error ? problem_errno(c, item, error) : true;
}

/* The next path of the list, into c->path; true: a problem instead.  *any: either of them. */
static bool list_step(struct corpus *c, struct corpus_item *item, bool *any)
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
	return error && problem_errno(c, item, error);
}

/* ------------------------------------------------------------------- paths */

enum step { STEP_END, STEP_PATH, STEP_PROBLEM };

/* The next path to look at, into c->path. */
static enum step path_step(struct corpus *c, struct corpus_item *item)
{
	bool any;

	while (c->depth > 0) {
		struct folder *f = &c->stack[c->depth - 1];
		if (f->next < f->n) {
			buf_truncate(&c->path, f->path_len);
			buf_addz(&c->path, f->entries[f->next++].name);
			return STEP_PATH;
		}
		folder_release(c, f);
		c->depth--;
	}
	if (c->next_path < c->options.n_paths) {
		buf_clear(&c->path);
		buf_addz(&c->path, c->options.paths[c->next_path++]);
		return STEP_PATH;
	}
	c->is_listed = true;
	for (;;) {
		if (c->list.fd >= 0) {
			const bool is_problem = list_step(c, item, &any);
			if (any)
				return is_problem ? STEP_PROBLEM : STEP_PATH;
		}
		if (c->next_list == c->options.n_lists)
			return STEP_END;
		if (list_open(c, item))
			return STEP_PROBLEM;
	}
}

/* What the path just stepped to has to hand out.  False: nothing, go on. */
static bool path_take(struct corpus *c, struct corpus_item *item)
{
	if (c->options.ndjson)
		return lines_open(c, item);
	if (c->depth == 0 && !c->is_listed && buf_ok(&c->path) && str_eqz(buf_str(&c->path), "-"))
		return take_stdin(c, item);
	return take_path(c, item);
}

bool corpus_next(struct corpus *c, struct corpus_item *item)
{
	while (!c->stopped) {
		enum step step;
		if (c->lines.fd >= 0) {
			if (take_line(c, item))
				return true;
			continue;
		}
		step = path_step(c, item);
		if (step == STEP_END)
			return false;
		if (step == STEP_PROBLEM || path_take(c, item))
			return true;
	}
	return false;
}

static bool walk_next(void *self, struct corpus_item *item)
{
	return corpus_next(self, item);
}

struct walk corpus_walk(struct corpus *c)
{
	return (struct walk){ c, walk_next };
}
