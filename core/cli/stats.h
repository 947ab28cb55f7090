/*
 * stats.h - figures of a run for --stats: where the time went, which documents
 * were slow, which failed.
 *
 * Fed by the job's reports; written once at the end as one object of JSON, to
 * standard error or to a file.  Times of plugins and of loading are summed over
 * all workers.
 */
#ifndef QUERN_CLI_STATS_H
#define QUERN_CLI_STATS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "run/job.h"

#define STATS_SLOWEST 10

struct stats_slow {
	uint64_t took; /* nanoseconds */
	char *path;
};

struct stats {
	bool wanted;
	int64_t began; /* monotonic milliseconds */
	uint64_t load;
	uint64_t *map;  /* nanoseconds, one a plugin */
	double *render; /* seconds */
	size_t n_plugins;
	struct stats_slow slowest[STATS_SLOWEST]; /* the slowest first */
	size_t n_slowest;
	struct buf failed; /* paths, each ended by a NUL */
};

/* False when memory is refused. */
bool stats_init(struct stats *s, bool wanted, size_t n_plugins);
void stats_release(struct stats *s);
void stats_document(struct stats *s, const struct job_progress *p);
void stats_rendered(struct stats *s, size_t plugin, double seconds);
/* One line of JSON. */
void stats_write(const struct stats *s, const char *const *names, const struct job_result *result, struct buf *out);
int64_t stats_elapsed(const struct stats *s); /* milliseconds */

#endif
