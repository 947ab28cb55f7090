/*
 * utf8.h - the encoding: decode, encode, check, repair.  RFC 3629 (no
 * surrogates, no overlong forms, at most U+10FFFF).
 */
#ifndef QUERN_BASE_UTF8_H
#define QUERN_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/* Whether a byte is one behind the first of its character. */
static inline bool utf8_continues(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/*
 * Decodes the character at p (p < end) and returns its length in bytes.  A bad
 * sequence gives U+FFFD and the length of its maximal subpart (Unicode 3.9,
 * at least 1), so that every decoder here sees the same characters.
 */
size_t utf8_decode(const char *p, const char *end, uint32_t *cp);
/* As utf8_decode, but *ok tells whether the sequence was well-formed. */
size_t utf8_decode_strict(const char *p, const char *end, uint32_t *cp, bool *ok);
/* Start of the character before p (p > start); steps over at most four bytes. */
const char *utf8_prev(const char *start, const char *p);
/* Bytes written to out (at most 4); non-scalars are written as U+FFFD. */
size_t utf8_encode(uint32_t cp, char out[4]);
/* Offset of the first bad byte, or s.n when all is well. Fast on ASCII. */
size_t utf8_check(struct str s);
/* Appends s with each bad maximal subpart as U+FFFD; returns how many were replaced. */
size_t utf8_repair(struct buf *out, struct str s);
/* Number of characters (bad subparts count as one). */
size_t utf8_length(struct str s);

#endif
