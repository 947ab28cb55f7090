/*
 * prepare_lines.c - stage two of prepare.h, line by line: where tables,
 * footnote definitions, definition lists and abbreviations begin.
 *
 * The body is walked first, then what footnotes and definitions hold, each as a
 * region of its own whose lines become an item of the list at the front.  Lines inside fences are
 * stepped over.
 */
#include "doc/prepare_lines_private.h"

#include "base/bytes.h"

/* ----------------------------------------------------------------- lines */

/* Behind the marks and the indent that the region's container has at the beginning of each line. */
static const char *strip(const struct region *r, const char *p)
{
	for (int i = 0; i < r->quotes; i++) {
		const char *q = p;
		while (q < r->to && (*q == ' ' || *q == '\t'))
			q++;
		if (q == r->to || *q != '>')
			break;
		p = q + 1;
		p += p < r->to && (*p == ' ' || *p == '\t');
	}
	for (int column = 0; column < r->column && p < r->to && (*p == ' ' || *p == '\t'); p++)
		column += *p == '\t' ? 4 - column % 4 : 1;
	return p;
}

/* Column of the item that a quote beginning at the line's content may stand in; 0: none. */
static int item_around(const struct pass *s, const struct line *line)
{
	if (line->quotes == s->items_in)
		for (size_t i = s->n_items; i > 0; i--)
			if (s->items[i - 1] <= line->column)
				return s->items[i - 1];
	return line->quotes == s->quote_in ? s->quote_item : 0;
}

bool pass_line(const struct pass *s, const char *at, struct line *line)
{
	const struct region *r = &s->region;
	const struct str text = str_slice(s->text.p, r->to);

	if (at >= r->to || !line_read(text, at == r->first ? at : strip(r, at), line))
		return false;
	const int item = line->blank || *line->content != '>' ? 0 : item_around(s, line);
	if (item == 0 || line->column < item || line->column >= item + 4)
		return true;
	const int quotes = line->quotes;
	line_read(text, line->content, line);
	line->quotes += quotes;
	line->inner_quotes += quotes;
	line->item = item;
	return true;
}

bool pass_is_beside(const struct line *line, const struct place *place)
{
	return line->quotes == place->line.quotes && line->column >= place->base && line->column < place->base + 4;
}

bool pass_is_attributes(const struct pass *s, const struct line *line)
{
	struct str rest = str_trim(str_slice(line->content, line->end));
	size_t len = 0;
	const struct held *held = rest.n ? prepared_held(s->p, rest, &len) : NULL;

	return held && held->type == HELD_ATTRIBUTES && len == rest.n;
}

/* ---------------------------------------------------------------- output */

void pass_put(struct pass *s, struct sink *out, struct str piece)
{
	segment_add(&out->map, out->text.n, (size_t)(piece.p - s->text.p), true);
	buf_adds(&out->text, piece);
}

/* What is not in the source. */
static void put_own(struct pass *s, struct sink *out, const char *at, const char *own)
{
	segment_add(&out->map, out->text.n, (size_t)(at - s->text.p), false);
	buf_addz(&out->text, own);
}

void pass_add_newline(struct pass *s)
{
	put_own(s, s->out, s->copied, "\n");
}

/* In an item a line begins with the item's indent. */
static void start_line(struct pass *s)
{
	if (!s->line_start)
		return;
	s->line_start = false;
	s->copied = strip(&s->region, s->copied);
	if (s->copied < s->region.to && *s->copied != '\n' && *s->copied != '\r')
		put_own(s, s->out, s->copied, "   ");
}

void pass_copy_until(struct pass *s, const char *to)
{
	if (s->region.depth == 0 && to > s->copied) {
		pass_put(s, s->out, str_slice(s->copied, to));
		s->copied = to;
	}
	while (s->copied < to) {
		start_line(s);
		if (s->copied >= to)
			break;
		const char *newline = memchr(s->copied, '\n', (size_t)(to - s->copied));
		const char *stop = newline ? newline + 1 : to;
		pass_put(s, s->out, str_slice(s->copied, stop));
		s->copied = stop;
		s->line_start = newline != NULL;
	}
}

struct held *pass_hold_lines(struct pass *s, enum held_type type, const char *from, const char *to)
{
	pass_copy_until(s, from);
	start_line(s);
	segment_add(&s->out->map, s->out->text.n, (size_t)(from - s->text.p), false);
	struct held *held = prepare_hold(s->p, &s->out->text, type, str_slice(from, to));
	if (held) {
		held->from = prepared_inline_source(s->p, (uint32_t)(from - s->text.p));
		held->to = prepared_inline_source(s->p, (uint32_t)(to - s->text.p));
	}
	segment_add(&s->out->map, s->out->text.n, (size_t)(to - s->text.p), true);
	s->copied = to;
	return held;
}

void pass_part(struct pass *s, const char *next, const struct place *place)
{
	struct line line;

	if (!pass_line(s, next, &line) || line.blank)
		return;
	const bool code = line.column >= place->base + 4;
	const bool outside = line.quotes < place->line.quotes || (line.quotes == 0 && !pass_is_beside(&line, place));
	if (line_follows_paragraph(&line) || (outside && (code || !line_starts_block(&line))))
		pass_add_newline(s);
}

int64_t pass_put_cell(struct pass *s, struct str cell, bool unescape)
{
	const char *end = cell.p + cell.n;

	if (cell.n == 0)
		return -1;
	put_own(s, &s->cells, cell.p, "x ");
	for (const char *from = cell.p; from < end;) {
		const char *p = from;
		while (p < end && !(unescape && *p == '\\' && p + 1 < end && p[1] == '|'))
			p++;
		pass_put(s, &s->cells, str_slice(from, p));
		from = p < end ? p + 1 : end;
		if (p < end) {
			pass_put(s, &s->cells, str_slice(from, from + 1));
			from++;
		}
	}
	put_own(s, &s->cells, end, "\n\n");
	return (int64_t)s->p->n_front++;
}

size_t pass_add_region(struct pass *s, const struct region *region)
{
	if (s->n_regions == s->cap_regions) {
		struct region *grown = arena_grow(s->p->arena, s->regions, &s->cap_regions, s->n_regions + 1,
						  sizeof *grown);
		if (!grown) {
			s->p->failed = true;
			return SIZE_MAX;
		}
		s->regions = grown;
	}
	s->regions[s->n_regions] = *region;
	return s->n_regions++;
}

/* ------------------------------------------------------------------ walk */

/* A quote that begins or ends leaves the items behind, a blank line in it too; not those that it stands in. */
static void enter_quotes(struct pass *s, const struct line *line)
{
	const bool is_back = !line->item && s->quote_item && line->quotes == s->quote_in;

	if (line->item) {
		s->quote_item = line->item;
		s->quote_in = s->items_in;
		while (s->n_items > 0 && s->items[s->n_items - 1] > line->item)
			s->n_items--;
		memcpy(s->outer, s->items, sizeof s->outer);
		s->n_outer = s->n_items;
	}
	if (is_back)
		memcpy(s->items, s->outer, sizeof s->items);
	s->n_items = is_back ? s->n_outer : 0;
	s->items_in = line->quotes;
}

/* Follows the list items; true for a line so far right of them that it is code. */
static bool is_indented(struct pass *s, const struct line *line)
{
	int base;

	if (line->quotes != s->items_in)
		enter_quotes(s, line);
	if (line->blank)
		return false;
	if (!line->item && line->quotes <= s->quote_in)
		s->quote_item = 0;
	while (s->n_items > 0 && s->items[s->n_items - 1] > line->column)
		s->n_items--;
	base = s->n_items ? s->items[s->n_items - 1] : 0;
	if (line->column >= base + 4)
		return true;
	if (line->item_column > line->column && s->n_items < sizeof s->items / sizeof *s->items)
		s->items[s->n_items++] = line->item_column;
	return false;
}

static int item_base(const struct pass *s)
{
	return s->n_items ? s->items[s->n_items - 1] : 0;
}

/* Of what begins at the inner end of the line's marks. */
static struct place place_of(const struct pass *s, const struct line *line)
{
	struct place place = { *line, item_base(s) };

	if (line->inner_quotes > line->quotes) {
		place.line.quotes = line->inner_quotes;
		place.base = line->inner_column;
	}
	return place;
}

/* What is known of the lines before the one that is looked at. */
struct before {
	struct place line;      /* the one right before, if it may be a table's header */
	struct place paragraph; /* where the paragraph began, if it may hold terms */
	bool is_head, is_paragraph;
	int blanks;      /* lines since the paragraph */
	bool after_text; /* no blank line before, nor what was taken */
};

/* Something of ours that begins at this line (or ended the line before with it). Returns the line behind it, or NULL. */
static const char *take_block(struct pass *s, const struct before *b, const struct line *line, bool fenced)
{
	const uint32_t parts = s->p->parts;
	const char *next = NULL;

	if (fenced || line->blank)
		return NULL;
	if (parts & DIALECT_FOOTNOTES)
		next = note_take(s, line, b->after_text);
	if (!next && b->is_head && (parts & DIALECT_TABLES) && pass_is_beside(line, &b->line))
		next = table_take(s, &b->line, line);
	if (!next && b->is_paragraph && (parts & DIALECT_DEFINITIONS))
		next = definitions_take(s, &b->paragraph, line);
	if (!next && !b->after_text && (parts & DIALECT_ABBREVIATIONS))
		next = abbreviation_take(s, line);
	return next;
}

static void follow_paragraph(struct pass *s, struct before *b, const struct line *line, bool is_text, bool indented)
{
	const bool goes_on = b->is_paragraph && b->blanks == 0 && line->quotes == b->paragraph.line.quotes &&
			     line->inner == line->content;

	if (line->blank) {
		b->is_paragraph = b->is_paragraph && ++b->blanks == 1;
	} else if (goes_on && (indented || (is_text && *line->content != '='))) {
		b->blanks = 0;
	} else {
		b->is_paragraph = is_text && !(goes_on && *line->content == '='); /* "===" makes a heading of it */
		b->paragraph = place_of(s, line);
		b->blanks = 0;
	}
}

/* Is the line in a fence? If not, is it code by its indent, or beside an item? */
static bool is_fenced(struct pass *s, const struct line *line, bool *indented)
{
	bool fenced = s->fence.mark && fence_step(&s->fence, line);

	*indented = !fenced && is_indented(s, line);
	if (!fenced && !*indented) {
		s->fence.base = item_base(s);
		fenced = fence_step(&s->fence, line);
	}
	return fenced;
}

/* The region from s->copied on. */
static void walk_region(struct pass *s)
{
	struct before b = { .is_head = false };
	enum raw_lines raw = RAW_LINES_NONE;
	struct line line;

	s->fence = (struct fence){ 0 };
	s->n_items = 0;
	s->items_in = 0;
	s->quote_item = 0;
	for (const char *at = s->copied; !s->p->failed && pass_line(s, at, &line);) {
		bool indented;
		const bool fenced = is_fenced(s, &line, &indented);
		const char *next = line.next, *after = take_block(s, &b, &line, fenced);
		const bool ends_raw = !after && !fenced && (raw || (!indented && s->n_items == 0)) &&
				      raw_lines_step(&raw, &line);
		const bool is_text = !after && !fenced && !indented && !ends_raw && line_may_be_paragraph(&line);
		if (after || ends_raw)
			b.is_paragraph = false;
		else
			follow_paragraph(s, &b, &line, is_text, indented);
		b.after_text = !line.blank && !after;
		b.is_head = is_text;
		b.line = place_of(s, &line);
		at = after ? after : next;
	}
	pass_copy_until(s, s->region.to);
}

/* The region as an item. Where its first line is blank a comment holds its place, or the item would be empty. */
static void walk_item(struct pass *s, size_t i)
{
	s->region = s->regions[i];
	s->out = &s->notes;
	s->copied = s->region.first;
	s->line_start = false;
	const bool blank = s->copied == s->region.to || *s->copied == '\n' || *s->copied == '\r';
	put_own(s, s->out, s->copied, blank ? "1. <!---->" : "1. ");
	walk_region(s);
	put_own(s, s->out, s->region.to, "\n");
}

/* front, separator and body joined, and their maps with them */
static void join(struct pass *s, struct buf *out)
{
	struct segment_map *map = &s->p->line_map;
	const struct sink *parts[3] = { &s->cells, &s->notes, &s->body };

	for (int i = 0; i < 3; i++) {
		if (i == 2 && out->n > 0) {
			/* what cmark ends in the line behind it ends there */
			segment_add(map, out->n, map->n ? map->items[map->n - 1].source : 0, false);
			buf_addz(out, "\n<!---->\n\n");
			s->p->has_front = true;
		}
		for (size_t k = 0; k < parts[i]->map.n; k++) {
			const struct segment *seg = &parts[i]->map.items[k];
			segment_add(map, out->n + seg->at, seg->source, seg->literal);
		}
		buf_adds(out, buf_str(&parts[i]->text));
		map->failed = map->failed || parts[i]->map.failed;
		out->failed = out->failed || parts[i]->text.failed;
	}
}

/* A colon or "*[" that begins a line, containers' marks aside. */
static bool has_line_mark(struct str text, char mark, const char *behind)
{
	const char *end = text.p + text.n;

	for (const char *p = text.p; (p = memchr(p, mark, (size_t)(end - p))); p++)
		if (end - p > 2 && strchr(behind, p[1]) && (p == text.p || strchr("\n \t>", p[-1])) &&
		    prepare_begins_line(text, p))
			return true;
	return false;
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

bool prepare_has_definitions(struct str text)
{
	return has_line_mark(text, ':', " \t");
}

/* Is there anything here that could begin one of ours? */
bool prepare_needs_lines(const struct prepared *p, struct str text)
{
	return ((p->parts & DIALECT_TABLES) && p->signs.bar && may_have_table(text)) ||
	       ((p->parts & DIALECT_FOOTNOTES) && p->signs.note) ||
	       ((p->parts & DIALECT_DEFINITIONS) && prepare_has_definitions(text)) ||
	       ((p->parts & DIALECT_ABBREVIATIONS) && has_line_mark(text, '*', "["));
}

bool prepare_ends_in_fence(struct prepared *p)
{
	const char *end = p->text.p + p->text.n;
	struct pass s = { .p = p, .text = p->text, .region = { .first = p->text.p, .to = end } };
	struct line line;
	bool indented;

	if (!bytes_find_pair(p->text.p, end, '`', '`') &&
	    !(p->signs.tilde && bytes_find_pair(p->text.p, end, '~', '~')))
		return false;
	for (const char *at = p->text.p; pass_line(&s, at, &line); at = line.next)
		is_fenced(&s, &line, &indented);
	return s.fence.mark;
}

void prepare_lines(struct prepared *p, struct str text, struct buf *out)
{
	struct pass s = { .p = p,
			  .text = text,
			  .copied = text.p,
			  .region = { .first = text.p, .to = text.p + text.n },
			  .out = &s.body };
	struct sink *sinks[3] = { &s.cells, &s.notes, &s.body };

	for (int i = 0; i < 3; i++) {
		buf_init(&sinks[i]->text, p->arena->heap, 0);
		sinks[i]->map.arena = p->arena;
	}
	const size_t n_held = p->n_held;
	walk_region(&s);
	for (size_t i = 0; i < s.n_regions && !p->failed; i++)
		walk_item(&s, i);
	p->n_items = s.n_regions;
	if (p->n_held > n_held)
		join(&s, out);
	for (int i = 0; i < 3; i++)
		buf_release(&sinks[i]->text);
}
