/*
 * job.h - one run: walk, map, collect in document order, render, write.
 *
 * The pure path that every way of running shares.  Runs no Lua and parses no
 * document itself: that is the runner's.  Knows no command line; tells what
 * happens through callbacks.
 */
#ifndef QUERN_RUN_JOB_H
#define QUERN_RUN_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "run/corpus.h"
#include "run/outcome.h"
#include "run/runner.h"
#include "run/sink.h"

struct job_plugin {
	const char *name;
	const char *extension; /* of its text in a folder, without the dot */
	bool reduces;
	bool renders; /* neither: its results are lines of JSON, which are written as they come */
};

/* After each document and each path that could not be walked. */
struct job_progress {
	uint64_t documents, failed, cached;
	const char *path;
	bool failed_now;
	const struct outcome *outcome; /* NULL: a path */
};

struct job_report {
	void *user;
	void (*finding)(void *user, const struct finding *f);
	void (*progress)(void *user, const struct job_progress *p);
	/* How long one plugin took to reduce and render; may be NULL. */
	void (*rendered)(void *user, size_t plugin, double seconds);
};

struct job {
	const struct alloc *heap;
	const struct runner *runner;
	struct walk walk;
	struct sink *sink;
	const struct job_plugin *plugins;
	size_t n_plugins; /* more than one: the sink is a folder */
	bool fail_fast;
	struct job_report report;
};

struct job_result {
	uint64_t documents; /* mapped */
	uint64_t failed;    /* of them, or of the paths walked */
	uint64_t cached;    /* of them: what an earlier run found */
	bool errors;        /* something failed: a document, a path, a call */
	bool needs_folder;  /* a plugin writes files and the sink is no folder: stopped */
	bool output_failed; /* the system did not let us write */
	bool stopped;       /* by fail_fast, or because nothing can be written: nothing more was rendered */
};

void job_run(const struct job *job, struct job_result *result);

/* "markdown" -> "md"; formats without a suffix of their own keep their name. */
const char *format_extension(const char *format);

#endif
