/*
 * text_sentence.h - what the two files that find sentences share.
 *
 * Private to text_sentence.c and text_abbreviation.c; everybody else uses
 * text.h.
 */
#ifndef QUERN_BASE_TEXT_SENTENCE_H
#define QUERN_BASE_TEXT_SENTENCE_H

#include <stdbool.h>
#include <stdint.h>

/* What stands behind a terminator, its closing quotes and the space after them. */
struct text_after {
	const char *p, *end;
	uint32_t cp; /* the character at p */
	bool closed; /* quotes or brackets were closed in between */
	bool quoted; /* quotes were */
};

/* Opening quotes and brackets. */
bool text_is_opener(uint32_t cp);

/*
 * Whether the single full stop at dot, followed by space, ends the sentence
 * that began at start.  after->cp is no lower-case letter.
 */
bool text_dot_ends(const char *start, const char *dot, const struct text_after *after);

#endif
