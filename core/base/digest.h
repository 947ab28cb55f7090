/*
 * digest.h - BLAKE2b-256 of bytes, as lower-case hex.  libb2 is included in
 * digest.c alone.
 */
#ifndef QUERN_BASE_DIGEST_H
#define QUERN_BASE_DIGEST_H

#include "base/str.h"

#define DIGEST_HEX_SIZE 65

void digest_hex(struct str bytes, char out[DIGEST_HEX_SIZE]);

#define DIGEST_SUM_SIZE 16

/* BLAKE2b-128 over parts with their lengths, so that moving a byte from one to the next shows. */
void digest_sum(const struct str *parts, size_t n, unsigned char out[DIGEST_SUM_SIZE]);

#endif
