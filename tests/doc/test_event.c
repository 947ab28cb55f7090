/*
 * test_event.c - the list of events: growth, text, attributes, refused memory.
 */
#include "../base/cmocka_all.h"
#include "../base/heap.h"
#include "doc/event.h"

static void test_add(void **state)
{
	struct arena a;
	struct events e;

	(void)state;
	arena_init(&a, &alloc_libc, 0);
	events_init(&e, &a);
	for (uint32_t i = 0; i < 1000; i++) {
		struct event *ev = events_add(&e, i % 3 ? EVENT_LEAF : EVENT_HTML, NODE_CODE, i, i + 1);
		assert_non_null(ev);
		assert_null(ev->text.p);
		assert_null(ev->attrs);
	}
	assert_int_equal(e.n, 1000);
	assert_int_equal(e.n_html, 334);
	assert_int_equal(e.items[999].from, 999);
	assert_int_equal(e.items[999].kind, NODE_CODE);
	assert_false(e.failed);
	arena_release(&a);
}

static void test_text(void **state)
{
	struct arena a;
	struct events e;

	(void)state;
	arena_init(&a, &alloc_libc, 0);
	events_init(&e, &a);
	events_text(&e, STR_EMPTY, 0, 0);
	assert_int_equal(e.n, 0);
	events_text(&e, STR_LIT("ab"), 3, 5);
	assert_int_equal(e.n, 1);
	assert_int_equal(e.items[0].type, EVENT_TEXT);
	assert_str(e.items[0].text, "ab");
	assert_int_equal(e.items[0].to, 5);
	arena_release(&a);
}

static void test_attributes(void **state)
{
	struct arena a;
	struct event e = { 0 };

	(void)state;
	arena_init(&a, &alloc_libc, 0);
	assert_true(event_add_attr(&a, &e, STR_LIT("id"), STR_LIT("x")));
	assert_true(event_add_attr(&a, &e, STR_LIT("class"), STR_LIT("a")));
	assert_true(event_add_attr(&a, &e, STR_LIT("id"), STR_LIT("y")));
	for (int i = 0; i < 1000; i++)
		assert_true(event_add_attr(&a, &e, STR_LIT("class"), STR_LIT("b")));
	assert_str(e.attrs->key, "id");
	assert_str(e.attrs->value, "x");
	assert_int_equal(e.attrs->next->value.n, 1 + 2000);
	assert_memory_equal(e.attrs->next->value.p, "a b b b ", 8);
	assert_null(e.attrs->next->next);
	arena_release(&a);
}

static void test_attribute_limit(void **state)
{
	struct arena a;
	struct event e = { 0 };
	int n = 0;

	(void)state;
	arena_init(&a, &alloc_libc, 0);
	for (int i = 0; i < 3 * EVENT_MAX_ATTRS; i++)
		assert_true(event_add_attr(&a, &e, str_of(arena_printf(&a, "k%d", i)), STR_LIT("v")));
	for (const struct event_attr *attr = e.attrs; attr; attr = attr->next)
		n++;
	assert_int_equal(n, EVENT_MAX_ATTRS);
	arena_release(&a);
}

static void test_refused(void **state)
{
	struct test_heap heap;
	struct arena a;
	struct events e;
	struct event one = { 0 };

	(void)state;
	test_heap_init(&heap, 1);
	arena_init(&a, &heap.alloc, 0);
	events_init(&e, &a);
	assert_null(events_add(&e, EVENT_OPEN, NODE_LIST, 0, 1));
	assert_true(e.failed);
	assert_null(events_add(&e, EVENT_OPEN, NODE_LIST, 0, 1));
	events_text(&e, STR_LIT("x"), 0, 1);
	assert_int_equal(e.n, 0);
	assert_false(event_add_attr(&a, &one, STR_LIT("a"), STR_LIT("b")));
	assert_null(one.attrs);
	arena_release(&a);
	assert_int_equal(heap.live, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_add),        cmocka_unit_test(test_text),
		cmocka_unit_test(test_attributes), cmocka_unit_test(test_attribute_limit),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
