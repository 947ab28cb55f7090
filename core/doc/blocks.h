/*
 * blocks.h - a tree cut into the blocks that hold text.
 *
 * What readers of prose ask for: headings, paragraphs, list items, captions
 * and table rows in document order, whatever nests them.  A block is a
 * heading, a table row, or a run of inline nodes next to each other.  Code,
 * raw HTML, templates and rules hold no text and are left out.
 * Reads the tree and nothing else; nothing is allocated but the text.
 */
#ifndef QUERN_DOC_BLOCKS_H
#define QUERN_DOC_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "doc/tree.h"

struct block_run {
	enum node_kind kind; /* heading, table_row, paragraph, item, caption, term or definition */
	uint32_t node;       /* the heading, the row, or what holds the run */
	uint32_t first, end; /* the inlines or cells: siblings from first, the subtrees before end */
	uint32_t line_node;  /* the first node with something in it, for the line */
	bool in_item;        /* in a list item or a definition, at any depth */
};

/* The next run in the subtree of root; *at starts at root + 1 and is kept by the caller. */
bool blocks_next(const struct tree *t, uint32_t root, uint32_t *at, struct block_run *out);

/*
 * The text of a run: as tree_text, but one paragraph, hard breaks a newline; struck-through
 * words, templates, raw HTML and the texts of images are left out.
 */
void blocks_text(struct buf *out, const struct tree *t, uint32_t first, uint32_t end);
/* The same of the whole run; of a row, that of its cells with " \t " between them. */
void blocks_run_text(struct buf *out, const struct tree *t, const struct block_run *run);
/* A run that has this text and is to be passed over: its only content is white space in text nodes. */
bool blocks_is_empty(const struct tree *t, const struct block_run *run, struct str text);

#endif
