/*
 * unpack.h - the documents of an archive (tar, plain or compressed by gzip or
 * zstd; zip), or the bytes of one compressed file, read from a descriptor one
 * at a time and never written anywhere.  For a process that may die of it.
 *
 * libarchive is included in unpack.c alone and loaded when it is first needed:
 * a run without archives does not pay for it.  Nested archives are not opened.
 */
#ifndef QUERN_RUN_UNPACK_H
#define QUERN_RUN_UNPACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "base/str.h"

struct unpack;

/* Everything is borrowed and must outlive the reading. */
struct unpack_options {
	const struct alloc *heap;
	int fd;        /* of a regular file, read from its beginning */
	bool single;   /* one compressed file: a member without a name */
	size_t most;   /* bytes of a member */
	uint64_t skip; /* items that were handed out before */
	void *user;
	/* Whether a member of this name, without "." and ".." in it, is to be read. */
	bool (*wants)(void *user, const char *name);
	/* Before a member's bytes are read; whenever more of fd is asked for. */
	void (*at)(void *user, uint64_t index, const char *name);
	void (*progress)(void *user);
};

/* A member that is wanted, or what is wrong with one; of the archive as a whole where name is "". */
struct unpack_item {
	uint64_t index;   /* in the archive: the same every time */
	const char *name; /* valid until the next call, as are the others */
	struct str bytes;
	const char *message; /* what is wrong; NULL: nothing */
	const char *hint;
	enum severity severity;
	bool is_last; /* nothing more can be read */
};

/* Loads libarchive; why it cannot be, or NULL. */
const char *unpack_load(void);
/* NULL when memory is refused.  After unpack_load. */
struct unpack *unpack_open(const struct unpack_options *options);
/* False at the end. */
bool unpack_next(struct unpack *u, struct unpack_item *item);
void unpack_close(struct unpack *u);

#endif
