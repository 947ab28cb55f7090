/*
 * bytes.h - looking through a whole text many bytes at a time: where its
 * lines begin, which pairs of bytes it has at all, where a byte of a set stands.
 *
 * What these functions leave out need not be looked at byte by byte.  They
 * know bytes, no characters and no syntax.
 */
#ifndef QUERN_BASE_BYTES_H
#define QUERN_BASE_BYTES_H

#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/*
 * Offsets of the beginnings of lines (the first is 0; one behind a newline at
 * the end counts) in the arena; NULL when memory is refused. s.n < 4 GiB.
 */
uint32_t *bytes_lines(struct arena *a, struct str s, size_t *n);

/* Does "//" stand in the text; does "ww", whatever the case of its letters? */
struct bytes_pairs {
	bool slashes, ww;
};
struct bytes_pairs bytes_pairs(struct str s);

/*
 * A set of bytes to look for.  high[h] is one bit for each upper half h of a byte of the set and else 0; low[l] has that
 * bit for each byte h * 16 + l of the set: of at most eight upper halves, and for ASCII characters 1 << h.
 */
struct bytes_set {
	unsigned char low[16], high[16];
};

static inline bool bytes_in_set(const struct bytes_set *set, char c)
{
	return set->low[c & 15] & set->high[(unsigned char)c >> 4];
}

/* The first byte of the set at or after p, or end. */
const char *bytes_find_set(const char *p, const char *end, const struct bytes_set *set);

/* The same of any bytes: one set of those below 0x80 and one of the others, each told by its lower seven bits. */
struct bytes_wide_set {
	struct bytes_set below, above;
};

void bytes_wide_add(struct bytes_wide_set *set, unsigned char c);
/* The first byte of the set at or after p, or end. For a set of few. */
const char *bytes_find_wide(const char *p, const char *end, const struct bytes_wide_set *set);

/*
 * The first byte at or after p that is white space, or may begin a no-break space (0xC2), but for a space between two
 * bytes that neither is; or end.
 */
const char *bytes_find_gap(const char *p, const char *end);

static inline bool bytes_has(struct str s, char c)
{
	return s.n > 0 && memchr(s.p, c, s.n) != NULL;
}

/*
 * Whether all white space in it is single spaces: no tab, line break or two spaces in a row, and no byte that a no-break
 * space begins with.
 */
bool bytes_is_evenly_spaced(struct str s);

/* How often the byte at p stands there in a row; 0 at the end. */
static inline int bytes_run(const char *p, const char *end)
{
	const char *q = p;

	while (q < end && *q == *p)
		q++;
	return (int)(q - p);
}

/* The first place in [p, end) where these two bytes stand, or NULL. For a first one that is rare. */
static inline const char *bytes_find_pair(const char *p, const char *end, char first, char second)
{
	while (end - p > 1 && (p = memchr(p, first, (size_t)(end - p - 1)))) {
		if (p[1] == second)
			return p;
		p++;
	}
	return NULL;
}

#endif
