/*
 * cell.c - see cell.h.
 */
#include "run/cell.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run/separate.h"
#include "run/stop.h"

static bool send_all(void *to, const char *bytes, size_t n)
{
	const int *socket = to;

	while (n > 0) {
		const ssize_t done = send(*socket, bytes, n, MSG_NOSIGNAL);
		if (done < 0 && errno != EINTR)
			return false;
		bytes += done > 0 ? done : 0;
		n -= done > 0 ? (size_t)done : 0;
	}
	return true;
}

static _Noreturn void work(const struct cell *cell, int socket)
{
	process_separate(&socket);
	_exit(cell->work(cell->user, confine(&cell->limits, 0), send_all, &socket));
}

static void read_all(struct buf *out, int socket)
{
	enum { SIZE = 65536 };
	ssize_t n = 1;

	while (n != 0 && !stop_signal()) {
		char *to = buf_reserve(out, SIZE);
		n = to ? recv(socket, to, SIZE, 0) : 0;
		if (n > 0)
			out->n += (size_t)n;
		else if (n < 0 && errno != EINTR)
			break;
	}
}

static int end_of(pid_t pid, const char **message)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	*message = WTERMSIG(status) == SIGXCPU ? "its process used too much processor time and was stopped"
					       : strsignal(WTERMSIG(status));
	return -1;
}

int cell_run(const struct cell *cell, struct buf *out, const char **message)
{
	int ends[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
		*message = strerror(errno);
		return -1;
	}
	pid = fork();
	if (pid == 0)
		work(cell, ends[1]);
	close(ends[1]);
	if (pid < 0) {
		*message = strerror(errno);
		close(ends[0]);
		return -1;
	}
	read_all(out, ends[0]);
	close(ends[0]);
	/* It may want to go on after all. */
	if (stop_signal())
		kill(pid, SIGKILL);
	return end_of(pid, message);
}
