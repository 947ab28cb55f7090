/*
 * words.h - the names in a Lua text, comments and strings left out.
 *
 * For those who want to know what a text may call without running it.  Needs
 * no valid text; linear.
 */
#ifndef QUERN_LUA_WORDS_H
#define QUERN_LUA_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ascii.h"
#include "base/str.h"

struct words {
	struct str text;
	size_t at; /* behind the word */
	struct str word;
	bool is_field; /* after "." or ":" */
};

static inline struct words words_of(struct str text)
{
	return (struct words){ .text = text };
}

/* False at the end. */
bool words_next(struct words *w);

static inline bool words_is_letter(char c)
{
	return ascii_is_alnum(c) || c == '_';
}

#endif
