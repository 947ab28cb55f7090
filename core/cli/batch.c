/*
 * batch.c - see batch.h.
 */
#include "cli/batch.h"

#include <string.h>
#include <time.h>

#include "cli/cores.h"
#include "run/stop.h"

/*
 * The one clock, and it shows days: without --now the instant is the first
 * second of today (UTC), so that a run repeated on the same day gives the same bytes in every
 * format, a calendar's DTSTAMP included.
 */
static void now_take(struct loader *l)
{
	const int64_t day = 24 * 60 * 60, now = (int64_t)time(NULL);

	if (l->options->now[0])
		memcpy(l->now, l->options->now, INSTANT_SIZE);
	else if (!instant_format(now - now % day, l->now))
		strcpy(l->now, "1970-01-01T00:00:00Z");
}

bool batch_usage_check(struct cli *cli, const struct options *o)
{
	if (o->operands.n == 0)
		report_error(&cli->report, NULL, "name one before the documents; `quern list` shows the plugins",
			     "no plugin is named");
	return o->operands.n > 0 && options_name_documents(o, 1, &cli->report);
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

struct job_report batch_report(struct cli *cli)
{
	return (struct job_report){ cli, on_finding, on_progress };
}

/* ------------------------------------------------------------- in a worker */

static bool configure(struct loader *l, quern *q)
{
	return plugins_configure(&l->plugins, l->cli, q, l->options, l->now);
}

static int worker_load(void *user, bool quiet, struct session *session)
{
	struct loader *l = user;
	const struct options *o = l->options;

	l->cli->report.muted = quiet;
	if (!search_path_make(&l->path, l->cli, o)) {
		report_error(&l->cli->report, NULL, NULL, "out of memory");
		return STATUS_FAILED;
	}
	session->engine = engine_open(l->cli, o, &l->path);
	if (!session->engine || !plugins_load(&l->plugins, l->cli, session->engine, &l->path, o->operands.items[0]) ||
	    !(l->configure ? l->configure : configure)(l, session->engine))
		return STATUS_USAGE;
	session->plugins = l->plugins.items;
	session->n_plugins = l->plugins.n;
	session->watches_format = l->watches_format;
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

enum status batch_run(struct loader *l, enum status (*body)(struct loader *l, struct pool *pool))
{
	const struct options *o = l->options;
	const struct worker_setup setup = { l, worker_load, worker_memory };
	const struct pool_options options = { .heap = &alloc_libc,
					      .setup = &setup,
					      .jobs = o->jobs ? o->jobs : cores_allowed(),
					      .time_limit = o->time_limit > 0 ? o->time_limit : 10 };
	const char *message;
	struct pool *pool;
	int status;

	now_take(l);
	stop_install();
	pool = pool_open(&options, &status, &message);
	if (pool)
		status = (int)body(l, pool);
	else if (message)
		report_error(&l->cli->report, NULL, NULL, "%s", message);
	pool_close(pool);
	return stop_signal() ? (enum status)(STATUS_SIGNAL + stop_signal()) : (enum status)status;
}

const char **batch_names(struct cli *cli, const struct pool *pool)
{
	const size_t n = pool_plugin_count(pool);
	const char **names = mem_new_zero(&alloc_libc, (n + 1) * sizeof *names);

	for (size_t i = 0; names && i < n; i++)
		names[i] = pool_plugin_at(pool, i)->name;
	if (!names)
		report_error(&cli->report, NULL, NULL, "out of memory");
	return names;
}

void batch_names_free(const struct pool *pool, const char **names)
{
	if (names)
		mem_free(&alloc_libc, names, (pool_plugin_count(pool) + 1) * sizeof *names);
}

/* ----------------------------------------------------------------- the job */

static enum status status_of(const struct job_result *result)
{
	if (result->needs_folder)
		return STATUS_USAGE;
	if (result->output_failed)
		return STATUS_OUTPUT;
	return result->errors ? STATUS_FAILED : STATUS_OK;
}

static struct job_plugin *plugins_describe(const struct pool *pool)
{
	const size_t n = pool_plugin_count(pool);
	struct job_plugin *plugins = mem_new_zero(&alloc_libc, n * sizeof *plugins);

	for (size_t i = 0; plugins && i < n; i++) {
		const struct pool_plugin *p = pool_plugin_at(pool, i);
		plugins[i] = (struct job_plugin){ .name = p->name,
						  .extension = format_extension(p->format),
						  .reduces = p->reduces };
	}
	return plugins;
}

static enum status job_start(struct cli *cli, const struct options *o, struct pool *pool, struct sink *sink,
			     struct walk walk)
{
	const size_t n = pool_plugin_count(pool);
	const char **names = batch_names(cli, pool);
	struct job_plugin *plugins = plugins_describe(pool);
	struct job_result result = { .errors = true };

	if (names && plugins) {
		const struct job job = { .heap = &alloc_libc,
					 .runner = pool_runner(pool),
					 .walk = walk,
					 .sink = sink,
					 .plugins = plugins,
					 .n_plugins = n,
					 .fail_fast = o->fail_fast,
					 .report = batch_report(cli) };
		cli->report.plugins = names;
		job_run(&job, &result);
		report_totals(&cli->report, result.documents, result.failed);
		cli->report.plugins = NULL;
	}
	mem_free(&alloc_libc, plugins, n * sizeof *plugins);
	batch_names_free(pool, names);
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

enum status batch_job(struct loader *l, struct pool *pool, struct walk walk)
{
	struct sink *sink = NULL;
	enum status status = output_open(l->cli, l->options, pool_plugin_count(pool), &sink);

	if (status == STATUS_OK)
		status = job_start(l->cli, l->options, pool, sink, walk);
	sink_close(sink);
	return status;
}
