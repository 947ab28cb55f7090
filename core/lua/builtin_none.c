/*
 * builtin_none.c - no plugin comes compiled with the library: it parses all of
 * them, once an engine (modules.h).
 */
#include "lua/builtin.h"

const struct builtin_table builtin_table = { "", NULL, 0 };
