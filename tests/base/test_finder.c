/*
 * test_finder.c - many words sought in one pass.
 */
#include "cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/finder.h"

static struct finder *made(const char *const *words, unsigned mode)
{
	struct str list[32];
	size_t n = 0, bytes = 0;
	for (; words[n]; n++) {
		list[n] = str_of(words[n]);
		bytes += list[n].n;
	}
	struct finder *f = malloc(finder_size(n, bytes));
	assert_non_null(f);
	assert_true(finder_init(f, list, n, mode));
	return f;
}

/* "from-to:word from-to:word" of all matches that follow each other. */
static void gives(const char *const *words, unsigned mode, const char *text, const char *expected)
{
	struct finder *f = made(words, mode);
	struct finder_match m;
	char got[400] = "";
	for (size_t at = 0; finder_next(f, str_of(text), at, SIZE_MAX, &m); at = m.to) {
		size_t n = strlen(got);
		snprintf(got + n, sizeof got - n, "%s%zu-%zu:%u", n ? " " : "", m.from, m.to, m.word);
	}
	assert_string_equal(got, expected);
	free(f);
}

static void finds_longest_first(void **state)
{
	(void)state;
	const char *const words[] = { "he", "she", "hers", "his", NULL };
	gives(words, 0, "ushers and his", "1-4:1 11-14:3");
	gives(words, 0, "hers he", "0-4:2 5-7:0");
	gives(words, 0, "herhe", "0-2:0 3-5:0");
	gives(words, 0, "", "");
	gives(words, 0, "xyz", "");
	const char *const shapes[] = { "0:00", "7월", "a1", NULL };
	gives(shapes, FINDER_DIGIT, "at 19:45, 12월 A1 a9", "4-8:0 11-15:1 19-21:2");
	gives(shapes, FINDER_DIGIT | FINDER_FOLD, "A1 x:00", "0-2:2");
	gives(shapes, 0, "0:00 1:00 7월 8월", "0-4:0 10-14:1");
	const char *const equal[] = { "a", "b", "a", NULL };
	gives(equal, 0, "ab", "0-1:0 1-2:1");
	const char *const none[] = { NULL };
	gives(none, 0, "abc", "");
}

static void finds_any_bytes(void **state)
{
	(void)state;
	const char *const words[] = { "교수", "교수님", "\xFF", NULL };
	gives(words, 0, "김 교수님 \xFF 교수", "4-13:1 14-15:2 16-22:0");
}

static void folds_and_keeps_words_whole(void **state)
{
	(void)state;
	const char *const words[] = { "May", "talk by", "3q", "발표", NULL };
	gives(words, FINDER_FOLD, "MAYBE may", "0-3:0 6-9:0");
	gives(words, FINDER_FOLD | FINDER_WHOLE, "MAYBE may dismay (may) Talk By x", "6-9:0 18-21:0 23-30:1");
	gives(words, FINDER_WHOLE, "may May Mayor", "4-7:0");
	gives(words, FINDER_FOLD | FINDER_WHOLE, "13Q 3Quarter", "1-3:2");
	gives(words, FINDER_WHOLE, "발표자", "0-6:3");
	/* a shorter word stays where the longer one runs on */
	const char *const two[] = { "go", "go on", NULL };
	gives(two, FINDER_WHOLE, "go only", "0-2:0");
}

static void begins_inside_its_limits(void **state)
{
	(void)state;
	const char *const words[] = { "abc", NULL };
	struct finder *f = made(words, 0);
	struct finder_match m;
	assert_false(finder_next(f, STR_LIT("xxabc"), 0, 2, &m));
	assert_true(finder_next(f, STR_LIT("xxabc"), 0, 3, &m));
	assert_int_equal(m.to, 5);
	assert_false(finder_next(f, STR_LIT("xxabc"), 3, 9, &m));
	assert_false(finder_next(f, STR_LIT("xxab"), 0, 9, &m));
	assert_false(finder_next(f, STR_LIT("abc"), 9, 4, &m));
	free(f);
}

static void refuses_words(void **state)
{
	(void)state;
	static char big[FINDER_WORD_MAX + 2];
	memset(big, 'a', sizeof big - 1);
	struct str long_word = { big, FINDER_WORD_MAX + 1 }, limit = { big, FINDER_WORD_MAX }, empty = STR_EMPTY;
	struct finder *f = malloc(finder_size(1, sizeof big));
	assert_non_null(f);
	assert_false(finder_init(f, &long_word, 1, 0));
	assert_false(finder_init(f, &empty, 1, 0));
	assert_true(finder_init(f, &limit, 1, 0));
	assert_int_equal(finder_size((size_t)1 << 40, 1), 0);
	assert_int_equal(finder_size(1, SIZE_MAX / 2), 0);
	free(f);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool same_byte(unsigned mode, char a, char b)
{
	return a == b || ((mode & FINDER_FOLD) && is_letter(a) && is_letter(b) && (a | 32) == (b | 32)) ||
	       ((mode & FINDER_DIGIT) && is_digit(a) && is_digit(b));
}

static bool stands_at(struct str word, unsigned mode, struct str text, size_t at)
{
	const char *p = text.p + at, *end = p + word.n;
	if (word.n > text.n - at)
		return false;
	for (size_t i = 0; i < word.n; i++) {
		if (!same_byte(mode, word.p[i], p[i]))
			return false;
	}
	if (!(mode & FINDER_WHOLE))
		return true;
	return !(at > 0 && is_letter(p[-1]) && is_letter(*p)) &&
	       !(end < text.p + text.n && is_letter(end[-1]) && is_letter(*end));
}

/* The plain way, word by word. */
static bool slowly(const struct str *words, size_t n, unsigned mode, struct str text, size_t from,
		   struct finder_match *out)
{
	for (size_t i = from; i < text.n; i++) {
		size_t best = 0;
		for (uint32_t w = 0; w < n; w++) {
			if (words[w].n > best && stands_at(words[w], mode, text, i)) {
				best = words[w].n;
				*out = (struct finder_match){ i, i + best, w };
			}
		}
		if (best)
			return true;
	}
	return false;
}

static unsigned random_below(unsigned *seed, unsigned n)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % n;
}

static void fill(unsigned *seed, char *p, size_t n, unsigned kinds)
{
	static const char bytes[] = "abAB-05 zZ\xEA\xB0\x80\xED\x9E";
	for (size_t i = 0; i < n; i++)
		p[i] = bytes[random_below(seed, kinds)];
}

static void agree_on(const struct finder *f, const struct str *words, size_t n, unsigned mode, struct str text)
{
	struct finder_match x, y;
	for (size_t at = 0;;) {
		bool a = finder_next(f, text, at, SIZE_MAX, &x), b = slowly(words, n, mode, text, at, &y);
		assert_int_equal(a, b);
		if (!a)
			break;
		assert_int_equal(x.from, y.from);
		assert_int_equal(x.to, y.to);
		assert_int_equal(x.word, y.word);
		at = x.to;
	}
}

static void agrees_with_the_plain_way(void **state)
{
	(void)state;
	unsigned seed = 1;
	for (int round = 0; round < 3000; round++) {
		const unsigned kinds = 3 + random_below(&seed, 13), mode = random_below(&seed, 8);
		const size_t n = 1 + random_below(&seed, 12);
		char letters[12][8], *text = malloc(150);
		struct str words[12];
		struct finder *f = malloc(finder_size(12, sizeof letters));
		assert_true(text && f);
		for (size_t i = 0; i < n; i++) {
			words[i] = (struct str){ letters[i], 1 + random_below(&seed, 8) };
			fill(&seed, letters[i], words[i].n, kinds);
		}
		assert_true(finder_init(f, words, n, mode));
		/* at the end of its memory, so that reading on would show */
		const size_t length = random_below(&seed, 150);
		struct str s = { text + 150 - length, length };
		fill(&seed, text + 150 - length, length, kinds);
		agree_on(f, words, n, mode, s);
		free(f);
		free(text);
	}
}

/* The letter whose edge, placed as finder.c does, comes first in a table of 2^17. */
static char first_placed(uint32_t node)
{
	uint32_t best = UINT32_MAX;
	char letter = 'A';
	for (uint32_t c = 'A'; c <= 'z'; c++) {
		const uint32_t at = ((node * 256 + c + 1) * 2654435761u) >> 7 & 0x1FFFF;
		if (at < best) {
			best = at;
			letter = (char)c;
		}
	}
	return letter;
}

/* Whether 200 words of 250 bytes are taken: edges that all want the same places, or letters by chance. */
static bool takes(bool chosen)
{
	enum { WORDS = 200, LENGTH = 250 };
	static char text[WORDS][LENGTH];
	struct str words[WORDS];
	uint32_t nodes = 1;
	for (uint32_t i = 0; i < WORDS; i++) {
		text[i][0] = 'a';
		text[i][1] = (char)('A' + i / 20);
		text[i][2] = (char)('A' + i % 20);
		nodes += i % 20 == 0 ? 2 : 1;
		for (uint32_t k = 3; k < LENGTH; k++, nodes++)
			text[i][k] = chosen ? first_placed(nodes) : (char)('A' + (i * 31 + k * 17) % 58);
		words[i] = (struct str){ text[i], LENGTH };
	}
	struct finder *f = malloc(finder_size(WORDS, WORDS * LENGTH));
	assert_non_null(f);
	const bool taken = finder_init(f, words, WORDS, 0);
	free(f);
	return taken;
}

static void refuses_words_that_are_chosen_to_collide(void **state)
{
	(void)state;
	assert_true(takes(false));
	assert_false(takes(true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_longest_first),
		cmocka_unit_test(finds_any_bytes),
		cmocka_unit_test(folds_and_keeps_words_whole),
		cmocka_unit_test(begins_inside_its_limits),
		cmocka_unit_test(refuses_words),
		cmocka_unit_test(agrees_with_the_plain_way),
		cmocka_unit_test(refuses_words_that_are_chosen_to_collide),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
