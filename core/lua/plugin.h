/*
 * plugin.h - one plugin: its source, its Lua state, its options.
 *
 * Provides core/quern_*.c with load, configure, map, reduce and render over records
 * and values.  One file of this folder knows one thing: heap.c the capped
 * heap that is dropped whole, budget.c the clock and the jump that ends a
 * call, sandbox.c what a plugin may see, guard_*.c library functions with the
 * budget inside, bind_*.c the types handed to Lua, require.c modules,
 * manifest.c the returned table, plugin.c loading and configuring, plugin_call.c the
 * calls.
 * Knows nothing of processes, command lines or where results go.
 */
#ifndef QUERN_LUA_PLUGIN_H
#define QUERN_LUA_PLUGIN_H

#include <stdatomic.h>

#include "base/alloc.h"
#include "base/value.h"
#include "doc/record.h"
#include "lua/files.h"
#include "quern.h"

struct plugin;
struct state;

/*
 * For a host that has a timer: the call that runs now, NULL between calls.
 * All plugins that share one run in one thread.
 */
struct plugin_ticker {
	_Atomic(struct state *) running;
};

/* What plugins find as quern.host.NAME. */
struct plugin_host {
	const char *const *names;
	size_t n;
	void *user;
	/* Function i; args is a list, *out is filled in arena.  Never jumps; error->code may stay unset. */
	quern_code (*call)(void *user, size_t i, const struct value *args, struct arena *arena, struct value *out,
			   quern_error *error);
};

struct plugin_env {
	const struct alloc *heap;
	const char *const *path; /* folders; must outlive the plugin */
	size_t n_path;
	double time_limit; /* seconds, > 0 */
	size_t memory_limit;
	size_t output_limit;
	struct record_limits record_limits; /* for quern.parse */
	bool unsafe_html;                   /* node:render("html") is unsafe without asking */
	struct module_cache *modules;       /* NULL: every state compiles its own */
	struct plugin_ticker *ticker;       /* NULL: a count hook looks at the clock */
	atomic_int *interrupted; /* set to end the call that runs, or the next; NULL: the plugin has its own */
	/* The log of calls that bring none; NULL: dropped. */
	void (*log)(void *user, quern_severity severity, const char *plugin, const char *message, size_t len);
	void *log_user;
	const struct plugin_host *host; /* functions of the host; NULL: none */
	struct file_source files;       /* where plugins and modules are read from */
};

/* text NULL: read name_or_path through the path.  All fill *error (never NULL here) on failure. */
quern_code plugin_load(const struct plugin_env *env, const char *name_or_path, const char *text, size_t len,
		       struct plugin **out, quern_error *error);
void plugin_free(struct plugin *p);
/* See quern_plugin_files. */
quern_code plugin_gather(const struct plugin_env *env, const char *name_or_path, quern_file_fn each, void *user,
			 quern_error *error);

const char *plugin_name(const struct plugin *p);
const char *plugin_path(const struct plugin *p);
const struct value *plugin_manifest(const struct plugin *p);
const char *plugin_format(const struct plugin *p);

quern_code plugin_configure(struct plugin *p, const struct value *options, const char *to, const char *now,
			    quern_error *error);
/*
 * Reads and builds it again, with the same options: from text, or where that is
 * NULL from its file.  On failure *p is what it was.
 */
quern_code plugin_reload(struct plugin **p, const char *text, size_t len, quern_error *error);
/* *out is filled in arena; kind VALUE_NULL for nil. */
quern_code plugin_map(struct plugin *p, struct record *doc, const quern_output *output, struct arena *arena,
		      struct value *out, quern_error *error);
/* The value as JSON, to write in one piece; nothing is written for nil and quern.null. */
quern_code plugin_map_json(struct plugin *p, struct record *doc, const quern_output *output, quern_write_fn write,
			   void *user, quern_error *error);
quern_code plugin_reduce(struct plugin *p, const struct value *a, const struct value *b, struct arena *arena,
			 struct value *out, quern_error *error);

struct plugin_results {
	void *user;
	size_t count;
	quern_code (*get)(void *user, size_t i, const char **path, const struct value **value);
	const struct value *reduced;
};
quern_code plugin_render(struct plugin *p, const struct plugin_results *results, const quern_output *output,
			 quern_write_fn write, void *user, quern_error *error);
/*
 * BLAKE2b-256, in hex, of all that decides what map returns but the document:
 * source, modules, options, format, instant, limits.  NULL: not to be known (a
 * module was required whose name no text has, or memory is refused).
 */
const char *plugin_digest(struct plugin *p);
/* From now on it is known whether a map asks for opts.to; forgets what was known. */
void plugin_watch_format(struct plugin *p, bool on);
bool plugin_read_format(const struct plugin *p);
void plugin_interrupt(struct plugin *p);
/* From a signal handler of the thread that runs the plugins: ends the call that runs, if its time is up; seconds over it. */
double plugin_tick(struct plugin_ticker *t);

#endif
