/*
 * guard_number.c - math.max and min, string.char and utf8.char.
 *
 * They are Lua's own, which take any number of numbers in one step.  A string
 * of digits does for a number, and may have a megabyte of space before them: how
 * long it takes to read them all is known before it begins.
 */
#include <lauxlib.h>

#include "lua/guard.h"
#include "lua/state.h"

/* Shorter ones are read in no time. */
#define SHORT 64
/* A byte of one is looked at several times. */
#define NS_PER_BYTE 4

/* Upvalue: Lua's function. */
static int read_numbers(lua_State *L)
{
	const int n = lua_gettop(L);
	struct budget *b = &state_of(L)->budget;
	size_t bytes = 0;
	for (int i = 1; i <= n; i++) {
		const size_t len = lua_type(L, i) == LUA_TSTRING ? lua_rawlen(L, i) : 0;
		bytes += len > SHORT ? len : 0;
	}
	if (bytes) {
		budget_foresee(b, bytes * NS_PER_BYTE);
		budget_spend(b, bytes / 4);
	}
	return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

/* Puts itself before the functions of these names in the table on top. */
static void stand_before(lua_State *L, const char *const *names)
{
	for (; *names; names++) {
		lua_getfield(L, -1, *names);
		lua_pushcclosure(L, read_numbers, 1);
		lua_setfield(L, -2, *names);
	}
}

void guard_install_numbers(lua_State *L)
{
	static const char *const names[] = { "max", "min", NULL };
	stand_before(L, names);
}

void guard_install_characters(lua_State *L)
{
	static const char *const names[] = { "char", NULL };
	stand_before(L, names);
}
