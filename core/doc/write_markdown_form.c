/*
 * write_markdown_form.c - which nodes have a form in Markdown, and which are
 * written as HTML that reads back as the same nodes.
 *
 * Decided for the whole subtree before anything is written, in one pass from its end: what
 * a node's children need is known when its own turn comes.  No recursion.
 */
#include "doc/write_html.h"
#include "doc/write_markdown.h"

static bool is_inline_at(const struct tree *t, uint32_t node)
{
	return node != TREE_NONE && !node_kind_is_block(tree_kind(t, node));
}

static bool has_form(const struct markdown_writer *w, uint32_t node, enum markdown_form form)
{
	return node != TREE_NONE && (w->forms[node - w->root] & form);
}

bool markdown_needs_html(const struct markdown_writer *w, uint32_t node)
{
	return has_form(w, node, FORM_HTML);
}

/* Softbreaks somewhere in it? */
static bool markdown_has_breaks(const struct markdown_writer *w, uint32_t node)
{
	return has_form(w, node, FORM_BREAKS);
}

bool markdown_is_plain(const struct tree *t, uint32_t node)
{
	const struct str tag = tree_str(t, t->nodes[node].text);

	return t->nodes[node].n_attr == 0 && (tag.n == 0 || !html_is_name(tag));
}

/* ---------------------------------------------------------------- elements */

bool markdown_is_element(const struct markdown_writer *w, uint32_t node)
{
	return has_form(w, node, FORM_AROUND_BLOCKS) && !has_form(w, node, FORM_HTML);
}

/* A block, or written as one. */
static bool is_block_at(const struct markdown_writer *w, uint32_t node)
{
	return !is_inline_at(w->tree, node) || markdown_is_element(w, node);
}

static bool has_inline_child(const struct markdown_writer *w, uint32_t node)
{
	for (uint32_t i = tree_first(w->tree, node); i != TREE_NONE; i = tree_next(w->tree, i))
		if (!is_block_at(w, i))
			return true;
	return false;
}

static bool is_in_tight_item(const struct markdown_writer *w, uint32_t node)
{
	const struct tree *t = w->tree;
	const uint32_t parent = node == w->root ? TREE_NONE : t->nodes[node].parent;
	const uint32_t list = tree_kind(t, parent) == NODE_ITEM ? t->nodes[parent].parent : TREE_NONE;

	return tree_kind(t, list) == NODE_LIST && (t->nodes[list].flags & NODE_TIGHT);
}

/* A block, or an inline with one at its very beginning. */
static bool begins_with_block(const struct tree *t, uint32_t node)
{
	while (node != TREE_NONE && is_inline_at(t, node))
		node = tree_first(t, node);
	return node != TREE_NONE;
}

/* Between blocks, so that its tags may be lines of their own. */
static bool stands_between_blocks(const struct markdown_writer *w, uint32_t node)
{
	const struct tree *t = w->tree;
	const uint32_t prev = tree_prev(t, node), next = tree_next(t, node);

	switch (tree_kind(t, t->nodes[node].parent)) {
	case NODE_DOCUMENT:
	case NODE_BLOCK_QUOTE:
	case NODE_ITEM:
	case NODE_FOOTNOTE_DEFINITION:
	case NODE_CONTAINER:
	case NODE_SPAN:
		return (prev == TREE_NONE || begins_with_block(t, prev)) &&
		       (next == TREE_NONE || begins_with_block(t, next));
	default:
		return false;
	}
}

/* An inline around blocks alone, as a component's tags are around its content. */
static bool element_fits(const struct markdown_writer *w, uint32_t node)
{
	const struct tree *t = w->tree;

	return node != w->root && tree_kind(t, node) == NODE_SPAN && !markdown_is_plain(t, node) &&
	       stands_between_blocks(w, node) && !has_inline_child(w, node) && !is_in_tight_item(w, node);
}

/* ------------------------------------------------------------------- lists */

/* May the list begin right below a paragraph? */
static bool markdown_can_interrupt(const struct tree *t, uint32_t list)
{
	const struct node *n = &t->nodes[list];
	const uint32_t first = tree_first(t, list);

	return (!(n->flags & NODE_ORDERED) || n->number == 1) && first != TREE_NONE &&
	       tree_first(t, first) != TREE_NONE;
}

/* A first line "a" before "===", so that both make a heading. */
bool markdown_is_setext(const struct markdown_writer *w, uint32_t heading)
{
	return tree_kind(w->tree, heading) == NODE_HEADING && markdown_has_breaks(w, heading) &&
	       w->tree->nodes[heading].number <= 2;
}

/* An HTML block may stand right below a paragraph, but only a blank line ends it. */
static bool html_may_touch(const struct markdown_writer *w, enum node_kind before, uint32_t node)
{
	const struct tree *t = w->tree;
	const struct str tag = tree_str(t, t->nodes[node].text);

	if (t->nodes[t->nodes[node].parent].last != node || tree_kind(t, node) == NODE_HEADING)
		return false;
	return (before == NODE_PARAGRAPH || before == NODE_HEADING || before == NODE_CODE_BLOCK) &&
	       (tree_kind(t, node) != NODE_CONTAINER || str_eqz(tag, "div"));
}

bool markdown_comment_parts(const struct markdown_writer *w, uint32_t prev, uint32_t node)
{
	return tree_kind(w->tree, prev) == NODE_PARAGRAPH && tree_kind(w->tree, node) == NODE_PARAGRAPH &&
	       !(w->left_out & DIALECT_HTML);
}

bool markdown_may_touch(const struct markdown_writer *w, uint32_t prev, uint32_t node)
{
	const struct tree *t = w->tree;
	enum node_kind before = is_inline_at(t, prev) ? NODE_PARAGRAPH : tree_kind(t, prev);

	if (markdown_needs_html(w, prev))
		return false;
	if (markdown_needs_html(w, node))
		return html_may_touch(w, before, node);
	if (t->nodes[node].n_attr && tree_kind(t, node) == NODE_BLOCK_QUOTE)
		return false; /* they stand above it */
	if (prev != TREE_NONE && t->nodes[prev].n_attr)
		return false;
	if (tree_kind(t, node) == NODE_CODE_BLOCK ||
	    (tree_kind(t, node) == NODE_HEADING && !markdown_is_setext(w, node)))
		return before != NODE_TABLE && before != NODE_HTML_BLOCK && before != NODE_CONTAINER;
	if (before != NODE_PARAGRAPH && before != NODE_HEADING && before != NODE_CODE_BLOCK)
		return false;
	switch (tree_kind(t, node)) {
	case NODE_LIST:
		return before != NODE_PARAGRAPH || markdown_can_interrupt(t, node);
	case NODE_BLOCK_QUOTE:
		return true;
	case NODE_PARAGRAPH:
		return before != NODE_PARAGRAPH || markdown_comment_parts(w, prev, node);
	default:
		return before != NODE_PARAGRAPH && is_inline_at(t, node);
	}
}

/* All on touching lines: one blank line would make the list loose. */
static bool item_fits_tight(const struct markdown_writer *w, uint32_t item)
{
	const struct tree *t = w->tree;

	for (uint32_t i = tree_first(t, item), prev = TREE_NONE; i != TREE_NONE; prev = i, i = tree_next(t, i)) {
		if (has_form(w, i, FORM_FOREIGN))
			return false;
		if (prev == TREE_NONE || (is_inline_at(t, prev) && is_inline_at(t, i)))
			continue;
		if (!markdown_may_touch(w, prev, i))
			return false;
	}
	return true;
}

static bool item_fits(const struct markdown_writer *w, uint32_t item, bool tight)
{
	const struct tree *t = w->tree;
	const uint32_t first = tree_first(t, item);

	if (tree_kind(t, item) != NODE_ITEM || !markdown_attributes_fit(t, item))
		return false;
	/* A box or a list of attributes is read at the beginning of a paragraph only. */
	if ((t->nodes[item].n_attr || (t->nodes[item].flags & NODE_TASK)) && tree_kind(t, first) != NODE_PARAGRAPH &&
	    is_block_at(w, first))
		return false;
	return !tight || item_fits_tight(w, item);
}

/* A list is loose by a blank line between items, or between the blocks of one. */
static bool list_fits(const struct markdown_writer *w, uint32_t list)
{
	const struct tree *t = w->tree;
	const bool tight = t->nodes[list].flags & NODE_TIGHT;
	const uint32_t first = tree_first(t, list);

	if (first == TREE_NONE || !markdown_attributes_fit(t, list))
		return false;
	for (uint32_t i = first; i != TREE_NONE; i = tree_next(t, i))
		if (!item_fits(w, i, tight))
			return false;
	return tight || tree_next(t, first) != TREE_NONE || tree_first(t, first) != tree_last(t, first);
}

/* ------------------------------------------------------------------ blocks */

/* In a tight item nothing may stand apart, so the element has to be one block. */
static bool container_fits(const struct markdown_writer *w, uint32_t node)
{
	return markdown_is_plain(w->tree, node) || (!has_inline_child(w, node) && !is_in_tight_item(w, node));
}

/* Its first line would hold nothing but a tag, and begin a block of HTML. */
static bool begins_with_tag(const struct markdown_writer *w, uint32_t node)
{
	return has_form(w, tree_first(w->tree, node), FORM_LEADING_BREAK);
}

static bool heading_fits(const struct markdown_writer *w, uint32_t node)
{
	const struct tree *t = w->tree;

	return markdown_attributes_fit(t, node) && !has_form(w, node, FORM_FOREIGN) &&
	       (!markdown_has_breaks(w, node) || (t->nodes[node].number <= 2 && !begins_with_tag(w, node)));
}

static bool block_needs_html(const struct markdown_writer *w, uint32_t node)
{
	const struct tree *t = w->tree;

	switch (tree_kind(t, node)) {
	case NODE_FIGURE:
		return true;
	case NODE_DEFINITION_LIST:
		return !markdown_definitions_fit(w, node);
	case NODE_CAPTION:
		return node != w->root;
	case NODE_TERM:
	case NODE_DEFINITION:
		return node != w->root && tree_kind(t, t->nodes[node].parent) != NODE_DEFINITION_LIST;
	case NODE_TABLE:
		return has_form(w, node, FORM_FOREIGN) || !markdown_table_fits(w, node) ||
		       !markdown_attributes_fit(t, node);
	case NODE_CONTAINER:
		return !container_fits(w, node);
	case NODE_LIST:
		return !list_fits(w, node);
	case NODE_HEADING:
		return !heading_fits(w, node);
	case NODE_PARAGRAPH:
		return !markdown_attributes_fit(t, node) || begins_with_tag(w, node) ||
		       has_form(w, node, FORM_FOREIGN) || (t->nodes[node].last == TREE_NONE && node != w->root);
	case NODE_BLOCK_QUOTE:
	case NODE_CODE_BLOCK:
	case NODE_THEMATIC_BREAK:
	case NODE_FOOTNOTE_DEFINITION:
		return !markdown_attributes_fit(t, node);
	default:
		return false;
	}
}

/* ----------------------------------------------------------------- inlines */

static bool is_break(enum node_kind kind)
{
	return kind == NODE_SOFTBREAK || kind == NODE_LINEBREAK;
}

/* Written as a tag wherever its content begins with a break. */
static bool may_be_tag(enum node_kind kind)
{
	return kind == NODE_SPAN || kind == NODE_EMPH || kind == NODE_STRONG || kind == NODE_STRIKETHROUGH;
}

/* "<o:p>": not the name of a tag in Markdown, so that it has to stand in a block of HTML. */
static bool is_foreign(const struct tree *t, uint32_t node)
{
	const struct str tag = tree_kind(t, node) == NODE_SPAN ? tree_str(t, t->nodes[node].text) : STR_EMPTY;

	return tag.n && (memchr(tag.p, ':', tag.n) || memchr(tag.p, '.', tag.n) || memchr(tag.p, '_', tag.n)) &&
	       !markdown_is_plain(t, node);
}

/* What a block of text, or the table around a cell, has to know of the inlines in it. */
static void tell_parent(struct markdown_writer *w, uint32_t node)
{
	const uint8_t told = w->forms[node - w->root] & (FORM_BREAKS | FORM_FOREIGN);
	const enum node_kind kind = tree_kind(w->tree, node);

	if (node == w->root || !told)
		return;
	const bool inner = !node_kind_is_block(kind) || kind == NODE_TABLE_CELL || kind == NODE_TABLE_ROW;
	w->forms[w->tree->nodes[node].parent - w->root] |= inner ? told : told & FORM_BREAKS;
}

static unsigned inline_forms(const struct markdown_writer *w, uint32_t node)
{
	const struct tree *t = w->tree;
	const enum node_kind kind = tree_kind(t, node);
	const uint32_t first = tree_first(t, node), last = tree_last(t, node);
	unsigned forms = is_foreign(t, node) ? FORM_FOREIGN : 0;

	if (is_break(kind))
		return FORM_BREAK | (kind == NODE_SOFTBREAK ? FORM_BREAKS : 0);
	if (may_be_tag(kind) && (has_form(w, first, FORM_BREAK) || has_form(w, first, FORM_LEADING_BREAK)))
		forms |= FORM_LEADING_BREAK;
	/* An inline around blocks, as HTML allows for links. */
	if (last != TREE_NONE && (node_kind_is_block(tree_kind(t, last)) || has_form(w, last, FORM_AROUND_BLOCKS)))
		forms |= FORM_AROUND_BLOCKS | (element_fits(w, node) ? 0 : FORM_HTML);
	return forms;
}

void markdown_find_forms(struct markdown_writer *w)
{
	const struct tree *t = w->tree;

	for (uint32_t i = t->nodes[w->root].end; i-- > w->root;) {
		uint8_t *form = &w->forms[i - w->root];
		/* A child has told it already that it holds a break. */
		*form |= (uint8_t)(node_kind_is_block(tree_kind(t, i)) ? block_needs_html(w, i) ? FORM_HTML : 0
								       : inline_forms(w, i));
		tell_parent(w, i);
	}
}
