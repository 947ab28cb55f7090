/*
 * bind_host.c - quern.host.NAME(...): functions that the embedding program
 * offers to plugins.
 *
 * Plain values go out and come back.  While the host's function runs nothing
 * of ours can end the call: Lua stands still, and the budget is looked at
 * before and after, so that no jump ever crosses a frame of the host.
 */
#include <stdio.h>
#include <string.h>

#include "lua/bind.h"
#include "lua/freeze.h"
#include "lua/state.h"
#include "lua/value_lua.h"

static void take_arguments(lua_State *L, struct state *s, struct value *args)
{
	const int n = lua_gettop(L);
	*args = value_list();
	for (int i = 1; i <= n; i++) {
		char place[32];
		struct value v;
		snprintf(place, sizeof place, "argument %d", i);
		value_take(L, i, &s->arena, &v, place);
		if (!value_append(&s->arena, args, v))
			budget_kill(&s->budget, QUERN_NOMEM);
	}
}

static _Noreturn void raise_refusal(lua_State *L, const char *name, quern_code code, const quern_error *e)
{
	const bool known = code > QUERN_OK && code <= QUERN_STALE;
	state_raise(L, known ? code : QUERN_RUNTIME, e->hint, "quern.host.%s: %s", name,
		    *e->message ? e->message : quern_code_name(code));
}

/* Upvalues: ordinal, name. */
static int host_call(lua_State *L)
{
	struct state *s = state_of(L);
	const struct plugin_host *h = s->env->host;
	const size_t i = (size_t)lua_tointeger(L, lua_upvalueindex(1));
	struct value args, result = value_null();
	quern_error error;
	arena_reset(&s->arena);
	take_arguments(L, s, &args);
	budget_check(&s->budget);
	memset(&error, 0, sizeof error);
	state_host_enter(s);
	quern_code code = h->call(h->user, i, &args, &s->arena, &result, &error);
	state_host_leave(s);
	budget_check(&s->budget);
	if (s->arena.refused)
		budget_kill(&s->budget, QUERN_NOMEM);
	if (code != QUERN_OK)
		raise_refusal(L, lua_tostring(L, lua_upvalueindex(2)), code, &error);
	if (result.kind == VALUE_NULL)
		lua_pushnil(L);
	else
		value_push(L, &result);
	arena_reset(&s->arena);
	return 1;
}

void bind_host_open(lua_State *L)
{
	const struct plugin_host *h = state_of(L)->env->host;
	lua_newtable(L);
	for (size_t i = 0; h && i < h->n; i++) {
		lua_pushinteger(L, (lua_Integer)i);
		lua_pushstring(L, h->names[i]);
		lua_pushcclosure(L, host_call, 2);
		lua_setfield(L, -2, h->names[i]);
	}
}
