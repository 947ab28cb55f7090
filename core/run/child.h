/*
 * child.h - the parent's end of one worker process: started, spoken to,
 * watched, buried.
 *
 * Never blocks except where it says so.  Knows tasks only as a queue of what
 * the worker has been asked and has not answered; what to do about a death is
 * the pool's.
 */
#ifndef QUERN_RUN_CHILD_H
#define QUERN_RUN_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "run/cache.h"
#include "run/link.h"
#include "run/wire.h"
#include "run/worker.h"

/* A document on its way: owned by the pool, in the queue of at most one child. */
struct task {
	struct task *next;
	uint64_t sequence; /* place in the order of delivery */
	uint64_t ordinal;
	enum corpus_kind kind;
	unsigned crashes, kills, strays; /* workers that died on it: see pool_death.c */
	struct file_stamp stamp;
	int fd;       /* of a file that the walk has opened, until it is sent; or -1 */
	char *cached; /* an outcome of an earlier run, if the document is still the same */
	size_t cached_n;
	char digest[65]; /* of the document then */
	uint32_t line;   /* see struct corpus_item */
	struct str text; /* behind path */
	size_t size;     /* of this allocation */
	char path[];
};

struct task_queue {
	struct task *first, *last;
	size_t n, bytes;
};

void task_push(struct task_queue *q, struct task *t);
struct task *task_shift(struct task_queue *q);
/* Keeps the order of sequence. */
void task_insert(struct task_queue *q, struct task *t);

enum child_state {
	CHILD_NONE,     /* no process */
	CHILD_STARTING, /* has not said that it is ready */
	CHILD_READY,
	CHILD_GONE /* its socket closed or spoke nonsense: to be buried */
};

/* Descriptors that may wait to be sent, of them no message takes more. */
#define CHILD_FDS_MOST LINK_FDS_MOST

struct child {
	enum child_state state;
	pid_t pid;
	int socket;
	struct worker_status *status;
	struct buf in, out;
	size_t in_used, out_used;
	int fds[CHILD_FDS_MOST]; /* to go with what is in out, in the order of its frames */
	unsigned n_fds;
	struct task_queue tasks;
	size_t target;    /* how many tasks it should have */
	bool was_ready;   /* it has been CHILD_READY */
	bool nonsense;    /* it spoke no frame: killed */
	bool overtime;    /* it was killed for using too much processor time */
	size_t encodings; /* that had been asked for when it began */
	bool leaving;     /* it ended because it needs what only a new process has */
	/* For the watch over its processor time. */
	uint64_t watched;
	double watched_from;               /* its processor seconds then; negative: not known yet */
	int64_t watched_since, watched_at; /* monotonic milliseconds: of the first look, of the last at its clock */
	int64_t renewed_at;                /* when its limit of processor time was moved last */
	/* Of the process that was buried last. */
	double cpu_used;
	size_t memory_used; /* at its most, bytes */
};

void child_init(struct child *c);
/* Starts a process.  False: the system refuses; errno says why. */
bool child_start(struct child *c, const struct alloc *heap, const struct worker_setup *setup, bool quiet);
/*
 * Kills and buries; its tasks stay in the queue.  Returns the wait status: of a
 * process that was ending by itself, its own.
 */
int child_end(struct child *c);
void child_release(struct child *c);

/* Sends what is pending, as far as it goes. */
void child_write(struct child *c);
static inline size_t child_pending(const struct child *c)
{
	return c->out.n - c->out_used;
}
static inline bool child_has_pending(const struct child *c)
{
	return child_pending(c) > 0;
}
/* Reads what is there; CHILD_GONE at the end. */
void child_read(struct child *c);
/* The next whole frame read; false: none.  Valid until the next child_read. */
bool child_frame(struct child *c, enum wire_kind *kind, struct wire_reader *payload);
/* A small frame would be taken at once. */
bool child_is_writable(const struct child *c);
/* Room for so many more descriptors. */
static inline unsigned child_fds_room(const struct child *c)
{
	return CHILD_FDS_MOST - c->n_fds;
}
/* fd goes with a frame in out; it is the child's from now on.  There must be room. */
void child_hand(struct child *c, int fd);

/* From now on the process may use so many seconds of processor time more, and not more. */
void child_renew(struct child *c, double seconds);
/* Processor seconds of the process; 0 where it cannot be had. */
double child_cpu(const struct child *c);

#endif
