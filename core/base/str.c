/*
 * str.c - the few slice functions too large for the header.
 *
 * Provides trimming and comparison of bytes to every layer.  Knows ASCII and
 * no locale; Unicode is text.c's.
 */
#include "base/str.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>

static unsigned char ascii_lower(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? (unsigned char)(c + ('a' - 'A')) : c;
}

bool str_eq_nocase(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		if (ascii_lower((unsigned char)a.p[i]) != ascii_lower((unsigned char)b.p[i]))
			return false;
	}
	return true;
}

static bool is_ascii_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	while (s.n > 0 && is_ascii_space(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n > 0 && is_ascii_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n > 0 ? memcmp(a.p, b.p, n) : 0;

	if (order != 0)
		return order;
	return (a.n > b.n) - (a.n < b.n);
}

bool str_float(const char *text, double *out)
{
	/* For the name "C" this hands out a constant: nothing is allocated. */
	locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);

	if (c_locale == (locale_t)0)
		return false;
	*out = strtod_l(text, NULL, c_locale);
	freelocale(c_locale);
	return isfinite(*out);
}
