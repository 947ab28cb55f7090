/*
 * journal.c - see journal.h.
 *
 * A line counts once it ends and its check sum is right, so a process that
 * dies while it writes leaves nothing that could be taken for a result.
 */
#include "run/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run/stop.h"

static const size_t held_most = 65536;
static const size_t line_most = (size_t)1 << 30;
static const int64_t held_milliseconds = 500;

static bool fail(struct journal *j, int error)
{
	if (!j->error)
		j->error = error;
	return false;
}

static bool flush(struct journal *j)
{
	const char *p = j->out.p;
	size_t n = j->out.n;

	while (n > 0 && !j->error) {
		const ssize_t done = write(j->fd, p, n);
		if (done < 0 && errno == EINTR && !stop_signal())
			continue;
		if (done < 0)
			return fail(j, errno);
		p += done;
		n -= (size_t)done;
	}
	buf_clear(&j->out);
	clock_gettime(CLOCK_MONOTONIC, &j->written);
	return !j->error;
}

/* --------------------------------------------------------------------- open */

/* An advisory lock, where the file system has one, as long as the descriptor is open. */
static bool lock(struct journal *j)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	if (fcntl(j->fd, F_OFD_SETLK, &whole) == 0 || (errno != EAGAIN && errno != EACCES))
		return true;
	return fail(j, EWOULDBLOCK);
}

/* Whether the name still stands for the file that is open: another process may have finished it. */
static bool is_named(const struct journal *j)
{
	struct stat own, named;

	return fstat(j->fd, &own) == 0 && stat(j->path.p, &named) == 0 && own.st_dev == named.st_dev &&
	       own.st_ino == named.st_ino;
}

static bool file_open(struct journal *j)
{
	for (int attempt = 0; attempt < 10; attempt++) {
		j->fd = open(j->path.p, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
		if (j->fd < 0)
			return fail(j, errno);
		if (!lock(j))
			return false;
		if (is_named(j))
			return true;
		close(j->fd);
		j->fd = -1;
	}
	return fail(j, EWOULDBLOCK);
}

/* The lines of an earlier run, from its header on. */
static void old_open(struct journal *j, const struct alloc *heap)
{
	struct stat st;
	struct str line;

	j->was_finished = fstat(j->fd, &st) == 0 && st.st_size == 0;
	if (recfile_open(&j->old, heap, j->was_finished ? j->output : j->path.p, false, '\n', line_most) != 0)
		return;
	if (recfile_next(&j->old, &line) != REC_WHOLE || partial_look(line).kind != PARTIAL_HEADER)
		return;
	buf_adds(&j->header, line);
	buf_addc(&j->header, '\n');
	j->keeping = j->has_header = buf_ok(&j->header);
	j->kept = j->old.offset;
}

bool journal_open(struct journal *j, const struct alloc *heap, const char *output)
{
	struct stat st;

	*j = (struct journal){ .output = output, .fd = -1, .old = { .fd = -1 } };
	buf_init(&j->path, heap, 0);
	buf_init(&j->header, heap, 0);
	buf_init(&j->out, heap, 0);
	buf_init(&j->old.in, heap, 0);
	if (!output) {
		j->fd = STDOUT_FILENO;
		return true;
	}
	if (stat(output, &st) == 0 && S_ISDIR(st.st_mode))
		return fail(j, EISDIR);
	buf_addf(&j->path, "%s.partial", output);
	if (!buf_ok(&j->path))
		return fail(j, ENOMEM);
	if (!file_open(j))
		return false;
	old_open(j, heap);
	return true;
}

void journal_close(struct journal *j)
{
	/* What was finished when a signal came is kept, too. */
	if (j->output && j->fd >= 0)
		flush(j);
	if (j->output && j->fd >= 0)
		close(j->fd);
	recfile_close(&j->old);
	buf_release(&j->path);
	buf_release(&j->header);
	buf_release(&j->out);
}

/* -------------------------------------------------------------- earlier run */

struct partial_line journal_read(struct journal *j)
{
	struct str line;

	if (recfile_next(&j->old, &line) != REC_WHOLE)
		return (struct partial_line){ .kind = PARTIAL_NONSENSE };
	return partial_look(line);
}

void journal_keep(struct journal *j)
{
	j->kept = j->old.offset;
}

/* A finished file that does not hold any more stays until the new one is whole. */
enum journal_state journal_settle(struct journal *j, struct str header)
{
	if (!j->has_header || !str_eq(buf_str(&j->header), header))
		return JOURNAL_ANEW;
	if (!j->was_finished)
		return JOURNAL_GOES_ON;
	return j->keeping && journal_read(j).kind == PARTIAL_FOOTER ? JOURNAL_FINISHED : JOURNAL_ANEW;
}

bool journal_begin(struct journal *j, struct str header, enum journal_state state)
{
	const uint64_t from = state == JOURNAL_GOES_ON ? j->kept : 0;

	clock_gettime(CLOCK_MONOTONIC, &j->written);
	if (state == JOURNAL_FINISHED)
		return unlink(j->path.p) == 0 || fail(j, errno);
	if (j->output && (ftruncate(j->fd, (off_t)from) != 0 || lseek(j->fd, (off_t)from, SEEK_SET) < 0))
		return fail(j, errno);
	return state == JOURNAL_GOES_ON || journal_write(j, header);
}

/* ------------------------------------------------------------------ writing */

static bool is_due(const struct journal *j)
{
	struct timespec now;

	if (j->out.n >= held_most)
		return true;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - j->written.tv_sec) * 1000 + (now.tv_nsec - j->written.tv_nsec) / 1000000 >=
	       held_milliseconds;
}

bool journal_write(struct journal *j, struct str lines)
{
	buf_adds(&j->out, lines);
	if (!buf_ok(&j->out))
		return fail(j, ENOMEM);
	return !is_due(j) || flush(j);
}

bool journal_finish(struct journal *j)
{
	if (!flush(j))
		return false;
	if (!j->output)
		return true;
	if (fsync(j->fd) != 0 || rename(j->path.p, j->output) != 0)
		return fail(j, errno);
	return true;
}

const char *journal_error(struct journal *j)
{
	char text[96];

	if (j->error == EWOULDBLOCK)
		return "another process is writing it";
	snprintf(j->message, sizeof j->message, "cannot write: %s", strerror_r(j->error, text, sizeof text));
	return j->message;
}
