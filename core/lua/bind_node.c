/*
 * bind_node.c - the node: relatives, place, fields and methods.
 *
 * A node is created for Lua only when it is handed out; walking is done by
 * iterators in C over the flat array.
 */
#include <lauxlib.h>
#include <string.h>

#include "lua/bind.h"
#include "lua/doc_box.h"
#include "lua/state.h"

enum node_field {
	FIELD_OF_KIND, /* level, url, literal, ...: tree_field knows */
	NODE_GET_KIND,
	NODE_GET_PARENT,
	NODE_GET_FIRST,
	NODE_GET_LAST,
	NODE_GET_NEXT,
	NODE_GET_PREV,
	NODE_GET_LINE,
	NODE_GET_SPAN,
	NODE_GET_ATTRIBUTES,
	NODE_GET_DOC
};

static const struct bind_field fields[] = {
	{ "kind", NODE_GET_KIND },
	{ "parent", NODE_GET_PARENT },
	{ "first", NODE_GET_FIRST },
	{ "last", NODE_GET_LAST },
	{ "next", NODE_GET_NEXT },
	{ "prev", NODE_GET_PREV },
	{ "line", NODE_GET_LINE },
	{ "span", NODE_GET_SPAN },
	{ "attributes", NODE_GET_ATTRIBUTES },
	{ "doc", NODE_GET_DOC },
	{ "level", FIELD_OF_KIND },
	{ "ordered", FIELD_OF_KIND },
	{ "start", FIELD_OF_KIND },
	{ "tight", FIELD_OF_KIND },
	{ "checked", FIELD_OF_KIND },
	{ "info", FIELD_OF_KIND },
	{ "literal", FIELD_OF_KIND },
	{ "align", FIELD_OF_KIND },
	{ "header", FIELD_OF_KIND },
	{ "colspan", FIELD_OF_KIND },
	{ "rowspan", FIELD_OF_KIND },
	{ "label", FIELD_OF_KIND },
	{ "tag", FIELD_OF_KIND },
	{ "url", FIELD_OF_KIND },
	{ "title", FIELD_OF_KIND },
	{ NULL, 0 },
};

static void push_aligns(lua_State *L, struct str aligns)
{
	lua_createtable(L, (int)aligns.n, 0);
	for (size_t i = 0; i < aligns.n; i++) {
		char c = aligns.p[i];
		lua_pushstring(L, c == 'l' ? "left" : c == 'c' ? "center" : c == 'r' ? "right" : "none");
		lua_rawseti(L, -2, (lua_Integer)i + 1);
	}
}

static void push_field(lua_State *L, const struct tree *t, uint32_t node)
{
	struct str name;
	name.p = lua_tolstring(L, 2, &name.n);
	struct field f = tree_field(t, node, name);
	switch (f.type) {
	case FIELD_BOOL:
		lua_pushboolean(L, f.boolean);
		break;
	case FIELD_INT:
		lua_pushinteger(L, f.integer);
		break;
	case FIELD_STRING:
		lua_pushlstring(L, f.string.n ? f.string.p : "", f.string.n);
		break;
	case FIELD_ALIGNS:
		push_aligns(L, f.string);
		break;
	default:
		lua_pushnil(L);
	}
}

/* The record whose source the spans of this tree are offsets into. */
static struct record *source_record(lua_State *L, struct doc_box *b)
{
	if (b->like)
		return b->like;
	return b->record ? b->record : box_record(L, b);
}

static bool has_span(const struct tree *t, uint32_t node)
{
	const struct node *n = &t->nodes[node];
	return !(n->flags & NODE_NO_SPAN) && n->from != TREE_NONE && n->to != TREE_NONE;
}

void bind_push_line(lua_State *L, struct doc_box *b, uint32_t node)
{
	uint32_t line = 0, column;
	/* A tree of Lua's own making has no source at all. */
	if (has_span(b->tree, node) && (b->record || b->like))
		record_position(source_record(L, b), b->tree->nodes[node].from, &line, &column);
	if (line)
		lua_pushinteger(L, line);
	else
		lua_pushnil(L);
}

static void push_span(lua_State *L, struct doc_box *b, uint32_t node)
{
	static const char *const names[] = { "line", "column", "end_line", "end_column" };
	uint32_t at[4] = { 0 };
	const struct node *n = &b->tree->nodes[node];
	if (!has_span(b->tree, node) || !(b->record || b->like)) {
		lua_pushnil(L);
		return;
	}
	struct record *r = source_record(L, b);
	record_position(r, n->from, &at[0], &at[1]);
	record_position(r, n->to > n->from ? n->to - 1 : n->to, &at[2], &at[3]);
	lua_createtable(L, 0, 4);
	for (int i = 0; i < 4; i++) {
		lua_pushinteger(L, at[i]);
		lua_setfield(L, -2, names[i]);
	}
}

static void push_attributes(lua_State *L, const struct tree *t, uint32_t node)
{
	const struct node *n = &t->nodes[node];
	lua_createtable(L, 0, (int)n->n_attr);
	for (uint32_t i = n->attr; i < n->attr + n->n_attr; i++) {
		struct str key = tree_str(t, t->attrs[i].key), value = tree_str(t, t->attrs[i].value);
		lua_pushlstring(L, key.n ? key.p : "", key.n);
		lua_pushlstring(L, value.n ? value.p : "", value.n);
		lua_rawset(L, -3);
	}
}

static uint32_t relative(const struct doc_box *b, uint32_t node, enum node_field which)
{
	const struct tree *t = b->tree;
	switch (which) {
	case NODE_GET_FIRST:
		return tree_first(t, node);
	case NODE_GET_LAST:
		return tree_last(t, node);
	default:
		break;
	}
	if (node == b->root)
		return TREE_NONE;
	if (which == NODE_GET_PARENT)
		return tree_parent(t, node);
	return which == NODE_GET_NEXT ? tree_next(t, node) : tree_prev(t, node);
}

static int node_index(lua_State *L)
{
	struct node_ref *n = lua_touserdata(L, 1);
	lua_settop(L, 2);
	lua_pushvalue(L, 2);
	if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNUMBER)
		return 1; /* a method, or nil */
	box_alive(L, n->box);
	const struct tree *t = n->box->tree;
	enum node_field which = (enum node_field)lua_tointeger(L, -1);
	switch (which) {
	case FIELD_OF_KIND:
		push_field(L, t, n->node);
		break;
	case NODE_GET_KIND:
		lua_pushstring(L, node_kind_name(t->nodes[n->node].kind));
		break;
	case NODE_GET_LINE:
		bind_push_line(L, n->box, n->node);
		break;
	case NODE_GET_SPAN:
		push_span(L, n->box, n->node);
		break;
	case NODE_GET_ATTRIBUTES:
		push_attributes(L, t, n->node);
		break;
	case NODE_GET_DOC:
		node_push_doc(L, 1);
		break;
	default:
		node_push_doc(L, 1);
		node_push(L, -1, relative(n->box, n->node, which));
	}
	return 1;
}

static int node_eq(lua_State *L)
{
	const struct node_ref *a = node_test(L, 1), *b = node_test(L, 2);
	lua_pushboolean(L, a && b && a->box == b->box && a->node == b->node);
	return 1;
}

/* Structure, not identity: node:equals(other) */
static int node_equals(lua_State *L)
{
	const struct node_ref *a = node_check(L, 1), *b = node_check(L, 2);
	const struct tree *t = a->box->tree, *u = b->box->tree;
	const uint32_t size = t->nodes[a->node].end - a->node, other = u->nodes[b->node].end - b->node;
	state_spend(L, 5 * (size_t)(size < other ? size : other));
	lua_pushboolean(L, tree_equal(t, a->node, u, b->node, NULL));
	return 1;
}

/* ---------------------------------------------------------------- iterators */

/* Upvalues: document, next node, last node's end (descendants only). */
static int children_next(lua_State *L)
{
	int doc = lua_upvalueindex(1);
	const struct doc_box *b = lua_touserdata(L, doc);
	uint32_t at = (uint32_t)lua_tointeger(L, lua_upvalueindex(2));
	box_alive(L, b);
	state_spend(L, 5);
	if (at == TREE_NONE)
		return 0;
	lua_pushinteger(L, tree_next(b->tree, at));
	lua_replace(L, lua_upvalueindex(2));
	node_push(L, doc, at);
	return 1;
}

static int node_children(lua_State *L)
{
	const struct node_ref *n = node_check(L, 1);
	node_push_doc(L, 1);
	lua_pushinteger(L, tree_first(n->box->tree, n->node));
	lua_pushcclosure(L, children_next, 2);
	return 1;
}

static int descendants_next(lua_State *L)
{
	int doc = lua_upvalueindex(1);
	const struct doc_box *b = lua_touserdata(L, doc);
	lua_Integer at = lua_tointeger(L, lua_upvalueindex(2));
	box_alive(L, b);
	state_spend(L, 5);
	if (at >= lua_tointeger(L, lua_upvalueindex(3)))
		return 0;
	lua_pushinteger(L, at + 1);
	lua_replace(L, lua_upvalueindex(2));
	node_push(L, doc, (uint32_t)at);
	return 1;
}

static int node_descendants(lua_State *L)
{
	const struct node_ref *n = node_check(L, 1);
	node_push_doc(L, 1);
	lua_pushinteger(L, (lua_Integer)n->node + 1);
	lua_pushinteger(L, n->box->tree->nodes[n->node].end);
	lua_pushcclosure(L, descendants_next, 3);
	return 1;
}

/* ------------------------------------------------------------------ methods */

/* Checks self and pushes its document at index *doc. */
static const struct node_ref *self(lua_State *L, int *doc)
{
	const struct node_ref *n = node_check(L, 1);
	node_push_doc(L, 1);
	*doc = lua_gettop(L);
	return n;
}

static int node_text(lua_State *L)
{
	int doc;
	lua_settop(L, 2);
	const struct node_ref *n = self(L, &doc);
	return bind_text(L, doc, n->node);
}

static int node_source(lua_State *L)
{
	const struct node_ref *n = node_check(L, 1);
	struct doc_box *b = n->box;
	const struct node *at = &b->tree->nodes[n->node];
	if (!has_span(b->tree, n->node) || !(b->record || b->like)) {
		lua_pushliteral(L, "");
		return 1;
	}
	struct str source = record_source(source_record(L, b));
	uint32_t to = at->to < source.n ? at->to : (uint32_t)source.n;
	if (at->from < to)
		lua_pushlstring(L, source.p + at->from, to - at->from);
	else
		lua_pushliteral(L, "");
	return 1;
}

static int node_select(lua_State *L)
{
	int doc;
	lua_settop(L, 2);
	const struct node_ref *n = self(L, &doc);
	return bind_select(L, doc, n->node, 2);
}

static int node_each(lua_State *L)
{
	int doc;
	lua_settop(L, 2);
	const struct node_ref *n = self(L, &doc);
	return bind_each(L, doc, n->node, 2);
}

static int node_select_one(lua_State *L)
{
	int doc;
	lua_settop(L, 2);
	const struct node_ref *n = self(L, &doc);
	return bind_select_one(L, doc, n->node, 2);
}

static int node_render(lua_State *L)
{
	int doc;
	lua_settop(L, 3);
	const struct node_ref *n = self(L, &doc);
	return bind_render(L, doc, n->node, 2);
}

static int node_walk(lua_State *L)
{
	int doc;
	lua_settop(L, 2);
	const struct node_ref *n = self(L, &doc);
	return bind_walk(L, doc, n->node, 2);
}

static int node_blocks(lua_State *L)
{
	int doc;
	lua_settop(L, 2);
	const struct node_ref *n = self(L, &doc);
	return bind_blocks(L, doc, n->node, 2);
}

static int node_finds(lua_State *L)
{
	int doc;
	lua_settop(L, 3);
	const struct node_ref *n = self(L, &doc);
	return bind_finds(L, doc, n->node);
}

static int node_rank(lua_State *L)
{
	const struct node_ref *n = node_check(L, 1);
	box_tree(L, n->box);
	return bind_rank_node(L, n->box, n->node);
}

/* {level, title, line, node} of the heading that governs this node; nil before the first. */
static int node_section(lua_State *L)
{
	int doc;
	lua_settop(L, 1);
	const struct node_ref *n = self(L, &doc);
	const struct tree *t = n->box->tree;
	uint32_t heading = t->nodes[n->node].section;
	if (heading == TREE_NONE || heading >= t->n_nodes) {
		lua_pushnil(L);
		return 1;
	}
	struct state *s = state_of(L);
	lua_createtable(L, 0, 4);
	lua_pushinteger(L, t->nodes[heading].number);
	lua_setfield(L, -2, "level");
	bind_push_line(L, n->box, heading);
	lua_setfield(L, -2, "line");
	buf_clear(&s->scratch);
	tree_text(&s->scratch, t, heading, TEXT_ONE_LINE);
	budget_spend(&s->budget, t->nodes[heading].end - heading);
	bind_push_scratch(L);
	lua_setfield(L, -2, "title");
	node_push(L, doc, heading);
	lua_setfield(L, -2, "node");
	return 1;
}

void bind_node_open(lua_State *L)
{
	static const luaL_Reg meta[] = { { "__eq", node_eq }, { NULL, NULL } };
	static const luaL_Reg methods[] = {
		{ "children", node_children },
		{ "descendants", node_descendants },
		{ "text", node_text },
		{ "source", node_source },
		{ "blocks", node_blocks },
		{ "finds", node_finds },
		{ "rank", node_rank },
		{ "select", node_select },
		{ "each", node_each },
		{ "select_one", node_select_one },
		{ "section", node_section },
		{ "render", node_render },
		{ "walk", node_walk },
		{ "equals", node_equals },
		{ NULL, NULL },
	};
	bind_type(L, REF_NODE_META, "node", meta, node_index, fields, methods);
}
