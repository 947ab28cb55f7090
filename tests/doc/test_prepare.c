/*
 * test_prepare.c - the pass before cmark: what it takes out, that everything
 * it took out can be put back, and that every offset leads back to the source.
 */
#include <stdio.h>

#include "../base/cmocka_all.h"
#include "../base/heap.h"
#include "base/utf8.h"
#include "doc/prepare.h"

/* The prepared text with each placeholder as a letter: T template, A attributes, R reference, N note, B table, C code, D definitions, Z abbreviation, L literal. */
static void show(struct buf *out, const struct prepared *p)
{
	static const char letters[] = { [HELD_LITERAL] = 'L',     [HELD_TEMPLATE] = 'T',
					[HELD_ATTRIBUTES] = 'A',  [HELD_FOOTNOTE_REFERENCE] = 'R',
					[HELD_FOOTNOTE] = 'N',    [HELD_TABLE] = 'B',
					[HELD_CODE] = 'C',        [HELD_DEFINITIONS] = 'D',
					[HELD_ABBREVIATION] = 'Z' };

	for (size_t i = 0; i < p->text.n;) {
		struct str rest = { p->text.p + i, p->text.n - i };
		size_t len = 0;
		const struct held *held = prepared_held(p, rest, &len);
		buf_addc(out, held ? '<' : *rest.p);
		if (held) {
			buf_addc(out, letters[held->type]);
			buf_addc(out, '>');
		}
		i += held ? len : 1;
	}
}

static void check(const char *text, const char *want)
{
	struct arena a;
	struct prepared p;
	struct buf got;

	arena_init(&a, &alloc_libc, 0);
	buf_init(&got, &alloc_libc, 0);
	prepare(&p, &a, str_of(text), DIALECT_ALL, NULL);
	assert_false(p.failed);
	show(&got, &p);
	if (!str_eqz(buf_str(&got), want))
		fail_msg("%s\n  got  %s\n  want %s", text, buf_str(&got).p, want);
	buf_release(&got);
	arena_release(&a);
}

static void test_inline(void **state)
{
	(void)state;
	check("", "");
	check("plain *text* [a](b)", "plain *text* [a](b)");
	check("{{ a }} {% b %} {{{c}}} {{< d >}} {{% e %}}", "<T> <T> <T> <T> <T>");
	check("{{ a {% b { c {: d", "{{ a {% b { c {: d");
	check("{{ a\nb }} {{ c\n\nd }}", "<T> {{ c\n\nd }}");
	check("{{ a {{ b }}", "<T>");
	check("{: .a} {: not one} {:#b c=\"}\"} {::x} {:/}", "<A> {: not one} <A> <T> <T>");
	check("~\\~ \\~~ \\\\~ \\[^1]", "~<L>~ <L>~ \\\\~ \\[^1]");
	check("\\~ *a*\\~", "\\~ *a*\\~");
	check("http://a/*b_c_*d* x_y_ http://e/_f", "http://a/<L>b_c<L><L>d* x_y_ http://e/<L>f");
	check("www.a_*b xwww.c*d", "www.a<L><L>b xwww.c*d");
	check("\xF3\xB0\x80\x80 \xF4\x80\x80\x80 \xF0\x9F\x98\x80", "<L> <L> \xF0\x9F\x98\x80");
}

static void test_footnotes(void **state)
{
	(void)state;
	check("a[^1] b[^2]\n\n[^1]: c", "1. c\n\n<!---->\n\na<R> b[^2]\n\n<N>\n");
	check("[^1]: c\n    d\n\n    e\n\nf", "1. c\n   d\n\n   e\n\n<!---->\n\n<N>\n\n\nf");
	check("[^1]: c\nlazy\n# d", "1. c\n   lazy\n\n<!---->\n\n<N>\n\n# d");
	check("x\n[^a]: b", "1. b\n\n<!---->\n\nx\n\n<N>\n");
	check("    [^a]: b", "    [^a]: b");
	check("```\n[^a]: b\n```", "```\n[^a]: b\n```");
	check("[^a b]: c", "[^a b]: c");
}

static void test_liquid(void **state)
{
	(void)state;
	check("{% raw %}{{ a }}{% b %}{% endraw %}{{ c }}", "<T>{{ a }}{% b %}<T><T>");
	check("{% raw %}\n\n{{ a }}\n{%- endraw -%}", "<T>\n\n{{ a }}\n<T>");
	check("{% raw %}{{ a }}", "<T><T>");
	check("{% highlight c %}\n# a\n\n{{ b }}\n{% endhighlight %}\nd", "<C>\nd");
	check("a {% highlight c %}\nb\n{% endhighlight %}", "a <T>\nb\n<T>");
	check("{% highlight c %}b\n{% endhighlight %}", "<T>b\n<T>");
	check("{% highlight c %}\nb", "<T>\nb");
	check("{% highlight c %}\n{% endhighlight %} d", "<T>\n<T> d");
}

static void test_definitions(void **state)
{
	(void)state;
	check("a\n: b", "x a\n\n1. b\n\n<!---->\n\n<D>");
	check("a\nb\n\n: c\n: d\n\n  e\n\nf", "x a\n\nx b\n\n1. c\n1. d\n\n   e\n\n<!---->\n\n<D>\n\nf");
	check("> a\n> : b\n>   c", "x a\n\n1. b\n   c\n\n<!---->\n\n> <D>");
	check(": a\n", ": a\n");
	check("a\n\n\n: b\n", "a\n\n\n: b\n");
	check("# a\n: b\n", "# a\n: b\n");
	check("a\n===\n: b\n", "a\n===\n: b\n");
	check("a :b\n:c\n", "a :b\n:c\n");
	check("```\na\n: b\n```\n", "```\na\n: b\n```\n");
}

static void test_abbreviations(void **state)
{
	(void)state;
	check("*[a]: b\n*[c]:\n\nd", "<Z>\n<Z>\n\nd");
	check("a\n*[b]: c\n", "a\n*[b]: c\n");
	check("*[]: c\n", "*[]: c\n");
}

static void test_tables(void **state)
{
	(void)state;
	check("|a|b|\n|-|-|\n|c|", "x a\n\nx b\n\nx c\n\n\n<!---->\n\n<B>");
	check("a\\|b|c\n-|-\n", "x a|b\n\nx c\n\n\n<!---->\n\n<B>\n");
	check("|a|\n|-|\n|{{ b | c }}|\n\nd", "x a\n\nx <T>\n\n\n<!---->\n\n<B>\n\nd");
	check("|a|\n|-|\n===", "x a\n\nx ===\n\n\n<!---->\n\n<B>");
	check("|a|\n|-|\n---", "x a\n\n\n<!---->\n\n<B>\n\n---");
	check("a|b\n-|-|-\n", "a|b\n-|-|-\n");
	check("    |a|\n    |-|\n", "    |a|\n    |-|\n");
	check("> |a|\n> |-|\n> |b|\nc", "x a\n\nx b\n\n\n<!---->\n\n> <B>\n\nc");
}

static void test_guards(void **state)
{
	struct arena a;
	struct buf text;
	struct prepared p;

	(void)state;
	check("<!-- a -->\n\n<!-- b", "<!-- a -->\n\n<L>!-- b");
	check("<script>\na", "<L>script>\na");
	check("<script>\na\n</script>", "<script>\na\n</script>");
	check("<?a <!B <![CDATA[c", "<L>?a <L>!B <L>![CDATA[c");
	arena_init(&a, &alloc_libc, 0);
	buf_init(&text, &alloc_libc, 0);
	for (int i = 0; i < 3000; i++)
		buf_addz(&text, "![[]()");
	prepare(&p, &a, buf_str(&text), DIALECT_ALL, NULL);
	assert_true(p.n_held > 1900 && p.n_held < 2100);
	assert_true(str_eq(prepared_restore(&p, p.text), buf_str(&text)));
	prepare(&p, &a, buf_str(&text), 0, NULL);
	assert_true(p.n_held > 1900 && p.n_held < 2100);
	buf_clear(&text);
	for (int i = 0; i < 3000; i++)
		buf_addz(&text, "> ");
	prepare(&p, &a, buf_str(&text), 0, NULL);
	assert_int_equal(p.n_held, 1);
	assert_int_equal(p.held[0].from, 502);
	prepare(&p, &a, STR_LIT("{{ a }} | [^1] \xF3\xB0\x80\x80"), 0, NULL);
	assert_int_equal(p.n_held, 0);
	buf_release(&text);
	arena_release(&a);
}

/* A placeholder and what it stands for, for more of them than one plane has room for. */
static void test_many(void **state)
{
	const size_t count = 3 * 65534 + 10;
	struct arena a;
	struct buf text;
	struct prepared p;
	size_t n = 0;

	(void)state;
	arena_init(&a, &alloc_libc, 0);
	buf_init(&text, &alloc_libc, 0);
	for (size_t i = 0; i < count; i++)
		buf_addf(&text, "{{%zu}} ", i);
	prepare(&p, &a, buf_str(&text), DIALECT_ALL, NULL);
	assert_false(p.failed);
	assert_int_equal(p.n_held, count);
	for (size_t i = 0; i < p.text.n; n++) {
		char want[32];
		size_t len = 0;
		const struct held *held = prepared_held(&p, (struct str){ p.text.p + i, p.text.n - i }, &len);
		snprintf(want, sizeof want, "{{%zu}}", n);
		assert_non_null(held);
		assert_str(held->source, want);
		assert_int_equal(prepared_source(&p, (uint32_t)i), held->from);
		i += len + 1;
		assert_int_equal(prepared_source(&p, (uint32_t)i - 1), held->to);
	}
	assert_int_equal(n, count);
	assert_true(str_eq(prepared_restore(&p, p.text), buf_str(&text)));
	assert_int_equal(utf8_check(p.text), p.text.n);
	buf_release(&text);
	arena_release(&a);
}

/* Every byte of the prepared text that was copied is the byte at its source. */
static void test_maps(void **state)
{
	static const char *const texts[] = {
		"a {{b}} c {% d\n e %} f\n",
		"x\n\n| a | b{{c}} |\n|---|---|\n| d\\|e | f |\n\ng *h*\n",
		"a[^1] http://b/*c\n\n[^1]: d {{e}}\n    f\n\ng\n",
		"> | a |\n> |---|\n> | {{b}} |\n\n- c | d\n  --|--\n  e | f\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct arena a;
		struct prepared p;
		size_t exact = 0, n = strlen(texts[i]);
		arena_init(&a, &alloc_libc, 0);
		prepare(&p, &a, str_of(texts[i]), DIALECT_ALL, NULL);
		for (size_t k = 0; k < p.text.n; k++) {
			uint32_t source = prepared_source(&p, (uint32_t)k);
			if (source > n)
				fail_msg("%s: %zu of %zu leads to %u", texts[i], k, p.text.n, source);
			exact += source < n && texts[i][source] == p.text.p[k];
		}
		/* all but placeholders and what was put in front and between */
		assert_true(exact > n / 4);
		const char *mark = strpbrk(texts[i], "gh*f");
		const char *same = p.text.p + p.text.n - strlen(mark);
		if (same >= p.text.p && strcmp(mark, same) == 0)
			assert_int_equal(prepared_source(&p, (uint32_t)(same - p.text.p)), mark - texts[i]);
		for (size_t h = 0; h < p.n_held; h++)
			assert_true(p.held[h].from < p.held[h].to && p.held[h].to <= n);
		arena_release(&a);
	}
}

static void test_restore(void **state)
{
	struct arena a;
	struct prepared p;

	(void)state;
	arena_init(&a, &alloc_libc, 0);
	prepare(&p, &a, STR_LIT("| {{a}} |\n|---|\n| \xF3\xB0\x80\x80 |\n"), DIALECT_ALL, NULL);
	assert_int_equal(p.n_tables, 1);
	assert_int_equal(p.n_rows, 2);
	assert_int_equal(p.n_cells, 2);
	/* a table holds the placeholders of stage one */
	const char *table = p.text.p + p.text.n - 1;
	while ((unsigned char)*table < 0xF3)
		table--;
	assert_str(prepared_restore(&p, str_slice(table, p.text.p + p.text.n)),
		   "| {{a}} |\n|---|\n| \xF3\xB0\x80\x80 |\n");
	assert_str(prepared_restore(&p, STR_LIT("plain \xF4\x8F\xBF\xBD")), "plain \xF4\x8F\xBF\xBD");
	assert_str(prepared_restore(&p, STR_EMPTY), "");
	arena_release(&a);
}

static void test_segments(void **state)
{
	struct arena a;
	struct segment_map map = { .arena = &a };

	(void)state;
	arena_init(&a, &alloc_libc, 0);
	assert_int_equal(segment_source(&map, 7), 7);
	segment_add(&map, 0, 10, true);
	segment_add(&map, 5, 20, false);
	segment_add(&map, 9, 1, true);
	segment_add(&map, 9, 30, true); /* replaces */
	assert_int_equal(map.n, 3);
	assert_int_equal(segment_source(&map, 0), 10);
	assert_int_equal(segment_source(&map, 4), 14);
	assert_int_equal(segment_source(&map, 5), 20);
	assert_int_equal(segment_source(&map, 8), 20);
	assert_int_equal(segment_source(&map, 100), 121);
	arena_release(&a);
}

static void test_cell_limit(void **state)
{
	struct arena a;
	struct buf text;
	struct prepared p;

	(void)state;
	arena_init(&a, &alloc_libc, 0);
	buf_init(&text, &alloc_libc, 0);
	for (int k = 0; k < 2; k++) {
		for (int i = 0; i < 2000; i++)
			buf_addz(&text, k ? "|-" : "|a");
		buf_addz(&text, "|\n");
	}
	for (int i = 0; i < 1000; i++)
		buf_addz(&text, "|x\n");
	prepare(&p, &a, buf_str(&text), DIALECT_ALL, NULL);
	assert_false(p.failed);
	assert_true(p.cells_limited);
	assert_int_equal(p.n_rows, PREPARE_MAX_CELLS / 2000);
	assert_true(str_eq(
		prepared_restore(&p, str_slice(p.text.p + p.line_map.items[p.line_map.n - 2].at, p.text.p + p.text.n)),
		(struct str){ text.p + p.held[0].from, text.n - p.held[0].from }));
	buf_release(&text);
	arena_release(&a);
}

static void test_refused(void **state)
{
	const struct str text = STR_LIT("a {{b}} [^1] http://c/*d\n\n|a|b|\n|-|-|\n|c|{{d}}|\n\n[^1]: e\n");

	(void)state;
	for (size_t k = 1; k < 1000; k++) {
		struct test_heap heap;
		struct arena a;
		struct prepared p;
		test_heap_init(&heap, k);
		arena_init(&a, &heap.alloc, 0);
		prepare(&p, &a, text, DIALECT_ALL, NULL);
		bool failed = p.failed;
		arena_release(&a);
		assert_int_equal(heap.live, 0);
		if (!failed) {
			assert_true(k > 1);
			return;
		}
	}
	fail_msg("never succeeds");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_inline),        cmocka_unit_test(test_footnotes),
		cmocka_unit_test(test_liquid),        cmocka_unit_test(test_definitions),
		cmocka_unit_test(test_abbreviations), cmocka_unit_test(test_tables),
		cmocka_unit_test(test_guards),        cmocka_unit_test(test_many),
		cmocka_unit_test(test_maps),          cmocka_unit_test(test_restore),
		cmocka_unit_test(test_segments),      cmocka_unit_test(test_cell_limit),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
