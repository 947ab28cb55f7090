/*
 * clock.h - the clock that measures how long something takes, whatever happens
 * to the time of day.
 */
#ifndef QUERN_BASE_CLOCK_H
#define QUERN_BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

/* Milliseconds since some moment in the past. */
static inline int64_t clock_ms(void)
{
	struct timespec t = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The same as of the last tick of the system's, some milliseconds ago: a quarter of the price. */
static inline int64_t clock_ms_roughly(void)
{
#ifdef CLOCK_MONOTONIC_COARSE
	struct timespec t = { 0 };

	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
#else
	return clock_ms();
#endif
}

#endif
