/*
 * reader.c - see reader.h.
 */
#include "run/reader.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run/link.h"
#include "run/reader_child.h"
#include "run/separate.h"
#include "run/stop.h"
#include "run/wire.h"

/* A reader that works this long and neither reads nor gets on will not. */
static const double stuck_after = 10; /* processor seconds */
enum { TICK = 200 };                  /* milliseconds between looks at signals and clocks */

struct reader {
	const struct alloc *heap;
	const struct wanted *wanted;
	pid_t pid;  /* 0: none */
	int socket; /* -1: none */
	struct reader_status *status;
	struct buf in;
	size_t in_used;
	bool busy; /* asked, and not at the end */
	bool single;
	bool nonsense, overtime;
	uint64_t seen;   /* of the status, at the last look */
	double seen_cpu; /* processor seconds when that changed */
	char name[READER_NAME_SIZE];
	char reason[160];
};

struct reader *reader_new(const struct alloc *heap, const struct wanted *wanted)
{
	struct reader *r = mem_new_zero(heap, sizeof *r);

	if (!r)
		return NULL;
	*r = (struct reader){ .heap = heap, .wanted = wanted, .socket = -1 };
	buf_init(&r->in, heap, 0);
	return r;
}

/* ------------------------------------------------------------------ process */

/* Kills and buries.  The wait status. */
static int process_end(struct reader *r)
{
	int status = 0;

	if (r->pid > 0) {
		kill(r->pid, SIGKILL);
		close(r->socket);
		while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR)
			;
	}
	r->pid = 0;
	r->socket = -1;
	r->busy = false;
	buf_release(&r->in);
	r->in_used = 0;
	return status;
}

void reader_free(struct reader *r)
{
	if (!r)
		return;
	process_end(r);
	if (r->status)
		munmap(r->status, sizeof *r->status);
	mem_free(r->heap, r, sizeof *r);
}

static bool status_map(struct reader *r)
{
	void *page = r->status;

	if (!page)
		page = mmap(NULL, sizeof *r->status, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	r->status = page == MAP_FAILED ? NULL : page;
	return r->status != NULL;
}

static bool process_start(struct reader *r)
{
	int ends[2];

	if (!status_map(r) || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return false;
	r->pid = fork();
	if (r->pid == 0)
		reader_main(ends[1], r->status, r->heap, r->wanted);
	close(ends[1]);
	if (r->pid < 0) {
		close(ends[0]);
		r->pid = 0;
		return false;
	}
	r->socket = ends[0];
	r->nonsense = r->overtime = false;
	return true;
}

/* ---------------------------------------------------------------------- ask */

/* The request is small: the socket takes it whole. */
static bool request_send(struct reader *r, int fd, const struct buf *request)
{
	ssize_t n;

	do
		n = link_send(r->socket, buf_str(request), &fd, 1, 0);
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)request->n;
}

void reader_drop(struct reader *r)
{
	struct reader_item rest;

	/* Behind a single file there is nothing but the end. */
	if (r->busy && r->single)
		reader_next(r, &rest);
	if (r->busy)
		process_end(r);
}

bool reader_ask(struct reader *r, int fd, bool single, uint64_t skip)
{
	struct buf request;
	bool sent = false;

	reader_drop(r);
	buf_init(&request, r->heap, 0);
	const size_t frame = wire_begin(&request, WIRE_UNPACK);
	wire_put_number(&request, single);
	wire_put_number(&request, skip);
	wire_end(&request, frame);
	/* One that was killed while nobody asked it for anything has a successor. */
	for (int i = 0; buf_ok(&request) && !sent && i < 2; i++) {
		if (r->pid == 0 && !process_start(r))
			break;
		atomic_store_explicit(&r->status->index, READER_AT_NOTHING, memory_order_relaxed);
		sent = request_send(r, fd, &request);
		if (!sent)
			process_end(r);
	}
	r->busy = sent;
	r->single = single;
	r->seen_cpu = sent ? process_cpu(r->pid) : 0;
	buf_release(&request);
	return sent;
}

/* --------------------------------------------------------------------- next */

/* It worked for long without reading or getting on. */
static bool is_stuck(struct reader *r)
{
	const uint64_t now = atomic_load_explicit(&r->status->steps, memory_order_relaxed);
	const double cpu = process_cpu(r->pid);

	if (now != r->seen) {
		r->seen = now;
		r->seen_cpu = cpu;
	}
	r->overtime = cpu - r->seen_cpu > stuck_after;
	return r->overtime;
}

/* Waits for more bytes.  False: there are none, the process is gone or has to go. */
static bool more(struct reader *r)
{
	enum { SIZE = 1 << 18 };
	struct pollfd p = { .fd = r->socket, .events = POLLIN };
	char *to;
	ssize_t n;

	while (poll(&p, 1, TICK) <= 0)
		if (stop_signal() || is_stuck(r))
			return false;
	buf_drop(&r->in, r->in_used);
	r->in_used = 0;
	if (r->in.n == 0 && r->in.cap > 16 * SIZE)
		buf_release(&r->in);
	to = buf_reserve(&r->in, SIZE);
	do
		n = to ? recv(r->socket, to, SIZE, 0) : 0;
	while (n < 0 && errno == EINTR);
	if (n > 0)
		r->in.n += (size_t)n;
	return n > 0;
}

static const char *reason_of(struct reader *r, int status)
{
	char *to = r->reason;
	const size_t n = sizeof r->reason;

	if (r->overtime)
		snprintf(to, n, "it used too much processor time and was stopped");
	else if (r->nonsense)
		snprintf(to, n, "it answered what no reader answers and was stopped");
	else if (WIFSIGNALED(status))
		snprintf(to, n, "signal %d, %s", WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		snprintf(to, n, "it ended with status %d, perhaps for want of memory", WEXITSTATUS(status));
	return to;
}

static enum reader_got death(struct reader *r, struct reader_item *item)
{
	const uint64_t index = atomic_load_explicit(&r->status->index, memory_order_relaxed);
	const int status = process_end(r);
	const bool by_signal = WIFSIGNALED(status) && !r->overtime && !r->nonsense;

	if (stop_signal())
		return READER_STOPPED;
	/* A stranger may have written there. */
	memcpy(r->name, r->status->name, sizeof r->name);
	r->name[sizeof r->name - 1] = '\0';
	*item = (struct reader_item){ .index = index,
				      .name = index == READER_AT_NOTHING ? "" : r->name,
				      .severity = SEVERITY_ERROR,
				      .message = reason_of(r, status),
				      .was_killed = by_signal &&
						    (WTERMSIG(status) == SIGKILL || WTERMSIG(status) == SIGTERM) };
	return READER_DEAD;
}

/* A frame taken apart.  False: it is none of those a reader sends. */
static bool item_read(struct reader_item *item, enum wire_kind kind, struct wire_reader *w)
{
	*item = (struct reader_item){ .index = wire_number(w), .name = wire_string(w) };
	if (kind == WIRE_MEMBER) {
		item->bytes = wire_str(w);
	} else {
		item->severity = wire_number(w) == SEVERITY_WARNING ? SEVERITY_WARNING : SEVERITY_ERROR;
		item->is_last = wire_number(w) != 0;
		item->message = wire_string(w);
		item->hint = wire_string(w);
	}
	return wire_done(w) && item->name && (kind == WIRE_MEMBER || item->message);
}

/* Something whole to hand out, or not yet; a process that talks nonsense has to go. */
static bool frame_take(struct reader *r, enum wire_kind *kind, struct reader_item *item)
{
	const struct str rest = { r->in.p ? r->in.p + r->in_used : "", r->in.n - r->in_used };
	struct wire_reader payload;
	const size_t n = rest.n ? wire_frame(rest, kind, &payload) : 0;

	r->nonsense = n == SIZE_MAX || rest.n > READER_DOCUMENT_MOST + ((size_t)1 << 20);
	if (n == 0 || r->nonsense)
		return false;
	r->in_used += n;
	r->nonsense = (*kind != WIRE_MEMBER && *kind != WIRE_TROUBLE && *kind != WIRE_UNPACKED) ||
		      (*kind != WIRE_UNPACKED && !item_read(item, *kind, &payload));
	return !r->nonsense;
}

enum reader_got reader_next(struct reader *r, struct reader_item *item)
{
	enum wire_kind kind;

	while (!frame_take(r, &kind, item))
		if (r->nonsense || !more(r))
			return death(r, item);
	if (kind == WIRE_UNPACKED) {
		r->busy = false;
		return READER_END;
	}
	return kind == WIRE_MEMBER ? READER_MEMBER : READER_PROBLEM;
}
