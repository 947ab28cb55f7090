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
#include <stdint.h>

static inline bool plain_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool plain_is_latin(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

/*
 * Whether it is a letter of hiragana or katakana, a Han character up to the last full row of old (that of U+9FC0 was filled
 * over many years), or a Hangul syllable up to the last full row.
 */
static inline bool plain_is_wide(uint32_t cp)
{
	return cp - 0xAC00 < 0xD780 - 0xAC00 || cp - 0x4E00 < 0x9FC0 - 0x4E00 || cp - 0x3041 < 0x3097 - 0x3041 ||
	       cp - 0x30A1 < 0x30FB - 0x30A1;
}

/* Bytes of the ASCII letter, Hangul syllable, Han character or kana at p (p < end); 0 where another stands. */
static inline size_t plain_letter(const char *p, const char *end)
{
	const unsigned char a = (unsigned char)p[0];
	unsigned b, c;

	if (a < 0x80)
		return plain_is_latin(*p);
	if ((a & 0xF0) != 0xE0 || end - p < 3)
		return 0;
	b = (unsigned char)p[1] ^ 0x80u;
	c = (unsigned char)p[2] ^ 0x80u;
	return (b | c) < 0x40 && plain_is_wide((a & 0x0Fu) << 12 | b << 6 | c) ? 3 : 0;
}

#endif
