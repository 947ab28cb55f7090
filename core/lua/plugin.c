/*
 * plugin.c - a plugin is loaded, configured, reloaded, and known by a digest.
 *
 * It keeps its source and its options, so that a state killed by a breach is
 * built again by the next call, as if nothing had happened.
 */
#include "lua/plugin_private.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "lua/builtin.h"
#include "lua/error.h"
#include "lua/guard.h"
#include "lua/manifest.h"
#include "lua/options.h"
#include "lua/sandbox.h"

static quern_code nomem(const struct plugin *p, quern_error *error)
{
	error_fill(error, QUERN_NOMEM, p ? p->path : NULL, 0, NULL, "no memory for the plugin");
	return QUERN_NOMEM;
}

/* -------------------------------------------------------------------- loading */

/* A byte order mark and a first line for a shell are no Lua. */
static struct str skip_prologue(struct str text)
{
	if (str_starts(text, STR_LIT("\xEF\xBB\xBF")))
		text = (struct str){ text.p + 3, text.n - 3 };
	if (text.n && text.p[0] == '#') {
		const char *end = memchr(text.p, '\n', text.n);
		size_t n = end ? (size_t)(end - text.p) : text.n; /* the newline stays: lines keep their numbers */
		text = (struct str){ text.p + n, text.n - n };
	}
	return text;
}

struct load_call {
	struct plugin *p;
	struct value *manifest;
};

static void load_chunk(lua_State *L, struct plugin *p)
{
	struct str text = skip_prologue(buf_str(&p->source));
	if (text.n && text.p[0] == LUA_SIGNATURE[0])
		state_raise(L, QUERN_DENIED, "give the plugin's source text", "the plugin is a compiled chunk");
	const char *name = lua_pushfstring(L, "@%s", p->path);
	const struct builtin *builtin = builtin_find(text);
	if (builtin && builtin_load(L, builtin, name) != LUA_OK)
		lua_error(L); /* no memory */
	if (builtin || guard_load_text(L, text, name) == LUA_OK)
		return;
	state_raise_syntax(L, p->path);
}

static void keep_function(lua_State *L, const char *name, enum state_ref ref)
{
	lua_pushstring(L, name);
	lua_rawget(L, -2);
	state_set(L, ref);
}

/*
 * Little of what loading makes is garbage: the collector is to look at it when it has grown so many times, in percent, and not
 * at each doubling as later, when much is.
 */
enum { PAUSE_LOADING = 1000, PAUSE = 200 };

/* How many arguments map can see: its own are as many as its parameters, other functions may take any. */
static int map_takes(lua_State *L)
{
	lua_Debug f;
	state_get(L, REF_MAP);
	lua_getinfo(L, ">u", &f);
	return f.isvararg ? 3 : f.nparams;
}

static int load_body(lua_State *L)
{
	struct load_call *c = lua_touserdata(L, 1);
	lua_pushcfunction(L, sandbox_open);
	lua_call(L, 0, 0);
	lua_gc(L, LUA_GCINC, PAUSE_LOADING, 0, 0);
	load_chunk(L, c->p);
	lua_call(L, 0, 1);
	lua_gc(L, LUA_GCINC, PAUSE, 0, 0);
	manifest_read(L, &c->p->arena, c->p->default_name, c->manifest);
	keep_function(L, "map", REF_MAP);
	c->p->map_takes = map_takes(L);
	keep_function(L, "reduce", REF_REDUCE);
	keep_function(L, "render", REF_RENDER);
	return 0;
}

/* Errors of the manifest have no line of their own; those of the parser come with one. */
static quern_code plugin_build(struct plugin *p, struct value *manifest, const quern_output *output, quern_error *error)
{
	struct load_call c = { p, manifest };
	p->state.loading = true;
	quern_code code = state_call(&p->state, load_body, &c, output, error);
	p->state.loading = false;
	if (code != QUERN_OK)
		state_drop(&p->state);
	return code;
}

quern_code plugin_revive(struct plugin *p, const quern_output *output, quern_error *error)
{
	struct value manifest;
	if (p->state.L || p->state.entered)
		return QUERN_OK;
	return plugin_build(p, &manifest, output, error);
}

static bool ends_in_lua(const char *path)
{
	return str_ends(str_of(path), STR_LIT(".lua"));
}

static quern_code not_found(const struct plugin_env *env, const char *name, quern_error *error)
{
	char hint[240];
	size_t n = (size_t)snprintf(hint, sizeof hint, env->n_path ? "looked in " : "the plugin path is empty");
	for (size_t i = 0; i < env->n_path && n < sizeof hint; i++)
		n += (size_t)snprintf(hint + n, sizeof hint - n, "%s%s", i ? ", " : "", env->path[i]);
	error_fill(error, QUERN_NOT_FOUND, name, 0, hint, "no plugin of the name \"%.100s\"", name);
	return QUERN_NOT_FOUND;
}

static quern_code read_failed(const char *path, enum file_status status, quern_error *error)
{
	quern_code code = status == FILE_MISSING ? QUERN_NOT_FOUND : status == FILE_NOMEM ? QUERN_NOMEM : QUERN_IO;
	error_fill(error, code, path, 0, NULL, "cannot read the plugin: %s", file_status_text(status));
	return code;
}

static bool is_plain_name(const char *s)
{
	for (const char *p = s; *p; p++)
		if (*p == '/' || *p == '\\' || (unsigned char)*p < 0x20)
			return false;
	return *s && strcmp(s, ".") != 0 && strcmp(s, "..") != 0;
}

quern_code plugin_find(const struct plugin_env *env, const char *name, struct arena *arena, const char **path,
		       struct buf *source, quern_error *error)
{
	enum file_status status;
	if (ends_in_lua(name)) {
		*path = arena_strz(arena, str_of(name));
		if (!*path)
			return nomem(NULL, error);
		status = files_read(&env->files, source, name);
		return status == FILE_OK ? QUERN_OK : read_failed(name, status, error);
	}
	for (size_t i = 0; is_plain_name(name) && i < env->n_path; i++) {
		*path = arena_printf(arena, "%s/%s.lua", env->path[i], name);
		if (!*path)
			return nomem(NULL, error);
		status = files_read(&env->files, source, *path);
		if (status == FILE_OK)
			return QUERN_OK;
		if (status != FILE_MISSING)
			return read_failed(*path, status, error);
	}
	return not_found(env, name, error);
}

const char *plugin_folder(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	if (slash == path)
		return "/";
	return arena_strz(arena, slash ? (struct str){ path, (size_t)(slash - path) } : STR_EMPTY);
}

size_t plugin_folders(const struct plugin_env *env, const char *own, const char *folders[PLUGIN_FOLDERS_MOST])
{
	size_t n = 0;
	if (own)
		folders[n++] = own;
	for (size_t i = 0; i < env->n_path && n < PLUGIN_FOLDERS_MOST; i++)
		folders[n++] = env->path[i];
	return n;
}

/* The file's name without folder and suffix. */
static bool plugin_name_from_path(struct plugin *p)
{
	const char *slash = strrchr(p->path, '/');
	struct str base = str_of(slash ? slash + 1 : p->path);
	if (str_ends(base, STR_LIT(".lua")))
		base.n -= 4;
	p->default_name = arena_strz(&p->arena, base.n ? base : STR_LIT("plugin"));
	p->state.path = p->path;
	p->state.folder = plugin_folder(&p->arena, p->path);
	return p->default_name && p->state.folder;
}

static quern_code plugin_fill(struct plugin *p, const char *name_or_path, const char *text, size_t len,
			      quern_error *error)
{
	if (text) {
		buf_add(&p->source, text, len);
		p->path = arena_strz(&p->arena, str_of(name_or_path));
		if (!buf_ok(&p->source) || !p->path)
			return nomem(NULL, error);
	} else {
		quern_code code = plugin_find(&p->env, name_or_path, &p->arena, &p->path, &p->source, error);
		if (code != QUERN_OK)
			return code;
	}
	if (!plugin_name_from_path(p))
		return nomem(p, error);
	quern_code code = plugin_build(p, &p->manifest, NULL, error);
	if (code != QUERN_OK)
		return code;
	return plugin_configure(p, NULL, NULL, NULL, error) == QUERN_NOMEM ? QUERN_NOMEM : QUERN_OK;
}

quern_code plugin_load(const struct plugin_env *env, const char *name_or_path, const char *text, size_t len,
		       struct plugin **out, quern_error *error)
{
	*out = NULL;
	struct plugin *p = mem_new_zero(env->heap, sizeof *p);
	if (!p)
		return nomem(NULL, error);
	p->env = *env;
	arena_init(&p->arena, env->heap, 0);
	arena_init(&p->option_arena, env->heap, 0);
	buf_init(&p->source, env->heap, 0);
	buf_init(&p->json, env->heap, 0);
	closure_init(&p->closure, env->heap);
	state_init(&p->state, &p->env);
	quern_code code = plugin_fill(p, name_or_path, text, len, error);
	if (code != QUERN_OK) {
		plugin_free(p);
		return code;
	}
	error_empty(error);
	*out = p;
	return QUERN_OK;
}

void plugin_free(struct plugin *p)
{
	if (!p)
		return;
	const struct alloc *heap = p->env.heap;
	state_release(&p->state);
	buf_release(&p->source);
	buf_release(&p->json);
	closure_release(&p->closure);
	arena_release(&p->arena);
	arena_release(&p->option_arena);
	mem_free(heap, p, sizeof *p);
}

static const char *manifest_text(const struct plugin *p, const char *key)
{
	const struct value *v = value_getz(&p->manifest, key);
	return v && v->kind == VALUE_STRING ? v->as.string.p : "";
}

const char *plugin_name(const struct plugin *p)
{
	return manifest_text(p, "name");
}

const char *plugin_path(const struct plugin *p)
{
	return p->path;
}

const struct value *plugin_manifest(const struct plugin *p)
{
	return &p->manifest;
}

const char *plugin_format(const struct plugin *p)
{
	return p->to ? p->to : value_getz(&p->manifest, "formats")->as.list.items[0].as.string.p;
}

void plugin_interrupt(struct plugin *p)
{
	atomic_store(p->state.budget.interrupted, 1);
}

double plugin_tick(struct plugin_ticker *t)
{
	struct state *s = atomic_load_explicit(&t->running, memory_order_relaxed);
	return s ? state_tick(s) : 0;
}

/* ---------------------------------------------------------------- configuring */

static const char *find_format(const struct plugin *p, const char *to)
{
	const struct value_list *formats = &value_getz(&p->manifest, "formats")->as.list;
	for (size_t i = 0; i < formats->n; i++)
		if (!to || strcmp(formats->items[i].as.string.p, to) == 0)
			return formats->items[i].as.string.p;
	return NULL;
}

static quern_code unknown_format(const struct plugin *p, const char *to, quern_error *error)
{
	const struct value_list *formats = &value_getz(&p->manifest, "formats")->as.list;
	char hint[240];
	size_t n = (size_t)snprintf(hint, sizeof hint, "%s writes ", plugin_name(p));
	for (size_t i = 0; i < formats->n && n < sizeof hint; i++)
		n += (size_t)snprintf(hint + n, sizeof hint - n, "%s%s", i ? ", " : "", formats->items[i].as.string.p);
	error_fill(error, QUERN_INVALID, p->path, 0, hint, "the plugin does not write the format \"%.60s\"", to);
	return QUERN_INVALID;
}

quern_code plugin_configure(struct plugin *p, const struct value *options, const char *to, const char *now,
			    quern_error *error)
{
	struct arena arena;
	struct value resolved;
	struct option_problem problem;
	const char *format = find_format(p, to);
	if (!format)
		return unknown_format(p, to, error);
	arena_init(&arena, p->env.heap, 0);
	bool ok = options_resolve(&arena, value_getz(&p->manifest, "options"), options, &resolved, &problem);
	char *instant = arena_strz(&arena, str_of(now ? now : NOW_DEFAULT));
	struct value given = value_null();
	if (options && !value_copy(&arena, options, &given))
		instant = NULL;
	if (!ok || !instant) {
		quern_code code = !ok && !problem.nomem ? QUERN_INVALID : QUERN_NOMEM;
		error_fill(error, code, p->path, 0, ok ? NULL : problem.hint, "%s",
			   ok ? "no memory for the options" : problem.message);
		arena_release(&arena);
		return code;
	}
	arena_release(&p->option_arena);
	p->option_arena = arena;
	p->options = resolved;
	p->given = given;
	p->to = format;
	p->to_given = to != NULL;
	p->now = instant;
	p->has_digest = false;
	error_empty(error);
	return QUERN_OK;
}

quern_code plugin_reload(struct plugin **p, const char *text, size_t len, quern_error *error)
{
	struct plugin *old = *p, *fresh;
	quern_code code = plugin_load(&old->env, old->path, text, len, &fresh, error);
	if (code != QUERN_OK)
		return code;
	code = plugin_configure(fresh, old->given.kind == VALUE_MAP ? &old->given : NULL,
				old->to_given ? old->to : NULL, old->now, error);
	if (code != QUERN_OK) {
		plugin_free(fresh);
		return code;
	}
	fresh->watches_format = old->watches_format;
	plugin_free(old);
	*p = fresh;
	return QUERN_OK;
}

/* --------------------------------------------------------------------- digest */

static bool closure_make(struct plugin *p)
{
	const char *folders[PLUGIN_FOLDERS_MOST];
	const size_t n = plugin_folders(&p->env, p->state.folder, folders);

	return closure_read(&p->closure, buf_str(&p->source), folders, n, &p->env.files, NULL);
}

/* Whether every module that was loaded so far is one that a text names. */
static bool is_foreseen(struct plugin *p)
{
	const struct buf *r = &p->state.required;

	if (!buf_ok(r))
		return false;
	for (; p->foreseen < r->n; p->foreseen += strlen(r->p + p->foreseen) + 1)
		if (!closure_has(&p->closure, r->p + p->foreseen))
			return false;
	return true;
}

static bool digest_make(struct plugin *p)
{
	const struct record_limits *l = &p->env.record_limits;
	const size_t n = p->closure.text.n;
	struct buf *text = &p->closure.text;

	buf_addf(text, "\nquern %s to %s now %s unsafe %d output %zu bytes %zu nodes %u depth %u attributes %u\n",
		 quern_version(), plugin_format(p), p->now ? p->now : NOW_DEFAULT, p->env.unsafe_html,
		 p->env.output_limit, l->max_bytes, l->max_nodes, l->max_depth, l->max_attributes);
	json_write(text, &p->options, 0);
	if (buf_ok(text))
		digest_hex(buf_str(text), p->digest);
	p->has_digest = buf_ok(text);
	buf_truncate(text, n);
	return p->has_digest;
}

const char *plugin_digest(struct plugin *p)
{
	if (p->env.host && p->env.host->n)
		return NULL; /* what the host's functions answer stands in no source */
	if (!p->has_closure)
		p->has_closure = closure_make(p);
	if (!p->has_closure || !is_foreseen(p))
		return NULL;
	return p->has_digest || digest_make(p) ? p->digest : NULL;
}
