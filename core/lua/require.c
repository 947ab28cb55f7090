/*
 * require.c - modules in Lua, from the plugin's folder and the plugin path.
 *
 * A module name is names joined by dots; "lib.dates" is lib/dates.lua.  The
 * file must lie inside the folder it was found in when every symbolic link is
 * followed.  A module runs once a state, and is compiled once an engine, or was when
 * quern was built.
 */
#include <lauxlib.h>
#include <string.h>

#include "lua/bind.h"
#include "lua/builtin.h"
#include "lua/files.h"
#include "lua/guard.h"
#include "lua/modules.h"
#include "lua/state.h"
#include "lua/words.h"

static _Noreturn void bad_name(lua_State *L, const char *name, const char *why)
{
	state_raise(L, QUERN_DENIED, "modules are named like \"lib.dates\": letters, digits and _ joined by dots",
		    "require: \"%s\" %s", name, why);
}

/* "lib.dates" -> "lib/dates.lua" */
static void name_to_file(lua_State *L, const char *name, size_t n, char out[MODULE_NAME_MOST + 8])
{
	if (n == 0 || n > MODULE_NAME_MOST || strlen(name) != n)
		bad_name(L, n > MODULE_NAME_MOST ? "..." : name, "is no module name");
	if (strstr(name, ".."))
		bad_name(L, name, "has an empty part or \"..\"");
	if (name[0] == '/')
		bad_name(L, name, "is an absolute path");
	for (size_t i = 0; i < n; i++) {
		char c = name[i];
		if (!words_is_letter(c) && (c != '.' || i == 0 || i + 1 == n))
			bad_name(L, name, "is no module name");
		out[i] = c == '.' ? '/' : c;
	}
	memcpy(out + n, ".lua", 5);
}

enum found { FOUND_NOT, FOUND_OK, FOUND_OUTSIDE };

/* A file of which it is certain that it is the one that was compiled need not be read again. */
static struct module *find_compiled(const struct state *s, const char *path, struct stat *info)
{
	if (s->env->files.read || stat(path, info) != 0 || !s->env->modules)
		return NULL;
	return module_cache_find(s->env->modules, path, info);
}

/*
 * Pushes the path as errors will call it when the folder has the module.  If
 * it is compiled already, that is in s->module; else its text is in the scratch buffer.
 */
static enum found find_in(lua_State *L, const char *folder, const char *file, struct stat *info)
{
	struct state *s = state_of(L);
	struct module_cache *cache = s->env->modules;
	char path[PATH_MAX];
	bool outside = false;
	if (!files_module_path(path, folder, file))
		return FOUND_NOT;
	s->module = find_compiled(s, path, info);
	if (s->module) {
		lua_pushstring(L, path);
		return FOUND_OK;
	}
	buf_clear(&s->scratch);
	enum file_status status = files_read_module(&s->env->files, &s->scratch, folder, path, &outside);
	if (status == FILE_MISSING)
		return outside ? FOUND_OUTSIDE : FOUND_NOT;
	if (status == FILE_NOMEM)
		budget_kill(&s->budget, QUERN_NOMEM);
	if (status != FILE_OK)
		state_raise(L, QUERN_IO, "", "require: %s: %s", path, file_status_text(status));
	s->module = cache ? module_cache_find_text(cache, path, buf_str(&s->scratch)) : NULL;
	lua_pushstring(L, path);
	return FOUND_OK;
}

/* As find_in, over all folders. */
static void find_module(lua_State *L, const char *name, const char *file, struct stat *info)
{
	struct state *s = state_of(L);
	bool outside = false;
	size_t n = s->env->n_path + (s->folder != NULL);
	for (size_t i = 0; i < n; i++) {
		const char *folder = s->folder ? (i == 0 ? s->folder : s->env->path[i - 1]) : s->env->path[i];
		enum found found = find_in(L, folder, file, info);
		if (found == FOUND_OK)
			return;
		outside = outside || found == FOUND_OUTSIDE;
	}
	if (outside)
		state_raise(L, QUERN_DENIED, "put the file itself on the plugin path",
			    "require: \"%s\" is a link that leaves the plugin path", name);
	state_raise(L, QUERN_RUNTIME, "modules are looked for beside the plugin and on the plugin path",
		    "require: no module \"%s\" (no file %s)", name, file);
}

static int write_code(lua_State *L, const void *piece, size_t n, void *code)
{
	(void)L;
	buf_add(code, piece, n);
	return 0;
}

/* Compiles the text in the scratch buffer and lets other states have the bytecode. */
static void load_text(lua_State *L, const char *path, const struct stat *info)
{
	struct state *s = state_of(L);
	struct module_cache *cache = s->env->modules;
	struct buf code;
	lua_pushfstring(L, "@%s", path);
	struct str text = buf_str(&s->scratch);
	const struct builtin *builtin = builtin_find(text);
	if (builtin) {
		buf_clear(&s->scratch);
		if (builtin_load(L, builtin, lua_tostring(L, -1)) != LUA_OK)
			lua_error(L); /* no memory */
		return;
	}
	lua_pushlstring(L, text.p, text.n); /* the buffer is free for the module's own use */
	buf_clear(&s->scratch);
	text.p = lua_tolstring(L, -1, &text.n);
	if (guard_load_text(L, text, lua_tostring(L, -2)) != LUA_OK)
		state_raise_syntax(L, path); /* at the module's own line, not at the one that requires it */
	if (!cache)
		return;
	buf_init(&code, s->env->heap, 0);
	lua_dump(L, write_code, &code, 0); /* with lines, for errors */
	if (buf_ok(&code))
		module_cache_add(cache, path, info, text, buf_str(&code));
	buf_release(&code);
}

static void load_code(lua_State *L, const char *path)
{
	struct state *s = state_of(L);
	struct str code = module_code(s->module);
	lua_pushfstring(L, "@%s", path);
	state_spend(L, code.n / 8);
	int status = luaL_loadbufferx(L, code.p, code.n, lua_tostring(L, -1), "b");
	module_unref(s->module);
	s->module = NULL;
	if (status != LUA_OK)
		lua_error(L); /* no memory: what was dumped does load */
}

/* Runs what find_module found; path at index 2; leaves the result on top. */
static void run_module(lua_State *L, const char *name, const struct stat *info)
{
	if (state_of(L)->module)
		load_code(L, lua_tostring(L, 2));
	else
		load_text(L, lua_tostring(L, 2), info);
	lua_pushvalue(L, 1);
	lua_call(L, 1, 1);
	if (!lua_istable(L, -1) && !lua_isfunction(L, -1) && lua_type(L, -1) != LUA_TSTRING)
		state_raise(L, QUERN_RUNTIME, "end the module with: return { ... }",
			    "require: module \"%s\" returned a %s, not a table, function or string", name,
			    luaL_typename(L, -1));
}

/* Once, however often one that fails is tried. */
static void note_required(struct state *s, const char *name, size_t n)
{
	const struct buf *r = &s->required;
	for (size_t at = 0; buf_ok(r) && at < r->n; at += strlen(r->p + at) + 1)
		if (strcmp(r->p + at, name) == 0)
			return;
	buf_add(&s->required, name, n + 1);
}

/*
 * Whether a module that was begun in this call still runs: one that failed left its mark, too, where the plugin caught the
 * error.  What a coroutine's resumer does is not seen from here.
 */
static bool is_under_way(lua_State *L)
{
	enum { LEVELS = 1000 };
	lua_Debug ar;
	if (L != state_of(L)->L)
		return true;
	for (int level = 1; lua_getstack(L, level, &ar); level++) {
		if (level == LEVELS)
			return true;
		lua_getinfo(L, "f", &ar);
		bool same = lua_tocfunction(L, -1) == require_module;
		lua_pop(L, 1);
		if (!same || !lua_getlocal(L, &ar, 1))
			continue;
		same = lua_rawequal(L, 1, -1);
		lua_pop(L, 1);
		if (same)
			return true;
	}
	return false;
}

int require_module(lua_State *L)
{
	size_t n;
	char file[MODULE_NAME_MOST + 8];
	const char *name = luaL_checklstring(L, 1, &n);
	struct state *s = state_of(L);
	struct stat info = { 0 };
	lua_settop(L, 1);
	name_to_file(L, name, n, file);
	if (!s->refs[REF_MODULES]) {
		lua_newtable(L);
		state_set(L, REF_MODULES);
	}
	state_get(L, REF_MODULES);
	lua_pushvalue(L, 1);
	int type = lua_rawget(L, 2);
	/* A mark of an earlier call is that of a module which failed in it. */
	const bool marked = type == LUA_TNUMBER && lua_tointeger(L, -1) == (lua_Integer)s->call;
	if (marked && is_under_way(L))
		state_raise(L, QUERN_RUNTIME, "move what both need into a third module",
			    "require: module \"%s\" requires itself, directly or through others", name);
	if (type != LUA_TNIL && type != LUA_TNUMBER)
		return 1;
	budget_check_stack(&s->budget);
	/* Marked as under way. */
	lua_pushvalue(L, 1);
	lua_pushinteger(L, (lua_Integer)s->call);
	lua_rawset(L, 2);
	lua_settop(L, 1);
	find_module(L, name, file, &info);
	note_required(s, name, n);
	run_module(L, name, &info);
	state_get(L, REF_MODULES);
	lua_pushvalue(L, 1);
	lua_pushvalue(L, -3);
	lua_rawset(L, -3);
	lua_pop(L, 1);
	return 1;
}
