/*
 * stop.c - see stop.h.
 */
#include "run/stop.h"

#include <signal.h>
#include <stddef.h>

static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
static volatile sig_atomic_t caught;

static void on_signal(int number)
{
	if (!caught)
		caught = number;
}

void stop_install(void)
{
	/* System calls are interrupted, not restarted: a write to a full pipe must see the signal. */
	const struct sigaction keep = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND };

	for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
		struct sigaction old;
		if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(signals[i], &keep, NULL);
	}
}

int stop_signal(void)
{
	return caught;
}

void stop_ignore(void)
{
	for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
		signal(signals[i], SIG_IGN);
}
