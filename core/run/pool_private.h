/*
 * pool_private.h - what the files of the pool share: mapping (pool.c), its
 * tasks (pool_task.c) and answers (pool_answer.c), deaths (pool_death.c),
 * folding and rendering (pool_render.c).
 */
#ifndef QUERN_RUN_POOL_PRIVATE_H
#define QUERN_RUN_POOL_PRIVATE_H

#include "run/child.h"
#include "run/order.h"
#include "run/pool.h"

/* Milliseconds between looks at the clock and at signals. */
#define POOL_TICK 200
/* Documents a worker has at a time, at most. */
#define POOL_TARGET_MOST CHILD_FDS_MOST
/* Bytes of answers that wait for one before them. */
#define POOL_HELD_MOST (32 * 1024 * 1024)

struct pool {
	struct pool_options options;
	struct arena arena; /* plugins' names */
	struct pool_plugin *plugins;
	size_t n_plugins;
	struct runner runner;

	struct child *children; /* options.jobs that map, then the one that folds */
	struct order order;
	struct task_queue again; /* of workers that died */
	const struct walk *walk;
	const struct runner_consumer *consumer;
	struct cache *cache;  /* or NULL */
	bool walked;          /* the walk is over */
	bool refused;         /* the consumer wants no more */
	bool failed;          /* memory is refused, or no worker starts: the run ends */
	unsigned bad_starts;  /* workers in a row that died before they were ready */
	unsigned idle_deaths; /* workers in a row that died at no document */
	unsigned strays;      /* workers in a row that were killed at no document */
	struct buf text;      /* of the small file at hand */
	struct str read;      /* of the document that the walk is at, where it has read it; whose task that is */
	const struct task *read_for;
	size_t carried;     /* bytes of earlier outcomes in tasks */
	int64_t now, began; /* monotonic milliseconds: of this round, of the first document handed out (0: none) */
	int64_t set_up; /* milliseconds that the first worker took until it was ready: nobody starts one for less work */
	char reason[160]; /* of a death, for messages */
};

static inline struct child *pool_folder(struct pool *p)
{
	return &p->children[p->options.jobs];
}

/* Starts a child that has no process.  False, and failed, when the system refuses. */
bool pool_start(struct pool *p, struct child *c);
/* Buries a child; its documents are handed out again or, where they are to blame, given up.  False: so many died at nothing that the run ends. */
bool pool_bury(struct pool *p, struct child *c);
/* Why a process ended, into p->reason. */
const char *pool_reason(struct pool *p, const struct child *c, int wait_status);
/* Kills a child that has used more processor time on one thing than any budget allows. */
void pool_watch(struct pool *p, struct child *c, uint64_t what);
/* An outcome with one error and nothing else takes the document's place. */
void pool_give_up(struct pool *p, const struct task *t, const char *code, const char *message, const char *hint);

/* The next document to be handed out; problems of the walk and documents known from earlier take their places.  NULL: none now. */
struct task *pool_task_next(struct pool *p);
/* Puts a task into a child's output.  False: nothing is sent, for the moment. */
bool pool_task_send(struct pool *p, struct child *c, struct task *t);
/* The outcome of an earlier run that a task carries takes the document's place. */
void pool_take_cached(struct pool *p, struct task *t);
void task_free(struct pool *p, struct task *t);
/* Whether an outcome reads, into p->order.outcome, and is the task's. */
bool pool_outcome_is_whole(struct pool *p, const struct task *t, const char *bytes, size_t n);

/* What a READY frame says of the plugins: taken from the first worker, compared with that from others. */
bool pool_plugins_read(struct pool *p, struct wire_reader *r);
/* Acts on all that a child has said. */
void pool_answers_take(struct pool *p, struct child *c);
/* Waits for events on the sockets of all children; reads and writes.  milliseconds: at most that long. */
void pool_wait(struct pool *p, int milliseconds);

void pool_fold(void *self, size_t plugin, struct results *results);
bool pool_render(void *self, size_t plugin, struct results *results, quern_write_fn write, void *user,
		 struct outcome *out);

#endif
