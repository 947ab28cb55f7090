/*
 * sequence.c - one look at each character that may be of the first set.
 */
#include "base/sequence.h"

#include <string.h>

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
		i += read_character(characters, i, &c);
		if (c > 0x20 && c < 65536)
			q->sets[set][c / 8] |= (uint8_t)(1u << (c % 8));
	}
}

/* Letters and digits of ASCII, and all characters of three bytes but the punctuation of U+2000 to U+303F. */
static bool is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
	return c != UINT32_MAX && c >= 0x3040 && c < 0xFF00;
}

bool sequence_next(const struct sequence *q, struct str text, size_t from, size_t until, size_t *start, size_t *to)
{
	size_t end = until < text.n ? until : text.n;
	uint32_t before = UINT32_MAX, c;
	if (q->n == 0)
		return false;
	for (size_t back = 3; back >= 1 && from > 0; back--)
		if (from >= back && read_character(text, from - back, &c) == back) {
			before = c;
			break;
		}
	for (size_t i = from; i < end;) {
		size_t n = read_character(text, i, &c);
		if (!is_letter(before) && has(q, 0, c)) {
			size_t at = i + n, matched = 1;
			uint32_t next = c;
			while (matched < q->n && at < text.n) {
				size_t more = read_character(text, at, &next);
				if (!has(q, matched, next))
					break;
				at += more;
				matched++;
			}
			if (matched == q->n) {
				*start = i;
				*to = at;
				return true;
			}
		}
		before = c;
		i += n;
	}
	return false;
}
