/*
 * plugin_call.c - map, reduce and render.
 *
 * Each call is a body run by state_call; a body speaks with its caller through
 * a struct, since a kill may end it anywhere.
 */
#include "lua/plugin_private.h"

#include "base/json.h"
#include "lua/bind.h"
#include "lua/doc_box.h"
#include "lua/error.h"
#include "lua/value_lua.h"

/* ------------------------------------------------------------------- options */

/* A fresh table for each call: what a plugin writes into it is gone afterwards. */
static void push_options(lua_State *L, const struct plugin *p)
{
	const struct value_map *options = &p->options.as.map;
	const size_t n = p->options.kind == VALUE_MAP ? options->n : 0;
	lua_createtable(L, 0, (int)n + 2);
	for (size_t i = 0; i < n; i++) {
		lua_pushlstring(L, options->members[i].key.p, options->members[i].key.n);
		value_push(L, &options->members[i].value);
		lua_rawset(L, -3);
	}
	lua_pushstring(L, plugin_format(p));
	lua_setfield(L, -2, "to");
	lua_pushstring(L, p->now ? p->now : NOW_DEFAULT);
	lua_setfield(L, -2, "now");
}

/* ------------------------------------------------------------ a watched format */

void plugin_watch_format(struct plugin *p, bool on)
{
	p->watches_format = on;
	p->read_format = false;
}

bool plugin_read_format(const struct plugin *p)
{
	return p->read_format;
}

/* __index of watched options: their format is the only thing that is not in the table. */
static int watched_index(lua_State *L)
{
	struct plugin *p = lua_touserdata(L, lua_upvalueindex(1));
	if (lua_type(L, 2) != LUA_TSTRING || strcmp(lua_tostring(L, 2), "to") != 0)
		return 0;
	p->read_format = true;
	lua_pushstring(L, plugin_format(p));
	return 1;
}

/* __pairs: who looks at all options looks at the format; from here on the table is as it would be unwatched. */
static int watched_pairs(lua_State *L)
{
	struct plugin *p = lua_touserdata(L, lua_upvalueindex(1));
	p->read_format = true;
	lua_settop(L, 1);
	lua_pushnil(L);
	lua_setmetatable(L, 1);
	lua_pushstring(L, plugin_format(p));
	lua_setfield(L, 1, "to");
	lua_getglobal(L, "pairs");
	lua_insert(L, 1);
	lua_call(L, 1, 3);
	return 3;
}

/* The options on top of the stack tell when their format is read. */
static void options_watch(lua_State *L, struct plugin *p)
{
	lua_pushnil(L);
	lua_setfield(L, -2, "to");
	lua_createtable(L, 0, 3);
	lua_pushlightuserdata(L, p);
	lua_pushcclosure(L, watched_index, 1);
	lua_setfield(L, -2, "__index");
	lua_pushlightuserdata(L, p);
	lua_pushcclosure(L, watched_pairs, 1);
	lua_setfield(L, -2, "__pairs");
	lua_pushboolean(L, 0);
	lua_setfield(L, -2, "__metatable");
	lua_setmetatable(L, -2);
}

/* ---------------------------------------------------------------------- calls */

struct map_call {
	struct plugin *p;
	struct record *doc;
	const struct value *a, *b;
	struct arena *arena;
	struct value *out;
	struct buf *json; /* of map; NULL: into out */
};

/* The second and the third; a function that has no name for them cannot tell. */
static void map_arguments(lua_State *L, struct plugin *p)
{
	if (p->map_takes < 2)
		lua_pushnil(L);
	else
		push_options(L, p);
	if (p->map_takes >= 2 && p->watches_format)
		options_watch(L, p);
	if (p->map_takes < 3)
		lua_pushnil(L);
	else
		bind_output_push(L);
}

static int map_body(lua_State *L)
{
	struct map_call *c = lua_touserdata(L, 1);
	state_get(L, REF_MAP);
	struct doc_box *b = box_push_empty(L);
	box_hold(b, record_ref(c->doc));
	map_arguments(L, c->p);
	lua_call(L, 3, 1);
	if (!c->json)
		value_take(L, -1, c->arena, c->out, "value");
	else if (!lua_isnil(L, -1) && !value_is_null(L, -1))
		value_write(L, -1, c->json, c->arena, "value");
	return 0;
}

quern_code plugin_map(struct plugin *p, struct record *doc, const quern_output *output, struct arena *arena,
		      struct value *out, quern_error *error)
{
	struct map_call c = { .p = p, .doc = doc, .arena = arena, .out = out };
	*out = value_null();
	quern_code code = plugin_revive(p, output, error);
	return code == QUERN_OK ? state_call(&p->state, map_body, &c, output, error) : code;
}

static quern_code write_failed(const struct plugin *p, quern_code code, quern_error *error)
{
	error_fill(error, code, p->path, 0, NULL,
		   code == QUERN_NOMEM ? "no memory for the output" : "the output could not be written");
	return code;
}

/* The text lies in a buffer of the plugin's, which the host's function, free to call the plugin again, does not find there. */
quern_code plugin_map_json(struct plugin *p, struct record *doc, const quern_output *output, quern_write_fn write,
			   void *user, quern_error *error)
{
	enum { KEPT = 1 << 18 };
	struct buf json = p->json;
	struct arena arena;
	struct map_call c = { .p = p, .doc = doc, .arena = &arena, .json = &json };
	quern_code code = plugin_revive(p, output, error);
	buf_init(&p->json, p->env.heap, 0);
	arena_init(&arena, p->env.heap, 0);
	buf_clear(&json);
	if (code == QUERN_OK)
		code = state_call(&p->state, map_body, &c, output, error);
	arena_release(&arena);
	if (code == QUERN_OK && json.n) {
		code = write(user, json.p, json.n);
		if (code != QUERN_OK)
			write_failed(p, code, error);
	}
	buf_release(&p->json);
	if (json.cap <= KEPT)
		p->json = json;
	else
		buf_release(&json);
	return code;
}

static int reduce_body(lua_State *L)
{
	struct map_call *c = lua_touserdata(L, 1);
	state_get(L, REF_REDUCE);
	value_push(L, c->a);
	value_push(L, c->b);
	push_options(L, c->p);
	lua_call(L, 3, 1);
	value_take(L, -1, c->arena, c->out, "value");
	return 0;
}

static bool has_function(const struct plugin *p, const char *name)
{
	const struct value *v = value_getz(&p->manifest, name);
	return v && v->kind == VALUE_BOOL && v->as.boolean;
}

quern_code plugin_reduce(struct plugin *p, const struct value *a, const struct value *b, struct arena *arena,
			 struct value *out, quern_error *error)
{
	struct map_call c = { .p = p, .a = a, .b = b, .arena = arena, .out = out };
	*out = value_null();
	if (!has_function(p, "reduce")) {
		error_fill(error, QUERN_INVALID, p->path, 0, NULL, "the plugin has no reduce function");
		return QUERN_INVALID;
	}
	quern_code code = plugin_revive(p, NULL, error);
	return code == QUERN_OK ? state_call(&p->state, reduce_body, &c, NULL, error) : code;
}

/* --------------------------------------------------------------------- render */

struct render_call {
	struct plugin *p;
	const struct plugin_results *results;
	quern_write_fn write;
	void *user;
};

static int render_body(lua_State *L)
{
	struct render_call *c = lua_touserdata(L, 1);
	struct state *s = state_of(L);
	state_get(L, REF_RENDER);
	if (c->results->reduced)
		value_push(L, c->results->reduced);
	else
		bind_results_push(L, c->results);
	push_options(L, c->p);
	bind_output_push(L);
	lua_call(L, 3, 1);
	if (lua_isnil(L, -1))
		return 0;
	if (lua_type(L, -1) != LUA_TSTRING)
		state_raise(L, QUERN_VALUE, "return the whole text, or nil for none",
			    "render must return a string or nil, not a %s", luaL_typename(L, -1));
	size_t n;
	const char *text = lua_tolstring(L, -1, &n);
	budget_output(&s->budget, n);
	state_host_enter(s);
	s->failed = n ? c->write(c->user, text, n) : QUERN_OK;
	state_host_leave(s);
	return 0;
}

static quern_code write_line(const struct render_call *c, struct buf *line, const char *path, const struct value *v)
{
	buf_clear(line);
	if (path) {
		buf_addz(line, "{\"path\":");
		json_write_string(line, str_of(path));
		buf_addz(line, ",\"value\":");
	}
	json_write(line, v, 0);
	buf_addz(line, path ? "}\n" : "\n");
	if (!buf_ok(line))
		return QUERN_NOMEM;
	return c->write(c->user, line->p, line->n);
}

/* What a plugin without render prints: a line of JSON a result. */
static quern_code render_lines(const struct render_call *c, quern_error *error)
{
	struct buf line;
	quern_code code = QUERN_OK;
	buf_init(&line, c->p->env.heap, 0);
	if (c->results->reduced)
		code = write_line(c, &line, NULL, c->results->reduced);
	for (size_t i = 0; !c->results->reduced && code == QUERN_OK && i < c->results->count; i++) {
		const char *path = NULL;
		const struct value *v = NULL;
		code = c->results->get(c->results->user, i, &path, &v);
		if (code == QUERN_OK && v && v->kind != VALUE_NULL)
			code = write_line(c, &line, path ? path : "", v);
	}
	buf_release(&line);
	return code == QUERN_OK ? QUERN_OK : write_failed(c->p, code, error);
}

quern_code plugin_render(struct plugin *p, const struct plugin_results *results, const quern_output *output,
			 quern_write_fn write, void *user, quern_error *error)
{
	struct render_call c = { p, results, write, user };
	error_empty(error);
	if (!has_function(p, "render"))
		return render_lines(&c, error);
	quern_code code = plugin_revive(p, output, error);
	return code == QUERN_OK ? state_call(&p->state, render_body, &c, output, error) : code;
}
