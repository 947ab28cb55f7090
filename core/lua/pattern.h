/*
 * pattern.h - Lua 5.4's patterns, with the budget inside.
 *
 * Private to core/lua/; guard_find.c makes string.find, match, gmatch and
 * gsub of it.  Same results and messages as Lua's own matcher.
 */
#ifndef QUERN_LUA_PATTERN_H
#define QUERN_LUA_PATTERN_H

#include <lua.h>
#include <stddef.h>

#include "lua/budget.h"

#define PATTERN_CAPTURES 32
#define PATTERN_DEPTH    200

enum { CAPTURE_OPEN = -1, CAPTURE_POSITION = -2 };

struct pattern {
	lua_State *L;
	struct budget *budget;
	const char *subject, *subject_end;
	const char *pattern_end;
	int depth; /* levels of recursion left */
	int n_captures;
	struct {
		const char *start;
		ptrdiff_t len;
	} captures[PATTERN_CAPTURES];
};

void pattern_init(struct pattern *m, lua_State *L, const char *subject, size_t n_subject, const char *pattern,
		  size_t n_pattern);
/* Tries one place; the end of the match or NULL. */
const char *pattern_match(struct pattern *m, const char *at, const char *pattern);
/* Pushes capture i; the whole match when there are no captures and i is 0. */
void pattern_push_capture(struct pattern *m, int i, const char *start, const char *end);
/* Pushes all (or the whole match, if start is not NULL); returns how many. */
int pattern_push_captures(struct pattern *m, const char *start, const char *end);

#endif
