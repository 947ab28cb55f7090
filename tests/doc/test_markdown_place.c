/*
 * test_markdown_place.c - where every node of Markdown and of the raw HTML in
 * it stands in the source: line and byte column, first to last (see show.h).
 */
#include "show.h"

static void test_blocks(void **state)
{
	static const struct show_case cases[] = {
		{ "# A #\n\nb\nc\n\nD\n===\n",
		  "(h1@1:1-1:5 'A'@1:3-1:3) (p@3:1-4:1 'b'@3:1-3:1 ~@3:2-3:2 'c'@4:1-4:1) (h1@6:1-7:3 'D'@6:1-6:1)" },
		{ "> a\n> b\n\n- c\n- d\n\n   e\n",
		  "(quote@1:1-2:3 (p@1:3-2:3 'a'@1:3-1:3 ~@1:4-2:2 'b'@2:3-2:3)) (ul-loose@4:1-7:4 (li@4:1-4:3 (p@4:3-4:3 'c'@4:3-4:3)) (li@5:1-7:4 (p@5:3-5:3 'd'@5:3-5:3) (p@7:4-7:4 'e'@7:4-7:4)))" },
		{ "```x\na\n```\n\n    b\n    c\n\n---\n",
		  "(pre=x@1:1-3:3 'a\\n') (pre@5:5-6:5 'b\\nc\\n') hr@8:1-8:3" },
		{ "1. a\n\n   b\n2. c",
		  "(ol=1-loose@1:1-4:4 (li@1:1-3:4 (p@1:4-1:4 'a'@1:4-1:4) (p@3:4-3:4 'b'@3:4-3:4)) (li@4:1-4:4 (p@4:4-4:4 'c'@4:4-4:4)))" },
		{ "- a\n  - b\n    - c",
		  "(ul@1:1-3:7 (li@1:1-3:7 (p@1:3-1:3 'a'@1:3-1:3) (ul@2:3-3:7 (li@2:3-3:7 (p@2:5-2:5 'b'@2:5-2:5) (ul@3:5-3:7 (li@3:5-3:7 (p@3:7-3:7 'c'@3:7-3:7)))))))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, SHOW_SPANS, cases);
}

static void test_inlines(void **state)
{
	static const struct show_case cases[] = {
		{ "a *b* **c** `d` e",
		  "(p@1:1-1:17 'a '@1:1-1:2 (em@1:3-1:5 'b'@1:4-1:4) ' '@1:6-1:6 (b@1:7-1:11 'c'@1:9-1:9) ' '@1:12-1:12 (code@1:13-1:15 'd') ' e'@1:16-1:17)" },
		{ "***a** b* **c *d***",
		  "(p@1:1-1:19 (em@1:1-1:9 (b@1:2-1:6 'a'@1:4-1:4) ' b'@1:7-1:8) ' '@1:10-1:10 (b@1:11-1:19 'c '@1:13-1:14 (em@1:15-1:17 'd'@1:16-1:16)))" },
		{ "[a](b) ![c](d \"e\") [f][g] [g]\n\n[g]: h",
		  "(p@1:1-1:29 (a=b@1:1-1:6 'a'@1:2-1:2) ' '@1:7-1:7 (img=d \"e\"@1:8-1:18 'c'@1:10-1:10) ' '@1:19-1:19 (a=h@1:20-1:25 'f'@1:21-1:21) ' '@1:26-1:26 (a=h@1:27-1:29 'g'@1:28-1:28))" },
		{ "<http://a.b> <c@d.ef>",
		  "(p@1:1-1:21 (a=http://a.b@1:1-1:12 'http://a.b'@1:2-1:11) ' '@1:13-1:13 (a=mailto:c@d.ef@1:14-1:21 'c@d.ef'@1:15-1:20))" },
		{ "a &amp; b \\* c &lt;*d*", "(p@1:1-1:22 'a & b * c <'@1:1-1:19 (em@1:20-1:22 'd'@1:21-1:21))" },
		{ "a ``b ` c`` `  d  `",
		  "(p@1:1-1:19 'a '@1:1-1:2 (code@1:3-1:11 'b ` c') ' '@1:12-1:12 (code@1:13-1:19 ' d '))" },
		{ "[](a) ![](b) [*c*](d)[e](f)",
		  "(p@1:1-1:27 (a=a@1:1-1:5) ' '@1:6-1:6 (img=b@1:7-1:12) ' '@1:13-1:13 (a=d@1:14-1:21 (em@1:15-1:17 'c'@1:16-1:16)) (a=f@1:22-1:27 'e'@1:23-1:23))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, SHOW_SPANS, cases);
}

/* cmark does not count line ends after a backslash and inside the tail of a link. */
static void test_broken_lines(void **state)
{
	static const struct show_case cases[] = {
		{ "a\\\nb *c\\\nd* e\nf",
		  "(p@1:1-4:1 'a'@1:1-1:1 /@1:2-1:3 'b '@2:1-2:2 (em@2:3-3:2 'c'@2:4-2:4 /@2:5-2:6 'd'@3:1-3:1) ' e'@3:3-3:4 ~@3:5-3:5 'f'@4:1-4:1)" },
		{ "a  \nb\nc *d*",
		  "(p@1:1-3:5 'a'@1:1-1:1 /@1:2-1:4 'b'@2:1-2:1 ~@2:2-2:2 'c '@3:1-3:2 (em@3:3-3:5 'd'@3:4-3:4))" },
		{ "[a\nb](c\n\"d\") e *f*\n*g*",
		  "(p@1:1-4:3 (a=c \"d\"@1:1-3:4 'a'@1:2-1:2 ~@1:3-1:3 'b'@2:1-2:1) ' e '@3:5-3:7 (em@3:8-3:10 'f'@3:9-3:9) ~@3:11-3:11 (em@4:1-4:3 'g'@4:2-4:2))" },
		{ "`a\nb` c\n*d*", "(p@1:1-3:3 (code@1:1-2:2 'a b') ' c'@2:3-2:4 ~@2:5-2:5 (em@3:1-3:3 'd'@3:2-3:2))" },
		{ "<b\nc=\"d\">e</b> *f*\n*g*",
		  "(p@1:1-3:3 (b{c=d}@1:1-2:11 'e'@2:7-2:7) ' '@2:12-2:12 (em@2:13-2:15 'f'@2:14-2:14) ~@2:16-2:16 (em@3:1-3:3 'g'@3:2-3:2))" },
		{ "a\\\n*b*\\\n`c`\\\n[d](e)\nf\\\ng",
		  "(p@1:1-6:1 'a'@1:1-1:1 /@1:2-1:3 (em@2:1-2:3 'b'@2:2-2:2) /@2:4-2:5 (code@3:1-3:3 'c') /@3:4-3:5 (a=e@4:1-4:6 'd'@4:2-4:2) ~@4:7-4:7 'f'@5:1-5:1 /@5:2-5:3 'g'@6:1-6:1)" },
		{ "**a\nb** [c](d\n) e\\\nf *g*",
		  "(p@1:1-4:5 (b@1:1-2:3 'a'@1:3-1:3 ~@1:4-1:4 'b'@2:1-2:1) ' '@2:4-2:4 (a=d@2:5-3:1 'c'@2:6-2:6) ' e'@3:2-3:3 /@3:4-3:5 'f '@4:1-4:2 (em@4:3-4:5 'g'@4:4-4:4))" },
		{ "a\\\r\nb\r\nc  \r\n*d*",
		  "(p@1:1-4:3 'a'@1:1-1:1 /@1:2-1:4 'b'@2:1-2:1 ~@2:2-2:3 'c'@3:1-3:1 /@3:2-3:5 (em@4:1-4:3 'd'@4:2-4:2))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, SHOW_SPANS, cases);
}

/* Where marks of containers and indent lie between the lines. */
static void test_containers(void **state)
{
	static const struct show_case cases[] = {
		{ "> a *b*\n>  c **d**\n> ***e***",
		  "(quote@1:1-3:9 (p@1:3-3:9 'a '@1:3-1:4 (em@1:5-1:7 'b'@1:6-1:6) ~@1:8-2:3 'c '@2:4-2:5 (b@2:6-2:10 'd'@2:8-2:8) ~@2:11-3:2 (em@3:3-3:9 (b@3:4-3:8 'e'@3:6-3:6))))" },
		{ "- a\n  *b*\n\n  c `d`",
		  "(ul-loose@1:1-4:7 (li@1:1-4:7 (p@1:3-2:5 'a'@1:3-1:3 ~@1:4-2:2 (em@2:3-2:5 'b'@2:4-2:4)) (p@4:3-4:7 'c '@4:3-4:4 (code@4:5-4:7 'd'))))" },
		{ "> - a *b*\n>   c [d](e)\n>\n>   ![f](g)",
		  "(quote@1:1-4:11 (ul-loose@1:3-4:11 (li@1:3-4:11 (p@1:5-2:12 'a '@1:5-1:6 (em@1:7-1:9 'b'@1:8-1:8) ~@1:10-2:4 'c '@2:5-2:6 (a=e@2:7-2:12 'd'@2:8-2:8)) (p@4:5-4:11 (img=g@4:5-4:11 'f'@4:7-4:7)))))" },
		{ "1. a\n   b\\\n   *c*",
		  "(ol=1@1:1-3:6 (li@1:1-3:6 (p@1:4-3:6 'a'@1:4-1:4 ~@1:5-2:3 'b'@2:4-2:4 /@2:5-3:3 (em@3:4-3:6 'c'@3:5-3:5))))" },
		{ "- > a\nlazy *b*",
		  "(ul@1:1-2:8 (li@1:1-2:8 (quote@1:3-2:8 (p@1:5-2:8 'a'@1:5-1:5 ~@1:6-1:6 'lazy '@2:1-2:5 (em@2:6-2:8 'b'@2:7-2:7)))))" },
		{ "  *a*\n   *b*\n*c*",
		  "(p@1:3-3:3 (em@1:3-1:5 'a'@1:4-1:4) ~@1:6-2:3 (em@2:4-2:6 'b'@2:5-2:5) ~@2:7-2:7 (em@3:1-3:3 'c'@3:2-3:2))" },
		{ "\ta\n\n-\tb *c*\n\td *e*",
		  "(pre@1:2-1:2 'a\\n') (ul@3:1-4:6 (li@3:1-4:6 (p@3:3-4:6 'b '@3:3-3:4 (em@3:5-3:7 'c'@3:6-3:6) ~@3:8-4:1 'd '@4:2-4:3 (em@4:4-4:6 'e'@4:5-4:5))))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, SHOW_SPANS, cases);
}

static void test_definitions(void **state)
{
	static const struct show_case cases[] = {
		{ "[a]: b\nc *d*", "(p@2:1-2:5 'c '@2:1-2:2 (em@2:3-2:5 'd'@2:4-2:4))" },
		{ "[a]: b\n[c]:\n  d\n  \"e\"\nf *g*\n[c] h",
		  "(p@5:1-6:5 'f '@5:1-5:2 (em@5:3-5:5 'g'@5:4-5:4) ~@5:6-5:6 (a=d \"e\"@6:1-6:3 'c'@6:2-6:2) ' h'@6:4-6:5)" },
		{ "> [a]: b\n> c *d*", "(quote@1:1-2:7 (p@2:3-2:7 'c '@2:3-2:4 (em@2:5-2:7 'd'@2:6-2:6)))" },
		{ "[a]: b\n[a] c\\\n*d*",
		  "(p@2:1-3:3 (a=b@2:1-2:3 'a'@2:2-2:2) ' c'@2:4-2:5 /@2:6-2:7 (em@3:1-3:3 'd'@3:2-3:2))" },
		{ "[a]: b\n\nc [a]", "(p@3:1-3:5 'c '@3:1-3:2 (a=b@3:3-3:5 'a'@3:4-3:4))" },
		{ "[a] b\n*c*", "(p@1:1-2:3 '[a] b'@1:1-1:5 ~@1:6-1:6 (em@2:1-2:3 'c'@2:2-2:2))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, SHOW_SPANS, cases);
}

static void test_multi_byte(void **state)
{
	static const struct show_case cases[] = {
		{ "한글 *강조* [링크](주소) ![그림](a)",
		  "(p@1:1-1:45 '한글 '@1:1-1:7 (em@1:8-1:15 '강조'@1:9-1:14) ' '@1:16-1:16 (a=주소@1:17-1:32 '링크'@1:18-1:23) ' '@1:33-1:33 (img=a@1:34-1:45 '그림'@1:36-1:41))" },
		{ "é **b** `ü`\n日本 *c*",
		  "(p@1:1-2:10 'é '@1:1-1:3 (b@1:4-1:8 'b'@1:6-1:6) ' '@1:9-1:9 (code@1:10-1:13 'ü') ~@1:14-1:14 '日本 '@2:1-2:7 (em@2:8-2:10 'c'@2:9-2:9))" },
		{ "# 제목 *a*", "(h1@1:1-1:12 '제목 '@1:3-1:9 (em@1:10-1:12 'a'@1:11-1:11))" },
		{ "😀 http://a.b 끝",
		  "(p@1:1-1:19 '😀 '@1:1-1:5 (a:bare=http://a.b@1:6-1:15 'http://a.b'@1:6-1:15) ' 끝'@1:16-1:19)" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, SHOW_SPANS, cases);
}

static void test_front_matter(void **state)
{
	static const struct show_case cases[] = {
		{ "---\na: b\n---\n# c\n\nd *e*\n",
		  "(h1@4:1-4:3 'c'@4:3-4:3) (p@6:1-6:5 'd '@6:1-6:2 (em@6:3-6:5 'e'@6:4-6:4))" },
		{ "+++\na = 1\n+++\n\n[b](c)", "(p@5:1-5:6 (a=c@5:1-5:6 'b'@5:2-5:2))" },
		{ "﻿---\na: b\n---\nc *d*", "(p@4:1-4:5 'c '@4:1-4:2 (em@4:3-4:5 'd'@4:4-4:4))" },
		{ "{\"a\": 1}\n\n# b", "(h1@3:1-3:3 'b'@3:3-3:3)" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, SHOW_SPANS, cases);
}

static void test_tables(void **state)
{
	static const struct show_case cases[] = {
		{ "| a | *b* |\n|---|---|\n| `c` | [d](e) |",
		  "(table=--@1:1-3:16 (tr-head@1:1-1:11 (td@1:3-1:3 'a'@1:3-1:3) (td@1:7-1:9 (em@1:7-1:9 'b'@1:8-1:8))) (tr@3:1-3:16 (td@3:3-3:5 (code@3:3-3:5 'c')) (td@3:9-3:14 (a=e@3:9-3:14 'd'@3:10-3:10))))" },
		{ "x\n|  a  |b|\n|-|-|\n|c\\|d *e*| f |\ny",
		  "(p@1:1-1:1 'x'@1:1-1:1) (table=--@2:1-5:1 (tr-head@2:1-2:9 (td@2:4-2:4 'a'@2:4-2:4) (td@2:8-2:8 'b'@2:8-2:8)) (tr@4:1-4:14 (td@4:2-4:9 'c|d '@4:2-4:6 (em@4:7-4:9 'e'@4:8-4:8)) (td@4:12-4:12 'f'@4:12-4:12)) (tr@5:1-5:1 (td@5:1-5:1 'y'@5:1-5:1) (td@none)))" },
		{ "- | a |\n  |---|\n  | *b* |",
		  "(ul@1:1-3:9 (li@1:1-3:9 (table=-@1:3-3:9 (tr-head@1:3-1:7 (td@1:5-1:5 'a'@1:5-1:5)) (tr@3:3-3:9 (td@3:5-3:7 (em@3:5-3:7 'b'@3:6-3:6))))))" },
		{ "> | 한 | b |\n> |---|---|\n> | {{ c }} | ![d](e) |",
		  "(quote@1:1-3:23 (table=--@1:3-3:23 (tr-head@1:3-1:13 (td@1:5-1:7 '한'@1:5-1:7) (td@1:11-1:11 'b'@1:11-1:11)) (tr@3:3-3:23 (td@3:5-3:11 (tpl@3:5-3:11 '{{ c }}')) (td@3:15-3:21 (img=e@3:15-3:21 'd'@3:17-3:17)))))" },
		{ "| a |\n|---|\n| b |\n\n*c*",
		  "(table=-@1:1-3:5 (tr-head@1:1-1:5 (td@1:3-1:3 'a'@1:3-1:3)) (tr@3:1-3:5 (td@3:3-3:3 'b'@3:3-3:3))) (p@5:1-5:3 (em@5:1-5:3 'c'@5:2-5:2))" },
		{ "a | b\n--|--\nc | <b>d</b>",
		  "(table=--@1:1-3:12 (tr-head@1:1-1:5 (td@1:1-1:1 'a'@1:1-1:1) (td@1:5-1:5 'b'@1:5-1:5)) (tr@3:1-3:12 (td@3:1-3:1 'c'@3:1-3:1) (td@3:5-3:12 (b@3:5-3:12 'd'@3:8-3:8))))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, SHOW_SPANS, cases);
}

static void test_templates(void **state)
{
	static const struct show_case cases[] = {
		{ "{{ a }} *b* {% c\nd %} *e*",
		  "(p@1:1-2:8 (tpl@1:1-1:7 '{{ a }}') ' '@1:8-1:8 (em@1:9-1:11 'b'@1:10-1:10) ' '@1:12-1:12 (tpl@1:13-2:4 '{% c\\nd %}') ' '@2:5-2:5 (em@2:6-2:8 'e'@2:7-2:7))" },
		{ "a \\* {{ b }} *c*",
		  "(p@1:1-1:16 'a * '@1:1-1:5 (tpl@1:6-1:12 '{{ b }}') ' '@1:13-1:13 (em@1:14-1:16 'c'@1:15-1:15))" },
		{ "[a]({{ b }}) *c*",
		  "(p@1:1-1:16 (a={{ b }}@1:1-1:12 'a'@1:2-1:2) ' '@1:13-1:13 (em@1:14-1:16 'c'@1:15-1:15))" },
		{ "*{{ a }}* {{ b }}\n{{ c }} `{{ d }}` *e*",
		  "(p@1:1-2:21 (em@1:1-1:9 (tpl@1:2-1:8 '{{ a }}')) ' '@1:10-1:10 (tpl@1:11-1:17 '{{ b }}') ~@1:18-1:18 (tpl@2:1-2:7 '{{ c }}') ' '@2:8-2:8 (code@2:9-2:17 '{{ d }}') ' '@2:18-2:18 (em@2:19-2:21 'e'@2:20-2:20))" },
		{ "# {{ a }} b {#c}", "(h1{id=c}@1:1-1:16 (tpl@1:3-1:9 '{{ a }}') ' b'@1:10-1:11)" },
		{ "- {{ a }}\n- b {{ c }}",
		  "(ul@1:1-2:11 (li@1:1-1:9 (p@1:3-1:9 (tpl@1:3-1:9 '{{ a }}'))) (li@2:1-2:11 (p@2:3-2:11 'b '@2:3-2:4 (tpl@2:5-2:11 '{{ c }}'))))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, SHOW_SPANS, cases);
}

static void test_footnotes(void **state)
{
	static const struct show_case cases[] = {
		{ "a[^1] *b*\n\n[^1]: c *d*\n    e *f*\n\n    g\n\nh *i*",
		  "(p@1:1-1:9 'a'@1:1-1:1 (ref=1@1:2-1:5) ' '@1:6-1:6 (em@1:7-1:9 'b'@1:8-1:8)) (note=1@3:1-6:5 (p@3:7-4:9 'c '@3:7-3:8 (em@3:9-3:11 'd'@3:10-3:10) ~@3:12-4:4 'e '@4:5-4:6 (em@4:7-4:9 'f'@4:8-4:8)) (p@6:5-6:5 'g'@6:5-6:5)) (p@8:1-8:5 'h '@8:1-8:2 (em@8:3-8:5 'i'@8:4-8:4))" },
		{ "| a[^1] |\n|---|\n| *b* |\n\n[^1]: | c",
		  "(table=-@1:1-3:7 (tr-head@1:1-1:9 (td@1:3-1:7 'a'@1:3-1:3 (ref=1@1:4-1:7))) (tr@3:1-3:7 (td@3:3-3:5 (em@3:3-3:5 'b'@3:4-3:4)))) (note=1@5:1-5:9 (p@5:7-5:9 '| c'@5:7-5:9))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, SHOW_SPANS, cases);
}

static void test_strikethrough_and_links(void **state)
{
	static const struct show_case cases[] = {
		{ "a ~~b~~ c http://d.e/f_g h",
		  "(p@1:1-1:26 'a '@1:1-1:2 (del@1:3-1:7 'b'@1:5-1:5) ' c '@1:8-1:10 (a:bare=http://d.e/f_g@1:11-1:24 'http://d.e/f_g'@1:11-1:24) ' h'@1:25-1:26)" },
		{ "*~~a~~* ~~**b**~~",
		  "(p@1:1-1:17 (em@1:1-1:7 (del@1:2-1:6 'a'@1:4-1:4)) ' '@1:8-1:8 (del@1:9-1:17 (b@1:11-1:15 'b'@1:13-1:13)))" },
		{ "www.a.b. c@d.ef",
		  "(p@1:1-1:15 (a:bare=http://www.a.b@1:1-1:7 'www.a.b'@1:1-1:7) '. '@1:8-1:9 (a:bare=mailto:c@d.ef@1:10-1:15 'c@d.ef'@1:10-1:15))" },
		{ "~~a\nb~~", "(p@1:1-2:3 (del@1:1-2:3 'a'@1:3-1:3 ~@1:4-1:4 'b'@2:1-2:1))" },
		{ "\\~ ~~a~~", "(p@1:1-1:8 '~ '@1:1-1:3 (del@1:4-1:8 'a'@1:6-1:6))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, SHOW_SPANS, cases);
}

static void test_attributes(void **state)
{
	static const struct show_case cases[] = {
		{ "*a*{: .b} *c*",
		  "(p@1:1-1:13 (em{class=b}@1:1-1:3 'a'@1:2-1:2) ' '@1:10-1:10 (em@1:11-1:13 'c'@1:12-1:12))" },
		{ "# a {#b}\n\nc *d*\n{: .e}\n\n{: .f}\ng",
		  "(h1{id=b}@1:1-1:8 'a'@1:3-1:3) (p{class=e}@3:1-4:6 'c '@3:1-3:2 (em@3:3-3:5 'd'@3:4-3:4)) (p{class=f}@7:1-7:1 'g'@7:1-7:1)" },
		{ "- {: .a} b *c*",
		  "(ul@1:1-1:14 (li{class=a}@1:1-1:14 (p@1:3-1:14 'b '@1:10-1:11 (em@1:12-1:14 'c'@1:13-1:13))))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, SHOW_SPANS, cases);
}

static void test_raw_html(void **state)
{
	static const struct show_case cases[] = {
		{ "a <b>c <i>d</i></b> e",
		  "(p@1:1-1:21 'a '@1:1-1:2 (b@1:3-1:19 'c '@1:6-1:7 (em@1:8-1:15 'd'@1:11-1:11)) ' e'@1:20-1:21)" },
		{ "<div>\n<p>a</p>\n  <b>b</b>\n</div>\n\n*c*",
		  "(div=div@1:1-4:6 (p@2:1-2:8 'a'@2:4-2:4) (p@3:3-4:6 (b@3:3-3:10 'b'@3:6-3:6))) (p@6:1-6:3 (em@6:1-6:3 'c'@6:2-6:2))" },
		{ "<div>{{ a }}<b>c</b> {{ d\ne }} <i>f</i></div>",
		  "(div=div@1:1-2:19 (p@1:6-2:19 (tpl@1:6-1:12 '{{ a }}') (b@1:13-1:20 'c'@1:16-1:16) ' '@1:21-1:21 (tpl@1:22-2:4 '{{ d\\ne }}') ' '@2:5-2:5 (em@2:6-2:13 'f'@2:9-2:9)))" },
		{ "- <div>\n  <b>a</b>\n  </div>\n- b",
		  "(ul@1:1-4:3 (li@1:1-3:8 (div=div@1:3-3:8 (p@2:3-3:8 (b@2:3-2:10 'a'@2:6-2:6)))) (li@4:1-4:3 (p@4:3-4:3 'b'@4:3-4:3)))" },
		{ "> <p>\n> a <b>b</b>\n", "(quote@1:1-2:12 (p@1:3-2:12 'a '@1:6-2:4 (b@2:5-2:12 'b'@2:8-2:8)))" },
		{ "a\n<img src=b\n alt=c> *d*",
		  "(p@1:1-3:11 'a'@1:1-1:1 ~@1:2-1:2 (img=b@2:1-3:7 'c'@2:1-3:7) ' '@3:8-3:8 (em@3:9-3:11 'd'@3:10-3:10))" },
		{ "<p>a</p> <!-- b\n--> <b>c</b>", "(p@1:1-1:8 'a'@1:4-1:4) (p@2:5-2:12 (b@2:5-2:12 'c'@2:8-2:8))" },
		{ "  <div>a</div>", "(div=div@1:3-1:14 (p@1:8-1:14 'a'@1:8-1:8))" },
		{ "<div>a &amp; b < c <b>d</b></div>",
		  "(div=div@1:1-1:33 (p@1:6-1:33 'a & b < c '@1:6-1:19 (b@1:20-1:27 'd'@1:23-1:23)))" },
		{ "<div>\r\n<b>a</b>\r\n</div>", "(div=div@1:1-3:6 (p@2:1-3:6 (b@2:1-2:8 'a'@2:4-2:4)))" },
		{ "<p a/b=c>d <b>e</b></p>", "(p{a= b=c}@1:1-1:23 'd '@1:10-1:11 (b@1:12-1:19 'e'@1:15-1:15))" },
		{ "<table>\n<tr><td>a</td>\n<td>b</td></tr>\n</table>",
		  "(table@1:1-4:8 (tr@2:1-3:15 (td@2:5-2:14 'a'@2:9-2:9) (td@3:1-3:10 'b'@3:5-3:5)))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, SHOW_SPANS, cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_inlines),
		cmocka_unit_test(test_broken_lines),
		cmocka_unit_test(test_containers),
		cmocka_unit_test(test_definitions),
		cmocka_unit_test(test_multi_byte),
		cmocka_unit_test(test_front_matter),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_templates),
		cmocka_unit_test(test_footnotes),
		cmocka_unit_test(test_strikethrough_and_links),
		cmocka_unit_test(test_attributes),
		cmocka_unit_test(test_raw_html),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
