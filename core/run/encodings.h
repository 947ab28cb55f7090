/*
 * encodings.h - character encodings that are loaded, and stay so.
 *
 * iconv reads a module of the system for nearly each encoding, which a confined
 * process cannot.  The parent loads them when the first document needs one;
 * workers started from then on have them.  Holds for the whole process: the
 * C library's modules are the process's.
 */
#ifndef QUERN_RUN_ENCODINGS_H
#define QUERN_RUN_ENCODINGS_H

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>

struct encodings {
	iconv_t held[128];
	char asked[64][40]; /* names tried, with success or without */
	size_t n_held, n_asked;
};

void encodings_init(struct encodings *e);
/* Loads this one and, the first time, those that the web knows.  False: it was asked for before. */
bool encodings_hold(struct encodings *e, const char *name);
/* Holding it again would change nothing. */
bool encodings_were_asked(const struct encodings *e, const char *name);
void encodings_release(struct encodings *e);

#endif
