/*
 * write_markdown_table.c - tables as GitHub's pipe tables, where they can be.
 */
#include "doc/write_markdown.h"

static bool cell_fits(const struct markdown_writer *w, uint32_t cell)
{
	const struct tree *t = w->tree;
	const struct node *n = &t->nodes[cell];

	if (n->kind != NODE_TABLE_CELL || n->n_attr || n->colspan > 1 || n->rowspan > 1)
		return false;
	/* A cell is one line: a softbreak has no form in it, nor a template on several. */
	for (uint32_t i = cell + 1; i < n->end; i++) {
		const struct str s = t->nodes[i].kind == NODE_TEMPLATE ? tree_str(t, t->nodes[i].text) : STR_EMPTY;
		if (s.n && memchr(s.p, '\n', s.n))
			return false;
		if (node_kind_is_block((enum node_kind)t->nodes[i].kind) || t->nodes[i].kind == NODE_SOFTBREAK)
			return false;
	}
	return true;
}

/* Cells one by one below those of the header row, aligned alike, and no more of them. */
static bool row_fits(const struct markdown_writer *w, uint32_t head, uint32_t row)
{
	const struct tree *t = w->tree;
	const struct node *n = &t->nodes[row];
	uint32_t above = tree_first(t, head), cell;

	if (n->kind != NODE_TABLE_ROW || n->n_attr || ((n->flags & NODE_HEADER) != 0) != (row == head))
		return false;
	for (cell = tree_first(t, row); cell != TREE_NONE; cell = tree_next(t, cell)) {
		if (above == TREE_NONE || !cell_fits(w, cell) || t->nodes[cell].align != t->nodes[above].align)
			return false;
		above = tree_next(t, above);
	}
	return true;
}

bool markdown_table_fits(const struct markdown_writer *w, uint32_t table)
{
	const struct tree *t = w->tree;
	uint32_t head = tree_first(t, table);

	if (head == TREE_NONE || tree_first(t, head) == TREE_NONE)
		return false;
	for (uint32_t row = head; row != TREE_NONE; row = tree_next(t, row)) {
		if (!row_fits(w, head, row))
			return false;
	}
	return true;
}

void markdown_row_open(struct markdown_writer *w, uint32_t row)
{
	if (tree_prev(w->tree, row) != TREE_NONE)
		markdown_newline(w);
}

static const char *delimiter(char align)
{
	switch (align) {
	case 'l':
		return " :--- |";
	case 'c':
		return " :---: |";
	case 'r':
		return " ---: |";
	default:
		return " --- |";
	}
}

void markdown_row_close(struct markdown_writer *w, uint32_t row)
{
	const struct tree *t = w->tree;
	uint32_t head = tree_first(t, tree_parent(t, row));

	/* Readers fill short rows themselves; one empty cell keeps an empty row a row. */
	if (tree_first(t, row) == TREE_NONE)
		buf_addz(w->out, "|  ");
	buf_addc(w->out, '|');
	if (row != head)
		return;
	markdown_newline(w);
	buf_addc(w->out, '|');
	for (uint32_t cell = tree_first(t, row); cell != TREE_NONE; cell = tree_next(t, cell))
		buf_addz(w->out, delimiter((char)t->nodes[cell].align));
}
