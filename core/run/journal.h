/*
 * journal.h - the file that a partial grows in: FILE.partial, until it is whole
 * and becomes FILE.
 *
 * Lines of an earlier run are read one by one and kept up to where the caller
 * says; what follows is cut off and written anew.  Standard output is a journal
 * that nothing is kept in.  Two processes never write one journal.
 */
#ifndef QUERN_RUN_JOURNAL_H
#define QUERN_RUN_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/buf.h"
#include "run/partial.h"
#include "run/recfile.h"

struct journal {
	const char *output; /* NULL: standard output */
	struct buf path;    /* of FILE.partial */
	int fd;             /* it, locked; -1 */
	struct recfile old; /* lines of an earlier run */
	struct buf header;  /* the first of them */
	uint64_t kept;      /* bytes of them */
	bool keeping;       /* the next line may be kept */
	bool has_header;
	bool was_finished; /* they are FILE's, not FILE.partial's */
	struct buf out;    /* not written yet */
	struct timespec written;
	int error; /* errno of the first failure */
	char message[160];
};

/* False: it cannot be written; journal_close is due in any case. */
bool journal_open(struct journal *j, const struct alloc *heap, const char *output);
void journal_close(struct journal *j);
/* The next line of the earlier run, and that it stays. */
struct partial_line journal_read(struct journal *j);
void journal_keep(struct journal *j);
enum journal_state {
	JOURNAL_ANEW,    /* nothing is kept */
	JOURNAL_GOES_ON, /* the lines kept so far are */
	JOURNAL_FINISHED /* FILE is whole and holds them all: nothing is to be done */
};

/* What the earlier run is to the one of this header (a line). */
enum journal_state journal_settle(struct journal *j, struct str header);
/* Cuts what is not kept; anew it begins with the header. */
bool journal_begin(struct journal *j, struct str header, enum journal_state state);
/* Whole lines; in the file within half a second while more come. */
bool journal_write(struct journal *j, struct str lines);
/* Everything is in the file, and the file has its name. */
bool journal_finish(struct journal *j);
const char *journal_error(struct journal *j);

#endif
