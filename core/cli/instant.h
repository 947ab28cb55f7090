/*
 * instant.h - instants of time as text: RFC 3339 in, UTC out.
 */
#ifndef QUERN_CLI_INSTANT_H
#define QUERN_CLI_INSTANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "2024-11-30T10:20:00Z" and its terminator. */
#define INSTANT_SIZE 24

/*
 * Reads YYYY-MM-DD, or YYYY-MM-DDThh:mm[:ss[.fraction]] with Z or an offset
 * (a space may stand for T); a date alone is its first second in UTC.
 * Fractions are dropped.  False when it is no such instant of the years 1 to 9999.
 */
bool instant_read(const char *text, char out[INSTANT_SIZE]);
/* Seconds since 1970. */
bool instant_format(int64_t seconds, char out[INSTANT_SIZE]);

#endif
