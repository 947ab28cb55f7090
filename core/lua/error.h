/*
 * error.h - Lua's errors as quern_error: place, message, hint, traceback.
 *
 * Private to core/lua/, but for error_empty.  Nothing here allocates, in Lua or elsewhere.
 */
#ifndef QUERN_LUA_ERROR_H
#define QUERN_LUA_ERROR_H

#include <lua.h>
#include <stdarg.h>

#include "base/str.h"
#include "quern.h"

/* No error: its strings are empty, which is all that anybody reads of them; there are some 3 KB of it. */
static inline void error_empty(quern_error *e)
{
	e->code = QUERN_OK;
	e->line = e->column = 0;
	e->path[0] = e->message[0] = e->hint[0] = e->traceback[0] = '\0';
}

/* Fills all fields; path and hint may be NULL.  Control characters in the message are escaped. */
void error_fill(quern_error *e, quern_code code, const char *path, uint32_t line, const char *hint, const char *format,
		...) __attribute__((format(printf, 6, 7)));
/* Cuts at a character boundary; control characters become \xNN. */
void error_copy(char *to, size_t size, struct str from);

/* A message handler: fills the running call's quern_error and returns its argument. */
int error_handler(lua_State *L);
/* For the end of a call by the budget: user is the state. */
void error_describe_breach(void *user, quern_code code);
/* "name" that is nearest to a mistyped word, NULL if none is near. */
const char *error_nearest(const char *word, const char *const *names);

#endif
