/*
 * entry.h - entries of doc:outline() and its like, which get most of their
 * fields when they are first asked for (bind_view.c).
 *
 * Private to core/lua/.  Whoever looks at a plugin's table past its metatable,
 * or gives it another one, settles it first; nobody then sees a difference.
 */
#ifndef QUERN_LUA_ENTRY_H
#define QUERN_LUA_ENTRY_H

#include <lua.h>

/*
 * Any value may be there.  An error where fields are missing and the document
 * is gone; no document goes in the middle of a call.
 */
void entry_settle(lua_State *L, int at);

#endif
