/*
 * write_html_table.c - tables of the HTML writer, as GitHub lays them out:
 * the header rows at the top are the head, all others the body.
 */
#include "doc/write_html.h"

static bool is_head_row(const struct html_writer *w, uint32_t node)
{
	return html_kind(w, node) == NODE_TABLE_ROW && (w->tree->nodes[node].flags & NODE_HEADER);
}

void html_open_table(struct html_writer *w, uint32_t node)
{
	uint32_t row = tree_first(w->tree, node);
	uint32_t *rows = mem_grow(w->out->heap, w->body_rows, &w->cap_tables, w->n_tables + 1, sizeof(*rows));

	if (!rows) {
		w->out->failed = true;
		return;
	}
	while (row != TREE_NONE && (html_kind(w, row) != NODE_TABLE_ROW || is_head_row(w, row)))
		row = tree_next(w->tree, row);
	w->body_rows = rows;
	w->body_rows[w->n_tables++] = row;
	html_fresh_line(w);
	html_open_tag(w, node, "table");
	buf_addc(w->out, '\n');
}

void html_close_table(struct html_writer *w)
{
	if (w->n_tables)
		w->n_tables--;
	html_fresh_line(w);
	html_add(w, "</table>\n");
}

static uint32_t neighbour_row(const struct html_writer *w, uint32_t row, bool forward)
{
	do {
		row = forward ? tree_next(w->tree, row) : tree_prev(w->tree, row);
	} while (row != TREE_NONE && html_kind(w, row) != NODE_TABLE_ROW);
	return row;
}

/* Whether the row is in a table being written; *body is then its first body row. */
static bool row_in_table(const struct html_writer *w, uint32_t node, uint32_t *body)
{
	*body = w->n_tables ? w->body_rows[w->n_tables - 1] : TREE_NONE;
	return node != w->root && w->n_tables && html_kind(w, w->tree->nodes[node].parent) == NODE_TABLE;
}

void html_open_row(struct html_writer *w, uint32_t node)
{
	uint32_t body;

	html_fresh_line(w);
	if (row_in_table(w, node, &body)) {
		if (node == body)
			html_add(w, "<tbody>\n");
		else if (node < body && neighbour_row(w, node, false) == TREE_NONE)
			html_add(w, "<thead>\n");
	}
	html_open_tag(w, node, "tr");
	buf_addc(w->out, '\n');
}

void html_close_row(struct html_writer *w, uint32_t node)
{
	uint32_t body, next;

	html_fresh_line(w);
	html_add(w, "</tr>\n");
	if (!row_in_table(w, node, &body))
		return;
	next = neighbour_row(w, node, true);
	if (node < body && next == body && next != TREE_NONE)
		html_add(w, "</thead>\n");
	if (next == TREE_NONE)
		html_add(w, node < body ? "</thead>\n" : "</tbody>\n");
}

static const char *cell_tag(const struct html_writer *w, uint32_t node)
{
	return node != w->root && is_head_row(w, w->tree->nodes[node].parent) ? "th" : "td";
}

void html_open_cell(struct html_writer *w, uint32_t node)
{
	const struct node *n = &w->tree->nodes[node];
	struct field align = tree_field(w->tree, node, STR_LIT("align"));

	html_fresh_line(w);
	buf_addc(w->out, '<');
	html_add(w, cell_tag(w, node));
	if (align.type == FIELD_STRING)
		html_attribute(w, "align", align.string);
	if (n->colspan > 1)
		buf_addf(w->out, " colspan=\"%u\"", n->colspan);
	if (n->rowspan > 1)
		buf_addf(w->out, " rowspan=\"%u\"", n->rowspan);
	html_attributes(w, node);
	buf_addc(w->out, '>');
	if (html_is_block(w, tree_first(w->tree, node)))
		buf_addc(w->out, '\n');
}

void html_close_cell(struct html_writer *w, uint32_t node)
{
	if (html_is_block(w, w->tree->nodes[node].last))
		html_fresh_line(w);
	html_close_tag(w, cell_tag(w, node));
	buf_addc(w->out, '\n');
}
