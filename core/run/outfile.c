/*
 * outfile.c - see outfile.h.
 */
#include "run/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run/stop.h"

static int outfile_init(struct outfile *f, const struct alloc *heap, const char *name)
{
	*f = (struct outfile){ .heap = heap, .fd = -1, .dir = -1 };
	f->buffer = mem_new(heap, OUTFILE_BUFFER);
	if (!f->buffer)
		return ENOMEM;
	if (name) {
		f->name = mem_new(heap, strlen(name) + 1);
		if (!f->name) {
			mem_free(heap, f->buffer, OUTFILE_BUFFER);
			f->buffer = NULL;
			return ENOMEM;
		}
		memcpy(f->name, name, strlen(name) + 1);
	}
	return 0;
}

static void outfile_release(struct outfile *f)
{
	if (f->fd >= 0 && (f->dir >= 0 || f->own_fd))
		close(f->fd);
	f->fd = -1;
	if (f->name)
		mem_free(f->heap, f->name, strlen(f->name) + 1);
	if (f->buffer)
		mem_free(f->heap, f->buffer, OUTFILE_BUFFER);
	f->name = f->buffer = NULL;
}

/* A name no one else uses, hidden from the walk by its dot. */
static void temp_name(char *name, size_t size)
{
	uint64_t random = 0;

	if (getrandom(&random, sizeof random, GRND_NONBLOCK) != (ssize_t)sizeof random)
		random = (uint64_t)(uintptr_t)name ^ (uint64_t)getpid() << 32;
	snprintf(name, size, ".quern-%016llx.tmp", (unsigned long long)random);
}

/* A file that is replaced keeps who may read it. */
static void mode_copy(int dir, const char *name, int fd)
{
	struct stat st;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode))
		(void)!fchmod(fd, st.st_mode & 0777);
}

int outfile_create(struct outfile *f, const struct alloc *heap, int dir, const char *name)
{
	int error = outfile_init(f, heap, name);

	if (error)
		return error;
	f->dir = dir;
	for (int attempt = 0; attempt < 100; attempt++) {
		temp_name(f->temp, sizeof f->temp);
		f->fd = openat(dir, f->temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
		if (f->fd >= 0 || errno != EEXIST)
			break;
	}
	if (f->fd < 0) {
		error = errno;
		outfile_release(f);
		return error;
	}
	mode_copy(dir, name, f->fd);
	return 0;
}

int outfile_attach(struct outfile *f, const struct alloc *heap, int fd, bool own)
{
	const int error = outfile_init(f, heap, NULL);

	if (error)
		return error;
	f->fd = fd;
	f->own_fd = own;
	return 0;
}

static int write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		const ssize_t done = write(fd, p, n);
		if (done < 0 && errno == EINTR && !stop_signal())
			continue;
		if (done < 0)
			return errno;
		p += done;
		n -= (size_t)done;
	}
	return 0;
}

int outfile_flush(struct outfile *f)
{
	if (!f->error)
		f->error = write_all(f->fd, f->buffer, f->fill);
	f->fill = 0;
	return f->error;
}

int outfile_write(struct outfile *f, const char *bytes, size_t n)
{
	if (n > OUTFILE_BUFFER - f->fill)
		outfile_flush(f);
	if (f->error)
		return f->error;
	if (n >= OUTFILE_BUFFER)
		return f->error = write_all(f->fd, bytes, n);
	memcpy(f->buffer + f->fill, bytes, n);
	f->fill += n;
	return 0;
}

int outfile_commit(struct outfile *f)
{
	int error = outfile_flush(f);

	if (f->dir >= 0) {
		/* Some file systems report a full disk only here. */
		if (close(f->fd) != 0 && !error)
			error = errno;
		f->fd = -1;
		if (!error && renameat(f->dir, f->temp, f->dir, f->name) != 0)
			error = errno;
		if (error)
			unlinkat(f->dir, f->temp, 0);
	} else if (f->own_fd) {
		if (close(f->fd) != 0 && !error)
			error = errno;
		f->fd = -1;
	}
	outfile_release(f);
	return error;
}

void outfile_abandon(struct outfile *f)
{
	if (f->fd < 0)
		return;
	if (f->dir >= 0)
		unlinkat(f->dir, f->temp, 0);
	outfile_release(f);
}
