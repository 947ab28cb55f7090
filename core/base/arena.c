/*
 * arena.c - a bump allocator over growing chunks.
 *
 * Provides memory that is freed in one step to records, values and parses.
 * Chunks double up to a ceiling; what does not fit gets a chunk of its own,
 * which a later arena_resize can grow through the heap without a copy left
 * behind.  Knows nothing of what is stored.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>

#define CHUNK_MIN ((size_t)2048)
#define CHUNK_MAX ((size_t)1 << 20)

struct arena_chunk {
	struct arena_chunk *older;
	size_t size; /* of the whole chunk, this header included */
};

static const size_t alignment = alignof(max_align_t);
static const size_t header_size = (sizeof(struct arena_chunk) + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);

static char *chunk_data(struct arena_chunk *c)
{
	return (char *)c + header_size;
}

void arena_init(struct arena *a, const struct alloc *heap, size_t limit)
{
	*a = (struct arena){ .heap = heap, .limit = limit };
}

static void free_chunks(struct arena *a, struct arena_chunk *c)
{
	while (c) {
		struct arena_chunk *older = c->older;

		a->held -= c->size;
		mem_free(a->heap, c, c->size);
		c = older;
	}
}

void arena_release(struct arena *a)
{
	free_chunks(a, a->chunks);
	arena_init(a, a->heap, a->limit);
}

void arena_reset(struct arena *a)
{
	a->refused = false;
	if (!a->chunks)
		return;
	free_chunks(a, a->chunks->older);
	a->chunks->older = NULL;
	a->next = chunk_data(a->chunks);
	a->end = (char *)a->chunks + a->chunks->size;
}

void arena_expect(struct arena *a, size_t size)
{
	a->expected = size < CHUNK_MAX ? size : 0; /* what is large gets chunks of its own */
}

static void *refuse(struct arena *a)
{
	a->refused = true;
	return NULL;
}

/* How large the next chunk is to be for a request of size bytes; 0 when the limit forbids it. */
static size_t next_chunk_size(const struct arena *a, size_t size)
{
	size_t wanted = a->chunks ? a->chunks->size : CHUNK_MIN / 2;
	size_t room = a->limit > a->held ? a->limit - a->held : 0;
	size_t least;

	if (size > SIZE_MAX - header_size)
		return 0;
	least = size + header_size;
	wanted = wanted < CHUNK_MAX / 2 ? wanted * 2 : CHUNK_MAX;
	if (wanted < a->expected + header_size)
		wanted = a->expected + header_size;
	if (wanted < least)
		wanted = least;
	if (a->limit > 0 && wanted > room)
		wanted = room >= least ? room : 0;
	return wanted;
}

/* A new chunk; it becomes the current one only if it leaves more room than the old. */
static void *alloc_slow(struct arena *a, size_t size)
{
	size_t chunk_size = next_chunk_size(a, size);
	struct arena_chunk *c = mem_new(a->heap, chunk_size);
	char *p;

	if (!c)
		return refuse(a);
	a->held += chunk_size;
	a->expected = 0;
	c->size = chunk_size;
	p = chunk_data(c);
	if (a->chunks && (size_t)(a->end - a->next) > chunk_size - header_size - size) {
		c->older = a->chunks->older;
		a->chunks->older = c;
		return p;
	}
	c->older = a->chunks;
	a->chunks = c;
	a->next = p + size;
	a->end = (char *)c + chunk_size;
	return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
	size_t pad = (size_t)(-(uintptr_t)a->next & (alignment - 1));
	size_t room = (size_t)(a->end - a->next);
	char *p;

	if (size == 0)
		size = 1;
	if (pad > room || size > room - pad)
		return alloc_slow(a, size);
	p = a->next + pad;
	a->next = p + size;
	return p;
}

/* As arena_alloc, without alignment: strings lie close together. */
static char *alloc_bytes(struct arena *a, size_t size)
{
	char *p = a->next;

	if (size > (size_t)(a->end - a->next))
		return alloc_slow(a, size);
	a->next += size;
	return p;
}

void *arena_alloc_zero(struct arena *a, size_t size)
{
	void *p = arena_alloc(a, size);

	return p ? memset(p, 0, size) : NULL;
}

/* How many of the newest chunks may be arrays that grow side by side. */
#define LOOK_BACK 8

/*
 * The link to the chunk that holds ptr and nothing else; NULL when there is
 * none.  Only the newest are looked at.
 */
static struct arena_chunk **sole_chunk(struct arena *a, const char *ptr, size_t old_size)
{
	struct arena_chunk **link = &a->chunks;

	if (*link && ptr == chunk_data(*link))
		return ptr + old_size == a->next ? link : NULL;
	for (int i = 0; i < LOOK_BACK && *link; i++, link = &(*link)->older)
		if (ptr == chunk_data(*link))
			return (*link)->size == header_size + old_size ? link : NULL;
	return NULL;
}

/* Lets the heap resize a chunk of one allocation; NULL when it or the limit refuses. */
static void *resize_chunk(struct arena *a, struct arena_chunk **link, size_t new_size)
{
	struct arena_chunk *c = *link;
	size_t chunk_size = header_size + new_size;

	if (new_size > SIZE_MAX - header_size || chunk_size < c->size)
		return NULL;
	if (a->limit > 0 && chunk_size - c->size > a->limit - a->held)
		return NULL;
	c = mem_resize(a->heap, c, c->size, chunk_size);
	if (!c)
		return NULL;
	a->held += chunk_size - c->size;
	c->size = chunk_size;
	*link = c;
	if (link == &a->chunks)
		a->next = a->end = (char *)c + chunk_size;
	return chunk_data(c);
}

void *arena_resize(struct arena *a, void *ptr, size_t old_size, size_t new_size)
{
	char *old = ptr;
	struct arena_chunk **link;
	void *p;

	if (!ptr)
		return arena_alloc(a, new_size);
	if (old + old_size == a->next && new_size <= (size_t)(a->end - old)) {
		a->next = old + new_size;
		return ptr;
	}
	if (new_size <= old_size)
		return ptr;
	link = sole_chunk(a, old, old_size);
	p = link ? resize_chunk(a, link, new_size) : NULL;
	if (p)
		return p;
	p = arena_alloc(a, new_size);
	return p ? memcpy(p, ptr, old_size) : NULL;
}

struct str arena_str(struct arena *a, struct str s)
{
	char *p = arena_strz(a, s);

	return (struct str){ p, p ? s.n : 0 };
}

char *arena_strz(struct arena *a, struct str s)
{
	char *p = s.n < SIZE_MAX ? alloc_bytes(a, s.n + 1) : refuse(a);

	if (!p)
		return NULL;
	if (s.n > 0)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return p;
}

char *arena_vprintf(struct arena *a, const char *format, va_list args)
{
	va_list again;
	int n;
	char *p = NULL;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	if (n >= 0)
		p = alloc_bytes(a, (size_t)n + 1);
	else
		refuse(a);
	if (p)
		vsnprintf(p, (size_t)n + 1, format, again);
	va_end(again);
	return p;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
	va_list args;
	char *p;

	va_start(args, format);
	p = arena_vprintf(a, format, args);
	va_end(args);
	return p;
}

void *arena_grow(struct arena *a, void *items, size_t *cap, size_t need, size_t item_size)
{
	size_t wanted;
	void *moved;

	if (items && need <= *cap)
		return items;
	wanted = mem_grow_count(*cap, need, item_size);
	if (wanted == 0)
		return refuse(a);
	moved = arena_resize(a, items, *cap * item_size, wanted * item_size);
	if (moved)
		*cap = wanted;
	return moved;
}
