/*
 * markdown_mem.c - cmark in an arena.
 *
 * cmark's allocator hooks take no context and its default aborts, so the
 * arena of the running parse is found through the one thread-local of the
 * library, and a refused allocation jumps out of cmark: all it had lies in the arena, which
 * the caller drops.  Small blocks are cut from pieces of the arena, and used again when cmark
 * gives them back; large ones are the arena's own, so that they can grow where they stand.
 */
#include <setjmp.h>
#include <stdlib.h>

#include "doc/markdown_priv.h"

#define PIECE_MIN ((size_t)8 << 10)
#define PIECE_MAX ((size_t)256 << 10)
/* From here on a block is the arena's own. */
#define LARGE ((size_t)2040)
/* Small blocks and their headers take multiples of this. */
#define GRAIN ((size_t)16)

/* cmark_mem has no sizes on realloc: each block carries its own. Eight bytes is as far as cmark's structures are aligned. */
struct header {
	size_t size; /* without this */
};

/* A block that cmark has given back, in its own first bytes. */
struct spare {
	struct spare *next;
};

struct run {
	struct arena *arena;
	char *next, *end;                        /* of the current piece */
	size_t piece;                            /* how large they are */
	struct spare *spares[LARGE / GRAIN + 2]; /* small blocks by size, in grains */
	struct spare *large;
	jmp_buf refused;
};

/* Fixed at start-up for speed: eight bytes of what the dynamic linker keeps for that. */
static _Thread_local struct run *current __attribute__((tls_model("initial-exec")));

/* So that the block and its header take whole grains. */
static size_t rounded(size_t size)
{
	return ((size + sizeof(struct header) + GRAIN - 1) & ~(GRAIN - 1)) - sizeof(struct header);
}

static struct header *header_of(void *block)
{
	return (struct header *)block - 1;
}

/* A large block that is free and large enough: only the last ones given back are looked at. */
static void *large_again(struct run *r, size_t size)
{
	struct spare **link = &r->large;

	for (int i = 0; i < 4 && *link; i++, link = &(*link)->next) {
		struct spare *found = *link;
		if (header_of(found)->size < size || header_of(found)->size / 4 > size)
			continue;
		*link = found->next;
		return found;
	}
	return NULL;
}

static void *large_new(struct run *r, size_t size)
{
	struct header *h = large_again(r, size);

	if (h)
		return h;
	h = arena_alloc(r->arena, sizeof *h + size);
	if (!h)
		longjmp(r->refused, 1);
	h->size = size;
	return h + 1;
}

static void piece_new(struct run *r)
{
	r->next = arena_alloc(r->arena, r->piece);
	if (!r->next)
		longjmp(r->refused, 1);
	r->end = r->next + r->piece;
}

static void *block_new(size_t size)
{
	struct run *r = current;
	struct header *h;

	if (size > LARGE)
		return large_new(r, size);
	size = rounded(size);
	struct spare **spares = &r->spares[size / GRAIN], *again = *spares;
	if (again) {
		*spares = again->next;
		return again;
	}
	if ((size_t)(r->end - r->next) < sizeof *h + size)
		piece_new(r);
	h = (struct header *)(void *)r->next;
	r->next += sizeof *h + size;
	h->size = size;
	return h + 1;
}

static void *cmark_calloc_in_arena(size_t n, size_t size)
{
	if (size && n > SIZE_MAX / 2 / size)
		longjmp(current->refused, 1);
	size_t all = n * size;
	uint64_t *word = block_new(all);
	if (all > LARGE)
		return memset(word, 0, all);
	for (size_t i = 0; i < (all + 7) / 8; i++) /* nodes, nearly always: no call is worth it */
		word[i] = 0;
	return word;
}

static void cmark_free_in_arena(void *ptr)
{
	struct run *r = current;
	struct spare *spare = ptr;

	if (!ptr)
		return;
	struct spare **list = header_of(ptr)->size > LARGE ? &r->large : &r->spares[header_of(ptr)->size / GRAIN];
	spare->next = *list;
	*list = spare;
}

static void *resize_large(struct run *r, struct header *h, size_t size)
{
	/* in place where it is the newest block: growing buffers mostly are */
	struct header *grown = arena_resize(r->arena, h, sizeof *h + h->size, sizeof *h + size);

	if (!grown)
		longjmp(r->refused, 1);
	grown->size = size;
	return grown + 1;
}

static void *cmark_realloc_in_arena(void *ptr, size_t size)
{
	struct run *r = current;

	if (!ptr)
		return block_new(size);
	struct header *h = header_of(ptr);
	if (size <= h->size)
		return ptr;
	if (h->size > LARGE)
		return resize_large(r, h, size);
	size_t more = rounded(size) - h->size;
	if (size <= LARGE && (char *)ptr + h->size == r->next && (size_t)(r->end - r->next) >= more) {
		r->next += more;
		h->size += more;
		return ptr;
	}
	void *moved = memcpy(block_new(size), ptr, h->size);
	cmark_free_in_arena(ptr);
	return moved;
}

cmark_node *markdown_parse(struct arena *arena, struct str text)
{
	static const cmark_mem mem = { cmark_calloc_in_arena, cmark_realloc_in_arena, cmark_free_in_arena };
	struct run run = { .arena = arena, .piece = text.n < PIECE_MAX ? text.n : PIECE_MAX };
	struct run *outer = current;
	cmark_node *volatile root = NULL;

	run.piece = run.piece > PIECE_MIN ? run.piece & ~(GRAIN - 1) : PIECE_MIN;
	current = &run;
	if (setjmp(run.refused) == 0) {
		cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_SOURCEPOS, (cmark_mem *)&mem);
		cmark_parser_feed(parser, text.p, text.n);
		root = cmark_parser_finish(parser);
	}
	current = outer;
	return root;
}
