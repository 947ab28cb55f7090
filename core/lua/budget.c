/*
 * budget.c - the clock, and the jump that ends a call.
 *
 * Processor time of the calling thread is what counts, but reading it is a
 * system call.  Wall time is nearly free to read and never runs slower than
 * processor time, so the expensive clock is asked only when the wall clock
 * says that the deadline may have come; a call of which a millisecond is nothing
 * begins without it, and most calls are over before they would need it.
 */
#include "lua/budget.h"

#include <time.h>

#define NS_PER_S INT64_C(1000000000)
/* Steps up to here, in ns, are short enough. */
#define FORESEEN 5000000
/* Of calls that are allowed a hundred times as much, so many ns, or the time until the host's first tick, go uncounted. */
#define UNCOUNTED INT64_C(1000000)

static int64_t clock_ns(clockid_t id)
{
	struct timespec t;
	if (clock_gettime(id, &t) != 0)
		return 0;
	return (int64_t)t.tv_sec * NS_PER_S + t.tv_nsec;
}

/* From here on the call's processor time is counted. */
static void count_begin(struct budget *b)
{
	if (b->is_counted)
		return;
	b->cpu_deadline = clock_ns(CLOCK_THREAD_CPUTIME_ID) + b->allowed;
	/* A tick may come at any moment and finds the deadline where it is said to be. */
	atomic_signal_fence(memory_order_seq_cst);
	b->is_counted = true;
}

void budget_start(struct budget *b, double seconds, size_t output_limit, const char *stack_base)
{
	/* A century is as good as forever and cannot overflow. */
	double capped = seconds < 3e9 ? seconds : 3e9;
	b->allowed = (int64_t)(capped * 1e9);
	b->is_counted = false;
	b->wall_recheck = clock_ns(CLOCK_MONOTONIC);
	if (b->allowed < 100 * UNCOUNTED) {
		count_begin(b);
		b->wall_recheck += b->allowed;
	} else {
		b->wall_recheck += UNCOUNTED;
	}
	b->reserved = 0;
	b->fuel = BUDGET_FUEL;
	b->output_left = output_limit;
	b->stack_base = stack_base;
	b->breach = QUERN_OK;
	b->armed = true;
}

void budget_stop(struct budget *b)
{
	b->armed = false;
}

_Noreturn void budget_kill(struct budget *b, quern_code code)
{
	/* Memory is refused, too, to what should end because the time is up. */
	if (code == QUERN_NOMEM)
		budget_check(b);
	b->breach = code;
	/* Nothing that describe does may come back here. */
	b->armed = false;
	b->describe(b->user, code);
	longjmp(b->exit, 1);
}

bool budget_is_spent(struct budget *b)
{
	if (!b->armed)
		return false;
	if (atomic_load_explicit(b->interrupted, memory_order_relaxed))
		return true;
	if (clock_ns(CLOCK_MONOTONIC) < b->wall_recheck)
		return false;
	count_begin(b);
	return clock_ns(CLOCK_THREAD_CPUTIME_ID) >= b->cpu_deadline;
}

bool budget_is_due(struct budget *b)
{
	if (!b->armed)
		return false;
	count_begin(b);
	return budget_is_spent(b);
}

double budget_overtime(const struct budget *b)
{
	int64_t over = clock_ns(CLOCK_THREAD_CPUTIME_ID) - b->cpu_deadline - b->reserved;
	return over > 0 ? (double)over / NS_PER_S : 0;
}

void budget_check(struct budget *b)
{
	b->fuel = BUDGET_FUEL;
	if (!b->armed)
		return;
	if (atomic_load_explicit(b->interrupted, memory_order_relaxed) && atomic_exchange(b->interrupted, 0))
		budget_kill(b, QUERN_INTERRUPTED);
	int64_t now = clock_ns(CLOCK_MONOTONIC);
	if (now < b->wall_recheck)
		return;
	count_begin(b);
	int64_t left = b->cpu_deadline - clock_ns(CLOCK_THREAD_CPUTIME_ID);
	if (left <= 0)
		budget_kill(b, QUERN_TIMEOUT);
	b->wall_recheck = now + left;
}

void budget_foresee(struct budget *b, size_t ns)
{
	if (!b->armed || ns < FORESEEN)
		return;
	count_begin(b);
	if (b->cpu_deadline + b->reserved - clock_ns(CLOCK_THREAD_CPUTIME_ID) < (int64_t)ns)
		budget_kill(b, QUERN_TIMEOUT);
}

void budget_reserve(struct budget *b, int64_t ns, int eighths)
{
	const int64_t most = b->allowed / 8 * eighths;
	int64_t more = (ns < most ? ns : most) - b->reserved;
	if (more <= 0)
		return;
	count_begin(b);
	b->reserved += more;
	b->cpu_deadline -= more;
	b->wall_recheck -= more;
	budget_check(b);
}

void budget_check_stack(struct budget *b)
{
	char here;
	const volatile char *now = &here;
	if (!b->armed)
		return;
	/* The direction of growth does not matter. */
	uintptr_t at = (uintptr_t)now, base = (uintptr_t)b->stack_base;
	if ((at > base ? at - base : base - at) > BUDGET_STACK)
		budget_kill(b, QUERN_STACK);
}
