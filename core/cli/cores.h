/*
 * cores.h - how many processors this process may use.
 */
#ifndef QUERN_CLI_CORES_H
#define QUERN_CLI_CORES_H

/* By its affinity and, in a container, its quota of processor time.  At least 1, at most 1024. */
unsigned cores_allowed(void);

#endif
