/*
 * markdown_balance.h - which elements raw HTML has opened and not closed yet,
 * as it comes between Markdown's blocks.
 *
 * For markdown_parts.c, which may end a part where none is open, and for
 * markdown_html.c, which asks what an indented line stands in.  An answer by names of tags alone: what a
 * parser of HTML implies is not known here.
 */
#ifndef QUERN_DOC_MARKDOWN_BALANCE_H
#define QUERN_DOC_MARKDOWN_BALANCE_H

#include "doc/event.h"

/* Elements in each other, as far as they are counted. */
#define BALANCE_DEPTH 64

/* All zero: nothing is open. */
struct balance {
	struct str names[BALANCE_DEPTH]; /* from the outermost on; they point into the pieces */
	size_t n;
	size_t seen;  /* events that have been followed */
	bool crossed; /* tags did not nest, or were not easily told, or were too many */
};

/* Follows the raw HTML among the events that have come since the last call.  O(bytes of it). */
void balance_follow(struct balance *b, const struct events *events);

#endif
