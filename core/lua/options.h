/*
 * options.h - options of a plugin: declared in its manifest, given by a host.
 *
 * Private to core/lua/.  Knows values, not Lua.
 */
#ifndef QUERN_LUA_OPTIONS_H
#define QUERN_LUA_OPTIONS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/value.h"

struct option_problem {
	bool nomem;
	char message[300];
	char hint[240];
};

/* Checks one declaration {name, type, default, min, max, one_of, required, help} and fills in its type. */
bool option_declare(struct arena *a, struct value *option, struct option_problem *problem);

/*
 * Makes *out from what is given (NULL or a map): every option with its value
 * or default, sorted.  Strings are converted to the declared type.
 */
bool options_resolve(struct arena *a, const struct value *declared, const struct value *given, struct value *out,
		     struct option_problem *problem);

#endif
