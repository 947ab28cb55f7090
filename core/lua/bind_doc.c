/*
 * bind_doc.c - the document: its fields and methods.
 *
 * Front matter becomes tables once a document; the body is read when first
 * asked for.
 */
#include <lauxlib.h>
#include <string.h>

#include "doc/view.h"
#include "doc/write.h"
#include "lua/bind.h"
#include "lua/doc_box.h"
#include "lua/state.h"
#include "lua/value_lua.h"

enum doc_field { DOC_PATH, DOC_FORMAT, DOC_DIGEST, DOC_META, DOC_TITLE, DOC_TITLE_SOURCE, DOC_BODY, DOC_DIAGNOSTICS };

static const struct bind_field fields[] = {
	{ "path", DOC_PATH },
	{ "format", DOC_FORMAT },
	{ "digest", DOC_DIGEST },
	{ "meta", DOC_META },
	{ "title", DOC_TITLE },
	{ "title_source", DOC_TITLE_SOURCE },
	{ "body", DOC_BODY },
	{ "diagnostics", DOC_DIAGNOSTICS },
	{ NULL, 0 },
};

static void push_meta(lua_State *L, struct doc_box *b)
{
	if (!b->has_meta) {
		value_push(L, record_meta(box_record(L, b)));
		lua_setiuservalue(L, 1, 1);
		b->has_meta = true;
	}
	lua_getiuservalue(L, 1, 1);
}

static void push_title(lua_State *L, struct doc_box *b)
{
	struct str title = record_title(box_record(L, b), NULL);
	lua_pushlstring(L, title.n ? title.p : "", title.n);
}

static void push_title_source(lua_State *L, struct doc_box *b)
{
	static const char *const names[] = { "none", "front_matter", "heading", "html", "first_line" };
	enum title_source from = TITLE_NONE;
	record_title(box_record(L, b), &from);
	lua_pushstring(L, names[from]);
}

static void push_diagnostics(lua_State *L, struct doc_box *b)
{
	const struct diags *d = record_diags(box_record(L, b));
	lua_createtable(L, (int)d->n, 0);
	for (size_t i = 0; i < d->n; i++) {
		lua_createtable(L, 0, 5);
		lua_pushstring(L, severity_name(d->items[i].severity));
		lua_setfield(L, -2, "severity");
		lua_pushinteger(L, d->items[i].line);
		lua_setfield(L, -2, "line");
		lua_pushinteger(L, d->items[i].column);
		lua_setfield(L, -2, "column");
		lua_pushstring(L, d->items[i].message);
		lua_setfield(L, -2, "message");
		lua_pushstring(L, d->items[i].hint);
		lua_setfield(L, -2, "hint");
		lua_rawseti(L, -2, (lua_Integer)i + 1);
	}
}

static int doc_index(lua_State *L)
{
	struct doc_box *b = lua_touserdata(L, 1);
	lua_settop(L, 2);
	if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNUMBER)
		return 1; /* a method, or nil */
	box_alive(L, b);
	switch ((enum doc_field)lua_tointeger(L, -1)) {
	case DOC_PATH:
		lua_pushstring(L, record_path(box_record(L, b)));
		break;
	case DOC_FORMAT:
		lua_pushstring(L, doc_format_name(record_format(box_record(L, b))));
		break;
	case DOC_DIGEST:
		lua_pushstring(L, record_digest(box_record(L, b)));
		break;
	case DOC_META:
		push_meta(L, b);
		break;
	case DOC_TITLE:
		push_title(L, b);
		break;
	case DOC_TITLE_SOURCE:
		push_title_source(L, b);
		break;
	case DOC_BODY:
		box_tree(L, b);
		node_push(L, 1, b->root);
		break;
	case DOC_DIAGNOSTICS:
		push_diagnostics(L, b);
		break;
	}
	return 1;
}

/* -------------------------------------------------------------------- views */

static int doc_tables(lua_State *L)
{
	struct doc_box *b = box_check(L, 1);
	struct state *s = b->state;
	struct value list;
	const struct tree *t = box_tree(L, b);
	struct record *r = box_record(L, b);
	arena_reset(&s->arena);
	if (!view_tables(r, &s->arena, &list))
		budget_kill(&s->budget, QUERN_NOMEM);
	budget_spend(&s->budget, t->n_nodes);
	value_push(L, &list);
	arena_reset(&s->arena);
	return 1;
}

static int64_t index_of(const struct value *entry, const char *key)
{
	const struct value *v = value_getz(entry, key);
	return v && v->kind == VALUE_INT ? v->as.integer : -1;
}

/* {level, title, line, heading, blocks} */
static void push_section(lua_State *L, const struct tree *t, const struct value *entry)
{
	int64_t heading = index_of(entry, "node"), first = index_of(entry, "first"), last = index_of(entry, "last");
	static const char *const plain[] = { "level", "title", "line" };
	lua_createtable(L, 0, 5);
	for (size_t i = 0; i < 3; i++) {
		const struct value *v = value_getz(entry, plain[i]);
		if (v && v->kind != VALUE_NULL)
			value_push(L, v);
		else
			lua_pushnil(L);
		lua_setfield(L, -2, plain[i]);
	}
	if (heading >= 0) {
		node_push(L, 1, (uint32_t)heading);
		lua_setfield(L, -2, "heading");
	}
	lua_newtable(L);
	uint32_t end = last >= 0 ? t->nodes[last].end : 0, i = first >= 0 ? (uint32_t)first : TREE_NONE;
	for (lua_Integer n = 1; i != TREE_NONE; n++) {
		node_push(L, 1, i);
		lua_rawseti(L, -2, n);
		i = view_section_block(t, t->nodes[i].end, end);
	}
	lua_setfield(L, -2, "blocks");
}

static int doc_sections(lua_State *L)
{
	struct doc_box *b = box_check(L, 1);
	struct state *s = b->state;
	struct value list;
	const struct tree *t = box_tree(L, b);
	struct record *r = box_record(L, b);
	arena_reset(&s->arena);
	if (!view_sections(r, &s->arena, &list))
		budget_kill(&s->budget, QUERN_NOMEM);
	budget_spend(&s->budget, t->n_nodes);
	lua_createtable(L, (int)list.as.list.n, 0);
	for (size_t i = 0; i < list.as.list.n; i++) {
		push_section(L, t, &list.as.list.items[i]);
		lua_rawseti(L, -2, (lua_Integer)i + 1);
	}
	arena_reset(&s->arena);
	return 1;
}

/* ------------------------------------------------------------------ methods */

static int doc_text(lua_State *L)
{
	struct doc_box *b = box_check(L, 1);
	return bind_text(L, 1, b->root);
}

static int doc_source(lua_State *L)
{
	struct str source = record_source(box_record(L, box_check(L, 1)));
	lua_pushlstring(L, source.n ? source.p : "", source.n);
	return 1;
}

static int doc_select(lua_State *L)
{
	return bind_select(L, 1, box_check(L, 1)->root, 2);
}

static int doc_each(lua_State *L)
{
	return bind_each(L, 1, box_check(L, 1)->root, 2);
}

static int doc_select_one(lua_State *L)
{
	return bind_select_one(L, 1, box_check(L, 1)->root, 2);
}

static int doc_render(lua_State *L)
{
	return bind_render(L, 1, box_check(L, 1)->root, 2);
}

static int doc_walk(lua_State *L)
{
	return bind_walk(L, 1, box_check(L, 1)->root, 2);
}

void bind_doc_open(lua_State *L)
{
	static const luaL_Reg meta[] = { { "__gc", box_gc }, { NULL, NULL } };
	static const luaL_Reg methods[] = {
		{ "outline", bind_outline }, { "sections", doc_sections },
		{ "images", bind_images },   { "links", bind_links },
		{ "tables", doc_tables },    { "text", doc_text },
		{ "source", doc_source },    { "select", doc_select },
		{ "each", doc_each },        { "select_one", doc_select_one },
		{ "render", doc_render },    { "walk", doc_walk },
		{ "fields", bind_fields },   { NULL, NULL },
	};
	bind_type(L, REF_DOC_META, "document", meta, doc_index, fields, methods);
}
