/*
 * folder.h - the entries of one folder that a walk is to look at, in the order
 * of whole paths.
 *
 * Names that begin with a dot are left out, and so is what is not wanted or
 * what an ignore file rules out, of this folder or of one it stands in.
 */
#ifndef QUERN_RUN_FOLDER_H
#define QUERN_RUN_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "run/ignore.h"
#include "run/wanted.h"

struct entry {
	const char *name;   /* in the folder's arena */
	uint64_t beginning; /* private: eight bytes of what it is ordered by */
	bool is_folder;
	bool is_regular; /* a regular file, as far as the folder itself says */
};

struct folder {
	struct entry *entries;
	size_t n, cap, next;
	struct arena names;
	struct ignore ignore; /* the folder's own rules */
	size_t path_len;      /* of the folder's own path, with its "/" */
	int fd;               /* of the folder, where it is kept open; or -1 */
};

/*
 * Reads the folder at path, which ends with "/", into the last of the n folders
 * on the way to it; below: where in path the part below the argument begins.
 * 0, or an errno; of the ignore file where path names that.
 */
int folder_read(struct folder *stack, size_t n, const struct alloc *heap, struct buf *path, size_t below,
		const struct wanted *wanted);
void folder_release(struct folder *f);
/*
 * How the system finds the entry at path soonest: by *name in the folder whose
 * descriptor is returned.  The folder it stands in; NULL: in none.
 */
int folder_entry_at(const struct folder *f, const char *path, const char **name);

#endif
