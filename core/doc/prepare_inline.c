/*
 * prepare_inline.c - stage one of prepare.h: the pass, with templates,
 * attribute lists, escaped tildes and the characters of bare URLs that would
 * be read as emphasis.
 *
 * Looks at bytes, not at blocks: what it finds inside code is put back.
 * Every search that fails is remembered, so that the pass stays linear.
 */
#include "doc/prepare_private.h"

#include "base/ascii.h"
#include "base/bytes.h"
#include "doc/attributes.h"
#include "doc/lines.h"

struct held *pass_hold(struct inline_pass *s, enum held_type type, const char *from, const char *to)
{
	segment_add(&s->p->inline_map, s->out->n, (size_t)(s->copied - s->body.p), true);
	buf_add(s->out, s->copied, (size_t)(from - s->copied));
	segment_add(&s->p->inline_map, s->out->n, (size_t)(from - s->body.p), false);
	struct held *held = prepare_hold(s->p, s->out, type, str_slice(from, to));
	if (held) {
		held->from = (uint32_t)(from - s->body.p);
		held->to = (uint32_t)(to - s->body.p);
	}
	segment_add(&s->p->inline_map, s->out->n, (size_t)(to - s->body.p), true);
	s->copied = to;
	return held;
}

/* ------------------------------------------------------------- templates */

/* "{: ...}" on one line; "{::...}" and "{:/...}" are extensions of kramdown's own and treated as templates. */
const char *prepare_attributes_end(const char *p, const char *end)
{
	for (const char *q = p + 2; q < end && *q != '\n' && q - p < 1000; q++) {
		if (*q == '"' || *q == '\'') {
			const char quote = *q++;
			while (q < end && *q != quote && *q != '\n')
				q++;
			if (q >= end || *q == '\n')
				return NULL;
		} else if (*q == '{') {
			return NULL;
		} else if (*q == '}') {
			return q + 1;
		}
	}
	return NULL;
}

static void hold_attributes(struct inline_pass *s, const char *from, const char *to)
{
	struct prepared *p = s->p;
	const struct str inside = str_slice(from + 2, to - 1);

	pass_hold(s, HELD_ATTRIBUTES, from, to);
	if (!attributes_is_definition(inside) || p->n_named == PREPARE_MAX_NAMED)
		return;
	struct named_attributes *named = arena_grow(p->arena, p->named, &p->cap_named, p->n_named + 1, sizeof *named);
	if (!named) {
		p->failed = true;
		return;
	}
	p->named = named;
	p->named[p->n_named++] = attributes_named(inside);
}

/* Behind the marks of a fence that the line at p opens, unless backticks follow; NULL: they are none. */
static const char *fence_info(struct str body, const char *p)
{
	struct line line;

	if (!line_read(body, p, &line) || line.blank || (*line.inner != '`' && *line.inner != '~'))
		return NULL;
	const int run = bytes_run(line.inner, line.end);
	return run >= 3 ? line.inner + run : NULL;
}

/* A backtick before p says that backticks are no fence; one behind it might be hidden by what is held. */
bool pass_is_in_info(struct inline_pass *s, const char *p)
{
	const char *seen = s->line_seen ? s->line_seen : s->body.p;
	const char *newline = memrchr(seen, '\n', (size_t)(p - seen));

	if (newline || !s->line_seen)
		seen = s->info = fence_info(s->body, newline ? newline + 1 : seen);
	s->line_seen = p;
	if (s->info && s->info[-1] == '`' && memchr(seen, '`', (size_t)(p - seen)))
		s->info = NULL;
	return s->info != NULL;
}

/* At "{". Returns where to go on. */
static const char *on_brace(struct inline_pass *s, const char *p)
{
	const char *close = NULL;

	if (pass_end(s) - p < 4)
		return p + 1;
	if ((p[1] == '{' || p[1] == '%') && (s->p->parts & DIALECT_TEMPLATES)) {
		if (p < s->raw_end || pass_is_in_info(s, p))
			return p + 2;
		close = template_end(&s->ends, p);
		const char *more = close ? liquid_take(s, p, close) : NULL;
		if (close && !more)
			pass_hold(s, HELD_TEMPLATE, p, close);
		close = more ? more : close;
	} else if (p[1] == ':' && (s->p->parts & DIALECT_ATTRIBUTES)) {
		close = prepare_attributes_end(p, pass_end(s));
		if (close && (p[2] == ':' || p[2] == '/'))
			pass_hold(s, HELD_TEMPLATE, p, close);
		else if (close && attributes_check(str_slice(p + 2, close - 1)))
			hold_attributes(s, p, close);
		else
			close = NULL;
	}
	return close ? close : p + 1;
}

/* ------------------------------------------------------------------ URLs */

/* Where a bare URL that holds p ends: white space, "<", an unbalanced ")", or what our own syntax begins. */
static const char *url_end(const struct inline_pass *s, const char *p)
{
	const char *end = pass_end(s);
	int depth = 0;

	for (; p < end; p++) {
		unsigned char c = (unsigned char)*p;
		if (c <= ' ' || c == '<' || c == '`' || c == ']' || c == '|' || c == '{' || c >= 0xF3)
			break;
		if (c == '(')
			depth++;
		else if (c == ')' && --depth < 0)
			break;
	}
	return p;
}

bool prepare_is_escaped(const char *begin, const char *p)
{
	const char *from = p;

	while (from > begin && from[-1] == '\\')
		from--;
	return (p - from) % 2 == 1;
}

/* At "<": behind an autolink, where no character is anything but part of the address; NULL: it is none for sure. */
static const char *autolink_end(const struct inline_pass *s, const char *p)
{
	const char *end = pass_end(s), *q = p + 1;

	while (q < end && (ascii_is_alnum(*q) || *q == '+' || *q == '.' || *q == '-'))
		q++;
	if (q == end || *q != ':' || q - p < 3 || q - p > 33 || !ascii_is_letter(p[1]))
		return NULL;
	while (q < end && (unsigned char)*q > ' ' && (unsigned char)*q < 0xF3 && !strchr("<>`{", *q))
		q++;
	return q < end && *q == '>' ? q + 1 : NULL;
}

/*
 * A mark that is no emphasis, for it is part of the address.  An address keeps its backslashes, anything
 * else that this may prove to be does not.
 */
static void hold_mark(struct inline_pass *s, const char *p)
{
	const bool escaped = p > s->copied && prepare_is_escaped(s->body.p, p);
	struct held *held = pass_hold(s, escaped ? HELD_ESCAPE : HELD_LITERAL, p - escaped, p + 1);

	if (held)
		held->text = str_slice(p, p + 1);
}

/* At the "://" or "www." of a URL: holds the characters in it that could be taken for emphasis. */
static const char *on_url(struct inline_pass *s, const char *p)
{
	const char *end = url_end(s, p);
	const char *last = end;

	while (last > p && strchr("?!.,:*_~'\"", last[-1]))
		last--;
	for (const char *q = p; q < last; q++) {
		bool inside_word = *q == '_' && q > p && ascii_is_alnum(q[-1]) && ascii_is_alnum(q[1]);
		if ((*q == '*' || *q == '_' || *q == '~') && !inside_word)
			hold_mark(s, q);
	}
	return prepare_is_escaped(p, end) ? end - 1 : end; /* a backslash hides what follows it */
}

static bool ends_with_scheme(struct str before)
{
	static const struct str schemes[] = { { "http", 4 }, { "https", 5 }, { "ftp", 3 } };

	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		size_t n = schemes[i].n;
		if (before.n >= n && str_eq_nocase((struct str){ before.p + before.n - n, n }, schemes[i]))
			return true;
	}
	return false;
}

static const char *on_colon(struct inline_pass *s, const char *p)
{
	if (pass_end(s) - p < 4 || p[1] != '/' || p[2] != '/')
		return p + 1;
	return ends_with_scheme(str_slice(s->body.p, p)) ? on_url(s, p + 3) : p + 3;
}

static const char *on_w(struct inline_pass *s, const char *p)
{
	if (pass_end(s) - p < 5 || memcmp(p, "www.", 4) != 0 || (p > s->body.p && ascii_is_alnum(p[-1])))
		return p + 1;
	return on_url(s, p + 4);
}

/* --------------------------------------------------------------- escapes */

/*
 * "\~" is a tilde that strikes nothing.  Beside another one the two must not look like a mark, so something is
 * held between them; elsewhere it stays what it is, because for emphasis beside it it is punctuation.
 */
static const char *on_tilde(struct inline_pass *s, const char *p)
{
	const bool before = p > s->body.p && p[-1] == '~';
	const bool behind = pass_end(s) - p > 2 && p[2] == '~';
	struct held *held = before || behind ? pass_hold(s, HELD_LITERAL, p, behind ? p + 2 : p + 1) : NULL;

	if (held)
		held->text = behind ? STR_LIT("~") : STR_LIT("");
	return p + 2;
}

/* An escaped mark is stepped over. */
static const char *on_backslash(struct inline_pass *s, const char *p)
{
	if (pass_end(s) - p < 2)
		return p + 1;
	if (p[1] == '~' && (s->p->parts & DIALECT_STRIKETHROUGH))
		return on_tilde(s, p);
	if (p[1] == '<' && (s->p->parts & DIALECT_HTML))
		return guard_escaped_less(s, p);
	if (p[1] == '{' && pass_end(s) - p > 2 &&
	    p[2] == ':') /* templates are not to be escaped, attribute lists are */
		return p + 2;
	return strchr("[:\\<", p[1]) ? p + 2 : p + 1;
}

static const char *on_less(struct inline_pass *s, const char *p)
{
	const char *close = autolink_end(s, p);

	if (close)
		return close;
	return s->p->parts & DIALECT_HTML ? guard_less(s, p) : p + 1;
}

/* A private use character of the source's own stands for itself. */
static const char *on_private_use(struct inline_pass *s, const char *p)
{
	unsigned char c = (unsigned char)*p;

	if (pass_end(s) - p < 4 || (c == 0xF3 && (unsigned char)p[1] < 0xB0))
		return p + 1;
	struct held *held = pass_hold(s, HELD_LITERAL, p, p + 4);
	if (held)
		held->text = held->source;
	return p + 4;
}

/* ------------------------------------------------------------------ pass */

static const char *on_mark(struct inline_pass *s, const char *at)
{
	switch (*at) {
	case '{':
		return on_brace(s, at);
	case '[':
		return reference_take(s, at);
	case '!':
		return guard_image(s, at);
	case '\n':
		return guard_line(s, at + 1);
	case '<':
		return on_less(s, at);
	case ':':
		return on_colon(s, at);
	case '\\':
		return on_backslash(s, at);
	case 'w':
		return on_w(s, at);
	default:
		return on_private_use(s, at);
	}
}

static void add_mark(struct inline_pass *s, char c)
{
	s->marks[s->n_marks++] = (struct mark){ c, NULL };
}

/* The first mark at or after p, or the end: each is looked for once, in one go up to where it stands next. */
static const char *next_mark(struct inline_pass *s, const char *p)
{
	const char *end = pass_end(s), *least = end;

	for (struct mark *m = s->marks; m < s->marks + s->n_marks; m++) {
		if (!m->at || m->at < p) {
			m->at = memchr(p, m->c, (size_t)(end - p));
			m->at = m->at ? m->at : end;
		}
		least = m->at < least ? m->at : least;
	}
	return least;
}

static void walk(struct inline_pass *s, bool guards_lines)
{
	const char *end = pass_end(s);

	for (const char *at = guards_lines ? guard_line(s, s->body.p) : s->body.p; at < end && !s->p->failed;) {
		at = next_mark(s, at);
		if (at < end)
			at = on_mark(s, at);
	}
	if (s->copied == s->body.p)
		return; /* nothing held: the text is the body itself */
	segment_add(&s->p->inline_map, s->out->n, (size_t)(s->copied - s->body.p), true);
	buf_add(s->out, s->copied, (size_t)(end - s->copied));
	if (s->out->n == 0)
		buf_addc(s->out, '\n');
}

/* What would cost cmark more than it is worth. */
static bool set_guards(struct inline_pass *s)
{
	bool guards_lines = guard_needs_lines(s->p);

	if (guard_needs_images(s->body))
		add_mark(s, '!');
	if (guards_lines)
		add_mark(s, '\n');
	return guards_lines;
}

static void set_high_marks(struct inline_pass *s)
{
	if (s->p->signs.high) {
		add_mark(s, '\xF3');
		add_mark(s, '\xF4');
	}
}

/* Only what the body has and what is to be read; a backslash matters where it hides one of the others. */
static void set_marks(struct inline_pass *s)
{
	const struct prepare_signs *signs = &s->p->signs;
	const uint32_t parts = s->p->parts;
	const bool urls = (parts & DIALECT_AUTOLINKS) && signs->slashes;

	if (signs->brace && (parts & (DIALECT_TEMPLATES | DIALECT_ATTRIBUTES)))
		add_mark(s, '{');
	if (s->labels.n > 0)
		add_mark(s, '[');
	if (signs->less && ((parts & DIALECT_HTML) || urls || (parts & DIALECT_STRIKETHROUGH)))
		add_mark(s, '<');
	if (urls)
		add_mark(s, ':');
	if (signs->ww && (parts & DIALECT_AUTOLINKS))
		add_mark(s, 'w');
	if (s->labels.n > 0 || urls || (signs->tilde && (parts & DIALECT_STRIKETHROUGH)) ||
	    (signs->less && (parts & DIALECT_HTML)) || (signs->brace && (parts & DIALECT_ATTRIBUTES)))
		add_mark(s, '\\');
	set_high_marks(s);
}

static bool has_templates(const struct prepared *p, struct str body)
{
	const char *end = body.p + body.n;

	return (p->parts & DIALECT_TEMPLATES) && p->signs.brace &&
	       (bytes_find_pair(body.p, end, '{', '{') || bytes_find_pair(body.p, end, '{', '%'));
}

void prepare_inlines(struct prepared *p, struct str body, struct buf *out)
{
	struct inline_pass s = {
		.p = p, .out = out, .body = body, .copied = body.p, .ends = { .end = body.p + body.n }
	};
	bool guards_lines = set_guards(&s);

	s.has_templates = has_templates(p, body);
	if ((p->parts & DIALECT_FOOTNOTES) && p->signs.note)
		reference_collect(&s);
	set_marks(&s);
	if (s.n_marks > 0)
		walk(&s, guards_lines);
}

void prepare_guards(struct prepared *p, struct str body, struct buf *out)
{
	struct inline_pass s = {
		.p = p, .out = out, .body = body, .copied = body.p, .ends = { .end = body.p + body.n }
	};
	bool guards_lines = set_guards(&s);

	if (s.n_marks == 0)
		return;
	set_high_marks(&s);
	walk(&s, guards_lines);
}
