/*
 * write_markdown_container.c - blocks that hold blocks, and headings.
 *
 * Lines inside repeat a prefix; beyond a limit containers are written as
 * their content, so that the output stays linear.
 */
#include "doc/write_markdown.h"

/* The longest prefix of a line, in bytes. */
#define PREFIX_MAX 240

static struct markdown_frame *top_frame(struct markdown_writer *w)
{
	return &w->frames[w->n_frames - 1];
}

static void push_prefix(struct markdown_writer *w, const char *bytes, size_t spaces)
{
	buf_addz(&w->prefix, bytes);
	buf_add_repeat(&w->prefix, ' ', spaces);
	if (!buf_ok(&w->prefix))
		w->out->failed = true;
}

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
	uint32_t prev = list == w->root ? TREE_NONE : tree_prev(w->tree, list),
		 parent = list == w->root ? TREE_NONE : w->tree->nodes[list].parent;
	char other = 0;

	if (tree_kind(w->tree, prev) == NODE_LIST)
		other = w->closed_marker;
	else if (prev == TREE_NONE && tree_kind(w->tree, parent) == NODE_ITEM && w->n_frames > 1)
		other = w->frames[w->n_frames - 2].marker;
	if (ordered)
		return other == '.' ? ')' : '.';
	return other == '-' ? '*' : '-';
}

/* Attributes stand below a list, but where its last block goes on until a blank line. */
static bool ends_apart(const struct markdown_writer *w, uint32_t list)
{
	uint32_t last = tree_last(w->tree, list);

	if (w->tree->nodes[list].n_attr == 0)
		return false;
	for (;; last = tree_last(w->tree, last)) {
		switch (markdown_needs_html(w, last) ? NODE_HTML_BLOCK : tree_kind(w->tree, last)) {
		case NODE_LIST:
		case NODE_ITEM:
		case NODE_BLOCK_QUOTE:
			break;
		case NODE_TABLE:
		case NODE_DEFINITION_LIST:
		case NODE_HTML_BLOCK:
		case NODE_CONTAINER:
		case NODE_SPAN:
			return true;
		default:
			return false;
		}
	}
}

static void open_list(struct markdown_writer *w, uint32_t node)
{
	char marker = list_marker(w, node);
	int32_t number = w->tree->nodes[node].number;

	if (tree_first(w->tree, node) == TREE_NONE || w->prefix.n > PREFIX_MAX) {
		markdown_push(w, node, CLOSE_NOTHING);
		return;
	}
	if (ends_apart(w, node))
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

static void open_element(struct markdown_writer *w, uint32_t node)
{
	if (markdown_is_plain(w->tree, node)) {
		markdown_push(w, node, CLOSE_NOTHING);
		return;
	}
	markdown_begin_block(w, node);
	if (!markdown_push(w, node, CLOSE_TAG))
		return;
	markdown_tag(w, node, tree_str(w->tree, w->tree->nodes[node].text));
	w->owed = OWED_BLANK;
}

void markdown_open_container(struct markdown_writer *w, uint32_t node)
{
	switch (tree_kind(w->tree, node)) {
	case NODE_BLOCK_QUOTE:
		open_quote(w, node);
		break;
	case NODE_LIST:
		open_list(w, node);
		break;
	case NODE_ITEM:
		open_item(w, node);
		break;
	case NODE_FOOTNOTE_DEFINITION:
		open_footnote(w, node);
		break;
	default:
		open_element(w, node);
		break;
	}
}

/* ---------------------------------------------------------------- headings */

/* Underlined where it has more lines than one. */
void markdown_open_heading(struct markdown_writer *w, uint32_t node)
{
	const int32_t level = w->tree->nodes[node].number;

	markdown_begin_block(w, node);
	w->in_heading = true;
	markdown_push(w, node, CLOSE_NOTHING);
	if (markdown_is_setext(w, node))
		return;
	buf_add_repeat(w->out, '#', (size_t)(level < 1 ? 1 : level > 6 ? 6 : level));
	buf_addc(w->out, ' ');
	w->one_line = true;
	w->line_start = false;
}

void markdown_close_heading(struct markdown_writer *w, uint32_t node)
{
	w->one_line = w->in_heading = false;
	markdown_trim(w);
	if (markdown_is_setext(w, node)) {
		markdown_newline(w);
		buf_addz(w->out, w->tree->nodes[node].number == 1 ? "===" : "---");
	}
	markdown_attributes(w, node, "\n");
	w->owed = OWED_LINE;
}

void markdown_close_container(struct markdown_writer *w, const struct markdown_frame *f)
{
	struct str tag = tree_str(w->tree, w->tree->nodes[f->node].text);

	switch (f->close) {
	case CLOSE_LIST:
		w->closed_marker = f->marker;
		if (!ends_apart(w, f->node))
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
