/*
 * walk.c - doc:walk(filter) and node:walk(filter): a changed copy.
 *
 * pandoc's semantics: a table of functions by kind.  A function gets a node
 * and returns nil (unchanged), a node (replaced), or a list (spliced in; an empty one
 * deletes).  Bottom-up unless traverse = "topdown", where the function sees a
 * node before its children are filtered, what it returns is filtered inside, and a second
 * result false keeps the walk out of it.  The outermost node itself is not filtered.
 * The functions blocks and inlines get whole lists of children, and return nil or the list to stand there: bottom-up before
 * the function for the parent, top-down before those for the members.
 *
 * One pass over the source builds the copy; no recursion.  A function is
 * given the source's own node while nothing below it has changed, else a copy.
 */
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "lua/arena_lua.h"
#include "lua/bind.h"
#include "lua/entry.h"
#include "lua/error.h"
#include "lua/walk.h"

int walk_anchor(lua_State *L, struct walk *w)
{
	/* The value on top. */
	lua_rawseti(L, w->anchors, ++w->n_anchors);
	return w->n_anchors;
}

const struct tree *walk_frame_tree(lua_State *L, const struct walk *w, const struct walk_frame *f)
{
	lua_rawgeti(L, w->anchors, f->anchor);
	const struct doc_box *b = lua_touserdata(L, -1);
	lua_pop(L, 1);
	return b->tree;
}

struct walk_frame *walk_push_frame(lua_State *L, struct walk *w)
{
	struct walk_frame *moved = arena_grow(&w->arena, w->frames, &w->cap, w->n + 1, sizeof *w->frames);
	if (!moved)
		budget_kill(&state_of(L)->budget, QUERN_NOMEM);
	w->frames = moved;
	struct walk_frame *f = &moved[w->n++];
	memset(f, 0, sizeof *f);
	return f;
}

/* Copies one node without its children and goes inside. */
static void enter(lua_State *L, struct walk *w, int doc_anchor, const struct tree *t, uint32_t node, bool filtered)
{
	lua_rawgeti(L, w->anchors, doc_anchor);
	const struct doc_box *b = lua_touserdata(L, -1);
	lua_pop(L, 1);
	const struct record *from = b->like ? b->like : b->record;
	uint32_t built = tree_copy_open(&w->build, t, node, from && from == w->source);
	make_check(L, &w->build);
	struct walk_frame *f = walk_push_frame(L, w);
	f->anchor = doc_anchor;
	f->node = node;
	f->next = tree_first(t, node);
	f->built = built;
	f->filtered = filtered;
	if (w->topdown)
		walk_filter_below(L, w);
}

/* Calls the function for the kind with the node on top; leaves two results. */
static void call_filter(lua_State *L, const struct walk *w, enum node_kind kind)
{
	budget_check_stack(&state_of(L)->budget);
	state_spend(L, 10);
	lua_getfield(L, w->filter, node_kind_name(kind));
	lua_insert(L, -2);
	lua_call(L, 1, 2);
	int type = lua_type(L, -2);
	if (type != LUA_TNIL && type != LUA_TTABLE && type != LUA_TSTRING && !node_test(L, -2))
		state_raise(L, QUERN_RUNTIME, "return nil, a node, or a list of nodes ({} deletes)",
			    "walk: the function for %s returned a %s", node_kind_name(kind), luaL_typename(L, -2));
}

/* Appends a node, a string, or a list of them (at index) whole, in place of a node of this kind. */
void walk_append(lua_State *L, struct walk *w, int at, enum node_kind stood)
{
	if (!lua_istable(L, at)) {
		make_append(L, &w->build, at, w->source, stood, "walk");
		return;
	}
	lua_Integer n = (lua_Integer)lua_rawlen(L, at);
	for (lua_Integer i = 1; i <= n; i++) {
		lua_rawgeti(L, at, i);
		make_append(L, &w->build, lua_gettop(L), w->source, stood, "walk");
		lua_pop(L, 1);
	}
}

/* ----------------------------------------------------------------- top-down */

static void visit_topdown(lua_State *L, struct walk *w, int doc_anchor, const struct tree *t, uint32_t node)
{
	int top = lua_gettop(L);
	lua_rawgeti(L, w->anchors, doc_anchor);
	node_push(L, top + 1, node);
	call_filter(L, w, t->nodes[node].kind);
	bool inside = lua_isnil(L, -1) || lua_toboolean(L, -1);
	enum node_kind stood = t->nodes[node].kind;
	int result = lua_gettop(L) - 1;
	if (lua_isnil(L, result)) {
		if (inside)
			enter(L, w, doc_anchor, t, node, false);
		else {
			node_push(L, top + 1, node);
			walk_append(L, w, lua_gettop(L), stood);
		}
	} else if (!inside || lua_type(L, result) == LUA_TSTRING) {
		walk_append(L, w, result, stood);
	} else {
		if (!lua_istable(L, result)) {
			lua_createtable(L, 1, 0);
			lua_pushvalue(L, result);
			lua_rawseti(L, -2, 1);
			lua_replace(L, result);
		}
		lua_pushvalue(L, result);
		int list = walk_anchor(L, w);
		struct walk_frame *f = walk_push_frame(L, w);
		f->is_list = true;
		f->anchor = list;
		f->next = 1;
	}
	lua_settop(L, top);
}

/* The next item of a splice: its inside is filtered, itself not again. */
static void visit_item(lua_State *L, struct walk *w)
{
	struct walk_frame *f = &w->frames[w->n - 1];
	int top = lua_gettop(L);
	lua_rawgeti(L, w->anchors, f->anchor);
	int type = lua_rawgeti(L, -1, (lua_Integer)f->next++);
	if (type == LUA_TNIL) {
		w->n--;
	} else if (type == LUA_TUSERDATA && node_test(L, -1)) {
		const struct node_ref *n = lua_touserdata(L, -1);
		const struct tree *t = n->box->tree;
		uint32_t node = n->node;
		node_push_doc(L, -1);
		int doc_anchor = walk_anchor(L, w);
		if (t->nodes[node].kind == NODE_DOCUMENT)
			make_append(L, &w->build, top + 2, w->source, 0, "walk");
		else if (f->fresh && w->has[t->nodes[node].kind])
			visit_topdown(L, w, doc_anchor, t, node);
		else
			enter(L, w, doc_anchor, t, node, false);
	} else {
		make_append(L, &w->build, top + 2, w->source, 0, "walk");
	}
	lua_settop(L, top);
}

/* ---------------------------------------------------------------- bottom-up */

/* Pushes a finished small tree as a document of its own, and its node. */
static void push_tree(lua_State *L, struct walk *w, struct tree_build *b, uint32_t root)
{
	struct tree t;
	tree_build_finish(b, &t);
	make_check(L, b);
	box_push_tree(L, &t, w->doc, root);
	arena_reset(&state_of(L)->arena);
	node_push(L, -1, root);
}

static void begin_tree(lua_State *L, struct tree_build *b)
{
	struct state *s = state_of(L);
	arena_reset(&s->arena);
	make_begin(L, b, &s->arena);
}

/* Pushes what was built as a node of its own. */
static void push_built(lua_State *L, struct walk *w, uint32_t built)
{
	struct tree_build b;
	begin_tree(L, &b);
	tree_copy(&b, &w->build.tree, built, true);
	push_tree(L, w, &b, 1);
}

/* The same of a node that is still open; a document becomes the document. */
void walk_push_open(lua_State *L, struct walk *w, uint32_t built)
{
	const struct tree *t = &w->build.tree;
	struct tree_build b;
	begin_tree(L, &b);
	if (built)
		tree_copy_open(&b, t, built, true);
	for (uint32_t child = built + 1; child < t->n_nodes; child = t->nodes[child].end)
		tree_copy(&b, t, child, true);
	push_tree(L, w, &b, built ? 1 : 0);
}

static void mark_changed(struct walk *w)
{
	for (size_t i = w->n; i-- > 0;) {
		w->frames[i].changed = true;
		if (!w->frames[i].is_list)
			return;
	}
}

static void leave(lua_State *L, struct walk *w)
{
	walk_filter_built(L, w, &w->frames[w->n - 1]);
	struct walk_frame f = w->frames[--w->n];
	int top = lua_gettop(L);
	const struct tree *t = walk_frame_tree(L, w, &f);
	enum node_kind kind = t->nodes[f.node].kind;
	struct node *copy = tree_node(&w->build, f.built);
	uint32_t to = copy ? copy->to : TREE_NONE;
	tree_close(&w->build, TREE_NONE);
	if (copy)
		copy->to = to;
	make_check(L, &w->build);
	if (f.filtered && w->has[kind]) {
		lua_rawgeti(L, w->anchors, f.anchor);
		if (f.changed)
			push_built(L, w, f.built);
		else
			node_push(L, -1, f.node);
		call_filter(L, w, kind);
		int result = lua_gettop(L) - 1;
		if (!lua_isnil(L, result)) {
			tree_truncate(&w->build, f.built);
			walk_append(L, w, result, kind);
			f.changed = true;
		}
	}
	if (f.changed)
		mark_changed(w);
	lua_settop(L, top);
}

/* -------------------------------------------------------------------- walks */

static void walk_loop(lua_State *L, struct walk *w, size_t floor)
{
	while (w->n > floor) {
		struct walk_frame *f = &w->frames[w->n - 1];
		state_spend(L, 5);
		if (f->is_list) {
			visit_item(L, w);
			continue;
		}
		if (f->next == TREE_NONE) {
			if (w->n == 1) {
				walk_filter_built(L, w, f);
				return; /* the outermost is closed by the caller */
			}
			leave(L, w);
			continue;
		}
		const struct tree *t = walk_frame_tree(L, w, f);
		uint32_t child = f->next;
		int doc_anchor = f->anchor;
		f->next = tree_next(t, child);
		if (w->topdown && w->has[t->nodes[child].kind])
			visit_topdown(L, w, doc_anchor, t, child);
		else
			enter(L, w, doc_anchor, t, child, !w->topdown);
	}
}

static _Noreturn void bad_filter_key(lua_State *L, const char *key)
{
	char hint[100] = "keys are kinds of nodes, blocks, inlines, and traverse = \"topdown\"";
	const char *near = error_nearest(key, make_kind_names());
	if (near)
		snprintf(hint, sizeof hint, "did you mean \"%s\"?", near);
	state_raise(L, QUERN_RUNTIME, hint, "walk: \"%s\" is no kind of node", key);
}

static void read_filter(lua_State *L, struct walk *w)
{
	luaL_checktype(L, w->filter, LUA_TTABLE);
	entry_settle(L, w->filter);
	for (lua_pushnil(L); lua_next(L, w->filter); lua_pop(L, 1)) {
		struct str key = STR_EMPTY;
		if (lua_type(L, -2) == LUA_TSTRING)
			key.p = lua_tolstring(L, -2, &key.n);
		if (str_eq(key, STR_LIT("traverse"))) {
			const char *how = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
			w->topdown = strcmp(how, "topdown") == 0;
			if (!w->topdown && strcmp(how, "bottomup") != 0)
				state_raise(L, QUERN_RUNTIME, "", "walk: traverse is \"topdown\" or \"bottomup\"");
			continue;
		}
		const bool blocks = str_eq(key, STR_LIT("blocks")), inlines = str_eq(key, STR_LIT("inlines"));
		enum node_kind kind = node_kind_find(key);
		if (!blocks && !inlines && (!kind || kind == NODE_DOCUMENT))
			bad_filter_key(L, key.n ? key.p : "?");
		if (!lua_isfunction(L, -1))
			state_raise(L, QUERN_RUNTIME, "", "walk: %s must be a function, not a %s", key.p,
				    luaL_typename(L, -1));
		w->has_blocks = w->has_blocks || blocks;
		w->has_inlines = w->has_inlines || inlines;
		w->has[kind] = true;
	}
}

int bind_walk(lua_State *L, int doc, uint32_t root, int filter)
{
	struct tree made;
	struct doc_box *b = lua_touserdata(L, doc);
	const struct tree *t = box_tree(L, b);
	luaL_checkstack(L, 20, NULL);
	struct walk *w = arena_push(L, sizeof *w);
	w->filter = lua_absindex(L, filter);
	w->doc = lua_absindex(L, doc);
	lua_newtable(L);
	w->anchors = lua_gettop(L);
	w->source = b->like ? b->like : b->record;
	read_filter(L, w);
	make_begin(L, &w->build, &w->arena);
	make_check(L, &w->build);
	lua_pushvalue(L, w->doc);
	int doc_anchor = walk_anchor(L, w);
	if (t->nodes[root].kind == NODE_DOCUMENT) {
		struct walk_frame *f = walk_push_frame(L, w);
		f->anchor = doc_anchor;
		f->node = root;
		f->next = tree_first(t, root);
		if (w->topdown)
			walk_filter_below(L, w);
	} else {
		enter(L, w, doc_anchor, t, root, false);
	}
	bool whole = t->nodes[root].kind == NODE_DOCUMENT;
	walk_loop(L, w, 0);
	if (tree_build_finish(&w->build, &made) != BUILD_OK)
		make_check(L, &w->build);
	uint32_t made_root = whole ? 0 : 1;
	box_push_tree(L, &made, w->doc, made_root);
	arena_release(&w->arena);
	if (!whole || lua_touserdata(L, 1) != b)
		node_push(L, -1, made_root);
	return 1;
}
