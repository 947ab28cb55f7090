/*
 * separate.h - a process just forked stops being its parent's copy; what it
 * has used, for its parent.
 */
#ifndef QUERN_RUN_SEPARATE_H
#define QUERN_RUN_SEPARATE_H

#include <sys/types.h>

/*
 * Nothing of the parent's stays open but standard input and error and the
 * socket, whose number changes; signals that stop the parent are its business;
 * the process dies with it.
 */
void process_separate(int *socket);

/* Processor seconds that another process has used; 0 for one that is gone. */
double process_cpu(pid_t pid);

#endif
