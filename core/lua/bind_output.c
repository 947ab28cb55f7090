/*
 * bind_output.c - out:write(path, text), and the results that render reads.
 *
 * Paths are checked as text here; where files go, and that no symbolic link
 * leads elsewhere, is the business of whoever receives them.
 */
#include <lauxlib.h>
#include <string.h>

#include "lua/bind.h"
#include "lua/state.h"
#include "lua/value_lua.h"

#define PATH_MAX_BYTES 1024
#define PART_MAX_BYTES 255
/* Bytes of output that a file is, beside its name and text. */
#define FILE_COST 1024

static _Noreturn void bad_path(lua_State *L, const char *why)
{
	state_raise(L, QUERN_OUTPUT, "give a relative path such as \"pages/intro.html\"", "out:write: the path %s",
		    why);
}

/* Checks and normalises ("./a/b" is "a/b") into out. */
static void check_path(lua_State *L, const char *p, size_t n, char out[PATH_MAX_BYTES + 1])
{
	size_t length = 0;
	if (n == 0)
		bad_path(L, "is empty");
	if (n > PATH_MAX_BYTES)
		bad_path(L, "is longer than 1024 bytes");
	if (memchr(p, '\0', n))
		bad_path(L, "holds a NUL");
	if (p[0] == '/')
		bad_path(L, "is absolute");
	for (const char *end = p + n; p <= end;) {
		const char *slash = memchr(p, '/', (size_t)(end - p));
		size_t part = (size_t)((slash ? slash : end) - p);
		if (part == 0)
			bad_path(L, slash ? "has an empty part (two slashes)" : "ends in a slash");
		if (part > PART_MAX_BYTES)
			bad_path(L, "has a part longer than 255 bytes");
		if (part == 2 && p[0] == '.' && p[1] == '.')
			bad_path(L, "has a part \"..\"");
		if (!(part == 1 && p[0] == '.')) {
			if (length)
				out[length++] = '/';
			memcpy(out + length, p, part);
			length += part;
		}
		p += part + 1;
	}
	if (length == 0)
		bad_path(L, "names no file");
	out[length] = '\0';
}

static void check_output(lua_State *L)
{
	if (!lua_getmetatable(L, 1))
		luaL_typeerror(L, 1, "output");
	if (!state_is(L, -1, REF_OUTPUT_META))
		luaL_typeerror(L, 1, "output");
	lua_pop(L, 1);
	if (*(unsigned *)lua_touserdata(L, 1) != state_of(L)->call)
		state_raise(L, QUERN_STALE, "use the out that this call was given",
			    "this output belongs to an earlier call");
}

static int output_write(lua_State *L)
{
	struct state *s = state_of(L);
	char path[PATH_MAX_BYTES + 1];
	size_t n, m;
	check_output(L);
	const char *p = luaL_checklstring(L, 2, &n);
	const char *text = luaL_checklstring(L, 3, &m);
	check_path(L, p, n, path);
	if (!s->output || !s->output->file)
		state_raise(L, QUERN_OUTPUT, "give a folder for files (-o DIR/)",
			    "out:write: there is no place for files in this call");
	budget_output(&s->budget, n + m + FILE_COST);
	state_host_enter(s);
	quern_code code = s->output->file(s->output->user, path, text, m);
	state_host_leave(s);
	if (code != QUERN_OK) {
		s->failed = code;
		state_raise(L, code, "", "out:write: \"%s\" could not be written", path);
	}
	return 0;
}

static int type_index(lua_State *L)
{
	lua_settop(L, 2);
	lua_rawget(L, lua_upvalueindex(1));
	return 1;
}

void bind_output_open(lua_State *L)
{
	static const luaL_Reg methods[] = { { "write", output_write }, { NULL, NULL } };
	bind_type(L, REF_OUTPUT_META, "output", NULL, type_index, NULL, methods);
}

void bind_output_push(lua_State *L)
{
	unsigned *call = lua_newuserdatauv(L, sizeof *call, 0);
	*call = state_of(L)->call;
	state_get(L, REF_OUTPUT_META);
	lua_setmetatable(L, -2);
}

/* ------------------------------------------------------------------ results */

struct results_ref {
	const struct plugin_results *results;
	unsigned call;
};

static const struct plugin_results *check_results(lua_State *L, struct results_ref *r)
{
	if (r->call != state_of(L)->call)
		state_raise(L, QUERN_STALE, "use the results that this call was given",
			    "these results belong to an earlier call");
	return r->results;
}

/* Pushes path and value of result i (0-based). */
static void get_result(lua_State *L, const struct plugin_results *r, size_t i)
{
	struct state *s = state_of(L);
	const char *path = NULL;
	const struct value *value = NULL;
	state_host_enter(s);
	quern_code code = r->get(r->user, i, &path, &value);
	state_host_leave(s);
	if (code != QUERN_OK) {
		s->failed = code;
		state_raise(L, code, "", "result %d could not be read", (int)i + 1);
	}
	budget_check(&s->budget);
	lua_pushstring(L, path ? path : "");
	if (!value || value->kind == VALUE_NULL)
		lua_pushnil(L);
	else
		value_push(L, value);
}

static int results_index(lua_State *L)
{
	struct results_ref *ref = lua_touserdata(L, 1);
	const struct plugin_results *r = check_results(L, ref);
	lua_settop(L, 2);
	if (!lua_isinteger(L, 2)) {
		lua_rawget(L, lua_upvalueindex(1));
		return 1;
	}
	lua_Integer i = lua_tointeger(L, 2);
	if (i < 1 || (lua_Unsigned)i > r->count)
		return 0;
	lua_createtable(L, 0, 2);
	get_result(L, r, (size_t)i - 1);
	lua_setfield(L, 3, "value");
	lua_setfield(L, 3, "path");
	return 1;
}

static int results_len(lua_State *L)
{
	lua_pushinteger(L, (lua_Integer)check_results(L, lua_touserdata(L, 1))->count);
	return 1;
}

/* Upvalues: results, position. */
static int results_next(lua_State *L)
{
	const struct plugin_results *r = check_results(L, lua_touserdata(L, lua_upvalueindex(1)));
	size_t i = (size_t)lua_tointeger(L, lua_upvalueindex(2));
	if (i >= r->count)
		return 0;
	lua_pushinteger(L, (lua_Integer)i + 1);
	lua_replace(L, lua_upvalueindex(2));
	get_result(L, r, i);
	return 2;
}

static int results_each(lua_State *L)
{
	lua_settop(L, 1);
	if (!lua_getmetatable(L, 1))
		luaL_typeerror(L, 1, "results");
	if (!state_is(L, -1, REF_RESULTS_META))
		luaL_typeerror(L, 1, "results");
	lua_settop(L, 1);
	lua_pushinteger(L, 0);
	lua_pushcclosure(L, results_next, 2);
	return 1;
}

void bind_results_open(lua_State *L)
{
	static const luaL_Reg meta[] = { { "__len", results_len }, { NULL, NULL } };
	static const luaL_Reg methods[] = { { "each", results_each }, { NULL, NULL } };
	bind_type(L, REF_RESULTS_META, "results", meta, results_index, NULL, methods);
}

void bind_results_push(lua_State *L, const struct plugin_results *results)
{
	struct results_ref *r = lua_newuserdatauv(L, sizeof *r, 0);
	r->results = results;
	r->call = state_of(L)->call;
	state_get(L, REF_RESULTS_META);
	lua_setmetatable(L, -2);
}
