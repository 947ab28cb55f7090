/*
 * test_markdown_html.c - raw HTML among Markdown, read without cmark and
 * libxml2 or by them part by part, gives the very tree that they give of the whole.
 *
 * Documents are put together at random: elements that stay open over what is not simple, that end elsewhere or not at all.
 */
#include "../base/cmocka_all.h"
#include "../base/scale.h"
#include "doc/dialect.h"
#include "two_ways.h"

static const char *const pieces[] = {
	"<div>",
	"</div>",
	"<Note>\n\n",
	"\n\n</Note>\n\n",
	"<b>",
	"</b>",
	"<br>",
	"- <br>\n",
	"- <div>x</div>\n",
	"\n  <img src=x>\n\n",
	"> <hr>\n",
	"<center>",
	"</center>",
	"<p>",
	"</p>",
	"<ul>\n<li>",
	"</li>\n",
	"</ul>\n",
	"<table>\n<tr>\n",
	"<td>\n\n    x\n",
	"</td>\n",
	"</tr>\n</table>\n",
	"\n\n",
	"\n\n",
	"\n",
	"\n",
	"    ",
	"- ",
	"1. ",
	"> ",
	"### h {#i}\n\n",
	"a ",
	"word",
	"**",
	"_x_",
	"`c`",
	"[l](u)",
	"&nbsp;",
	"&copy",
	"& ",
	"{: .c}",
	"{{ x }}",
	"<C d={2}>",
	"<i title=\"{b} {{ c }}\">",
	"<!-- c -->",
	"<!--\n\nd -->",
	"<!--k-->w",
	"<svg>",
	"</svg>",
	"<details>\n<summary>",
	"</summary>\n",
	"</details>\n",
	"```\n",
	"~~~\n",
	"| a | b |\n|---|---|\n| c | d |\n",
	"term\n: def\n",
	"[r]: /u\n",
	"[r]",
	"http://a_b.c/d_e ",
	"\\\n",
	"---\n",
	"<script>x</script>",
	"<script>",
	"</script>",
	"<pre>\n\nx\n",
	"</pre>",
	"<span class='x'>",
	"</span>",
	"<video src=v>",
	"</video>",
	"*[ab]: c\n",
	"ab",
	"</x>",
	"<?p?>",
	"<iframe src=f></iframe>\n",
};

static void check_same(struct str body)
{
	const char *what = two_ways_differ(body, DIALECT_ALL);

	if (what)
		fail_msg("%s:\n%s", what, body.p);
}

static uint32_t next_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

static void test_random(void **state)
{
	uint64_t seed = 4711;

	(void)state;
	for (int i = 0, last = scaled(8000); i < last; i++) {
		char text[2000];
		size_t n = 0;
		for (uint32_t k = 3 + next_random(&seed) % 40; k > 0; k--) {
			const char *piece = pieces[next_random(&seed) % (sizeof pieces / sizeof *pieces)];
			memcpy(text + n, piece, strlen(piece));
			n += strlen(piece);
		}
		text[n] = '\0';
		check_same((struct str){ text, n });
	}
}

/* What went wrong once, or would where a rule was forgotten. */
static void test_cases(void **state)
{
	static const char *const cases[] = {
		"<Note>\n\n# a {#b}\n\n    <td>\n\n**c **d\n\n</Note>\n\n*e **f* g**\n",
		"<table>\n\n    <tr>\n\n*a **b* c**\n\n    <td>\n\n</table>\n",
		"<li>{%\n~~~\n\n[R]: v\n\na\n: d",
		"<b>l\n- z\nk\n  ```\n-\n\n[r]:x\n\n\\\n: ]",
		"<!--\n-->\n;\n: d",
		"<pre>\nb</pre>\na\n: f",
		"<I>\n//\n\n<script\n</pre>",
		"<s>\n;<style></script\n\n<o>\n\n<?",
		"<r>\n\nt\n:\n<script></pre",
		"- <r>\nm\n: d",
		"- <r>\n- m\n",
		"> <hr>\na\n",
		"<div>\n\n*a **b* c** <b>{{ d }} &copy;\n\n\xF0\x9F\x98\x80 </b><i @x>\n\n{{ e }}*f **g* h**\n\n</div>",
		"a.&#32;\n\n&#32;b &nbsp;\n&nbsp;c\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_same(str_of(cases[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_random), cmocka_unit_test(test_cases) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
