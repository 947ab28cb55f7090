/*
 * doc_box.c - life of documents and nodes on the Lua side.
 *
 * Records are counted outside the Lua heap, so every box that holds one is in
 * a list of the state: whether the collector, the end of the call or a kill
 * comes first, the reference is given back once.
 */
#include "lua/doc_box.h"

#include <string.h>

static void box_link(struct doc_box *b)
{
	struct state *s = b->state;
	b->prev = NULL;
	b->next = s->boxes;
	if (b->next)
		b->next->prev = b;
	s->boxes = b;
	b->listed = true;
}

static void box_release(struct doc_box *b)
{
	if (b->listed) {
		if (b->prev)
			b->prev->next = b->next;
		else
			b->state->boxes = b->next;
		if (b->next)
			b->next->prev = b->prev;
	}
	b->listed = false;
	record_unref(b->record);
	b->record = NULL;
}

int box_gc(lua_State *L)
{
	struct doc_box *b = lua_touserdata(L, 1);
	if (b->record)
		box_release(b);
	return 0;
}

void box_end_call(struct state *s)
{
	struct doc_box *next;
	for (struct doc_box *b = s->boxes; b; b = next) {
		next = b->next;
		if (!b->lasting)
			box_release(b);
	}
}

void box_release_all(struct state *s)
{
	while (s->boxes)
		box_release(s->boxes);
}

static struct doc_box *box_new(lua_State *L, size_t extra)
{
	struct doc_box *b = lua_newuserdatauv(L, sizeof *b + extra, 2);
	memset(b, 0, sizeof *b);
	b->state = state_of(L);
	b->call = b->state->call;
	b->lasting = b->state->loading;
	return b;
}

struct doc_box *box_push_empty(lua_State *L)
{
	struct doc_box *b = box_new(L, 0);
	state_get(L, REF_DOC_META);
	lua_setmetatable(L, -2);
	return b;
}

void box_hold(struct doc_box *b, struct record *r)
{
	b->record = r;
	box_link(b);
}

struct doc_box *box_push_tree(lua_State *L, const struct tree *t, int like_index, uint32_t root)
{
	size_t nodes = t->n_nodes * sizeof *t->nodes;
	size_t attrs = t->n_attrs * sizeof *t->attrs;
	like_index = like_index ? lua_absindex(L, like_index) : 0;
	budget_spend(&state_of(L)->budget, (nodes + attrs + t->n_pool) / 64);
	struct doc_box *b = box_new(L, nodes + attrs + t->n_pool);
	char *at = (char *)(b + 1);
	b->own = *t;
	b->own.nodes = memcpy(at, t->nodes, nodes);
	b->own.attrs = attrs ? memcpy(at + nodes, t->attrs, attrs) : NULL;
	b->own.pool = at + nodes + attrs;
	if (t->n_pool)
		memcpy(b->own.pool, t->pool, t->n_pool);
	b->tree = &b->own;
	b->root = root;
	if (like_index) {
		struct doc_box *like = lua_touserdata(L, like_index);
		b->like = like->record ? like->record : like->like;
		lua_pushvalue(L, like_index);
		lua_setiuservalue(L, -2, 2);
	}
	state_get(L, REF_DOC_META);
	lua_setmetatable(L, -2);
	return b;
}

void node_push(lua_State *L, int doc, uint32_t node)
{
	if (node == TREE_NONE) {
		lua_pushnil(L);
		return;
	}
	doc = lua_absindex(L, doc);
	struct node_ref *n = lua_newuserdatauv(L, sizeof *n, 1);
	n->box = lua_touserdata(L, doc);
	n->node = node;
	lua_pushvalue(L, doc);
	lua_setiuservalue(L, -2, 1);
	state_get(L, REF_NODE_META);
	lua_setmetatable(L, -2);
}

void node_push_doc(lua_State *L, int node)
{
	lua_getiuservalue(L, node, 1);
}

static bool has_meta(lua_State *L, int arg, enum state_ref meta)
{
	if (lua_type(L, arg) != LUA_TUSERDATA || !lua_getmetatable(L, arg))
		return false;
	bool same = state_is(L, -1, meta);
	lua_pop(L, 1);
	return same;
}

void box_alive(lua_State *L, const struct doc_box *b)
{
	if (b->call != b->state->call && !b->lasting)
		state_raise(L, QUERN_STALE,
			    "a document is gone when its call ends: keep values taken from it, not nodes",
			    "this document belongs to an earlier call and is gone");
}

struct doc_box *box_check(lua_State *L, int arg)
{
	if (!has_meta(L, arg, REF_DOC_META))
		luaL_typeerror(L, arg, "document");
	struct doc_box *b = lua_touserdata(L, arg);
	box_alive(L, b);
	return b;
}

struct node_ref *node_test(lua_State *L, int arg)
{
	if (!has_meta(L, arg, REF_NODE_META))
		return NULL;
	struct node_ref *n = lua_touserdata(L, arg);
	box_alive(L, n->box);
	return n;
}

struct node_ref *node_check(lua_State *L, int arg)
{
	struct node_ref *n = node_test(L, arg);
	if (!n)
		luaL_typeerror(L, arg, "node");
	return n;
}

static _Noreturn void no_body(lua_State *L, struct doc_box *b, enum record_status status)
{
	if (status == RECORD_TOO_LARGE)
		state_raise(L, QUERN_LIMIT, "raise the limits on documents", "the document is over a hard limit");
	if (b->listed && b->like == NULL && status == RECORD_BAD_ENCODING)
		state_raise(L, QUERN_INVALID, "", "the document's encoding is unknown");
	if (status == RECORD_UNREADABLE)
		state_raise(L, QUERN_IO, "", "the rest of the document cannot be read");
	budget_kill(&b->state->budget, QUERN_NOMEM);
}

const struct tree *box_tree(lua_State *L, struct doc_box *b)
{
	if (!b->tree) {
		b->tree = record_tree(b->record);
		if (!b->tree)
			no_body(L, b, record_failed(b->record));
	}
	return b->tree;
}

struct record *box_record(lua_State *L, struct doc_box *b)
{
	if (b->record)
		return b->record;
	struct record *r;
	enum record_status status = record_from_tree(&b->state->outside, b->tree, b->like, &r);
	if (status != RECORD_OK)
		no_body(L, b, status);
	box_hold(b, r);
	return r;
}
