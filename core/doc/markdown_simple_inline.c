/*
 * markdown_simple_inline.c - the inlines of markdown_simple.h: text, breaks,
 * code, links and images with their target, emphasis whose two ends are plain
 * to see.
 *
 * Nothing that looks ahead goes further than a paragraph, and none looks there twice in vain.
 */
#include "doc/markdown_simple_private.h"

#include "doc/autolink.h"
#include "doc/prepare.h"

/* At which text may end: a newline and \`*_[!]<&~{ */
static const struct bytes_set special = { { 0x40, 0x04, 0x00, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00, 0x05, 0xA0,
					    0x28, 0x20, 0x80, 0x20 },
					  { 1, 2, 4, 8, 16, 32, 64, 128 } };

/* ------------------------------------------------------------------ pieces */

/* Bytes as text, written as [from, to) in the source. */
void simple_add_piece(struct simple *s, struct str text, const char *from, const char *to)
{
	if (text.n == 0)
		return;
	simple_text(s, text, simple_offset(s, from), simple_offset(s, to));
	s->last_to = to;
}

/* A mail address has something before its sign. */
static bool may_be_mail(const struct simple *s, const char *from, const char *to)
{
	for (const char *p = from; (p = memchr(p, '@', (size_t)(to - p))); p++)
		if (p > s->text_begin && (ascii_is_alnum(p[-1]) || strchr("._+-", p[-1])))
			return true;
	return false;
}

static bool may_link(const struct simple *s, const char *from, const char *to)
{
	const struct str text = str_slice(from, to);
	const struct bytes_pairs pairs = s->slashes || s->ww ? bytes_pairs(text) : (struct bytes_pairs){ false, false };

	return pairs.slashes || pairs.ww || (s->at_signs && may_be_mail(s, from, to));
}

/* Could a bare link reach over the end of this text? */
static bool link_reaches_on(const struct simple *s, const char *from, const char *to, const char *end)
{
	const char *last = to;

	while (last > from && last[-1] != ' ')
		last--;
	return to < end && *to != '\n' && *to != ' ' && may_link(s, last, to);
}

/* Over one of its ends? */
static bool links_reach_out(const struct simple *s, const struct simple_text *t, const char *from, const char *to)
{
	const char *first = from;

	while (first < to && *first != ' ')
		first++;
	return (from > t->line && may_link(s, from, first)) || link_reaches_on(s, from, to, s->text_end);
}

static bool add_run_with_links(struct simple *s, const struct simple_text *t, const char *from, const char *to)
{
	const struct str text = str_slice(from, to);
	struct autolink link;
	size_t pos = 0;

	if (links_reach_out(s, t, from, to))
		return simple_leave_block(s);
	for (; autolink_find(s->scratch, text, pos, &link); pos = link.to) {
		simple_add_piece(s, str_slice(from + pos, from + link.from), from + pos, from + link.from);
		uint32_t node = simple_open(s, NODE_LINK, simple_offset(s, from + link.from));
		simple_set_text(s, node, link.url);
		simple_add_flags(s, node, NODE_BARE);
		simple_add_piece(s, str_slice(from + link.from, from + link.to), from + link.from, from + link.to);
		simple_close(s, simple_offset(s, from + link.to));
	}
	s->failed = s->failed || s->scratch->refused;
	simple_add_piece(s, str_slice(from + pos, to), from + pos, to);
	return !s->failed;
}

/* Text that means nothing but itself, or bare links. */
static bool add_run(struct simple *s, const struct simple_text *t, const char *from, const char *to)
{
	const bool may = (s->slashes || s->ww || s->at_signs) && may_link(s, from, to);

	if (may && !(t->inside & IN_LINK))
		return add_run_with_links(s, t, from, to);
	/* there are no links in links, but marks in an address are none to the pass before cmark */
	if (may && link_reaches_on(s, from, to, t->to))
		return simple_leave_block(s);
	simple_add_piece(s, str_slice(from, to), from, to);
	return true;
}

/* Where the content of the line at p begins, behind the marks of quotes. */
const char *simple_line_content(const struct simple *s, const char *p)
{
	int quotes = s->n_quotes;

	for (;; p++) {
		if (*p == '>' && quotes > 0)
			quotes--;
		else if (*p != ' ')
			return p;
	}
}

const char *simple_line_of(const struct simple *s, const char *line, const char *from, const char *to)
{
	const char *newline = s->n_quotes ? memrchr(from, '\n', (size_t)(to - from)) : NULL;

	return newline ? simple_line_content(s, newline + 1) : line;
}

/* At a backslash before a newline; run: what stands before it. Blanks at the end of that are not seen. */
static bool add_hard_break(struct simple *s, struct simple_text *t, const char *run, const char **at)
{
	const char *p = *at, *to = p, *next = simple_line_content(s, p + 2);

	while (to > run && to[-1] == ' ')
		to--;
	/* raw HTML anywhere in the document takes breaks away that a paragraph begins with */
	if (p == s->text_begin)
		return simple_has_less(s) ? simple_leave_all(s) : simple_leave_block(s);
	/* in code of raw HTML the blanks before it count */
	if (*next == '\t' || to == run || to[-1] == '\t' || (t->inside & IN_EMPHASIS) || (s->out && to < p))
		return simple_leave_block(s);
	if (!add_run(s, t, run, to))
		return false;
	simple_leaf(s, NODE_LINEBREAK, simple_offset(s, p), simple_offset(s, next));
	*at = t->line = next;
	return true;
}

/* At a newline; run: what stands before it. */
static bool add_break(struct simple *s, struct simple_text *t, const char *run, const char **at)
{
	const char *p = *at, *to = p, *next = simple_line_content(s, p + 1);

	while (to > run && to[-1] == ' ')
		to--;
	/* blanks before it that the text's span is known to take in, or an emphasis around it not to understand */
	const bool odd = to < p && (s->escaped || (to == run && (t->inside & IN_EMPHASIS)));
	if (*next == '\t' || (to > run && ascii_is_blank(to[-1])) || odd)
		return simple_leave_block(s);
	if (!add_run(s, t, run, to))
		return false;
	simple_leaf(s, p - to >= 2 ? NODE_LINEBREAK : NODE_SOFTBREAK, simple_offset(s, s->last_to),
		    simple_offset(s, next));
	*at = t->line = next;
	return true;
}

/* -------------------------------------------------------------------- code */

/* A list may reach over the end of the code. */
static bool has_attributes(struct str code)
{
	const char *end = code.p + code.n;

	for (const char *p = code.p; (p = memchr(p, '{', (size_t)(end - p))); p++)
		if (p + 1 == end || p[1] == ':')
			return true;
	return false;
}

/* Code over several lines, which become one; false: memory is refused, or tabs begin one. */
static bool join_lines(struct simple *s, struct str *code)
{
	const char *p = code->p, *end = p + code->n;
	char *copy = arena_alloc(s->scratch, code->n), *to = copy;

	s->failed = s->failed || !copy;
	while (copy && p < end) {
		if (*p != '\n') {
			*to++ = *p++;
			continue;
		}
		*to++ = ' ';
		p = simple_line_content(s, p + 1);
		if (*p == '\t')
			return false;
	}
	*code = str_slice(copy, to);
	return copy;
}

static bool add_code(struct simple *s, struct simple_text *t, const char **at)
{
	const char *p = *at;
	const int n = bytes_run(p, t->to);
	const char *close = simple_code_close(s, p, t->to, n);

	if (!close)
		return simple_leave_block(s);
	struct str code = str_slice(p + n, close);
	if (bytes_has(code, '\n')) {
		/* a footnote, to the pass before cmark */
		if ((s->parts & DIALECT_FOOTNOTES) && bytes_find_pair(code.p, close, '[', '^'))
			return simple_leave_block(s);
		if (!join_lines(s, &code))
			return simple_leave_block(s);
	}
	if (code.n > 2 && code.p[0] == ' ' && code.p[code.n - 1] == ' ') {
		size_t i = 0;
		while (i < code.n && code.p[i] == ' ')
			i++;
		if (i < code.n)
			code = (struct str){ code.p + 1, code.n - 2 };
	}
	if (code.n == 0 || has_attributes(code) || (n >= 3 && memchr(code.p, '{', code.n)))
		return simple_leave_block(s);
	uint32_t node = simple_leaf(s, NODE_CODE, simple_offset(s, p), simple_offset(s, close + n));
	simple_set_text(s, node, code);
	*at = s->last_to = close + n;
	t->line = simple_line_of(s, t->line, p, close);
	return simple_add_attributes(s, t, node, at);
}

/* ------------------------------------------------------------------- links */

/* Is the first or the last line of the label empty? Such a break goes to what stands beside the link. */
static bool has_break_at_end(const char *p, const char *end)
{
	const char *first = memchr(p, '\n', (size_t)(end - p));
	const char *last = first ? memrchr(p, '\n', (size_t)(end - p)) : NULL;

	if (!first)
		return false;
	while (last + 1 < end && (ascii_is_blank(last[1]) || last[1] == '>'))
		last++;
	return last + 1 == end || skip_spaces(p, first) == first;
}

/* At a bracket, or the "!" before it. */
static bool add_link(struct simple *s, struct simple_text *t, const char **at)
{
	const char *p = *at, *bracket = p + (*p == '!');
	struct simple_link link;

	if (bracket + 1 < t->to && bracket[1] == '^' && (s->parts & DIALECT_FOOTNOTES))
		return simple_leave_block(s);
	/* in a label there are no links, or it would be none */
	const enum simple_find found = (t->inside & IN_LINK) && bracket == p
					       ? LINK_NONE
					       : simple_find_link(s, t, bracket, t->inside & IN_LINK, &link);
	if (found == LINK_UNSURE || (found == LINK_FOUND && has_break_at_end(bracket + 1, link.label_to)))
		return simple_leave_block(s);
	if (found == LINK_NONE) { /* no definition names it */
		simple_add_piece(s, str_slice(p, bracket + 1), p, bracket + 1);
		*at = bracket + 1;
		return true;
	}
	if (link.expanded && !simple_count_expanded(s, link.expanded))
		return simple_leave_all(s);
	struct simple_text label = { bracket + 1, link.label_to, t->inside | IN_LINK, t->line };
	uint32_t node = simple_open(s, bracket > p ? NODE_IMAGE : NODE_LINK, simple_offset(s, p));
	simple_set_text(s, node, link.url);
	if (link.title.n)
		simple_set_extra(s, node, link.title);
	if (!simple_read_inlines(s, &label))
		return false;
	simple_close(s, simple_offset(s, link.to));
	t->line = simple_line_of(s, t->line, p, link.to);
	*at = s->last_to = link.to;
	return simple_add_attributes(s, t, node, at);
}

/* ----------------------------------------------------------------- the rest */

/* "\@": does it make no address of what stands beside it? */
static bool is_no_address(const struct simple *s, const char *p)
{
	for (; p < s->text_end && (ascii_is_alnum(*p) || *p == '-'); p++)
		;
	return p == s->text_end || !strchr("._\\&", *p);
}

/* Are the backslash at p and the character behind it nothing but that character, to the passes before cmark as well? */
static bool is_plain_escape(const struct simple *s, const struct simple_text *t, const char *p)
{
	const char behind = p + 2 < s->text_end ? p[2] : '\n';

	switch (p[1]) {
	case '\\':
		return behind == ' ' || ascii_is_alnum(behind);
	case '~':
		return behind != '~' && (p == t->from || p[-1] != '~');
	case '@':
		return is_no_address(s, p + 2);
	case '<':
		return ascii_is_letter(behind) && !prepare_is_raw_element(p + 2, s->text_end);
	case '`':
	case '{':
		return false;
	case '/':
		return !s->slashes;
	default:
		return true;
	}
}

static bool add_escape(struct simple *s, const struct simple_text *t, const char **at)
{
	const char *p = *at;

	s->escaped = true;
	if (p + 1 == s->text_end) {
		simple_add_piece(s, str_slice(p, p + 1), p, p + 1);
	} else if (p + 1 == t->to || !is_plain_escape(s, t, p)) {
		return simple_leave_block(s);
	} else if (ascii_is_punct(p[1])) {
		simple_add_piece(s, str_slice(p + 1, p + 2), p, p + 2);
		p++;
	} else {
		simple_add_piece(s, str_slice(p, p + 1), p, p + 1);
	}
	*at = p + 1;
	return true;
}

bool simple_is_reference(const char *p, const char *end)
{
	p++;
	p += p < end && *p == '#';
	while (p < end && ascii_is_alnum(*p))
		p++;
	return p < end && *p == ';';
}

/* A character that is itself unless something stands beside it. */
static bool add_character(struct simple *s, const struct simple_text *t, const char **at)
{
	const char *p = *at;
	const char next = p + 1 < s->text_end ? p[1] : ' ';

	switch (*p) {
	case ']':
		if (next == ':' && prepare_may_define(str_slice(s->begin, s->end), s->text_begin, p))
			return simple_leave_all(s);
		break;
	case '&':
		if (simple_is_reference(p, s->text_end))
			return simple_add_reference(s, t, at);
		break;
	case '~':
		if (next == '~')
			return simple_leave_block(s);
		break;
	case '{':
		if (next == '{' || next == '%')
			return simple_add_template(s, t, at);
		if (next == ':')
			return simple_leave_block(s);
		break;
	case '<':
		return simple_add_less(s, t, at);
	default:
		break;
	}
	simple_add_piece(s, str_slice(p, p + 1), p, p + 1);
	*at = p + 1;
	return true;
}

/* What begins at the special character *at; run: the text before it. */
static bool add_special(struct simple *s, struct simple_text *t, const char *run, const char **at)
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
		return simple_add_emphasis(s, t, at);
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

/* Is the special character at p nothing but itself, whatever stands beside it? */
static bool is_text_at(struct simple *s, const char *p)
{
	const char next = p + 1 < s->text_end ? p[1] : ' ';

	switch (*p) {
	case '&':
		return !simple_is_reference(p, s->text_end);
	case '!':
		return next != '[';
	case '~':
		return next != '~';
	case '*':
	case '_':
		return simple_find_address(s, p) == LINK_FOUND;
	default:
		return false;
	}
}

bool simple_read_inlines(struct simple *s, struct simple_text *t)
{
	const char *p = t->from;

	while (p < t->to) {
		const char *run = p;
		while ((p = bytes_find_set(p, t->to, &special)) < t->to && is_text_at(s, p))
			p++;
		if (p == t->to)
			return add_run(s, t, run, p);
		if (!add_special(s, t, run, &p))
			return false;
	}
	return true;
}

bool simple_inlines(struct simple *s, const char *p, const char *to, const char *end)
{
	struct simple_text t = { p, to, IN_BLOCK, p };

	s->text_begin = p;
	s->text_end = end;
	s->last_to = p;
	s->escaped = false;
	s->address = s->address_to = p;
	return simple_read_inlines(s, &t);
}
