/*
 * recfile.h - a stream of bytes taken apart into records that end with one
 * byte: lines of NDJSON, names of a list, lines of a partial.
 *
 * Holds one record at a time and passes over one that is longer than allowed.
 * Knows nothing of what a record means.
 */
#ifndef QUERN_RUN_RECFILE_H
#define QUERN_RUN_RECFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/str.h"

struct recfile {
	int fd; /* -1: not open */
	bool own_fd;
	char end;      /* the byte after each record; the last may go without */
	size_t limit;  /* bytes of a record */
	struct buf in; /* read and not handed out yet, from `used` on */
	size_t used;
	bool at_end;
	uint64_t number; /* of the record handed out, from 1 */
	uint64_t offset; /* in the stream, of the next record */
	int error;       /* errno of a failed read: the stream ends there */
};

enum rec_status {
	REC_END,
	REC_WHOLE,
	REC_UNENDED, /* the last one, without the byte after it */
	REC_TOO_LONG /* passed over; only its number is known */
};

/* "-" is standard input, where allowed.  0, or an errno; recfile_close is due in any case. */
int recfile_open(struct recfile *f, const struct alloc *heap, const char *path, bool stdin_too, char end, size_t limit);
void recfile_close(struct recfile *f);
/* The bytes are valid until the next call. */
enum rec_status recfile_next(struct recfile *f, struct str *record);

#endif
