/*
 * cmd_run.c - quern run PLUGIN[,PLUGIN...] PATH...
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/caching.h"
#include "cli/cores.h"
#include "cli/instant.h"
#include "cli/plugins.h"
#include "cli/setup.h"
#include "run/job.h"
#include "run/pool.h"
#include "run/stop.h"

/*
 * The one clock, and it shows days: without --now the instant is the first
 * second of today (UTC), so that a run repeated on the same day gives the same bytes in every
 * format, a calendar's DTSTAMP included.
 */
static const char *now_of(const struct options *o, char out[INSTANT_SIZE])
{
	const int64_t day = 24 * 60 * 60, now = (int64_t)time(NULL);

	if (o->now[0])
		memcpy(out, o->now, INSTANT_SIZE);
	else if (!instant_format(now - now % day, out))
		return "1970-01-01T00:00:00Z";
	return out;
}

static bool usage_check(struct cli *cli, const struct options *o)
{
	if (o->operands.n == 0)
		report_error(&cli->report, NULL, "write `quern run PLUGIN PATH...`; `quern list` shows the plugins",
			     "no plugin is named");
	else if (o->operands.n == 1)
		report_error(&cli->report, NULL, "name files, a folder, or - for standard input",
			     "no document is named");
	return o->operands.n > 1;
}

static void on_finding(void *user, const struct finding *f)
{
	struct cli *cli = user;

	report_finding(&cli->report, f);
}

static void on_progress(void *user, uint64_t documents, uint64_t failed, const char *path)
{
	struct cli *cli = user;

	report_progress(&cli->report, documents, failed, path);
}

static enum status status_of(const struct job_result *result)
{
	if (result->needs_folder)
		return STATUS_USAGE;
	if (result->output_failed)
		return STATUS_OUTPUT;
	return result->errors ? STATUS_FAILED : STATUS_OK;
}

/* ------------------------------------------------------------- in a worker */

/* What a worker loads, and keeps as long as it lives. */
struct loader {
	struct cli *cli;
	const struct options *options;
	struct search_path path;
	struct plugins plugins;
};

static int worker_load(void *user, bool quiet, struct session *session)
{
	struct loader *l = user;
	const struct options *o = l->options;
	char now[INSTANT_SIZE];

	l->cli->report.muted = quiet;
	if (!search_path_make(&l->path, l->cli, o)) {
		report_error(&l->cli->report, NULL, NULL, "out of memory");
		return STATUS_FAILED;
	}
	session->engine = engine_open(l->cli, o, &l->path);
	if (!session->engine || !plugins_load(&l->plugins, l->cli, session->engine, &l->path, o->operands.items[0]) ||
	    !plugins_configure(&l->plugins, l->cli, session->engine, o, now_of(o, now)))
		return STATUS_USAGE;
	session->plugins = l->plugins.items;
	session->n_plugins = l->plugins.n;
	session->doc_options = o->from;
	session->doc_options.encoding = o->encoding;
	return 0;
}

/* The plugins' heaps, and for documents what the largest that may be loaded can need. */
static size_t worker_memory(void *user, const struct session *session)
{
	const struct loader *l = user;
	const size_t heap = l->options->memory_limit ? l->options->memory_limit : (size_t)256 << 20;
	const size_t documents = (size_t)4 << 30, most = SIZE_MAX / 4;

	return heap > most / (session->n_plugins + 1) ? 0 : heap * session->n_plugins + documents;
}

/* ----------------------------------------------------------- in the parent */

/* The plugins as the job and the reports want them: names[n], then NULL. */
static bool plugins_describe(const struct pool *pool, struct job_plugin **plugins, const char ***names)
{
	const size_t n = pool_plugin_count(pool);

	*plugins = mem_new_zero(&alloc_libc, n * sizeof **plugins);
	*names = mem_new_zero(&alloc_libc, n * sizeof **names);
	for (size_t i = 0; *plugins && *names && i < n; i++) {
		const struct pool_plugin *p = pool_plugin_at(pool, i);
		(*names)[i] = p->name;
		(*plugins)[i] = (struct job_plugin){ .name = p->name,
						     .extension = format_extension(p->format),
						     .reduces = p->reduces };
	}
	return *plugins && *names;
}

static enum status job_start(struct cli *cli, const struct options *o, struct pool *pool, struct sink *sink)
{
	const size_t n = pool_plugin_count(pool);
	struct corpus *corpus = corpus_of(cli, o, 1);
	struct job_result result = { .errors = true };
	struct job_plugin *plugins = NULL;
	const char **names = NULL;

	if (corpus && plugins_describe(pool, &plugins, &names)) {
		const struct job job = { .heap = &alloc_libc,
					 .runner = pool_runner(pool),
					 .corpus = corpus,
					 .sink = sink,
					 .plugins = plugins,
					 .n_plugins = n,
					 .fail_fast = o->fail_fast,
					 .report = { cli, on_finding, on_progress } };
		cli->report.plugins = names;
		job_run(&job, &result);
		report_totals(&cli->report, result.documents, result.failed);
		cli->report.plugins = NULL;
	} else if (corpus) {
		report_error(&cli->report, NULL, NULL, "out of memory");
	}
	mem_free(&alloc_libc, plugins, n * sizeof *plugins);
	mem_free(&alloc_libc, names, n * sizeof *names);
	corpus_close(corpus);
	return status_of(&result);
}

/* Everything about the output that can be known before the first document is read. */
static enum status output_open(struct cli *cli, const struct options *o, size_t n_plugins, struct sink **sink)
{
	struct sink_error error;

	if (n_plugins > 1 && !o->output) {
		report_error(&cli->report, NULL, "name one with -o DIR/", "several plugins need a folder to write to");
		return STATUS_USAGE;
	}
	if (sink_open(sink, &alloc_libc, o->output, &error) != SINK_OK) {
		report_sink_error(&cli->report, &error);
		return STATUS_OUTPUT;
	}
	if (n_plugins > 1 && !sink_is_folder(*sink)) {
		report_error(&cli->report, o->output, "a name that ends in '/' is a folder",
			     "several plugins need a folder to write to");
		return STATUS_USAGE;
	}
	return STATUS_OK;
}

static enum status run_pool(struct cli *cli, const struct options *o, struct pool *pool)
{
	struct sink *sink = NULL;
	enum status status = output_open(cli, o, pool_plugin_count(pool), &sink);
	struct cache *cache;
	struct buf key;

	buf_init(&key, &alloc_libc, 0);
	if (status == STATUS_OK) {
		cache = cache_of(cli, o, pool, &key);
		pool_use_cache(pool, cache);
		status = job_start(cli, o, pool, sink);
		pool_use_cache(pool, NULL);
		cache_close(cache);
	}
	buf_release(&key);
	sink_close(sink);
	return status;
}

static enum status run(struct cli *cli, const struct options *o)
{
	struct loader loader = { .cli = cli, .options = o };
	const struct worker_setup setup = { &loader, worker_load, worker_memory };
	const struct pool_options options = { .heap = &alloc_libc,
					      .setup = &setup,
					      .jobs = o->jobs ? o->jobs : cores_allowed(),
					      .time_limit = o->time_limit > 0 ? o->time_limit : 10 };
	const char *message;
	struct pool *pool;
	int status;

	if (!usage_check(cli, o))
		return STATUS_USAGE;
	stop_install();
	pool = pool_open(&options, &status, &message);
	if (pool)
		status = (int)run_pool(cli, o, pool);
	else if (message)
		report_error(&cli->report, NULL, NULL, "%s", message);
	pool_close(pool);
	return stop_signal() ? (enum status)(STATUS_SIGNAL + stop_signal()) : (enum status)status;
}

static const enum option_id takes[] = { OPTION_TO,          OPTION_OUTPUT,       OPTION_SET,      OPTION_FROM,
					OPTION_ENCODING,    OPTION_INCLUDE,      OPTION_EXCLUDE,  OPTION_JOBS,
					OPTION_CACHE,       OPTION_NO_CACHE,     OPTION_PARANOID, OPTION_FAIL_FAST,
					OPTION_TIME_LIMIT,  OPTION_MEMORY_LIMIT, OPTION_NOW,      OPTION_PROGRESS,
					OPTION_DIAGNOSTICS, OPTION_PLUGIN_PATH,  OPTION_UNSAFE,   OPTION_HELP,
					OPTION_NONE };

const struct command command_run = {
	.name = "run",
	.synopsis = "run PLUGIN[,PLUGIN...] PATH...",
	.summary = "run plugins over documents",
	.details = "PLUGIN is a name (see `quern list`) or a path that ends in .lua.  PATH is a file,\n"
		   "a folder (every .md .markdown .html .htm .txt below it), or - for standard input.\n"
		   "Documents are taken in the order of the arguments, within a folder by path; each once.\n"
		   "\n"
		   "With -o DIR/ the text goes to DIR/PLUGIN.EXTENSION; several plugins, or one that\n"
		   "writes files, need a folder.  With several plugins -t PLUGIN=FORMAT and\n"
		   "-s PLUGIN.KEY=VALUE speak to one of them.\n",
	.options = takes,
	.run = run,
};
