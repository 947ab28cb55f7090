/*
 * arena_lua.c - see arena_lua.h.
 */
#include "lua/arena_lua.h"

#include <lauxlib.h>
#include <string.h>

#include "lua/state.h"

static int arena_gc(lua_State *L)
{
	arena_release(lua_touserdata(L, 1));
	return 0;
}

void *arena_push(lua_State *L, size_t size)
{
	struct state *s = state_of(L);
	if (!s->refs[REF_ARENA_META]) {
		lua_createtable(L, 0, 1);
		lua_pushcfunction(L, arena_gc);
		lua_setfield(L, -2, "__gc");
		state_set(L, REF_ARENA_META);
	}
	void *p = lua_newuserdatauv(L, size, 0);
	memset(p, 0, size);
	arena_init(p, &s->inside, 0);
	state_get(L, REF_ARENA_META);
	lua_setmetatable(L, -2);
	return p;
}
