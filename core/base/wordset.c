/*
 * wordset.c - the set: a hash table of places in a copy of the text, at most
 * half full.
 */
#include "base/wordset.h"

#include <string.h>

#define BYTES_MAX ((size_t)1 << 26)

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

/* The next word of a text from *at on; false where there is none. */
static bool next_word(struct str text, size_t *at, struct str *word)
{
	size_t i = *at;
	while (i < text.n && is_space(text.p[i]))
		i++;
	size_t start = i;
	while (i < text.n && !is_space(text.p[i]))
		i++;
	*at = i;
	*word = (struct str){ text.p + start, i - start };
	return i > start;
}

static size_t slots_for(struct str words)
{
	size_t n = 0, at = 0, slots = 8;
	struct str word;
	while (next_word(words, &at, &word))
		n++;
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

static uint32_t hash_of(struct str word)
{
	uint32_t h = 2166136261u;
	for (size_t i = 0; i < word.n; i++)
		h = (h ^ (unsigned char)lower(word.p[i])) * 16777619u;
	return h ^ h >> 15;
}

static bool is_equal(const char *kept, struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (kept[i] != lower(word.p[i]))
			return false;
	return kept[word.n] == '\0';
}

/* The slot of a word, or the empty one where it would stand. */
static uint32_t slot_of(const struct wordset *set, struct str word)
{
	const char *text = text_of(set);
	uint32_t i = hash_of(word) & set->mask;
	while (set->slots[i] && !is_equal(text + set->slots[i] - 1, word))
		i = (i + 1) & set->mask;
	return i;
}

void wordset_init(struct wordset *set, struct str words)
{
	size_t slots = slots_for(words), at = 0, end = 0;
	struct str word;
	set->mask = (uint32_t)slots - 1;
	memset(set->slots, 0, slots * sizeof set->slots[0]);
	char *text = text_of(set);
	while (next_word(words, &at, &word)) {
		if (word.n > WORDSET_WORD_MAX)
			continue;
		uint32_t slot = slot_of(set, word);
		if (set->slots[slot])
			continue;
		set->slots[slot] = (uint32_t)end + 1;
		for (size_t i = 0; i < word.n; i++)
			text[end++] = lower(word.p[i]);
		text[end++] = '\0';
	}
}

bool wordset_has(const struct wordset *set, struct str word)
{
	return word.n > 0 && word.n <= WORDSET_WORD_MAX && set->slots[slot_of(set, word)] != 0;
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
