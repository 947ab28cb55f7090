/*
 * value_lua.c - the conversion both ways.
 *
 * Recursion is bounded by VALUE_MAX_DEPTH; the path to where we are is kept
 * as a chain of stack frames and written only when there is an error.
 */
#include "lua/value_lua.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "lua/entry.h"
#include "lua/state.h"

static const char null_mark;

void value_push_null(lua_State *L)
{
	lua_pushlightuserdata(L, (void *)&null_mark);
}

bool value_is_null(lua_State *L, int at)
{
	return lua_type(L, at) == LUA_TLIGHTUSERDATA && lua_touserdata(L, at) == &null_mark;
}

void value_mark_map(lua_State *L)
{
	state_get(L, REF_MAP_META);
	lua_setmetatable(L, -2);
}

bool value_is_map(lua_State *L, int at)
{
	if (!lua_getmetatable(L, at))
		return false;
	bool same = state_is(L, -1, REF_MAP_META);
	lua_pop(L, 1);
	return same;
}

/* ------------------------------------------------------------------ to Lua */

static int table_size(size_t n)
{
	return n < 1u << 20 ? (int)n : 1 << 20; /* the rest grows by itself, under the cap */
}

static void push_inner(lua_State *L, const struct value *v, int depth);

static void push_list(lua_State *L, const struct value_list *list, int depth)
{
	lua_createtable(L, table_size(list->n), 0);
	for (size_t i = 0; i < list->n; i++) {
		push_inner(L, &list->items[i], depth + 1);
		lua_rawseti(L, -2, (lua_Integer)i + 1);
	}
}

static void push_map(lua_State *L, const struct value_map *map, int depth)
{
	lua_createtable(L, 0, table_size(map->n));
	for (size_t i = 0; i < map->n; i++) {
		lua_pushlstring(L, map->members[i].key.p, map->members[i].key.n);
		push_inner(L, &map->members[i].value, depth + 1);
		lua_rawset(L, -3);
	}
	if (map->n == 0)
		value_mark_map(L);
}

static void push_inner(lua_State *L, const struct value *v, int depth)
{
	luaL_checkstack(L, 6, "value too deep");
	state_spend(L, 3);
	switch (v->kind) {
	case VALUE_NULL:
		value_push_null(L);
		break;
	case VALUE_BOOL:
		lua_pushboolean(L, v->as.boolean);
		break;
	case VALUE_INT:
		lua_pushinteger(L, v->as.integer);
		break;
	case VALUE_FLOAT:
		lua_pushnumber(L, v->as.number);
		break;
	case VALUE_STRING:
		lua_pushlstring(L, v->as.string.n ? v->as.string.p : "", v->as.string.n);
		break;
	case VALUE_LIST:
	case VALUE_MAP:
		if (depth > VALUE_MAX_DEPTH)
			luaL_error(L, "value is nested deeper than %d levels", VALUE_MAX_DEPTH);
		if (v->kind == VALUE_LIST)
			push_list(L, &v->as.list, depth);
		else
			push_map(L, &v->as.map, depth);
		break;
	}
}

void value_push(lua_State *L, const struct value *v)
{
	if (!v)
		lua_pushnil(L);
	else
		push_inner(L, v, 0);
}

/* ---------------------------------------------------------------- from Lua */

/* One step of the way from the root. */
struct step {
	const struct step *up;
	const void *table; /* to find cycles */
	struct str key;    /* p NULL: a list item */
	lua_Integer item;
	int depth;
};

struct taking {
	lua_State *L;
	struct arena *arena;
	const char *root;
	bool warned;
};

static void place_add(char *to, size_t size, const char *text, size_t n)
{
	size_t at = strlen(to);
	if (at + n + 1 > size)
		return;
	memcpy(to + at, text, n);
	to[at + n] = '\0';
}

static bool is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9' && i);
		if (!word)
			return false;
	}
	return s.n > 0;
}

static void place_step(char *to, size_t size, const struct step *step)
{
	char item[32];
	if (!step->key.p) {
		int n = snprintf(item, sizeof item, "[%lld]", (long long)step->item);
		place_add(to, size, item, (size_t)n);
	} else if (is_name(step->key)) {
		place_add(to, size, ".", 1);
		place_add(to, size, step->key.p, step->key.n);
	} else {
		struct str k = step->key;
		size_t n = k.n < 40 ? k.n : 40;
		while (n && n < k.n && utf8_continues(k.p[n]))
			n--;
		place_add(to, size, "[\"", 2);
		place_add(to, size, k.p, n);
		place_add(to, size, n < k.n ? "...\"]" : "\"]", n < k.n ? 5 : 2);
	}
}

/* "value.people[3].name"; the middle of very deep places is left out. */
static void place_write(const struct taking *t, const struct step *last, char *to, size_t size)
{
	const struct step *way[VALUE_MAX_DEPTH + 2];
	int n = 0;
	snprintf(to, size, "%s", t->root);
	for (; last && n < VALUE_MAX_DEPTH + 2; last = last->up)
		if (last->up)
			way[n++] = last;
	for (int i = n - 1; i >= 0; i--) {
		if (i == n - 9 && i > 3) {
			place_add(to, size, "...", 3);
			i = 2;
		}
		place_step(to, size, way[i]);
	}
}

static _Noreturn void refuse(const struct taking *t, const struct step *at, const char *hint, const char *what)
{
	char place[300];
	place_write(t, at, place, sizeof place);
	state_raise(t->L, QUERN_VALUE, hint, "%s %s", place, what);
}

static void take_inner(struct taking *t, const struct step *at, struct value *out);

/* The value may be the host's, but how large it is the plugin says: one table may stand in it a million times. */
static void stored(struct taking *t, const void *p)
{
	struct state *s = state_of(t->L);
	if (!p || t->arena->held > s->heap.limit)
		budget_kill(&s->budget, QUERN_NOMEM);
}

static struct str take_string(struct taking *t, const struct step *at, int index)
{
	struct state *s = state_of(t->L);
	struct str from;
	from.p = lua_tolstring(t->L, index, &from.n);
	budget_output(&s->budget, from.n + 8);
	if (utf8_check(from) != from.n) {
		buf_clear(&s->scratch);
		utf8_repair(&s->scratch, from);
		if (!buf_ok(&s->scratch))
			budget_kill(&s->budget, QUERN_NOMEM);
		from = buf_str(&s->scratch);
		if (!t->warned) {
			char message[400] = "bytes that are not UTF-8 were replaced in ";
			size_t n = strlen(message);
			place_write(t, at, message + n, sizeof message - n);
			state_log(s, QUERN_WARNING, message, strlen(message));
		}
		t->warned = true;
	}
	struct str copy = arena_str(t->arena, from);
	stored(t, copy.p);
	return copy;
}

static void take_list(struct taking *t, const struct step *at, lua_Integer n, struct value *out)
{
	*out = value_list();
	int table = lua_gettop(t->L);
	for (lua_Integer i = 1; i <= n; i++) {
		struct value item;
		struct step step = { .up = at, .item = i, .depth = at->depth + 1 };
		lua_rawgeti(t->L, table, i);
		take_inner(t, &step, &item);
		lua_pop(t->L, 1);
		stored(t, value_append(t->arena, out, item));
	}
}

static void take_map(struct taking *t, const struct step *at, struct value *out)
{
	lua_State *L = t->L;
	*out = value_map();
	int table = lua_gettop(L);
	for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
		struct value item;
		struct step step = { .up = at, .depth = at->depth + 1 };
		step.key.p = lua_tolstring(L, -2, &step.key.n);
		take_inner(t, &step, &item);
		struct str key = take_string(t, &step, -2);
		if (value_member(out, key))
			refuse(t, &step, "make the keys valid UTF-8", "is there twice once its bytes are made UTF-8");
		stored(t, value_set(t->arena, out, key, item));
	}
	/* Far from each other in memory when there are many. */
	budget_foresee(&state_of(L)->budget, out->as.map.n * 500);
	budget_spend(&state_of(L)->budget, out->as.map.n * 8);
	value_sort_keys(out);
}

/* What kinds of keys the table on top has; raises an error for a mixture. Returns the list's length, -1 for a map. */
static lua_Integer table_shape(struct taking *t, const struct step *at)
{
	lua_State *L = t->L;
	int table = lua_gettop(L);
	lua_Integer items = 0, highest = 0, names = 0;
	for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
		state_spend(L, 2);
		int type = lua_type(L, -2);
		if (lua_isinteger(L, -2) && lua_tointeger(L, -2) > 0) {
			items++;
			if (lua_tointeger(L, -2) > highest)
				highest = lua_tointeger(L, -2);
		} else if (type == LUA_TSTRING) {
			names++;
		} else {
			char what[96];
			snprintf(what, sizeof what, "has a key that is a %s",
				 type == LUA_TNUMBER ? "number but no place in a list" : lua_typename(L, type));
			refuse(t, at, "keys are strings, or 1, 2, 3... for a list; use tostring(key)", what);
		}
	}
	bool map = value_is_map(L, table);
	if (items && names)
		refuse(t, at, "make two fields of it: one list, one map", "has both list items and named fields");
	if (items && map)
		refuse(t, at, "keys of a map are strings; use tostring(key)",
		       "is marked by quern.map but has list items");
	if (items != highest) {
		char what[96];
		lua_Integer hole = 1;
		while (lua_rawgeti(L, table, hole) != LUA_TNIL) {
			lua_pop(L, 1);
			state_spend(L, 1);
			hole++;
		}
		snprintf(what, sizeof what, "is a list with a hole: item %lld is nil", (long long)hole);
		refuse(t, at, "put quern.null where nothing is, or use string keys", what);
	}
	return names || map ? -1 : items;
}

static void take_table(struct taking *t, const struct step *at, struct value *out)
{
	lua_State *L = t->L;
	struct step here = *at;
	here.table = lua_topointer(L, -1);
	for (const struct step *up = at->up; up; up = up->up)
		if (up->table == here.table)
			refuse(t, at, "a value cannot hold itself; keep a name or a number instead", "is a cycle");
	if (at->depth > VALUE_MAX_DEPTH)
		refuse(t, at, "flatten the value", "is nested deeper than 200 levels");
	luaL_checkstack(L, 8, "value too deep");
	entry_settle(L, -1);
	lua_Integer n = table_shape(t, at);
	if (n >= 0)
		take_list(t, &here, n, out);
	else
		take_map(t, &here, out);
}

static void take_inner(struct taking *t, const struct step *at, struct value *out)
{
	lua_State *L = t->L;
	struct state *s = state_of(L);
	char what[80];
	budget_output(&s->budget, 8);
	budget_spend(&s->budget, 2);
	switch (lua_type(L, -1)) {
	case LUA_TNIL:
		*out = value_null();
		return;
	case LUA_TBOOLEAN:
		*out = value_bool(lua_toboolean(L, -1));
		return;
	case LUA_TNUMBER:
		if (lua_isinteger(L, -1))
			*out = value_int(lua_tointeger(L, -1));
		else if (isfinite(lua_tonumber(L, -1)))
			*out = value_float(lua_tonumber(L, -1));
		else
			refuse(t, at, "look for a division by zero",
			       isnan(lua_tonumber(L, -1)) ? "is not a number (NaN)" : "is infinite");
		return;
	case LUA_TSTRING:
		*out = value_string(take_string(t, at, -1));
		return;
	case LUA_TTABLE:
		take_table(t, at, out);
		return;
	default:
		break;
	}
	if (value_is_null(L, -1)) {
		*out = value_null();
		return;
	}
	const char *name = luaL_getmetafield(L, -1, "__name") == LUA_TSTRING ? lua_tostring(L, -1)
									     : luaL_typename(L, -1);
	snprintf(what, sizeof what, "is a %s", name);
	refuse(t, at, "a value is nil, a boolean, a number, a string, a list or a map; take text or fields from nodes",
	       what);
}

void value_take(lua_State *L, int at, struct arena *a, struct value *out, const char *root)
{
	struct taking t = { .L = L, .arena = a, .root = root };
	struct step top = { .up = NULL };
	lua_pushvalue(L, at);
	take_inner(&t, &top, out);
	lua_pop(L, 1);
}
