/*
 * value_json.c - a Lua value written as JSON while it is looked through, with
 * no copy of it in between: what map returns, nearly always.
 *
 * Takes what is plain at first sight - lists in order, small maps, good
 * UTF-8 - and gives up on the rest, which value_take knows: whatever is wrong with a
 * value is told there alone.  Recursion is bounded by PLAIN_DEPTH.
 */
#include <lauxlib.h>
#include <math.h>

#include "base/json.h"
#include "lua/entry.h"
#include "lua/state.h"
#include "lua/value_lua.h"

#define PLAIN_DEPTH   24 /* a cycle ends here, too */
#define PLAIN_MEMBERS 24

static bool write_any(lua_State *L, struct buf *out, int at, int depth);

/* Bytes that a long string takes beyond its own: JSON writes most control characters with six. */
static size_t escapes_of(struct str s)
{
	size_t n = 0;
	if (s.n < 65536)
		return 0;
	for (size_t i = 0; i < s.n; i++)
		n += (unsigned char)s.p[i] < 0x20 ? 5 : 0;
	return n;
}

static bool write_string(lua_State *L, struct buf *out, int at)
{
	struct str s;
	s.p = lua_tolstring(L, at, &s.n);
	budget_output(&state_of(L)->budget, s.n + 8 + escapes_of(s));
	return json_write_good_string(out, s);
}

static bool write_number(lua_State *L, struct buf *out, int at)
{
	if (lua_isinteger(L, at))
		buf_add_int(out, lua_tointeger(L, at));
	else if (isfinite(lua_tonumber(L, at)))
		json_write_float(out, lua_tonumber(L, at));
	else
		return false;
	return true;
}

/* The first key and value of the table are on the stack. */
static bool write_list(lua_State *L, struct buf *out, int table, int depth)
{
	const int value = lua_gettop(L);
	lua_Integer i = 0;
	buf_addc(out, '[');
	do {
		if (!lua_isinteger(L, value - 1) || lua_tointeger(L, value - 1) != ++i)
			return false;
		if (i > 1)
			buf_addc(out, ',');
		if (!write_any(L, out, value, depth))
			return false;
		lua_settop(L, value - 1);
	} while (lua_next(L, table));
	buf_addc(out, ']');
	return true;
}

/* A member lies on the stack, its key at this index; members are ordered by their keys. */
struct member {
	struct str key;
	int at;
};

/* The first key and value are on the stack; all of them are, afterwards.  Their number; 0: more than a few, or no names. */
static int members_push(lua_State *L, int table, struct member members[PLAIN_MEMBERS])
{
	int n = 0, at = lua_gettop(L) - 1;
	do {
		struct member m = { .at = at };
		int place = n;
		if (n == PLAIN_MEMBERS || lua_type(L, at) != LUA_TSTRING)
			return 0;
		m.key.p = lua_tolstring(L, at, &m.key.n);
		for (; place > 0 && str_cmp(m.key, members[place - 1].key) < 0; place--)
			members[place] = members[place - 1];
		members[place] = m;
		n++;
		lua_pushvalue(L, at);
		at += 2;
	} while (lua_next(L, table));
	return n;
}

static bool write_map(lua_State *L, struct buf *out, int table, int depth)
{
	struct member members[PLAIN_MEMBERS];
	luaL_checkstack(L, 2 * PLAIN_MEMBERS + 4, "value too deep");
	const int n = members_push(L, table, members);
	for (int i = 0; i < n; i++) {
		buf_addc(out, i == 0 ? '{' : ',');
		budget_output(&state_of(L)->budget, members[i].key.n + 8);
		if (!json_write_good_string(out, members[i].key))
			return false;
		buf_addc(out, ':');
		if (!write_any(L, out, members[i].at + 1, depth))
			return false;
	}
	buf_addc(out, '}');
	return n > 0;
}

static bool write_table(lua_State *L, struct buf *out, int table, int depth)
{
	const int top = lua_gettop(L);
	bool is_map = false;
	if (depth > PLAIN_DEPTH)
		return false;
	luaL_checkstack(L, 8, "value too deep");
	if (lua_getmetatable(L, table)) {
		lua_pop(L, 1);
		entry_settle(L, table);
		is_map = value_is_map(L, table);
	}
	lua_pushnil(L);
	if (!lua_next(L, table)) {
		buf_addz(out, is_map ? "{}" : "[]");
		return true;
	}
	if (lua_type(L, top + 1) == LUA_TSTRING ? !write_map(L, out, table, depth)
						: is_map || !write_list(L, out, table, depth))
		return false;
	lua_settop(L, top);
	return true;
}

/* Leaves the stack as it was, unless it gives up. */
static bool write_any(lua_State *L, struct buf *out, int at, int depth)
{
	struct state *s = state_of(L);
	budget_output(&s->budget, 8);
	budget_spend(&s->budget, 4);
	switch (lua_type(L, at)) {
	case LUA_TNIL:
		buf_addz(out, "null");
		return true;
	case LUA_TBOOLEAN:
		buf_addz(out, lua_toboolean(L, at) ? "true" : "false");
		return true;
	case LUA_TNUMBER:
		return write_number(L, out, at);
	case LUA_TSTRING:
		return write_string(L, out, at);
	case LUA_TTABLE:
		return write_table(L, out, at, depth + 1);
	default:
		if (!value_is_null(L, at))
			return false;
		buf_addz(out, "null");
		return true;
	}
}

void value_write(lua_State *L, int at, struct buf *out, struct arena *a, const char *root)
{
	struct budget *b = &state_of(L)->budget;
	const size_t before = out->n, output = b->output_left;
	const int top = lua_gettop(L);
	if (!write_any(L, out, lua_absindex(L, at), 0)) {
		struct value v;
		buf_truncate(out, before);
		b->output_left = output;
		lua_settop(L, top);
		value_take(L, at, a, &v, root);
		json_write(out, &v, 0);
	}
	lua_settop(L, top);
	if (!buf_ok(out))
		budget_kill(b, QUERN_NOMEM);
}
