/*
 * str.h - a borrowed slice of bytes: pointer and length, not NUL-terminated.
 *
 * Owns nothing; whoever hands out a str says how long it lives.
 */
#ifndef QUERN_BASE_STR_H
#define QUERN_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
	const char *p;
	size_t n;
};

#define STR_LIT(s) ((struct str){ "" s, sizeof(s) - 1 })
#define STR_EMPTY  ((struct str){ "", 0 })

static inline struct str str_of(const char *z)
{
	return (struct str){ z, strlen(z) };
}

static inline struct str str_slice(const char *from, const char *to)
{
	return (struct str){ from, (size_t)(to - from) };
}

static inline bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool str_eqz(struct str a, const char *z)
{
	return str_eq(a, str_of(z));
}

/* ASCII case is ignored, other bytes must be equal. */
bool str_eq_nocase(struct str a, struct str b);

static inline bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

static inline bool str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

/* strcmp for names, most of which differ in their first letter. */
static inline int strz_cmp(const char *a, const char *b)
{
	const int order = (unsigned char)*a - (unsigned char)*b;

	return order ? order : strcmp(a, b);
}

/* Without leading and trailing space, tab, CR, LF, FF and VT. */
struct str str_trim(struct str s);

/* Bytewise order, shorter first on a tie: <0, 0, >0. */
int str_cmp(struct str a, struct str b);

/* What strtod makes of the text, whatever the locale; false where that is not finite. */
bool str_float(const char *text, double *out);

#endif
