/*
 * bind_query.c - what documents and nodes share: select, each, select_one,
 * render, text.
 *
 * Selectors are compiled once a state.  The budget is asked every few
 * hundred steps of a search, so no selector can outlast it.
 */
#include <lauxlib.h>
#include <string.h>

#include "doc/select.h"
#include "doc/write.h"
#include "lua/arena_lua.h"
#include "lua/bind.h"
#include "lua/doc_box.h"
#include "lua/state.h"

#define SELECTORS_MAX 200

struct compiled {
	struct arena arena;
	struct selector *selector;
};

/* Pushes the cache. */
static void push_cache(lua_State *L)
{
	struct state *s = state_of(L);
	if (!s->refs[REF_SELECTORS]) {
		lua_newtable(L);
		state_set(L, REF_SELECTORS);
		s->n_selectors = 0;
	}
	state_get(L, REF_SELECTORS);
}

static _Noreturn void bad_selector(lua_State *L, const char *css, const struct selector_error *e)
{
	if (e->column == 0)
		budget_kill(&state_of(L)->budget, QUERN_NOMEM);
	state_raise(L, QUERN_INVALID,
		    "selectors are CSS over node kinds: heading[level<=2], link[url^=http], list > item",
		    "selector \"%s\", column %d: %s", css, (int)e->column, e->message);
}

/* Pushes the userdata that keeps the selector alive. */
static struct compiled *push_selector(lua_State *L, int arg)
{
	struct state *s = state_of(L);
	size_t n;
	const char *css = luaL_checklstring(L, arg, &n);
	push_cache(L);
	lua_pushvalue(L, arg);
	if (lua_rawget(L, -2) != LUA_TNIL) {
		lua_remove(L, -2);
		return lua_touserdata(L, -1);
	}
	lua_pop(L, 1);
	if (s->n_selectors >= SELECTORS_MAX) {
		lua_pop(L, 1);
		lua_newtable(L);
		lua_pushvalue(L, -1);
		state_set(L, REF_SELECTORS);
		s->n_selectors = 0;
	}
	struct compiled *c = arena_push(L, sizeof *c);
	struct selector_error e;
	budget_spend(&s->budget, n);
	memset(&e, 0, sizeof e);
	c->selector = selector_compile(&c->arena, (struct str){ css, n }, &e);
	if (!c->selector)
		bad_selector(L, css, &e);
	lua_pushvalue(L, arg);
	lua_pushvalue(L, -2);
	lua_rawset(L, -4);
	s->n_selectors++;
	lua_remove(L, -2);
	return c;
}

/* Does not come back once the budget is spent. */
static bool spend(void *user, size_t work)
{
	budget_spend(user, 2 * work);
	return true;
}

/* The next match after `after` in root's subtree. */
static uint32_t next_match(lua_State *L, struct compiled *c, const struct tree *t, uint32_t root, uint32_t after)
{
	uint32_t found;

	selector_set_watch(c->selector, spend, &state_of(L)->budget);
	found = selector_next(c->selector, t, root, after);
	if (c->arena.refused)
		budget_kill(&state_of(L)->budget, QUERN_NOMEM);
	budget_spend(&state_of(L)->budget, 2);
	return found;
}

int bind_select(lua_State *L, int doc, uint32_t root, int arg)
{
	const struct tree *t = box_tree(L, lua_touserdata(L, doc));
	struct compiled *selector = push_selector(L, arg);
	lua_Integer n = 0;
	lua_newtable(L);
	for (uint32_t i = root; (i = next_match(L, selector, t, root, i)) != TREE_NONE;) {
		node_push(L, doc, i);
		lua_rawseti(L, -2, ++n);
	}
	return 1;
}

int bind_select_one(lua_State *L, int doc, uint32_t root, int arg)
{
	const struct tree *t = box_tree(L, lua_touserdata(L, doc));
	struct compiled *selector = push_selector(L, arg);
	node_push(L, doc, next_match(L, selector, t, root, root));
	return 1;
}

/* Upvalues: document, selector, root, last match. */
static int each_next(lua_State *L)
{
	int doc = lua_upvalueindex(1);
	struct doc_box *b = lua_touserdata(L, doc);
	box_alive(L, b);
	struct compiled *c = lua_touserdata(L, lua_upvalueindex(2));
	uint32_t root = (uint32_t)lua_tointeger(L, lua_upvalueindex(3));
	uint32_t at = (uint32_t)lua_tointeger(L, lua_upvalueindex(4));
	if (at != TREE_NONE)
		at = next_match(L, c, b->tree, root, at);
	lua_pushinteger(L, at);
	lua_replace(L, lua_upvalueindex(4));
	node_push(L, doc, at);
	return 1;
}

int bind_each(lua_State *L, int doc, uint32_t root, int arg)
{
	box_tree(L, lua_touserdata(L, doc));
	lua_pushvalue(L, doc);
	push_selector(L, arg);
	lua_pushinteger(L, root);
	lua_pushinteger(L, root);
	lua_pushcclosure(L, each_next, 4);
	return 1;
}

/* ---------------------------------------------------------- render and text */

static bool flag(lua_State *L, int table, const char *name)
{
	if (lua_type(L, table) != LUA_TTABLE)
		return false;
	lua_pushstring(L, name);
	lua_rawget(L, table);
	bool set = lua_toboolean(L, -1);
	lua_pop(L, 1);
	return set;
}

/* The columns of { wrap = 72 }, in their place among the flags; 0: none. */
static unsigned wrap_flag(lua_State *L, int table)
{
	if (lua_type(L, table) != LUA_TTABLE)
		return 0;
	lua_pushliteral(L, "wrap");
	if (lua_rawget(L, table) == LUA_TNIL) {
		lua_pop(L, 1);
		return 0;
	}
	int ok;
	lua_Integer columns = lua_tointegerx(L, -1, &ok);
	if (!ok || columns < 0 || columns > 10000)
		state_raise(L, QUERN_RUNTIME, "0 leaves the lines as they are",
			    "render: wrap must be an integer from 0 to 10000");
	lua_pop(L, 1);
	return (unsigned)columns << WRITE_WRAP_SHIFT;
}

/* Bytes that the writers go through, a node being some; 0 for a small document. */
static size_t subtree_bytes(const struct tree *t, uint32_t root)
{
	enum { FEW = 100000 }; /* of which nothing is long */
	size_t n = 0;
	if (t->n_pool < FEW && t->n_nodes < FEW / 10)
		return 0;
	for (uint32_t i = root; i < t->nodes[root].end; i++) {
		const struct node *node = &t->nodes[i];
		n += (size_t)node->text.len + node->extra.len + 10;
		for (uint32_t k = node->attr; k < node->attr + node->n_attr; k++)
			n += (size_t)t->attrs[k].key.len + t->attrs[k].value.len;
	}
	return n;
}

/* render(format [, { unsafe =, front_matter =, standalone =, wrap = }]) */
int bind_render(lua_State *L, int doc, uint32_t root, int arg)
{
	static const char *const names[] = { "html", "markdown", "text", "json", "tree", NULL };
	static void (*const writers[])(struct buf *, struct record *, uint32_t,
				       unsigned) = { write_html, write_markdown, write_text, write_node_json,
						     write_tree };
	struct state *s = state_of(L);
	struct doc_box *b = lua_touserdata(L, doc);
	int format = luaL_checkoption(L, arg, NULL, names);
	unsigned flags = s->env->unsafe_html || flag(L, arg + 1, "unsafe") ? WRITE_UNSAFE : 0;
	flags |= flag(L, arg + 1, "front_matter") ? WRITE_FRONT_MATTER : 0;
	flags |= flag(L, arg + 1, "standalone") ? WRITE_STANDALONE : 0;
	flags |= wrap_flag(L, arg + 1);
	const struct tree *t = box_tree(L, b);
	struct record *r = box_record(L, b);
	/* Some ns a byte; Markdown is read again to see that it says the same. */
	budget_foresee(&s->budget, subtree_bytes(t, root) * (format == 1 ? 30 : 8));
	buf_clear(&s->scratch);
	writers[format](&s->scratch, r, root, flags);
	budget_spend(&s->budget, 10 * (size_t)(t->nodes[root].end - root));
	return bind_push_scratch(L);
}

/* text([{ alt =, one_line = }]) at index 2 */
int bind_text(lua_State *L, int doc, uint32_t root)
{
	struct state *s = state_of(L);
	const struct tree *t = box_tree(L, lua_touserdata(L, doc));
	unsigned flags = flag(L, 2, "alt") ? TEXT_WITH_ALT : 0;
	flags |= flag(L, 2, "one_line") ? TEXT_ONE_LINE : 0;
	/* Nodes are a few ns each, white space in them more. */
	budget_foresee(&s->budget, 4 * subtree_bytes(t, root));
	buf_clear(&s->scratch);
	tree_text(&s->scratch, t, root, flags);
	budget_spend(&s->budget, 2 * (size_t)(t->nodes[root].end - root));
	return bind_push_scratch(L);
}
