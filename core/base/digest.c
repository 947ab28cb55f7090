/*
 * digest.c - BLAKE2b-256 by libb2, which is included here alone.
 *
 * Provides the name of a content to records and the cache.  Knows nothing of
 * what is digested.
 */
#include "base/digest.h"

#include <blake2.h>

#define DIGEST_SIZE ((DIGEST_HEX_SIZE - 1) / 2)

void digest_hex(struct str bytes, char out[DIGEST_HEX_SIZE])
{
	static const char hex[] = "0123456789abcdef";
	uint8_t digest[DIGEST_SIZE] = { 0 };

	/* Fails only for sizes that are out of range, which these are not. */
	blake2b(digest, bytes.n > 0 ? bytes.p : "", NULL, DIGEST_SIZE, bytes.n, 0);
	for (size_t i = 0; i < DIGEST_SIZE; i++) {
		out[2 * i] = hex[digest[i] >> 4];
		out[2 * i + 1] = hex[digest[i] & 15];
	}
	out[DIGEST_HEX_SIZE - 1] = '\0';
}

void digest_sum(const struct str *parts, size_t n, unsigned char out[DIGEST_SUM_SIZE])
{
	blake2b_state state;

	blake2b_init(&state, DIGEST_SUM_SIZE);
	for (size_t i = 0; i < n; i++) {
		const uint64_t length = parts[i].n;
		blake2b_update(&state, (const uint8_t *)&length, sizeof length);
		blake2b_update(&state, (const uint8_t *)parts[i].p, parts[i].n);
	}
	blake2b_final(&state, out, DIGEST_SUM_SIZE);
}
