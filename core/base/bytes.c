/*
 * bytes.c - see bytes.h.  Where lines begin, and where a byte of a set stands, is asked of 16 bytes at a time
 * on processors with SSE2, and with AVX2; the rest are loops as vector.h has them.
 */
#include "base/bytes.h"

#include "base/vector.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

/* Room in an array of line starts for all that a block of bytes may add. */
#define BLOCK ((size_t)64)

struct starts {
	struct arena *arena;
	uint32_t *items;
	size_t n, cap;
};

static bool reserve(struct starts *s)
{
	uint32_t *grown;

	if (s->cap - s->n >= BLOCK)
		return true;
	grown = arena_grow(s->arena, s->items, &s->cap, s->n + BLOCK, sizeof *grown);
	if (!grown)
		return false;
	s->items = grown;
	return true;
}

/* Adds what begins in whole blocks; *done: how many bytes they are. */
static bool add_blocks(struct starts *s, struct str text, size_t *done)
{
	*done = 0;
#ifdef __SSE2__
	const __m128i newline = _mm_set1_epi8('\n');
	size_t at = 0;

	for (; text.n - at >= BLOCK; at += BLOCK) {
		uint64_t bits = 0;
		if (!reserve(s))
			return false;
		for (unsigned i = 0; i < 4; i++) {
			__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text.p + at + 16 * i));
			uint64_t found = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, newline));
			bits |= found << 16 * i;
		}
		for (; bits; bits &= bits - 1)
			s->items[s->n++] = (uint32_t)at + (uint32_t)__builtin_ctzll(bits) + 1;
	}
	*done = at;
#else
	(void)s;
	(void)text;
#endif
	return true;
}

uint32_t *bytes_lines(struct arena *a, struct str s, size_t *n)
{
	struct starts starts = { .arena = a };
	const char *end = s.p + s.n;
	size_t done;

	starts.items = arena_grow(a, NULL, &starts.cap, s.n / 32 + 2 * BLOCK, sizeof *starts.items);
	if (!starts.items)
		return NULL;
	starts.items[starts.n++] = 0;
	if (!add_blocks(&starts, s, &done))
		return NULL;
	for (const char *p = s.p + done; p < end && (p = memchr(p, '\n', (size_t)(end - p)));) {
		if (!reserve(&starts))
			return NULL;
		starts.items[starts.n++] = (uint32_t)(++p - s.p);
	}
	*n = starts.n;
	return starts.items;
}

VECTOR_BODY struct bytes_pairs pairs(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	unsigned char slashes = 0, ww = 0;

	for (size_t i = 0; i + 1 < s.n; i++) {
		const unsigned char c = p[i], next = p[i + 1];

		slashes |= (c == '/') & (next == '/');
		ww |= ((c | 0x20) == 'w') & ((next | 0x20) == 'w');
	}
	return (struct bytes_pairs){ slashes != 0, ww != 0 };
}

VECTOR_LOOP static struct bytes_pairs pairs_anywhere(struct str s)
{
	return pairs(s);
}

VECTOR_AVX2 static struct bytes_pairs pairs_avx2(struct str s)
{
	return pairs(s);
}

struct bytes_pairs bytes_pairs(struct str s)
{
	return s.n >= 64 && vector_avx2() ? pairs_avx2(s) : pairs_anywhere(s);
}

#ifdef __x86_64__
/* Of 16 bytes: two look-ups by half a byte each. */
__attribute__((target("avx2"))) static const char *find_set_avx2(const char *p, const char *end,
								 const struct bytes_set *set)
{
	const __m128i low = _mm_loadu_si128((const __m128i *)(const void *)set->low);
	const __m128i high = _mm_loadu_si128((const __m128i *)(const void *)set->high);
	const __m128i half = _mm_set1_epi8(15), zero = _mm_setzero_si128();

	for (; end - p >= 16; p += 16) {
		const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
		const __m128i above = _mm_and_si128(_mm_srli_epi16(bytes, 4), half);
		const __m128i both = _mm_and_si128(_mm_shuffle_epi8(low, _mm_and_si128(bytes, half)),
						   _mm_shuffle_epi8(high, above));
		const unsigned none = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(both, zero));
		if (none != 0xFFFF)
			return p + __builtin_ctz(~none);
	}
	return p;
}
#endif

const char *bytes_find_set(const char *p, const char *end, const struct bytes_set *set)
{
#ifdef __x86_64__
	if (end - p >= 16 && vector_avx2())
		p = find_set_avx2(p, end, set);
#endif
	while (p < end && !bytes_in_set(set, *p))
		p++;
	return p;
}

/* ------------------------------------------------------------------ wide sets */

void bytes_wide_add(struct bytes_wide_set *set, unsigned char c)
{
	struct bytes_set *half = c < 0x80 ? &set->below : &set->above;
	const unsigned high = (c >> 4) & 7;

	half->high[high] = (unsigned char)(1u << high);
	half->low[c & 15] |= (unsigned char)(1u << high);
}

static bool in_wide(const struct bytes_wide_set *set, char c)
{
	const struct bytes_set *half = (unsigned char)c < 0x80 ? &set->below : &set->above;

	return half->low[c & 15] & half->high[((unsigned char)c >> 4) & 7];
}

#ifdef __x86_64__
/* Of 16 bytes: as find_set_avx2 twice, once with the highest bit of each turned over. */
__attribute__((target("avx2"))) static const char *find_wide_avx2(const char *p, const char *end,
								  const struct bytes_wide_set *set)
{
	const __m128i low = _mm_loadu_si128((const __m128i *)(const void *)set->below.low);
	const __m128i high = _mm_loadu_si128((const __m128i *)(const void *)set->below.high);
	const __m128i low_above = _mm_loadu_si128((const __m128i *)(const void *)set->above.low);
	const __m128i high_above = _mm_loadu_si128((const __m128i *)(const void *)set->above.high);
	const __m128i seven = _mm_set1_epi8(7), top = _mm_set1_epi8(-128), zero = _mm_setzero_si128();

	for (; end - p >= 16; p += 16) {
		const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
		const __m128i turned = _mm_xor_si128(bytes, top);
		const __m128i half = _mm_and_si128(_mm_srli_epi16(bytes, 4), seven);
		const __m128i is_below = _mm_and_si128(_mm_shuffle_epi8(low, bytes), _mm_shuffle_epi8(high, half));
		const __m128i is_above = _mm_and_si128(_mm_shuffle_epi8(low_above, turned),
						       _mm_shuffle_epi8(high_above, half));
		const __m128i any = _mm_or_si128(is_below, is_above);
		const unsigned none = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(any, zero));
		if (none != 0xFFFF)
			return p + __builtin_ctz(~none);
	}
	return p;
}
#endif

const char *bytes_find_wide(const char *p, const char *end, const struct bytes_wide_set *set)
{
#ifdef __x86_64__
	if (end - p >= 16 && vector_avx2())
		p = find_wide_avx2(p, end, set);
#endif
	while (p < end && !in_wide(set, *p))
		p++;
	return p;
}

/* ----------------------------------------------------------------------- gaps */

static bool is_gap(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || (unsigned char)c == 0xC2;
}

#ifdef __SSE2__
/* Of 16 bytes: those that are in a gap, ones of 16 bits. */
static unsigned gaps_of(const char *p, unsigned *spaces)
{
	const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
	const __m128i space = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(' '));
	const __m128i breaks = _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8('\t' - 1)),
					     _mm_cmplt_epi8(bytes, _mm_set1_epi8('\r' + 1)));
	const __m128i lead = _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)0xC2));
	*spaces = (unsigned)_mm_movemask_epi8(space);
	return *spaces | (unsigned)_mm_movemask_epi8(_mm_or_si128(breaks, lead));
}
#endif

const char *bytes_find_gap(const char *p, const char *end)
{
#ifdef __SSE2__
	for (; end - p >= 17; p += 16) {
		unsigned spaces;
		const unsigned gaps = gaps_of(p, &spaces);
		const unsigned next = gaps >> 1 | (is_gap(p[16]) ? 0x8000u : 0);
		const unsigned found = (gaps & ~spaces) | (spaces & next);
		if (found)
			return p + __builtin_ctz(found);
	}
#endif
	while (p < end && (!is_gap(*p) || (*p == ' ' && end - p > 1 && !is_gap(p[1]))))
		p++;
	return p;
}

bool bytes_is_evenly_spaced(struct str s)
{
	const char *end = s.p + s.n, *gap = bytes_find_gap(s.p, end);

	/* a space at the very end is single */
	return gap == end || (gap + 1 == end && *gap == ' ');
}
