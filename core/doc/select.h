/*
 * select.h - CSS selectors over the tree.
 *
 * Now: kind, *, [attr], [attr op value] with = ~= |= ^= $= *= < <= > >= and
 * the i flag, #id, .class, :first-child, :last-child, :not(compound, ...),
 * descendant, child, + and ~, comma.  A name in brackets is a field first
 * (level, url, title, info, tag, ...), then an attribute; a boolean field is
 * present when it is true.  Relations reach out of the subtree searched, as
 * in CSS.  Searching a whole subtree is linear in its nodes; jumping to a node costs
 * its depth, and its ancestors' earlier siblings where + or ~ ask for them.
 *
 * A selector keeps what it has learnt on the way, in its arena: one thread
 * at a time.  Where that memory is refused, nothing matches and arena->refused is set.
 */
#ifndef QUERN_DOC_SELECT_H
#define QUERN_DOC_SELECT_H

#include "base/arena.h"
#include "base/str.h"
#include "doc/tree.h"

struct selector;

struct selector_error {
	uint32_t column; /* 1-based, in bytes, of the offending character */
	char message[160];
};

/* NULL with *error filled when the text is no selector (or memory is refused: column 0). */
struct selector *selector_compile(struct arena *a, struct str text, struct selector_error *error);
bool selector_matches(const struct selector *s, const struct tree *t, uint32_t node);
/* The next match after node `after` inside root's subtree (root itself excluded); TREE_NONE at the end. Start with after = root. */
uint32_t selector_next(const struct selector *s, const struct tree *t, uint32_t root, uint32_t after);

#endif
