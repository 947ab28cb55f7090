/*
 * guard_sort.c - table.sort as a merge sort.
 *
 * Stable, so that the order of equal elements is defined (Lua's own sort
 * picks pivots by the clock), and n log n whatever the comparator answers.
 * A comparator that contradicts itself gives some order, not an error.
 */
#include <lauxlib.h>
#include <limits.h>
#include <string.h>

#include "lua/chain.h"
#include "lua/guard.h"
#include "lua/state.h"

enum { ARG_TABLE = 1, ARG_LESS, FROM, TO };

/* Whether from[b] comes before from[a]. */
static bool sort_less(lua_State *L, int from, lua_Integer b, lua_Integer a, bool by_function)
{
	state_spend_call(L);
	if (by_function)
		lua_pushvalue(L, ARG_LESS);
	lua_rawgeti(L, from, b);
	lua_rawgeti(L, from, a);
	if (by_function)
		lua_call(L, 2, 1);
	else
		chain_look_at(L, -2), chain_look_at(L, -1);
	bool less = by_function ? lua_toboolean(L, -1) : lua_compare(L, -2, -1, LUA_OPLT);
	lua_pop(L, by_function ? 1 : 2);
	return less;
}

/* Merges from[lo..mid) and from[mid..hi) (1-based) into to. */
static void merge(lua_State *L, int from, int to, lua_Integer lo, lua_Integer mid, lua_Integer hi, bool by_function)
{
	lua_Integer a = lo, b = mid;
	for (lua_Integer out = lo; out < hi; out++) {
		bool second = a >= mid || (b < hi && sort_less(L, from, b, a, by_function));
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

/* ------------------------------------------- plain numbers and plain strings */

struct item {
	union {
		lua_Integer integer;
		lua_Number number;
		struct {
			const char *p;
			size_t n;
		} string;
	} as;
	int index; /* in FROM */
};

enum plain { PLAIN_NOT, PLAIN_INTEGERS, PLAIN_FLOATS, PLAIN_STRINGS };

static enum plain plain_kind(lua_State *L, int at)
{
	if (lua_type(L, at) == LUA_TSTRING)
		return PLAIN_STRINGS;
	if (lua_type(L, at) != LUA_TNUMBER)
		return PLAIN_NOT;
	return lua_isinteger(L, at) ? PLAIN_INTEGERS : PLAIN_FLOATS;
}

static bool item_less(const struct item *a, const struct item *b, enum plain kind)
{
	if (kind == PLAIN_INTEGERS)
		return a->as.integer < b->as.integer;
	if (kind == PLAIN_FLOATS)
		return a->as.number < b->as.number;
	size_t n = a->as.string.n < b->as.string.n ? a->as.string.n : b->as.string.n;
	int order = memcmp(a->as.string.p, b->as.string.p, n);
	return order ? order < 0 : a->as.string.n < b->as.string.n;
}

static struct item *sort_items(struct budget *b, struct item *from, struct item *to, size_t n, enum plain kind)
{
	for (size_t width = 1; width < n; width *= 2) {
		for (size_t lo = 0; lo < n; lo += 2 * width) {
			size_t mid = lo + width < n ? lo + width : n;
			size_t hi = lo + 2 * width < n ? lo + 2 * width : n;
			size_t x = lo, y = mid;
			for (size_t out = lo; out < hi; out++) {
				/* Strings may share a long beginning. */
				bool both = x < mid && y < hi;
				budget_spend(b, both && kind == PLAIN_STRINGS ? 2 + from[x].as.string.n / 64 : 1);
				bool second = x >= mid || (both && item_less(&from[y], &from[x], kind));
				to[out] = second ? from[y++] : from[x++];
			}
		}
		struct item *swap = from;
		from = to;
		to = swap;
	}
	return from;
}

/* Sorts FROM into TO when all n are of one plain kind. */
static bool sort_plain(lua_State *L, lua_Integer n)
{
	lua_rawgeti(L, FROM, 1);
	enum plain kind = plain_kind(L, -1);
	lua_pop(L, 1);
	if (kind == PLAIN_NOT)
		return false;
	struct item *items = lua_newuserdatauv(L, 2 * (size_t)n * sizeof *items, 0);
	for (int i = 1; i <= n; i++) {
		struct item *item = &items[i - 1];
		state_spend(L, 2);
		lua_rawgeti(L, FROM, i);
		if (plain_kind(L, -1) != kind)
			return false;
		if (kind == PLAIN_INTEGERS)
			item->as.integer = lua_tointeger(L, -1);
		else if (kind == PLAIN_FLOATS)
			item->as.number = lua_tonumber(L, -1);
		else
			item->as.string.p = lua_tolstring(L, -1, &item->as.string.n);
		item->index = i;
		lua_pop(L, 1);
	}
	const struct item *sorted = sort_items(&state_of(L)->budget, items, items + n, (size_t)n, kind);
	for (int i = 1; i <= n; i++) {
		state_spend(L, 2);
		lua_rawgeti(L, FROM, sorted[i - 1].index);
		lua_rawseti(L, TO, i);
	}
	lua_copy(L, TO, FROM);
	return true;
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
	lua_createtable(L, n < 1 << 16 ? (int)n : 0, 0);
	lua_createtable(L, n < 1 << 16 ? (int)n : 0, 0);
	for (lua_Integer i = 1; i <= n; i++) {
		state_spend(L, 4);
		lua_geti(L, ARG_TABLE, i);
		lua_rawseti(L, FROM, i);
	}
	if (by_function || !sort_plain(L, n))
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
