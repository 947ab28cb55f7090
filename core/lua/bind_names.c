/*
 * bind_names.c - searches for what may be a name, for plugins that read prose:
 *
 *   local find = quern.text.capitals("words that make no name", "known names")
 *   local find = quern.text.sequence({ "김이박", "가나다", "라마바" })
 *   local from, to = find(text, 1)     -- nil where none is left
 *
 * As with quern.text.finder the functions hold what was compiled; modules make them once and keep them.
 */
#include <lauxlib.h>

#include "base/capitals.h"
#include "base/sequence.h"
#include "lua/bind.h"

/* Bytes between two looks at the budget. */
#define STRIDE ((size_t)16 * 1024)

typedef bool search(const void *compiled, struct str text, size_t from, size_t until, size_t *start, size_t *to);

/* Arguments 1 and 2 are the text and the place to begin at. */
static int run_search(lua_State *L, search *next, const void *compiled)
{
	struct str text;
	size_t from, to;
	text.p = luaL_checklstring(L, 1, &text.n);
	lua_Integer start = luaL_optinteger(L, 2, 1);
	size_t at = start > 1 ? (size_t)start - 1 : 0;
	while (at < text.n) {
		size_t until = at + STRIDE < text.n ? at + STRIDE : text.n;
		bool hit = next(compiled, text, at, until, &from, &to);
		state_spend(L, 5 + ((hit ? to : until) - at) / 2);
		if (hit) {
			lua_pushinteger(L, (lua_Integer)from + 1);
			lua_pushinteger(L, (lua_Integer)to);
			return 2;
		}
		at = until;
	}
	lua_pushnil(L);
	return 1;
}

static bool next_capitals(const void *compiled, struct str text, size_t from, size_t until, size_t *start, size_t *to)
{
	return capitals_next(compiled, text, from, until, start, to);
}

static bool next_sequence(const void *compiled, struct str text, size_t from, size_t until, size_t *start, size_t *to)
{
	return sequence_next(compiled, text, from, until, start, to);
}

/* Upvalues: the two sets of words. */
static int capitals_call(lua_State *L)
{
	struct capitals c = { lua_touserdata(L, lua_upvalueindex(1)), lua_touserdata(L, lua_upvalueindex(2)) };
	return run_search(L, next_capitals, &c);
}

static int sequence_call(lua_State *L)
{
	return run_search(L, next_sequence, lua_touserdata(L, lua_upvalueindex(1)));
}

static void push_wordset(lua_State *L, int arg)
{
	struct str words;
	words.p = luaL_checklstring(L, arg, &words.n);
	size_t size = wordset_size(words);
	if (size == 0)
		luaL_argerror(L, arg, "too many words");
	struct wordset *set = lua_newuserdatauv(L, size, 0);
	state_spend(L, size / 2);
	wordset_init(set, words);
}

int bind_capitals(lua_State *L)
{
	push_wordset(L, 1);
	push_wordset(L, 2);
	lua_pushcclosure(L, capitals_call, 2);
	return 1;
}

int bind_sequence(lua_State *L)
{
	luaL_checktype(L, 1, LUA_TTABLE);
	size_t n = lua_rawlen(L, 1);
	if (n == 0 || n > SEQUENCE_MAX)
		luaL_argerror(L, 1, "1 to 16 sets of characters");
	struct sequence *q = lua_newuserdatauv(L, sequence_size(n), 0);
	state_spend(L, sequence_size(n) / 8);
	sequence_init(q, n);
	for (size_t i = 0; i < n; i++) {
		struct str set;
		if (lua_rawgeti(L, 1, (lua_Integer)i + 1) != LUA_TSTRING)
			luaL_error(L, "set %d is no string", (int)i + 1);
		set.p = lua_tolstring(L, -1, &set.n);
		state_spend(L, set.n);
		sequence_add(q, i, set);
		lua_pop(L, 1);
	}
	lua_pushcclosure(L, sequence_call, 1);
	return 1;
}
