/*
 * bind_quern.c - the table `quern`: null, map, log, json; what other files
 * hang into it.
 */
#include <lauxlib.h>
#include <string.h>

#include "base/json.h"
#include "lua/bind.h"
#include "lua/entry.h"
#include "lua/freeze.h"
#include "lua/guard.h"
#include "lua/state.h"
#include "lua/value_lua.h"

/* quern.map(t): marks t (made here if nil) as a map, so that it stays one when empty. */
static int quern_map(lua_State *L)
{
	if (lua_isnoneornil(L, 1)) {
		lua_settop(L, 0);
		lua_newtable(L);
	}
	luaL_checktype(L, 1, LUA_TTABLE);
	lua_settop(L, 1);
	entry_settle(L, 1);
	if (lua_getmetatable(L, 1)) {
		lua_pop(L, 1);
		if (!value_is_map(L, 1))
			return luaL_error(L, "quern.map: the table has a metatable already");
		return 1;
	}
	freeze_note_metatable(L, 1);
	value_mark_map(L);
	return 1;
}

/* quern.log([severity,] ...) */
static int quern_log(lua_State *L)
{
	static const char *const names[] = { "note", "warning", "error", NULL };
	struct guard_buf b;
	int first = 1, n = lua_gettop(L);
	quern_severity severity = QUERN_NOTE;
	for (int i = 0; n > 1 && names[i] && lua_type(L, 1) == LUA_TSTRING; i++) {
		if (strcmp(lua_tostring(L, 1), names[i]) != 0)
			continue;
		severity = (quern_severity)i;
		first = 2;
		break;
	}
	guard_buf_init(&b, L);
	for (int i = first; i <= n; i++) {
		size_t len;
		const char *s = guard_tostring(L, i, &len);
		if (i > first)
			guard_buf_add(&b, "\t", 1);
		guard_buf_add(&b, s, len);
		lua_pop(L, 1);
	}
	state_log(state_of(L), severity, b.p, b.n);
	return 0;
}

/* quern.json.encode(value [, "pretty"]) */
static int json_encode(lua_State *L)
{
	struct state *s = state_of(L);
	struct value v;
	bool pretty = lua_type(L, 2) == LUA_TSTRING ? strcmp(lua_tostring(L, 2), "pretty") == 0 : lua_toboolean(L, 2);
	luaL_checkany(L, 1);
	arena_reset(&s->arena);
	size_t left = s->budget.output_left;
	value_take(L, 1, &s->arena, &v, "value");
	s->budget.output_left = left; /* text in the plugin's hands is not output yet */
	buf_clear(&s->scratch);
	budget_foresee(&s->budget, s->arena.held);
	json_write(&s->scratch, &v, pretty ? JSON_PRETTY : 0);
	arena_reset(&s->arena);
	return bind_push_scratch(L);
}

/* The value, or nil and a message with its place. */
static int json_decode(lua_State *L)
{
	struct state *s = state_of(L);
	struct str text;
	struct value v;
	struct json_error error;
	text.p = luaL_checklstring(L, 1, &text.n);
	arena_reset(&s->arena);
	memset(&error, 0, sizeof error);
	const struct json_watch watch = { state_spend_of, s };
	bool ok = json_read_deep(&s->arena, text, VALUE_MAX_DEPTH, &watch, &v, &error);
	budget_spend(&s->budget, text.n / 4);
	if (s->arena.refused)
		budget_kill(&s->budget, QUERN_NOMEM);
	if (ok) {
		value_push(L, &v);
		arena_reset(&s->arena);
		return 1;
	}
	luaL_pushfail(L);
	lua_pushfstring(L, "line %d, column %d: %s", (int)error.line, (int)error.column, error.message);
	return 2;
}

static void open_json(lua_State *L)
{
	static const luaL_Reg functions[] = { { "encode", json_encode }, { "decode", json_decode }, { NULL, NULL } };
	luaL_newlib(L, functions);
	value_push_null(L);
	lua_setfield(L, -2, "null");
}

static void open_map_meta(lua_State *L)
{
	lua_createtable(L, 0, 1);
	lua_pushliteral(L, "map");
	lua_setfield(L, -2, "__name");
	lua_pushvalue(L, -1);
	state_set(L, REF_MAP_META);
	freeze_add(L, "the metatable of maps");
}

void bind_quern_open(lua_State *L)
{
	static const luaL_Reg functions[] = { { "map", quern_map }, { "log", quern_log }, { NULL, NULL } };
	open_map_meta(L);
	luaL_newlib(L, functions);
	bind_make_open(L);
	value_push_null(L);
	lua_setfield(L, -2, "null");
	open_json(L);
	lua_pushvalue(L, -1);
	lua_setfield(L, -3, "json");
	freeze_add(L, "quern.json");
	bind_text_open(L);
	lua_pushvalue(L, -1);
	lua_setfield(L, -3, "text");
	freeze_add(L, "quern.text");
	bind_host_open(L);
	lua_pushvalue(L, -1);
	lua_setfield(L, -3, "host");
	freeze_add(L, "quern.host");
	lua_pushvalue(L, -1);
	freeze_add(L, "quern");
}
