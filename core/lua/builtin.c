/*
 * builtin.c - see builtin.h.
 */
#include "lua/builtin.h"

#include "lua/state.h"

/* Bytes of bytecode that are read in the time of one step. */
enum { CODE_A_STEP = 8 };

static int order(struct str a, struct str b)
{
	if (a.n != b.n)
		return a.n < b.n ? -1 : 1;
	return memcmp(a.p, b.p, a.n);
}

const struct builtin *builtin_find(struct str text)
{
	size_t from = 0, to = builtin_table.n;

	if (strcmp(builtin_table.lua, lua_ident) != 0)
		return NULL;
	while (from < to) {
		const size_t at = from + (to - from) / 2;
		const struct builtin *b = &builtin_table.items[at];
		const int o = order(text, b->text);
		if (o == 0)
			return b;
		if (o < 0)
			to = at;
		else
			from = at + 1;
	}
	return NULL;
}

/* What lua_dump writes before a string: one more than its bytes, in digits of seven bits, the last one marked. */
static struct str size_write(size_t n, char digits[10])
{
	size_t at = 10;

	for (n++; at == 10 || n; n >>= 7)
		digits[--at] = (char)(n & 0x7F);
	digits[9] |= (char)0x80;
	return (struct str){ digits + at, 10 - at };
}

struct pieces {
	struct str list[4];
	size_t at;
};

static const char *read_piece(lua_State *L, void *user, size_t *n)
{
	struct pieces *p = user;

	(void)L;
	if (p->at == 4)
		return NULL;
	*n = p->list[p->at].n;
	return p->list[p->at++].p;
}

int builtin_load(lua_State *L, const struct builtin *b, const char *name)
{
	char digits[10];
	const struct str s = str_of(name);
	struct pieces pieces = { { b->head, size_write(s.n, digits), s, b->rest }, 0 };

	state_spend(L, (b->head.n + b->rest.n) / CODE_A_STEP);
	return lua_load(L, read_piece, &pieces, name, "b");
}
