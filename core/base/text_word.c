/*
 * text_word.c - words.
 *
 * Provides text_next_word to counts, indexes and summaries.  A word is a run
 * of letters, digits and marks of any script; a Hangul run is one word.  No
 * dictionary: scripts without spaces give long runs.
 */
#include "base/text.h"
#include "base/text_plain.h"
#include "base/utf8.h"

/* ' and - , and the apostrophe that typesetters use. */
static bool is_joiner(uint32_t cp)
{
	return cp == '\'' || cp == '-' || cp == 0x2019;
}

static bool is_word_char(uint32_t cp)
{
	/* spaces, dashes, quotes, brackets, full-width punctuation: no letter among them */
	if (cp - 0x2000 < 0x70 || cp - 0x3001 < 3 || cp - 0x3008 < 0x19 || cp - 0xFF01 < 0x0F || cp - 0xFF1A < 7)
		return false;
	return text_is_letter(cp) || text_is_digit(cp);
}

/* What a byte says of the character that begins with it. */
enum { LETTER = 1, DIGIT = 2, JOINER = 4, HIGH = 8, BREAK = 16 };

static unsigned kind_of(char c)
{
	static const unsigned char kinds[256] = {
		16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
		16, 16, 16, 16, 16, 16, /* control */
		16, 16, 16, 16, 16, 16, 16, 4,  16, 16, 16, 16, 16, 4,  16, 16, 2,  2,  2,  2,  2,  2,  2,  2,  2,  2,
		16, 16, 16, 16, 16, 16, /* punctuation and digits */
		16, 1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,
		1,  16, 16, 16, 16, 16, /* capitals */
		16, 1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,
		1,  16, 16, 16, 16, 16, /* small letters */
		8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,
		8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,
		8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,
		8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,
		8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,
	};

	return kinds[(unsigned char)c];
}

/* Behind the joiner of this length at p where a letter follows it; NULL where none does. */
static const char *join(const char *p, const char *end, size_t length)
{
	uint32_t after;

	if (p + length == end)
		return NULL;
	utf8_decode(p + length, end, &after);
	return text_is_letter(after) ? p + length : NULL;
}

/* Behind the characters at p, no ASCII letters or digits, that belong to a word, one at least; NULL where none does. */
static const char *skip_other(const char *p, const char *end, bool *letter)
{
	const char *wide = plain_skip_wide(p, end);
	size_t length;
	uint32_t cp;

	if (wide > p) {
		*letter = true;
		return wide;
	}
	length = utf8_decode(p, end, &cp);
	if (is_joiner(cp)) {
		const char *next = *letter ? join(p, end, length) : NULL;

		*letter = false;
		return next;
	}
	if (!is_word_char(cp))
		return NULL;
	*letter = text_is_letter(cp);
	return p + length;
}

/* The end of the word that begins at p. */
static const char *word_end(const char *p, const char *end)
{
	bool letter = false;

	while (p < end) {
		const unsigned kind = kind_of(*p);
		const char *next;

		if (kind & (LETTER | DIGIT)) {
			letter = kind == LETTER;
			p++;
			continue;
		}
		if (kind == BREAK)
			break;
		next = skip_other(p, end, &letter);
		if (!next)
			break;
		p = next;
	}
	return p;
}

/* Where a word that begins at p ends at the latest: no character is cut. */
static const char *word_limit(const char *p, const char *end)
{
	if ((size_t)(end - p) <= TEXT_WORD_MAX)
		return end;
	for (end = p + TEXT_WORD_MAX; utf8_continues(*end); end--)
		;
	return end;
}

/* Where the next word begins, of which the characters before p are none; end where none does. */
static const char *word_start(const char *p, const char *end)
{
	while (p < end) {
		const unsigned kind = kind_of(*p);
		uint32_t cp;

		if (kind & (LETTER | DIGIT))
			break;
		if (kind != HIGH) {
			p++;
			continue;
		}
		if (plain_letter(p, end))
			break;
		size_t length = utf8_decode(p, end, &cp);
		if (is_word_char(cp))
			break;
		p += length;
	}
	return p;
}

bool text_next_word(struct str s, size_t *pos, struct str *out)
{
	const char *p = s.p + *pos, *end = s.p + s.n, *from;

	if (*pos >= s.n)
		return false;
	while (p < end && (kind_of(*p) & (BREAK | JOINER)))
		p++;
	from = p;
	while (p < end && (kind_of(*p) & (LETTER | DIGIT)))
		p++;
	/* most words are letters with a space behind them */
	if (p == from || (p < end && kind_of(*p) != BREAK) || (size_t)(p - from) > TEXT_WORD_MAX) {
		from = word_start(from, end);
		p = word_end(from, word_limit(from, end));
	}
	*pos = (size_t)(p - s.p);
	*out = str_slice(from, p);
	return p > from;
}
