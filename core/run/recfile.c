/*
 * recfile.c - see recfile.h.
 */
#include "run/recfile.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run/stop.h"

static const size_t read_size = 65536;

int recfile_open(struct recfile *f, const struct alloc *heap, const char *path, bool stdin_too, char end, size_t limit)
{
	struct stat st;

	*f = (struct recfile){ .fd = STDIN_FILENO, .end = end, .limit = limit };
	buf_init(&f->in, heap, 0);
	if (!stdin_too || strcmp(path, "-") != 0) {
		f->fd = open(path, O_RDONLY | O_CLOEXEC);
		f->own_fd = true;
	}
	if (f->fd < 0 || fstat(f->fd, &st) != 0)
		return errno;
	return S_ISDIR(st.st_mode) ? EISDIR : 0;
}

void recfile_close(struct recfile *f)
{
	if (f->fd >= 0 && f->own_fd)
		close(f->fd);
	f->fd = -1;
	buf_release(&f->in);
}

/* False at the end of the stream. */
static bool more(struct recfile *f)
{
	char *to;
	ssize_t n;

	buf_drop(&f->in, f->used);
	f->used = 0;
	to = buf_reserve(&f->in, read_size);
	do
		n = to ? read(f->fd, to, read_size) : 0;
	while (n < 0 && errno == EINTR && !stop_signal());
	if (!to || n < 0)
		f->error = to ? errno : ENOMEM;
	f->at_end = n <= 0;
	if (n > 0)
		f->in.n += (size_t)n;
	return n > 0;
}

/* Drops the rest of a record that is too long. */
static void skip(struct recfile *f)
{
	const char *end;

	do {
		f->offset += f->in.n - f->used;
		f->used = f->in.n;
		if (!more(f))
			return;
		end = memchr(f->in.p, f->end, f->in.n);
	} while (!end);
	f->used = (size_t)(end - f->in.p) + 1;
	f->offset += f->used;
}

static void take(struct recfile *f, size_t n, size_t with_end, struct str *record)
{
	*record = (struct str){ f->in.p + f->used, n };
	f->used += with_end;
	f->offset += with_end;
	f->number++;
}

enum rec_status recfile_next(struct recfile *f, struct str *record)
{
	size_t looked = 0; /* bytes of this record that are known to hold no end */

	for (;;) {
		const size_t rest = f->in.n - f->used;
		const char *from = rest ? f->in.p + f->used : "";
		const char *end = memchr(from + looked, f->end, rest - looked);
		const size_t n = end ? (size_t)(end - from) : rest;

		if (n > f->limit) {
			f->number++;
			if (end)
				f->used += n + 1, f->offset += n + 1;
			else
				skip(f);
			return REC_TOO_LONG;
		}
		if (end) {
			take(f, n, n + 1, record);
			return REC_WHOLE;
		}
		looked = rest;
		if (!f->at_end && more(f))
			continue;
		if (rest == 0 || f->error)
			return REC_END;
		take(f, rest, rest, record);
		return REC_UNENDED;
	}
}
