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
	if (cp >= 0x2000 && cp <= 0x206F) /* spaces, dashes, quotes: no letter among them */
		return false;
	return text_is_letter(cp) || text_is_digit(cp);
}

/* Whether a word begins with the character at p, whose length it gives. */
static bool is_word_at(const char *p, const char *end, size_t *length)
{
	uint32_t cp;

	if ((unsigned char)*p < 0x80) {
		*length = 1;
		return plain_is_digit(*p);
	}
	*length = utf8_decode(p, end, &cp);
	return is_word_char(cp);
}

/* The end of the word that begins with first at p. */
static const char *word_end(const char *p, const char *end)
{
	uint32_t last = 0, cp, after;

	while (p < end) {
		size_t length = plain_letter(p, end);

		if (length || plain_is_digit(*p)) {
			last = length ? 'a' : '0';
			p += length ? length : 1;
			continue;
		}
		if ((unsigned char)*p < 0x80 && !is_joiner((unsigned char)*p))
			break;
		length = utf8_decode(p, end, &cp);
		if (!is_word_char(cp)) {
			if (!is_joiner(cp) || !text_is_letter(last) || p + length == end)
				break;
			utf8_decode(p + length, end, &after);
			if (!text_is_letter(after))
				break;
		}
		p += length;
		last = cp;
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

bool text_next_word(struct str s, size_t *pos, struct str *out)
{
	const char *p, *end;

	if (*pos >= s.n)
		return false;
	p = s.p + *pos;
	end = s.p + s.n;
	while (p < end) {
		size_t length = plain_letter(p, end);

		if (length || is_word_at(p, end, &length)) {
			*out = str_slice(p, word_end(p, word_limit(p, end)));
			*pos = (size_t)(out->p + out->n - s.p);
			return true;
		}
		p += length;
	}
	*pos = s.n;
	return false;
}
