/*
 * fuzz_select.c - libFuzzer target: the first line is a selector, the rest a
 * document (a fixed one where there is no second line).  What is no selector has a place and a
 * message; a match in one search is one when asked alone; work stays within
 * nodes times the selector's length.
 *
 *     clang -g -O1 -fsanitize=fuzzer,address,undefined ... tests/fuzz/fuzz_select.c
 */
#include <stdlib.h>

#include "doc/record.h"
#include "doc/select.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char usual[] = "# One {#a .b}\n\ntext *em* [link](u \"t\")\n\n## Two\n\n- x\n- [x] y\n  1. z\n\n"
			    "### Three\n\n> | a | b |\n> |---|---|\n> | 1 | ![i](j) |\n\n## Two\n\nterm\n: `code`\n";

static void check(bool holds)
{
	if (!holds)
		abort();
}

/* A search of the subtree finds what selector_matches says of each node, :scope aside. */
static void search(struct selector *s, const struct tree *t, uint32_t root, bool compare)
{
	uint32_t found = root;

	do {
		const uint32_t before = found;
		found = selector_next(s, t, root, found);
		check(found == TREE_NONE || (found > before && found < t->nodes[root].end));
	} while (found != TREE_NONE);
	for (uint32_t i = root + 1, next = root; compare && i < t->nodes[root].end; i++) {
		next = selector_next(s, t, root, i == root + 1 ? root : i - 1);
		check(selector_matches(s, t, i) == (next == i));
	}
}

static void run(struct selector *s, size_t length, struct str document, bool has_scope)
{
	const struct record_options options = { .path = "fuzz",
						.format = FORMAT_MARKDOWN,
						.limits = record_limits_default };
	struct record *r;

	if (record_new(&alloc_libc, document, &options, &r) != RECORD_OK)
		return;
	const struct tree *t = record_tree(r);
	check(t != NULL);
	const uint64_t before = selector_work(s);
	search(s, t, 0, false);
	check(selector_work(s) - before <=
	      8 * ((uint64_t)t->n_nodes + 1) * (length + 8) + t->n_pool * (uint64_t)length);
	if (t->n_nodes < 60)
		search(s, t, 0, !has_scope);
	if (t->n_nodes > 2)
		search(s, t, t->n_nodes / 2, false);
	record_unref(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = size ? (const char *)data : "";
	const char *cut = memchr(text, '\n', size);
	const struct str selector = { text, cut ? (size_t)(cut - text) : size };
	const struct str document = cut ? str_slice(cut + 1, text + size) : str_of(usual);
	struct selector_error e;
	struct selector *s;
	struct arena a;

	arena_init(&a, &alloc_libc, 0);
	s = selector_compile(&a, selector, &e);
	if (s)
		run(s, selector.n, document,
		    memmem(text, selector.n, "scope", 5) || memmem(text, selector.n, "SCOPE", 5) ||
			    memchr(text, '\\', selector.n));
	else
		check(e.column >= 1 && e.column <= selector.n + 1 && e.message[0]);
	check(!a.refused);
	arena_release(&a);
	return 0;
}
