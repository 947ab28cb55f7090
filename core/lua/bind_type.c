/*
 * bind_type.c - how types for Lua are made, and the scratch buffer handed over.
 *
 * A type has one metatable in the registry, hidden from plugins behind
 * __metatable, and one table from names to methods and field numbers, so that reading
 * a field is one lookup and one switch.
 */
#include <lauxlib.h>

#include "lua/bind.h"

static int refuse_newindex(lua_State *L)
{
	const char *type = lua_tostring(L, lua_upvalueindex(1));
	if (lua_type(L, 2) == LUA_TSTRING)
		state_raise(L, QUERN_DENIED, "keep your own values in tables; use walk to get a changed copy",
			    "cannot set the field %s: a %s is read-only", lua_tostring(L, 2), type);
	state_raise(L, QUERN_DENIED, "keep your own values in tables", "cannot set a field: a %s is read-only", type);
}

static int name_tostring(lua_State *L)
{
	lua_pushvalue(L, lua_upvalueindex(1));
	return 1;
}

void bind_type(lua_State *L, enum state_ref ref, const char *name, const luaL_Reg *meta, lua_CFunction index,
	       const struct bind_field *fields, const luaL_Reg *methods)
{
	lua_newtable(L);
	lua_pushstring(L, name);
	lua_pushvalue(L, -1);
	lua_setfield(L, -3, "__name");
	lua_pushvalue(L, -1);
	lua_setfield(L, -3, "__metatable");
	lua_pushvalue(L, -1);
	lua_pushcclosure(L, name_tostring, 1);
	lua_setfield(L, -3, "__tostring");
	lua_pushcclosure(L, refuse_newindex, 1);
	lua_setfield(L, -2, "__newindex");
	if (meta)
		luaL_setfuncs(L, meta, 0);
	if (index) {
		lua_newtable(L);
		for (; fields && fields->name; fields++) {
			lua_pushinteger(L, fields->id);
			lua_setfield(L, -2, fields->name);
		}
		if (methods)
			luaL_setfuncs(L, methods, 0);
		lua_pushcclosure(L, index, 1);
		lua_setfield(L, -2, "__index");
	}
	state_set(L, ref);
}

int bind_push_scratch(lua_State *L)
{
	struct state *s = state_of(L);
	if (!buf_ok(&s->scratch))
		budget_kill(&s->budget, QUERN_NOMEM);
	struct str text = buf_str(&s->scratch);
	budget_spend(&s->budget, text.n / 32);
	lua_pushlstring(L, text.p, text.n);
	/* A large buffer is not held beside the string made of it. */
	if (s->scratch.cap > 65536)
		buf_release(&s->scratch);
	else
		buf_clear(&s->scratch);
	return 1;
}
