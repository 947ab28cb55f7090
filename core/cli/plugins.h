/*
 * plugins.h - the plugins of one run: loaded by name, set up from -t and -s.
 */
#ifndef QUERN_CLI_PLUGINS_H
#define QUERN_CLI_PLUGINS_H

#include "cli/cli.h"
#include "cli/setup.h"

struct plugins {
	quern_plugin **items;
	const char **names; /* for reports */
	size_t n, cap;
};

/* list: "NAME[,NAME...]".  False, and told, when one does not load. */
bool plugins_load(struct plugins *p, struct cli *cli, quern *q, const struct search_path *path, const char *list);
/* now: the instant of the run.  False, and told, when an option or format is wrong. */
bool plugins_configure(struct plugins *p, struct cli *cli, quern *q, const struct options *options, const char *now);

#endif
