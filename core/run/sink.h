/*
 * sink.h - where results go: standard output, one file, or a folder.
 *
 * Nothing is written outside the folder that the user named, not even through
 * a symbolic link inside it; each file appears whole or not at all; a path is
 * written once in a run.  Knows documents only as names for messages.
 */
#ifndef QUERN_RUN_SINK_H
#define QUERN_RUN_SINK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/alloc.h"
#include "base/str.h"

struct sink;

enum sink_status {
	SINK_OK,
	SINK_REFUSED, /* this path may not be written: whoever asked is at fault */
	SINK_FAILED   /* the system did not let us */
};

struct sink_error {
	char path[512]; /* what could not be written, as the user would name it */
	char message[512];
	const char *hint; /* NULL: none */
};

/*
 * where: NULL or "-" is standard output; a path that ends in "/" or names a
 * folder is a folder (made if missing); anything else a file.  Folders above
 * are made.  Fails early where nothing could be written later.
 */
enum sink_status sink_open(struct sink **out, const struct alloc *heap, const char *where, struct sink_error *error);
bool sink_is_folder(const struct sink *s);
bool sink_is_stdout(const struct sink *s);
/* Abandons what is not finished. */
void sink_close(struct sink *s);

/* One whole file, path relative to the folder.  owner: on whose behalf, for the message about a second writer. */
enum sink_status sink_put(struct sink *s, const char *path, struct str bytes, const char *owner,
			  struct sink_error *error);

/*
 * A text in pieces: to standard output, to the file, or to `name` in the
 * folder.  One at a time.  A failure while writing is told by sink_end.
 */
enum sink_status sink_begin(struct sink *s, const char *name, const char *owner, struct sink_error *error);
/* False once writing has failed: stop early if you can. */
bool sink_write(struct sink *s, const char *bytes, size_t n);
/* keep false: the text is dropped and a file that was there stays as it was. */
enum sink_status sink_end(struct sink *s, bool keep, struct sink_error *error);

#endif
