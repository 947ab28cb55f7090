/*
 * sandbox.c - the allow-list.
 *
 * Lua's own libraries are opened into tables that no plugin sees; what is
 * named here is copied from them, then our guarded versions replace what can run
 * long, show addresses or follow hash order.
 */
#include "lua/sandbox.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdint.h>
#include <string.h>
#include <sys/random.h>

#include "lua/bind.h"
#include "lua/chain.h"
#include "lua/doc_box.h"
#include "lua/freeze.h"
#include "lua/guard.h"
#include "lua/state.h"

static const char *const base_names[] = {
	"assert", "error",  "getmetatable", "ipairs", "pcall",  "rawequal", "rawget", "rawlen",
	"rawset", "select", "tonumber",     "type",   "xpcall", "_VERSION", NULL,
};
static const char *const string_names[] = { "byte", "char", "len", "sub", NULL };
static const char *const table_names[] = { "pack", NULL };
static const char *const utf8_names[] = { "char", "charpattern", "codepoint", "codes", NULL };
static const char *const math_names[] = {
	"abs",  "acos", "asin", "atan", "ceil",       "cos",  "deg",        "exp",  "floor",
	"fmod", "huge", "log",  "max",  "maxinteger", "min",  "mininteger", "modf", "pi",
	"rad",  "sin",  "sqrt", "tan",  "tointeger",  "type", "ult",        NULL,
};
static const char *const coroutine_names[] = { "isyieldable", "running", "status", "yield", NULL };

/* Calls a library's opener and copies the named fields of what it returns into the table on top. */
static void copy_library(lua_State *L, lua_CFunction open, const char *const *names)
{
	lua_pushcfunction(L, open);
	lua_pushliteral(L, "");
	lua_call(L, 1, 1);
	for (; *names; names++) {
		lua_getfield(L, -1, *names);
		lua_setfield(L, -3, *names);
	}
	lua_pop(L, 1);
}

/* A library as a global of the table on top. */
static void add_library(lua_State *L, const char *name, lua_CFunction open, const char *const *names,
			void (*const *install)(lua_State *))
{
	lua_newtable(L);
	copy_library(L, open, names);
	for (; *install; install++)
		(*install)(L);
	lua_pushvalue(L, -1);
	lua_setfield(L, -3, name);
	freeze_add(L, name);
}

static void (*const in_string[])(lua_State *) = { guard_install_find, guard_install_string, guard_install_format,
						  guard_install_characters, NULL };
static void (*const in_table[])(lua_State *) = { guard_install_table, guard_install_sort, NULL };
static void (*const in_utf8[])(lua_State *) = { guard_install_utf8, guard_install_characters, NULL };
static void (*const in_coroutine[])(lua_State *) = { guard_install_coroutine, NULL };
static void (*const in_math[])(lua_State *) = { guard_install_numbers, NULL };

static int string_meta_newindex(lua_State *L)
{
	size_t n;
	state_raise(L, QUERN_DENIED, "write a function of your own and call it",
		    "the metatable of strings cannot be changed (field %s)", guard_tostring(L, 2, &n));
}

/* Lua's string library made the metatable; it gets our functions and a shield. */
static void shield_strings(lua_State *L)
{
	int globals = lua_gettop(L);
	lua_pushliteral(L, "");
	lua_getmetatable(L, -1);
	lua_getfield(L, globals, "string");
	lua_setfield(L, -2, "__index");
	/* What getmetatable("") shows: reads like the real one, refuses writing. */
	lua_newtable(L);
	lua_newtable(L);
	lua_getfield(L, globals, "string");
	lua_setfield(L, -2, "__index");
	lua_createtable(L, 0, 3);
	lua_newtable(L);
	lua_getfield(L, globals, "string");
	lua_setfield(L, -2, "__index");
	lua_setfield(L, -2, "__index");
	lua_pushcfunction(L, string_meta_newindex);
	lua_setfield(L, -2, "__newindex");
	lua_pushliteral(L, "string metatable");
	lua_setfield(L, -2, "__metatable");
	lua_remove(L, -2);
	lua_setmetatable(L, -2);
	lua_pushvalue(L, -1);
	lua_setfield(L, -3, "__metatable");
	freeze_add(L, "getmetatable(\"\")");
	freeze_add(L, "the metatable of strings");
	lua_settop(L, globals);
}

static int global_newindex(lua_State *L)
{
	if (lua_type(L, 2) == LUA_TSTRING)
		state_raise(L, QUERN_DENIED, "declare it with local, or return it from the function that makes it",
			    "assignment to global %s; use local", lua_tostring(L, 2));
	state_raise(L, QUERN_DENIED, "declare a local table", "assignment to a field of _G; use local");
}

static void shield_globals(lua_State *L)
{
	lua_createtable(L, 0, 2);
	lua_pushcfunction(L, global_newindex);
	lua_setfield(L, -2, "__newindex");
	lua_pushliteral(L, "globals");
	lua_setfield(L, -2, "__metatable");
	lua_setmetatable(L, -2);
}

/*
 * No table is weak, whatever is written into a metatable and when: a collection
 * in the middle of an assignment would take a table away from under it (a
 * fault of Lua 5.4.4).  The collector looks for the very string object that
 * the state made when it began; with other bytes in it, which nobody can guess,
 * no key a plugin makes is that object.  What "__mode" is from now on is a string like any other.
 */
static void weak_tables_end(lua_State *L)
{
	const char *name = lua_pushliteral(L, "__mode");
	char bytes[6];

	if (getrandom(bytes, sizeof bytes, GRND_NONBLOCK) != (ssize_t)sizeof bytes) {
		const uint64_t address = (uint64_t)(uintptr_t)L * UINT64_C(0x9E3779B97F4A7C15) >> 16;
		memcpy(bytes, &address, sizeof bytes);
	}
	memcpy((char *)(uintptr_t)name, bytes, sizeof bytes);
	lua_pop(L, 1);
}

int sandbox_open(lua_State *L)
{
	lua_settop(L, 0);
	luaL_checkstack(L, 30, NULL);
	weak_tables_end(L);
	chain_open(L);
	lua_newtable(L); /* the plugin's globals */
	copy_library(L, luaopen_base, base_names);
	guard_install_base(L);
	guard_install_order(L);
	add_library(L, "string", luaopen_string, string_names, in_string);
	add_library(L, "table", luaopen_table, table_names, in_table);
	add_library(L, "utf8", luaopen_utf8, utf8_names, in_utf8);
	add_library(L, "math", luaopen_math, math_names, in_math);
	add_library(L, "coroutine", luaopen_coroutine, coroutine_names, in_coroutine);
	shield_strings(L);
	bind_doc_open(L);
	bind_node_open(L);
	bind_output_open(L);
	bind_results_open(L);
	bind_quern_open(L);
	lua_setfield(L, 1, "quern");
	lua_pushcfunction(L, require_module);
	lua_setfield(L, 1, "require");
	lua_pushvalue(L, 1);
	lua_setfield(L, 1, "_G");
	shield_globals(L);
	/* load gives chunks the registry's globals. */
	lua_pushvalue(L, 1);
	lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
	freeze_add(L, "");
	return 0;
}
