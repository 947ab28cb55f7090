/*
 * markdown_simple.c - the blocks of markdown_simple.h, line by line: which
 * containers a line goes on with, what begins in it.
 *
 * The rules are CommonMark's, those for where a block ends cmark's: at the line before the one that ends it.
 */
#include "doc/markdown_simple.h"

#include "base/ascii.h"
#include "base/bytes.h"
#include "base/vector.h"

/* One line while it is read. */
struct row {
	const char *p;       /* behind the containers that go on */
	const char *content; /* the first character that is no blank */
	const char *end;     /* before the newline */
	const char *to;      /* where cmark says that it ends; NULL: there */
	int matched;         /* containers that go on */
};

static const char *skip_spaces(const char *p, const char *end)
{
	while (p < end && *p == ' ')
		p++;
	return p;
}

/* Before spaces and tabs. */
static const char *trim_end(const char *p, const char *end)
{
	while (end > p && ascii_is_blank(end[-1]))
		end--;
	return end;
}

/* Where cmark says that what began at from ends, when a line ends it. */
static uint32_t end_before(const struct simple *s, const char *from)
{
	const char *to = s->line_to;

	while (to > from + 1 && to[-1] == '\n')
		to--;
	return simple_offset(s, to);
}

/* --------------------------------------------------------------- closing */

static struct simple_container *innermost(struct simple *s)
{
	return s->n_open ? &s->open[s->n_open - 1] : NULL;
}

/* "[ ] " or "[x] " at the beginning of an item's first paragraph; returns where its text begins. */
static const char *check_box(struct simple *s, bool first)
{
	const char *p = s->text;
	struct simple_container *item = innermost(s);

	if (!first || !item || item->mark == '>' || !(s->parts & DIALECT_TASKS) || s->text_to - p < 5 || p[0] != '[' ||
	    p[2] != ']' || !ascii_is_blank(p[3]) || (p[1] != ' ' && p[1] != 'x' && p[1] != 'X'))
		return p;
	if (p[3] == '\t' || ascii_is_blank(p[4]) || p[4] == '\n') {
		simple_leave_block(s);
		return p;
	}
	struct node *node = tree_node(s->build, item->node);
	if (node)
		node->flags |= p[1] == ' ' ? NODE_TASK : NODE_TASK | NODE_CHECKED;
	return p + 4;
}

/* The paragraph that is open, as a node with its inlines. */
static bool close_text(struct simple *s)
{
	struct simple_container *around = innermost(s);
	const uint32_t to = s->text ? simple_offset(s, s->text_to) : 0;
	const bool first = around && !around->filled;

	if (!s->text)
		return true;
	tree_open(s->build, NODE_PARAGRAPH, simple_offset(s, s->text));
	const char *from = check_box(s, first);
	const char *end = trim_end(from, s->text_to);
	s->text = NULL;
	if (around)
		around->filled = true;
	if (s->verdict != SIMPLE_READ || !simple_inlines(s, from, end))
		return false;
	tree_close(s->build, to);
	return true;
}

static void settle_list(struct simple *s, const struct simple_container *item)
{
	struct node *list = item->tight ? tree_node(s->build, item->list) : NULL;

	if (list)
		list->flags |= NODE_TIGHT;
}

/* Closes containers until n are left; the list of the outermost one stays open where keep_list. */
static bool close_to(struct simple *s, int n, bool keep_list)
{
	if (!close_text(s))
		return false;
	while (s->n_open > n) {
		const struct simple_container c = s->open[--s->n_open];
		tree_close(s->build, end_before(s, c.from));
		if (c.mark == '>') {
			s->n_quotes--;
		} else if (s->n_open > n || !keep_list) {
			settle_list(s, &c);
			tree_close(s->build, end_before(s, c.list_from));
		}
	}
	return true;
}

/* --------------------------------------------------------------- opening */

/* A blank line inside a quote is none for what stands around it. */
static bool is_behind_blank(const struct simple *s)
{
	return s->blank && s->blank_quotes == s->n_quotes;
}

/* Bars, colons, dashes and blanks alone, as below the head of a table. */
static bool is_delimiter(const struct row *row)
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
static bool is_below_head(const struct simple *s, const struct row *row)
{
	return !s->blank && s->line_to && (s->parts & DIALECT_TABLES) && is_delimiter(row) &&
	       memchr(row->content, '|', (size_t)(row->end - row->content));
}

/* A block begins here: a blank line before it, between children of an item, makes the list loose. */
static bool begin_block(struct simple *s, const struct row *row)
{
	if (!close_to(s, row->matched, false))
		return false;
	struct simple_container *around = innermost(s);
	if (around && around->mark != '>' && around->filled && is_behind_blank(s))
		around->tight = false;
	if (s->n_open == 0) {
		s->block = s->at;
		s->node = s->build->tree.n_nodes;
	}
	return true;
}

static void fill(struct simple *s)
{
	if (s->n_open)
		innermost(s)->filled = true;
}

static bool add_rule(struct simple *s, const struct row *row)
{
	if (!begin_block(s, row))
		return false;
	tree_leaf(s->build, NODE_THEMATIC_BREAK, simple_offset(s, row->content), simple_offset(s, row->end));
	s->is_rule = true;
	fill(s);
	return true;
}

/* "# text #" without its last marks; NULL: not so simple. */
static const char *heading_text_end(const char *p, const char *end)
{
	const char *q;

	end = trim_end(p, end);
	for (q = end; q > p && q[-1] == '#';)
		q--;
	if (q == end)
		return end;
	if (q == p || q[-1] == '\t')
		return NULL;
	return q[-1] == ' ' ? trim_end(p, q) : end;
}

static bool add_heading(struct simple *s, struct row *row, int level)
{
	const char *p = skip_spaces(row->content + level, row->end);
	const char *end = heading_text_end(p, row->end);

	/* empty ones, and attributes at the end, are left alone */
	if (!end || end == p || *p == '\t' || (end[-1] == '}' && (s->parts & DIALECT_ATTRIBUTES)))
		return simple_leave_block(s);
	uint32_t node = tree_open(s->build, NODE_HEADING, simple_offset(s, row->content));
	if (node != TREE_NONE)
		tree_node(s->build, node)->number = level;
	if (!simple_inlines(s, p, end))
		return false;
	tree_close(s->build, simple_offset(s, row->end));
	fill(s);
	row->to = end;
	return true;
}

/* -------------------------------------------------------------- containers */

static bool push(struct simple *s, const struct simple_container *c)
{
	fill(s);
	if (s->n_open == SIMPLE_DEPTH)
		return simple_leave_block(s);
	s->open[s->n_open++] = *c;
	return true;
}

static bool open_quote(struct simple *s, struct row *row)
{
	struct simple_container c = { .mark = '>', .from = row->content };

	if (!begin_block(s, row))
		return false;
	c.node = tree_open(s->build, NODE_BLOCK_QUOTE, simple_offset(s, row->content));
	row->p = row->content + 1;
	row->p += row->p < row->end && *row->p == ' ';
	s->n_quotes++;
	if (!push(s, &c))
		return false;
	row->matched = s->n_open;
	s->blank = false;
	return true;
}

struct marker {
	char mark;
	int length; /* 0: none */
	int32_t start;
};

static struct marker marker_at(const char *p, const char *end)
{
	struct marker m = { .mark = *p, .length = 1 };
	int n = 0;

	if (*p == '-' || *p == '+' || *p == '*')
		goto blank;
	while (p + n < end && ascii_is_digit(p[n]) && n < 9)
		m.start = m.start * 10 + (p[n++] - '0');
	if (n == 0 || p + n == end || (p[n] != '.' && p[n] != ')'))
		return (struct marker){ 0 };
	m.mark = p[n];
	m.length = n + 1;
blank:
	if (p + m.length < end && !ascii_is_blank(p[m.length]))
		m.length = 0;
	return m;
}

/* The list that an item of this mark goes on with stands right behind the containers that match. */
static struct simple_container *list_going_on(struct simple *s, const struct row *row, const struct marker *m)
{
	struct simple_container *c = s->n_open > row->matched ? &s->open[row->matched] : NULL;

	return c && c->mark == m->mark ? c : NULL;
}

static bool open_list(struct simple *s, const struct row *row, const struct marker *m, struct simple_container *item)
{
	if (!begin_block(s, row))
		return false;
	fill(s);
	item->list_from = row->content;
	item->tight = true;
	item->list = tree_open(s->build, NODE_LIST, simple_offset(s, row->content));
	if (item->list != TREE_NONE && (m->mark == '.' || m->mark == ')')) {
		struct node *list = tree_node(s->build, item->list);
		list->flags |= NODE_ORDERED;
		list->number = m->start;
	}
	return true;
}

static bool open_item(struct simple *s, struct row *row, const struct marker *m)
{
	const char *text = skip_spaces(row->content + m->length, row->end);
	const int blanks = (int)(text - row->content) - m->length;
	struct simple_container item = { .mark = m->mark, .from = row->content }, *last = list_going_on(s, row, m);

	if (is_below_head(s, row))
		return simple_leave_all(s);
	/* empty items, and code in them, are left alone */
	if (text == row->end || *text == '\t' || blanks == 0 || blanks > 4)
		return simple_leave_block(s);
	if (last) {
		if (!close_to(s, row->matched, true))
			return false;
		/* its entry is as it was */
		item.list = last->list;
		item.list_from = last->list_from;
		item.tight = last->tight && !is_behind_blank(s);
	} else if (!open_list(s, row, m, &item)) {
		return false;
	}
	item.node = tree_open(s->build, NODE_ITEM, simple_offset(s, row->content));
	item.indent = (int)(text - row->p);
	if (!push(s, &item))
		return false;
	row->matched = s->n_open;
	row->p = text;
	s->blank = false;
	return true;
}

/* ------------------------------------------------------------------ fences */

struct fence {
	char mark;
	int length, indent;
};

static int run_length(const char *p, const char *end)
{
	const char *q = p;

	while (q < end && *q == *p)
		q++;
	return (int)(q - p);
}

static bool closes_fence(const struct fence *f, const struct row *row)
{
	const int n = row->content < row->end && *row->content == f->mark ? run_length(row->content, row->end) : 0;

	return n >= f->length && row->content - row->p <= 3 && skip_spaces(row->content + n, row->end) == row->end;
}

/* Templates are looked for in code too: one that ends behind it would take its end along. */
static bool is_free_of_templates(const struct simple *s, const char *p, const char *end)
{
	if (!(s->parts & DIALECT_TEMPLATES))
		return true;
	while ((p = p < end ? memchr(p, '{', (size_t)(end - p)) : NULL)) {
		p++;
		if (p == end || (*p != '{' && *p != '%'))
			continue;
		if (*p == '%' || end - p < 3 || p[1] == '<' || p[1] == '%' || p[1] == '{')
			return false;
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		const char *close = memmem(p + 1, (size_t)((newline ? newline : end) - p - 1), "}}", 2);
		if (!close)
			return false;
		p = close + 2;
	}
	return true;
}

/* Matches the containers that are open against the line at p. */
static bool match(struct simple *s, struct row *row, const char *p)
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
			p += c->indent;
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

/* Behind the line; *at_end: there is none. */
static const char *next_line(const struct simple *s, const struct row *row)
{
	return row->end < s->end ? row->end + 1 : s->end;
}

/* The code from at on, up to the line that closes it, which *last then is. */
static bool find_code(struct simple *s, const struct fence *f, const char *at, struct row *last, bool *whole)
{
	*whole = s->n_open == 0 && f->indent == 0;
	while (at < s->end) {
		if (!match(s, last, at) && *whole)
			s->verdict = SIMPLE_READ; /* tabs are of no matter where nothing is taken off the lines */
		if (s->verdict != SIMPLE_READ)
			return false;
		if (last->matched < s->n_open)
			return simple_leave_block(s);
		if (closes_fence(f, last))
			return true;
		at = next_line(s, last);
	}
	return simple_leave_block(s); /* never closed */
}

/* Copies the lines without what belongs to the containers and the indent of the fence. */
static struct str copy_code(struct simple *s, const struct fence *f, const char *at, const char *end)
{
	char *copy = arena_alloc(s->scratch, (size_t)(end - at) + 1), *to = copy;

	if (!copy) {
		s->failed = true;
		return STR_EMPTY;
	}
	while (at < end) {
		struct row row;
		if (!match(s, &row, at))
			return STR_EMPTY;
		for (int i = 0; i < f->indent && row.p < row.content; i++)
			row.p++;
		at = next_line(s, &row);
		memcpy(to, row.p, (size_t)(at - row.p));
		to += at - row.p;
	}
	return str_slice(copy, to);
}

static bool add_code(struct simple *s, struct row *row, int length)
{
	const struct fence f = { *row->content, length, (int)(row->content - row->p) };
	const char *first = next_line(s, row);
	const struct str info = str_trim(str_slice(row->content + length, row->end));
	struct row last;
	bool whole;

	if (!begin_block(s, row))
		return false;
	if (!is_free_of_templates(s, info.p, info.p + info.n))
		return simple_leave_all(s); /* it may be no fence at all */
	if (memchr(info.p, '\\', info.n) || memchr(info.p, '&', info.n) || !find_code(s, &f, first, &last, &whole))
		return simple_leave_block(s);
	const char *stop = last.end; /* of the closing line */
	const char *to = first;
	for (to = last.p; to > first && to[-1] != '\n';)
		to--;
	if (!is_free_of_templates(s, first, to))
		return simple_leave_all(s);
	struct str code = whole ? str_slice(first, to) : copy_code(s, &f, first, to);
	uint32_t node = tree_leaf(s->build, NODE_CODE_BLOCK, simple_offset(s, row->content), simple_offset(s, stop));
	tree_set_text(s->build, node, code);
	if (info.n)
		tree_set_extra(s->build, node, info);
	fill(s);
	row->end = stop;
	return s->verdict == SIMPLE_READ && !s->failed;
}

/* ------------------------------------------------------------------- lines */

static bool is_rule(const char *p, const char *end)
{
	const char mark = *p;
	int n = 0;

	if (mark != '*' && mark != '-' && mark != '_')
		return false;
	for (; p < end && (*p == mark || ascii_is_blank(*p)); p++)
		n += *p == mark;
	return p == end && n >= 3;
}

static int fence_length(const char *p, const char *end)
{
	const int n = *p == '`' || *p == '~' ? run_length(p, end) : 0;

	return n < 3 || (*p == '`' && memchr(p + n, '`', (size_t)(end - p - n))) ? 0 : n;
}

static int heading_level(const char *p, const char *end)
{
	const int n = *p == '#' ? run_length(p, end) : 0;

	return n <= 6 && (p + n == end || ascii_is_blank(p[n])) ? n : 0;
}

/* What may reach into other blocks when it begins a line: definitions, attribute lists, abbreviations. */
static bool begins_far(const struct simple *s, const char *p, const char *end)
{
	const char next = p + 1 < end ? p[1] : '\n';

	return (*p == ':' && (s->parts & DIALECT_DEFINITIONS)) ||
	       (*p == '*' && next == '[' && (s->parts & DIALECT_ABBREVIATIONS)) ||
	       (*p == '{' && next == ':' && (s->parts & DIALECT_ATTRIBUTES));
}

/* Text: a paragraph begins or goes on. */
static bool add_text(struct simple *s, struct row *row)
{
	if (begins_far(s, row->content, row->end))
		return simple_leave_all(s);
	if (s->text) {
		/* an indented head of a table may, for the pass before cmark, belong to an item above */
		if (*row->content == '|' && s->text > s->begin && s->text[-1] == ' ')
			return simple_leave_all(s);
		/* lazy lines, underlines of headings, rows below the head of a table */
		if (row->matched < s->n_open || strchr("=-|:", *row->content))
			return simple_leave_block(s);
		s->text_to = row->end;
		return true;
	}
	if (is_below_head(s, row))
		return simple_leave_all(s);
	if (row->content - row->p > 3)
		return simple_leave_block(s); /* indented code */
	if (!begin_block(s, row))
		return false;
	s->text = row->content;
	s->text_to = row->end;
	return true;
}

/* What may begin with the character at the content of the line; *more: a container has begun, and something in it. */
static bool begin(struct simple *s, struct row *row, bool *more)
{
	const char *p = row->content, *end = row->end;
	struct marker m;
	int n;

	*more = false;
	switch (*p) {
	case '#':
		n = heading_level(p, end);
		return n ? begin_block(s, row) && add_heading(s, row, n) : add_text(s, row);
	case '`':
	case '~':
		n = fence_length(p, end);
		return n ? add_code(s, row, n) : add_text(s, row);
	case '>':
		*more = true;
		return open_quote(s, row);
	case '<':
		return simple_leave_block(s);
	default:
		break;
	}
	if (*p != '-' && *p != '+' && *p != '*' && *p != '_' && !ascii_is_digit(*p))
		return add_text(s, row);
	if (is_rule(p, end)) {
		if (s->text && *p == '-' && row->matched == s->n_open)
			return simple_leave_block(s); /* an underline perhaps */
		return add_rule(s, row);
	}
	m = marker_at(p, end);
	if (m.length == 0)
		return add_text(s, row);
	if (s->text && row->matched == s->n_open && (m.mark == '.' || m.mark == ')') && m.start != 1)
		return simple_leave_block(s);
	*more = true;
	return open_item(s, row, &m);
}

static bool read_blank(struct simple *s, struct row *row)
{
	if (s->is_rule && row->end > s->at)
		return simple_leave_block(s); /* to cmark, blank lines below are a part of it */
	if (!close_text(s))
		return false;
	s->blank = !s->is_rule;
	for (int i = row->matched; i < s->n_open; i++) { /* a quote ends, and what is in it */
		if (s->open[i].mark != '>')
			continue;
		s->blank = true;
		if (!close_to(s, i, false))
			return false;
	}
	s->blank_quotes = s->n_quotes;
	return true;
}

static bool read_line(struct simple *s)
{
	struct row row;
	bool more = true;

	if (!match(s, &row, s->at))
		return false;
	if (row.content == row.end) {
		if (!read_blank(s, &row))
			return false;
	} else {
		s->is_rule = false;
		while (more) {
			row.content = skip_spaces(row.p, row.end);
			if (row.content == row.end || *row.content == '\t')
				return simple_leave_block(s);
			if (row.content - row.p > 3) {
				if (!add_text(s, &row))
					return false;
				break;
			}
			if (!begin(s, &row, &more))
				return false;
		}
		s->blank = false;
	}
	s->line_to = row.to ? row.to : row.end;
	s->at = next_line(s, &row);
	return true;
}

/* Line ends and blanks beside the usual ones; what placeholders begin with. */
VECTOR_BODY bool has_odd(struct str s)
{
	unsigned char found = 0;

	for (size_t i = 0; i < s.n; i++) {
		const unsigned char c = (unsigned char)s.p[i];
		found |= ((unsigned char)(c - 0x0B) < 3) | (c >= 0xF3);
	}
	return found;
}

VECTOR_LOOP static bool has_odd_anywhere(struct str s)
{
	return has_odd(s);
}

VECTOR_AVX2 static bool has_odd_avx2(struct str s)
{
	return has_odd(s);
}

static bool has_odd_bytes(struct str s)
{
	return s.n >= 64 && vector_avx2() ? has_odd_avx2(s) : has_odd_anywhere(s);
}

enum simple_verdict simple_begin(struct simple *s, const struct markdown_input *input, struct tree_build *build,
				 struct arena *scratch)
{
	const struct str body = input->body;

	*s = (struct simple){ .build = build,
			      .scratch = scratch,
			      .begin = body.p,
			      .end = body.p + body.n,
			      .at = body.p,
			      .block = body.p,
			      .offset = input->offset,
			      .parts = input->parts };
	if (has_odd_bytes(body))
		return SIMPLE_NOT;
	if (input->parts & DIALECT_AUTOLINKS) {
		const struct bytes_pairs pairs = bytes_pairs(body);
		s->slashes = pairs.slashes;
		s->ww = pairs.ww;
	}
	return SIMPLE_READ;
}

enum simple_verdict simple_read(struct simple *s)
{
	s->verdict = SIMPLE_READ;
	s->n_open = s->n_quotes = 0;
	s->blank = false;
	s->text = NULL;
	s->block = s->at;
	s->node = s->build->tree.n_nodes;
	s->line_to = s->at > s->begin ? s->at - 1 : NULL;
	while (s->at < s->end)
		if (!read_line(s))
			return s->verdict;
	close_to(s, 0, false);
	return s->verdict;
}
