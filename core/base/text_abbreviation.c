/*
 * text_abbreviation.c - whether the full stop behind a word ends a sentence.
 *
 * Provides text_dot_ends to text_sentence.c: list numbers, dates, initials
 * and the common abbreviations of English are what it knows.  It sees the
 * word before the stop and what follows, never more.
 */
#include "base/text_sentence.h"

#include "base/text.h"
#include "base/utf8.h"

/* Longer words are no abbreviations; also bounds how far back one looks. */
#define TOKEN_MAX 32

/* The words of a list are in small letters. */
static bool in_list(struct str word, const char *const *list)
{
	const char first = word.n > 0 ? (char)(word.p[0] | 0x20) : '\0';

	for (; *list; list++) {
		if (**list == first && str_eq_nocase(word, str_of(*list)))
			return true;
	}
	return false;
}

/* Always followed by more of the sentence. */
static bool is_prefix(struct str word)
{
	static const char *const list[] = { "dr",  "mr",  "mrs", "ms",  "prof", "rev",    "hon", "gen",  "col", "capt",
					    "lt",  "sgt", "gov", "sen", "rep",  "messrs", "vs",  "v",    "cf",  "viz",
					    "e.g", "i.e", "eg",  "ie",  "ca",   "approx", "esp", "resp", NULL };

	return in_list(word, list);
}

/* Before a number only. */
static bool is_numbered(struct str word)
{
	static const char *const list[] = { "no",  "nos", "vol",  "fig", "figs", "eq",  "eqs", "p",
					    "pp",  "ch",  "sec",  "art", "ver",  "pt",  "op",  "ed",
					    "rev", "jan", "feb",  "mar", "apr",  "may", "jun", "jul",
					    "aug", "sep", "sept", "oct", "nov",  "dec", NULL };

	return in_list(word, list);
}

/* May end a sentence; only what follows can tell. */
static bool is_ambiguous(struct str word)
{
	static const char *const list[] = { "inc", "ltd", "co",   "corp", "llc",  "jr",   "sr",   "st",   "mt",
					    "ave", "al",  "dept", "est",  "univ", "assn", "bros", "jan",  "feb",
					    "apr", "aug", "sep",  "sept", "oct",  "nov",  "dec",  "ph.d", NULL };

	return in_list(word, list);
}

/* Words that seldom stand capitalised inside a sentence. */
static bool is_starter(const char *p, const char *end)
{
	static const char *const list[] = { "the",  "a",     "an",   "it",    "he",     "she",      "they",    "we",
					    "you",  "i",     "this", "that",  "these",  "those",    "in",      "on",
					    "at",   "but",   "and",  "so",    "if",     "when",     "however", "there",
					    "then", "what",  "why",  "how",   "for",    "from",     "his",     "her",
					    "our",  "my",    "as",   "after", "before", "now",      "no",      "yes",
					    "its",  "their", "your", "while", "since",  "although", "where",   "who",
					    "not",  "to",    "with", "by",    "of",     NULL };
	const char *from = p;

	while (p < end && p - from < TOKEN_MAX && ((*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z')))
		p++;
	return in_list(str_slice(from, p), list);
}

/* The word before the stop, without opening quotes and brackets; empty when it is too long to matter. */
static struct str token_before(const char *start, const char *dot)
{
	const char *p = dot;
	uint32_t cp;

	while (p > start) {
		const char *q = utf8_prev(start, p);

		utf8_decode(q, p, &cp);
		if (text_is_space(cp) || text_is_opener(cp))
			break;
		p = q;
		if (dot - p > TOKEN_MAX)
			return (struct str){ dot, 0 };
	}
	return str_slice(p, dot);
}

/* Whether token is the first thing of its sentence or line. */
static bool at_line_start(const char *start, struct str token)
{
	const char *p = token.p;

	while (p > start && (p[-1] == ' ' || p[-1] == '\t') && token.p - p < TOKEN_MAX)
		p--;
	return p == start || p[-1] == '\n';
}

static bool is_ascii_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* 5, 2024, 11.30, 1.2.3 */
static bool is_number(struct str token)
{
	for (size_t i = 0; i < token.n; i++) {
		if (!is_ascii_digit(token.p[i]) && token.p[i] != '.')
			return false;
	}
	return token.n > 0 && is_ascii_digit(token.p[0]);
}

/* "30" of "11. 30." */
static bool follows_date_part(const char *start, struct str token)
{
	const char *p = token.p;

	while (p > start && (p[-1] == ' ' || p[-1] == '\t') && token.p - p < TOKEN_MAX)
		p--;
	return p < token.p && p - start >= 2 && p[-1] == '.' && is_ascii_digit(p[-2]);
}

/* "11." of "2024. 11. 30." seen from 2024: digits and another stop. */
static bool is_date_part(const char *p, const char *end)
{
	const char *from = p;

	while (p < end && p - from < 3 && is_ascii_digit(*p))
		p++;
	return p > from && p - from < 3 && p < end && (*p == '.' || *p == '~');
}

static bool number_ends(const char *start, struct str token, const struct text_after *after)
{
	bool has_dot = memchr(token.p, '.', token.n) != NULL;

	if (at_line_start(start, token) && (token.n <= 3 || (has_dot && token.n <= 8)))
		return false;
	if (token.n <= 4 && is_date_part(after->p, after->end))
		return false;
	if ((token.n <= 2 && follows_date_part(start, token)) || (has_dot && after->closed))
		return text_is_upper(after->cp);
	return true;
}

/* Roman numerals, single letters and the Korean order of syllables, as lists are numbered. */
static bool is_enumerator(struct str token)
{
	static const char syllables[] = "가나다라마바사아자차카타파하";
	size_t i = 0;

	if (token.n == 3 && (unsigned char)token.p[0] >= 0x80) {
		for (; i + 3 < sizeof(syllables); i += 3) {
			if (memcmp(syllables + i, token.p, 3) == 0)
				return true;
		}
		return false;
	}
	if (token.n == 1)
		return (token.p[0] | 0x20) >= 'a' && (token.p[0] | 0x20) <= 'z';
	while (i < token.n && strchr("IVXivx", token.p[i]) && token.p[i] != '\0')
		i++;
	return i == token.n && token.n > 0 && token.n <= 4;
}

/* U.S, a.m, J.R.R, D.C */
static bool is_dotted_letters(struct str token)
{
	if (token.n < 3 || token.n % 2 == 0)
		return false;
	for (size_t i = 0; i < token.n; i++) {
		bool letter = (token.p[i] | 0x20) >= 'a' && (token.p[i] | 0x20) <= 'z';

		if (i % 2 == 0 ? !letter : token.p[i] != '.')
			return false;
	}
	return true;
}

bool text_dot_ends(const char *start, const char *dot, const struct text_after *after)
{
	struct str token = token_before(start, dot);

	if (token.n == 0)
		return true;
	if (is_number(token))
		return number_ends(start, token, after);
	if (is_enumerator(token) && at_line_start(start, token))
		return false;
	if (is_prefix(token) || (is_numbered(token) && text_is_digit(after->cp)))
		return false;
	if (token.n == 1 && token.p[0] >= 'A' && token.p[0] <= 'Z')
		return token.p[0] == 'I';
	if (is_dotted_letters(token) || is_ambiguous(token))
		return is_starter(after->p, after->end);
	return true;
}
