/*
 * markdown_simple_terms.c - definition lists for markdown_simple.h: at the top level, in the first column, one term
 * a line, each with its definition right below.
 *
 * A definition is a container like an item, whose lines are indented as far as its text.  The rules are
 * prepare_note.c's, which reads all other lists: that of a list going on looks at the lines behind it.
 */
#include "doc/markdown_simple_private.h"

#include "doc/prepare.h"

/* Does a line that begins so begin a paragraph for sure? */
static bool is_plain(const char *p, const char *end)
{
	return ascii_is_letter(*p) || (unsigned char)*p >= 0xC3 || (*p == '`' && bytes_run(p, end) < 3);
}

/* Columns from the colon of ": definition" at p to its text; 0: it is none, or none so simple. */
static int definition_indent(const char *p, const char *end)
{
	const char *newline = memchr(p, '\n', (size_t)(end - p)), *stop = newline ? newline : end;

	if (p == stop || *p != ':')
		return 0;
	const char *text = skip_spaces(p + 1, stop), *q = text;
	while (q < stop && strchr("|:- \t", *q))
		q++;
	if (q == stop) /* as below the head of a table */
		return 0;
	return text < stop && *text != '\t' && text - p > 1 && text - p <= 4 ? (int)(text - p) : 0;
}

/* Is it a line right above a definition? */
static bool is_term(const struct simple *s, const struct simple_row *row)
{
	const char *p = row->content;

	return p == s->at && row->end < s->end && is_plain(p, row->end) && !memchr(p, '\n', (size_t)(row->end - p)) &&
	       definition_indent(row->end + 1, s->end) > 0;
}

/* The definition whose colon is at p, in this list. */
static bool open_definition(struct simple *s, const char *p, uint32_t list, const char *list_from)
{
	struct simple_container *c = &s->open[s->n_open++];

	*c = (struct simple_container){
		.mark = ':', .indent = definition_indent(p, s->end), .list = list, .list_from = list_from, .from = p
	};
	c->node = simple_open(s, NODE_DEFINITION, simple_offset(s, p));
	return !s->failed;
}

static bool add_term(struct simple *s, const struct simple_row *row, uint32_t list, const char *list_from)
{
	const char *end = trim_end(row->content, row->end);

	if (++s->n_cells > PREPARE_MAX_CELLS)
		return simple_leave_all(s);
	if (memchr(row->content, '<', (size_t)(end - row->content)))
		return simple_leave_block(s);
	simple_open(s, NODE_TERM, simple_offset(s, row->content));
	if (!simple_inlines(s, row->content, end, end))
		return false;
	simple_close(s, simple_offset(s, end));
	return open_definition(s, row->end + 1, list, list_from);
}

enum simple_taken simple_take_term(struct simple *s, const struct simple_row *row)
{
	const bool alone = s->at == s->begin || s->at == s->begin + 1 || (s->at[-1] == '\n' && s->at[-2] == '\n');

	if (!(s->parts & DIALECT_DEFINITIONS) || row->matched > 0 || !alone || !is_term(s, row))
		return TAKEN_NOT;
	if (!simple_begin_block(s, row))
		return TAKEN_LEFT;
	const uint32_t list = simple_open(s, NODE_DEFINITION_LIST, simple_offset(s, row->content));
	return add_term(s, row, list, row->content) ? TAKEN : TAKEN_LEFT;
}

/* May the lines from p on be terms, whose definition stands below them, or behind a blank line? */
static bool may_be_terms(const struct simple *s, const char *p)
{
	bool blank = false;

	while (p < s->end) {
		const char *newline = memchr(p, '\n', (size_t)(s->end - p)), *stop = newline ? newline : s->end;
		while (p < stop && (ascii_is_blank(*p) || *p == '>'))
			p++;
		if (p < stop && (*p == ':' || blank))
			return *p == ':';
		blank = blank || p == stop;
		p = newline ? newline + 1 : s->end;
	}
	return false;
}

bool simple_go_on_terms(struct simple *s, struct simple_row *row)
{
	const struct simple_container last = s->open[0];

	if (*row->content == ':') {
		if (row->content != s->at || definition_indent(s->at, s->end) == 0)
			return simple_leave_block(s);
		return simple_close_to(s, 0, true) && open_definition(s, s->at, last.list, last.list_from) &&
		       simple_match(s, row, s->at);
	}
	/* a quote with nothing in its first line is a blank line to the pass before cmark */
	if (!s->blank || (*row->content == '>' && trim_end(row->content + 1, row->end) == row->content + 1))
		return simple_leave_block(s);
	if (!is_term(s, row))
		return !may_be_terms(s, s->at) || simple_leave_block(s);
	return simple_close_to(s, 0, true) && add_term(s, row, last.list, last.list_from);
}
