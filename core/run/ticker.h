/*
 * ticker.h - a timer that tells the engine of plugins to look at the clock.
 *
 * Counts the processor time of the thread that starts it, and only while
 * that runs, so it costs nothing while the program waits.  One signal of the
 * process, SIGPROF, is its own: a program's business, never a library's.  A
 * call that cannot be ended and runs on long after its time ends the process.
 */
#ifndef QUERN_RUN_TICKER_H
#define QUERN_RUN_TICKER_H

#include <stdbool.h>
#include <time.h>

#include "quern.h"

/* Status of a process that ended so. */
enum { TICKER_GAVE_UP = 75 };

struct ticker {
	quern *volatile engine;
	timer_t timer;
	bool made;
};

/* False where the system has no such timer: then the engine must look by itself. */
bool ticker_make(struct ticker *t);
/* Ticks go to this engine from now on; t must stay where it is. */
void ticker_start(struct ticker *t, quern *engine);
/* No tick comes afterwards. Before the engine is freed, and after any ticker_make, successful or not. */
void ticker_stop(struct ticker *t);

#endif
