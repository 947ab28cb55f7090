/*
 * view_item.h - the headings, images or links of a record, one at a time, for
 * whoever makes lists of them: view.c, and the bindings of Lua.
 *
 * What nearly everybody asks for comes with each item, the rest on demand: lines
 * have to be counted and names of headings told apart.
 */
#ifndef QUERN_DOC_VIEW_ITEM_H
#define QUERN_DOC_VIEW_ITEM_H

#include "base/buf.h"
#include "doc/anchor.h"
#include "doc/record.h"

/* All that views tell of, in the order of the document: one look through the tree serves the three. */
struct view_nodes {
	uint32_t *items;
	size_t n, cap;
};

/* Of another tree than before.  False when memory is refused: then there are none. */
bool view_nodes_find(struct view_nodes *v, const struct alloc *heap, const struct tree *t);
void view_nodes_release(struct view_nodes *v, const struct alloc *heap);

enum view_kind { VIEW_OUTLINE, VIEW_IMAGES, VIEW_LINKS };

struct view_item {
	uint32_t node;
	uint32_t level;  /* of headings */
	struct str url;  /* of images and links, in the tree; never p NULL */
	struct str text; /* in the tree or the walk's buffer: until the next one */
	/* What view_item_complete finds; p NULL: there is none. */
	uint32_t line; /* 0: unknown */
	struct str title, id;
	struct str anchor; /* in the arena of the completion */
};

/* Texts of nested nodes repeat each other: an allowance in proportion to the document keeps hostile nesting linear. */
struct view_walk {
	struct record *record;
	const struct tree *tree;
	const struct view_nodes *nodes;
	struct buf *text;
	uint64_t allowance;
	enum view_kind kind;
	size_t at;   /* among the nodes */
	bool failed; /* memory was refused */
};

/* nodes and text, which is scratch, are borrowed; NULL for nodes: texts alone are asked for.  False: there is no tree. */
bool view_walk_begin(struct view_walk *w, struct record *r, enum view_kind kind, const struct view_nodes *nodes,
		     struct buf *text);
/* How many items there are at most. */
uint32_t view_walk_count(const struct view_walk *w);
/* False behind the last one, and where memory was refused. */
bool view_walk_next(struct view_walk *w, struct view_item *item);
/* The rest of an item; those of a record in their order, without a gap, with the same anchors. */
void view_item_complete(struct view_walk *w, struct anchors *anchors, struct view_item *item);

/* One line of text, until the next one; empty once the allowance is used up. */
struct str view_walk_text(struct view_walk *w, uint32_t node, unsigned flags);
/* Of links and headings: images count only where there is nothing else to read. */
struct str view_walk_label(struct view_walk *w, uint32_t node);

#endif
