/*
 * files.h - the text of plugins and modules: from the file system, or from a
 * host that has read it before.
 *
 * The one place where this layer opens files.  Knows paths and bytes, and
 * nothing of Lua.
 */
#ifndef QUERN_LUA_FILES_H
#define QUERN_LUA_FILES_H

#include <limits.h>
#include <stdbool.h>

#include "base/file.h"
#include "quern.h"

/* Bytes of the longest name that require takes. */
#define MODULE_NAME_MOST 200

/* read NULL: the file system. */
struct file_source {
	void *user;
	quern_read_fn read;
};

/* The file a plugin is.  Appends to out. */
enum file_status files_read(const struct file_source *f, struct buf *out, const char *path);
/* folder/file; folder "" is the working folder.  False: no such path can be. */
bool files_module_path(char path[PATH_MAX], const char *folder, const char *file);
/*
 * The file of a module, made by files_module_path.  Where it lies outside the
 * folder when every symbolic link is followed, it is not read: *outside, and FILE_MISSING.
 */
enum file_status files_read_module(const struct file_source *f, struct buf *out, const char *folder, const char *path,
				   bool *outside);

#endif
