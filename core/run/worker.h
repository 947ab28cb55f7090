/*
 * worker.h - one worker process, as the parent starts it and as it runs.
 *
 * A worker loads engine and plugins by itself, then answers frames (wire.h)
 * on a socket until that closes.  It dies with its parent.  The program
 * supplies what to load; this file knows no options.
 */
#ifndef QUERN_RUN_WORKER_H
#define QUERN_RUN_WORKER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/alloc.h"
#include "run/session.h"

/* What a worker has to load, in its own process.  All pointers are borrowed. */
struct worker_setup {
	void *user;
	/*
	 * Fills engine, doc_options, plugins and n_plugins; they live as long as
	 * the process.  0, or the exit status when it cannot; why is told on standard
	 * error unless quiet (another worker told it already).
	 */
	int (*open)(void *user, bool quiet, struct session *session);
	/* Bytes of address space a worker may take beyond what it has when set up; 0: no bound. */
	size_t (*memory)(void *user, const struct session *session);
};

#define WORKER_IDLE UINT64_MAX

/* A page shared with the parent: what the worker is at, readable after its death. */
struct worker_status {
	_Atomic uint64_t document; /* ordinal; WORKER_IDLE between documents */
	_Atomic uint64_t step;     /* counts values folded: each is a call with its own time limit */
};

/* Nothing of the parent's stays open but standard input and error and the socket, which moves; no core file of a stranger's crash. */
void worker_separate(int *socket);
/* From now on so many bytes of address space more than there are; 0: no bound. */
void worker_bound_memory(size_t more);

/* Serves socket until it closes; never returns.  Call right after fork. */
_Noreturn void worker_main(int socket, struct worker_status *status, const struct alloc *heap,
			   const struct worker_setup *setup, bool quiet);

#endif
