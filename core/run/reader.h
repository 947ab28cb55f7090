/*
 * reader.h - the process that reads archives and compressed files: the
 * parent's end of it.
 *
 * It is started when the first of them comes by, is asked for one at a time and
 * hands its documents on as bytes; what is in them it does not know.  It may die
 * of what it reads: the parent learns which member that was.  The parent itself
 * runs no code of archives.
 */
#ifndef QUERN_RUN_READER_H
#define QUERN_RUN_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "base/str.h"
#include "run/wanted.h"

struct reader;

/* The most bytes of a document that is held in memory before it is mapped: the library's default limit. */
#define READER_DOCUMENT_MOST ((size_t)256 << 20)

enum reader_got {
	READER_MEMBER,
	READER_PROBLEM, /* of a member or, name "", of the archive */
	READER_END,     /* all is read */
	READER_DEAD,    /* the process ended: index and name say at what */
	READER_STOPPED  /* a signal asks the run to stop */
};

struct reader_item {
	uint64_t index;   /* in the archive, the same every time */
	const char *name; /* valid until the next call, as are the others */
	struct str bytes;
	enum severity severity; /* of a problem */
	const char *message;    /* of a problem; of a death, why */
	const char *hint;
	bool is_last;    /* of a problem: nothing more can be read */
	bool was_killed; /* of a death: from outside */
};

/* wanted is borrowed.  NULL when memory is refused. */
struct reader *reader_new(const struct alloc *heap, const struct wanted *wanted);
void reader_free(struct reader *r);
/*
 * Asks for what the open file holds from item `skip` on; single: a compressed
 * file, not an archive.  What was asked before is dropped.  False: no process
 * can be had, errno says why.
 */
bool reader_ask(struct reader *r, int fd, bool single, uint64_t skip);
/* Nothing more is wanted of what was asked. */
void reader_drop(struct reader *r);
enum reader_got reader_next(struct reader *r, struct reader_item *item);

#endif
