/*
 * builtin.h - the plugins and modules that come with quern, compiled when it
 * was built.
 *
 * Private to core/lua/.  Found by all bytes of their text, which has been read
 * where it lies in any case: one that was edited is just another text.  The
 * program has a table made by tool/embed.c, the library the empty one
 * (builtin_none.c).
 */
#ifndef QUERN_LUA_BUILTIN_H
#define QUERN_LUA_BUILTIN_H

#include <lua.h>

#include "base/str.h"

/* Bytecode without the name of the chunk, which stands between head and rest. */
struct builtin {
	struct str text, head, rest;
	struct str names;   /* of the modules it requires, as in struct closure */
	const char *digest; /* digest_hex of the text */
	bool is_open;       /* closure_is_open */
};

struct builtin_table {
	const char *lua;             /* the release that has compiled them: no other one reads their bytecode */
	const struct builtin *items; /* by the length of the text, then by its bytes */
	size_t n;
};

extern const struct builtin_table builtin_table;

/* NULL: this text is not one of them. */
const struct builtin *builtin_find(struct str text);
/* As lua_load of its text under this name; what it spends of the budget is less. */
int builtin_load(lua_State *L, const struct builtin *b, const char *name);

#endif
