/*
 * test_beginning.c - documents of which only the beginning is read at first:
 * what is asked for later comes out as if all had been read, and a file that
 * is not what was said costs an error at most.
 */
#include "../base/cmocka_all.h"
#include "../base/heap.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "quern.h"

enum { FIRST = 64, LINES = 400 };

static char path[] = "/tmp/quern-beginning-XXXXXX.md";
static char text[LINES * 40];

static void file_write(const char *bytes, size_t n)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	fclose(f);
}

static int setup(void **state)
{
	size_t n = (size_t)sprintf(text, "---\ntitle: T\nn: 1\n---\n");

	(void)state;
	close(mkstemps(path, 3));
	for (int i = 0; i < LINES; i++)
		n += (size_t)sprintf(text + n, "# Heading %d\n\nText.\n\n", i);
	file_write(text, n);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	unlink(path);
	memcpy(strstr(path, "-beginning-") + 11, "XXXXXX", 6);
	return 0;
}

static int open_files(void)
{
	DIR *d = opendir("/proc/self/fd");
	int n = 0;

	while (d && readdir(d))
		n++;
	closedir(d);
	return n;
}

static quern_doc_options options_of(size_t size)
{
	quern_doc_options o = QUERN_DOC_OPTIONS_INIT;

	o.at_first = FIRST;
	o.file_size = size;
	return o;
}

static void the_rest_comes_when_asked_for(void **state)
{
	const quern_doc_options o = options_of(strlen(text));
	const int files = open_files();
	quern_doc *part, *whole;
	size_t len;
	quern *q;

	(void)state;
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	assert_int_equal(quern_doc_load(q, path, &o, &part, NULL), QUERN_OK);
	assert_int_equal(open_files(), files + 1);
	assert_string_equal(quern_doc_title(part, NULL), "T");
	assert_int_equal(quern_value_integer(quern_value_get(quern_doc_meta(part), "n")), 1);
	assert_int_equal(open_files(), files + 1);
	assert_int_equal(quern_doc_load(q, path, NULL, &whole, NULL), QUERN_OK);
	assert_string_equal(quern_doc_digest(part), quern_doc_digest(whole));
	assert_int_equal(open_files(), files);
	assert_string_equal(quern_doc_source(part, &len), text);
	assert_int_equal(len, strlen(text));
	assert_int_equal(quern_doc_complete(part, NULL), QUERN_OK);
	quern_doc_unref(whole);
	quern_doc_unref(part);
	/* Let go without having been asked for more. */
	assert_int_equal(quern_doc_load(q, path, &o, &part, NULL), QUERN_OK);
	quern_doc_unref(part);
	quern_free(q);
	assert_int_equal(open_files(), files);
}

static void a_file_that_is_not_what_was_said(void **state)
{
	static const size_t sizes[] = { 1, FIRST - 1, FIRST, FIRST + 1, 1000, 100000000 };
	const int files = open_files();
	quern_error error;
	quern_doc *doc;
	quern *q;

	(void)state;
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		const quern_doc_options o = options_of(sizes[i]);
		assert_int_equal(quern_doc_load(q, path, &o, &doc, &error), QUERN_OK);
		assert_int_equal(quern_doc_complete(doc, &error), QUERN_OK);
		quern_doc_unref(doc);
	}
	const quern_doc_options o = options_of(strlen(text));
	/* It shrinks and grows behind the beginning that was read. */
	assert_int_equal(quern_doc_load(q, path, &o, &doc, &error), QUERN_OK);
	assert_int_equal(truncate(path, 1000), 0);
	assert_int_equal(quern_doc_complete(doc, &error), QUERN_OK);
	quern_doc_unref(doc);
	assert_int_equal(quern_doc_load(q, path, &o, &doc, &error), QUERN_OK);
	assert_int_equal(truncate(path, 10), 0);
	assert_int_equal(quern_doc_complete(doc, &error), QUERN_OK);
	quern_doc_unref(doc);
	unlink(path);
	assert_int_equal(quern_doc_load(q, path, &o, &doc, &error), QUERN_NOT_FOUND);
	/* Nobody writes into this pipe, and nobody waits for it. */
	assert_int_equal(mkfifo(path, 0600), 0);
	if (quern_doc_load(q, path, &o, &doc, &error) == QUERN_OK)
		quern_doc_unref(doc);
	unlink(path);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(quern_doc_load(q, path, &o, &doc, &error), QUERN_IO);
	rmdir(path);
	quern_free(q);
	assert_int_equal(open_files(), files);
}

static void refused_memory_is_an_error(void **state)
{
	const quern_doc_options o = options_of(strlen(text));
	const int files = open_files();
	bool all = false;

	(void)state;
	for (size_t k = 1; !all; k++) {
		quern_config config = QUERN_CONFIG_INIT;
		struct test_heap heap;
		quern_doc *doc = NULL;
		quern *q = NULL;
		test_heap_init(&heap, k);
		config.alloc = heap.alloc.fn;
		config.alloc_user = heap.alloc.user;
		if (quern_new(&config, &q, NULL) == QUERN_OK && quern_doc_load(q, path, &o, &doc, NULL) == QUERN_OK) {
			all = quern_doc_meta(doc) && quern_doc_complete(doc, NULL) == QUERN_OK && heap.requests < k;
		}
		quern_doc_unref(doc);
		quern_free(q);
		assert_int_equal(heap.live, 0);
		assert_true(k < 10000);
	}
	assert_int_equal(open_files(), files);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_rest_comes_when_asked_for, setup, teardown),
		cmocka_unit_test_setup_teardown(a_file_that_is_not_what_was_said, setup, teardown),
		cmocka_unit_test_setup_teardown(refused_memory_is_an_error, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
