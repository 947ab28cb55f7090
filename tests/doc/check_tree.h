/*
 * check_tree.h - what every tree must satisfy, whatever was read: indices
 * that agree, kinds nested as node_kind_content allows, spans inside the
 * source and in order, strings of valid UTF-8.
 *
 * For the fuzz targets, the hostile documents and the tests of the readers.
 */
#ifndef QUERN_TESTS_DOC_CHECK_TREE_H
#define QUERN_TESTS_DOC_CHECK_TREE_H

#include "base/utf8.h"
#include "doc/tree.h"

static inline bool check_tree_string(const struct tree *t, struct tree_str s)
{
	if (s.off == TREE_NONE)
		return true;
	return s.off <= t->n_pool && s.len <= t->n_pool - s.off && utf8_check(tree_str(t, s)) == s.len;
}

/* Lists, rows and cells stand where they belong. */
static inline bool check_tree_family(enum node_kind parent, enum node_kind kind)
{
	if (kind == NODE_ITEM || parent == NODE_LIST)
		return kind == NODE_ITEM && parent == NODE_LIST;
	if (kind == NODE_TABLE_ROW)
		return parent == NODE_TABLE;
	if (kind == NODE_TABLE_CELL || parent == NODE_TABLE_ROW)
		return kind == NODE_TABLE_CELL && parent == NODE_TABLE_ROW;
	return parent != NODE_TABLE || kind == NODE_CAPTION;
}

/* Inlines may go around blocks (<a><div>): then blocks are all they hold, at the end at least. */
static inline bool check_tree_wraps_blocks(const struct tree *t, uint32_t i)
{
	while (i != TREE_NONE && !node_kind_is_block((enum node_kind)t->nodes[i].kind))
		i = t->nodes[i].last;
	return i != TREE_NONE;
}

static inline bool check_tree_nesting(const struct tree *t, uint32_t i)
{
	uint32_t up = t->nodes[i].parent;
	enum node_kind kind = (enum node_kind)t->nodes[i].kind, parent = (enum node_kind)t->nodes[up].kind;

	if (kind == NODE_DOCUMENT || node_kind_content(parent) == CONTENT_NONE || !check_tree_family(parent, kind))
		return false;
	if (!node_kind_is_block(kind))
		return node_kind_content(parent) != CONTENT_BLOCK || check_tree_wraps_blocks(t, i);
	while (!node_kind_is_block((enum node_kind)t->nodes[up].kind))
		up = t->nodes[up].parent;
	return node_kind_content((enum node_kind)t->nodes[up].kind) != CONTENT_INLINE;
}

static inline const char *check_tree_node(const struct tree *t, uint32_t i, uint32_t size)
{
	const struct node *n = &t->nodes[i];

	if (n->kind == 0 || n->kind >= NODE_KIND_LIMIT || !node_kind_name((enum node_kind)n->kind))
		return "no kind";
	if (n->end <= i || n->end > t->n_nodes)
		return "end out of range";
	if (!check_tree_string(t, n->text) || !check_tree_string(t, n->extra))
		return "string out of range or no UTF-8";
	if (n->n_attr > t->n_attrs || n->attr > t->n_attrs - n->n_attr)
		return "attributes out of range";
	for (uint32_t k = n->attr; k < n->attr + n->n_attr; k++)
		if (!check_tree_string(t, t->attrs[k].key) || !check_tree_string(t, t->attrs[k].value))
			return "attribute out of range or no UTF-8";
	if (!(n->flags & NODE_NO_SPAN) && (n->from > n->to || n->to > size))
		return "span out of the source";
	if (n->kind == NODE_HEADING && (n->number < 1 || n->number > 6))
		return "heading of no level";
	if (n->kind == NODE_TABLE_CELL && (n->colspan < 1 || n->rowspan < 1))
		return "cell without extent";
	return NULL;
}

static inline const char *check_tree_place(const struct tree *t, uint32_t i)
{
	const struct node *n = &t->nodes[i], *parent = n->parent < i ? &t->nodes[n->parent] : NULL;

	if (!parent)
		return "parent not before it";
	if (n->end > parent->end)
		return "reaches out of its parent";
	if (n->prev == TREE_NONE
		    ? n->parent + 1 != i
		    : (n->prev >= i || t->nodes[n->prev].end != i || t->nodes[n->prev].parent != n->parent))
		return "prev is not the sibling before it";
	if (n->end == parent->end && parent->last != i)
		return "last is not the last child";
	if (!check_tree_nesting(t, i))
		return "nested where it may not be";
	return NULL;
}

/* NULL when all is well; else what is wrong, *node where. size: of the source. */
static inline const char *check_tree(const struct tree *t, uint32_t size, uint32_t *node)
{
	*node = 0;
	if (t->n_nodes == 0 || t->nodes[0].kind != NODE_DOCUMENT || t->nodes[0].end != t->n_nodes ||
	    t->nodes[0].parent != TREE_NONE)
		return "no document node around all";
	for (uint32_t i = 0; i < t->n_nodes; i++) {
		const char *fault = check_tree_node(t, i, size);
		if (!fault && i > 0)
			fault = check_tree_place(t, i);
		if (fault) {
			*node = i;
			return fault;
		}
	}
	return NULL;
}

#endif
