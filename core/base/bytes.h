/*
 * bytes.h - looking through a whole text many bytes at a time: where its
 * lines begin, which pairs of bytes it has at all.
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

static inline bool bytes_has(struct str s, char c)
{
	return s.n > 0 && memchr(s.p, c, s.n) != NULL;
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
