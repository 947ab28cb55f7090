/*
 * prepare_lines.c - stage two of prepare.h: GFM tables and footnote
 * definitions.
 *
 * A table is a header row, a delimiter row of as many cells, and the lines
 * after it until a blank one or another block (GFM 4.10).  Its cells go to
 * the front as paragraphs "x CELL"; a footnote's content goes there as
 * an item of a list.  Both leave one placeholder.  Lines inside fences are
 * stepped over.
 */
#include "doc/prepare.h"

#include "doc/lines.h"

struct pass {
	struct prepared *p;
	struct str text;
	const char *copied; /* everything before is in body */
	struct buf cells, notes, body;
	struct segment_map cell_map, note_map, body_map;
	struct fence fence;
	size_t n_cells; /* given and to be padded */
	int items[32];  /* columns where the content of the list items around begins */
	size_t n_items; /* deeper ones are not counted */
	int items_in;   /* the block quotes they stand in */
};

static void put(struct pass *s, struct buf *out, struct segment_map *map, struct str piece)
{
	segment_add(map, out->n, (size_t)(piece.p - s->text.p), true);
	buf_adds(out, piece);
}

/* One that is not in the source. */
static void add_newline(struct pass *s)
{
	segment_add(&s->body_map, s->body.n, (size_t)(s->copied - s->text.p), false);
	buf_addc(&s->body, '\n');
}

static void copy_until(struct pass *s, const char *to)
{
	if (to > s->copied)
		put(s, &s->body, &s->body_map, str_slice(s->copied, to));
	s->copied = to;
}

static struct held *hold(struct pass *s, enum held_type type, const char *from, const char *to)
{
	copy_until(s, from);
	segment_add(&s->body_map, s->body.n, (size_t)(from - s->text.p), false);
	struct held *held = prepare_hold(s->p, &s->body, type, str_slice(from, to));
	if (held) {
		held->from = prepared_inline_source(s->p, (uint32_t)(from - s->text.p));
		held->to = prepared_inline_source(s->p, (uint32_t)(to - s->text.p));
	}
	segment_add(&s->body_map, s->body.n, (size_t)(to - s->text.p), true);
	s->copied = to;
	return held;
}

/* ---------------------------------------------------------------- tables */

/* Steps to the next cell of a row: *at moves behind its bar; false when there is none left. */
static bool next_cell(const char **at, const char *end, struct str *cell)
{
	const char *p = *at;

	if (p >= end)
		return false;
	while (p < end && *p != '|')
		p += *p == '\\' && p + 1 < end ? 2 : 1;
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

	while (next_cell(&at, end, &cell))
		n++;
	return n;
}

static bool has_bar(struct str row)
{
	const char *at = row.p, *end = row.p + row.n;
	struct str cell;

	next_cell(&at, end, &cell);
	return at < end || (row.n && row.p[row.n - 1] == '|');
}

/* 'l', 'c', 'r' or '-' for ":--", ":-:", "--:", "--"; 0 when the cell is none of them. */
static char read_align(struct str cell)
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
	for (size_t i = 0; i < n && next_cell(&at, end, &cell); i++)
		if (!(aligns[i] = read_align(cell)))
			return none;
	return (struct str){ aligns, n };
}

#define PUSH(p, array, count, cap)                                                                                     \
	(((p)->count < (p)->cap ||                                                                                     \
	  (((p)->array = arena_grow((p)->arena, (p)->array, &(p)->cap, (p)->count + 1, sizeof *(p)->array)) != NULL))  \
		 ? &(p)->array[(p)->count++]                                                                           \
		 : NULL)

/* The cell's paragraph at the front, "\|" as a plain bar. */
static void put_cell(struct pass *s, struct str cell)
{
	const char *end = cell.p + cell.n;

	segment_add(&s->cell_map, s->cells.n, (size_t)(cell.p - s->text.p), false);
	buf_addz(&s->cells, "x ");
	for (const char *from = cell.p; from < end;) {
		const char *p = from;
		while (p < end && !(*p == '\\' && p + 1 < end && p[1] == '|'))
			p++;
		put(s, &s->cells, &s->cell_map, str_slice(from, p));
		from = p < end ? p + 1 : end;
		if (p < end) {
			put(s, &s->cells, &s->cell_map, str_slice(from, from + 1));
			from++;
		}
	}
	segment_add(&s->cell_map, s->cells.n, (size_t)(end - s->text.p), false);
	buf_addz(&s->cells, "\n\n");
}

static bool add_row(struct pass *s, struct str row, size_t n_columns)
{
	struct prepared *p = s->p;
	struct prepared_row *r = PUSH(p, rows, n_rows, cap_rows);

	if (!r)
		return false;
	row = str_trim(row);
	*r = (struct prepared_row){ .first_cell = (uint32_t)p->n_cells,
				    .from = (uint32_t)(row.p - s->text.p),
				    .to = (uint32_t)(row.p + row.n - s->text.p) };
	const char *at = row_start(&row), *end = row.p + row.n;
	struct str cell;
	while (r->n_cells < n_columns && next_cell(&at, end, &cell)) {
		struct prepared_cell *c = PUSH(p, cells, n_cells, cap_cells);
		if (!c)
			return false;
		*c = (struct prepared_cell){ .source = cell,
					     .from = (uint32_t)(cell.p - s->text.p),
					     .to = (uint32_t)(cell.p + cell.n - s->text.p),
					     .paragraph = cell.n ? (int64_t)p->n_front : -1 };
		r->n_cells++;
		if (cell.n) {
			p->n_front++;
			put_cell(s, cell);
		}
	}
	return true;
}

/* An attribute list alone on its line: stage one has left a placeholder of it. */
static bool is_attributes(const struct pass *s, const struct line *line)
{
	struct str rest = str_trim(str_slice(line->content, line->end));
	size_t len = 0;
	const struct held *held = rest.n ? prepared_held(s->p, rest, &len) : NULL;

	return held && held->type == HELD_ATTRIBUTES && len == rest.n;
}

/* May this line be a row of the table whose header stands at head? */
static bool is_row(const struct pass *s, const struct line *line, const struct line *head)
{
	return !line->blank && !is_attributes(s, line) && line->quotes == head->quotes &&
	       line->column + 3 >= head->inner_column && !line_starts_block(line);
}

/* At a delimiter row whose header line is head: takes the table. Returns the line after it, or NULL when it is no table. */
static const char *take_table(struct pass *s, const struct line *head, const struct line *delimiter)
{
	struct prepared *p = s->p;
	struct str header = str_slice(head->inner, head->end);
	struct str aligns = read_delimiter(s, str_slice(delimiter->content, delimiter->end));

	if (!aligns.p || aligns.n == 0 || count_cells(header) != aligns.n ||
	    !(has_bar(header) || has_bar(str_slice(delimiter->content, delimiter->end))) ||
	    s->n_cells + aligns.n > PREPARE_MAX_CELLS)
		return NULL;
	uint32_t first_row = (uint32_t)p->n_rows;
	if (!add_row(s, header, aligns.n))
		goto refused;
	s->n_cells += aligns.n;

	const char *end = delimiter->end, *next = delimiter->next;
	struct line line;
	while (line_read(s->text, next, &line) && is_row(s, &line, head)) {
		if ((s->n_cells += aligns.n) > PREPARE_MAX_CELLS) {
			p->cells_limited = true;
			break;
		}
		if (!add_row(s, str_slice(line.content, line.end), aligns.n))
			goto refused;
		end = line.end;
		next = line.next;
	}
	struct prepared_table *table = PUSH(p, tables, n_tables, cap_tables);
	if (!table)
		goto refused;
	*table = (struct prepared_table){ aligns, first_row, (uint32_t)p->n_rows - first_row };
	struct held *held = hold(s, HELD_TABLE, head->inner, end);
	if (held)
		held->first = (uint32_t)p->n_tables - 1;
	/* What would join a paragraph but not a table has to be kept apart. */
	if (line_read(s->text, next, &line) && !line.blank && line_follows_paragraph(&line))
		add_newline(s);
	return next;
refused:
	p->failed = true;
	return NULL;
}

/* ------------------------------------------------------------- footnotes */

/* The label of a definition "[^label]:" that begins the line; rest is what follows. */
static struct str definition_label(const struct line *line, const char **rest)
{
	const char *p = line->content;

	if (line->blank || line->quotes || line->column > 3 || line->end - p < 5 || p[0] != '[' || p[1] != '^')
		return STR_EMPTY;
	const char *q = p + 2;
	while (q < line->end && (unsigned char)*q > ' ' && *q != ']' && *q != '[' && *q != '^')
		q++;
	if (q == p + 2 || q + 1 >= line->end || q[0] != ']' || q[1] != ':')
		return STR_EMPTY;
	*rest = q + 2;
	return str_slice(p + 2, q);
}

/* The line as one of the item's: three columns of indent, four of the source's taken off. */
static void put_note_line(struct pass *s, const struct line *line)
{
	const char *from = line->start;

	for (int column = 0; column < 4 && from < line->content; from++)
		column += *from == '\t' ? 4 : 1;
	segment_add(&s->note_map, s->notes.n, (size_t)(from - s->text.p), false);
	buf_addz(&s->notes, line->blank ? "" : "   ");
	put(s, &s->notes, &s->note_map, str_slice(line->blank ? line->end : from, line->end));
	buf_addc(&s->notes, '\n');
}

/* Does this line go on with a footnote whose last line was (not) blank? */
static bool continues_note(const struct line *line, bool after_blank)
{
	const char *rest;

	if (line->quotes)
		return false;
	if (line->column >= 4)
		return true;
	return !after_blank && !line_starts_block(line) && definition_label(line, &rest).n == 0;
}

/* Takes the definition that begins at line; returns the line after it. */
static const char *take_note(struct pass *s, const struct line *line, struct str label, const char *rest,
			     bool after_text)
{
	struct str first = str_trim(str_slice(rest, line->end));
	const char *end = line->end, *next = line->next;
	struct line more;
	bool after_blank = false;

	segment_add(&s->note_map, s->notes.n, (size_t)(first.p - s->text.p), false);
	buf_addz(&s->notes, first.n ? "1. " : "1.");
	put(s, &s->notes, &s->note_map, first);
	buf_addc(&s->notes, '\n');
	for (const char *at = next; line_read(s->text, at, &more); at = more.next) {
		if (!more.blank && !continues_note(&more, after_blank))
			break;
		after_blank = more.blank;
		if (more.blank)
			continue;
		for (struct line blank; next < at && line_read(s->text, next, &blank); next = blank.next)
			put_note_line(s, &blank);
		put_note_line(s, &more);
		end = more.end;
		next = more.next;
	}
	copy_until(s, line->content);
	if (after_text)
		add_newline(s);
	struct held *held = hold(s, HELD_FOOTNOTE, line->content, end);
	if (held) {
		held->text = label;
		held->first = (uint32_t)s->p->n_footnotes++;
	}
	add_newline(s);
	return next;
}

/* ------------------------------------------------------------------ pass */

/* Follows the list items; true for a line so far right of them that it is code. */
static bool is_indented(struct pass *s, const struct line *line)
{
	int base;

	if (line->blank)
		return false;
	if (line->quotes != s->items_in)
		s->n_items = 0;
	s->items_in = line->quotes;
	while (s->n_items > 0 && s->items[s->n_items - 1] > line->column)
		s->n_items--;
	base = s->n_items ? s->items[s->n_items - 1] : 0;
	if (line->column >= base + 4)
		return true;
	if (line->inner != line->content && s->n_items < sizeof s->items / sizeof *s->items)
		s->items[s->n_items++] = line->inner_column;
	return false;
}

static void walk_lines(struct pass *s)
{
	struct line line, head = { 0 };
	bool have_head = false; /* head is a line that could be a table's header */
	bool after_text = false;
	const char *rest = NULL;

	for (const char *at = s->text.p; !s->p->failed && line_read(s->text, at, &line);) {
		const char *next = line.next;
		bool fenced = s->fence.mark && fence_step(&s->fence, &line);
		bool indented = !fenced && is_indented(s, &line);
		if (!fenced && !indented) {
			s->fence.base = s->n_items ? s->items[s->n_items - 1] : 0;
			fenced = fence_step(&s->fence, &line);
		}
		struct str label = fenced ? STR_EMPTY : definition_label(&line, &rest);
		const char *after = NULL;

		if (label.n) {
			after = take_note(s, &line, label, rest, after_text);
		} else if (have_head && !fenced && line.quotes == head.quotes && line.column + 3 >= head.inner_column &&
			   line.column < head.inner_column + 4) {
			after = take_table(s, &head, &line);
		}
		after_text = !line.blank && !after;
		have_head = !after && !fenced && !indented && line_may_be_paragraph(&line);
		head = line;
		at = after ? after : next;
	}
}

/* front, separator and body joined, and their maps with them */
static void join(struct pass *s, struct buf *out)
{
	struct segment_map *map = &s->p->line_map;
	const struct {
		struct buf *text;
		struct segment_map *map;
	} parts[3] = { { &s->cells, &s->cell_map }, { &s->notes, &s->note_map }, { &s->body, &s->body_map } };

	for (int i = 0; i < 3; i++) {
		if (i == 2 && out->n > 0) {
			segment_add(map, out->n, s->text.n, false);
			buf_addz(out, "\n<!---->\n\n");
			s->p->has_front = true;
		}
		for (size_t k = 0; k < parts[i].map->n; k++) {
			const struct segment *seg = &parts[i].map->items[k];
			segment_add(map, out->n + seg->at, seg->source, seg->literal);
		}
		buf_adds(out, buf_str(parts[i].text));
		map->failed = map->failed || parts[i].map->failed;
		out->failed = out->failed || parts[i].text->failed;
	}
}

/* Only dashes, colons, bars and blanks, behind quote marks perhaps: as a delimiter row is. */
static bool is_like_delimiter(const char *p, const char *end)
{
	while (p < end && strchr(" \t>", *p))
		p++;
	if (p == end || !strchr("|:-", *p))
		return false;
	while (p < end && strchr("|:- \t\r", *p))
		p++;
	return p == end;
}

static const char *line_end(struct str text, const char *p)
{
	const char *newline = memchr(p, '\n', (size_t)(text.p + text.n - p));

	return newline ? newline : text.p + text.n;
}

/* Is there a bar in a line that is like a delimiter row, or has one below? */
static bool may_have_table(struct str text)
{
	const char *end = text.p + text.n;

	for (const char *p = text.p; p < end && (p = memchr(p, '|', (size_t)(end - p)));) {
		const char *newline = p > text.p ? memrchr(text.p, '\n', (size_t)(p - text.p)) : NULL;
		const char *stop = line_end(text, p);
		if (is_like_delimiter(newline ? newline + 1 : text.p, stop) ||
		    (stop < end && is_like_delimiter(stop + 1, line_end(text, stop + 1))))
			return true;
		p = stop;
	}
	return false;
}

bool prepare_needs_lines(const struct prepared *p, struct str text)
{
	return p->signs.note || (p->signs.bar && may_have_table(text));
}

void prepare_lines(struct prepared *p, struct str text, struct buf *out)
{
	struct pass s = { .p = p, .text = text, .copied = text.p };

	buf_init(&s.cells, p->arena->heap, 0);
	buf_init(&s.notes, p->arena->heap, 0);
	buf_init(&s.body, p->arena->heap, 0);
	s.cell_map.arena = s.note_map.arena = s.body_map.arena = p->arena;
	walk_lines(&s);
	if (s.copied != text.p) {
		copy_until(&s, text.p + text.n);
		join(&s, out);
	}
	buf_release(&s.cells);
	buf_release(&s.notes);
	buf_release(&s.body);
}
