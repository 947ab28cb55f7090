/*
 * arena_lua.h - an arena inside the Lua heap, freed by Lua's collector.
 *
 * Private to core/lua/.  For what must outlive one call of C but not the
 * state: compiled selectors, trees under construction while filters run.
 */
#ifndef QUERN_LUA_ARENA_LUA_H
#define QUERN_LUA_ARENA_LUA_H

#include <lua.h>

#include "base/arena.h"

/* Pushes a userdata of this size that begins with an arena; the rest is zero. */
void *arena_push(lua_State *L, size_t size);

#endif
