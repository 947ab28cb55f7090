/*
 * markdown_simple_emphasis.c - emphasis for markdown_simple.h: two runs of as
 * many marks, and between them no others but such pairs.
 */
#include "doc/markdown_simple_private.h"

#include "base/utf8.h"

enum side { SIDE_SPACE, SIDE_PUNCTUATION, SIDE_LETTER, SIDE_UNKNOWN };

/* Of a character beyond ASCII: what is known to be a letter or a mark, to cmark symbols too; cmark has tables for the rest. */
static enum side side_of(uint32_t c)
{
	static const struct {
		uint32_t first, last;
		enum side side;
	} known[] = { { 0xAC00, 0xD7A3, SIDE_LETTER },      { 0x4E00, 0x9FFF, SIDE_LETTER },
		      { 0x3041, 0x3096, SIDE_LETTER },      { 0x30A1, 0x30FA, SIDE_LETTER },
		      { 0xC0, 0x37D, SIDE_LETTER },         { 0x388, 0x52F, SIDE_LETTER },
		      { 0x2010, 0x2027, SIDE_PUNCTUATION }, { 0x3001, 0x3003, SIDE_PUNCTUATION },
		      { 0x3008, 0x3011, SIDE_PUNCTUATION }, { 0x3014, 0x301F, SIDE_PUNCTUATION },
		      { 0xFF01, 0xFF03, SIDE_PUNCTUATION }, { 0xFF05, 0xFF0A, SIDE_PUNCTUATION },
		      { 0xFF0C, 0xFF0F, SIDE_PUNCTUATION }, { 0xFF10, 0xFF19, SIDE_LETTER },
		      { 0xFF1A, 0xFF1B, SIDE_PUNCTUATION }, { 0xFF1F, 0xFF20, SIDE_PUNCTUATION },
		      { 0xFF21, 0xFF3A, SIDE_LETTER },      { 0x1F300, 0x1FAFF, SIDE_LETTER },
		      { 0x2100, 0x2307, SIDE_LETTER },      { 0x2460, 0x2767, SIDE_LETTER },
		      { 0xFE00, 0xFE0F, SIDE_LETTER },      { 0xA0, 0xA0, SIDE_SPACE },
		      { 0xA8, 0xAA, SIDE_LETTER },          { 0xAC, 0xB5, SIDE_LETTER },
		      { 0xB6, 0xB7, SIDE_PUNCTUATION },     { 0x3131, 0x318E, SIDE_LETTER },
		      { 0x3400, 0x4DBF, SIDE_LETTER },      { 0x30FC, 0x30FF, SIDE_LETTER },
		      { 0x200B, 0x200F, SIDE_LETTER },      { 0x2030, 0x2043, SIDE_PUNCTUATION },
		      { 0x900, 0x963, SIDE_LETTER },        { 0xE01, 0xE4E, SIDE_LETTER },
		      { 0x1E00, 0x1FFF, SIDE_LETTER } };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (c >= known[i].first && c <= known[i].last)
			return known[i].side;
	return SIDE_UNKNOWN;
}

static enum side side_of_next(const char *p, const char *end)
{
	uint32_t c;

	if (p >= end || *p == ' ' || *p == '\n' || *p == '\t')
		return SIDE_SPACE;
	if ((unsigned char)*p < 0x80)
		return ascii_is_punct(*p) ? SIDE_PUNCTUATION : (unsigned char)*p < ' ' ? SIDE_UNKNOWN : SIDE_LETTER;
	utf8_decode(p, end, &c);
	return side_of(c);
}

static enum side side_behind(struct simple *s, const char *p)
{
	const char *to;

	if (s->text_end - p > 1 && *p == '{') {
		if (p[1] == ':')
			return SIDE_UNKNOWN; /* an attribute list, perhaps */
		const enum simple_find found = simple_find_template(s, p, &to);
		if (found != LINK_NONE)
			return found == LINK_FOUND ? SIDE_LETTER : SIDE_UNKNOWN;
	}
	return side_of_next(p, s->text_end);
}

static enum side side_before(const struct simple *s, const char *p, const char *line)
{
	if (p <= line)
		return SIDE_SPACE;
	if (p == s->template_to)
		return SIDE_LETTER;
	do
		p--;
	while (((unsigned char)*p & 0xC0) == 0x80);
	/* the end of a template, or of an attribute list */
	if (*p == '}' && (s->lists || (s->templates && p > s->text_begin && (p[-1] == '}' || p[-1] == '%'))))
		return SIDE_UNKNOWN;
	return side_of_next(p, s->text_end);
}

/* A run of "*" or "_" (CommonMark 6.2). */
struct marks {
	int n;
	bool opens, closes, unknown;
};

static struct marks marks_at(struct simple *s, const char *p, const char *line)
{
	const int n = bytes_run(p, s->text_end);
	const enum side before = side_before(s, p, line), behind = side_behind(s, p + n);
	const bool left = behind != SIDE_SPACE && (behind != SIDE_PUNCTUATION || before != SIDE_LETTER);
	const bool right = before != SIDE_SPACE && (before != SIDE_PUNCTUATION || behind != SIDE_LETTER);
	struct marks m = { n, left, right, before == SIDE_UNKNOWN || behind == SIDE_UNKNOWN };

	if (*p == '_') {
		m.opens = left && (!right || before == SIDE_PUNCTUATION);
		m.closes = right && (!left || behind == SIDE_PUNCTUATION);
	}
	return m;
}

/* What matters on the way to the end of an emphasis: a newline and *_`[<{\\ */
static const struct bytes_set of_interest = { { 0x40, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x05, 0xA0,
						0x28, 0x00, 0x00, 0x20 },
					      { 1, 2, 4, 8, 16, 32, 64, 128 } };

/* Emphasis in emphasis; what is deeper is cmark's. */
enum { EMPHASIS_DEPTH = 4 };

/* Runs that have opened an emphasis, one in the other. */
struct openers {
	struct {
		char mark;
		int n;
	} items[EMPHASIS_DEPTH];
	int n;
};

/* Does the run at p close the innermost one, or else open one more? False: which of them it closes is not plain. */
static bool take_marks(struct openers *o, char mark, const struct marks *m)
{
	if (m->closes && o->items[o->n - 1].mark == mark && o->items[o->n - 1].n == m->n) {
		o->n--;
		return true;
	}
	if (m->closes || o->n == EMPHASIS_DEPTH)
		return false;
	o->items[o->n].mark = mark;
	o->items[o->n++].n = m->n;
	return true;
}

/*
 * The run that closes the emphasis which p opens, at *close, or NULL: none does.  False: the marks up to there do not
 * close each other two by two, so the block is left.  Code and links are stepped over.
 */
static bool find_close(struct simple *s, const struct simple_text *t, const char *p, int n, const char **close)
{
	struct openers openers = { { { *p, n } }, 1 };
	const char *line = t->line;
	struct simple_link link;

	*close = NULL;
	for (p += n; (p = bytes_find_set(p, t->to, &of_interest)) < t->to;) {
		if (*p == '*' || *p == '_') {
			const enum simple_find address = simple_find_address(s, p);
			if (address == LINK_UNSURE)
				return simple_leave_block(s);
			if (address == LINK_FOUND) {
				p++;
				continue;
			}
			const struct marks m = marks_at(s, p, line);
			if (m.unknown)
				return simple_leave_block(s);
			if ((m.opens || m.closes) && !take_marks(&openers, *p, &m))
				return simple_leave_block(s);
			if (openers.n == 0) {
				*close = p;
				return true;
			}
			p += m.n;
		} else if (*p == '`') {
			const char *code = simple_code_close(s, p, t->to, bytes_run(p, t->to));
			if (!code)
				return simple_leave_block(s);
			line = simple_line_of(s, line, p, code);
			p = code + bytes_run(code, t->to);
		} else if (*p == '[' && !(t->inside & IN_LINK)) {
			const enum simple_find found = simple_find_link(s, t, p, false, &link);
			if (found == LINK_UNSURE)
				return simple_leave_block(s);
			if (found == LINK_FOUND)
				line = simple_line_of(s, line, p, link.to);
			p = found == LINK_FOUND ? link.to : p + 1;
		} else if (*p == '<') {
			if (simple_less_at(s, p, t->to, &p) == LESS_UNSURE)
				return simple_leave_block(s);
		} else if (*p == '{') {
			if (!simple_step_template(s, &p))
				return simple_leave_block(s);
		} else if (*p == '\\') {
			p += p + 1 < t->to ? 2 : 1;
		} else {
			if (*p == '\n')
				line = simple_line_content(s, p + 1);
			p++;
		}
	}
	return true;
}

bool simple_add_emphasis(struct simple *s, struct simple_text *t, const char **at)
{
	const char *p = *at, *close = NULL;
	const struct marks m = marks_at(s, p, t->line);

	if (m.unknown || simple_find_address(s, p) == LINK_UNSURE)
		return simple_leave_block(s);
	if (m.opens && !find_close(s, t, p, m.n, &close))
		return false;
	if (!close) {
		simple_add_piece(s, str_slice(p, p + m.n), p, p + m.n);
		*at = p + m.n;
		return true;
	}
	if (m.n > 3)
		return simple_leave_block(s);
	struct simple_text inner = { p + m.n, close, t->inside | IN_EMPHASIS, t->line };
	simple_open(s, m.n == 2 ? NODE_STRONG : NODE_EMPH, simple_offset(s, p));
	if (m.n == 3)
		simple_open(s, NODE_STRONG, simple_offset(s, p + 1));
	if (!simple_read_inlines(s, &inner))
		return false;
	if (m.n == 3)
		simple_close(s, simple_offset(s, close + 2));
	simple_close(s, simple_offset(s, close + m.n));
	t->line = inner.line;
	*at = s->last_to = close + m.n;
	return true;
}
