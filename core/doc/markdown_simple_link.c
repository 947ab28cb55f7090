/*
 * markdown_simple_link.c - where the links, images and code spans of
 * markdown_simple.h end.
 *
 * Nothing looks further than the paragraph, nor there twice in vain.
 */
#include "doc/markdown_simple_private.h"

/* The run of as many backticks that closes the one at p; NULL: none there. */
const char *simple_code_close(const char *p, const char *end, int n)
{
	for (p += n; (p = p < end ? memchr(p, '`', (size_t)(end - p)) : NULL);) {
		const int closing = bytes_run(p, end);
		if (closing == n)
			return p;
		p += closing;
	}
	return NULL;
}

static const char *step_over(const struct simple *s, const struct simple_text *t, const char *p);

/* Behind the bracket that closes the label which begins at p. */
static enum simple_find find_label(const struct simple *s, const struct simple_text *t, const char *p, bool nested,
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
			code = simple_code_close(p, t->to, bytes_run(p, t->to));
			if (!code)
				return LINK_UNSURE;
			p = code + bytes_run(code, t->to);
			break;
		default:
			p++;
		}
	}
	return LINK_UNSURE;
}

/* "url "title")" at p, of characters that mean nothing but themselves. */
static bool read_target(const char *p, const char *end, struct simple_link *link)
{
	const char *q = p;

	while (q < end && (unsigned char)*q > ' ' && *q != 0x7F && !strchr("()<>\\{", *q) &&
	       !(*q == '&' && simple_is_reference(q, end)))
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
enum simple_find simple_find_link(const struct simple *s, const struct simple_text *t, const char *p, bool nested,
				  struct simple_link *link)
{
	enum simple_find found = find_label(s, t, p + 1, nested, &link->label_to);

	if (found != LINK_FOUND)
		return found;
	p = link->label_to + 1;
	if (p == t->to || *p != '(')
		return LINK_NONE;
	return read_target(p + 1, t->to, link) ? LINK_FOUND : LINK_UNSURE;
}

/* Behind an image, or brackets that make no link, inside a label; NULL: neither. */
static const char *step_over(const struct simple *s, const struct simple_text *t, const char *p)
{
	struct simple_link inner;
	const enum simple_find found = simple_find_link(s, t, p, true, &inner);

	if (found == LINK_NONE)
		return inner.label_to + 1;
	return found == LINK_FOUND && p[-1] == '!' ? inner.to : NULL;
}
