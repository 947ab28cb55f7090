/*
 * markdown_mem.c - cmark in an arena.
 *
 * cmark's allocator hooks take no context and its default aborts, so the
 * arena of the running parse is found through the one thread-local of the
 * library, and a refused allocation jumps out of cmark: all it had lies in the arena, which
 * the caller drops.
 */
#include <setjmp.h>
#include <stdlib.h>

#include "doc/markdown_priv.h"

struct run {
	struct arena *arena;
	jmp_buf refused;
};

static _Thread_local struct run *current;

/* cmark_mem has no sizes on realloc: each block carries its own. */
struct header {
	size_t size;
	size_t align;
};

static void *block_new(size_t size)
{
	struct header *h = arena_alloc(current->arena, sizeof *h + size);

	if (!h)
		longjmp(current->refused, 1);
	h->size = size;
	return h + 1;
}

static void *cmark_calloc_in_arena(size_t n, size_t size)
{
	if (size && n > SIZE_MAX / 2 / size)
		longjmp(current->refused, 1);
	return memset(block_new(n * size), 0, n * size);
}

static void *cmark_realloc_in_arena(void *ptr, size_t size)
{
	if (!ptr)
		return block_new(size);
	struct header *h = (struct header *)ptr - 1;
	if (size <= h->size)
		return ptr;
	/* in place where it is the newest block: growing buffers mostly are */
	struct header *grown = arena_resize(current->arena, h, sizeof *h + h->size, sizeof *h + size);
	if (!grown)
		longjmp(current->refused, 1);
	grown->size = size;
	return grown + 1;
}

static void cmark_free_in_arena(void *ptr)
{
	(void)ptr; /* the arena goes as a whole */
}

cmark_node *markdown_parse(struct arena *arena, struct str text)
{
	static const cmark_mem mem = { cmark_calloc_in_arena, cmark_realloc_in_arena, cmark_free_in_arena };
	struct run run = { .arena = arena };
	struct run *outer = current;
	cmark_node *volatile root = NULL;

	current = &run;
	if (setjmp(run.refused) == 0) {
		cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_SOURCEPOS, (cmark_mem *)&mem);
		cmark_parser_feed(parser, text.p, text.n);
		root = cmark_parser_finish(parser);
	}
	current = outer;
	return root;
}
