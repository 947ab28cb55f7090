/*
 * bundle.h - the files of the plugins of a run, read before any of them runs.
 *
 * The parent fills it; its workers, which can open nothing any more, find in it
 * what they load: plugins, all modules they may require, values of options that stand
 * in files.  Over include/quern.h and base/; runs nothing.
 */
#ifndef QUERN_RUN_BUNDLE_H
#define QUERN_RUN_BUNDLE_H

#include "base/arena.h"
#include "base/file.h"
#include "quern.h"

struct bundle_file {
	struct bundle_file *next;
	const char *path;
	quern_code code;         /* of a plugin's file: whether it may be read */
	enum file_status status; /* of any other */
	struct str bytes;
};

struct bundle {
	struct arena arena;
	struct bundle_file *first;
};

void bundle_init(struct bundle *b, const struct alloc *heap);
void bundle_release(struct bundle *b);
/* All files that the plugin may read; see quern_plugin_files. */
quern_code bundle_add_plugin(struct bundle *b, quern *q, const char *name_or_path, quern_error *error);
/* One file of any kind; that it cannot be read is kept, too.  False when memory is refused. */
bool bundle_add_file(struct bundle *b, const char *path, size_t limit);
/* NULL: nobody added it. */
const struct bundle_file *bundle_find(const struct bundle *b, const char *path);
/* For quern_config.read_file; user is the bundle. */
quern_code bundle_read(void *user, const char *path, quern_write_fn write, void *to);

#endif
