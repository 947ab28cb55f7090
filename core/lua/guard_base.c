/*
 * guard_base.c - tostring, print, setmetatable, load, collectgarbage and the raw accesses.
 *
 * tostring shows no addresses, print goes to the log, metatables take no
 * finalizers and no weakness (Lua 5.4.4 has faults there, and both let the
 * collector be observed), load takes text alone.
 */
#include <lauxlib.h>
#include <string.h>

#include "lua/entry.h"
#include "lua/freeze.h"
#include "lua/guard.h"
#include "lua/state.h"

const char *guard_tostring(lua_State *L, int at, size_t *len)
{
	at = lua_absindex(L, at);
	if (luaL_getmetafield(L, at, "__tostring") != LUA_TNIL) {
		budget_check_stack(&state_of(L)->budget);
		lua_pushvalue(L, at);
		lua_call(L, 1, 1);
		if (!lua_isstring(L, -1))
			luaL_error(L, "'__tostring' must return a string");
		return lua_tolstring(L, -1, len);
	}
	switch (lua_type(L, at)) {
	case LUA_TNUMBER:
	case LUA_TSTRING:
		lua_pushvalue(L, at);
		break;
	case LUA_TBOOLEAN:
		lua_pushstring(L, lua_toboolean(L, at) ? "true" : "false");
		break;
	case LUA_TNIL:
		lua_pushliteral(L, "nil");
		break;
	case LUA_TLIGHTUSERDATA:
		lua_pushliteral(L, "null");
		break;
	default:
		/* Its kind is all that is the same in every run. */
		if (luaL_getmetafield(L, at, "__name") == LUA_TSTRING)
			break;
		lua_pushstring(L, luaL_typename(L, at));
	}
	return lua_tolstring(L, -1, len);
}

static int base_tostring(lua_State *L)
{
	size_t n;
	luaL_checkany(L, 1);
	guard_tostring(L, 1, &n);
	return 1;
}

static int base_print(lua_State *L)
{
	int n = lua_gettop(L);
	struct guard_buf b;
	guard_buf_init(&b, L);
	for (int i = 1; i <= n; i++) {
		size_t len;
		const char *s = guard_tostring(L, i, &len);
		if (i > 1)
			guard_buf_add(&b, "\t", 1);
		guard_buf_add(&b, s, len);
		lua_pop(L, 1);
	}
	state_log(state_of(L), QUERN_NOTE, b.p, b.n);
	return 0;
}

/* Upvalues: the fields that may not stand in a metatable. */
static void refuse_fields(lua_State *L)
{
	for (int i = 1; i <= 2; i++) {
		lua_pushvalue(L, lua_upvalueindex(i));
		if (lua_rawget(L, 2) != LUA_TNIL)
			state_raise(L, QUERN_DENIED, "use a <close> variable, or plain tables",
				    "setmetatable: a metatable may not have the field %s",
				    lua_tostring(L, lua_upvalueindex(i)));
	}
	lua_settop(L, 2);
}

static int base_setmetatable(lua_State *L)
{
	int type = lua_type(L, 2);
	luaL_checktype(L, 1, LUA_TTABLE);
	luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
	entry_settle(L, 1);
	if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
		return luaL_error(L, "cannot change a protected metatable");
	lua_settop(L, 2);
	if (type == LUA_TTABLE)
		refuse_fields(L);
	freeze_note_metatable(L, 1);
	lua_setmetatable(L, 1);
	return 1;
}

static int base_getmetatable(lua_State *L)
{
	luaL_checkany(L, 1);
	entry_settle(L, 1);
	if (luaL_getmetafield(L, 1, "__metatable") == LUA_TNIL && !lua_getmetatable(L, 1))
		lua_pushnil(L);
	return 1;
}

static int base_rawget(lua_State *L)
{
	luaL_checktype(L, 1, LUA_TTABLE);
	luaL_checkany(L, 2);
	entry_settle(L, 1);
	lua_settop(L, 2);
	lua_rawget(L, 1);
	return 1;
}

static int base_rawset(lua_State *L)
{
	luaL_checktype(L, 1, LUA_TTABLE);
	luaL_checkany(L, 2);
	luaL_checkany(L, 3);
	entry_settle(L, 1);
	lua_settop(L, 3);
	lua_rawset(L, 1);
	return 1;
}

static int base_collectgarbage(lua_State *L)
{
	const char *what = luaL_optstring(L, 1, "collect");
	if (strcmp(what, "count") != 0)
		state_raise(L, QUERN_DENIED, "memory is looked after by quern; just drop what you do not need",
			    "collectgarbage: only \"count\" is allowed, not \"%s\"", what);
	lua_pushnumber(L, (lua_Number)lua_gc(L, LUA_GCCOUNT) + (lua_Number)lua_gc(L, LUA_GCCOUNTB) / 1024);
	return 1;
}

/* --------------------------------------------------------------------- load */

/* The parser asks for pieces, so that a long text does not outlast the budget. */
static const char *read_piece(lua_State *L, void *user, size_t *n)
{
	struct str *left = user;
	const char *p = left->p;
	*n = left->n < 4096 ? left->n : 4096;
	state_spend(L, *n);
	*left = (struct str){ p + *n, left->n - *n };
	return *n ? p : NULL;
}

int guard_load_text(lua_State *L, struct str text, const char *name)
{
	return lua_load(L, read_piece, &text, name, "t");
}

#define READER_SLOT 5

static const char *read_function(lua_State *L, void *user, size_t *n)
{
	(void)user;
	luaL_checkstack(L, 2, "too many nested functions");
	budget_check_stack(&state_of(L)->budget);
	lua_pushvalue(L, 1);
	lua_call(L, 0, 1);
	if (lua_isnil(L, -1)) {
		lua_pop(L, 1);
		*n = 0;
		return NULL;
	}
	if (!lua_isstring(L, -1))
		luaL_error(L, "reader function must return a string");
	lua_replace(L, READER_SLOT);
	return lua_tolstring(L, READER_SLOT, n);
}

static int base_load(lua_State *L)
{
	struct str text;
	text.p = lua_tolstring(L, 1, &text.n);
	bool has_env = !lua_isnone(L, 4);
	int status;
	lua_settop(L, 4);
	lua_pushnil(L); /* READER_SLOT */
	if (text.p) {
		status = guard_load_text(L, text, luaL_optstring(L, 2, "=(load)"));
	} else {
		luaL_checktype(L, 1, LUA_TFUNCTION);
		status = lua_load(L, read_function, NULL, luaL_optstring(L, 2, "=(load)"), "t");
	}
	if (status != LUA_OK) {
		luaL_pushfail(L);
		lua_insert(L, -2);
		return 2;
	}
	if (has_env) {
		lua_pushvalue(L, 4);
		if (!lua_setupvalue(L, -2, 1))
			lua_pop(L, 1);
	}
	return 1;
}

void guard_install_base(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "tostring", base_tostring },
		{ "print", base_print },
		{ "collectgarbage", base_collectgarbage },
		{ "load", base_load },
		{ "getmetatable", base_getmetatable },
		{ "rawget", base_rawget },
		{ "rawset", base_rawset },
		{ NULL, NULL },
	};
	luaL_setfuncs(L, functions, 0);
	lua_pushliteral(L, "__gc");
	lua_pushliteral(L, "__mode");
	lua_pushcclosure(L, base_setmetatable, 2);
	lua_setfield(L, -2, "setmetatable");
}
