/*
 * test_markdown_parts.c - large documents, which are parsed part by part: the
 * same tree as in one go, and memory that stays in proportion.
 *
 * A "]:" anywhere, which could be a link definition's, makes a document
 * indivisible: one in code at the very end gives the tree to compare with.
 */
#include "../base/cmocka_all.h"
#include "../base/heap.h"
#include "../base/scale.h"
#include "doc/record.h"

/* "@" is a number. */
static const char *const fragments[] = {
	"- item @\n",
	"- item @\n\n",
	"* star @\n",
	"+ plus\n",
	"- a\n  - nested @\n",
	"- a\n\n  para in item\n",
	"- a\n  ```\n  code\n\n  x\n  ```\n",
	"```\ncode @\n\nmore - x\n- y\n```\n",
	"~~~\nx\n\n",
	"~~~\n",
	"para @ *em* `code` https://x.y/a_b_c\n",
	"\n\n",
	"# heading {#h@}\n\n",
	"> quote\n> - q\n",
	"> quote\n\n",
	"| a | b |\n|---|---|\n| c @ | d |\n",
	"    indented\n\n",
	"1. one\n2. two\n",
	"   - indented item\n",
	" - one in\n",
	"text\n- item right after @\n",
	"- [x] done @\n",
	"- - -\n",
	"- *x*\n- y\n",
	"lazy\nlines\n",
	"> - a\nlazy\n",
	"word\r\n\r\nword\r\n",
	"- a\r\n- b\r\n",
	"{% raw @ %}\n\n",
	"-\n",
	"-\tb\n",
	"![a](b.png) [l](u \"t\")\n",
	"setext\n===\n",
};

static unsigned next(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 16;
}

/* Runs of one fragment, now and then long ones. */
static void write_document(struct buf *out, unsigned seed, size_t size)
{
	while (out->n < size) {
		const char *fragment = fragments[next(&seed) % (sizeof fragments / sizeof *fragments)];
		unsigned times = next(&seed) % 50 ? 1 : 1 + next(&seed) % 3000;
		for (unsigned i = 0; i < times; i++) {
			for (const char *p = fragment; *p; p++) {
				if (*p == '@')
					buf_add_int(out, i % 97);
				else
					buf_addc(out, *p);
			}
		}
	}
}

static struct record *load(const struct alloc *heap, struct str text, enum doc_format format)
{
	const struct record_options options = { .format = format, .limits = record_limits_default };
	struct record *r;

	assert_int_equal(record_new(heap, text, &options, &r), RECORD_OK);
	assert_non_null(record_tree(r));
	return r;
}

static void assert_same_attrs(const struct tree *a, const struct tree *b, uint32_t i)
{
	assert_int_equal(a->nodes[i].n_attr, b->nodes[i].n_attr);
	for (uint32_t k = 0; k < a->nodes[i].n_attr; k++) {
		const struct tree_attr *x = &a->attrs[a->nodes[i].attr + k], *y = &b->attrs[b->nodes[i].attr + k];
		assert_true(str_eq(tree_str(a, x->key), tree_str(b, y->key)));
		assert_true(str_eq(tree_str(a, x->value), tree_str(b, y->value)));
	}
}

/* All but the code at the end. */
static void assert_same_tree(const struct tree *a, const struct tree *b)
{
	assert_int_equal(a->n_nodes, b->n_nodes);
	for (uint32_t i = 0; i < a->n_nodes; i++) {
		const struct node *x = &a->nodes[i], *y = &b->nodes[i];
		if (x->kind != y->kind || x->flags != y->flags || x->parent != y->parent || x->end != y->end ||
		    x->prev != y->prev || x->number != y->number || x->from != y->from || x->to != y->to)
			fail_msg("node %u of %u: %s at %u, %s at %u", (unsigned)i, (unsigned)a->n_nodes,
				 node_kind_name((enum node_kind)x->kind), (unsigned)x->from,
				 node_kind_name((enum node_kind)y->kind), (unsigned)y->from);
		if (i + 1 < a->n_nodes)
			assert_true(str_eq(tree_str(a, x->text), tree_str(b, y->text)));
		assert_same_attrs(a, b, i);
	}
}

static void check_document(unsigned seed, enum doc_format format)
{
	struct buf whole, parts;

	buf_init(&whole, &alloc_libc, 0);
	buf_init(&parts, &alloc_libc, 0);
	write_document(&whole, seed, 2200000);
	buf_adds(&parts, buf_str(&whole));
	buf_addz(&whole, "\n~~~\n~~~\n\nend `]:`\n");
	buf_addz(&parts, "\n~~~\n~~~\n\nend `]!`\n");
	struct record *a = load(&alloc_libc, buf_str(&whole), format);
	struct record *b = load(&alloc_libc, buf_str(&parts), format);
	assert_same_tree(record_tree(a), record_tree(b));
	record_unref(a);
	record_unref(b);
	buf_release(&whole);
	buf_release(&parts);
}

static void parts_give_the_tree_of_the_whole(void **state)
{
	(void)state;
	for (unsigned seed = 1, last = (unsigned)scaled(3); seed <= last; seed++) {
		check_document(seed, FORMAT_MARKDOWN);
		check_document(seed, FORMAT_COMMONMARK);
	}
}

struct counted {
	size_t held, peak;
};

static void *counting(void *user, void *ptr, size_t old_size, size_t new_size)
{
	struct counted *c = user;
	void *p = alloc_libc.fn(alloc_libc.user, ptr, old_size, new_size);

	if (p || new_size == 0)
		c->held += new_size - old_size;
	c->peak = c->held > c->peak ? c->held : c->peak;
	return p;
}

/* Of what a record asks for, the source included, while such a text is read. */
static double times_its_size(const char *unit)
{
	struct counted c = { 0, 0 };
	const struct alloc heap = { counting, &c };
	struct buf text;

	buf_init(&text, &alloc_libc, 0);
	while (text.n < (size_t)scaled(6000000))
		buf_addz(&text, unit);
	record_unref(load(&heap, buf_str(&text), FORMAT_MARKDOWN));
	double times = (double)c.peak / (double)text.n;
	buf_release(&text);
	assert_int_equal(c.held, 0);
	return times;
}

static void memory_is_in_proportion(void **state)
{
	static const char *const units[] = {
		("The quick brown fox jumps over the lazy dog, and *nobody* in the house heard it when the clock\n"
		 "struck ten in the evening; the light had been out for hours, or so we were told.\n\n"),
		"- an item of a list with some words\n",
		"See [the page](https://example.org/a/b.html \"title\") and ![image](img/pic.png) for more of it.\n\n",
		"```c\nint main(void) { return 0; }\n/* nothing here */\n```\n\nSome text about it.\n\n",
		"some words without an end ",
	};

	(void)state;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		double times = times_its_size(units[i]);
		if (times > 13)
			fail_msg("%.1f times its size: %s", times, units[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_give_the_tree_of_the_whole),
		cmocka_unit_test(memory_is_in_proportion),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
