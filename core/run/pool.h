/*
 * pool.h - the runner with worker processes.
 *
 * The parent walks, hands out documents, keeps document order, and writes; it
 * runs no Lua and no parser.  Workers die alone: a crash, a kill, a time-out or
 * a refused allocation costs the document at hand, named in a finding; the
 * worker is replaced and the rest of what it had is done again.  A document
 * whose worker dies is tried again before it is given up, so that a kill from
 * outside changes no result.
 */
#ifndef QUERN_RUN_POOL_H
#define QUERN_RUN_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/alloc.h"
#include "run/cache.h"
#include "run/runner.h"
#include "run/worker.h"

struct pool;

/* The seconds of processor time after which a worker is stopped, whatever it is at. */
unsigned pool_processor_limit(double time_limit, size_t n_plugins);

/* All pointers are borrowed and must outlive the pool. */
struct pool_options {
	const struct alloc *heap;
	const struct worker_setup *setup;
	unsigned jobs;     /* workers that map, at least 1 */
	double time_limit; /* processor seconds of one call of a plugin; a worker far over it is killed */
};

/* What the first worker found the plugins to be. */
struct pool_plugin {
	const char *name, *path, *format;
	const char *digest; /* of all that decides what map returns; "" where that is not known */
	bool reduces, renders;
};

/*
 * Starts the first worker and waits until it is set up.  NULL: *status is the
 * exit status it gave (told already), or 1 with *message where no worker could
 * be started or memory is refused.
 */
struct pool *pool_open(const struct pool_options *options, int *status, const char **message);
/* Kills what still runs. */
void pool_close(struct pool *p);
size_t pool_plugin_count(const struct pool *p);
const struct pool_plugin *pool_plugin_at(const struct pool *p, size_t i);
const struct runner *pool_runner(const struct pool *p);
/* Outcomes are taken from it and kept in it from now on; borrowed. */
void pool_use_cache(struct pool *p, struct cache *cache);

#endif
