/*
 * bind_rank.c - quern.text.rank: the sentences that say most of a list of texts.
 *
 *   local best, n_words, n_sentences = quern.text.rank({ "One text.", { text = "Another." } }, { most = 5 })
 *
 * Entries are strings or tables with a text, as node:blocks() gives them.  All
 * reading is raw: no Lua code runs while the sentences are collected.
 */
#include <lauxlib.h>

#include "lua/entry.h"
#include "lua/rank.h"

/* More stack slots: the names of the fields that are read often, the section entered last, the entry. */
enum { KEY_TEXT = RANK_FREE, KEY_KIND, KEY_NOISE, KEY_SECTION, KEY_HEADINGS, STACK_SECTION, STACK_ENTRY };

static void push_field(lua_State *L, int key)
{
	lua_pushvalue(L, key);
	lua_rawget(L, STACK_ENTRY);
}

static struct str field_str(lua_State *L, int key)
{
	struct str s = STR_EMPTY;
	push_field(L, key);
	if (lua_type(L, -1) == LUA_TSTRING)
		s.p = lua_tolstring(L, -1, &s.n);
	lua_pop(L, 1);
	return s;
}

/* Leaves the entry at STACK_ENTRY. */
static bool next_entry(struct collector *c, struct rank_entry *e)
{
	lua_State *L = c->L;
	state_spend(L, 30);
	lua_settop(L, STACK_SECTION);
	int type = lua_rawgeti(L, RANK_SOURCE, (lua_Integer)c->at + 1);
	if (type == LUA_TSTRING) {
		e->text.p = lua_tolstring(L, STACK_ENTRY, &e->text.n);
		return true;
	}
	if (type != LUA_TTABLE)
		return type != LUA_TNIL && luaL_error(L, "entry %d is no text", (int)c->at + 1);
	entry_settle(L, STACK_ENTRY);
	e->text = field_str(L, KEY_TEXT);
	push_field(L, KEY_NOISE);
	e->noise = lua_toboolean(L, -1);
	lua_pop(L, 1);
	push_field(L, KEY_KIND);
	if (lua_type(L, -1) == LUA_TSTRING) {
		e->kind = lua_tostring(L, -1); /* Lua keeps one copy of a short string */
		if (c->options.has_kinds) {
			lua_rawget(L, RANK_KINDS);
			e->told = lua_toboolean(L, -1);
		}
	}
	lua_pop(L, 1);
	return true;
}

/* What tells sections apart: the list of headings, else the section's name. */
static void push_section(lua_State *L)
{
	if (lua_type(L, STACK_ENTRY) != LUA_TTABLE) {
		lua_pushboolean(L, 0);
		return;
	}
	push_field(L, KEY_HEADINGS);
	if (!lua_isnil(L, -1))
		return;
	lua_pop(L, 1);
	push_field(L, KEY_SECTION);
	if (lua_isnil(L, -1)) {
		lua_pop(L, 1);
		lua_pushboolean(L, 0);
	}
}

static bool is_within(struct collector *c)
{
	push_section(c->L);
	bool same = lua_rawequal(c->L, -1, STACK_SECTION);
	lua_pop(c->L, 1);
	return same;
}

static struct str enter(struct collector *c)
{
	push_section(c->L);
	lua_replace(c->L, STACK_SECTION);
	return lua_type(c->L, STACK_ENTRY) == LUA_TTABLE ? field_str(c->L, KEY_SECTION) : STR_EMPTY;
}

static const struct rank_source list_source = { next_entry, is_within, enter };

static void push_pick(struct collector *c, const struct rank_sentence *s)
{
	lua_State *L = c->L;
	lua_createtable(L, 0, 7); /* plugins add fields of their own */
	rank_push_text(L, s);
	lua_setfield(L, -2, "text");
	lua_pushinteger(L, s->block);
	lua_setfield(L, -2, "entry");
	rank_set_score(c, s);
}

static void push_keys(lua_State *L)
{
	static const char *const keys[] = { "text", "kind", "noise", "section", "headings" };
	for (int i = 0; i < STACK_SECTION - KEY_TEXT; i++)
		lua_pushstring(L, keys[i]);
}

int bind_rank(lua_State *L)
{
	struct collector c;
	uint32_t picked[RANK_PICK_MAX];
	luaL_checktype(L, RANK_SOURCE, LUA_TTABLE);
	rank_begin(&c, L, &list_source, NULL);
	push_keys(L);
	lua_pushnil(L);
	size_t n = rank_all(&c, picked);
	lua_createtable(L, (int)n, 0);
	for (size_t i = 0; i < n; i++) {
		push_pick(&c, &c.ranker.list[picked[i]]);
		lua_rawseti(L, -2, (lua_Integer)i + 1);
	}
	lua_pushinteger(L, (lua_Integer)c.n_words);
	lua_pushinteger(L, (lua_Integer)c.ranker.n);
	return 3;
}
