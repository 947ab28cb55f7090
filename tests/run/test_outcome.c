/*
 * test_outcome.c - outcomes and the set of files: plain data
 * that survives refused memory.
 */
#include "../base/cmocka_all.h"
#include "../base/heap.h"

#include <stdio.h>

#include "run/fileset.h"
#include "run/outcome.h"

static void findings_are_copied(void **state)
{
	struct outcome o;
	char message[] = "message";
	quern_error error = { .code = QUERN_RUNTIME, .line = 3, .path = "p.lua", .message = "bad", .traceback = "t" };

	(void)state;
	outcome_init(&o, &alloc_libc);
	assert_true(outcome_start(&o, 7, "a.md", 2));
	assert_int_equal(o.n_values, 2);
	outcome_document_finding(&o, &(quern_diagnostic){ QUERN_WARNING, 1, 2, message, "hint" });
	message[0] = 'X';
	assert_string_equal(o.findings[0].message, "message");
	assert_string_equal(o.findings[0].path, "a.md");
	assert_false(o.failed);
	outcome_error(&o, 1, "map", &error);
	assert_true(o.failed);
	assert_string_equal(o.findings[1].path, "p.lua");
	assert_string_equal(o.findings[1].document, "a.md");
	assert_string_equal(o.findings[1].code, "runtime");
	assert_string_equal(o.findings[1].traceback, "t");
	assert_null(o.findings[1].hint);
	outcome_error(&o, NO_PLUGIN, NULL, &error);
	assert_string_equal(o.findings[2].path, "a.md");
	assert_null(o.findings[2].document);
	assert_true(outcome_start(&o, 8, "b.md", 2));
	assert_int_equal(o.n_findings, 0);
	assert_false(o.failed);
	outcome_release(&o);
}

static void logs_keep_every_byte(void **state)
{
	struct outcome o;

	(void)state;
	outcome_init(&o, &alloc_libc);
	outcome_start(&o, 0, "a.md", 1);
	outcome_log(&o, 0, "map", SEVERITY_ERROR, (struct str){ "a\0b", 3 });
	assert_string_equal(o.findings[0].message, "a\\0b");
	assert_true(o.findings[0].is_log);
	assert_false(o.failed);
	outcome_release(&o);
}

static void files_of_a_failed_call_are_dropped(void **state)
{
	struct outcome o;

	(void)state;
	outcome_init(&o, &alloc_libc);
	outcome_start(&o, 0, "a.md", 1);
	assert_true(outcome_file(&o, 0, "a", STR_LIT("A")));
	assert_true(outcome_file(&o, 0, "b", STR_EMPTY));
	outcome_drop_files(&o, 1);
	assert_int_equal(o.n_files, 1);
	assert_str(o.files[0].bytes, "A");
	outcome_drop_files(&o, 5);
	assert_int_equal(o.n_files, 1);
	outcome_release(&o);
}

static void outcomes_survive_refused_memory(void **state)
{
	bool done = false;

	(void)state;
	for (size_t k = 1; !done; k++) {
		struct test_heap h;
		struct outcome o;

		test_heap_init(&h, k);
		outcome_init(&o, &h.alloc);
		done = outcome_start(&o, 0, "a.md", 1);
		for (int i = 0; i < 200; i++) {
			outcome_log(&o, 0, "map", SEVERITY_NOTE, STR_LIT("a line of some length, again and again"));
			done = outcome_file(&o, 0, "name", STR_LIT("some bytes")) && done;
		}
		done = done && !o.lost;
		assert_true(done || o.failed);
		outcome_release(&o);
		assert_int_equal(h.live, 0);
		assert_true(k < 100);
	}
}

static void files_are_seen_once(void **state)
{
	struct fileset set;

	(void)state;
	fileset_init(&set, &alloc_libc);
	for (uint64_t i = 0; i < 5000; i++)
		assert_int_equal(fileset_add(&set, (struct file_id){ i % 3, i }), FILESET_NEW);
	for (uint64_t i = 0; i < 5000; i++)
		assert_int_equal(fileset_add(&set, (struct file_id){ i % 3, i }), FILESET_SEEN);
	assert_int_equal(fileset_add(&set, (struct file_id){ 9, 0 }), FILESET_NEW);
	assert_true(set.n <= set.size / 4 * 3);
	fileset_release(&set);
}

static void the_set_survives_refused_memory(void **state)
{
	(void)state;
	for (size_t k = 1; k < 20; k++) {
		struct test_heap h;
		struct fileset set;

		test_heap_init(&h, k);
		fileset_init(&set, &h.alloc);
		for (uint64_t i = 0; i < 300; i++)
			fileset_add(&set, (struct file_id){ 1, i });
		fileset_release(&set);
		assert_int_equal(h.live, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(findings_are_copied),
		cmocka_unit_test(logs_keep_every_byte),
		cmocka_unit_test(files_of_a_failed_call_are_dropped),
		cmocka_unit_test(outcomes_survive_refused_memory),
		cmocka_unit_test(files_are_seen_once),
		cmocka_unit_test(the_set_survives_refused_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
