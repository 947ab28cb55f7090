/*
 * manifest.h - the table a plugin returns, checked and kept as a plain value.
 *
 * Private to core/lua/.
 */
#ifndef QUERN_LUA_MANIFEST_H
#define QUERN_LUA_MANIFEST_H

#include <lua.h>

#include "base/arena.h"
#include "base/value.h"

/*
 * The table is on top.  Fills *out as quern_plugin_manifest describes; raises
 * QUERN_MANIFEST with a hint.  default_name is used where the plugin has none.
 */
void manifest_read(lua_State *L, struct arena *a, const char *default_name, struct value *out);

#endif
