/*
 * bind_view.c - doc:outline(), doc:images(), doc:links().
 *
 * Their entries are plain tables; nearly all plugins read no more of them than
 * the first two fields.  So an entry begins with those, and the other fields,
 * its node among them, come to all entries of a list when the first of them is
 * asked for or set, or when anybody is about to look at an entry as a whole (entry_settle).
 * Until then an entry has a metatable, which nobody sees and its list has to itself: in
 * it are the document, the kind of view, and all entries.
 */
#include <lauxlib.h>

#include "doc/view_item.h"
#include "lua/bind.h"
#include "lua/doc_box.h"
#include "lua/entry.h"

enum { HELD_DOC = 1, HELD_KIND, HELD_ENTRIES };

static const char *const eager[][2] = {
	[VIEW_OUTLINE] = { "level", "text" },
	[VIEW_IMAGES] = { "src", "alt" },
	[VIEW_LINKS] = { "href", "text" },
};

/* What views of this document tell of, found when the first of them is asked for. */
static const struct view_nodes *nodes_of(struct doc_box *b, const struct tree *t)
{
	struct state *s = b->state;
	if (s->viewed == b && b->is_viewed)
		return &s->view_nodes;
	s->viewed = NULL;
	if (!view_nodes_find(&s->view_nodes, &s->outside, t))
		budget_kill(&s->budget, QUERN_NOMEM);
	s->viewed = b;
	b->is_viewed = true;
	return &s->view_nodes;
}

static void walk_begin(lua_State *L, struct view_walk *w, int doc, enum view_kind kind)
{
	struct doc_box *b = lua_touserdata(L, doc);
	struct state *s = b->state;
	const struct tree *t = box_tree(L, b);
	budget_spend(&s->budget, t->n_nodes);
	if (!view_walk_begin(w, box_record(L, b), kind, nodes_of(b, t), &s->entry_text))
		budget_kill(&s->budget, QUERN_NOMEM);
}

static void walk_end(lua_State *L, const struct view_walk *w)
{
	struct state *s = state_of(L);
	if (w->failed)
		budget_kill(&s->budget, QUERN_NOMEM);
	if (s->entry_text.cap > 65536)
		buf_release(&s->entry_text);
}

/* ----------------------------------------------------------------- the rest */

static void push_str(lua_State *L, struct str s)
{
	lua_pushlstring(L, s.n ? s.p : "", s.n);
}

static void set_str(lua_State *L, int entry, const char *key, struct str s)
{
	if (!s.p)
		return;
	lua_pushstring(L, key);
	push_str(L, s);
	lua_rawset(L, entry);
}

/* The entry on top becomes an ordinary table. */
static void entry_fill(lua_State *L, int doc, const struct view_item *item)
{
	const int entry = lua_gettop(L);
	lua_pushnil(L);
	lua_setmetatable(L, entry);
	if (item->line) {
		lua_pushliteral(L, "line");
		lua_pushinteger(L, item->line);
		lua_rawset(L, entry);
	}
	set_str(L, entry, "title", item->title);
	set_str(L, entry, "id", item->id);
	set_str(L, entry, "anchor", item->anchor);
	lua_pushliteral(L, "node");
	node_push(L, doc, item->node);
	lua_rawset(L, entry);
}

/* All entries of a list; what tells names apart is where a kill finds it. */
static void entries_fill(lua_State *L, int held)
{
	struct arena *arena = &state_of(L)->entries;
	struct anchors anchors;
	struct view_walk w;
	struct view_item item;
	lua_rawgeti(L, held, HELD_KIND);
	const enum view_kind kind = (enum view_kind)lua_tointeger(L, -1);
	lua_rawgeti(L, held, HELD_DOC);
	const int doc = lua_gettop(L);
	box_alive(L, lua_touserdata(L, doc));
	state_of(L)->wants_entries = true;
	walk_begin(L, &w, doc, kind);
	arena_reset(arena);
	anchors_init(&anchors, arena);
	for (lua_Integer i = HELD_ENTRIES; view_walk_next(&w, &item); i++) {
		view_item_complete(&w, &anchors, &item);
		if (w.failed)
			break;
		lua_rawgeti(L, held, i);
		entry_fill(L, doc, &item);
		lua_pop(L, 1);
	}
	walk_end(L, &w);
	arena_reset(arena);
}

static int entry_index(lua_State *L);

void entry_settle(lua_State *L, int at)
{
	if (lua_type(L, at) != LUA_TTABLE || !lua_getmetatable(L, at))
		return;
	const int held = lua_gettop(L);
	lua_pushliteral(L, "__index");
	if (lua_rawget(L, held) == LUA_TFUNCTION && lua_tocfunction(L, -1) == entry_index) {
		luaL_checkstack(L, 10, NULL);
		entries_fill(L, held);
	}
	lua_settop(L, held - 1);
}

static int entry_index(lua_State *L)
{
	entry_settle(L, 1);
	lua_settop(L, 2);
	lua_rawget(L, 1);
	return 1;
}

static int entry_newindex(lua_State *L)
{
	entry_settle(L, 1);
	lua_settop(L, 3);
	lua_rawset(L, 1);
	return 0;
}

/* -------------------------------------------------------------------- lists */

enum { FIELDS_FIRST = 2, FIELDS_ALL = 7 };
enum { FIRST = 2, SECOND, HELD, LIST };

/* The document is at 1, what all entries share from 2 on. */
static void push_entry(lua_State *L, enum view_kind kind, const struct view_item *item)
{
	const int entry = LIST + 1;
	/* Whoever wanted all fields once is likely to do so again. */
	lua_createtable(L, 0, state_of(L)->wants_entries ? FIELDS_ALL : FIELDS_FIRST);
	lua_pushvalue(L, FIRST);
	if (kind == VIEW_OUTLINE)
		lua_pushinteger(L, item->level);
	else
		push_str(L, item->url);
	lua_rawset(L, entry);
	lua_pushvalue(L, SECOND);
	push_str(L, item->text);
	lua_rawset(L, entry);
	lua_pushvalue(L, HELD);
	lua_setmetatable(L, entry);
}

/* The document is at 1. */
static void push_held(lua_State *L, enum view_kind kind, uint32_t n)
{
	lua_createtable(L, (int)n + HELD_ENTRIES - 1, 2);
	lua_pushliteral(L, "__index");
	lua_pushcfunction(L, entry_index);
	lua_rawset(L, HELD);
	lua_pushliteral(L, "__newindex");
	lua_pushcfunction(L, entry_newindex);
	lua_rawset(L, HELD);
	lua_pushvalue(L, 1);
	lua_rawseti(L, HELD, HELD_DOC);
	lua_pushinteger(L, kind);
	lua_rawseti(L, HELD, HELD_KIND);
}

static int push_view(lua_State *L, enum view_kind kind)
{
	struct view_walk w;
	struct view_item item;
	box_check(L, 1);
	lua_settop(L, 1);
	walk_begin(L, &w, 1, kind);
	const uint32_t n = view_walk_count(&w);
	if (n == 0) {
		lua_newtable(L);
		return 1;
	}
	lua_pushstring(L, eager[kind][0]);
	lua_pushstring(L, eager[kind][1]);
	push_held(L, kind, n);
	lua_createtable(L, (int)n, 0);
	for (lua_Integer i = 0; view_walk_next(&w, &item); i++) {
		push_entry(L, kind, &item);
		lua_pushvalue(L, -1);
		lua_rawseti(L, HELD, HELD_ENTRIES + i);
		lua_rawseti(L, LIST, 1 + i);
	}
	walk_end(L, &w);
	return 1;
}

int bind_outline(lua_State *L)
{
	return push_view(L, VIEW_OUTLINE);
}

int bind_images(lua_State *L)
{
	return push_view(L, VIEW_IMAGES);
}

int bind_links(lua_State *L)
{
	return push_view(L, VIEW_LINKS);
}
