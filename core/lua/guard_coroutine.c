/*
 * guard_coroutine.c - coroutine.create, wrap, resume and close.
 *
 * Ours so that every coroutine runs under the count hook, the budget knows
 * which one runs, and the C stack that nested resumes and closes use is
 * looked at (Lua 5.4.4 does not count it across coroutine.close).
 */
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "lua/guard.h"
#include "lua/state.h"

/* Closing may run __close, which may close another. */
#define CLOSE_DEPTH 40

static lua_State *check_thread(lua_State *L)
{
	lua_State *co = lua_tothread(L, 1);
	luaL_argexpected(L, co, 1, "coroutine");
	return co;
}

static int coroutine_create(lua_State *L)
{
	luaL_checktype(L, 1, LUA_TFUNCTION);
	lua_State *co = lua_newthread(L);
	lua_pushvalue(L, 1);
	lua_xmove(L, co, 1);
	return 1;
}

/* The number of results, moved to L, or -1 with the error on top of L. */
static int resume(lua_State *L, lua_State *co, int n_args)
{
	struct state *s = state_of(L);
	int n_results;
	budget_check_stack(&s->budget);
	if (!lua_checkstack(co, n_args)) {
		lua_pushliteral(L, "too many arguments to resume");
		return -1;
	}
	lua_xmove(L, co, n_args);
	lua_State *before = state_switch(s, co);
	int status = lua_resume(co, L, n_args, &n_results);
	state_switch(s, before);
	if (status != LUA_OK && status != LUA_YIELD) {
		lua_xmove(co, L, 1);
		return -1;
	}
	if (!lua_checkstack(L, n_results + 1)) {
		lua_pop(co, n_results);
		lua_pushliteral(L, "too many results to resume");
		return -1;
	}
	lua_xmove(co, L, n_results);
	return n_results;
}

static int coroutine_resume(lua_State *L)
{
	lua_State *co = check_thread(L);
	int n = resume(L, co, lua_gettop(L) - 1);
	lua_pushboolean(L, n >= 0);
	lua_insert(L, n >= 0 ? -(n + 1) : -2);
	return n >= 0 ? n + 1 : 2;
}

static int close_thread(lua_State *L, lua_State *co)
{
	struct state *s = state_of(L);
	budget_check_stack(&s->budget);
	if (s->close_depth >= CLOSE_DEPTH)
		budget_kill(&s->budget, QUERN_STACK);
	s->close_depth++;
	lua_State *before = state_switch(s, co);
	int status = lua_resetthread(co);
	state_switch(s, before);
	s->close_depth--;
	return status;
}

/* Dead by an error, and not yet closed. */
static bool died(lua_State *co)
{
	int status = lua_status(co);
	return status != LUA_OK && status != LUA_YIELD;
}

static int wrap_call(lua_State *L)
{
	lua_State *co = lua_tothread(L, lua_upvalueindex(1));
	int n = resume(L, co, lua_gettop(L));
	if (n >= 0)
		return n;
	if (died(co)) {
		close_thread(L, co);
		lua_xmove(co, L, 1); /* the error, or the one its closing raised */
	}
	if (lua_type(L, -1) == LUA_TSTRING) {
		struct state *s = state_of(L);
		bool ours = s->raised.code != QUERN_OK && lua_rawlen(L, -1) < sizeof s->raised.message &&
			    strcmp(lua_tostring(L, -1), s->raised.message) == 0;
		luaL_where(L, 1);
		lua_insert(L, -2);
		lua_concat(L, 2);
		/* It is still the same error, with its code and hint. */
		if (ours)
			snprintf(s->raised.message, sizeof s->raised.message, "%s", lua_tostring(L, -1));
	}
	return lua_error(L);
}

static int coroutine_wrap(lua_State *L)
{
	coroutine_create(L);
	lua_pushcclosure(L, wrap_call, 1);
	return 1;
}

static const char *thread_status(lua_State *L, lua_State *co)
{
	lua_Debug ar;
	if (L == co)
		return "running";
	int status = lua_status(co);
	if (status == LUA_YIELD)
		return "suspended";
	if (status != LUA_OK)
		return "dead";
	if (lua_getstack(co, 0, &ar))
		return "normal";
	return lua_gettop(co) == 0 ? "dead" : "suspended";
}

static int coroutine_close(lua_State *L)
{
	lua_State *co = check_thread(L);
	const char *status = thread_status(L, co);
	if (*status != 'd' && *status != 's')
		return luaL_error(L, "cannot close a %s coroutine", status);
	if (close_thread(L, co) == LUA_OK) {
		lua_pushboolean(L, 1);
		return 1;
	}
	lua_pushboolean(L, 0);
	lua_xmove(co, L, 1);
	return 2;
}

void guard_install_coroutine(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "create", coroutine_create },
		{ "resume", coroutine_resume },
		{ "wrap", coroutine_wrap },
		{ "close", coroutine_close },
		{ NULL, NULL },
	};
	luaL_setfuncs(L, functions, 0);
}
