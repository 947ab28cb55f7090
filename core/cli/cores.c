/*
 * cores.c - see cores.h.
 */
#include "cli/cores.h"

#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST = 1024 };

/* "QUOTA PERIOD" in microseconds, or "max PERIOD": cgroup v2, as a container sees its own. */
static unsigned quota(void)
{
	const int fd = open("/sys/fs/cgroup/cpu.max", O_RDONLY | O_CLOEXEC);
	char text[64] = "", *end;
	const ssize_t n = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;
	unsigned long run, period;

	if (fd >= 0)
		close(fd);
	if (n <= 0 || text[0] < '0' || text[0] > '9')
		return MOST;
	run = strtoul(text, &end, 10);
	period = strtoul(end, NULL, 10);
	return period == 0 || run / period >= MOST ? MOST : (unsigned)((run + period - 1) / period);
}

unsigned cores_allowed(void)
{
	cpu_set_t set;
	unsigned n = 1, most = quota();

	if (sched_getaffinity(0, sizeof set, &set) == 0)
		n = (unsigned)CPU_COUNT(&set);
	if (most > MOST)
		most = MOST;
	if (n > most)
		n = most;
	return n ? n : 1;
}
