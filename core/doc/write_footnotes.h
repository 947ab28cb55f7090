/*
 * write_footnotes.h - which footnotes a subtree refers to, in order of first
 * reference.  Private to the writers.
 */
#ifndef QUERN_DOC_WRITE_FOOTNOTES_H
#define QUERN_DOC_WRITE_FOOTNOTES_H

#include "base/arena.h"
#include "base/value.h"
#include "doc/tree.h"

struct footnote {
	uint32_t definition;
	uint32_t references; /* how many were found */
	uint32_t written;    /* for the writer to count */
};

struct footnotes {
	struct arena arena;
	struct value numbers; /* label -> number from 1, 0 while nobody refers to it */
	struct value places;  /* label -> node of the definition */
	struct footnote *items;
	size_t n, cap;
};

/* Finds them in the subtree of node; false when memory is refused. Release in either case. Linear. */
bool footnotes_collect(struct footnotes *f, const struct alloc *heap, const struct tree *t, uint32_t node);
void footnotes_release(struct footnotes *f);
/* 0 for a reference without a definition, else index + 1 in items. */
size_t footnote_number(const struct footnotes *f, struct str label);

#endif
