/*
 * state.c - building, entering, leaving and dropping a Lua state.
 *
 * The count hook looks at the budget every thousand instructions; while the
 * heap holds very long strings, of which one instruction may compare two, or a
 * long stack (chain.h), it looks more often.  A hook makes Lua trap at every instruction, so where the
 * host has a timer there is none until the time is up: a tick then lays it on
 * the thread of Lua that runs, and state_switch on those that run next.  A
 * tick that meets Lua in the middle of a change may be lost; the next one is not.
 */
#include "lua/state.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "lua/chain.h"
#include "lua/doc_box.h"
#include "lua/error.h"
#include "lua/freeze.h"
#include "lua/modules.h"

#define HOOK_COUNT 1000
/* Bytes of output that a message is, beside its text. */
#define LOG_COST 512
/* Bytes that a thousandth part of one look's instructions may touch: some 20 ms in all. */
#define HOOK_BYTES ((size_t)64 * 1024 * 1024)
/* Blocks from here on are long enough for one instruction to be felt. */
#define RESERVE_FROM ((size_t)2 * 1024 * 1024)
/*
 * A byte: the collector looks at everything in tables once more in one step, when memory runs short all of it, and little of
 * that is in any cache.
 */
#define COLLECT_NS 2

_Static_assert(HEAP_STRING == LUA_TSTRING && HEAP_BYTES == LUA_TUSERDATA, "kinds");

static void hook(lua_State *L, lua_Debug *ar)
{
	struct state *s = state_of(L);
	budget_check_stack(&s->budget);
	budget_check(&s->budget);
	if (s->heap.long_stacks)
		chain_look(s, L, ar);
}

static int hook_count_for(struct state *s)
{
	size_t bytes = s->heap.large_used + 3 * s->heap.large_strings;
	if (s->heap.long_stacks)
		return 1;
	if (s->env->ticker)
		return budget_is_due(&s->budget) ? 1 : 0;
	if (bytes <= HOOK_BYTES / HOOK_COUNT)
		return HOOK_COUNT;
	return bytes >= HOOK_BYTES ? 1 : (int)(HOOK_BYTES / bytes);
}

static void hook_set(lua_State *L, int count)
{
	lua_sethook(L, count ? hook : NULL, count ? LUA_MASKCOUNT : 0, count);
}

static bool has_zeros(struct str s)
{
	return s.n && memchr(s.p, '\0', s.n);
}

void state_note_bytes(lua_State *L, const char *p, size_t n)
{
	struct state *s = state_of(L);
	if (n >= RESERVE_FROM && !s->has_zeros)
		s->has_zeros = has_zeros((struct str){ p, n });
}

/* Called by the heap while Lua runs; lua_sethook may be called at any moment. */
static void hook_adapt(struct state *s)
{
	int count = hook_count_for(s);
	if (!s->running || (count && count >= s->hook_count / 2 && count <= s->hook_count))
		return;
	s->hook_count = count;
	hook_set(s->running, count);
}

/*
 * One instruction may read a string as a number, in some 1.25 ns a byte, or compare it, which goes from one zero
 * to the next, in 5; or make a table larger, in 1.5.
 */
static void on_large(void *user, size_t size, int kind)
{
	struct state *s = user;
	const size_t walked = s->heap.used - s->heap.large_plain;
	if (kind == HEAP_STRING && !s->has_zeros)
		s->has_zeros = has_zeros(heap_newest_string(&s->heap));
	if (walked >= RESERVE_FROM)
		budget_reserve(&s->budget, (int64_t)walked * COLLECT_NS, 4);
	if (size >= RESERVE_FROM && kind == HEAP_STRING)
		budget_reserve(&s->budget, (int64_t)(s->has_zeros ? size * 5 : size / 4 * 5), s->has_zeros ? 7 : 5);
	else if (size >= RESERVE_FROM)
		budget_reserve(&s->budget, (int64_t)(kind ? size / 4 : size / 2 * 3), 4);
	if (!s->env->ticker)
		hook_adapt(s);
}

static void on_block(void *user, size_t size)
{
	chain_block(user, size);
}

static void on_long_stack(void *user, bool new)
{
	struct state *s = user;
	if (new && s->running && s->budget.armed)
		chain_begin(s);
	hook_adapt(s);
}

double state_tick(struct state *s)
{
	lua_State *L = s->running;
	if (!L || !budget_is_due(&s->budget))
		return 0;
	s->hook_count = 1;
	hook_set(L, 1);
	return budget_overtime(&s->budget);
}

/* Before a call: what a tick of the last one left is taken away. */
static void hook_reset(struct state *s)
{
	s->hook_count = s->heap.long_stacks ? 1 : s->env->ticker ? 0 : HOOK_COUNT;
	if (s->L && lua_gethookcount(s->L) != s->hook_count)
		hook_set(s->L, s->hook_count);
}

lua_State *state_switch(struct state *s, lua_State *to)
{
	lua_State *before = s->running;
	s->running = to;
	if (lua_gethookcount(to) != s->hook_count)
		hook_set(to, s->hook_count);
	return before;
}

void state_init(struct state *s, const struct plugin_env *env)
{
	memset(s, 0, sizeof *s);
	s->env = env;
	s->budget.describe = error_describe_breach;
	s->budget.user = s;
	atomic_init(&s->interrupted, 0);
	s->budget.interrupted = env->interrupted ? env->interrupted : &s->interrupted;
	heap_init(&s->heap, env->heap, &s->budget, env->memory_limit);
	s->heap.on_large = on_large;
	s->heap.on_block = on_block;
	s->heap.on_long_stack = on_long_stack;
	s->heap.user = s;
	s->outside = (struct alloc){ heap_outside, &s->heap };
	s->inside = (struct alloc){ heap_lua_alloc, &s->heap };
	buf_init(&s->required, env->heap, 0);
	buf_init(&s->scratch, &s->outside, 0);
	arena_init(&s->arena, &s->outside, 0);
	buf_init(&s->entry_text, &s->outside, 0);
	arena_init(&s->entries, &s->outside, 0);
	s->locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

void state_drop(struct state *s)
{
	box_release_all(s);
	buf_release(&s->scratch);
	buf_init(&s->scratch, &s->outside, 0);
	arena_release(&s->arena);
	buf_release(&s->entry_text);
	buf_init(&s->entry_text, &s->outside, 0);
	arena_release(&s->entries);
	view_nodes_release(&s->view_nodes, &s->outside);
	pattern_cache_release(&s->patterns, &s->outside);
	heap_drop(&s->heap);
	s->L = s->running = NULL;
	s->frozen = NULL;
	s->remarked = false;
	s->close_depth = 0;
	s->has_zeros = false;
	s->dead = true;
}

void state_release(struct state *s)
{
	state_drop(s);
	buf_release(&s->required);
	if (s->locale)
		freelocale(s->locale);
	s->locale = (locale_t)0;
}

static bool state_open(struct state *s)
{
	lua_State *L = lua_newstate(heap_lua_alloc, &s->heap);
	if (!L)
		return false;
	*(struct state **)lua_getextraspace(L) = s;
	memset(s->refs, 0, sizeof s->refs);
	memset(s->pointers, 0, sizeof s->pointers);
	hook_set(L, s->hook_count);
	s->L = s->running = L;
	s->dead = false;
	return true;
}

/* Globals and libraries must be as they were, however the call ended. */
static quern_code state_check_frozen(struct state *s, quern_code code)
{
	lua_State *L = s->L;
	if (freeze_is_untouched(s))
		return code;
	quern_error first = *s->error;
	lua_settop(L, 0);
	lua_pushcfunction(L, error_handler);
	lua_pushcfunction(L, freeze_check);
	int status = lua_pcall(L, 0, 0, 1);
	if (status == LUA_OK)
		return code;
	s->dead = true;
	/* A runtime error is likely to follow from the change. */
	if (code == QUERN_OK || code == QUERN_RUNTIME)
		return s->error->code;
	*s->error = first;
	return code;
}

static quern_code state_protected(struct state *s, lua_CFunction body, void *arg)
{
	if (!s->L && !state_open(s)) {
		error_fill(s->error, QUERN_NOMEM, s->path, 0, "raise the memory limit",
			   "no memory for the plugin's state");
		return QUERN_NOMEM;
	}
	lua_State *L = s->L;
	lua_settop(L, 0);
	lua_pushcfunction(L, error_handler);
	lua_pushcfunction(L, body);
	lua_pushlightuserdata(L, arg);
	int status = lua_pcall(L, 1, 0, 1);
	quern_code code = QUERN_OK;
	if (status == LUA_ERRMEM)
		budget_kill(&s->budget, QUERN_NOMEM);
	if (status == LUA_ERRERR && s->error->code == QUERN_OK)
		error_fill(s->error, QUERN_STACK, s->path, 0, NULL, "an error while handling an error");
	if (status != LUA_OK)
		code = s->error->code;
	if (code == QUERN_OK && s->failed != QUERN_OK) {
		code = s->failed;
		error_fill(s->error, code, s->path, 0, NULL, "what the plugin wrote could not be kept");
	}
	return state_check_frozen(s, code);
}

static void state_begin(struct state *s, const quern_output *output, quern_error *error)
{
	error_empty(error);
	s->error = error;
	s->output = output;
	s->raised.code = QUERN_OK;
	s->failed = QUERN_OK;
	s->entered = true;
	s->close_depth = 0;
	s->chain_in = NULL;
	s->call++;
	s->running = s->L;
	hook_reset(s);
	s->outer_locale = uselocale(s->locale);
}

static void state_end(struct state *s)
{
	/* Of a dead state nothing may run, and emptying its stack would run __close. */
	if (s->L && !s->dead)
		lua_settop(s->L, 0);
	box_end_call(s);
	module_unref(s->module);
	s->module = NULL;
	arena_reset(&s->arena);
	buf_clear(&s->scratch);
	if (s->dead)
		state_drop(s);
	s->output = NULL;
	s->error = NULL;
	s->entered = false;
}

/* Which call the host's ticks are for; returns the one before, of a plugin that called its host. */
static struct state *state_expose(struct state *s, struct state *now)
{
	struct plugin_ticker *t = s->env->ticker;
	atomic_signal_fence(memory_order_seq_cst);
	struct state *before = t ? atomic_load_explicit(&t->running, memory_order_relaxed) : NULL;
	if (t)
		atomic_store_explicit(&t->running, now, memory_order_relaxed);
	atomic_signal_fence(memory_order_seq_cst);
	return before;
}

/* A breach jumps back here. */
static quern_code state_run(struct state *s, lua_CFunction body, void *arg)
{
	if (setjmp(s->budget.exit) == 0)
		return state_protected(s, body, arg);
	s->dead = true;
	return s->budget.breach;
}

quern_code state_call(struct state *s, lua_CFunction body, void *arg, const quern_output *output, quern_error *error)
{
	char base;
	if (s->entered) {
		error_fill(error, QUERN_BUSY, s->path, 0, "use a second plugin object",
			   "the plugin is already running: it cannot be called from inside itself");
		return QUERN_BUSY;
	}
	state_begin(s, output, error);
	budget_start(&s->budget, s->env->time_limit, s->env->output_limit, &base);
	struct state *const outer = state_expose(s, s);
	error->code = state_run(s, body, arg);
	state_expose(s, outer);
	budget_stop(&s->budget);
	if (error->code != QUERN_OK && !*error->path)
		error_copy(error->path, sizeof error->path, str_of(s->path));
	uselocale(s->outer_locale);
	state_end(s);
	return error->code;
}

void state_spend_of(void *user, size_t n)
{
	budget_spend(&((struct state *)user)->budget, n);
}

void state_host_enter(struct state *s)
{
	uselocale(s->outer_locale);
}

void state_host_leave(struct state *s)
{
	uselocale(s->locale);
}

void state_get(lua_State *L, enum state_ref ref)
{
	lua_rawgeti(L, LUA_REGISTRYINDEX, state_of(L)->refs[ref]);
}

bool state_is(lua_State *L, int at, enum state_ref ref)
{
	return lua_topointer(L, at) == state_of(L)->pointers[ref];
}

void state_set(lua_State *L, enum state_ref ref)
{
	int *slot = &state_of(L)->refs[ref];
	state_of(L)->pointers[ref] = lua_topointer(L, -1);
	if (*slot)
		lua_rawseti(L, LUA_REGISTRYINDEX, *slot);
	else
		*slot = luaL_ref(L, LUA_REGISTRYINDEX);
}

_Noreturn void state_raise(lua_State *L, quern_code code, const char *hint, const char *format, ...)
{
	struct state *s = state_of(L);
	va_list args;
	luaL_where(L, 1);
	va_start(args, format);
	lua_pushvfstring(L, format, args);
	va_end(args);
	lua_concat(L, 2);
	struct str m;
	m.p = lua_tolstring(L, -1, &m.n);
	if (m.n >= sizeof s->raised.message) {
		size_t cut = sizeof s->raised.message - 1;
		while (cut > 0 && utf8_continues(m.p[cut]))
			cut--;
		lua_pushlstring(L, m.p, cut);
		m.p = lua_tolstring(L, -1, &m.n);
	}
	/* A NUL ends the copy, and then the message is known no more: it is an error of no code. */
	snprintf(s->raised.message, sizeof s->raised.message, "%s", m.p);
	snprintf(s->raised.hint, sizeof s->raised.hint, "%s", hint);
	s->raised.path[0] = '\0';
	s->raised.code = code;
	lua_error(L);
	__builtin_unreachable();
}

_Noreturn void state_raise_syntax(lua_State *L, const char *path)
{
	struct state *s = state_of(L);
	snprintf(s->raised.message, sizeof s->raised.message, "%s", lua_tostring(L, -1));
	snprintf(s->raised.path, sizeof s->raised.path, "%s", path);
	s->raised.hint[0] = '\0';
	s->raised.code = QUERN_SYNTAX;
	lua_error(L);
	__builtin_unreachable();
}

void state_log(struct state *s, quern_severity severity, const char *message, size_t len)
{
	/* Whoever keeps them for later needs far more for each than its text. */
	budget_output(&s->budget, len + LOG_COST);
	if (!(s->output && s->output->log) && !s->env->log)
		return;
	state_host_enter(s);
	if (s->output && s->output->log)
		s->output->log(s->output->user, severity, message, len);
	else
		s->env->log(s->env->log_user, severity, s->path, message, len);
	state_host_leave(s);
}
