/*
 * autolink.h - bare URLs, "www." names and mail addresses in text, by the
 * rules of GFM 6.9 (extended autolinks).
 */
#ifndef QUERN_DOC_AUTOLINK_H
#define QUERN_DOC_AUTOLINK_H

#include "base/arena.h"
#include "base/str.h"

struct autolink {
	size_t from, to; /* in the text */
	struct str url;  /* as shown, or with http:// or mailto: before it (then in the arena) */
};

/* The first one at or after pos; false when there is none (or memory is refused). Linear over all calls on one text. */
bool autolink_find(struct arena *a, struct str text, size_t pos, struct autolink *out);

#endif
