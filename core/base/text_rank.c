/*
 * text_rank.c - the sentences of a text that say most of it (text_rank.h).
 *
 * Each different word has a number; a sentence is the list of its words.  Time
 * is linear in the text.  Picking is text_rank_pick.c's.
 */
#include "base/text_rank_private.h"

#include "base/text.h"
#include "base/text_form.h"

/* Steps to look for a word; one that finds no place is left out, so that chosen words cost no more than others. */
#define PROBE_MAX 64
/* A word stands for itself up to so many bytes; more are no word of a language. */
#define WORD_BYTES 64
/* Bytes of text between two times that work is told of. */
#define SPEND_BYTES 1024

const struct rank_weights rank_weights_usual = {
	.place = RANK_ONE * 6 / 10,
	.block = RANK_ONE / 10,
	.section = RANK_ONE * 12 / 10,
	.last = RANK_ONE * 4 / 10,
	.title = RANK_ONE * 2,
};

/* -------------------------------------------------------------------- words */

/*
 * What stands for a word in comparisons: itself, or the first two syllables of a Korean one, which drops most particles
 * and endings without a dictionary; empty for a single letter.
 */
static inline struct str stem_of(struct str word)
{
	if (word.n < 2)
		word.n = 0;
	else if (word.n > 6 && (unsigned char)word.p[0] >= 0xEA)
		word.n = 6;
	else if (word.n > WORD_BYTES)
		word.n = WORD_BYTES;
	return word;
}

/* Eight bytes with their ASCII letters small: those between 'A' and 'Z' get the bit 0x20, all at once. */
static inline uint64_t small_letters(uint64_t bytes)
{
	const uint64_t ones = 0x0101010101010101, tops = ones * 0x80;
	uint64_t low = bytes & ~tops;
	uint64_t from_a = low + ones * (0x80 - 'A'), behind_z = low + ones * (0x7F - 'Z');

	return bytes | ((from_a & ~behind_z & ~bytes & tops) >> 2);
}

/* The first eight bytes in small letters, which of fewer are the first and the last four or all: one number for each text. */
static inline uint64_t eight_of(const char *p, size_t n)
{
	uint64_t bytes = 0;
	uint32_t first, last;

	if (n >= 8) {
		memcpy(&bytes, p, 8);
	} else if (n >= 4) {
		memcpy(&first, p, 4);
		memcpy(&last, p + n - 4, 4);
		bytes = first | (uint64_t)last << 32;
	} else {
		for (size_t i = 0; i < n; i++)
			bytes = bytes << 8 | (unsigned char)p[i];
	}
	return small_letters(bytes);
}

static inline uint64_t mix(uint64_t hash)
{
	hash *= 0x9E3779B97F4A7C15;
	return hash ^ hash >> 29;
}

/* What is equal of equal words, and spread over all of its bits. */
static inline uint64_t hash_of(struct str s, uint64_t head)
{
	uint64_t hash = mix(head + s.n);

	for (size_t i = 8; i < s.n; i += 8)
		hash = mix(hash ^ eight_of(s.p + i, s.n - i));
	return hash;
}

/* Whether a word is the one of this text, the first eight bytes of which are the same. */
static inline bool same_rest(const struct rank_word *word, struct str s)
{
	for (size_t i = 8; i < s.n; i += 8) {
		if (eight_of(word->text + i, s.n - i) != eight_of(s.p + i, s.n - i))
			return false;
	}
	return true;
}

/* The slot of a word, or the free one it would take; NULL where neither is near. */
static inline uint32_t *find_slot(struct ranker *r, struct str stem, uint64_t head)
{
	size_t at = (size_t)(hash_of(stem, head) >> 32);

	for (unsigned i = 0; i < PROBE_MAX; i++) {
		uint32_t *slot = &r->slots[(at + i) & (r->n_slots - 1)];
		const struct rank_word *word = *slot ? &r->words[*slot - 1] : NULL;

		if (!word || (word->head == head && word->length == stem.n && same_rest(word, stem)))
			return slot;
	}
	return NULL;
}

static bool grow_slots(struct ranker *r)
{
	size_t n = r->n_slots ? r->n_slots * 4 : 512;
	uint32_t *slots = arena_alloc_zero(r->arena, n * sizeof *slots);

	if (!slots)
		return false;
	r->slots = slots;
	r->n_slots = n;
	for (size_t i = 0; i < r->n_words; i++) {
		const struct rank_word *word = &r->words[i];
		uint32_t *slot = find_slot(r, (struct str){ word->text, word->length }, word->head);

		if (slot)
			*slot = (uint32_t)i + 1;
	}
	rank_spend(r, n / 8 + r->n_words * 2);
	return true;
}

/* The entry of a stem, made where there is none; *word is NULL where it has no place. */
static inline bool enter_word(struct ranker *r, struct str stem, struct rank_word **word)
{
	const uint64_t head = eight_of(stem.p, stem.n);
	uint32_t *slot;

	if (r->n_words * 2 >= r->n_slots && !grow_slots(r))
		return false;
	slot = find_slot(r, stem, head);
	*word = NULL;
	if (!slot)
		return true;
	if (*slot == 0) {
		r->words = arena_grow(r->arena, r->words, &r->words_cap, r->n_words + 1, sizeof *r->words);
		if (!r->words)
			return false;
		r->words[r->n_words] = (struct rank_word){ .text = stem.p, .head = head, .length = (uint32_t)stem.n };
		*slot = (uint32_t)++r->n_words;
	}
	*word = &r->words[*slot - 1];
	return true;
}

static bool add_term(struct ranker *r, uint32_t number, struct str stem)
{
	struct rank_word *word;

	if (!enter_word(r, stem, &word))
		return false;
	if (!word || word->last == number)
		return true;
	if (r->n_terms == r->terms_cap) {
		r->terms = arena_grow(r->arena, r->terms, &r->terms_cap, r->n_terms + 1, sizeof *r->terms);
		if (!r->terms)
			return false;
	}
	word->last = number;
	word->frequency++;
	r->terms[r->n_terms++] = (uint32_t)(word - r->words);
	return true;
}

/* ------------------------------------------------------------------- adding */

bool rank_init(struct ranker *r, struct arena *arena, void (*spend_work)(void *user, size_t work), void *user)
{
	*r = (struct ranker){ .arena = arena, .spend = spend_work, .user = user };
	return grow_slots(r);
}

/* The different words of the newest sentence, which has this number plus 1. */
static bool add_words(struct ranker *r, struct str text, uint32_t number, size_t *n_words)
{
	struct str word;
	size_t pos = 0, told = 0;

	while (text_next_word(text, &pos, &word)) {
		const struct str stem = stem_of(word);

		++*n_words;
		if (stem.n && !add_term(r, number, stem))
			return false;
		/* Not only at its end: a text without ends is one sentence of any length. */
		if (pos - told >= SPEND_BYTES) {
			rank_spend(r, pos - told);
			told = pos;
		}
	}
	rank_spend(r, 5 + text.n - told);
	return true;
}

bool rank_add(struct ranker *r, const struct rank_sentence *sentence, size_t *n_words)
{
	struct rank_sentence *s;

	*n_words = 0;
	if (r->n >= UINT32_MAX / 2 || r->n_terms >= UINT32_MAX / 2)
		return false;
	r->list = arena_grow(r->arena, r->list, &r->cap, r->n + 1, sizeof *r->list);
	if (!r->list)
		return false;
	s = &r->list[r->n++];
	*s = *sentence;
	s->first_term = (uint32_t)r->n_terms;
	if (!add_words(r, s->text, (uint32_t)r->n, n_words))
		return false;
	s->n_terms = (uint32_t)r->n_terms - s->first_term;
	return true;
}

/* ------------------------------------------------------------------- scores */

/* log2 of n / d, n >= d > 0, by squaring: sixteen binary places. */
static uint64_t log2_of(uint64_t n, uint64_t d)
{
	uint64_t whole = 0, x;

	while ((n >> whole) >= d * 2)
		whole++;
	x = ((n << 24) / d) >> whole; /* in [1, 2), 24 places */
	whole <<= 16;
	for (uint32_t bit = RANK_ONE / 2; bit; bit >>= 1) {
		x = (x * x) >> 24;
		if (x >= (uint64_t)2 << 24) {
			x >>= 1;
			whole |= bit;
		}
	}
	return whole;
}

/* How much a word matters: the sentences that hold it, damped, less where nearly all do, little where only one does. */
static uint64_t weight_of(size_t n, uint32_t frequency)
{
	if (frequency <= 1)
		return RANK_ONE * 208 / 1000;
	return (log2_of((uint64_t)frequency + 1, 1) * log2_of((uint64_t)n + frequency, frequency)) >> 16;
}

/* Weights of the frequencies that are common are found once. */
#define WEIGHTS_KEPT 64

/* The weight of each word; NULL when memory is refused. */
static uint64_t *weigh_words(const struct ranker *r)
{
	uint64_t kept[WEIGHTS_KEPT] = { 0 };
	uint64_t *weights = arena_alloc(r->arena, r->n_words * sizeof *weights + 1);

	for (size_t i = 0; weights && i < r->n_words; i++) {
		const uint32_t frequency = r->words[i].frequency;
		uint64_t *known = frequency < WEIGHTS_KEPT ? &kept[frequency] : NULL;

		weights[i] = known && *known ? *known : weight_of(r->n, frequency);
		if (known)
			*known = weights[i];
		if (i % 64 == 0)
			rank_spend(r, 64);
	}
	return weights;
}

static bool score_centrality(struct ranker *r)
{
	uint64_t *sums = arena_alloc(r->arena, r->n * sizeof *sums + 1), best = 1;
	const uint64_t *weights = weigh_words(r);

	if (!sums || !weights)
		return false;
	for (size_t i = 0; i < r->n; i++) {
		const struct rank_sentence *s = &r->list[i];

		sums[i] = 0;
		for (uint32_t k = 0; k < s->n_terms; k++)
			sums[i] += weights[r->terms[s->first_term + k]];
		sums[i] = sums[i] * 16 / (6 + s->n_terms);
		best = sums[i] > best ? sums[i] : best;
	}
	for (size_t i = 0; i < r->n; i++)
		r->list[i].central = (uint32_t)(sums[i] * RANK_ONE / best);
	rank_spend(r, r->n_terms);
	return true;
}

/* Very short sentences say little, very long ones are no summary: percent. */
static uint32_t length_factor(size_t bytes)
{
	if (bytes < 40)
		return 50;
	if (bytes < 90)
		return 70;
	if (bytes > 700)
		return 60;
	return bytes > 450 ? 85 : 100;
}

/* Questions ask, addresses point elsewhere, asides, exclamations and labels seldom say what the text says: percent. */
static uint32_t form_factor(struct str text)
{
	static const struct {
		unsigned form;
		uint32_t percent;
	} factors[] = { { TEXT_QUESTION, 50 }, { TEXT_ADDRESS, 70 },  { TEXT_ASIDE, 70 },
			{ TEXT_CRY, 80 },      { TEXT_LABELLED, 80 }, { TEXT_UNENDED, 70 } };
	unsigned form = text_form_of(text);
	uint32_t percent = 100;

	for (size_t i = 0; form && i < sizeof factors / sizeof *factors; i++) {
		if (form & factors[i].form)
			percent = percent * factors[i].percent / 100;
	}
	return percent;
}

/* Words of the title, each once; their number. */
static bool enter_title(struct ranker *r, struct str title, uint32_t *n)
{
	struct rank_word *entry;
	struct str word;
	size_t pos = 0;

	*n = 0;
	while (text_next_word(title, &pos, &word)) {
		struct str stem = stem_of(word);

		if (stem.n == 0)
			continue;
		if (!enter_word(r, stem, &entry))
			return false;
		if (!entry || entry->in_title)
			continue;
		entry->in_title = true;
		++*n;
	}
	rank_spend(r, title.n / 2);
	return true;
}

static uint32_t scale(uint64_t value, uint64_t factor)
{
	uint64_t product = value * factor / RANK_ONE;

	return product > INT32_MAX ? INT32_MAX : (uint32_t)product;
}

/* The start of a text, of its sections and paragraphs tells more; the last paragraph concludes. */
static uint32_t place_of(const struct ranker *r, size_t i, const struct rank_weights *w)
{
	const struct rank_sentence *s = &r->list[i];
	uint64_t place = (uint64_t)RANK_ONE * 20 / (20 + i);

	if (s->place & RANK_FIRST_IN_BLOCK)
		place += w->block;
	if (s->place & RANK_FIRST_IN_SECTION)
		place += w->section;
	if (s->block == r->list[r->n - 1].block)
		place += w->last;
	return scale(place, w->place);
}

bool rank_score(struct ranker *r, struct str title, const struct rank_weights *w)
{
	uint32_t n_title;

	if (!enter_title(r, title, &n_title) || !score_centrality(r))
		return false;
	for (size_t i = 0; i < r->n; i++) {
		struct rank_sentence *s = &r->list[i];
		uint64_t shared = 0;
		uint32_t percent = length_factor(s->text.n) * form_factor(s->text) / 100;

		for (uint32_t k = 0; n_title && k < s->n_terms; k++)
			shared += r->words[r->terms[s->first_term + k]].in_title;
		s->titled = scale(w->title, shared * RANK_ONE / (n_title > 3 ? n_title : 3));
		s->placed = place_of(r, i, w);
		s->score = scale((uint64_t)s->central + s->placed + s->titled + s->bonus, s->factor);
		s->score = (uint32_t)((uint64_t)s->score * percent / 100);
		rank_spend(r, 10 + s->text.n / 16);
	}
	return true;
}
