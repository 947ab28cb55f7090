/*
 * structure_table.c - rows and cells of HTML tables: what they close and
 * imply, which row is a header, spans and alignment.
 */
#include "doc/structure_private.h"

size_t structure_open_table(const struct structure *s)
{
	size_t table = structure_find_open(s, NODE_TABLE, true);

	return table && s->open[table].by != OPEN_MARKDOWN ? table : 0;
}

static bool is_row_group(const struct open_node *entry)
{
	return structure_is_name(entry, "thead") || structure_is_name(entry, "tbody") ||
	       structure_is_name(entry, "tfoot");
}

void structure_start_row(struct structure *s, const char *name, const struct element_attr *attrs, size_t n,
			 uint32_t from, uint8_t flags)
{
	size_t table = structure_open_table(s);
	bool header = false;

	if (!table) { /* no row without a table */
		uint32_t index = structure_open_block(s, NODE_CONTAINER, name, from, flags);
		tree_set_text(&s->build, index, str_of(name));
		return;
	}
	size_t keep = table + 1;
	for (; keep < s->n_open && is_row_group(&s->open[keep]); keep++)
		header = s->open[keep].header;
	structure_pop_to(s, keep, from);
	structure_push(s, NODE_TABLE_ROW, OPEN_HTML, name, from);
	structure_top(s)->header = header;
	structure_top(s)->filled = header; /* a cell of another kind does not change it */
	structure_mark_exact(s, structure_top(s)->node, flags);
	structure_add_attrs(s, structure_top(s)->node, attrs, n, NULL);
}

static uint8_t align_of(const struct element_attr *attrs, size_t n)
{
	struct str align = structure_attr(attrs, n, "align"), style = structure_attr(attrs, n, "style");

	if (!align.p && style.p) {
		const char *p = memmem(style.p, style.n, "text-align", 10);
		if (p) {
			align = str_trim(str_slice(p + 10, style.p + style.n));
			while (align.n && (*align.p == ':' || *align.p == ' '))
				align.p++, align.n--;
		}
	}
	if (str_starts(align, STR_LIT("left")))
		return 'l';
	if (str_starts(align, STR_LIT("right")))
		return 'r';
	return str_starts(align, STR_LIT("center")) ? 'c' : 0;
}

void structure_start_cell(struct structure *s, const char *name, const struct element_attr *attrs, size_t n,
			  uint32_t from, uint8_t flags)
{
	size_t row = structure_find_open(s, NODE_TABLE_ROW, true), table = structure_open_table(s);

	if (!table) {
		uint32_t index = structure_open_block(s, NODE_CONTAINER, name, from, flags);
		tree_set_text(&s->build, index, str_of(name));
		return;
	}
	if (row > table) {
		structure_pop_to(s, row + 1, from);
	} else {
		structure_pop_to(s, table + 1, from);
		structure_push(s, NODE_TABLE_ROW, OPEN_IMPLIED, NULL, from);
		row = s->n_open - 1;
	}
	struct open_node *entry = &s->open[row];
	if (entry->by != OPEN_MARKDOWN && !(entry->filled && entry->header)) {
		bool th = name[1] == 'h';
		entry->header = th && (entry->header || !entry->filled);
		entry->filled = !entry->header; /* one td is enough to make it a row of the body */
	}
	structure_push(s, NODE_TABLE_CELL, OPEN_HTML, name, from);
	uint32_t index = structure_top(s)->node;
	struct node *cell = tree_node(&s->build, index);
	if (!cell || index == TREE_NONE)
		return;
	cell->flags |= flags & NODE_LINE_ONLY;
	cell->align = align_of(attrs, n);
	cell->colspan = (uint16_t)structure_number(structure_attr(attrs, n, "colspan"), 1, 1000, 1);
	cell->rowspan = (uint16_t)structure_number(structure_attr(attrs, n, "rowspan"), 0, 65534, 1);
	if (cell->rowspan == 0)
		cell->rowspan = 65534; /* to the end of the table */
	structure_add_attrs(s, index, attrs, n, " align colspan rowspan ");
}
