/*
 * search.h - what quern.text.finder, capitals and sequence make, for bindings
 * that search many texts in one call.
 *
 * Private to core/lua/.
 */
#ifndef QUERN_LUA_SEARCH_H
#define QUERN_LUA_SEARCH_H

#include <lua.h>

#include "base/capitals.h"
#include "base/finder.h"
#include "base/sequence.h"

/* One of three: a finder, a sequence, else capitals.  It points into the function, and lives as long as that. */
struct search {
	const struct finder *finder;
	const struct sequence *sequence;
	const struct wordset *except; /* with a sequence, or NULL */
	struct capitals capitals;
};

/* What is sought in one text of many. */
struct search_part {
	struct search search, also; /* also: where has_also, sought from the hit on */
	bool has_also;
	size_t first, last; /* only in so many bytes at the start or end of the text; 0: anywhere */
	size_t near;        /* also ends in so many bytes from the start of the hit; 0: anywhere behind that */
};

/* Whether the value at this index is such a function. */
bool search_take(lua_State *L, int index, struct search *out);
/* The next hit that begins at or behind a place; *to is exclusive.  Looks at the budget now and then. */
bool search_next(lua_State *L, const struct search *s, struct str text, size_t at, size_t *start, size_t *to);

/*
 * Takes a search, or { search, first = bytes, last = bytes, also = search, near = bytes }; raises an error for anything else.
 * Leaves two values on the stack, which it needs as long as it is used: a metatable may have made them for this call.
 */
void search_part_take(lua_State *L, int index, struct search_part *out);
/* As search_next, of what is sought. */
bool search_part_next(lua_State *L, const struct search_part *p, struct str text, size_t at, size_t *start, size_t *to);

#endif
