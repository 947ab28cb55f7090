/*
 * stop.h - a signal asks the run to stop: SIGINT, SIGTERM and SIGHUP, kept for
 * whoever looks.
 *
 * The one place of the program with a handler, and with the variable that a
 * handler needs.  A second signal of the same kind ends the process as if
 * nothing had been installed.  For the program alone, never the library.
 */
#ifndef QUERN_RUN_STOP_H
#define QUERN_RUN_STOP_H

/* From now on signals are kept.  A signal that was ignored when the program began stays ignored. */
void stop_install(void);
/* The first signal that came; 0: none. */
int stop_signal(void);
/* In a worker: the parent decides when to stop. */
void stop_ignore(void);

#endif
