/*
 * guard.h - our own versions of library functions that may run long in C.
 *
 * Private to core/lua/.  Each installer adds its functions to the table at
 * the top of the stack, replacing Lua's.  Results are those of Lua 5.4, but
 * for what depends on addresses, hash order or the locale.
 */
#ifndef QUERN_LUA_GUARD_H
#define QUERN_LUA_GUARD_H

#include <lua.h>

#include "base/str.h"
#include "lua/budget.h"

void guard_install_find(lua_State *L);       /* string.find match gmatch gsub */
void guard_install_string(lua_State *L);     /* string.rep upper lower reverse */
void guard_install_format(lua_State *L);     /* string.format */
void guard_install_table(lua_State *L);      /* table.concat insert move remove unpack */
void guard_install_sort(lua_State *L);       /* table.sort */
void guard_install_utf8(lua_State *L);       /* utf8.len offset */
void guard_install_numbers(lua_State *L);    /* math.max min */
void guard_install_characters(lua_State *L); /* string.char, utf8.char */
void guard_install_coroutine(lua_State *L);  /* create wrap resume close */
void guard_install_order(lua_State *L);      /* pairs next */
void guard_install_base(lua_State *L);       /* tostring print setmetatable load collectgarbage */

/* Pushes the text of the value as tostring gives it: never an address. */
const char *guard_tostring(lua_State *L, int at, size_t *len);
/* As luaL_loadbufferx with mode "t", a piece at a time. */
int guard_load_text(lua_State *L, struct str text, const char *name);
/* Pushes a list of the keys of the table at this index, in the order of pairs. */
void guard_sorted_keys(lua_State *L, int table);
/* memcpy with the clock looked at now and then. */
void guard_copy(struct budget *b, char *to, const char *from, size_t n);
/* As memmem, the same. */
const char *guard_search(struct budget *b, const char *in, size_t n, const char *what, size_t m);

/*
 * A byte buffer for functions that call back into Lua: it lives in a userdata
 * at a stack index which the caller set aside.
 */
struct guard_buf {
	lua_State *L;
	struct budget *budget;
	int slot;
	char *p;
	size_t n, cap;
	char small[192];
};
/* Pushes the slot. */
void guard_buf_init(struct guard_buf *b, lua_State *L);
char *guard_buf_reserve(struct guard_buf *b, size_t n);
void guard_buf_add(struct guard_buf *b, const char *bytes, size_t n);
void guard_buf_push(struct guard_buf *b); /* pushes the string */

#endif
