/*
 * test_order.c - the window in document order, and the queue of tasks: what
 * comes in any order goes out in one.
 */
#include "../base/cmocka_all.h"
#include "../base/heap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/child.h"
#include "run/order.h"

struct seen {
	uint64_t next;
	size_t problems;
	uint64_t stop_at;
};

static bool on_outcome(void *user, const struct outcome *o)
{
	struct seen *s = user;

	assert_int_equal(o->ordinal, s->next);
	s->next++;
	return s->next != s->stop_at;
}

static bool on_problem(void *user, const struct corpus_item *item)
{
	struct seen *s = user;

	assert_string_equal(item->path, "gone.md");
	assert_string_equal(item->message, "no such file");
	assert_null(item->hint);
	s->next++;
	s->problems++;
	return true;
}

static bool fill(struct order *o, uint64_t sequence)
{
	struct outcome made;
	struct buf b;
	bool ok;

	outcome_init(&made, &alloc_libc);
	outcome_start(&made, sequence, "a.md", 0);
	buf_init(&b, &alloc_libc, 0);
	wire_put_outcome(&b, &made);
	ok = order_fill(o, sequence, b.p, b.n);
	buf_release(&b);
	outcome_release(&made);
	return ok;
}

/* Three windows' worth, filled in a shuffled order within what is reserved. */
static void any_order_in_one_order_out(void **state)
{
	const uint64_t total = 3 * ORDER_WINDOW + 17;
	struct seen seen = { 0 };
	const struct runner_consumer consumer = { &seen, on_outcome, on_problem, NULL };
	struct order o;

	(void)state;
	srand(1);
	assert_true(order_init(&o, &alloc_libc, 0));
	for (uint64_t done = 0; done < total;) {
		uint64_t waiting[ORDER_WINDOW];
		size_t n = 0;
		while (!order_is_full(&o) && o.tail < total) {
			if (o.tail % 100 == 50)
				assert_true(order_problem(&o, &(struct corpus_item){ .kind = CORPUS_PROBLEM,
										     .path = "gone.md",
										     .message = "no such file" }));
			else
				waiting[n++] = order_reserve(&o);
		}
		for (; n > 0; n--) {
			const size_t pick = (size_t)rand() % n;
			assert_true(fill(&o, waiting[pick]));
			waiting[pick] = waiting[n - 1];
			if (n % 64 == 0)
				assert_true(order_deliver(&o, &consumer));
		}
		assert_true(order_deliver(&o, &consumer));
		done = o.tail;
	}
	assert_int_equal(seen.next, total);
	assert_int_equal(seen.problems, (total + 49) / 100);
	assert_int_equal(o.held, 0);
	assert_false(o.broken);
	order_release(&o);
}

static void a_consumer_that_has_enough_stops_it(void **state)
{
	struct seen seen = { .stop_at = 3 };
	const struct runner_consumer consumer = { &seen, on_outcome, on_problem, NULL };
	struct order o;

	(void)state;
	assert_true(order_init(&o, &alloc_libc, 0));
	for (int i = 0; i < 9; i++)
		assert_true(fill(&o, order_reserve(&o)));
	assert_false(order_deliver(&o, &consumer));
	assert_int_equal(seen.next, 3);
	assert_false(o.broken);
	order_release(&o);
}

static void an_outcome_that_does_not_read_is_told(void **state)
{
	struct seen seen = { 0 };
	const struct runner_consumer consumer = { &seen, on_outcome, on_problem, NULL };
	struct order o;

	(void)state;
	assert_true(order_init(&o, &alloc_libc, 0));
	assert_true(order_fill(&o, order_reserve(&o), "nonsense", 8));
	assert_false(order_deliver(&o, &consumer));
	assert_true(o.broken);
	order_release(&o);
}

static void refused_memory_is_told(void **state)
{
	(void)state;
	for (size_t at = 1; at < 6; at++) {
		struct test_heap heap;
		struct order o;
		test_heap_init(&heap, at);
		if (order_init(&o, &heap.alloc, 0))
			for (int i = 0; i < 5 && fill(&o, order_reserve(&o)); i++)
				;
		order_release(&o);
		assert_int_equal(heap.live, 0);
	}
}

static void tasks_keep_their_order(void **state)
{
	struct task *tasks[50];
	struct task_queue q = { 0 };

	(void)state;
	for (uint64_t i = 0; i < 50; i++) {
		tasks[i] = calloc(1, sizeof **tasks);
		tasks[i]->sequence = i * 7 % 50;
	}
	for (int i = 0; i < 50; i++)
		task_insert(&q, tasks[i]);
	for (uint64_t i = 0; i < 50; i++) {
		const struct task *t = task_shift(&q);
		assert_int_equal(t->sequence, i);
		assert_int_equal(q.n, 49 - i);
	}
	assert_null(task_shift(&q));
	task_push(&q, tasks[0]);
	task_insert(&q, tasks[1]);
	task_push(&q, tasks[2]);
	assert_ptr_equal(task_shift(&q), tasks[0]);
	assert_ptr_equal(task_shift(&q), tasks[1]);
	assert_ptr_equal(task_shift(&q), tasks[2]);
	assert_null(q.last);
	for (int i = 0; i < 50; i++)
		free(tasks[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_order_in_one_order_out),
		cmocka_unit_test(a_consumer_that_has_enough_stops_it),
		cmocka_unit_test(an_outcome_that_does_not_read_is_told),
		cmocka_unit_test(refused_memory_is_told),
		cmocka_unit_test(tasks_keep_their_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
