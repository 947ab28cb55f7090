/*
 * watching.h - `quern run --watch`: a run, and again whenever something changed.
 */
#ifndef QUERN_CLI_WATCHING_H
#define QUERN_CLI_WATCHING_H

#include "cli/cli.h"

/* Runs once, then after every change of documents and plugins, until a signal asks to stop. */
enum status watching_run(struct cli *cli, const struct options *options,
			 enum status (*once)(struct cli *cli, const struct options *options));

#endif
