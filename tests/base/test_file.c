/*
 * test_file.c - reading: what is a regular file and what is not, limits, refusals.
 */
#include "cmocka_all.h"
#include "heap.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

static char folder[] = "/tmp/quern-test-file-XXXXXX";
static char path[sizeof(folder) + 32];
static struct buf out;

static const char *in_folder(const char *name)
{
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static void put(const char *name, const char *bytes, size_t n)
{
	FILE *f = fopen(in_folder(name), "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	static const char *const names[] = { "plain",  "swept", "empty", "big", "fifo",
					     "socket", "link",  "loop",  "dir", "sparse" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		remove(in_folder(names[i]));
	return rmdir(folder);
}

static int set_up(void **state)
{
	(void)state;
	buf_init(&out, &alloc_libc, 0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	buf_release(&out);
	return 0;
}

static void reads_regular_files(void **state)
{
	(void)state;
	put("plain", "a\0b\n", 4);
	put("empty", "", 0);
	buf_addz(&out, "before ");
	assert_int_equal(file_read(&out, in_folder("plain"), 0), FILE_OK);
	assert_int_equal(out.n, 11);
	assert_memory_equal(out.p, "before a\0b\n", 12);
	assert_int_equal(file_read(&out, in_folder("empty"), 1), FILE_OK);
	assert_int_equal(out.n, 11);
	remove(in_folder("link"));
	assert_int_equal(symlink("plain", in_folder("link")), 0);
	assert_int_equal(file_read(&out, in_folder("link"), 4), FILE_OK);
	assert_int_equal(out.n, 15);
}

static void reads_large_files(void **state)
{
	enum { SIZE = 1000003 };
	char *bytes = malloc(SIZE);

	(void)state;
	assert_non_null(bytes);
	for (size_t i = 0; i < SIZE; i++)
		bytes[i] = (char)(i * 7 >> 3);
	put("big", bytes, SIZE);
	assert_int_equal(file_read(&out, in_folder("big"), SIZE), FILE_OK);
	assert_int_equal(out.n, SIZE);
	assert_memory_equal(out.p, bytes, SIZE);
	assert_int_equal(file_read(&out, in_folder("big"), SIZE - 1), FILE_TOO_LARGE);
	assert_int_equal(out.n, SIZE);
	free(bytes);
}

/* Files of the kernel have the size 0 and contents. */
static void reads_files_of_unknown_size(void **state)
{
	(void)state;
	if (access("/proc/self/status", R_OK) != 0)
		skip();
	assert_int_equal(file_read(&out, "/proc/self/status", 0), FILE_OK);
	assert_true(out.n > 10);
	assert_int_equal(file_read(&out, "/proc/self/status", 5), FILE_TOO_LARGE);
}

static void refuses_what_is_no_regular_file(void **state)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)state;
	assert_int_equal(file_read(&out, folder, 0), FILE_NOT_REGULAR);
	assert_int_equal(file_read(&out, "/dev/zero", 10), FILE_NOT_REGULAR);
	assert_int_equal(file_read(&out, "/dev/null", 0), FILE_NOT_REGULAR);
	remove(in_folder("fifo"));
	assert_int_equal(mkfifo(in_folder("fifo"), 0600), 0);
	assert_int_equal(file_read(&out, in_folder("fifo"), 0), FILE_NOT_REGULAR);
	remove(in_folder("socket"));
	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(file_read(&out, in_folder("socket"), 0), FILE_NOT_REGULAR);
	close(fd);
	assert_int_equal(out.n, 0);
}

static int read_again(const char *file, size_t size, struct stat *info, enum file_status *status)
{
	const int fd = file_open_again(file, status);

	return fd < 0 ? -1 : file_read_seen(&out, fd, size, info, status);
}

/* A file seen a while ago is read where it is as it was, else looked at anew. */
static void reads_what_was_seen(void **state)
{
	enum file_status status;
	struct stat info;
	char byte;
	int fd;

	(void)state;
	put("plain", "four", 4);
	assert_int_equal(read_again(path, 4, &info, &status), -1);
	assert_int_equal(status, FILE_OK);
	assert_string_equal(out.p, "four");
	for (size_t size = 3; size < 6; size += 2) {
		fd = read_again(path, size, &info, &status);
		assert_true(fd >= 0);
		assert_int_equal(info.st_size, 4);
		assert_int_equal(read(fd, &byte, 1), 1);
		assert_int_equal(byte, 'f');
		assert_string_equal(out.p, "four");
		close(fd);
	}
	assert_int_equal(mkfifo(in_folder("seen"), 0600), 0);
	assert_int_equal(read_again(path, 4, &info, &status), -1);
	assert_int_equal(status, FILE_NOT_REGULAR);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(read_again(folder, 4, &info, &status), -1);
	assert_int_equal(status, FILE_NOT_REGULAR);
	assert_int_equal(read_again(in_folder("absent"), 4, &info, &status), -1);
	assert_int_equal(status, FILE_MISSING);
	assert_int_equal(out.n, 4);
}

static void missing_and_denied(void **state)
{
	static char long_name[6000];

	(void)state;
	memset(long_name, 'x', sizeof(long_name) - 1);
	assert_int_equal(file_read(&out, in_folder("nothing"), 0), FILE_MISSING);
	assert_int_equal(file_read(&out, "", 0), FILE_MISSING);
	assert_int_equal(file_read(&out, long_name, 0), FILE_MISSING);
	put("plain", "x", 1);
	assert_int_equal(file_read(&out, in_folder("plain/below"), 0), FILE_MISSING);
	remove(in_folder("loop"));
	assert_int_equal(symlink("loop", in_folder("loop")), 0);
	assert_int_equal(file_read(&out, in_folder("loop"), 0), FILE_IO);
	if (geteuid() != 0) {
		assert_int_equal(chmod(in_folder("plain"), 0), 0);
		assert_int_equal(file_read(&out, path, 0), FILE_DENIED);
	}
	assert_int_equal(out.n, 0);
}

static void sparse_giants_are_refused_unread(void **state)
{
	(void)state;
	put("sparse", "", 0);
	if (truncate(in_folder("sparse"), (off_t)4 << 30) != 0)
		skip();
	assert_int_equal(file_read(&out, path, 64 << 20), FILE_TOO_LARGE);
	assert_true(out.cap < 1 << 20);
}

static void reads_descriptors(void **state)
{
	int ends[2];

	(void)state;
	for (size_t limit = 0; limit <= 7; limit++) {
		assert_int_equal(pipe(ends), 0);
		assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
		assert_int_equal(write(ends[1], "hello", 5), 5);
		close(ends[1]);
		buf_clear(&out);
		buf_addc(&out, '>');
		if (limit > 0 && limit < 5) {
			assert_int_equal(file_read_fd(&out, ends[0], limit), FILE_TOO_LARGE);
			assert_string_equal(out.p, ">");
		} else {
			assert_int_equal(file_read_fd(&out, ends[0], limit), FILE_OK);
			assert_string_equal(out.p, ">hello");
		}
		close(ends[0]);
	}
	assert_int_not_equal(file_read_fd(&out, -1, 0), FILE_OK);
}

/* An empty non-blocking pipe is waited for, not taken for an error. */
static void waits_for_a_writer(void **state)
{
	int ends[2];
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		usleep(20000);
		_exit(write(ends[1], "late", 4) == 4 ? 0 : 1);
	}
	close(ends[1]);
	assert_int_equal(file_read_fd(&out, ends[0], 0), FILE_OK);
	assert_string_equal(out.p, "late");
	close(ends[0]);
	assert_int_equal(waitpid(child, NULL, 0), child);
}

static void every_refusal_is_an_error(void **state)
{
	enum file_status status = FILE_NOMEM;

	(void)state;
	put("swept", "contents", 8);
	for (size_t k = 1; status != FILE_OK; k++) {
		struct test_heap h;
		struct buf b;

		test_heap_init(&h, k);
		buf_init(&b, &h.alloc, 0);
		status = file_read(&b, in_folder("swept"), 0);
		assert_true(status == FILE_OK || status == FILE_NOMEM);
		buf_release(&b);
		assert_int_equal(h.live, 0);
		assert_true(k < 10);
	}
	out.limit = 4;
	assert_int_equal(file_read(&out, in_folder("swept"), 0), FILE_NOMEM);
}

static void every_status_has_a_text(void **state)
{
	(void)state;
	for (int s = FILE_OK; s <= FILE_NOMEM; s++)
		assert_true(strlen(file_status_text((enum file_status)s)) > 3);
}

#define WITH_BUFFER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BUFFER(reads_regular_files),
		WITH_BUFFER(reads_large_files),
		WITH_BUFFER(reads_files_of_unknown_size),
		WITH_BUFFER(refuses_what_is_no_regular_file),
		WITH_BUFFER(missing_and_denied),
		WITH_BUFFER(sparse_giants_are_refused_unread),
		WITH_BUFFER(reads_descriptors),
		WITH_BUFFER(waits_for_a_writer),
		WITH_BUFFER(reads_what_was_seen),
		WITH_BUFFER(every_refusal_is_an_error),
		cmocka_unit_test(every_status_has_a_text),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
