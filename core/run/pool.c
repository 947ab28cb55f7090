/*
 * pool.c - see pool.h: workers are started, documents handed out, answers put
 * in order.
 *
 * Each worker is kept supplied with a few milliseconds of work, measured by
 * how much it ran dry.  A second one is started when the first has been at work
 * for as long as starting it takes, and so on in doubled steps, so that a small
 * run needs one process and a large one soon has all.
 */
#include "run/pool_private.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/file.h"
#include "run/stop.h"

enum {
	TARGET_FIRST = 4,             /* documents a new worker is given */
	TARGET_MOST = CHILD_FDS_MOST, /* and the most one has at a time */
	TASK_BYTES_MOST = 1 << 20,    /* the same in bytes of tasks, for documents that come as lines */
	STATUS_NO_WORKER = 1,         /* exit status where no worker can be had */
	HELD_MOST = 32 * 1024 * 1024  /* bytes of answers that wait for one before them */
};

/* ------------------------------------------------------------------- tasks */

/* It reads, into p->order.outcome, and is the task's. */
static bool outcome_is_whole(struct pool *p, const struct task *t, const char *bytes, size_t n)
{
	struct wire_reader check = { bytes, bytes + n, false };

	return wire_outcome(&check, &p->order.outcome, p->n_plugins) && p->order.outcome.ordinal == t->ordinal;
}

static struct task *task_new(struct pool *p, const struct corpus_item *item)
{
	const size_t n = strlen(item->path) + 1, size = sizeof(struct task) + n + item->text.n;
	struct task *t = mem_new_zero(p->options.heap, size);

	if (!t)
		return NULL;
	*t = (struct task){ .ordinal = item->ordinal, .kind = item->kind, .line = item->line, .size = size };
	memcpy(t->path, item->path, n);
	if (item->text.n)
		memcpy(t->path + n, item->text.p, item->text.n);
	t->text = (struct str){ t->path + n, item->text.n };
	return t;
}

void task_free(struct pool *p, struct task *t)
{
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

/* An outcome of an earlier run takes the document's place. */
static void take_cached(struct pool *p, struct task *t)
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
	    !outcome_is_whole(p, t, t->cached, t->cached_n))
		return item->kind == CORPUS_MEMBER ? task_fill(p, t, item) : t;
	take_cached(p, t);
	return NULL;
}

/* The next document of the walk; problems on the way take their places, and so do documents known from earlier. */
static struct task *task_walk(struct pool *p)
{
	struct corpus_item item;
	struct task *t = NULL;

	while (!t && !p->walked && !p->failed && !p->refused && !stop_signal() && !order_is_full(&p->order) &&
	       p->order.held + p->carried < HELD_MOST) {
		if (!p->walk->next(p->walk->self, &item))
			p->walked = true;
		else if (item.kind == CORPUS_PROBLEM)
			p->failed = !order_problem(&p->order, &item);
		else
			t = task_of(p, &item);
	}
	return t;
}

static struct task *task_next(struct pool *p)
{
	struct task *t = task_shift(&p->again);

	return t ? t : task_walk(p);
}

/* The parent alone opens files; what it cannot open is told by the worker as any failure.  False: not now. */
static bool task_open(struct child *c, struct task *t, struct corpus_opened *opened)
{
	enum file_status status = FILE_OK;
	struct stat st;

	*opened = (struct corpus_opened){ .fd = -1 };
	if (t->kind != CORPUS_FILE)
		return true;
	opened->fd = file_open_regular(t->path, &st, &status);
	/* Once others are answered there is room again. */
	if (opened->fd < 0 && (errno == EMFILE || errno == ENFILE) && c->tasks.n > 0)
		return false;
	opened->status = status;
	if (opened->fd < 0)
		return true;
	t->stamp = file_stamp_of(&st);
	child_hand(c, opened->fd);
	return true;
}

/* False: nothing is sent, for the moment. */
static bool task_send(struct pool *p, struct child *c, struct task *t)
{
	struct corpus_opened opened;

	if (!task_open(c, t, &opened))
		return false;
	const size_t frame = wire_begin(&c->out, WIRE_DOCUMENT);
	wire_put_number(&c->out, (uint64_t)t->kind);
	wire_put_number(&c->out, t->ordinal);
	wire_put_string(&c->out, t->path);
	wire_put_string(&c->out, p->cache && corpus_has_stamp(t->kind) ? t->digest : NULL);
	wire_put_number(&c->out, t->line);
	wire_put_number(&c->out, (uint64_t)t->stamp.size);
	wire_put_str(&c->out, t->text);
	wire_put_number(&c->out, (uint64_t)opened.status);
	wire_end(&c->out, frame);
	task_push(&c->tasks, t);
	if (!p->began)
		p->began = p->now;
	return true;
}

/* How many workers the run has proven to need. */
static bool may_start(const struct pool *p, unsigned running)
{
	unsigned doublings = (unsigned)((p->began ? p->now - p->began : 0) / POOL_SET_UP);

	return running == 0 || (doublings < 16 ? running < 1u << doublings : true);
}

/* Tops a child up once half of what it should have is done.  False: there is nothing to hand out. */
static bool child_supply(struct pool *p, struct child *c)
{
	bool any = true;

	if (c->tasks.n > c->target / 2 || c->tasks.bytes > TASK_BYTES_MOST / 2)
		return true;
	while (c->tasks.n < c->target && c->tasks.bytes < TASK_BYTES_MOST && child_fds_room(c)) {
		struct task *t = task_next(p);
		if (!t) {
			any = false;
			break;
		}
		if (!task_send(p, c, t)) {
			task_insert(&p->again, t);
			break;
		}
	}
	child_write(c);
	return any;
}

/* Every running worker first, then, while there is work left, one more. */
static void supply(struct pool *p)
{
	unsigned running = 0;

	for (unsigned i = 0; i < p->options.jobs; i++) {
		struct child *c = &p->children[i];
		if (c->state != CHILD_STARTING && c->state != CHILD_READY)
			continue;
		running++;
		if (!child_supply(p, c))
			return;
	}
	for (unsigned i = 0; i < p->options.jobs && !p->failed && may_start(p, running); i++) {
		struct child *c = &p->children[i];
		if (c->state != CHILD_NONE)
			continue;
		struct task *t = task_next(p);
		if (!t)
			return;
		task_insert(&p->again, t);
		if (!pool_start(p, c) || !child_supply(p, c))
			return;
		running++;
	}
}

/* Milliseconds until there is something to do that no worker tells. */
static int patience(const struct pool *p)
{
	const int64_t worked = p->now - p->began;

	/* The end of the walk may have been found in this very round. */
	if (p->order.head == p->order.tail)
		return 0;
	return p->began && worked < POOL_TICK ? POOL_SET_UP - (int)(worked % POOL_SET_UP) : POOL_TICK;
}

/* ----------------------------------------------------------------- answers */

/* A later worker has the same files: what it makes of them is what the first one did. */
static bool plugins_are_the_same(struct pool *p, struct wire_reader *r)
{
	bool same = wire_number(r) == p->n_plugins;

	for (size_t i = 0; same && i < p->n_plugins; i++) {
		const struct pool_plugin *q = &p->plugins[i];
		const char *const wanted[4] = { q->name, q->path, q->format, q->digest };
		for (int k = 0; k < 4; k++) {
			const char *s = wire_string(r);
			same = same && strcmp(s ? s : "", wanted[k]) == 0;
		}
		same = same && (wire_number(r) != 0) == q->reduces;
		same = same && (wire_number(r) != 0) == q->renders;
	}
	return same && wire_done(r);
}

static bool plugins_read(struct pool *p, struct wire_reader *r)
{
	uint64_t n;

	if (p->plugins)
		return plugins_are_the_same(p, r);
	n = wire_number(r);
	if (n > (uint64_t)(r->end - r->at))
		return false;
	p->plugins = arena_alloc_zero(&p->arena, (size_t)(n + 1) * sizeof *p->plugins);
	for (size_t i = 0; p->plugins && i < n; i++) {
		struct pool_plugin *q = &p->plugins[i];
		const char *strings[4];
		for (int k = 0; k < 4; k++) {
			const char *s = wire_string(r);
			strings[k] = arena_strz(&p->arena, str_of(s ? s : ""));
			if (!strings[k])
				return false;
		}
		*q = (struct pool_plugin){ strings[0], strings[1], strings[2], strings[3], false, false };
		q->reduces = wire_number(r) != 0;
		q->renders = wire_number(r) != 0;
	}
	p->n_plugins = (size_t)n;
	return p->plugins && wire_done(r);
}

/* A worker that ran dry gets more at a time. */
static void target_adapt(struct child *c)
{
	if (c->tasks.n == 0 && c->target < TARGET_MOST)
		c->target *= 2;
}

static void nonsense(struct child *c)
{
	c->nonsense = true;
	c->state = CHILD_GONE;
}

static void answer_outcome(struct pool *p, struct child *c, struct wire_reader *payload)
{
	const struct str bytes = { payload->at, (size_t)(payload->end - payload->at) };
	struct task *t = c->tasks.first;

	if (!t || !outcome_is_whole(p, t, bytes.p, bytes.n)) {
		nonsense(c);
		return;
	}
	p->idle_deaths = p->strays = 0;
	if (p->cache && p->order.outcome.digest)
		cache_put(p->cache, t->path, &t->stamp, p->order.outcome.digest, bytes);
	if (!order_fill(&p->order, t->sequence, bytes.p, bytes.n))
		p->failed = true;
	task_free(p, task_shift(&c->tasks));
}

/* The document is what it was: the outcome is, too, and from now on its new stamp will do. */
static void answer_same(struct pool *p, struct child *c, struct wire_reader *payload)
{
	struct task *t = c->tasks.first;

	if (!t || !t->cached || wire_number(payload) != t->ordinal || !outcome_is_whole(p, t, t->cached, t->cached_n)) {
		nonsense(c);
		return;
	}
	cache_put(p->cache, t->path, &t->stamp, t->digest, (struct str){ t->cached, t->cached_n });
	take_cached(p, task_shift(&c->tasks));
}

/* A worker that cannot read a document's encoding ends; the next one can, or knows that nobody can. */
static void answer_encoding(struct pool *p, struct child *c, struct wire_reader *payload)
{
	struct encodings *e = p->options.setup->encodings;
	const char *name = wire_string(payload);

	if (!wire_done(payload) || !name || !e) {
		nonsense(c);
		return;
	}
	/* What was asked for before is news only to a worker that had begun by then. */
	if (encodings_hold(e, name) || c->encodings < e->n_asked) {
		c->leaving = true;
		c->state = CHILD_GONE;
	} else {
		nonsense(c);
	}
}

/* What a worker says while documents are mapped. */
static void answers_take(struct pool *p, struct child *c)
{
	struct wire_reader payload;
	enum wire_kind kind;
	bool any = false;

	while (c->state != CHILD_GONE && child_frame(c, &kind, &payload)) {
		if (kind == WIRE_OUTCOME) {
			answer_outcome(p, c, &payload);
			any = true;
		} else if (kind == WIRE_SAME) {
			answer_same(p, c, &payload);
			any = true;
		} else if (kind == WIRE_ENCODING) {
			answer_encoding(p, c, &payload);
		} else if (kind == WIRE_READY && c->state == CHILD_STARTING && plugins_read(p, &payload)) {
			c->state = CHILD_READY;
			c->was_ready = true;
			p->bad_starts = 0;
		} else {
			c->nonsense = kind != WIRE_REFUSED;
			c->state = CHILD_GONE;
		}
	}
	if (any)
		target_adapt(c);
}

/* -------------------------------------------------------------------- loop */

/* While too much waits in memory only the worker that holds the next document is listened to. */
static bool is_heard(const struct pool *p, const struct child *c)
{
	if (p->order.held < HELD_MOST || !c->tasks.first)
		return true;
	/* Not always its first: what a dead worker had is handed on behind what others have. */
	for (const struct task *t = c->tasks.first; t; t = t->next)
		if (t->sequence == p->order.head)
			return true;
	return false;
}

static int64_t now_ms(void)
{
	struct timespec t = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void pool_wait(struct pool *p, int milliseconds)
{
	struct pollfd fds[1026];
	struct child *of[1026];
	nfds_t n = 0;

	for (unsigned i = 0; i <= p->options.jobs; i++) {
		struct child *c = &p->children[i];
		if (c->state == CHILD_NONE || c->state == CHILD_GONE)
			continue;
		child_write(c);
		fds[n] = (struct pollfd){ .fd = c->socket };
		fds[n].events = (short)((is_heard(p, c) ? POLLIN : 0) | (child_has_pending(c) ? POLLOUT : 0));
		of[n++] = c;
	}
	const int events = poll(fds, n, milliseconds);
	p->now = now_ms();
	if (events <= 0)
		return;
	for (nfds_t i = 0; i < n; i++) {
		if (fds[i].revents & POLLOUT)
			child_write(of[i]);
		if (fds[i].revents & (POLLIN | POLLHUP | POLLERR))
			child_read(of[i]);
	}
}

static void children_look(struct pool *p)
{
	for (unsigned i = 0; i <= p->options.jobs; i++) {
		struct child *c = &p->children[i];
		if (c->state == CHILD_NONE)
			continue;
		answers_take(p, c);
		if (c->state == CHILD_GONE)
			pool_bury(p, c);
		else if (i < p->options.jobs)
			pool_watch(p, c, atomic_load_explicit(&c->status->document, memory_order_relaxed));
	}
}

static void map_all(void *self, const struct walk *walk, const struct runner_consumer *consumer)
{
	struct pool *p = self;

	p->walk = walk;
	p->consumer = consumer;
	p->walked = p->refused = false;
	p->now = now_ms();
	while (!p->failed && !stop_signal()) {
		supply(p);
		if (p->refused)
			break;
		if (!order_deliver(&p->order, consumer)) {
			p->failed = p->order.broken;
			break;
		}
		if (p->walked && p->order.head == p->order.tail)
			break;
		pool_wait(p, patience(p));
		children_look(p);
	}
	p->walk = NULL;
	if (p->failed)
		consumer->failure(consumer->user, p->reason[0] ? p->reason : "out of memory");
}

/* --------------------------------------------------------------------- open */

bool pool_start(struct pool *p, struct child *c)
{
	/* Only the first of all tells what is wrong with the plugins. */
	if (child_start(c, p->options.heap, p->options.setup, p->plugins != NULL)) {
		c->target = TARGET_FIRST;
		c->encodings = p->options.setup->encodings ? p->options.setup->encodings->n_asked : 0;
		return true;
	}
	p->failed = true;
	strncpy(p->reason, strerror(errno), sizeof p->reason - 1);
	return false;
}

/* Waits for the first worker's first word.  -1: the worker ended without. */
static int first_wait(struct pool *p)
{
	struct child *c = &p->children[0];
	struct wire_reader payload;
	enum wire_kind kind;
	int status = STATUS_NO_WORKER;

	while (c->state == CHILD_STARTING && !stop_signal()) {
		pool_wait(p, POOL_TICK);
		pool_watch(p, c, 0);
		if (!child_frame(c, &kind, &payload))
			continue;
		if (kind == WIRE_READY && plugins_read(p, &payload)) {
			c->state = CHILD_READY;
			c->was_ready = true;
			return 0;
		}
		status = kind == WIRE_REFUSED ? (int)(wire_number(&payload) & 0xff) : STATUS_NO_WORKER;
		child_end(c);
		return status;
	}
	if (!stop_signal() && pool_bury(p, c))
		return -1;
	child_end(c);
	return STATUS_NO_WORKER;
}

/* Whoever was killed while it was set up gets a successor. */
static int first_start(struct pool *p, const char **message)
{
	int status = -1;

	while (status < 0) {
		if (!pool_start(p, &p->children[0])) {
			*message = "no worker process could be started";
			return STATUS_NO_WORKER;
		}
		status = first_wait(p);
	}
	if (p->reason[0] && status == STATUS_NO_WORKER && !stop_signal())
		*message = "the worker process ended before it was set up";
	return status;
}

/* Open files are on their way to every worker. */
static void files_more(void)
{
	enum { FILES = 65536 };
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= FILES)
		return;
	limit.rlim_cur = limit.rlim_max < FILES ? limit.rlim_max : FILES;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static struct pool *pool_new(const struct pool_options *options)
{
	struct pool *p = mem_new_zero(options->heap, sizeof *p);

	if (!p)
		return NULL;
	p->options = *options;
	files_more();
	arena_init(&p->arena, options->heap, 0);
	p->runner = (struct runner){ p, map_all, pool_fold, pool_render };
	p->children = mem_new_zero(options->heap, (options->jobs + 1) * sizeof *p->children);
	for (unsigned i = 0; p->children && i <= options->jobs; i++)
		child_init(&p->children[i]);
	return p;
}

struct pool *pool_open(const struct pool_options *options, int *status, const char **message)
{
	struct pool *p = pool_new(options);

	*status = STATUS_NO_WORKER;
	*message = NULL;
	if (p && p->children)
		*status = first_start(p, message);
	else
		*message = "out of memory";
	if (*status == 0 && !order_init(&p->order, options->heap, p->n_plugins)) {
		*status = STATUS_NO_WORKER;
		*message = "out of memory";
	}
	if (*status == 0)
		return p;
	pool_close(p);
	return NULL;
}

void pool_close(struct pool *p)
{
	if (!p)
		return;
	for (unsigned i = 0; p->children && i <= p->options.jobs; i++) {
		struct child *c = &p->children[i];
		child_release(c);
		for (struct task *t = task_shift(&c->tasks); t; t = task_shift(&c->tasks))
			task_free(p, t);
	}
	for (struct task *t = task_shift(&p->again); t; t = task_shift(&p->again))
		task_free(p, t);
	order_release(&p->order);
	if (p->children)
		mem_free(p->options.heap, p->children, (p->options.jobs + 1) * sizeof *p->children);
	arena_release(&p->arena);
	mem_free(p->options.heap, p, sizeof *p);
}

size_t pool_plugin_count(const struct pool *p)
{
	return p->n_plugins;
}

const struct pool_plugin *pool_plugin_at(const struct pool *p, size_t i)
{
	return &p->plugins[i];
}

const struct runner *pool_runner(const struct pool *p)
{
	return &p->runner;
}

void pool_use_cache(struct pool *p, struct cache *cache)
{
	p->cache = cache;
}
