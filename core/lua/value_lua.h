/*
 * value_lua.h - plain values between Lua and struct value.
 *
 * Private to core/lua/.  The rules are those of the plugin contract: an empty
 * table is a list unless marked by quern.map, everything else is plain or an
 * error that names the place.
 */
#ifndef QUERN_LUA_VALUE_LUA_H
#define QUERN_LUA_VALUE_LUA_H

#include <lua.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/value.h"

/* Pushes a value; maps and lists become fresh tables, nulls inside them quern.null. */
void value_push(lua_State *L, const struct value *v);
/*
 * Converts the Lua value at the index into the arena, keys sorted.  Raises
 * QUERN_VALUE naming the place below root ("value"); bad UTF-8 is replaced
 * with a warning to the log.  What is taken counts as output.
 */
void value_take(lua_State *L, int at, struct arena *a, struct value *out, const char *root);

/*
 * Appends the Lua value at the index to out as a line of JSON: what json_write makes of what value_take
 * takes, and raising and counting as that does.  a: for a value that is not plain at first sight.
 */
void value_write(lua_State *L, int at, struct buf *out, struct arena *a, const char *root);

void value_push_null(lua_State *L);
/* Whether the value is quern.null. */
bool value_is_null(lua_State *L, int at);
/* Marks the table at the top as a map. */
void value_mark_map(lua_State *L);
bool value_is_map(lua_State *L, int at);

#endif
