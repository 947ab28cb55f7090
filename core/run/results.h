/*
 * results.h - what a plugin's map returned, document by document, until
 * render reads it: paths and values as lines of JSON.
 *
 * Knows no Lua and keeps no parsed value: the lines may come from anywhere.
 */
#ifndef QUERN_RUN_RESULTS_H
#define QUERN_RUN_RESULTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/str.h"

struct result_entry {
	size_t from;     /* in text: the path and its NUL, then the JSON */
	size_t path_len; /* without the NUL */
	size_t json_len;
};

struct results {
	const struct alloc *heap;
	struct buf text;
	struct result_entry *entries;
	size_t n, cap;
};

void results_init(struct results *r, const struct alloc *heap);
void results_release(struct results *r);
/* In document order.  False when memory is refused. */
bool results_add(struct results *r, const char *path, struct str json);
/* Both valid until the next addition. */
const char *results_path(const struct results *r, size_t i);
struct str results_json(const struct results *r, size_t i);

#endif
