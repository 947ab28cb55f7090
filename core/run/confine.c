/*
 * confine.c - see confine.h.
 *
 * The filter alone would do: it refuses every call that names a file.  Landlock
 * holds where the filter has a hole, and the limits where there is neither.
 */
#include "run/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ------------------------------------------------------------------- limits */

static void limit(__rlimit_resource_t resource, rlim_t most)
{
	struct rlimit l;

	if (getrlimit(resource, &l) != 0 || l.rlim_cur <= most)
		return;
	l.rlim_cur = most;
	setrlimit(resource, &l);
}

/* A refused allocation is an error of one document; the whole machine out of memory is not. */
static void memory_limit(size_t more)
{
	char text[64] = "";
	const int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	const ssize_t n = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;
	const size_t used = n > 0 ? (size_t)strtoull(text, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE) : 0;

	if (fd >= 0)
		close(fd);
	/* A sanitizer's shadow is larger than any bound. */
	if (!CONFINE_IS_WIDER && more && used)
		limit(RLIMIT_AS, used + more);
}

static void limits_set(const struct confine_limits *l)
{
	memory_limit(l->memory);
	if (l->processor)
		limit(RLIMIT_CPU, l->processor);
	limit(RLIMIT_NOFILE, l->files);
	limit(RLIMIT_CORE, 0);
}

/* ----------------------------------------------------------------- Landlock */

/* linux/landlock.h as of version 6; headers and kernels may be older, and say so by their version. */
struct landlock_rules {
	uint64_t files, network, scopes;
};

enum { LANDLOCK_ASK_VERSION = 1, LANDLOCK_TCP = 3, LANDLOCK_SCOPES = 3 };

/* All a version knows how to refuse. */
static size_t landlock_rules_of(long version, struct landlock_rules *r)
{
	static const unsigned char files[] = { 0, 13, 14, 15, 15, 16 }; /* access rights of versions 1 to 5 */
	const long known = version < 5 ? version : 5;

	r->files = (UINT64_C(1) << files[known]) - 1;
	r->network = version >= 4 ? LANDLOCK_TCP : 0;
	r->scopes = version >= 6 ? LANDLOCK_SCOPES : 0;
	return version >= 6   ? sizeof *r
	       : version >= 4 ? offsetof(struct landlock_rules, scopes)
			      : offsetof(struct landlock_rules, network);
}

/* A set of rules that allows nothing. */
static bool landlock_enter(void)
{
	const long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_ASK_VERSION);
	struct landlock_rules rules;

	if (version < 1)
		return false;
	const size_t size = landlock_rules_of(version, &rules);
	const int set = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
	const bool ok = set >= 0 && syscall(SYS_landlock_restrict_self, set, 0) == 0;

	if (set >= 0)
		close(set);
	return ok;
}

/* ------------------------------------------------------------------- filter */

/*
 * What parsers, Lua, the allocator, timers and the answering of requests call.
 * Nothing that takes a path, makes a descriptor but from a message, or touches another process.
 */
static const int allowed[] = {
	/* what is open: documents, results, the socket */
	SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(close),
	SCMP_SYS(recvmsg), SCMP_SYS(recvfrom), SCMP_SYS(poll), SCMP_SYS(ppoll),
	/* memory */
	SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
	/* time, and the timer of the budget */
	SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(timer_create),
	SCMP_SYS(timer_settime), SCMP_SYS(timer_gettime), SCMP_SYS(timer_delete), SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack), SCMP_SYS(restart_syscall),
	/* what the C library asks by the way */
	SCMP_SYS(futex), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getrandom), SCMP_SYS(getrusage),
	SCMP_SYS(sysinfo), SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_yield),
	/* the end */
	SCMP_SYS(exit), SCMP_SYS(exit_group)
};

/* Of a sanitizer's run-time library: its reports name files and lines. */
static const int allowed_sanitizers[] = { SCMP_SYS(open),       SCMP_SYS(openat),    SCMP_SYS(stat),
					  SCMP_SYS(newfstatat), SCMP_SYS(statx),     SCMP_SYS(readlink),
					  SCMP_SYS(readlinkat), SCMP_SYS(write),     SCMP_SYS(writev),
					  SCMP_SYS(mmap),       SCMP_SYS(mprotect),  SCMP_SYS(prctl),
					  SCMP_SYS(prlimit64),  SCMP_SYS(getrlimit), SCMP_SYS(ioctl),
					  SCMP_SYS(fcntl),      SCMP_SYS(tgkill),    SCMP_SYS(kill) };

static bool allow(scmp_filter_ctx filter, const int *calls, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) != 0)
			return false;
	return true;
}

static bool allow_if(scmp_filter_ctx filter, int call, struct scmp_arg_cmp what)
{
	return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, 1, &what) == 0;
}

/* Writing to what was open from the start, sending without an address, memory that is no code, a signal to itself alone. */
static bool allow_some(scmp_filter_ctx f)
{
	const scmp_datum_t last = STDERR_FILENO, self = (scmp_datum_t)getpid();

	return allow_if(f, SCMP_SYS(write), SCMP_A0(SCMP_CMP_LE, last, 0)) &&
	       allow_if(f, SCMP_SYS(writev), SCMP_A0(SCMP_CMP_LE, last, 0)) &&
	       allow_if(f, SCMP_SYS(sendto), SCMP_A4(SCMP_CMP_EQ, 0, 0)) &&
	       allow_if(f, SCMP_SYS(mmap), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) &&
	       allow_if(f, SCMP_SYS(mprotect), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) &&
	       allow_if(f, SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_EQ, self, 0));
}

static bool filter_enter(void)
{
	const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	bool ok = filter != NULL;

	/* A search tree: a call costs some five comparisons instead of fifty. */
	ok = ok && seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2) == 0;
	ok = ok && allow(filter, allowed, sizeof allowed / sizeof *allowed);
	ok = ok && allow_some(filter);
	if (CONFINE_IS_WIDER)
		ok = ok && allow(filter, allowed_sanitizers, sizeof allowed_sanitizers / sizeof *allowed_sanitizers);
	ok = ok && seccomp_load(filter) == 0;
	seccomp_release(filter);
	return ok;
}

/* --------------------------------------------------------------------- all */

unsigned confine(const struct confine_limits *limits, unsigned without)
{
	unsigned missing = without;

	limits_set(limits);
	if (!(without & CONFINE_PRIVILEGES) && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		missing |= CONFINE_PRIVILEGES;
	if (!(without & CONFINE_LANDLOCK) && !landlock_enter())
		missing |= CONFINE_LANDLOCK;
	if (!(without & CONFINE_FILTER) && !filter_enter())
		missing |= CONFINE_FILTER;
	return missing;
}

const char *confine_missing_text(unsigned missing)
{
	switch (missing & (CONFINE_LANDLOCK | CONFINE_FILTER)) {
	case CONFINE_LANDLOCK:
		return "this system has no Landlock: plugins and parsers are walled in by seccomp alone";
	case CONFINE_FILTER:
		return "this system has no seccomp filters: plugins and parsers are walled in by Landlock alone";
	case CONFINE_LANDLOCK | CONFINE_FILTER:
		return "this system has neither Landlock nor seccomp filters: a fault in a parser is not walled in";
	default:
		return NULL;
	}
}
