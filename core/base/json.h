/*
 * json.h - JSON text out and in.
 *
 * Writing is ours: deterministic, ordered, independent of the locale, valid
 * UTF-8 whatever comes in.  Floats are written shortest-round-trip with a
 * decimal point or exponent ("2.0"), so that kinds survive a round trip.
 * Reading is jansson's (included in json_read.c alone), where it is not simple.
 */
#ifndef QUERN_BASE_JSON_H
#define QUERN_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/value.h"

enum { JSON_PRETTY = 1 }; /* two spaces of indent; default is one line */

/* RFC 8259 string with quotes; control characters escaped, "/" not; bad UTF-8 becomes U+FFFD. */
void json_write_string(struct buf *out, struct str s);
/* The same; false, and nothing is to be made of what was written, where there is bad UTF-8. */
bool json_write_good_string(struct buf *out, struct str s);
void json_write_float(struct buf *out, double d);
/* U+2028/2029 and DEL are escaped too, so that a line of JSON is one line everywhere. */
void json_write(struct buf *out, const struct value *v, unsigned flags);

/*
 * A streaming writer for shapes that are never built as values.  Commas and
 * nesting are its business; depth at most VALUE_MAX_DEPTH.
 */
struct json_writer {
	struct buf *out;
	uint32_t depth;
	bool first[VALUE_MAX_DEPTH + 1];
	bool after_key;
};

void json_writer_init(struct json_writer *w, struct buf *out);
void json_begin_map(struct json_writer *w);
void json_end_map(struct json_writer *w);
void json_begin_list(struct json_writer *w);
void json_end_list(struct json_writer *w);
void json_key(struct json_writer *w, const char *key);
void json_string(struct json_writer *w, struct str s);
void json_int(struct json_writer *w, int64_t i);
void json_float(struct json_writer *w, double d);
void json_bool(struct json_writer *w, bool b);
void json_null(struct json_writer *w);
void json_value(struct json_writer *w, const struct value *v);

struct json_error {
	uint32_t line, column; /* 1-based, column in bytes */
	char message[160];
};

/*
 * Reads one JSON text (any kind at the top; surrounding space allowed, else
 * nothing may follow).  Key order is kept; a repeated key, depth over
 * VALUE_MAX_DEPTH and bad UTF-8 are errors; integers beyond 64 bits become floats.
 * Everything is copied into a.  False with *error filled on failure.
 */
bool json_read(struct arena *a, struct str text, struct value *out, struct json_error *error);
/*
 * The same with another limit on depth, JSON_MAX_DEPTH at most: for readers that do not recurse over the value.
 * Such a value must not be given to what stops at VALUE_MAX_DEPTH.
 */
#define JSON_MAX_DEPTH 1000
/* Told now and then of so many bytes more that were read; it need not come back. */
struct json_watch {
	void (*spend)(void *user, size_t bytes);
	void *user;
};
/* watch may be NULL. */
bool json_read_deep(struct arena *a, struct str text, size_t max_depth, const struct json_watch *watch,
		    struct value *out, struct json_error *error);

#endif
