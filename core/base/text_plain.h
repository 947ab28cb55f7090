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
 * Whether it is a letter of hiragana or katakana, its long vowel and iteration marks among them, a Han character up to the last
 * full row of old (that of U+9FC0 was filled over many years), or a Hangul syllable up to the last full row.
 */
static inline bool plain_is_wide(uint32_t cp)
{
	return cp - 0xAC00 < 0xD780 - 0xAC00 || cp - 0x4E00 < 0x9FC0 - 0x4E00 || cp - 0x3041 < 0x3097 - 0x3041 ||
	       (cp - 0x30A1 < 0x3100 - 0x30A1 && cp != 0x30FB);
}

/* The character of three bytes at p, or 0 where another stands. */
static inline uint32_t plain_wide_at(const char *p, const char *end)
{
	unsigned b, c;

	if (((unsigned char)p[0] & 0xF0) != 0xE0 || end - p < 3)
		return 0;
	b = (unsigned char)p[1] ^ 0x80u;
	c = (unsigned char)p[2] ^ 0x80u;
	return (b | c) < 0x40 ? ((unsigned char)p[0] & 0x0Fu) << 12 | b << 6 | c : 0;
}

/* Behind the Hangul syllables, Han characters and kana that begin at p. */
static inline const char *plain_skip_wide(const char *p, const char *end)
{
	while (p < end && plain_is_wide(plain_wide_at(p, end)))
		p += 3;
	return p;
}

/* Bytes of the ASCII letter, Hangul syllable, Han character or kana at p (p < end); 0 where another stands. */
static inline size_t plain_letter(const char *p, const char *end)
{
	if ((unsigned char)*p < 0x80)
		return plain_is_latin(*p);
	return plain_is_wide(plain_wide_at(p, end)) ? 3 : 0;
}

#endif
