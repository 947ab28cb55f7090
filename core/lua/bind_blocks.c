/*
 * bind_blocks.c - node:blocks(): the text of a document as a flat list.
 *
 * What a plugin that reads prose would otherwise gather node by node: one
 * table a heading, paragraph, list item, caption or table row, with its text, its
 * line and the headings above it.  types/quern.lua describes the fields.
 */
#include <lauxlib.h>

#include "base/text_form.h"
#include "doc/blocks.h"
#include "lua/bind.h"
#include "lua/doc_box.h"
#include "lua/search.h"

/* Columns that one cell may span here. */
#define COLSPAN_MAX 64
/* Room for the blocks of most documents. */
#define LIST_SIZE 32
/* Searches of one call. */
#define MARKS_MAX 16

/* Fields that every block has: their names lie on the stack, since making strings of them takes longer than setting them. */
enum block_field { FIELD_TEXT, FIELD_KIND, FIELD_LINE, FIELD_FIRST, FIELD_HEADINGS, FIELD_SECTION, FIELD_COUNT };

/* A field of each block that holds what is sought: the place where it begins. */
struct mark {
	struct search_part part;
	int name; /* stack slot */
};

/* Stack slots of the parts that blocks share. */
struct reader {
	lua_State *L;
	struct doc_box *box;
	const struct tree *tree;
	int doc, list, headings, section, rows, header, fields;
	int n_fields;                         /* of a table to come */
	uint32_t table;                       /* the table that rows belongs to */
	bool has_header;                      /* header is filled */
	bool links, images, bare, is_holding; /* asked for */
	bool prose;                           /* bare: neither headings nor rows */
	struct search holding;                /* asked for: blocks that hold this */
	size_t longest, longest_told;         /* bare: of texts, and of those that end as sentences do */
	struct mark marks[MARKS_MAX];
	int n_marks;
	lua_Integer n, listed;
};

static void push_text(struct reader *r, uint32_t first, uint32_t end)
{
	struct state *s = state_of(r->L);
	buf_clear(&s->scratch);
	blocks_text(&s->scratch, r->tree, first, end);
	budget_spend(&s->budget, 5 + end - first);
	bind_push_scratch(r->L);
}

static void set_str(lua_State *L, const char *key, struct str value)
{
	if (!value.p)
		return;
	lua_pushlstring(L, value.p, value.n);
	lua_setfield(L, -2, key);
}

/* {url, text, line} of a link, {url, alt, title, line} of an image. */
static void push_reference(struct reader *r, uint32_t node, bool image)
{
	lua_State *L = r->L;
	struct state *s = state_of(L);
	const struct node *n = &r->tree->nodes[node];
	lua_createtable(L, 0, 4);
	set_str(L, "url", tree_str(r->tree, n->text));
	buf_clear(&s->scratch);
	tree_text(&s->scratch, r->tree, node, TEXT_ONE_LINE | (image ? TEXT_WITH_ALT : 0));
	budget_spend(&s->budget, 5 + n->end - node);
	bind_push_scratch(L);
	lua_setfield(L, -2, image ? "alt" : "text");
	if (image)
		set_str(L, "title", tree_str(r->tree, n->extra));
	bind_push_line(L, r->box, node);
	lua_setfield(L, -2, "line");
}

/* The links or images of a run as a field of the block on top; no field where there are none. */
static void set_references(struct reader *r, const struct block_run *run, enum node_kind kind, const char *key)
{
	lua_State *L = r->L;
	lua_Integer n = 0;
	for (uint32_t i = run->first; i < run->end; i++) {
		if (r->tree->nodes[i].kind != kind)
			continue;
		if (n == 0)
			lua_newtable(L);
		push_reference(r, i, kind == NODE_IMAGE);
		lua_rawseti(L, -2, ++n);
	}
	if (n > 0)
		lua_setfield(L, -2, key);
}

static void set_copy(lua_State *L, const char *key, int slot)
{
	lua_pushvalue(L, slot);
	lua_setfield(L, -2, key);
}

/* Its value is pushed next, then set_field. */
static void begin_field(struct reader *r, enum block_field field)
{
	lua_pushvalue(r->L, r->fields + (int)field);
}

static void set_field(struct reader *r)
{
	lua_rawset(r->L, -3);
}

/* The headings above one of this level become those above what follows. */
static void cut_headings(struct reader *r, int level)
{
	lua_State *L = r->L;
	lua_Integer kept = 0;
	lua_createtable(L, 4, 0);
	for (lua_Integer i = 1; lua_rawgeti(L, r->headings, i) != LUA_TNIL; i++) {
		lua_getfield(L, -1, "level");
		bool above = lua_tointeger(L, -1) < level;
		lua_pop(L, 1);
		if (above)
			lua_rawseti(L, -2, ++kept);
		else
			lua_pop(L, 1);
	}
	lua_pop(L, 1);
	lua_replace(L, r->headings);
}

/* The heading on top joins the headings of what follows. */
static void open_section(struct reader *r)
{
	lua_State *L = r->L;
	lua_Integer n = (lua_Integer)lua_rawlen(L, r->headings);
	lua_createtable(L, 4, 0);
	for (lua_Integer i = 1; i <= n; i++) {
		lua_rawgeti(L, r->headings, i);
		lua_rawseti(L, -2, i);
	}
	lua_pushvalue(L, -2);
	lua_rawseti(L, -2, n + 1);
	lua_replace(L, r->headings);
	lua_getfield(L, -1, "text");
	lua_replace(L, r->section);
}

/* cells, text, rows, header and is_header of the row on top. */
static void set_cells(struct reader *r, const struct block_run *run)
{
	lua_State *L = r->L;
	const struct tree *t = r->tree;
	bool first_header = !r->has_header && (t->nodes[run->node].flags & NODE_HEADER) != 0;
	lua_Integer n = 0;
	luaL_Buffer whole;
	lua_newtable(L);
	if (first_header) {
		lua_newtable(L);
		lua_replace(L, r->header);
	}
	int cells = lua_gettop(L);
	luaL_buffinit(L, &whole);
	for (uint32_t i = run->first; i < run->end; i = t->nodes[i].end) {
		if (i > run->first)
			luaL_addstring(&whole, " \t ");
		lua_createtable(L, 0, 1);
		push_text(r, i + 1, t->nodes[i].end);
		lua_pushvalue(L, -1);
		lua_setfield(L, -3, "text");
		uint32_t span = t->nodes[i].colspan > COLSPAN_MAX ? COLSPAN_MAX : t->nodes[i].colspan;
		for (uint32_t k = 0; k < (span ? span : 1); k++) {
			lua_pushvalue(L, -2);
			lua_rawseti(L, cells, ++n);
			if (first_header) {
				lua_pushvalue(L, -1);
				lua_rawseti(L, r->header, n);
			}
		}
		lua_remove(L, -2);
		luaL_addvalue(&whole);
	}
	luaL_pushresult(&whole);
	lua_setfield(L, -3, "text");
	lua_setfield(L, -2, "cells");
	if (r->has_header)
		set_copy(L, "header", r->header);
	if (first_header) {
		lua_pushboolean(L, 1);
		lua_setfield(L, -2, "is_header");
		r->has_header = true;
	}
	set_copy(L, "rows", r->rows);
	lua_pushvalue(L, -1);
	lua_rawseti(L, r->rows, (lua_Integer)lua_rawlen(L, r->rows) + 1);
}

static void enter_table(struct reader *r, const struct block_run *run)
{
	uint32_t table = r->tree->nodes[run->node].parent;
	if (table == r->table)
		return;
	r->table = table;
	r->has_header = false;
	lua_newtable(r->L);
	lua_replace(r->L, r->rows);
}

const char *bind_block_kind(enum node_kind kind)
{
	return kind == NODE_TABLE_ROW ? "row" : node_kind_name(kind);
}

/* Into the block on top: what the scratch buffer has. */
static void set_text(struct reader *r)
{
	begin_field(r, FIELD_TEXT);
	bind_push_scratch(r->L);
	set_field(r);
}

static void set_kind(struct reader *r, const struct block_run *run)
{
	begin_field(r, FIELD_KIND);
	lua_pushstring(r->L, bind_block_kind(run->kind));
	set_field(r);
}

/* The text of the run is in the scratch buffer, unless it is a row. */
static void push_block(struct reader *r, const struct block_run *run)
{
	lua_State *L = r->L;
	const struct node *n = &r->tree->nodes[run->node];
	lua_createtable(L, 0, r->n_fields);
	if (run->kind != NODE_TABLE_ROW)
		set_text(r);
	set_kind(r, run);
	begin_field(r, FIELD_LINE);
	bind_push_line(L, r->box, run->line_node);
	if (lua_isnil(L, -1)) {
		lua_pop(L, 1);
		bind_push_line(L, r->box, run->node);
	}
	set_field(r);
	if (run->kind == NODE_TABLE_ROW) {
		enter_table(r, run);
		set_cells(r, run);
	} else if (run->first < run->end) {
		begin_field(r, FIELD_FIRST);
		node_push(L, r->doc, run->first);
		set_field(r);
	}
	if (run->in_item) {
		lua_pushboolean(L, 1);
		lua_setfield(L, -2, "in_item");
	}
	if (run->kind == NODE_HEADING) {
		lua_pushinteger(L, n->number);
		lua_setfield(L, -2, "level");
		cut_headings(r, n->number);
	}
	begin_field(r, FIELD_HEADINGS);
	lua_pushvalue(L, r->headings);
	set_field(r);
	if (run->kind == NODE_HEADING)
		open_section(r);
	if (!lua_isnil(L, r->section)) {
		begin_field(r, FIELD_SECTION);
		lua_pushvalue(L, r->section);
		set_field(r);
	}
	if (r->links)
		set_references(r, run, NODE_LINK, "links");
	if (r->images)
		set_references(r, run, NODE_IMAGE, "images");
}

/* Leaves its text in the scratch buffer, unless it is a row. */
static bool is_empty(struct reader *r, const struct block_run *run)
{
	if (run->kind == NODE_TABLE_ROW)
		return false;
	struct state *s = state_of(r->L);
	buf_clear(&s->scratch);
	blocks_text(&s->scratch, r->tree, run->first, run->end);
	budget_spend(&s->budget, 5 + run->end - run->first);
	return buf_ok(&s->scratch) && blocks_is_empty(r->tree, run, (struct str){ s->scratch.p, s->scratch.n });
}

static bool option(lua_State *L, int options, const char *name)
{
	if (!lua_istable(L, options))
		return false;
	lua_getfield(L, options, name);
	bool on = lua_toboolean(L, -1);
	lua_pop(L, 1);
	return on;
}

static size_t size_option(lua_State *L, int options, const char *name)
{
	if (!lua_istable(L, options))
		return SIZE_MAX;
	lua_getfield(L, options, name);
	const lua_Integer value = luaL_optinteger(L, -1, -1);
	lua_pop(L, 1);
	return value < 0 ? SIZE_MAX : (size_t)value;
}

static bool holds(struct reader *r, struct str text)
{
	size_t from, to;
	return search_next(r->L, &r->holding, text, 0, &from, &to);
}

/* The text of the block on top, which it leaves above that: a mark may take its place in the block. */
static struct str push_text_of_block(struct reader *r)
{
	struct str text;
	begin_field(r, FIELD_TEXT);
	lua_rawget(r->L, -2);
	text.p = lua_tolstring(r->L, -1, &text.n);
	return text;
}

static void set_marks(struct reader *r)
{
	const struct str text = push_text_of_block(r);
	for (int i = 0; i < r->n_marks && text.n; i++) {
		size_t from, to;
		if (!search_part_next(r->L, &r->marks[i].part, text, 0, &from, &to))
			continue;
		lua_pushvalue(r->L, r->marks[i].name);
		lua_pushinteger(r->L, (lua_Integer)from + 1);
		lua_rawset(r->L, -4);
	}
	lua_pop(r->L, 1);
}

/* Pushes the block, of which only what it says is wanted, if it holds one of the words. */
static bool push_bare(struct reader *r, const struct block_run *run)
{
	lua_State *L = r->L;
	struct buf *text = &state_of(L)->scratch;
	if (r->prose && (run->kind == NODE_TABLE_ROW || run->kind == NODE_HEADING))
		return false;
	if (run->kind == NODE_TABLE_ROW) {
		buf_clear(text);
		blocks_run_text(text, r->tree, run);
		state_spend(L, 5 + run->end - run->first);
	}
	if (text->n > r->longest || (text->n > r->longest_told && text_is_ended((struct str){ text->p, text->n })))
		return false;
	if (r->is_holding && !holds(r, (struct str){ text->p, text->n }))
		return false;
	lua_createtable(L, 0, 3);
	set_text(r);
	set_kind(r, run);
	lua_pushinteger(L, r->n);
	lua_setfield(L, -2, "index");
	return true;
}

/*
 * Pushes the block if it is wanted.  Headings and rows always are: other blocks of the list have them in their fields.
 * The text of the run is in the scratch buffer, unless it is a row.
 */
static bool push_wanted(struct reader *r, const struct block_run *run)
{
	lua_State *L = r->L;
	const struct buf *text = &state_of(L)->scratch;
	bool is_row = run->kind == NODE_TABLE_ROW, yes;
	r->n++;
	if (r->bare)
		return push_bare(r, run);
	if (!r->is_holding) {
		push_block(r, run);
		set_marks(r);
		return true;
	}
	yes = !is_row && holds(r, (struct str){ text->p, text->n });
	if (!yes && !is_row && run->kind != NODE_HEADING)
		return false;
	push_block(r, run);
	if (is_row) {
		yes = holds(r, push_text_of_block(r));
		lua_pop(L, 1);
	}
	lua_pushboolean(L, yes);
	lua_setfield(L, -2, "holds");
	lua_pushinteger(L, r->n);
	lua_setfield(L, -2, "index");
	set_marks(r);
	return true;
}

/* { name, what is sought } on top becomes a mark; its name and what it is sought by are left there, in MARK slots. */
enum { MARK = 3 };

static void read_mark(struct reader *r)
{
	lua_State *L = r->L;
	struct mark *m = &r->marks[r->n_marks++];
	if (!lua_istable(L, -1) || lua_rawgeti(L, -1, 1) != LUA_TSTRING)
		luaL_error(L, "option 'marks' is a list of { name, search }");
	lua_rawgeti(L, -2, 2);
	search_part_take(L, -1, &m->part);
	lua_remove(L, -3);
	lua_remove(L, -4);
	m->name = lua_gettop(L) - 2;
}

/* Their names stay on the stack, and what is sought. */
static void read_marks(struct reader *r, int options)
{
	lua_State *L = r->L;
	if (!option(L, options, "marks"))
		return;
	lua_getfield(L, options, "marks");
	luaL_checktype(L, -1, LUA_TTABLE);
	const int marks = lua_gettop(L), n = (int)lua_rawlen(L, marks);
	if (n > MARKS_MAX)
		luaL_error(L, "option 'marks' has more than %d", MARKS_MAX);
	for (int i = 1; i <= n; i++) {
		lua_rawgeti(L, marks, i);
		read_mark(r);
	}
}

static void read_options(struct reader *r, int options)
{
	lua_State *L = r->L;
	r->links = option(L, options, "links");
	r->images = option(L, options, "images");
	r->bare = option(L, options, "bare");
	r->prose = option(L, options, "prose");
	r->longest = size_option(L, options, "longest");
	r->longest_told = size_option(L, options, "longest_told");
	r->is_holding = option(L, options, "holding");
	if (!r->is_holding)
		return;
	lua_getfield(L, options, "holding"); /* stays: a metatable may have made it */
	if (!search_take(L, -1, &r->holding))
		luaL_error(L, "option 'holding' is not made by quern.text.finder, capitals or sequence");
}

static void push_fields(struct reader *r)
{
	static const char *const names[FIELD_COUNT] = { "text", "kind", "line", "first", "headings", "section" };
	r->fields = lua_gettop(r->L) + 1;
	for (int i = 0; i < FIELD_COUNT; i++)
		lua_pushstring(r->L, names[i]);
	/* a rule that asks for more adds fields of its own */
	r->n_fields = r->links || r->images || r->is_holding || r->n_marks ? 12 : 8;
}

int bind_blocks(lua_State *L, int doc, uint32_t root, int options)
{
	struct doc_box *b = box_check(L, doc);
	struct reader r = { .L = L, .box = b, .tree = box_tree(L, b), .doc = doc, .table = TREE_NONE };
	struct block_run run;
	uint32_t at = root + 1;
	read_options(&r, options);
	luaL_checkstack(L, 40 + MARK * MARKS_MAX, NULL);
	read_marks(&r, options);
	lua_createtable(L, LIST_SIZE, 0);
	r.list = lua_gettop(L);
	lua_newtable(L);
	lua_pushnil(L);
	lua_newtable(L);
	lua_newtable(L);
	r.headings = r.list + 1;
	r.section = r.list + 2;
	r.rows = r.list + 3;
	r.header = r.list + 4;
	push_fields(&r);
	while (blocks_next(r.tree, root, &at, &run)) {
		state_spend(L, 50);
		if (is_empty(&r, &run))
			continue;
		if (push_wanted(&r, &run))
			lua_rawseti(L, r.list, ++r.listed);
	}
	lua_settop(L, r.list);
	return 1;
}
