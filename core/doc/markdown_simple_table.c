/*
 * markdown_simple_table.c - tables for markdown_simple.h: at the top level, a blank line behind the last row.
 *
 * The rules are prepare_table.c's, which reads all others.
 */
#include "doc/markdown_simple_private.h"

#include "doc/lines.h"
#include "doc/prepare.h"

/* The first cell of a row without blanks at its ends. */
static const char *cells_begin(struct str row)
{
	return *row.p == '|' ? row.p + 1 : row.p;
}

static size_t count_cells(struct str row)
{
	const char *at = cells_begin(row), *end = row.p + row.n;
	struct str cell;
	size_t n = 0;

	while (table_next_cell(&at, end, &cell))
		n++;
	return n;
}

/* The line at p as a row, without blanks at its ends; bars in templates and escaped ones make it empty. */
static struct str read_row(const struct simple *s, const char *p, const char **next)
{
	const char *newline = p < s->end ? memchr(p, '\n', (size_t)(s->end - p)) : NULL;
	const char *end = newline ? newline : s->end;

	*next = end;
	if (p >= s->end || ((s->templates || s->lists) && memchr(p, '{', (size_t)(end - p))) ||
	    bytes_find_pair(p, end, '\\', '|'))
		return STR_EMPTY;
	return str_trim(str_slice(p, end));
}

/* Those of the delimiter row; p NULL when it is none, or memory is refused. */
static struct str read_aligns(struct simple *s, struct str row)
{
	const size_t n = row.n && memchr(row.p, '|', row.n) ? count_cells(row) : 0;
	char *aligns = n ? arena_alloc(s->scratch, n) : NULL;
	const char *at = n ? cells_begin(row) : row.p, *end = row.p + row.n;
	struct str cell;

	s->failed = s->failed || (n && !aligns);
	for (size_t i = 0; aligns && i < n && table_next_cell(&at, end, &cell); i++)
		if (!(aligns[i] = table_align(cell)))
			return (struct str){ NULL, 0 };
	return (struct str){ aligns, aligns ? n : 0 };
}

/* Where the last row ends, p being where the delimiter row does; NULL: it is not simple. */
static const char *find_end(const struct simple *s, const char *p)
{
	struct line line;
	const char *next;

	while (p < s->end && line_read(str_slice(s->begin, s->end), p + 1, &line) && !line.blank) {
		/* a tag alone is no row */
		if (line.quotes > 0 || line.column > 0 || *line.content == '<' || line_starts_block(&line) ||
		    read_row(s, p + 1, &next).n == 0 || (s->notes.n > 0 && bytes_find_pair(p, next, '[', '^')))
			return NULL;
		p = next;
	}
	return p;
}

/* One that the row has not got is nowhere. */
static bool add_cell(struct simple *s, const struct str *cell, char align)
{
	const uint32_t from = cell ? simple_offset(s, cell->p) : TREE_NONE;
	const uint32_t to = cell ? simple_offset(s, cell->p + cell->n) : TREE_NONE;
	const uint32_t node = simple_open(s, NODE_TABLE_CELL, from);

	simple_set_align(s, node, align == '-' ? 0 : (uint8_t)align);
	if (cell && !simple_inlines(s, cell->p, cell->p + cell->n, cell->p + cell->n))
		return false;
	simple_close(s, to);
	return true;
}

static bool add_row(struct simple *s, struct str row, struct str aligns, bool header)
{
	const char *at = cells_begin(row), *end = row.p + row.n;
	const uint32_t node = simple_open(s, NODE_TABLE_ROW, simple_offset(s, row.p));
	struct str cell;

	if (header)
		simple_add_flags(s, node, NODE_HEADER);
	for (size_t i = 0; i < aligns.n; i++)
		if (!add_cell(s, table_next_cell(&at, end, &cell) ? &cell : NULL, aligns.p[i]))
			return false;
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

/* Does the line below look like a delimiter row at a glance? "- | -" is an item of a list. */
static bool has_row_below(const struct simple *s, const struct simple_row *row)
{
	const char *p = row->end + 1;

	return p < s->end && strchr("|:-", *p) && !(*p == '-' && p + 1 < s->end && ascii_is_blank(p[1]));
}

enum simple_taken simple_take_table(struct simple *s, struct simple_row *row)
{
	const char *next, *last;

	if (!(s->parts & DIALECT_TABLES) || row->content != s->at || !has_row_below(s, row))
		return TAKEN_NOT;
	const struct str head = read_row(s, s->at, &next);
	const struct str aligns = head.n && next == row->end ? read_aligns(s, read_row(s, next + 1, &last)) : STR_EMPTY;
	if (aligns.n == 0 || count_cells(head) != aligns.n || !(last = find_end(s, last)))
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

bool simple_take_table_below(struct simple *s, struct simple_row *row)
{
	const char *newline = memrchr(s->text, '\n', (size_t)(s->text_to - s->text));

	/* the paragraph ends with its last inline, before blanks, breaks, attribute lists */
	if (s->n_open > 0 || !newline || strchr(" \t\\}", newline[-1]) || s->text_close)
		return false;
	s->text_to = newline;
	s->at = newline + 1;
	return simple_match(s, row, s->at) && simple_take_table(s, row) == TAKEN;
}
