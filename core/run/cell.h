/*
 * cell.h - one piece of work in a confined process of its own, which gives back
 * bytes.
 *
 * For what runs a stranger's code once and needs no pool of workers.  The
 * process is as confined as a worker (confine.h) and dies with its parent.
 */
#ifndef QUERN_RUN_CELL_H
#define QUERN_RUN_CELL_H

#include "base/buf.h"
#include "run/confine.h"

struct cell {
	void *user;
	struct confine_limits limits;
	/* In the process: what it has to give goes to write, which fails when nobody listens.  Returns the exit status. */
	int (*work)(void *user, unsigned missing, bool (*write)(void *to, const char *bytes, size_t n), void *to);
};

/*
 * Appends what the work wrote to out.  Returns its exit status; -1, and
 * *message, when it ended in another way or no process could be had.
 */
int cell_run(const struct cell *cell, struct buf *out, const char **message);

#endif
