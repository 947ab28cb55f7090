/*
 * separate.c - see separate.h.
 */
#include "run/separate.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "run/stop.h"

void process_separate(int *socket)
{
	const int null = open("/dev/null", O_RDWR);

	stop_ignore();
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (null >= 0)
		dup2(null, STDOUT_FILENO);
	if (*socket != 3) {
		dup2(*socket, 3);
		*socket = 3;
	}
	close_range(4, ~0U, 0);
}

double process_cpu(pid_t pid)
{
	clockid_t clock;
	struct timespec t;

	if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &t) != 0)
		return 0;
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}
