/*
 * heap.c - slabs, large blocks, and the cap over both.
 *
 * A slab is 16 KB, aligned to its size, and holds blocks of one class; the
 * slab of a block is found by masking its address.  A slab whose last block
 * is freed serves any class again, so a plugin that changes the size of its
 * objects does not hold twice the memory.
 */
#include "lua/heap.h"

#include <stdint.h>
#include <string.h>

#define SLAB_SIZE    ((size_t)16 * 1024)
#define SLAB_HEAD    ((size_t)64)
#define SMALL_MAX    ((size_t)2048)
#define REGION_FIRST ((size_t)256 * 1024)
#define REGION_MAX   ((size_t)4 * 1024 * 1024)
/* Blocks from here on are reported to on_large. */
#define LARGE_NOTICE ((size_t)64 * 1024)

struct heap_block {
	struct heap_block *next;
};

struct heap_slab {
	struct heap_slab *next, *prev; /* in partial[class] or spare */
	struct heap_block *free;
	char *bump; /* blocks from here on were never used */
	uint32_t live;
	uint16_t size_class;
	bool listed;
	bool watched; /* holds a block of heap_watch */
};
_Static_assert(sizeof(struct heap_slab) <= SLAB_HEAD, "slab head");

struct heap_region {
	struct heap_region *next;
	size_t size;
};

struct heap_large {
	struct heap_large *next, *prev;
	size_t size; /* with this head */
	bool is_stack;
	int kind;
};
_Static_assert(sizeof(struct heap_large) == 32, "blocks aligned as the host's");

/* 16 steps of 16 to 256, then four to each doubling. */
static unsigned class_of(size_t n)
{
	if (n <= 256)
		return (unsigned)((n + 15) / 16) - 1;
	unsigned shift = 63 - (unsigned)__builtin_clzll((unsigned long long)(n - 1)); /* 2^shift < n <= 2^(shift+1) */
	unsigned quarter = (unsigned)((n - 1) >> (shift - 2)) & 3;
	return 16 + (shift - 8) * 4 + quarter;
}

static size_t class_size(unsigned c)
{
	if (c < 16)
		return ((size_t)c + 1) * 16;
	size_t base = (size_t)256 << ((c - 16) / 4);
	return base + base / 4 * ((c - 16) % 4 + 1);
}

void heap_init(struct heap *h, const struct alloc *host, struct budget *budget, size_t limit)
{
	memset(h, 0, sizeof *h);
	h->host = host;
	h->budget = budget;
	h->limit = limit;
	h->region_size = REGION_FIRST;
}

void heap_drop(struct heap *h)
{
	while (h->regions) {
		struct heap_region *r = h->regions;
		h->regions = r->next;
		mem_free(h->host, r, r->size);
	}
	while (h->large) {
		struct heap_large *l = h->large;
		h->large = l->next;
		mem_free(h->host, l, l->size);
	}
	memset(h->partial, 0, sizeof h->partial);
	h->spare = NULL;
	h->fresh = h->fresh_end = NULL;
	h->used = h->large_used = h->large_strings = h->large_plain = 0;
	h->newest_string = NULL;
	h->long_stacks = 0;
	h->vector = NULL;
	h->region_size = REGION_FIRST;
	h->refused = h->noting = false;
	h->n_watched = 0;
	h->watched_freed = false;
}

static bool heap_fits(const struct heap *h, size_t more)
{
	size_t held = h->used + h->outside;
	return held <= h->limit && more <= h->limit - held;
}

/* ------------------------------------------------------------------- slabs */

static bool region_add(struct heap *h)
{
	size_t size = h->region_size;
	/* A small cap must not be answered with a big region. */
	while (size > REGION_FIRST / 4 && size / 2 > h->limit)
		size /= 2;
	struct heap_region *r = mem_new(h->host, size);
	if (!r)
		return false;
	r->next = h->regions;
	r->size = size;
	h->regions = r;
	uintptr_t at = ((uintptr_t)(r + 1) + SLAB_SIZE - 1) & ~(uintptr_t)(SLAB_SIZE - 1);
	h->fresh = (char *)at;
	h->fresh_end = (char *)r + size;
	if (h->region_size < REGION_MAX)
		h->region_size *= 2;
	if (h->on_large)
		h->on_large(h->user, size, 0);
	return h->fresh + SLAB_SIZE <= h->fresh_end;
}

/* An empty slab that there is. */
static struct heap_slab *slab_take(struct heap *h)
{
	struct heap_slab *s = h->spare;
	if (s) {
		h->spare = s->next;
	} else if (h->fresh && h->fresh + SLAB_SIZE <= h->fresh_end) {
		s = (struct heap_slab *)h->fresh;
		h->fresh += SLAB_SIZE;
	}
	return s;
}

static void slab_link(struct heap *h, struct heap_slab *s)
{
	struct heap_slab **head = &h->partial[s->size_class];
	s->prev = NULL;
	s->next = *head;
	if (s->next)
		s->next->prev = s;
	*head = s;
	s->listed = true;
}

static void slab_unlink(struct heap *h, struct heap_slab *s)
{
	if (s->prev)
		s->prev->next = s->next;
	else
		h->partial[s->size_class] = s->next;
	if (s->next)
		s->next->prev = s->prev;
	s->listed = false;
}

__attribute__((noinline)) static struct heap_slab *slab_new(struct heap *h, unsigned size_class)
{
	if (!heap_fits(h, SLAB_SIZE))
		return NULL;
	struct heap_slab *s = slab_take(h);
	if (!s && region_add(h))
		s = slab_take(h);
	if (!s)
		return NULL;
	s->free = NULL;
	s->bump = (char *)s + SLAB_HEAD;
	s->live = 0;
	s->watched = false;
	s->size_class = (uint16_t)size_class;
	h->used += SLAB_SIZE;
	slab_link(h, s);
	return s;
}

static void *small_new(struct heap *h, size_t n)
{
	unsigned c = class_of(n);
	struct heap_slab *s = h->partial[c];
	if (!s && !(s = slab_new(h, c)))
		return NULL;
	size_t size = class_size(c);
	void *block = s->free;
	if (block) {
		s->free = s->free->next;
	} else {
		block = s->bump;
		s->bump += size;
	}
	s->live++;
	if (!s->free && s->bump + size > (char *)s + SLAB_SIZE)
		slab_unlink(h, s);
	return block;
}

static struct heap_slab *slab_of(const void *block)
{
	return (struct heap_slab *)((uintptr_t)block & ~(uintptr_t)(SLAB_SIZE - 1));
}

static void watched_look(struct heap *h, const void *block)
{
	for (unsigned i = 0; i < h->n_watched; i++)
		if (h->watched[i] == block)
			h->watched_freed = true;
}

static void small_free(struct heap *h, void *block)
{
	struct heap_slab *s = slab_of(block);
	struct heap_block *b = block;
	if (s->watched)
		watched_look(h, block);
	b->next = s->free;
	s->free = b;
	s->live--;
	if (!s->listed)
		slab_link(h, s);
	if (s->live == 0) {
		slab_unlink(h, s);
		s->next = h->spare;
		h->spare = s;
		h->used -= SLAB_SIZE;
	}
}

/* ------------------------------------------------------------ large blocks */

static void large_link(struct heap *h, struct heap_large *l, size_t size)
{
	l->size = size;
	l->prev = NULL;
	l->next = h->large;
	if (l->next)
		l->next->prev = l;
	h->large = l;
	h->used += size;
	h->large_used += size;
	h->large_strings += l->kind == HEAP_STRING ? size : 0;
	h->large_plain += l->kind ? size : 0;
	if (size >= LARGE_NOTICE && h->on_large)
		h->on_large(h->user, size, l->kind);
	if (size >= LARGE_NOTICE && l->kind == HEAP_STRING)
		h->newest_string = l;
}

static void large_unlink(struct heap *h, struct heap_large *l)
{
	if (l->prev)
		l->prev->next = l->next;
	else
		h->large = l->next;
	if (l->next)
		l->next->prev = l->prev;
	h->used -= l->size;
	h->large_used -= l->size;
	h->large_strings -= l->kind == HEAP_STRING ? l->size : 0;
	h->large_plain -= l->kind ? l->size : 0;
	if (h->newest_string == l)
		h->newest_string = NULL;
}

static void *large_new(struct heap *h, size_t n)
{
	if (n > SIZE_MAX - sizeof(struct heap_large) || !heap_fits(h, n + sizeof(struct heap_large)))
		return NULL;
	struct heap_large *l = mem_new(h->host, n + sizeof *l);
	if (!l)
		return NULL;
	l->is_stack = false;
	l->kind = h->kind;
	large_link(h, l, n + sizeof *l);
	return l + 1;
}

static void large_free(struct heap *h, void *block)
{
	struct heap_large *l = (struct heap_large *)block - 1;
	bool was_stack = l->is_stack;
	large_unlink(h, l);
	mem_free(h->host, l, l->size);
	if (was_stack && --h->long_stacks == 0)
		h->on_long_stack(h->user, false);
}

static void *large_resize(struct heap *h, void *block, size_t n)
{
	struct heap_large *l = (struct heap_large *)block - 1;
	if (n > SIZE_MAX - sizeof *l)
		return NULL;
	size_t old = l->size, size = n + sizeof *l;
	if (size > old && !heap_fits(h, size - old))
		return NULL;
	large_unlink(h, l);
	struct heap_large *moved = mem_resize(h->host, l, old, size);
	large_link(h, moved ? moved : l, moved ? size : old);
	return moved ? moved + 1 : NULL;
}

/* ------------------------------------------------------------------- Lua's */

static void *block_new(struct heap *h, size_t n)
{
	if (n > SMALL_MAX && h->on_block)
		h->on_block(h->user, n);
	void *block = n <= SMALL_MAX ? small_new(h, n) : large_new(h, n);
	if (h->noting && block) {
		memset(block, 0, n);
		h->newest = block;
		h->newest_size = n;
	}
	return block;
}

static void block_free(struct heap *h, void *block, size_t n)
{
	if (n <= SMALL_MAX)
		small_free(h, block);
	else
		large_free(h, block);
}

/* A small block knows its class from its slab, so one that could not move to a smaller class may stay. */
static void *block_resize(struct heap *h, void *block, size_t old_size, size_t new_size)
{
	if (old_size <= SMALL_MAX && new_size <= SMALL_MAX && class_of(old_size) == class_of(new_size))
		return block;
	if (old_size > SMALL_MAX && new_size > SMALL_MAX)
		return large_resize(h, block, new_size);
	bool shrink = new_size < old_size;
	h->limit += shrink ? SLAB_SIZE : 0; /* giving memory back must not fail for want of memory */
	void *moved = block_new(h, new_size);
	h->limit -= shrink ? SLAB_SIZE : 0;
	if (!moved)
		return shrink && old_size <= SMALL_MAX ? block : NULL;
	memcpy(moved, block, old_size < new_size ? old_size : new_size);
	block_free(h, block, old_size);
	return moved;
}

/* A slot of a stack: its value, a byte that tells the kind, and nothing of use. */
enum { SLOT = 16, SLOT_KIND = 8, KIND_PLAIN = 0x0f, KIND_BOOLEAN = 1 };

static bool same_slot(const char *a, const char *b)
{
	const unsigned kind = (unsigned char)a[SLOT_KIND];
	/* Nil and booleans leave the value as it was. */
	return (unsigned char)b[SLOT_KIND] == kind &&
	       ((kind & KIND_PLAIN) <= KIND_BOOLEAN || memcmp(a, b, SLOT_KIND) == 0);
}

/*
 * Lua gives a stack its new length by asking for a vector, copying the old one
 * and freeing it at once.  The parts of a table come and go in the same way, and
 * what is freed may be any garbage, but none of these is a copy.  The lowest slot of a stack is nil.
 */
static bool is_copy_of_stack(const char *to, size_t n, const char *from, size_t old_size)
{
	if (n % SLOT || old_size % SLOT || from[SLOT_KIND])
		return false;
	for (size_t at = 0; at < n && at < old_size; at += SLOT)
		if (!same_slot(from + at, to + at))
			return false;
	return true;
}

static void vector_moved(struct heap *h, const char *old, size_t old_size)
{
	struct heap_large *l = h->vector;
	h->vector = NULL;
	if (!h->on_long_stack || !is_copy_of_stack((const char *)(l + 1), l->size - sizeof *l, old, old_size))
		return;
	l->is_stack = true;
	h->long_stacks++;
	h->on_long_stack(h->user, old_size <= HEAP_LONG_STACK);
}

/* The first time after one that was granted the collector gets a turn, then the call ends. */
static void *refuse(struct heap *h)
{
	if (h->refused && h->budget->armed)
		budget_kill(h->budget, QUERN_NOMEM);
	h->refused = true;
	return NULL;
}

/* Any block.  Out of line, so that the short way saves no registers for this one. */
__attribute__((noinline)) static void *request(struct heap *h, void *ptr, size_t old_size, size_t new_size)
{
	const bool is_vector = !ptr && old_size == 0 && new_size > HEAP_LONG_STACK;
	h->kind = !ptr && (old_size == HEAP_STRING || old_size == HEAP_BYTES) ? (int)old_size : 0;
	budget_spend(h->budget, 4 + new_size / 128);
	/* Of a new block Lua passes the kind of object where others have their size. */
	void *block = ptr && old_size ? block_resize(h, ptr, old_size, new_size) : block_new(h, new_size);
	h->vector = block && is_vector ? (struct heap_large *)block - 1 : NULL;
	if (!block)
		return refuse(h);
	h->refused = false;
	return block;
}

__attribute__((noinline)) static void give_back(struct heap *h, void *ptr, size_t size)
{
	if (h->vector)
		vector_moved(h, ptr, size);
	block_free(h, ptr, size);
	budget_spend(h->budget, 2);
}

/* Small blocks that are new or given back go first, by the shortest way: nearly all are. */
void *heap_lua_alloc(void *heap, void *ptr, size_t old_size, size_t new_size)
{
	struct heap *h = heap;
	if (new_size == 0) {
		if (!ptr || !old_size)
			return NULL;
		if (old_size <= SMALL_MAX && !h->vector && budget_has(h->budget, 2))
			small_free(h, ptr);
		else
			give_back(h, ptr, old_size);
		return NULL;
	}
	if (ptr || new_size > SMALL_MAX || h->noting || !budget_has(h->budget, 4))
		return request(h, ptr, old_size, new_size);
	void *block = small_new(h, new_size);
	if (!block)
		return refuse(h);
	h->vector = NULL;
	h->refused = false;
	return block;
}

struct str heap_newest_string(const struct heap *h)
{
	/* What Lua knows of a string stands before its bytes, and a NUL behind. */
	enum { HEAD = 32 };
	const struct heap_large *l = h->newest_string;
	return l ? (struct str){ (const char *)(l + 1) + HEAD, l->size - sizeof *l - HEAD - 1 } : STR_EMPTY;
}

bool heap_watch(struct heap *h, const void *block, size_t size)
{
	if (size > SMALL_MAX || h->n_watched == HEAP_WATCHED)
		return false;
	slab_of(block)->watched = true;
	h->watched[h->n_watched++] = block;
	return true;
}

void heap_expect(struct heap *h, size_t n)
{
	if (n > h->limit && h->budget->armed)
		budget_kill(h->budget, QUERN_NOMEM);
}

void *heap_outside(void *heap, void *ptr, size_t old_size, size_t new_size)
{
	struct heap *h = heap;
	if (new_size == 0) {
		mem_free(h->host, ptr, old_size);
		h->outside -= ptr ? old_size : 0;
		return NULL;
	}
	/* What goes on for long outside Lua cannot be ended but by this. */
	if (new_size > old_size && (!heap_fits(h, new_size - old_size) || budget_is_spent(h->budget)))
		return NULL;
	void *block = ptr ? mem_resize(h->host, ptr, old_size, new_size) : mem_new(h->host, new_size);
	if (block)
		h->outside = h->outside - (ptr ? old_size : 0) + new_size;
	return block;
}
