/*
 * html_balance.c - see html_balance.h.
 */
#include "doc/html_balance.h"

#include "base/ascii.h"
#include "doc/elements.h"
#include "doc/html_stream.h"

const char *balance_tag_end(const char *p, const char *end)
{
	while (p < end && *p != '>') {
		if (*p == '<')
			return NULL;
		if (*p == '"' || *p == '\'')
			p = memchr(p + 1, *p, (size_t)(end - p - 1));
		if (!p)
			return NULL;
		p++;
	}
	return p < end ? p + 1 : NULL;
}

/* "/>" that cannot be the end of a value. */
static bool is_self_closing(const char *name_end, const char *tag_end)
{
	const char *slash = tag_end - 2;

	return slash >= name_end && *slash == '/' && (slash == name_end || strchr(" \t\n\"'", slash[-1]));
}

/* Behind a script or style, with what is in it, whose start tag ends at p. */
static const char *raw_end(const char *p, const char *end, struct str name)
{
	const char *close = html_raw_close(p, end, name.n == 5 ? "style" : "script");

	close = close ? memchr(close, '>', (size_t)(end - close)) : NULL;
	return close ? close + 1 : NULL;
}

/* What was opened inside of it goes with it; an end without a beginning ends nothing. */
static void close_element(struct balance *b, struct str name)
{
	size_t i = b->n;

	while (i > 0 && !str_eq_nocase(b->names[i - 1], name))
		i--;
	b->lost = b->lost || i == 0 || i != b->n;
	if (i > 0)
		b->n = i - 1;
}

/* The tag at p; returns what follows it, or NULL: it does not end. */
static const char *take_tag(struct balance *b, const char *p, const char *end)
{
	const bool closes = p[1] == '/';
	const char *name = p + 1 + closes, *q = name;

	while (q < end && ascii_is_alnum(*q))
		q++;
	const struct str found = str_slice(name, q);
	const char *behind = balance_tag_end(q, end);
	if (found.n == 0 || !behind)
		return NULL;
	if (closes) {
		close_element(b, found);
		return behind;
	}
	if (element_is_void(found) || is_self_closing(q, behind))
		return behind;
	if ((*found.p | 32) == 's' &&
	    (str_eq_nocase(found, STR_LIT("script")) || str_eq_nocase(found, STR_LIT("style"))))
		return raw_end(behind, end, found);
	if (b->n == BALANCE_DEPTH)
		b->lost = true;
	else
		b->names[b->n++] = found;
	return behind;
}

void balance_add(struct balance *b, struct str piece)
{
	const char *end = piece.p + piece.n;

	for (const char *p = piece.p; p < end && (p = memchr(p, '<', (size_t)(end - p)));) {
		const char next = p + 1 < end ? p[1] : ' ';
		if (next == '!' && end - p > 3 && memcmp(p, "<!--", 4) == 0)
			p = html_comment_end(p, end);
		else if (ascii_is_letter(next) || next == '/')
			p = take_tag(b, p, end);
		else
			p = next == '!' || next == '?' ? NULL : p + 1;
		b->lost = b->lost || !p;
		if (!p)
			return; /* what follows may be part of it */
	}
}
