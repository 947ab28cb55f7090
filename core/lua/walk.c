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
#include "lua/doc_box.h"
#include "lua/error.h"
#include "lua/make.h"
#include "lua/state.h"

struct frame {
	int anchor; /* in the table of anchors: the document, or the list of a splice */
	bool is_list;
	bool fresh;     /* list: the functions for its members' kinds are still to be called */
	bool filtered;  /* bottom-up: the function for its kind is still to be called */
	bool changed;   /* something below was replaced */
	uint32_t node;  /* in its document */
	uint32_t next;  /* child to visit, or (list) item */
	uint32_t built; /* in the copy */
};

struct walk {
	struct arena arena;
	struct tree_build build;
	struct frame *frames;
	size_t n, cap;
	/* Stack indices. */
	int filter, doc, anchors;
	int n_anchors;
	const struct record *source;
	bool topdown;
	bool has[NODE_KIND_LIMIT];
	bool has_blocks, has_inlines;
};

static void filter_below(lua_State *L, struct walk *w);

static int anchor(lua_State *L, struct walk *w)
{
	/* The value on top. */
	lua_rawseti(L, w->anchors, ++w->n_anchors);
	return w->n_anchors;
}

static const struct tree *frame_tree(lua_State *L, const struct walk *w, const struct frame *f)
{
	lua_rawgeti(L, w->anchors, f->anchor);
	const struct doc_box *b = lua_touserdata(L, -1);
	lua_pop(L, 1);
	return b->tree;
}

static struct frame *push_frame(lua_State *L, struct walk *w)
{
	struct frame *moved = arena_grow(&w->arena, w->frames, &w->cap, w->n + 1, sizeof *w->frames);
	if (!moved)
		budget_kill(&state_of(L)->budget, QUERN_NOMEM);
	w->frames = moved;
	struct frame *f = &moved[w->n++];
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
	struct frame *f = push_frame(L, w);
	f->anchor = doc_anchor;
	f->node = node;
	f->next = tree_first(t, node);
	f->built = built;
	f->filtered = filtered;
	if (w->topdown)
		filter_below(L, w);
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
static void append_result(lua_State *L, struct walk *w, int at, enum node_kind stood)
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
			append_result(L, w, lua_gettop(L), stood);
		}
	} else if (!inside || lua_type(L, result) == LUA_TSTRING) {
		append_result(L, w, result, stood);
	} else {
		if (!lua_istable(L, result)) {
			lua_createtable(L, 1, 0);
			lua_pushvalue(L, result);
			lua_rawseti(L, -2, 1);
			lua_replace(L, result);
		}
		lua_pushvalue(L, result);
		int list = anchor(L, w);
		struct frame *f = push_frame(L, w);
		f->is_list = true;
		f->anchor = list;
		f->next = 1;
	}
	lua_settop(L, top);
}

/* The next item of a splice: its inside is filtered, itself not again. */
static void visit_item(lua_State *L, struct walk *w)
{
	struct frame *f = &w->frames[w->n - 1];
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
		int doc_anchor = anchor(L, w);
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
	tree_build_init(b, &s->arena, s->env->record_limits.max_nodes);
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
static void push_open(lua_State *L, struct walk *w, uint32_t built)
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

/* -------------------------------------------------------------------- lists */

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
		append_result(L, w, lua_gettop(L), stood);
		lua_pop(L, 1);
	}
}

/* Bottom-up: what is below the innermost frame is built; its lists may be replaced. */
static void filter_built(lua_State *L, struct walk *w, struct frame *f)
{
	const struct tree *t = frame_tree(L, w, f);
	const enum node_kind kind = t->nodes[f->node].kind;
	const bool document = f->built == 0;
	int top = lua_gettop(L);
	bool inside = true;
	if (w->topdown || !(w->has_blocks || w->has_inlines) || !holds_lists(kind) ||
	    w->build.tree.n_nodes == f->built + 1)
		return;
	if (f->changed) {
		push_open(L, w, f->built);
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
static void filter_below(lua_State *L, struct walk *w)
{
	struct frame *f = &w->frames[w->n - 1];
	const struct tree *t = frame_tree(L, w, f);
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
		const int list = anchor(L, w);
		struct frame *members = push_frame(L, w);
		members->is_list = members->fresh = true;
		members->anchor = list;
		members->next = 1;
	}
	lua_settop(L, top);
}

/* ---------------------------------------------------------- bottom-up, again */

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
	filter_built(L, w, &w->frames[w->n - 1]);
	struct frame f = w->frames[--w->n];
	int top = lua_gettop(L);
	const struct tree *t = frame_tree(L, w, &f);
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
			append_result(L, w, result, kind);
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
		struct frame *f = &w->frames[w->n - 1];
		state_spend(L, 5);
		if (f->is_list) {
			visit_item(L, w);
			continue;
		}
		if (f->next == TREE_NONE) {
			if (w->n == 1) {
				filter_built(L, w, f);
				return; /* the outermost is closed by the caller */
			}
			leave(L, w);
			continue;
		}
		const struct tree *t = frame_tree(L, w, f);
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
	tree_build_init(&w->build, &w->arena, state_of(L)->env->record_limits.max_nodes);
	make_check(L, &w->build);
	lua_pushvalue(L, w->doc);
	int doc_anchor = anchor(L, w);
	if (t->nodes[root].kind == NODE_DOCUMENT) {
		struct frame *f = push_frame(L, w);
		f->anchor = doc_anchor;
		f->node = root;
		f->next = tree_first(t, root);
		if (w->topdown)
			filter_below(L, w);
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
