/*
 * make.h - nodes from Lua into a tree under construction.
 *
 * Private to core/lua/: shared by quern.node and walk.
 */
#ifndef QUERN_LUA_MAKE_H
#define QUERN_LUA_MAKE_H

#include <lua.h>

#include "doc/build.h"

/*
 * Appends the node or string at the index to the innermost open node; what names the caller in errors.
 * source: the record that spans may point into, NULL to drop spans.
 * stood: the kind that the document had in this place, so that one of its sort may stand there again; 0: none.
 */
void make_append(lua_State *L, struct tree_build *b, int at, const struct record *source, enum node_kind stood,
		 const char *what);
/* tree_build_init within the limits of the call; what is copied is paid for from its budget. */
void make_begin(lua_State *L, struct tree_build *b, struct arena *arena);
/* Ends the call or raises an error unless the build went well. */
void make_check(lua_State *L, const struct tree_build *b);
/* All names of kinds, NULL-terminated. */
const char *const *make_kind_names(void);

#endif
