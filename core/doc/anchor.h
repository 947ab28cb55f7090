/*
 * anchor.h - the names that GitHub gives to headings, for addresses such as
 * "guide.md#first-steps".  For the outline of a record.
 */
#ifndef QUERN_DOC_ANCHOR_H
#define QUERN_DOC_ANCHOR_H

#include "base/arena.h"
#include "base/str.h"
#include "base/value.h"

/* The names of one document so far; begin with anchors_init. */
struct anchors {
	struct arena *arena;
	struct value uses; /* of each name: how often it was wanted again */
};

void anchors_init(struct anchors *anchors, struct arena *arena);
/*
 * The name of the next heading, by its text: lower case, without punctuation, hyphens for blanks, "-1", "-2"
 * behind a name that is taken.  In the arena; p NULL when memory is refused.
 */
struct str anchors_next(struct anchors *anchors, struct str text);

#endif
