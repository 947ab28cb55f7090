/*
 * pool_task.c - a pool's tasks: a document on its way from the walk to a
 * worker, past the cache, whose outcome may take its place.
 */
#include "run/pool_private.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "run/look.h"
#include "run/stop.h"

_Static_assert(LOOK_SMALL == SESSION_BEGINNING, "what the walk reads is what a worker would have read at first");

bool pool_outcome_is_whole(struct pool *p, const struct task *t, const char *bytes, size_t n)
{
	struct wire_reader check = { bytes, bytes + n, false };

	return wire_outcome(&check, &p->order.outcome, p->n_plugins) && p->order.outcome.ordinal == t->ordinal;
}

static struct task *task_new(struct pool *p, const struct corpus_item *item)
{
	const struct str text = item->kind == CORPUS_FILE ? STR_EMPTY : item->text;
	const size_t n = strlen(item->path) + 1, size = sizeof(struct task) + n + text.n;
	struct task *t = mem_new(p->options.heap, size);

	if (!t)
		return NULL;
	*t = (struct task){ .ordinal = item->ordinal, .kind = item->kind, .line = item->line, .size = size, .fd = -1 };
	if (item->opened) {
		t->fd = item->opened->fd;
		item->opened->fd = -1;
	}
	memcpy(t->path, item->path, n);
	if (text.n)
		memcpy(t->path + n, text.p, text.n);
	t->text = (struct str){ t->path + n, text.n };
	/* A file's bytes go out at once, or are read again. */
	if (item->kind == CORPUS_FILE && item->text.n) {
		p->read_for = t;
		p->read = item->text;
	}
	return t;
}

void task_free(struct pool *p, struct task *t)
{
	if (t->fd >= 0)
		close(t->fd);
	if (t->cached)
		mem_free(p->options.heap, t->cached, t->cached_n);
	p->carried -= t->cached_n;
	mem_free(p->options.heap, t, t->size);
}

static char *copy_of(struct pool *p, struct str s)
{
	char *copy = mem_new(p->options.heap, s.n);

	if (copy)
		memcpy(copy, s.p, s.n);
	return copy;
}

/* What the cache has on a new document goes with it.  False: nothing. */
static bool task_keep(struct pool *p, struct task *t, const struct cache_entry *entry)
{
	char *bytes;

	if (strlen(entry->digest) >= sizeof t->digest)
		return false;
	bytes = copy_of(p, entry->outcome);
	if (!bytes)
		return false;
	if (!wire_outcome_reuse(bytes, entry->outcome.n, t->ordinal)) {
		mem_free(p->options.heap, bytes, entry->outcome.n);
		return false;
	}
	t->cached = bytes;
	t->cached_n = entry->outcome.n;
	p->carried += t->cached_n;
	strcpy(t->digest, entry->digest);
	return true;
}

/* Nothing is before this document: its outcome of an earlier run goes straight on.  False: it is none. */
static bool deliver_cached(struct pool *p, const struct corpus_item *item, struct str bytes)
{
	struct wire_reader r = { bytes.p, bytes.p + bytes.n, false };
	struct outcome *o = &p->order.outcome;

	if (!wire_outcome(&r, o, p->n_plugins))
		return false;
	o->ordinal = item->ordinal;
	o->took = OUTCOME_KEPT;
	order_pass(&p->order);
	p->refused = !p->consumer->outcome(p->consumer->user, o);
	return true;
}

void pool_take_cached(struct pool *p, struct task *t)
{
	if (!order_fill(&p->order, t->sequence, t->cached, t->cached_n))
		p->failed = true;
	task_free(p, t);
}

/* The bytes of a document that the walk reads itself.  NULL: there are none, which is told, or memory is refused. */
static struct task *task_fill(struct pool *p, struct task *t, struct corpus_item *item)
{
	const size_t size = t->size;
	struct task *grown;
	char *to;

	if (!p->walk->text(p->walk->self, item)) {
		pool_give_up(p, t, "io", item->message, item->hint);
		task_free(p, t);
		return NULL;
	}
	grown = mem_resize(p->options.heap, t, size, size + item->text.n + 1);
	p->failed = p->failed || !grown;
	if (!grown) {
		task_free(p, t);
		return NULL;
	}
	to = (char *)grown + size;
	memcpy(to, item->text.p, item->text.n);
	grown->size = size + item->text.n + 1;
	grown->text = (struct str){ to, item->text.n };
	return grown;
}

/* A document for a worker; NULL when an earlier run's outcome took its place. */
static struct task *task_of(struct pool *p, struct corpus_item *item)
{
	const bool asks = p->cache && corpus_has_stamp(item->kind);
	struct file_stamp stamp = { .size = item->kind == CORPUS_FILE ? (uint64_t)item->st.st_size : 0 };
	enum cache_found found = CACHE_NONE;
	struct cache_entry entry;
	struct task *t;

	if (asks) {
		stamp = file_stamp_of(&item->st);
		found = cache_find(p->cache, item->path, &stamp, &entry);
	}
	if (found == CACHE_FRESH && order_is_empty(&p->order) && deliver_cached(p, item, entry.outcome))
		return NULL;
	t = task_new(p, item);
	if (!t) {
		p->failed = true;
		return NULL;
	}
	t->stamp = stamp;
	t->sequence = order_reserve(&p->order);
	if (found == CACHE_NONE || !task_keep(p, t, &entry) || found != CACHE_FRESH ||
	    !pool_outcome_is_whole(p, t, t->cached, t->cached_n))
		return item->kind == CORPUS_MEMBER ? task_fill(p, t, item) : t;
	pool_take_cached(p, t);
	return NULL;
}

/* The next document of the walk; problems on the way take their places, and so do documents known from earlier. */
static struct task *task_walk(struct pool *p)
{
	struct corpus_item item;
	struct task *t = NULL;

	while (!t && !p->walked && !p->failed && !p->refused && !stop_signal() && !order_is_full(&p->order) &&
	       p->order.held + p->carried < POOL_HELD_MOST) {
		p->read_for = NULL;
		if (!p->walk->next(p->walk->self, &item))
			p->walked = true;
		else if (item.kind == CORPUS_PROBLEM)
			p->failed = !order_problem(&p->order, &item);
		else
			t = task_of(p, &item);
	}
	return t;
}

struct task *pool_task_next(struct pool *p)
{
	struct task *t = task_shift(&p->again);

	return t ? t : task_walk(p);
}

/* Of a small file the bytes are there afterwards, in p->text, of any other a descriptor. */
static int file_take(struct pool *p, struct task *t, struct stat *st, enum file_status *status)
{
	const bool is_small = t->stamp.size > 0 && t->stamp.size <= SESSION_BEGINNING;
	int fd = t->fd;

	buf_clear(&p->text);
	*status = FILE_OK;
	t->fd = -1;
	if (fd < 0 && !is_small)
		return file_open_regular(t->path, st, status);
	if (fd < 0)
		fd = file_open_again(t->path, status);
	if (fd < 0)
		return -1;
	return is_small ? file_read_seen(&p->text, fd, (size_t)t->stamp.size, st, status) : file_look(fd, st, status);
}

/*
 * The parent alone opens files, and reads the small ones itself, which is
 * cheaper than to hand them on; what it cannot open is told by the worker as
 * any failure.  False: not now.
 */
static bool task_open(struct pool *p, struct child *c, struct task *t, struct corpus_opened *opened, struct str *text)
{
	enum file_status status = FILE_OK;
	struct stat st;

	*opened = (struct corpus_opened){ .fd = -1 };
	*text = p->read_for == t ? p->read : t->text;
	if (t->kind != CORPUS_FILE || p->read_for == t)
		return true;
	opened->fd = file_take(p, t, &st, &status);
	/* Once others are answered there is room again. */
	if (opened->fd < 0 && status != FILE_OK && (errno == EMFILE || errno == ENFILE) && c->tasks.n > 0)
		return false;
	opened->status = status;
	*text = buf_str(&p->text);
	if (opened->fd < 0)
		return true;
	t->stamp = file_stamp_of(&st);
	child_hand(c, opened->fd);
	return true;
}

bool pool_task_send(struct pool *p, struct child *c, struct task *t)
{
	struct corpus_opened opened;
	struct str text;

	if (!task_open(p, c, t, &opened, &text))
		return false;
	const size_t frame = wire_begin(&c->out, WIRE_DOCUMENT);
	wire_put_number(&c->out, (uint64_t)t->kind);
	wire_put_number(&c->out, t->ordinal);
	wire_put_string(&c->out, t->path);
	wire_put_string(&c->out, p->cache && corpus_has_stamp(t->kind) ? t->digest : NULL);
	wire_put_number(&c->out, t->line);
	wire_put_number(&c->out, (uint64_t)t->stamp.size);
	wire_put_str(&c->out, text);
	wire_put_number(&c->out, (uint64_t)opened.status);
	wire_end(&c->out, frame);
	task_push(&c->tasks, t);
	if (!p->began)
		p->began = p->now;
	return true;
}
