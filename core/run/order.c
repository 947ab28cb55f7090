/*
 * order.c - see order.h.
 */
#include "run/order.h"

#include "run/wire.h"

bool order_init(struct order *o, const struct alloc *heap, size_t n_plugins)
{
	*o = (struct order){ .heap = heap, .n_plugins = n_plugins };
	outcome_init(&o->outcome, heap);
	o->slots = mem_new_zero(heap, ORDER_WINDOW * sizeof *o->slots);
	return o->slots != NULL;
}

static void slot_empty(struct order *o, struct order_slot *s)
{
	if (s->bytes)
		mem_free(o->heap, s->bytes, s->n);
	o->held -= s->n;
	*s = (struct order_slot){ .kind = ORDER_WAITING };
}

void order_release(struct order *o)
{
	for (size_t i = 0; o->slots && i < ORDER_WINDOW; i++)
		slot_empty(o, &o->slots[i]);
	if (o->slots)
		mem_free(o->heap, o->slots, ORDER_WINDOW * sizeof *o->slots);
	o->slots = NULL;
	outcome_release(&o->outcome);
}

uint64_t order_reserve(struct order *o)
{
	return o->tail++;
}

static bool slot_fill(struct order *o, uint64_t sequence, enum order_kind kind, const char *bytes, size_t n)
{
	struct order_slot *s = &o->slots[sequence % ORDER_WINDOW];
	char *copy = mem_new(o->heap, n);

	if (!copy)
		return false;
	memcpy(copy, bytes, n);
	*s = (struct order_slot){ kind, copy, n };
	o->held += n;
	return true;
}

bool order_fill(struct order *o, uint64_t sequence, const char *bytes, size_t n)
{
	return slot_fill(o, sequence, ORDER_OUTCOME, bytes, n);
}

bool order_problem(struct order *o, const struct corpus_item *item)
{
	struct buf b;
	bool ok;

	buf_init(&b, o->heap, 0);
	wire_put_number(&b, (uint64_t)item->severity);
	wire_put_number(&b, item->line);
	wire_put_string(&b, item->path);
	wire_put_string(&b, item->message);
	wire_put_string(&b, item->hint);
	ok = buf_ok(&b) && slot_fill(o, order_reserve(o), ORDER_PROBLEM, b.p, b.n);
	buf_release(&b);
	return ok;
}

static bool problem_deliver(struct wire_reader *r, const struct runner_consumer *consumer)
{
	struct corpus_item item = { .kind = CORPUS_PROBLEM };

	item.severity = (enum severity)wire_number(r);
	item.line = (uint32_t)wire_number(r);
	item.path = wire_string(r);
	item.message = wire_string(r);
	item.hint = wire_string(r);
	return consumer->problem(consumer->user, &item);
}

bool order_deliver(struct order *o, const struct runner_consumer *consumer)
{
	for (bool going = true; going && o->head < o->tail; o->head++) {
		struct order_slot *s = &o->slots[o->head % ORDER_WINDOW];
		struct wire_reader r = { s->bytes, s->bytes + s->n, false };

		if (s->kind == ORDER_WAITING)
			return true;
		if (s->kind == ORDER_PROBLEM)
			going = problem_deliver(&r, consumer);
		else if (wire_outcome(&r, &o->outcome, o->n_plugins))
			going = consumer->outcome(consumer->user, &o->outcome);
		else
			o->broken = true;
		going = going && !o->broken;
		slot_empty(o, s);
		if (!going)
			return false;
	}
	return true;
}
