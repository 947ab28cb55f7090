/*
 * text_form.c - the shape of a piece of text (text_form.h).
 *
 * Bytes are enough: what is looked for is ASCII or one character of known
 * bytes.  Each function is linear, most look at a few bytes.
 */
#include "base/text_form.h"

#include "base/bytes.h"

/* Shorter texts say nothing by themselves. */
#define STATEMENT_BYTES 24
#define STATEMENT_WORDS 3
/* So many words say something even where no full stop ends them. */
#define UNENDED_WORDS 7
/* Longest label before a colon. */
#define LABEL_BYTES 48

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* All of the list are characters of three bytes. */
static bool ends_in(struct str s, const char *const *list)
{
	for (; s.n >= 3 && (unsigned char)s.p[s.n - 1] >= 0x80 && *list; list++) {
		if (str_ends(s, str_of(*list)))
			return true;
	}
	return false;
}

static size_t closer_length(struct str s)
{
	static const char *const wide[] = { "”", "’", "」", "』", NULL };
	char last = s.p[s.n - 1];

	if (last == '"' || last == '\'' || last == ')' || last == ']' || last == '~')
		return 1;
	return ends_in(s, wide) ? 3 : 0;
}

bool text_is_ended(struct str s)
{
	static const char *const wide[] = { "다", "요", "…", "。", "！", "？", NULL };

	for (int i = 0; i < 4 && s.n > 0; i++) {
		size_t n = closer_length(s);

		if (n == 0)
			break;
		s.n -= n;
	}
	if (s.n == 0)
		return false;
	return s.p[s.n - 1] == '.' || s.p[s.n - 1] == '!' || s.p[s.n - 1] == '?' || ends_in(s, wide);
}

/* ' ' and what is_space knows besides. */
static const struct bytes_set spaces = {
	.low = { [0x0] = 0x04, [0x9] = 0x01, [0xA] = 0x01, [0xB] = 0x01, [0xC] = 0x01, [0xD] = 0x01 },
	.high = { [0x0] = 0x01, [0x2] = 0x04 },
};

/* Whether there are so many words, by the space between them. */
static bool has_words(struct str s, unsigned enough)
{
	unsigned n = 1;

	const char *end = s.p + s.n;

	for (const char *p = s.p + 1; n < enough && p < end && (p = bytes_find_set(p, end, &spaces)) < end; p++)
		n += !is_space(p[-1]);
	return n >= enough;
}

/* Without the bracket it ends in, and the space before that. */
static struct str drop_last_bracket(struct str s)
{
	size_t n = s.n, depth = 0;

	while (n > 0) {
		char c = s.p[--n];

		if (c == ')')
			depth++;
		else if (c == '(' && --depth == 0)
			break;
	}
	if (depth > 0)
		return s;
	while (n > 0 && is_space(s.p[n - 1]))
		n--;
	return (struct str){ s.p, n };
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Nothing but a URL. */
static bool is_bare_address(struct str s)
{
	size_t i = 0;

	while (i < s.n && is_letter(s.p[i]))
		i++;
	if (i == 0 || s.n - i < 4 || memcmp(s.p + i, "://", 3) != 0)
		return false;
	while (i < s.n && !is_space(s.p[i]))
		i++;
	return i == s.n;
}

bool text_is_statement(struct str s)
{
	char last;

	if (s.n < STATEMENT_BYTES || !has_words(s, STATEMENT_WORDS))
		return false;
	last = s.p[s.n - 1];
	if ((s.p[0] == '[' && last == ']') || is_bare_address(s))
		return false;
	if (last == ')' && text_is_ended(drop_last_bracket(s)))
		return true;
	return (last != ':' && text_is_ended(s)) || has_words(s, UNENDED_WORDS);
}

static bool has_address(struct str s)
{
	const char *end = s.p + s.n;

	for (const char *p = s.p; (p = memchr(p, ':', (size_t)(end - p))); p++) {
		if (end - p > 3 && p[1] == '/' && p[2] == '/')
			return true;
	}
	for (const char *p = s.p; (p = memchr(p, '@', (size_t)(end - p))); p++) {
		const char *q = p + 1;

		while (q < end && (is_letter(*q) || *q == '-' || (*q >= '0' && *q <= '9')))
			q++;
		if (p > s.p && q > p + 1 && end - q > 1 && *q == '.' && is_letter(q[1]))
			return true;
	}
	return false;
}

/* "NAME: ..." */
static bool has_label(struct str s)
{
	size_t limit = s.n < LABEL_BYTES ? s.n : LABEL_BYTES;
	const char *colon = limit > 2 ? memchr(s.p + 1, ':', limit - 2) : NULL;

	return colon && is_space(colon[1]) && !memchr(s.p + 1, '.', (size_t)(colon - s.p - 1));
}

unsigned text_form_of(struct str s)
{
	unsigned form = 0;

	if (s.n == 0)
		return 0;
	if (s.p[s.n - 1] == '?' || str_ends(s, STR_LIT("？")) || str_starts(s, STR_LIT("Q.")) ||
	    str_starts(s, STR_LIT("Q:")))
		form |= TEXT_QUESTION;
	if (has_address(s))
		form |= TEXT_ADDRESS;
	if (s.p[0] == '(' || s.p[0] == '[')
		form |= TEXT_ASIDE;
	if (s.p[s.n - 1] == '!' || str_ends(s, STR_LIT("！")))
		form |= TEXT_CRY;
	if (has_label(s))
		form |= TEXT_LABELLED;
	if (!text_is_ended(s))
		form |= TEXT_UNENDED;
	return form;
}
