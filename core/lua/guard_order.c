/*
 * guard_order.c - pairs and next in a fixed order.
 *
 * Numbers ascending, then strings bytewise, then false, then true.  Lua's own
 * order follows addresses and so changes from run to run.  Keys of other
 * types have no order that could be fixed: one of them comes last, two are an
 * error.  Fields removed while walking are left out, new ones not visited.
 */
#include <lauxlib.h>
#include <string.h>

#include "lua/entry.h"
#include "lua/guard.h"
#include "lua/state.h"

static int key_rank(int type)
{
	switch (type) {
	case LUA_TNUMBER:
		return 0;
	case LUA_TSTRING:
		return 1;
	case LUA_TBOOLEAN:
		return 2;
	default:
		return 3;
	}
}

struct sort_key {
	int rank;
	int index; /* in the unsorted list */
	union {
		struct {
			const char *p;
			size_t n;
		} string;
		struct {
			lua_Integer integer;
			lua_Number number;
			bool is_integer;
		} number;
		bool boolean;
	} as;
};

static struct sort_key key_at(lua_State *L, int at, int index)
{
	struct sort_key k = { .rank = key_rank(lua_type(L, at)), .index = index };
	if (k.rank == 0) {
		k.as.number.is_integer = lua_isinteger(L, at);
		k.as.number.integer = lua_tointeger(L, at);
		k.as.number.number = lua_tonumber(L, at);
	} else if (k.rank == 1) {
		k.as.string.p = lua_tolstring(L, at, &k.as.string.n);
	} else if (k.rank == 2) {
		k.as.boolean = lua_toboolean(L, at);
	}
	return k;
}

static bool number_less(const struct sort_key *a, const struct sort_key *b)
{
	if (a->as.number.is_integer && b->as.number.is_integer)
		return a->as.number.integer < b->as.number.integer;
	if (a->as.number.number != b->as.number.number)
		return a->as.number.number < b->as.number.number;
	/* 2^53 and its neighbours as a float: any fixed rule will do. */
	return a->as.number.is_integer && !b->as.number.is_integer;
}

static bool key_less(const struct sort_key *a, const struct sort_key *b)
{
	if (a->rank != b->rank)
		return a->rank < b->rank;
	if (a->rank == 0)
		return number_less(a, b);
	if (a->rank == 2)
		return a->as.boolean < b->as.boolean;
	if (a->rank == 3)
		return false;
	size_t n = a->as.string.n < b->as.string.n ? a->as.string.n : b->as.string.n;
	int order = memcmp(a->as.string.p, b->as.string.p, n);
	return order ? order < 0 : a->as.string.n < b->as.string.n;
}

static struct sort_key *merge_keys(struct budget *b, struct sort_key *from, struct sort_key *to, size_t n)
{
	for (size_t width = 1; width < n; width *= 2) {
		for (size_t lo = 0; lo < n; lo += 2 * width) {
			size_t mid = lo + width < n ? lo + width : n;
			size_t hi = lo + 2 * width < n ? lo + 2 * width : n;
			size_t x = lo, y = mid;
			budget_spend(b, 2 * (hi - lo));
			for (size_t out = lo; out < hi; out++) {
				bool both = x < mid && y < hi;
				/* Names may share a long beginning. */
				if (both && from[x].rank == 1)
					budget_spend(b, from[x].as.string.n / 64);
				bool second = x >= mid || (both && key_less(&from[y], &from[x]));
				to[out] = second ? from[y++] : from[x++];
			}
		}
		struct sort_key *swap = from;
		from = to;
		to = swap;
	}
	return from;
}

static bool keys_sorted(struct budget *b, const struct sort_key *k, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		budget_spend(b, k[i].rank == 1 ? 1 + k[i].as.string.n / 64 : 1);
		if (key_less(&k[i], &k[i - 1]))
			return false;
	}
	return true;
}

/* Collects the keys of the table into a new list on top; returns how many. */
static int collect_keys(lua_State *L, int table, int *unordered)
{
	int n = 0;
	lua_createtable(L, (int)lua_rawlen(L, table), 0);
	int list = lua_gettop(L);
	*unordered = 0;
	for (lua_pushnil(L); lua_next(L, table);) {
		lua_pop(L, 1);
		state_spend(L, 4);
		*unordered += key_rank(lua_type(L, -1)) == 3;
		lua_pushvalue(L, -1);
		lua_rawseti(L, list, ++n);
	}
	return n;
}

void guard_sorted_keys(lua_State *L, int table)
{
	int unordered;
	table = lua_absindex(L, table);
	luaL_checkstack(L, 8, NULL);
	int n = collect_keys(L, table, &unordered);
	int list = lua_gettop(L);
	if (unordered > 1)
		state_raise(L, QUERN_RUNTIME, "keep such things in a list, or use names as keys",
			    "cannot walk a table with several tables or functions as keys: they have no fixed order");
	size_t size = (size_t)n * sizeof(struct sort_key);
	struct sort_key *keys = lua_newuserdatauv(L, 2 * size + 1, 0);
	for (int i = 1; i <= n; i++) {
		state_spend(L, 2);
		lua_rawgeti(L, list, i);
		keys[i - 1] = key_at(L, -1, i);
		lua_pop(L, 1);
	}
	if (keys_sorted(&state_of(L)->budget, keys, (size_t)n)) {
		lua_settop(L, list);
		return;
	}
	const struct sort_key *sorted = merge_keys(&state_of(L)->budget, keys, keys + n, (size_t)n);
	lua_createtable(L, n, 0);
	for (int i = 1; i <= n; i++) {
		state_spend(L, 2);
		lua_rawgeti(L, list, sorted[i - 1].index);
		lua_rawseti(L, -2, i);
	}
	lua_replace(L, list);
	lua_settop(L, list);
}

/* The first key after *at whose field is still there, with its value; 0 results at the end. */
static int next_live(lua_State *L, int table, int keys, lua_Integer *at)
{
	for (;;) {
		state_spend(L, 2);
		++*at;
		if (lua_rawgeti(L, keys, *at) == LUA_TNIL)
			return 0;
		lua_pushvalue(L, -1);
		if (lua_rawget(L, table) != LUA_TNIL)
			return 2;
		lua_pop(L, 2);
	}
}

/* Upvalues: table, keys, position. */
static int pairs_next(lua_State *L)
{
	lua_Integer at = lua_tointeger(L, lua_upvalueindex(3));
	int n = next_live(L, lua_upvalueindex(1), lua_upvalueindex(2), &at);
	lua_pushinteger(L, at);
	lua_replace(L, lua_upvalueindex(3));
	if (n == 0)
		lua_pushnil(L);
	return n ? n : 1;
}

static int base_pairs(lua_State *L)
{
	luaL_checkany(L, 1);
	if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
		lua_pushvalue(L, 1);
		lua_call(L, 1, 3);
		return 3;
	}
	luaL_checktype(L, 1, LUA_TTABLE);
	entry_settle(L, 1);
	lua_settop(L, 1);
	lua_pushvalue(L, 1);
	guard_sorted_keys(L, 1);
	lua_pushinteger(L, 0);
	lua_pushcclosure(L, pairs_next, 3);
	lua_pushvalue(L, 1);
	lua_pushnil(L);
	return 3;
}

/* ------------------------------------------------------------------- next */

/*
 * next(t, key) without a walk of its own to remember: the keys of the last
 * table are kept, so that a loop over next is as cheap as one over pairs.
 */
static bool next_cached(lua_State *L)
{
	struct state *s = state_of(L);
	if (!s->refs[REF_NEXT_TABLE])
		return false;
	state_get(L, REF_NEXT_TABLE);
	bool same = lua_rawequal(L, -1, 1);
	state_get(L, REF_NEXT_KEYS);
	lua_rawgeti(L, -1, s->next_at);
	same = same && lua_rawequal(L, -1, 2);
	lua_pop(L, 3);
	return same;
}

/* Position of the key at stack index 2 in the list on top. */
static lua_Integer find_key(lua_State *L)
{
	struct sort_key wanted = key_at(L, 2, 0);
	lua_Integer lo = 1, hi = (lua_Integer)lua_rawlen(L, -1);
	while (lo < hi) {
		lua_Integer mid = lo + (hi - lo) / 2;
		lua_rawgeti(L, -1, mid);
		struct sort_key k = key_at(L, -1, 0);
		lua_pop(L, 1);
		if (key_less(&k, &wanted))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static void next_remember(lua_State *L)
{
	struct state *s = state_of(L);
	guard_sorted_keys(L, 1);
	lua_Integer at = 0;
	if (!lua_isnil(L, 2)) {
		at = find_key(L);
		/* A key that was removed stands between its neighbours. */
		lua_rawgeti(L, -1, at);
		struct sort_key found = key_at(L, -1, 0), wanted = key_at(L, 2, 0);
		bool before = lua_isnil(L, -1) || key_less(&wanted, &found);
		lua_pop(L, 1);
		at -= before;
	}
	state_set(L, REF_NEXT_KEYS);
	lua_pushvalue(L, 1);
	state_set(L, REF_NEXT_TABLE);
	s->next_at = at;
}

/* next(t) alone asks mostly whether t is empty: the least key without sorting. */
static int first_key(lua_State *L)
{
	struct sort_key least = { .rank = 9 };
	int unordered = 0;
	lua_pushnil(L); /* index 3: the least key so far */
	for (lua_pushnil(L); lua_next(L, 1);) {
		lua_pop(L, 1);
		state_spend(L, 3);
		struct sort_key k = key_at(L, -1, 0);
		unordered += k.rank == 3;
		if (!key_less(&k, &least))
			continue;
		least = k;
		lua_copy(L, -1, 3);
	}
	if (least.rank == 3 && unordered > 1)
		state_raise(L, QUERN_RUNTIME, "keep such things in a list, or use names as keys",
			    "cannot walk a table with several tables or functions as keys: they have no fixed order");
	if (lua_isnil(L, 3))
		return 1;
	lua_pushvalue(L, 3);
	lua_rawget(L, 1);
	return 2;
}

static int base_next(lua_State *L)
{
	luaL_checktype(L, 1, LUA_TTABLE);
	entry_settle(L, 1);
	lua_settop(L, 2);
	if (lua_isnil(L, 2))
		return first_key(L);
	struct state *s = state_of(L);
	if (!next_cached(L))
		next_remember(L);
	state_get(L, REF_NEXT_KEYS);
	int n = next_live(L, 1, lua_gettop(L), &s->next_at);
	if (n == 0)
		lua_pushnil(L);
	return n ? n : 1;
}

void guard_install_order(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "pairs", base_pairs },
		{ "next", base_next },
		{ NULL, NULL },
	};
	luaL_setfuncs(L, functions, 0);
}
