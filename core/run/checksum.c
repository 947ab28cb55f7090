/*
 * checksum.c - see checksum.h.
 */
#include "run/checksum.h"

#include <string.h>
#include <xxhash.h>

void checksum(const struct str *parts, size_t n, unsigned char out[CHECKSUM_SIZE])
{
	XXH128_hash_t h = { 0, 0 };
	XXH128_canonical_t bytes;

	/* Each part's sum is mixed with the one before; a part's length is part of its sum. */
	for (size_t i = 0; i < n; i++) {
		const XXH128_hash_t part = XXH3_128bits_withSeed(parts[i].n ? parts[i].p : "", parts[i].n, h.low64);
		h.low64 = part.low64;
		h.high64 = part.high64 ^ (h.high64 << 1 | h.high64 >> 63);
	}
	_Static_assert(sizeof bytes.digest == CHECKSUM_SIZE, "128 bits");
	XXH128_canonicalFromHash(&bytes, h);
	memcpy(out, bytes.digest, CHECKSUM_SIZE);
}
