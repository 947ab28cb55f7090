/*
 * test_title.c - what a document is called: front matter, heading, <title>,
 * first line.
 */
#include "show.h"
#include "doc/title.h"

static void test_sources(void **state)
{
	static const struct {
		const char *text;
		enum doc_format format;
		const char *want;
		enum title_source from;
	} cases[] = {
		{ "", FORMAT_MARKDOWN, "", TITLE_NONE },
		{ "---\ntitle: a\n---\n# b", FORMAT_MARKDOWN, "a", TITLE_FRONT_MATTER },
		{ "---\ntitle: '  a  '\n---\n", FORMAT_MARKDOWN, "a", TITLE_FRONT_MATTER },
		{ "---\ntitle: 2024\n---\n", FORMAT_MARKDOWN, "2024", TITLE_FRONT_MATTER },
		{ "---\ntitle: ''\n---\n# b", FORMAT_MARKDOWN, "b", TITLE_HEADING },
		{ "---\ntitle: [a]\n---\n# b", FORMAT_MARKDOWN, "b", TITLE_HEADING },
		{ "+++\ntitle = \"a\"\n+++\n", FORMAT_MARKDOWN, "a", TITLE_FRONT_MATTER },
		{ "a\n\n## b *c*\n\n# d", FORMAT_MARKDOWN, "b c", TITLE_HEADING },
		{ "# ![a](b)\n\nc", FORMAT_MARKDOWN, "a", TITLE_HEADING },
		{ "#\n\n# a", FORMAT_MARKDOWN, "a", TITLE_HEADING },
		{ "<h2>a\n b</h2>", FORMAT_MARKDOWN, "a b", TITLE_HEADING },
		{ "<title>a &amp; b</title><p>c", FORMAT_HTML, "a & b", TITLE_HTML },
		{ "<title>a</title><h1>b</h1>", FORMAT_HTML, "b", TITLE_HEADING },
		{ "<title> </title><p>c d", FORMAT_HTML, "c d", TITLE_FIRST_LINE },
		{ "a *b*\nc", FORMAT_MARKDOWN, "a b", TITLE_FIRST_LINE },
		{ "***\n\n---\n\n!!!\n\na", FORMAT_MARKDOWN, "a", TITLE_FIRST_LINE },
		{ "![a](b)\nc", FORMAT_MARKDOWN, "c", TITLE_FIRST_LINE },
		{ "본문 바로가기\n\n티스토리 뷰\n제목입니다\n", FORMAT_TEXT, "제목입니다", TITLE_FIRST_LINE },
		{ "skip to content\n\n\302\240\n  a  b ", FORMAT_TEXT, "a b", TITLE_FIRST_LINE },
		{ "From: a\nSubject: b  c\nDate: d\n\ne\n", FORMAT_TEXT, "b c", TITLE_FIRST_LINE },
		{ "From: a <a@b.c>\nSUBJECT: *b*\n  c\nTo: d\n\ne\n", FORMAT_MARKDOWN, "b c", TITLE_FIRST_LINE },
		{ "From a@b.c Tue Sep  3\nReceived: from a\n\tby b\nFrom: c\nSubject: d: e\n", FORMAT_TEXT, "d: e",
		  TITLE_FIRST_LINE },
		{ "보낸사람: a\n제목: 회의\n\nb", FORMAT_TEXT, "회의", TITLE_FIRST_LINE },
		{ "Subject: a\nb\nc\n", FORMAT_TEXT, "Subject: a", TITLE_FIRST_LINE },
		{ "From: a\nSubject:\nDate: d\n\ne\n", FORMAT_TEXT, "From: a", TITLE_FIRST_LINE },
		{ "a\n\nFrom: a\nSubject: b\nDate: c\n", FORMAT_TEXT, "a", TITLE_FIRST_LINE },
		{ "```\na\n```\n", FORMAT_MARKDOWN, "", TITLE_NONE },
		{ "- a\n- b", FORMAT_MARKDOWN, "a", TITLE_FIRST_LINE },
		{ "| a |\n|---|", FORMAT_MARKDOWN, "a", TITLE_FIRST_LINE },
		{ "---\ntitle: a\nbroken: [\n---\n# b", FORMAT_MARKDOWN, "b", TITLE_HEADING },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct record *r = show_record(str_of(cases[i].text), cases[i].format, NULL);
		enum title_source from;
		struct str title = record_title(r, &from);
		if (!str_eqz(title, cases[i].want) || from != cases[i].from)
			fail_msg("%s: %.*s (%d)", cases[i].text, (int)title.n, title.p, (int)from);
		assert_str(record_title(r, NULL), cases[i].want);
		record_unref(r);
	}
}

static void test_parts(void **state)
{
	struct record *r = show_record(STR_LIT("a\n\n# b"), FORMAT_MARKDOWN, NULL);
	struct arena a;

	(void)state;
	arena_init(&a, &alloc_libc, 0);
	assert_str(title_from_heading(record_tree(r), &a), "b");
	assert_str(title_from_text(record_tree(r), &a), "a");
	record_unref(r);
	r = show_record(STR_EMPTY, FORMAT_MARKDOWN, NULL);
	assert_int_equal(title_from_heading(record_tree(r), &a).n, 0);
	assert_int_equal(title_from_text(record_tree(r), &a).n, 0);
	record_unref(r);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sources),
		cmocka_unit_test(test_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
