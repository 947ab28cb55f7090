/*
 * guard_find.c - string.find, match, gmatch and gsub over our own matcher.
 */
#include <lauxlib.h>
#include <string.h>

#include "lua/guard.h"
#include "lua/pattern.h"
#include "lua/state.h"

/* First position of a search, 0-based, from Lua's 1-based, maybe negative, argument. */
static size_t start_arg(lua_State *L, int arg, size_t len)
{
	lua_Integer i = luaL_optinteger(L, arg, 1);
	if (i > 0)
		return (size_t)i - 1;
	if (i == 0 || i < -(lua_Integer)len)
		return 0;
	return len + (size_t)i;
}

static bool has_no_specials(const char *p, size_t n)
{
	static const char special[256] = { ['^'] = 1, ['$'] = 1, ['*'] = 1, ['+'] = 1, ['?'] = 1,
					   ['.'] = 1, ['('] = 1, ['['] = 1, ['%'] = 1, ['-'] = 1 };
	for (size_t i = 0; i < n; i++)
		if (special[(unsigned char)p[i]])
			return false;
	return true;
}

static int find_plain(lua_State *L, const char *s, size_t n, const char *p, size_t m, size_t from)
{
	const char *at = guard_search(&state_of(L)->budget, s + from, n - from, p, m);
	if (!at) {
		lua_pushnil(L);
		return 1;
	}
	lua_pushinteger(L, at - s + 1);
	lua_pushinteger(L, at - s + (ptrdiff_t)m);
	return 2;
}

static int find_or_match(lua_State *L, bool find)
{
	size_t n, m;
	const char *s = luaL_checklstring(L, 1, &n);
	const char *p = luaL_checklstring(L, 2, &m);
	size_t from = start_arg(L, 3, n);
	state_spend(L, 2);
	if (from > n) {
		lua_pushnil(L);
		return 1;
	}
	if (find && (lua_toboolean(L, 4) || has_no_specials(p, m)))
		return find_plain(L, s, n, p, m, from);
	struct pattern state;
	bool anchored = m > 0 && *p == '^';
	const char *end;
	pattern_init(&state, L, s, n, pattern_get(L, p + anchored, m - anchored));
	const char *at = pattern_search(&state, s + from, anchored, &end);
	if (!at) {
		lua_pushnil(L);
		return 1;
	}
	if (!find)
		return pattern_push_captures(&state, at, end);
	lua_pushinteger(L, at - s + 1);
	lua_pushinteger(L, end - s);
	return pattern_push_captures(&state, NULL, NULL) + 2;
}

static int string_find(lua_State *L)
{
	return find_or_match(L, true);
}

static int string_match(lua_State *L)
{
	return find_or_match(L, false);
}

/* Upvalues: subject, pattern, offset of the next try, offset of the last end (-1: none), the program if it is long. */
static int gmatch_next(lua_State *L)
{
	size_t n, m;
	const char *s = lua_tolstring(L, lua_upvalueindex(1), &n);
	const char *p = lua_tolstring(L, lua_upvalueindex(2), &m);
	size_t from = (size_t)lua_tointeger(L, lua_upvalueindex(3));
	lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
	const struct pattern_program *program = lua_touserdata(L, lua_upvalueindex(5));
	struct pattern state;
	pattern_init(&state, L, s, n, program ? program : pattern_get(L, p, m));
	for (const char *at = s + from; from <= n && at <= s + n; at++) {
		const char *end;
		at = pattern_search(&state, at, false, &end);
		if (!at)
			return 0;
		if (end - s == last)
			continue; /* an empty match right after the last one */
		lua_pushinteger(L, end - s);
		lua_pushvalue(L, -1);
		lua_replace(L, lua_upvalueindex(3));
		lua_replace(L, lua_upvalueindex(4));
		return pattern_push_captures(&state, at, end);
	}
	return 0;
}

static int string_gmatch(lua_State *L)
{
	size_t n, m;
	luaL_checklstring(L, 1, &n);
	const char *p = luaL_checklstring(L, 2, &m);
	size_t from = start_arg(L, 3, n);
	lua_settop(L, 2);
	lua_pushinteger(L, (lua_Integer)(from > n ? n + 1 : from));
	lua_pushinteger(L, -1);
	pattern_get(L, p, m);
	lua_settop(L, 5);
	lua_pushcclosure(L, gmatch_next, 5);
	return 1;
}

/* --------------------------------------------------------------------- gsub */

enum { ARG_SUBJECT = 1, ARG_PATTERN, ARG_REPLACEMENT, ARG_MAX };

static void add_template(struct guard_buf *b, struct pattern *m, const char *start, const char *end)
{
	lua_State *L = m->L;
	size_t n;
	const char *p = lua_tolstring(L, ARG_REPLACEMENT, &n);
	const char *stop = p + n, *escape;
	while ((escape = memchr(p, '%', (size_t)(stop - p))) != NULL) {
		guard_buf_add(b, p, (size_t)(escape - p));
		p = escape + 1;
		char c = p < stop ? *p : '\0';
		if (c == '%') {
			guard_buf_add(b, p, 1);
		} else if (c == '0') {
			guard_buf_add(b, start, (size_t)(end - start));
		} else if (c >= '1' && c <= '9') {
			size_t len;
			pattern_push_capture(m, c - '1', start, end);
			const char *text = lua_tolstring(L, -1, &len); /* a position becomes its digits */
			guard_buf_add(b, text, len);
			lua_pop(L, 1);
		} else {
			luaL_error(L, "invalid use of '%c' in replacement string", '%');
		}
		p++;
	}
	guard_buf_add(b, p, (size_t)(stop - p));
}

/* True if the match was replaced. */
static bool add_value(struct guard_buf *b, struct pattern *m, const char *start, const char *end, int type)
{
	lua_State *L = m->L;
	if (type == LUA_TFUNCTION) {
		lua_pushvalue(L, ARG_REPLACEMENT);
		int n = pattern_push_captures(m, start, end);
		lua_call(L, n, 1);
	} else if (type == LUA_TTABLE) {
		pattern_push_capture(m, 0, start, end);
		lua_gettable(L, ARG_REPLACEMENT);
	} else {
		add_template(b, m, start, end);
		return true;
	}
	if (!lua_toboolean(L, -1)) {
		lua_pop(L, 1);
		guard_buf_add(b, start, (size_t)(end - start));
		return false;
	}
	if (!lua_isstring(L, -1))
		luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
	size_t n;
	const char *text = lua_tolstring(L, -1, &n);
	guard_buf_add(b, text, n);
	lua_pop(L, 1);
	return true;
}

/* Asked for anew after Lua code has run; a long one stays in the slot at the top of the stack. */
static const struct pattern_program *program_at(lua_State *L, int slot, bool anchored)
{
	size_t n;
	const struct pattern_program *program = lua_touserdata(L, slot);
	if (program)
		return program;
	const char *p = lua_tolstring(L, ARG_PATTERN, &n);
	program = pattern_get(L, p + anchored, n - anchored);
	if (lua_gettop(L) > slot)
		lua_replace(L, slot);
	return program;
}

static void gsub_loop(struct pattern *m, struct guard_buf *b, int slot, bool anchored, lua_Integer max,
		      lua_Integer *count, bool *changed)
{
	const char *at = m->subject, *last = NULL, *end;
	int type = lua_type(m->L, ARG_REPLACEMENT);
	while (*count < max) {
		const char *start = pattern_search(m, at, anchored, &end);
		if (!start)
			break;
		if (end == last) { /* an empty match right after the last one */
			if (at == m->subject_end)
				break;
			guard_buf_add(b, at++, 1);
			continue;
		}
		guard_buf_add(b, at, (size_t)(start - at));
		++*count;
		*changed = add_value(b, m, start, end, type) || *changed;
		at = last = end;
		if (anchored)
			break;
		if (type == LUA_TFUNCTION || type == LUA_TTABLE)
			m->program = program_at(m->L, slot, anchored);
	}
	guard_buf_add(b, at, (size_t)(m->subject_end - at));
}

static int string_gsub(lua_State *L)
{
	size_t n, m;
	const char *s = luaL_checklstring(L, ARG_SUBJECT, &n);
	const char *p = luaL_checklstring(L, ARG_PATTERN, &m);
	int type = lua_type(L, ARG_REPLACEMENT);
	lua_Integer max = luaL_optinteger(L, ARG_MAX, (lua_Integer)n + 1);
	lua_Integer count = 0;
	bool changed = false, anchored = m > 0 && *p == '^';
	struct pattern state;
	struct guard_buf b;
	luaL_argexpected(L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE,
			 ARG_REPLACEMENT, "string/function/table");
	budget_check_stack(&state_of(L)->budget);
	lua_settop(L, ARG_MAX);
	guard_buf_init(&b, L);
	lua_pushnil(L);
	int slot = lua_gettop(L);
	pattern_init(&state, L, s, n, program_at(L, slot, anchored));
	gsub_loop(&state, &b, slot, anchored, max, &count, &changed);
	if (changed)
		guard_buf_push(&b);
	else
		lua_pushvalue(L, ARG_SUBJECT);
	lua_pushinteger(L, count);
	return 2;
}

void guard_install_find(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "find", string_find },
		{ "match", string_match },
		{ "gmatch", string_gmatch },
		{ "gsub", string_gsub },
		{ NULL, NULL },
	};
	luaL_setfuncs(L, functions, 0);
}
