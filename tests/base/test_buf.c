/*
 * test_buf.c - the byte buffer: appending, limits, sticky failure.
 */
#include "cmocka_all.h"
#include "heap.h"

#include <limits.h>

#include "base/buf.h"

static void appends(void **state)
{
	struct test_heap h;
	struct buf b;

	(void)state;
	test_heap_init(&h, 0);
	buf_init(&b, &h.alloc, 0);
	assert_str(buf_str(&b), "");
	buf_add(&b, NULL, 0);
	buf_adds(&b, STR_EMPTY);
	buf_add(&b, "ab", 2);
	buf_adds(&b, STR_LIT("cd"));
	buf_addz(&b, "ef");
	buf_addc(&b, 'g');
	buf_add_repeat(&b, '-', 3);
	buf_add_repeat(&b, '-', 0);
	buf_addf(&b, "%s=%d", "x", 5);
	buf_addf(&b, "%s", "");
	assert_true(buf_ok(&b));
	assert_string_equal(b.p, "abcdefg---x=5");
	buf_truncate(&b, 3);
	buf_truncate(&b, 10);
	assert_string_equal(b.p, "abc");
	buf_clear(&b);
	assert_string_equal(b.p, "");
	buf_release(&b);
	assert_null(b.p);
	assert_int_equal(h.live, 0);
}

static void numbers_and_characters(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, &alloc_libc, 0);
	buf_add_int(&b, 0);
	buf_addc(&b, ' ');
	buf_add_int(&b, INT64_MIN);
	buf_addc(&b, ' ');
	buf_add_int(&b, INT64_MAX);
	assert_string_equal(b.p, "0 -9223372036854775808 9223372036854775807");
	buf_clear(&b);
	buf_add_cp(&b, 'a');
	buf_add_cp(&b, 0xE9);
	buf_add_cp(&b, 0xAC00);
	buf_add_cp(&b, 0x1F600);
	buf_add_cp(&b, 0xD800);
	buf_add_cp(&b, 0x110000);
	assert_string_equal(b.p, "a\xC3\xA9\xEA\xB0\x80\xF0\x9F\x98\x80\xEF\xBF\xBD\xEF\xBF\xBD");
	buf_clear(&b);
	buf_add_cp(&b, 0);
	assert_int_equal(b.n, 1);
	buf_release(&b);
}

static void reserve_leaves_the_length(void **state)
{
	struct buf b;
	char *p;

	(void)state;
	buf_init(&b, &alloc_libc, 0);
	p = buf_reserve(&b, 100);
	assert_non_null(p);
	assert_int_equal(b.n, 0);
	assert_int_equal(p[0], 0);
	memset(p, 'x', 100);
	p[100] = '\0';
	b.n += 100;
	buf_addc(&b, 'y');
	assert_int_equal(b.n, 101);
	assert_int_equal(b.p[99], 'x');
	assert_null(buf_reserve(&b, SIZE_MAX));
	assert_false(buf_ok(&b));
	buf_release(&b);
}

static void limit_and_sticky_failure(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, &alloc_libc, 5);
	buf_addz(&b, "12345");
	assert_true(buf_ok(&b));
	buf_addc(&b, '6');
	assert_false(buf_ok(&b));
	assert_string_equal(b.p, "12345");
	buf_truncate(&b, 2);
	buf_addc(&b, '3');
	buf_addf(&b, "%d", 4);
	buf_add_repeat(&b, 'x', 1);
	assert_string_equal(b.p, "12");
	buf_clear(&b);
	assert_true(buf_ok(&b));
	buf_addz(&b, "abc");
	assert_string_equal(b.p, "abc");
	buf_release(&b);
}

static void every_refusal_is_an_error(void **state)
{
	bool ok = false;

	(void)state;
	for (size_t k = 1; !ok; k++) {
		struct test_heap h;
		struct buf b;

		test_heap_init(&h, k);
		buf_init(&b, &h.alloc, 0);
		for (int i = 0; i < 1000; i++)
			buf_addf(&b, "%d,", i);
		buf_add_repeat(&b, 'x', 10000);
		ok = buf_ok(&b);
		buf_release(&b);
		assert_int_equal(h.live, 0);
		assert_true(k < 100);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(appends),
		cmocka_unit_test(numbers_and_characters),
		cmocka_unit_test(reserve_leaves_the_length),
		cmocka_unit_test(limit_and_sticky_failure),
		cmocka_unit_test(every_refusal_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
