/*
 * job.c - see job.h: the ordered consumer of outcomes, and what comes after
 * the last document.
 *
 * Results wait for render in files (results.h).  A plugin that neither reduces
 * nor renders needs no worker for that: its values are lines of JSON already.
 * Where it is the only one they go out as they come, else from the files.
 */
#include "run/job.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/json.h"
#include "run/results.h"
#include "run/stop.h"

struct state;

/* The text of one plugin on its way to the sink; begun by its first byte. */
struct text {
	struct state *state;
	size_t plugin;
	bool begun, ended;
	bool broken; /* told already, or to be told by sink_end */
};

/* What has come in for one plugin. */
struct collected {
	struct results results;
	struct text text;
	uint64_t told; /* bytes of results that the runner was told to fold */
	bool wrote_files;
};

struct state {
	const struct job *job;
	struct job_result *result;
	struct collected *collected; /* one a plugin */
	struct outcome scratch;      /* findings of fold and render */
	struct buf line;             /* the beginning of the one at hand */
	bool failed_now;             /* at the document at hand */
	bool streams;                /* the only plugin's results are lines */
};

/* ------------------------------------------------------------------- telling */

static void tell(struct state *s, const struct finding *f)
{
	if (f->severity == SEVERITY_ERROR && !f->is_log) {
		s->result->errors = true;
		s->failed_now = true;
	}
	s->job->report.finding(s->job->report.user, f);
}

static void tell_nomem(struct state *s, const char *path)
{
	tell(s, &(struct finding){ .severity = SEVERITY_ERROR,
				   .plugin = NO_PLUGIN,
				   .path = path ? path : "-",
				   .code = "nomem",
				   .message = "out of memory" });
}

/* The document's own findings first, then those of the plugins, each in the order they came. */
static void tell_outcome(struct state *s, const struct outcome *o)
{
	for (int plugins = 0; plugins < 2; plugins++)
		for (size_t i = 0; i < o->n_findings; i++)
			if ((o->findings[i].plugin != NO_PLUGIN) == plugins)
				tell(s, &o->findings[i]);
	if (o->lost)
		tell_nomem(s, o->path);
}

static void tell_sink(struct state *s, enum sink_status status, const struct sink_error *e, size_t plugin,
		      const char *document)
{
	if (status == SINK_FAILED)
		s->result->output_failed = true;
	tell(s, &(struct finding){ .severity = SEVERITY_ERROR,
				   .plugin = plugin,
				   .path = e->path,
				   .document = document,
				   .code = "output",
				   .message = e->message,
				   .hint = e->hint });
}

static void tell_results(struct state *s, size_t plugin, const char *path)
{
	tell(s, &(struct finding){ .severity = SEVERITY_ERROR,
				   .plugin = plugin,
				   .path = path,
				   .code = "output",
				   .message = results_error(&s->collected[plugin].results) });
}

/* --------------------------------------------------------------------- files */

static void tell_needs_folder(struct state *s, const struct outcome_file *f, const char *document)
{
	const char *name = s->job->plugins[f->plugin].name;
	char message[400];

	snprintf(message, sizeof message, "the plugin %.100s writes files ('%.200s') and has no folder for them", name,
		 f->path);
	s->result->needs_folder = true;
	tell(s, &(struct finding){ .severity = SEVERITY_ERROR,
				   .plugin = f->plugin,
				   .path = document ? document : name,
				   .code = "output",
				   .message = message,
				   .hint = "name one with -o DIR/" });
}

/* False: the run cannot go on.  A plugin whose file was refused has no value for the document either. */
static bool files_write(struct state *s, const struct outcome *o, const char *owner)
{
	for (size_t i = 0; i < o->n_files; i++) {
		const struct outcome_file *f = &o->files[i];
		struct sink_error error;
		enum sink_status status;

		if (!sink_is_folder(s->job->sink)) {
			tell_needs_folder(s, f, o->path);
			return false;
		}
		s->collected[f->plugin].wrote_files = true;
		status = sink_put(s->job->sink, f->path, f->bytes, owner, &error);
		if (status == SINK_OK)
			continue;
		tell_sink(s, status, &error, f->plugin, o->path);
		if (f->plugin < o->n_values)
			o->values[f->plugin].failed = true;
		/* A disk that is full stays full: one error says it, not one a document. */
		if (status == SINK_FAILED) {
			s->result->stopped = true;
			return false;
		}
	}
	return true;
}

/* ---------------------------------------------------------------------- text */

static bool text_begin(struct text *t)
{
	const struct job_plugin *p = &t->state->job->plugins[t->plugin];
	struct sink_error error;
	enum sink_status status = SINK_FAILED;
	char owner[200];
	struct buf name;

	buf_init(&name, t->state->job->heap, 0);
	buf_addf(&name, "%s.%s", p->name, p->extension);
	snprintf(owner, sizeof owner, "the text of plugin %.150s", p->name);
	if (buf_ok(&name)) {
		status = sink_begin(t->state->job->sink, name.p, owner, &error);
		if (status != SINK_OK)
			tell_sink(t->state, status, &error, t->plugin, NULL);
	} else {
		tell_nomem(t->state, p->name);
	}
	buf_release(&name);
	t->begun = status == SINK_OK;
	t->broken = !t->begun;
	return t->begun;
}

static quern_code text_write(void *user, const char *bytes, size_t len)
{
	struct text *t = user;

	if (len == 0)
		return QUERN_OK;
	if (!t->begun && (t->broken || !text_begin(t)))
		return QUERN_IO;
	if (!sink_write(t->state->job->sink, bytes, len))
		t->broken = true;
	return t->broken ? QUERN_IO : QUERN_OK;
}

/* An empty text is a file too, unless the plugin's files are its result. */
static void text_end(struct text *t, bool ok)
{
	struct state *s = t->state;
	const bool wanted = !s->collected[t->plugin].wrote_files && !sink_is_stdout(s->job->sink);
	struct sink_error error;
	enum sink_status status;

	if (t->ended || (!t->begun && !(ok && wanted && text_begin(t))))
		return;
	t->ended = true;
	status = sink_end(s->job->sink, ok || t->broken, &error);
	if (status != SINK_OK)
		tell_sink(s, status, &error, t->plugin, NULL);
}

static bool is_lines(const struct job_plugin *p)
{
	return !p->reduces && !p->renders;
}

/* A plugin without render prints a line of JSON a result. */
static bool line_write(struct state *s, struct text *t, const char *path, struct str json)
{
	if (str_eqz(json, "null"))
		return true;
	buf_clear(&s->line);
	buf_addz(&s->line, "{\"path\":");
	json_write_string(&s->line, str_of(path));
	buf_addz(&s->line, ",\"value\":");
	if (!buf_ok(&s->line)) {
		tell_nomem(s, path);
		return false;
	}
	return text_write(t, s->line.p, s->line.n) == QUERN_OK && text_write(t, json.p, json.n) == QUERN_OK &&
	       text_write(t, "}\n", 2) == QUERN_OK;
}

/* -------------------------------------------------------------------- values */

static void value_collect(struct state *s, size_t plugin, const char *path, struct str json)
{
	const struct runner *r = s->job->runner;
	struct collected *c = &s->collected[plugin];

	if (s->streams) {
		if (!line_write(s, &c->text, path, json))
			s->result->stopped = true;
	} else if (!results_add(&c->results, path, json)) {
		s->result->output_failed = s->result->stopped = true;
		tell_results(s, plugin, path);
	} else if (s->job->plugins[plugin].reduces && c->results.data_at != c->told) {
		r->fold(r->self, plugin, &c->results);
		c->told = c->results.data_at;
	}
}

static bool document_end(struct state *s, const char *path, const struct outcome *o)
{
	const struct job_report *report = &s->job->report;

	if (s->failed_now)
		s->result->failed++;
	s->result->cached += o && o->took == OUTCOME_KEPT;
	report->progress(report->user, &(struct job_progress){ s->result->documents, s->result->failed,
							       s->result->cached, path, s->failed_now, o });
	if (s->failed_now && s->job->fail_fast)
		s->result->stopped = true;
	return !s->result->stopped;
}

static bool consume_outcome(void *user, const struct outcome *o)
{
	struct state *s = user;
	const char *path = o->path ? o->path : "-";

	s->failed_now = false;
	s->result->documents++;
	tell_outcome(s, o);
	if (!files_write(s, o, path))
		return false;
	for (size_t i = 0; i < o->n_values; i++)
		if (!o->values[i].failed && o->values[i].json.p)
			value_collect(s, i, path, o->values[i].json);
	return document_end(s, path, o);
}

static bool consume_problem(void *user, const struct corpus_item *item)
{
	const struct finding f = runner_finding(item);
	struct state *s = user;

	s->failed_now = false;
	tell(s, &f);
	return document_end(s, item->path, NULL);
}

static void consume_failure(void *user, const char *message)
{
	struct state *s = user;

	s->result->stopped = true;
	tell(s, &(struct finding){ .severity = SEVERITY_ERROR,
				   .plugin = NO_PLUGIN,
				   .path = NULL,
				   .message = message,
				   .hint = "the run cannot go on" });
}

/* -------------------------------------------------------------------- render */

static double now_seconds(void)
{
	struct timespec t = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* The lines of one plugin of several. */
static bool lines_write(struct state *s, size_t plugin)
{
	struct collected *c = &s->collected[plugin];
	struct results_reader reader;
	const char *path;
	struct str json;
	bool ok = results_flush(&c->results);

	results_reader_init(&reader, s->job->heap, c->results.data_fd, c->results.index_fd, c->results.n);
	for (size_t i = 0; ok && i < reader.n; i++) {
		ok = results_read(&reader, i, &path, &json);
		if (ok && !line_write(s, &c->text, path, json))
			break;
	}
	results_reader_release(&reader);
	if (!ok)
		tell_results(s, plugin, s->job->plugins[plugin].name);
	return ok;
}

/* False: the run cannot go on. */
static bool render(struct state *s, size_t plugin, bool *ok)
{
	const struct runner *r = s->job->runner;
	struct collected *c = &s->collected[plugin];

	*ok = r->render(r->self, plugin, &c->results, text_write, &c->text, &s->scratch);
	if (!c->text.broken)
		tell_outcome(s, &s->scratch);
	return !*ok || files_write(s, &s->scratch, s->job->plugins[plugin].name);
}

/* False: the run cannot go on. */
static bool plugin_end(struct state *s, size_t plugin)
{
	const double began = now_seconds();
	bool going = true, ok = true;

	if (!is_lines(&s->job->plugins[plugin]))
		going = render(s, plugin, &ok);
	else if (!s->streams)
		ok = lines_write(s, plugin);
	if (s->job->report.rendered)
		s->job->report.rendered(s->job->report.user, plugin, now_seconds() - began);
	text_end(&s->collected[plugin].text, ok && going);
	return going;
}

/* After the last document, or where the run ends before it: lines already written are all that comes. */
static void plugins_end(struct state *s)
{
	const struct job_result *r = s->result;

	for (size_t i = 0; i < s->job->n_plugins; i++)
		if (stop_signal() || r->stopped || r->needs_folder || !plugin_end(s, i))
			break;
	for (size_t i = 0; i < s->job->n_plugins; i++)
		text_end(&s->collected[i].text, sink_is_stdout(s->job->sink));
}

/* ----------------------------------------------------------------------- run */

static bool state_init(struct state *s, const struct job *job, struct job_result *result)
{
	*result = (struct job_result){ 0 };
	*s = (struct state){ .job = job, .result = result };
	outcome_init(&s->scratch, job->heap);
	s->collected = mem_new_zero(job->heap, (job->n_plugins + 1) * sizeof *s->collected);
	buf_init(&s->line, job->heap, 0);
	s->streams = job->n_plugins == 1 && is_lines(&job->plugins[0]);
	for (size_t i = 0; s->collected && i < job->n_plugins; i++) {
		s->collected[i].text = (struct text){ .state = s, .plugin = i };
		results_init(&s->collected[i].results, job->heap);
	}
	return s->collected != NULL;
}

static void state_release(struct state *s)
{
	for (size_t i = 0; s->collected && i < s->job->n_plugins; i++)
		results_release(&s->collected[i].results);
	mem_free(s->job->heap, s->collected, (s->job->n_plugins + 1) * sizeof *s->collected);
	buf_release(&s->line);
	outcome_release(&s->scratch);
}

void job_run(const struct job *job, struct job_result *result)
{
	struct state s;

	if (!state_init(&s, job, result)) {
		tell_nomem(&s, NULL);
	} else {
		const struct runner_consumer consumer = { &s, consume_outcome, consume_problem, consume_failure };
		job->runner->map_all(job->runner->self, &job->walk, &consumer);
		plugins_end(&s);
	}
	state_release(&s);
}

const char *format_extension(const char *format)
{
	static const char *const table[][2] = { { "markdown", "md" }, { "text", "txt" } };

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (strcmp(table[i][0], format) == 0)
			return table[i][1];
	return format;
}
