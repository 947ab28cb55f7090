/*
 * test_plain.c - plain text: paragraphs, soft breaks, bare links, positions;
 * nothing in it is markup.
 */
#include "show.h"

static void test_paragraphs(void **state)
{
	static const struct show_case cases[] = {
		{ "", "" },
		{ "\n \n\t\n", "" },
		{ "a", "(p 'a')" },
		{ "a\nb\n\nc\n", "(p 'a' ~ 'b') (p 'c')" },
		{ "  a  \n\tb\t\n \n  c", "(p 'a' ~ 'b') (p 'c')" },
		{ "a\n\302\240\nb\n\343\200\200\nc", "(p 'a') (p 'b') (p 'c')" },
		{ "\302\240a\302\240b\302\240", "(p 'a\302\240b')" },
		{ "# a\n- b\n<b>c</b> *d* &amp;", "(p '# a' ~ '- b' ~ '<b>c</b> *d* &amp;')" },
		{ "a\r\nb\r\n\r\nc", "(p 'a' ~ 'b') (p 'c')" },
		{ "a\rb\r\rc", "(p 'a' ~ 'b') (p 'c')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_TEXT, 0, cases);
}

static void test_links(void **state)
{
	static const struct show_case cases[] = {
		{ "a http://b.c/d_e f", "(p 'a ' (a:bare=http://b.c/d_e 'http://b.c/d_e') ' f')" },
		{ "www.a.b", "(p (a:bare=http://www.a.b 'www.a.b'))" },
		{ "a@b.cd\nhttp://e.f", "(p (a:bare=mailto:a@b.cd 'a@b.cd') ~ (a:bare=http://e.f 'http://e.f'))" },
		{ "[x http://a.b/c] (http://d.e)에서 http://f.g/h_(i)",
		  "(p '[x ' (a:bare=http://a.b/c 'http://a.b/c') '] (' (a:bare=http://d.e 'http://d.e') ')에서 ' "
		  "(a:bare=http://f.g/h_(i) 'http://f.g/h_(i)'))" },
		{ "http://a.b\nc", "(p (a:bare=http://a.b 'http://a.b') ~ 'c')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_TEXT, 0, cases);
}

static void test_places(void **state)
{
	static const struct show_case cases[] = {
		{ "a\n b\n\nc www.d.e", "(p@1:1-2:2 'a'@1:1-1:1 ~@1:2-2:1 'b'@2:2-2:2) (p@4:1-4:9 'c '@4:1-4:2 "
					"(a:bare=http://www.d.e@4:3-4:9 'www.d.e'@4:3-4:9))" },
		{ "---\na: b\n---\nc\n", "(p@4:1-4:1 'c'@4:1-4:1)" },
		{ "\357\273\277a\n\nb", "(p@1:4-1:4 'a'@1:4-1:4) (p@3:1-3:1 'b'@3:1-3:1)" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_TEXT, SHOW_SPANS, cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paragraphs),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
