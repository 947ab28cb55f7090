/*
 * guard_sort.c - table.sort as a merge sort.
 *
 * Stable, so that the order of equal elements is defined (Lua's own sort
 * picks pivots by the clock), and n log n whatever the comparator answers.
 * A comparator that contradicts itself gives some order, not an error.
 */
#include <lauxlib.h>
#include <limits.h>

#include "lua/guard.h"
#include "lua/state.h"

enum { ARG_TABLE = 1, ARG_LESS, FROM, TO };

static bool sort_less(lua_State *L, bool by_function)
{
	/* The two values are on top. */
	state_spend(L, 6);
	if (!by_function)
		return lua_compare(L, -2, -1, LUA_OPLT);
	lua_pushvalue(L, ARG_LESS);
	lua_pushvalue(L, -3);
	lua_pushvalue(L, -3);
	lua_call(L, 2, 1);
	bool less = lua_toboolean(L, -1);
	lua_pop(L, 1);
	return less;
}

/* Merges from[lo..mid) and from[mid..hi) (1-based) into to. */
static void merge(lua_State *L, int from, int to, lua_Integer lo, lua_Integer mid, lua_Integer hi, bool by_function)
{
	lua_Integer a = lo, b = mid;
	for (lua_Integer out = lo; out < hi; out++) {
		bool second = a >= mid;
		if (a < mid && b < hi) {
			lua_rawgeti(L, from, b);
			lua_rawgeti(L, from, a);
			second = sort_less(L, by_function);
			lua_pop(L, 2);
		}
		state_spend(L, 4);
		lua_rawgeti(L, from, second ? b : a);
		lua_rawseti(L, to, out);
		a += !second;
		b += second;
	}
}

static void merge_sort(lua_State *L, lua_Integer n, bool by_function)
{
	for (lua_Integer width = 1; width < n; width *= 2) {
		for (lua_Integer lo = 1; lo <= n; lo += 2 * width) {
			lua_Integer mid = lo + width <= n + 1 ? lo + width : n + 1;
			lua_Integer hi = lo + 2 * width <= n + 1 ? lo + 2 * width : n + 1;
			merge(L, FROM, TO, lo, mid, hi, by_function);
		}
		lua_pushvalue(L, FROM);
		lua_copy(L, TO, FROM);
		lua_replace(L, TO);
	}
}

static int table_sort(lua_State *L)
{
	luaL_checkany(L, ARG_TABLE);
	if (lua_type(L, ARG_TABLE) != LUA_TTABLE && !luaL_getmetafield(L, ARG_TABLE, "__index"))
		luaL_checktype(L, ARG_TABLE, LUA_TTABLE);
	lua_Integer n = luaL_len(L, ARG_TABLE);
	if (n < 2)
		return 0;
	luaL_argcheck(L, n < INT_MAX, ARG_TABLE, "array too big");
	bool by_function = !lua_isnoneornil(L, ARG_LESS);
	if (by_function)
		luaL_checktype(L, ARG_LESS, LUA_TFUNCTION);
	lua_settop(L, ARG_LESS);
	budget_check_stack(&state_of(L)->budget);
	luaL_checkstack(L, 12, NULL);
	lua_newtable(L);
	lua_newtable(L);
	for (lua_Integer i = 1; i <= n; i++) {
		state_spend(L, 4);
		lua_geti(L, ARG_TABLE, i);
		lua_rawseti(L, FROM, i);
	}
	merge_sort(L, n, by_function);
	for (lua_Integer i = 1; i <= n; i++) {
		state_spend(L, 4);
		lua_rawgeti(L, FROM, i);
		lua_seti(L, ARG_TABLE, i);
	}
	return 0;
}

void guard_install_sort(lua_State *L)
{
	lua_pushcfunction(L, table_sort);
	lua_setfield(L, -2, "sort");
}
