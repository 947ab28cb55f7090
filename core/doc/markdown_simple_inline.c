/*
 * markdown_simple_inline.c - the inlines of markdown_simple.h: text, breaks,
 * code, links and images with their target, emphasis whose two ends are plain
 * to see.
 *
 * Nothing that looks ahead goes further than a paragraph, and none looks there twice in vain.
 */
#include "doc/markdown_simple.h"

#include "base/ascii.h"
#include "base/bytes.h"
#include "base/utf8.h"
#include "doc/autolink.h"

/* What inlines are in: no links in links, no emphasis in emphasis. */
enum inside { IN_BLOCK = 0, IN_EMPHASIS = 1, IN_LINK = 2 };

struct text {
	const char *from, *to; /* of the block, or what is inside an inline */
	unsigned inside;       /* enum inside */
	const char *line;      /* where the content of the line begins: what stands before it is white space */
};

static bool is_punctuation(char c)
{
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

/* At which text may end: a newline and \`*_[!]<&~@{ */
static const struct bytes_set special = { { 0x50, 0x04, 0x00, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00, 0x05, 0xA0,
					    0x28, 0x20, 0x80, 0x20 },
					  { 1, 2, 4, 8, 16, 32, 64, 128 } };

static int run_length(const char *p, const char *end)
{
	const char *q = p;

	while (q < end && *q == *p)
		q++;
	return (int)(q - p);
}

/* ------------------------------------------------------------------ pieces */

/* Bytes as text, written as [from, to) in the source. */
static void add_piece(struct simple *s, struct str text, const char *from, const char *to)
{
	if (text.n == 0)
		return;
	tree_add_text(s->build, text, simple_offset(s, from), simple_offset(s, to));
	s->last_to = to;
}

static bool may_link(const char *from, const char *to)
{
	const struct bytes_pairs pairs = bytes_pairs(str_slice(from, to));

	return pairs.slashes || pairs.ww;
}

/* Could a bare link reach over one of the ends of this text? */
static bool links_reach_out(const struct simple *s, const struct text *t, const char *from, const char *to)
{
	const char *first = from, *last = to;

	while (first < to && *first != ' ')
		first++;
	while (last > from && last[-1] != ' ')
		last--;
	return (from > t->line && may_link(from, first)) || (to < s->text_end && *to != '\n' && may_link(last, to));
}

static bool add_run_with_links(struct simple *s, const struct text *t, const char *from, const char *to)
{
	const struct str text = str_slice(from, to);
	struct autolink link;
	size_t pos = 0;

	if (links_reach_out(s, t, from, to))
		return simple_leave_block(s);
	for (; autolink_find(s->scratch, text, pos, &link); pos = link.to) {
		add_piece(s, str_slice(from + pos, from + link.from), from + pos, from + link.from);
		uint32_t node = tree_open(s->build, NODE_LINK, simple_offset(s, from + link.from));
		tree_set_text(s->build, node, link.url);
		if (node != TREE_NONE)
			tree_node(s->build, node)->flags |= NODE_BARE;
		add_piece(s, str_slice(from + link.from, from + link.to), from + link.from, from + link.to);
		tree_close(s->build, simple_offset(s, from + link.to));
	}
	s->failed = s->failed || s->scratch->refused;
	add_piece(s, str_slice(from + pos, to), from + pos, to);
	return !s->failed;
}

/* Text that means nothing but itself, or bare links. */
static bool add_run(struct simple *s, const struct text *t, const char *from, const char *to)
{
	if ((s->slashes || s->ww) && !(t->inside & IN_LINK) && may_link(from, to))
		return add_run_with_links(s, t, from, to);
	add_piece(s, str_slice(from, to), from, to);
	return true;
}

/* Where the content of the line at p begins, behind the marks of quotes. */
static const char *line_content(const struct simple *s, const char *p)
{
	int quotes = s->n_quotes;

	for (;; p++) {
		if (*p == '>' && quotes > 0)
			quotes--;
		else if (*p != ' ')
			return p;
	}
}

/* At a backslash before a newline; run: what stands before it. Blanks at the end of that are not seen. */
static bool add_hard_break(struct simple *s, struct text *t, const char *run, const char **at)
{
	const char *p = *at, *to = p, *next = line_content(s, p + 2);

	while (to > run && to[-1] == ' ')
		to--;
	if (*next == '\t' || to == run || to[-1] == '\t' || (t->inside & IN_EMPHASIS))
		return simple_leave_block(s);
	if (!add_run(s, t, run, to))
		return false;
	tree_leaf(s->build, NODE_LINEBREAK, simple_offset(s, p), simple_offset(s, next));
	*at = t->line = next;
	return true;
}

/* At a newline; run: what stands before it. */
static bool add_break(struct simple *s, struct text *t, const char *run, const char **at)
{
	const char *p = *at, *to = p, *next = line_content(s, p + 1);

	while (to > run && to[-1] == ' ')
		to--;
	/* blanks before it that the text's span is known to take in, or an emphasis around it not to understand */
	const bool odd = to < p && (s->escaped || (to == run && (t->inside & IN_EMPHASIS)));
	if (*next == '\t' || (to > run && ascii_is_blank(to[-1])) || odd)
		return simple_leave_block(s);
	if (!add_run(s, t, run, to))
		return false;
	tree_leaf(s->build, p - to >= 2 ? NODE_LINEBREAK : NODE_SOFTBREAK, simple_offset(s, s->last_to),
		  simple_offset(s, next));
	*at = t->line = next;
	return true;
}

/* -------------------------------------------------------------------- code */

/* The run of as many backticks that closes the one at p, on the same line; NULL: none there. */
static const char *code_close(const char *p, const char *end, int n)
{
	for (p += n; p < end && *p != '\n';) {
		if (*p != '`') {
			p++;
			continue;
		}
		const int closing = run_length(p, end);
		if (closing == n)
			return p;
		p += closing;
	}
	return NULL;
}

static bool has_template(struct str code)
{
	const char *end = code.p + code.n;

	for (const char *p = code.p; (p = memchr(p, '{', (size_t)(end - p))); p++)
		if (p + 1 == end || strchr("{%:", p[1]))
			return true;
	return false;
}

static bool add_code(struct simple *s, const struct text *t, const char **at)
{
	const char *p = *at;
	const int n = run_length(p, t->to);
	const char *close = code_close(p, t->to, n);

	if (!close)
		return simple_leave_block(s);
	struct str code = str_slice(p + n, close);
	if (code.n > 2 && code.p[0] == ' ' && code.p[code.n - 1] == ' ') {
		size_t i = 0;
		while (i < code.n && code.p[i] == ' ')
			i++;
		if (i < code.n)
			code = (struct str){ code.p + 1, code.n - 2 };
	}
	if (code.n == 0 || has_template(code))
		return simple_leave_block(s);
	uint32_t node = tree_leaf(s->build, NODE_CODE, simple_offset(s, p), simple_offset(s, close + n));
	tree_set_text(s->build, node, code);
	*at = s->last_to = close + n;
	return true;
}

/* ------------------------------------------------------------------- links */

struct link {
	const char *label_to; /* the bracket that closes it */
	struct str url, title;
	const char *to;
};

enum link_find { LINK_FOUND, LINK_NONE, LINK_UNSURE };

static const char *step_over(const struct text *t, const char *p);

/* Behind the bracket that closes the label which begins at p. */
static enum link_find find_label(const struct text *t, const char *p, bool nested, const char **close)
{
	while (p < t->to && *p != '\n') {
		const char *code;
		switch (*p) {
		case ']':
			*close = p;
			return LINK_FOUND;
		case '<':
			return LINK_UNSURE;
		case '[':
			p = nested ? NULL : step_over(t, p);
			if (!p)
				return LINK_UNSURE;
			break;
		case '\\':
			p += p + 1 < t->to && p[1] != '\n' ? 2 : 1;
			break;
		case '`':
			code = code_close(p, t->to, run_length(p, t->to));
			if (!code)
				return LINK_UNSURE;
			p = code + run_length(code, t->to);
			break;
		default:
			p++;
		}
	}
	return LINK_UNSURE;
}

static const char *skip_spaces(const char *p, const char *end)
{
	while (p < end && *p == ' ')
		p++;
	return p;
}

/* "url "title")" at p, of characters that mean nothing but themselves. */
static bool read_target(const char *p, const char *end, struct link *link)
{
	const char *q = p;

	while (q < end && (unsigned char)*q > ' ' && *q != 0x7F && !strchr("()<>\\&{", *q))
		q++;
	link->url = str_slice(p, q);
	link->title = STR_EMPTY;
	const char *after = skip_spaces(q, end);
	if (after > q && after < end && (*after == '"' || *after == '\'')) {
		const char quote = *after;
		for (q = ++after; q < end && *q != quote; q++)
			if (strchr("\n\\&{", *q))
				return false;
		link->title = str_slice(after, q);
		after = q < end ? skip_spaces(q + 1, end) : end;
	}
	link->to = after + 1;
	return link->url.n > 0 && after < end && *after == ')';
}

/* The link or image whose bracket stands at p. */
static enum link_find find_link(const struct text *t, const char *p, bool nested, struct link *link)
{
	enum link_find found = find_label(t, p + 1, nested, &link->label_to);

	if (found != LINK_FOUND)
		return found;
	p = link->label_to + 1;
	if (p == t->to || *p != '(')
		return LINK_NONE;
	return read_target(p + 1, t->to, link) ? LINK_FOUND : LINK_UNSURE;
}

/* Behind an image, or brackets that make no link, inside a label; NULL: neither. */
static const char *step_over(const struct text *t, const char *p)
{
	struct link inner;
	const enum link_find found = find_link(t, p, true, &inner);

	if (found == LINK_NONE)
		return inner.label_to + 1;
	return found == LINK_FOUND && p[-1] == '!' ? inner.to : NULL;
}

static bool read_inlines(struct simple *s, struct text *t);

/* At a bracket, or the "!" before it. */
static bool add_link(struct simple *s, struct text *t, const char **at)
{
	const char *p = *at, *bracket = p + (*p == '!');
	struct link link;

	if (bracket + 1 < t->to && bracket[1] == '^' && (s->parts & DIALECT_FOOTNOTES))
		return simple_leave_all(s);
	/* in a label there are no links, or it would be none */
	const enum link_find found = (t->inside & IN_LINK) && bracket == p
					     ? LINK_NONE
					     : find_link(t, bracket, t->inside & IN_LINK, &link);
	if (found == LINK_UNSURE)
		return simple_leave_block(s);
	if (found == LINK_NONE) { /* no definition names it */
		add_piece(s, str_slice(p, bracket + 1), p, bracket + 1);
		*at = bracket + 1;
		return true;
	}
	struct text label = { bracket + 1, link.label_to, t->inside | IN_LINK, t->line };
	uint32_t node = tree_open(s->build, bracket > p ? NODE_IMAGE : NODE_LINK, simple_offset(s, p));
	tree_set_text(s->build, node, link.url);
	if (link.title.n)
		tree_set_extra(s->build, node, link.title);
	if (!read_inlines(s, &label))
		return false;
	tree_close(s->build, simple_offset(s, link.to));
	*at = s->last_to = link.to;
	return true;
}

/* ---------------------------------------------------------------- emphasis */

enum side { SIDE_SPACE, SIDE_PUNCTUATION, SIDE_LETTER, SIDE_UNKNOWN };

/* Of a character beyond ASCII: what is known to be a letter or a mark; cmark has tables for the rest. */
static enum side side_of(uint32_t c)
{
	static const struct {
		uint32_t first, last;
		enum side side;
	} known[] = { { 0xAC00, 0xD7A3, SIDE_LETTER },      { 0x4E00, 0x9FFF, SIDE_LETTER },
		      { 0x3041, 0x3096, SIDE_LETTER },      { 0x30A1, 0x30FA, SIDE_LETTER },
		      { 0xC0, 0x24F, SIDE_LETTER },         { 0x410, 0x44F, SIDE_LETTER },
		      { 0x3131, 0x318E, SIDE_LETTER },      { 0x3400, 0x4DBF, SIDE_LETTER },
		      { 0x2010, 0x2027, SIDE_PUNCTUATION }, { 0x3001, 0x3003, SIDE_PUNCTUATION },
		      { 0x3008, 0x3011, SIDE_PUNCTUATION }, { 0xFF01, 0xFF03, SIDE_PUNCTUATION },
		      { 0xFF05, 0xFF0A, SIDE_PUNCTUATION }, { 0xFF0C, 0xFF0F, SIDE_PUNCTUATION },
		      { 0xFF1A, 0xFF1B, SIDE_PUNCTUATION }, { 0xFF1F, 0xFF20, SIDE_PUNCTUATION } };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (c >= known[i].first && c <= known[i].last)
			return known[i].side;
	return SIDE_UNKNOWN;
}

static enum side side_behind(const char *p, const char *end)
{
	uint32_t c;

	if (p >= end || *p == ' ' || *p == '\n' || *p == '\t')
		return SIDE_SPACE;
	if ((unsigned char)*p < 0x80)
		return is_punctuation(*p) ? SIDE_PUNCTUATION : (unsigned char)*p < ' ' ? SIDE_UNKNOWN : SIDE_LETTER;
	utf8_decode(p, end, &c);
	return side_of(c);
}

static enum side side_before(const char *p, const char *line, const char *end)
{
	if (p <= line)
		return SIDE_SPACE;
	do
		p--;
	while (((unsigned char)*p & 0xC0) == 0x80);
	return side_behind(p, end);
}

/* A run of "*" or "_" (CommonMark 6.2). */
struct marks {
	int n;
	bool opens, closes, unknown;
};

static struct marks marks_at(const struct simple *s, const char *p, const char *line)
{
	const int n = run_length(p, s->text_end);
	const enum side before = side_before(p, line, s->text_end), behind = side_behind(p + n, s->text_end);
	const bool left = behind != SIDE_SPACE && (behind != SIDE_PUNCTUATION || before != SIDE_LETTER);
	const bool right = before != SIDE_SPACE && (before != SIDE_PUNCTUATION || behind != SIDE_LETTER);
	struct marks m = { n, left, right, before == SIDE_UNKNOWN || behind == SIDE_UNKNOWN };

	if (*p == '_') {
		m.opens = left && (!right || before == SIDE_PUNCTUATION);
		m.closes = right && (!left || behind == SIDE_PUNCTUATION);
	}
	return m;
}

/*
 * The run that closes the emphasis which p opens, at *close, or NULL: there are no other marks.  LINK_UNSURE: the
 * next marks are others.  Code and links are stepped over.
 */
static bool find_close(struct simple *s, const struct text *t, const char *p, int n, const char **close)
{
	const char *line = t->line, mark = *p;
	struct link link;

	*close = NULL;
	for (p += n; p < t->to;) {
		if (*p == '*' || *p == '_') {
			const struct marks m = marks_at(s, p, line);
			if (m.unknown)
				return simple_leave_block(s);
			if (m.opens || m.closes) {
				*close = p;
				return (*p == mark && m.closes && m.n == n) || simple_leave_block(s);
			}
			p += m.n;
		} else if (*p == '`') {
			const char *code = code_close(p, t->to, run_length(p, t->to));
			if (!code)
				return simple_leave_block(s);
			p = code + run_length(code, t->to);
		} else if (*p == '[' && !(t->inside & IN_LINK)) {
			const enum link_find found = find_link(t, p, false, &link);
			if (found == LINK_UNSURE)
				return simple_leave_block(s);
			p = found == LINK_FOUND ? link.to : p + 1;
		} else if (*p == '\\') {
			p += p + 1 < t->to ? 2 : 1;
		} else {
			if (*p == '\n')
				line = line_content(s, p + 1);
			p++;
		}
	}
	return true;
}

static bool add_emphasis(struct simple *s, struct text *t, const char **at)
{
	const char *p = *at, *close = NULL;
	const struct marks m = marks_at(s, p, t->line);

	if (m.unknown || ((m.opens || m.closes) && (t->inside & IN_EMPHASIS)))
		return simple_leave_block(s);
	if (m.opens && !find_close(s, t, p, m.n, &close))
		return false;
	if (!close) {
		add_piece(s, str_slice(p, p + m.n), p, p + m.n);
		*at = p + m.n;
		return true;
	}
	if (m.n > 2)
		return simple_leave_block(s);
	struct text inner = { p + m.n, close, t->inside | IN_EMPHASIS, t->line };
	tree_open(s->build, m.n == 2 ? NODE_STRONG : NODE_EMPH, simple_offset(s, p));
	if (!read_inlines(s, &inner))
		return false;
	tree_close(s->build, simple_offset(s, close + m.n));
	t->line = inner.line;
	*at = s->last_to = close + m.n;
	return true;
}

/* ----------------------------------------------------------------- the rest */

static bool add_escape(struct simple *s, const struct text *t, const char **at)
{
	const char *p = *at;

	s->escaped = true;
	if (p + 1 == s->text_end) {
		add_piece(s, str_slice(p, p + 1), p, p + 1);
	} else if (p[1] == '{' && p + 2 < s->text_end && p[2] == '%') {
		return simple_leave_all(s); /* templates are looked for before escapes are */
	} else if (p + 1 == t->to || strchr("\\`~@<{", p[1]) || (s->slashes && p[1] == '/')) {
		return simple_leave_block(s);
	} else if (is_punctuation(p[1])) {
		add_piece(s, str_slice(p + 1, p + 2), p, p + 2);
		p++;
	} else {
		add_piece(s, str_slice(p, p + 1), p, p + 1);
	}
	*at = p + 1;
	return true;
}

/* "&name;", "&#1;": perhaps a reference. */
static bool is_reference(const char *p, const char *end)
{
	p++;
	p += p < end && *p == '#';
	while (p < end && ascii_is_alnum(*p))
		p++;
	return p < end && *p == ';';
}

/* A character that is itself unless something stands beside it. */
static bool add_character(struct simple *s, const struct text *t, const char **at)
{
	const char *p = *at;
	const char before = p > t->from ? p[-1] : ' ', next = p + 1 < s->text_end ? p[1] : ' ';

	switch (*p) {
	case ']':
		if (next == ':')
			return simple_leave_all(s);
		break;
	case '&':
		if (is_reference(p, s->text_end))
			return simple_leave_block(s);
		break;
	case '~':
		if (next == '~')
			return simple_leave_block(s);
		break;
	case '@':
		if (before != ' ' && next != ' ')
			return simple_leave_block(s);
		break;
	case '{':
		if (next == '%')
			return simple_leave_all(s);
		if (next == '{' || next == ':')
			return simple_leave_block(s);
		break;
	case '<':
		return simple_leave_block(s);
	default:
		break;
	}
	add_piece(s, str_slice(p, p + 1), p, p + 1);
	*at = p + 1;
	return true;
}

/* What begins at the special character *at; run: the text before it. */
static bool add_special(struct simple *s, struct text *t, const char *run, const char **at)
{
	const char c = **at;

	if (c == '\n')
		return add_break(s, t, run, at);
	if (c == '\\' && *at + 1 < t->to && (*at)[1] == '\n')
		return add_hard_break(s, t, run, at);
	if (!add_run(s, t, run, *at))
		return false;
	switch (c) {
	case '`':
		return add_code(s, t, at);
	case '*':
	case '_':
		return add_emphasis(s, t, at);
	case '[':
		return add_link(s, t, at);
	case '!':
		return *at + 1 < t->to && (*at)[1] == '[' ? add_link(s, t, at) : add_character(s, t, at);
	case '\\':
		return add_escape(s, t, at);
	default:
		return add_character(s, t, at);
	}
}

static bool read_inlines(struct simple *s, struct text *t)
{
	const char *p = t->from;

	while (p < t->to) {
		const char *run = p;
		p = bytes_find_set(p, t->to, &special);
		if (p == t->to)
			return add_run(s, t, run, p);
		if (!add_special(s, t, run, &p))
			return false;
	}
	return true;
}

bool simple_inlines(struct simple *s, const char *p, const char *end)
{
	struct text t = { p, end, IN_BLOCK, p };

	s->text_end = end;
	s->last_to = p;
	s->escaped = false;
	return read_inlines(s, &t);
}
