/*
 * separate.h - a process just forked stops being its parent's copy.
 */
#ifndef QUERN_RUN_SEPARATE_H
#define QUERN_RUN_SEPARATE_H

/*
 * Nothing of the parent's stays open but standard input and error and the
 * socket, whose number changes; signals that stop the parent are its business;
 * the process dies with it.
 */
void process_separate(int *socket);

#endif
