/*
 * guard_table.c - table.concat, insert, move, remove and unpack.
 *
 * As in Lua 5.4 they respect metamethods, so a lying __len can ask for any
 * number of steps; each step spends fuel.
 */
#include <lauxlib.h>
#include <limits.h>
#include <string.h>

#include "lua/guard.h"
#include "lua/state.h"

#define STEP 4
/* Bytes that are copied without a look at the clock. */
#define SHORT 256

/* A table, or something that acts as one for what is done to it. */
static void check_table(lua_State *L, int arg, const char *const *needed)
{
	if (lua_type(L, arg) == LUA_TTABLE)
		return;
	bool acts = lua_getmetatable(L, arg);
	for (; acts && *needed; needed++) {
		lua_pushstring(L, *needed);
		acts = lua_rawget(L, -2) != LUA_TNIL;
		lua_pop(L, 1);
	}
	if (!acts)
		luaL_checktype(L, arg, LUA_TTABLE);
	lua_pop(L, 1);
}

static const char *const reads[] = { "__index", NULL };
static const char *const writes[] = { "__newindex", NULL };
static const char *const reads_len[] = { "__index", "__len", NULL };
static const char *const all[] = { "__index", "__newindex", "__len", NULL };

static int table_insert(lua_State *L)
{
	check_table(L, 1, all);
	lua_Integer last = luaL_len(L, 1);
	lua_Integer end = (lua_Integer)((lua_Unsigned)last + 1), at = end;
	int n = lua_gettop(L);
	if (n == 3) {
		at = luaL_checkinteger(L, 2);
		luaL_argcheck(L, (lua_Unsigned)at - 1u < (lua_Unsigned)end, 2, "position out of bounds");
		for (lua_Integer i = end; i > at; i--) {
			state_spend(L, STEP);
			lua_geti(L, 1, i - 1);
			lua_seti(L, 1, i);
		}
	} else if (n != 2) {
		return luaL_error(L, "wrong number of arguments to 'insert'");
	}
	lua_seti(L, 1, at);
	return 0;
}

static int table_remove(lua_State *L)
{
	check_table(L, 1, all);
	lua_Integer size = luaL_len(L, 1);
	lua_Integer at = luaL_optinteger(L, 2, size);
	if (at != size)
		luaL_argcheck(L, (lua_Unsigned)at - 1u <= (lua_Unsigned)size, 2, "position out of bounds");
	lua_geti(L, 1, at);
	for (; at < size; at++) {
		state_spend(L, STEP);
		lua_geti(L, 1, at + 1);
		lua_seti(L, 1, at);
	}
	lua_pushnil(L);
	lua_seti(L, 1, at);
	return 1;
}

static int table_move(lua_State *L)
{
	lua_Integer from = luaL_checkinteger(L, 2);
	lua_Integer end = luaL_checkinteger(L, 3);
	lua_Integer to = luaL_checkinteger(L, 4);
	int target = lua_isnoneornil(L, 5) ? 1 : 5;
	check_table(L, 1, reads);
	check_table(L, target, writes);
	if (end >= from) {
		luaL_argcheck(L, from > 0 || end < LUA_MAXINTEGER + from, 3, "too many elements to move");
		lua_Integer n = end - from + 1;
		luaL_argcheck(L, to <= LUA_MAXINTEGER - n + 1, 4, "destination wrap around");
		bool upwards = to > end || to <= from || (target != 1 && !lua_compare(L, 1, target, LUA_OPEQ));
		for (lua_Integer k = 0; k < n; k++) {
			lua_Integer i = upwards ? k : n - 1 - k;
			state_spend(L, STEP);
			lua_geti(L, 1, from + i);
			lua_seti(L, target, to + i);
		}
	}
	lua_pushvalue(L, target);
	return 1;
}

/* Adds the field and, if it is not the last one, the separator. */
static void add_field(lua_State *L, struct guard_buf *b, lua_Integer i, const char *separator, size_t more)
{
	size_t n;
	lua_geti(L, 1, i);
	const char *s = lua_tolstring(L, -1, &n);
	if (!s)
		luaL_error(L, "invalid value (%s) at index %I in table for 'concat'", luaL_typename(L, -1),
			   (LUAI_UACINT)i);
	budget_spend(b->budget, STEP);
	if (n + more <= SHORT) {
		char *p = guard_buf_reserve(b, n + more);
		memcpy(p, s, n);
		memcpy(p + n, separator, more);
		b->n += n + more;
	} else {
		guard_buf_add(b, s, n);
		guard_buf_add(b, separator, more);
	}
	lua_pop(L, 1);
}

static int table_concat(lua_State *L)
{
	check_table(L, 1, reads_len);
	lua_Integer last = luaL_len(L, 1);
	size_t n;
	const char *separator = luaL_optlstring(L, 2, "", &n);
	lua_Integer i = luaL_optinteger(L, 3, 1);
	last = luaL_optinteger(L, 4, last);
	struct guard_buf b;
	guard_buf_init(&b, L);
	/* Room for short fields, so that a long list does not double its way up. */
	if (i < last && i > 0 && last < SHORT * 64)
		guard_buf_reserve(&b, (size_t)(last - i + 1) * 8);
	for (; i < last; i++)
		add_field(L, &b, i, separator, n);
	if (i == last)
		add_field(L, &b, i, "", 0);
	guard_buf_push(&b);
	return 1;
}

static int table_unpack(lua_State *L)
{
	lua_Integer i = luaL_optinteger(L, 2, 1);
	lua_Integer end = lua_isnoneornil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3);
	if (i > end)
		return 0;
	lua_Unsigned n = (lua_Unsigned)end - (lua_Unsigned)i;
	if (n >= INT_MAX || !lua_checkstack(L, (int)(++n)))
		return luaL_error(L, "too many results to unpack");
	for (; i < end; i++) {
		state_spend(L, STEP);
		lua_geti(L, 1, i);
	}
	lua_geti(L, 1, end);
	return (int)n;
}

void guard_install_table(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "insert", table_insert }, { "remove", table_remove }, { "move", table_move },
		{ "concat", table_concat }, { "unpack", table_unpack }, { NULL, NULL },
	};
	luaL_setfuncs(L, functions, 0);
}
