/*
 * budget.h - what one call of a plugin may spend: time, output, C stack.
 *
 * A breach ends the call by a jump from the check that found it straight to
 * the host's entry; no pcall, message handler or __close of the plugin sees
 * it.  The jump abandons every frame in between, so whatever those hold must
 * live in the heap that is dropped or belong to the state (state.h).
 * Knows nothing of Lua.
 */
#ifndef QUERN_LUA_BUDGET_H
#define QUERN_LUA_BUDGET_H

#include <setjmp.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "quern.h"

struct budget {
	jmp_buf exit;
	/* Called once before the jump, to note where the plugin was. */
	void (*describe)(void *user, quern_code code);
	void *user;
	int64_t allowed;      /* ns of processor time for the call */
	int64_t cpu_deadline; /* ns of this thread's processor time, once is_counted */
	int64_t wall_recheck; /* ns; before this the processor clock cannot have reached the deadline */
	int64_t reserved;     /* ns that both are early, for what cannot be interrupted */
	int64_t fuel;         /* units of some 10 ns until the clock is read again */
	size_t output_left;   /* bytes */
	const char *stack_base;
	quern_code breach;
	bool is_counted;
	bool armed;              /* between budget_start and budget_stop */
	atomic_int *interrupted; /* set from any thread; whoever owns the call owns it */
};

/* Fuel between two looks at the clock. */
#define BUDGET_FUEL 4000
/* C stack that one call may use: a thread of 512 KB must survive it. */
#define BUDGET_STACK ((size_t)160 * 1024)

void budget_start(struct budget *b, double seconds, size_t output_limit, const char *stack_base);
void budget_stop(struct budget *b);

/* Whether budget_check would end the call. Safe in a signal handler of the thread that runs it. */
bool budget_is_due(struct budget *b);
/* Seconds over the time of the call, 0 if it is not up. The same. */
double budget_overtime(const struct budget *b);
/* Whether it would, asked where the call cannot end. */
bool budget_is_spent(struct budget *b);
/* Looks at the flag and the clock; does not return after a breach. */
void budget_check(struct budget *b);
/* A step of some such length follows that cannot be interrupted: ends the call now if it has not so much time left. */
void budget_foresee(struct budget *b, size_t ns);
/* Ends the call. */
_Noreturn void budget_kill(struct budget *b, quern_code code);
void budget_check_stack(struct budget *b);
/*
 * From now on a single step may take so long: the call ends that much earlier, at once where that is now, but keeps what is
 * left of its time beyond so many eighths.
 */
void budget_reserve(struct budget *b, int64_t ns, int eighths);
/* Work of about n times 10 ns has been or will be done. */
static inline void budget_spend(struct budget *b, size_t n)
{
	b->fuel -= n > INT32_MAX ? INT32_MAX : (int64_t)n;
	if (b->fuel < 0)
		budget_check(b);
}

/* The same where it may be done without a look at the clock; false, and nothing spent, where not. */
static inline bool budget_has(struct budget *b, int n)
{
	if (b->fuel < n)
		return false;
	b->fuel -= n;
	return true;
}

/* Takes n bytes off the output allowance, or ends the call. */
static inline void budget_output(struct budget *b, size_t n)
{
	if (!b->armed)
		return;
	if (n > b->output_left)
		budget_kill(b, QUERN_OUTPUT);
	b->output_left -= n;
	budget_spend(b, n / 64);
}

#endif
