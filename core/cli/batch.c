/*
 * batch.c - see batch.h.
 */
#include "cli/batch.h"

#include <string.h>
#include <time.h>

#include "cli/cores.h"
#include "cli/stats.h"
#include "run/members.h"
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

static void on_progress(void *user, const struct job_progress *p)
{
	struct cli *cli = user;

	report_progress(&cli->report, &(struct report_counts){ p->documents, p->failed, p->cached, 0 }, p->path);
}

struct job_report batch_report(struct cli *cli)
{
	return (struct job_report){ cli, on_finding, on_progress, NULL };
}

/* ------------------------------------------------------------- in a worker */

static bool configure(struct loader *l, quern *q)
{
	return plugins_configure(&l->plugins, l->cli, q, l->options, l->now);
}

static int worker_load(void *user, const struct worker_start *start, struct session *session)
{
	struct loader *l = user;
	const struct options *o = l->options;

	l->cli->report.muted = start->quiet;
	confinement_tell(l->cli, start->missing);
	session->engine = engine_open(l->cli, o,
				      &(struct engine_use){ .path = &l->path,
							    .files = &l->files,
							    .unknown_encoding = start->unknown_encoding,
							    .unknown_encoding_user = start->unknown_encoding_user });
	if (!session->engine || !plugins_load(&l->plugins, l->cli, session->engine, &l->files, o->operands.items[0]) ||
	    !(l->configure ? l->configure : configure)(l, session->engine))
		return STATUS_USAGE;
	session->plugins = l->plugins.items;
	session->n_plugins = l->plugins.n;
	session->watches_format = l->watches_format;
	session->doc_options = o->from;
	session->doc_options.encoding = o->encoding;
	return 0;
}

/* ----------------------------------------------------------- in the parent */

static size_t plugins_named(const char *list)
{
	size_t n = 1;

	for (; *list; list++)
		n += *list == ',';
	return n;
}

/* The plugins' heaps, and for documents what the largest that may be loaded can need. */
static size_t worker_memory(const struct options *o, size_t n_plugins)
{
	const size_t heap = o->memory_limit ? o->memory_limit : (size_t)256 << 20;
	const size_t documents = (size_t)4 << 30, most = SIZE_MAX / 4;

	return heap > most / (n_plugins + 1) ? 0 : heap * n_plugins + documents;
}

/* JSON's reader takes the seed of its hash tables from a device, once in a process and for its children. */
static void json_begin(quern *q)
{
	quern_value *v = NULL;

	if (quern_value_from_json(q, "{\"a\":1}", 7, &v, NULL) == QUERN_OK)
		quern_value_free(v);
}

/* What can be read but once cannot wait for a worker that has its encoding. */
static bool reads_stdin(const struct options *o)
{
	for (size_t i = 1; i < o->operands.n; i++)
		if (strcmp(o->operands.items[i], "-") == 0)
			return true;
	return false;
}

/* All that a worker will need of the system, before there is one. */
static bool files_gather(struct loader *l)
{
	const struct options *o = l->options;
	bool ok = search_path_make(&l->path, l->cli, o);
	quern *q = NULL;

	if (!ok)
		report_error(&l->cli->report, NULL, NULL, "out of memory");
	if (o->encoding || reads_stdin(o))
		encodings_hold(&l->encodings, o->encoding ? o->encoding : "UTF-8");
	q = ok ? engine_open(l->cli, o, &(struct engine_use){ .path = &l->path }) : NULL;
	if (q)
		json_begin(q);
	ok = q && plugins_gather(&l->files, l->cli, q, &l->path, o->operands.items[0], &o->set);
	engine_close(l->cli, q);
	return ok;
}

static enum status workers_run(struct loader *l, enum status (*body)(struct loader *l, struct pool *pool))
{
	const struct options *o = l->options;
	const size_t n = plugins_named(o->operands.items[0]);
	const double time_limit = o->time_limit > 0 ? o->time_limit : 10;
	const struct worker_setup setup = { .user = l,
					    .open = worker_load,
					    .memory = worker_memory(o, n),
					    .processor = pool_processor_limit(time_limit, n),
					    .encodings = &l->encodings };
	const struct pool_options options = { .heap = &alloc_libc,
					      .setup = &setup,
					      .jobs = o->jobs ? o->jobs : cores_allowed(),
					      .time_limit = time_limit };
	const char *message;
	struct pool *pool;
	int status;

	pool = pool_open(&options, &status, &message);
	if (pool)
		status = (int)body(l, pool);
	else if (message)
		report_error(&l->cli->report, NULL, NULL, "%s", message);
	pool_close(pool);
	return (enum status)status;
}

enum status batch_run(struct loader *l, enum status (*body)(struct loader *l, struct pool *pool))
{
	enum status status = STATUS_USAGE;

	now_take(l);
	stop_install();
	bundle_init(&l->files, &alloc_libc);
	encodings_init(&l->encodings);
	if (files_gather(l))
		status = workers_run(l, body);
	encodings_release(&l->encodings);
	bundle_release(&l->files);
	search_path_release(&l->path);
	return stop_signal() ? (enum status)(STATUS_SIGNAL + stop_signal()) : status;
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

/* ---------------------------------------------------------- what a person sees */

/* One run as it goes on: the figures, and how many documents there will be. */
struct followed {
	struct cli *cli;
	struct stats stats;
	struct corpus *ahead; /* a second walk, for counting alone; NULL: none, or over */
	uint64_t counted, total;
};

bool batch_walks_files(const struct options *o)
{
	bool does = o->files_from.n == 0 && !o->input_ndjson;

	for (size_t i = 1; i < o->operands.n; i++)
		does = does && strcmp(o->operands.items[i], "-") != 0 && !members_is_archive(o->operands.items[i]);
	return does;
}

/* Goes on counting for a moment. */
static void count_ahead(struct followed *f)
{
	const int64_t until = stats_elapsed(&f->stats) + 20;
	struct corpus_item item;

	for (unsigned n = 1; f->ahead; n++) {
		if (!corpus_next(f->ahead, &item)) {
			corpus_close(f->ahead);
			f->ahead = NULL;
			f->total = f->counted;
		} else if (item.kind != CORPUS_PROBLEM) {
			f->counted++;
		}
		if (n % 64 == 0 && stats_elapsed(&f->stats) >= until)
			break;
	}
}

static void followed_finding(void *user, const struct finding *f)
{
	struct followed *followed = user;

	report_finding(&followed->cli->report, f);
}

static void followed_progress(void *user, const struct job_progress *p)
{
	struct followed *f = user;

	stats_document(&f->stats, p);
	if (!report_progress_is_due(&f->cli->report))
		return;
	count_ahead(f);
	report_progress(&f->cli->report, &(struct report_counts){ p->documents, p->failed, p->cached, f->total },
			p->path);
}

static void followed_rendered(void *user, size_t plugin, double seconds)
{
	struct followed *f = user;

	stats_rendered(&f->stats, plugin, seconds);
}

/* False when the file of --stats cannot be written. */
static bool stats_tell(struct followed *f, const struct options *o, const char *const *names,
		       const struct job_result *result)
{
	struct sink_error error;
	struct sink *sink = NULL;
	enum sink_status status = SINK_OK;
	struct buf out;

	if (!o->stats)
		return true;
	buf_init(&out, &alloc_libc, 0);
	stats_write(&f->stats, names, result, &out);
	if (!o->stats_file) {
		report_line(&f->cli->report, buf_str(&out));
	} else {
		status = sink_open(&sink, &alloc_libc, o->stats_file, &error);
		if (status == SINK_OK)
			status = sink_begin(sink, "stats.json", "the figures", &error);
		if (status == SINK_OK) {
			sink_write(sink, out.p, out.n);
			status = sink_end(sink, true, &error);
		}
		if (status != SINK_OK)
			report_sink_error(&f->cli->report, &error);
		sink_close(sink);
	}
	buf_release(&out);
	return status == SINK_OK;
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
						  .reduces = p->reduces,
						  .renders = p->renders };
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
	const bool counts = cli->report.progress && batch_walks_files(o);
	struct followed f = { .cli = cli, .ahead = counts ? corpus_of(cli, o, 1, true) : NULL };

	if (stats_init(&f.stats, o->stats, n) && names && plugins) {
		const struct job job = { .heap = &alloc_libc,
					 .runner = pool_runner(pool),
					 .walk = walk,
					 .sink = sink,
					 .plugins = plugins,
					 .n_plugins = n,
					 .fail_fast = o->fail_fast,
					 .report = { &f, followed_finding, followed_progress, followed_rendered } };
		cli->report.plugins = names;
		job_run(&job, &result);
		report_totals(&cli->report,
			      &(struct report_counts){ result.documents, result.failed, result.cached, 0 });
		if (!stats_tell(&f, o, names, &result))
			result.output_failed = true;
		cli->report.plugins = NULL;
	}
	corpus_close(f.ahead);
	stats_release(&f.stats);
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
