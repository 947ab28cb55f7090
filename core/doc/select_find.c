/*
 * select_find.c - a text sought in others in linear time, whatever both are,
 * with or without regard to ASCII case.
 */
#include "doc/select_private.h"

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static bool same(const struct select_needle *n, char a, char b)
{
	return a == b || (n->nocase && lower(a) == lower(b));
}

uint32_t needle_step(const struct select_needle *n, uint32_t matched, char c)
{
	while (matched > 0 && (matched == n->text.n || !same(n, n->text.p[matched], c)))
		matched = n->back[matched - 1];
	return same(n, n->text.p[matched], c) ? matched + 1 : 0;
}

bool needle_prepare(struct arena *a, struct select_needle *n, struct str text, bool nocase)
{
	uint32_t *back = arena_alloc(a, text.n * sizeof(*back) + 1);

	if (!back)
		return false;
	*n = (struct select_needle){ text, back, nocase };
	if (text.n)
		back[0] = 0;
	for (size_t i = 1; i < text.n; i++)
		back[i] = needle_step(n, back[i - 1], text.p[i]);
	return true;
}

bool needle_found(const struct select_needle *n, struct str s)
{
	uint32_t matched = 0;

	if (n->text.n == 0 || n->text.n > s.n)
		return n->text.n == 0;
	if (!n->nocase)
		return memmem(s.p, s.n, n->text.p, n->text.n) != NULL;
	for (size_t i = 0; i < s.n && matched < n->text.n; i++)
		matched = needle_step(n, matched, s.p[i]);
	return matched == n->text.n;
}
