/*
 * test_lines.c - judgements about one line of Markdown: marks, columns, what
 * it could begin; fences across lines.
 */
#include "../base/cmocka_all.h"
#include "doc/lines.h"

static struct line read_one(const char *text)
{
	struct line line;

	assert_true(line_read(str_of(text), text, &line));
	return line;
}

static void test_read(void **state)
{
	static const struct {
		const char *text, *content, *inner;
		int quotes, column, item_column;
	} cases[] = {
		{ "a", "a", "a", 0, 0, 0 },
		{ "  a ", "a ", "a ", 0, 2, 2 },
		{ "\ta", "a", "a", 0, 4, 4 },
		{ "  \ta", "a", "a", 0, 4, 4 },
		{ "> a", "a", "a", 1, 0, 0 },
		{ ">a", "a", "a", 1, 0, 0 },
		{ ">  > a", "a", "a", 2, 0, 0 },
		{ "    > a", "> a", "a", 0, 4, 4 },
		{ "- > a", "- > a", "a", 0, 0, 2 },
		{ "> 1. > - > a", "1. > - > a", "a", 1, 0, 3 },
		{ "- a", "- a", "a", 0, 0, 2 },
		{ "-a", "-a", "-a", 0, 0, 0 },
		{ "12. a", "12. a", "a", 0, 0, 4 },
		{ "1) a", "1) a", "a", 0, 0, 3 },
		{ "1234567890. a", "1234567890. a", "1234567890. a", 0, 0, 0 },
		{ "- 1. * a", "- 1. * a", "a", 0, 0, 7 },
		{ "> - a", "- a", "a", 1, 0, 2 },
		{ "-", "-", "", 0, 0, 1 },
		{ "- - -", "- - -", "- - -", 0, 0, 0 },
		{ "-\ta", "-\ta", "a", 0, 0, 4 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct line line = read_one(cases[i].text);
		assert_str(str_slice(line.content, line.end), cases[i].content);
		assert_str(str_slice(line.inner, line.end), cases[i].inner);
		assert_int_equal(line.quotes, cases[i].quotes);
		assert_int_equal(line.column, cases[i].column);
		assert_int_equal(line.item_column, cases[i].item_column);
	}
}

static void test_line_ends(void **state)
{
	const struct str text = STR_LIT("a\r\n\n \t\r\nb");
	static const struct {
		size_t n;
		bool blank;
	} want[] = { { 1, false }, { 0, true }, { 2, true }, { 1, false } };
	const char *at = text.p;
	struct line line;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		assert_true(line_read(text, at, &line));
		assert_int_equal(line.end - line.start, want[i].n);
		assert_int_equal(line.blank, want[i].blank);
		at = line.next;
	}
	assert_false(line_read(text, at, &line));
	assert_false(line_read(STR_EMPTY, "", &line));
}

static void test_starts_block(void **state)
{
	static const char *const blocks[] = { "# a",    "#",      "###### a", "```",    "~~~ x", "***",  "- a",
					      "1. a",   "> - a",  "<div>",    "</div>", "<!-- ", "<?a",  "<H1>",
					      "{: .a}", "_ _ _ ", "<pre",     "<hr/>",  "+ a",   "<p\t>" };
	static const char *const texts[] = { "a",  "#a",     "####### a", "`` a",  "``` a`b",   "**",  "-a",
					     "1a", "<span>", "<1>",       "< div", "<divided>", "{a}", "" };

	(void)state;
	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
		struct line line = read_one(blocks[i]);
		if (!line_starts_block(&line))
			fail_msg("%s", blocks[i]);
	}
	for (size_t i = 0; i + 1 < sizeof texts / sizeof *texts; i++) {
		struct line line = read_one(texts[i]);
		if (line_starts_block(&line) || !line_may_be_paragraph(&line))
			fail_msg("%s", texts[i]);
	}
}

static void test_follows_paragraph(void **state)
{
	static const char *const yes[] = { "===", "---", "= ", "-", "2. a", "10) b" };
	static const char *const no[] = { "a", "=a", "1. a", "- a", "= =", "--a" };

	(void)state;
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
		struct line line = read_one(yes[i]);
		if (!line_follows_paragraph(&line))
			fail_msg("%s", yes[i]);
	}
	for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
		struct line line = read_one(no[i]);
		if (line_follows_paragraph(&line))
			fail_msg("%s", no[i]);
	}
}

/* One letter a line: f in a fence, - not. base: the content of a list item around begins there. */
static void check_fences(const char *text, int base, const char *want)
{
	struct fence fence = { .base = base };
	struct line line;
	size_t n = 0;

	for (const char *at = text; line_read(str_of(text), at, &line); at = line.next, n++) {
		bool fenced = fence_step(&fence, &line);
		if (n >= strlen(want) || fenced != (want[n] == 'f'))
			fail_msg("%s: line %zu", text, n + 1);
	}
	assert_int_equal(n, strlen(want));
}

static void test_fences(void **state)
{
	(void)state;
	check_fences("a\n```\nb\n```\nc", 0, "-fff-");
	check_fences("~~~\n```\n~~~~\nc", 0, "fff-");
	check_fences("````\n```\n````", 0, "fff");
	check_fences("``` a\n``` b\n```", 0, "fff");
	check_fences("> ```\n> a\nb", 0, "ff-");
	check_fences("- ```\n  a\nb\nc", 0, "ff--");
	check_fences("  ```\n  a\n\nb", 2, "fff-");
	check_fences("  ```\na\n  ```\nb", 0, "fff-");
	check_fences("```\n\n\na", 0, "ffff");
	check_fences("``` a`\nb", 0, "--");
	check_fences("- > ```\n  > a\n  > ```\n  > b", 0, "fff-");
	check_fences("- > ```\n  > a\n  b\nc", 0, "ff--");
	check_fences("    > ```\n    > a\n    > ```\n    b", 4, "fff-");
	check_fences("> - > 1. ```\n>   >    a\n>   >\n>   > b", 0, "fff-");
	check_fences("- > ```\n  >\n\nb", 0, "ff--");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),         cmocka_unit_test(test_line_ends),
		cmocka_unit_test(test_starts_block), cmocka_unit_test(test_follows_paragraph),
		cmocka_unit_test(test_fences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
