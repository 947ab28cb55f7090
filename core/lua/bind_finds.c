/*
 * bind_finds.c - node:finds(): whether the text of a document has what is
 * sought at all, before anybody makes tables of its blocks.
 *
 * The texts are those of node:blocks(), cell by cell, and those of images; or
 * the addresses of links; or the bytes as they stand.  Nothing is made for Lua
 * but the answer, and what is asked whether a hit counts.
 */
#include <lauxlib.h>

#include "doc/blocks.h"
#include "doc/record.h"
#include "lua/bind.h"
#include "lua/doc_box.h"
#include "lua/search.h"

/* Of one call. */
#define SEARCHES_MAX 16

struct asked {
	struct search_part part;
	int confirm; /* stack slot of a function that says whether a hit counts; 0: each does */
};

/* Whether a hit in the text on top of the stack counts. */
static bool is_confirmed(lua_State *L, const struct asked *a, size_t from, size_t to)
{
	lua_pushvalue(L, a->confirm);
	lua_pushvalue(L, -2);
	lua_pushinteger(L, (lua_Integer)from + 1);
	lua_pushinteger(L, (lua_Integer)to);
	lua_call(L, 3, 1);
	const bool yes = lua_toboolean(L, -1);
	lua_pop(L, 1);
	return yes;
}

/* The number of the first of the searches that a text has; 0 for none. */
static int search_any(lua_State *L, const struct asked *list, int n, struct str text)
{
	const int top = lua_gettop(L);
	int found = 0;
	for (int i = 0; i < n && text.n && !found; i++) {
		size_t from, to = 0;
		while (!found && search_part_next(L, &list[i].part, text, to, &from, &to)) {
			/* A function of Lua's may use the buffer. */
			if (list[i].confirm && lua_gettop(L) == top)
				text.p = lua_pushlstring(L, text.p, text.n);
			if (!list[i].confirm || is_confirmed(L, &list[i], from, to))
				found = i + 1;
		}
	}
	lua_settop(L, top);
	return found;
}

/* The same of what is in the scratch buffer. */
static int search_scratch(lua_State *L, const struct asked *list, int n)
{
	struct state *s = state_of(L);
	if (!buf_ok(&s->scratch))
		budget_kill(&s->budget, QUERN_NOMEM);
	return search_any(L, list, n, buf_str(&s->scratch));
}

/* The same of an image's text, and its title. */
static int search_image(lua_State *L, const struct asked *list, int n, const struct tree *t, uint32_t node)
{
	struct state *s = state_of(L);
	buf_clear(&s->scratch);
	tree_text(&s->scratch, t, node, TEXT_ONE_LINE | TEXT_WITH_ALT);
	const int found = search_scratch(L, list, n);
	return found ? found : search_any(L, list, n, tree_str(t, t->nodes[node].extra));
}

/* The same of a run: its text, or those of the cells of a row, and the images in it. */
static int search_run(lua_State *L, const struct asked *list, int n, const struct tree *t, const struct block_run *run)
{
	struct state *s = state_of(L);
	const bool is_row = run->kind == NODE_TABLE_ROW;
	int found = 0;
	for (uint32_t i = run->first; i < run->end && !found; i = is_row ? t->nodes[i].end : run->end) {
		buf_clear(&s->scratch);
		blocks_text(&s->scratch, t, is_row ? i + 1 : i, is_row ? t->nodes[i].end : run->end);
		found = search_scratch(L, list, n);
	}
	for (uint32_t i = run->first; i < run->end && !found; i++)
		if (t->nodes[i].kind == NODE_IMAGE)
			found = search_image(L, list, n, t, i);
	state_spend(L, 50 + run->end - run->first);
	return found;
}

/* The same of the bytes that a node was read from, front matter left out; -1 where it was made. */
static int search_source(lua_State *L, const struct asked *list, int n, struct doc_box *b, uint32_t root)
{
	const struct node *at = &b->tree->nodes[root];
	if ((at->flags & NODE_NO_SPAN) || at->from == TREE_NONE || at->to == TREE_NONE || !(b->record || b->like))
		return -1;
	struct record *r = b->like ? b->like : b->record;
	const struct str source = record_source(r);
	const size_t body = record_body_offset(r), to = at->to < source.n ? at->to : source.n;
	const size_t from = at->from > body ? at->from : body;
	return from < to ? search_any(L, list, n, (struct str){ source.p + from, to - from }) : 0;
}

/* The same of the addresses of links. */
static int search_links(lua_State *L, const struct asked *list, int n, const struct tree *t, uint32_t root)
{
	for (uint32_t i = root + 1; i < t->nodes[root].end; i++) {
		const int found = t->nodes[i].kind == NODE_LINK ? search_any(L, list, n, tree_str(t, t->nodes[i].text))
								: 0;
		state_spend(L, 1);
		if (found)
			return found;
	}
	return 0;
}

/* The same of blocks of a kind, or of all. */
static int search_blocks(lua_State *L, const struct asked *list, int n, const struct tree *t, uint32_t root,
			 enum node_kind kind)
{
	struct block_run run;
	for (uint32_t at = root + 1; blocks_next(t, root, &at, &run);) {
		const bool asked = kind == NODE_DOCUMENT || run.kind == kind;
		const int found = asked ? search_run(L, list, n, t, &run) : 0;
		if (found)
			return found;
	}
	return 0;
}

/* What is asked, a string at an index: a kind of block, NODE_DOCUMENT for all, NODE_TEXT for the source, NODE_LINK for links. */
static enum node_kind check_kind(lua_State *L, int arg)
{
	static const char *const names[] = { "all", "heading", "row", "source", "link", NULL };
	static const enum node_kind kinds[] = { NODE_DOCUMENT, NODE_HEADING, NODE_TABLE_ROW, NODE_TEXT, NODE_LINK };
	return kinds[luaL_checkoption(L, arg, "all", names)];
}

/* The number of a search, or nil for 0; 0 for what cannot be searched. */
static int push_found(lua_State *L, int found)
{
	if (found)
		lua_pushinteger(L, found < 0 ? 0 : found);
	else
		lua_pushnil(L);
	return 1;
}

/*
 * The search on top of the stack.  Its functions stay there, in TAKEN slots: one that confirms may take them out of the
 * table that they came in.
 */
enum { TAKEN = 4 };

static void take_search(lua_State *L, struct asked *out)
{
	const int at = lua_gettop(L);
	search_part_take(L, at, &out->part);
	out->confirm = 0;
	if (!lua_istable(L, at))
		return;
	if (lua_getfield(L, at, "confirm") != LUA_TNIL) {
		luaL_argexpected(L, lua_isfunction(L, -1), 2, "a function as confirm");
		out->confirm = lua_gettop(L);
	}
}

int bind_finds(lua_State *L, int doc, uint32_t root)
{
	struct asked list[SEARCHES_MAX];
	struct doc_box *b = box_check(L, doc);
	const struct tree *t = box_tree(L, b);
	luaL_checktype(L, 2, LUA_TTABLE);
	const int n = (int)lua_rawlen(L, 2);
	const enum node_kind kind = check_kind(L, 3);
	luaL_argcheck(L, n <= SEARCHES_MAX, 2, "too many searches");
	luaL_checkstack(L, TAKEN * SEARCHES_MAX + 8, NULL);
	for (int i = 0; i < n; i++) {
		lua_rawgeti(L, 2, i + 1);
		take_search(L, &list[i]);
	}
	if (kind == NODE_TEXT)
		return push_found(L, search_source(L, list, n, b, root));
	if (kind == NODE_LINK)
		return push_found(L, search_links(L, list, n, t, root));
	return push_found(L, search_blocks(L, list, n, t, root, kind));
}
