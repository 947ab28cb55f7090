/*
 * test_view.c - outline, images, links, tables and sections: their shapes,
 * spans and padding, hostile nesting, refused memory.
 */
#include "made.h"

#include "base/json.h"
#include "doc/view.h"

enum view { OUTLINE, IMAGES, LINKS, TABLES, SECTIONS };

static bool view_make(enum view which, struct record *r, struct arena *a, struct value *v)
{
	switch (which) {
	case OUTLINE:
		return view_outline(r, a, v);
	case IMAGES:
		return view_images(r, a, v);
	case LINKS:
		return view_links(r, a, v);
	case TABLES:
		return view_tables(r, a, v);
	default:
		return view_sections(r, a, v);
	}
}

static void check_record(enum view which, struct record *r, const char *want)
{
	struct arena a;
	struct value v;
	struct buf out;

	arena_init(&a, &alloc_libc, 0);
	buf_init(&out, &alloc_libc, 0);
	assert_true(view_make(which, r, &a, &v));
	json_write(&out, &v, 0);
	assert_string_equal(buf_str(&out).p, want);
	buf_release(&out);
	arena_release(&a);
}

static void check(enum view which, const char *text, enum doc_format format, const char *want)
{
	struct record *r = made_read(text, format);

	check_record(which, r, want);
	record_unref(r);
}

static void outlines(void **state)
{
	(void)state;
	check(OUTLINE, "# A *b* `c` [d](u)\n\ntext\n\n### ![alt](x.png) {#pic}\n", FORMAT_MARKDOWN,
	      "[{\"level\":1,\"text\":\"A b c d\",\"line\":1,\"id\":null,\"anchor\":\"a-b-c-d\"},"
	      "{\"level\":3,\"text\":\"alt\",\"line\":5,\"id\":\"pic\",\"anchor\":\"alt\"}]");
	check(OUTLINE, "", FORMAT_MARKDOWN, "[]");
}

static void images_and_links(void **state)
{
	(void)state;
	check(IMAGES, "![a *b*](x.png \"t\")\n\n![]({{ site.url }}/y.png)\n", FORMAT_MARKDOWN,
	      "[{\"src\":\"x.png\",\"alt\":\"a b\",\"title\":\"t\",\"line\":1},"
	      "{\"src\":\"{{ site.url }}/y.png\",\"alt\":\"\",\"title\":null,\"line\":3}]");
	check(LINKS, "[a *b*](x \"t\")\n\n[![alt](i.png)](y)\n", FORMAT_MARKDOWN,
	      "[{\"href\":\"x\",\"text\":\"a b\",\"line\":1,\"title\":\"t\"},"
	      "{\"href\":\"y\",\"text\":\"alt\",\"line\":3,\"title\":null}]");
	check(LINKS, "[v](w){: kind=\"video\"} [x](y)\n", FORMAT_MARKDOWN,
	      "[{\"href\":\"y\",\"text\":\"x\",\"line\":1,\"title\":null}]");
}

static void tables_as_grids(void **state)
{
	(void)state;
	check(TABLES, "| a | b |\n|---|---|\n| 1 |\n| *2* | [3](u) |\n", FORMAT_MARKDOWN,
	      "[[[\"a\",\"b\"],[\"1\",\"\"],[\"2\",\"3\"]]]");
	check(TABLES,
	      "<table><caption>no</caption><tr><td colspan=2>x</td><td>y</td></tr>"
	      "<tr><td rowspan=2>d</td><td>e</td></tr><tr><td>f</td></tr></table>",
	      FORMAT_HTML, "[[[\"x\",\"x\",\"y\"],[\"d\",\"e\",\"\"],[\"d\",\"f\",\"\"]]]");
	check(TABLES, "<table><tr><td>a</td><td rowspan=9>b</td></tr><tr><td>c</td></tr><tr></tr></table>", FORMAT_HTML,
	      "[[[\"a\",\"b\"],[\"c\",\"b\"],[\"\",\"b\"]]]");
	check(TABLES, "<table><tr><td>out<table><tr><td>in</td></tr></table></td></tr></table>", FORMAT_HTML,
	      "[[[\"out in\"]],[[\"in\"]]]");
}

static void sections_of_a_document(void **state)
{
	(void)state;
	check(SECTIONS, "pre\n\npre2\n\n# A\n\n## B\n\ntext\n\n- x\n", FORMAT_MARKDOWN,
	      "[{\"level\":0,\"title\":\"\",\"line\":1,\"node\":null,\"first\":1,\"last\":3},"
	      "{\"level\":1,\"title\":\"A\",\"line\":5,\"node\":5,\"first\":null,\"last\":null},"
	      "{\"level\":2,\"title\":\"B\",\"line\":7,\"node\":7,\"first\":9,\"last\":11}]");
	check(SECTIONS, "# A\n", FORMAT_MARKDOWN,
	      "[{\"level\":1,\"title\":\"A\",\"line\":1,\"node\":1,\"first\":null,\"last\":null}]");
	check(SECTIONS, "", FORMAT_MARKDOWN, "[]");
}

static void cell(struct tree_build *b, uint16_t colspan, uint16_t rowspan, const char *text)
{
	struct node *n = tree_node(b, tree_open(b, NODE_TABLE_CELL, TREE_NONE));

	n->colspan = colspan;
	n->rowspan = rowspan;
	made_text(b, text);
	tree_close(b, TREE_NONE);
}

/* One row that is wide, many that are short: as a grid it would have 10^8 cells. */
static void huge_grids_are_not_padded(void **state)
{
	struct arena arena, a;
	struct tree_build b;
	struct record *r;
	struct value v;

	(void)state;
	arena_init(&arena, &alloc_libc, 0);
	arena_init(&a, &alloc_libc, 0);
	tree_build_init(&b, &arena, 1000000);
	tree_open(&b, NODE_TABLE, TREE_NONE);
	for (int row = 0; row < 10000; row++) {
		tree_open(&b, NODE_TABLE_ROW, TREE_NONE);
		for (int i = 0; i < (row == 0 ? 20 : 1); i++)
			cell(&b, 60000, 65535, "x");
		tree_close(&b, TREE_NONE);
	}
	tree_close(&b, TREE_NONE);
	tree_open(&b, NODE_TABLE, TREE_NONE);
	tree_open(&b, NODE_TABLE_ROW, TREE_NONE);
	cell(&b, 3, 1, "y");
	r = made_record(&b);
	assert_true(view_tables(r, &a, &v));
	assert_int_equal(v.as.list.n, 2);
	assert_int_equal(v.as.list.items[0].as.list.n, 10000);
	assert_int_equal(v.as.list.items[0].as.list.items[0].as.list.n, 20);
	assert_int_equal(v.as.list.items[0].as.list.items[1].as.list.n, 1);
	assert_int_equal(v.as.list.items[1].as.list.items[0].as.list.n, 3);
	record_unref(r);
	arena_release(&a);
	arena_release(&arena);
}

/* Each level's text holds all deeper ones. */
static void nested_tables_stay_linear(void **state)
{
	struct arena arena, a;
	struct tree_build b;
	struct record *r;
	struct value v;

	(void)state;
	arena_init(&arena, &alloc_libc, 0);
	arena_init(&a, &alloc_libc, 64 << 20);
	tree_build_init(&b, &arena, 1000000);
	for (int i = 0; i < 20000; i++) {
		tree_open(&b, NODE_TABLE, TREE_NONE);
		tree_open(&b, NODE_TABLE_ROW, TREE_NONE);
		tree_open(&b, NODE_TABLE_CELL, TREE_NONE);
		made_text(&b, "cell");
	}
	r = made_record(&b);
	assert_true(view_tables(r, &a, &v));
	assert_int_equal(v.as.list.n, 20000);
	record_unref(r);
	arena_release(&a);
	arena_release(&arena);
}

static void every_refusal_is_an_error(void **state)
{
	struct record *r = made_read("# A\n\n[l](u) ![i](v)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", FORMAT_MARKDOWN);
	struct test_heap heap;
	struct arena a;
	struct value v;
	bool made;

	(void)state;
	for (enum view which = OUTLINE; which <= SECTIONS; which++) {
		size_t k = 1;
		do {
			test_heap_init(&heap, k++);
			arena_init(&a, &heap.alloc, 0);
			made = view_make(which, r, &a, &v);
			arena_release(&a);
			assert_int_equal(heap.live, 0);
		} while (!made);
		assert_true(k > 2);
	}
	record_unref(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(outlines),
		cmocka_unit_test(images_and_links),
		cmocka_unit_test(tables_as_grids),
		cmocka_unit_test(sections_of_a_document),
		cmocka_unit_test(huge_grids_are_not_padded),
		cmocka_unit_test(nested_tables_stay_linear),
		cmocka_unit_test(every_refusal_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
