/*
 * test_sink.c - where results go: whole files or none, never outside, one
 * writer a path.
 */
#include "../base/cmocka_all.h"
#include "../base/heap.h"
#include "folder.h"

#include <dirent.h>

#include "run/outfile.h"
#include "run/sink.h"

static size_t entries(struct folder_fixture *f, const char *name)
{
	DIR *dir = opendir(folder_path(f, name));
	size_t n = 0;

	while (readdir(dir))
		n++;
	closedir(dir);
	return n - 2;
}

static struct sink *open_at(struct folder_fixture *f, const char *name)
{
	struct sink_error error;
	struct sink *s;
	char path[FOLDER_PATH];

	snprintf(path, sizeof path, "%s/%s", f->path, name);
	assert_int_equal(sink_open(&s, &alloc_libc, path, &error), SINK_OK);
	return s;
}

static enum sink_status text(struct sink *s, const char *name, const char *content, bool keep)
{
	struct sink_error error;
	const enum sink_status begun = sink_begin(s, name, "a test", &error);

	if (begun != SINK_OK)
		return begun;
	sink_write(s, content, strlen(content));
	return sink_end(s, keep, &error);
}

static void a_file_appears_whole_or_not_at_all(void **state)
{
	struct folder_fixture *f = *state;
	struct sink_error error;
	struct sink *s = open_at(f, "new/sub/out.md");

	assert_false(sink_is_folder(s));
	assert_int_equal(sink_begin(s, "ignored", "a test", &error), SINK_OK);
	assert_true(sink_write(s, "one", 3));
	assert_null(folder_read(f, "new/sub/out.md"));
	assert_int_equal(sink_end(s, true, &error), SINK_OK);
	assert_string_equal(folder_read(f, "new/sub/out.md"), "one");
	assert_int_equal(text(s, "", "two", false), SINK_OK);
	assert_string_equal(folder_read(f, "new/sub/out.md"), "one");
	assert_int_equal(sink_begin(s, "", "a test", &error), SINK_OK);
	sink_close(s);
	assert_string_equal(folder_read(f, "new/sub/out.md"), "one");
	assert_int_equal(entries(f, "new/sub"), 1);
}

static void a_link_to_a_file_is_written_through(void **state)
{
	struct folder_fixture *f = *state;
	struct sink *s;

	folder_mkdir(f, "real");
	folder_write(f, "real/out.md", "old");
	chmod(folder_path(f, "real/out.md"), 0600);
	folder_link(f, "real/out.md", "out.md");
	s = open_at(f, "out.md");
	assert_int_equal(text(s, "", "new", true), SINK_OK);
	sink_close(s);
	assert_string_equal(folder_read(f, "real/out.md"), "new");
	struct stat st;
	assert_int_equal(lstat(folder_path(f, "out.md"), &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(stat(folder_path(f, "real/out.md"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void a_folder_takes_files_and_texts(void **state)
{
	struct folder_fixture *f = *state;
	struct sink_error error;
	struct sink *s = open_at(f, "out/");

	assert_true(sink_is_folder(s));
	assert_false(sink_is_stdout(s));
	assert_int_equal(sink_put(s, "a.html", STR_LIT("A"), "a.md", &error), SINK_OK);
	assert_int_equal(sink_put(s, "x/y/b.html", STR_LIT("B"), "b.md", &error), SINK_OK);
	assert_int_equal(sink_put(s, "empty", STR_EMPTY, "b.md", &error), SINK_OK);
	assert_int_equal(text(s, "plugin.md", "T", true), SINK_OK);
	sink_close(s);
	assert_string_equal(folder_read(f, "out/a.html"), "A");
	assert_string_equal(folder_read(f, "out/x/y/b.html"), "B");
	assert_string_equal(folder_read(f, "out/empty"), "");
	assert_string_equal(folder_read(f, "out/plugin.md"), "T");
	assert_int_equal(entries(f, "out"), 4);
}

static void two_writers_are_named(void **state)
{
	struct folder_fixture *f = *state;
	struct sink_error error;
	struct sink *s = open_at(f, "out/");

	assert_int_equal(sink_put(s, "p", STR_LIT("first"), "a.md", &error), SINK_OK);
	assert_int_equal(sink_put(s, "p", STR_LIT("second"), "b.md", &error), SINK_REFUSED);
	assert_non_null(strstr(error.message, "a.md"));
	assert_non_null(strstr(error.message, "b.md"));
	assert_non_null(strstr(error.path, "out/p"));
	assert_int_equal(text(s, "p", "third", true), SINK_REFUSED);
	sink_close(s);
	assert_string_equal(folder_read(f, "out/p"), "first");
}

static void nothing_goes_outside(void **state)
{
	struct folder_fixture *f = *state;
	struct sink_error error;
	struct sink *s;
	char long_name[5001];
	const char *bad[] = { "../x", "/etc/x", "a/../../x", "", "a//b", "./a", "a/", ".", ".." };

	folder_mkdir(f, "out");
	folder_mkdir(f, "other");
	folder_write(f, "other/kept", "kept");
	folder_link(f, "../other", "out/link");
	folder_link(f, "../other/kept", "out/kept");
	s = open_at(f, "out");
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(sink_put(s, bad[i], STR_LIT("x"), "a.md", &error), SINK_REFUSED);
	assert_int_equal(sink_put(s, "link/x", STR_LIT("x"), "a.md", &error), SINK_REFUSED);
	assert_non_null(strstr(error.message, "link"));
	memset(long_name, 'n', 5000);
	long_name[5000] = '\0';
	assert_int_equal(sink_put(s, long_name, STR_LIT("x"), "a.md", &error), SINK_REFUSED);
	/* The link itself is replaced, not what it leads to. */
	assert_int_equal(sink_put(s, "kept", STR_LIT("new"), "a.md", &error), SINK_OK);
	sink_close(s);
	assert_string_equal(folder_read(f, "other/kept"), "kept");
	assert_string_equal(folder_read(f, "out/kept"), "new");
	assert_int_equal(entries(f, "other"), 1);
	assert_int_equal(entries(f, "out"), 2);
	assert_int_equal(entries(f, ""), 2);
}

static void files_and_folders_in_the_way(void **state)
{
	struct folder_fixture *f = *state;
	struct sink_error error;
	struct sink *s;

	folder_mkdir(f, "out");
	folder_mkdir(f, "out/d");
	folder_write(f, "out/d/x", "");
	s = open_at(f, "out");
	assert_int_equal(sink_put(s, "d", STR_LIT("x"), "a.md", &error), SINK_REFUSED);
	assert_int_equal(sink_put(s, "f", STR_LIT("x"), "a.md", &error), SINK_OK);
	assert_int_equal(sink_put(s, "f/x", STR_LIT("x"), "b.md", &error), SINK_REFUSED);
	sink_close(s);
	assert_int_equal(entries(f, "out"), 2);
}

static void what_cannot_be_written_is_told_early(void **state)
{
	struct folder_fixture *f = *state;
	struct sink_error error;
	struct sink *s;

	assert_int_equal(sink_open(&s, &alloc_libc, "/proc/nowhere/x/", &error), SINK_FAILED);
	assert_null(s);
	assert_non_null(strstr(error.message, "cannot write"));
	assert_int_equal(sink_open(&s, &alloc_libc, "", &error), SINK_FAILED);
	folder_write(f, "file", "");
	char path[FOLDER_PATH];
	snprintf(path, sizeof path, "%s/file/out.md", f->path);
	assert_int_equal(sink_open(&s, &alloc_libc, path, &error), SINK_FAILED);
}

static void a_full_device_is_told_at_the_end(void **state)
{
	struct sink_error error;
	struct sink *s;

	(void)state;
	assert_int_equal(sink_open(&s, &alloc_libc, "/dev/full", &error), SINK_OK);
	assert_int_equal(sink_begin(s, "", "a test", &error), SINK_OK);
	assert_true(sink_write(s, "x", 1));
	assert_int_equal(sink_end(s, true, &error), SINK_FAILED);
	assert_non_null(strstr(error.message, "space"));
	sink_close(s);
}

static void long_texts_pass_the_buffer(void **state)
{
	struct folder_fixture *f = *state;
	struct sink_error error;
	struct sink *s = open_at(f, "big");
	static char block[100000];
	struct stat st;

	memset(block, 'b', sizeof block);
	assert_int_equal(sink_begin(s, "", "a test", &error), SINK_OK);
	for (size_t n = 1; n < sizeof block; n = n * 3 + 1)
		assert_true(sink_write(s, block, n));
	assert_int_equal(sink_end(s, true, &error), SINK_OK);
	sink_close(s);
	assert_int_equal(stat(folder_path(f, "big"), &st), 0);
	size_t want = 0;
	for (size_t n = 1; n < sizeof block; n = n * 3 + 1)
		want += n;
	assert_int_equal(st.st_size, want);
}

static void refused_memory_is_an_error(void **state)
{
	struct folder_fixture *f = *state;
	char path[FOLDER_PATH];
	bool done = false;

	snprintf(path, sizeof path, "%s/out/", f->path);
	for (size_t k = 1; !done; k++) {
		struct test_heap h;
		struct sink_error error;
		struct sink *s;

		test_heap_init(&h, k);
		if (sink_open(&s, &h.alloc, path, &error) == SINK_OK) {
			done = sink_put(s, "d/f", STR_LIT("x"), "a.md", &error) == SINK_OK;
			sink_close(s);
		}
		assert_int_equal(h.live, 0);
		assert_true(k < 100);
	}
	assert_int_equal(entries(f, "out/d"), 1);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
	const struct CMUnitTest tests[] = {
		T(a_file_appears_whole_or_not_at_all),
		T(a_link_to_a_file_is_written_through),
		T(a_folder_takes_files_and_texts),
		T(two_writers_are_named),
		T(nothing_goes_outside),
		T(files_and_folders_in_the_way),
		T(what_cannot_be_written_is_told_early),
		T(a_full_device_is_told_at_the_end),
		T(long_texts_pass_the_buffer),
		T(refused_memory_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
