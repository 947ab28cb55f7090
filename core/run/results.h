/*
 * results.h - what a plugin's map returned, document by document, until
 * render reads it: paths and values as lines of JSON.
 *
 * They are kept in a file without a name, so that memory does not grow with
 * their number and another process can read them by descriptor: in memory
 * while there are few, in the folder for temporary files past RESULTS_HELD
 * bytes.  A second file holds where each begins.  Knows no Lua and keeps no
 * parsed value.
 */
#ifndef QUERN_RUN_RESULTS_H
#define QUERN_RUN_RESULTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/str.h"

#define RESULTS_HELD ((size_t)1 << 20)

struct results {
	const struct alloc *heap;
	struct buf data, index; /* not written yet */
	int data_fd, index_fd;  /* -1: nothing written yet */
	uint64_t data_at;       /* bytes written */
	size_t n;
	int error; /* errno of the first failure; then nothing more is kept */
};

/* A file of the temporary folder (TMPDIR) without a name, to read and write; -1: there is none. */
int temporary_open(void);

void results_init(struct results *r, const struct alloc *heap);
void results_release(struct results *r);
/* In document order.  False when it cannot be kept; r->error says why. */
bool results_add(struct results *r, const char *path, struct str json);
/* More than RESULTS_HELD bytes have come in: part of them is in the files. */
bool results_have_spilled(const struct results *r);
/* What went wrong, for a message. */
const char *results_error(const struct results *r);
/* Everything added is in the files now.  False on failure. */
bool results_flush(struct results *r);

/* Reads the files of n results, mostly in ascending order. */
struct results_reader {
	const struct alloc *heap;
	int data_fd, index_fd; /* borrowed */
	size_t n;
	struct buf window; /* bytes of the data file from window_at on */
	uint64_t window_at;
};

void results_reader_init(struct results_reader *r, const struct alloc *heap, int data_fd, int index_fd, size_t n);
void results_reader_release(struct results_reader *r);
/* Valid until the next call.  False when the file does not hold it, or memory is refused. */
bool results_read(struct results_reader *r, size_t i, const char **path, struct str *json);

#endif
