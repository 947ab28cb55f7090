/*
 * bind_names.c - searches for what may be a name, for plugins that read prose:
 *
 *   local find = quern.text.capitals("words that make no name", "known names")
 *   local find = quern.text.sequence({ "김이박", "가나다", "라마바" }, "이나라")
 *   local from, to = find(text, 1)     -- nil where none is left
 *
 * As with quern.text.finder the functions hold what was compiled; modules make them once and keep them.
 */
#include <lauxlib.h>

#include "lua/bind.h"
#include "lua/search.h"

/* Bytes between two looks at the budget. */
#define STRIDE ((size_t)16 * 1024)

static bool next_in(const struct search *s, struct str text, size_t from, size_t until, size_t *start, size_t *to)
{
	struct finder_match found;
	if (s->sequence)
		return s->except ? sequence_next_but(s->sequence, s->except, text, from, until, start, to)
				 : sequence_next(s->sequence, text, from, until, start, to);
	if (!s->finder)
		return capitals_next(&s->capitals, text, from, until, start, to);
	if (!finder_next(s->finder, text, from, until, &found))
		return false;
	*start = found.from;
	*to = found.to;
	return true;
}

bool search_next(lua_State *L, const struct search *s, struct str text, size_t at, size_t *start, size_t *to)
{
	while (at < text.n) {
		size_t until = at + STRIDE < text.n ? at + STRIDE : text.n;
		bool hit = next_in(s, text, at, until, start, to);
		state_spend(L, 5 + ((hit ? *to : until) - at) / 2);
		if (hit)
			return true;
		at = until;
	}
	return false;
}

/* Arguments 1 and 2 are the text and the place to begin at. */
static int run_search(lua_State *L, const struct search *s)
{
	struct str text;
	size_t from, to;
	text.p = luaL_checklstring(L, 1, &text.n);
	lua_Integer start = luaL_optinteger(L, 2, 1);
	if (!search_next(L, s, text, start > 1 ? (size_t)start - 1 : 0, &from, &to)) {
		lua_pushnil(L);
		return 1;
	}
	lua_pushinteger(L, (lua_Integer)from + 1);
	lua_pushinteger(L, (lua_Integer)to);
	return 2;
}

/* Upvalues: the two sets of words. */
static int capitals_call(lua_State *L)
{
	struct search s = { .capitals = { lua_touserdata(L, lua_upvalueindex(1)),
					  lua_touserdata(L, lua_upvalueindex(2)) } };
	return run_search(L, &s);
}

/* Upvalues: the sets of characters; the words that are left out, or nil. */
static int sequence_call(lua_State *L)
{
	struct search s = { .sequence = lua_touserdata(L, lua_upvalueindex(1)),
			    .except = lua_touserdata(L, lua_upvalueindex(2)) };
	return run_search(L, &s);
}

static const void *upvalue(lua_State *L, int index, int n)
{
	lua_getupvalue(L, index, n);
	const void *p = lua_touserdata(L, -1);
	lua_pop(L, 1);
	return p;
}

bool search_take(lua_State *L, int index, struct search *out)
{
	const lua_CFunction f = lua_tocfunction(L, index);
	*out = (struct search){ .finder = bind_to_finder(L, index) };
	if (f == capitals_call)
		out->capitals = (struct capitals){ upvalue(L, index, 1), upvalue(L, index, 2) };
	else if (f == sequence_call)
		out->sequence = upvalue(L, index, 1), out->except = upvalue(L, index, 2);
	return out->finder || f == capitals_call || f == sequence_call;
}

static size_t bytes_of(lua_State *L, int table, const char *name)
{
	lua_getfield(L, table, name);
	const lua_Integer n = luaL_optinteger(L, -1, 0);
	lua_pop(L, 1);
	return n > 0 ? (size_t)n : 0;
}

void search_part_take(lua_State *L, int index, struct search_part *out)
{
	const int at = lua_absindex(L, index);
	*out = (struct search_part){ 0 };
	if (lua_istable(L, at)) {
		out->first = bytes_of(L, at, "first");
		out->last = bytes_of(L, at, "last");
		out->near = bytes_of(L, at, "near");
		out->has_also = lua_getfield(L, at, "also") != LUA_TNIL;
		lua_rawgeti(L, at, 1);
	} else {
		lua_pushnil(L);
		lua_pushvalue(L, at);
	}
	if (!search_take(L, -1, &out->search) || (out->has_also && !search_take(L, -2, &out->also)))
		luaL_error(L, "what is sought is not made by quern.text.finder, capitals or sequence");
}

bool search_part_next(lua_State *L, const struct search_part *p, struct str text, size_t at, size_t *start, size_t *to)
{
	const struct str part = { text.p, p->first && p->first < text.n ? p->first : text.n };
	size_t from, end;
	if (p->last && p->last < text.n && at < text.n - p->last)
		at = text.n - p->last;
	for (; search_next(L, &p->search, part, at, start, to); at = *to) {
		end = p->near && p->near < text.n - *start ? *start + p->near : text.n;
		if (!p->has_also || search_next(L, &p->also, (struct str){ text.p, end }, *start, &from, &end))
			return true;
		if (!p->near)
			return false;
	}
	return false;
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
	if (!wordset_init(set, words))
		luaL_argerror(L, arg, "words that cannot be told apart");
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
	lua_settop(L, 2);
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
	if (lua_isnil(L, 2))
		lua_pushnil(L);
	else
		push_wordset(L, 2);
	lua_pushcclosure(L, sequence_call, 2);
	return 1;
}
