/*
 * test_arena.c - the bump allocator: alignment, limits, growth in place, refusal.
 */
#include "cmocka_all.h"
#include "heap.h"

#include "base/arena.h"

static void allocates_aligned_and_apart(void **state)
{
	struct test_heap h;
	struct arena a;
	unsigned char *p[2000];

	(void)state;
	test_heap_init(&h, 0);
	arena_init(&a, &h.alloc, 0);
	for (size_t i = 0; i < 2000; i++) {
		p[i] = arena_alloc(&a, i % 97);
		assert_non_null(p[i]);
		assert_int_equal((uintptr_t)p[i] % _Alignof(max_align_t), 0);
		memset(p[i], (int)(i & 0xFF), i % 97);
		assert_non_null(arena_strz(&a, STR_LIT("odd")));
	}
	for (size_t i = 0; i < 2000; i++) {
		for (size_t j = 0; j < i % 97; j++)
			assert_int_equal(p[i][j], i & 0xFF);
	}
	assert_true(h.requests < 30);
	assert_int_equal(a.held, h.live);
	arena_release(&a);
	assert_int_equal(h.live, 0);
	assert_int_equal(a.held, 0);
	arena_release(&a);
}

static void zero_size_and_zeroed(void **state)
{
	struct test_heap h;
	struct arena a;
	char *p;

	(void)state;
	test_heap_init(&h, 0);
	arena_init(&a, &h.alloc, 0);
	assert_non_null(arena_alloc(&a, 0));
	p = arena_alloc_zero(&a, 5000);
	assert_non_null(p);
	for (int i = 0; i < 5000; i++)
		assert_int_equal(p[i], 0);
	arena_release(&a);
	assert_int_equal(h.live, 0);
}

static void limit_is_kept(void **state)
{
	struct test_heap h;
	struct arena a;
	size_t got = 0;

	(void)state;
	test_heap_init(&h, 0);
	arena_init(&a, &h.alloc, 100000);
	while (arena_alloc(&a, 100))
		got += 100;
	assert_true(got > 80000);
	assert_true(h.live <= 100000);
	assert_true(a.refused);
	assert_null(arena_alloc(&a, SIZE_MAX));
	assert_null(arena_alloc(&a, SIZE_MAX - 8));
	arena_reset(&a);
	assert_false(a.refused);
	assert_non_null(arena_alloc(&a, 100));
	arena_release(&a);
	assert_int_equal(h.live, 0);
}

static void reset_reuses_a_chunk(void **state)
{
	struct test_heap h;
	struct arena a;
	size_t requests;

	(void)state;
	test_heap_init(&h, 0);
	arena_init(&a, &h.alloc, 0);
	arena_reset(&a);
	for (int i = 0; i < 100; i++)
		assert_non_null(arena_alloc(&a, 1000));
	arena_reset(&a);
	assert_int_equal(a.held, h.live);
	requests = h.requests;
	for (int i = 0; i < 30; i++)
		assert_non_null(arena_alloc(&a, 1000));
	assert_int_equal(h.requests, requests);
	arena_release(&a);
	assert_int_equal(h.live, 0);
}

static void resizes_in_place_and_by_copy(void **state)
{
	struct test_heap h;
	struct arena a;
	char *p, *q;

	(void)state;
	test_heap_init(&h, 0);
	arena_init(&a, &h.alloc, 0);
	p = arena_resize(&a, NULL, 0, 10);
	assert_non_null(p);
	memcpy(p, "123456789", 10);
	assert_ptr_equal(arena_resize(&a, p, 10, 500), p);
	assert_ptr_equal(arena_resize(&a, p, 500, 10), p);
	q = arena_alloc(&a, 10);
	assert_non_null(q);
	memcpy(q, "abcdefghi", 10);
	assert_ptr_equal(arena_resize(&a, p, 10, 5), p);
	p = arena_resize(&a, p, 10, 100);
	assert_non_null(p);
	assert_string_equal(p, "123456789");
	assert_string_equal(q, "abcdefghi");
	arena_release(&a);
	assert_int_equal(h.live, 0);
}

/* A large array growing amid small strings must not leave its old copies behind. */
static void large_growth_leaves_no_copies(void **state)
{
	struct test_heap h;
	struct arena a;
	size_t cap = 0, n = 1 << 20;
	uint32_t *items = NULL;

	(void)state;
	test_heap_init(&h, 0);
	arena_init(&a, &h.alloc, 0);
	for (size_t i = 0; i < n; i++) {
		items = arena_grow(&a, items, &cap, i + 1, sizeof(*items));
		assert_non_null(items);
		items[i] = (uint32_t)i;
		if (i % 1024 == 0)
			assert_non_null(arena_strz(&a, STR_LIT("between")));
	}
	for (size_t i = 0; i < n; i++)
		assert_int_equal(items[i], i);
	assert_true(a.held < 3 * n * sizeof(*items));
	assert_int_equal(a.held, h.live);
	arena_release(&a);
	assert_int_equal(h.live, 0);
}

static void grow_refuses_overflow(void **state)
{
	struct test_heap h;
	struct arena a;
	size_t cap = 0;
	char *items;

	(void)state;
	test_heap_init(&h, 0);
	arena_init(&a, &h.alloc, 1 << 20);
	items = arena_grow(&a, NULL, &cap, 4, 8);
	assert_non_null(items);
	assert_null(arena_grow(&a, items, &cap, SIZE_MAX, 1));
	assert_null(arena_grow(&a, items, &cap, SIZE_MAX / 4, 8));
	assert_null(arena_grow(&a, items, &cap, 1 << 20, 8));
	assert_int_equal(cap, 4);
	assert_true(a.refused);
	arena_release(&a);
	assert_int_equal(h.live, 0);
}

static void strings_and_printf(void **state)
{
	struct test_heap h;
	struct arena a;
	struct str s;
	char *long_text;

	(void)state;
	test_heap_init(&h, 0);
	arena_init(&a, &h.alloc, 0);
	s = arena_str(&a, STR_LIT("a\0b"));
	assert_int_equal(s.n, 3);
	assert_memory_equal(s.p, "a\0b", 4);
	s = arena_str(&a, (struct str){ NULL, 0 });
	assert_non_null(s.p);
	assert_string_equal(s.p, "");
	assert_string_equal(arena_strz(&a, STR_LIT("xyz")), "xyz");
	assert_string_equal(arena_printf(&a, "%d-%s", 42, "x"), "42-x");
	assert_string_equal(arena_printf(&a, "%s", ""), "");
	long_text = arena_printf(&a, "%0100000d", 7);
	assert_int_equal(strlen(long_text), 100000);
	assert_null(arena_strz(&a, (struct str){ "x", SIZE_MAX }));
	arena_release(&a);
	assert_int_equal(h.live, 0);
}

static bool use_everything(struct arena *a)
{
	size_t cap = 0;
	int *items = arena_grow(a, NULL, &cap, 600, sizeof(*items));
	bool ok = items != NULL;

	ok = arena_alloc(a, 3000) && ok;
	ok = arena_alloc_zero(a, 10000) && ok;
	ok = arena_str(a, STR_LIT("text")).p && ok;
	if (items)
		ok = arena_grow(a, items, &cap, 100000, sizeof(*items)) && ok;
	ok = arena_printf(a, "%02000000d", 1) && ok;
	return ok;
}

static void every_refusal_is_an_error(void **state)
{
	bool ok = false;

	(void)state;
	for (size_t k = 1; !ok; k++) {
		struct test_heap h;
		struct arena a;

		test_heap_init(&h, k);
		arena_init(&a, &h.alloc, 0);
		ok = use_everything(&a);
		assert_int_equal(a.refused, !ok);
		arena_release(&a);
		assert_int_equal(h.live, 0);
		assert_true(k < 100);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(allocates_aligned_and_apart),
		cmocka_unit_test(zero_size_and_zeroed),
		cmocka_unit_test(limit_is_kept),
		cmocka_unit_test(reset_reuses_a_chunk),
		cmocka_unit_test(resizes_in_place_and_by_copy),
		cmocka_unit_test(large_growth_leaves_no_copies),
		cmocka_unit_test(grow_refuses_overflow),
		cmocka_unit_test(strings_and_printf),
		cmocka_unit_test(every_refusal_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
