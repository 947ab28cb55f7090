/*
 * test_dialect.c - the names of formats with parts of the dialect switched.
 */
#include <stdio.h>

#include "../base/cmocka_all.h"
#include "doc/dialect.h"

static void test_read(void **state)
{
	static const struct {
		const char *spec;
		enum doc_format format;
		uint32_t with, without;
	} cases[] = {
		{ "markdown", FORMAT_MARKDOWN, 0, 0 },
		{ "auto", FORMAT_AUTO, 0, 0 },
		{ "html", FORMAT_HTML, 0, 0 },
		{ "markdown-tables", FORMAT_MARKDOWN, 0, DIALECT_TABLES },
		{ "markdown-tables-front_matter", FORMAT_MARKDOWN, 0, DIALECT_TABLES | DIALECT_FRONT_MATTER },
		{ "commonmark+footnotes+html", FORMAT_COMMONMARK, DIALECT_FOOTNOTES | DIALECT_HTML, 0 },
		{ "commonmark+tasks-tasks", FORMAT_COMMONMARK, 0, DIALECT_TASKS },
		{ "markdown-tasks+tasks", FORMAT_MARKDOWN, DIALECT_TASKS, 0 },
		{ "auto-templates", FORMAT_AUTO, 0, DIALECT_TEMPLATES },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct dialect_choice c = dialect_read(str_of(cases[i].spec));
		if (c.wrong.n || c.format != cases[i].format || c.with != cases[i].with ||
		    c.without != cases[i].without)
			fail_msg("%s", cases[i].spec);
	}
}

static void test_wrong(void **state)
{
	static const struct {
		const char *spec, *wrong;
	} cases[] = {
		{ "latex", "latex" },
		{ "Markdown", "Markdown" },
		{ "markdown-table", "-table" },
		{ "markdown+", "+" },
		{ "markdown-tables+x", "+x" },
		{ "html-tables", "-tables" },
		{ "text+front_matter", "+front_matter" },
		{ "-tables", "-tables" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_str(dialect_read(str_of(cases[i].spec)).wrong, cases[i].wrong);
}

static void test_parts(void **state)
{
	(void)state;
	assert_int_equal(dialect_parts(FORMAT_MARKDOWN, 0, 0), DIALECT_ALL);
	assert_int_equal(dialect_parts(FORMAT_COMMONMARK, 0, 0), 0);
	assert_int_equal(dialect_parts(FORMAT_MARKDOWN, 0, DIALECT_HTML), DIALECT_ALL & ~(uint32_t)DIALECT_HTML);
	assert_int_equal(dialect_parts(FORMAT_COMMONMARK, DIALECT_HTML, 0), DIALECT_HTML);
	assert_int_equal(dialect_parts(FORMAT_HTML, 0, 0), DIALECT_FRONT_MATTER);
	assert_int_equal(dialect_parts(FORMAT_MARKDOWN, UINT32_MAX, 0), DIALECT_ALL);
}

static void test_names(void **state)
{
	int n = 0;

	(void)state;
	for (uint32_t part = 1; part & DIALECT_ALL; part <<= 1, n++) {
		char spec[64];
		assert_non_null(dialect_part_name((enum dialect_part)part));
		snprintf(spec, sizeof spec, "commonmark+%s", dialect_part_name((enum dialect_part)part));
		assert_int_equal(dialect_read(str_of(spec)).with, part);
	}
	assert_int_equal(n, 11);
	assert_null(dialect_part_name((enum dialect_part)(DIALECT_TABLES | DIALECT_HTML)));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_read), cmocka_unit_test(test_wrong),
					    cmocka_unit_test(test_parts), cmocka_unit_test(test_names) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
