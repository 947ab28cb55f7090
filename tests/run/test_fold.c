/*
 * test_fold.c - reduce in document order whatever the number of values, and
 * the runner of this process over a small plugin.
 */
#include "../base/cmocka_all.h"
#include "folder.h"

#include "run/fold.h"
#include "run/job.h"
#include "run/runner.h"

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

static quern_value *string_value(quern *q, const char *s)
{
	char json[64];
	quern_value *v;

	snprintf(json, sizeof json, "\"%s\"", s);
	assert_int_equal(quern_value_from_json(q, json, strlen(json), &v, NULL), QUERN_OK);
	return v;
}

static void any_number_of_values_in_order(void **state)
{
	char want[1024], item[16];
	quern_plugin *p;
	quern_error error;
	quern *q;

	(void)state;
	engine_and_plugin(&q, &p);
	for (int count = 1; count <= 70; count++) {
		struct fold f;
		quern_value *out;
		want[0] = '\0';
		fold_init(&f, p);
		for (int i = 0; i < count; i++) {
			snprintf(item, sizeof item, "%d.", i);
			strcat(want, item);
			assert_int_equal(fold_add(&f, string_value(q, item), &error), QUERN_OK);
		}
		assert_int_equal(fold_finish(&f, &out, &error), QUERN_OK);
		assert_string_equal(quern_value_string(out, NULL), want);
		quern_value_free(out);
		fold_release(&f);
	}
	quern_plugin_free(p);
	quern_free(q);
}

static void no_value_and_failing_values(void **state)
{
	struct fold f;
	quern_value *out;
	quern_plugin *p;
	quern_error error;
	quern *q;

	(void)state;
	engine_and_plugin(&q, &p);
	fold_init(&f, p);
	assert_int_equal(fold_finish(&f, &out, &error), QUERN_OK);
	assert_null(out);
	assert_int_equal(fold_add(&f, string_value(q, "a"), &error), QUERN_OK);
	assert_int_equal(fold_add(&f, string_value(q, "boom"), &error), QUERN_RUNTIME);
	assert_non_null(strstr(error.message, "boom"));
	assert_int_equal(fold_add(&f, string_value(q, "c"), &error), QUERN_OK); /* told once */
	assert_int_equal(fold_finish(&f, &out, &error), QUERN_RUNTIME);
	assert_null(out);
	fold_release(&f);
	/* The last merge fails as well as one under way. */
	fold_init(&f, p);
	assert_int_equal(fold_add(&f, string_value(q, "a"), &error), QUERN_OK);
	assert_int_equal(fold_add(&f, string_value(q, "b"), &error), QUERN_OK);
	assert_int_equal(fold_add(&f, string_value(q, "boom"), &error), QUERN_OK);
	assert_int_equal(fold_finish(&f, &out, &error), QUERN_RUNTIME);
	fold_release(&f);
	quern_plugin_free(p);
	quern_free(q);
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

static void on_progress(void *user, uint64_t documents, uint64_t failed, const char *path)
{
	struct told *t = user;

	assert_non_null(path);
	assert_true(failed <= documents + 1);
	t->progress++;
}

static struct job_result job_over(struct folder_fixture *f, const char *out, bool fail_fast, struct told *told)
{
	char target[FOLDER_PATH], documents[FOLDER_PATH];
	const char *paths[2] = { documents, "missing.md" };
	const struct corpus_options options = { .paths = paths, .n_paths = 2 };
	const struct job_plugin plugins[] = { { "join", "txt", true } };
	struct runner_local local = { .heap = &alloc_libc, .doc_options = QUERN_DOC_OPTIONS_INIT, .n_plugins = 1 };
	struct sink_error sink_error;
	struct job_result result;
	struct sink *sink;
	quern_plugin *p;
	quern *q;

	snprintf(target, sizeof target, "%s/%s", f->path, out);
	snprintf(documents, sizeof documents, "%s/d", f->path);
	*told = (struct told){ .text = "" };
	engine_and_plugin(&q, &p);
	local.engine = q;
	local.plugins = &p;
	assert_true(runner_local_init(&local));
	assert_int_equal(sink_open(&sink, &alloc_libc, target, &sink_error), SINK_OK);
	struct corpus *corpus = corpus_open(&alloc_libc, &options);
	job_run(&(struct job){ .heap = &alloc_libc,
			       .runner = &local.runner,
			       .corpus = corpus,
			       .sink = sink,
			       .plugins = plugins,
			       .n_plugins = 1,
			       .fail_fast = fail_fast,
			       .report = { told, on_finding, on_progress } },
		&result);
	corpus_close(corpus);
	sink_close(sink);
	runner_local_release(&local);
	quern_plugin_free(p);
	quern_free(q);
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
	r = job_over(f, "out.txt", false, &told);
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
	r = job_over(f, "out.txt", true, &told);
	assert_true(r.stopped);
	assert_int_equal(r.documents, 1);
	assert_null(folder_read(f, "out.txt"));
	r = job_over(f, "out.txt", false, &told);
	assert_true(r.needs_folder);
	assert_null(folder_read(f, "out.txt"));
	r = job_over(f, "out/", false, &told);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_number_of_values_in_order),
		cmocka_unit_test(no_value_and_failing_values),
		cmocka_unit_test_setup_teardown(a_job_maps_folds_and_renders, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_job_stops_where_it_must, folder_setup, folder_teardown),
		cmocka_unit_test(formats_have_suffixes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
