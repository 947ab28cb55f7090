/*
 * runner_local.c - the runner of this process: load, map, fold and render
 * over include/quern.h, one document after another.
 *
 * Values become lines of JSON here although nothing crosses a process, so
 * that results cannot depend on where they were made.
 */
#include "run/runner.h"

#include <stdio.h>

#include "run/fold.h"
#include "run/load.h"

/* What a plugin's call writes and logs, on its way into an outcome. */
struct capture {
	struct outcome *to;
	size_t plugin;
	const char *phase;
};

static quern_code capture_file(void *user, const char *path, const char *bytes, size_t len)
{
	const struct capture *c = user;

	return outcome_file(c->to, c->plugin, path, (struct str){ bytes, len }) ? QUERN_OK : QUERN_NOMEM;
}

static void capture_log(void *user, quern_severity severity, const char *message, size_t len)
{
	const struct capture *c = user;

	outcome_log(c->to, c->plugin, c->phase, (enum severity)severity, (struct str){ message, len });
}

static quern_output capture_output(struct capture *c)
{
	quern_output o = QUERN_OUTPUT_INIT;

	o.user = c;
	o.file = capture_file;
	o.log = capture_log;
	return o;
}

static quern_code json_piece(void *user, const char *bytes, size_t len)
{
	struct buf *out = user;

	buf_add(out, bytes, len);
	return buf_ok(out) ? QUERN_OK : QUERN_NOMEM;
}

/* --------------------------------------------------------------------- map */

static void value_keep(struct outcome *o, size_t plugin, const quern_value *value)
{
	struct buf json;

	buf_init(&json, o->arena.heap, 0);
	if (quern_value_to_json(value, json_piece, &json) == QUERN_OK)
		o->values[plugin].json = arena_str(&o->arena, buf_str(&json));
	if (!o->values[plugin].json.p)
		o->lost = o->failed = o->values[plugin].failed = true;
	buf_release(&json);
}

static void plugin_map_one(struct runner_local *l, size_t plugin, const quern_doc *doc, struct outcome *o)
{
	struct capture capture = { o, plugin, "map" };
	const quern_output output = capture_output(&capture);
	const size_t files_before = o->n_files;
	quern_value *value = NULL;
	quern_error error;

	if (quern_plugin_map(l->plugins[plugin], doc, &output, &value, &error) != QUERN_OK) {
		outcome_drop_files(o, files_before);
		o->values[plugin].failed = true;
		outcome_error(o, plugin, "map", &error);
	} else if (value) {
		value_keep(o, plugin, value);
	}
	quern_value_free(value);
}

/* What loading found, once everything has been read. */
static void document_findings(const quern_doc *doc, struct outcome *o)
{
	quern_error error;
	const quern_code code = quern_doc_complete(doc, &error);
	const size_t n = quern_doc_diagnostic_count(doc);
	bool told = false;

	for (size_t i = 0; i < n; i++) {
		const quern_diagnostic d = quern_doc_diagnostic(doc, i);
		told = told || d.severity == QUERN_ERROR;
		outcome_document_finding(o, &d);
	}
	if (code != QUERN_OK && !told)
		outcome_error(o, NO_PLUGIN, NULL, &error);
}

static void document_map(struct runner_local *l, const struct corpus_item *item, struct outcome *o)
{
	quern_error error;
	quern_doc *doc;

	if (!outcome_start(o, item->ordinal, item->path, l->n_plugins))
		return;
	if (document_load(l->engine, l->heap, item, &l->doc_options, &doc, &error) != QUERN_OK) {
		outcome_error(o, NO_PLUGIN, NULL, &error);
		return;
	}
	for (size_t i = 0; i < l->n_plugins; i++)
		plugin_map_one(l, i, doc, o);
	document_findings(doc, o);
	quern_doc_unref(doc);
}

static void map_all(void *self, struct corpus *corpus, const struct runner_consumer *consumer)
{
	struct runner_local *l = self;
	struct corpus_item item;
	struct outcome o;
	bool going = true;

	outcome_init(&o, l->heap);
	while (going && corpus_next(corpus, &item)) {
		if (item.kind == CORPUS_PROBLEM) {
			going = consumer->problem(consumer->user, &item);
			continue;
		}
		document_map(l, &item, &o);
		going = consumer->outcome(consumer->user, &o);
	}
	outcome_release(&o);
}

/* ---------------------------------------------------------- fold and render */

/* The place is the plugin's even where the error came before any of its lines ran. */
static void plugin_error(struct runner_local *l, size_t plugin, const char *phase, quern_error *error,
			 struct outcome *o)
{
	if (!error->path[0])
		snprintf(error->path, sizeof error->path, "%s", quern_plugin_path(l->plugins[plugin]));
	outcome_error(o, plugin, phase, error);
}

static bool fold_one(void *self, size_t plugin, const char *path, struct str json, struct outcome *errors)
{
	struct runner_local *l = self;
	quern_value *value = NULL;
	quern_error error;

	if (!outcome_start(errors, 0, path, 0))
		return false;
	if (quern_value_from_json(l->engine, json.p, json.n, &value, &error) == QUERN_OK &&
	    fold_add(&l->folds[plugin], value, &error) == QUERN_OK)
		return true;
	plugin_error(l, plugin, "reduce", &error, errors);
	return false;
}

/* Results as the library wants to read them: parsed one at a time. */
struct results_reader {
	struct runner_local *l;
	const struct results *results;
	quern_value *current;
};

static quern_code result_get(void *user, size_t i, const char **path, const quern_value **value)
{
	struct results_reader *r = user;
	const struct str json = results_json(r->results, i);
	quern_code code;

	quern_value_free(r->current);
	r->current = NULL;
	code = quern_value_from_json(r->l->engine, json.p, json.n, &r->current, NULL);
	*path = results_path(r->results, i);
	*value = r->current;
	return code;
}

/* The folded value; a plugin that reduces gets null where nothing was folded. */
static quern_code reduced_take(struct runner_local *l, size_t plugin, quern_value **out, quern_error *error)
{
	quern_code code = fold_finish(&l->folds[plugin], out, error);

	if (code == QUERN_OK && !*out)
		code = quern_value_from_json(l->engine, "null", 4, out, error);
	return code;
}

static bool render_one(void *self, size_t plugin, const struct results *results, quern_write_fn write, void *user,
		       struct outcome *out)
{
	struct runner_local *l = self;
	quern_plugin *p = l->plugins[plugin];
	struct capture capture = { out, plugin, "render" };
	const quern_output output = capture_output(&capture);
	struct results_reader reader = { l, results, NULL };
	quern_results r = QUERN_RESULTS_INIT;
	quern_value *reduced = NULL;
	const char *phase = "render";
	quern_error error;
	quern_code code = QUERN_OK;

	if (!outcome_start(out, 0, NULL, 0))
		return false;
	if (quern_value_boolean(quern_value_get(quern_plugin_manifest(p), "reduce"))) {
		phase = "reduce";
		code = reduced_take(l, plugin, &reduced, &error);
		r.reduced = reduced;
	} else {
		r.user = &reader;
		r.count = results->n;
		r.get = result_get;
	}
	if (code == QUERN_OK) {
		phase = "render";
		code = quern_plugin_render(p, &r, &output, write, user, &error);
	}
	if (code != QUERN_OK) {
		outcome_drop_files(out, 0);
		plugin_error(l, plugin, phase, &error, out);
	}
	quern_value_free(reduced);
	quern_value_free(reader.current);
	return code == QUERN_OK;
}

bool runner_local_init(struct runner_local *l)
{
	l->folds = mem_new_zero(l->heap, (l->n_plugins + 1) * sizeof *l->folds);
	if (!l->folds)
		return false;
	for (size_t i = 0; i < l->n_plugins; i++)
		fold_init(&l->folds[i], l->plugins[i]);
	l->runner = (struct runner){ l, map_all, fold_one, render_one };
	return true;
}

void runner_local_release(struct runner_local *l)
{
	if (!l->folds)
		return;
	for (size_t i = 0; i < l->n_plugins; i++)
		fold_release(&l->folds[i]);
	mem_free(l->heap, l->folds, (l->n_plugins + 1) * sizeof *l->folds);
	l->folds = NULL;
}
