/*
 * digest.h - BLAKE2b-256 of bytes, as lower-case hex.  libb2 is included in
 * digest.c alone.
 */
#ifndef QUERN_BASE_DIGEST_H
#define QUERN_BASE_DIGEST_H

#include "base/str.h"

#define DIGEST_HEX_SIZE 65

void digest_hex(struct str bytes, char out[DIGEST_HEX_SIZE]);

#endif
