/*
 * sandbox.h - what a plugin finds when its chunk begins to run.
 *
 * Private to core/lua/.
 */
#ifndef QUERN_LUA_SANDBOX_H
#define QUERN_LUA_SANDBOX_H

#include <lua.h>

/* A lua_CFunction: builds globals and libraries in a bare state and freezes them. */
int sandbox_open(lua_State *L);

#endif
