/*
 * outfile.h - one output file, written whole or not at all.
 *
 * Bytes go through a buffer into a temporary file of the same folder, which
 * takes the final name on commit; or straight to a descriptor that is already
 * open (standard output, a device).  The first failure sticks and is told by
 * commit.  Knows nothing of plugins or documents.
 */
#ifndef QUERN_RUN_OUTFILE_H
#define QUERN_RUN_OUTFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/alloc.h"

#define OUTFILE_BUFFER 65536

struct outfile {
	const struct alloc *heap;
	int fd;        /* -1: not open */
	int dir;       /* borrowed; -1: a descriptor that is not ours */
	bool own_fd;   /* of a direct file: close it */
	char temp[32]; /* name in dir */
	char *name;    /* final name in dir */
	char *buffer;
	size_t fill;
	int error; /* errno of the first failure */
};

/* All return 0 or an errno.  dir must stay open until commit or abandon. */
int outfile_create(struct outfile *f, const struct alloc *heap, int dir, const char *name);
/* Straight to fd, closed at the end if own. */
int outfile_attach(struct outfile *f, const struct alloc *heap, int fd, bool own);
int outfile_write(struct outfile *f, const char *bytes, size_t n);
/* Writes what is buffered, without giving the file its name. */
int outfile_flush(struct outfile *f);
/* The file is closed afterwards, whatever the result. */
int outfile_commit(struct outfile *f);
void outfile_abandon(struct outfile *f);

#endif
