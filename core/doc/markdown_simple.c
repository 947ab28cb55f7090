/*
 * markdown_simple.c - the blocks of markdown_simple.h, line by line: what
 * begins in each, which paragraph it goes on with.
 *
 * The rules are CommonMark's, those for where a block ends cmark's: at the line before the one that ends it.
 */
#include "doc/markdown_simple_private.h"

#include "base/vector.h"
#include "doc/attributes.h"

static bool add_rule(struct simple *s, const struct simple_row *row)
{
	if (!simple_begin_block(s, row))
		return false;
	simple_leaf(s, NODE_THEMATIC_BREAK, simple_offset(s, row->content), simple_offset(s, row->end));
	s->is_rule = true;
	simple_fill(s);
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

static bool add_heading(struct simple *s, struct simple_row *row, int level)
{
	const char *p = skip_spaces(row->content + level, row->end);
	const char *end = heading_text_end(p, row->end);

	/* empty ones are left alone */
	if (!end || end == p || *p == '\t')
		return simple_leave_block(s);
	const char *list = end;
	/* in a definition, what stands behind the text is a part of the containers there */
	if (simple_find_heading_list(s, p, end, &list) == LINK_UNSURE || (simple_is_in_definition(s) && end < row->end))
		return simple_leave_block(s);
	const uint32_t node = simple_open(s, NODE_HEADING, simple_offset(s, row->content));
	simple_set_number(s, node, level);
	if (!simple_inlines(s, p, trim_end(p, list), end))
		return false;
	/* of a text with escapes in it, the list stays in the span */
	if (list < end &&
	    (s->escaped ? !simple_leave_block(s) : !simple_set_list(s, node, str_slice(list + 1, end - 1))))
		return false;
	simple_close(s, simple_offset(s, row->end));
	simple_fill(s);
	row->to = end;
	s->heading = node;
	s->heading_to = s->n_open || list < end ? NULL : row->end;
	return true;
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
	const int n = *p == '`' || *p == '~' ? bytes_run(p, end) : 0;

	return n < 3 || (*p == '`' && memchr(p + n, '`', (size_t)(end - p - n))) ? 0 : n;
}

int simple_heading_level(const char *p, const char *end)
{
	const int n = *p == '#' ? bytes_run(p, end) : 0;

	return n <= 6 && (p + n == end || ascii_is_blank(p[n])) ? n : 0;
}

/* The line before the one at p, which is not the first one. */
static const char *line_before(const struct simple *s, const char *p)
{
	const char *newline = p - 1 > s->begin ? memrchr(s->begin, '\n', (size_t)(p - 1 - s->begin)) : NULL;

	return newline ? newline + 1 : s->begin;
}

/* Is it sure that no term stands above the line that is read: nothing, two blank lines, or a heading? */
static bool is_below_no_term(const struct simple *s)
{
	const char *p = s->at > s->begin ? line_before(s, s->at) : NULL;

	if (p && *p == '\n')
		p = p > s->begin ? line_before(s, p) : NULL;
	return !p || *p == '\n' || simple_heading_level(p, s->end) > 0;
}

/* A line that may concern other blocks: a definition, an attribute list, an abbreviation. */
enum far { FAR_NOT, FAR_DEFINITION, FAR_ATTRIBUTES, FAR_ABBREVIATION };

static enum far far_at(const struct simple *s, const char *p, const char *end)
{
	const char next = p + 1 < end ? p[1] : '\n';

	if (*p == ':' && (ascii_is_blank(next) || next == '\n') && (s->parts & DIALECT_DEFINITIONS))
		return s->text || !is_below_no_term(s) ? FAR_DEFINITION : FAR_NOT;
	if (*p == '*' && next == '[' && (s->parts & DIALECT_ABBREVIATIONS))
		return bytes_find_pair(p, end, ']', ':') ? FAR_ABBREVIATION : FAR_NOT;
	return *p == '{' && next == ':' && (s->parts & DIALECT_ATTRIBUTES) ? FAR_ATTRIBUTES : FAR_NOT;
}

static bool take_far(struct simple *s, struct simple_row *row, enum far far)
{
	switch (far) {
	case FAR_DEFINITION: /* the terms are in this block, or the one before */
		return simple_leave_block(s);
	case FAR_ATTRIBUTES:
		return simple_take_attributes(s, row);
	default:
		return simple_leave_all(s);
	}
}

bool simple_has_less(struct simple *s)
{
	if (!s->less_known)
		s->less = memchr(s->begin, '<', (size_t)(s->end - s->begin));
	s->less_known = true;
	return s->less;
}

/* Does the line before the last one of the paragraph that is open end with a break? */
static bool has_break(const struct simple *s)
{
	const char *newline = memrchr(s->text, '\n', (size_t)(s->text_to - s->text));

	return newline && newline > s->text && strchr("\\ ", newline[-1]);
}

/* As the row below the head of a table, which the last line of the paragraph is then. */
static bool is_delimiter_row(const struct simple *s, const struct simple_row *row)
{
	return strchr("|:-", *row->content) && (s->parts & DIALECT_TABLES) && simple_is_delimiter(row) &&
	       memchr(row->content, '-', (size_t)(row->end - row->content));
}

/*
 * A head may, for the pass before cmark, belong to an item far above where its block is indented; of a break above it
 * raw HTML anywhere in the document leaves nothing.
 */
static bool leave_table(struct simple *s)
{
	return *s->block == ' ' || (has_break(s) && simple_has_less(s)) ? simple_leave_all(s) : simple_leave_block(s);
}

/* A line of "=" or "-" alone. */
static bool is_mark_run(const char *p, const char *end)
{
	return p < end && (*p == '=' || *p == '-') && trim_end(p, end) == p + bytes_run(p, end);
}

static bool is_underline(const struct simple_row *row)
{
	return row->content - row->p <= 3 && is_mark_run(row->content, row->end);
}

/* A line of the text that is indented, or behind the mark of a quote, may look like one as well: the heading ends there. */
static bool has_underline(const char *p, const char *end)
{
	while ((p = memchr(p, '\n', (size_t)(end - p)))) {
		p++;
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		while (p < end && (ascii_is_blank(*p) || *p == '>'))
			p++;
		if (is_mark_run(p, newline ? newline : end))
			return true;
	}
	return false;
}

/* The paragraph that is open is one, with this line below. */
static bool add_underlined(struct simple *s, struct simple_row *row)
{
	const char *p = s->text, *end = trim_end(p, s->text_to), *list = end;

	/* two dashes may, for the pass before cmark, be a part of terms; "#a" may seem to be the whole heading */
	if (s->n_open > 0 || (*row->content == '-' && bytes_run(row->content, row->end) < 3) || *p == '#' ||
	    has_underline(p, end) || simple_find_heading_list(s, p, end, &list) != LINK_NONE)
		return simple_leave_block(s);
	const uint32_t node = simple_open(s, NODE_HEADING, simple_offset(s, p));
	simple_set_number(s, node, *row->content == '=' ? 1 : 2);
	s->text = s->text_close = NULL;
	if (!simple_inlines(s, p, end, end))
		return false;
	simple_close(s, simple_offset(s, row->end));
	s->heading = node;
	s->heading_to = row->end;
	return true;
}

/* The paragraph that is open goes on. */
static bool add_more_text(struct simple *s, struct simple_row *row)
{
	if (row->matched == s->n_open && is_underline(row))
		return add_underlined(s, row);
	if (is_delimiter_row(s, row))
		return simple_take_table_below(s, row) || (s->verdict == SIMPLE_READ && leave_table(s));
	/* a lazy line, whose indent cmark keeps for a while */
	if (row->matched < s->n_open && (row->content > row->p || simple_is_in_definition(s)))
		return simple_leave_block(s);
	s->text_to = row->end;
	return true;
}

/*
 * A footnote's definition, indented, right below another block: to the pass before cmark the indent is a line of its own,
 * which may be a part of that block.
 */
static bool is_note_beside(const struct simple *s, const struct simple_row *row)
{
	return s->notes.n > 0 && row->matched == 0 && row->content > s->at && !s->blank && s->line_to &&
	       bytes_find_pair(row->content, row->end, '[', '^') == row->content;
}

/* Text: a paragraph begins or goes on. */
static bool add_text(struct simple *s, struct simple_row *row)
{
	const enum far far = far_at(s, row->content, row->end);

	if (far != FAR_NOT)
		return take_far(s, row, far);
	if (s->text)
		return add_more_text(s, row);
	if (simple_is_below_head(s, row) || is_note_beside(s, row))
		return simple_leave_all(s);
	if (row->content - row->p > 3)
		return simple_leave_block(s); /* indented code */
	enum simple_taken taken = simple_take_table(s, row);
	if (taken == TAKEN_NOT)
		taken = simple_take_term(s, row);
	if (taken != TAKEN_NOT)
		return taken == TAKEN;
	if (!simple_begin_block(s, row))
		return false;
	s->text = row->content;
	s->text_to = row->end;
	return true;
}

/* What may begin with the character at the content of the line; *more: a container has begun, and something in it. */
static bool begin(struct simple *s, struct simple_row *row, bool *more)
{
	const char *p = row->content, *end = row->end;
	struct simple_marker m;
	int n;

	*more = false;
	switch (*p) {
	case '#':
		n = simple_heading_level(p, end);
		return n ? simple_begin_block(s, row) && add_heading(s, row, n) : add_text(s, row);
	case '`':
	case '~':
		n = fence_length(p, end);
		return n ? simple_add_code(s, row, n) : add_text(s, row);
	case '>':
		*more = true;
		return simple_open_quote(s, row);
	case '<':
		if (simple_is_in_definition(s))
			return simple_leave_block(s);
		/* fall through */
	case '[':
		switch (*p == '<' ? simple_take_html(s, row) : simple_take_definition(s, row)) {
		case TAKEN:
			return true;
		case TAKEN_LEFT:
			return false;
		default:
			return add_text(s, row);
		}
	default:
		break;
	}
	if (*p != '-' && *p != '+' && *p != '*' && *p != '_' && !ascii_is_digit(*p))
		return add_text(s, row);
	if (is_rule(p, end)) {
		if (s->text && row->matched == s->n_open && is_underline(row))
			return add_underlined(s, row);
		return add_rule(s, row);
	}
	m = simple_marker(p, end);
	if (m.length == 0)
		return add_text(s, row);
	if (s->text && row->matched == s->n_open && (m.mark == '.' || m.mark == ')') && m.start != 1)
		return simple_leave_block(s);
	*more = true;
	return simple_open_item(s, row, &m);
}

static bool read_blank(struct simple *s, struct simple_row *row)
{
	if ((s->is_rule || simple_is_in_definition(s)) && row->end > s->at)
		return simple_leave_block(s); /* to cmark, blank lines below a rule are a part of it */
	if (!simple_close_text(s))
		return false;
	s->blank = !s->is_rule;
	for (int i = row->matched; i < s->n_open; i++) { /* a quote ends, and what is in it */
		if (s->open[i].mark != '>')
			continue;
		s->blank = true;
		s->is_rule = false;
		if (!simple_close_to(s, i, false))
			return false;
	}
	s->blank_quotes = s->n_quotes;
	return true;
}

static bool read_line(struct simple *s)
{
	struct simple_row row;
	bool more = true, blank = false;

	if (!simple_match(s, &row, s->at) || (s->templates && !simple_join_lines(s, &row)))
		return false;
	if (simple_is_in_definition(s) && row.matched == 0 && row.content < row.end) {
		if (!simple_go_on_terms(s, &row))
			return false;
		more = s->open[0].from <= s->at;
	}
	if (row.content == row.end) {
		if (!read_blank(s, &row))
			return false;
	} else {
		s->is_rule = false;
		while (more) {
			row.content = skip_spaces(row.p, row.end);
			blank = row.content == row.end && s->open[s->n_open - 1].mark == '>';
			if (blank)
				break;
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
		s->blank = blank; /* a quote begins with a blank line */
		s->blank_quotes = s->n_quotes;
		if (simple_is_in_definition(s))
			s->open[0].to = row.end;
	}
	s->line_to = row.to ? row.to : row.end;
	s->at = simple_next_line(s, &row);
	return true;
}

/*
 * Line ends and blanks beside the usual ones; what placeholders begin with; byte order marks, of which cmark takes the
 * one in front of what it is given.
 */
VECTOR_BODY bool has_odd(struct str s)
{
	unsigned char found = 0;

	for (size_t i = 0; i < s.n; i++) {
		const unsigned char c = (unsigned char)s.p[i];
		found |= ((unsigned char)(c - 0x0B) < 3) | (c >= 0xF3);
	}
	for (size_t i = 2; i < s.n; i++)
		found |= (s.p[i - 2] == '\xEF') & (s.p[i - 1] == '\xBB') & (s.p[i] == '\xBF');
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
			      .offset = input->offset,
			      .parts = input->parts,
			      .as_it_is = { .arena = scratch,
					    .parts = input->parts,
					    .text = body,
					    .as_it_is = true,
					    .offset = input->offset },
			      .ends = { .end = body.p + body.n } };
	if (has_odd_bytes(body))
		return SIMPLE_NOT;
	if (!simple_gather_definitions(s) || ((input->parts & DIALECT_FOOTNOTES) && bytes_has(body, '^') &&
					      !note_labels_gather(&s->notes, scratch, body))) {
		s->failed = true;
		return SIMPLE_NOT;
	}
	if (input->parts & DIALECT_AUTOLINKS) {
		const struct bytes_pairs pairs = bytes_pairs(body);
		s->slashes = pairs.slashes;
		s->ww = pairs.ww;
		s->at_signs = bytes_has(body, '@');
	}
	s->lists = (input->parts & DIALECT_ATTRIBUTES) && bytes_has(body, '{') &&
		   bytes_find_pair(body.p, s->end, '{', ':');
	s->names = s->lists && attributes_may_define(body);
	s->templates = bytes_has(body, '{') &&
		       (bytes_find_pair(body.p, s->end, '{', '{') || bytes_find_pair(body.p, s->end, '{', '%'));
	return SIMPLE_READ;
}

enum simple_verdict simple_read(struct simple *s, struct events *out, const struct balance *open)
{
	s->verdict = SIMPLE_READ;
	s->out = out;
	s->n_opened = 0;
	s->balance.n = 0;
	s->balance.lost = false;
	if (open)
		balance_copy(&s->balance, open);
	s->block_event = out ? out->n : 0;
	s->block_whole = balance_is_whole(&s->balance);
	s->n_open = s->n_quotes = 0;
	s->listed = TREE_NONE;
	s->blank = false;
	s->text = s->text_close = s->heading_to = NULL;
	s->block = s->at;
	s->node = s->build->tree.n_nodes;
	s->line_to = s->at > s->begin ? s->at - 1 : NULL;
	while (s->at < s->end)
		if (!read_line(s))
			return s->verdict;
	simple_close_to(s, 0, false);
	return s->verdict;
}
