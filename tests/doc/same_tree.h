/*
 * same_tree.h - where two trees of one document differ that were read in two ways.
 *
 * For the tests of what is read without its parser.  Every field counts, positions too, unlike in tree_equal.
 */
#ifndef QUERN_TESTS_DOC_SAME_TREE_H
#define QUERN_TESTS_DOC_SAME_TREE_H

#include "doc/tree.h"

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

/* The first difference, or NULL. */
static inline const char *trees_differ(const struct tree *a, const struct tree *b)
{
	const char *what = a->n_nodes == b->n_nodes ? NULL : "number of nodes";

	for (uint32_t i = 0; !what && i < a->n_nodes; i++)
		what = node_difference(a, b, i);
	return what;
}

#endif
