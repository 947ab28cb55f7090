/*
 * state.h - one Lua state with its heap and budget, and the way in and out.
 *
 * Private to core/lua/.  Every entry of the host is one state_call: a
 * protected call under a budget.  Functions offered to Lua find the struct
 * through state_of, raise errors with state_raise, and keep what lives outside the
 * Lua heap in the struct, so that a kill loses nothing.
 */
#ifndef QUERN_LUA_STATE_H
#define QUERN_LUA_STATE_H

#include <lauxlib.h>
#include <locale.h>
#include <lua.h>

#include "base/arena.h"
#include "base/buf.h"
#include "doc/view_item.h"
#include "lua/budget.h"
#include "lua/heap.h"
#include "lua/pattern.h"
#include "lua/plugin.h"
#include "quern.h"

/* Registry slots of what the bindings look up often. */
enum state_ref {
	REF_MAP_META, /* marks a table as a map (quern.map) */
	REF_DOC_META,
	REF_NODE_META,
	REF_RESULTS_META,
	REF_OUTPUT_META,
	REF_SNAPSHOT,   /* of globals and libraries (freeze.c) */
	REF_NEXT_TABLE, /* last table walked by next (guard_order.c), and its keys in order */
	REF_NEXT_KEYS,
	REF_CALL_EVENTS, /* names of metamethods (chain.c) */
	REF_CALL_THREAD, /* of state's chain_thread */
	REF_MODULES,     /* name -> result of require */
	REF_SELECTORS,   /* text -> compiled */
	REF_ARENA_META,
	REF_MAP, /* the plugin's functions */
	REF_REDUCE,
	REF_RENDER,
	REF_COUNT
};

struct doc_box;
struct frozen;

struct raised {
	quern_code code; /* QUERN_OK: nothing raised by us in this call */
	char message[512];
	char hint[256];
	char path[256]; /* of a chunk that does not parse, else "" */
};

struct state {
	struct budget budget;
	struct heap heap;
	struct alloc outside; /* counts under the same cap; never ends the call */
	struct alloc inside;  /* the Lua heap itself */
	const struct plugin_env *env;
	lua_State *L;       /* NULL: not built yet, or killed */
	lua_State *running; /* the coroutine that runs now */
	int refs[REF_COUNT];
	const void *pointers[REF_COUNT]; /* to what is in the slots */
	const char *path;                /* of the plugin, as errors call it */
	const char *folder;              /* where require looks first; NULL: nowhere */
	quern_error *error;              /* of the running call */
	const quern_output *output;
	struct raised raised;
	quern_code failed;     /* a host callback refused; the call fails whatever the plugin makes of it */
	struct doc_box *boxes; /* that hold a record */
	struct frozen *frozen; /* snapshots of what may not change, in the Lua heap (freeze.c) */
	bool remarked;         /* one of them was given a metatable */
	struct pattern_cache patterns;
	struct module *module; /* being loaded by require */
	struct buf required; /* names of modules that were loaded, each ended by a NUL; over all states of the plugin */
	struct buf scratch;  /* for one binding at a time, between two calls into Lua */
	struct arena arena;  /* the same */
	struct buf entry_text; /* of entries (bind_view.c), made while others may use those */
	struct arena entries;
	struct view_nodes view_nodes; /* of the box that was viewed last, if that says so */
	const struct doc_box *viewed;
	bool wants_entries; /* more of them than their first fields */
	unsigned close_depth;
	unsigned n_selectors;
	lua_State *chain_thread; /* on whose stack chain.c looks at those of others; runs nothing */
	const void *chain_in; /* the call that filled a stack with tables that call each other, and how far (chain.c) */
	int chain_top;
	int chain_wait,
		chain_waits; /* instructions until the collector is to shorten a long stack, and how many there were */
	lua_Integer next_at; /* how far next has come in that table */
	unsigned call;       /* ordinal of the host call: documents of an earlier one are stale */
	int hook_count;      /* 0: no hook, ticks come from the host */
	atomic_int interrupted; /* where the environment brings no flag of its own */
	bool entered;
	bool has_zeros; /* one of the long strings there were; the others are likely to be parts of it */
	bool dead;      /* killed: everything in it is gone */
	bool loading;
	locale_t locale;
	locale_t outer_locale;
};

static inline struct state *state_of(lua_State *L)
{
	return *(struct state **)lua_getextraspace(L);
}

void state_init(struct state *s, const struct plugin_env *env);
/* Gives everything back; the struct may be used again after another state_init. */
void state_release(struct state *s);
/* Throws the Lua state away: the next state_call begins with a bare one. */
void state_drop(struct state *s);

/*
 * Runs body(arg as light userdata) protected and under the budget; its results are
 * dropped, so it leaves what it found in *arg.  On failure *error is filled,
 * and after a breach the state is gone.
 */
quern_code state_call(struct state *s, lua_CFunction body, void *arg, const quern_output *output, quern_error *error);

/* Lays the hook where Lua runs now, if the call's time is up; seconds over it. Safe in a signal handler of that thread. */
double state_tick(struct state *s);
/* Hook and running thread for a coroutine about to run; returns the one before. */
lua_State *state_switch(struct state *s, lua_State *to);

void state_get(lua_State *L, enum state_ref ref);
/* Whether the table or userdata at this index is that one. */
bool state_is(lua_State *L, int at, enum state_ref ref);
/* Pops the value, replacing the one that was there. */
void state_set(lua_State *L, enum state_ref ref);

/*
 * Raises an error that the host will see under this code and with this hint
 * ("" for none), unless the plugin catches it.  Lua's own formats: %s %d %I %f %%.
 * The place of the calling Lua function is put in front.
 */
_Noreturn void state_raise(lua_State *L, quern_code code, const char *hint, const char *format, ...);

/* Raises the message on top, which the parser gave for the chunk of this path. */
_Noreturn void state_raise_syntax(lua_State *L, const char *path);

/* To the log of the running call; counts as output. */
void state_log(struct state *s, quern_severity severity, const char *message, size_t len);

/* Around calls of the host's functions: its own locale holds there. */
void state_host_enter(struct state *s);
void state_host_leave(struct state *s);

static inline void state_spend(lua_State *L, size_t n)
{
	budget_spend(&state_of(L)->budget, n);
}

/* Bytes that are to be a string: long ones are looked at. */
void state_note_bytes(lua_State *L, const char *p, size_t n);

/*
 * Before a comparison or a call from C, one of many: what is called may be a function in C as well, which no hook sees and
 * which may read a long string from end to end.
 */
static inline void state_spend_call(lua_State *L)
{
	struct state *s = state_of(L);
	budget_spend(&s->budget, 10 + s->heap.large_strings / 512);
}

/* The same for what takes a callback; user: the state. */
void state_spend_of(void *user, size_t n);

#endif
