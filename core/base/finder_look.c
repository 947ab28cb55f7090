/*
 * finder_look.c - see finder_look.h.  On processors without AVX2 there is
 * none, and finder.c goes byte by byte.
 */
#include "base/finder_look.h"

#include "base/ascii.h"
#include "base/vector.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

void finder_look_add(struct finder_look *l, unsigned bucket, unsigned place, unsigned char byte)
{
	l->low[place][byte & 15] |= (unsigned char)(1u << bucket);
	l->high[place][byte >> 4] |= (unsigned char)(1u << bucket);
}

void finder_look_any(struct finder_look *l, unsigned bucket, unsigned place)
{
	for (unsigned i = 0; i < 16; i++) {
		l->low[place][i] |= (unsigned char)(1u << bucket);
		l->high[place][i] |= (unsigned char)(1u << bucket);
	}
}

/* Parts of which the first bytes have the same upper half. */
#define GROUP  64
#define GROUPS (LOOK_PARTS / GROUP)

/* How many buckets each group gets: one, if it has words, and then those with the most words for a bucket another. */
static void share_groups(const uint32_t sizes[GROUPS], unsigned shares[GROUPS])
{
	unsigned left = LOOK_BUCKETS;

	for (unsigned g = 0; g < GROUPS; g++) {
		shares[g] = sizes[g] > 0 && left > 0;
		left -= shares[g];
	}
	for (; left > 0; left--) {
		unsigned best = 0;

		for (unsigned g = 1; g < GROUPS; g++) {
			if (shares[g] &&
			    (!shares[best] || (uint64_t)sizes[g] * shares[best] > (uint64_t)sizes[best] * shares[g]))
				best = g;
		}
		shares[best]++;
	}
}

void finder_look_share(const uint32_t sizes[LOOK_PARTS], unsigned char buckets[LOOK_PARTS])
{
	uint32_t groups[GROUPS] = { 0 };
	unsigned shares[GROUPS], first = 0;

	for (unsigned i = 0; i < LOOK_PARTS; i++)
		groups[i / GROUP] += sizes[i];
	share_groups(groups, shares);
	for (unsigned g = 0; g < GROUPS; g++) {
		uint64_t before = 0;

		for (unsigned i = g * GROUP; i < (g + 1) * GROUP; i++) {
			unsigned bucket = first + (groups[g] ? (unsigned)(before * shares[g] / groups[g]) : 0);

			buckets[i] = (unsigned char)(bucket < LOOK_BUCKETS ? bucket : LOOK_BUCKETS - 1);
			before += sizes[i];
		}
		first += shares[g];
	}
}

bool finder_look_works(void)
{
	return vector_avx2();
}

#ifdef __x86_64__
#define AVX2 __attribute__((target("avx2")))

AVX2 static inline __m256i load(const char *p)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

/* The buckets with a word that has the byte at each of these places. */
AVX2 static inline __m256i buckets_of(const struct finder_look *l, unsigned place, __m256i bytes)
{
	const __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)l->low[place]));
	const __m256i high = _mm256_broadcastsi128_si256(
		_mm_loadu_si128((const __m128i *)(const void *)l->high[place]));
	const __m256i half = _mm256_set1_epi8(15);

	return _mm256_and_si256(_mm256_shuffle_epi8(low, _mm256_and_si256(bytes, half)),
				_mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half)));
}

/* A bit for each ASCII letter: what is less than 26 above 'a', of signed bytes. */
AVX2 static inline uint32_t letters_of(__m256i bytes)
{
	const __m256i small = _mm256_or_si256(bytes, _mm256_set1_epi8(0x20));
	const __m256i above = _mm256_sub_epi8(small, _mm256_set1_epi8((char)('a' + 128)));

	return (uint32_t)_mm256_movemask_epi8(_mm256_cmpgt_epi8(_mm256_set1_epi8(-128 + 26), above));
}

/* The places in the 32 bytes at p; three more follow.  before: what stands before them is a letter. */
AVX2 static inline uint32_t look(const struct finder_look *l, const char *p, bool whole, bool before)
{
	const __m256i bytes = load(p);
	const __m256i found = _mm256_and_si256(
		buckets_of(l, 0, bytes),
		_mm256_and_si256(buckets_of(l, 1, load(p + 1)),
				 _mm256_and_si256(buckets_of(l, 2, load(p + 2)), buckets_of(l, 3, load(p + 3)))));
	uint32_t places = ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(found, _mm256_setzero_si256()));

	if (whole && places) {
		const uint32_t letters = letters_of(bytes);

		places &= ~(letters & (letters << 1 | before));
	}
	return places;
}

/* The last bytes of the text, with zeroes behind them. */
AVX2 static uint32_t look_at_end(const struct finder_look *l, struct str rest, bool whole, bool before)
{
	char bytes[LOOK_PLACES + LOOK_BYTES] = { 0 };

	memcpy(bytes, rest.p, rest.n < sizeof bytes ? rest.n : sizeof bytes);
	return look(l, bytes, whole, before);
}

AVX2 static uint32_t next_avx2(const struct finder_look *l, struct str text, size_t *at, size_t end, bool whole)
{
	uint32_t places = 0;
	size_t i = *at;

	for (; i < end && !places; i += LOOK_PLACES) {
		const bool before = whole && i > 0 && ascii_is_letter(text.p[i - 1]);

		if (text.n - i >= LOOK_PLACES + LOOK_BYTES - 1)
			places = look(l, text.p + i, whole, before);
		else
			places = look_at_end(l, (struct str){ text.p + i, text.n - i }, whole, before);
	}
	*at = i;
	return places;
}
#endif

uint32_t finder_look_next(const struct finder_look *l, struct str text, size_t *at, size_t end, bool whole)
{
#ifdef __x86_64__
	return next_avx2(l, text, at, end, whole);
#else
	(void)l, (void)text, (void)at, (void)end, (void)whole;
	return 0;
#endif
}
