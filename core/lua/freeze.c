/*
 * freeze.c - the snapshot and the comparison.
 *
 * Lua walks an unchanged table in an unchanged order, so a snapshot is a flat
 * array of key and value identities, compared while walking.  Before that, and
 * nearly always instead: the fields of a table lie in one block of the heap,
 * which is compared with a copy byte by byte.  Where that block lies is found by
 * adding fields until the table moves, and proven by a change that shows;
 * a table that grows frees it, which the heap notes.
 */
#include "lua/freeze.h"

#include <string.h>

#include "lua/state.h"

struct frozen_field {
	const void *key; /* of the string; strings of libraries are short and so unique */
	const void *object;
	lua_Integer integer; /* a boolean, too */
	lua_Number number;
	int type;
	bool is_integer;
};

struct frozen {
	struct frozen *next;
	const void *table, *metatable;
	const char *name;
	const void *block; /* of the fields, as Lua keeps them; NULL: not known */
	const void *copy;
	size_t size;
	size_t n;
	struct frozen_field fields[];
};

static struct frozen_field field_at_top(lua_State *L)
{
	struct frozen_field f = { .key = lua_topointer(L, -2), .type = lua_type(L, -1) };
	f.is_integer = lua_isinteger(L, -1); /* many of them are the same as a float */
	if (f.is_integer)
		f.integer = lua_tointeger(L, -1);
	else if (f.type == LUA_TNUMBER)
		f.number = lua_tonumber(L, -1);
	else if (f.type == LUA_TBOOLEAN)
		f.integer = lua_toboolean(L, -1);
	else
		f.object = lua_topointer(L, -1);
	return f;
}

static bool field_same(const struct frozen_field *a, const struct frozen_field *b)
{
	return a->key == b->key && a->type == b->type && a->object == b->object && a->is_integer == b->is_integer &&
	       a->integer == b->integer && a->number == b->number;
}

static const void *metatable_of(lua_State *L, int table)
{
	if (!lua_getmetatable(L, table))
		return NULL;
	const void *p = lua_topointer(L, -1);
	lua_pop(L, 1);
	return p;
}

/* Pushes the table that keeps snapshots and their tables alive. */
static void push_anchors(lua_State *L)
{
	if (!state_of(L)->refs[REF_SNAPSHOT]) {
		lua_newtable(L);
		state_set(L, REF_SNAPSHOT);
	}
	state_get(L, REF_SNAPSHOT);
}

/* A field that no library has, and that is no object: t[i + 0.5]. */
static void odd_field_set(lua_State *L, int table, int i, bool there)
{
	lua_pushnumber(L, i + 0.5);
	lua_pushnumber(L, 0); /* the nil after it leaves no chance bytes in the field */
	if (!there) {
		lua_pop(L, 1);
		lua_pushnil(L);
	}
	lua_rawset(L, table);
}

/* Makes the table at this index move its fields, and finds where to. */
static void block_find(lua_State *L, int table, struct frozen *f)
{
	struct heap *h = &state_of(L)->heap;
	int added = 0;
	h->noting = true;
	h->newest = NULL;
	while (!h->newest && added < 256)
		odd_field_set(L, table, added++, true);
	h->noting = false;
	f->block = h->newest;
	f->size = h->newest_size;
	while (added > 0)
		odd_field_set(L, table, --added, false);
}

/* Pushes the copy of the block, or nil where it is not to be had. */
static void block_copy(lua_State *L, int table, struct frozen *f)
{
	bool shows, settles;
	if (!f->block || !heap_watch(&state_of(L)->heap, f->block, f->size)) {
		f->block = NULL;
		lua_pushnil(L);
		return;
	}
	f->copy = lua_newuserdatauv(L, f->size, 0);
	memcpy((void *)f->copy, f->block, f->size);
	odd_field_set(L, table, 0, true);
	shows = memcmp(f->copy, f->block, f->size) != 0;
	odd_field_set(L, table, 0, false);
	settles = memcmp(f->copy, f->block, f->size) == 0;
	if (!shows || !settles)
		f->block = NULL;
}

void freeze_add(lua_State *L, const char *name)
{
	int table = lua_gettop(L);
	struct frozen where = { .block = NULL };
	size_t n = 0;
	luaL_checkstack(L, 12, NULL);
	block_find(L, table, &where);
	for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1))
		n++;
	push_anchors(L);
	int anchors = table + 1;
	struct frozen *f = lua_newuserdatauv(L, sizeof *f + n * sizeof f->fields[0], 2);
	*f = where;
	lua_createtable(L, (int)(2 * n), 0); /* the keys, and then the values, so that their addresses stay theirs */
	int keys = table + 3;
	size_t i = 0;
	for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
		f->fields[i++] = field_at_top(L);
		lua_pushvalue(L, -2);
		lua_rawseti(L, keys, (lua_Integer)i);
		lua_pushvalue(L, -1);
		lua_rawseti(L, keys, (lua_Integer)(n + i));
	}
	lua_setiuservalue(L, -2, 1);
	block_copy(L, table, f);
	lua_setiuservalue(L, -2, 2);
	f->table = lua_topointer(L, table);
	f->metatable = metatable_of(L, table);
	f->name = name;
	f->n = n;
	lua_pushvalue(L, table);
	lua_rawsetp(L, anchors, f);
	luaL_ref(L, anchors);
	f->next = state_of(L)->frozen;
	state_of(L)->frozen = f;
	lua_settop(L, table - 1);
}

bool freeze_is_untouched(const struct state *s)
{
	if (s->remarked || s->heap.watched_freed)
		return false;
	for (const struct frozen *f = s->frozen; f; f = f->next)
		if (!f->block || memcmp(f->block, f->copy, f->size) != 0)
			return false;
	return true;
}

void freeze_note_metatable(lua_State *L, int table)
{
	struct state *s = state_of(L);
	const void *p = lua_topointer(L, table);
	for (const struct frozen *f = s->frozen; f; f = f->next)
		if (f->table == p)
			s->remarked = true;
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
	push_anchors(L);
	int anchors = lua_gettop(L);
	for (const struct frozen *f = state_of(L)->frozen; f; f = f->next)
		check_one(L, f, anchors);
	return 0;
}
