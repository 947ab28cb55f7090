/*
 * fold.h - a plugin's reduce over values as they come, in document order.
 *
 * Values are merged like the carries of a binary counter: neighbours of equal
 * weight first.  So the work is n log n where folding into one growing value
 * would be n squared, and the shape of the merge depends on the number of
 * values alone, never on who computed them or when.
 */
#ifndef QUERN_RUN_FOLD_H
#define QUERN_RUN_FOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "quern.h"

/* One level a power of two of values. */
#define FOLD_LEVELS 64

struct fold {
	quern_plugin *plugin;
	quern_value *level[FOLD_LEVELS]; /* of 2^i values merged; NULL with has[i]: null */
	bool has[FOLD_LEVELS];
	quern_code broken; /* a merge failed: nothing more is folded */
};

void fold_init(struct fold *f, quern_plugin *plugin);
void fold_release(struct fold *f);
/* Takes the value over, also on failure. */
quern_code fold_add(struct fold *f, quern_value *value, quern_error *error);
/* Merges what is left; *out is the caller's, NULL where there was no value or null is the result. */
quern_code fold_finish(struct fold *f, quern_value **out, quern_error *error);

#endif
