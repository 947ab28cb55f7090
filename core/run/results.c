/*
 * results.c - see results.h.
 *
 * An entry is the lengths of path and JSON, then both, each ended by a NUL.
 */
#include "run/results.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct lengths {
	uint64_t path, json;
};

void results_init(struct results *r, const struct alloc *heap)
{
	*r = (struct results){ .heap = heap, .data_fd = -1, .index_fd = -1 };
	buf_init(&r->data, heap, 0);
	buf_init(&r->index, heap, 0);
}

void results_release(struct results *r)
{
	if (r->data_fd >= 0)
		close(r->data_fd);
	if (r->index_fd >= 0)
		close(r->index_fd);
	buf_release(&r->data);
	buf_release(&r->index);
	results_init(r, r->heap);
}

/* ------------------------------------------------------------------- files */

int temporary_open(void)
{
	const char *folder = getenv("TMPDIR");
	char name[512] = "/tmp/quern-XXXXXX";
	int fd;

	if (!folder || !*folder || strlen(folder) + 16 > sizeof name)
		folder = "/tmp";
	fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0)
		return fd;
	strcpy(name, folder);
	strcat(name, "/quern-XXXXXX");
	fd = mkostemp(name, O_CLOEXEC);
	if (fd >= 0)
		unlink(name);
	return fd;
}

/* Few bytes never touch a disk; without a temporary folder many do not either. */
static int file_open(bool small)
{
	int fd = small ? -1 : temporary_open();

	return fd >= 0 ? fd : memfd_create("quern-results", MFD_CLOEXEC);
}

static int write_all(int fd, struct str s)
{
	while (s.n > 0) {
		const ssize_t n = write(fd, s.p, s.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		s.p += n;
		s.n -= (size_t)n;
	}
	return 0;
}

static int flush_to(int *fd, struct buf *pending, bool small)
{
	int error = 0;

	if (*fd < 0)
		*fd = file_open(small);
	if (*fd < 0)
		return errno;
	error = write_all(*fd, buf_str(pending));
	buf_clear(pending);
	return error;
}

static bool flush(struct results *r, bool small)
{
	const uint64_t n = r->data.n;

	if (!r->error)
		r->error = flush_to(&r->data_fd, &r->data, small);
	if (!r->error)
		r->error = flush_to(&r->index_fd, &r->index, small);
	r->data_at += n;
	return !r->error;
}

/* ------------------------------------------------------------------ writing */

bool results_add(struct results *r, const char *path, struct str json)
{
	const struct lengths lengths = { strlen(path), json.n };
	const uint64_t at = r->data_at + r->data.n;

	if (r->error)
		return false;
	buf_add(&r->data, &lengths, sizeof lengths);
	buf_add(&r->data, path, lengths.path + 1);
	buf_adds(&r->data, json);
	buf_addc(&r->data, '\0');
	buf_add(&r->index, &at, sizeof at);
	if (!buf_ok(&r->data) || !buf_ok(&r->index)) {
		r->error = ENOMEM;
		return false;
	}
	r->n++;
	return r->data.n < RESULTS_HELD || flush(r, false);
}

const char *results_error(const struct results *r)
{
	return r->error == ENOSPC ? "no space left for the results so far in the folder for temporary files (TMPDIR)"
				  : "the results so far could not be kept";
}

bool results_have_spilled(const struct results *r)
{
	return r->data_at > 0;
}

bool results_flush(struct results *r)
{
	return flush(r, !results_have_spilled(r));
}

/* ------------------------------------------------------------------ reading */

static const size_t window_size = 65536;

void results_reader_init(struct results_reader *r, const struct alloc *heap, int data_fd, int index_fd, size_t n)
{
	*r = (struct results_reader){ .heap = heap, .data_fd = data_fd, .index_fd = index_fd, .n = n };
	buf_init(&r->window, heap, 0);
}

void results_reader_release(struct results_reader *r)
{
	buf_release(&r->window);
}

static bool read_at(int fd, void *to, size_t n, uint64_t at, size_t *got)
{
	*got = 0;
	while (*got < n) {
		const ssize_t k = pread(fd, (char *)to + *got, n - *got, (off_t)(at + *got));
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return false;
		if (k == 0)
			break;
		*got += (size_t)k;
	}
	return true;
}

/* The n bytes at `at`, out of the window, which moves there if need be. */
static const char *bytes_at(struct results_reader *r, uint64_t at, size_t n)
{
	const size_t wanted = n > window_size ? n : window_size;
	size_t got;

	if (at >= r->window_at && n <= r->window.n && at - r->window_at <= r->window.n - n)
		return r->window.p + (at - r->window_at);
	buf_clear(&r->window);
	if (!buf_reserve(&r->window, wanted) || !read_at(r->data_fd, r->window.p, wanted, at, &got))
		return NULL;
	r->window.n = got;
	r->window_at = at;
	return got >= n ? r->window.p : NULL;
}

bool results_read(struct results_reader *r, size_t i, const char **path, struct str *json)
{
	struct lengths lengths;
	uint64_t at;
	size_t got;
	const char *p;

	if (i >= r->n || !read_at(r->index_fd, &at, sizeof at, (uint64_t)i * sizeof at, &got) || got < sizeof at)
		return false;
	p = bytes_at(r, at, sizeof lengths);
	if (!p)
		return false;
	memcpy(&lengths, p, sizeof lengths);
	if (lengths.path > SIZE_MAX / 4 || lengths.json > SIZE_MAX / 4)
		return false;
	p = bytes_at(r, at, sizeof lengths + lengths.path + lengths.json + 2);
	if (!p)
		return false;
	*path = p + sizeof lengths;
	*json = (struct str){ *path + lengths.path + 1, lengths.json };
	return true;
}
