/*
 * test_cache.c - outcomes kept between runs: found, renewed, bounded; files
 * that are broken, foreign or cut, folders that refuse.
 */
#include "../base/cmocka_all.h"
#include "../base/heap.h"
#include "../base/scale.h"
#include "folder.h"

#include <signal.h>
#include <sys/wait.h>

#include "run/cache.h"

#define KEY "run one"

static const int64_t second = 1000000000;
static int warnings;

static void on_warning(void *user, const char *path, const char *message)
{
	(void)user;
	assert_non_null(strstr(path, "cache.db"));
	assert_true(*message);
	warnings++;
}

static struct cache *open_with(struct folder_fixture *f, const char *key, bool paranoid, uint64_t most)
{
	char folder[128];

	snprintf(folder, sizeof folder, "%s/cache", f->path);
	return cache_open(&(struct cache_options){ .heap = &alloc_libc,
						   .folder = folder,
						   .key = key,
						   .max_bytes = most,
						   .paranoid = paranoid,
						   .warn = on_warning });
}

static struct cache *open_plain(struct folder_fixture *f)
{
	struct cache *c = open_with(f, KEY, false, 0);

	assert_non_null(c);
	return c;
}

/* A file that was old when it was looked at. */
static struct file_stamp stamp_of(int i)
{
	return (struct file_stamp){ 1, (uint64_t)i, 100, 5 * second + i, 6 * second + i, 1000 * second };
}

static void name_of(char *to, int i)
{
	sprintf(to, "d/%05d.md", i);
}

static void text_of(char *to, int i)
{
	sprintf(to, "outcome of %d with some text that takes room", i);
}

static void put(struct cache *c, int i)
{
	const struct file_stamp stamp = stamp_of(i);
	char path[32], text[64];

	name_of(path, i);
	text_of(text, i);
	cache_put(c, path, &stamp, "abcd", str_of(text));
}

/* What is found is right; returns how fresh. */
static enum cache_found find_at(struct cache *c, int i, const struct file_stamp *stamp)
{
	struct cache_entry e;
	char path[32], text[64];

	name_of(path, i);
	text_of(text, i);
	const enum cache_found found = cache_find(c, path, stamp, &e);
	if (found != CACHE_NONE) {
		assert_string_equal(e.digest, "abcd");
		assert_int_equal(e.outcome.n, strlen(text));
		assert_memory_equal(e.outcome.p, text, e.outcome.n);
	}
	return found;
}

static enum cache_found find(struct cache *c, int i)
{
	const struct file_stamp stamp = stamp_of(i);

	return find_at(c, i, &stamp);
}

static void fill(struct folder_fixture *f, int n)
{
	struct cache *c = open_plain(f);

	for (int i = 0; i < n; i++)
		put(c, i);
	cache_close(c);
}

/* ------------------------------------------------------------------- tests */

static void what_was_put_is_found(void **state)
{
	enum { N = 3000 };
	struct folder_fixture *f = *state;
	struct cache *c;

	fill(f, N);
	c = open_plain(f);
	for (int i = 0; i < N; i++)
		assert_int_equal(find(c, i), CACHE_FRESH);
	assert_int_equal(find(c, N), CACHE_NONE);
	/* Any order will do. */
	for (int i = N - 1; i >= 0; i -= 7)
		assert_int_equal(find(c, i), CACHE_FRESH);
	for (int i = 0; i < N; i += 501)
		assert_int_equal(find(c, (i * 37) % N), CACHE_FRESH);
	cache_close(c);
	c = open_with(f, "run two", false, 0);
	assert_int_equal(find(c, 1), CACHE_NONE);
	cache_close(c);
	assert_int_equal(warnings, 0);
}

static void a_stamp_that_may_lie_is_not_believed(void **state)
{
	struct folder_fixture *f = *state;
	struct file_stamp s = stamp_of(1);
	struct cache *c;

	fill(f, 2);
	c = open_plain(f);
	struct file_stamp changed[5] = { s, s, s, s, s };
	changed[0].device++, changed[1].inode++, changed[2].size++, changed[3].mtime++, changed[4].ctime--;
	for (int i = 0; i < 5; i++)
		assert_int_equal(find_at(c, 1, &changed[i]), CACHE_SAME_DIGEST);
	s.looked = 0; /* now; when it was looked at then is what counts */
	assert_int_equal(find_at(c, 1, &s), CACHE_FRESH);
	cache_close(c);
	/* Changed within two seconds before the look, or after it: a clock that was moved. */
	for (int k = -1; k <= 2; k++) {
		s = stamp_of(1);
		s.mtime = s.looked - k * second;
		c = open_plain(f);
		cache_put(c, "d/00001.md", &s, "abcd", str_of("outcome of 1 with some text that takes room"));
		cache_close(c);
		c = open_plain(f);
		assert_int_equal(find_at(c, 1, &s), CACHE_SAME_DIGEST);
		cache_close(c);
	}
	c = open_with(f, KEY, true, 0);
	assert_int_equal(find(c, 0), CACHE_SAME_DIGEST);
	cache_close(c);
}

static void a_later_outcome_takes_the_place(void **state)
{
	struct folder_fixture *f = *state;
	const struct file_stamp stamp = stamp_of(1);
	struct cache_entry e;
	struct cache *c;

	fill(f, 3);
	c = open_plain(f);
	cache_put(c, "d/00001.md", &stamp, "ef", str_of("new"));
	cache_close(c);
	c = open_plain(f);
	assert_int_equal(cache_find(c, "d/00001.md", &stamp, &e), CACHE_FRESH);
	assert_string_equal(e.digest, "ef");
	assert_memory_equal(e.outcome.p, "new", 3);
	assert_int_equal(find(c, 2), CACHE_FRESH);
	cache_close(c);
}

static void two_handles_at_once(void **state)
{
	struct folder_fixture *f = *state;
	struct cache *a, *b;

	fill(f, 1000);
	a = open_plain(f);
	b = open_plain(f);
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(find(a, i), CACHE_FRESH);
		if (i % 3 == 0)
			put(b, i);
		put(a, 1000 + i);
		put(b, 1500 + i);
		assert_int_equal(find(b, i), CACHE_FRESH);
	}
	cache_close(a);
	cache_close(b);
	a = open_plain(f);
	for (int i = 0; i < 2500; i++)
		assert_int_equal(find(a, i), CACHE_FRESH);
	cache_close(a);
	assert_int_equal(warnings, 0);
}

/* Whoever dies with something in hand leaves a file that others can use. */
static void a_process_that_dies_leaves_a_whole_file(void **state)
{
	struct folder_fixture *f = *state;
	struct cache *c;
	int status;

	fill(f, 100);
	for (int ms = 0; ms < 30; ms += 3) {
		const pid_t pid = fork();
		if (pid == 0) {
			c = open_plain(f);
			if (!c)
				_exit(1);
			for (int i = 0;; i++)
				put(c, i % 20000);
		}
		usleep((useconds_t)ms * 1000 * 4);
		kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, &status, 0), pid);
	}
	c = open_plain(f);
	for (int i = 0; i < 100; i++)
		assert_int_equal(find(c, i), CACHE_FRESH);
	cache_close(c);
	assert_int_equal(warnings, 0);
}

static struct cache_info inspect(struct folder_fixture *f)
{
	struct cache_info info;
	char folder[128];

	snprintf(folder, sizeof folder, "%s/cache", f->path);
	if (!cache_inspect(folder, &info))
		info.documents = info.runs = 0;
	return info;
}

static void older_runs_make_room(void **state)
{
	enum { N = 4000 };
	const uint64_t most = 2 << 20;
	struct folder_fixture *f = *state;
	char key[16], folder[128];
	struct cache *c;

	for (int run = 0; run < 6; run++) {
		sprintf(key, "run %d", run);
		c = open_with(f, key, false, most);
		for (int i = 0; i < N; i++)
			put(c, i);
		cache_close(c);
		assert_true(inspect(f).bytes <= most);
	}
	assert_in_range(inspect(f).runs, 1, 5);
	c = open_with(f, "run 5", false, most);
	assert_int_equal(find(c, N - 1), CACHE_FRESH);
	cache_close(c);
	/* A run that is too large by itself keeps what there is room for. */
	c = open_with(f, "large", false, 200000);
	for (int i = 0; i < 20 * N; i++)
		put(c, i);
	cache_close(c);
	c = open_with(f, "large", false, 200000);
	assert_int_equal(find(c, 0), CACHE_FRESH);
	assert_int_equal(find(c, 20 * N - 1), CACHE_NONE);
	cache_close(c);
	snprintf(folder, sizeof folder, "%s/cache", f->path);
	assert_true(cache_prune(folder, 0) && inspect(f).runs > 0);
	assert_true(cache_prune(folder, INT64_MAX));
	assert_int_equal(inspect(f).runs, 0);
	assert_int_equal(inspect(f).documents, 0);
	assert_true(cache_clear(folder));
	assert_null(folder_read(f, "cache/cache.db"));
	assert_true(cache_clear(folder));
	assert_int_equal(warnings, 0);
}

static void a_foreign_file_is_set_aside(void **state)
{
	struct folder_fixture *f = *state;
	struct cache *c;

	folder_mkdir(f, "cache");
	folder_write(f, "cache/cache.db", "These are my notes, and no database at all.\n");
	fill(f, 10);
	assert_int_equal(warnings, 1);
	assert_string_equal(folder_read(f, "cache/cache.db.broken"), "These are my notes, and no database at all.\n");
	c = open_plain(f);
	assert_int_equal(find(c, 3), CACHE_FRESH);
	cache_close(c);
	assert_int_equal(warnings, 1);
}

static void sql(struct folder_fixture *f, const char *text)
{
	char command[9000];

	snprintf(command, sizeof command,
		 "python3 -c 'import sqlite3; d = sqlite3.connect(\"%s/cache/cache.db\"); d.executescript(\"%s\")'",
		 f->path, text);
	assert_int_equal(system(command), 0);
}

static void another_database_or_format_is_set_aside(void **state)
{
	static const char *const changes[] = { "PRAGMA user_version = 999", "PRAGMA application_id = 5",
					       "DROP TABLE docs", "DROP TABLE runs",
					       "DROP TABLE docs; CREATE TABLE docs(x)" };
	struct folder_fixture *f = *state;
	struct cache *c;

	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		warnings = 0;
		fill(f, 10);
		sql(f, changes[i]);
		c = open_with(f, KEY, false, 0);
		for (int k = 0; c && k < 10; k++)
			assert_int_equal(find(c, k), CACHE_NONE);
		cache_close(c);
		assert_int_equal(warnings, 1);
		fill(f, 10);
		assert_int_equal(warnings, 1);
	}
}

/* A format of before is of no use to anybody, and no reason to worry. */
static void an_older_format_is_replaced(void **state)
{
	struct folder_fixture *f = *state;
	struct cache *c;

	fill(f, 10);
	sql(f, "PRAGMA user_version = 1");
	c = open_plain(f);
	for (int k = 0; k < 10; k++)
		assert_int_equal(find(c, k), CACHE_NONE);
	cache_close(c);
	fill(f, 10);
	c = open_plain(f);
	assert_int_equal(find(c, 9), CACHE_FRESH);
	cache_close(c);
	assert_null(folder_read(f, "cache/cache.db.broken"));
	assert_int_equal(warnings, 0);
}

/* ------------------------------------------------------------------ broken files */

static char *slurp(struct folder_fixture *f, size_t *n)
{
	FILE *file = fopen(folder_path(f, "cache/cache.db"), "rb");
	char *bytes;

	fseek(file, 0, SEEK_END);
	*n = (size_t)ftell(file);
	rewind(file);
	bytes = malloc(*n);
	assert_int_equal(fread(bytes, 1, *n, file), *n);
	fclose(file);
	return bytes;
}

static void restore(struct folder_fixture *f, const char *bytes, size_t n)
{
	FILE *file = fopen(folder_path(f, "cache/cache.db"), "wb");

	assert_int_equal(fwrite(bytes, 1, n, file), n);
	fclose(file);
	unlink(folder_path(f, "cache/cache.db-journal"));
}

/* Finds and puts over the file as it is; what is found is right, and one warning is enough. */
static void use(struct folder_fixture *f, int n)
{
	struct cache *c;

	warnings = 0;
	c = open_with(f, KEY, false, 0);
	for (int i = 0; c && i < n; i++)
		if (find(c, i) != CACHE_FRESH)
			put(c, i);
	cache_close(c);
	assert_in_range(warnings, 0, 1);
}

static void any_cut_gives_no_wrong_outcome(void **state)
{
	enum { N = 2000 };
	struct folder_fixture *f = *state;
	char *bytes;
	size_t n;

	fill(f, N);
	bytes = slurp(f, &n);
	assert_true(n > 100000);
	for (size_t at = 0; at < n; at += (size_t)(40960 / scaled(10))) {
		restore(f, bytes, at);
		use(f, N);
		/* Whatever it was, the next run is undisturbed. */
		use(f, N);
		assert_int_equal(warnings, 0);
	}
	free(bytes);
}

static void any_changed_byte_gives_no_wrong_outcome(void **state)
{
	enum { N = 60 };
	struct folder_fixture *f = *state;
	const size_t step = getenv("QUERN_TEST_LONG") ? 1 : (size_t)(370 / scaled(10));
	char *bytes;
	size_t n;

	fill(f, N);
	bytes = slurp(f, &n);
	for (size_t at = 0; at < n; at += at < 200 ? 1 : step) {
		const char was = bytes[at];
		bytes[at] = (char)(was ^ (1 << at % 8));
		restore(f, bytes, n);
		bytes[at] = was;
		use(f, N);
	}
	free(bytes);
}

/* Cut by someone else while it is open: an error at most, no signal. */
static void a_file_cut_while_open_is_no_end(void **state)
{
	enum { N = 3000 };
	struct folder_fixture *f = *state;
	struct cache *c;

	fill(f, N);
	c = open_plain(f);
	for (int i = 0; i < N; i++) {
		if (i == 700)
			assert_int_equal(truncate(folder_path(f, "cache/cache.db"), 20000), 0);
		find(c, i);
		put(c, i);
	}
	cache_close(c);
	assert_in_range(warnings, 0, 1);
	use(f, N);
	use(f, N);
	assert_int_equal(warnings, 0);
}

static void a_folder_that_refuses_costs_one_warning(void **state)
{
	struct folder_fixture *f = *state;
	struct cache *c;

	folder_write(f, "cache", "a file where the folder should be");
	assert_null(open_with(f, KEY, false, 0));
	assert_int_equal(warnings, 1);
	unlink(folder_path(f, "cache"));
	if (geteuid() == 0)
		skip(); /* nothing is forbidden to root */
	warnings = 0;
	fill(f, 10);
	chmod(folder_path(f, "cache/cache.db"), 0400);
	chmod(folder_path(f, "cache"), 0500);
	c = open_with(f, KEY, false, 0);
	for (int i = 0; c && i < 10; i++)
		put(c, i + 10);
	cache_close(c);
	assert_int_equal(warnings, 1);
	chmod(folder_path(f, "cache"), 0700);
}

static void refused_memory_is_no_wrong_outcome(void **state)
{
	struct folder_fixture *f = *state;
	char folder[128];

	fill(f, 600);
	snprintf(folder, sizeof folder, "%s/cache", f->path);
	for (size_t n = 1; n < 40; n++) {
		struct test_heap heap;
		test_heap_init(&heap, n);
		struct cache *c = cache_open(&(struct cache_options){
			.heap = &heap.alloc, .folder = folder, .key = KEY, .warn = on_warning });
		for (int i = 0; c && i < 600; i += 5) {
			find(c, i);
			put(c, i + 1000);
		}
		cache_close(c);
		assert_int_equal(heap.live, 0);
	}
}

static int setup(void **state)
{
	warnings = 0;
	return folder_setup(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_was_put_is_found, setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_stamp_that_may_lie_is_not_believed, setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_later_outcome_takes_the_place, setup, folder_teardown),
		cmocka_unit_test_setup_teardown(two_handles_at_once, setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_process_that_dies_leaves_a_whole_file, setup, folder_teardown),
		cmocka_unit_test_setup_teardown(older_runs_make_room, setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_foreign_file_is_set_aside, setup, folder_teardown),
		cmocka_unit_test_setup_teardown(another_database_or_format_is_set_aside, setup, folder_teardown),
		cmocka_unit_test_setup_teardown(an_older_format_is_replaced, setup, folder_teardown),
		cmocka_unit_test_setup_teardown(any_cut_gives_no_wrong_outcome, setup, folder_teardown),
		cmocka_unit_test_setup_teardown(any_changed_byte_gives_no_wrong_outcome, setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_file_cut_while_open_is_no_end, setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_folder_that_refuses_costs_one_warning, setup, folder_teardown),
		cmocka_unit_test_setup_teardown(refused_memory_is_no_wrong_outcome, setup, folder_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
