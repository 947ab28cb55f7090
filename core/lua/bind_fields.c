/*
 * bind_fields.c - doc:fields: some fields of the front matter, under whatever
 * form of their names they stand.
 *
 *   local fields = doc:fields { pubdate = true, date = true }    -- also "pubDate", "Pub-Date", "pub_date"
 *
 * Makes no table of the rest, which is all that most plugins would do with it.
 */
#include <lauxlib.h>

#include "doc/record.h"
#include "lua/bind.h"
#include "lua/doc_box.h"
#include "lua/value_lua.h"

/* Longer names are none that anybody asks for. */
#define NAME_MAX_BYTES 64

static bool is_separator(char c)
{
	return c == '-' || c == '_' || c == ' ' || (c >= '\t' && c <= '\r');
}

/* The name in small letters without separators; its length, 0 where it is too long. */
static size_t plain_name(struct str name, char out[NAME_MAX_BYTES])
{
	size_t n = 0;
	if (name.n > NAME_MAX_BYTES)
		return 0;
	for (size_t i = 0; i < name.n; i++) {
		const char c = name.p[i];
		if (!is_separator(c))
			out[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	return n;
}

/* Whether a name is wanted that is on top; pops it. */
static bool is_wanted(lua_State *L)
{
	lua_rawget(L, 2);
	bool yes = lua_toboolean(L, -1);
	lua_pop(L, 1);
	return yes;
}

/* Of two fields with the same plain name the one that is written so counts, else the first. */
static void set_field(lua_State *L, int fields, const struct value_member *m, struct str plain)
{
	lua_pushlstring(L, plain.p, plain.n);
	lua_pushvalue(L, -1);
	bool taken = lua_rawget(L, fields) != LUA_TNIL;
	lua_pop(L, 1);
	if (taken && !str_eq(plain, m->key)) {
		lua_pop(L, 1);
		return;
	}
	value_push(L, &m->value);
	lua_rawset(L, fields);
}

int bind_fields(lua_State *L)
{
	struct doc_box *b = box_check(L, 1);
	const struct value *meta = record_meta(box_record(L, b));
	char name[NAME_MAX_BYTES];
	int fields = 0;
	luaL_checktype(L, 2, LUA_TTABLE);
	lua_settop(L, 2);
	for (size_t i = 0; meta && meta->kind == VALUE_MAP && i < meta->as.map.n; i++) {
		const struct value_member *m = &meta->as.map.members[i];
		const struct str plain = { name, plain_name(m->key, name) };
		state_spend(L, 10);
		lua_pushlstring(L, plain.p, plain.n);
		if (!is_wanted(L))
			continue;
		if (!fields) {
			lua_newtable(L);
			fields = lua_gettop(L);
		}
		set_field(L, fields, m, plain);
	}
	if (!fields)
		lua_pushnil(L);
	return 1;
}
