/*
 * corpus.c - the lazy walk: a stack of sorted folders, a set of files seen.
 *
 * A real folder is entered once, which ends symbolic loops; a real file is a
 * document once, under the first path that reaches it.  Paths come from the
 * arguments, then from the lists.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run/corpus_private.h"

struct corpus *corpus_open(const struct alloc *heap, const struct corpus_options *options)
{
	struct corpus *c = mem_new_zero(heap, sizeof *c);

	if (!c)
		return NULL;
	c->heap = heap;
	c->options = *options;
	buf_init(&c->path, heap, 0);
	fileset_init(&c->seen, heap);
	c->list.fd = c->lines.fd = c->opened.fd = -1;
	buf_init(&c->list.in, heap, 0);
	buf_init(&c->lines.in, heap, 0);
	return c;
}

static void opened_close(struct corpus *c)
{
	if (c->opened.fd >= 0)
		close(c->opened.fd);
	c->opened.fd = -1;
}

void corpus_open_files(struct corpus *c)
{
	c->opens = true;
}

void corpus_close(struct corpus *c)
{
	if (!c)
		return;
	opened_close(c);
	while (c->depth > 0)
		folder_release(&c->stack[--c->depth]);
	mem_free(c->heap, c->stack, c->cap * sizeof *c->stack);
	recfile_close(&c->list);
	recfile_close(&c->lines);
	members_free(c->members);
	buf_release(&c->path);
	fileset_release(&c->seen);
	mem_free(c->heap, c, sizeof *c);
}

/* ---------------------------------------------------------------- problems */

bool corpus_problem(struct corpus *c, struct corpus_item *item, enum severity severity, const char *message,
		    const char *hint)
{
	*item = (struct corpus_item){ .kind = CORPUS_PROBLEM,
				      .path = c->path.p ? c->path.p : "",
				      .severity = severity,
				      .message = message,
				      .hint = hint };
	return true;
}

bool corpus_problem_nomem(struct corpus *c, struct corpus_item *item)
{
	c->stopped = true;
	return corpus_problem(c, item, SEVERITY_ERROR, "out of memory", NULL);
}

bool corpus_problem_errno(struct corpus *c, struct corpus_item *item, int error)
{
	switch (error) {
	case ENOMEM:
		return corpus_problem_nomem(c, item);
	case ENOENT:
		return corpus_problem(c, item, SEVERITY_ERROR, "no such file or directory", NULL);
	case EACCES:
		return corpus_problem(c, item, SEVERITY_ERROR, "permission denied", NULL);
	default:
		return corpus_problem(c, item, SEVERITY_ERROR, strerror_r(error, c->message, sizeof c->message), NULL);
	}
}

static const char *kind_text(mode_t mode)
{
	return S_ISFIFO(mode)   ? "not a regular file but a pipe"
	       : S_ISSOCK(mode) ? "not a regular file but a socket"
				: "not a regular file but a device";
}

/* -------------------------------------------------------------------- walk */

bool corpus_take_stdin(struct corpus *c)
{
	const bool is_free = !c->stdin_taken;

	c->stdin_taken = true;
	return is_free;
}

static bool take_stdin(struct corpus *c, struct corpus_item *item)
{
	if (!corpus_take_stdin(c))
		return c->next_list &&
		       corpus_problem(c, item, SEVERITY_ERROR, "standard input is a list already", NULL);
	*item = (struct corpus_item){ .kind = CORPUS_STDIN, .ordinal = c->ordinal++, .path = "-" };
	return true;
}

/* False: memory is refused. */
static bool members_make(struct corpus *c)
{
	if (!c->members)
		c->members = members_new(c->heap, &c->options.wanted);
	if (c->members)
		members_use_cache(c->members, c->cache);
	return c->members != NULL;
}

/* An archive is one where it is named; in a folder it is a file like any other. */
static bool take_file(struct corpus *c, struct corpus_item *item, const struct stat *st)
{
	const bool is_archive = c->depth == 0 && members_is_archive(c->path.p);
	const bool is_compressed = members_is_compressed(c->path.p);

	if ((is_archive || is_compressed) && !members_make(c))
		return corpus_problem_nomem(c, item);
	if (is_archive) {
		members_begin(c->members, c->path.p, st);
		c->in_archive = true;
		return false;
	}
	*item = (struct corpus_item){ .kind = is_compressed ? CORPUS_MEMBER : CORPUS_FILE,
				      .ordinal = c->ordinal++,
				      .path = c->path.p,
				      .st = *st,
				      .opened = c->opened.fd >= 0 ? &c->opened : NULL };
	if (c->look.read)
		item->text = (struct str){ c->look.text, (size_t)st->st_size };
	return true;
}

/* False: there is no more in the archive. */
static bool take_member(struct corpus *c, struct corpus_item *item)
{
	c->in_archive = members_next(c->members, item);
	if (c->in_archive && item->kind != CORPUS_PROBLEM)
		item->ordinal = c->ordinal++;
	return c->in_archive;
}

/* Puts the folder at c->path on the stack.  0, or an errno. */
static int folder_push(struct corpus *c)
{
	struct folder *grown = mem_grow(c->heap, c->stack, &c->cap, c->depth + 1, sizeof *c->stack);
	int error;

	if (!grown)
		return ENOMEM;
	c->stack = grown;
	if (c->path.p[c->path.n - 1] != '/')
		buf_addc(&c->path, '/');
	if (c->depth == 0)
		c->below = c->path.n;
	error = folder_read(c->stack, c->depth + 1, c->heap, &c->path, c->below, &c->options.wanted);
	c->depth += error == 0;
	return error;
}

/* Looks at the path; a file that will be read is opened for that, which tells as much. */
static const struct look *path_look(struct corpus *c)
{
	const struct folder *f = c->depth ? &c->stack[c->depth - 1] : NULL;
	struct look *l = &c->look;
	const char *name;
	const int dir = folder_entry_at(f, c->path.p, &name);

	if (c->opens && f && f->entries[f->next - 1].is_regular && !members_is_compressed(c->path.p))
		look_into(l, dir, name);
	else
		look_at(l, dir, name);
	c->opened.fd = l->fd;
	return l;
}

/* A folder is entered, a file handed out. False: nothing to hand out, go on. */
static bool take_path(struct corpus *c, struct corpus_item *item)
{
	const struct stat *st;
	const struct look *l;
	int error;

	if (!buf_ok(&c->path))
		return corpus_problem_nomem(c, item);
	opened_close(c);
	l = path_look(c);
	st = &l->st;
	if (l->error)
		return corpus_problem_errno(c, item, l->error);
	if (!S_ISREG(st->st_mode) && !S_ISDIR(st->st_mode))
		return corpus_problem(c, item, c->depth ? SEVERITY_WARNING : SEVERITY_ERROR, kind_text(st->st_mode),
				      c->depth ? NULL : "standard input is read as '-'");
	switch (fileset_add(&c->seen, file_id_of(c->path.p, st))) {
	case FILESET_SEEN:
		return false;
	case FILESET_NOMEM:
		return corpus_problem_nomem(c, item);
	case FILESET_NEW:
		break;
	}
	if (S_ISREG(st->st_mode))
		return take_file(c, item, st);
	error = folder_push(c);
	return error && corpus_problem_errno(c, item, error);
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
		folder_release(f);
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
			const bool is_problem = corpus_step_list(c, item, &any);
			if (any)
				return is_problem ? STEP_PROBLEM : STEP_PATH;
		}
		if (c->next_list == c->options.n_lists)
			return STEP_END;
		if (corpus_open_list(c, item))
			return STEP_PROBLEM;
	}
}

/* What the path just stepped to has to hand out.  False: nothing, go on. */
static bool path_take(struct corpus *c, struct corpus_item *item)
{
	if (c->options.ndjson)
		return corpus_open_lines(c, item);
	if (c->depth == 0 && !c->is_listed && buf_ok(&c->path) && str_eqz(buf_str(&c->path), "-"))
		return take_stdin(c, item);
	return take_path(c, item);
}

bool corpus_next(struct corpus *c, struct corpus_item *item)
{
	while (!c->stopped) {
		enum step step;
		if (c->in_archive) {
			if (take_member(c, item))
				return true;
			continue;
		}
		if (c->lines.fd >= 0) {
			if (corpus_take_line(c, item))
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

bool corpus_text(struct corpus *c, struct corpus_item *item)
{
	if (item->kind != CORPUS_MEMBER)
		return true;
	return c->in_archive ? members_text(c->members, item) : members_text_single(c->members, item);
}

void corpus_use_cache(struct corpus *c, struct cache *cache)
{
	c->cache = cache;
	if (c->members)
		members_use_cache(c->members, cache);
}

static bool walk_next(void *self, struct corpus_item *item)
{
	return corpus_next(self, item);
}

static bool walk_text(void *self, struct corpus_item *item)
{
	return corpus_text(self, item);
}

static size_t walk_known(void *self)
{
	const struct corpus *c = self;
	size_t n = c->options.n_paths - c->next_path;

	for (size_t i = 0; i < c->depth; i++)
		n += c->stack[i].n - c->stack[i].next;
	return n;
}

struct walk corpus_walk(struct corpus *c)
{
	return (struct walk){ .self = c, .next = walk_next, .text = walk_text, .known = walk_known };
}
