/*
 * cmd_cache.c - quern cache info|clear|prune
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/caching.h"
#include "cli/setup.h"

enum { PRUNE_DAYS = 30 };

static enum status info_print(struct cli *cli, const char *folder)
{
	struct sink *out = stdout_open(cli);
	struct cache_info info;
	struct buf text;
	bool there;

	if (!out)
		return STATUS_OUTPUT;
	there = cache_inspect(folder, &info);
	buf_init(&text, &alloc_libc, 0);
	buf_addf(&text, "%s\n", info.path);
	if (there)
		buf_addf(&text, "%llu bytes, %llu documents of %llu different runs\n", (unsigned long long)info.bytes,
			 (unsigned long long)info.documents, (unsigned long long)info.runs);
	else
		buf_addz(&text, "there is none yet\n");
	sink_write(out, buf_str(&text).p, text.n);
	buf_release(&text);
	return stdout_close(cli, out, STATUS_OK);
}

static enum status act(struct cli *cli, const struct options *o, const char *folder)
{
	const char *what = o->operands.n ? o->operands.items[0] : "info";

	if (strcmp(what, "info") == 0)
		return info_print(cli, folder);
	if (strcmp(what, "clear") == 0) {
		if (cache_clear(folder))
			return STATUS_OK;
		report_error(&cli->report, folder, NULL, "the cache cannot be removed");
		return STATUS_OUTPUT;
	}
	if (strcmp(what, "prune") == 0) {
		struct cache_info info;
		const int64_t day = 24 * 60 * 60;
		if (!cache_inspect(folder, &info) || cache_prune(folder, (int64_t)time(NULL) - PRUNE_DAYS * day))
			return STATUS_OK;
		report_error(&cli->report, folder, NULL, "the cache cannot be written");
		return STATUS_OUTPUT;
	}
	report_error(&cli->report, NULL, "info, clear or prune", "quern cache does not know '%.100s'", what);
	return STATUS_USAGE;
}

static enum status run(struct cli *cli, const struct options *o)
{
	enum status status = STATUS_USAGE;
	struct buf folder;

	buf_init(&folder, &alloc_libc, 0);
	if (o->operands.n > 1)
		report_error(&cli->report, NULL, "info, clear or prune", "quern cache takes one word");
	else if (!cache_folder(o, &folder))
		report_error(&cli->report, NULL, "name one with --cache DIR, or set XDG_CACHE_HOME or HOME",
			     "there is no folder for a cache");
	else
		status = act(cli, o, folder.p);
	buf_release(&folder);
	return status;
}

static const enum option_id takes[] = { OPTION_CACHE, OPTION_HELP, OPTION_NONE };

const struct command command_cache = {
	.name = "cache",
	.synopsis = "cache [info|clear|prune]",
	.summary = "look at what earlier runs have kept, or drop it",
	.details = "`quern run` keeps what each document came to and does not open an unchanged document\n"
		   "again, in $XDG_CACHE_HOME/quern or ~/.cache/quern unless --cache names another folder.\n"
		   "info says how much there is; clear drops it all; prune drops what no run has used for\n"
		   "thirty days.  The file is bounded (1 GiB): the runs used longest ago make room.\n",
	.options = takes,
	.run = run,
};
