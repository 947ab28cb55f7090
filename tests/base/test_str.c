/*
 * test_str.c - slices: comparison, prefixes, trimming.
 */
#include "cmocka_all.h"

static void makes_slices(void **state)
{
	const char *z = "hello";

	(void)state;
	assert_int_equal(STR_LIT("a\0b").n, 3);
	assert_int_equal(STR_EMPTY.n, 0);
	assert_str(str_of("abc"), "abc");
	assert_str(str_slice(z + 1, z + 3), "el");
}

static void compares(void **state)
{
	(void)state;
	assert_true(str_eq(STR_EMPTY, (struct str){ NULL, 0 }));
	assert_true(str_eq(STR_LIT("a\0b"), STR_LIT("a\0b")));
	assert_false(str_eq(STR_LIT("a\0b"), STR_LIT("a\0c")));
	assert_true(str_eqz(STR_LIT("abc"), "abc"));
	assert_false(str_eqz(STR_LIT("abc"), "abcd"));
	assert_true(str_eq_nocase(STR_LIT("HTML\xC3\x89"), STR_LIT("html\xC3\x89")));
	assert_false(str_eq_nocase(STR_LIT("\xC3\x89"), STR_LIT("\xC3\xA9")));
	assert_false(str_eq_nocase(STR_LIT("ab"), STR_LIT("abc")));
	assert_false(str_eq_nocase(STR_LIT("@"), STR_LIT("`")));
	assert_true(str_cmp(STR_LIT("a"), STR_LIT("b")) < 0);
	assert_true(str_cmp(STR_LIT("b"), STR_LIT("a")) > 0);
	assert_true(str_cmp(STR_LIT("a"), STR_LIT("ab")) < 0);
	assert_true(str_cmp(STR_LIT("ab"), STR_LIT("a")) > 0);
	assert_true(str_cmp(STR_LIT("\x80"), STR_LIT("a")) > 0);
	assert_int_equal(str_cmp(STR_EMPTY, (struct str){ NULL, 0 }), 0);
}

static void starts_and_ends(void **state)
{
	(void)state;
	assert_true(str_starts(STR_LIT("---\n"), STR_LIT("---")));
	assert_true(str_starts(STR_EMPTY, STR_EMPTY));
	assert_false(str_starts(STR_LIT("--"), STR_LIT("---")));
	assert_true(str_ends(STR_LIT("a.lua"), STR_LIT(".lua")));
	assert_false(str_ends(STR_LIT("lua"), STR_LIT(".lua")));
	assert_true(str_ends(STR_LIT("a"), STR_EMPTY));
}

static void trims(void **state)
{
	(void)state;
	assert_str(str_trim(STR_LIT(" \t\r\n\f\va b\v \n")), "a b");
	assert_str(str_trim(STR_LIT(" \n ")), "");
	assert_str(str_trim(STR_EMPTY), "");
	assert_str(str_trim(STR_LIT("\xC2\xA0x")), "\xC2\xA0x");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(makes_slices),
		cmocka_unit_test(compares),
		cmocka_unit_test(starts_and_ends),
		cmocka_unit_test(trims),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
