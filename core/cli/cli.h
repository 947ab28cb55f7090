/*
 * cli.h - what the subcommands share: exit codes, the command table's shape,
 * the context handed to each.
 *
 * The command line is a client of include/quern.h and of run/; it is the only
 * place that knows arguments, environment variables and the clock.
 */
#ifndef QUERN_CLI_CLI_H
#define QUERN_CLI_CLI_H

#include <stddef.h>

#include "cli/options.h"
#include "cli/report.h"
#include "run/ticker.h"

/* Exit codes. */
enum status {
	STATUS_OK = 0,      /* warnings included */
	STATUS_FAILED = 1,  /* some documents or a plugin call failed, the rest is done */
	STATUS_USAGE = 2,   /* wrong usage, or a plugin that does not load */
	STATUS_OUTPUT = 3,  /* the output could not be written */
	STATUS_SIGNAL = 128 /* plus the number of the signal that stopped it */
};

struct cli {
	struct report report;
	const char *source_plugins; /* the checkout's plugin folder, compiled in */
	struct ticker ticker;
};

struct command {
	const char *name;
	const char *synopsis; /* after "quern " */
	const char *summary;
	const char *details;           /* paragraphs of the help, lines ended; "" for none */
	const enum option_id *options; /* ended by OPTION_NONE */
	enum status (*run)(struct cli *cli, const struct options *options);
};

extern const struct command command_run, command_map, command_reduce, command_show, command_select, command_check,
	command_list, command_cache, command_help;

/* NULL-terminated, in the order of the help. */
extern const struct command *const commands[];
const struct command *command_find(const char *name);
/* The nearest name, or NULL. */
const char *command_suggest(const char *typed);

/* Help goes to standard output. */
enum status help_print(struct cli *cli, const struct command *command);

#endif
