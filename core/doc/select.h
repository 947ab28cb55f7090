/*
 * select.h - CSS selectors over the tree.
 *
 * Kinds are the names of elements; plugins/README.md has the table of what
 * is understood.  Every node counts as an element, text included, and
 * `section` stands for a heading with all that it governs: a match of it is
 * told as that heading.  Relations reach out of the subtree searched, as in CSS.
 *
 * A search costs its nodes times the selector's length at most, whatever is
 * nested in it (an occurrence of :contains() is found by halving); jumping to a node costs its depth, and its ancestors'
 * earlier siblings where the selector asks for them.  Nothing recurses.
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
/* With the document as :scope. */
bool selector_matches(struct selector *s, const struct tree *t, uint32_t node);
/* The next match after node `after` inside root's subtree (root itself excluded); TREE_NONE at the end. Start with after = root, which is :scope. */
uint32_t selector_next(struct selector *s, const struct tree *t, uint32_t root, uint32_t after);
/* Whether the last match was, or was also, one of a section that begins there. */
bool selector_matched_section(const struct selector *s);
/* The first node behind the section that a heading begins. O(siblings). */
uint32_t selector_section_end(const struct tree *t, uint32_t heading);

/*
 * Called with every few hundred units of work done, each about one node tried by one
 * part of the selector.  False ends the search with no match; it may also never return.
 */
typedef bool selector_watch(void *user, size_t work);
void selector_set_watch(struct selector *s, selector_watch *watch, void *user);
/* All units so far. */
uint64_t selector_work(const struct selector *s);

#endif
