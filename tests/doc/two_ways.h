/*
 * two_ways.h - a Markdown body read with what markdown_simple.h can do, and by
 * cmark alone: where the two trees differ.
 *
 * For the test of markdown_simple.c.  Every field counts, positions too.
 */
#ifndef QUERN_TESTS_DOC_TWO_WAYS_H
#define QUERN_TESTS_DOC_TWO_WAYS_H

#include <stdio.h>

#include "doc/html.h"
#include "doc/markdown.h"
#include "doc/structure.h"

struct one_way {
	struct arena arena, scratch;
	struct structure structure;
	struct tree tree;
};

/* body: valid UTF-8 without NUL and lone CR, NUL-terminated. False: memory refused. */
static inline bool one_way_read(struct one_way *w, struct str body, uint32_t parts, bool thorough)
{
	const struct html_limits limits = { 500, 400 };
	const struct markdown_input input = { body, 0, parts, &limits, thorough };
	struct prepared prepared;
	struct events events;
	bool limited = false, ok;

	arena_init(&w->arena, &alloc_libc, 0);
	arena_init(&w->scratch, &alloc_libc, 0);
	structure_init(&w->structure, &w->arena, &w->scratch, 1000000, 400, body.n);
	events_init(&events, &w->scratch);
	ok = markdown_read(&input, &w->scratch, &prepared, &events, &w->structure) == MARKDOWN_OK &&
	     html_read_events(&events, &prepared, &limits, &w->structure, &limited) == HTML_OK;
	structure_finish(&w->structure, (uint32_t)body.n);
	return tree_build_finish(&w->structure.build, &w->tree) == BUILD_OK && ok;
}

static inline void one_way_release(struct one_way *w)
{
	arena_release(&w->arena);
	arena_release(&w->scratch);
}

static inline bool same_string(const struct tree *a, struct tree_str x, const struct tree *b, struct tree_str y)
{
	return (x.off == TREE_NONE) == (y.off == TREE_NONE) && str_eq(tree_str(a, x), tree_str(b, y));
}

/* The first field of node i that differs, or NULL. */
static inline const char *node_difference(const struct tree *a, const struct tree *b, uint32_t i)
{
	const struct node *x = &a->nodes[i], *y = &b->nodes[i];

	if (x->kind != y->kind || x->flags != y->flags || x->number != y->number || x->align != y->align)
		return "kind, flags, number, align";
	if (x->parent != y->parent || x->end != y->end || x->prev != y->prev || x->last != y->last)
		return "place in the tree";
	if (x->from != y->from || x->to != y->to)
		return "span";
	if (!same_string(a, x->text, b, y->text) || !same_string(a, x->extra, b, y->extra))
		return "text";
	if (x->n_attr != y->n_attr || x->section != y->section)
		return "attributes, section";
	for (uint32_t k = 0; k < x->n_attr; k++) {
		const struct tree_attr *p = &a->attrs[x->attr + k], *q = &b->attrs[y->attr + k];
		if (!same_string(a, p->key, b, q->key) || !same_string(a, p->value, b, q->value))
			return "attributes";
	}
	return NULL;
}

/* NULL: both ways give the same tree. */
static inline const char *two_ways_differ(struct str body, uint32_t parts)
{
	struct one_way a, b;
	const char *what = NULL;
	bool read = one_way_read(&a, body, parts, true);

	read = one_way_read(&b, body, parts, false) && read;
	if (read && a.tree.n_nodes != b.tree.n_nodes)
		what = "number of nodes";
	for (uint32_t i = 0; read && !what && i < a.tree.n_nodes; i++)
		what = node_difference(&a.tree, &b.tree, i);
	one_way_release(&a);
	one_way_release(&b);
	return what;
}

#endif
