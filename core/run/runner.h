/*
 * runner.h - where plugin code runs, seen from the parent that only walks,
 * orders and writes.
 *
 * A runner maps documents, folds values and renders; everything crosses it as
 * plain data (paths, lines of JSON, outcomes), so that one in this process
 * (runner_local.c) and one with worker processes are the same to the job.
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
};

struct runner {
	void *self;
	/* Maps every document of the walk through every plugin. */
	void (*map_all)(void *self, struct corpus *corpus, const struct runner_consumer *consumer);
	/* One more value of a plugin that reduces, in document order.  False: it failed, told in errors. */
	bool (*fold)(void *self, size_t plugin, const char *path, struct str json, struct outcome *errors);
	/*
	 * Renders the results (for a plugin that reduces: what was folded)
	 * into write; files and findings go to out.  False when it failed.
	 */
	bool (*render)(void *self, size_t plugin, const struct results *results, quern_write_fn write, void *user,
		       struct outcome *out);
};

/* Runs plugins in this process, one document after another.  All pointers are borrowed. */
struct runner_local {
	const struct alloc *heap;
	quern *engine;
	quern_doc_options doc_options;
	quern_plugin *const *plugins;
	size_t n_plugins;
	struct fold *folds; /* private */
	struct runner runner;
};

/* Fills l->runner.  False when memory is refused. */
bool runner_local_init(struct runner_local *l);
void runner_local_release(struct runner_local *l);

#endif
