/*
 * bind_make.c - quern.node(kind, fields, children) and quern.parse(text, format).
 *
 * A made node is a small tree of its own, copied whole when it becomes part
 * of another; building from the inside out costs as many copies as levels.
 */
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "doc/dialect.h"
#include "lua/bind.h"
#include "lua/doc_box.h"
#include "lua/entry.h"
#include "lua/error.h"
#include "lua/guard.h"
#include "lua/make.h"
#include "lua/state.h"

static const char *const kind_names[] = {
	"heading",
	"paragraph",
	"block_quote",
	"list",
	"item",
	"code_block",
	"html_block",
	"thematic_break",
	"table",
	"table_row",
	"table_cell",
	"figure",
	"caption",
	"definition_list",
	"term",
	"definition",
	"footnote_definition",
	"container",
	"text",
	"softbreak",
	"linebreak",
	"code",
	"html_inline",
	"emph",
	"strong",
	"strikethrough",
	"link",
	"image",
	"footnote_reference",
	"span",
	"template",
	"document",
	NULL,
};

const char *const *make_kind_names(void)
{
	return kind_names;
}

void make_begin(lua_State *L, struct tree_build *b, struct arena *arena)
{
	struct state *s = state_of(L);
	tree_build_init(b, arena, s->env->record_limits.max_nodes);
	b->spend = state_spend_of;
	b->spend_user = s;
}

void make_check(lua_State *L, const struct tree_build *b)
{
	if (b->status == BUILD_NOMEM)
		budget_kill(&state_of(L)->budget, QUERN_NOMEM);
	if (b->status == BUILD_LIMIT)
		state_raise(L, QUERN_LIMIT, "raise the limits on documents", "the tree has too many nodes");
}

/* An inline that has children: link, strong, span, ... */
static bool is_inline_parent(enum node_kind kind)
{
	return !node_kind_is_block(kind) && node_kind_content(kind) == CONTENT_INLINE;
}

/*
 * HTML has inlines around blocks (a card inside a link), and where a document
 * has one, it and its blocks may stand again; new ones may not.
 */
static bool stood_there(enum node_kind parent, enum node_kind child, enum node_kind stood)
{
	if (!stood || node_kind_is_block(stood) != node_kind_is_block(child))
		return false;
	return node_kind_is_block(child) ? is_inline_parent(parent)
					 : is_inline_parent(child) && node_kind_is_block(parent);
}

/* The kind of a node whose parent takes what this one takes; 0 otherwise. */
static enum node_kind kind_if_alike(const struct tree *t, uint32_t node, enum node_kind parent)
{
	uint32_t from = tree_parent(t, node);
	bool alike = from != TREE_NONE && node_kind_content(t->nodes[from].kind) == node_kind_content(parent);
	return alike ? t->nodes[node].kind : 0;
}

static void check_place(lua_State *L, const struct tree_build *b, enum node_kind child, enum node_kind stood,
			const char *what)
{
	enum node_kind parent = b->tree.nodes[tree_current(b)].kind;
	enum node_content may = node_kind_content(parent);
	bool block = node_kind_is_block(child);
	if (may == CONTENT_FLOW || may == (block ? CONTENT_BLOCK : CONTENT_INLINE))
		return;
	if (stood_there(parent, child, stood))
		return;
	const char *hint = may == CONTENT_NONE    ? "it has no children; set its fields"
			   : may == CONTENT_BLOCK ? "wrap inlines in a paragraph"
						  : "only inlines may stand there";
	state_raise(L, QUERN_RUNTIME, hint, "%s: a %s cannot stand in a %s", what, node_kind_name(child),
		    node_kind_name(parent));
}

void make_append(lua_State *L, struct tree_build *b, int at, const struct record *source, enum node_kind stood,
		 const char *what)
{
	make_check(L, b);
	if (lua_type(L, at) == LUA_TSTRING || lua_type(L, at) == LUA_TNUMBER) {
		struct str s;
		lua_pushvalue(L, at);
		s.p = lua_tolstring(L, -1, &s.n);
		check_place(L, b, NODE_TEXT, 0, what);
		tree_add_text(b, s, TREE_NONE, TREE_NONE);
		lua_pop(L, 1);
		make_check(L, b);
		return;
	}
	const struct node_ref *n = node_test(L, at);
	if (!n)
		state_raise(L, QUERN_RUNTIME, "make nodes with quern.node, or take them from a document",
			    "%s: expected a node or a string, not a %s", what, luaL_typename(L, at));
	const struct tree *t = n->box->tree;
	const struct record *from = n->box->like ? n->box->like : n->box->record;
	if (t->nodes[n->node].kind != NODE_DOCUMENT)
		check_place(L, b, t->nodes[n->node].kind,
			    stood ? stood : kind_if_alike(t, n->node, b->tree.nodes[tree_current(b)].kind), what);
	tree_copy(b, t, n->node, source && from == source);
	make_check(L, b);
}

/* ------------------------------------------------------------------- fields */

static _Noreturn void bad_field(lua_State *L, const char *kind, const char *field, const char *must)
{
	state_raise(L, QUERN_RUNTIME, "", "quern.node: %s.%s must be %s, not a %s", kind, field, must,
		    luaL_typename(L, -1));
}

static struct str field_string(lua_State *L, const char *kind, const char *field)
{
	struct str s;
	if (!lua_isstring(L, -1))
		bad_field(L, kind, field, "a string");
	s.p = lua_tolstring(L, -1, &s.n);
	return s;
}

static int32_t field_integer(lua_State *L, const char *kind, const char *field, lua_Integer min, lua_Integer max,
			     const char *must)
{
	int ok;
	lua_Integer i = lua_tointegerx(L, -1, &ok);
	if (!ok || i < min || i > max)
		bad_field(L, kind, field, must);
	return (int32_t)i;
}

static void set_flag(lua_State *L, struct node *n, unsigned flag, const char *kind, const char *field)
{
	if (!lua_isboolean(L, -1))
		bad_field(L, kind, field, "true or false");
	n->flags = (uint8_t)(lua_toboolean(L, -1) ? n->flags | flag : n->flags & ~flag);
}

static char align_letter(lua_State *L, const char *kind)
{
	static const char *const names[] = { "left", "center", "right", "none" };
	for (int i = 0; lua_type(L, -1) == LUA_TSTRING && i < 4; i++)
		if (strcmp(lua_tostring(L, -1), names[i]) == 0)
			return "lcr-"[i];
	bad_field(L, kind, "align", "\"left\", \"center\", \"right\" or \"none\"");
}

static void set_align(lua_State *L, struct tree_build *b, uint32_t node, const char *kind)
{
	char letters[256];
	size_t n = 0;
	if (tree_node(b, node)->kind == NODE_TABLE_CELL) {
		char c = align_letter(L, kind);
		tree_node(b, node)->align = (uint8_t)(c == '-' ? 0 : c);
		return;
	}
	if (!lua_istable(L, -1) || lua_rawlen(L, -1) > sizeof letters)
		bad_field(L, kind, "align", "a list of alignments, one a column");
	size_t columns = lua_rawlen(L, -1);
	for (; n < columns; n++) {
		lua_rawgeti(L, -1, (lua_Integer)n + 1);
		letters[n] = align_letter(L, kind);
		lua_pop(L, 1);
	}
	tree_set_text(b, node, (struct str){ letters, n });
}

/* The value is on top. */
static void set_field(lua_State *L, struct tree_build *b, uint32_t node, const char *kind, const char *field)
{
	struct node *n = tree_node(b, node);
	if (strcmp(field, "level") == 0)
		n->number = field_integer(L, kind, field, 1, 6, "an integer from 1 to 6");
	else if (strcmp(field, "start") == 0)
		n->number = field_integer(L, kind, field, 0, 999999999, "an integer from 0 to 999999999");
	else if (strcmp(field, "colspan") == 0)
		n->colspan = (uint16_t)field_integer(L, kind, field, 1, 1000, "an integer from 1 to 1000");
	else if (strcmp(field, "rowspan") == 0)
		n->rowspan = (uint16_t)field_integer(L, kind, field, 1, 1000, "an integer from 1 to 1000");
	else if (strcmp(field, "ordered") == 0)
		set_flag(L, n, NODE_ORDERED, kind, field);
	else if (strcmp(field, "tight") == 0)
		set_flag(L, n, NODE_TIGHT, kind, field);
	else if (strcmp(field, "header") == 0)
		set_flag(L, n, NODE_HEADER, kind, field);
	else if (strcmp(field, "checked") == 0) {
		set_flag(L, n, NODE_CHECKED, kind, field);
		n->flags |= NODE_TASK;
	} else if (strcmp(field, "align") == 0)
		set_align(L, b, node, kind);
	else if (strcmp(field, "title") == 0 || strcmp(field, "info") == 0)
		tree_set_extra(b, node, field_string(L, kind, field));
	else
		tree_set_text(b, node, field_string(L, kind, field));
	make_check(L, b);
}

static void set_attributes(lua_State *L, struct tree_build *b, uint32_t node, int table)
{
	lua_pushliteral(L, "attributes");
	int type = lua_rawget(L, table);
	if (type != LUA_TNIL && type != LUA_TTABLE)
		state_raise(L, QUERN_RUNTIME, "", "quern.node: attributes must be a table, not a %s",
			    luaL_typename(L, -1));
	if (type == LUA_TTABLE) {
		int attributes = lua_gettop(L);
		entry_settle(L, attributes);
		/* In the order of pairs: made trees do not depend on hash order. */
		guard_sorted_keys(L, attributes);
		for (lua_Integer i = 1; lua_rawgeti(L, attributes + 1, i) != LUA_TNIL; i++) {
			struct str key, value;
			lua_pushvalue(L, -1);
			lua_rawget(L, attributes);
			if (lua_type(L, -2) != LUA_TSTRING || !lua_isstring(L, -1))
				state_raise(L, QUERN_RUNTIME, "", "quern.node: attributes are strings by name");
			key.p = lua_tolstring(L, -2, &key.n);
			value.p = lua_tolstring(L, -1, &value.n);
			tree_add_attr(b, node, key, value);
			lua_pop(L, 2);
		}
	}
	lua_settop(L, table + 1);
	make_check(L, b);
}

static void check_field_names(lua_State *L, int table, const char *kind, const char *const *known)
{
	char hint[160];
	for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
		const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?";
		bool ok = strcmp(name, "attributes") == 0;
		for (size_t i = 0; known[i] && !ok; i++)
			ok = strcmp(known[i], name) == 0;
		if (ok)
			continue;
		size_t n = (size_t)snprintf(hint, sizeof hint, "its fields: ");
		for (size_t i = 0; known[i] && n < sizeof hint - 30; i++)
			n += (size_t)snprintf(hint + n, sizeof hint - n, "%s, ", known[i]);
		snprintf(hint + n, sizeof hint - n, "attributes");
		state_raise(L, QUERN_RUNTIME, hint, "quern.node: a %s has no field \"%s\"", kind, name);
	}
}

/* Fields from the table at index 2, or the literal if that is a string. */
static void set_fields(lua_State *L, struct tree_build *b, uint32_t node, enum node_kind kind)
{
	const char *const *known = node_kind_fields(kind);
	const char *name = node_kind_name(kind);
	if (lua_type(L, 2) == LUA_TSTRING) {
		bool literal = false;
		for (size_t i = 0; known[i]; i++)
			literal = literal || strcmp(known[i], "literal") == 0;
		if (!literal)
			state_raise(L, QUERN_RUNTIME, "give fields as a table, children as the third argument",
				    "quern.node: a %s has no literal", name);
		lua_settop(L, 3);
		lua_pushvalue(L, 2);
		set_field(L, b, node, name, "literal");
		lua_pop(L, 1);
		return;
	}
	if (lua_isnoneornil(L, 2))
		return;
	luaL_checktype(L, 2, LUA_TTABLE);
	entry_settle(L, 2);
	check_field_names(L, 2, name, known);
	lua_settop(L, 3);
	for (size_t i = 0; known[i]; i++) {
		lua_pushstring(L, known[i]);
		if (lua_rawget(L, 2) != LUA_TNIL)
			set_field(L, b, node, name, known[i]);
		lua_pop(L, 1);
	}
	lua_pushvalue(L, 2);
	set_attributes(L, b, node, lua_gettop(L));
	lua_settop(L, 3);
}

static void append_children(lua_State *L, struct tree_build *b)
{
	if (lua_isnoneornil(L, 3))
		return;
	if (!lua_istable(L, 3)) {
		make_append(L, b, 3, NULL, 0, "quern.node");
		return;
	}
	lua_Integer n = (lua_Integer)lua_rawlen(L, 3);
	for (lua_Integer i = 1; i <= n; i++) {
		lua_rawgeti(L, 3, i);
		make_append(L, b, lua_gettop(L), NULL, 0, "quern.node");
		lua_pop(L, 1);
	}
}

static enum node_kind check_kind(lua_State *L)
{
	char hint[120] = "kinds are those of CommonMark: heading, paragraph, list, item, text, emph, link, ...";
	struct str name;
	name.p = luaL_checklstring(L, 1, &name.n);
	enum node_kind kind = node_kind_find(name);
	if (kind)
		return kind;
	const char *near = error_nearest(name.p, kind_names);
	if (near)
		snprintf(hint, sizeof hint, "did you mean \"%s\"?", near);
	state_raise(L, QUERN_RUNTIME, hint, "quern.node: unknown kind \"%s\"", name.p);
}

static int make_node(lua_State *L)
{
	struct state *s = state_of(L);
	struct tree_build b;
	struct tree t;
	enum node_kind kind = check_kind(L);
	lua_settop(L, 3);
	arena_reset(&s->arena);
	make_begin(L, &b, &s->arena);
	make_check(L, &b);
	uint32_t root = 0;
	if (kind != NODE_DOCUMENT) {
		root = tree_open(&b, kind, TREE_NONE);
		make_check(L, &b);
		if (kind == NODE_HEADING)
			tree_node(&b, root)->number = 1;
		if (kind == NODE_TABLE_CELL)
			tree_node(&b, root)->colspan = tree_node(&b, root)->rowspan = 1;
	}
	set_fields(L, &b, root, kind);
	append_children(L, &b);
	if (tree_build_finish(&b, &t) != BUILD_OK)
		make_check(L, &b);
	box_push_tree(L, &t, 0, root);
	arena_reset(&s->arena);
	node_push(L, -1, root);
	return 1;
}

/* ------------------------------------------------------------------- parse */

static int make_parse(lua_State *L)
{
	struct state *s = state_of(L);
	struct str text;
	struct record *r;
	text.p = luaL_checklstring(L, 1, &text.n);
	const struct dialect_choice choice = dialect_read(str_of(luaL_optstring(L, 2, "markdown")));
	if (choice.wrong.n)
		return luaL_argerror(
			L, 2, "auto, markdown, commonmark, html, text or json; the first three with +part or -part");
	struct record_options options = { .path = "(quern.parse)",
					  .format = choice.format,
					  .encoding = "UTF-8",
					  .limits = s->env->record_limits,
					  .with = choice.with,
					  .without = choice.without };
	/* A parse costs some 5 to 20 ns a byte and cannot be stopped half-way. */
	budget_foresee(&s->budget, 5 * text.n);
	budget_spend(&s->budget, 2 * text.n);
	struct doc_box *b = box_push_empty(L);
	enum record_status status = record_new(&s->outside, text, &options, &r);
	if (status == RECORD_NOMEM)
		budget_kill(&s->budget, QUERN_NOMEM);
	if (status != RECORD_OK)
		state_raise(L, QUERN_LIMIT, "", "quern.parse: the text is over a hard limit");
	box_hold(b, r);
	return 1;
}

void bind_make_open(lua_State *L)
{
	static const luaL_Reg functions[] = { { "node", make_node }, { "parse", make_parse }, { NULL, NULL } };
	luaL_setfuncs(L, functions, 0);
}
