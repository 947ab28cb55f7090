/*
 * pool_answer.c - what workers say while documents are mapped: that they are
 * ready, outcomes, and what they cannot read.
 */
#include "run/pool_private.h"

#include <string.h>

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

bool pool_plugins_read(struct pool *p, struct wire_reader *r)
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

static void nonsense(struct child *c)
{
	c->nonsense = true;
	c->state = CHILD_GONE;
}

/* The outcome at hand, before which there is nothing.  Once the consumer has refused one it gets no other. */
static void deliver_next(struct pool *p)
{
	order_pass_next(&p->order);
	if (!p->refused)
		p->refused = !p->consumer->outcome(p->consumer->user, &p->order.outcome);
}

static void answer_outcome(struct pool *p, struct child *c, struct wire_reader *payload)
{
	const struct str bytes = { payload->at, (size_t)(payload->end - payload->at) };
	struct task *t = c->tasks.first;

	if (!t || !pool_outcome_is_whole(p, t, bytes.p, bytes.n)) {
		nonsense(c);
		return;
	}
	p->idle_deaths = p->strays = 0;
	if (p->cache && p->order.outcome.digest)
		cache_put(p->cache, t->path, &t->stamp, p->order.outcome.digest, bytes);
	if (order_is_next(&p->order, t->sequence))
		deliver_next(p);
	else if (!order_fill(&p->order, t->sequence, bytes.p, bytes.n))
		p->failed = true;
	task_free(p, task_shift(&c->tasks));
}

/* The document is what it was: the outcome is, too, and from now on its new stamp will do. */
static void answer_same(struct pool *p, struct child *c, struct wire_reader *payload)
{
	struct task *t = c->tasks.first;

	if (!t || !t->cached || wire_number(payload) != t->ordinal ||
	    !pool_outcome_is_whole(p, t, t->cached, t->cached_n)) {
		nonsense(c);
		return;
	}
	cache_put(p->cache, t->path, &t->stamp, t->digest, (struct str){ t->cached, t->cached_n });
	pool_take_cached(p, task_shift(&c->tasks));
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

void pool_answers_take(struct pool *p, struct child *c)
{
	struct wire_reader payload;
	enum wire_kind kind;

	while (c->state != CHILD_GONE && child_frame(c, &kind, &payload)) {
		if (kind == WIRE_OUTCOME) {
			answer_outcome(p, c, &payload);
		} else if (kind == WIRE_SAME) {
			answer_same(p, c, &payload);
		} else if (kind == WIRE_ENCODING) {
			answer_encoding(p, c, &payload);
		} else if (kind == WIRE_READY && c->state == CHILD_STARTING && pool_plugins_read(p, &payload)) {
			c->state = CHILD_READY;
			c->was_ready = true;
			p->bad_starts = 0;
		} else {
			c->nonsense = kind != WIRE_REFUSED;
			c->state = CHILD_GONE;
		}
	}
}
