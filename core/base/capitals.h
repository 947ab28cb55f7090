/*
 * capitals.h - the runs of capitalised words in a text that may be a proper
 * name: "Jane Roe", "Ada van Dijk", "J. Doe", not "Best Practices".
 *
 * What is a name is for the caller to judge; a run is passed over only where
 * its words are common ones.  Knows no document and no Lua.
 */
#ifndef QUERN_BASE_CAPITALS_H
#define QUERN_BASE_CAPITALS_H

#include "base/wordset.h"

struct capitals {
	const struct wordset *common; /* words that make no name */
	const struct wordset *known;  /* words that do, whatever follows */
};

/*
 * The next run of at least two capitalised words that begins in [from, until): the first of them known or an
 * initial, or neither it nor the next one common.  Common words before it are left out.  *to is exclusive.
 */
bool capitals_next(const struct capitals *c, struct str text, size_t from, size_t until, size_t *start, size_t *to);

#endif
