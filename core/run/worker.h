/*
 * worker.h - one worker process, as the parent starts it and as it runs.
 *
 * A worker confines itself (confine.h), loads engine and plugins from what the
 * parent has read, then answers frames (wire.h) on a socket until that closes;
 * documents come as bytes or as open files.  It dies with its parent.  The program supplies
 * what to load; this file knows no options.
 */
#ifndef QUERN_RUN_WORKER_H
#define QUERN_RUN_WORKER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/alloc.h"
#include "run/encodings.h"
#include "run/session.h"

/* What a worker is told when it begins, confined already. */
struct worker_start {
	bool quiet;       /* another worker told what is wrong */
	unsigned missing; /* of the wall: enum confine_part */
	/* For the engine's configuration. */
	void (*unknown_encoding)(void *user, const char *name);
	void *unknown_encoding_user;
};

/* What a worker has to load, in its own process.  All pointers are borrowed. */
struct worker_setup {
	void *user;
	/*
	 * Fills engine, doc_options, plugins and n_plugins; they live as long as
	 * the process, which can open no file any more.  0, or the exit status when it
	 * cannot; why is told on standard error unless quiet.
	 */
	int (*open)(void *user, const struct worker_start *start, struct session *session);
	size_t memory;      /* bytes of address space a worker may take beyond what it begins with; 0: no bound */
	unsigned processor; /* seconds it may take before the parent grants more; 0: no bound */
	struct encodings *encodings; /* the parent loads into it what workers ask for; NULL: nothing */
};

#define WORKER_IDLE UINT64_MAX

/* A page shared with the parent: what the worker is at, readable after its death. */
struct worker_status {
	_Atomic uint64_t document; /* ordinal; WORKER_IDLE between documents */
	_Atomic uint64_t step;     /* counts values folded: each is a call with its own time limit */
};

/* Serves socket until it closes; never returns.  Call right after fork. */
_Noreturn void worker_main(int socket, struct worker_status *status, const struct alloc *heap,
			   const struct worker_setup *setup, bool quiet);

#endif
