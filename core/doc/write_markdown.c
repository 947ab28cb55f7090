/*
 * write_markdown.c - a subtree as canonical Markdown: the walk and the
 * blocks.
 *
 * What Markdown has no form for (figures, tables with
 * spans) is written as HTML that our dialect reads back as the same nodes.
 * Lines of nested containers repeat a prefix; beyond a limit containers are
 * written as their content, so that the output stays linear.
 */
#include "base/value.h"
#include "doc/frontmatter.h"
#include "doc/write.h"
#include "doc/write_markdown.h"

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

/* --------------------------------------------------------------- neighbours */

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
	return node != TREE_NONE && !node_kind_is_block(tree_kind(w->tree, node));
}

static bool stands_tight(const struct markdown_writer *w, uint32_t node)
{
	uint32_t parent = parent_of(w, node), list;

	if (tree_kind(w->tree, node) == NODE_ITEM)
		return tree_kind(w->tree, parent) == NODE_LIST && (w->tree->nodes[parent].flags & NODE_TIGHT);
	if (tree_kind(w->tree, parent) != NODE_ITEM)
		return false;
	list = w->tree->nodes[parent].parent;
	return tree_kind(w->tree, list) == NODE_LIST && (w->tree->nodes[list].flags & NODE_TIGHT) &&
	       markdown_may_touch(w, prev_of(w, node), node);
}

/* Whatever must stand between the last block and this one. */
void markdown_begin_block(struct markdown_writer *w, uint32_t node)
{
	bool tight = node != TREE_NONE && stands_tight(w, node);

	if (w->owed != OWED_NOTHING) {
		markdown_trim(w);
		if (!tight || (w->owed == OWED_BLANK && tree_kind(w->tree, node) != NODE_ITEM))
			markdown_blank_line(w);
		markdown_newline(w);
		if (tight && markdown_comment_parts(w, prev_of(w, node), node)) {
			buf_addz(w->out, "<!-- -->");
			markdown_newline(w);
		}
	}
	w->owed = OWED_NOTHING;
	w->line_start = true;
}

/* -------------------------------------------------------------------- walk */

/* Inlines right below a block that holds blocks: they make a paragraph of their own. */
static bool begins_paragraph(const struct markdown_writer *w, uint32_t node)
{
	enum node_kind parent = tree_kind(w->tree, parent_of(w, node));

	if (!node_kind_is_block(parent) || parent == 0 || is_inline_at(w, prev_of(w, node)))
		return false;
	return parent != NODE_PARAGRAPH && parent != NODE_HEADING && !(parent == NODE_TERM && w->one_line) &&
	       !(parent == NODE_TABLE_CELL && w->in_cell);
}

static void open_cell(struct markdown_writer *w, uint32_t node)
{
	if (tree_kind(w->tree, parent_of(w, node)) != NODE_TABLE_ROW)
		return;
	buf_addz(w->out, "| ");
	w->in_cell = w->one_line = true;
	w->line_start = false;
}

/* Opens or writes a block; true when its children are written. */
static bool enter_block(struct markdown_writer *w, uint32_t node)
{
	switch (tree_kind(w->tree, node)) {
	case NODE_HEADING:
		markdown_open_heading(w, node);
		return false;
	case NODE_PARAGRAPH:
		if (tree_first(w->tree, node) != TREE_NONE)
			markdown_begin_block(w, node);
		markdown_wrap_begin(w);
		return false;
	case NODE_BLOCK_QUOTE:
	case NODE_LIST:
	case NODE_ITEM:
	case NODE_FOOTNOTE_DEFINITION:
	case NODE_CONTAINER:
		markdown_open_container(w, node);
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
	case NODE_DEFINITION_LIST:
		markdown_begin_block(w, node);
		return false;
	case NODE_TERM:
		if (tree_kind(w->tree, parent_of(w, node)) == NODE_DEFINITION_LIST)
			markdown_open_term(w, node);
		return false;
	case NODE_DEFINITION:
		if (tree_kind(w->tree, parent_of(w, node)) == NODE_DEFINITION_LIST)
			markdown_open_definition(w, node);
		return false;
	case NODE_TABLE_ROW:
		if (tree_kind(w->tree, parent_of(w, node)) == NODE_TABLE)
			markdown_row_open(w, node);
		return false;
	case NODE_TABLE_CELL:
		open_cell(w, node);
		return false;
	default:
		return false;
	}
}

static void leave_block(struct markdown_writer *w, uint32_t node)
{
	switch (tree_kind(w->tree, node)) {
	case NODE_HEADING:
		markdown_close_heading(w, node);
		break;
	case NODE_PARAGRAPH:
		if (tree_first(w->tree, node) == TREE_NONE)
			break;
		markdown_trim(w);
		markdown_wrap_end(w);
		markdown_attributes(w, node, "\n");
		w->owed = OWED_LINE;
		break;
	case NODE_TABLE:
	case NODE_DEFINITION_LIST:
		markdown_attributes(w, node, "\n");
		w->owed = OWED_BLANK;
		break;
	case NODE_TERM:
		w->one_line = false;
		break;
	case NODE_TABLE_ROW:
		if (tree_kind(w->tree, parent_of(w, node)) == NODE_TABLE)
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
	const bool block = node_kind_is_block(tree_kind(w->tree, node)) || markdown_is_element(w, node);

	if (w->n_frames && top_frame(w)->node == node) {
		struct markdown_frame f = *top_frame(w);
		w->n_frames--;
		markdown_close_container(w, &f);
	}
	if (block)
		leave_block(w, node);
	else if (node != w->root && !w->one_line && node_kind_is_block(tree_kind(w->tree, w->tree->nodes[node].parent)))
		w->owed = OWED_LINE;
}

/* Returns where to go on. */
static uint32_t enter(struct markdown_writer *w, uint32_t node)
{
	bool skip = false;

	if (markdown_needs_html(w, node)) {
		markdown_as_html(w, node);
		skip = true;
	} else if (markdown_is_element(w, node)) {
		markdown_open_container(w, node);
	} else if (!node_kind_is_block(tree_kind(w->tree, node))) {
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

/* From where our text begins; again, where something was written there before. */
static void write_pass(struct markdown_writer *w, size_t wrap)
{
	if (w->out->n > w->start)
		buf_truncate(w->out, w->start);
	buf_truncate(&w->prefix, 0);
	w->n_frames = w->n_breaks = w->depth_emph = w->depth_link = 0;
	w->owed = OWED_NOTHING;
	w->closed_marker = 0;
	w->line_start = w->one_line = w->in_heading = w->in_cell = false;
	w->wrap = wrap;
	write_subtree(w, w->root);
	markdown_trim(w);
	if (w->out->n > w->start && node_kind_is_block(tree_kind(w->tree, w->root)))
		buf_addc(w->out, '\n');
}

/*
 * As the rules say; blocks that are read otherwise without bare links, then with every mark escaped; and those that
 * this does not help as before.
 */
static void write_checked(struct markdown_writer *w, size_t wrap)
{
	write_pass(w, 0);
	for (int round = 1; round <= 3 && markdown_check(w, round); round++)
		if (round < 3 || wrap == 0)
			write_pass(w, 0);
	if (wrap)
		write_pass(w, wrap); /* which changes line ends on purpose */
}

void write_markdown(struct buf *out, struct record *r, uint32_t node, unsigned flags)
{
	struct markdown_writer w = {
		.out = out, .tree = record_tree(r), .root = node, .left_out = markdown_parts_left_out(r)
	};

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
	w.forms = mem_new_zero(out->heap, w.tree->nodes[node].end - node);
	if (!w.forms) {
		out->failed = true;
		return;
	}
	markdown_find_forms(&w);
	write_checked(&w, flags >> WRITE_WRAP_SHIFT);
	buf_release(&w.prefix);
	if (w.breaks)
		mem_free(out->heap, w.breaks, w.cap_breaks * sizeof(*w.breaks));
	mem_free(out->heap, w.forms, w.tree->nodes[node].end - node);
	if (w.frames)
		mem_free(out->heap, w.frames, w.cap_frames * sizeof(*w.frames));
}
