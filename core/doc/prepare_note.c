/*
 * prepare_note.c - stage two of prepare.h: footnote definitions, definition
 * lists and abbreviations.
 *
 * What a footnote or a definition holds becomes a region, a term a paragraph at the front, like a
 * table's cell.  One placeholder stays for each footnote, each list and each abbreviation.
 */
#include "doc/prepare_lines_private.h"

/* ------------------------------------------------------------- footnotes */

/* The label of a definition "[^label]:" that begins the line; rest is what follows. */
static struct str footnote_label(const struct line *line, const char **rest)
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

/* Does this line go on with a footnote whose last line was (not) blank? */
static bool continues_note(const struct line *line, bool after_blank)
{
	const char *rest;

	if (line->quotes)
		return false;
	if (line->column >= 4)
		return true;
	return !after_blank && !line_starts_block(line) && footnote_label(line, &rest).n == 0;
}

bool note_begins(const struct pass *s, const struct line *line)
{
	const char *rest;

	return s->p->parts & DIALECT_FOOTNOTES && !s->region.depth && footnote_label(line, &rest).n > 0;
}

const char *note_take(struct pass *s, const struct line *line, bool after_text)
{
	const char *rest = NULL, *end = line->end, *next = line->next;
	struct str label = s->region.depth ? STR_EMPTY : footnote_label(line, &rest);
	bool after_blank = false;
	struct line more;

	if (label.n == 0)
		return NULL;
	for (const char *at = next; pass_line(s, at, &more); at = more.next) {
		if (!more.blank && !continues_note(&more, after_blank))
			break;
		after_blank = more.blank;
		if (more.blank)
			continue;
		end = more.end;
		next = more.next;
	}
	pass_copy_until(s, line->content);
	if (after_text)
		pass_add_newline(s);
	while (rest < line->end && (*rest == ' ' || *rest == '\t'))
		rest++;
	const struct region region = { .first = rest, .to = end, .column = 4, .depth = 1 };
	struct held *held = pass_hold_lines(s, HELD_FOOTNOTE, line->content, end);
	if (held) {
		held->text = label;
		held->first = (uint32_t)pass_add_region(s, &region);
	}
	pass_add_newline(s);
	return next;
}

/* ------------------------------------------------------ definition lists */

/* Behind the colon of ": definition" and its blanks, or NULL. */
static const char *definition_text(const struct line *line, const struct place *place, int *column)
{
	const char *p = line->content;

	if (line->blank || !pass_is_beside(line, place) || *p != ':' || line->end - p < 3 ||
	    (p[1] != ' ' && p[1] != '\t'))
		return NULL;
	*column = line->column + 1;
	for (p++; p < line->end && (*p == ' ' || *p == '\t'); p++)
		*column += *p == '\t' ? 4 - *column % 4 : 1;
	if (*column > line->column + 4)
		*column = line->column + 4;
	return p < line->end ? p : NULL;
}

static bool add_part(struct pass *s, bool term, const char *from, const char *to, int64_t content)
{
	struct prepared *p = s->p;
	struct prepared_part *part = PREPARE_PUSH(p, list_parts, n_list_parts, cap_list_parts);

	if (!part) {
		p->failed = true;
		return false;
	}
	*part = (struct prepared_part){
		.from = (uint32_t)(from - s->text.p), .to = (uint32_t)(to - s->text.p), .content = content, .term = term
	};
	return true;
}

/* Each line of the paragraph is a term. */
static bool take_terms(struct pass *s, const struct line *first, const char *to)
{
	struct line line = *first;

	do {
		const struct str term = str_trim(str_slice(line.inner, line.end));
		if (term.n && (++s->n_cells > PREPARE_MAX_CELLS ||
			       !add_part(s, true, term.p, term.p + term.n, pass_put_cell(s, term, false))))
			return false;
	} while (pass_line(s, line.next, &line) && line.start < to);
	return true;
}

/*
 * A definition, at the line whose text begins at `text`: its lines, to the
 * one that neither is indented as far nor goes on with a paragraph.  Returns the line behind, *end where its last one ends.
 */
static const char *take_definition(struct pass *s, const struct place *place, const struct line *line, const char *text,
				   int column, const char **end)
{
	const char *next = line->next;
	bool after_blank = false;
	struct line more;
	int unused;

	*end = line->end;
	for (const char *at = next; pass_line(s, at, &more); at = more.next) {
		if (more.blank) {
			after_blank = true;
			continue;
		}
		const bool own = more.quotes == line->quotes && more.column >= column;
		const bool lazy = !after_blank && more.quotes == line->quotes && more.column >= place->base &&
				  !line_starts_block(&more) && !pass_is_attributes(s, &more) &&
				  !definition_text(&more, place, &unused);
		if (!own && !lazy)
			break;
		after_blank = false;
		*end = more.end;
		next = more.next;
	}
	/* what the region's own container has at the beginning of a line is still there */
	const struct region *around = &s->region;
	const struct region region = { .first = text,
				       .to = *end,
				       .quotes = around->quotes + line->quotes,
				       .column = around->column + column,
				       .depth = around->depth + 1 };
	const size_t ordinal = pass_add_region(s, &region);
	if (ordinal == SIZE_MAX || !add_part(s, false, line->content, *end, (int64_t)ordinal))
		return NULL;
	return next;
}

/*
 * The line of a definition that follows at `at`, with *terms the first line
 * of terms before it (its start NULL: there are none): directly or behind one blank line.
 */
static bool find_definition(struct pass *s, const struct place *place, const char *at, struct line *terms,
			    struct line *line)
{
	int blanks = 0, column;

	terms->start = NULL;
	for (; pass_line(s, at, line); at = line->next) {
		if (line->blank) {
			blanks++;
			continue;
		}
		if (definition_text(line, place, &column))
			return blanks <= 1 || !terms->start;
		if ((terms->start && blanks) || !pass_is_beside(line, place) || line->inner != line->content ||
		    !line_may_be_paragraph(line) || line_starts_block(line) || *line->content == '=')
			return false;
		if (!terms->start)
			*terms = *line;
		blanks = 0;
	}
	return false;
}

const char *definitions_take(struct pass *s, const struct place *paragraph, const struct line *first)
{
	struct prepared *p = s->p;
	const uint32_t first_part = (uint32_t)p->n_list_parts;
	struct line terms = paragraph->line, line = *first;
	const char *next = NULL, *end = NULL, *text;
	int column;

	if (s->region.depth >= REGION_DEPTH_MAX || !definition_text(first, paragraph, &column))
		return NULL;
	do {
		if (terms.start && !take_terms(s, &terms, line.start))
			break;
		text = definition_text(&line, paragraph, &column);
		const char *behind = take_definition(s, paragraph, &line, text, column, &end);
		if (!behind)
			break;
		next = behind;
	} while (find_definition(s, paragraph, next, &terms, &line));
	if (!next)
		return NULL;
	struct prepared_list *list = PREPARE_PUSH(p, lists, n_lists, cap_lists);
	if (!list) {
		p->failed = true;
		return NULL;
	}
	*list = (struct prepared_list){ first_part, (uint32_t)p->n_list_parts - first_part };
	struct held *held = pass_hold_lines(s, HELD_DEFINITIONS, paragraph->line.inner, end);
	if (held)
		held->first = (uint32_t)p->n_lists - 1;
	pass_part(s, next, paragraph);
	return next;
}

/* --------------------------------------------------------- abbreviations */

/* "*[HTML]: Hypertext Markup Language" */
const char *abbreviation_take(struct pass *s, const struct line *line)
{
	struct prepared *p = s->p;
	const char *from = line->content + 2;

	if (line->column > 3 || line->end - line->content < 5 || memcmp(line->content, "*[", 2) != 0)
		return NULL;
	const char *close = memchr(from, ']', (size_t)(line->end - from));
	const struct str word = close ? str_trim(str_slice(from, close)) : STR_EMPTY;
	if (word.n == 0 || close + 1 == line->end || close[1] != ':')
		return NULL;
	struct prepared_abbreviation *a = PREPARE_PUSH(p, abbreviations, n_abbreviations, cap_abbreviations);
	if (!a) {
		p->failed = true;
		return NULL;
	}
	*a = (struct prepared_abbreviation){ prepared_restore(p, word),
					     prepared_restore(p, str_trim(str_slice(close + 2, line->end))) };
	p->failed = p->failed || !a->word.p || !a->title.p;
	pass_hold_lines(s, HELD_ABBREVIATION, line->content, line->end);
	return line->next;
}
