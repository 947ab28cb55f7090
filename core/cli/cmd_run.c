/*
 * cmd_run.c - quern run PLUGIN[,PLUGIN...] PATH...
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/instant.h"
#include "cli/plugins.h"
#include "cli/setup.h"
#include "run/job.h"

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

static void job_plugins_fill(struct job_plugin *to, const struct plugins *p)
{
	for (size_t i = 0; i < p->n; i++)
		to[i] = (struct job_plugin){
			.name = p->names[i],
			.extension = format_extension(quern_plugin_format(p->items[i])),
			.reduces = quern_value_boolean(quern_value_get(quern_plugin_manifest(p->items[i]), "reduce")),
		};
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

static enum status job_start(struct cli *cli, quern *q, const struct options *o, const struct plugins *p,
			     struct sink *sink, struct job_plugin *job_plugins)
{
	struct runner_local local = { .heap = &alloc_libc,
				      .engine = q,
				      .doc_options = QUERN_DOC_OPTIONS_INIT,
				      .plugins = p->items,
				      .n_plugins = p->n };
	struct corpus *corpus = corpus_of(cli, o, 1);
	struct job_result result;

	if (!corpus)
		return STATUS_FAILED;
	if (!runner_local_init(&local)) {
		report_error(&cli->report, NULL, NULL, "out of memory");
		corpus_close(corpus);
		return STATUS_FAILED;
	}
	local.doc_options.format = o->from;
	local.doc_options.encoding = o->encoding;
	const struct job job = { .heap = &alloc_libc,
				 .runner = &local.runner,
				 .corpus = corpus,
				 .sink = sink,
				 .plugins = job_plugins,
				 .n_plugins = p->n,
				 .fail_fast = o->fail_fast,
				 .report = { cli, on_finding, on_progress } };
	job_run(&job, &result);
	report_totals(&cli->report, result.documents, result.failed);
	runner_local_release(&local);
	corpus_close(corpus);
	return status_of(&result);
}

/* Everything about the output that can be known before the first document is read. */
static enum status output_open(struct cli *cli, const struct options *o, const struct plugins *p, struct sink **sink)
{
	struct sink_error error;

	if (p->n > 1 && !o->output) {
		report_error(&cli->report, NULL, "name one with -o DIR/", "several plugins need a folder to write to");
		return STATUS_USAGE;
	}
	if (sink_open(sink, &alloc_libc, o->output, &error) != SINK_OK) {
		report_sink_error(&cli->report, &error);
		return STATUS_OUTPUT;
	}
	if (p->n > 1 && !sink_is_folder(*sink)) {
		report_error(&cli->report, o->output, "a name that ends in '/' is a folder",
			     "several plugins need a folder to write to");
		return STATUS_USAGE;
	}
	return STATUS_OK;
}

static enum status run_plugins(struct cli *cli, const struct options *o, quern *q, const struct plugins *p)
{
	struct job_plugin *job_plugins = mem_new_zero(&alloc_libc, p->n * sizeof *job_plugins);
	struct sink *sink = NULL;
	enum status status = STATUS_FAILED;

	if (!job_plugins) {
		report_error(&cli->report, NULL, NULL, "out of memory");
		return status;
	}
	status = output_open(cli, o, p, &sink);
	if (status == STATUS_OK) {
		job_plugins_fill(job_plugins, p);
		status = job_start(cli, q, o, p, sink, job_plugins);
	}
	sink_close(sink);
	mem_free(&alloc_libc, job_plugins, p->n * sizeof *job_plugins);
	return status;
}

static enum status run(struct cli *cli, const struct options *o)
{
	char now[INSTANT_SIZE];
	struct search_path path;
	struct plugins plugins = { 0 };
	enum status status = STATUS_USAGE;
	quern *q = NULL;

	if (!usage_check(cli, o))
		return STATUS_USAGE;
	if (!search_path_make(&path, cli, o))
		report_error(&cli->report, NULL, NULL, "out of memory");
	else
		q = engine_open(cli, o, &path);
	if (q && plugins_load(&plugins, cli, q, &path, o->operands.items[0]) &&
	    plugins_configure(&plugins, cli, q, o, now_of(o, now)))
		status = run_plugins(cli, o, q, &plugins);
	cli->report.plugins = NULL;
	plugins_release(&plugins);
	quern_free(q);
	search_path_release(&path);
	return status;
}

static const enum option_id takes[] = { OPTION_TO,       OPTION_OUTPUT,    OPTION_SET,         OPTION_FROM,
					OPTION_ENCODING, OPTION_INCLUDE,   OPTION_EXCLUDE,     OPTION_JOBS,
					OPTION_NO_CACHE, OPTION_FAIL_FAST, OPTION_TIME_LIMIT,  OPTION_MEMORY_LIMIT,
					OPTION_NOW,      OPTION_PROGRESS,  OPTION_DIAGNOSTICS, OPTION_PLUGIN_PATH,
					OPTION_UNSAFE,   OPTION_HELP,      OPTION_NONE };

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
