/*
 * test_diag.c - diagnostics: the list, its limit, and what is printed.
 */
#include "cmocka_all.h"
#include "heap.h"

#include "base/diag.h"

static struct arena arena;
static struct buf out;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena, &alloc_libc, 0);
	buf_init(&out, &alloc_libc, 0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	buf_release(&out);
	return 0;
}

static void keeps_what_is_added(void **state)
{
	struct diags d;

	(void)state;
	diags_init(&d, &arena);
	assert_false(diags_has_error(&d));
	diags_add(&d, SEVERITY_WARNING, 3, 4, "try this", "bad %s", "thing");
	assert_false(diags_has_error(&d));
	diags_add(&d, SEVERITY_ERROR, 0, 0, NULL, "worse");
	assert_true(diags_has_error(&d));
	assert_int_equal(d.n, 2);
	assert_int_equal(d.items[0].severity, SEVERITY_WARNING);
	assert_int_equal(d.items[0].line, 3);
	assert_int_equal(d.items[0].column, 4);
	assert_string_equal(d.items[0].message, "bad thing");
	assert_string_equal(d.items[0].hint, "try this");
	assert_null(d.items[1].hint);
	assert_false(d.lost);
	assert_string_equal(severity_name(SEVERITY_NOTE), "note");
	assert_string_equal(severity_name(SEVERITY_WARNING), "warning");
	assert_string_equal(severity_name(SEVERITY_ERROR), "error");
}

static void the_last_speaks_for_the_rest(void **state)
{
	struct diags d;

	(void)state;
	diags_init(&d, &arena);
	for (int i = 0; i < DIAGS_MAX; i++)
		diags_add(&d, SEVERITY_NOTE, 1, 1, NULL, "number %d", i);
	assert_int_equal(d.n, DIAGS_MAX);
	assert_string_equal(d.items[DIAGS_MAX - 1].message, "number 99");
	diags_add(&d, SEVERITY_ERROR, 1, 1, NULL, "dropped");
	diags_add(&d, SEVERITY_NOTE, 1, 1, NULL, "dropped");
	assert_int_equal(d.n, DIAGS_MAX);
	assert_non_null(strstr(d.items[DIAGS_MAX - 1].message, "more"));
	assert_string_equal(d.items[DIAGS_MAX - 2].message, "number 98");
	assert_true(diags_has_error(&d));
}

static void refusals_set_a_flag(void **state)
{
	bool lost = true;

	(void)state;
	for (size_t limit = 1; lost; limit += 53) {
		struct test_heap h;
		struct arena a;
		struct diags d;

		test_heap_init(&h, 0);
		arena_init(&a, &h.alloc, limit);
		diags_init(&d, &a);
		for (int i = 0; i < 50; i++)
			diags_add(&d, SEVERITY_ERROR, 1, 1, NULL, "number %d", i);
		lost = d.lost;
		assert_true(lost || d.n == 50);
		for (size_t i = 0; i < d.n; i++)
			assert_non_null(d.items[i].message);
		arena_release(&a);
		assert_int_equal(h.live, 0);
	}
}

static void formats(void **state)
{
	struct diag d = { SEVERITY_ERROR, 3, 7, "broken", NULL };

	(void)state;
	diag_format(&out, STR_LIT("a/b.md"), &d);
	assert_string_equal(out.p, "a/b.md:3:7: error: broken\n");
	buf_clear(&out);
	d.hint = "mend it";
	d.column = 0;
	diag_format(&out, STR_LIT("a/b.md"), &d);
	assert_string_equal(out.p, "a/b.md:3: error: broken\n  hint: mend it\n");
	buf_clear(&out);
	d.line = 0;
	d.column = 9;
	d.severity = SEVERITY_WARNING;
	diag_format(&out, STR_LIT("a"), &d);
	assert_string_equal(out.p, "a: warning: broken\n  hint: mend it\n");
	buf_clear(&out);
	d.hint = NULL;
	diag_format(&out, STR_EMPTY, &d);
	assert_string_equal(out.p, "warning: broken\n");
}

static void nothing_steers_a_terminal(void **state)
{
	struct diag d = { SEVERITY_ERROR, 1, 1, "a\x1b[31mb\nc\td\r\x7f\xC2\x9B\xE2\x80\xAE\xFF\xE2\x82", "\a" };

	(void)state;
	diag_format(&out, STR_LIT("x\ny\xFE"), &d);
	assert_string_equal(out.p,
			    "x\\ny\\xfe:1:1: error: a\\x1b[31mb\\nc\\td\\x0d\\x7f\\u{009B}\\u{202E}\\xff\\xe2\\x82\n"
			    "  hint: \\x07\n");
	buf_clear(&out);
	diag_escape(&out, STR_LIT("한글 \\ \"ok\" \0\xE2\x80\xA8\xE2\x81\xA6"));
	assert_string_equal(out.p, "한글 \\ \"ok\" \\x00\\u{2028}\\u{2066}");
	buf_clear(&out);
	diag_escape(&out, STR_EMPTY);
	diag_escape(&out, (struct str){ NULL, 0 });
	assert_int_equal(out.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(keeps_what_is_added, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_last_speaks_for_the_rest, set_up, tear_down),
		cmocka_unit_test(refusals_set_a_flag),
		cmocka_unit_test_setup_teardown(formats, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nothing_steers_a_terminal, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
