/*
 * walk_list.c - the functions blocks and inlines of a walk: whole lists of
 * children given to Lua, and what came back in their place.
 *
 * Bottom-up they see what became of their members, top-down what the source had.
 * Items, rows and the like are parts of their parent and come in no list.
 */
#include <lauxlib.h>

#include "lua/walk.h"

/* Items, rows, cells, terms are parts of their parent, no blocks that stand in it. */
static bool holds_lists(enum node_kind parent)
{
	return parent != NODE_LIST && parent != NODE_TABLE && parent != NODE_TABLE_ROW &&
	       parent != NODE_DEFINITION_LIST;
}

/* Pushes a table of the children of one sort from *child on; moves *child behind them. */
static void push_run(lua_State *L, int doc, const struct tree *t, uint32_t *child)
{
	const bool block = node_kind_is_block(t->nodes[*child].kind);
	lua_newtable(L);
	for (lua_Integer n = 1; *child != TREE_NONE && node_kind_is_block(t->nodes[*child].kind) == block; n++) {
		state_spend(L, 5);
		node_push(L, doc, *child);
		lua_rawseti(L, -2, n);
		*child = tree_next(t, *child);
	}
}

/* The list is on top: leaves what is to stand there instead, as a list, or nil; and whether to go inside. */
static void call_list_filter(lua_State *L, const struct walk *w, bool block)
{
	const char *name = block ? "blocks" : "inlines";
	budget_check_stack(&state_of(L)->budget);
	state_spend(L, 10);
	lua_getfield(L, w->filter, name);
	lua_insert(L, -2);
	lua_call(L, 1, 2);
	int type = lua_type(L, -2);
	if (type != LUA_TNIL && type != LUA_TTABLE && type != LUA_TSTRING && !node_test(L, -2))
		state_raise(L, QUERN_RUNTIME, "return nil, or a list of nodes ({} deletes)",
			    "walk: the function %s returned a %s", name, luaL_typename(L, -2));
	if (type == LUA_TSTRING || type == LUA_TUSERDATA) {
		lua_createtable(L, 1, 0);
		lua_pushvalue(L, -3);
		lua_rawseti(L, -2, 1);
		lua_replace(L, -3);
	}
}

/*
 * Calls the functions for the lists below a node whose document is at index doc.  Pushes a table of lists, one a run of
 * blocks or inlines, with those that were replaced in place of their own; false when none was.
 */
static bool filter_runs(lua_State *L, const struct walk *w, int doc, const struct tree *t, uint32_t node, bool *inside)
{
	bool changed = false;
	lua_newtable(L);
	int runs = lua_gettop(L);
	lua_Integer n = 0;
	for (uint32_t child = tree_first(t, node); child != TREE_NONE;) {
		bool block = node_kind_is_block(t->nodes[child].kind);
		push_run(L, doc, t, &child);
		if (block ? w->has_blocks : w->has_inlines) {
			lua_pushvalue(L, -1);
			call_list_filter(L, w, block);
			*inside = *inside && (lua_isnil(L, -1) || lua_toboolean(L, -1));
			lua_pop(L, 1);
			changed = changed || !lua_isnil(L, -1);
			lua_remove(L, lua_isnil(L, -1) ? -1 : -2);
		}
		lua_rawseti(L, runs, ++n);
	}
	return changed;
}

static void append_runs(lua_State *L, struct walk *w, int runs, enum node_kind stood)
{
	lua_Integer n = (lua_Integer)lua_rawlen(L, runs);
	for (lua_Integer i = 1; i <= n; i++) {
		lua_rawgeti(L, runs, i);
		walk_append(L, w, lua_gettop(L), stood);
		lua_pop(L, 1);
	}
}

/* Bottom-up: what is below the innermost frame is built; its lists may be replaced. */
void walk_filter_built(lua_State *L, struct walk *w, struct walk_frame *f)
{
	const struct tree *t = walk_frame_tree(L, w, f);
	const enum node_kind kind = t->nodes[f->node].kind;
	const bool document = f->built == 0;
	int top = lua_gettop(L);
	bool inside = true;
	if (w->topdown || !(w->has_blocks || w->has_inlines) || !holds_lists(kind) ||
	    w->build.tree.n_nodes == f->built + 1)
		return;
	if (f->changed) {
		walk_push_open(L, w, f->built);
		const struct node_ref *n = lua_touserdata(L, -1);
		t = n->box->tree;
		node_push_doc(L, -1);
	} else {
		lua_rawgeti(L, w->anchors, f->anchor);
	}
	const uint32_t node = !f->changed ? f->node : document ? 0 : 1;
	const enum node_kind stood = t->nodes[node + 1].kind;
	if (filter_runs(L, w, lua_gettop(L), t, node, &inside)) {
		tree_truncate(&w->build, f->built + 1);
		append_runs(L, w, lua_gettop(L), stood);
		f->changed = true;
	}
	lua_settop(L, top);
}

/* Top-down: what replaces the lists below the innermost frame is visited in their place. */
void walk_filter_below(lua_State *L, struct walk *w)
{
	struct walk_frame *f = &w->frames[w->n - 1];
	const struct tree *t = walk_frame_tree(L, w, f);
	int top = lua_gettop(L);
	bool inside = true;
	if (!(w->has_blocks || w->has_inlines) || f->next == TREE_NONE || !holds_lists(t->nodes[f->node].kind))
		return;
	lua_rawgeti(L, w->anchors, f->anchor);
	const bool changed = filter_runs(L, w, top + 1, t, f->node, &inside);
	const int runs = lua_gettop(L);
	const enum node_kind stood = t->nodes[f->next].kind;
	if (!inside) {
		f->next = TREE_NONE;
		append_runs(L, w, runs, stood);
	} else if (changed) {
		f->next = TREE_NONE;
		lua_newtable(L);
		lua_Integer n = 0;
		for (lua_Integer i = 1; lua_rawgeti(L, runs, i) == LUA_TTABLE; i++) {
			const int run = lua_gettop(L);
			const lua_Integer members = (lua_Integer)lua_rawlen(L, run);
			for (lua_Integer k = 1; k <= members; k++) {
				lua_rawgeti(L, run, k);
				lua_rawseti(L, runs + 1, ++n);
			}
			lua_settop(L, runs + 1);
		}
		lua_settop(L, runs + 1);
		const int list = walk_anchor(L, w);
		struct walk_frame *members = walk_push_frame(L, w);
		members->is_list = members->fresh = true;
		members->anchor = list;
		members->next = 1;
	}
	lua_settop(L, top);
}
