/*
 * test_html_simple.c - raw HTML read without libxml2 gives the tree that
 * libxml2's events give, spans included: every pair of elements, every kind of token, and documents made by chance.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <setjmp.h>
#include <cmocka.h>

#include "doc/html_simple.h"
#include "doc/markdown.h"
#include "../base/scale.h"
#include "same_tree.h"

#define ALL_PARTS ((1u << 16) - 1)

struct reading {
	struct arena arena, scratch;
	struct structure s;
	struct events events;
	struct prepared prepared;
	struct tree tree;
	bool limited;
};

static const struct html_limits limits = { 500, 400 };

/* simple: by html_simple.c alone; false when it says that the document is not simple. */
static bool reading_make(struct reading *r, struct str text, bool simple)
{
	const struct markdown_input input = { text, 0, ALL_PARTS, NULL, false, 0, NULL };
	bool read = true;

	arena_init(&r->arena, &alloc_libc, 0);
	arena_init(&r->scratch, &alloc_libc, 0);
	events_init(&r->events, &r->scratch);
	structure_init(&r->s, &r->arena, &r->scratch, 1000000, limits.max_depth, text.n);
	assert_int_equal(markdown_read(&input, &r->scratch, &r->prepared, &r->events, &r->s), MARKDOWN_OK);
	r->s.mixed = true;
	if (simple)
		read = html_simple_read(&r->events, &limits, &r->s) == HTML_SIMPLE_READ;
	else
		assert_int_equal(html_parse_events(&r->events, &limits, &r->s, &r->limited), HTML_OK);
	structure_finish(&r->s, (uint32_t)text.n);
	assert_int_equal(tree_build_finish(&r->s.build, &r->tree), BUILD_OK);
	return read;
}

static void reading_release(struct reading *r)
{
	arena_release(&r->arena);
	arena_release(&r->scratch);
}

/* Reads it both ways; false where it is not simple. */
static bool compare(const char *text)
{
	struct reading a, b;
	bool simple = reading_make(&a, str_of(text), true);

	if (simple) {
		reading_make(&b, str_of(text), false);
		const char *what = trees_differ(&a.tree, &b.tree);
		if (what)
			fail_msg("%s:\n%s", what, text);
		reading_release(&b);
	}
	reading_release(&a);
	return simple;
}

static const char *const names[] = {
	"a",          "abbr",     "address", "article",  "b",        "big",    "blockquote", "br",     "caption",
	"center",     "code",     "col",     "colgroup", "dd",       "del",    "details",    "dir",    "div",
	"dl",         "dt",       "em",      "embed",    "fieldset", "figure", "font",       "form",   "h1",
	"h3",         "hr",       "i",       "img",      "input",    "ins",    "legend",     "li",     "map",
	"menu",       "ol",       "p",       "param",    "pre",      "q",      "s",          "small",  "span",
	"strike",     "strong",   "sub",     "table",    "tbody",    "td",     "tfoot",      "th",     "thead",
	"tr",         "tt",       "u",       "ul",       "section",  "source", "summary",    "wbr",    "picture",
	"figcaption", "link",     "meta",    "base",     "basefont", "object", "noscript",   "option", "optgroup",
	"select",     "textarea", "title",   "applet",   "noframes", "svg",    "x-y",        "o:p",
};

enum { N_NAMES = sizeof names / sizeof *names };

static void test_every_pair(void **state)
{
	char text[200];
	int n_simple = 0;

	(void)state;
	for (int i = 0; i < N_NAMES; i++) {
		for (int k = 0; k < N_NAMES; k++) {
			snprintf(text, sizeof text, "<div><%s>a<%s>b</div>\n", names[i], names[k]);
			n_simple += compare(text);
			snprintf(text, sizeof text, "<div><%s>a<%s id=x>b</%s>c</div>\n", names[i], names[k], names[i]);
			n_simple += compare(text);
		}
	}
	assert_true(n_simple > N_NAMES * N_NAMES);
}

static void test_tokens(void **state)
{
	static const char *const simple[] = {
		"a <b>c</b> d",
		"a<br>b<br/>c<br />d",
		"<div>\n\n*a*\n\n</div>",
		"<DIV CLASS=\"x\" Id='y'>a</DIV >",
		"<a href=\"x?a=1&b=2&amp;c=&quot;3&#33;\" hidden>t</a>",
		"<div>a &amp; b &nbsp; &#39; &#xe9;</div>",
		"<div>a <= b < c</div>",
		"<div>a</div><!-- c -->\n<p>b",
		"<b>a</b><!-- c --><i>d</i>",
		"<div><script>if (a < b) x();</script></div>\n\n<style>p {}</style>",
		"<p>a</p><!-- c --></p>\n\n</p>",
		"- <div>\n  a\n  b\n  </div>\n\n> <p>x\n> y</p>",
		"<iframe src=x></iframe><video src=y>z</video>",
		"| a | b |\n|---|---|\n| <b>x</b> | y<br>z |",
		"<img src={{ x }}>{{ y }}\n\n<img src=\"{{ x }}\" alt='a {{ b }}'>",
		"<ul><li>a<li>b\n\n<p>c\n\n</ul>",
		"<div><script>a\n\nb",
		"<div>{{ a }}</div>",
		"<div>{{ a }}\n{% b %} c {{ d }}</div>\n\n> <p>x {{ y\n> }}\n> z {{ w }}</p>",
		"<p>a {{ b }}<!-- c --></p>\n<p>{% highlight c %}\nd\n{% endhighlight %}</p>",
		"<div>a <!-- c --> b\n<!-- d\n-->e<?f?> <!-- g -->\n\n h</div>i<!-- j -->",
		"<div>{{ a }}b<!-- c -->{{ d }}<!-- e -->f<!-- g -->{{ h }}</div>",
		"a </b> c",
		"<div>&foo; &a-b.c &; & &amp</div>",
		"<Custom-Name a:b=c>a</Custom-Name> <o:p></o:p>",
		"<div><!DOCTYPE a><?xml b?></ c></div>",
		"<b><div></b></div>",
		"<div>a</br>b</td>\n c\n</x>\n<p></b><i>d</b>\n</i>\n</div></div>",
		"<img src=../a/b.png?c=d&amp;e=1 alt=x;y><a href=http://a.b/>c</a>",
		"<button @click=\"a > b\" class=\"c\"\"><b x=1/ y / z>d</b></button>",
		"x <svg viewBox='0 0 1 1'><path d='M0 0'/></svg> y <video src=z></video>",
		"<select><option>a<option>b</select>\n\n<svg>\n\n</svg>",
		"<div>a < b <</div>",
		"<p>see_x http://a_b_c/d_e [^1] \\~ {{ a }}{{ b }}</p>{: .c}\n\n[^1]: n",
	};
	static const char *const others[] = {
		"<div>&#1;</div>",    "<div>&\xC3\xA9;</div>", "<div><![CDATA[a]]></div>",
		"<div a=b'\"></div>", "<iframe src=x>",        "<head>a</head>",
		"<p>a</body>b",       "<div>\x01</div>",       "<div>a <b {{ x }}>b</b></div>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof simple / sizeof *simple; i++)
		if (!compare(simple[i]))
			fail_msg("not simple: %s", simple[i]);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (compare(others[i]))
			fail_msg("simple: %s", others[i]);
}

static void test_long_text(void **state)
{
	static char text[40000];
	size_t n = (size_t)snprintf(text, sizeof text, "<div>");

	(void)state;
	for (int i = 0; i < 2000; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, "%s%c", i % 3 ? "a\xC3\xA9" : "\xED\x95\x9C",
				      i % 7 ? 'b' : ' ');
	snprintf(text + n, sizeof text - n, "</div>\n");
	assert_true(compare(text));
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

static void test_random(void **state)
{
	static const char *const parts[] = {
		"a ",
		"b\n",
		"\n\n",
		"&amp;",
		"<!-- x -->",
		"<b>",
		"</b>",
		"<i>",
		"</i>",
		"<p>",
		"</p>",
		"<div>\n\n",
		"\n\n</div>",
		"\n\n<ul>",
		"<li>",
		"</li>",
		"</ul>\n\n",
		"<table>",
		"<tr><td>",
		"</td>",
		"</tr>",
		"</table>",
		"<br>",
		"*c*",
		"`d`",
		"\n- ",
		"\n> ",
		"<span id=x>",
		"</span>",
		"[e](f)",
		"<h2>",
		"</h2>",
		"<pre>",
		"</pre>\n\n",
		"<a href='&lt;'>",
		"</a>",
		"  ",
		"\xED\x95\x9C",
		"<script>a</script>",
		"<code>",
		"</code>",
		"{{ a }}",
		"{% b %}\n",
		"{% highlight c %}\nd\n{% endhighlight %}",
		"{: .e}",
		"[^1]",
		"http://a_b_c/d_e ",
		"\\*",
		"\\~",
		"`{{ f }}` ",
		"<b {{ g }}>",
		"| h ",
		"\n|---|\n",
		"\n[^1]: ",
		"</x-y>",
		"<x-y>",
		"& ",
		"&x",
		"&y;",
		"&amp",
		"<svg>",
		"</svg>",
		"<option>",
		"<select>",
		"</select>",
		"<title>",
		"</title>",
		"</br>",
		"<?x>",
		"</ y>",
		"<img src=a/b?c=d&e>",
		"<b @x=1 y/z>",
		"\n: ",
	};
	uint32_t seed = 4711;
	int n_simple = 0;

	(void)state;
	for (int i = 0, last = scaled(20000); i < last; i++) {
		char text[1000];
		size_t n = 0;
		for (uint32_t k = 2 + next_random(&seed) % 9; k > 0; k--)
			n += (size_t)snprintf(text + n, sizeof text - n, "%s",
					      parts[next_random(&seed) % (sizeof parts / sizeof *parts)]);
		n_simple += compare(text);
	}
	assert_true(n_simple > scaled(2500));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_every_pair), cmocka_unit_test(test_tokens),
					    cmocka_unit_test(test_long_text), cmocka_unit_test(test_random) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
