/*
 * test_markdown_simple.c - what is read without cmark has the very tree that
 * cmark gives it, and what is simple is indeed read so.
 *
 * Documents are put together at random from what Markdown is made of; whatever in them is not simple must be seen to be so.
 */
#include "../base/cmocka_all.h"
#include "../base/scale.h"
#include "doc/dialect.h"
#include "doc/markdown_simple.h"
#include "two_ways.h"

static const char *const pieces[] = { "a",
				      "b ",
				      "foo",
				      "\xED\x95\x9C\xEA\xB8\x80",
				      "\xEA\xB8\x80 ",
				      "*",
				      "**",
				      "_",
				      "__",
				      "***",
				      "`",
				      "``",
				      "[",
				      "]",
				      "(",
				      ")",
				      "[t](u)",
				      "![i](u \"T\")",
				      "[`c`](x)",
				      "**b**",
				      "*e*",
				      "`c`",
				      "\n",
				      "\n",
				      "\n\n",
				      "\n\n",
				      "- ",
				      "* ",
				      "+ ",
				      "1. ",
				      "2) ",
				      "  ",
				      "    ",
				      " ",
				      "   ",
				      "> ",
				      ">",
				      "# ",
				      "## ",
				      "#",
				      "```",
				      "```\n",
				      "~~~",
				      "---",
				      "***",
				      "===",
				      "\\",
				      "\\*",
				      "\\[",
				      "!",
				      "&",
				      "&amp;",
				      "&nbsp;",
				      "&#39;",
				      "&lang;",
				      "&notin",
				      "&#x2014; ",
				      "~",
				      "~~",
				      "@",
				      "a@b.c",
				      "{",
				      "}",
				      "{{",
				      "}}",
				      "{% x %}",
				      "{%",
				      "%}",
				      "{{ x }}",
				      "{{< x >}}",
				      "{{% y %}}",
				      "{{{z}}}",
				      "{{ 'a' | b:\"c\" }}",
				      "{{ `a*b` }}",
				      "{{<\n",
				      ">}}",
				      "{{ u\nv }}",
				      "{% if\n- x %}",
				      "{% raw %}",
				      "{% raw %}",
				      "{% endraw %}",
				      "{%- raw -%}\n",
				      "{%- endraw -%}\n",
				      "{% comment %}\n",
				      "{% endcomment %}\n",
				      "{% highlight c %}\n",
				      "{% endhighlight %}\n",
				      "[{{ l }}](u)",
				      "[l]({{ u \"v\" }}#w)",
				      "![i]({% link a.md %} \"{{ t }}\")",
				      "*{{ e }}*",
				      "**{% s %}**",
				      "`{{ c }}`",
				      "`{% c` d %}`",
				      "# {{ h }}\n",
				      "```\n{{ c }} {% d\ne %}\n```\n",
				      "```\n{% raw %}\n",
				      "<a href=\"{{ '/u' | r }}\">",
				      "<b class='{% if x %}y{% endif %}'>",
				      "<p>{{ x }}</p>\n\n",
				      "<i {{ x }}>",
				      "{:.c}",
				      "|",
				      "| a | b |\n|---|---|\n",
				      "a|b\n-|-\n",
				      ":",
				      " : ",
				      ": d",
				      "<",
				      "<b>",
				      "</b>",
				      "<!-- c -->",
				      "<http://x.y>",
				      "http://x.y/z_a_",
				      "www.a.b",
				      "//",
				      "ww",
				      "[^1]",
				      "[^1]: n",
				      "[r]: u",
				      "[r]",
				      "\n\n[r]: /u\n\n",
				      "\n\n[R]: v \"T\"\n[s  t]: w\n\n",
				      "\n\n[S]: <w>\n\n",
				      "\n\n[x]: #y (z)\n",
				      "\n\n  [r]: <{{% t u %}}>\n",
				      "\n\n   [t]: <{{ v \"w\" }}/{% x %}?y>\n [l]: <https://z>\n\n",
				      "\n\n[b]: <a{{ x }}>\n\n",
				      "\n\n[\xED\x95\x9C]: k\n\n",
				      "\n\n[\xC3\xA9]: e\n\n",
				      "[r][]",
				      "\n: d e\n",
				      "t\n: d\n\n",
				      "\n\n: f\n    g\n\n",
				      "[t][r]",
				      "[S T]",
				      "[s\nt]",
				      "![i][r]",
				      "[b][ s\tT ]",
				      "[r][u]",
				      "[a [r] b]",
				      "[\xED\x95\x9C]",
				      "[*e*][x]",
				      "[`c`][]",
				      "[r]:",
				      "*[AB]: c",
				      "\t",
				      "\"",
				      "'",
				      ".",
				      ",",
				      "?",
				      "\xE2\x80\x9C",
				      "\xE2\x80\xA6",
				      "\xC3\xA9",
				      "\xE2\x98\x83",
				      "\xC2\xA0",
				      "\xF0\x9F\x98\x80",
				      "[ ] ",
				      "[x] ",
				      "- [ ] ",
				      "  - ",
				      "   - ",
				      "1. a\n",
				      "- a\n",
				      "- b\n\n",
				      "  c\n",
				      "> q\n",
				      "```c\ncode\n```\n",
				      "# h\n",
				      "text\n",
				      "text two  \n",
				      "_a_",
				      "*a*b",
				      "\f",
				      "\xEF\xBB\xBF",
				      "10. ",
				      "|-|",
				      "- |",
				      ":-:",
				      "--|--\n",
				      "| - |\n",
				      "    \n",
				      ">\n",
				      "-",
				      "+",
				      "<div class=\"{{ c }} d\">\n",
				      "</div>\n\n",
				      "<p>x</p>\n\n",
				      "<a href=\"http://a.b/c\">",
				      "</a>",
				      "<br>",
				      "<i>z</i>",
				      "<code>",
				      "<table>\n<tr><td>a</td></tr>\n</table>\n\n",
				      "<script>\n{{ b }}\n</script>\n",
				      "<style>a</style>",
				      "<li>",
				      "https://x.y/_z*",
				      "<=3",
				      "[x\ny](u)",
				      "[x\n](u)",
				      "`c\nd`",
				      "\\@",
				      "\\~",
				      "\\<b>",
				      "\\\\",
				      "x@y",
				      "\n\n[s]: v 'T'\n\n",
				      "\n\n[r]: http://a.b/_c_\n",
				      "\n[x *y*]: w \n\n",
				      "[t][s]",
				      "[S][]",
				      "[x\n*y*]",
				      "\n\n| *a* | `b` |\n|:--|--:|\n",
				      "| c | http://x.y/_z_ |  \n",
				      "| | |\n",
				      "|\\|\n",
				      "\n\n|a|b\n|-|:-:|\n",
				      "**_R_**",
				      "***x***",
				      "**a *b* c**",
				      " \\\n",
				      "a<!-- i-g -->b",
				      "<!-- http://a.b/_c_ -->",
				      "<b\nc='d'>",
				      "<a href=\"http://x.y/_z_\"\ntitle='t\nt'>",
				      "\n{: .d}\n\n",
				      "# h\n{:.x}\n\n",
				      "# h {#i_d .c}\n",
				      "{.x k=\"v\"}\n",
				      " {/*t*/}\n",
				      "![i](u){:style=\"a\"}",
				      "<td>{{ a | b }}\n",
				      "</p>{% y %}",
				      "<body>",
				      "<x-y>",
				      "\n===\n",
				      ":::\n",
				      "\n\n[^1]: n *e* [^1]\n\n",
				      "{:toc}\n",
				      "- a\n{: .x y}\n\n",
				      "{:y: #z}\n",
				      ">\n",
				      "> q\nl\n",
				      "[t]( u(v) )",
				      "a | b\n--|--\n<i>c</i>\n" };

enum { N_PIECES = sizeof pieces / sizeof *pieces };

static unsigned next(uint64_t *seed, unsigned n)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (unsigned)(*seed >> 11) % n;
}

/* Of definition lists, close together. */
static const char *const terms[] = { "term\n",
				     "`t` *e*\n",
				     "b [r] ",
				     "c",
				     "d\n",
				     "\n",
				     "\n",
				     "\n\n",
				     ": x\n",
				     ": y\n",
				     ":  z\n",
				     ":   w",
				     ": - i\n",
				     "  - j\n",
				     ": > q\n",
				     "  > a\n",
				     "   > ",
				     ": # h\n",
				     ": ```\n  k\n  ```\n",
				     ":     l\n",
				     ":\n",
				     " : m\n",
				     ": -\n",
				     "a | b\n",
				     "  n\n",
				     "  o\n\n",
				     "   p\n",
				     "    s\n",
				     "      u\n",
				     " ",
				     "  ",
				     "  \n",
				     "  [r]: v\n",
				     "\n  [s]: w\n\n",
				     "\n[r]: x\n\n",
				     "[s] [r][]\n",
				     "1. y\n",
				     "- z\n",
				     "> a\n",
				     "# b\n",
				     "***\n",
				     "---\n",
				     "===\n",
				     "```\n",
				     "{{ c }}",
				     "{% d\ne %}",
				     "{: .f}\n",
				     "<b>",
				     "</b>",
				     "<p>g</p>\n\n",
				     "~~h~~ ",
				     "*a **b* c** ",
				     "\\\n",
				     "www.a.b ",
				     "[ ] i\n",
				     ": [ ] j\n",
				     "\t" };

static void check_same(struct str body)
{
	const char *what = two_ways_differ(body, DIALECT_ALL);

	if (what)
		fail_msg("%s:\n%s", what, body.p);
}

static void check_random(const char *const *from, unsigned n_from)
{
	for (uint64_t n = 1, last = (uint64_t)scaled(20000); n <= last; n++) {
		uint64_t seed = n * 0x9E3779B97F4A7C15u;
		char text[1024];
		size_t at = 0;
		next(&seed, 2);
		for (unsigned i = 1 + next(&seed, n % 2 ? 12 : 30); i > 0; i--) {
			const char *piece = from[next(&seed, n_from)];
			memcpy(text + at, piece, strlen(piece));
			at += strlen(piece);
		}
		text[at] = '\0';
		check_same((struct str){ text, at });
	}
}

static void test_random(void **state)
{
	(void)state;
	check_random(pieces, N_PIECES);
}

static void test_random_terms(void **state)
{
	(void)state;
	check_random(terms, sizeof terms / sizeof *terms);
}

/* What went wrong once, or would where a rule was forgotten. */
static void test_cases(void **state)
{
	static const char *const cases[] = {
		"- a\n  > b\n  >\n- c\n",
		"[r]: x\n\n- [r]\n  ```\n",
		"x [a\n](u) c\n",
		"x ![\na](u) c\n",
		"> [a\n> ](u) c\n",
		"[`b`\\\n][r] c\n\n[r]: u\n",
		"d\n: [r]: v",
		"d\n: - [r]: v",
		"**{%**{% s %}**x",
		"*a {{ b* c }} d*",
		"a\n: b\n  > c\n:  d\n",
		"a\n: ```\n  > c\n  ```\n: d\n",
		"- ***\n\n  - foo\n",
		"***\n\n    \n|",
		"> # h #  \n\n",
		"- [ ] \n  a",
		"text\n```{{x\n# y }}\n",
		"'\n  - |",
		"a\\* b  \nc",
		"**| - |\n![i](u)    \na(**",
		"- b\n\n   > q\n>| - |\n \n",
		"1. a\n3. b\n\n2. c\n* d\n+ e",
		"a **b *c* d** `e **` f**",
		"[a *b](c) d*",
		"*a [b*](c)",
		"- a\n\n      code\n",
		"> a\nlazy\n",
		"* a\n\n  ```\n  x\n\n   y\n  ```\n* b",
		"\xEF\xBB\xBF# h\n",
		"a\n\n\xEF\xBB\xBF<b>b</b>\n",
		"~~~\na\n~~~\t\nb\n~~~\n",
		"- > ***\n\n\n- a\n",
		"~~~<x\n~~~\n{{ y }}>\n",
		"```\n    ```\n[^1]: x\n```\n",
		"~~~\n> ~~~\na|b\n-|-\n~~~\n",
		"- ```\n```\na|b\n-|-\n```\n",
		"- ```\n  > a\n  a|b\n  -|-\n  ```\n",
		"> ```\n\n> ```\n> a|b\n> -|-\n> ```\n",
		"+ |\n>\n  -|-\n-|-",
		"> - a\n\n>   b|c\n> -|-\n",
		"<!-- c -->\n<style>a</style>www.a.ba__ ",
		"<table>\n<tr><td>a</td></tr>\n</table>\n\n<style>a</style>x{: .c}\n",
		"<b>x</b>\n\n<i>y</i>\n\nz\n",
		"<style>a</style>b\n\\\na|b\n-|-\n",
		"<p>x</p>\n\"https://x.y/_z*<b>a</b>\n",
		"<iframe src=\"s\"></iframe>\n\n\\\n\\\n**b**\n",
		"<font>text\n<code>text \\\n\\\n<li>x</li>\n",
		"`c`{:.x}{: .c}\n",
		"text\\\n{: .d}\n",
		"[a]\n\n```\n\n[a]: b\n\n```\n",
		"[a]\n\n[a]: b\n\n[A]: c\n\n~~[a]~~\n",
		"~~[a]~~\n\n[a]: b 'c'\n\n- ~~~\n\n[d]: e\n\n~~[d] [a]~~",
		"<b>a\n\n[c]: d\n\n~~e~~ [c]</b>\n",
		"<p>x</p>\n\n \\\n`\\<b>\n\na\n",
		"> [a\n> b] ~~c~~\n\n[a b]: d\n",
		"> a\nb ~~c~~ \\\\[d] \\[d]\n\n[d]: e\n",
		"[ https://a.b/_c_ d](e) [www.a.b*c*](d)\n",
		"|a|\n|-|\n|x \\\n\n| a  |  |\t\n|-|-|\n| |b |\n",
		"text <b>b</b>\n\n|a|b|\n|:-|-|\n|*c*|d|\n",
		"[ ] a\n- [x] b [x][ ]\n\n[x]: c\n",
		"\\*x\t\n{: .d}\n\n--|--\n<title>T</title>\n",
		"<div>\n\nfoo\n\n</div>\n\nbar <b>c</b>\n",
		"<script src=\"{{ a }}\"></script>\n\n    code\n\n<!-- c\n\nd -->\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_same(str_of(cases[i]));
}

/* What reaches over many parts, and what ends in one. */
static void test_long(void **state)
{
	static const char *const around[][2] = {
		{ "a\n\n<div>\n\n", "" },
		{ "a\n\n<div>\n\n", "</div>\n\nfoo\n" },
		{ "a <b>b</b>\n\n", "<p>c</p>\n" },
		{ "<b>x\n\n", "y</b>\n" },
		{ "<span>x</span>\n\n", "<!-- c -->\n" },
		{ "[x] *a **b* c**\n\n", "[x]: y\n" },
		{ "a{:.b} *a **b* c**\n\n", "{:.c}\n" },
		{ "[x] *a **b* c** [y]\n\n[x]: y\n\n", "[y]: z\n" },
		{ "- *a **b* c**\n\n", "```\nunclosed\n" },
		{ "a[^b] [c] [^d]\n\n", "[^B]: e\nf [^b]\n\n    g\n\n[c]: h\n" },
		{ "[^b]: [c]\n\n", "a[^b] [c]\n\n[^d]: ```\n\n[c]: h\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
		struct buf text;
		buf_init(&text, &alloc_libc, 0);
		buf_addz(&text, around[i][0]);
		for (int n = 0; n < 1000; n++)
			buf_addz(&text, n % 300 ? "word\n\n" : "*a **b* c** <i>d</i>\n\n");
		buf_addz(&text, around[i][1]);
		assert_true(buf_ok(&text));
		check_same(buf_str(&text));
		buf_release(&text);
	}
}

static enum simple_verdict verdict_on(const char *text)
{
	const struct markdown_input input = { str_of(text), 0, DIALECT_ALL, NULL, false, 0, NULL };
	struct tree_build build;
	struct arena arena;
	struct simple s;
	enum simple_verdict verdict;

	arena_init(&arena, &alloc_libc, 0);
	tree_build_init(&build, &arena, 1000);
	verdict = simple_begin(&s, &input, &build, &arena);
	if (verdict == SIMPLE_READ)
		verdict = simple_read(&s, NULL, NULL);
	arena_release(&arena);
	return verdict;
}

static void test_verdicts(void **state)
{
	static const struct {
		const char *text;
		enum simple_verdict verdict;
	} cases[] = {
		{ "", SIMPLE_READ },
		{ "# H\n\ntext *e* **s** `c` [l](u) ![i](u \"t\")\nmore  \nand more\n\na\\*\n", SIMPLE_READ },
		{ "- a\n  - b\n- [ ] c\n\n1. x\n2. y\n\n> q\n> r\n\n***\n```c\n<T> {{ x }}\n```\n", SIMPLE_READ },
		{ "text\n\n    code\n", SIMPLE_PART },
		{ "> a\n b\n", SIMPLE_PART },
		{ ">\n> a\nb\n\n- > c\n  d\ne\n\n[f]( g(h(i)) 'j' ) [k]() *\xCE\xB8*}_l_\n\n>\n", SIMPLE_READ },
		{ "[a](b(c)\n", SIMPLE_PART },
		{ "*a **b* c**\n", SIMPLE_PART },
		{ "**_a_ *b* i** [c\nd](e) `f\ng` x\\@y \\<T> \\~1 ***h***\n", SIMPLE_READ },
		{ "> [c\n> *d*](e) `f\n> g`\n", SIMPLE_READ },
		{ "https://a.b \\\nx@y, mail@x.yz. (or me@x.yz)\n", SIMPLE_READ },
		{ "https://a.b/*c*_d_?e=f&g=h, *l www.i.j/_k_m n*\n", SIMPLE_READ },
		{ "*https://a.b*c*\n", SIMPLE_PART },
		{ "https://a.b\\*c*d\n", SIMPLE_PART },
		{ "a\n\nb<br>\n", SIMPLE_HTML },
		{ "a\n\n<p>b</p>\n", SIMPLE_HTML },
		{ "a < b, <https://c.d>\n", SIMPLE_READ },
		{ "x[1]: y, [l](u?a&b){: .c}\n\n# H\n{: #i}\n", SIMPLE_READ },
		{ "[a] [t][b] [A *c*][]\n\n[a]: b\n[b]: <c\n", SIMPLE_NOT },
		{ "[a] [t][b] [A *c*][]\n\n[a]: b\n[a *c*]: c 'd'\n\n> e\n\n[b]: f\n", SIMPLE_READ },
		{ "[a]\n\n[a]: b\nc\n", SIMPLE_NOT },
		{ "[a] [b]\n\n  [a]: b\n [b]: <{{% c d %}}>\n", SIMPLE_READ },
		{ "# a\n| *b* | [c](d) |\n|:-:|--:|  \n| `e` | f\\* |\n||g|\n\n- h\n\n|i|\n|-|\n", SIMPLE_READ },
		{ "|a|b|\n|-|-|\n|c|\n", SIMPLE_READ },
		{ "|a|b|\n|-|-|\nc\n", SIMPLE_READ },
		{ "|a|b|\n|-|-|\n|c<br>|d|\n", SIMPLE_HTML },
		{ "a\nb | c\n-|-\n|d|e|f\n\ng\n", SIMPLE_READ },
		{ "a|b\n-|-\n# c\n", SIMPLE_PART },
		{ "a{:.b}\nc|d\n-|-\n", SIMPLE_PART },
		{ "a\n- |\n", SIMPLE_NOT },
		{ "[a]\n\n- b\n\n  [a]: b\n", SIMPLE_NOT },
		{ "[a] [a][b] [b]\n\n[a]: b\n\n~~a~~\n", SIMPLE_PART },
		{ "a\n: b\n  c\n\n  [d]: e\n\n: f\n\n`g`\n:   - h\n\n    ```\n    i\n    ```\n\n[d]\n", SIMPLE_READ },
		{ "a\n: b <i>c</i>\n", SIMPLE_PART },
		{ "[d]: f\n\na\n: b\n\n  [d]: e\n", SIMPLE_NOT },
		{ "a\r\n", SIMPLE_NOT },
		{ "{% raw %}\n{{ *a\n{% endraw %}\n", SIMPLE_READ },
		{ "# h {#i_d .c k=\"v\"} #\n\n# *a*{#b}\n\n# {c} {/*d*/}\n\n# {#e}\n", SIMPLE_READ },
		{ "# a\\@{#b}\n", SIMPLE_PART },
		{ "# a {#_b}\n", SIMPLE_PART },
		{ "a *b*\nc {#d\n===\n\n\n: e\n\n::: f\n:::\n|g\n-h\n=i\n\n*[J](k)*\n\nl\n---\n", SIMPLE_READ },
		{ "a\n\n: b\n", SIMPLE_PART },
		{ "* a\n{:toc}\n\nb\n{: .c}\n# d\n{: .e f}\n", SIMPLE_READ },
		{ "- a\n{: .b}\n\n- c\n{: .d}\n", SIMPLE_PART },
		{ "* a\n{:toc}\n\n{:toc: .b}\n", SIMPLE_PART },
		{ "a[^b]\n\n[^b]: c\n", SIMPLE_PART },
		{ "a\n--\n", SIMPLE_PART },
		{ "- a\n  | b |\n  |---|\n", SIMPLE_PART },
		{ "a  \n| b |\n|---|\n", SIMPLE_PART },
		{ "a  \n| b |\n|---|\n\n<i>c</i>\n", SIMPLE_NOT },
		{ "# {{ t }}\n\n*a* {% if b %}**{{ c }}** `{{ d }}` [e]({% link f %}){% endif %}\n\n- {{< g >}}\n",
		  SIMPLE_READ },
		{ "{{< a\n- b >}} {{ c\n\n```\n{{ d\n}} {% e %}\n```\n", SIMPLE_READ },
		{ "- {{< a\n  b >}}\n", SIMPLE_PART },
		{ "{% highlight c %}\na\n{% endhighlight %}\n", SIMPLE_PART },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (verdict_on(cases[i].text) != cases[i].verdict)
			fail_msg("case %zu: %s", i, cases[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random), cmocka_unit_test(test_random_terms), cmocka_unit_test(test_cases),
		cmocka_unit_test(test_long),   cmocka_unit_test(test_verdicts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
