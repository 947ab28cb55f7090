/*
 * test_alloc.c - the door to the heap: sizes, growth, refusal.
 */
#include "cmocka_all.h"
#include "heap.h"

static void new_resize_and_free(void **state)
{
	struct test_heap h;
	char *p;

	(void)state;
	test_heap_init(&h, 0);
	assert_null(mem_new(&h.alloc, 0));
	assert_null(mem_new_zero(&h.alloc, 0));
	p = mem_new_zero(&h.alloc, 100);
	assert_non_null(p);
	for (int i = 0; i < 100; i++)
		assert_int_equal(p[i], 0);
	p[99] = 7;
	p = mem_resize(&h.alloc, p, 100, 1000);
	assert_non_null(p);
	assert_int_equal(p[99], 7);
	assert_int_equal(h.live, 1000);
	mem_free(&h.alloc, p, 1000);
	mem_free(&h.alloc, NULL, 5);
	assert_int_equal(h.live, 0);
}

static void refusal_returns_null(void **state)
{
	struct test_heap h;

	(void)state;
	test_heap_init(&h, 1);
	assert_null(mem_new(&h.alloc, 8));
	assert_null(mem_new_zero(&h.alloc, 8));
	assert_null(mem_resize(&h.alloc, NULL, 0, 8));
}

static void libc_heap_works(void **state)
{
	char *p = mem_new(&alloc_libc, 10);

	(void)state;
	assert_non_null(p);
	p = mem_resize(&alloc_libc, p, 10, 100000);
	assert_non_null(p);
	p[99999] = 1;
	assert_null(mem_resize(&alloc_libc, p, 100000, 0));
}

static void grow_doubles(void **state)
{
	struct test_heap h;
	size_t cap = 0;
	int *items;

	(void)state;
	test_heap_init(&h, 0);
	items = mem_grow(&h.alloc, NULL, &cap, 1, sizeof(*items));
	assert_non_null(items);
	assert_true(cap >= 1);
	for (int i = 0; i < 10000; i++) {
		items = mem_grow(&h.alloc, items, &cap, (size_t)i + 1, sizeof(*items));
		assert_non_null(items);
		items[i] = i;
	}
	assert_true(h.requests < 20);
	assert_int_equal(items[9999], 9999);
	assert_ptr_equal(mem_grow(&h.alloc, items, &cap, 3, sizeof(*items)), items);
	mem_free(&h.alloc, items, cap * sizeof(*items));
	assert_int_equal(h.live, 0);
}

static void grow_refuses_and_changes_nothing(void **state)
{
	struct test_heap h;
	size_t cap = 0;
	char *items;

	(void)state;
	test_heap_init(&h, 2);
	items = mem_grow(&h.alloc, NULL, &cap, 4, 8);
	assert_non_null(items);
	assert_null(mem_grow(&h.alloc, items, &cap, cap + 1, 8));
	assert_int_equal(cap, 4);
	assert_null(mem_grow(&h.alloc, items, &cap, SIZE_MAX, 1));
	assert_null(mem_grow(&h.alloc, items, &cap, SIZE_MAX / 4, 8));
	assert_int_equal(cap, 4);
	mem_free(&h.alloc, items, cap * 8);
	assert_int_equal(h.live, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_resize_and_free),
		cmocka_unit_test(refusal_returns_null),
		cmocka_unit_test(libc_heap_works),
		cmocka_unit_test(grow_doubles),
		cmocka_unit_test(grow_refuses_and_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
