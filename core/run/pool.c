/*
 * pool.c - see pool.h: workers are started, kept supplied and listened to.
 *
 * Each worker is kept supplied with a few milliseconds of work, measured by
 * how much it ran dry.  A second one is started when the first has been at work
 * for as long as starting it takes, and so on in doubled steps, so that a small
 * run needs one process and a large one soon has all; at once for each few
 * hundred documents that the walk knows of.
 */
#include "run/pool_private.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>

#include "base/clock.h"
#include "run/stop.h"

enum {
	TARGET_FIRST = 4,          /* documents a new worker is given */
	PENDING_MOST = 1 << 16,    /* bytes for one child that wait in memory, about */
	TASK_BYTES_MOST = 1 << 20, /* the most one has at a time in bytes of tasks, for documents that come as lines */
	SET_UP_LEAST = 2,          /* milliseconds */
	KNOWN_WORTH = 512,         /* documents to come for which another worker is started at once */
	STATUS_NO_WORKER = 1       /* exit status where no worker can be had */
};

/* How many workers the run has proven to need: by the time that it has taken, or by what is known to come. */
static bool may_start(const struct pool *p, unsigned running)
{
	const unsigned doublings = (unsigned)((p->began ? p->now - p->began : 0) / p->set_up);

	if (running == 0 || doublings >= 16 || running < 1u << doublings)
		return true;
	return p->walk->known && running <= p->walk->known(p->walk->self) / KNOWN_WORTH;
}

/*
 * Sends what is pending.  A worker that has nothing to do until then gets more
 * at a time; one that gets all it may waits for the walk.
 */
static void child_send(const struct pool *p, struct child *c)
{
	const bool waited = atomic_load_explicit(&c->status->document, memory_order_relaxed) == WORKER_IDLE;

	if (child_has_pending(c) && c->state == CHILD_READY) {
		if (c->target >= POOL_TARGET_MOST && p->walk->tell)
			p->walk->tell(p->walk->self, waited);
		if (c->target < POOL_TARGET_MOST && waited)
			c->target *= 2;
	}
	child_write(c);
}

/* Tops a child up once half of what it should have is done.  False: there is nothing to hand out. */
static bool child_supply(struct pool *p, struct child *c)
{
	bool any = true;

	if (c->tasks.n > c->target / 2 || c->tasks.bytes > TASK_BYTES_MOST / 2)
		return true;
	/* Where its socket is full it has enough. */
	while (c->tasks.n < c->target && c->tasks.bytes < TASK_BYTES_MOST && child_fds_room(c) &&
	       child_pending(c) < PENDING_MOST) {
		if (p->walk->is_ready && !p->walk->is_ready(p->walk->self))
			child_send(p, c);
		struct task *t = pool_task_next(p);
		if (!t) {
			any = false;
			break;
		}
		if (!pool_task_send(p, c, t)) {
			task_insert(&p->again, t);
			break;
		}
		if (child_pending(c) >= PENDING_MOST)
			child_send(p, c);
	}
	child_send(p, c);
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
		struct task *t = pool_task_next(p);
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
	return p->began && worked < POOL_TICK ? (int)(p->set_up - worked % p->set_up) : POOL_TICK;
}

/* -------------------------------------------------------------------- loop */

/* While too much waits in memory only the worker that holds the next document is listened to. */
static bool is_heard(const struct pool *p, const struct child *c)
{
	if (p->order.held < POOL_HELD_MOST || !c->tasks.first)
		return true;
	/* Not always its first: what a dead worker had is handed on behind what others have. */
	for (const struct task *t = c->tasks.first; t; t = t->next)
		if (t->sequence == p->order.head)
			return true;
	return false;
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
	p->now = clock_ms();
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
		pool_answers_take(p, c);
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
	p->now = clock_ms();
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
	/* Nobody takes more of it, and a worker may be started for what comes after. */
	if (walk->hold)
		walk->hold(walk->self, true);
	p->walk = NULL;
	if (p->failed)
		consumer->failure(consumer->user, p->reason[0] ? p->reason : "out of memory");
}

/* --------------------------------------------------------------------- open */

bool pool_start(struct pool *p, struct child *c)
{
	const bool holds = p->walk && p->walk->hold;
	bool ok;

	/* A lock that a thread has at that moment would stay locked in the new process. */
	if (holds)
		p->walk->hold(p->walk->self, true);
	/* Only the first of all tells what is wrong with the plugins. */
	ok = child_start(c, p->options.heap, p->options.setup, p->plugins != NULL);
	if (holds)
		p->walk->hold(p->walk->self, false);
	if (ok) {
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
	const int64_t began = clock_ms();
	struct wire_reader payload;
	enum wire_kind kind;
	int status = STATUS_NO_WORKER;

	while (c->state == CHILD_STARTING && !stop_signal()) {
		pool_wait(p, POOL_TICK);
		pool_watch(p, c, 0);
		if (!child_frame(c, &kind, &payload))
			continue;
		if (kind == WIRE_READY && pool_plugins_read(p, &payload)) {
			c->state = CHILD_READY;
			c->was_ready = true;
			p->set_up = p->now - began < SET_UP_LEAST ? SET_UP_LEAST : p->now - began;
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
	buf_init(&p->text, options->heap, 0);
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
	buf_release(&p->text);
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
