/*
 * bind_find.c - quern.text.finder: many words sought in one pass.
 *
 *   local find = quern.text.finder({ "한 단어", "word" }, "iw")
 *   local from, to, number = find(text, 1)     -- nil where none is left
 *
 * The function holds the compiled words; modules make it once and keep it.
 */
#include <lauxlib.h>
#include <string.h>

#include "base/finder.h"
#include "lua/bind.h"

/* Bytes between two looks at the budget. */
#define STRIDE ((size_t)16 * 1024)

/* Upvalue: the compiled words. */
static int finder_call(lua_State *L)
{
	const struct finder *f = lua_touserdata(L, lua_upvalueindex(1));
	struct str text;
	struct finder_match found;
	text.p = luaL_checklstring(L, 1, &text.n);
	lua_Integer start = luaL_optinteger(L, 2, 1);
	size_t at = start > 1 ? (size_t)start - 1 : 0;
	while (at < text.n) {
		size_t until = at + STRIDE < text.n ? at + STRIDE : text.n;
		bool hit = finder_next(f, text, at, until, &found);
		state_spend(L, 5 + ((hit ? found.to : until) - at) / 2);
		if (hit) {
			lua_pushinteger(L, (lua_Integer)found.from + 1);
			lua_pushinteger(L, (lua_Integer)found.to);
			lua_pushinteger(L, (lua_Integer)found.word + 1);
			return 3;
		}
		at = until;
	}
	lua_pushnil(L);
	return 1;
}

const struct finder *bind_to_finder(lua_State *L, int index)
{
	const struct finder *f = NULL;
	if (lua_tocfunction(L, index) == finder_call && lua_getupvalue(L, index, 1)) {
		f = lua_touserdata(L, -1);
		lua_pop(L, 1);
	}
	return f;
}

static unsigned check_mode(lua_State *L, int arg)
{
	unsigned mode = 0;
	for (const char *p = luaL_optstring(L, arg, ""); *p; p++) {
		if (*p == 'i')
			mode |= FINDER_FOLD;
		else if (*p == 'w')
			mode |= FINDER_WHOLE;
		else if (*p == 'd')
			mode |= FINDER_DIGIT;
		else
			luaL_argerror(L, arg,
				      "the mode is made of 'i' (either case), 'w' (whole words) and 'd' (any digit)");
	}
	return mode;
}

/* The words of the list at index 1 as slices in a userdata on top; the strings stay in the list. */
static struct str *push_words(lua_State *L, size_t n, size_t *n_bytes)
{
	struct str *words = lua_newuserdatauv(L, n * sizeof *words + 1, 0);
	*n_bytes = 0;
	for (size_t i = 0; i < n; i++) {
		if (lua_rawgeti(L, 1, (lua_Integer)i + 1) != LUA_TSTRING)
			luaL_error(L, "word %d is no string", (int)i + 1);
		words[i].p = lua_tolstring(L, -1, &words[i].n);
		if (words[i].n == 0 || words[i].n > FINDER_WORD_MAX)
			luaL_error(L, "word %d has %d bytes; words have 1 to %d", (int)i + 1, (int)words[i].n,
				   FINDER_WORD_MAX);
		*n_bytes += words[i].n;
		lua_pop(L, 1);
	}
	state_spend(L, 2 * *n_bytes + 5 * n);
	return words;
}

int bind_finder(lua_State *L)
{
	luaL_checktype(L, 1, LUA_TTABLE);
	unsigned mode = check_mode(L, 2);
	size_t n = lua_rawlen(L, 1), n_bytes, size;
	if (n > 100000)
		luaL_argerror(L, 1, "too many words");
	const struct str *words = push_words(L, n, &n_bytes);
	size = finder_size(n, n_bytes);
	if (size == 0)
		luaL_argerror(L, 1, "too many words");
	struct finder *f = lua_newuserdatauv(L, size, 0);
	state_spend(L, size / 8);
	if (!finder_init(f, words, n, mode))
		luaL_argerror(L, 1, "words that cannot be sought together");
	lua_pushcclosure(L, finder_call, 1);
	return 1;
}
