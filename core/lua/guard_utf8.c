/*
 * guard_utf8.c - utf8.len and utf8.offset, which read a whole string in C.
 */
#include <lauxlib.h>

#include "base/utf8.h"
#include "lua/guard.h"
#include "lua/state.h"

/* Bytes of one character, a very long one, between two looks at the clock. */
#define PIECE 1024

static lua_Integer from_end(lua_Integer i, size_t n)
{
	if (i >= 0)
		return i;
	return (size_t)-i > n ? 0 : (lua_Integer)n + i + 1;
}

/* Length of the character at p, 0 if it is none; lax allows up to 2^31. The string ends with a NUL. */
static size_t character(const unsigned char *p, bool strict)
{
	static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000 };
	unsigned char lead = p[0];
	if (lead < 0x80)
		return 1;
	if (lead < 0xC0 || lead >= 0xFE)
		return 0;
	size_t more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF8 ? 3 : lead < 0xFC ? 4 : 5;
	uint32_t cp = lead & (0x3Fu >> more);
	for (size_t i = 1; i <= more; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		cp = cp << 6 | (p[i] & 0x3Fu);
	}
	if (cp < least[more] || (strict && (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))))
		return 0;
	return more + 1;
}

static int utf8_len(lua_State *L)
{
	size_t n;
	const char *s = luaL_checklstring(L, 1, &n);
	lua_Integer i = from_end(luaL_optinteger(L, 2, 1), n);
	lua_Integer j = from_end(luaL_optinteger(L, 3, -1), n);
	bool strict = !lua_toboolean(L, 4);
	luaL_argcheck(L, 1 <= i && --i <= (lua_Integer)n, 2, "initial position out of bounds");
	luaL_argcheck(L, --j < (lua_Integer)n, 3, "final position out of bounds");
	lua_Integer count = 0;
	for (; i <= j; count++) {
		size_t len = character((const unsigned char *)s + i, strict);
		state_spend(L, 1);
		if (!len) {
			luaL_pushfail(L);
			lua_pushinteger(L, i + 1);
			return 2;
		}
		i += (lua_Integer)len;
	}
	lua_pushinteger(L, count);
	return 1;
}

/* The beginning of the character before at, and of the one after it. */
static lua_Integer character_before(struct budget *b, const char *s, lua_Integer at)
{
	lua_Integer from = at--;
	while (at > 0 && utf8_continues(s[at]))
		if ((from - --at) % PIECE == 0)
			budget_spend(b, PIECE);
	budget_spend(b, 1);
	return at;
}

static lua_Integer character_after(struct budget *b, const char *s, lua_Integer at)
{
	lua_Integer from = at++;
	while (utf8_continues(s[at]))
		if ((++at - from) % PIECE == 0)
			budget_spend(b, PIECE);
	budget_spend(b, 1);
	return at;
}

static int utf8_offset(lua_State *L)
{
	size_t n;
	const char *s = luaL_checklstring(L, 1, &n);
	lua_Integer count = luaL_checkinteger(L, 2);
	lua_Integer end = (lua_Integer)n;
	lua_Integer at = from_end(luaL_optinteger(L, 3, count >= 0 ? 1 : end + 1), n);
	luaL_argcheck(L, 1 <= at && --at <= end, 3, "position out of bounds");
	struct budget *b = &state_of(L)->budget;
	if (count == 0) {
		if (at > 0 && utf8_continues(s[at]))
			at = character_before(b, s, at);
		lua_pushinteger(L, at + 1);
		return 1;
	}
	if (utf8_continues(s[at]))
		return luaL_error(L, "initial position is a continuation byte");
	for (; count < 0 && at > 0; count++)
		at = character_before(b, s, at);
	/* Forwards the first character is the one we stand on. */
	for (count -= count > 0; count > 0 && at < end; count--)
		at = character_after(b, s, at);
	if (count == 0)
		lua_pushinteger(L, at + 1);
	else
		luaL_pushfail(L);
	return 1;
}

void guard_install_utf8(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "len", utf8_len },
		{ "offset", utf8_offset },
		{ NULL, NULL },
	};
	luaL_setfuncs(L, functions, 0);
}
