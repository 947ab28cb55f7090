/*
 * wordset.h - a set of words given as one text with spaces between them, and
 * the question whether a word is in it, in any case and with or without an
 * English ending.
 *
 * One block of memory without pointers, given by the caller, never changed
 * after.  Knows no document and no Lua.
 */
#ifndef QUERN_BASE_WORDSET_H
#define QUERN_BASE_WORDSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define WORDSET_WORD_MAX 64

struct wordset;

/* Memory that the words of a text need; 0 when that is too much. */
size_t wordset_size(struct str words);
/*
 * In that much memory, aligned as for malloc; the text is copied.  Longer words than WORDSET_WORD_MAX are left out.  False
 * where words were chosen to be hard to tell apart.
 */
bool wordset_init(struct wordset *set, struct str words);

/* Whether the word is in the set; ASCII letters in either case. */
bool wordset_has(const struct wordset *set, struct str word);
/* Also where the word is one of the set with an ending: "stories", "closed", "planned", "running", "maker". */
bool wordset_has_form(const struct wordset *set, struct str word);

#endif
