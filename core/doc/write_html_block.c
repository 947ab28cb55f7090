/*
 * write_html_block.c - blocks of the HTML writer, with the newlines of
 * CommonMark's reference renderer.
 */
#include "doc/write.h"
#include "doc/write_html.h"

static bool paragraph_is_bare(const struct html_writer *w, uint32_t node)
{
	uint32_t item = node == w->root ? TREE_NONE : w->tree->nodes[node].parent;
	uint32_t list = item == TREE_NONE ? TREE_NONE : w->tree->nodes[item].parent;

	return html_kind(w, item) == NODE_ITEM && html_kind(w, list) == NODE_LIST &&
	       (w->tree->nodes[list].flags & NODE_TIGHT);
}

static const char *heading_tag(const struct node *n)
{
	static const char *const tags[] = { "h1", "h2", "h3", "h4", "h5", "h6" };
	int32_t level = n->number < 1 ? 1 : n->number > 6 ? 6 : n->number;

	return tags[level - 1];
}

static void open_block(struct html_writer *w, uint32_t node, const char *tag)
{
	html_fresh_line(w);
	html_open_tag(w, node, tag);
}

static void close_block(struct html_writer *w, const char *tag)
{
	html_close_tag(w, tag);
	buf_addc(w->out, '\n');
}

static void write_code_block(struct html_writer *w, uint32_t node)
{
	const struct node *n = &w->tree->nodes[node];
	struct str info = tree_str(w->tree, n->extra);
	size_t word = 0;

	while (word < info.n && !(info.p[word] == ' ' || (info.p[word] >= '\t' && info.p[word] <= '\r')))
		word++;
	open_block(w, node, "pre");
	html_add(w, "<code");
	if (word > 0) {
		html_add(w, " class=\"language-");
		html_escape(w->out, (struct str){ info.p, word });
		buf_addc(w->out, '"');
	}
	buf_addc(w->out, '>');
	html_write_literal(w, tree_str(w->tree, n->text));
	html_add(w, "</code></pre>\n");
}

static void open_list(struct html_writer *w, uint32_t node)
{
	const struct node *n = &w->tree->nodes[node];

	html_fresh_line(w);
	html_add(w, n->flags & NODE_ORDERED ? "<ol" : "<ul");
	if ((n->flags & NODE_ORDERED) && n->number != 1) {
		html_add(w, " start=\"");
		buf_add_int(w->out, n->number);
		buf_addc(w->out, '"');
	}
	html_attributes(w, node);
	html_add(w, ">\n");
}

static void open_item(struct html_writer *w, uint32_t node)
{
	unsigned flags = w->tree->nodes[node].flags;

	open_block(w, node, "li");
	if (flags & NODE_TASK)
		html_add(w, flags & NODE_CHECKED ? "<input type=\"checkbox\" checked=\"\" disabled=\"\" /> "
						 : "<input type=\"checkbox\" disabled=\"\" /> ");
}

/* Content may be blocks or inlines: blocks get lines of their own. */
static void after_open(struct html_writer *w, uint32_t node)
{
	if (html_is_block(w, tree_first(w->tree, node)))
		buf_addc(w->out, '\n');
}

static void before_close(struct html_writer *w, uint32_t node)
{
	if (html_is_block(w, w->tree->nodes[node].last))
		html_fresh_line(w);
}

static const char *caption_tag(const struct html_writer *w, uint32_t node)
{
	switch (html_kind(w, w->tree->nodes[node].parent)) {
	case NODE_TABLE:
		return "caption";
	case NODE_FIGURE:
		return "figcaption";
	default:
		return "div";
	}
}

static const char *flow_tag(const struct html_writer *w, uint32_t node)
{
	switch (html_kind(w, node)) {
	case NODE_FIGURE:
		return "figure";
	case NODE_CAPTION:
		return caption_tag(w, node);
	case NODE_DEFINITION_LIST:
		return "dl";
	case NODE_TERM:
		return "dt";
	case NODE_DEFINITION:
		return "dd";
	default:
		return NULL;
	}
}

static void open_flow(struct html_writer *w, uint32_t node)
{
	const char *tag = flow_tag(w, node);

	if (tag) {
		open_block(w, node, tag);
	} else {
		html_fresh_line(w);
		html_open_own_tag(w, node);
	}
	after_open(w, node);
}

static void close_flow(struct html_writer *w, uint32_t node)
{
	const char *tag = flow_tag(w, node);

	before_close(w, node);
	if (tag)
		html_close_tag(w, tag);
	else
		html_close_own_tag(w, node);
	buf_addc(w->out, '\n');
}

static void write_leaf_block(struct html_writer *w, uint32_t node)
{
	switch (html_kind(w, node)) {
	case NODE_CODE_BLOCK:
		write_code_block(w, node);
		break;
	case NODE_HTML_BLOCK:
		html_fresh_line(w);
		html_write_raw(w, node);
		html_fresh_line(w);
		break;
	case NODE_THEMATIC_BREAK:
		html_fresh_line(w);
		html_add(w, "<hr");
		html_attributes(w, node);
		html_add(w, " />\n");
		break;
	default:
		html_open_inline(w, node);
		break;
	}
}

void html_open_node(struct html_writer *w, uint32_t node)
{
	switch (html_kind(w, node)) {
	case NODE_HEADING:
		open_block(w, node, heading_tag(&w->tree->nodes[node]));
		break;
	case NODE_PARAGRAPH:
		if (!paragraph_is_bare(w, node))
			open_block(w, node, "p");
		else if (tree_prev(w->tree, node) != TREE_NONE) /* two in a tight item: apart at least */
			html_fresh_line(w);
		break;
	case NODE_BLOCK_QUOTE:
		open_block(w, node, "blockquote");
		buf_addc(w->out, '\n');
		break;
	case NODE_LIST:
		open_list(w, node);
		break;
	case NODE_ITEM:
		open_item(w, node);
		break;
	case NODE_TABLE:
		html_open_table(w, node);
		break;
	case NODE_TABLE_ROW:
		html_open_row(w, node);
		break;
	case NODE_TABLE_CELL:
		html_open_cell(w, node);
		break;
	case NODE_FIGURE:
	case NODE_CAPTION:
	case NODE_DEFINITION_LIST:
	case NODE_TERM:
	case NODE_DEFINITION:
	case NODE_CONTAINER:
		open_flow(w, node);
		break;
	default:
		write_leaf_block(w, node);
		break;
	}
}

static void close_paragraph(struct html_writer *w, uint32_t node)
{
	uint32_t note = w->note ? w->notes.items[w->note - 1].definition : TREE_NONE;

	if (note != TREE_NONE && w->tree->nodes[note].last == node) {
		buf_addc(w->out, ' ');
		html_write_backlinks(w);
	}
	if (!paragraph_is_bare(w, node))
		close_block(w, "p");
}

void html_close_node(struct html_writer *w, uint32_t node)
{
	switch (html_kind(w, node)) {
	case NODE_HEADING:
		close_block(w, heading_tag(&w->tree->nodes[node]));
		break;
	case NODE_PARAGRAPH:
		close_paragraph(w, node);
		break;
	case NODE_BLOCK_QUOTE:
		html_fresh_line(w);
		close_block(w, "blockquote");
		break;
	case NODE_LIST:
		html_fresh_line(w);
		close_block(w, w->tree->nodes[node].flags & NODE_ORDERED ? "ol" : "ul");
		break;
	case NODE_ITEM:
		close_block(w, "li");
		break;
	case NODE_TABLE:
		html_close_table(w);
		break;
	case NODE_TABLE_ROW:
		html_close_row(w, node);
		break;
	case NODE_TABLE_CELL:
		html_close_cell(w, node);
		break;
	case NODE_FIGURE:
	case NODE_CAPTION:
	case NODE_DEFINITION_LIST:
	case NODE_TERM:
	case NODE_DEFINITION:
	case NODE_CONTAINER:
		close_flow(w, node);
		break;
	default:
		html_close_inline(w, node);
		break;
	}
}
