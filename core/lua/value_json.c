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

/* A value of the plugin on its way into text. */
struct writing {
	lua_State *L;
	struct budget *budget;
	struct buf *out;
};

/*
 * Maps of one list nearly always have the same names: how the last one's came from lua_next, and in the order of the
 * text where each stood there, with what is around it.
 */
struct shape {
	int n;                            /* 0: there was none */
	size_t cost;                      /* of the output */
	const void *names[PLAIN_MEMBERS]; /* strings that live as long as their map are told apart by where they are */
	struct shape_text {
		int from; /* among the names */
		size_t at, len;
	} texts[PLAIN_MEMBERS];
};

static bool write_any(const struct writing *w, int at, int depth, struct shape *shape);

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

static bool write_string(const struct writing *w, int at)
{
	struct str s;
	s.p = lua_tolstring(w->L, at, &s.n);
	budget_output(w->budget, s.n + 8 + escapes_of(s));
	return json_write_good_string(w->out, s);
}

static bool write_number(const struct writing *w, int at)
{
	if (lua_isinteger(w->L, at))
		buf_add_int(w->out, lua_tointeger(w->L, at));
	else if (isfinite(lua_tonumber(w->L, at)))
		json_write_float(w->out, lua_tonumber(w->L, at));
	else
		return false;
	return true;
}

/* The first key and value of the table are on the stack. */
static bool write_list(const struct writing *w, int table, int depth)
{
	lua_State *L = w->L;
	const int value = lua_gettop(L);
	struct shape shape;
	lua_Integer i = 0;
	shape.n = 0;
	buf_addc(w->out, '[');
	do {
		if (!lua_isinteger(L, value - 1) || lua_tointeger(L, value - 1) != ++i)
			return false;
		if (i > 1)
			buf_addc(w->out, ',');
		if (!write_any(w, value, depth, &shape))
			return false;
		lua_settop(L, value - 1);
	} while (lua_next(L, table));
	buf_addc(w->out, ']');
	return true;
}

/*
 * The first key and value are on the stack; all of them are, afterwards.  Their number; 0: more than a few, or no names.
 * alike: they are those of the shape, in its order.
 */
static int members_push(lua_State *L, int table, int at, const struct shape *shape, bool *alike)
{
	const int like = shape ? shape->n : 0;
	int n = 0;
	*alike = like > 0;
	do {
		*alike = *alike && n < like && lua_topointer(L, at) == shape->names[n];
		if (n == PLAIN_MEMBERS || (!*alike && lua_type(L, at) != LUA_TSTRING))
			return 0;
		n++;
		lua_pushvalue(L, at);
		at += 2;
	} while (lua_next(L, table));
	*alike = *alike && n == like;
	return n;
}

/* Names stand where they stood in the map before. */
static bool write_alike(const struct writing *w, int first, int depth, const struct shape *shape)
{
	budget_output(w->budget, shape->cost);
	for (int i = 0; i < shape->n; i++) {
		const size_t len = shape->texts[i].len;
		/* It may move, and what is copied with it. */
		if (len >= w->out->cap - w->out->n && !buf_reserve(w->out, len))
			return true;
		buf_add(w->out, w->out->p + shape->texts[i].at, len);
		if (!write_any(w, first + 2 * shape->texts[i].from + 1, depth, NULL))
			return false;
	}
	buf_addc(w->out, '}');
	return true;
}

/* Those on the stack from first on, and their order. */
static void names_sort(lua_State *L, int first, int n, struct str names[PLAIN_MEMBERS], int order[PLAIN_MEMBERS])
{
	for (int i = 0; i < n; i++) {
		int place = i;
		names[i].p = lua_tolstring(L, first + 2 * i, &names[i].n);
		for (; place > 0 && str_cmp(names[i], names[order[place - 1]]) < 0; place--)
			order[place] = order[place - 1];
		order[place] = i;
	}
}

/* first: where the key stands that lua_next gave first.  Members are ordered by their keys. */
static bool write_members(const struct writing *w, int first, int n, int depth, struct shape *shape)
{
	struct str names[PLAIN_MEMBERS];
	int order[PLAIN_MEMBERS];
	size_t cost = 0;
	names_sort(w->L, first, n, names, order);
	for (int i = 0; i < n; i++) {
		const struct str name = names[order[i]];
		const size_t at = w->out->n;
		buf_addc(w->out, i == 0 ? '{' : ',');
		budget_output(w->budget, name.n + 8);
		cost += name.n + 8;
		if (!json_write_good_string(w->out, name))
			return false;
		buf_addc(w->out, ':');
		if (shape)
			shape->texts[i] = (struct shape_text){ order[i], at, w->out->n - at };
		if (shape)
			shape->names[i] = lua_topointer(w->L, first + 2 * i);
		if (!write_any(w, first + 2 * order[i] + 1, depth, NULL))
			return false;
	}
	buf_addc(w->out, '}');
	if (shape)
		shape->n = n;
	if (shape)
		shape->cost = cost;
	return true;
}

static bool write_map(const struct writing *w, int table, int depth, struct shape *shape)
{
	bool alike;
	const int first = lua_gettop(w->L) - 1, n = members_push(w->L, table, first, shape, &alike);
	if (n == 0)
		return false;
	return alike ? write_alike(w, first, depth, shape) : write_members(w, first, n, depth, shape);
}

static bool write_table(const struct writing *w, int table, int depth, struct shape *shape)
{
	lua_State *L = w->L;
	const int top = lua_gettop(L);
	bool is_map = false;
	if (depth > PLAIN_DEPTH)
		return false;
	luaL_checkstack(L, 2 * PLAIN_MEMBERS + 8, "value too deep");
	if (lua_getmetatable(L, table)) {
		lua_pop(L, 1);
		entry_settle(L, table);
		is_map = value_is_map(L, table);
	}
	lua_pushnil(L);
	if (!lua_next(L, table)) {
		buf_addz(w->out, is_map ? "{}" : "[]");
		return true;
	}
	if (lua_type(L, top + 1) == LUA_TSTRING ? !write_map(w, table, depth, shape)
						: is_map || !write_list(w, table, depth))
		return false;
	lua_settop(L, top);
	return true;
}

/* Leaves the stack as it was, unless it gives up.  shape: of the map before in the same list, if any. */
static bool write_any(const struct writing *w, int at, int depth, struct shape *shape)
{
	lua_State *L = w->L;
	budget_output(w->budget, 8);
	budget_spend(w->budget, 4);
	switch (lua_type(L, at)) {
	case LUA_TNIL:
		buf_addz(w->out, "null");
		return true;
	case LUA_TBOOLEAN:
		buf_addz(w->out, lua_toboolean(L, at) ? "true" : "false");
		return true;
	case LUA_TNUMBER:
		return write_number(w, at);
	case LUA_TSTRING:
		return write_string(w, at);
	case LUA_TTABLE:
		return write_table(w, at, depth + 1, shape);
	default:
		if (!value_is_null(L, at))
			return false;
		buf_addz(w->out, "null");
		return true;
	}
}

void value_write(lua_State *L, int at, struct buf *out, struct arena *a, const char *root)
{
	struct budget *b = &state_of(L)->budget;
	const struct writing w = { L, b, out };
	const size_t before = out->n, output = b->output_left;
	const int top = lua_gettop(L);
	if (!write_any(&w, lua_absindex(L, at), 0, NULL)) {
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
