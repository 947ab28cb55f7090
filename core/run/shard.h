/*
 * shard.h - the map side of a cluster: one of N parts of the documents mapped,
 * what they came to written as a partial.
 *
 * Written to a file it is resumable: what was finished stands in FILE.partial
 * until all is done, and another run of the same shard goes on from there.  The
 * documents are walked twice, for the first line says how many there are.
 */
#ifndef QUERN_RUN_SHARD_H
#define QUERN_RUN_SHARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "run/job.h"
#include "run/partial.h"
#include "run/runner.h"

struct shard {
	const struct alloc *heap;
	const struct runner *runner;
	struct partial_header header; /* documents and list are filled in */
	const char *output;           /* a file; NULL: standard output */
	/* The same walk from its beginning, each time it is called; close ends it. */
	void *user;
	bool (*walk_open)(void *user, struct walk *walk);
	void (*walk_close)(void *user);
	struct job_report report;
};

struct shard_result {
	uint64_t documents; /* of the shard, those of an earlier run included */
	uint64_t kept;      /* of an earlier run */
	uint64_t failed;
	bool begun_anew;       /* what was kept is of another run */
	bool stopped;          /* the run could not go on, told; or by a signal */
	bool changed;          /* the second walk was not the first */
	const char *unwritten; /* why the output could not be written; NULL */
};

void shard_run(struct shard *s, struct shard_result *result);

#endif
