/*
 * text_rank_pick.c - the best of the sentences that have their scores, none
 * of them saying nearly what another one says (text_rank.h).
 *
 * Linear but for sorting the scores: the likeness of a sentence to the picked
 * ones is found by a bit for each of them in every word.
 */
#include "base/text_rank_private.h"
#include "base/utf8.h"

/* Shared words, in parts of the shorter sentence's, that make a repetition: 65 of 100. */
#define REPEATED_PERCENT 65

/* Whether it says nearly the same as one of the picked. */
static bool is_repetition(const struct ranker *r, const struct rank_sentence *s, const uint32_t *picked, size_t n)
{
	uint32_t shared[RANK_PICK_MAX] = { 0 };

	for (uint32_t k = 0; k < s->n_terms; k++) {
		const struct rank_word *word = &r->words[r->terms[s->first_term + k]];

		for (size_t part = 0; part < RANK_PICK_MAX / 64; part++) {
			for (uint64_t bits = word->picked[part]; bits; bits &= bits - 1)
				shared[part * 64 + (size_t)__builtin_ctzll(bits)]++;
		}
	}
	for (size_t i = 0; i < n; i++) {
		uint32_t other = r->list[picked[i]].n_terms;
		uint64_t fewer = other < s->n_terms ? other : s->n_terms;

		if ((uint64_t)shared[i] * 100 > fewer * REPEATED_PERCENT)
			return true;
	}
	return false;
}

static void take(struct ranker *r, uint32_t number, uint32_t *picked, size_t *n)
{
	const struct rank_sentence *s = &r->list[number];

	for (uint32_t k = 0; k < s->n_terms; k++)
		r->words[r->terms[s->first_term + k]].picked[*n / 64] |= (uint64_t)1 << (*n % 64);
	picked[(*n)++] = number;
}

/* The heap property restored below `at`: no key is less than those under it. */
static void sift_down(uint64_t *keys, size_t n, size_t at)
{
	uint64_t key = keys[at];

	for (size_t child; (child = at * 2 + 1) < n; at = child) {
		if (child + 1 < n && keys[child + 1] > keys[child])
			child++;
		if (keys[child] <= key)
			break;
		keys[at] = keys[child];
	}
	keys[at] = key;
}

/* The scores as a heap: of equal ones the earlier sentence is the greater. */
static uint64_t *make_heap(struct ranker *r)
{
	uint64_t *keys = arena_alloc(r->arena, r->n * sizeof *keys + 1);

	if (!keys)
		return NULL;
	for (size_t i = 0; i < r->n; i++)
		keys[i] = (uint64_t)r->list[i].score << 32 | (UINT32_MAX - (uint32_t)i);
	for (size_t i = r->n / 2; i-- > 0;)
		sift_down(keys, r->n, i);
	rank_spend(r, r->n);
	return keys;
}

/* The number of the best sentence left, which is taken off. */
static uint32_t pop_best(uint64_t *keys, size_t *n)
{
	uint32_t number = UINT32_MAX - (uint32_t)keys[0];

	keys[0] = keys[--*n];
	if (*n > 0)
		sift_down(keys, *n, 0);
	return number;
}

static void sort_numbers(uint32_t *list, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		uint32_t number = list[i];
		size_t at = i;

		for (; at > 0 && list[at - 1] > number; at--)
			list[at] = list[at - 1];
		list[at] = number;
	}
}

bool rank_pick(struct ranker *r, size_t limit, size_t characters, uint32_t *picked, size_t *n)
{
	uint64_t *keys = make_heap(r);
	size_t left = r->n, used = 0;

	*n = 0;
	if (!keys)
		return false;
	if (limit > RANK_PICK_MAX)
		limit = RANK_PICK_MAX;
	while (left > 0 && *n < limit) {
		uint32_t number = pop_best(keys, &left);
		const struct rank_sentence *s = &r->list[number];
		size_t length = characters ? utf8_length(s->text) : 0;

		rank_spend(r, 10 + s->n_terms * (1 + *n / 8) + length / 8);
		if ((characters && used + length > characters) || is_repetition(r, s, picked, *n))
			continue;
		take(r, number, picked, n);
		used += length;
	}
	sort_numbers(picked, *n);
	return true;
}
