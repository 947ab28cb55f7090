/*
 * session.c - see session.h: load, map, fold and render over include/quern.h.
 *
 * Values become lines of JSON here, whoever asks, so that results cannot
 * depend on where they were made.
 */
#include "run/session.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "run/fold.h"
#include "run/load.h"
#include "run/partial.h"

struct session_plugin {
	struct fold fold;
	size_t folded;     /* results so far */
	bool broken;       /* a fold failed */
	quern_error error; /* which */
	char *document;    /* whose value it was; may be NULL */
};

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

/* --------------------------------------------------------------------- map */

static uint64_t now_ns(void)
{
	struct timespec t = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

/* Where a value goes. */
struct value_place {
	struct outcome *to;
	size_t plugin;
};

static quern_code value_keep(void *user, const char *json, size_t len)
{
	const struct value_place *place = user;
	struct outcome *o = place->to;
	struct str *kept = &o->values[place->plugin].json;

	*kept = arena_str(&o->arena, (struct str){ json, len });
	if (!kept->p)
		o->lost = o->failed = o->values[place->plugin].failed = true;
	return QUERN_OK;
}

/* Whether the same document, plugin and options may come to something else another time. */
static bool is_passing(quern_code code)
{
	return code == QUERN_TIMEOUT || code == QUERN_NOMEM || code == QUERN_STACK || code == QUERN_INTERRUPTED ||
	       code == QUERN_IO || code == QUERN_BUSY;
}

/* *now: the time before, and afterwards that after it. */
static void plugin_map_one(struct session *s, size_t plugin, const quern_doc *doc, struct outcome *o, uint64_t *now)
{
	struct capture capture = { o, plugin, "map" };
	const quern_output output = capture_output(&capture);
	const size_t files_before = o->n_files;
	struct value_place place = { o, plugin };
	quern_error error;
	const uint64_t began = *now;

	if (s->watches_format)
		quern_plugin_watch_format(s->plugins[plugin], 1);
	if (quern_plugin_map_json(s->plugins[plugin], doc, &output, value_keep, &place, &error) != QUERN_OK) {
		outcome_drop_files(o, files_before);
		o->values[plugin].failed = true;
		outcome_error(o, plugin, "map", &error);
		s->passing = s->passing || is_passing(error.code);
	}
	if (s->watches_format && quern_plugin_read_format(s->plugins[plugin]))
		o->reads_format = true;
	*now = now_ns();
	o->values[plugin].took = *now - began;
}

/* What loading found in the parts that some plugin asked for: a body that none did is not parsed for this. */
static void document_findings(struct session *s, const quern_doc *doc, struct outcome *o)
{
	quern_diagnostic d;
	quern_error error;
	bool told = false;

	for (size_t i = 0; quern_doc_diagnostic_so_far(doc, i, &d); i++) {
		told = told || d.severity == QUERN_ERROR;
		outcome_document_finding(o, &d);
	}
	if (!quern_doc_is_complete(doc) || quern_doc_complete(doc, &error) == QUERN_OK)
		return;
	s->passing = s->passing || is_passing(error.code);
	if (!told)
		outcome_error(o, NO_PLUGIN, NULL, &error);
}

/* No plugin has done what its digest does not cover. */
static bool plugins_are_known(struct session *s)
{
	for (size_t i = 0; i < s->n_plugins; i++)
		if (!quern_plugin_digest(s->plugins[i]))
			return false;
	return true;
}

/* A document in a line brings its own path. */
static const char *path_of(const struct corpus_item *item, const quern_doc *doc, const quern_error *error)
{
	if (item->kind != CORPUS_LINE)
		return item->path;
	return doc ? quern_doc_path(doc) : error->path;
}

/*
 * Of a long document that no plugin reads the body of, the beginning is enough.
 * It is as long for every document: what is found in the rest is told only
 * where the rest is asked for, and must not depend on who asked for another.
 */
static quern_doc_options reading(const struct session *s, const struct corpus_item *item)
{
	quern_doc_options o = s->doc_options;

	if (item->kind == CORPUS_FILE && item->st.st_size > 0) {
		o.at_first = SESSION_BEGINNING;
		o.file_size = (size_t)item->st.st_size;
	}
	return o;
}

static const char *digest_of(const quern_doc *doc, const quern_doc_options *o)
{
	return o->at_first < o->file_size && !quern_doc_is_complete(doc) ? SESSION_PART : quern_doc_digest(doc);
}

bool session_map(struct session *s, const struct corpus_item *item, const char *digest, struct outcome *o)
{
	quern_error error;
	quern_doc *doc;
	uint64_t began, now;

	s->passing = false;
	if (item->kind == CORPUS_OUTCOME) {
		partial_outcome(o, item, s->n_plugins);
		return false;
	}
	began = now_ns();
	const quern_doc_options options = reading(s, item);
	const quern_code code = document_load(s->engine, s->heap, item, &options, &doc, &error);
	if (!outcome_start(o, item->ordinal, path_of(item, doc, &error), s->n_plugins)) {
		quern_doc_unref(doc);
		return false;
	}
	now = now_ns();
	o->took = now - began;
	if (code != QUERN_OK) {
		outcome_error(o, NO_PLUGIN, NULL, &error);
		return false;
	}
	if (digest && *digest && strcmp(digest, SESSION_PART) != 0 && strcmp(digest, quern_doc_digest(doc)) == 0) {
		quern_doc_unref(doc);
		return true;
	}
	for (size_t i = 0; i < s->n_plugins; i++)
		plugin_map_one(s, i, doc, o, &now);
	/* Also what no plugin asked for and is loaded for its findings alone. */
	document_findings(s, doc, o);
	o->took += now_ns() - now;
	if (digest && !s->passing && !o->lost && plugins_are_known(s))
		o->digest = arena_strz(&o->arena, str_of(digest_of(doc, &options)));
	quern_doc_unref(doc);
	return false;
}

/* ---------------------------------------------------------- fold and render */

/* The place is the plugin's even where the error came before any of its lines ran. */
static void plugin_error(struct session *s, size_t plugin, const char *phase, quern_error *error, struct outcome *o)
{
	if (!error->path[0])
		snprintf(error->path, sizeof error->path, "%s", quern_plugin_path(s->plugins[plugin]));
	outcome_error(o, plugin, phase, error);
}

static quern_code fold_one(struct session *s, size_t plugin, struct str json, quern_error *error)
{
	quern_value *value = NULL;
	const quern_code code = quern_value_from_json(s->engine, json.p, json.n, &value, error);

	return code == QUERN_OK ? fold_add(&s->state[plugin].fold, value, error) : code;
}

static void fold_broke(struct session *s, size_t plugin, const char *path)
{
	struct session_plugin *p = &s->state[plugin];
	const size_t n = path ? strlen(path) + 1 : 0;

	p->broken = true;
	p->document = n ? mem_new(s->heap, n) : NULL;
	if (p->document)
		memcpy(p->document, path, n);
}

void session_fold(struct session *s, size_t plugin, struct results_reader *results)
{
	struct session_plugin *p = &s->state[plugin];

	for (; !p->broken && p->folded < results->n; p->folded++) {
		const char *path = NULL;
		struct str json;
		if (s->step)
			atomic_fetch_add_explicit(s->step, 1, memory_order_relaxed);
		if (!results_read(results, p->folded, &path, &json)) {
			p->error = (quern_error){ .code = QUERN_IO, .message = "the results so far cannot be read" };
			fold_broke(s, plugin, NULL);
		} else if (fold_one(s, plugin, json, &p->error) != QUERN_OK) {
			fold_broke(s, plugin, path);
		}
	}
}

/* Results as the library wants to read them: parsed one at a time. */
struct values {
	struct session *session;
	struct results_reader *reader;
	quern_value *current;
};

static quern_code result_get(void *user, size_t i, const char **path, const quern_value **value)
{
	struct values *v = user;
	struct str json;
	quern_code code;

	quern_value_free(v->current);
	v->current = NULL;
	if (!results_read(v->reader, i, path, &json))
		return QUERN_IO;
	code = quern_value_from_json(v->session->engine, json.p, json.n, &v->current, NULL);
	*value = v->current;
	return code;
}

/* The folded value; a plugin that reduces gets null where nothing was folded. */
static quern_code reduced_take(struct session *s, size_t plugin, struct results_reader *results, quern_value **out,
			       quern_error *error)
{
	struct session_plugin *p = &s->state[plugin];
	quern_code code;

	session_fold(s, plugin, results);
	if (p->broken) {
		*error = p->error;
		return error->code;
	}
	code = fold_finish(&p->fold, out, error);
	if (code == QUERN_OK && !*out)
		code = quern_value_from_json(s->engine, "null", 4, out, error);
	return code;
}

static bool reduces(const quern_plugin *p)
{
	return quern_value_boolean(quern_value_get(quern_plugin_manifest(p), "reduce"));
}

bool session_render(struct session *s, size_t plugin, struct results_reader *results, quern_write_fn write, void *user,
		    struct outcome *out)
{
	quern_plugin *p = s->plugins[plugin];
	struct capture capture = { out, plugin, "render" };
	const quern_output output = capture_output(&capture);
	struct values values = { s, results, NULL };
	quern_results r = QUERN_RESULTS_INIT;
	quern_value *reduced = NULL;
	const char *phase = "reduce";
	quern_error error;
	quern_code code = QUERN_OK;

	if (reduces(p)) {
		code = reduced_take(s, plugin, results, &reduced, &error);
		r.reduced = reduced;
	} else {
		r.user = &values;
		r.count = results->n;
		r.get = result_get;
	}
	if (!outcome_start(out, 0, s->state[plugin].document, 0))
		code = error.code = QUERN_NOMEM;
	if (code == QUERN_OK) {
		phase = "render";
		code = quern_plugin_render(p, &r, &output, write, user, &error);
	}
	if (code != QUERN_OK) {
		outcome_drop_files(out, 0);
		plugin_error(s, plugin, phase, &error, out);
	}
	quern_value_free(reduced);
	quern_value_free(values.current);
	return code == QUERN_OK;
}

bool session_init(struct session *s)
{
	s->state = mem_new_zero(s->heap, (s->n_plugins + 1) * sizeof *s->state);
	for (size_t i = 0; s->state && i < s->n_plugins; i++)
		fold_init(&s->state[i].fold, s->plugins[i]);
	return s->state != NULL;
}
