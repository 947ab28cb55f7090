/*
 * test_build.c - trees put together by open, close, text and copies: links
 * between nodes, joined text, attributes, truncation, limits, refused memory.
 */
#include "made.h"

#include <stdio.h>

struct fixture {
	struct test_heap heap;
	struct arena arena;
	struct tree_build b;
};

static void begin(struct fixture *f, uint32_t max_nodes, size_t fail_at)
{
	test_heap_init(&f->heap, fail_at);
	arena_init(&f->arena, &f->heap.alloc, 0);
	tree_build_init(&f->b, &f->arena, max_nodes);
}

static void end(struct fixture *f)
{
	arena_release(&f->arena);
	assert_int_equal(f->heap.live, 0);
}

/* Every link of a finished tree says the same as the ends. */
static void check_links(const struct tree *t)
{
	for (uint32_t i = 0; i < t->n_nodes; i++) {
		uint32_t prev = TREE_NONE;
		assert_true(t->nodes[i].end > i && t->nodes[i].end <= t->n_nodes);
		for (uint32_t c = tree_first(t, i); c != TREE_NONE; c = tree_next(t, c)) {
			assert_int_equal(tree_parent(t, c), i);
			assert_int_equal(tree_prev(t, c), prev);
			prev = c;
		}
		assert_int_equal(tree_last(t, i), prev);
	}
}

static void links_and_spans(void **state)
{
	struct fixture f;
	struct tree t;
	uint32_t list, item, p;

	(void)state;
	begin(&f, 100, 0);
	list = tree_open(&f.b, NODE_LIST, 0);
	item = tree_open(&f.b, NODE_ITEM, 0);
	p = tree_open(&f.b, NODE_PARAGRAPH, 2);
	assert_int_equal(tree_current(&f.b), p);
	tree_add_text(&f.b, STR_LIT("one"), 2, 5);
	tree_leaf(&f.b, NODE_SOFTBREAK, 5, 6);
	tree_add_text(&f.b, STR_LIT("two"), 6, 9);
	tree_close(&f.b, TREE_NONE);
	tree_leaf(&f.b, NODE_THEMATIC_BREAK, TREE_NONE, TREE_NONE);
	tree_close(&f.b, TREE_NONE);
	tree_close(&f.b, 12);
	tree_close(&f.b, 99);
	assert_int_equal(tree_build_finish(&f.b, &t), BUILD_OK);
	check_links(&t);
	assert_int_equal(t.n_nodes, 8);
	assert_int_equal(t.nodes[p].to, 9);
	assert_int_equal(t.nodes[item].to, 9); /* the made leaf has no say */
	assert_int_equal(t.nodes[list].to, 12);
	assert_int_equal(t.nodes[0].to, 12);
	assert_true(t.nodes[7].flags & NODE_NO_SPAN);
	assert_int_equal(tree_parent(&t, 0), TREE_NONE);
	assert_int_equal(tree_next(&t, 0), TREE_NONE);
	end(&f);
}

static void text_joins(void **state)
{
	struct fixture f;
	struct tree t;
	uint32_t link;

	(void)state;
	begin(&f, 100, 0);
	tree_open(&f.b, NODE_PARAGRAPH, 0);
	tree_add_text(&f.b, STR_LIT("a"), 0, 1);
	tree_add_text(&f.b, STR_EMPTY, 1, 1);
	tree_add_text(&f.b, STR_LIT("b"), 1, 2);
	link = tree_open(&f.b, NODE_LINK, 2);
	tree_add_text(&f.b, STR_LIT("c"), 3, 4);
	tree_set_text(&f.b, link, STR_LIT("url"));
	tree_add_text(&f.b, STR_LIT("d"), 4, 5);
	tree_close(&f.b, 9);
	tree_add_text(&f.b, STR_LIT("e"), 9, 10);
	assert_int_equal(tree_build_finish(&f.b, &t), BUILD_OK);
	check_links(&t);
	assert_int_equal(t.n_nodes, 6);
	assert_str(tree_str(&t, t.nodes[2].text), "ab");
	assert_int_equal(t.nodes[2].to, 2);
	assert_str(tree_str(&t, t.nodes[3].text), "url");
	assert_str(tree_str(&t, t.nodes[4].text), "cd");
	assert_int_equal(t.nodes[4].to, 5);
	assert_str(tree_str(&t, t.nodes[5].text), "e");
	end(&f);
}

static void strings_may_be_absent_or_empty(void **state)
{
	struct fixture f;
	struct tree t;
	uint32_t a, b;

	(void)state;
	begin(&f, 100, 0);
	a = tree_leaf(&f.b, NODE_IMAGE, 0, 1);
	b = tree_leaf(&f.b, NODE_IMAGE, 1, 2);
	tree_set_extra(&f.b, a, STR_EMPTY);
	tree_set_text(&f.b, b, (struct str){ NULL, 0 });
	assert_non_null(tree_node(&f.b, b));
	assert_null(tree_node(&f.b, 3));
	assert_null(tree_node(&f.b, TREE_NONE));
	tree_set_text(&f.b, TREE_NONE, STR_LIT("x"));
	assert_int_equal(tree_build_finish(&f.b, &t), BUILD_OK);
	assert_non_null(tree_str(&t, t.nodes[a].extra).p);
	assert_null(tree_str(&t, t.nodes[a].text).p);
	assert_null(tree_str(&t, t.nodes[b].text).p);
	end(&f);
}

static void attributes_keep_the_first(void **state)
{
	struct fixture f;
	struct tree t;
	char key[16];
	uint32_t a, b;

	(void)state;
	begin(&f, 100, 0);
	a = tree_leaf(&f.b, NODE_PARAGRAPH, 0, 0);
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 500; i++) {
			snprintf(key, sizeof(key), "k%d", i);
			tree_add_attr(&f.b, a, str_of(key), round ? STR_LIT("second") : str_of(key));
		}
	}
	b = tree_leaf(&f.b, NODE_PARAGRAPH, 0, 0);
	tree_add_attr(&f.b, b, STR_LIT("x"), STR_LIT("1"));
	tree_add_attr(&f.b, a, STR_LIT("late"), STR_LIT("2"));
	tree_add_attr(&f.b, b, STR_LIT("x"), STR_LIT("3"));
	tree_add_attr(&f.b, b, STR_LIT("y"), STR_EMPTY);
	assert_int_equal(tree_build_finish(&f.b, &t), BUILD_OK);
	assert_int_equal(t.nodes[a].n_attr, 501);
	assert_int_equal(t.nodes[b].n_attr, 2);
	assert_str(tree_attr(&t, a, STR_LIT("k499")), "k499");
	assert_str(tree_attr(&t, a, STR_LIT("late")), "2");
	assert_str(tree_attr(&t, b, STR_LIT("x")), "1");
	assert_non_null(tree_attr(&t, b, STR_LIT("y")).p);
	assert_null(tree_attr(&t, b, STR_LIT("z")).p);
	assert_null(tree_attr(&t, TREE_NONE, STR_LIT("z")).p);
	end(&f);
}

static void truncation_leaves_no_trace(void **state)
{
	struct fixture f;
	struct tree t;
	uint32_t quote, p, pool, attrs;

	(void)state;
	begin(&f, 100, 0);
	quote = tree_open(&f.b, NODE_BLOCK_QUOTE, 0);
	made_simple(&f.b, NODE_PARAGRAPH, "kept");
	pool = f.b.tree.n_pool;
	attrs = f.b.tree.n_attrs;
	p = tree_open(&f.b, NODE_PARAGRAPH, 4);
	tree_add_attr(&f.b, p, STR_LIT("id"), STR_LIT("gone"));
	tree_open(&f.b, NODE_EMPH, 4);
	made_text(&f.b, "gone too");
	tree_truncate(&f.b, p); /* open, with an open child */
	assert_int_equal(f.b.tree.n_pool, pool);
	assert_int_equal(f.b.tree.n_attrs, attrs);
	assert_int_equal(tree_current(&f.b), quote);
	p = made_simple(&f.b, NODE_PARAGRAPH, "closed");
	tree_close(&f.b, 9);
	made_simple(&f.b, NODE_PARAGRAPH, "after");
	tree_truncate(&f.b, p); /* in a closed parent */
	assert_int_equal(f.b.tree.n_pool, pool);
	made_simple(&f.b, NODE_PARAGRAPH, "new");
	assert_int_equal(tree_build_finish(&f.b, &t), BUILD_OK);
	check_links(&t);
	assert_int_equal(t.n_nodes, 6);
	assert_int_equal(t.nodes[quote].end, 4);
	assert_str(tree_str(&t, t.nodes[3].text), "kept");
	end(&f);
}

static void truncation_spares_late_strings(void **state)
{
	struct fixture f;
	struct tree t;
	uint32_t link, text;

	(void)state;
	begin(&f, 100, 0);
	link = tree_open(&f.b, NODE_LINK, 0);
	text = tree_leaf(&f.b, NODE_CODE, 0, 0);
	tree_set_text(&f.b, text, STR_LIT("code"));
	tree_set_text(&f.b, link, STR_LIT("url"));
	tree_add_attr(&f.b, link, STR_LIT("k"), STR_LIT("v"));
	tree_truncate(&f.b, text);
	tree_truncate(&f.b, 0);
	tree_truncate(&f.b, 77);
	made_text(&f.b, "new");
	assert_int_equal(tree_build_finish(&f.b, &t), BUILD_OK);
	assert_str(tree_str(&t, t.nodes[link].text), "url");
	assert_str(tree_attr(&t, link, STR_LIT("k")), "v");
	assert_str(tree_str(&t, t.nodes[2].text), "new");
	end(&f);
}

static void copies_subtrees(void **state)
{
	struct fixture f, g;
	struct tree t, u;
	uint32_t item, copy;

	(void)state;
	begin(&f, 1000, 0);
	tree_open(&f.b, NODE_LIST, 0);
	item = tree_open(&f.b, NODE_ITEM, 0);
	tree_add_attr(&f.b, item, STR_LIT("class"), STR_LIT("c"));
	made_simple(&f.b, NODE_PARAGRAPH, "text");
	tree_close(&f.b, 5);
	for (int i = 0; i < 100; i++) { /* while the arrays move */
		copy = tree_copy(&f.b, &f.b.tree, item, true);
		assert_int_equal(copy, item + 3 * (i + 1));
	}
	tree_close(&f.b, 9);
	assert_int_equal(tree_build_finish(&f.b, &t), BUILD_OK);
	check_links(&t);
	assert_int_equal(t.n_nodes, 2 + 3 * 101);
	assert_str(tree_attr(&t, item + 300, STR_LIT("class")), "c");
	assert_str(tree_str(&t, t.nodes[item + 302].text), "text");
	assert_int_equal(t.nodes[item + 300].to, 5);

	begin(&g, 1000, 0);
	tree_open(&g.b, NODE_CONTAINER, TREE_NONE);
	assert_int_equal(tree_copy(&g.b, &t, 0, false), 1); /* the children of a document */
	tree_close(&g.b, TREE_NONE);
	copy = tree_copy_open(&g.b, &t, item, false);
	made_text(&g.b, "inner");
	tree_close(&g.b, TREE_NONE);
	tree_copy_open(&g.b, &t, 0, true);
	assert_int_equal(tree_copy(&g.b, &t, 5000, false), TREE_NONE);
	assert_int_equal(tree_build_finish(&g.b, &u), BUILD_OK);
	check_links(&u);
	assert_int_equal(u.nodes[2].kind, NODE_LIST);
	assert_true(u.nodes[3].flags & NODE_NO_SPAN);
	assert_str(tree_attr(&u, copy, STR_LIT("class")), "c");
	assert_int_equal(u.nodes[u.n_nodes - 1].kind, NODE_CONTAINER);
	end(&g);
	end(&f);
}

static void limit_gives_a_whole_tree(void **state)
{
	struct fixture f;
	struct tree t;

	(void)state;
	begin(&f, 10, 0);
	for (int i = 0; i < 100; i++)
		tree_open(&f.b, NODE_BLOCK_QUOTE, 0);
	made_text(&f.b, "too late");
	tree_close(&f.b, 5);
	tree_truncate(&f.b, 3);
	assert_int_equal(tree_copy(&f.b, &f.b.tree, 3, true), TREE_NONE);
	assert_int_equal(tree_build_finish(&f.b, &t), BUILD_LIMIT);
	assert_int_equal(t.n_nodes, 10);
	check_links(&t);
	end(&f);
	begin(&f, 0, 0);
	assert_int_equal(tree_open(&f.b, NODE_PARAGRAPH, 0), TREE_NONE);
	tree_add_text(&f.b, STR_LIT("x"), 0, 1);
	assert_int_equal(tree_current(&f.b), TREE_NONE);
	assert_int_equal(tree_build_finish(&f.b, &t), BUILD_LIMIT);
	assert_int_equal(t.n_nodes, 0);
	end(&f);
}

static void build_some(struct tree_build *b)
{
	uint32_t p;
	char key[16];

	for (int i = 0; i < 40; i++) {
		p = tree_open(b, NODE_PARAGRAPH, 0);
		for (int k = 0; k < 20; k++) {
			snprintf(key, sizeof(key), "k%d", k);
			tree_add_attr(b, p, str_of(key), STR_LIT("value"));
		}
		tree_add_text(b, STR_LIT("some text that fills the pool"), 0, 9);
		if (i % 4 == 3)
			tree_close(b, 9);
	}
	tree_copy(b, &b->tree, 7, true); /* the fourth paragraph, which is closed */
}

static void every_refusal_is_an_error(void **state)
{
	enum build_status status;
	struct fixture f;
	struct tree t;
	size_t k = 1;

	(void)state;
	do {
		begin(&f, 10000, k++);
		build_some(&f.b);
		status = tree_build_finish(&f.b, &t);
		if (status == BUILD_NOMEM)
			assert_int_equal(t.n_nodes, 0);
		end(&f);
	} while (status == BUILD_NOMEM);
	assert_int_equal(status, BUILD_OK);
	assert_true(k > 3);
}

static void sections_are_numbered(void **state)
{
	struct fixture f;
	struct tree t;
	uint32_t p, h, q;

	(void)state;
	begin(&f, 100, 0);
	p = made_simple(&f.b, NODE_PARAGRAPH, "before");
	h = made_simple(&f.b, NODE_HEADING, "title");
	q = made_simple(&f.b, NODE_PARAGRAPH, "after");
	assert_int_equal(tree_build_finish(&f.b, &t), BUILD_OK);
	assert_int_equal(t.nodes[p].section, TREE_NONE);
	assert_int_equal(t.nodes[h].section, h);
	assert_int_equal(t.nodes[q + 1].section, h);
	end(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(links_and_spans),
		cmocka_unit_test(text_joins),
		cmocka_unit_test(strings_may_be_absent_or_empty),
		cmocka_unit_test(attributes_keep_the_first),
		cmocka_unit_test(truncation_leaves_no_trace),
		cmocka_unit_test(truncation_spares_late_strings),
		cmocka_unit_test(copies_subtrees),
		cmocka_unit_test(limit_gives_a_whole_tree),
		cmocka_unit_test(every_refusal_is_an_error),
		cmocka_unit_test(sections_are_numbered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
