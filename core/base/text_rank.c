/*
 * text_rank.c - the sentences of a text that say most of it (text_rank.h).
 *
 * Each different word has a number; a sentence is the list of its words.  Time
 * is linear in the text, but for sorting the scores: the likeness of a sentence
 * to the picked ones is found by a bit for each of them in every word.
 */
#include "base/text_rank.h"

#include "base/text.h"
#include "base/text_form.h"
#include "base/utf8.h"

/* Steps to look for a word; one that finds no place is left out, so that chosen words cost no more than others. */
#define PROBE_MAX 64
/* A word stands for itself up to so many bytes; more are no word of a language. */
#define WORD_BYTES 64
/* Shared words, in parts of the shorter sentence's, that make a repetition: 65 of 100. */
#define REPEATED_PERCENT 65
/* Bytes of text between two times that work is told of. */
#define SPEND_BYTES 1024

const struct rank_weights rank_weights_usual = {
	.place = RANK_ONE * 6 / 10,
	.block = RANK_ONE / 10,
	.section = RANK_ONE * 12 / 10,
	.last = RANK_ONE * 4 / 10,
	.title = RANK_ONE * 2,
};

struct rank_word {
	const char *text;
	uint64_t head;      /* its first eight bytes, as eight_of gives them */
	uint32_t frequency; /* sentences that hold it */
	uint32_t last;      /* number of the last of them plus 1 */
	uint32_t length;
	bool in_title;
	uint64_t picked[RANK_PICK_MAX / 64]; /* a bit for each picked sentence that holds it */
};

static void spend(const struct ranker *r, size_t work)
{
	if (r->spend)
		r->spend(r->user, work);
}

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
	spend(r, n / 8 + r->n_words * 2);
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
			spend(r, pos - told);
			told = pos;
		}
	}
	spend(r, 5 + text.n - told);
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
			spend(r, 64);
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
	spend(r, r->n_terms);
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
	spend(r, title.n / 2);
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
		spend(r, 10 + s->text.n / 16);
	}
	return true;
}

/* ------------------------------------------------------------------ picking */

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
	spend(r, r->n);
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

		spend(r, 10 + s->n_terms * (1 + *n / 8) + length / 8);
		if ((characters && used + length > characters) || is_repetition(r, s, picked, *n))
			continue;
		take(r, number, picked, n);
		used += length;
	}
	sort_numbers(picked, *n);
	return true;
}
