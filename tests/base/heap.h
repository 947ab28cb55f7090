/*
 * heap.h - a heap for tests: counts what is held, fails on demand.
 *
 * Included by test programs of every layer.  live is zero again when all was
 * given back with its exact size; fail_at k refuses the k-th request and all
 * after it.
 */
#ifndef QUERN_TESTS_BASE_HEAP_H
#define QUERN_TESTS_BASE_HEAP_H

#include <stdlib.h>

#include "base/alloc.h"

struct test_heap {
	struct alloc alloc;
	size_t live;     /* bytes held */
	size_t requests; /* allocations and growths so far */
	size_t fail_at;  /* 0: never */
};

static inline void *test_heap_fn(void *user, void *ptr, size_t old_size, size_t new_size)
{
	struct test_heap *h = user;
	void *moved;

	if (new_size == 0) {
		free(ptr);
		h->live -= old_size;
		return NULL;
	}
	h->requests++;
	if (h->fail_at > 0 && h->requests >= h->fail_at)
		return NULL;
	moved = realloc(ptr, new_size);
	if (moved)
		h->live += new_size - old_size;
	return moved;
}

static inline void test_heap_init(struct test_heap *h, size_t fail_at)
{
	*h = (struct test_heap){ .alloc = { test_heap_fn, h }, .fail_at = fail_at };
}

#endif
