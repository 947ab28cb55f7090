/*
 * text_rank_private.h - what scoring and picking of sentences share.
 *
 * Private to text_rank.c and text_rank_pick.c.
 */
#ifndef QUERN_BASE_TEXT_RANK_PRIVATE_H
#define QUERN_BASE_TEXT_RANK_PRIVATE_H

#include "base/text_rank.h"

struct rank_word {
	const char *text;
	uint64_t head;      /* its first eight bytes, as eight_of gives them */
	uint32_t frequency; /* sentences that hold it */
	uint32_t last;      /* number of the last of them plus 1 */
	uint32_t length;
	bool in_title;
	uint64_t picked[RANK_PICK_MAX / 64]; /* a bit for each picked sentence that holds it */
};

static inline void rank_spend(const struct ranker *r, size_t work)
{
	if (r->spend)
		r->spend(r->user, work);
}

#endif
