/*
 * arena.h - memory that is freed in one step.
 *
 * A bump allocator over chunks taken from a struct alloc, with a cap on the
 * total.  Used for everything that lives exactly as long as a record, a
 * value or one parse.  Not for threads to share.
 */
#ifndef QUERN_BASE_ARENA_H
#define QUERN_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/alloc.h"
#include "base/str.h"

struct arena_chunk;

struct arena {
	const struct alloc *heap;
	struct arena_chunk *chunks;
	char *next; /* first free byte of the current chunk */
	char *end;
	size_t held;  /* bytes taken from the heap */
	size_t limit; /* 0: none */
	size_t expected;
	bool refused; /* an allocation has failed since init or reset */
};

void arena_init(struct arena *a, const struct alloc *heap, size_t limit);
/* Gives everything back to the heap; the arena is as after arena_init. */
void arena_release(struct arena *a);
/* Forgets the contents but keeps the newest (largest) chunk for reuse. */
void arena_reset(struct arena *a);

/* So many bytes are about to be asked for: unless they are very many, the next chunk takes them all. */
void arena_expect(struct arena *a, size_t size);

/* Aligned for any object; NULL when memory or the limit is exhausted. O(1). */
void *arena_alloc(struct arena *a, size_t size);
void *arena_alloc_zero(struct arena *a, size_t size);
/* Grows the newest allocation in place where it can, else copies. */
void *arena_resize(struct arena *a, void *ptr, size_t old_size, size_t new_size);

/* Copies; the copy is NUL-terminated.  p is NULL on failure. */
struct str arena_str(struct arena *a, struct str s);
char *arena_strz(struct arena *a, struct str s);
char *arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/*
 * Grows an array kept in the arena to hold need items (doubling).  Returns
 * the array or NULL; *cap is updated.
 */
void *arena_grow(struct arena *a, void *items, size_t *cap, size_t need, size_t item_size);

#endif
