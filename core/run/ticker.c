/*
 * ticker.c - see ticker.h.
 */
#include "run/ticker.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Short against what a call may run over its limit. */
#define TICK_NS 10000000L
/* Seconds that a call may be over its time before the process ends; checked builds are slower. */
static const double patience = 1;

static void on_tick(int signal, siginfo_t *info, void *context)
{
	const int saved = errno;

	(void)signal;
	(void)context;
	if (info->si_code == SI_TIMER) {
		const struct ticker *t = info->si_value.sival_ptr;
		if (t->engine && quern_tick(t->engine) > patience)
			_exit(TICKER_GAVE_UP);
	}
	errno = saved;
}

bool ticker_make(struct ticker *t)
{
	struct sigaction action = { .sa_sigaction = on_tick, .sa_flags = SA_SIGINFO | SA_RESTART };
	struct sigevent event = { .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGPROF };

	memset(t, 0, sizeof *t);
	event.sigev_value.sival_ptr = t;
	event._sigev_un._tid = gettid();
	sigemptyset(&action.sa_mask);
	if (sigaction(SIGPROF, &action, NULL) != 0)
		return false;
	t->made = timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &t->timer) == 0;
	return t->made;
}

void ticker_start(struct ticker *t, quern *engine)
{
	const struct itimerspec every = { { 0, TICK_NS }, { 0, TICK_NS } };

	t->engine = engine;
	if (t->made)
		timer_settime(t->timer, 0, &every, NULL);
}

void ticker_stop(struct ticker *t)
{
	t->engine = NULL;
	if (t->made)
		timer_delete(t->timer);
	t->made = false;
}
