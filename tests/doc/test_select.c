/*
 * test_select.c - selectors: every operator and combinator, errors that name
 * the character, and linear time on deep and wide trees.
 */
#include "made.h"
#include "../base/scale.h"

#include <stdio.h>

#include "doc/select.h"

static const char document[] = "# One {#first .top}\n\n"
			       "Text with [a link](https://a.example/x.png \"Title\") and *em* `code`.\n\n"
			       "## Two\n\n"
			       "- item one\n- [x] item two\n  - [ ] inner\n\n"
			       "> quote\n\n"
			       "para\n{: .note .wide lang=\"en-US\" width=\"300\"}\n\n"
			       "![pic](b.JPG)\n\n"
			       "3. three\n\n"
			       "### Three\n";

/* "kind kind" of all that matches, in order. */
static void check(const char *selector, const char *want)
{
	struct record *r = made_read(document, FORMAT_MARKDOWN);
	const struct tree *t = record_tree(r);
	struct selector_error error;
	struct selector *s;
	struct arena a;
	struct buf out;
	size_t n = 0, m = 0;

	arena_init(&a, &alloc_libc, 0);
	buf_init(&out, &alloc_libc, 0);
	s = selector_compile(&a, str_of(selector), &error);
	if (!s)
		print_error("%s: %u: %s\n", selector, error.column, error.message);
	assert_non_null(s);
	for (uint32_t i = selector_next(s, t, 0, 0); i != TREE_NONE; i = selector_next(s, t, 0, i), n++) {
		if (out.n)
			buf_addc(&out, ' ');
		buf_addz(&out, node_kind_name((enum node_kind)t->nodes[i].kind));
		if (t->nodes[i].kind == NODE_HEADING)
			buf_add_int(&out, t->nodes[i].number);
	}
	if (!str_eqz(buf_str(&out), want))
		print_error("%s\n", selector);
	assert_str(buf_str(&out), want);
	for (uint32_t i = t->n_nodes; i-- > 1;)
		m += selector_matches(s, t, i);
	assert_int_equal(n, m); /* jumping about finds the same */
	buf_release(&out);
	arena_release(&a);
	record_unref(r);
}

static void simple_tests(void **state)
{
	(void)state;
	check("heading", "heading1 heading2 heading3");
	check(" heading , link ", "heading1 link heading2 heading3");
	check("#first", "heading1");
	check(".note", "paragraph");
	check(".note.wide", "paragraph");
	check(".wid", "");
	check("*[width]", "paragraph");
	check("heading[level=2]", "heading2");
	check("heading[level<=2]", "heading1 heading2");
	check("heading[level>1][level < 3]", "heading2");
	check("heading[level>=2]", "heading2 heading3");
	check("[width>299]", "paragraph");
	check("[width<\"-5\"]", "");
	check("list[ordered]", "list");
	check("list[ordered=false]", "list list");
	check("list[start=3]", "list");
	check("item[checked]", "item");
	check("item[checked=false]", "item");
	check("code[literal=code]", "code");
	check("*", "heading1 text paragraph text link text text emph text text code text heading2 text list item "
		   "paragraph text item paragraph text list item paragraph text block_quote paragraph text paragraph "
		   "text paragraph image text list item paragraph text heading3 text");
}

static void string_operators(void **state)
{
	(void)state;
	check("link[url^=https]", "link");
	check("link[url^=https://a]", "link");
	check("link[url^='']", "");
	check("link[url$=\".png\"]", "link");
	check("image[url$=.jpg]", "");
	check("image[url$=.jpg i]", "image");
	check("image[url$=.jpg s]", "");
	check("link[url*=example]", "link");
	check("link[url*=EXAMPLE i]", "link");
	check("link[url*=none i]", "");
	check("[class~=wide]", "paragraph");
	check("[class~=WIDE i]", "paragraph");
	check("[class~=note-wide]", "");
	check("[lang|=en]", "paragraph");
	check("[lang|=e]", "");
	check("link[title=Title]", "link");
	check("link[title='Ti\\74 le']", "link");
	check("link[title=ti\\tle]", "");
}

static void combinators(void **state)
{
	(void)state;
	check("paragraph link", "link");
	check("paragraph > link > text", "text");
	check("document > heading", "heading1 heading2 heading3");
	check("heading + paragraph", "paragraph");
	check("heading[level=2] + list > item", "item item");
	check("heading ~ block_quote", "block_quote");
	check("item item", "item");
	check("item > list > item paragraph", "paragraph");
	check("list list item", "item");
	check("heading ~ list item ~ item", "item");
	check("item + item > list text", "text");
	check("list ~ paragraph>image, heading~heading", "heading2 image heading3");
	check("block_quote > text", "");
	check("emph + text, link + text + emph", "emph text");
}

static void pseudo_classes(void **state)
{
	(void)state;
	check("heading:first-child", "heading1");
	check("heading:last-child", "heading3");
	check("item:not([checked])", "item item item");
	check("heading:not([level=1], [level=3])", "heading2");
	check("paragraph:not(.note):last-child > text", "text text text text");
	check("list > :not(:first-child)", "item");
	check("heading:not(#first.top)", "heading2 heading3");
	check("heading:not(*)", "");
}

static void check_error(const char *selector, uint32_t column, const char *part)
{
	struct selector_error error;
	struct arena a;

	arena_init(&a, &alloc_libc, 0);
	assert_null(selector_compile(&a, str_of(selector), &error));
	if (error.column != column || !strstr(error.message, part))
		print_error("%s: %u: %s\n", selector, error.column, error.message);
	assert_int_equal(error.column, column);
	assert_non_null(strstr(error.message, part));
	arena_release(&a);
}

static void errors_point_at_the_character(void **state)
{
	char *longest = malloc(70000);

	(void)state;
	check_error("", 1, "at the end");
	check_error("headding", 1, "\"heading\"");
	check_error("heading > imag", 11, "\"image\"");
	check_error("IMG", 1, "\"image\"");
	check_error("zzzzzzzzzz", 1, "no kind of node");
	check_error("heading >", 10, "at the end");
	check_error("heading,,link", 9, "','");
	check_error("heading[level", 8, "not closed");
	check_error("heading[level!3]", 14, "operator");
	check_error("heading[level<two]", 15, "compare numbers");
	check_error("heading[url='x]", 13, "not closed");
	check_error("[]", 2, "name of a field");
	check_error("heading[level=]", 15, "a value");
	check_error("heading[level=1 x]", 17, "']'");
	check_error("heading:nth-children(2)", 8, "\":nth-child\"");
	check_error("heading:has(:has(link))", 13, "inside :has()");
	check_error("heading:not(link", 8, "not closed");
	check_error("heading:not()", 13, "a kind");
	check_error("heading )", 9, "')'");
	check_error("link.", 6, "a class");
	check_error("link\x01", 5, "");
	assert_non_null(longest);
	memset(longest, ' ', 70000);
	longest[69999] = '\0';
	check_error(longest, 1, "at most");
	for (int i = 0; i < 1100; i++)
		memcpy(longest + 2 * i, "* ", 2);
	longest[2200] = '\0';
	check_error(longest, 2049, "at most 1024 parts");
	free(longest);
}

static uint32_t count(const char *selector, const struct tree *t, uint32_t root)
{
	struct selector_error error;
	struct selector *s;
	struct arena a;
	uint32_t n = 0;

	arena_init(&a, &alloc_libc, 0);
	s = selector_compile(&a, str_of(selector), &error);
	assert_non_null(s);
	for (uint32_t i = selector_next(s, t, root, root); i != TREE_NONE; i = selector_next(s, t, root, i))
		n++;
	arena_release(&a);
	return n;
}

/* A search of the whole: its matches, and its work per node and byte of the selector. */
static uint32_t measure(const char *selector, const struct tree *t, double *cost)
{
	struct selector_error error;
	struct selector *s;
	struct arena a;
	uint32_t n = 0;

	arena_init(&a, &alloc_libc, 0);
	s = selector_compile(&a, str_of(selector), &error);
	if (!s)
		print_error("%.200s: %u: %s\n", selector, error.column, error.message);
	assert_non_null(s);
	for (uint32_t i = selector_next(s, t, 0, 0); i != TREE_NONE; i = selector_next(s, t, 0, i))
		n++;
	*cost = (double)selector_work(s) / t->n_nodes / (double)strlen(selector);
	arena_release(&a);
	return n;
}

/* count levels of block quotes in each other, then count headings and breaks beside each other. */
static void made_large(struct tree_build *b, struct arena *arena, struct tree *t, int deep, int wide)
{
	arena_init(arena, &alloc_libc, 0);
	tree_build_init(b, arena, 10000000);
	for (int i = 0; i < deep; i++)
		tree_open(b, NODE_BLOCK_QUOTE, TREE_NONE);
	made_text(b, "end");
	for (int i = 0; i < deep; i++)
		tree_close(b, TREE_NONE);
	for (int i = 0; i < wide; i++) {
		if (i % 4 == 3)
			made_simple(b, NODE_HEADING, "aaaaaaaaaaaaaaaa");
		else
			tree_leaf(b, NODE_THEMATIC_BREAK, TREE_NONE, TREE_NONE);
	}
	assert_int_equal(tree_build_finish(b, t), BUILD_OK);
}

static const char *const linear[] = { "block_quote block_quote block_quote",
				      "list block_quote > block_quote block_quote",
				      "thematic_break ~ thematic_break ~ thematic_break",
				      "block_quote ~ thematic_break + thematic_break",
				      "thematic_break:nth-child(2n+1)",
				      "thematic_break:nth-last-child(3n)",
				      "thematic_break:nth-of-type(7n+1):nth-last-of-type(2n)",
				      "heading:nth-child(2n of heading:not(link))",
				      "heading:nth-last-child(2n of heading + thematic_break, heading)",
				      "block_quote:has(text:contains(\"end\"))",
				      "block_quote:has(> block_quote block_quote)",
				      "*:not(:has(~ heading)):not(:has(+ link))",
				      ":is(block_quote :is(block_quote :is(block_quote *))) > text",
				      ":contains(\"end\")",
				      "heading:contains(\"aaaaaaaab\")",
				      "section:has(link)",
				      "section section, section ~ section:contains(\"a a\"), section:has(> section)",
				      "section:nth-last-child(2n) thematic_break",
				      "heading:has(~ section), section:not(:empty):last-child",
				      "block_quote:empty, heading:last-of-type, heading:only-of-type",
				      NULL };

/* Work is counted, not timed: a few units for a node and a byte of the selector, whatever the shape. */
static void hostile_trees_cost_linear_work(void **state)
{
	static const int shapes[][2] = { { 400, 400 }, { 20000, 0 }, { 0, 100000 }, { 100000, 100000 } };

	(void)state;
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		struct tree_build b;
		struct arena arena;
		struct tree t;
		made_large(&b, &arena, &t, scaled(shapes[i][0]), scaled(shapes[i][1]));
		for (size_t k = 0; linear[k]; k++) {
			double cost;
			measure(linear[k], &t, &cost);
			if (cost > 1)
				print_error("%s: %.2f units for a node and a byte\n", linear[k], cost);
			assert_true(cost <= 1);
		}
		arena_release(&arena);
	}
}

static void deep_and_wide_trees_are_searched_rightly(void **state)
{
	struct tree_build b;
	struct arena arena;
	struct tree t;

	(void)state;
	made_large(&b, &arena, &t, 100000, 100000);
	assert_int_equal(count("block_quote block_quote block_quote", &t, 0), 99998);
	assert_int_equal(count("list block_quote > block_quote block_quote", &t, 0), 0);
	assert_int_equal(count("block_quote:has(text)", &t, 0), 100000);
	assert_int_equal(count("block_quote:has(> text)", &t, 0), 1);
	assert_int_equal(count("block_quote:contains(\"end\")", &t, 0), 100000);
	assert_int_equal(count("heading ~ thematic_break ~ thematic_break", &t, 0), 74996);
	assert_int_equal(count("heading:nth-of-type(2n)", &t, 0), 12500);
	assert_int_equal(count("heading:nth-last-child(2n of heading)", &t, 0), 12500);
	assert_int_equal(count("section:has(thematic_break)", &t, 0), 24999);
	arena_release(&arena);
}

/* Repeats between before and after, n times. */
static char *repeated(const char *before, const char *part, int n, const char *after, const char *closing)
{
	struct buf text;

	buf_init(&text, &alloc_libc, 0);
	buf_addz(&text, before);
	for (int i = 0; i < n; i++)
		buf_addz(&text, part);
	buf_addz(&text, after);
	for (int i = 0; i < n; i++)
		buf_addz(&text, closing);
	buf_addc(&text, 0);
	return text.p;
}

static void hostile_selectors_cost_linear_work(void **state)
{
	char *const selectors[] = {
		repeated("", ":is(", 200, "text", ")"),
		repeated("", ":not(", 200, "text", ")"),
		repeated("", "block_quote :is(", 200, "text", ")"),
		repeated("*", " *", 1000, "", ""),
		repeated("text", ", link[url*=abcdef]", 520, "", ""), /* 10,000 bytes */
		repeated("*", ":has(* * *)", 200, "", ""),
		repeated("*", ":nth-child(2n+1 of *)", 400, "", ""),
		repeated("", "*:nth-last-child(n of * + *), ", 90, "text", ""),
		repeated(":contains(\"", "a", 10000, "\")", ""),
		repeated("", "section ", 300, "text", ""),
		repeated(":has(", "section ", 300, "text)", ""),
	};
	struct tree_build b;
	struct arena arena;
	struct tree t;

	(void)state;
	made_large(&b, &arena, &t, 400, 2000);
	for (size_t i = 0; i < sizeof selectors / sizeof *selectors; i++) {
		double cost;
		measure(selectors[i], &t, &cost);
		if (cost > 2)
			print_error("%.60s: %.2f units for a node and a byte\n", selectors[i], cost);
		assert_true(cost <= 2);
	}
	for (size_t i = 0; i < sizeof selectors / sizeof *selectors; i++)
		mem_free(&alloc_libc, selectors[i], 0);
	arena_release(&arena);
}

struct patience {
	size_t left, calls;
};

static bool lose_patience(void *user, size_t work)
{
	struct patience *p = user;

	p->calls++;
	assert_true(work < 5000);
	if (work > p->left)
		return false;
	p->left -= work;
	return true;
}

/* However much one call has to look at, the watch is asked in between, and its word ends the search. */
static void searches_can_be_ended(void **state)
{
	struct tree_build b;
	struct arena arena, a;
	struct tree t;

	(void)state;
	made_large(&b, &arena, &t, 5000, 50000);
	for (size_t k = 0; linear[k]; k++) {
		struct patience p = { 10000, 0 };
		struct selector_error error;
		arena_init(&a, &alloc_libc, 0);
		struct selector *s = selector_compile(&a, str_of(linear[k]), &error);
		assert_non_null(s);
		selector_set_watch(s, lose_patience, &p);
		for (uint32_t i = selector_next(s, &t, 0, 0); i != TREE_NONE;)
			i = selector_next(s, &t, 0, i);
		assert_in_range(selector_work(s), 1, 20000);
		assert_in_range(p.calls, 1, 100);
		arena_release(&a);
	}
	arena_release(&arena);
}

static void searches_of_subtrees(void **state)
{
	struct record *r = made_read("> a\n>\n> > b\n\n- c\n", FORMAT_MARKDOWN);
	const struct tree *t = record_tree(r);
	struct selector_error error;
	struct selector *s;
	struct arena a;
	uint32_t i;

	(void)state;
	assert_int_equal(count("document paragraph", t, 1), 2); /* relations reach out */
	assert_int_equal(count("block_quote > block_quote paragraph", t, 4), 1);
	assert_int_equal(count("paragraph ~ block_quote", t, 1), 1);
	assert_int_equal(count("list", t, 1), 0);
	assert_int_equal(count("list", t, 999), 0);
	arena_init(&a, &alloc_libc, 0);
	s = selector_compile(&a, STR_LIT("block_quote paragraph"), &error);
	i = selector_next(s, t, 0, 0);
	assert_int_equal(selector_next(s, t, 4, 4), 5); /* another search in between */
	i = selector_next(s, t, 0, i);
	assert_int_equal(i, 5);
	assert_int_equal(selector_next(s, t, 0, i), TREE_NONE);
	assert_false(selector_matches(s, t, 999));
	arena_release(&a);
	record_unref(r);
}

static void many_compounds(void **state)
{
	struct record *r = made_read("> > > x\n", FORMAT_MARKDOWN);
	struct buf text;

	(void)state;
	buf_init(&text, &alloc_libc, 0);
	for (int i = 0; i < 100; i++)
		buf_addz(&text, "list > item,");
	buf_addz(&text, "block_quote > block_quote block_quote");
	for (int i = 0; i < 10; i++)
		buf_addz(&text, " , emph ~ link");
	assert_int_equal(count(text.p, record_tree(r), 0), 1);
	buf_release(&text);
	record_unref(r);
}

/* 1: found, 0: not found. Refused is neither. */
static bool found_with(const struct tree *t, const char *selector, struct test_heap *heap, bool *refused)
{
	struct selector_error error;
	struct selector *s;
	struct arena a;
	bool found = false;

	arena_init(&a, &heap->alloc, 0);
	s = selector_compile(&a, str_of(selector), &error);
	if (s)
		found = selector_next(s, t, 0, 0) != TREE_NONE;
	else
		assert_int_equal(error.column, 0);
	*refused = a.refused;
	arena_release(&a);
	assert_int_equal(heap->live, 0);
	return found;
}

static void every_refusal_is_an_error(void **state)
{
	static const char *const selectors[] = {
		"item item text",
		":is(:not(link), emph):has(+ text, ~ code:contains(\"o\"))",
		"section:has(> section > list) list:nth-last-child(1 of list, paragraph)",
		"item:nth-child(2 of item):nth-last-child(n of item), heading[level>1]:nth-last-of-type(2)",
		"heading:nth-last-of-type(1):contains(\"three\" i)",
	};
	char *large = repeated("", ":is(", 200, "text", ")"), *many = repeated("text", ", link + text", 400, "", "");
	struct record *r = made_read(document, FORMAT_MARKDOWN);
	const struct tree *t = record_tree(r);

	(void)state;
	for (size_t i = 0; i < sizeof selectors / sizeof *selectors + 2; i++) {
		const char *selector = i == 5 ? large : i == 6 ? many : selectors[i];
		bool found = false, refused = true;
		for (size_t k = 1; refused; k++) {
			struct test_heap heap;
			test_heap_init(&heap, k);
			found = found_with(t, selector, &heap, &refused);
			assert_false(found && refused);
		}
		if (!found)
			print_error("%.100s\n", selector);
		assert_true(found);
	}
	mem_free(&alloc_libc, large, 0);
	mem_free(&alloc_libc, many, 0);
	record_unref(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(simple_tests),
		cmocka_unit_test(string_operators),
		cmocka_unit_test(combinators),
		cmocka_unit_test(pseudo_classes),
		cmocka_unit_test(errors_point_at_the_character),
		cmocka_unit_test(hostile_trees_cost_linear_work),
		cmocka_unit_test(deep_and_wide_trees_are_searched_rightly),
		cmocka_unit_test(hostile_selectors_cost_linear_work),
		cmocka_unit_test(searches_can_be_ended),
		cmocka_unit_test(searches_of_subtrees),
		cmocka_unit_test(many_compounds),
		cmocka_unit_test(every_refusal_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
