/*
 * ticks.h - a host's timer for tests: ticks by the processor time of one
 * thread, as a program that asks for no count hook must give them.
 */
#ifndef QUERN_TESTS_TICKS_H
#define QUERN_TESTS_TICKS_H

#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lua/plugin.h"

struct ticks {
	timer_t timer;
	bool made;
};

static inline void ticks_handle(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	plugin_tick(info->si_value.sival_ptr);
}

/* For the thread that calls; ticker NULL: none. */
static inline void ticks_start(struct ticks *t, struct plugin_ticker *ticker)
{
	const struct itimerspec every = { { 0, 10000000 }, { 0, 10000000 } };
	struct sigaction action = { .sa_sigaction = ticks_handle, .sa_flags = SA_SIGINFO | SA_RESTART };
	struct sigevent event = { .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGPROF };
	t->made = false;
	if (!ticker)
		return;
	event.sigev_value.sival_ptr = ticker;
	event._sigev_un._tid = gettid();
	sigaction(SIGPROF, &action, NULL);
	t->made = timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &t->timer) == 0 &&
		  timer_settime(t->timer, 0, &every, NULL) == 0;
}

static inline void ticks_stop(struct ticks *t)
{
	if (t->made)
		timer_delete(t->timer);
}

#endif
