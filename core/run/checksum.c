/*
 * checksum.c - see checksum.h.
 */
#include "run/checksum.h"

#include <stdint.h>
#include <string.h>
#include <xxhash.h>

void checksum(const struct str *parts, size_t n, unsigned char out[CHECKSUM_SIZE])
{
	/* The sum so far, that of the next part, and its length. */
	struct {
		XXH128_hash_t so_far, part;
		uint64_t n;
	} step;
	XXH128_hash_t h = { 0, 0 };
	XXH128_canonical_t bytes;

	for (size_t i = 0; i < n; i++) {
		step.so_far = h;
		step.part = XXH3_128bits(parts[i].n ? parts[i].p : "", parts[i].n);
		step.n = parts[i].n;
		h = XXH3_128bits(&step, sizeof step);
	}
	_Static_assert(sizeof bytes.digest == CHECKSUM_SIZE, "128 bits");
	XXH128_canonicalFromHash(&bytes, h);
	memcpy(out, bytes.digest, CHECKSUM_SIZE);
}
