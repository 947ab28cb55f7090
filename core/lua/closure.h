/*
 * closure.h - a plugin's source with all the modules it names: what decides,
 * apart from options and document, what it does.
 *
 * Modules are found in the text, as require "name" with a literal name, and in
 * the text of those modules; nothing is run.  A module that is required
 * although no text names it makes the plugin unforeseeable.  Knows files and
 * bytes, and nothing of Lua's state.
 */
#ifndef QUERN_LUA_CLOSURE_H
#define QUERN_LUA_CLOSURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"
#include "lua/files.h"

/* Names one behind the other, each ended by a NUL. */
struct closure {
	struct buf names;
	struct buf text; /* what the digest is taken of: names and digests of the files */
};

/* Is told of every file on the way, also of one that is outside of its folder.  False: that is enough. */
struct closure_visitor {
	void *user;
	bool (*file)(void *user, const char *path, enum file_status status, bool outside, struct str text);
};

void closure_init(struct closure *c, const struct alloc *heap);
void closure_release(struct closure *c);
/*
 * Reads source and the modules found in these folders, in their order.  False
 * when memory is refused, or there is no end of modules.  files and visitor may be NULL;
 * where there is a visitor, nothing is there to take a digest of.
 */
bool closure_read(struct closure *c, struct str source, const char *const *folders, size_t n_folders,
		  const struct file_source *files, const struct closure_visitor *visitor);
bool closure_has(const struct closure *c, const char *name);
/* Whether code in a text may require what it does not name: by an expression, through another name, or made up as it runs. */
bool closure_is_open(struct str text);

#endif
