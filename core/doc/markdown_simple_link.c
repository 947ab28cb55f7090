/*
 * markdown_simple_link.c - where the links, images and code spans of
 * markdown_simple.h end.
 *
 * Nothing looks further than the paragraph, nor there twice in vain.
 */
#include "doc/markdown_simple_private.h"

/* The run of as many backticks that closes the one at p; NULL: none there. */
const char *simple_code_close(struct simple *s, const char *p, const char *end, int n)
{
	for (p += n; p < end;) {
		if (*p == '{' && s->templates) {
			if (!simple_step_template(s, &p))
				return NULL;
			continue;
		}
		if (*p != '`') {
			p++;
			continue;
		}
		const int closing = bytes_run(p, end);
		if (closing == n)
			return p;
		p += closing;
	}
	return NULL;
}

static const char *step_over(struct simple *s, const struct simple_text *t, const char *p);

/* Behind the bracket that closes the label which begins at p. */
static enum simple_find find_label(struct simple *s, const struct simple_text *t, const char *p, bool nested,
				   const char **close)
{
	while (p < t->to) {
		const char *code;
		enum simple_less less;
		switch (*p) {
		case ']':
			*close = p;
			return LINK_FOUND;
		case '<':
			less = simple_less_at(s, p, t->to, &p);
			if (less == LESS_UNSURE || less == LESS_AUTOLINK)
				return LINK_UNSURE;
			break;
		case '[':
			p = nested ? NULL : step_over(s, t, p);
			if (!p)
				return LINK_UNSURE;
			break;
		case '\\':
			p += p + 1 < t->to ? 2 : 1;
			break;
		case '`':
			code = simple_code_close(s, p, t->to, bytes_run(p, t->to));
			if (!code)
				return LINK_UNSURE;
			p = code + bytes_run(code, t->to);
			break;
		case '{':
			if (!simple_step_template(s, &p))
				return LINK_UNSURE;
			break;
		default:
			p++;
		}
	}
	return LINK_UNSURE;
}

/* What an address may end at, or be escaped by: blanks, control characters and ()<>\\{& */
static const struct bytes_set no_address = { { 0x07, 0x03, 0x03, 0x03, 0x03, 0x03, 0x07, 0x03, 0x07, 0x07, 0x03, 0x83,
					       0x2B, 0x03, 0x0B, 0x83 },
					     { 1, 2, 4, 8, 16, 32, 64, 128 } };

/* Parentheses in each other in an address; what is deeper is cmark's. */
enum { PARENTHESES_MAX = 16 };

/*
 * Behind the address at p, of characters that mean nothing but themselves, parentheses in pairs, and templates; NULL: it
 * is another.
 */
static const char *address_end(struct simple *s, const char *p, const char *end)
{
	int depth = 0;

	while ((p = bytes_find_set(p, end, &no_address)) < end) {
		if (*p == '{') {
			if (!simple_step_template(s, &p))
				return NULL;
		} else if ((*p == '(' && ++depth <= PARENTHESES_MAX) || (*p == ')' && --depth >= 0) ||
			   (*p == '&' && !simple_is_reference(p, end))) {
			p++;
		} else {
			break;
		}
	}
	return depth == 0 || (depth < 0 && *p == ')') ? p : NULL;
}

const char *simple_read_target(struct simple *s, const char *p, const char *end, struct simple_link *link)
{
	const char *q = address_end(s, p, end);

	if (!q)
		return NULL;
	link->url = str_slice(p, q);
	link->title = STR_EMPTY;
	const char *after = skip_spaces(q, end);
	if (after > q && after < end && (*after == '"' || *after == '\'')) {
		const char quote = *after;
		for (q = ++after; q < end && *q != quote; q++)
			if (strchr("\n\\&{", *q))
				return NULL;
		link->title = str_slice(after, q);
		if (q == end)
			return NULL;
		after = skip_spaces(q + 1, end);
	}
	return link->url.n > 0 ? after : NULL;
}

/* "url "title")" at p. */
static bool read_target(struct simple *s, const char *p, const char *end, struct simple_link *link)
{
	const char *after;

	p = skip_spaces(p, end);
	link->url = link->title = STR_EMPTY;
	after = p < end && *p == ')' ? p : simple_read_target(s, p, end, link);
	link->to = after ? after + 1 : NULL;
	return after && after < end && *after == ')';
}

/* The label at p in its brackets, or, where none stands there or it is empty, what the brackets around text hold. */
static enum simple_find find_reference(const struct simple *s, const struct simple_text *t, const char *text,
				       struct simple_link *link)
{
	const char *p = link->label_to + 1, *from = text, *to = link->label_to;
	struct simple_definition *d = NULL;

	link->to = p;
	if (p < t->to && *p == '[') {
		const char *close = memchr(p, ']', (size_t)(t->to - p));
		if (!close || memchr(p + 1, '[', (size_t)(close - p - 1)) || memchr(p, '\\', (size_t)(close - p)) ||
		    (s->templates && memchr(p, '{', (size_t)(close - p))))
			return LINK_UNSURE;
		while (++p < close && (ascii_is_blank(*p) || *p == '\n'))
			;
		if (p < close)
			from = p, to = close;
		link->to = close + 1;
	}
	/* no label holds brackets; marks of quotes stand among its words */
	if (memchr(from, '[', (size_t)(to - from)))
		return LINK_NONE;
	if (s->n_quotes > 0 && memchr(from, '\n', (size_t)(to - from)))
		return LINK_UNSURE;
	const enum simple_find found = simple_find_definition(s, from, to, &d);
	if (d) {
		link->url = d->url;
		link->title = d->title;
		link->expanded = d->url.n + d->title.n;
	}
	return found;
}

/* The link or image whose bracket stands at p. */
enum simple_find simple_find_link(struct simple *s, const struct simple_text *t, const char *p, bool nested,
				  struct simple_link *link)
{
	const char *bracket = p + 1;
	link->expanded = 0;
	enum simple_find found = find_label(s, t, p + 1, nested, &link->label_to);

	if (found != LINK_FOUND)
		return found;
	p = link->label_to + 1;
	if (p == t->to || *p != '(')
		return s->n_definitions ? find_reference(s, t, bracket, link) : LINK_NONE;
	return read_target(s, p + 1, t->to, link) ? LINK_FOUND : LINK_UNSURE;
}

/* Behind an image, or brackets that make no link, inside a label; NULL: neither. */
static const char *step_over(struct simple *s, const struct simple_text *t, const char *p)
{
	struct simple_link inner;
	const enum simple_find found = simple_find_link(s, t, p, true, &inner);

	if (found == LINK_NONE)
		return inner.label_to + 1;
	return found == LINK_FOUND && p[-1] == '!' ? inner.to : NULL;
}
