/*
 * words.c - see words.h.
 */
#include "lua/words.h"

#include <stdint.h>
#include <string.h>

/* The "=" of a long bracket that opens at `at`; SIZE_MAX: none does. */
static size_t long_bracket(struct str s, size_t at)
{
	size_t level = 0;

	if (at >= s.n || s.p[at] != '[')
		return SIZE_MAX;
	while (at + 1 + level < s.n && s.p[at + 1 + level] == '=')
		level++;
	return at + 1 + level < s.n && s.p[at + 1 + level] == '[' ? level : SIZE_MAX;
}

/* Behind the bracket that closes the one of this level. */
static size_t long_end(struct str s, size_t at, size_t level)
{
	for (; at < s.n; at++) {
		size_t n = 0;
		if (s.p[at] != ']')
			continue;
		while (at + 1 + n < s.n && s.p[at + 1 + n] == '=')
			n++;
		if (n == level && at + 1 + n < s.n && s.p[at + 1 + n] == ']')
			return at + 2 + n;
		at += n;
	}
	return s.n;
}

static size_t line_end(struct str s, size_t at)
{
	const char *end = memchr(s.p + at, '\n', s.n - at);

	return end ? (size_t)(end - s.p) : s.n;
}

static size_t quoted_end(struct str s, size_t at, char quote)
{
	for (; at < s.n && s.p[at] != quote; at++)
		if (s.p[at] == '\\')
			at++;
	return at + 1 < s.n ? at + 1 : s.n;
}

/* Behind the comment or string that begins at `at`; `at`: none does. */
static size_t skip(struct str s, size_t at)
{
	size_t level;

	if (s.p[at] == '"' || s.p[at] == '\'')
		return quoted_end(s, at + 1, s.p[at]);
	if (s.p[at] == '-' && at + 1 < s.n && s.p[at + 1] == '-') {
		level = long_bracket(s, at + 2);
		return level == SIZE_MAX ? line_end(s, at) : long_end(s, at + 4 + level, level);
	}
	level = long_bracket(s, at);
	return level == SIZE_MAX ? at : long_end(s, at + 2 + level, level);
}

bool words_next(struct words *w)
{
	const struct str s = w->text;
	char last = 0, before = 0; /* the two marks in front of the word */

	while (w->at < s.n) {
		const char c = s.p[w->at];
		const size_t after = skip(s, w->at), from = w->at;
		if (words_is_letter(c)) {
			while (w->at < s.n && words_is_letter(s.p[w->at]))
				w->at++;
			w->word = str_slice(s.p + from, s.p + w->at);
			w->is_field = last == ':' ? before != ':' : last == '.' && before != '.';
			return true;
		}
		if (after > w->at) {
			w->at = after;
			before = last = '"';
			continue;
		}
		if (c != ' ' && (c < '\t' || c > '\r')) {
			before = last;
			last = c;
		}
		w->at++;
	}
	return false;
}
