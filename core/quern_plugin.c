/*
 * quern_plugin.c - plugins as the public header hands them out: load,
 * configure, map, reduce, render over lua/plugin.h.
 *
 * Adapts handles and versioned structs, nothing more; what a plugin may do is
 * decided below.
 */
#include "quern_impl.h"

#define CODES ((size_t)QUERN_STALE + 1)

struct quern_plugin {
	quern *q;
	struct plugin *below;
	atomic_int interrupted; /* here, since the plugin below is replaced by a reload */
	unsigned calls;         /* that run now, one in the other where the host calls back */
	bool freed;             /* from inside a call: done when that ends */
	uint64_t outcomes[CODES];
};

static struct plugin_env env_of(quern *q, atomic_int *interrupted)
{
	return (struct plugin_env){ .heap = &q->heap,
				    .path = (const char *const *)q->path,
				    .n_path = q->n_path,
				    .time_limit = q->time_limit,
				    .memory_limit = q->memory_limit,
				    .output_limit = q->output_limit,
				    .record_limits = q->limits,
				    .unsafe_html = q->unsafe_html,
				    .modules = q->modules,
				    .interrupted = interrupted,
				    .log = q->log,
				    .log_user = q->log_user,
				    .host = &q->host,
				    .files = q->files,
				    .ticker = q->host_ticks ? &q->ticker : NULL };
}

/* text NULL: from the file that path names, or that the plugin path has under this name. */
static quern_code load_into(quern_plugin *p, quern *q, const char *path, const char *text, size_t len,
			    quern_error *error)
{
	const struct plugin_env env = env_of(q, &p->interrupted);

	atomic_init(&p->interrupted, 0);
	return plugin_load(&env, path, text, len, &p->below, error);
}

static quern_code load(quern *q, const char *path, const char *text, size_t len, quern_plugin **out, quern_error *error)
{
	quern_error unused;
	quern_error *e = error ? error : &unused;
	quern_plugin *p;
	quern_code code;

	error_clear(e);
	*out = NULL;
	p = mem_new_zero(&q->heap, sizeof *p);
	if (!p)
		return fail(e, QUERN_NOMEM, path, NULL, "out of memory");
	code = load_into(p, q, path, text, len, e);
	if (code != QUERN_OK) {
		mem_free(&q->heap, p, sizeof *p);
		return code;
	}
	p->q = engine_ref(q);
	*out = p;
	return QUERN_OK;
}

quern_code quern_plugin_load(quern *q, const char *name_or_path, quern_plugin **out, quern_error *error)
{
	return load(q, name_or_path, NULL, 0, out, error);
}

quern_code quern_plugin_files(quern *q, const char *name_or_path, quern_file_fn each, void *user, quern_error *error)
{
	const struct plugin_env env = env_of(q, NULL);
	quern_error unused;

	error_clear(error);
	return plugin_gather(&env, name_or_path, each, user, error ? error : &unused);
}

quern_code quern_plugin_load_source(quern *q, const char *path, const char *text, size_t len, quern_plugin **out,
				    quern_error *error)
{
	return load(q, path, text ? text : "", text ? len : 0, out, error);
}

static void plugin_release(quern_plugin *p)
{
	quern *q = p->q;

	plugin_free(p->below);
	mem_free(&q->heap, p, sizeof *p);
	quern_free(q);
}

void quern_plugin_free(quern_plugin *p)
{
	if (p && p->calls)
		p->freed = true;
	else if (p)
		plugin_release(p);
}

/* The end of every call that began with p->calls++. */
static quern_code call_end(quern_plugin *p, quern_code code)
{
	if ((size_t)code < CODES)
		p->outcomes[code]++;
	if (--p->calls == 0 && p->freed)
		plugin_release(p);
	return code;
}

static quern_code busy(const quern_plugin *p, quern_error *error)
{
	return fail(error, QUERN_BUSY, plugin_path(p->below), "wait until the call has ended",
		    "the plugin is running: it cannot be changed from inside itself");
}

quern_code quern_plugin_reload(quern_plugin *p, const char *text, size_t len, quern_error *error)
{
	quern_error unused;
	quern_error *e = error ? error : &unused;

	error_clear(e);
	if (p->calls)
		return busy(p, error);
	p->calls++;
	return call_end(p, plugin_reload(&p->below, text, len, e));
}

uint64_t quern_plugin_outcomes(const quern_plugin *p, quern_code code)
{
	return (size_t)code < CODES ? p->outcomes[code] : 0;
}

const char *quern_plugin_name(const quern_plugin *p)
{
	return plugin_name(p->below);
}

const char *quern_plugin_path(const quern_plugin *p)
{
	return plugin_path(p->below);
}

const quern_value *quern_plugin_manifest(const quern_plugin *p)
{
	return value_handle(plugin_manifest(p->below));
}

const char *quern_plugin_digest(quern_plugin *p)
{
	return plugin_digest(p->below);
}

void quern_plugin_watch_format(quern_plugin *p, int on)
{
	plugin_watch_format(p->below, on != 0);
}

int quern_plugin_read_format(const quern_plugin *p)
{
	return plugin_read_format(p->below);
}

const char *quern_plugin_format(const quern_plugin *p)
{
	return plugin_format(p->below);
}

quern_code quern_plugin_configure(quern_plugin *p, const quern_value *options, const char *to, const char *now,
				  quern_error *error)
{
	quern_error unused;
	quern_error *e = error ? error : &unused;

	error_clear(e);
	if (p->calls)
		return busy(p, error);
	return plugin_configure(p->below, options ? value_of(options) : NULL, to, now ? now : "1970-01-01T00:00:00Z",
				e);
}

/* Hands the filled root out, or frees it where there is nothing in it. */
static quern_code root_hand_out(struct value_root *root, quern_code code, quern_value **out)
{
	if (code == QUERN_OK && root->value.kind != VALUE_NULL)
		*out = (quern_value *)(void *)root;
	else
		value_root_free(root);
	return code;
}

quern_code quern_plugin_map(quern_plugin *p, const quern_doc *doc, const quern_output *output, quern_value **out,
			    quern_error *error)
{
	quern_output o = QUERN_OUTPUT_INIT;
	quern_error unused;
	quern_error *e = error ? error : &unused;
	struct value_root *root;

	error_clear(e);
	*out = NULL;
	if (options_take(&o, sizeof o, output, "quern_output", e) != QUERN_OK)
		return QUERN_INVALID;
	root = value_root_new(p->q);
	if (!root)
		return fail(e, QUERN_NOMEM, plugin_path(p->below), NULL, "out of memory");
	p->calls++;
	return call_end(p,
			root_hand_out(root, plugin_map(p->below, doc->record, &o, &root->arena, &root->value, e), out));
}

quern_code quern_plugin_map_json(quern_plugin *p, const quern_doc *doc, const quern_output *output,
				 quern_write_fn write, void *user, quern_error *error)
{
	quern_output o = QUERN_OUTPUT_INIT;
	quern_error unused;
	quern_error *e = error ? error : &unused;

	error_clear(e);
	if (options_take(&o, sizeof o, output, "quern_output", e) != QUERN_OK)
		return QUERN_INVALID;
	p->calls++;
	return call_end(p, plugin_map_json(p->below, doc->record, &o, write, user, e));
}

quern_code quern_plugin_reduce(quern_plugin *p, const quern_value *a, const quern_value *b, quern_value **out,
			       quern_error *error)
{
	const struct value null = value_null();
	quern_error unused;
	quern_error *e = error ? error : &unused;
	struct value_root *root;

	error_clear(e);
	*out = NULL;
	root = value_root_new(p->q);
	if (!root)
		return fail(e, QUERN_NOMEM, plugin_path(p->below), NULL, "out of memory");
	p->calls++;
	const quern_code code = plugin_reduce(p->below, a ? value_of(a) : &null, b ? value_of(b) : &null, &root->arena,
					      &root->value, e);
	return call_end(p, root_hand_out(root, code, out));
}

/* The caller's results in the terms of the layer below. */
struct results_adapter {
	quern_results theirs;
	struct value null;
};

static quern_code results_get(void *user, size_t i, const char **path, const struct value **value)
{
	const struct results_adapter *a = user;
	const quern_value *v = NULL;
	const quern_code code = a->theirs.get(a->theirs.user, i, path, &v);

	*value = v ? value_of(v) : &a->null;
	return code;
}

quern_code quern_plugin_render(quern_plugin *p, const quern_results *results, const quern_output *output,
			       quern_write_fn write, void *user, quern_error *error)
{
	struct results_adapter adapter = { .theirs = QUERN_RESULTS_INIT, .null = value_null() };
	quern_output o = QUERN_OUTPUT_INIT;
	quern_error unused;
	quern_error *e = error ? error : &unused;

	error_clear(e);
	if (options_take(&o, sizeof o, output, "quern_output", e) != QUERN_OK ||
	    options_take(&adapter.theirs, sizeof adapter.theirs, results, "quern_results", e) != QUERN_OK)
		return QUERN_INVALID;
	if (adapter.theirs.count && !adapter.theirs.get && !adapter.theirs.reduced)
		return fail(e, QUERN_INVALID, plugin_path(p->below), NULL, "results have a count but no get function");
	const struct plugin_results below = { .user = &adapter,
					      .count = adapter.theirs.count,
					      .get = results_get,
					      .reduced = adapter.theirs.reduced ? value_of(adapter.theirs.reduced)
										: NULL };
	p->calls++;
	return call_end(p, plugin_render(p->below, &below, &o, write, user, e));
}

void quern_plugin_interrupt(quern_plugin *p)
{
	atomic_store(&p->interrupted, 1);
}

double quern_tick(quern *q)
{
	return plugin_tick(&q->ticker);
}
