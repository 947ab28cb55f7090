/*
 * alloc.c - the door to the heap and the growth rule of arrays.
 *
 * Provides mem_* to everything above.  Sizes are checked here once, so that
 * no caller multiplies unguarded.  Knows nothing of what is stored.
 */
#include "base/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void *libc_fn(void *user, void *ptr, size_t old_size, size_t new_size)
{
	(void)user;
	(void)old_size;
	if (new_size == 0) {
		free(ptr);
		return NULL;
	}
	return realloc(ptr, new_size);
}

const struct alloc alloc_libc = { libc_fn, NULL };

void *mem_new(const struct alloc *heap, size_t size)
{
	return size > 0 ? heap->fn(heap->user, NULL, 0, size) : NULL;
}

void *mem_new_zero(const struct alloc *heap, size_t size)
{
	void *ptr = mem_new(heap, size);

	return ptr ? memset(ptr, 0, size) : NULL;
}

void *mem_resize(const struct alloc *heap, void *ptr, size_t old_size, size_t new_size)
{
	return heap->fn(heap->user, ptr, old_size, new_size);
}

void mem_free(const struct alloc *heap, void *ptr, size_t size)
{
	if (ptr)
		heap->fn(heap->user, ptr, size, 0);
}

size_t mem_grow_count(size_t cap, size_t need, size_t item_size)
{
	size_t wanted = cap > 0 ? cap : 4;

	while (wanted < need) {
		if (wanted > SIZE_MAX / 2)
			return 0;
		wanted *= 2;
	}
	return item_size > 0 && wanted > SIZE_MAX / item_size ? 0 : wanted;
}

void *mem_grow(const struct alloc *heap, void *items, size_t *cap, size_t need, size_t item_size)
{
	size_t wanted;
	void *moved;

	if (items && need <= *cap)
		return items;
	wanted = mem_grow_count(*cap, need, item_size);
	moved = wanted ? mem_resize(heap, items, *cap * item_size, wanted * item_size) : NULL;
	if (moved)
		*cap = wanted;
	return moved;
}
