/*
 * markdown_simple_container.c - the containers of markdown_simple.h, quotes
 * and items of lists: which of them a line goes on with, how they begin and end.
 */
#include "doc/markdown_simple_private.h"

/* Where cmark says that what began at from ends, when a line ends it. */
static uint32_t end_before(const struct simple *s, const char *from)
{
	const char *to = s->line_to;

	while (to > from + 1 && to[-1] == '\n')
		to--;
	return simple_offset(s, to);
}

static struct simple_container *innermost(struct simple *s)
{
	return s->n_open ? &s->open[s->n_open - 1] : NULL;
}

/* "[ ] " or "[x] " at the beginning of an item's first paragraph; returns where its text begins. */
static const char *check_box(struct simple *s, bool first)
{
	const char *p = s->text;
	struct simple_container *item = innermost(s);

	if (!first || !item || item->mark == '>' || item->mark == ':' || !(s->parts & DIALECT_TASKS) ||
	    s->text_to - p < 5 || p[0] != '[' || p[2] != ']' || !ascii_is_blank(p[3]) ||
	    (p[1] != ' ' && p[1] != 'x' && p[1] != 'X'))
		return p;
	struct simple_definition *d;
	if (simple_find_definition(s, p + 1, p + 2, &d) == LINK_FOUND || p[3] == '\t' || ascii_is_blank(p[4]) ||
	    p[4] == '\n') {
		simple_leave_block(s);
		return p;
	}
	simple_add_flags(s, item->node, p[1] == ' ' ? NODE_TASK : NODE_TASK | NODE_CHECKED);
	return p + 4;
}

/* The paragraph that is open, as a node with its inlines. */
bool simple_close_text(struct simple *s)
{
	struct simple_container *around = innermost(s);
	const uint32_t to = s->text ? simple_offset(s, s->text_close ? s->text_close : s->text_to) : 0;
	const bool first = around && !around->filled;

	if (!s->text)
		return true;
	const uint32_t node = simple_open(s, NODE_PARAGRAPH, simple_offset(s, s->text));
	const char *from = check_box(s, first);
	const char *end = trim_end(from, s->text_to);
	const char *list = s->text_close ? s->text_list : NULL;
	s->text = s->text_close = NULL;
	if (around)
		around->filled = true;
	if (s->verdict != SIMPLE_READ || !simple_inlines(s, from, end, end))
		return false;
	if (list && !simple_set_line_list(s, node, list))
		return false;
	simple_close(s, to);
	return true;
}

static void settle_list(struct simple *s, const struct simple_container *item)
{
	if (item->tight)
		simple_add_flags(s, item->list, NODE_TIGHT);
}

/* Closes containers until n are left; the list of the outermost one stays open where keep_list. */
bool simple_close_to(struct simple *s, int n, bool keep_list)
{
	if (!simple_close_text(s))
		return false;
	while (s->n_open > n) {
		const struct simple_container c = s->open[--s->n_open];
		simple_close(s, c.mark == ':' ? simple_offset(s, c.to) : end_before(s, c.from));
		if (c.mark == '>') {
			s->n_quotes--;
		} else if (s->n_open > n || !keep_list) {
			settle_list(s, &c);
			simple_close(s, c.mark == ':' ? simple_offset(s, c.to) : end_before(s, c.list_from));
		}
	}
	return true;
}

/* A blank line inside a quote is none for what stands around it. */
static bool is_behind_blank(const struct simple *s)
{
	return s->blank && s->blank_quotes == s->n_quotes;
}

bool simple_is_delimiter(const struct simple_row *row)
{
	const char *p = row->content;

	while (p < row->end && strchr("|:- \t", *p))
		p++;
	return p == row->end;
}

/*
 * The text of the line before may be the head of a table, whatever the containers of this one: the pass before
 * cmark does not look at them so closely.
 */
bool simple_is_below_head(const struct simple *s, const struct simple_row *row)
{
	return !s->blank && s->line_to && (s->parts & DIALECT_TABLES) && simple_is_delimiter(row) &&
	       memchr(row->content, '|', (size_t)(row->end - row->content));
}

/* A block of the document begins here. False: what stands before it, with its raw HTML, is to be woven first. */
static bool begin_top(struct simple *s, const struct simple_row *row)
{
	const bool html = *row->content == '<';

	s->block = s->at;
	s->node = s->build->tree.n_nodes;
	s->block_event = s->out ? s->out->n : 0;
	s->block_whole = balance_is_whole(&s->balance);
	if (!s->out || html || s->out->n == 0 || !s->block_whole)
		return true;
	s->verdict = SIMPLE_WEAVE;
	return false;
}

/* A block begins here: a blank line before it, between children of an item, makes the list loose. */
bool simple_begin_block(struct simple *s, const struct simple_row *row)
{
	if (!simple_close_to(s, row->matched, false))
		return false;
	struct simple_container *around = innermost(s);
	if (around && around->mark != '>' && around->filled && is_behind_blank(s))
		around->tight = false;
	return s->n_open > 0 || begin_top(s, row);
}

void simple_fill(struct simple *s)
{
	if (s->n_open)
		innermost(s)->filled = true;
}

static bool push(struct simple *s, const struct simple_container *c)
{
	simple_fill(s);
	if (s->n_open == SIMPLE_DEPTH)
		return simple_leave_block(s);
	s->open[s->n_open++] = *c;
	return true;
}

bool simple_open_quote(struct simple *s, struct simple_row *row)
{
	const struct simple_container c = { .mark = '>', .from = row->content };

	if (!simple_begin_block(s, row))
		return false;
	simple_open(s, NODE_BLOCK_QUOTE, simple_offset(s, row->content));
	row->p = row->content + 1;
	row->p += row->p < row->end && *row->p == ' ';
	s->n_quotes++;
	if (!push(s, &c))
		return false;
	row->matched = s->n_open;
	s->blank = false;
	return true;
}

struct simple_marker simple_marker(const char *p, const char *end)
{
	struct simple_marker m = { .mark = *p, .length = 1 };
	int n = 0;

	if (*p == '-' || *p == '+' || *p == '*')
		goto blank;
	while (p + n < end && ascii_is_digit(p[n]) && n < 9)
		m.start = m.start * 10 + (p[n++] - '0');
	if (n == 0 || p + n == end || (p[n] != '.' && p[n] != ')'))
		return (struct simple_marker){ 0 };
	m.mark = p[n];
	m.length = n + 1;
blank:
	if (p + m.length < end && !ascii_is_blank(p[m.length]))
		m.length = 0;
	return m;
}

/* The list that an item of this mark goes on with stands right behind the containers that match. */
static struct simple_container *list_going_on(struct simple *s, const struct simple_row *row,
					      const struct simple_marker *m)
{
	struct simple_container *c = s->n_open > row->matched ? &s->open[row->matched] : NULL;

	return c && c->mark == m->mark ? c : NULL;
}

static bool open_list(struct simple *s, const struct simple_row *row, const struct simple_marker *m,
		      struct simple_container *item)
{
	if (!simple_begin_block(s, row))
		return false;
	simple_fill(s);
	item->list_from = row->content;
	item->tight = true;
	item->list = simple_open(s, NODE_LIST, simple_offset(s, row->content));
	if (m->mark == '.' || m->mark == ')') {
		simple_add_flags(s, item->list, NODE_ORDERED);
		simple_set_number(s, item->list, m->start);
	}
	return true;
}

bool simple_open_item(struct simple *s, struct simple_row *row, const struct simple_marker *m)
{
	const char *text = skip_spaces(row->content + m->length, row->end);
	const int blanks = (int)(text - row->content) - m->length;
	struct simple_container item = { .mark = m->mark, .from = row->content }, *last = list_going_on(s, row, m);

	if (simple_is_below_head(s, row))
		return simple_leave_all(s);
	/* empty items, and code in them, are left alone */
	if (text == row->end || *text == '\t' || blanks == 0 || blanks > 4)
		return simple_leave_block(s);
	if (last) {
		if (!simple_close_to(s, row->matched, true))
			return false;
		/* its entry is as it was */
		item.list = last->list;
		item.list_from = last->list_from;
		item.tight = last->tight && !is_behind_blank(s);
	} else if (!open_list(s, row, m, &item)) {
		return false;
	}
	item.node = simple_open(s, NODE_ITEM, simple_offset(s, row->content));
	item.indent = (int)(text - row->p);
	if (!push(s, &item))
		return false;
	row->matched = s->n_open;
	row->p = text;
	s->blank = false;
	return true;
}

/* Matches the containers that are open against the line at p. */
bool simple_match(struct simple *s, struct simple_row *row, const char *p)
{
	int i = 0;

	row->end = memchr(p, '\n', (size_t)(s->end - p));
	row->end = row->end ? row->end : s->end;
	row->content = skip_spaces(p, row->end);
	for (; i < s->n_open; i++) {
		const struct simple_container *c = &s->open[i];
		const int indent = (int)(row->content - p);
		if (c->mark == '>') {
			if (indent > 3 || row->content == row->end || *row->content != '>')
				break;
			p = row->content + 1;
			p += p < row->end && *p == ' ';
			row->content = skip_spaces(p, row->end);
		} else if (indent >= c->indent) {
			/* to the pass before cmark, the mark of a quote ends a definition, in code too */
			if (c->mark == ':' && indent <= 3 && row->content < row->end && *row->content == '>')
				return simple_leave_block(s);
			p += c->indent;
		} else if (c->mark == ':' && p == c->from) {
			p += c->indent;
			row->content = p;
		} else if (row->content == row->end) {
			p = row->content;
		} else {
			break;
		}
	}
	row->to = NULL;
	row->p = p;
	row->matched = i;
	return row->content == row->end || *row->content != '\t' || simple_leave_block(s);
}

/* Behind the line. */
const char *simple_next_line(const struct simple *s, const struct simple_row *row)
{
	return row->end < s->end ? row->end + 1 : s->end;
}
