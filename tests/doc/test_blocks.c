/*
 * test_blocks.c - the blocks that hold text, and their text.
 */
#include "doc/blocks.h"

#include <stdlib.h>

#include "made.h"

/* "kind:text kind:text", an item's blocks with a star. */
static void gives(const char *source, enum doc_format format, const char *expected)
{
	struct record *r = made_read(source, format);
	const struct tree *t = record_tree(r);
	struct block_run run;
	struct buf out;
	buf_init(&out, &alloc_libc, 0);
	for (uint32_t at = 1; blocks_next(t, 0, &at, &run);) {
		buf_addz(&out, out.n ? " / " : "");
		buf_addz(&out, node_kind_name(run.kind));
		buf_addz(&out, run.in_item ? "*:" : ":");
		blocks_text(&out, t, run.first, run.end);
	}
	buf_addc(&out, '\0');
	assert_true(buf_ok(&out));
	assert_string_equal(out.p, expected);
	buf_release(&out);
	record_unref(r);
}

static void lists_blocks(void **state)
{
	(void)state;
	gives("", FORMAT_MARKDOWN, "");
	gives("# A *b*\n\none\ntwo\n\n> three\n\n---\n\n    code\n", FORMAT_MARKDOWN,
	      "heading:A b / paragraph:one two / paragraph:three");
	gives("- one\n- two\n\n  more\n", FORMAT_MARKDOWN, "item*:one / item*:two / item*:more");
	gives("<p>a<br>b<br><br>c</p>", FORMAT_HTML, "paragraph:a\nb\n\nc");
	gives("<div>text <p>inner</p> after</div>", FORMAT_HTML, "paragraph:text / paragraph:inner / paragraph:after");
	gives("<table><tr><th>a</th></tr><tr><td>b <b>c</b></td></tr></table>", FORMAT_HTML,
	      "table_row:a / table_row:b c");
}

static void leaves_out(void **state)
{
	(void)state;
	gives("a ~~gone~~ b ![alt](i.png) c `code`\n", FORMAT_MARKDOWN, "paragraph:a b c code");
	gives("a\xC2\xA0 \xC2\xA0"
	      "b\n",
	      FORMAT_MARKDOWN, "paragraph:a b");
	gives("<p>a <script>x()</script><!-- y -->b</p>", FORMAT_HTML, "paragraph:a b");
}

/* A run may begin at any sibling, and the walk stays in its subtree. */
static void walks_a_subtree(void **state)
{
	(void)state;
	struct record *r = made_read("- one\n- two\n\nafter\n", FORMAT_MARKDOWN);
	const struct tree *t = record_tree(r);
	struct block_run run;
	uint32_t list = tree_first(t, 0), at = list + 1, n = 0;
	while (blocks_next(t, list, &at, &run)) {
		assert_true(run.in_item);
		assert_int_equal(run.line_node, run.first);
		n++;
	}
	assert_int_equal(n, 2);
	record_unref(r);
}

static void survives_nesting(void **state)
{
	(void)state;
	enum { DEPTH = 3000 };
	char *deep = malloc(2 * DEPTH + 8), *p = deep;
	assert_non_null(deep);
	for (int i = 0; i < DEPTH; i++, p += 2)
		memcpy(p, "> ", 2);
	strcpy(p, "end\n");
	struct record *r = made_read(deep, FORMAT_MARKDOWN);
	struct block_run run;
	uint32_t at = 1, n = 0;
	while (blocks_next(record_tree(r), 0, &at, &run))
		n++;
	assert_true(n <= 1);
	record_unref(r);
	free(deep);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_blocks),
		cmocka_unit_test(leaves_out),
		cmocka_unit_test(walks_a_subtree),
		cmocka_unit_test(survives_nesting),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
