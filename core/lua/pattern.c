/*
 * pattern.c - the matcher.
 *
 * Backtracking over pattern items as Lua defines them.  Recursion happens
 * once per repeated item or capture, so its depth is bounded by the pattern
 * and by PATTERN_DEPTH, never by the subject.  Every step spends fuel, so
 * even a pattern of exponential cost ends at the deadline.
 */
#include "lua/pattern.h"

#include <lauxlib.h>
#include <string.h>

#include "lua/state.h"

#define ESCAPE '%'

void pattern_init(struct pattern *m, lua_State *L, const char *subject, size_t n_subject, const char *pattern,
		  size_t n_pattern)
{
	m->L = L;
	m->budget = &state_of(L)->budget;
	m->subject = subject;
	m->subject_end = subject + n_subject;
	m->pattern_end = pattern + n_pattern;
	m->depth = PATTERN_DEPTH;
	m->n_captures = 0;
}

/* ----------------------------------------------------------- single classes */

/* The end of the single-character class that begins at p. */
static const char *class_end(struct pattern *m, const char *p)
{
	if (*p == ESCAPE) {
		if (p + 1 == m->pattern_end)
			luaL_error(m->L, "malformed pattern (ends with '%%')");
		return p + 2;
	}
	if (*p++ != '[')
		return p;
	if (p < m->pattern_end && *p == '^')
		p++;
	/* The first character is part of the set even if it is ']'. */
	do {
		if (p == m->pattern_end)
			luaL_error(m->L, "malformed pattern (missing ']')");
		if (*p++ == ESCAPE) {
			if (p == m->pattern_end)
				luaL_error(m->L, "malformed pattern (missing ']')");
			p++;
		}
	} while (p == m->pattern_end || *p != ']');
	return p + 1;
}

/* ASCII whatever the locale: the C locale is in force, and this does not ask. */
static bool in_letter_class(unsigned char c, unsigned char letter)
{
	bool in;
	bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
	switch (letter | 0x20) {
	case 'a':
		in = upper || lower;
		break;
	case 'c':
		in = c < 32 || c == 127;
		break;
	case 'd':
		in = digit;
		break;
	case 'g':
		in = c > 32 && c < 127;
		break;
	case 'l':
		in = lower;
		break;
	case 'p':
		in = c > 32 && c < 127 && !upper && !lower && !digit;
		break;
	case 's':
		in = c == ' ' || (c >= 9 && c <= 13);
		break;
	case 'u':
		in = upper;
		break;
	case 'w':
		in = upper || lower || digit;
		break;
	case 'x':
		in = digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
		break;
	case 'z':
		in = c == 0; /* deprecated, and still there */
		break;
	default:
		return letter == c;
	}
	if (!((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')))
		return letter == c;
	return (letter >= 'A' && letter <= 'Z') ? !in : in;
}

/* p at '[', last at the closing ']'. */
static bool in_set(unsigned char c, const char *p, const char *last)
{
	bool found = true;
	if (p[1] == '^') {
		found = false;
		p++;
	}
	while (++p < last) {
		if (*p == ESCAPE) {
			p++;
			if (in_letter_class(c, (unsigned char)*p))
				return found;
		} else if (p[1] == '-' && p + 2 < last) {
			if ((unsigned char)p[0] <= c && c <= (unsigned char)p[2])
				return found;
			p += 2;
		} else if ((unsigned char)*p == c) {
			return found;
		}
	}
	return !found;
}

static bool single_matches(struct pattern *m, const char *at, const char *p, const char *p_end)
{
	if (at >= m->subject_end)
		return false;
	unsigned char c = (unsigned char)*at;
	switch (*p) {
	case '.':
		return true;
	case ESCAPE:
		return in_letter_class(c, (unsigned char)p[1]);
	case '[':
		budget_spend(m->budget, (size_t)(p_end - p) / 8);
		return in_set(c, p, p_end - 1);
	default:
		return (unsigned char)*p == c;
	}
}

/* -------------------------------------------------------------------- items */

static const char *match_balance(struct pattern *m, const char *at, const char *p)
{
	if (p >= m->pattern_end - 1)
		luaL_error(m->L, "malformed pattern (missing arguments to '%%b')");
	if (at >= m->subject_end || *at != p[0])
		return NULL;
	size_t open = 1;
	for (const char *s = at + 1; s < m->subject_end; s++) {
		budget_spend(m->budget, 1);
		if (*s == p[1]) {
			if (--open == 0)
				return s + 1;
		} else if (*s == p[0]) {
			open++;
		}
	}
	return NULL;
}

static const char *match_greedy(struct pattern *m, const char *at, const char *p, const char *p_end)
{
	ptrdiff_t n = 0;
	while (single_matches(m, at + n, p, p_end)) {
		budget_spend(m->budget, 1);
		n++;
	}
	for (; n >= 0; n--) {
		budget_spend(m->budget, 1);
		const char *end = pattern_match(m, at + n, p_end + 1);
		if (end)
			return end;
	}
	return NULL;
}

static const char *match_lazy(struct pattern *m, const char *at, const char *p, const char *p_end)
{
	for (;; at++) {
		budget_spend(m->budget, 1);
		const char *end = pattern_match(m, at, p_end + 1);
		if (end)
			return end;
		if (!single_matches(m, at, p, p_end))
			return NULL;
	}
}

static const char *capture_begin(struct pattern *m, const char *at, const char *p, ptrdiff_t what)
{
	if (m->n_captures >= PATTERN_CAPTURES)
		luaL_error(m->L, "too many captures");
	m->captures[m->n_captures].start = at;
	m->captures[m->n_captures].len = what;
	m->n_captures++;
	const char *end = pattern_match(m, at, p);
	if (!end)
		m->n_captures--;
	return end;
}

static const char *capture_end(struct pattern *m, const char *at, const char *p)
{
	int i = m->n_captures - 1;
	while (i >= 0 && m->captures[i].len != CAPTURE_OPEN)
		i--;
	if (i < 0)
		luaL_error(m->L, "invalid pattern capture");
	m->captures[i].len = at - m->captures[i].start;
	const char *end = pattern_match(m, at, p);
	if (!end)
		m->captures[i].len = CAPTURE_OPEN;
	return end;
}

static const char *match_back_reference(struct pattern *m, const char *at, unsigned char digit)
{
	int i = digit - '1';
	if (i < 0 || i >= m->n_captures || m->captures[i].len == CAPTURE_OPEN)
		luaL_error(m->L, "invalid capture index %%%d", i + 1);
	/* A position capture has no text; its length here is never met. */
	size_t len = (size_t)m->captures[i].len;
	if ((size_t)(m->subject_end - at) < len)
		return NULL;
	budget_spend(m->budget, len / 16);
	return memcmp(m->captures[i].start, at, len) == 0 ? at + len : NULL;
}

/* %f[set]: the border between a character outside and one inside; the ends count as NUL. */
static bool at_frontier(struct pattern *m, const char *at, const char *set, const char *set_end)
{
	unsigned char before = at == m->subject ? 0 : (unsigned char)at[-1];
	unsigned char here = at == m->subject_end ? 0 : (unsigned char)*at;
	return !in_set(before, set, set_end - 1) && in_set(here, set, set_end - 1);
}

/* ------------------------------------------------------------------ matching */

/* One plain character class and its suffix. True: go on at *at, *p. False: *at is the answer. */
static bool match_default(struct pattern *m, const char **at, const char **p)
{
	const char *end = class_end(m, *p);
	char suffix = end < m->pattern_end ? *end : '\0';
	switch (suffix) {
	case '*':
		*at = match_greedy(m, *at, *p, end);
		return false;
	case '-':
		*at = match_lazy(m, *at, *p, end);
		return false;
	case '+':
		*at = single_matches(m, *at, *p, end) ? match_greedy(m, *at + 1, *p, end) : NULL;
		return false;
	case '?':
		if (single_matches(m, *at, *p, end)) {
			const char *found = pattern_match(m, *at + 1, end + 1);
			if (found) {
				*at = found;
				return false;
			}
		}
		*p = end + 1;
		return true;
	default:
		if (!single_matches(m, *at, *p, end)) {
			*at = NULL;
			return false;
		}
		(*at)++;
		*p = end;
		return true;
	}
}

/* Items that begin with '%' and are no class: %b, %f, %1. Results as match_default; *handled tells if it was one. */
static bool match_escape(struct pattern *m, const char **at, const char **p, bool *handled)
{
	char kind = *p + 1 < m->pattern_end ? (*p)[1] : '\0';
	*handled = true;
	if (kind == 'b') {
		*at = match_balance(m, *at, *p + 2);
		*p += 4;
	} else if (kind == 'f') {
		const char *set = *p + 2;
		if (set >= m->pattern_end || *set != '[')
			luaL_error(m->L, "missing '[' after '%%f' in pattern");
		const char *end = class_end(m, set);
		if (!at_frontier(m, *at, set, end))
			*at = NULL;
		*p = end;
	} else if (kind >= '0' && kind <= '9') {
		*at = match_back_reference(m, *at, (unsigned char)kind);
		*p += 2;
	} else {
		*handled = false;
	}
	return *at != NULL;
}

static const char *match_items(struct pattern *m, const char *at, const char *p)
{
	while (p < m->pattern_end) {
		bool on = true, handled = false;
		budget_spend(m->budget, 1);
		switch (*p) {
		case '(':
			if (p + 1 < m->pattern_end && p[1] == ')')
				return capture_begin(m, at, p + 2, CAPTURE_POSITION);
			return capture_begin(m, at, p + 1, CAPTURE_OPEN);
		case ')':
			return capture_end(m, at, p + 1);
		case '$':
			if (p + 1 == m->pattern_end)
				return at == m->subject_end ? at : NULL;
			break;
		case ESCAPE:
			on = match_escape(m, &at, &p, &handled);
			break;
		default:
			break;
		}
		if (!handled)
			on = match_default(m, &at, &p);
		if (!on)
			return at;
	}
	return at;
}

const char *pattern_match(struct pattern *m, const char *at, const char *pattern)
{
	if (m->depth-- == 0)
		luaL_error(m->L, "pattern too complex");
	const char *end = match_items(m, at, pattern);
	m->depth++;
	return end;
}

/* ------------------------------------------------------------------ captures */

void pattern_push_capture(struct pattern *m, int i, const char *start, const char *end)
{
	if (i >= m->n_captures) {
		if (i != 0)
			luaL_error(m->L, "invalid capture index %%%d", i + 1);
		lua_pushlstring(m->L, start, (size_t)(end - start));
		return;
	}
	ptrdiff_t len = m->captures[i].len;
	if (len == CAPTURE_OPEN)
		luaL_error(m->L, "unfinished capture");
	if (len == CAPTURE_POSITION)
		lua_pushinteger(m->L, m->captures[i].start - m->subject + 1);
	else
		lua_pushlstring(m->L, m->captures[i].start, (size_t)len);
}

int pattern_push_captures(struct pattern *m, const char *start, const char *end)
{
	int n = m->n_captures == 0 && start ? 1 : m->n_captures;
	luaL_checkstack(m->L, n, "too many captures");
	for (int i = 0; i < n; i++)
		pattern_push_capture(m, i, start, end);
	return n;
}
