/*
 * pool_death.c - workers that end before their time: who is to blame, what is
 * done again.
 *
 * The page a worker shares with the parent says which document it was at.  That
 * document alone counts a death; it is tried again, because a kill may have
 * come from outside, and given up at the second crash or the sixth kill.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "run/pool_private.h"

enum {
	CRASHES_MOST = 2, /* of one document */
	KILLS_MOST = 6,   /* of one document, from outside: many, for whoever kills at random means no document */
	IDLE_DEATHS_MOST = 50,
	BAD_STARTS_MOST = 5,
};

/* The budget inside the worker ends a call long before; this is for what it cannot interrupt. */
static const double overtime_factor = 2, overtime_extra = 10;

static bool was_killed(int status)
{
	return WIFSIGNALED(status) && (WTERMSIG(status) == SIGKILL || WTERMSIG(status) == SIGTERM);
}

const char *pool_reason(struct pool *p, const struct child *c, int status)
{
	char *to = p->reason;
	const size_t n = sizeof p->reason;

	if (c->overtime)
		snprintf(to, n, "it used too much processor time and was stopped");
	else if (c->nonsense)
		snprintf(to, n, "it answered what no worker answers and was stopped");
	else if (was_killed(status))
		snprintf(to, n, "it was killed (signal %d), perhaps for want of memory", WTERMSIG(status));
	else if (WIFSIGNALED(status))
		snprintf(to, n, "it crashed (signal %d, %s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		snprintf(to, n, "it ended with status %d, perhaps for want of memory", WEXITSTATUS(status));
	return to;
}

void pool_give_up(struct pool *p, const struct task *t, const char *code, const char *message, const char *hint)
{
	const struct finding f = { .severity = SEVERITY_ERROR,
				   .plugin = NO_PLUGIN,
				   .path = t->path,
				   .code = code,
				   .message = message,
				   .hint = hint };
	struct outcome *o = &p->order.outcome;
	struct buf b;

	buf_init(&b, p->options.heap, 0);
	outcome_start(o, t->ordinal, t->path, 0);
	outcome_find(o, &f);
	wire_put_outcome(&b, o);
	if (!buf_ok(&b) || !order_fill(&p->order, t->sequence, b.p, b.n))
		p->failed = true;
	buf_release(&b);
}

/* Whether the document is to be tried again. */
static bool has_another_chance(struct child *c, struct task *t, int status)
{
	t->deaths++;
	if (c->overtime)
		return false;
	return t->deaths < (was_killed(status) ? KILLS_MOST : CRASHES_MOST);
}

static void blame(struct pool *p, struct child *c, struct task *t, int status)
{
	char message[240];

	if (has_another_chance(c, t, status)) {
		task_insert(&p->again, t);
		return;
	}
	snprintf(message, sizeof message, "the worker process did not survive this document: %s",
		 pool_reason(p, c, status));
	pool_give_up(p, t, c->overtime ? "timeout" : "crash", message, NULL);
	task_free(p, t);
}

/* No document was at hand: nobody is to blame, but that cannot go on for ever. */
static void count_idle_death(struct pool *p, const struct child *c, int status)
{
	if (!c->was_ready ? ++p->bad_starts < BAD_STARTS_MOST : ++p->idle_deaths < IDLE_DEATHS_MOST)
		return;
	pool_reason(p, c, status);
	p->failed = true;
}

void pool_bury(struct pool *p, struct child *c)
{
	const uint64_t at = atomic_load_explicit(&c->status->document, memory_order_relaxed);
	struct task_queue rest = c->tasks;
	bool blamed = false;
	/* A worker whose socket closed is dead or dying; one that speaks nonsense is not. */
	const int status = child_end(c, c->nonsense || c->overtime);

	c->tasks = (struct task_queue){ 0 };
	for (struct task *t = task_shift(&rest); t; t = task_shift(&rest)) {
		/* An answer that makes no sense is its first document's. */
		if (!blamed && (t->ordinal == at || (c->nonsense && at == WORKER_IDLE))) {
			blamed = true;
			blame(p, c, t, status);
		} else {
			task_insert(&p->again, t);
		}
	}
	if (!blamed)
		count_idle_death(p, c, status);
}

void pool_watch(struct pool *p, struct child *c, uint64_t what)
{
	const double limit = overtime_extra + overtime_factor * p->options.time_limit * (double)(p->n_plugins + 1);
	double cpu;

	if (what == WORKER_IDLE) {
		c->watched = WORKER_IDLE;
		return;
	}
	cpu = child_cpu(c);
	if (c->watched != what) {
		c->watched = what;
		c->watched_from = cpu;
	} else if (cpu - c->watched_from > limit) {
		c->overtime = true;
		c->state = CHILD_GONE;
	}
}
