/*
 * test_tree.c - kinds, fields and text of trees.
 */
#include "made.h"

static void kinds_have_names(void **state)
{
	int n = 0;

	(void)state;
	for (int k = 0; k < NODE_KIND_LIMIT; k++) {
		const char *name = node_kind_name((enum node_kind)k);
		if (!strcmp(name, "unknown"))
			continue;
		n++;
		assert_int_equal(node_kind_find(str_of(name)), k);
		assert_int_equal(node_kind_is_block((enum node_kind)k), k < NODE_TEXT);
		assert_non_null(node_kind_fields((enum node_kind)k));
	}
	assert_int_equal(n, 32);
	assert_int_equal(node_kind_find(STR_LIT("Heading")), 0);
	assert_int_equal(node_kind_find(STR_EMPTY), 0);
	assert_string_equal(node_kind_name((enum node_kind)200), "unknown");
	assert_int_equal(node_kind_content(NODE_PARAGRAPH), CONTENT_INLINE);
	assert_int_equal(node_kind_content(NODE_TABLE_CELL), CONTENT_FLOW);
	assert_int_equal(node_kind_content(NODE_LIST), CONTENT_BLOCK);
	assert_int_equal(node_kind_content(NODE_TEXT), CONTENT_NONE);
	assert_int_equal(node_kind_content((enum node_kind)31), CONTENT_NONE);
}

static struct field field(struct record *r, const char *kind, const char *name)
{
	const struct tree *t = record_tree(r);
	uint32_t i = 0;

	while (i < t->n_nodes && t->nodes[i].kind != node_kind_find(str_of(kind)))
		i++;
	assert_true(i < t->n_nodes);
	return tree_field(t, i, str_of(name));
}

static void fields_of_each_kind(void **state)
{
	struct record *r = made_read(
		"## h\n\n3. [x](u \"t\") `c` {{ v }}\n\n- [x] done\n\n| a | b |\n|:--|---|\n| 1 | 2 |\n\n"
		"```c\nx\n```\n\n[^1]\n\n[^1]: n\n\n<u>s</u>\n",
		FORMAT_MARKDOWN);

	(void)state;
	assert_int_equal(field(r, "heading", "level").integer, 2);
	assert_int_equal(field(r, "heading", "nothing").type, FIELD_NONE);
	assert_true(field(r, "list", "ordered").boolean);
	assert_int_equal(field(r, "list", "start").integer, 3);
	assert_int_equal(field(r, "list", "tight").type, FIELD_BOOL);
	assert_int_equal(field(r, "item", "checked").type, FIELD_NONE);
	assert_str(field(r, "link", "url").string, "u");
	assert_str(field(r, "link", "title").string, "t");
	assert_str(field(r, "code", "literal").string, "c");
	assert_str(field(r, "template", "literal").string, "{{ v }}");
	assert_int_equal(field(r, "table", "align").type, FIELD_ALIGNS);
	assert_str(field(r, "table", "align").string, "l-");
	assert_true(field(r, "table_row", "header").boolean);
	assert_str(field(r, "table_cell", "align").string, "left");
	assert_int_equal(field(r, "table_cell", "colspan").integer, 1);
	assert_int_equal(field(r, "table_cell", "rowspan").integer, 1);
	assert_str(field(r, "code_block", "info").string, "c");
	assert_str(field(r, "code_block", "literal").string, "x\n");
	assert_str(field(r, "footnote_reference", "label").string, "1");
	assert_str(field(r, "footnote_definition", "label").string, "1");
	assert_str(field(r, "span", "tag").string, "u");
	assert_int_equal(field(r, "paragraph", "literal").type, FIELD_NONE);
	assert_int_equal(tree_field(record_tree(r), TREE_NONE, STR_LIT("level")).type, FIELD_NONE);
	record_unref(r);
}

static void check_text(const char *markdown, unsigned flags, const char *want)
{
	struct record *r = made_read(markdown, FORMAT_MARKDOWN);
	struct buf out;

	buf_init(&out, &alloc_libc, 0);
	buf_addz(&out, "before|");
	tree_text(&out, record_tree(r), 0, flags);
	assert_string_equal(out.p + 7, want);
	buf_release(&out);
	record_unref(r);
}

static void text_of_blocks(void **state)
{
	(void)state;
	check_text("# T\n\none\ntwo  \nthree\n\n\nfour *and* `c  d`\n", 0, "T\n\none two\nthree\n\nfour and c d");
	check_text("- a\n- b\n  - c\n- d\n\nx\n", 0, "a\nb\nc\nd\n\nx");
	check_text("- a\n\n  b\n- c\n", 0, "a\n\nb\nc");
	check_text("p\n\n| a | b |\n|---|---|\n|   | d |\n| e |\n\nq\n", 0, "p\n\na\tb\n\td\ne\n\nq");
	check_text("p\n\n```\n\n  x\n\ny\n```\n\nq\n", 0, "p\n\n\n  x\n\ny\n\nq");
	check_text("a&nbsp;&#12288; b\n", 0, "a b");
	check_text("a ![alt *x*](u) b", 0, "a b");
	check_text("a ![alt *x*](u) b", TEXT_WITH_ALT, "a alt x b");
	check_text("a\n\n- b\n- c\\\nd\n", TEXT_ONE_LINE, "a b c d");
	check_text("```\na\n\n\tb\n```\n", TEXT_ONE_LINE, "a b");
	check_text("a {{ x }} b{% y %}\n\n<!-- no -->\n\nc[^1]\n\n[^1]: note\n", 0, "a b\n\nc\n\nnote");
	check_text("", 0, "");
	check_text("> q\n>\n> r\n\ns\n", 0, "q\n\nr\n\ns");
}

static void text_of_a_node(void **state)
{
	struct record *r = made_read("x ![alt](u)\n", FORMAT_MARKDOWN);
	struct buf out;

	(void)state;
	buf_init(&out, &alloc_libc, 0);
	tree_text(&out, record_tree(r), 3, 0);
	assert_str(buf_str(&out), "alt");
	tree_text(&out, record_tree(r), 99, 0);
	assert_str(buf_str(&out), "alt");
	buf_release(&out);
	record_unref(r);
}

static void text_that_is_alone(void **state)
{
	static const char *const others[] = {
		"# `a`\n", "# *a*\n", "# a *b*\n", "# ![a](u)\n", "#\n", "# a\\\\b `c`\n"
	};
	struct record *r = made_read("# a b\n", FORMAT_MARKDOWN);

	(void)state;
	assert_true(str_eq(tree_text_alone(record_tree(r), 1), STR_LIT("a b")));
	assert_true(str_eq(tree_text_alone(record_tree(r), 0), STR_EMPTY));
	assert_true(str_eq(tree_text_alone(record_tree(r), 2), STR_EMPTY));
	record_unref(r);
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		r = made_read(others[i], FORMAT_MARKDOWN);
		assert_true(str_eq(tree_text_alone(record_tree(r), 1), STR_EMPTY));
		record_unref(r);
	}
}

static void text_of_deep_trees(void **state)
{
	struct arena arena;
	struct tree_build b;
	struct tree t;
	struct buf out;

	(void)state;
	arena_init(&arena, &alloc_libc, 0);
	buf_init(&out, &alloc_libc, 0);
	tree_build_init(&b, &arena, 1000000);
	for (int i = 0; i < 200000; i++)
		tree_open(&b, i % 2 ? NODE_LIST : NODE_ITEM, TREE_NONE);
	made_simple(&b, NODE_PARAGRAPH, "deep");
	assert_int_equal(tree_build_finish(&b, &t), BUILD_OK);
	tree_text(&out, &t, 0, 0);
	assert_str(buf_str(&out), "deep");
	buf_release(&out);
	arena_release(&arena);
}

/* Each run of white space is one blank, none at the ends: a character at a time. */
static void squeeze(struct buf *out, struct str text)
{
	static const char *const spaces[] = { " ", "\t", "\n", "\r", "\xc2\xa0", "\xe2\x80\x83", "\xe3\x80\x80" };
	bool owed = false;

	for (size_t i = 0; i < text.n;) {
		size_t n = 0;
		for (size_t k = 0; k < sizeof spaces / sizeof spaces[0]; k++)
			if (str_starts(str_slice(text.p + i, text.p + text.n), str_of(spaces[k])))
				n = strlen(spaces[k]);
		if (n == 0 && owed && out->n > 0)
			buf_addc(out, ' ');
		if (n == 0)
			buf_addc(out, text.p[i]);
		owed = n > 0;
		i += n ? n : 1;
	}
}

static void white_space_anywhere_is_squeezed(void **state)
{
	static const char *const pieces[] = { "a",
					      " ",
					      " ",
					      "!",
					      "word",
					      "\t",
					      "\xea\xb0\x80",
					      "\xc3\xa9",
					      "\xc2\xa0",
					      "\xe2\x80\x83",
					      "\xe3\x80\x80",
					      "\xe2\x80\x99",
					      "\xe1\x84\x80",
					      "\x1f",
					      "sentence" };
	struct node nodes[] = {
		{ .kind = NODE_HEADING, .end = 2, .parent = TREE_NONE, .prev = TREE_NONE, .last = 1 },
		{ .kind = NODE_TEXT, .end = 2, .parent = 0, .prev = TREE_NONE, .last = TREE_NONE },
	};
	struct tree t = { .nodes = nodes, .n_nodes = 2 };
	struct buf text, out, wanted;
	uint32_t seed = 1;

	(void)state;
	buf_init(&text, &alloc_libc, 0);
	buf_init(&out, &alloc_libc, 0);
	buf_init(&wanted, &alloc_libc, 0);
	for (int round = 0; round < 20000; round++) {
		buf_clear(&text);
		buf_clear(&out);
		buf_clear(&wanted);
		for (int i = round % 12; i >= 0; i--) {
			seed = seed * 1664525 + 1013904223;
			buf_addz(&text, pieces[(seed >> 16) % (sizeof pieces / sizeof pieces[0])]);
		}
		t.pool = text.p;
		t.n_pool = (uint32_t)text.n;
		nodes[1].text = (struct tree_str){ 0, (uint32_t)text.n };
		tree_text(&out, &t, 0, 0);
		squeeze(&wanted, buf_str(&text));
		if (!str_eq(buf_str(&out), buf_str(&wanted)))
			print_error("'%s' gives '%s', not '%s'\n", text.p, buf_str(&out).p, buf_str(&wanted).p);
		assert_true(str_eq(buf_str(&out), buf_str(&wanted)));
		/* What needs no squeezing may stay where it is. */
		assert_true(str_eq(tree_text_alone(&t, 0),
				   str_eq(buf_str(&text), buf_str(&wanted)) ? buf_str(&text) : STR_EMPTY));
	}
	buf_release(&text);
	buf_release(&out);
	buf_release(&wanted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_have_names),
		cmocka_unit_test(fields_of_each_kind),
		cmocka_unit_test(text_of_blocks),
		cmocka_unit_test(text_of_a_node),
		cmocka_unit_test(text_that_is_alone),
		cmocka_unit_test(text_of_deep_trees),
		cmocka_unit_test(white_space_anywhere_is_squeezed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
