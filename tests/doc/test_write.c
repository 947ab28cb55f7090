/*
 * test_write.c - trees as text again: HTML, Markdown (which must read back
 * as the same tree), plain text, JSON, the tree for people; escapes and
 * URLs; hostile trees; refused memory.
 */
#include "made.h"
#include "../base/scale.h"

#include <stdio.h>

#include "base/json.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* -------------------------------------------------------------------- html */

static void html_of_blocks(void **state)
{
	static const struct made_case cases[] = {
		{ "# A & *b*\n\ntext \"q\"\nmore\\\nx\n",
		  "<h1>A &amp; <em>b</em></h1>\n<p>text &quot;q&quot;\nmore<br />\nx</p>\n" },
		{ "- a\n- [x] b\n  1. c\n",
		  "<ul>\n<li>a</li>\n<li><input type=\"checkbox\" checked=\"\" disabled=\"\" /> b\n"
		  "<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>\n" },
		{ "3. a\n\n4. b\n", "<ol start=\"3\">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>\n" },
		{ "> q\n\n---\n\n```c x\n<a>\n```\n", "<blockquote>\n<p>q</p>\n</blockquote>\n<hr />\n"
						      "<pre><code class=\"language-c\">&lt;a&gt;\n</code></pre>\n" },
		{ "| a | b |\n|--|:-:|\n| 1 | 2 |\n",
		  "<table>\n<thead>\n<tr>\n<th>a</th>\n<th align=\"center\">b</th>\n</tr>\n"
		  "</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td align=\"center\">2</td>\n"
		  "</tr>\n</tbody>\n</table>\n" },
		{ "[l](u \"t\") ![a *b*](i) ~~d~~ `c` {{ x }}\n",
		  "<p><a href=\"u\" title=\"t\">l</a> <img src=\"i\" alt=\"a b\" /> <del>d</del> <code>c</code> "
		  "{{ x }}</p>\n" },
		{ "p\n{: #i .c onclick=\"x\" style=\"y\"}\n", "<p id=\"i\" class=\"c\">p</p>\n" },
		{ "a<b>c</b><script>alert(1)</script>\n", "<p>a<strong>c</strong></p>\n" },
		{ "", "" },
	};

	(void)state;
	made_check(write_html, 0, cases, COUNT(cases));
}

static void html_footnotes(void **state)
{
	static const struct made_case cases[] = {
		{ "a[^x] b[^y] c[^x]\n\n[^y]: Y\n\n[^x]: X[^z]\n\n[^z]: Z\n\n[^unused]: U\n",
		  "<p>a<sup class=\"footnote-ref\"><a href=\"#fn-x\" id=\"fnref-x\" data-footnote-ref>1</a></sup> "
		  "b<sup class=\"footnote-ref\"><a href=\"#fn-y\" id=\"fnref-y\" data-footnote-ref>2</a></sup> "
		  "c<sup class=\"footnote-ref\"><a href=\"#fn-x\" id=\"fnref-x-2\" data-footnote-ref>1</a></sup></p>\n"
		  "<section class=\"footnotes\" data-footnotes>\n<ol>\n<li id=\"fn-x\">\n<p>X"
		  "<sup class=\"footnote-ref\"><a href=\"#fn-z\" id=\"fnref-z\" data-footnote-ref>3</a></sup> "
		  "<a href=\"#fnref-x\" class=\"footnote-backref\" data-footnote-backref>\xe2\x86\xa9</a> "
		  "<a href=\"#fnref-x-2\" class=\"footnote-backref\" data-footnote-backref>\xe2\x86\xa9<sup>2</sup></a>"
		  "</p>\n</li>\n<li id=\"fn-y\">\n<p>Y "
		  "<a href=\"#fnref-y\" class=\"footnote-backref\" data-footnote-backref>\xe2\x86\xa9</a></p>\n</li>\n"
		  "<li id=\"fn-z\">\n<p>Z "
		  "<a href=\"#fnref-z\" class=\"footnote-backref\" data-footnote-backref>\xe2\x86\xa9</a></p>\n</li>\n"
		  "</ol>\n</section>\n" },
	};

	(void)state;
	made_check(write_html, 0, cases, COUNT(cases));
}

static void html_is_safe(void **state)
{
	static const char text[] =
		"<i>a</i>\n\n<div onclick=x>\nb\n</div>\n\n[l](javascript:x) ![i](data:text/html,x)\n";
	struct record *r = made_read(text, FORMAT_COMMONMARK);
	char *html = made_written(write_html, r, 0, 0);

	(void)state;
	assert_string_equal(html, "<p><!-- raw HTML omitted -->a<!-- raw HTML omitted --></p>\n"
				  "<!-- raw HTML omitted -->\n<p><a href=\"\">l</a> <img src=\"\" alt=\"i\" /></p>\n");
	free(html);
	html = made_written(write_html, r, 0, WRITE_UNSAFE);
	assert_string_equal(html, "<p><i>a</i></p>\n<div onclick=x>\nb\n</div>\n"
				  "<p><a href=\"javascript:x\">l</a> <img src=\"data:text/html,x\" alt=\"i\" /></p>\n");
	free(html);
	record_unref(r);
}

/* Whatever a tree says: no tag, attribute or URL gets through that is not on a list. */
static void html_of_hostile_trees(void **state)
{
	static const char *const refused[] = { "<script", "onload", "<evil", "style=", "javascript", "formaction" };
	struct arena arena;
	struct tree_build b;
	struct record *r;
	uint32_t node;
	char *html;

	(void)state;
	arena_init(&arena, &alloc_libc, 0);
	tree_build_init(&b, &arena, 1000);
	node = tree_open(&b, NODE_CONTAINER, TREE_NONE);
	tree_set_text(&b, node, STR_LIT("script"));
	tree_add_attr(&b, node, STR_LIT("onload"), STR_LIT("x"));
	tree_add_attr(&b, node, STR_LIT("id"), STR_LIT("\"><script>"));
	tree_add_attr(&b, node, STR_LIT("x><script"), STR_LIT("x"));
	tree_add_attr(&b, node, STR_LIT("STYLE"), STR_LIT("x"));
	node = tree_open(&b, NODE_SPAN, TREE_NONE);
	tree_set_text(&b, node, STR_LIT("evil onload=x"));
	tree_add_attr(&b, node, STR_LIT("formaction"), STR_LIT("javascript:x"));
	node = tree_open(&b, NODE_LINK, TREE_NONE);
	tree_set_text(&b, node, STR_LIT(" java\tscript\n:x"));
	tree_set_extra(&b, node, STR_LIT("\"><script>"));
	tree_add_attr(&b, node, STR_LIT("href"), STR_LIT("javascript:x"));
	node = tree_open(&b, NODE_TABLE_ROW, TREE_NONE);
	tree_leaf(&b, NODE_TABLE_CELL, TREE_NONE, TREE_NONE);
	tree_leaf(&b, NODE_CAPTION, TREE_NONE, TREE_NONE);
	r = made_record(&b);
	html = made_written(write_html, r, 0, 0);
	for (size_t i = 0; i < COUNT(refused); i++) {
		if (strstr(html, refused[i]))
			print_error("%s in %s\n", refused[i], html);
		assert_null(strstr(html, refused[i]));
	}
	free(html);
	record_unref(r);
	arena_release(&arena);
}

static void html_page(void **state)
{
	struct record *r = made_read("---\ntitle: A & B\nlang: ko\n---\nx\n", FORMAT_MARKDOWN);
	char *html = made_written(write_html, r, 0, WRITE_STANDALONE);

	(void)state;
	assert_non_null(strstr(html, "<!DOCTYPE html>\n<html lang=\"ko\">\n"));
	assert_non_null(strstr(html, "<title>A &amp; B</title>"));
	assert_non_null(strstr(html, "<body>\n<p>x</p>\n</body>\n</html>\n"));
	assert_null(strstr(html, "http"));
	free(html);
	record_unref(r);
}

static void escapes(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, &alloc_libc, 0);
	html_escape(&out, STR_LIT("a<b>&\"'"));
	assert_str(buf_str(&out), "a&lt;b&gt;&amp;&quot;'");
	buf_clear(&out);
	html_escape(&out, (struct str){ NULL, 0 });
	url_escape(&out, STR_LIT("/\xc3\xa4 b?x=1&y='[`{%20"));
	assert_str(buf_str(&out), "/%C3%A4%20b?x=1&amp;y=&#x27;%5B%60%7B%20");
	buf_release(&out);
	assert_true(url_is_safe(STR_LIT("https://x")));
	assert_true(url_is_safe(STR_LIT("/javascript:x")));
	assert_true(url_is_safe(STR_LIT("data:image/png;base64,x")));
	assert_true(url_is_safe(STR_LIT("")));
	assert_false(url_is_safe(STR_LIT("JavaScript:x")));
	assert_false(url_is_safe(STR_LIT("\x01 java\nscript:x")));
	assert_false(url_is_safe(STR_LIT("vbscript:x")));
	assert_false(url_is_safe(STR_LIT("file:///etc")));
	assert_false(url_is_safe(STR_LIT("data:image/svg+xml,x")));
	assert_false(url_is_safe(STR_LIT("data:image/pngx,x")));
	assert_false(url_is_safe(STR_LIT("data:text/html,x")));
}

/* ---------------------------------------------------------------- markdown */

static void markdown_is_canonical(void **state)
{
	static const struct made_case cases[] = {
		{ "Title\n===\n\nTwo\n---\n\n* a\n* b\n\n+ c\n", "# Title\n\n## Two\n\n- a\n- b\n\n* c\n" },
		{ "1) a\n2) b\n   - c\n\n     d\n", "1. a\n2. b\n   - c\n\n     d\n" },
		{ "    code\n", "```\ncode\n```\n" },
		{ "````x\n```\n````\n", "````x\n```\n````\n" },
		{ "__a__ _b_ *c **d***\n", "**a** *b* *c __d__*\n" },
		{ "a  \nb\n", "a\\\nb\n" },
		{ "***\n", "___\n" },
		{ "a\n\n***\n", "a\n\n---\n" },
		{ "|a|b|\n|-|-:|\n|1|`x\\|y`|\n", "| a | b |\n| --- | ---: |\n| 1 | `x\\|y` |\n" },
		{ "<http://a.b>, http://c.d/e_f and [x](<a b> 't')\n",
		  "<http://a.b>, http://c.d/e_f and [x](<a b> \"t\")\n" },
		{ "<div>\n\n*a*\n\n</div>\n", "<div>\n\n*a*\n\n</div>\n" },
		{ "[x]\n\n[x]: u\n", "[x](u)\n" },
		{ "# a \\{#b}\n\n*c*\\{:.d} \\<style>\n", "# a \\{#b}\n\n*c*\\{:.d} \\<style>\n" },
		{ "<http://a.b>\\*c\n", "<http://a.b>\\*c\n" },
		{ "*a*\nb\n:   c\n: d\n\n  e\ng\n: h\n", "*a*\nb\n: c\n: d\n\n  e\n  g\n: h\n" },
		{ "> a\n> : - b\n\nc\n", "> a\n> : - b\n\nc\n" },
		{ "<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd></dl>\n", "a\n: b\n\nc\n: d\n" },
		{ "<dl><dt>a<br>b</dt><dd>c</dd></dl>\n", "<dl>\n<dt>a<br />\nb</dt>\n<dd>\n<p>c</p>\n</dd>\n</dl>\n" },
		{ "", "" },
	};

	(void)state;
	made_check(write_markdown, 0, cases, COUNT(cases));
}

/* What the rules leave bare and the reader takes for more is written with references and tags, and nothing else is. */
static void markdown_is_read_as_written(void **state)
{
	static const struct made_case cases[] = {
		{ "*a* _b_\n\n#a %___}\n[}_}\n%_[_}\n\n*c*\n",
		  "*a* *b*\n\n&#35;a %<em><em><em>&#125;\n&#91;&#125;</em>&#125;\n%</em>&#91;</em>&#125;\n\n*c*\n" },
	};

	(void)state;
	made_check(write_markdown, 0, cases, COUNT(cases));
}

/* The tree without positions, for comparison. */
static char *skeleton(struct record *r)
{
	const struct tree *t = record_tree(r);
	struct buf out;
	char *copy;

	buf_init(&out, &alloc_libc, 0);
	for (uint32_t i = 0; i < t->n_nodes; i++) {
		const struct node *n = &t->nodes[i];
		const char *const *name = node_kind_fields((enum node_kind)n->kind);
		buf_addf(&out, "%d %s", (int)n->end, node_kind_name((enum node_kind)n->kind));
		for (; *name; name++) {
			struct field f = tree_field(t, i, str_of(*name));
			buf_addf(&out, " %s=%d/%d/%d/", *name, f.type, f.boolean, (int)f.integer);
			buf_adds(&out, f.string);
		}
		for (uint32_t k = n->attr; k < n->attr + n->n_attr; k++) {
			buf_addz(&out, " @");
			buf_adds(&out, tree_str(t, t->attrs[k].key));
			buf_addc(&out, '=');
			buf_adds(&out, tree_str(t, t->attrs[k].value));
		}
		buf_addc(&out, '\n');
	}
	assert_true(buf_ok(&out));
	copy = strdup(buf_str(&out).p);
	buf_release(&out);
	return copy;
}

static void check_round_trip(const char *text, enum doc_format format)
{
	struct record *r = made_read(text, format), *again;
	char *first = skeleton(r), *markdown = made_written(write_markdown, r, 0, 0), *second;

	again = made_read(markdown, FORMAT_MARKDOWN);
	second = skeleton(again);
	if (strcmp(first, second) != 0)
		print_error("%s\n-- became\n%s\n", text, markdown);
	assert_string_equal(first, second);
	record_unref(again);
	record_unref(r);
	free(first);
	free(second);
	free(markdown);
}

static void markdown_reads_back(void **state)
{
	static const char *const cases[] = {
		"\\# a\n\n1\\. b\n\n1\\) c\n\n\\- d\n\n\\+ e\n\n\\> f\n\n\\* g\n\n+1 -1 1.5 a#b\n",
		"a\n\\===\n\nb\n\\---\n\nc\n\\# d\n\n| a | b |\n\\| - | - |\n\n\\~~~\n\n\\`\\`\\`\n",
		"\\*a\\* \\_b\\_ a_b_c \\[x](y) \\<b> \\&amp; \\\\ \\` a\\~\\~b 10~20 \\![x](y) !\\[^1]\n",
		"**\"a\"**b **a**b *a*b a*b*c ***a*** **a *b* c** *a **b*** *a**b***c*\n",
		"~~a~~ ~~*b*~~ a~~b~~c\n",
		"`` a`b `` ` `` ` `\\` ``` `` ```\n",
		"[a\\]b](u(v)w) [x](<u v>) [y](<>) [z](u \"a\\\"b\") [w](a\\(b) ![i\\[j](k 't')\n",
		"[x]({{ site.url }}/a) ![y]({{ a | b: \"c\" }}) {{ x }} {% y %}\n",
		"a\\\nb\\\n\\\nc\n",
		"- a\n\n  b\n- c\n  - d\n    > e\n    >\n    > f\n\n      g\n",
		"- a\n- b\n\n* c\n\n1. d\n2. e\n\n1) f\n",
		"- - a\n  - b\n- \n- [ ] c\n- [x] d\n",
		"9. a\n10. b\n    - c\n\n        code\n",
		"> a\n\n> b\n> > c\n> - d\n>   e\n>\n> ```\n> f\n>\n> g\n> ```\n",
		"# a #b \\#\n\n#\n\n###### x\n",
		"| a\\|b | *c* |\n|:-|-:|\n| `d\\|e` | [f](g\\|h) |\n|  | ~~i~~<br>j |\n",
		"p\n{: #i .c .d key=\"v w\"}\n\n# h\n{: .e}\n\n*s*{: .f} [l](u){: target=\"_blank\"} `c`{: .g}\n",
		"- a\n- b\n\n```c\nx\n```\n{: .h}\n",
		"a[^1] b[^n]\n\n[^1]: x\n\n    y\n\n    - z\n\n[^n]: w\n",
		"H<sub>2</sub>O <kbd>k *e*</kbd> <u>u</u> <span class=\"x\" lang='a\"b'>y</span>\n",
		"<figure class=\"f\"><img src=\"a\" alt=\"b & c\"><figcaption>d <em>e</em></figcaption></figure>\n",
		"<dl><dt>a</dt><dd>b<pre>c\n\n\nd</pre></dd></dl>\n\ntext\n",
		"<table><tr><th>a</th><td rowspan=2>b</td></tr><tr><td colspan=2>c<ul><li>d</ul></td></tr></table>\n",
		"<section id=\"s\">\n\n# a\n\n<div class=\"x\">\n\nb\n\n</div>\n\nc\n\n</section>\n\nd\n",
		"***\n\na\n\n***\n\n- a\n\n  ***\n",
		"term\n    : definition\n\na\n\\: b\n\nc\n\n\n: d\n",
		"| {{ a | b }} | {% c | d %} |\n|---|---|\n",
		"a *b*\nc\n: d\n\n  e\n: f\n\n  - g\n",
		"HTML *HTML*은\n\n*[HTML]: x \"y\" <z>\n",
		"{% highlight c %}\n# a\n\n```\n{% endhighlight %}\n\n{% raw %}{{ b }}{% endraw %}\n",
		"http://a.b/c_d_e (http://a.b/c) <mailto:x@y.z> x@y.z <https://a.b/?c=d&e>\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_round_trip(cases[i], FORMAT_MARKDOWN);
}

static void markdown_of_html_reads_back(void **state)
{
	static const char *const cases[] = {
		"<h1>a # b #</h1><p>1. x</p><p>- y</p><p># z</p><p>&gt; q</p><p>***</p><p>a<br>b</p><p>|x|</p>",
		"<p>a <b>b</b>c <i>d</i>e <b>\"f\"</b>g <em><strong>h</strong></em></p>",
		"<ol start=\"5\"><li>a</li><li>b<ul><li>c</li></ul></li></ol><ul><li>d</li></ul>",
		"<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>",
		"<pre><code class=\"language-c\">a\n\n```\nb</code></pre>",
		"<p>{{ literal }} [x](y) *z* `w` &amp;amp; &lt;b&gt; \\</p>",
		"<p><a href=\"a b)c\" title='t\"u'>x]y</a> <img src=\"(\" alt=\"\"></p>",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_round_trip(cases[i], FORMAT_HTML);
}

static void markdown_front_matter(void **state)
{
	struct record *r = made_read("---\ntitle: x # kept\n---\n\n\nbody\n", FORMAT_MARKDOWN);
	char *text = made_written(write_markdown, r, 0, WRITE_FRONT_MATTER);

	(void)state;
	assert_string_equal(text, "---\ntitle: x # kept\n---\n\nbody\n");
	free(text);
	text = made_written(write_markdown, r, 0, 0);
	assert_string_equal(text, "body\n");
	free(text);
	record_unref(r);
}

static void markdown_of_parts(void **state)
{
	struct record *r = made_read("1. *a*\n2. b\n\n| c |\n|---|\n| d |\n", FORMAT_MARKDOWN);
	const struct tree *t = record_tree(r);
	static const char *const want[] = { [NODE_ITEM] = "- *a*\n", [NODE_PARAGRAPH] = "*a*\n", [NODE_EMPH] = "*a*" };
	char *text;

	(void)state;
	for (uint32_t i = 2; i < 5; i++) {
		text = made_written(write_markdown, r, i, 0);
		assert_string_equal(text, want[t->nodes[i].kind]);
		free(text);
	}
	for (uint32_t i = 0; i < t->n_nodes; i++) {
		free(made_written(write_markdown, r, i, WRITE_FRONT_MATTER));
		free(made_written(write_html, r, i, 0));
		free(made_written(write_text, r, i, 0));
		free(made_written(write_node_json, r, i, 0));
		free(made_written(write_tree, r, i, 0));
	}
	text = made_written(write_markdown, r, 999, 0);
	assert_string_equal(text, "");
	free(text);
	record_unref(r);
}

/* -------------------------------------------------------- text, json, tree */

static void text_for_people(void **state)
{
	static const struct made_case cases[] = {
		{ "# T\n\na *b*\nc\\\nd\n", "T\n\na b c\nd\n" },
		{ "- a\n- b\n  1. c\n  2. d\n\n     e\n", "- a\n- b\n  1. c\n\n  2. d\n\n     e\n" },
		{ "> a\n>\n> - b\n", "> a\n>\n> - b\n" },
		{ "```\nx\n\n  y\n```\n\nz\n", "    x\n\n      y\n\nz\n" },
		{ "| a | bb |\n|--|-:|\n| \xed\x95\x9c\xea\xb8\x80 | 1 |\n",
		  "a     bb\n----  --\n\xed\x95\x9c\xea\xb8\x80   1\n" },
		{ "[l](u) ![i](j) {{ t }} x[^1]\n\n[^1]: n\n", "l x[1]\n\n[1] n\n" },
		{ "- [x] a\n- [ ] b\n\n---\n", "- [x] a\n- [ ] b\n\n* * *\n" },
		{ "", "" },
	};

	(void)state;
	made_check(write_text, 0, cases, COUNT(cases));
}

static void json_of_nodes(void **state)
{
	static const struct made_case cases[] = {
		{ "# a {#b}\n\n- [ ] x\n",
		  "{\"kind\":\"document\",\"line\":1,\"children\":[{\"kind\":\"heading\",\"level\":1,\"line\":1,"
		  "\"attributes\":{\"id\":\"b\"},\"children\":[{\"kind\":\"text\",\"literal\":\"a\",\"line\":1}]},"
		  "{\"kind\":\"list\",\"ordered\":false,\"tight\":true,\"line\":3,\"children\":[{\"kind\":\"item\","
		  "\"checked\":false,\"line\":3,\"children\":[{\"kind\":\"paragraph\",\"line\":3,\"children\":["
		  "{\"kind\":\"text\",\"literal\":\"x\",\"line\":3}]}]}]}]}" },
		{ "|a|b|\n|-|:-:|\n",
		  "{\"kind\":\"document\",\"line\":1,\"children\":[{\"kind\":\"table\",\"align\":[null,\"center\"],"
		  "\"line\":1,\"children\":[{\"kind\":\"table_row\",\"header\":true,\"line\":1,\"children\":["
		  "{\"kind\":\"table_cell\",\"colspan\":1,\"rowspan\":1,\"line\":1,\"children\":["
		  "{\"kind\":\"text\",\"literal\":\"a\",\"line\":1}]},{\"kind\":\"table_cell\",\"align\":\"center\","
		  "\"colspan\":1,\"rowspan\":1,\"line\":1,\"children\":[{\"kind\":\"text\",\"literal\":\"b\",\"line\":1}]}"
		  "]}]}]}" },
	};

	(void)state;
	made_check(write_node_json, 0, cases, COUNT(cases));
}

static void json_of_a_record(void **state)
{
	struct record *r = made_read("---\na: [1, 2.0]\n---\n# T\n\n[l](u)\n", FORMAT_MARKDOWN);
	struct json_error error;
	struct arena a;
	struct value v;
	struct buf out;

	(void)state;
	arena_init(&a, &alloc_libc, 0);
	buf_init(&out, &alloc_libc, 0);
	write_record_json(&out, r);
	assert_null(memchr(out.p, '\n', out.n));
	assert_true(json_read(&a, buf_str(&out), &v, &error));
	assert_str(value_getz(&v, "path")->as.string, "made.md");
	assert_str(value_getz(&v, "format")->as.string, "markdown");
	assert_str(value_getz(&v, "title")->as.string, "T");
	assert_int_equal(value_getz(value_getz(&v, "meta"), "a")->as.list.n, 2);
	assert_int_equal(value_getz(&v, "outline")->as.list.n, 1);
	assert_int_equal(value_getz(&v, "images")->as.list.n, 0);
	assert_int_equal(value_getz(&v, "links")->as.list.n, 1);
	assert_int_equal(value_getz(&v, "tables")->as.list.n, 0);
	assert_int_equal(value_getz(&v, "diagnostics")->as.list.n, 0);
	buf_release(&out);
	arena_release(&a);
	record_unref(r);
}

static void tree_for_people(void **state)
{
	static const struct made_case cases[] = {
		{ "# a \"b\\\\\n\n- c\n{: .d}\n",
		  "document 1:1-4:6\n  heading 1:1-1:8 level=1\n    text 1:3-1:8 literal=\"a \\\"b\\\\\"\n"
		  "  list 3:1-4:6 ordered=false tight=true @class=\"d\"\n    item 3:1-4:6\n"
		  "      paragraph 3:3-3:3\n        text 3:3-3:3 literal=\"c\"\n" },
	};

	(void)state;
	(void)cases;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct record *r = made_read(cases[i].input, FORMAT_MARKDOWN);
		char *got = made_written(write_tree, r, 0, 0);
		assert_non_null(strstr(got, "  heading 1:1-1:8 level=1\n    text"));
		assert_non_null(strstr(got, "literal=\"a \\\"b\\\\\"\n"));
		assert_non_null(strstr(got, "@class=\"d\""));
		free(got);
		record_unref(r);
	}
}

/* ----------------------------------------------------------------- hostile */

static made_writer *const writers[] = { write_html, write_markdown, write_text, write_node_json, write_tree };

/* Chains of one kind, deep, each with a text inside. */
static void deep_trees(void **state)
{
	static const enum node_kind kinds[] = { NODE_BLOCK_QUOTE, NODE_LIST,   NODE_EMPH,
						NODE_CONTAINER,   NODE_TABLE,  NODE_LINK,
						NODE_SPAN,        NODE_FIGURE, NODE_FOOTNOTE_DEFINITION };

	(void)state;
	for (size_t k = 0; k < COUNT(kinds); k++) {
		struct arena arena;
		struct tree_build b;
		struct record *r;

		arena_init(&arena, &alloc_libc, 0);
		tree_build_init(&b, &arena, 1000000);
		for (int i = 0, last = scaled(20000); i < last; i++) {
			uint32_t node = tree_open(&b, kinds[k], TREE_NONE);
			if (kinds[k] == NODE_SPAN || kinds[k] == NODE_CONTAINER)
				tree_set_text(&b, node, STR_LIT("x"));
			if (kinds[k] == NODE_LIST)
				tree_open(&b, NODE_ITEM, TREE_NONE);
			if (kinds[k] == NODE_TABLE) {
				tree_open(&b, NODE_TABLE_ROW, TREE_NONE);
				tree_open(&b, NODE_TABLE_CELL, TREE_NONE);
			}
			made_text(&b, "text");
		}
		r = made_record(&b);
		for (size_t i = 0; i < COUNT(writers); i++) {
			char *text = made_written(writers[i], r, 0, 0);
			assert_true(strlen(text) < 40000000);
			free(text);
		}
		record_unref(r);
		arena_release(&arena);
	}
}

static void every_refusal_is_an_error(void **state)
{
	struct record *r = made_read(
		"# a\n\n> - b *c* [d](e)[^1]\n\n| f |\n|---|\n| g |\n\n<dl><dt>h</dt></dl>\n\n[^1]: i\n",
		FORMAT_MARKDOWN);

	(void)state;
	for (size_t i = 0; i <= COUNT(writers); i++) {
		struct test_heap heap;
		struct buf out;
		bool ok = false;
		for (size_t k = 1; !ok; k++) {
			test_heap_init(&heap, k);
			buf_init(&out, &heap.alloc, 0);
			if (i < COUNT(writers))
				writers[i](&out, r, 0, 0);
			else
				write_record_json(&out, r);
			ok = buf_ok(&out);
			buf_release(&out);
			assert_int_equal(heap.live, 0);
		}
	}
	record_unref(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(html_of_blocks),
		cmocka_unit_test(html_footnotes),
		cmocka_unit_test(html_is_safe),
		cmocka_unit_test(html_of_hostile_trees),
		cmocka_unit_test(html_page),
		cmocka_unit_test(escapes),
		cmocka_unit_test(markdown_is_canonical),
		cmocka_unit_test(markdown_is_read_as_written),
		cmocka_unit_test(markdown_reads_back),
		cmocka_unit_test(markdown_of_html_reads_back),
		cmocka_unit_test(markdown_front_matter),
		cmocka_unit_test(markdown_of_parts),
		cmocka_unit_test(text_for_people),
		cmocka_unit_test(json_of_nodes),
		cmocka_unit_test(json_of_a_record),
		cmocka_unit_test(tree_for_people),
		cmocka_unit_test(deep_trees),
		cmocka_unit_test(every_refusal_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
