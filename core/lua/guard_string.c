/*
 * guard_string.c - string.rep, upper, lower and reverse, and the byte work
 * the other guards share: copying and searching with an eye on the clock,
 * and a buffer that grows inside the Lua heap.
 */
#include <lauxlib.h>
#include <stdint.h>
#include <string.h>

#include "lua/guard.h"
#include "lua/state.h"

/* Bytes handled between two looks at the clock: well under a millisecond. */
#define PIECE ((size_t)256 * 1024)

void guard_copy(struct budget *b, char *to, const char *from, size_t n)
{
	while (n > PIECE) {
		memcpy(to, from, PIECE);
		to += PIECE;
		from += PIECE;
		n -= PIECE;
		budget_spend(b, PIECE / 64);
	}
	memcpy(to, from, n);
	budget_spend(b, n / 64);
}

/*
 * Goes from one first byte of the needle to the next, which is fastest where it is rare,
 * until it proves frequent. NULL: *in and *n are what is left to search by other means.
 */
static const char *search_rare(struct budget *b, const char **in, size_t *n, const char *what, size_t m)
{
	size_t tries = 0, seen = 0;
	while (*n >= m && tries * 64 <= seen + 256) {
		size_t now = *n - m + 1 < PIECE ? *n - m + 1 : PIECE;
		const char *at = memchr(*in, *what, now);
		size_t step = at ? (size_t)(at - *in) : now;
		budget_spend(b, 1 + step / 64);
		*in += step;
		*n -= step;
		seen += step;
		if (!at)
			continue;
		/* Needles that go on and on alike are the other way's. */
		size_t look = m < 16 ? m : 16;
		if (memcmp(at, what, look) == 0) {
			if (look == m)
				return at;
			break;
		}
		++*in;
		--*n;
		tries++;
	}
	return NULL;
}

const char *guard_search(struct budget *b, const char *in, size_t n, const char *what, size_t m)
{
	const char *rare = m ? search_rare(b, &in, &n, what, m) : NULL;
	if (rare)
		return rare;
	/* memmem is linear; windows that overlap by the needle keep it so. */
	size_t window = m < PIECE ? PIECE : m;
	while (n >= m) {
		size_t now = n - m < window ? n : window + m;
		const char *at = memmem(in, now, what, m);
		budget_spend(b, 1 + now / 16);
		if (at || now == n)
			return at;
		in += window;
		n -= window;
	}
	return NULL;
}

/* ------------------------------------------------------------------- buffer */

void guard_buf_init(struct guard_buf *b, lua_State *L)
{
	b->L = L;
	b->budget = &state_of(L)->budget;
	b->p = b->small;
	b->n = 0;
	b->cap = sizeof b->small;
	luaL_checkstack(L, 4, NULL);
	lua_pushnil(L);
	b->slot = lua_gettop(L);
}

char *guard_buf_reserve(struct guard_buf *b, size_t n)
{
	if (n <= b->cap - b->n)
		return b->p + b->n;
	size_t cap = b->cap;
	if (n > SIZE_MAX / 4 - b->n)
		heap_expect(&state_of(b->L)->heap, SIZE_MAX);
	while (cap - b->n < n)
		cap *= 2;
	heap_expect(&state_of(b->L)->heap, b->n + n);
	char *p = lua_newuserdatauv(b->L, cap, 0);
	guard_copy(b->budget, p, b->p, b->n);
	lua_replace(b->L, b->slot);
	b->p = p;
	b->cap = cap;
	return b->p + b->n;
}

void guard_buf_add(struct guard_buf *b, const char *bytes, size_t n)
{
	if (n == 0)
		return;
	guard_copy(b->budget, guard_buf_reserve(b, n), bytes, n);
	b->n += n;
}

void guard_buf_push(struct guard_buf *b)
{
	state_note_bytes(b->L, b->p, b->n);
	lua_pushlstring(b->L, b->p, b->n);
}

/* ---------------------------------------------------------------- functions */

/* Fills n bytes with repetitions of the unit that stands at its beginning. */
static void fill_by_doubling(struct budget *b, char *p, size_t unit, size_t n)
{
	size_t done = unit;
	while (done < n) {
		size_t now = done < n - done ? done : n - done;
		guard_copy(b, p + done, p, now);
		done += now;
	}
}

static int string_rep(lua_State *L)
{
	size_t n, m;
	const char *s = luaL_checklstring(L, 1, &n);
	lua_Integer times = luaL_checkinteger(L, 2);
	const char *separator = luaL_optlstring(L, 3, "", &m);
	if (times <= 0 || n + m == 0) {
		lua_pushliteral(L, "");
		return 1;
	}
	if (n + m < n || n + m > (size_t)LUA_MAXINTEGER / (size_t)times)
		return luaL_error(L, "resulting string too large");
	size_t total = (size_t)times * n + ((size_t)times - 1) * m;
	char small[256];
	heap_expect(&state_of(L)->heap, total);
	char *p = total + m <= sizeof small ? small : lua_newuserdatauv(L, total + m, 0);
	memcpy(p, s, n);
	memcpy(p + n, separator, m);
	fill_by_doubling(&state_of(L)->budget, p, n + m, total + m);
	state_note_bytes(L, p, total);
	lua_pushlstring(L, p, total);
	return 1;
}

enum change { CHANGE_UPPER, CHANGE_LOWER, CHANGE_REVERSE };

/* The bytes among the eight that are ASCII letters from first on, each as 0x20 in its place. */
static uint64_t letters(uint64_t eight, char first)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	uint64_t low = eight & ~high;
	/* Bit 7 of each: at least the first one; beyond the last one. */
	uint64_t from = low + ones * (128u - (unsigned char)first);
	uint64_t beyond = low + ones * (128u - (unsigned char)first - 26u);
	return (from & ~beyond & ~eight & high) >> 2;
}

static void change_case(char *to, const char *from, size_t n, char first)
{
	uint64_t eight;
	for (; n >= sizeof eight; n -= sizeof eight, from += sizeof eight, to += sizeof eight) {
		memcpy(&eight, from, sizeof eight);
		eight ^= letters(eight, first);
		memcpy(to, &eight, sizeof eight);
	}
	for (; n > 0; n--, from++, to++)
		*to = *from >= first && *from < first + 26 ? (char)(*from ^ 0x20) : *from;
}

static void change_bytes(char *to, const char *from, size_t n, enum change how)
{
	if (how != CHANGE_REVERSE) {
		change_case(to, from, n, how == CHANGE_UPPER ? 'a' : 'A');
		return;
	}
	for (size_t i = 0; i < n; i++)
		to[n - 1 - i] = from[i];
}

static int change_string(lua_State *L, enum change how)
{
	size_t n;
	const char *s = luaL_checklstring(L, 1, &n);
	struct guard_buf b;
	guard_buf_init(&b, L);
	char *p = guard_buf_reserve(&b, n);
	b.n = n;
	for (size_t done = 0; done < n;) {
		size_t now = n - done < PIECE / 16 ? n - done : PIECE / 16;
		char *to = how == CHANGE_REVERSE ? p + n - done - now : p + done;
		change_bytes(to, s + done, now, how);
		done += now;
		budget_spend(b.budget, now / 8);
	}
	guard_buf_push(&b);
	return 1;
}

static int string_upper(lua_State *L)
{
	return change_string(L, CHANGE_UPPER);
}

static int string_lower(lua_State *L)
{
	return change_string(L, CHANGE_LOWER);
}

static int string_reverse(lua_State *L)
{
	return change_string(L, CHANGE_REVERSE);
}

void guard_install_string(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "rep", string_rep },
		{ "upper", string_upper },
		{ "lower", string_lower },
		{ "reverse", string_reverse },
		{ NULL, NULL },
	};
	luaL_setfuncs(L, functions, 0);
}
