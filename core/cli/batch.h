/*
 * batch.h - what the commands that run plugins over many documents share: the
 * workers and what they load, the run itself, its output.
 */
#ifndef QUERN_CLI_BATCH_H
#define QUERN_CLI_BATCH_H

#include "cli/cli.h"
#include "cli/instant.h"
#include "cli/plugins.h"
#include "cli/setup.h"
#include "run/corpus.h"
#include "run/job.h"
#include "run/pool.h"

/* What a worker loads, and keeps as long as it lives.  The members before now are the caller's to fill. */
struct loader {
	struct cli *cli;
	const struct options *options;
	/* Sets the loaded plugins up; NULL: plugins_configure with the options.  False, and told, when it cannot. */
	bool (*configure)(struct loader *l, quern *q);
	bool watches_format;    /* see struct session */
	void *user;             /* of configure and of the command */
	char now[INSTANT_SIZE]; /* the instant of the run */
	struct search_path path;
	struct bundle files; /* of the plugins */
	struct encodings encodings;
	struct plugins plugins; /* in a worker */
};

/* A plugin is the first operand, documents are named after it; told if not. */
bool batch_usage_check(struct cli *cli, const struct options *o);
/* The documents are files: nothing that can be read but once, and no archive. */
bool batch_walks_files(const struct options *o);
/* Starts workers, hands them to body and closes them; signals are kept from now on. */
enum status batch_run(struct loader *l, enum status (*body)(struct loader *l, struct pool *pool));
/* The job over a walk, into -o. */
enum status batch_job(struct loader *l, struct pool *pool, struct walk walk);
/* Reports for a job of cli. */
struct job_report batch_report(struct cli *cli);
/* The plugins' names for reports, NULL at their end; they are the pool's.  NULL, and told, when memory is refused. */
const char **batch_names(struct cli *cli, const struct pool *pool);
void batch_names_free(const struct pool *pool, const char **names);

#endif
