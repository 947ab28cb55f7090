/*
 * pool_death.c - workers that end before their time: who is to blame, what is
 * done again.
 *
 * The page a worker shares with the parent says which document it was at.  That
 * document alone counts a death; it is tried again, because a kill may have
 * come from outside, and given up at the second crash or, where the worker had
 * used much time or memory, the sixth kill.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "run/pool_private.h"

enum {
	CRASHES_MOST = 2,   /* of one document */
	KILLS_MOST = 6,     /* of one document on which a worker used much */
	STRAYS_MOST = 1000, /* kills that say nothing about a document: whoever kills at random means none */
	IDLE_DEATHS_MOST = 50,
	BAD_STARTS_MOST = 5,
};

/* More than this on one document may well be what it was killed for. */
static const int64_t much_time = 100; /* milliseconds */
static const size_t much_memory = (size_t)512 << 20;
static const int64_t look_every = 100; /* milliseconds between looks at a processor's clock */

/* The budget inside the worker ends a call long before; this is for what it cannot interrupt. */
static const double overtime_factor = 2, overtime_extra = 10;
/* The worker's own limit, of the kernel, holds where the parent is held up; it is moved on as long as work goes on. */
static const double overtime_grace = 5;
static const int64_t renew_every = 1000; /* milliseconds */

static bool was_killed(int status)
{
	return WIFSIGNALED(status) &&
	       (WTERMSIG(status) == SIGKILL || WTERMSIG(status) == SIGTERM || WTERMSIG(status) == SIGXCPU);
}

const char *pool_reason(struct pool *p, const struct child *c, int status)
{
	char *to = p->reason;
	const size_t n = sizeof p->reason;

	if (c->overtime || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU))
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
				   .line = t->line,
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

static bool used_much(const struct pool *p, const struct child *c, const struct task *t)
{
	return c->memory_used > much_memory || (c->watched == t->ordinal && p->now - c->watched_since > much_time &&
						c->cpu_used * 1000 > (double)much_time);
}

/* Whether the document is to be tried again. */
static bool has_another_chance(const struct pool *p, const struct child *c, struct task *t, int status)
{
	if (c->overtime || t->kind == CORPUS_STDIN)
		return false;
	if (was_killed(status) && !c->nonsense)
		return used_much(p, c, t) ? ++t->kills < KILLS_MOST : ++t->strays < STRAYS_MOST;
	return ++t->crashes < CRASHES_MOST;
}

static void blame(struct pool *p, struct child *c, struct task *t, int status)
{
	char message[240];

	if (has_another_chance(p, c, t, status)) {
		task_insert(&p->again, t);
		return;
	}
	snprintf(message, sizeof message, "the worker process did not survive this document: %s",
		 pool_reason(p, c, status));
	pool_give_up(p, t, c->overtime ? "timeout" : "crash", message,
		     t->kind == CORPUS_STDIN ? "standard input can be read only once" : NULL);
	task_free(p, t);
}

/* No document was at hand: nobody is to blame, but that cannot go on for ever. */
static bool count_idle_death(struct pool *p, const struct child *c, int status)
{
	if (was_killed(status) && !c->nonsense ? ++p->strays < STRAYS_MOST
	    : !c->was_ready                    ? ++p->bad_starts < BAD_STARTS_MOST
					       : ++p->idle_deaths < IDLE_DEATHS_MOST)
		return true;
	pool_reason(p, c, status);
	p->failed = true;
	return false;
}

/* Nothing is wrong with a worker that makes room for another one. */
static bool is_blamed(const struct child *c, const struct task *t, uint64_t at)
{
	return !c->leaving && (c->nonsense || t->ordinal == at);
}

bool pool_bury(struct pool *p, struct child *c)
{
	const uint64_t at = atomic_load_explicit(&c->status->document, memory_order_relaxed);
	struct task_queue rest = c->tasks;
	bool blamed = false;
	const int status = child_end(c);

	c->tasks = (struct task_queue){ 0 };
	for (struct task *t = task_shift(&rest); t; t = task_shift(&rest)) {
		/* An answer that makes no sense is its first document's; standard input read in vain is lost. */
		const bool lost = t->kind == CORPUS_STDIN && !blamed && c->was_ready;
		if (lost || (!blamed && is_blamed(c, t, at))) {
			blamed = !lost || t->ordinal == at;
			blame(p, c, t, status);
		} else {
			task_insert(&p->again, t);
		}
	}
	return blamed || c->leaving || count_idle_death(p, c, status);
}

static double overtime(double time_limit, size_t n_plugins)
{
	return overtime_extra + overtime_factor * time_limit * (double)(n_plugins + 1);
}

unsigned pool_processor_limit(double time_limit, size_t n_plugins)
{
	const double seconds = overtime(time_limit, n_plugins) + overtime_grace;

	return seconds < 1e9 ? (unsigned)seconds + 1 : 0;
}

void pool_watch(struct pool *p, struct child *c, uint64_t what)
{
	const double limit = overtime(p->options.time_limit, p->n_plugins);
	double cpu;

	if (c->watched != what) {
		c->watched = what;
		c->watched_since = c->watched_at = p->now;
		c->watched_from = -1;
		if (p->now - c->renewed_at >= renew_every) {
			c->renewed_at = p->now;
			child_renew(c, limit + overtime_grace);
		}
		return;
	}
	if (what == WORKER_IDLE || p->now - c->watched_at < look_every)
		return;
	c->watched_at = p->now;
	cpu = child_cpu(c);
	if (c->watched_from < 0)
		c->watched_from = cpu;
	if (cpu - c->watched_from > limit) {
		c->overtime = true;
		c->state = CHILD_GONE;
	}
}
