/*
 * pool.c - see pool.h: workers are started, documents handed out, answers put
 * in order.
 *
 * Each worker is kept supplied with a few milliseconds of work, measured by
 * how much it ran dry, so that a small run needs few processes and a large one
 * few system calls.
 */
#include "run/pool_private.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "run/stop.h"

enum {
	TARGET_FIRST = 4,            /* documents a new worker is given */
	TARGET_MOST = 256,           /* and the most one has at a time */
	STATUS_NO_WORKER = 1,        /* exit status where no worker can be had */
	HELD_MOST = 32 * 1024 * 1024 /* bytes of answers that wait for one before them */
};

/* ------------------------------------------------------------------- tasks */

static struct task *task_new(struct pool *p, const struct corpus_item *item)
{
	const size_t n = strlen(item->path) + 1, size = sizeof(struct task) + n;
	struct task *t = mem_new_zero(p->options.heap, size);

	if (!t)
		return NULL;
	*t = (struct task){ .ordinal = item->ordinal, .kind = item->kind, .size = size };
	memcpy(t->path, item->path, n);
	return t;
}

void task_free(struct pool *p, struct task *t)
{
	mem_free(p->options.heap, t, t->size);
}

/* The next document of the walk; problems on the way take their places. */
static struct task *task_walk(struct pool *p)
{
	struct corpus_item item;
	struct task *t;

	while (!p->walked && !p->failed && !order_is_full(&p->order)) {
		if (!corpus_next(p->corpus, &item)) {
			p->walked = true;
		} else if (item.kind == CORPUS_PROBLEM) {
			p->failed = !order_problem(&p->order, &item);
		} else {
			t = task_new(p, &item);
			if (t)
				t->sequence = order_reserve(&p->order);
			p->failed = !t;
			return t;
		}
	}
	return NULL;
}

static struct task *task_next(struct pool *p)
{
	struct task *t = task_shift(&p->again);

	return t ? t : task_walk(p);
}

static void task_send(struct child *c, struct task *t)
{
	const size_t frame = wire_begin(&c->out, WIRE_DOCUMENT);

	wire_put_number(&c->out, (uint64_t)t->kind);
	wire_put_number(&c->out, t->ordinal);
	wire_put_string(&c->out, t->path);
	wire_end(&c->out, frame);
	task_push(&c->tasks, t);
}

/* Tops a child up once half of what it should have is done.  False: there is nothing to hand out. */
static bool child_supply(struct pool *p, struct child *c)
{
	if (c->tasks.n > c->target / 2)
		return true;
	while (c->tasks.n < c->target) {
		struct task *t = task_next(p);
		if (!t)
			return false;
		task_send(c, t);
	}
	return true;
}

/* Every running worker first, then, while there is work left, one more. */
static void supply(struct pool *p)
{
	for (unsigned i = 0; i < p->options.jobs; i++) {
		struct child *c = &p->children[i];
		if ((c->state == CHILD_STARTING || c->state == CHILD_READY) && !child_supply(p, c))
			return;
	}
	for (unsigned i = 0; i < p->options.jobs && !p->failed; i++) {
		struct child *c = &p->children[i];
		if (c->state != CHILD_NONE)
			continue;
		struct task *t = task_next(p);
		if (!t)
			return;
		task_insert(&p->again, t);
		if (!pool_start(p, c) || !child_supply(p, c))
			return;
	}
}

/* ----------------------------------------------------------------- answers */

static bool plugins_read(struct pool *p, struct wire_reader *r)
{
	const uint64_t n = wire_number(r);

	if (p->plugins || n > (uint64_t)(r->end - r->at))
		return p->plugins != NULL;
	p->plugins = arena_alloc_zero(&p->arena, (size_t)(n + 1) * sizeof *p->plugins);
	for (size_t i = 0; p->plugins && i < n; i++) {
		struct pool_plugin *q = &p->plugins[i];
		const char *strings[3];
		for (int k = 0; k < 3; k++) {
			const char *s = wire_string(r);
			strings[k] = arena_strz(&p->arena, str_of(s ? s : ""));
			if (!strings[k])
				return false;
		}
		*q = (struct pool_plugin){ strings[0], strings[1], strings[2], wire_number(r) != 0 };
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

static void answer_outcome(struct pool *p, struct child *c, struct wire_reader *payload)
{
	struct wire_reader check = *payload;
	struct task *t = c->tasks.first;
	const char *from = payload->at;

	if (!t || !wire_outcome(&check, &p->order.outcome, p->n_plugins) || p->order.outcome.ordinal != t->ordinal) {
		c->nonsense = true;
		c->state = CHILD_GONE;
		return;
	}
	p->idle_deaths = 0;
	p->failed = !order_fill(&p->order, t->sequence, from, (size_t)(payload->end - from)) || p->failed;
	task_free(p, task_shift(&c->tasks));
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
	return p->order.held < HELD_MOST || !c->tasks.first || c->tasks.first->sequence == p->order.head;
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
	if (poll(fds, n, milliseconds) <= 0)
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

static void map_all(void *self, struct corpus *corpus, const struct runner_consumer *consumer)
{
	struct pool *p = self;

	p->corpus = corpus;
	p->walked = false;
	while (!p->failed && !stop_signal()) {
		supply(p);
		if (!order_deliver(&p->order, consumer))
			break;
		if (p->walked && p->order.head == p->order.tail)
			break;
		/* The end of the walk may have been found in this very round. */
		pool_wait(p, order_is_full(&p->order) || p->order.head != p->order.tail ? POOL_TICK : 0);
		children_look(p);
	}
	p->corpus = NULL;
	if (p->failed)
		consumer->failure(consumer->user, p->reason[0] ? p->reason : "out of memory");
}

/* --------------------------------------------------------------------- open */

bool pool_start(struct pool *p, struct child *c)
{
	/* Only the first of all tells what is wrong with the plugins. */
	if (child_start(c, p->options.heap, p->options.setup, p->plugins != NULL)) {
		c->target = TARGET_FIRST;
		return true;
	}
	p->failed = true;
	strncpy(p->reason, strerror(errno), sizeof p->reason - 1);
	return false;
}

/* Waits for the first worker's first word. */
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
		child_end(c, true);
		return status;
	}
	pool_reason(p, c, child_end(c, stop_signal() != 0));
	return STATUS_NO_WORKER;
}

static struct pool *pool_new(const struct pool_options *options)
{
	struct pool *p = mem_new_zero(options->heap, sizeof *p);

	if (!p)
		return NULL;
	p->options = *options;
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
	if (!p || !p->children) {
		*message = "out of memory";
	} else if (!pool_start(p, &p->children[0])) {
		*message = "no worker process could be started";
	} else {
		*status = first_wait(p);
		if (*status == STATUS_NO_WORKER && p->reason[0])
			*message = "the worker process ended before it was set up";
	}
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
