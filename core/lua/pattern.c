/*
 * pattern.c - the matcher.
 *
 * Backtracking over the items of a program.  Recursion happens once per
 * repeated item or capture, where Lua's own recurses, so its depth is bounded by
 * the pattern and by PATTERN_DEPTH, never by the subject, and a pattern that is
 * too complex there is too complex here.  Where the next item says by its first
 * byte that giving back bytes of a run must fail, the try is not made; runs of '.', as
 * long as the subject, are tried as Lua does.  Every try and every run of
 * bytes spends fuel, so even a pattern of exponential cost ends at the deadline.
 */
#include "lua/pattern.h"

#include <lauxlib.h>
#include <string.h>

#include "lua/guard.h"
#include "lua/state.h"

/* Bytes looked at between two looks at the budget. */
#define PIECE ((size_t)16 * 1024)
/* Tries are left out only well above the level where making them would be an error. */
#define FILTER_DEPTH 40

void pattern_init(struct pattern *m, lua_State *L, const char *subject, size_t n, const struct pattern_program *program)
{
	m->L = L;
	m->budget = &state_of(L)->budget;
	m->program = program;
	m->subject = subject;
	m->subject_end = subject + n;
	m->depth = PATTERN_DEPTH;
	m->n_captures = 0;
}

static const char *match_here(struct pattern *m, const char *at, const struct pattern_item *item);

/* ------------------------------------------------------------------ classes */

static inline bool class_has(const struct pattern *m, const struct pattern_item *item, const char *at)
{
	if (at >= m->subject_end)
		return false;
	if (item->class == CLASS_SET)
		return byte_set_has(&m->program->sets[item->at], *at);
	return item->class == CLASS_ANY || *at == item->a;
}

/* The end of the run of bytes of the class that begins at at. */
static const char *class_run(struct pattern *m, const struct pattern_item *item, const char *at)
{
	if (item->class == CLASS_ANY)
		return m->subject_end;
	while (at < m->subject_end) {
		const size_t left = (size_t)(m->subject_end - at);
		const char *stop = at + (left < PIECE ? left : PIECE), *from = at;
		if (item->class == CLASS_BYTE) {
			while (at < stop && *at == item->a)
				at++;
		} else {
			const struct byte_set set = m->program->sets[item->at];
			while (at < stop && byte_set_has(&set, *at))
				at++;
		}
		budget_spend(m->budget, (size_t)(at - from) / 8);
		if (at < stop)
			break;
	}
	return at;
}

/*
 * The item by whose first byte a try at what follows can be judged: behind
 * the ends of captures, which always succeed.  NULL: it cannot be judged.
 */
static const struct pattern_item *judge_of(const struct pattern *m, const struct pattern_item *next)
{
	if (m->depth < FILTER_DEPTH)
		return NULL;
	for (int i = 0; next->op == OP_CLOSE && next->n && i < 4; i++)
		next++;
	switch (next->op) {
	case OP_LITERAL:
	case OP_ONE:
	case OP_PLUS:
		return next;
	default:
		return NULL;
	}
}

static inline bool judge(const struct pattern *m, const struct pattern_item *item, const char *at)
{
	if (item->op == OP_LITERAL)
		return at < m->subject_end && *at == item->a;
	return class_has(m, item, at);
}

/* -------------------------------------------------------------------- items */

/* n: how many at least. */
static const char *match_greedy(struct pattern *m, const char *at, const struct pattern_item *item, ptrdiff_t least)
{
	const char *last = class_run(m, item, at), *from = at + least;
	const struct pattern_item *next = item + 1, *by = item->class == CLASS_ANY ? NULL : judge_of(m, next);
	if (last < from)
		return NULL;
	if (next->op == OP_END && m->depth > 0)
		return last;
	if (next->op == OP_AT_END && m->depth > 0)
		return last == m->subject_end ? last : NULL;
	for (size_t steps = 1; last >= from; last--, steps++) {
		if (steps % 64 == 0)
			budget_spend(m->budget, 8);
		if (by && !judge(m, by, last))
			continue;
		const char *end = match_here(m, last, next);
		if (end)
			return end;
	}
	return NULL;
}

static const char *match_lazy(struct pattern *m, const char *at, const struct pattern_item *item)
{
	for (;; at++) {
		const char *end = match_here(m, at, item + 1);
		if (end)
			return end;
		if (!class_has(m, item, at))
			return NULL;
	}
}

static const char *match_balance(struct pattern *m, const char *at, const struct pattern_item *item)
{
	if (at >= m->subject_end || *at != item->a)
		return NULL;
	size_t open = 1;
	for (const char *s = at + 1; s < m->subject_end; s++) {
		budget_spend(m->budget, 1);
		if (*s == item->b) {
			if (--open == 0)
				return s + 1;
		} else if (*s == item->a) {
			open++;
		}
	}
	return NULL;
}

static const char *capture_begin(struct pattern *m, const char *at, const struct pattern_item *next, ptrdiff_t what)
{
	if (m->n_captures >= PATTERN_CAPTURES)
		luaL_error(m->L, "too many captures");
	m->captures[m->n_captures].start = at;
	m->captures[m->n_captures].len = what;
	m->n_captures++;
	const char *end = match_here(m, at, next);
	if (!end)
		m->n_captures--;
	return end;
}

static const char *capture_end(struct pattern *m, const char *at, const struct pattern_item *next)
{
	int i = m->n_captures - 1;
	while (i >= 0 && m->captures[i].len != CAPTURE_OPEN)
		i--;
	if (i < 0)
		luaL_error(m->L, "invalid pattern capture");
	m->captures[i].len = at - m->captures[i].start;
	const char *end = match_here(m, at, next);
	if (!end)
		m->captures[i].len = CAPTURE_OPEN;
	return end;
}

static const char *match_back_reference(struct pattern *m, const char *at, char digit)
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
static bool at_frontier(const struct pattern *m, const char *at, const struct pattern_item *item)
{
	const struct byte_set *set = &m->program->sets[item->at];
	char before = at == m->subject ? '\0' : at[-1];
	char here = at == m->subject_end ? '\0' : *at;
	return !byte_set_has(set, before) && byte_set_has(set, here);
}

static bool match_literal(struct pattern *m, const char *at, const struct pattern_item *item)
{
	if ((size_t)(m->subject_end - at) < item->n || *at != item->a)
		return false;
	budget_spend(m->budget, item->n / 16);
	return item->n == 1 || memcmp(at, m->program->text + item->at, item->n) == 0;
}

/* ------------------------------------------------------------------ matching */

/* The items from here on, up to one that recurses for the rest. */
static const char *match_items(struct pattern *m, const char *at, const struct pattern_item *item)
{
	const char *end;
	for (; at; item++) {
		switch ((enum pattern_op)item->op) {
		case OP_END:
			return at;
		case OP_LITERAL:
			if (!match_literal(m, at, item))
				return NULL;
			at += item->n;
			break;
		case OP_ONE:
			if (!class_has(m, item, at))
				return NULL;
			at++;
			break;
		case OP_STAR:
			return match_greedy(m, at, item, 0);
		case OP_PLUS:
			return match_greedy(m, at, item, 1);
		case OP_LAZY:
			return match_lazy(m, at, item);
		case OP_OPTIONAL:
			end = class_has(m, item, at) ? match_here(m, at + 1, item + 1) : NULL;
			if (end)
				return end;
			break;
		case OP_OPEN:
			return capture_begin(m, at, item + 1, CAPTURE_OPEN);
		case OP_POSITION:
			return capture_begin(m, at, item + 1, CAPTURE_POSITION);
		case OP_CLOSE:
			return capture_end(m, at, item + 1);
		case OP_BALANCE:
			at = match_balance(m, at, item);
			break;
		case OP_FRONTIER:
			if (!at_frontier(m, at, item))
				return NULL;
			break;
		case OP_BACK:
			at = match_back_reference(m, at, item->a);
			break;
		case OP_AT_END:
			return at == m->subject_end ? at : NULL;
		case OP_ERROR:
			luaL_error(m->L, "%s", pattern_error(item->a));
		}
	}
	return NULL;
}

static const char *match_here(struct pattern *m, const char *at, const struct pattern_item *item)
{
	if (m->depth-- == 0)
		luaL_error(m->L, "pattern too complex");
	budget_spend(m->budget, 1);
	const char *end = match_items(m, at, item);
	m->depth++;
	return end;
}

/* The next place at or after at where a match may begin, or NULL. */
static const char *find_candidate(struct pattern *m, const char *at)
{
	const struct pattern_program *g = m->program;
	if (!g->has_first)
		return at;
	if (g->lead)
		return guard_search(m->budget, at, (size_t)(m->subject_end - at), g->text + g->lead->at, g->lead->n);
	while (at < m->subject_end) {
		const size_t left = (size_t)(m->subject_end - at);
		const char *stop = at + (left < PIECE ? left : PIECE), *from = at;
		while (at < stop && !byte_set_has(&g->first, *at))
			at++;
		budget_spend(m->budget, (size_t)(at - from) / 16);
		if (at < stop)
			return at;
	}
	return NULL;
}

const char *pattern_search(struct pattern *m, const char *at, bool anchored, const char **end)
{
	for (;; at++) {
		if (!anchored && !(at = find_candidate(m, at)))
			return NULL;
		m->n_captures = 0;
		m->depth = PATTERN_DEPTH;
		*end = match_here(m, at, m->program->items);
		if (*end)
			return at;
		if (anchored || at == m->subject_end)
			return NULL;
	}
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
