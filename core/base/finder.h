/*
 * finder.h - many words sought in one pass over a text.
 *
 * A trie of the words, walked from every byte of the text where one of them may
 * begin (finder_look.h): linear in the text times the longest word, which is at most FINDER_WORD_MAX bytes.  One block
 * of memory without pointers, given by the caller, never changed after.
 */
#ifndef QUERN_BASE_FINDER_H
#define QUERN_BASE_FINDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define FINDER_WORD_MAX 256

enum finder_mode {
	FINDER_FOLD = 1,  /* ASCII letters match in either case */
	FINDER_WHOLE = 2, /* not where an ASCII letter at either end of the match runs on in another */
	FINDER_DIGIT = 4  /* a digit matches every digit: "0:00" is the shape of a clock time */
};

struct finder;

struct finder_match {
	size_t from, to; /* to exclusive */
	uint32_t word;   /* its place in the list; of equal words the first */
};

/* Memory that so many words with so many bytes together need; 0 when that is too much. */
size_t finder_size(size_t n_words, size_t n_bytes);
/* In that much memory, aligned as for malloc. False where a word is empty or longer than
 * FINDER_WORD_MAX, or words were chosen to be hard to tell apart. */
bool finder_init(struct finder *f, const struct str *words, size_t n, unsigned mode);

/*
 * The first match that begins in [from, until), and of those at its place the longest; false where there is none.
 * A match may end behind until.
 */
bool finder_next(const struct finder *f, struct str text, size_t from, size_t until, struct finder_match *out);

#endif
