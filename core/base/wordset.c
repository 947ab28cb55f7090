/*
 * wordset.c - the set: a hash table of places in a copy of the text, at most
 * half full.
 */
#include "base/wordset.h"

#include <string.h>

#include "base/vector.h"

#define BYTES_MAX ((size_t)1 << 26)
/* Slots that are looked at for a word; words that are chosen to need more are refused. */
#define PROBE_MAX 128

struct wordset {
	uint32_t mask;
	uint32_t slots
		[]; /* place in the text plus 1, 0: empty; the text follows, its words in lower case and ended by 0 */
};

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* As many words as a text may have: with each byte that may be a blank one ends. */
VECTOR_LOOP static size_t words_most(struct str text)
{
	uint32_t n = 1;

	for (size_t i = 0; i < text.n; i++)
		n += (unsigned char)text.p[i] <= ' ';
	return n;
}

static size_t slots_for(struct str words)
{
	const size_t n = words_most(words);
	size_t slots = 8;

	while (slots < 2 * n)
		slots *= 2;
	return slots;
}

size_t wordset_size(struct str words)
{
	if (words.n >= BYTES_MAX)
		return 0;
	return sizeof(struct wordset) + slots_for(words) * sizeof(uint32_t) + words.n + 1;
}

static char *text_of(const struct wordset *set)
{
	return (char *)(uintptr_t)(set->slots + set->mask + 1);
}

#define HASH_EMPTY 2166136261u

static uint32_t hash_more(uint32_t h, char c)
{
	return (h ^ (unsigned char)c) * 16777619u;
}

static uint32_t hash_end(uint32_t h)
{
	return h ^ h >> 15;
}

static uint32_t hash_of(struct str word)
{
	uint32_t h = HASH_EMPTY;
	for (size_t i = 0; i < word.n; i++)
		h = hash_more(h, lower(word.p[i]));
	return hash_end(h);
}

static bool is_equal(const char *kept, struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (kept[i] != lower(word.p[i]))
			return false;
	return kept[word.n] == '\0';
}

enum added { ADDED, ADDED_NOT, ADDED_NOWHERE };

/* The word at `from` of the copy, ended by 0, joins the set; not where it is in it or too long. */
static enum added word_add(struct wordset *set, size_t from, size_t n, uint32_t hash)
{
	const char *text = text_of(set), *word = text + from;

	if (n > WORDSET_WORD_MAX)
		return ADDED_NOT;
	for (uint32_t i = 0; i < PROBE_MAX; i++) {
		uint32_t *slot = &set->slots[(hash + i) & set->mask];
		if (!*slot) {
			*slot = (uint32_t)from + 1;
			return ADDED;
		}
		if (memcmp(text + *slot - 1, word, n + 1) == 0)
			return ADDED_NOT;
	}
	return ADDED_NOWHERE;
}

bool wordset_init(struct wordset *set, struct str words)
{
	const size_t slots = slots_for(words);
	const char *p = words.p, *stop = words.p + words.n;
	size_t end = 0;

	set->mask = (uint32_t)slots - 1;
	memset(set->slots, 0, slots * sizeof set->slots[0]);
	char *text = text_of(set);
	while (p < stop) {
		const size_t from = end;
		uint32_t h = HASH_EMPTY;
		for (; p < stop && !is_space(*p); p++)
			h = hash_more(h, text[end++] = lower(*p));
		text[end] = '\0';
		const enum added added = end > from ? word_add(set, from, end - from, hash_end(h)) : ADDED_NOT;
		if (added == ADDED_NOWHERE)
			return false;
		end = added == ADDED ? end + 1 : from;
		p++;
	}
	return true;
}

bool wordset_has(const struct wordset *set, struct str word)
{
	const char *text = text_of(set);

	if (word.n == 0 || word.n > WORDSET_WORD_MAX)
		return false;
	const uint32_t hash = hash_of(word);
	for (uint32_t i = 0; i < PROBE_MAX; i++) {
		const uint32_t slot = set->slots[(hash + i) & set->mask];
		if (!slot || is_equal(text + slot - 1, word))
			return slot != 0;
	}
	return false;
}

static const struct ending {
	const char *tail, *instead;
} endings[] = { { "s", "" },    { "es", "" },  { "ies", "y" }, { "ed", "" }, { "d", "" },
		{ "ied", "y" }, { "ing", "" }, { "ing", "e" }, { "er", "" }, { "r", "" },
		{ "ers", "" },  { "ly", "" },  { "ings", "" } };

static bool ends_with(struct str word, const char *tail, size_t n)
{
	if (word.n < n + 3)
		return false;
	for (size_t i = 0; i < n; i++)
		if (lower(word.p[word.n - n + i]) != tail[i])
			return false;
	return true;
}

/* Whether the word without one ending is in the set; "planned" and "running" also without the doubled letter. */
static bool has_stem(const struct wordset *set, struct str word, const struct ending *ending)
{
	char stem[WORDSET_WORD_MAX + 2];
	size_t tail = strlen(ending->tail), n = word.n - tail;
	memcpy(stem, word.p, n);
	size_t more = strlen(ending->instead);
	memcpy(stem + n, ending->instead, more);
	if (wordset_has(set, (struct str){ stem, n + more }))
		return true;
	bool doubled = n > 3 && more == 0 && (ending->tail[0] == 'e' || ending->tail[0] == 'i') &&
		       lower(stem[n - 1]) == lower(stem[n - 2]);
	return doubled && wordset_has(set, (struct str){ stem, n - 1 });
}

bool wordset_has_form(const struct wordset *set, struct str word)
{
	if (word.n > 2 && word.p[word.n - 2] == '\'' && lower(word.p[word.n - 1]) == 's')
		word.n -= 2;
	if (word.n == 0 || word.n > WORDSET_WORD_MAX)
		return false;
	if (wordset_has(set, word))
		return true;
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
		if (ends_with(word, endings[i].tail, strlen(endings[i].tail)) && has_stem(set, word, &endings[i]))
			return true;
	return false;
}
