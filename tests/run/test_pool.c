/*
 * test_pool.c - a whole job over worker processes: order whatever their
 * number, failures, set-up that is refused.
 */
#include "../base/cmocka_all.h"
#include "folder.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "run/job.h"
#include "run/pool.h"

static const char plugin_text[] =
	"return { name = 'join', api = 1, summary = 's', formats = { 'text' },\n"
	"map = function(doc, opts, out) if doc.title == 'bad' then error('bad document') end\n"
	"  print('seen') if doc.title == 'file' then out:write('x/file', 'content') end return doc.title end,\n"
	"reduce = function(a, b) if b == 'boom' then error('boom') end return a .. b end,\n"
	"render = function(v, opts, out) return '<' .. tostring(v) .. '>' end }";

static void engine_and_plugin(quern **q, quern_plugin **p)
{
	quern_error error;

	assert_int_equal(quern_new(NULL, q, &error), QUERN_OK);
	if (quern_plugin_load_source(*q, "join.lua", plugin_text, strlen(plugin_text), p, &error) != QUERN_OK)
		fail_msg("%s:%u: %s", error.path, error.line, error.message);
	assert_int_equal(quern_plugin_configure(*p, NULL, NULL, NULL, &error), QUERN_OK);
}

/* In the worker: nothing but the plugin of this file. */
static int setup_open(void *user, const struct worker_start *start, struct session *session)
{
	static quern_plugin *plugins[1];

	(void)user, (void)start;
	engine_and_plugin(&session->engine, &plugins[0]);
	session->plugins = plugins;
	session->n_plugins = 1;
	session->doc_options = (quern_doc_options)QUERN_DOC_OPTIONS_INIT;
	return 0;
}

/* ------------------------------------------------------------- a whole job */

struct told {
	char text[8192];
	size_t progress;
};

static void on_finding(void *user, const struct finding *f)
{
	struct told *t = user;
	const size_t n = strlen(t->text);

	snprintf(t->text + n, sizeof t->text - n, "%s%s:%s\n", f->is_log ? "log " : "", severity_name(f->severity),
		 f->message);
}

static void on_progress(void *user, const struct job_progress *p)
{
	struct told *t = user;

	assert_non_null(p->path);
	assert_true(p->failed <= p->documents + 1);
	assert_true(!p->outcome || p->outcome->n_values == 0 || p->outcome->values[0].took > 0);
	t->progress++;
}

static struct job_result job_over(struct folder_fixture *f, const char *out, unsigned jobs, bool fail_fast,
				  struct told *told)
{
	char target[FOLDER_PATH], documents[FOLDER_PATH];
	const char *paths[2] = { documents, "missing.md" };
	const struct corpus_options options = { .paths = paths, .n_paths = 2 };
	const struct job_plugin plugins[] = { { "join", "txt", true, true } };
	const struct worker_setup setup = { .open = setup_open };
	const struct pool_options pool_options = { &alloc_libc, &setup, jobs, 10 };
	const char *message;
	int status;
	struct sink_error sink_error;
	struct job_result result;
	struct sink *sink;
	struct pool *pool;

	snprintf(target, sizeof target, "%s/%s", f->path, out);
	snprintf(documents, sizeof documents, "%s/d", f->path);
	*told = (struct told){ .text = "" };
	pool = pool_open(&pool_options, &status, &message);
	assert_non_null(pool);
	assert_int_equal(pool_plugin_count(pool), 1);
	assert_string_equal(pool_plugin_at(pool, 0)->name, "join");
	assert_true(pool_plugin_at(pool, 0)->reduces);
	assert_int_equal(sink_open(&sink, &alloc_libc, target, &sink_error), SINK_OK);
	struct corpus *corpus = corpus_open(&alloc_libc, &options);
	job_run(&(struct job){ .heap = &alloc_libc,
			       .runner = pool_runner(pool),
			       .walk = corpus_walk(corpus),
			       .sink = sink,
			       .plugins = plugins,
			       .n_plugins = 1,
			       .fail_fast = fail_fast,
			       .report = { told, on_finding, on_progress, NULL } },
		&result);
	corpus_close(corpus);
	sink_close(sink);
	pool_close(pool);
	return result;
}

static void a_job_maps_folds_and_renders(void **state)
{
	struct folder_fixture *f = *state;
	struct told told;
	struct job_result r;

	folder_mkdir(f, "d");
	folder_write(f, "d/a.md", "# a\n");
	folder_write(f, "d/b.md", "# bad\n");
	folder_write(f, "d/c.md", "# c\n");
	r = job_over(f, "out.txt", 1, false, &told);
	assert_int_equal(r.documents, 3);
	assert_int_equal(r.failed, 2); /* b.md and the missing path */
	assert_true(r.errors && !r.stopped && !r.output_failed && !r.needs_folder);
	assert_non_null(strstr(told.text, "bad document"));
	assert_non_null(strstr(told.text, "log note:seen"));
	assert_int_equal(told.progress, 4);
	assert_string_equal(folder_read(f, "out.txt"), "<ac>");
}

static void a_job_stops_where_it_must(void **state)
{
	struct folder_fixture *f = *state;
	struct told told;
	struct job_result r;

	folder_mkdir(f, "d");
	folder_write(f, "d/a.md", "# bad\n");
	folder_write(f, "d/b.md", "# file\n");
	r = job_over(f, "out.txt", 1, true, &told);
	assert_true(r.stopped);
	assert_int_equal(r.documents, 1);
	assert_null(folder_read(f, "out.txt"));
	r = job_over(f, "out.txt", 1, false, &told);
	assert_true(r.needs_folder);
	assert_null(folder_read(f, "out.txt"));
	r = job_over(f, "out/", 1, false, &told);
	assert_false(r.needs_folder);
	assert_string_equal(folder_read(f, "out/x/file"), "content");
	assert_string_equal(folder_read(f, "out/join.txt"), "<file>");
}

static void formats_have_suffixes(void **state)
{
	(void)state;
	assert_string_equal(format_extension("markdown"), "md");
	assert_string_equal(format_extension("text"), "txt");
	assert_string_equal(format_extension("ics"), "ics");
}

/* More documents than the window holds, in every number of workers: one order. */
static void order_does_not_depend_on_workers(void **state)
{
	enum { N = 300 };
	struct folder_fixture *f = *state;
	char wanted[N * 3 + 3] = "<", name[32], text[32];
	struct told told;

	folder_mkdir(f, "d");
	for (int i = 0; i < N; i++) {
		snprintf(name, sizeof name, "d/%03d.md", i);
		snprintf(text, sizeof text, "# %03d\n", i);
		folder_write(f, name, text);
		memcpy(wanted + 1 + (size_t)i * 3, text + 2, 3);
	}
	memcpy(wanted + 1 + (size_t)N * 3, ">", 2);
	for (unsigned jobs = 1; jobs <= 7; jobs += 2) {
		const struct job_result r = job_over(f, "out.txt", jobs, false, &told);
		assert_int_equal(r.documents, N);
		assert_string_equal(folder_read(f, "out.txt"), wanted);
	}
}

static int setup_refuse(void *user, const struct worker_start *start, struct session *session)
{
	(void)user, (void)session;
	return start->quiet ? 9 : 2;
}

static int setup_crash(void *user, const struct worker_start *start, struct session *session)
{
	(void)user, (void)start, (void)session;
	_exit(77);
}

static void a_set_up_that_fails_is_told(void **state)
{
	const struct worker_setup refuse = { .open = setup_refuse }, crash = { .open = setup_crash };
	const char *message;
	int status;

	(void)state;
	assert_null(pool_open(&(struct pool_options){ &alloc_libc, &refuse, 2, 10 }, &status, &message));
	assert_int_equal(status, 2);
	assert_null(message);
	assert_null(pool_open(&(struct pool_options){ &alloc_libc, &crash, 2, 10 }, &status, &message));
	assert_int_equal(status, 1);
	assert_non_null(message);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_job_maps_folds_and_renders, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_job_stops_where_it_must, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(order_does_not_depend_on_workers, folder_setup, folder_teardown),
		cmocka_unit_test(formats_have_suffixes),
		cmocka_unit_test(a_set_up_that_fails_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
