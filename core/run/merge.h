/*
 * merge.h - the reduce side of a cluster: the partials of all shards as one
 * walk in document order.
 *
 * Before anything is handed out every partial is read once: whether it is whole,
 * whether all are of one run, whether a shard is missing or there twice.  Holds
 * one line of each at a time.  Parses headers and problems of walks alone;
 * outcomes are the workers' to read.
 */
#ifndef QUERN_RUN_MERGE_H
#define QUERN_RUN_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/value.h"
#include "run/corpus.h"

struct merge;

struct merge_error {
	const char *path; /* the partial at fault; NULL: none */
	char message[600];
	const char *hint; /* NULL: none */
};

/* paths are borrowed.  NULL, with *error, when they are not the partials of one run. */
struct merge *merge_open(const struct alloc *heap, const char *const *paths, size_t n, struct merge_error *error);
void merge_close(struct merge *m);

/* Of the run that the partials are of. */
struct merge_run {
	const char *const *to, *const *set;
	size_t n_to, n_set;
	const char *const *names, *const *digests; /* of plugins */
	size_t n_plugins;
	const char *now;
	bool unsafe;
	bool reads_format; /* a map asked for its format: the values are good for no other */
};

const struct merge_run *merge_run_of(const struct merge *m);
struct walk merge_walk(struct merge *m);

#endif
