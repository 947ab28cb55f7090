/*
 * manifest.c - unknown keys, wrong types and unknown formats are errors that
 * say where and what to write instead.
 */
#include "lua/manifest.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "lua/error.h"
#include "lua/options.h"
#include "lua/state.h"
#include "lua/value_lua.h"

static const char *const keys[] = { "name", "api", "summary", "formats", "options", "map", "reduce", "render", NULL };
static const char *const formats[] = { "markdown", "html", "text", "json", "ndjson", "csv",  "tsv",
				       "ics",      "xml",  "yaml", "tex",  "svg",    "atom", NULL };
static const char *const option_keys[] = { "type", "default", "min", "max", "one_of", "required", "help", NULL };

/* More than any person would write. */
enum { OPTIONS_MOST = 500, LIST_MOST = 500, OPTIONS_BYTES = 256 * 1024 };

/* ... of the manifest, with the plugin as the place. */
static _Noreturn void refuse(lua_State *L, const char *hint, const char *format, ...)
{
	char message[400];
	va_list args;
	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	state_raise(L, QUERN_MANIFEST, hint, "%s", message);
}

static void check_keys(lua_State *L, int table, const char *what, const char *const *known)
{
	char hint[200];
	for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
		if (lua_type(L, -2) != LUA_TSTRING)
			refuse(L, "fields are names: name = \"...\", map = function ... end",
			       "%s has a key that is a %s, not a name", what, luaL_typename(L, -2));
		const char *key = lua_tostring(L, -2);
		bool ok = false;
		for (size_t i = 0; known[i] && !ok; i++)
			ok = strcmp(known[i], key) == 0;
		if (ok)
			continue;
		const char *near = error_nearest(key, known);
		size_t n = (size_t)snprintf(hint, sizeof hint,
					    near ? "did you mean \"%s\"?" : "known: ", near ? near : "");
		for (size_t i = 0; !near && known[i] && n < sizeof hint - 16; i++)
			n += (size_t)snprintf(hint + n, sizeof hint - n, "%s%s", i ? ", " : "", known[i]);
		refuse(L, hint, "%s has an unknown key \"%.60s\"", what, key);
	}
}

/* Pushes the field; false when it is nil. */
static bool get(lua_State *L, int table, const char *what, const char *key, int type)
{
	lua_pushstring(L, key);
	int is = lua_rawget(L, table);
	if (is == LUA_TNIL)
		return false;
	if (is != type)
		refuse(L, "", "%s: %s must be a %s, not a %s", what, key, lua_typename(L, type), lua_typename(L, is));
	return true;
}

static struct str keep(lua_State *L, struct arena *a, int at)
{
	struct str s;
	s.p = lua_tolstring(L, at, &s.n);
	s = arena_str(a, s);
	if (!s.p)
		budget_kill(&state_of(L)->budget, QUERN_NOMEM);
	return s;
}

static void set(lua_State *L, struct arena *a, struct value *map, const char *key, struct value v)
{
	if (!value_setz(a, map, key, v))
		budget_kill(&state_of(L)->budget, QUERN_NOMEM);
}

static void append(lua_State *L, struct arena *a, struct value *list, struct value v)
{
	if (!value_append(a, list, v))
		budget_kill(&state_of(L)->budget, QUERN_NOMEM);
}

/* A name as it stands on a command line. */
static bool is_plain_name(const char *s)
{
	size_t n = strlen(s);
	for (size_t i = 0; i < n; i++) {
		char c = s[i];
		bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
			  c == '-';
		if (!ok)
			return false;
	}
	return n > 0 && n <= 100 && s[0] != '-';
}

static void read_name(lua_State *L, struct arena *a, const char *default_name, struct value *out)
{
	int top = lua_gettop(L);
	if (!get(L, top, "the plugin's table", "name", LUA_TSTRING)) {
		lua_pop(L, 1);
		lua_pushstring(L, default_name);
	} else if (!is_plain_name(lua_tostring(L, -1)) || strlen(lua_tostring(L, -1)) != lua_rawlen(L, -1)) {
		refuse(L, "use letters, digits, - and _", "the plugin's name \"%.60s\" is no plain name",
		       lua_tostring(L, -1));
	}
	set(L, a, out, "name", value_string(keep(L, a, -1)));
	lua_pop(L, 1);
	bool has_summary = get(L, top, "the plugin's table", "summary", LUA_TSTRING);
	set(L, a, out, "summary", value_string(has_summary ? keep(L, a, -1) : STR_EMPTY));
	lua_pop(L, 1);
}

static void read_api(lua_State *L)
{
	int top = lua_gettop(L);
	lua_pushliteral(L, "api");
	int type = lua_rawget(L, top);
	if (type == LUA_TNIL)
		refuse(L, "add: api = 1", "the plugin's table has no api");
	if (!lua_isinteger(L, -1) || type != LUA_TNUMBER)
		refuse(L, "write: api = 1", "api must be the integer 1, not a %s", lua_typename(L, type));
	if (lua_tointeger(L, -1) != QUERN_PLUGIN_API)
		refuse(L, "this quern knows api = 1", "the plugin wants api %lld", (long long)lua_tointeger(L, -1));
	lua_pop(L, 1);
}

static void check_format(lua_State *L, const char *name)
{
	char hint[200];
	for (size_t i = 0; formats[i]; i++)
		if (strcmp(formats[i], name) == 0)
			return;
	const char *near = error_nearest(name, formats);
	if (near)
		snprintf(hint, sizeof hint, "did you mean \"%s\"?", near);
	else
		snprintf(hint, sizeof hint,
			 "known: markdown, html, text, json, ndjson, csv, tsv, ics, xml, yaml, tex, svg, atom");
	refuse(L, hint, "formats: unknown format \"%.60s\"", name);
}

static void read_formats(lua_State *L, struct arena *a, struct value *out)
{
	struct value list = value_list();
	int top = lua_gettop(L);
	if (!get(L, top, "the plugin's table", "formats", LUA_TTABLE)) {
		append(L, a, &list, value_string(STR_LIT("json")));
		set(L, a, out, "formats", list);
		lua_pop(L, 1);
		return;
	}
	lua_Integer n = (lua_Integer)lua_rawlen(L, -1);
	for (lua_pushnil(L); lua_next(L, top + 1); lua_pop(L, 1))
		if (!lua_isinteger(L, -2) || lua_tointeger(L, -2) < 1 || lua_tointeger(L, -2) > n)
			refuse(L, "write: formats = { \"markdown\", \"json\" }", "formats must be a list of names");
	if (n == 0)
		refuse(L, "write: formats = { \"json\" }", "formats is empty");
	for (lua_Integer i = 1; i <= n; i++) {
		if (lua_rawgeti(L, top + 1, i) != LUA_TSTRING)
			refuse(L, "", "formats[%lld] must be a string, not a %s", (long long)i, luaL_typename(L, -1));
		check_format(L, lua_tostring(L, -1));
		struct value name = value_string(keep(L, a, -1));
		for (size_t k = 0; k < list.as.list.n; k++)
			if (value_equal(&list.as.list.items[k], &name))
				refuse(L, "", "formats names \"%s\" twice", lua_tostring(L, -1));
		append(L, a, &list, name);
		lua_pop(L, 1);
	}
	lua_pop(L, 1);
	set(L, a, out, "formats", list);
}

/* What is declared is looked through by hand and by comparing each with each: it is no place for data. */
static void check_size(lua_State *L, const char *what, const struct value *option, size_t bytes)
{
	static const char *const lists[] = { "default", "one_of" };
	for (size_t i = 0; i < 2; i++) {
		const struct value *v = value_getz(option, lists[i]);
		if (v && v->kind == VALUE_LIST && v->as.list.n > LIST_MOST)
			refuse(L, "keep data in a module", "%s: %s has more than %d values", what, lists[i], LIST_MOST);
	}
	if (bytes > OPTIONS_BYTES)
		refuse(L, "keep data in a module", "%s: the options are more than %d bytes in all", what,
		       OPTIONS_BYTES);
}

/* The declaration of one option: its table is on top, its name below. */
static void read_option(lua_State *L, struct arena *a, struct value *list, size_t output_left)
{
	char what[120];
	snprintf(what, sizeof what, "option \"%.60s\"", lua_tostring(L, -2));
	if (!lua_istable(L, -1))
		refuse(L, "write: { type = \"string\", help = \"...\" }", "%s must be a table, not a %s", what,
		       luaL_typename(L, -1));
	int table = lua_gettop(L);
	check_keys(L, table, what, option_keys);
	struct value option = value_map();
	set(L, a, &option, "name", value_string(keep(L, a, -2)));
	for (size_t i = 0; option_keys[i]; i++) {
		struct value v;
		lua_pushstring(L, option_keys[i]);
		if (lua_rawget(L, table) != LUA_TNIL) {
			value_take(L, -1, a, &v, what);
			set(L, a, &option, option_keys[i], v);
		}
		lua_pop(L, 1);
	}
	check_size(L, what, &option, output_left - state_of(L)->budget.output_left);
	struct option_problem problem;
	if (!option_declare(a, &option, &problem))
		refuse(L, problem.hint, "%s: %s", what, problem.message);
	append(L, a, list, option);
}

static int by_name(const struct value *x, const struct value *y)
{
	return str_cmp(value_getz(x, "name")->as.string, value_getz(y, "name")->as.string);
}

static void read_options(lua_State *L, struct arena *a, struct value *out)
{
	struct value list = value_list();
	int top = lua_gettop(L);
	/* Each value that is taken counts as output. */
	const size_t output_left = state_of(L)->budget.output_left;
	if (get(L, top, "the plugin's table", "options", LUA_TTABLE)) {
		for (lua_pushnil(L); lua_next(L, top + 1); lua_pop(L, 1)) {
			const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : NULL;
			if (!name || !is_plain_name(name) || strlen(name) != lua_rawlen(L, -2))
				refuse(L, "write: options = { limit = { type = \"integer\" } }",
				       "options must be a table from plain names to declarations");
			if (strcmp(name, "to") == 0 || strcmp(name, "now") == 0)
				refuse(L, "choose another name", "option \"%s\": the name is taken by quern", name);
			if (list.as.list.n == OPTIONS_MOST)
				refuse(L, "", "there are more than %d options", OPTIONS_MOST);
			read_option(L, a, &list, output_left);
		}
	}
	/* Few; the order of Lua's table is not fixed. */
	for (size_t i = 1; i < list.as.list.n; i++)
		for (size_t k = i; k > 0 && by_name(&list.as.list.items[k], &list.as.list.items[k - 1]) < 0; k--) {
			struct value swap = list.as.list.items[k];
			list.as.list.items[k] = list.as.list.items[k - 1];
			list.as.list.items[k - 1] = swap;
		}
	lua_settop(L, top);
	set(L, a, out, "options", list);
}

void manifest_read(lua_State *L, struct arena *a, const char *default_name, struct value *out)
{
	static const char *const calls[] = { "map", "reduce", "render" };
	int top = lua_gettop(L);
	if (!lua_istable(L, top))
		refuse(L,
		       "end the file with: return { name = \"...\", api = 1, map = function(doc, opts, out) ... end }",
		       "the plugin returned %s%s, not a table", lua_isnil(L, top) ? "" : "a ",
		       lua_isnil(L, top) ? "nothing" : luaL_typename(L, top));
	luaL_checkstack(L, 20, NULL);
	check_keys(L, top, "the plugin's table", keys);
	*out = value_map();
	read_api(L);
	read_name(L, a, default_name, out);
	read_formats(L, a, out);
	read_options(L, a, out);
	for (size_t i = 0; i < 3; i++) {
		bool has = get(L, top, "the plugin's table", calls[i], LUA_TFUNCTION);
		if (i == 0 && !has)
			refuse(L, "add: map = function(doc, opts, out) ... end",
			       "the plugin's table has no map function");
		set(L, a, out, calls[i], value_bool(has));
		lua_settop(L, top);
	}
}
