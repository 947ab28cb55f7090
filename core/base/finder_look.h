/*
 * finder_look.h - where in a text a word of many may begin, told for 32 bytes
 * at a time by their first four bytes.
 *
 * Private to finder.c, which looks further only there.  The words are in eight
 * buckets; each of the four bytes is looked up by its halves, as Hyperscan's
 * "Teddy" does (Wang et al., "Hyperscan: a fast multi-pattern regex matcher for
 * modern CPUs", NSDI 2019).
 */
#ifndef QUERN_BASE_FINDER_LOOK_H
#define QUERN_BASE_FINDER_LOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define LOOK_BYTES   4
#define LOOK_BUCKETS 8
#define LOOK_PARTS   1024
/* Places that are told of at a time. */
#define LOOK_PLACES 32

struct finder_look {
	/* by halves of a byte: a bit for each bucket that has a word with such a byte there */
	unsigned char low[LOOK_BYTES][16], high[LOOK_BYTES][16];
};

/*
 * Shares the buckets among parts of the words, of which each has so many: parts in the order of their first bytes, four for
 * each.  Bytes with unlike upper halves get one bucket together only when there are too many.
 */
void finder_look_share(const uint32_t sizes[LOOK_PARTS], unsigned char buckets[LOOK_PARTS]);
/* A word of this bucket may have this byte at a place below LOOK_BYTES. */
void finder_look_add(struct finder_look *l, unsigned bucket, unsigned place, unsigned char byte);
/* It ends before that place: any byte may follow. */
void finder_look_any(struct finder_look *l, unsigned bucket, unsigned place);

/* Whether this processor can look so. */
bool finder_look_works(void);
/*
 * From *at on, which is moved by LOOK_PLACES at a time, the first places of which some may begin a word, a bit for each;
 * 0 where none before end does.  Bits may stand for places at or behind end.
 */
uint32_t finder_look_next(const struct finder_look *l, struct str text, size_t *at, size_t end, bool whole);

#endif
