/*
 * write_markdown_definition.c - definition lists as kramdown's, where they
 * have the shape of one: terms of one line, and definitions that hold blocks.
 *
 * Whether such a list is read back as it was is not decided here: write_markdown_check.c finds out.
 */
#include "doc/write_markdown.h"

static bool term_fits(const struct tree *t, uint32_t term)
{
	const struct node *n = &t->nodes[term];

	for (uint32_t i = term + 1; i < n->end; i++)
		if (node_kind_is_block(tree_kind(t, i)) || tree_kind(t, i) == NODE_SOFTBREAK ||
		    tree_kind(t, i) == NODE_LINEBREAK)
			return false;
	return n->n_attr == 0 && n->end > term + 1;
}

static bool definition_fits(const struct tree *t, uint32_t definition)
{
	if (t->nodes[definition].n_attr || tree_first(t, definition) == TREE_NONE)
		return false;
	for (uint32_t i = tree_first(t, definition); i != TREE_NONE; i = tree_next(t, i))
		if (!node_kind_is_block(tree_kind(t, i)))
			return false;
	return true;
}

bool markdown_definitions_fit(const struct markdown_writer *w, uint32_t list)
{
	const struct tree *t = w->tree;
	const uint32_t parent = list == w->root ? TREE_NONE : t->nodes[list].parent;

	/* two of them would be one */
	if (list != w->root && tree_kind(t, tree_prev(t, list)) == NODE_DEFINITION_LIST)
		return false;
	if ((w->left_out & DIALECT_DEFINITIONS) || tree_kind(t, parent) == NODE_ITEM ||
	    !markdown_attributes_fit(t, list) || tree_kind(t, tree_first(t, list)) != NODE_TERM ||
	    tree_kind(t, tree_last(t, list)) != NODE_DEFINITION)
		return false;
	for (uint32_t i = tree_first(t, list); i != TREE_NONE; i = tree_next(t, i))
		if (!(tree_kind(t, i) == NODE_TERM         ? term_fits(t, i)
		      : tree_kind(t, i) == NODE_DEFINITION ? definition_fits(t, i)
							   : false))
			return false;
	return true;
}

/* Terms stand right below each other; a blank line goes before the first ones of several definitions. */
void markdown_open_term(struct markdown_writer *w, uint32_t node)
{
	const enum node_kind before = tree_kind(w->tree, node == w->root ? TREE_NONE : tree_prev(w->tree, node));

	if (before)
		markdown_trim(w);
	if (before == NODE_DEFINITION)
		markdown_blank_line(w);
	if (before)
		markdown_newline(w);
	w->owed = OWED_NOTHING;
	w->line_start = w->one_line = true;
}

void markdown_open_definition(struct markdown_writer *w, uint32_t node)
{
	const size_t outer = w->prefix.n;

	markdown_trim(w);
	if (w->owed == OWED_BLANK)
		markdown_blank_line(w);
	markdown_newline(w);
	buf_addz(w->out, ": ");
	w->owed = OWED_NOTHING;
	w->line_start = true;
	if (!markdown_push(w, node, CLOSE_PREFIX))
		return;
	w->frames[w->n_frames - 1].prefix = outer;
	buf_addz(&w->prefix, "  ");
	if (!buf_ok(&w->prefix))
		w->out->failed = true;
}
