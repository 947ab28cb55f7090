/*
 * test_documents.c - documents made to cost more than they are worth.  Each is
 * read, checked and written twice, the second time twice as large: time and memory
 * must grow as the document does and stay under a ceiling, and the
 * tree must be well formed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../base/cmocka_all.h"
#include "../doc/check_tree.h"
#include "doc/record.h"
#include "doc/write.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#endif
#if !defined(__OPTIMIZE__) && !defined(SANITIZED)
#define SANITIZED 1 /* the coverage build counts every line without optimising: as slow as they are */
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

enum { M = FORMAT_MARKDOWN, C = FORMAT_COMMONMARK, H = FORMAT_HTML, T = FORMAT_TEXT };

/*
 * before, unit n times, between, other n times, after.  "\1" in a unit is
 * its number.  limited: something must be said about a limit.
 */
struct attack {
	const char *name;
	int format;
	size_t n;
	const char *before, *unit, *between, *other, *after;
	bool limited;
};

static const struct attack attacks[] = {
	/* rows 24 to 27 of the list of what must hold */
	{ "open images", M, 40000, "", "![[]()", "", "", "", false },
	{ "open images, CommonMark", C, 40000, "", "![[]()", "", "", "", false },
	{ "open images behind escapes", M, 30000, "", "\\]![", "", "[]()", "", false },
	{ "open images behind tags", M, 30000, "", "<a b=\"]\">![", "", "[]()", "", false },
	{ "quotes", M, 80000, "", "> ", "a", "", "", true },
	{ "quotes, CommonMark", C, 80000, "", "> ", "a", "", "", true },
	{ "escaped line ends before braces", M, 60000, "", "\\\n{{", "", "", "", false },
	{ "emphasis openers", M, 100000, "", "*a ", "", "", "", false },
	{ "emphasis of two kinds", M, 50000, "", "*a _b ", "", "", "", false },
	{ "emphasis closers", M, 50000, "", "a**b", "", "c* ", "", false },
	{ "nested emphasis", M, 30000, "", "*a **b ", "c", "** d*", "", true },
	{ "nested emphasis, CommonMark", C, 30000, "", "*a **b ", "c", "** d*", "", true },
	{ "a run of stars", M, 100000, "", "*", "a", "*", "", true },
	{ "a run of underscores", M, 100000, "", "_", "a", "_", "", true },
	{ "brackets", M, 100000, "", "[", "", "", "", false },
	{ "nested brackets", M, 100000, "", "[", "a", "]", "", false },
	{ "link openers", M, 50000, "", "[a](<b", "", "", "", false },
	{ "nested links", M, 50000, "", "[a](", "b", ")", "", false },
	{ "nested images", M, 30000, "", "![", "b", "](c)", "", true },
	{ "backticks", M, 100000, "", "`a``", "", "", "", false },
	{ "one line", M, 5000000, "", "a ", "", "", "", false },
	{ "deep lists", M, 20000, "", "- ", "a", "", "", false },
	{ "blank lines in deep lists", M, 30000, "", "- ", "x", "\n", "", false },
	{ "blank lines in deep lists, CommonMark", C, 30000, "", "- ", "x", "\n", "", false },
	{ "lazy lines in deep quotes", M, 50000, ">>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>a\n", "b\n", "", "",
	  "", false },
	{ "emphasis in deep quotes", M, 100000, "", ">", "", "a*", "", true },
	{ "link definitions", M, 100000, "", "[a\1]: u\n", "", "", "", false },
	{ "one definition again and again", M, 100000, "", "[a]: u\n", "", "", "", false },
	{ "references to a long definition", M, 100000,
	  "[a]: "
	  "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	  "\n\n",
	  "[a] ", "", "", "", false },
	{ "NUL", M, 500000, "", "\2", "", "", "", false },
	{ "a footnote of a footnote", M, 20000, "", "[^\1]: x [^a\1]\n[^a\1]: [^\1]\n", "", "", "", false },
	{ "elements", H, 50000, "", "<div>", "", "", "", true },
	{ "elements with ends", H, 50000, "", "<div>", "", "</div>", "", true },
	{ "elements in Markdown", M, 50000, "", "<div>\n\n", "", "", "", true },
	{ "elements around Markdown", M, 30000, "", "<div>\n\nx\n\n", "", "", "", true },
	{ "nested tables", H, 8000, "", "<table><tr><td>", "", "", "", true },
	{ "bold", H, 20000, "", "<b>", "a", "", "", true },
	{ "a long attribute", H, 10000000, "<p a=\"", "x", "\">t", "", "", false },
	{ "comments never closed", H, 200000, "", "<!--", "", "", "", false },
	{ "comments never closed in Markdown", M, 100000, "", "a <!--", "", "", "", false },
	{ "bad nesting", H, 30000, "", "<b><i></b></i>", "", "", "", false },
	{ "foreign elements", H, 50000, "", "<svg>", "", "<math>", "", false },
	{ "entities", H, 500000, "", "&amp;", "", "", "", false },
	{ "scripts", H, 100000, "", "<script>x</script>", "", "", "", false },
	{ "javascript URLs", M, 50000, "", "[a](javascript:b) <a href='JavaScript:c'>d</a> ", "", "", "", false },
	/* the same families */
	{ "end tags alone", H, 1000000, "", "</b>", "", "", "", false },
	{ "end tags below other elements", H, 500000, "<b><div><div><div><div><div><div><div><div><div>", "</b>", "",
	  "", "", false },
	{ "ends of paragraphs", H, 300000, "", "</p>", "", "", "", false },
	{ "attributes", H, 100000, "<p ", "a\1=1 ", ">t", "", "", true },
	{ "attributes behind a false comment", H, 100000, "<!-- --!><p ", "a\1=1 ", ">t -->", "", "", true },
	{ "attributes behind a false value", H, 100000, "<p a/b=\"> <q ", "c\1=1 ", "\">t", "", "", false },
	{ "attributes behind an equals sign", H, 100000, "<p =\"> <q ", "c\1=1 ", "\">t", "", "", true },
	{ "attributes in Markdown", M, 100000, "<p ", "a\1=1 ", ">t", "", "", true },
	{ "attributes never ended", H, 100000, "<p ", "a\1=1 ", "", "", "", true },
	{ "tags never ended", H, 300000, "", "<a b=\"", "", "", "", false },
	{ "items never ended", H, 100000, "", "<li>a", "", "", "", false },
	{ "paragraphs never ended", H, 200000, "", "<p>a", "", "", "", false },
	{ "rows and cells never ended", H, 50000, "<table>", "<tr><td>a<td>b", "", "", "", false },
	{ "breaks", H, 300000, "", "a<br>", "", "", "", false },
	{ "links around blocks", H, 50000, "", "<a href=x>t<div>u</div></a>", "", "", "", false },
	{ "wrapped blocks", H, 20000, "<span><span><span><span>", "<div>x</div>", "", "", "", false },
	{ "huge spans", H, 20000, "<table>", "<tr><td colspan=1000 rowspan=65000>x</td></tr>", "</table>", "", "",
	  false },
	{ "scripts never ended", M, 50000, "", "a <script> b\n\n", "", "", "", false },
	{ "styles and scripts never ended", M, 30000, "", "a <style> b <script>\n\n", "", "", "", false },
	{ "script and its end far apart", M, 50000, "<div><script>\n\n", "a <script> b\n\n", "</script>", "", "",
	  false },
	{ "pictures never ended", M, 50000, "", "<svg>\n\n", "", "a\n\n", "", false },
	{ "declarations", H, 300000, "", "<!", "", "<?", "", false },
	{ "character data never ended", H, 200000, "", "<![CDATA[", "", "", "", false },
	{ "less than", H, 500000, "", "<", "", "", "", false },
	{ "many kinds of elements", H, 100000, "", "<a\1>", "", "", "", true },
	{ "titles", H, 50000, "", "<title>", "", "", "", false },
	{ "code with links", H, 20000, "", "<code>x<a href=y>", "", "", "", false },
	{ "preformatted", H, 50000, "", "<pre>a", "", "", "", true },
	{ "forged marks", M, 30000, "", "<!--quern 0 \1-->\n\nx\n\n", "", "", "", false },
	{ "forged marks behind an element", M, 30000, "a <b>", "<!--quern \1 99999-->", "\n\n", "x\n\n", "", false },
	{ "templates never closed", M, 1000000, "", "{{", "", "", "", false },
	{ "templates across paragraphs", M, 200000, "", "{{ \n\n", "", "", "", false },
	{ "templates", M, 200000, "", "{{a}}", "", "", "", false },
	{ "attribute lists", M, 100000, "", "{: .a}", "", "", "", false },
	{ "attribute lists on one span", M, 100000, "*a*", "{: .b}", "", "", "", false },
	{ "attributes on one span", M, 50000, "*a*", "{: k\1=v}", "", "", "", false },
	{ "attribute lists on lines", M, 100000, "", "{: .a}\n", "", "", "", false },
	{ "attribute lists in deep lists", M, 50000, "- - - - - - - - - - - - - - - - - - - - - - - - - a\n",
	  "{: .x}\n", "", "", "", false },
	{ "attribute lists never closed", M, 300000, "", "{: \"", "", "", "", false },
	{ "headings with braces", M, 100000, "# a", " {", "", "", "", false },
	{ "footnote references", M, 200000, "[^a]: b\n\n", "[^a]", "", "", "", false },
	{ "footnote references never closed", M, 200000, "", "[^a", "", "", "", false },
	{ "footnote definitions", M, 50000, "", "[^a]:\n", "", "", "", false },
	{ "pipes", M, 1000000, "", "|", "", "", "", false },
	{ "a wide table", M, 300000, "", "|", "\n", "|-", "|\n", false },
	{ "delimiter rows", M, 200000, "", "|-|\n", "", "", "", false },
	{ "header rows", M, 200000, "", "a|b\n", "", "", "", false },
	{ "escaped pipes", M, 300000, "|a|\n|-|\n|", "\\|", "|\n", "", "", false },
	{ "emphasis in one cell", M, 30000, "|a|\n|-|\n|", "*a **b ", "|\n", "", "", false },
	{ "tildes", M, 100000, "", "~~", "", "", "", false },
	{ "strikethrough openers", M, 100000, "", "~~a ", "", "", "", false },
	{ "strikethrough across emphasis", M, 50000, "", "**~~a** ", "~~b", "", "", false },
	{ "at signs", M, 500000, "", "a@", "", "", "", false },
	{ "a long address", M, 300000, "", "a.", "@", "a.", "", false },
	{ "www", M, 300000, "", "www.a_", "", "", "", false },
	{ "schemes", M, 300000, "", "http://_", "", "", "", false },
	{ "URLs of stars", M, 200000, "http://a.b/", "*", "c", "", "", false },
	{ "URLs with entities", M, 300000, "http://a", "&a;", "", "", "", false },
	{ "www in plain text", T, 300000, "", "www.a_", "", "", "", false },
	{ "tabs", M, 1000000, "a\n", "\t", "b", "", "", false },
	{ "items with tabs", M, 20000, "", "-\t", "b", "", "", false },
	{ "CR", M, 1000000, "", "\r", "", "", "", false },
	{ "lines of CR LF", M, 200000, "", "a\r\n", "", "", "", false },
	{ "lines of no-break space", M, 200000, "", "\302\240\n", "", "", "", false },
	{ "backslashes", M, 500000, "", "\\", "", "", "", false },
	{ "fences", M, 200000, "", "```\n", "", "", "", false },
	{ "private use characters", M, 100000, "", "{{a}}\364\200\200\200", "", "", "", false },
	{ "definitions with open titles", M, 50000, "", "[a]: b \"c\n", "", "", "", false },
	{ "bad bytes", M, 500000, "", "\200", "", "", "", false },
	{ "plain lines", T, 300000, "", "a\n", "", "", "", false },
};

/* ------------------------------------------------------------- documents */

static void add_units(struct buf *out, const char *unit, size_t n)
{
	if (*unit == 0)
		return;
	for (size_t i = 0; i < n; i++) {
		for (const char *p = unit; *p; p++) {
			if (*p == 1)
				buf_add_int(out, (int64_t)i);
			else
				buf_addc(out, *p == 2 ? 0 : *p);
		}
	}
}

static void build(struct buf *out, const struct attack *a, size_t n)
{
	buf_init(out, &alloc_libc, 0);
	buf_addz(out, a->before);
	add_units(out, a->unit, n);
	buf_addz(out, a->between);
	add_units(out, a->other, n);
	buf_addz(out, a->after);
	assert_true(buf_ok(out));
}

/* ----------------------------------------------------------- measurement */

/* Counts what a record and its parse hold at most (libxml2 has a heap of its own). */
struct meter {
	struct alloc alloc;
	size_t live, peak;
};

static void *meter_fn(void *user, void *ptr, size_t old_size, size_t new_size)
{
	struct meter *m = user;
	void *moved = NULL;

	if (new_size > 0) {
		moved = realloc(ptr, new_size);
		if (!moved)
			return NULL;
	} else {
		free(ptr);
	}
	m->live += new_size - (ptr ? old_size : 0);
	m->peak = m->live > m->peak ? m->live : m->peak;
	return moved;
}

static double cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool under_valgrind(void)
{
	const char *preloaded = getenv("LD_PRELOAD");

	return preloaded && strstr(preloaded, "valgrind");
}

static void write_all(struct record *r)
{
	static void (*const writers[])(struct buf *, struct record *, uint32_t, unsigned) = { write_html,
											      write_node_json };
	struct buf out;

	for (size_t i = 0; i < 2; i++) {
		buf_init(&out, &alloc_libc, 0);
		writers[i](&out, r, 0, 0);
		assert_true(buf_ok(&out));
		assert_null(memmem(out.p ? out.p : "", out.n, "href=\"javascript:", 17));
		buf_release(&out);
	}
	buf_init(&out, &alloc_libc, 0);
	write_record_json(&out, r);
	assert_true(buf_ok(&out));
	buf_release(&out);
}

struct cost {
	size_t size, peak;
	double seconds;
};

static struct cost read_document(const struct attack *a, struct str text)
{
	const struct record_options options = { .format = (enum doc_format)a->format, .limits = record_limits_default };
	struct meter meter = { .alloc = { meter_fn, &meter } };
	struct record *r;
	uint32_t node;
	double start = cpu_seconds();

	assert_int_equal(record_new(&meter.alloc, text, &options, &r), RECORD_OK);
	const struct tree *t = record_tree(r);
	assert_non_null(t);
	record_meta(r);
	record_title(r, NULL);
	write_all(r);
	const struct cost cost = { text.n, meter.peak, cpu_seconds() - start };
	const char *fault = check_tree(t, (uint32_t)record_source(r).n, &node);
	if (fault)
		fail_msg("%s: %s (node %u)", a->name, fault, node);
	if (a->limited && !under_valgrind() && record_diags(r)->n == 0)
		fail_msg("%s: nothing is said about a limit", a->name);
	record_unref(r);
	assert_int_equal(meter.live, 0);
	return cost;
}

static void test_attacks(void **state)
{
	const size_t divide = under_valgrind() ? 500 : SANITIZED ? 8 : 1;
	const double patience = under_valgrind() ? 1000 : SANITIZED ? 10 : 1;

	(void)state;
	for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) {
		const struct attack *a = &attacks[i];
		size_t n = a->n / divide > 1000 || !a->limited ? a->n / divide : 1000;
		struct cost cost[2];
		for (int k = 0; k < 2; k++) {
			struct buf text;
			build(&text, a, k ? n : n / 2);
			cost[k] = read_document(a, buf_str(&text));
			buf_release(&text);
		}
		if (getenv("QUERN_TEST_VERBOSE"))
			fprintf(stderr, "%-40s %8zu bytes %6.2f s %6.2f s %5zu MB\n", a->name, cost[1].size,
				cost[0].seconds, cost[1].seconds, cost[1].peak >> 20);
		/* what is very short cannot be compared */
		if (cost[1].seconds > (2.6 * cost[0].seconds + 0.3) * (patience > 1 ? 2 : 1))
			fail_msg("%s: %.2f s, twice the size %.2f s", a->name, cost[0].seconds, cost[1].seconds);
		if (cost[1].seconds > 5 * patience)
			fail_msg("%s: %.2f s", a->name, cost[1].seconds);
		if (cost[1].peak > ((size_t)64 << 20) + 600 * cost[1].size)
			fail_msg("%s: %zu MB for %zu bytes", a->name, cost[1].peak >> 20, cost[1].size);
	}
}

/* -------------------------------------------------- of other growth or shape */

static void read_within(const char *name, int format, struct buf *text, size_t megabytes)
{
	const struct attack a = { .name = name, .format = format };
	struct cost cost = read_document(&a, buf_str(text));

	if (cost.seconds > (under_valgrind() ? 1000 : SANITIZED ? 50 : 5))
		fail_msg("%s: %.2f s", name, cost.seconds);
	if (cost.peak > megabytes << 20)
		fail_msg("%s: %zu MB", name, cost.peak >> 20);
	buf_clear(text);
}

static void test_shapes(void **state)
{
	const size_t scale = under_valgrind() ? 20 : SANITIZED ? 4 : 1;
	struct buf text;

	(void)state;
	buf_init(&text, &alloc_libc, 0);

	for (size_t i = 1; i < 1400 / scale; i++) {
		buf_addc(&text, 'e');
		buf_add_repeat(&text, '`', i);
	}
	read_within("backtick runs of all lengths", M, &text, 500);

	for (size_t i = 0; i < 1000 / scale; i++) {
		buf_add_repeat(&text, ' ', 2 * i);
		buf_addz(&text, "* a\n");
	}
	read_within("a staircase of lists", M, &text, 500);

	for (size_t i = 1; i < 1500 / scale; i++) {
		buf_add_repeat(&text, '>', i);
		buf_addz(&text, " a\n");
	}
	read_within("a staircase of quotes", M, &text, 500);

	for (size_t i = 0; i < 10000 / scale; i++)
		buf_addz(&text, "|a");
	buf_addz(&text, "|\n");
	for (size_t i = 0; i < 10000 / scale; i++)
		buf_addz(&text, "|-");
	buf_addz(&text, "|\n");
	for (size_t i = 0; i < 10000; i++)
		buf_addz(&text, "|x\n");
	read_within("a table of very many short rows", M, &text, 500);

	for (size_t i = 0; i < 600 / scale; i++) {
		buf_add_repeat(&text, ' ', 4 * i);
		buf_addf(&text, "[^a%zu]: x\n", i);
	}
	read_within("a staircase of footnotes", M, &text, 500);

	buf_addz(&text, "- - - - - - - - - - - - - - - - - - - - a\n");
	for (size_t i = 0; i < 20000 / scale; i++)
		buf_addz(&text, "                                        > b\n");
	read_within("quotes in deep lists", M, &text, 500);

	for (size_t i = 0; i < 300; i++)
		buf_addz(&text, "<span>");
	for (size_t i = 0; i < 20000 / scale; i++)
		buf_addz(&text, "<div>x</div>");
	read_within("blocks in deep inlines", H, &text, 500);

	for (size_t i = 0; i < 100 / scale; i++) {
		for (size_t k = 0; k < 300; k++)
			buf_addz(&text, "<span>");
		buf_addz(&text, "<div>x</div>");
		for (size_t k = 0; k < 300; k++)
			buf_addz(&text, "</span>");
	}
	read_within("deep inlines again and again", H, &text, 500);

	buf_release(&text);
}

/* However a document is cut off, it is read. */
static void test_cut_off(void **state)
{
	static const char markdown[] =
		"---\na: b\n---\n# c {#d}\n\n*e* **f** `g` [h](i \"j\") ![k](l) <m@n.op> {{ q }}\n\n"
		"| r | s |\n|---|:-:|\n| t | u[^1] |\n\n- [x] v\n  - w\n{: .x}\n\n> y\n\n```z\n1\n```\n\n"
		"<div class=\"2\">\n\n<!-- 3 -->\n4 <b>5</b>\n\n</div>\n\n[^1]: 6\n    7\n\n[h]: 8\n";
	static const char html[] =
		"<!DOCTYPE html><html><head><title>a</title><style>b{}</style></head><body class=c>"
		"<p id=\"d\">e<br>f &amp; <a href='g'>h</a><ul><li>i<li>j</ul><table><tr><th colspan=2>k"
		"<tr><td>l<td>m</table><pre><code class=\"language-n\">o</code></pre><!-- p --><script>q"
		"</script><figure><img src=r alt=s><figcaption>t</figcaption></figure></body></html>";
	const struct {
		int format;
		struct str text;
	} documents[] = {
		{ M, str_of(markdown) }, { C, str_of(markdown) }, { H, str_of(html) }, { T, str_of(markdown) }
	};

	(void)state;
	for (size_t d = 0; d < sizeof documents / sizeof *documents; d++) {
		const struct attack a = { .name = "cut off", .format = documents[d].format };
		for (size_t n = 0; n <= documents[d].text.n; n += under_valgrind() ? 17 : 1)
			read_document(&a, (struct str){ documents[d].text.p, n });
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_attacks),
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_cut_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
