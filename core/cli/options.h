/*
 * options.h - every option of every subcommand: one table, one struct of
 * values.
 *
 * A command names the options it takes; names, help, reading and checking of
 * values are the same everywhere.
 */
#ifndef QUERN_CLI_OPTIONS_H
#define QUERN_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "cli/report.h"
#include "quern.h"

struct command;

/* In the order of the help. */
enum option_id {
	OPTION_NONE,
	OPTION_TO,
	OPTION_OUTPUT,
	OPTION_SET,
	OPTION_SCHEMA,
	OPTION_COUNT,
	OPTION_FILES,
	OPTION_FROM,
	OPTION_ENCODING,
	OPTION_UNSAFE,
	OPTION_FILES_FROM,
	OPTION_NUL,
	OPTION_INPUT_NDJSON,
	OPTION_INCLUDE,
	OPTION_EXCLUDE,
	OPTION_PLUGIN_PATH,
	OPTION_SHARD,
	OPTION_JOBS,
	OPTION_CACHE,
	OPTION_NO_CACHE,
	OPTION_PARANOID,
	OPTION_FAIL_FAST,
	OPTION_TIME_LIMIT,
	OPTION_MEMORY_LIMIT,
	OPTION_NOW,
	OPTION_PROGRESS,
	OPTION_STATS,
	OPTION_WATCH,
	OPTION_DIAGNOSTICS,
	OPTION_HELP
};

/* Borrowed strings. */
struct strings {
	const char **items;
	size_t n, cap;
};

bool strings_add(struct strings *s, const char *item);
void strings_release(struct strings *s);

struct options {
	struct strings operands;
	struct strings to;  /* FORMAT or PLUGIN=FORMAT */
	struct strings set; /* KEY=VALUE or PLUGIN.KEY=VALUE */
	struct strings plugin_path, include, exclude, files_from;
	bool nul, input_ndjson;
	unsigned shard, shards; /* 1 of 1 unless given */
	const char *output;
	const char *schema;
	const char *encoding;
	quern_doc_options from; /* format and dialect */
	unsigned jobs;          /* 0: not given */
	bool count, files;
	bool unsafe, fail_fast;
	const char *cache; /* folder; NULL: the user's */
	bool no_cache, paranoid;
	bool stats, watch;
	const char *stats_file; /* NULL: standard error */
	double time_limit;      /* 0: the library's */
	size_t memory_limit;    /* 0: the library's */
	char now[32];           /* "": the time of the run */
};

enum options_result { OPTIONS_OK, OPTIONS_HELP, OPTIONS_WRONG };

/* argv: what follows the command's name, NULL-terminated.  Tells what is wrong. */
enum options_result options_read(struct options *o, const struct command *command, char **argv, struct report *report);
void options_release(struct options *o);

/* Whether any document is named, and told if not; operands before first are no paths. */
bool options_name_documents(const struct options *o, size_t first, struct report *report);

/* One line an option, for the help. */
void options_describe(struct buf *out, const enum option_id *ids);

#endif
