/*
 * cmd_reduce.c - quern reduce PLUGIN PARTIAL...: the partials of all shards
 * folded, rendered and written as one run.
 */
#include <stdio.h>
#include <string.h>

#include "cli/batch.h"
#include "cli/cli.h"
#include "run/merge.h"

struct reduction {
	struct merge *merge;
	struct options mapped;     /* those the shards were mapped with */
	const struct options *now; /* those of this command */
};

/* ------------------------------------------------------------- in a worker */

/* The plugins of the shards by name. */
static bool names_check(struct loader *l, const struct merge_run *run)
{
	struct report *r = &l->cli->report;

	for (size_t i = 0; i < l->plugins.n && i < run->n_plugins; i++) {
		const char *name = quern_plugin_name(l->plugins.items[i]);
		if (strcmp(name, run->names[i]) == 0)
			continue;
		report_error(r, NULL, NULL, "the partials were mapped by %s, not by %s", run->names[i], name);
		return false;
	}
	if (l->plugins.n != run->n_plugins)
		report_error(r, NULL, "name the same plugins in the same order",
			     "the partials were mapped by %zu plugins", run->n_plugins);
	return l->plugins.n == run->n_plugins;
}

/* Set up as for map, they are the very plugins of the shards. */
static bool digests_check(struct loader *l, const struct merge_run *run)
{
	for (size_t i = 0; i < l->plugins.n; i++) {
		const char *digest = quern_plugin_digest(l->plugins.items[i]);
		if (strcmp(digest ? digest : "", run->digests[i]) == 0)
			continue;
		report_error(&l->cli->report, quern_plugin_path(l->plugins.items[i]),
			     "the plugin, a module it requires, its -s, --now or quern itself was another",
			     "the partials were mapped by another %s", run->names[i]);
		return false;
	}
	return true;
}

/* Another format than map's is for render alone; a digest covers the format, too. */
static bool format_set(struct loader *l, quern *q, const struct reduction *r)
{
	const struct merge_run *run = merge_run_of(r->merge);
	struct options o = r->mapped;

	if (r->now->to.n == 0)
		return true;
	o.to = r->now->to;
	if (!plugins_configure(&l->plugins, l->cli, q, &o, l->now))
		return false;
	for (size_t i = 0; run->reads_format && i < l->plugins.n; i++) {
		const char *digest = quern_plugin_digest(l->plugins.items[i]);
		if (digest && strcmp(digest, run->digests[i]) == 0)
			continue;
		report_error(&l->cli->report, NULL, "give the same -t to quern map",
			     "what %s maps depends on the format, and the partials were mapped for another than %s",
			     run->names[i], quern_plugin_format(l->plugins.items[i]));
		return false;
	}
	return true;
}

static bool configure(struct loader *l, quern *q)
{
	const struct reduction *r = l->user;
	const struct merge_run *run = merge_run_of(r->merge);

	return names_check(l, run) && plugins_configure(&l->plugins, l->cli, q, &r->mapped, l->now) &&
	       digests_check(l, run) && format_set(l, q, r);
}

/* ----------------------------------------------------------- in the parent */

static enum status reduce_all(struct loader *l, struct pool *pool)
{
	const struct reduction *r = l->user;

	return batch_job(l, pool, merge_walk(r->merge));
}

static bool strings_take(struct strings *to, const char *const *items, size_t n)
{
	bool ok = true;

	*to = (struct strings){ 0 };
	for (size_t i = 0; ok && i < n; i++)
		ok = strings_add(to, items[i]);
	return ok;
}

/* The options of this command, and where map's decide, those. */
static bool mapped_take(struct reduction *r)
{
	const struct merge_run *run = merge_run_of(r->merge);
	bool ok;

	r->mapped = *r->now;
	r->mapped.set = (struct strings){ 0 };
	ok = strings_take(&r->mapped.to, run->to, run->n_to) &&
	     (r->now->set.n ? strings_take(&r->mapped.set, r->now->set.items, r->now->set.n)
			    : strings_take(&r->mapped.set, run->set, run->n_set));
	r->mapped.unsafe = r->now->unsafe || run->unsafe;
	if (!r->mapped.now[0])
		snprintf(r->mapped.now, sizeof r->mapped.now, "%s", run->now);
	return ok;
}

static enum status run_merged(struct cli *cli, struct reduction *r)
{
	struct loader loader = { .cli = cli, .options = &r->mapped, .configure = configure, .user = r };
	enum status status = STATUS_FAILED;

	if (mapped_take(r))
		status = batch_run(&loader, reduce_all);
	strings_release(&r->mapped.to);
	strings_release(&r->mapped.set);
	return status;
}

static enum status run(struct cli *cli, const struct options *o)
{
	struct reduction r = { .now = o };
	struct merge_error error;
	enum status status = STATUS_USAGE;

	if (o->operands.n < 2) {
		report_error(&cli->report, NULL, "write `quern reduce PLUGIN part-*.ndjson`", "no %s is named",
			     o->operands.n ? "partial" : "plugin");
		return STATUS_USAGE;
	}
	r.merge = merge_open(&alloc_libc, o->operands.items + 1, o->operands.n - 1, &error);
	if (r.merge)
		status = run_merged(cli, &r);
	else
		report_error(&cli->report, error.path, error.hint, "%s", error.message);
	merge_close(r.merge);
	return status;
}

static const enum option_id takes[] = { OPTION_TO,        OPTION_OUTPUT,      OPTION_SET,          OPTION_JOBS,
					OPTION_FAIL_FAST, OPTION_TIME_LIMIT,  OPTION_MEMORY_LIMIT, OPTION_NOW,
					OPTION_PROGRESS,  OPTION_DIAGNOSTICS, OPTION_PLUGIN_PATH,  OPTION_UNSAFE,
					OPTION_HELP,      OPTION_NONE };

const struct command command_reduce = {
	.name = "reduce",
	.synopsis = "reduce PLUGIN[,PLUGIN...] PARTIAL...",
	.summary = "make one result of the partials of quern map",
	.details = "PARTIALs are files that `quern map` has written, one of each shard, in any order.  Output,\n"
		   "diagnostics and exit code are those of `quern run` over the same documents.  Options and\n"
		   "instant are those of map; -t may name another format where map does not look at it.\n"
		   "Partials of different runs, a missing, a repeated or a cut one are refused.\n",
	.options = takes,
	.run = run,
};
