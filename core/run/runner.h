/*
 * runner.h - where plugin code runs, seen from the job that walks, orders and
 * writes.
 *
 * Everything crosses as plain data (paths, lines of JSON, outcomes): the job
 * runs no Lua and no parser.  pool.c is the runner with worker processes.
 */
#ifndef QUERN_RUN_RUNNER_H
#define QUERN_RUN_RUNNER_H

#include <stdbool.h>
#include <stddef.h>

#include "quern.h"
#include "run/corpus.h"
#include "run/outcome.h"
#include "run/results.h"

/* What map_all hands out, in document order: outcomes and, between them, problems of the walk.  False: stop. */
struct runner_consumer {
	void *user;
	bool (*outcome)(void *user, const struct outcome *o);
	bool (*problem)(void *user, const struct corpus_item *item);
	/* The run cannot go on: memory is refused, or no worker starts.  Nothing follows. */
	void (*failure)(void *user, const char *message);
};

/* A problem of the walk, as it is told. */
static inline struct finding runner_finding(const struct corpus_item *problem)
{
	return (struct finding){ .severity = problem->severity,
				 .plugin = NO_PLUGIN,
				 .path = problem->path,
				 .line = problem->line,
				 .code = "io",
				 .message = problem->message,
				 .hint = problem->hint };
}

struct runner {
	void *self;
	/* Maps every document of the walk through every plugin. */
	void (*map_all)(void *self, const struct walk *walk, const struct runner_consumer *consumer);
	/* A plugin that reduces has results to fold, all in order; folding them may begin now or wait for render. */
	void (*fold)(void *self, size_t plugin, struct results *results);
	/* Renders into write; files and findings go to out.  False when it failed. */
	bool (*render)(void *self, size_t plugin, struct results *results, quern_write_fn write, void *user,
		       struct outcome *out);
};

#endif
