/*
 * write_markdown.c - a subtree as canonical Markdown: the walk and the
 * blocks.
 *
 * What Markdown has no form for (definition lists, figures, tables with
 * spans) is written as HTML that our dialect reads back as the same nodes.
 * Lines of nested containers repeat a prefix; beyond a limit containers are
 * written as their content, so that the output stays linear.
 */
#include "base/value.h"
#include "doc/frontmatter.h"
#include "doc/write.h"
#include "doc/write_markdown.h"

/* The longest prefix of a line, in bytes. */
#define PREFIX_MAX 240

/* ------------------------------------------------------------------- lines */

bool markdown_push(struct markdown_writer *w, uint32_t node, enum markdown_close close)
{
	struct markdown_frame *frames = mem_grow(w->out->heap, w->frames, &w->cap_frames, w->n_frames + 1,
						 sizeof(*frames));

	if (!frames) {
		w->out->failed = true;
		return false;
	}
	w->frames = frames;
	w->frames[w->n_frames++] = (struct markdown_frame){ node, close, w->prefix.n, 0, 0 };
	return true;
}

static struct markdown_frame *top_frame(struct markdown_writer *w)
{
	return &w->frames[w->n_frames - 1];
}

void markdown_trim(struct markdown_writer *w)
{
	while (w->out->n > w->start && (w->out->p[w->out->n - 1] == ' ' || w->out->p[w->out->n - 1] == '\t'))
		buf_truncate(w->out, w->out->n - 1);
}

void markdown_newline(struct markdown_writer *w)
{
	buf_addc(w->out, '\n');
	buf_adds(w->out, buf_str(&w->prefix));
}

void markdown_blank_line(struct markdown_writer *w)
{
	struct str prefix = buf_str(&w->prefix);

	while (prefix.n && prefix.p[prefix.n - 1] == ' ')
		prefix.n--;
	buf_addc(w->out, '\n');
	buf_adds(w->out, prefix);
}

void markdown_raw(struct markdown_writer *w, struct str s)
{
	size_t run = 0;

	for (size_t i = 0; w->in_cell && i < s.n; i++) {
		if (s.p[i] != '|')
			continue;
		buf_add(w->out, s.p + run, i - run);
		buf_addc(w->out, '\\');
		run = i;
	}
	if (s.n > run)
		buf_add(w->out, s.p + run, s.n - run);
}

static void push_prefix(struct markdown_writer *w, const char *bytes, size_t spaces)
{
	buf_addz(&w->prefix, bytes);
	buf_add_repeat(&w->prefix, ' ', spaces);
	if (!buf_ok(&w->prefix))
		w->out->failed = true;
}

/* --------------------------------------------------------------- neighbours */

static enum node_kind kind_at(const struct markdown_writer *w, uint32_t node)
{
	return node == TREE_NONE ? (enum node_kind)0 : (enum node_kind)w->tree->nodes[node].kind;
}

static uint32_t parent_of(const struct markdown_writer *w, uint32_t node)
{
	return node == w->root ? TREE_NONE : w->tree->nodes[node].parent;
}

static uint32_t prev_of(const struct markdown_writer *w, uint32_t node)
{
	return node == w->root ? TREE_NONE : w->tree->nodes[node].prev;
}

static bool is_inline_at(const struct markdown_writer *w, uint32_t node)
{
	return node != TREE_NONE && !node_kind_is_block(kind_at(w, node));
}

static bool list_can_interrupt(const struct markdown_writer *w, uint32_t list)
{
	const struct node *n = &w->tree->nodes[list];
	uint32_t first = tree_first(w->tree, list);

	return (!(n->flags & NODE_ORDERED) || n->number == 1) && first != TREE_NONE &&
	       tree_first(w->tree, first) != TREE_NONE;
}

/* In a tight item: may node stand on the line right after prev without being read as part of it? */
static bool may_touch(const struct markdown_writer *w, uint32_t prev, uint32_t node)
{
	enum node_kind before = kind_at(w, prev);

	if (w->tree->nodes[node].n_attr || (prev != TREE_NONE && w->tree->nodes[prev].n_attr))
		return false;
	if (is_inline_at(w, prev))
		before = NODE_PARAGRAPH;
	if (kind_at(w, node) == NODE_CODE_BLOCK || kind_at(w, node) == NODE_HEADING)
		return before != NODE_TABLE && before != NODE_HTML_BLOCK && before != NODE_CONTAINER;
	if (before != NODE_PARAGRAPH && before != NODE_HEADING && before != NODE_CODE_BLOCK)
		return false;
	switch (kind_at(w, node)) {
	case NODE_LIST:
		return before != NODE_PARAGRAPH || list_can_interrupt(w, node);
	case NODE_BLOCK_QUOTE:
		return true;
	default:
		return before != NODE_PARAGRAPH && (kind_at(w, node) == NODE_PARAGRAPH || is_inline_at(w, node));
	}
}

static bool stands_tight(const struct markdown_writer *w, uint32_t node)
{
	uint32_t parent = parent_of(w, node), list;

	if (kind_at(w, node) == NODE_ITEM)
		return kind_at(w, parent) == NODE_LIST && (w->tree->nodes[parent].flags & NODE_TIGHT);
	if (kind_at(w, parent) != NODE_ITEM)
		return false;
	list = w->tree->nodes[parent].parent;
	return kind_at(w, list) == NODE_LIST && (w->tree->nodes[list].flags & NODE_TIGHT) &&
	       may_touch(w, prev_of(w, node), node);
}

/* Whatever must stand between the last block and this one. */
void markdown_begin_block(struct markdown_writer *w, uint32_t node)
{
	bool tight = node != TREE_NONE && stands_tight(w, node);

	if (w->owed != OWED_NOTHING) {
		markdown_trim(w);
		if (!tight || (w->owed == OWED_BLANK && kind_at(w, node) != NODE_ITEM))
			markdown_blank_line(w);
		markdown_newline(w);
	}
	w->owed = OWED_NOTHING;
	w->line_start = true;
}

/* -------------------------------------------------------------- containers */

/* Attributes of a quote stand above it: below, they would be read into its paragraph. */
static void attributes_above(struct markdown_writer *w, uint32_t node)
{
	size_t before = w->out->n;

	markdown_begin_block(w, node);
	markdown_attributes(w, node, "");
	if (w->tree->nodes[node].n_attr && w->out->n > before)
		markdown_newline(w);
}

static void open_quote(struct markdown_writer *w, uint32_t node)
{
	if (w->prefix.n > PREFIX_MAX) {
		markdown_push(w, node, CLOSE_NOTHING);
		return;
	}
	attributes_above(w, node);
	if (!markdown_push(w, node, CLOSE_PREFIX))
		return;
	buf_addz(w->out, "> ");
	push_prefix(w, "> ", 0);
}

/* Marks take turns where lists would otherwise run into one, or nest into a thematic break. */
static char list_marker(const struct markdown_writer *w, uint32_t list)
{
	bool ordered = w->tree->nodes[list].flags & NODE_ORDERED;
	uint32_t prev = prev_of(w, list), parent = parent_of(w, list);
	char other = 0;

	if (kind_at(w, prev) == NODE_LIST)
		other = w->closed_marker;
	else if (prev == TREE_NONE && kind_at(w, parent) == NODE_ITEM && w->n_frames > 1)
		other = w->frames[w->n_frames - 2].marker;
	if (ordered)
		return other == '.' ? ')' : '.';
	return other == '-' ? '*' : '-';
}

static void open_list(struct markdown_writer *w, uint32_t node)
{
	char marker = list_marker(w, node);
	int32_t number = w->tree->nodes[node].number;

	if (tree_first(w->tree, node) == TREE_NONE || w->prefix.n > PREFIX_MAX) {
		markdown_push(w, node, CLOSE_NOTHING);
		return;
	}
	if (list_can_interrupt(w, node))
		attributes_above(w, node);
	else
		markdown_begin_block(w, node);
	if (!markdown_push(w, node, CLOSE_LIST))
		return;
	top_frame(w)->marker = marker;
	top_frame(w)->number = number < 0 ? 0 : number;
}

static void put_marker(struct markdown_writer *w, uint32_t node, struct markdown_frame *list)
{
	size_t start = w->out->n;
	unsigned flags = w->tree->nodes[node].flags;

	if (list && list->marker != '-' && list->marker != '*') {
		buf_add_int(w->out, list->number);
		buf_addc(w->out, list->marker);
		list->number += list->number < 999999999;
	} else {
		buf_addc(w->out, list ? list->marker : '-');
	}
	buf_addc(w->out, ' ');
	push_prefix(w, "", w->out->n - start);
	if (flags & NODE_TASK)
		buf_addz(w->out, flags & NODE_CHECKED ? "[x] " : "[ ] ");
	markdown_attributes(w, node, "");
	if (w->out->p && w->out->p[w->out->n - 1] == '}')
		buf_addc(w->out, ' ');
}

static void open_item(struct markdown_writer *w, uint32_t node)
{
	bool listed = w->n_frames && top_frame(w)->close == CLOSE_LIST;
	size_t outer = w->prefix.n;

	if (w->prefix.n > PREFIX_MAX) {
		markdown_push(w, node, CLOSE_NOTHING);
		return;
	}
	markdown_begin_block(w, node);
	put_marker(w, node, listed ? top_frame(w) : NULL);
	if (!markdown_push(w, node, CLOSE_PREFIX))
		return;
	top_frame(w)->prefix = outer;
}

static void open_footnote(struct markdown_writer *w, uint32_t node)
{
	size_t outer = w->prefix.n;

	if (outer > PREFIX_MAX) {
		markdown_push(w, node, CLOSE_NOTHING);
		return;
	}
	markdown_begin_block(w, node);
	buf_addz(w->out, "[^");
	buf_adds(w->out, tree_str(w->tree, w->tree->nodes[node].text));
	buf_addz(w->out, "]: ");
	push_prefix(w, "", 4);
	if (markdown_push(w, node, CLOSE_PREFIX))
		top_frame(w)->prefix = outer;
}

static void open_container(struct markdown_writer *w, uint32_t node)
{
	if (markdown_is_plain(w, node)) {
		markdown_push(w, node, CLOSE_NOTHING);
		return;
	}
	markdown_begin_block(w, node);
	if (!markdown_push(w, node, CLOSE_TAG))
		return;
	markdown_tag(w, node, tree_str(w->tree, w->tree->nodes[node].text));
	w->owed = OWED_BLANK;
}

static void open_heading(struct markdown_writer *w, uint32_t node)
{
	int32_t level = w->tree->nodes[node].number;

	markdown_begin_block(w, node);
	buf_add_repeat(w->out, '#', (size_t)(level < 1 ? 1 : level > 6 ? 6 : level));
	buf_addc(w->out, ' ');
	w->one_line = true;
	markdown_push(w, node, CLOSE_NOTHING);
}

static void close_frame(struct markdown_writer *w, const struct markdown_frame *f)
{
	struct str tag = tree_str(w->tree, w->tree->nodes[f->node].text);

	switch (f->close) {
	case CLOSE_LIST:
		w->closed_marker = f->marker;
		if (!list_can_interrupt(w, f->node))
			markdown_attributes(w, f->node, "\n");
		break;
	case CLOSE_PREFIX:
		buf_truncate(&w->prefix, f->prefix);
		if (w->owed == OWED_NOTHING)
			w->owed = OWED_LINE; /* it was empty */
		break;
	case CLOSE_TAG:
		w->owed = OWED_BLANK;
		markdown_begin_block(w, TREE_NONE);
		buf_addz(w->out, "</");
		buf_adds(w->out, tag);
		buf_addc(w->out, '>');
		w->owed = OWED_BLANK;
		break;
	default:
		markdown_inline_close(w, f);
		break;
	}
}

/* -------------------------------------------------------------------- walk */

/* Inlines right below a block that holds blocks: they make a paragraph of their own. */
static bool begins_paragraph(const struct markdown_writer *w, uint32_t node)
{
	enum node_kind parent = kind_at(w, parent_of(w, node));

	if (!node_kind_is_block(parent) || parent == 0 || is_inline_at(w, prev_of(w, node)))
		return false;
	return parent != NODE_PARAGRAPH && parent != NODE_HEADING && !(parent == NODE_TABLE_CELL && w->in_cell);
}

static void open_cell(struct markdown_writer *w, uint32_t node)
{
	if (kind_at(w, parent_of(w, node)) != NODE_TABLE_ROW)
		return;
	buf_addz(w->out, "| ");
	w->in_cell = w->one_line = true;
	w->line_start = false;
}

/* Opens or writes a block; true when its children are written. */
static bool enter_block(struct markdown_writer *w, uint32_t node)
{
	switch (kind_at(w, node)) {
	case NODE_HEADING:
		open_heading(w, node);
		w->line_start = false;
		return false;
	case NODE_PARAGRAPH:
		if (tree_first(w->tree, node) != TREE_NONE)
			markdown_begin_block(w, node);
		return false;
	case NODE_BLOCK_QUOTE:
		open_quote(w, node);
		return false;
	case NODE_LIST:
		open_list(w, node);
		return false;
	case NODE_ITEM:
		open_item(w, node);
		return false;
	case NODE_CODE_BLOCK:
		markdown_code_block(w, node);
		return true;
	case NODE_HTML_BLOCK:
		markdown_html_block(w, node);
		return true;
	case NODE_THEMATIC_BREAK:
		markdown_thematic_break(w, node);
		return true;
	case NODE_TABLE:
		markdown_begin_block(w, node);
		return false;
	case NODE_TABLE_ROW:
		if (kind_at(w, parent_of(w, node)) == NODE_TABLE)
			markdown_row_open(w, node);
		return false;
	case NODE_TABLE_CELL:
		open_cell(w, node);
		return false;
	case NODE_FOOTNOTE_DEFINITION:
		open_footnote(w, node);
		return false;
	case NODE_CONTAINER:
		open_container(w, node);
		return false;
	default:
		return false;
	}
}

static void leave_block(struct markdown_writer *w, uint32_t node)
{
	switch (kind_at(w, node)) {
	case NODE_HEADING:
		w->one_line = false;
		markdown_trim(w);
		markdown_attributes(w, node, "\n");
		w->owed = OWED_LINE;
		break;
	case NODE_PARAGRAPH:
		if (tree_first(w->tree, node) == TREE_NONE)
			break;
		markdown_trim(w);
		markdown_attributes(w, node, "\n");
		w->owed = OWED_LINE;
		break;
	case NODE_TABLE:
		markdown_attributes(w, node, "\n");
		w->owed = OWED_BLANK;
		break;
	case NODE_TABLE_ROW:
		if (kind_at(w, parent_of(w, node)) == NODE_TABLE)
			markdown_row_close(w, node);
		break;
	case NODE_TABLE_CELL:
		if (!w->in_cell)
			break;
		buf_addc(w->out, ' ');
		w->in_cell = w->one_line = false;
		break;
	default:
		break;
	}
}

static void leave(struct markdown_writer *w, uint32_t node)
{
	bool block = node_kind_is_block(kind_at(w, node));

	if (w->n_frames && top_frame(w)->node == node) {
		struct markdown_frame f = *top_frame(w);
		w->n_frames--;
		close_frame(w, &f);
	}
	if (block)
		leave_block(w, node);
	else if (node != w->root && !w->one_line && node_kind_is_block(kind_at(w, w->tree->nodes[node].parent)))
		w->owed = OWED_LINE;
}

/* Returns where to go on. */
static uint32_t enter(struct markdown_writer *w, uint32_t node)
{
	bool skip = false;

	if (markdown_needs_html(w, node)) {
		markdown_as_html(w, node);
		skip = true;
	} else if (!node_kind_is_block(kind_at(w, node))) {
		if (begins_paragraph(w, node))
			markdown_begin_block(w, node);
		else
			w->owed = OWED_NOTHING;
		markdown_inline_open(w, node, &skip);
	} else {
		skip = enter_block(w, node);
	}
	return skip ? w->tree->nodes[node].end : node + 1;
}

static void write_subtree(struct markdown_writer *w, uint32_t root)
{
	const struct tree *t = w->tree;
	uint32_t i = root, end = t->nodes[root].end, next, open;

	while (i < end && buf_ok(w->out)) {
		next = enter(w, i);
		for (open = i; t->nodes[open].end == next && buf_ok(w->out); open = t->nodes[open].parent) {
			leave(w, open);
			if (open == root)
				break;
		}
		i = next;
	}
}

static void write_front_matter(struct buf *out, struct record *r)
{
	struct str text = record_front_matter_text(r);
	const struct value *meta = text.n ? NULL : record_meta(r);
	size_t start = out->n;

	if (text.n)
		buf_adds(out, text);
	else if (meta && meta->kind == VALUE_MAP)
		yaml_write(out, meta);
	if (out->n > start && out->p[out->n - 1] != '\n')
		buf_addc(out, '\n');
	if (out->n > start)
		buf_addc(out, '\n');
}

void write_markdown(struct buf *out, struct record *r, uint32_t node, unsigned flags)
{
	struct markdown_writer w = { .out = out, .tree = record_tree(r), .root = node };

	if (!w.tree) {
		out->failed = true;
		return;
	}
	if (node >= w.tree->n_nodes)
		return;
	if (node == 0 && (flags & WRITE_FRONT_MATTER))
		write_front_matter(out, r);
	w.start = out->n;
	buf_init(&w.prefix, out->heap, 0);
	write_subtree(&w, node);
	markdown_trim(&w);
	if (out->n > w.start && node_kind_is_block(kind_at(&w, node)))
		buf_addc(out, '\n');
	buf_release(&w.prefix);
	if (w.frames)
		mem_free(out->heap, w.frames, w.cap_frames * sizeof(*w.frames));
}
