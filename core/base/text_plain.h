/*
 * text_plain.h - the characters that most text consists of, told by their
 * bytes alone.
 *
 * Private to text_word.c and text_sentence.c: what is neither an ASCII letter or
 * digit nor a Hangul syllable goes the long way, by Unicode's tables.
 */
#ifndef QUERN_BASE_TEXT_PLAIN_H
#define QUERN_BASE_TEXT_PLAIN_H

#include <stdbool.h>
#include <stddef.h>

static inline bool plain_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of the ASCII letter or Hangul syllable at p (p < end); 0 where another character stands. */
static inline size_t plain_letter(const char *p, const char *end)
{
	const unsigned char a = (unsigned char)p[0];
	unsigned char b, c;

	if (a < 0x80)
		return (a | 0x20) >= 'a' && (a | 0x20) <= 'z';
	if (a < 0xEA || a > 0xED || end - p < 3)
		return 0;
	b = (unsigned char)p[1];
	c = (unsigned char)p[2];
	if (b < 0x80 || b > 0xBF || c < 0x80 || c > 0xBF)
		return 0;
	/* U+AC00 is EA B0 80; U+D780, the first after the last full row, ED 9E 80 */
	return (a == 0xEA && b < 0xB0) || (a == 0xED && b > 0x9D) ? 0 : 3;
}

#endif
