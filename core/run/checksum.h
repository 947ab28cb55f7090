/*
 * checksum.h - XXH3 over parts: a quick answer to whether bytes are what they
 * were when they were written.  Against damage, not against forgers: names of
 * contents are base/digest.h's.  xxhash is included in checksum.c alone.
 */
#ifndef QUERN_RUN_CHECKSUM_H
#define QUERN_RUN_CHECKSUM_H

#include <stddef.h>

#include "base/str.h"

#define CHECKSUM_SIZE 16

/* Over parts with their lengths, so that moving a byte from one to the next shows. */
void checksum(const struct str *parts, size_t n, unsigned char out[CHECKSUM_SIZE]);

#endif
