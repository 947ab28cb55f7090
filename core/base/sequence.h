/*
 * sequence.h - characters of given sets one after another at the start of a
 * word: how names of a script with few syllables are sought.
 *
 * Each set is a bit map over the first plane of Unicode; characters beyond are
 * in no set.  Knows no document and no Lua.
 */
#ifndef QUERN_BASE_SEQUENCE_H
#define QUERN_BASE_SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/wordset.h"

#define SEQUENCE_MAX 16

struct sequence {
	size_t n;
	bool leads[256]; /* a character of the first set begins with this byte */
	struct bytes_wide_set first;
	uint8_t sets[][65536 / 8];
};

/* Memory for so many sets. */
size_t sequence_size(size_t n);
/* Empties the sets. */
void sequence_init(struct sequence *q, size_t n);
/* Adds the characters of a UTF-8 text to a set; white space between them is none. */
void sequence_add(struct sequence *q, size_t set, struct str characters);

/* The next place in [from, until) where they stand, with no letter or digit right before; *to is exclusive. */
bool sequence_next(const struct sequence *q, struct str text, size_t from, size_t until, size_t *start, size_t *to);
/* The same, but not where they, or the whole word that they begin, are one of these. */
bool sequence_next_but(const struct sequence *q, const struct wordset *except, struct str text, size_t from,
		       size_t until, size_t *start, size_t *to);

#endif
