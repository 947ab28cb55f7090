/*
 * sequence.c - one look at each character that may be of the first set.
 */
#include "base/sequence.h"

#include <string.h>

#include "base/utf8.h"

size_t sequence_size(size_t n)
{
	return sizeof(struct sequence) + n * sizeof(uint8_t[65536 / 8]);
}

void sequence_init(struct sequence *q, size_t n)
{
	memset(q, 0, sequence_size(n));
	q->n = n;
}

static bool has(const struct sequence *q, size_t set, uint32_t c)
{
	return c < 65536 && (q->sets[set][c / 8] >> (c % 8) & 1);
}

/* The character at a place and its bytes; bytes that are none count as one without a set. */
static size_t read_character(struct str text, size_t at, uint32_t *c)
{
	unsigned char a = (unsigned char)text.p[at];
	*c = UINT32_MAX;
	if (a < 0x80) {
		*c = a;
		return 1;
	}
	size_t n = a >= 0xF0 ? 4 : a >= 0xE0 ? 3 : a >= 0xC0 ? 2 : 1;
	if (n == 1 || n == 4 || at + n > text.n)
		return 1;
	uint32_t value = n == 3 ? a & 0x0Fu : a & 0x1Fu;
	for (size_t i = 1; i < n; i++) {
		unsigned char b = (unsigned char)text.p[at + i];
		if ((b & 0xC0) != 0x80)
			return 1;
		value = value << 6 | (b & 0x3Fu);
	}
	*c = value;
	return n;
}

void sequence_add(struct sequence *q, size_t set, struct str characters)
{
	for (size_t i = 0; i < characters.n;) {
		uint32_t c;
		unsigned char lead = (unsigned char)characters.p[i];
		i += read_character(characters, i, &c);
		if (c <= 0x20 || c >= 65536)
			continue;
		q->sets[set][c / 8] |= (uint8_t)(1u << (c % 8));
		if (set == 0 && !q->leads[lead]) {
			q->leads[lead] = true;
			bytes_wide_add(&q->first, lead);
		}
	}
}

/* Letters and digits of ASCII, and all characters of three bytes but the punctuation of U+2000 to U+303F. */
static bool is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
	return c != UINT32_MAX && c >= 0x3040 && c < 0xFF00;
}

/* The character before a place; none at the start and behind bytes that are none. */
static uint32_t character_before(struct str text, size_t at)
{
	uint32_t c;
	for (size_t back = 3; back >= 1; back--)
		if (at >= back && read_character(text, at - back, &c) == back)
			return c;
	return UINT32_MAX;
}

/* Behind the characters of all sets that stand from a place on; 0 where they do not. */
static size_t match_at(const struct sequence *q, struct str text, size_t at)
{
	for (size_t set = 0; set < q->n; set++) {
		uint32_t c = UINT32_MAX;
		size_t n = at < text.n ? read_character(text, at, &c) : 0;
		if (!has(q, set, c))
			return 0;
		at += n;
	}
	return at;
}

bool sequence_next(const struct sequence *q, struct str text, size_t from, size_t until, size_t *start, size_t *to)
{
	size_t end = until < text.n ? until : text.n;
	if (q->n == 0)
		return false;
	for (size_t i = from; i < end; i++) {
		if (!q->leads[(unsigned char)text.p[i]]) {
			if (!utf8_continues(text.p[i]))
				i = (size_t)(bytes_find_wide(text.p + i, text.p + end, &q->first) - text.p) - 1;
			continue;
		}
		*to = match_at(q, text, i);
		if (*to && !is_letter(character_before(text, i))) {
			*start = i;
			return true;
		}
	}
	return false;
}

/* The end of the word that goes on at a place; one longer than any of a set is not read to its end. */
static size_t word_end(struct str text, size_t at)
{
	const size_t end = text.n - at > WORDSET_WORD_MAX ? at + WORDSET_WORD_MAX : text.n;
	while (at < end) {
		uint32_t c;
		size_t n = read_character(text, at, &c);
		if (!is_letter(c))
			break;
		at += n;
	}
	return at;
}

bool sequence_next_but(const struct sequence *q, const struct wordset *except, struct str text, size_t from,
		       size_t until, size_t *start, size_t *to)
{
	while (sequence_next(q, text, from, until, start, to)) {
		const struct str match = { text.p + *start, *to - *start };
		const struct str word = { text.p + *start, word_end(text, *to) - *start };
		if (!wordset_has(except, match) && !wordset_has(except, word))
			return true;
		from = *to;
	}
	return false;
}
