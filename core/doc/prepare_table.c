/*
 * prepare_table.c - stage two of prepare.h: GFM tables (its section 4.10).
 *
 * A header row, a delimiter row of as many cells, and the lines after it
 * until a blank one or another block, a tag alone on its line among them.  The
 * cells go to the front as paragraphs, one placeholder stays.
 */
#include "base/ascii.h"
#include "doc/html_balance.h"
#include "doc/prepare_lines_private.h"

bool table_next_cell(const char **at, const char *end, struct str *cell)
{
	const char *p = *at;

	if (p >= end)
		return false;
	/* as GFM has it, a backslash right before a bar hides it, "\\\\|" too */
	while ((p = p < end ? memchr(p, '|', (size_t)(end - p)) : NULL) && p > *at && p[-1] == '\\')
		p++;
	p = p ? p : end;
	*cell = str_trim(str_slice(*at, p));
	*at = p < end ? p + 1 : end;
	return true;
}

/* Leading bar stepped over, trailing blanks cut off. */
static const char *row_start(struct str *row)
{
	*row = str_trim(*row);
	return row->n && *row->p == '|' ? row->p + 1 : row->p;
}

static size_t count_cells(struct str row)
{
	const char *at = row_start(&row);
	const char *end = row.p + row.n;
	struct str cell;
	size_t n = 0;

	while (table_next_cell(&at, end, &cell))
		n++;
	return n;
}

static bool has_bar(struct str row)
{
	const char *at = row.p, *end = row.p + row.n;
	struct str cell;

	table_next_cell(&at, end, &cell);
	return at < end || (row.n && row.p[row.n - 1] == '|');
}

char table_align(struct str cell)
{
	size_t i = 0, n = cell.n;

	if (n == 0)
		return 0;
	bool left = cell.p[0] == ':', right = n > 1 && cell.p[n - 1] == ':';
	size_t from = left ? 1 : 0, to = right ? n - 1 : n;
	for (i = from; i < to; i++)
		if (cell.p[i] != '-')
			return 0;
	if (from >= to)
		return 0;
	return left ? (right ? 'c' : 'l') : (right ? 'r' : '-');
}

/* The alignments of a delimiter row, p NULL when the row is none. */
static struct str read_delimiter(struct pass *s, struct str row)
{
	const struct str none = { NULL, 0 };

	row = str_trim(row);
	if (row.n == 0 || !strchr("|:-", *row.p))
		return none;
	for (size_t i = 0; i < row.n; i++)
		if (!strchr("|:- \t", row.p[i]))
			return none;
	size_t n = count_cells(row);
	char *aligns = arena_alloc(s->p->arena, n + 1);
	if (!aligns)
		return none;
	const char *at = row_start(&row), *end = row.p + row.n;
	struct str cell;
	for (size_t i = 0; i < n && table_next_cell(&at, end, &cell); i++)
		if (!(aligns[i] = table_align(cell)))
			return none;
	return (struct str){ aligns, n };
}

static bool add_row(struct pass *s, struct str row, size_t n_columns)
{
	struct prepared *p = s->p;
	struct prepared_row *r = PREPARE_PUSH(p, rows, n_rows, cap_rows);

	if (!r)
		return false;
	row = str_trim(row);
	*r = (struct prepared_row){ .first_cell = (uint32_t)p->n_cells,
				    .from = (uint32_t)(row.p - s->text.p),
				    .to = (uint32_t)(row.p + row.n - s->text.p) };
	const char *at = row_start(&row), *end = row.p + row.n;
	struct str cell;
	while (r->n_cells < n_columns && table_next_cell(&at, end, &cell)) {
		struct prepared_cell *c = PREPARE_PUSH(p, cells, n_cells, cap_cells);
		if (!c)
			return false;
		*c = (struct prepared_cell){ .source = cell,
					     .from = (uint32_t)(cell.p - s->text.p),
					     .to = (uint32_t)(cell.p + cell.n - s->text.p),
					     .paragraph = pass_put_cell(s, cell, true) };
		r->n_cells++;
	}
	return true;
}

/* One tag and nothing else: raw HTML, which may not interrupt a paragraph, but a table (CommonMark 4.6, condition 7). */
static bool is_lone_tag(const struct line *line)
{
	const char *p = line->content, *behind;

	if (*p++ != '<')
		return false;
	p += p < line->end && *p == '/';
	if (p == line->end || !ascii_is_letter(*p))
		return false;
	while (p < line->end && (ascii_is_alnum(*p) || *p == '-'))
		p++;
	behind = balance_tag_end(p, line->end);
	return behind && str_trim(str_slice(behind, line->end)).n == 0;
}

/* May this line be a row of the table whose header stands at head? */
static bool is_row(const struct pass *s, const struct line *line, const struct place *head)
{
	return !line->blank && !pass_is_attributes(s, line) && !note_begins(s, line) && pass_is_beside(line, head) &&
	       !line_starts_block(line) && !is_lone_tag(line);
}

/* Dashes alone make a heading of the line above. */
static bool is_underline(const struct line *line)
{
	const char *p = line->content;

	while (p < line->end && *p == '-')
		p++;
	return p > line->content && str_trim(str_slice(p, line->end)).n == 0;
}

/* The rows from *next on; *end is where the last one ends. */
static bool take_rows(struct pass *s, const struct place *head, size_t n_columns, const char **next, const char **end)
{
	struct line line;

	while (pass_line(s, *next, &line) && is_row(s, &line, head)) {
		if ((s->n_cells += n_columns) > PREPARE_MAX_CELLS) {
			s->p->cells_limited = true;
			return true;
		}
		if (!add_row(s, str_slice(line.content, line.end), n_columns))
			return false;
		*end = line.end;
		*next = line.next;
	}
	return true;
}

const char *table_take(struct pass *s, const struct place *head, const struct line *delimiter)
{
	struct prepared *p = s->p;
	struct str header = str_slice(head->line.inner, head->line.end);
	struct str aligns = read_delimiter(s, str_slice(delimiter->content, delimiter->end));
	const char *end = delimiter->end, *next = delimiter->next;
	uint32_t first_row = (uint32_t)p->n_rows;

	if (delimiter->inner != delimiter->content) /* "- | -" is an item of a list */
		return NULL;
	if (!aligns.p || aligns.n == 0 || count_cells(header) != aligns.n || is_underline(delimiter) ||
	    !(has_bar(header) || has_bar(str_slice(delimiter->content, delimiter->end))) ||
	    s->n_cells + aligns.n > PREPARE_MAX_CELLS)
		return NULL;
	if (!add_row(s, header, aligns.n))
		goto refused;
	s->n_cells += aligns.n;
	if (!take_rows(s, head, aligns.n, &next, &end))
		goto refused;
	struct prepared_table *table = PREPARE_PUSH(p, tables, n_tables, cap_tables);
	if (!table)
		goto refused;
	*table = (struct prepared_table){ aligns, first_row, (uint32_t)p->n_rows - first_row };
	struct held *held = pass_hold_lines(s, HELD_TABLE, head->line.inner, end);
	if (held)
		held->first = (uint32_t)p->n_tables - 1;
	pass_part(s, next, head);
	return next;
refused:
	p->failed = true;
	return NULL;
}
