/*
 * test_results.c - results kept in files: order, spilling, reading in any
 * order, refused memory and refused space.
 */
#include "../base/cmocka_all.h"
#include "../base/heap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/results.h"

static void add_many(struct results *r, int n, size_t size)
{
	char path[32], *json = malloc(size + 1);

	memset(json, 'x', size);
	for (int i = 0; i < n; i++) {
		const int k = snprintf(path, sizeof path, "%d.md", i);
		memcpy(json, path, (size_t)k < size ? (size_t)k : size);
		assert_true(results_add(r, path, (struct str){ json, size }));
	}
	free(json);
}

static void assert_entry(struct results_reader *reader, size_t i, size_t size)
{
	char wanted[32];
	const char *path;
	struct str json;

	snprintf(wanted, sizeof wanted, "%zu.md", i);
	assert_true(results_read(reader, i, &path, &json));
	assert_string_equal(path, wanted);
	assert_int_equal(json.n, size);
	assert_memory_equal(json.p, wanted, strlen(wanted) < size ? strlen(wanted) : size);
}

/* Few and small, many, and each larger than what is read at once. */
static void results_are_read_back(void **state)
{
	static const struct {
		int n;
		size_t size;
		bool spills;
	} cases[] = {
		{ 0, 0, false }, { 10, 0, false }, { 1000, 20, false }, { 30000, 50, true }, { 20, 300000, true }
	};

	(void)state;
	for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
		const size_t n = (size_t)cases[k].n;
		struct results r;
		struct results_reader reader;
		const char *path;
		struct str json;

		results_init(&r, &alloc_libc);
		add_many(&r, cases[k].n, cases[k].size);
		assert_int_equal(results_have_spilled(&r), cases[k].spills);
		assert_true(results_flush(&r));
		results_reader_init(&reader, &alloc_libc, r.data_fd, r.index_fd, r.n);
		for (size_t i = 0; i < n; i++)
			assert_entry(&reader, i, cases[k].size);
		for (size_t i = n; i-- > 0;)
			assert_entry(&reader, i * 7919 % n, cases[k].size);
		assert_false(results_read(&reader, n, &path, &json));
		results_reader_release(&reader);
		results_release(&r);
	}
}

/* Part is read while more comes in, as folding does. */
static void results_are_read_while_they_grow(void **state)
{
	struct results r;
	struct results_reader reader;

	(void)state;
	results_init(&r, &alloc_libc);
	add_many(&r, 30000, 50);
	assert_true(results_flush(&r));
	results_reader_init(&reader, &alloc_libc, r.data_fd, r.index_fd, r.n);
	assert_entry(&reader, 29999, 50);
	assert_true(results_add(&r, "late.md", STR_LIT("null")));
	assert_entry(&reader, 0, 50);
	results_reader_release(&reader);
	assert_true(results_flush(&r));
	results_reader_init(&reader, &alloc_libc, r.data_fd, r.index_fd, r.n);
	const char *path;
	struct str json;
	assert_true(results_read(&reader, 30000, &path, &json));
	assert_string_equal(path, "late.md");
	results_reader_release(&reader);
	results_release(&r);
}

/* A lie about how many there are is found out. */
static void what_is_not_there_is_not_read(void **state)
{
	struct results r;
	struct results_reader reader;
	const char *path;
	struct str json;

	(void)state;
	results_init(&r, &alloc_libc);
	add_many(&r, 3, 10);
	assert_true(results_flush(&r));
	results_reader_init(&reader, &alloc_libc, r.data_fd, r.index_fd, 9);
	assert_false(results_read(&reader, 3, &path, &json));
	results_reader_release(&reader);
	results_release(&r);
}

static void results_survive_refused_memory(void **state)
{
	bool done = false;

	(void)state;
	for (size_t k = 1; !done; k++) {
		struct test_heap h;
		struct results r;

		test_heap_init(&h, k);
		results_init(&r, &h.alloc);
		done = true;
		for (int i = 0; i < 100; i++)
			done = results_add(&r, "path.md", STR_LIT("{\"a\":1}")) && done;
		assert_int_equal(done, r.error == 0);
		assert_true(done || strlen(results_error(&r)) > 0);
		results_release(&r);
		assert_int_equal(h.live, 0);
		assert_true(k < 100);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(results_are_read_back),
		cmocka_unit_test(results_are_read_while_they_grow),
		cmocka_unit_test(what_is_not_there_is_not_read),
		cmocka_unit_test(results_survive_refused_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
