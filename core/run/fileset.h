/*
 * fileset.h - which real files have been seen: a set of identities for the
 * walk.  Inodes of files that were made together are neighbours: 64 of them
 * share one entry, so that a large folder takes less than a byte a file.
 *
 * A file with one name is its device and inode; one with several hard links
 * is its resolved path, because hard links are documents of their own.
 */
#ifndef QUERN_RUN_FILESET_H
#define QUERN_RUN_FILESET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/alloc.h"

struct file_id {
	uint64_t a, b;
};

/* Identities that differ in the last six bits of b alone. */
struct file_group {
	uint64_t a, b;
	uint64_t members; /* 0: a free slot */
};

struct fileset {
	const struct alloc *heap;
	struct file_group *slots;
	size_t n, size; /* groups; size is 0 or a power of two */
};

enum fileset_result { FILESET_NEW, FILESET_SEEN, FILESET_NOMEM };

/* st is of the file itself (links followed), path how it was reached. */
struct file_id file_id_of(const char *path, const struct stat *st);

void fileset_init(struct fileset *set, const struct alloc *heap);
void fileset_release(struct fileset *set);
enum fileset_result fileset_add(struct fileset *set, struct file_id id);

#endif
