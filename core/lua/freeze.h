/*
 * freeze.h - globals, library tables and shared metatables stay as they are.
 *
 * Private to core/lua/.  A shallow snapshot is taken once the sandbox stands
 * and compared after each call: that costs a fraction of a microsecond a
 * document and nothing on each use of a library, where proxies cost half as much
 * again.
 */
#ifndef QUERN_LUA_FREEZE_H
#define QUERN_LUA_FREEZE_H

#include <lua.h>
#include <stdbool.h>

struct state;

/* Remembers the contents of the table at the top of the stack under a name for messages; pops it. */
void freeze_add(lua_State *L, const char *name);
/* Nothing has touched what was frozen; else freeze_check says whether it is changed.  Runs no Lua. */
bool freeze_is_untouched(const struct state *s);
/* Whoever sets a metatable of a table of the plugin's choice says so. */
void freeze_note_metatable(lua_State *L, int table);
/* A lua_CFunction: raises QUERN_DENIED, naming what changed. Before any freeze_add: does nothing. */
int freeze_check(lua_State *L);

#endif
