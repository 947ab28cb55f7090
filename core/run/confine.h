/*
 * confine.h - the wall around a worker: this process gives up, for good, all
 * that it does not need for computing.
 *
 * Afterwards it can read what is open, write to its sockets and to standard
 * output and error, take memory up to a bound, and nothing else: no file can be
 * opened, no process started, no address reached.  Called before a stranger's
 * code or document is looked at.  Knows nothing of plugins and documents.
 */
#ifndef QUERN_RUN_CONFINE_H
#define QUERN_RUN_CONFINE_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a sanitizer's run-time library is in the process: its own calls are let through, and memory has no bound. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define CONFINE_IS_WIDER true
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CONFINE_IS_WIDER true
#endif
#endif
#ifndef CONFINE_IS_WIDER
#define CONFINE_IS_WIDER false
#endif

struct confine_limits {
	size_t memory;      /* bytes of address space beyond what it has now; 0: no bound */
	unsigned processor; /* seconds, from the start of the process; 0: no bound */
	unsigned files;     /* descriptors open at a time */
};

/* What the system did not give: bits. */
enum confine_part {
	CONFINE_PRIVILEGES = 1, /* no_new_privs; nothing below works without it */
	CONFINE_LANDLOCK = 2,   /* files, TCP, signals and abstract sockets, by Landlock */
	CONFINE_FILTER = 4      /* system calls, by seccomp */
};

/*
 * Each part stands for itself: what is there is used.  Returns the parts that
 * are missing.  without: parts not to use, as if the system had none of them.
 */
unsigned confine(const struct confine_limits *limits, unsigned without);

/* "the kernel has no Landlock", ..., for a warning; NULL: nothing is missing that is told. */
const char *confine_missing_text(unsigned missing);

#endif
