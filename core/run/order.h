/*
 * order.h - a window over the run in document order: what has come in out of
 * order waits for what is before it.
 *
 * Entries are numbered by sequence: documents and the problems of the walk
 * between them.  Entries are kept as the bytes that came over the wire.
 * Bounded in number by ORDER_WINDOW; the caller watches held bytes.
 */
#ifndef QUERN_RUN_ORDER_H
#define QUERN_RUN_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "run/corpus.h"
#include "run/outcome.h"
#include "run/runner.h"

#define ORDER_WINDOW 4096

enum order_kind { ORDER_WAITING, ORDER_OUTCOME, ORDER_PROBLEM };

struct order_slot {
	enum order_kind kind;
	char *bytes;
	size_t n;
};

struct order {
	const struct alloc *heap;
	size_t n_plugins;
	struct order_slot *slots;
	uint64_t head, tail;    /* the next to deliver, the next to hand out */
	size_t held;            /* bytes that wait */
	bool broken;            /* an outcome did not read: memory is refused */
	struct outcome outcome; /* the one delivered */
};

/* False when memory is refused. */
bool order_init(struct order *o, const struct alloc *heap, size_t n_plugins);
void order_release(struct order *o);

static inline bool order_is_full(const struct order *o)
{
	return o->tail - o->head >= ORDER_WINDOW;
}

static inline bool order_is_empty(const struct order *o)
{
	return o->tail == o->head;
}

/* While it is empty: something takes its place without coming through here. */
static inline void order_pass(struct order *o)
{
	o->head = ++o->tail;
}

/* Nothing is before this place: what fills it goes straight on.  The next one is. */
static inline bool order_is_next(const struct order *o, uint64_t sequence)
{
	return sequence == o->head;
}

static inline void order_pass_next(struct order *o)
{
	o->head++;
}

/* A place for something that is not there yet. */
uint64_t order_reserve(struct order *o);
/* Fills a place with an encoded outcome.  False: memory is refused. */
bool order_fill(struct order *o, uint64_t sequence, const char *bytes, size_t n);
/* The next place is a problem of the walk.  False: memory is refused. */
bool order_problem(struct order *o, const struct corpus_item *item);
/* Hands over all that is complete.  False: the consumer wants no more, or an outcome does not read. */
bool order_deliver(struct order *o, const struct runner_consumer *consumer);

#endif
