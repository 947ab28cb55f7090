/*
 * markdown_simple_address.c - which marks are no emphasis for
 * markdown_simple.h because they stand in a bare address.
 *
 * The rules are those of the pass before cmark (prepare_inline.c), which takes them out of the bytes from left to right.
 */
#include "doc/markdown_simple_private.h"

/* So much is looked at before a mark; where more has no blank in it, it is left. */
enum { WORD_MAX = 300 };

/* Behind "http://" or "www." that p stands in; NULL: it does not. */
static const char *behind_prefix(const char *word, const char *p, const char *end)
{
	static const struct str schemes[] = { { "http", 4 }, { "https", 5 }, { "ftp", 3 } };

	if (*p == 'w')
		return end - p >= 5 && memcmp(p, "www.", 4) == 0 && (p == word || !ascii_is_alnum(p[-1])) ? p + 4
													  : NULL;
	if (end - p < 4 || p[1] != '/' || p[2] != '/')
		return NULL;
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		const size_t n = schemes[i].n;
		if ((size_t)(p - word) >= n && str_eq_nocase((struct str){ p - n, n }, schemes[i]))
			return p + 3;
	}
	return NULL;
}

/* Where the address ends that p is in; *last: before what may only follow one. */
static const char *address_end(const char *p, const char *end, const char **last)
{
	const char *from = p;
	int depth = 0;

	for (; p < end && (unsigned char)*p > ' ' && !strchr("<`]|{", *p); p++) {
		if (*p == '(')
			depth++;
		else if (*p == ')' && --depth < 0)
			break;
	}
	for (*last = p; *last > from && strchr("?!.,:*_~'\"", (*last)[-1]);)
		--*last;
	return p;
}

enum simple_find simple_find_address(struct simple *s, const char *p)
{
	const char *word = p;

	if (!s->slashes && !s->ww)
		return LINK_NONE;
	if (p >= s->address && p < s->address_to)
		return LINK_FOUND;
	while (word > s->text_begin && (unsigned char)word[-1] > ' ' && !strchr("<`]|{", word[-1]))
		if (p - --word > WORD_MAX)
			return LINK_UNSURE;
	for (const char *q = word; q < p; q++) {
		const char *from = *q == ':' || *q == 'w' ? behind_prefix(word, q, s->text_end) : NULL;
		if (!from)
			continue;
		/* perhaps a tag, or something escaped */
		if ((word > s->text_begin && word[-1] == '<') || memchr(word, '\\', (size_t)(p - word)))
			return LINK_UNSURE;
		q = address_end(from, s->text_end, &s->address_to);
		s->address = from;
		if (p >= from && p < s->address_to)
			return memchr(from, '\\', (size_t)(q - from)) ? LINK_UNSURE : LINK_FOUND;
		q--;
	}
	s->address_to = s->address = s->text_begin;
	return LINK_NONE;
}
