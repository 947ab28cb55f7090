/*
 * alloc.h - the one door to the heap.
 *
 * Every allocation of quern's own goes through a struct alloc, so that an
 * embedder can supply a heap and a test can make any single request fail.
 * Knows nothing of what is stored.
 */
#ifndef QUERN_BASE_ALLOC_H
#define QUERN_BASE_ALLOC_H

#include <stddef.h>

/*
 * One function does it all, as in Lua: new_size 0 frees ptr and returns NULL;
 * ptr NULL allocates; otherwise resizes.  Returns NULL when memory is refused,
 * in which case ptr is untouched.  old_size is exact.
 */
struct alloc {
	void *(*fn)(void *user, void *ptr, size_t old_size, size_t new_size);
	void *user;
};

/* malloc/realloc/free of the C library. */
extern const struct alloc alloc_libc;

/* All return NULL on failure; mem_new also for size 0. */
void *mem_new(const struct alloc *heap, size_t size);
void *mem_new_zero(const struct alloc *heap, size_t size);
void *mem_resize(const struct alloc *heap, void *ptr, size_t old_size, size_t new_size);
void mem_free(const struct alloc *heap, void *ptr, size_t size);

/* How many items an array of cap shall have room for to hold need: cap doubled until it suffices; 0: the size would overflow. */
size_t mem_grow_count(size_t cap, size_t need, size_t item_size);

/*
 * Grows an array of items of item_size to hold at least need items: *cap
 * doubles until it suffices.  Returns the (moved) array, or NULL with nothing
 * changed when memory is refused or the size would overflow.
 */
void *mem_grow(const struct alloc *heap, void *items, size_t *cap, size_t need, size_t item_size);

#endif
