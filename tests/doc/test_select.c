/*
 * test_select.c - selectors: every operator and combinator, errors that name
 * the character, and linear time on deep and wide trees.
 */
#include "made.h"

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

static void deep_and_wide_trees_stay_linear(void **state)
{
	struct arena arena;
	struct tree_build b;
	struct tree t;

	(void)state;
	arena_init(&arena, &alloc_libc, 0);
	tree_build_init(&b, &arena, 10000000);
	for (int i = 0; i < 100000; i++)
		tree_open(&b, NODE_BLOCK_QUOTE, TREE_NONE);
	for (int i = 0; i < 100000; i++)
		tree_close(&b, TREE_NONE);
	for (int i = 0; i < 200000; i++)
		tree_leaf(&b, NODE_THEMATIC_BREAK, TREE_NONE, TREE_NONE);
	assert_int_equal(tree_build_finish(&b, &t), BUILD_OK);
	assert_int_equal(count("block_quote block_quote block_quote", &t, 0), 99998);
	assert_int_equal(count("list block_quote > block_quote block_quote", &t, 0), 0);
	assert_int_equal(count("thematic_break ~ thematic_break ~ thematic_break", &t, 0), 199998);
	assert_int_equal(count("heading ~ thematic_break", &t, 0), 0);
	assert_int_equal(count("block_quote ~ thematic_break + thematic_break", &t, 0), 199999);
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

static void every_refusal_is_an_error(void **state)
{
	struct record *r = made_read(document, FORMAT_MARKDOWN);
	struct selector_error error;
	struct test_heap heap;
	struct selector *s;
	struct arena a;
	uint32_t found = TREE_NONE;

	(void)state;
	for (size_t k = 1; found == TREE_NONE; k++) {
		test_heap_init(&heap, k);
		arena_init(&a, &heap.alloc, 0);
		s = selector_compile(&a, STR_LIT("item item text"), &error);
		if (s)
			found = selector_next(s, record_tree(r), 0, 0);
		else
			assert_int_equal(error.column, 0);
		assert_true(found != TREE_NONE || a.refused);
		arena_release(&a);
		assert_int_equal(heap.live, 0);
	}
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
		cmocka_unit_test(deep_and_wide_trees_stay_linear),
		cmocka_unit_test(searches_of_subtrees),
		cmocka_unit_test(many_compounds),
		cmocka_unit_test(every_refusal_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
