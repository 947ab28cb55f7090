/*
 * markdown_priv.h - what the markdown*.c files share.  Included by them
 * alone.
 */
#ifndef QUERN_DOC_MARKDOWN_PRIV_H
#define QUERN_DOC_MARKDOWN_PRIV_H

#define CMARK_NO_SHORT_NAMES /* they are our own names */
#include <cmark.h>

#include "doc/markdown.h"

/* An inline event of our own, never seen outside: a placeholder that concerns blocks. number is its index. */
#define EVENT_MARK 100
/* A tilde pair that may still become a strikethrough. */
#define EVENT_TILDES 101

struct markdown {
	struct arena *arena;
	const struct markdown_input *input;
	struct prepared *prep;
	struct events *out;
	const uint32_t *lines; /* offsets of line starts in the prepared text */
	size_t n_lines;
	cmark_node **cells; /* paragraphs at the front, by ordinal */
	cmark_node **notes; /* items of footnotes, by ordinal */
	bool failed;
};

/* An open container while cmark's tree is walked. */
struct frame {
	cmark_node *node;
	size_t event;  /* its EVENT_OPEN */
	size_t last;   /* event that opened the last finished child block; SIZE_MAX: none */
	int last_line; /* the line that child ended on */
};

struct walk {
	struct markdown *m;
	struct frame *frames;
	size_t n, cap;
	const struct held *pending; /* attribute list that waits for the next block */
	int pending_line;
};

/* ------------------------------------------------------ blocks, markdown.c */

struct frame *markdown_top(struct walk *w);
uint32_t markdown_block_from(const struct markdown *m, cmark_node *node);
uint32_t markdown_block_to(const struct markdown *m, cmark_node *node);
/* The attribute list goes to that event (SIZE_MAX: nowhere). */
void markdown_apply(struct walk *w, size_t event, const struct held *attributes);
/* A block that begins on this line: an attribute list that waits belongs to it when it stood right above. */
void markdown_take_pending(struct walk *w, size_t event, int line);
/* The block that event opened ended on this line. */
void markdown_block_done(struct walk *w, size_t event, int line);
/* Of an EVENT_MARK; else NULL. */
const struct held *markdown_mark_of(const struct markdown *m, const struct event *e);
/* Marks from that event on which found no block to belong to: their source is text after all. */
void markdown_marks_to_text(const struct markdown *m, size_t from);
void markdown_walk_children(struct walk *w, cmark_node *container);
/* markdown_paragraph.c: with the tables, footnotes and attribute lists it may hold. */
void markdown_add_paragraph(struct walk *w, cmark_node *node);

/* --------------------------------------------------- places, markdown_place.c */

/* Follows the inlines of one block through the prepared text; see markdown_place.c. */
struct inline_place {
	int start_line, start_column; /* of the block's text */
	int shift;                    /* lines of link definitions cmark cut off the paragraph's top */
	int quotes;                   /* block quotes around it */
	int lag;                      /* line ends that cmark has not counted, before the line we are on */
	int pending;                  /* and on it */
	int breaks;                   /* breaks since the last leaf */
	int line;                     /* cmark's, at the end of the last leaf */
	int known_line;               /* content_start of it is known_start */
	uint32_t known_start;
};

/* A range of the prepared text. */
struct span {
	uint32_t at, to;
	uint8_t flags; /* NODE_LINE_ONLY: widened to lines */
};

/* cmark in an arena: NULL when the arena refused. */
cmark_node *markdown_parse(struct arena *arena, struct str text);

/* Offset in the prepared text of a 1-based line and column, clamped to it. */
uint32_t markdown_offset(const struct markdown *m, int line, int column);
/* ... and in the source. */
uint32_t markdown_source(const struct markdown *m, uint32_t offset);
struct inline_place markdown_place(const struct markdown *m, cmark_node *block);
/* Of the leaves in their order: text, code, raw HTML. */
struct span markdown_leaf_span(const struct markdown *m, struct inline_place *place, cmark_node *leaf);
void markdown_break(struct inline_place *place);
/* At the end of an inline container; inside: from its first leaf to its last one, at TREE_NONE when it is empty. */
struct span markdown_container_span(const struct markdown *m, struct inline_place *place, cmark_node *node,
				    const struct span *inside);

/* The events of cmark's inlines as they are, placeholders taken apart. */
void markdown_raw_inlines(struct markdown *m, cmark_node *block, struct events *out);
/* The children of block as inline events, dialect applied, marks left in. */
void markdown_inlines(struct markdown *m, cmark_node *block, struct events *out);

#endif
