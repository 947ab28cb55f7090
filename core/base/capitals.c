/*
 * capitals.c - a run is read word by word, at most WORDS_MAX of them, and
 * judged as a whole: linear in the text.
 */
#include "base/capitals.h"

#include "base/bytes.h"

#define WORDS_MAX 8

struct word {
	size_t from, to;
	bool capital, initial;
	bool small; /* it has more than capitals */
};

static bool is_upper(unsigned char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_lower(unsigned char c)
{
	return c >= 'a' && c <= 'z';
}

/* A capital at a place: of ASCII, or of the Latin letters that two bytes hold. */
static bool is_capital(struct str text, size_t at)
{
	unsigned char c = (unsigned char)text.p[at];
	if (is_upper(c))
		return true;
	if (c < 0xC3 || c > 0xC8 || at + 1 >= text.n)
		return false;
	unsigned char next = (unsigned char)text.p[at + 1];
	return c == 0xC3 ? next >= 0x80 && next <= 0x9E && next != 0x97 : true;
}

/* The first place in [i, end) whose byte may begin a capital; end where there is none. */
static size_t skip_small(struct str text, size_t i, size_t end)
{
	/* A to Z; 0xC3 to 0xC8 */
	static const struct bytes_wide_set capitals = {
		{ .low = { 0x20, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x10, 0x10, 0x10, 0x10,
			   0x10 },
		  .high = { [4] = 0x10, [5] = 0x20 } },
		{ .low = { [3] = 0x10, [4] = 0x10, [5] = 0x10, [6] = 0x10, [7] = 0x10, [8] = 0x10 },
		  .high = { [4] = 0x10 } }
	};
	return (size_t)(bytes_find_wide(text.p + i, text.p + end, &capitals) - text.p);
}

/* Bytes that a Latin word goes on with: letters, accents, and what stands inside of names. */
static bool is_inside(unsigned char c)
{
	return is_upper(c) || is_lower(c) || c == '\'' || c == '-' || c == '.' || (c >= 0x80 && c <= 0xC9) || c == 0xE1;
}

static bool begins_word(struct str text, size_t at)
{
	if (at == 0)
		return true;
	unsigned char before = (unsigned char)text.p[at - 1];
	return !is_upper(before) && !is_lower(before) && !(before >= '0' && before <= '9') && before != '_' &&
	       before != '.' && before != '\'' && before != '-';
}

static bool is_particle(struct str word)
{
	static const char *const particles[] = { "van", "von", "de", "der", "den", "del", "di",  "da", "dos",
						 "la",  "le",  "el", "al",  "bin", "ibn", "ter", "y" };
	for (size_t i = 0; word.n <= 3 && i < sizeof particles / sizeof particles[0]; i++)
		if (str_eqz(word, particles[i]))
			return true;
	return false;
}

/* Reads the word at a place; *ends where it closes a sentence. */
static struct word read_word(struct str text, size_t at, bool *ends)
{
	struct word w = { .from = at, .to = at, .capital = is_capital(text, at) };
	while (w.to < text.n && is_inside((unsigned char)text.p[w.to])) {
		w.small = w.small || is_lower((unsigned char)text.p[w.to]) || (unsigned char)text.p[w.to] >= 0x80;
		w.to++;
	}
	w.initial = w.capital && w.to - at == 2 && text.p[at + 1] == '.';
	*ends = !w.initial && w.to > at && text.p[w.to - 1] == '.';
	while (!w.initial && w.to > at &&
	       (text.p[w.to - 1] == '.' || text.p[w.to - 1] == '-' || text.p[w.to - 1] == '\''))
		w.to--;
	return w;
}

/* The words of a run from a place on: capitalised ones, and particles between them. */
static size_t read_run(struct str text, size_t at, struct word *words)
{
	size_t n = 0, kept = 0;
	while (n < WORDS_MAX && at < text.n) {
		bool ends;
		struct word w = read_word(text, at, &ends);
		if (w.to == w.from ||
		    (!w.capital && (n == 0 || !is_particle((struct str){ text.p + w.from, w.to - w.from }))))
			break;
		words[n++] = w;
		if (w.capital)
			kept = n;
		if (ends || w.to >= text.n || text.p[w.to] != ' ')
			break;
		at = w.to + 1;
	}
	return kept;
}

enum word_class { WORD_PLAIN, WORD_KNOWN, WORD_COMMON };

/* What the sets say of a word: asked of runs alone, of which most capitals begin none. */
static enum word_class class_of(const struct capitals *c, struct str text, const struct word *w)
{
	const struct str word = { text.p + w->from, w->to - w->from };
	if (wordset_has(c->known, word))
		return WORD_KNOWN;
	if (!w->initial && (!w->small || word.n < 2 || wordset_has_form(c->common, word)))
		return WORD_COMMON;
	return WORD_PLAIN;
}

/* The first word of a run from which on it may be a name; n where there is none. */
static size_t name_in_run(const struct capitals *c, struct str text, const struct word *words, size_t n)
{
	enum word_class class = class_of(c, text, &words[0]);
	for (size_t i = 0; i + 1 < n; i++) {
		const enum word_class next = class_of(c, text, &words[i + 1]);
		if (words[i].capital &&
		    (class == WORD_KNOWN || words[i].initial || (class != WORD_COMMON && next != WORD_COMMON)))
			return i;
		class = next;
	}
	return n;
}

bool capitals_next(const struct capitals *c, struct str text, size_t from, size_t until, size_t *start, size_t *to)
{
	struct word words[WORDS_MAX];
	size_t end = until < text.n ? until : text.n;
	for (size_t i = from; (i = skip_small(text, i, end)) < end;) {
		if (!is_capital(text, i) || !begins_word(text, i)) {
			i++;
			continue;
		}
		size_t n = read_run(text, i, words);
		size_t first = n >= 2 ? name_in_run(c, text, words, n) : n;
		if (first < n) {
			*start = words[first].from;
			*to = words[n - 1].to;
			return true;
		}
		i = n > 0 ? words[n - 1].to : i + 1;
		if (n > 0 && i <= words[0].from)
			i = words[0].from + 1;
	}
	return false;
}
