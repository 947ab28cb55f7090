/*
 * test_record.c - a record's life: what is read when, by whom, and how often;
 * limits; made records; memory refused at every point.
 */
#include <pthread.h>

#include "../base/heap.h"
#include "check_tree.h"
#include "doc/write.h"
#include "show.h"

static const char document[] =
	"---\ntitle: t\ndate: 2024-01-02\ntags: [a, b]\n---\n# h {#i}\n\na *b* {{ c }} http://d.e "
	"[f](g) ![j](k)\n\n| l | m |\n|---|---|\n| n[^1] | <b>o</b> |\n\n<div class=\"p\">\n\n- [ ] q\n"
	"- r\n{: .s}\n\n</div>\n\n[^1]: t ~~u~~\n\n```v\nw\n```\n";

static struct record *make(const struct alloc *heap, struct str text, const char *path, struct record_limits limits,
			   enum record_status want)
{
	const struct record_options options = { .path = path, .limits = limits };
	struct record *r;

	assert_int_equal(record_new(heap, text, &options, &r), want);
	return r;
}

static void test_facts(void **state)
{
	struct record *r = make(&alloc_libc, str_of(document), "dir/a.md", record_limits_default, RECORD_OK);

	(void)state;
	assert_string_equal(record_path(r), "dir/a.md");
	assert_int_equal(record_format(r), FORMAT_MARKDOWN);
	assert_str(record_source(r), document);
	assert_int_equal(record_source(r).p[record_body_offset(r)], '#');
	assert_str(record_front_matter_text(r), "---\ntitle: t\ndate: 2024-01-02\ntags: [a, b]\n---\n");
	assert_str(value_getz(record_meta(r), "title")->as.string, "t");
	assert_int_equal(record_failed(r), RECORD_OK);
	assert_int_equal(record_diags(r)->n, 0);
	assert_int_equal(strlen(record_digest(r)), 64);
	assert_string_equal(record_digest(r), record_digest(r));
	record_unref(r);
}

static void test_formats(void **state)
{
	static const char *const names[] = { "auto", "markdown", "commonmark", "html", "text" };

	(void)state;
	for (int i = 0; i < 5; i++) {
		assert_string_equal(doc_format_name((enum doc_format)i), names[i]);
		assert_int_equal(doc_format_find(str_of(names[i])), i);
	}
	assert_int_equal(doc_format_find(STR_LIT("pdf")), FORMAT_AUTO);
}

static void test_commonmark(void **state)
{
	static const struct show_case cases[] = {
		{ "---\na: b\n---\n", "hr (h2 'a: b')" },
		{ "<b>a</b> ~~c~~ http://d.e {{ f }} {: .g}\n\n<div>\n*h*\n</div>\n",
		  "(p (raw '<b>') 'a' (raw '</b>') ' ~~c~~ http://d.e {{ f }} {: .g}') (raw '<div>\\n*h*\\n</div>\\n')" },
		{ "| a |\n|---|\n\n- [ ] b\n\n# c {#d}\n\n[^1]\n\n[^1]: e\n",
		  "(p '| a |' ~ '|---|') (ul (li (p '[ ] b'))) (h1 'c {#d}') (p (a=e '^1'))" },
		{ "<!-- a\n\nb", "(raw '<!-- a\\n\\nb\\n')" },
		{ "\363\260\200\200", "(p '\363\260\200\200')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_COMMONMARK, 0, cases);
}

/* Asking for what the front matter knows never reads the body. */
static void test_lazy(void **state)
{
	struct test_heap heap;
	struct record *r;
	enum title_source from;

	(void)state;
	test_heap_init(&heap, 0);
	r = make(&heap.alloc, str_of(document), "a.md", record_limits_default, RECORD_OK);
	size_t made = heap.requests;
	assert_non_null(record_meta(r));
	size_t meta = heap.requests;
	assert_true(meta - made < 10);
	assert_str(record_title(r, &from), "t");
	assert_int_equal(from, TITLE_FRONT_MATTER);
	assert_true(heap.requests - meta < 3);
	size_t before = heap.requests;
	assert_non_null(record_tree(r));
	assert_true(heap.requests > before + 3);
	before = heap.requests;
	assert_ptr_equal(record_tree(r), record_tree(r));
	assert_ptr_equal(record_meta(r), record_meta(r));
	assert_int_equal(heap.requests, before);
	record_unref(r);
	assert_int_equal(heap.live, 0);
}

/* ---------------------------------------------------------------- threads */

struct shared {
	struct record *r;
	pthread_barrier_t ready;
	const struct tree *trees[8];
	const struct value *metas[8];
	const char *titles[8];
	int bad;
};

struct worker {
	struct shared *shared;
	int id;
};

static void *work(void *arg)
{
	const struct worker *w = arg;
	struct shared *s = w->shared;
	struct record *r = record_ref(s->r);
	uint32_t line, column;

	pthread_barrier_wait(&s->ready);
	for (int i = 0; i < 4; i++) {
		switch ((w->id + i) % 4) {
		case 0:
			s->trees[w->id] = record_tree(r);
			break;
		case 1:
			s->metas[w->id] = record_meta(r);
			break;
		case 2:
			s->titles[w->id] = record_title(r, NULL).p;
			break;
		default:
			record_position(r, 60, &line, &column);
			record_digest(r);
			record_diags(r);
			record_line(r, 3);
		}
	}
	record_unref(r);
	return NULL;
}

static void share(const char *text)
{
	struct shared s = { .r = make(&alloc_libc, str_of(text), "a.md", record_limits_default, RECORD_OK) };
	struct worker workers[8];
	pthread_t threads[8];

	assert_int_equal(pthread_barrier_init(&s.ready, NULL, 8), 0);
	for (int i = 0; i < 8; i++) {
		workers[i] = (struct worker){ &s, i };
		assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
	}
	for (int i = 0; i < 8; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	for (int i = 1; i < 8; i++) {
		assert_ptr_equal(s.trees[i], s.trees[0]);
		assert_ptr_equal(s.metas[i], s.metas[0]);
		assert_ptr_equal(s.titles[i], s.titles[0]);
	}
	assert_non_null(s.trees[0]);
	pthread_barrier_destroy(&s.ready);
	record_unref(s.r);
}

static void test_threads(void **state)
{
	(void)state;
	for (int i = 0; i < 20; i++) {
		share(document);
		share("a *b*\n\n<p>c");
		share("---\nbroken: [\n---\n# a");
	}
}

/* ------------------------------------------------------------------ limits */

static bool has_diagnostic(struct record *r, const char *words)
{
	const struct diags *d = record_diags(r);

	for (size_t i = 0; i < d->n; i++)
		if (strstr(d->items[i].message, words))
			return true;
	return false;
}

static void check_whole(struct record *r)
{
	uint32_t node;

	assert_non_null(record_tree(r));
	assert_null(check_tree(record_tree(r), (uint32_t)record_source(r).n, &node));
}

static void test_limits(void **state)
{
	struct record_limits limits = record_limits_default;
	struct record *r;

	(void)state;
	limits.max_bytes = 3;
	assert_null(make(&alloc_libc, STR_LIT("abcd"), NULL, limits, RECORD_TOO_LARGE));
	limits = record_limits_default;
	limits.max_nodes = 10;
	r = make(&alloc_libc, STR_LIT("a\n\nb\n\nc\n\nd\n\ne\n\nf\n\ng\n"), "a.md", limits, RECORD_OK);
	check_whole(r);
	assert_int_equal(record_tree(r)->n_nodes, 10);
	assert_true(has_diagnostic(r, "more than 10 nodes"));
	record_unref(r);
	limits = record_limits_default;
	limits.max_depth = 5;
	r = make(&alloc_libc, STR_LIT("> > > > > > > > > a\n\nb"), "a.md", limits, RECORD_OK);
	check_whole(r);
	assert_true(has_diagnostic(r, "nested deeper than 5"));
	record_unref(r);
	limits = record_limits_default;
	limits.max_attributes = 2;
	r = make(&alloc_libc, STR_LIT("<p a=1 b=2 c=3>d</p>"), "a.html", limits, RECORD_OK);
	check_whole(r);
	assert_int_equal(record_tree(r)->nodes[1].n_attr, 2);
	assert_true(has_diagnostic(r, "more than 2 attributes"));
	record_unref(r);
	limits = record_limits_default;
	limits.max_memory = 8000;
	r = make(&alloc_libc, str_of(document), "a.md", limits, RECORD_OK);
	assert_null(record_tree(r));
	assert_int_equal(record_failed(r), RECORD_NOMEM);
	record_unref(r);
}

static void test_unterminated(void **state)
{
	struct record *r = make(&alloc_libc, STR_LIT("---\na: b\n\nc\n"), "a.md", record_limits_default, RECORD_OK);

	(void)state;
	assert_null(record_meta(r));
	assert_true(has_diagnostic(r, "never ends"));
	record_unref(r);
}

/* --------------------------------------------------------------- positions */

static void test_positions(void **state)
{
	static const char text[] = "a\nbc\r\n\n한d";
	static const uint32_t want[][3] = { { 0, 1, 1 }, { 1, 1, 2 },  { 2, 2, 1 },  { 5, 2, 4 }, { 6, 3, 1 },
					    { 7, 4, 1 }, { 10, 4, 4 }, { 11, 4, 5 }, { 99, 4, 5 } };
	struct record *r = make(&alloc_libc, str_of(text), "a.md", record_limits_default, RECORD_OK);
	uint32_t line, column;

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		record_position(r, want[i][0], &line, &column);
		assert_int_equal(line, want[i][1]);
		assert_int_equal(column, want[i][2]);
	}
	assert_int_equal(record_line(r, 1), 1);
	assert_int_equal(record_line(r, 999), 0);
	record_unref(r);
	r = make(&alloc_libc, STR_EMPTY, NULL, record_limits_default, RECORD_OK);
	record_position(r, 0, &line, &column);
	assert_int_equal(line, 1);
	assert_int_equal(column, 1);
	assert_string_equal(record_path(r), "-");
	record_unref(r);
}

/* ------------------------------------------------------------- made records */

static void test_from_tree(void **state)
{
	struct record *r = make(&alloc_libc, str_of(document), "a.md", record_limits_default, RECORD_OK);
	struct record *copy, *again, *bare;
	struct buf one, two;
	uint32_t line, column;

	(void)state;
	assert_int_equal(record_from_tree(&alloc_libc, record_tree(r), r, &copy), RECORD_OK);
	assert_int_equal(record_from_tree(&alloc_libc, record_tree(copy), copy, &again), RECORD_OK);
	assert_int_equal(record_from_tree(&alloc_libc, record_tree(r), NULL, &bare), RECORD_OK);
	buf_init(&one, &alloc_libc, 0);
	buf_init(&two, &alloc_libc, 0);
	show_tree(&one, r, SHOW_SPANS);
	const struct value *meta = record_meta(r);
	const char *digest = record_digest(r);
	assert_ptr_equal(record_meta(copy), meta);
	assert_ptr_equal(record_digest(again), digest);
	record_unref(copy);
	record_unref(r); /* again still holds the first one */
	show_tree(&two, again, SHOW_SPANS);
	assert_true(str_eq(buf_str(&one), buf_str(&two)));
	assert_string_equal(record_path(again), "a.md");
	assert_str(record_title(again, NULL), "t");
	record_position(again, 60, &line, &column);
	assert_int_equal(line, 8);
	assert_null(record_meta(bare));
	assert_int_equal(record_source(bare).n, 0);
	assert_str(record_title(bare, NULL), "h");
	record_unref(again);
	record_unref(bare);
	buf_release(&one);
	buf_release(&two);
}

/* ---------------------------------------------------------- memory refused */

/* Everything a record can be asked; false when any of it failed. */
static bool use(struct record *r)
{
	uint32_t line, column;

	record_meta(r);
	record_title(r, NULL);
	record_position(r, 60, &line, &column);
	record_digest(r);
	record_diags(r);
	return record_tree(r) != NULL;
}

static size_t count_refusals(struct str text, const char *path, const char *encoding)
{
	for (size_t k = 1; k < 5000; k++) {
		const struct record_options options = { .path = path,
							.encoding = encoding,
							.limits = record_limits_default };
		struct test_heap heap;
		struct record *r;
		test_heap_init(&heap, k);
		bool ok = record_new(&heap.alloc, text, &options, &r) == RECORD_OK;
		if (ok) {
			ok = use(r);
			if (!ok)
				assert_int_equal(record_failed(r), RECORD_NOMEM);
			record_unref(r);
		}
		assert_int_equal(heap.live, 0);
		if (heap.requests < k) {
			assert_true(ok);
			return k;
		}
	}
	return 0;
}

static void test_refused(void **state)
{
	struct buf html;

	(void)state;
	assert_true(count_refusals(str_of(document), "a.md", NULL) > 10);
	buf_init(&html, &alloc_libc, 0);
	for (int i = 0; i < 50; i++)
		buf_addz(&html, "<h2 id=a class=b>c</h2><p>d<pre>e</pre><table><tr><td>f<foo>g</foo></table>");
	assert_true(count_refusals(buf_str(&html), "a.html", NULL) > 5);
	buf_release(&html);
	assert_true(count_refusals(STR_LIT("a\n\nwww.b.c d@e.fg\n"), "a.txt", NULL) > 3);
	assert_true(count_refusals(STR_LIT("# \xB0\xA1\n\n\xB3\xAA"), "a.md", "euc-kr") > 3);
	assert_true(count_refusals(STR_LIT("a\0b\xFF"), "a.md", NULL) > 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_facts),        cmocka_unit_test(test_formats),
		cmocka_unit_test(test_commonmark),   cmocka_unit_test(test_lazy),
		cmocka_unit_test(test_threads),      cmocka_unit_test(test_limits),
		cmocka_unit_test(test_unterminated), cmocka_unit_test(test_positions),
		cmocka_unit_test(test_from_tree),    cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
