/*
 * text_plain.h - the characters that most text consists of, told by their
 * bytes alone.
 *
 * Private to text_word.c and text_sentence.c: what is neither an ASCII letter or
 * digit nor a Hangul syllable, a Han character or kana goes the long way, by
 * Unicode's tables.
 */
#ifndef QUERN_BASE_TEXT_PLAIN_H
#define QUERN_BASE_TEXT_PLAIN_H

#include <stdbool.h>
#include <stddef.h>

static inline bool plain_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Of a character that begins with E3: whether it is a letter of hiragana or katakana (U+3041-3096, U+30A1-30FA). */
static inline bool plain_is_kana(unsigned char b, unsigned char c)
{
	if (b == 0x81)
		return c >= 0x81;
	return (b == 0x82 && (c <= 0x96 || c >= 0xA1)) || (b == 0x83 && c <= 0xBA);
}

/* Bytes of the ASCII letter, Hangul syllable, Han character or kana at p (p < end); 0 where another stands. */
static inline size_t plain_letter(const char *p, const char *end)
{
	const unsigned char a = (unsigned char)p[0];
	unsigned char b, c;

	if (a < 0x80)
		return (a | 0x20) >= 'a' && (a | 0x20) <= 'z';
	if (a < 0xE3 || a > 0xED || end - p < 3)
		return 0;
	b = (unsigned char)p[1];
	c = (unsigned char)p[2];
	if (b < 0x80 || b > 0xBF || c < 0x80 || c > 0xBF)
		return 0;
	if (a == 0xE3)
		return plain_is_kana(b, c) ? 3 : 0;
	/* U+4E00 is E4 B8 80; the row of U+9FC0, E9 BF 80, was filled over many years */
	if (a < 0xEA)
		return (a == 0xE4 && b < 0xB8) || (a == 0xE9 && b > 0xBE) ? 0 : 3;
	/* U+AC00 is EA B0 80; U+D780, the first after the last full row, ED 9E 80 */
	return (a == 0xEA && b < 0xB0) || (a == 0xED && b > 0x9D) ? 0 : 3;
}

#endif
