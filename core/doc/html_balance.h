/*
 * html_balance.h - which elements raw HTML among Markdown has open, and does
 * it end where it begins?  For markdown_simple*.c and markdown_parts.c, which read a document piece by piece,
 * markdown_html.c, which asks what an indented line stands in,
 * and prepare_table.c, which asks where a tag ends.
 *
 * Follows the tags by their names alone.  What it says to be whole is so; what it is not sure of it says to be open.
 */
#ifndef QUERN_DOC_HTML_BALANCE_H
#define QUERN_DOC_HTML_BALANCE_H

#include "base/str.h"

/* Elements in each other, as far as they are counted. */
#define BALANCE_DEPTH 64

struct balance {
	struct str names[BALANCE_DEPTH]; /* of elements that are open */
	size_t n;
	bool lost; /* there were tags that do not nest, or are not easily told: what is open is a guess */
};

/* One piece of raw HTML more. */
void balance_add(struct balance *b, struct str piece);

static inline void balance_copy(struct balance *to, const struct balance *from)
{
	to->n = from->n;
	to->lost = from->lost;
	for (size_t i = 0; i < from->n; i++)
		to->names[i] = from->names[i];
}

static inline bool balance_is_whole(const struct balance *b)
{
	return b->n == 0 && !b->lost;
}

/* Behind the tag whose attributes begin at p, or NULL. */
const char *balance_tag_end(const char *p, const char *end);

#endif
