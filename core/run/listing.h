/*
 * listing.h - what is in an archive, kept in the cache in pieces of some
 * hundred items: names of members, and what is wrong with some.
 *
 * A listing holds as long as the archive's stamp, the same names being wanted.
 * It is gathered while the archive is read and counts piece by piece, so that
 * a million members need no memory.
 */
#ifndef QUERN_RUN_LISTING_H
#define QUERN_RUN_LISTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/digest.h"
#include "run/cache.h"
#include "run/reader.h"
#include "run/wanted.h"
#include "run/wire.h"

struct listing {
	struct cache *cache;          /* or NULL: nothing is known, nothing kept */
	char digest[DIGEST_HEX_SIZE]; /* of what is wanted */
	const char *archive;          /* its path */
	struct file_stamp stamp;
	struct buf key;
	uint64_t piece;          /* number of the one being read or gathered */
	struct buf in;           /* the piece being read */
	struct wire_reader rest; /* of it */
	uint64_t left;           /* items in it */
	bool is_last;            /* there is none after it */
	bool serving, gathering;
	struct buf out; /* the piece being gathered */
	uint64_t gathered;
};

void listing_init(struct listing *l, const struct alloc *heap, const struct wanted *wanted);
void listing_release(struct listing *l);
/* archive is borrowed until the next begin. */
void listing_begin(struct listing *l, const char *archive, const struct stat *st);

enum listing_got { LISTING_MEMBER, LISTING_PROBLEM, LISTING_END, LISTING_UNKNOWN };

/* The next item; LISTING_UNKNOWN: it has to be read, and so have all after it.  Valid until the next call. */
enum listing_got listing_next(struct listing *l, struct reader_item *item);
/* The next item that was read. */
void listing_add(struct listing *l, bool is_member, const struct reader_item *item);
/* Those were all. */
void listing_end(struct listing *l);
/* What follows may be otherwise another time. */
void listing_forget(struct listing *l);

#endif
