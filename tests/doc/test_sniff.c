/*
 * test_sniff.c - which format by name or by text, and which encoding.
 */
#include "../base/cmocka_all.h"
#include "base/buf.h"
#include "doc/sniff.h"

static void test_suffix(void **state)
{
	static const struct {
		const char *path;
		enum doc_format want;
	} cases[] = {
		{ "a.md", FORMAT_MARKDOWN },   { "a.MARKDOWN", FORMAT_MARKDOWN },
		{ "a.b/c.html", FORMAT_HTML }, { "a.HTM", FORMAT_HTML },
		{ "a.txt", FORMAT_TEXT },      { "-", FORMAT_TEXT },
		{ "md", FORMAT_TEXT },         { "", FORMAT_TEXT },
		{ "a.mdx", FORMAT_TEXT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (sniff_format(cases[i].path, STR_LIT("plain words\n")) != cases[i].want)
			fail_msg("%s", cases[i].path);
}

static void test_text(void **state)
{
	static const struct {
		const char *text;
		enum doc_format want;
	} cases[] = {
		{ "", FORMAT_TEXT },
		{ "words\nand more\n", FORMAT_TEXT },
		{ "<!DOCTYPE html>\n<p>", FORMAT_HTML },
		{ "\xEF\xBB\xBF\n <HTML>", FORMAT_HTML },
		{ "<!-- a -->\n<!-- b --> <html>", FORMAT_HTML },
		{ "<head>", FORMAT_HTML },
		{ "<!-- a", FORMAT_TEXT },
		{ "<p>a</p>", FORMAT_MARKDOWN },
		{ "---\na: b\n---\nc", FORMAT_MARKDOWN },
		{ "+++\na = 1\n+++\n", FORMAT_MARKDOWN },
		{ "# a", FORMAT_MARKDOWN },
		{ "#a", FORMAT_TEXT },
		{ "```\na\n```", FORMAT_MARKDOWN },
		{ "a [b](c)", FORMAT_MARKDOWN },
		{ "a [1] b", FORMAT_TEXT },
		{ "| a | b |\n|---|---|", FORMAT_MARKDOWN },
		{ "{{ a }}", FORMAT_MARKDOWN },
		{ "{% a %}", FORMAT_MARKDOWN },
		{ "- a\n", FORMAT_TEXT },
		{ "- a\n- b\n", FORMAT_MARKDOWN },
		{ "a **b** c\n", FORMAT_TEXT },
		{ "a **b** c\n> d\n", FORMAT_MARKDOWN },
		{ "1 < 2 and 3 > 2", FORMAT_TEXT },
		{ "a <http://b.c> d", FORMAT_TEXT },
		{ "a <a href=\"http://b.c\">d</a>", FORMAT_MARKDOWN },
		{ "a<BR/>", FORMAT_MARKDOWN },
		{ "x</span>", FORMAT_MARKDOWN },
		{ "usage: a <file> [<options>]", FORMAT_TEXT },
		{ "Jane <jane@b.c> and <b@c.d>", FORMAT_TEXT },
		{ "Map<String, Object>", FORMAT_TEXT },
		{ "a <b", FORMAT_TEXT },
		{ "5 * 3 * 2", FORMAT_TEXT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (sniff_format("-", str_of(cases[i].text)) != cases[i].want)
			fail_msg("%s", cases[i].text);
}

/* Only the beginning counts, and it never takes long. */
static void test_large(void **state)
{
	struct buf text;

	(void)state;
	buf_init(&text, &alloc_libc, 0);
	for (int i = 0; i < 100000; i++)
		buf_addz(&text, "words ");
	buf_addz(&text, "\n# heading\n");
	assert_int_equal(sniff_format("-", buf_str(&text)), FORMAT_TEXT);
	buf_clear(&text);
	for (int i = 0; i < 300000; i++)
		buf_addz(&text, "<!-- -->");
	assert_int_equal(sniff_format("-", buf_str(&text)), FORMAT_TEXT);
	buf_release(&text);
}

static void check_charset(struct str bytes, bool html, const char *want)
{
	char name[32] = "";

	assert_int_equal(sniff_charset(bytes, html, name), want != NULL);
	if (want)
		assert_string_equal(name, want);
}

static void test_charset(void **state)
{
	(void)state;
	check_charset(STR_LIT("\xFF\xFE\x61\x00"), false, "UTF-16");
	check_charset(STR_LIT("\xFE\xFF\x00\x61"), true, "UTF-16");
	check_charset(STR_LIT("<meta charset=\"euc-kr\">"), true, "euc-kr");
	check_charset(STR_LIT("<META content='text/html; CHARSET=cp949'>"), true, "cp949");
	check_charset(STR_LIT("<meta charset = utf-8>"), true, NULL);
	check_charset(STR_LIT("<meta charset=>"), true, NULL);
	check_charset(STR_LIT("<meta charset=\"euc-kr\">"), false, NULL);
	check_charset(STR_LIT("<meta charset=x123456789012345678901234567890123456789>"), true,
		      "x123456789012345678901234567890");
	check_charset(STR_LIT("charset="), true, NULL);
	check_charset(STR_EMPTY, true, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_suffix),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_charset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
