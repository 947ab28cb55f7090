/*
 * markdown_simple_table.c - tables for markdown_simple.h: at the top level, each row from bar to bar in the first
 * column and with as many cells as its head, a blank line behind the last.
 *
 * The rules are prepare_table.c's, which reads all others.
 */
#include "doc/markdown_simple_private.h"

#include "doc/prepare.h"

static size_t count_cells(struct str row)
{
	const char *at = row.p + 1, *end = row.p + row.n;
	struct str cell;
	size_t n = 0;

	while (table_next_cell(&at, end, &cell))
		n++;
	return n;
}

/* The row at p, without blanks at its end; bars in templates and escaped ones, and raw HTML, make it empty. */
static struct str read_row(const struct simple *s, const char *p, const char **next)
{
	const char *newline = memchr(p, '\n', (size_t)(s->end - p));
	const char *end = newline ? newline : s->end;

	*next = end;
	if (p == s->end || *p != '|' || memchr(p, '<', (size_t)(end - p)) || memchr(p, '{', (size_t)(end - p)) ||
	    bytes_find_pair(p, end, '\\', '|'))
		return STR_EMPTY;
	return str_slice(p, trim_end(p, end));
}

/* Those of the delimiter row; p NULL when it is none, or memory is refused. */
static struct str read_aligns(struct simple *s, struct str row)
{
	const size_t n = row.n ? count_cells(row) : 0;
	char *aligns = n ? arena_alloc(s->scratch, n) : NULL;
	const char *at = row.p + 1, *end = row.p + row.n;
	struct str cell;

	s->failed = s->failed || (n && !aligns);
	for (size_t i = 0; aligns && i < n && table_next_cell(&at, end, &cell); i++)
		if (!(aligns[i] = table_align(cell)))
			return (struct str){ NULL, 0 };
	return (struct str){ aligns, aligns ? n : 0 };
}

/* Where the last row ends, p being where the delimiter row does; NULL: not all of them are simple. */
static const char *find_end(const struct simple *s, const char *p, size_t n_columns)
{
	while (p < s->end) {
		const char *line = p + 1, *next;
		const struct str row = read_row(s, line, &next);
		if (row.n == 0)
			return trim_end(line, next) == line ? p : NULL;
		if (count_cells(row) != n_columns)
			return NULL;
		p = next;
	}
	return p;
}

static bool add_row(struct simple *s, struct str row, struct str aligns, bool header)
{
	const char *at = row.p + 1, *end = row.p + row.n;
	const uint32_t node = simple_open(s, NODE_TABLE_ROW, simple_offset(s, row.p));
	struct str cell;

	if (header)
		simple_add_flags(s, node, NODE_HEADER);
	for (size_t i = 0; i < aligns.n && table_next_cell(&at, end, &cell); i++) {
		const uint32_t inner = simple_open(s, NODE_TABLE_CELL, simple_offset(s, cell.p));
		simple_set_align(s, inner, aligns.p[i] == '-' ? 0 : (uint8_t)aligns.p[i]);
		if (!simple_inlines(s, cell.p, cell.p + cell.n, cell.p + cell.n))
			return false;
		simple_close(s, simple_offset(s, cell.p + cell.n));
	}
	simple_close(s, simple_offset(s, end));
	return true;
}

/* How many cells a document may have is for the pass before cmark to say. */
static bool count_all(struct simple *s, const char *from, const char *to, size_t n_columns)
{
	s->n_cells += n_columns;
	for (const char *p = from; (p = memchr(p, '\n', (size_t)(to - p))); p++)
		s->n_cells += n_columns;
	return s->n_cells <= PREPARE_MAX_CELLS;
}

enum simple_taken simple_take_table(struct simple *s, struct simple_row *row)
{
	const char *next, *last;
	const struct str head = row->content == s->at ? read_row(s, s->at, &next) : STR_EMPTY;

	if (head.n == 0 || next == s->end || !(s->parts & DIALECT_TABLES))
		return TAKEN_NOT;
	const struct str aligns = read_aligns(s, read_row(s, next + 1, &last));
	if (aligns.n == 0 || count_cells(head) != aligns.n || !(last = find_end(s, last, aligns.n)))
		return TAKEN_NOT;
	if (!count_all(s, head.p, last, aligns.n)) {
		simple_leave_all(s);
		return TAKEN_LEFT;
	}
	if (!simple_begin_block(s, row))
		return TAKEN_LEFT;
	simple_set_text(s, simple_open(s, NODE_TABLE, simple_offset(s, head.p)), aligns);
	bool is_head = true;
	for (const char *p = head.p - 1; p < last; p = next, is_head = false) {
		const struct str cells = read_row(s, p + 1, &next);
		if (!add_row(s, cells, aligns, is_head))
			return TAKEN_LEFT;
		if (is_head)
			read_row(s, next + 1, &next);
	}
	simple_close(s, simple_offset(s, last));
	row->end = last;
	return s->failed ? TAKEN_LEFT : TAKEN;
}
