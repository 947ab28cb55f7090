/*
 * measure.c - runs a command and writes into a file what it took: wall and
 * processor seconds of it and all below, and the KiB of its largest process.
 * usage: measure FILE COMMAND...
 *
 * A program of its own because a process begins with the memory of the one it
 * was forked from on its account, and whoever compares programs is large.
 */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
	struct timespec from, to;
	struct rusage usage;
	FILE *out;
	int status = 0;
	pid_t pid;

	if (argc < 3 || !(out = fopen(argv[1], "we")))
		return 2;
	clock_gettime(CLOCK_MONOTONIC, &from);
	pid = fork();
	if (pid == 0) {
		execvp(argv[2], argv + 2);
		_exit(127);
	}
	memset(&usage, 0, sizeof usage);
	if (pid < 0 || wait4(pid, &status, 0, &usage) != pid)
		return 2;
	clock_gettime(CLOCK_MONOTONIC, &to);
	fprintf(out, "%.6f %.6f %ld\n", (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9,
		seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss);
	return fclose(out) == 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
