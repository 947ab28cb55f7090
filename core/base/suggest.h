/*
 * suggest.h - "did you mean": the known word nearest to one that was typed.
 *
 * For options and commands of the program and keywords of schemas.
 */
#ifndef QUERN_BASE_SUGGEST_H
#define QUERN_BASE_SUGGEST_H

#include <stddef.h>

/*
 * The candidate nearest to what was typed, if one is near enough
 * to be meant (insertions, deletions, replacements, swaps of neighbours).
 */
enum { SUGGESTION_SIZE = 41 }; /* longer words are never suggested */
struct suggestion {
	const char *typed;
	char best[SUGGESTION_SIZE]; /* "": none */
	size_t distance;
};
void suggest_init(struct suggestion *s, const char *typed);
void suggest_try(struct suggestion *s, const char *candidate);

#endif
