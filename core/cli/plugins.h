/*
 * plugins.h - the plugins of one run: loaded by name, set up from -t and -s.
 */
#ifndef QUERN_CLI_PLUGINS_H
#define QUERN_CLI_PLUGINS_H

#include "cli/cli.h"
#include "cli/setup.h"
#include "run/bundle.h"

struct plugins {
	const struct bundle *files;
	quern_plugin **items;
	const char **names; /* for reports */
	size_t n, cap;
};

/*
 * All that loading and configuring will read: list is "NAME[,NAME...]", set has
 * KEY=@FILE.  Runs nothing.  False, and told, when a plugin is not there.
 */
bool plugins_gather(struct bundle *files, struct cli *cli, quern *q, const struct search_path *path, const char *list,
		    const struct strings *set);
/* q reads from files.  False, and told, when one does not load. */
bool plugins_load(struct plugins *p, struct cli *cli, quern *q, const struct bundle *files, const char *list);
/* now: the instant of the run.  False, and told, when an option or format is wrong. */
bool plugins_configure(struct plugins *p, struct cli *cli, quern *q, const struct options *options, const char *now);

#endif
