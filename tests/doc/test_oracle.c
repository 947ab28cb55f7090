/*
 * test_oracle.c - two ways to one tree: Markdown read by us, and the HTML that
 * cmark itself writes for it read as an HTML document, must agree.
 *
 * URLs are left plain in the snippets, for cmark writes them percent-encoded.
 */
#define CMARK_NO_SHORT_NAMES /* they are our own names */
#include <cmark.h>

#include "show.h"

static const char *const snippets[] = {
	/* blocks */
	"a\nb\n\nc",
	"# a\n## b\n### c\n#### d\n##### e\n###### f",
	"a\n===\n\nb\n---",
	"> a\n> > b\n>\n> c",
	"> # a\n> - b\n> - c\n\nd",
	"- a\n- b",
	"- a\n\n- b",
	"- a\n\n  b\n- c",
	"1. a\n2. b",
	"3) a\n4) b",
	"- a\n  1. b\n     - c\n  2. d\n- e",
	"- a\n+ b\n* c",
	"- > a\n- # b\n- ```\n  c\n  ```",
	"-\n- a\n-",
	"***\n\na\n\n---",
	"```\na\n```",
	"```js\na\nb\n```",
	"~~~ c\na\n\n\nb\n~~~",
	"    a\n    b\n\n    c",
	"- a\n\n      b",
	"* a\n  > b\n  >\n* c",
	"- a\n  > b\n  ```\n  c\n  ```\n- d",
	"> 1. > a\nb",
	"1. a\n\n   > b",
	"- a\n - b\n  - c",
	"- a\n    - b\n\n      c",
	"a\n- b",
	"1. a\n\n\n2. b\n\nc",
	"- a\n<!-- -->\n- b",
	"`````\n\n```\na",
	"```\n\n  \n```",
	/* inlines */
	"*a* _b_ **c** __d__",
	"***a*** **a *b* c** *a **b***",
	"*a **b* c**",
	"**a** b*",
	"a*b*c a_b_c",
	"*a\nb*",
	"`a` ``b ` c`` `` `a` ``",
	"`a\nb`",
	"[a](b)",
	"[a](b \"c\")",
	"[*a* `b`](c)",
	"[a]\n\n[a]: b 'c'",
	"[a][b] [c][] [d]\n\n[b]: e\n[c]: f",
	"![a](b)",
	"![a](b \"c\")",
	"[![a](b)](c)",
	"![](a) [](b)",
	"<http://a.b/c>",
	"<a@b.cd>",
	"a  \nb",
	"a\\\nb",
	"\\*a\\* \\# \\[b\\]",
	"&amp; &lt;b&gt; &copy; &#65; &quot;",
	"a < b > c & d",
	"\"a\" 'b'",
	"한글 **강조** [링크](a) `코드`",
	"  a\n   b",
	"*a*b **c**d",
	"** a ** * b *",
	"*[a*](b)",
	"`*a*` *`b`*",
	"[a](b (c))",
	"a ![b](c) d\ne [f](g) h",
	/* raw HTML */
	"a <b>c</b> d",
	"<div>\na\n</div>",
	"<div>\n\n*a*\n\n</div>",
	"<p>a</p>\n\nb",
	"a<br>b",
	"<!-- a -->\n\nb",
	"a <!-- b --> c",
	"<table><tr><td>a</td></tr></table>",
	"<ul>\n<li>a</li>\n</ul>\n\nb",
	"<h2>a</h2>\nb",
	"<details>\n<summary>a</summary>\n\nb\n\n</details>",
	"*a <b>c</b>*",
	"<a href=\"b\">*c*</a>",
	"<div><p>a</p>\n\n- b\n\n</div>\n\nc",
	"<script>a</script>\n\nb",
	"<pre>a\nb</pre>\n\nc",
};

static bool same(const char *markdown)
{
	struct buf ours, theirs;
	char *html = cmark_markdown_to_html(markdown, strlen(markdown), CMARK_OPT_UNSAFE);

	show_text(&ours, str_of(markdown), FORMAT_MARKDOWN, 0);
	show_text(&theirs, str_of(html), FORMAT_HTML, 0);
	bool equal = str_eq(buf_str(&ours), buf_str(&theirs));
	if (!equal)
		fprintf(stderr, "%s\n  as Markdown: %s\n  as HTML:     %s\n", markdown, buf_str(&ours).p,
			buf_str(&theirs).p);
	buf_release(&ours);
	buf_release(&theirs);
	free(html);
	return equal;
}

static void test_snippets(void **state)
{
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof snippets / sizeof *snippets; i++)
		wrong += !same(snippets[i]);
	assert_int_equal(wrong, 0);
}

/* Blocks that end by themselves, put one after the other, and into quotes. */
static void test_pairs(void **state)
{
	static const char *const blocks[] = { "# a\n",          "b\nc\n",         "> d\n",
					      "- e\n- f\n",     "```\ng\n```\n",  "***\n",
					      "<div>h</div>\n", "1. i\n\n   j\n", "*k* [l](m)\n" };
	const size_t n = sizeof blocks / sizeof *blocks;
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < n * n; i++) {
		struct buf text;
		buf_init(&text, &alloc_libc, 0);
		buf_addf(&text, "%s\n%s", blocks[i / n], blocks[i % n]);
		wrong += !same(text.p);
		buf_clear(&text);
		buf_addf(&text, "> %s>\n> %s", strchr(blocks[i / n], '\n')[1] ? "x\n" : blocks[i / n],
			 strchr(blocks[i % n], '\n')[1] ? "y\n" : blocks[i % n]);
		wrong += !same(text.p);
		buf_release(&text);
	}
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_snippets),
		cmocka_unit_test(test_pairs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
