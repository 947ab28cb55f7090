/*
 * utf8.c - UTF-8 as RFC 3629 has it.
 *
 * Provides decoding, encoding, checking and repair to every layer.  A bad
 * sequence is one character, U+FFFD, as long as its maximal subpart, for all
 * of these functions alike.  Knows no properties of characters: text.h.
 */
#include "base/utf8.h"

#include "base/vector.h"

#define REPLACEMENT ((uint32_t)0xFFFD)

/*
 * What a lead byte promises: the length of the whole sequence (0 for no lead)
 * and the range of the second byte, which is where overlong forms, surrogates
 * and values over U+10FFFF show.
 */
static size_t lead_length(unsigned char c, unsigned char *low, unsigned char *high)
{
	*low = 0x80;
	*high = 0xBF;
	if (c < 0xC2 || c > 0xF4)
		return 0;
	if (c < 0xE0)
		return 2;
	if (c < 0xF0) {
		*low = c == 0xE0 ? 0xA0 : 0x80;
		*high = c == 0xED ? 0x9F : 0xBF;
		return 3;
	}
	*low = c == 0xF0 ? 0x90 : 0x80;
	*high = c == 0xF4 ? 0x8F : 0xBF;
	return 4;
}

size_t utf8_decode_strict(const char *p, const char *end, uint32_t *cp, bool *ok)
{
	const unsigned char *u = (const unsigned char *)p;
	size_t room = (size_t)(end - p), need, i;
	unsigned char low, high;
	uint32_t value;

	*ok = true;
	if (u[0] < 0x80) {
		*cp = u[0];
		return 1;
	}
	/* most of what is not ASCII, Hangul and Han included, has three bytes */
	if (room >= 3 && u[0] > 0xE0 && u[0] < 0xF0 && utf8_continues(p[1]) && utf8_continues(p[2]) &&
	    (u[0] != 0xED || u[1] < 0xA0)) {
		*cp = (u[0] & 0x0Fu) << 12 | (u[1] & 0x3Fu) << 6 | (u[2] & 0x3Fu);
		return 3;
	}
	need = lead_length(u[0], &low, &high);
	value = need > 0 ? u[0] & (0x7Fu >> need) : 0;
	for (i = 1; i < need && i < room; i++) {
		if (u[i] < low || u[i] > high)
			break;
		value = value << 6 | (u[i] & 0x3Fu);
		low = 0x80;
		high = 0xBF;
	}
	*ok = need > 0 && i == need;
	*cp = *ok ? value : REPLACEMENT;
	return i;
}

size_t utf8_decode(const char *p, const char *end, uint32_t *cp)
{
	bool ok;

	return utf8_decode_strict(p, end, cp, &ok);
}

const char *utf8_prev(const char *start, const char *p)
{
	const char *q = p - 1;
	uint32_t cp;

	while (q > start && p - q < 4 && utf8_continues(*q))
		q--;
	return utf8_decode(q, p, &cp) == (size_t)(p - q) ? q : p - 1;
}

size_t utf8_encode(uint32_t cp, char out[4])
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		cp = REPLACEMENT;
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

/* Eight bytes at a time; the order of bytes in the word does not matter. */
static const char *skip_ascii(const char *p, const char *end)
{
	while (end - p >= 8) {
		uint64_t word;

		memcpy(&word, p, 8);
		if (word & UINT64_C(0x8080808080808080))
			break;
		p += 8;
	}
	while (p < end && (unsigned char)*p < 0x80)
		p++;
	return p;
}

/* The end of the well-formed beginning. */
static const char *skip_good(const char *p, const char *end)
{
	uint32_t cp;
	bool ok;

	while ((p = skip_ascii(p, end)) < end) {
		const size_t n = utf8_decode_strict(p, end, &cp, &ok);
		if (!ok)
			break;
		p += n;
	}
	return p;
}

/*
 * Whether a whole text is well-formed, by what each byte and the three before
 * it say of each other: no branches, so that the compiler makes vectors of it and mixed
 * scripts cost no more than ASCII.  p[-3] to p[-1] must be readable.
 */
VECTOR_BODY unsigned char misfits(const unsigned char *p, ptrdiff_t n)
{
	unsigned char bad = 0;

	for (ptrdiff_t i = 0; i < n; i++) { /* signed: it looks back */
		const unsigned char c = p[i], one = p[i - 1], two = p[i - 2], three = p[i - 3];
		const unsigned char continues = (c & 0xC0) == 0x80;
		const unsigned char must = (one >= 0xC2) | (two >= 0xE0) | (three >= 0xF0);

		bad |= continues ^ must;
		bad |= (c == 0xC0) | (c == 0xC1) | (c >= 0xF5);
		bad |= (one == 0xE0) & (c < 0xA0);
		bad |= (one == 0xED) & (c > 0x9F);
		bad |= (one == 0xF0) & (c < 0x90);
		bad |= (one == 0xF4) & (c > 0x8F);
	}
	return bad;
}

/* Of 64 bytes. */
VECTOR_BODY bool is_ascii_block(const unsigned char *p)
{
	unsigned char all = 0;

	for (ptrdiff_t i = 0; i < 64; i++)
		all |= p[i];
	return all < 0x80;
}

/* Of blocks of ASCII behind ASCII nothing more is to be known. */
VECTOR_BODY bool fits(const unsigned char *p, size_t n)
{
	unsigned char bad = 0;

	for (; n >= 64; p += 64, n -= 64)
		if (!is_ascii_block(p) || (p[-1] | p[-2] | p[-3]) >= 0x80)
			bad |= misfits(p, 64);
	return !(bad | misfits(p, (ptrdiff_t)n));
}

VECTOR_LOOP static bool fits_anywhere(const unsigned char *p, size_t n)
{
	return fits(p, n);
}

VECTOR_AVX2 static bool fits_avx2(const unsigned char *p, size_t n)
{
	return fits(p, n);
}

static bool bytes_fit(const unsigned char *p, size_t n)
{
	return n >= 64 && vector_avx2() ? fits_avx2(p, n) : fits_anywhere(p, n);
}

/* The first bytes have nothing before them and the last ones nothing after: they go through a small copy. */
static bool is_well_formed(struct str s)
{
	unsigned char edge[3 + 16 + 3] = { 0 };
	size_t head = s.n < 16 ? s.n : 16, tail = s.n < 3 ? s.n : 3;

	memcpy(edge + 3, s.p, head);
	if (!bytes_fit(edge + 3, head))
		return false;
	if (s.n > head && !bytes_fit((const unsigned char *)s.p + head, s.n - head))
		return false;
	/* a sequence that the end cuts off would still want bytes */
	memset(edge, 0, sizeof edge);
	memcpy(edge + 3 - tail, s.p + s.n - tail, tail);
	return bytes_fit(edge + 3, 3);
}

size_t utf8_check(struct str s)
{
	enum { SHORT = 64 }; /* where going from character to character is no dearer */

	if (s.n == 0 || (s.n > SHORT && is_well_formed(s)))
		return s.n;
	return (size_t)(skip_good(s.p, s.p + s.n) - s.p);
}

size_t utf8_repair(struct buf *out, struct str s)
{
	size_t replaced = 0;

	while (s.n > 0) {
		/* Only as far as the next fault: looking through all that is left after each one would be quadratic. */
		size_t good = (size_t)(skip_good(s.p, s.p + s.n) - s.p);
		uint32_t cp;

		buf_add(out, s.p, good);
		s.p += good;
		s.n -= good;
		if (s.n > 0) {
			size_t bad = utf8_decode(s.p, s.p + s.n, &cp);

			buf_add_cp(out, REPLACEMENT);
			replaced++;
			s.p += bad;
			s.n -= bad;
		}
	}
	return replaced;
}

size_t utf8_length(struct str s)
{
	const char *p = s.p, *end = s.n > 0 ? s.p + s.n : s.p;
	size_t count = 0;
	uint32_t cp;

	while (p < end) {
		const char *run = skip_ascii(p, end);

		count += (size_t)(run - p);
		p = run;
		if (p < end) {
			p += utf8_decode(p, end, &cp);
			count++;
		}
	}
	return count;
}
