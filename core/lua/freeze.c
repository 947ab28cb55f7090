/*
 * freeze.c - the snapshot and the comparison.
 *
 * Lua walks an unchanged table in an unchanged order, so a snapshot is a flat
 * array of key and value identities, compared while walking.
 */
#include "lua/freeze.h"

#include <string.h>

#include "lua/state.h"

struct frozen_field {
	const void *key; /* of the string; strings of libraries are short and so unique */
	const void *object;
	lua_Number number;
	int type;
};

struct frozen {
	struct frozen *next;
	const void *metatable;
	const char *name;
	size_t n;
	struct frozen_field fields[];
};

static struct frozen_field field_at_top(lua_State *L)
{
	struct frozen_field f = { .key = lua_topointer(L, -2), .type = lua_type(L, -1) };
	if (f.type == LUA_TNUMBER)
		f.number = lua_tonumber(L, -1);
	else if (f.type == LUA_TBOOLEAN)
		f.number = lua_toboolean(L, -1);
	else
		f.object = lua_topointer(L, -1);
	return f;
}

static bool field_same(const struct frozen_field *a, const struct frozen_field *b)
{
	return a->key == b->key && a->type == b->type && a->object == b->object && a->number == b->number;
}

static const void *metatable_of(lua_State *L, int table)
{
	if (!lua_getmetatable(L, table))
		return NULL;
	const void *p = lua_topointer(L, -1);
	lua_pop(L, 1);
	return p;
}

/* A list of structs in the registry; its user value keeps them and their tables alive. Pushes that. */
static struct frozen **chain(lua_State *L)
{
	struct state *s = state_of(L);
	if (!s->refs[REF_SNAPSHOT]) {
		struct frozen **head = lua_newuserdatauv(L, sizeof *head, 1);
		*head = NULL;
		lua_newtable(L);
		lua_setiuservalue(L, -2, 1);
		state_set(L, REF_SNAPSHOT);
	}
	state_get(L, REF_SNAPSHOT);
	struct frozen **head = lua_touserdata(L, -1);
	lua_getiuservalue(L, -1, 1);
	lua_remove(L, -2);
	return head;
}

void freeze_add(lua_State *L, const char *name)
{
	int table = lua_gettop(L);
	size_t n = 0;
	for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1))
		n++;
	struct frozen **head = chain(L);
	int anchors = table + 1;
	struct frozen *f = lua_newuserdatauv(L, sizeof *f + n * sizeof f->fields[0], 1);
	luaL_checkstack(L, 8, NULL);
	lua_createtable(L, (int)n, 0); /* the keys, so that their addresses stay theirs */
	int keys = table + 3;
	size_t i = 0;
	for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
		f->fields[i++] = field_at_top(L);
		lua_pushvalue(L, -2);
		lua_rawseti(L, keys, (lua_Integer)i);
	}
	lua_setiuservalue(L, -2, 1);
	f->metatable = metatable_of(L, table);
	f->name = name;
	f->n = n;
	lua_pushvalue(L, table);
	lua_rawsetp(L, anchors, f);
	luaL_ref(L, anchors);
	f->next = *head;
	*head = f;
	lua_settop(L, table - 1);
}

static _Noreturn void changed(lua_State *L, const struct frozen *f, const char *key)
{
	state_raise(L, QUERN_DENIED,
		    "keep your own values in locals; libraries are the same for all plugins and documents",
		    *f->name ? "the plugin changed %s%s%s" : "the plugin changed the global %s%s%s", f->name,
		    *f->name && *key ? "." : "", key);
}

/* The userdata that is f stands among the anchors under some integer. */
static void push_keys(lua_State *L, const struct frozen *f, int anchors)
{
	for (int i = 1;; i++) {
		int type = lua_rawgeti(L, anchors, i);
		if (type == LUA_TUSERDATA && lua_touserdata(L, -1) == (const void *)f) {
			lua_getiuservalue(L, -1, 1);
			return;
		}
		lua_pop(L, 1);
		if (type == LUA_TNIL)
			lua_newtable(L);
		if (type == LUA_TNIL)
			return;
	}
}

static const char *key_text(lua_State *L, int at)
{
	return lua_type(L, at) == LUA_TSTRING ? lua_tostring(L, at) : "?";
}

/* With nothing more to lose, finds the field that differs: changed, added, or gone. */
static _Noreturn void find_change(lua_State *L, const struct frozen *f, int table)
{
	for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
		struct frozen_field now = field_at_top(L);
		bool known = false;
		for (size_t i = 0; i < f->n && !known; i++)
			known = field_same(&now, &f->fields[i]);
		if (!known)
			changed(L, f, key_text(L, -2));
	}
	for (int i = 1; i <= (int)f->n; i++) {
		lua_rawgeti(L, -1, i); /* the keys lie on top */
		lua_pushvalue(L, -1);
		if (lua_rawget(L, table) == LUA_TNIL)
			changed(L, f, key_text(L, -2));
		lua_pop(L, 2);
	}
	changed(L, f, "metatable");
}

static void check_one(lua_State *L, const struct frozen *f, int anchors)
{
	int top = lua_gettop(L);
	lua_rawgetp(L, anchors, f);
	size_t i = 0;
	bool same = metatable_of(L, top + 1) == f->metatable;
	for (lua_pushnil(L); same && lua_next(L, top + 1); lua_pop(L, 1)) {
		struct frozen_field now = field_at_top(L);
		same = i < f->n && field_same(&now, &f->fields[i]);
		i++;
		if (!same)
			break;
	}
	if (!same || i != f->n) {
		lua_settop(L, top + 1);
		push_keys(L, f, anchors);
		find_change(L, f, top + 1);
	}
	lua_settop(L, top);
}

int freeze_check(lua_State *L)
{
	if (!state_of(L)->refs[REF_SNAPSHOT])
		return 0;
	const struct frozen *f = *chain(L);
	int anchors = lua_gettop(L);
	for (; f; f = f->next)
		check_one(L, f, anchors);
	return 0;
}
