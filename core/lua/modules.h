/*
 * modules.h - what require has compiled, kept for the other states of an engine.
 *
 * Private to core/lua/ and the engine that owns it.  An entry is the text of
 * a module file and the bytecode that this process made of it; but for that
 * of builtin.h, none comes from anywhere else.  Any thread may ask.  Knows files and bytes, and
 * nothing of Lua.
 */
#ifndef QUERN_LUA_MODULES_H
#define QUERN_LUA_MODULES_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/str.h"

struct module_cache;
struct module; /* counted, immutable */

/* NULL when memory is refused. */
struct module_cache *module_cache_new(const struct alloc *heap);
/* Modules that are still held outlive it. NULL is allowed. */
void module_cache_free(struct module_cache *c);

/* The module of the file at this path, if the file is for certain the one that was read. Else NULL. */
struct module *module_cache_find(struct module_cache *c, const char *path, const struct stat *now);
/* The same for a file whose text has been read again. */
struct module *module_cache_find_text(struct module_cache *c, const char *path, struct str text);
/*
 * Keeps it in place of an older one; file is from before the text was read.
 * Without memory it is just not kept.
 */
void module_cache_add(struct module_cache *c, const char *path, const struct stat *file, struct str text,
		      struct str code);

struct str module_code(const struct module *m);
void module_unref(struct module *m); /* NULL is allowed */

#endif
