/*
 * json_simple.h - JSON that is simple enough to be read without jansson, with
 * the very result that it would have.  For json_read.c.
 *
 * What quern itself writes is: not simple are numbers beyond 18 digits or with an exponent, surrogates and NUL
 * among escapes, nesting beyond VALUE_MAX_DEPTH, and whatever is an error, for which jansson has the message.
 */
#ifndef QUERN_BASE_JSON_SIMPLE_H
#define QUERN_BASE_JSON_SIMPLE_H

#include "base/json.h"
#include "base/value.h"

/* Of valid UTF-8.  False: *out is of no use, jansson has to look (for want of memory, too).  O(size). */
bool json_simple_read(struct arena *a, struct str text, size_t max_depth, struct value *out);

/*
 * All of JSON: for texts too long for jansson, whose tree takes up to fifty times as much memory, out of anybody's
 * account, and cannot be interrupted.  NULL, or what is wrong and where.  max_depth bounds the recursion.
 */
const char *json_whole_read(struct arena *a, struct str text, size_t max_depth, const struct json_watch *watch,
			    struct value *out, size_t *offset);

#endif
