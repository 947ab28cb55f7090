/*
 * plugin_private.h - what the files of a plugin share: loading and configuring
 * (plugin.c), the calls (plugin_call.c), the files it consists of (plugin_gather.c).
 */
#ifndef QUERN_LUA_PLUGIN_PRIVATE_H
#define QUERN_LUA_PLUGIN_PRIVATE_H

#include "base/digest.h"
#include "lua/closure.h"
#include "lua/plugin.h"
#include "lua/state.h"

#define NOW_DEFAULT "1970-01-01T00:00:00Z"

struct plugin {
	struct plugin_env env;
	struct state state;
	struct arena arena; /* path, name, manifest */
	struct buf source;
	const char *path;
	const char *default_name;
	struct value manifest;
	struct arena option_arena;
	struct value options;
	struct value given; /* what options were resolved from */
	const char *to, *now;
	bool to_given;          /* else the plugin's first */
	struct closure closure; /* read when the digest is first asked for */
	char digest[DIGEST_HEX_SIZE];
	size_t foreseen; /* bytes of state.required known to be in the closure */
	int map_takes;   /* arguments that map can see */
	bool has_closure, has_digest;
	struct buf json;                  /* what plugin_map_json has written */
	bool watches_format, read_format; /* see plugin_watch_format */
};

/* A killed state is built again. */
quern_code plugin_revive(struct plugin *p, const quern_output *output, quern_error *error);

/* Finds and reads the file; its path goes to arena. */
quern_code plugin_find(const struct plugin_env *env, const char *name, struct arena *arena, const char **path,
		       struct buf *source, quern_error *error);
/* The folder a plugin is in: "" the working folder; NULL: no memory. */
const char *plugin_folder(struct arena *arena, const char *path);

#define PLUGIN_FOLDERS_MOST 64
/* Where require looks, in order: the plugin's own folder (NULL: none), the path.  Returns how many. */
size_t plugin_folders(const struct plugin_env *env, const char *own, const char *folders[PLUGIN_FOLDERS_MOST]);

#endif
