/*
 * child.c - see child.h.
 */
#include "run/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run/separate.h"
#include "run/ticker.h"

/* ------------------------------------------------------------------- tasks */

void task_push(struct task_queue *q, struct task *t)
{
	t->next = NULL;
	if (q->last)
		q->last->next = t;
	else
		q->first = t;
	q->last = t;
	q->n++;
	q->bytes += t->size;
}

struct task *task_shift(struct task_queue *q)
{
	struct task *t = q->first;

	if (!t)
		return NULL;
	q->first = t->next;
	if (!q->first)
		q->last = NULL;
	q->n--;
	q->bytes -= t->size;
	return t;
}

void task_insert(struct task_queue *q, struct task *t)
{
	struct task **at = &q->first;

	while (*at && (*at)->sequence < t->sequence)
		at = &(*at)->next;
	t->next = *at;
	*at = t;
	if (!t->next)
		q->last = t;
	q->n++;
	q->bytes += t->size;
}

/* ------------------------------------------------------------------ process */

void child_init(struct child *c)
{
	*c = (struct child){ .socket = -1 };
}

static bool status_map(struct child *c)
{
	void *page;

	if (c->status)
		return true;
	page = mmap(NULL, sizeof *c->status, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	c->status = page == MAP_FAILED ? NULL : page;
	return c->status != NULL;
}

bool child_start(struct child *c, const struct alloc *heap, const struct worker_setup *setup, bool quiet)
{
	int ends[2];

	if (!status_map(c) || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return false;
	c->pid = fork();
	if (c->pid == 0)
		worker_main(ends[1], c->status, heap, setup, quiet);
	close(ends[1]);
	if (c->pid < 0) {
		close(ends[0]);
		return false;
	}
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	c->socket = ends[0];
	c->state = CHILD_STARTING;
	c->was_ready = c->nonsense = c->overtime = c->leaving = false;
	c->in_used = c->out_used = 0;
	c->watched = WORKER_IDLE;
	c->watched_at = c->renewed_at = 0;
	buf_init(&c->in, heap, 0);
	buf_init(&c->out, heap, 0);
	return true;
}

static double seconds_of(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static void fds_close(struct child *c)
{
	while (c->n_fds > 0)
		close(c->fds[--c->n_fds]);
}

void child_hand(struct child *c, int fd)
{
	c->fds[c->n_fds++] = fd;
}

int child_end(struct child *c)
{
	struct rusage usage = { .ru_maxrss = 0 };
	int status = 0;

	if (c->state == CHILD_NONE)
		return 0;
	/* Also one whose socket closed: how it ends was settled before that, and nothing here may wait for a live one. */
	kill(c->pid, SIGKILL);
	close(c->socket);
	fds_close(c);
	while (wait4(c->pid, &status, 0, &usage) < 0 && errno == EINTR)
		;
	c->overtime = c->overtime || (WIFEXITED(status) && WEXITSTATUS(status) == TICKER_GAVE_UP);
	c->cpu_used = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
	c->memory_used = (size_t)usage.ru_maxrss * 1024;
	buf_release(&c->in);
	buf_release(&c->out);
	c->socket = -1;
	c->state = CHILD_NONE;
	return status;
}

void child_release(struct child *c)
{
	child_end(c);
	if (c->status)
		munmap(c->status, sizeof *c->status);
	c->status = NULL;
}

double child_cpu(const struct child *c)
{
	return c->state == CHILD_NONE ? 0 : process_cpu(c->pid);
}

void child_renew(struct child *c, double seconds)
{
	struct rlimit limit;

	if (c->state == CHILD_NONE || prlimit(c->pid, RLIMIT_CPU, NULL, &limit) != 0)
		return;
	limit.rlim_cur = (rlim_t)(child_cpu(c) + seconds);
	if (limit.rlim_cur < limit.rlim_max)
		prlimit(c->pid, RLIMIT_CPU, &limit, NULL);
}

/* ------------------------------------------------------------------- socket */

static void sent(struct child *c, ssize_t n)
{
	c->out_used += (size_t)n;
	if (c->out_used == c->out.n) {
		buf_clear(&c->out);
		c->out_used = 0;
	}
}

void child_write(struct child *c)
{
	if (!buf_ok(&c->out))
		c->state = CHILD_GONE;
	while (c->state != CHILD_GONE && child_has_pending(c)) {
		/* The descriptors are there before the frames that speak of them are whole. */
		const struct str pending = { c->out.p + c->out_used, c->out.n - c->out_used };
		const ssize_t n = link_send(c->socket, pending, c->fds, c->n_fds, MSG_DONTWAIT);
		if (n > 0) {
			sent(c, n);
			fds_close(c);
		} else if (n < 0 && errno == ETOOMANYREFS) {
			poll(NULL, 0, 1); /* more of this user's descriptors are on their way than may be */
			return;
		} else if (n < 0 && errno == EAGAIN) {
			return;
		} else if (n == 0 || errno != EINTR) {
			c->state = CHILD_GONE;
		}
	}
}

void child_read(struct child *c)
{
	enum { SIZE = 1 << 18 };
	char *to;
	ssize_t n;

	buf_drop(&c->in, c->in_used);
	c->in_used = 0;
	to = buf_reserve(&c->in, SIZE);
	do
		n = to ? recv(c->socket, to, SIZE, MSG_DONTWAIT) : 0;
	while (n < 0 && errno == EINTR);
	if (n > 0)
		c->in.n += (size_t)n;
	else if (n == 0 || errno != EAGAIN)
		c->state = CHILD_GONE;
}

bool child_frame(struct child *c, enum wire_kind *kind, struct wire_reader *payload)
{
	const struct str rest = { c->in.p ? c->in.p + c->in_used : "", c->in.n - c->in_used };
	const size_t n = rest.n ? wire_frame(rest, kind, payload) : 0;

	if (n == SIZE_MAX) {
		c->nonsense = true;
		c->state = CHILD_GONE;
		return false;
	}
	c->in_used += n;
	return n > 0;
}

bool child_is_writable(const struct child *c)
{
	struct pollfd p = { .fd = c->socket, .events = POLLOUT };

	return poll(&p, 1, 0) == 1 && p.revents == POLLOUT;
}
