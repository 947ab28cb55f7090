/*
 * file.c - regular files into memory.
 *
 * Provides reading to whoever turns paths into bytes.  Never blocks on what
 * is no regular file, nor opens it: opening alone can start a device.  Knows
 * nothing of what the bytes are.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_STEP ((size_t)64 * 1024)

static enum file_status status_of_errno(int error)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
	case ENAMETOOLONG:
		return FILE_MISSING;
	case EACCES:
	case EPERM:
		return FILE_DENIED;
	case EISDIR:
	case ENXIO:
	case ENODEV:
		return FILE_NOT_REGULAR;
	case EFBIG:
	case EOVERFLOW:
		return FILE_TOO_LARGE;
	case ENOMEM:
		return FILE_NOMEM;
	default:
		return FILE_IO;
	}
}

/* One read, repeated after a signal and, on a non-blocking descriptor, when there is something. */
static ssize_t read_some(int fd, char *to, size_t n)
{
	for (;;) {
		ssize_t got = read(fd, to, n < SSIZE_MAX ? n : SSIZE_MAX);

		if (got >= 0)
			return got;
		if (errno == EAGAIN) {
			struct pollfd ready = { .fd = fd, .events = POLLIN };

			if (poll(&ready, 1, -1) < 0 && errno != EINTR)
				return -1;
		} else if (errno != EINTR) {
			return -1;
		}
	}
}

/* Appends up to most bytes (SIZE_MAX: all there are); reading ends sooner at the end of the file. */
static enum file_status read_up_to(struct buf *out, int fd, size_t most)
{
	size_t step = most < READ_STEP ? most : READ_STEP;

	while (most > 0) {
		size_t room = out->cap > out->n + 1 ? out->cap - out->n - 1 : 0;
		size_t wanted = room > step ? room : step;
		char *to = buf_reserve(out, wanted < most ? wanted : most);
		ssize_t got;

		if (!to)
			return FILE_NOMEM;
		got = read_some(fd, to, wanted < most ? wanted : most);
		if (got < 0)
			return status_of_errno(errno);
		if (got == 0)
			break;
		out->n += (size_t)got;
		out->p[out->n] = '\0';
		most -= (size_t)got;
	}
	return FILE_OK;
}

/* Reads to the end; one byte over the limit is asked for, to see whether there are more. */
static enum file_status read_to_end(struct buf *out, int fd, size_t limit)
{
	size_t before = out->n;
	enum file_status status = read_up_to(out, fd, limit > 0 && limit < SIZE_MAX ? limit + 1 : SIZE_MAX);

	if (status == FILE_OK && limit > 0 && out->n - before > limit)
		return FILE_TOO_LARGE;
	return status;
}

enum file_status file_read_fd(struct buf *out, int fd, size_t limit)
{
	size_t before = out->n;
	enum file_status status = read_to_end(out, fd, limit);

	if (status != FILE_OK)
		buf_truncate(out, before);
	return status;
}

enum file_status file_read_open(struct buf *out, int fd, uint64_t size, size_t limit)
{
	size_t before = out->n;
	enum file_status status;

	if (size >= SIZE_MAX || (limit > 0 && size > limit))
		return FILE_TOO_LARGE;
	/* Files of the kernel (/proc) say 0 and have contents all the same. */
	if (size == 0)
		return file_read_fd(out, fd, limit);
	if (!buf_reserve(out, (size_t)size))
		return FILE_NOMEM;
	status = read_up_to(out, fd, (size_t)size);
	if (status != FILE_OK)
		buf_truncate(out, before);
	return status;
}

static bool is_regular(const struct stat *info, enum file_status *status)
{
	*status = !S_ISREG(info->st_mode) ? FILE_NOT_REGULAR : info->st_size < 0 ? FILE_TOO_LARGE : FILE_OK;
	return *status == FILE_OK;
}

int file_open_again(const char *path, enum file_status *status)
{
	const int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

	*status = fd < 0 ? status_of_errno(errno) : FILE_OK;
	return fd;
}

int file_look(int fd, struct stat *info, enum file_status *status)
{
	if (fstat(fd, info) != 0)
		*status = status_of_errno(errno);
	else if (is_regular(info, status))
		return fd;
	close(fd);
	return -1;
}

int file_read_seen(struct buf *out, int fd, size_t size, struct stat *info, enum file_status *status)
{
	char *to = buf_reserve(out, size + 1);
	ssize_t got = -1;

	*status = to ? FILE_OK : FILE_NOMEM;
	if (to) /* a byte more than there should be, to see whether there is one */
		do
			got = read(fd, to, size + 1);
		while (got < 0 && errno == EINTR);
	if (to && (got < 0 || (size_t)got != size)) {
		out->p[out->n] = '\0';
		lseek(fd, 0, SEEK_SET); /* of what cannot, nothing is wanted */
		return file_look(fd, info, status);
	}
	close(fd);
	if (to)
		out->n += size;
	if (to)
		out->p[out->n] = '\0';
	return -1;
}

int file_open_regular(const char *path, struct stat *info, enum file_status *status)
{
	int fd;

	if (stat(path, info) != 0) {
		*status = status_of_errno(errno);
		return -1;
	}
	if (!is_regular(info, status))
		return -1;
	fd = file_open_again(path, status);
	/* The name may stand for another file by now. */
	return fd < 0 ? -1 : file_look(fd, info, status);
}

enum file_status file_read(struct buf *out, const char *path, size_t limit)
{
	struct stat info;
	enum file_status status;
	const int fd = file_open_regular(path, &info, &status);

	if (fd < 0)
		return status;
	status = file_read_open(out, fd, (uint64_t)info.st_size, limit);
	close(fd);
	return status;
}

/* Never waits: a pipe that took the file's place gives nothing, or is told. */
static enum file_status read_begin(struct buf *out, int fd, size_t most, size_t size)
{
	char *to = buf_reserve(out, most);
	size_t got = 0;

	if (!to)
		return FILE_NOMEM;
	while (got < most) {
		const ssize_t n = read(fd, to + got, most - got);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN ? FILE_NOT_REGULAR : status_of_errno(errno);
		got += (size_t)n;
		/* One byte more than there should be was asked for: as many as there should be are all. */
		if (n == 0 || got == size)
			break;
	}
	out->n += got;
	out->p[out->n] = '\0';
	return FILE_OK;
}

enum file_status file_read_begin(struct buf *out, int *fd, size_t first, size_t size)
{
	const size_t most = first < size ? first : size + 1, before = out->n;
	const enum file_status status = read_begin(out, *fd, most, size);

	if (status == FILE_OK && out->n - before == most)
		return FILE_OK;
	close(*fd);
	*fd = -1;
	return status;
}

enum file_status file_read_first(struct buf *out, const char *path, size_t first, size_t size, int *fd)
{
	enum file_status status;

	*fd = file_open_again(path, &status);
	return *fd < 0 ? status : file_read_begin(out, fd, first, size);
}

enum file_status file_read_rest(struct buf *out, int fd, size_t size, size_t limit)
{
	struct stat info = { .st_mode = S_IFREG, .st_size = (off_t)size };

	if (size == 0 && fstat(fd, &info) != 0)
		return status_of_errno(errno);
	if (!S_ISREG(info.st_mode))
		return FILE_NOT_REGULAR;
	if (limit > 0 && (info.st_size < 0 || (uintmax_t)info.st_size > limit))
		return FILE_TOO_LARGE;
	if ((uintmax_t)info.st_size > out->n && !buf_reserve(out, (size_t)info.st_size - out->n))
		return FILE_NOMEM;
	return file_read_fd(out, fd, limit > out->n ? limit - out->n : limit);
}

const char *file_status_text(enum file_status s)
{
	switch (s) {
	case FILE_OK:
		return "no error";
	case FILE_MISSING:
		return "no such file or directory";
	case FILE_DENIED:
		return "permission denied";
	case FILE_NOT_REGULAR:
		return "not a regular file";
	case FILE_TOO_LARGE:
		return "the file is too large";
	case FILE_NOMEM:
		return "out of memory";
	default:
		return "the file cannot be read";
	}
}
