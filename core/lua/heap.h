/*
 * heap.h - the memory of one Lua state: capped, freeing, dropped whole.
 *
 * Small blocks come from slabs of one size class each; larger ones from the
 * host's allocator, kept in a list.  heap_drop gives everything back at once
 * without asking Lua, in whatever condition the state was left.
 * Knows the budget, whose memory share it is, and of Lua's objects only how
 * slots of stacks and heads of strings look.
 */
#ifndef QUERN_LUA_HEAP_H
#define QUERN_LUA_HEAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/alloc.h"
#include "base/str.h"
#include "lua/budget.h"

#define HEAP_CLASSES 28
/* The kinds of object that the collector does not look into, strings and userdata, as Lua names them when it asks for memory. */
#define HEAP_STRING 4
#define HEAP_BYTES  7
/* Blocks that heap_watch can look after. */
#define HEAP_WATCHED 24

/* Stacks of 10,240 slots, to which Lua's grow by doubling, are the last that are shorter. */
#define HEAP_LONG_STACK ((size_t)164 * 1000)

struct heap_slab;
struct heap_region;
struct heap_large;

struct heap {
	const struct alloc *host;
	struct budget *budget;
	/* Told of every block that is large enough to make one operation slow, or of room for many that are small, and
	 * before a new one that is not small; may be NULL. */
	void (*on_large)(void *user, size_t size, int kind);
	void (*on_block)(void *user, size_t size);
	/* Told that a stack of Lua is long, whether it was short before, and when none is any more. */
	void (*on_long_stack)(void *user, bool new);
	void *user;
	struct heap_slab *partial[HEAP_CLASSES]; /* slabs of a class with room */
	struct heap_slab *spare;                 /* empty slabs, not counted as used */
	char *fresh,
		*fresh_end; /* slabs of the newest region that were never touched, which would take memory for each */
	struct heap_region *regions;
	struct heap_large *large;
	size_t used;          /* bytes in slabs with live blocks and in large blocks */
	size_t large_used;    /* of these, in large blocks */
	size_t large_strings; /* of these, in strings, which one operation may read from end to end */
	size_t large_plain;   /* the same with userdata: all that is not looked into */
	size_t outside;       /* bytes that the plugin holds outside (heap_outside) */
	size_t limit;
	size_t region_size;               /* of the next region */
	unsigned long_stacks;             /* stacks of Lua from HEAP_LONG_STACK on */
	struct heap_large *vector;        /* a long one that is new, while nothing was asked since */
	bool refused;                     /* the last request was refused: the collector is having its turn */
	int kind;                         /* of the block asked for; 0: any other */
	struct heap_large *newest_string; /* of the long ones, while it lives */
	/* While noting, the newest block is remembered, and cleared before its owner has it. */
	bool noting;
	void *newest;
	size_t newest_size;
	const void *watched[HEAP_WATCHED];
	unsigned n_watched;
	bool watched_freed; /* at least one of them */
};

void heap_init(struct heap *h, const struct alloc *host, struct budget *budget, size_t limit);
/* Everything goes back to the host; the heap is as after heap_init. */
void heap_drop(struct heap *h);

/*
 * A lua_Alloc.  The first request over the cap is refused, so that Lua
 * collects its garbage; when that did not help, the call ends here with
 * QUERN_NOMEM.  While the budget is not armed requests are just refused.
 */
void *heap_lua_alloc(void *heap, void *ptr, size_t old_size, size_t new_size);

/* Most of the bytes of the last long string, which may still be being filled; "" if it is no more. */
struct str heap_newest_string(const struct heap *h);

/* From now on the freeing of this small block is noted.  False: it cannot be. */
bool heap_watch(struct heap *h, const void *block, size_t size);

/* Fails now if n more bytes cannot fit however much garbage there is. */
void heap_expect(struct heap *h, size_t n);

/* A struct alloc of the host whose blocks count under the same cap; user is the heap. */
void *heap_outside(void *heap, void *ptr, size_t old_size, size_t new_size);

#endif
