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
	uint32_t *lines; /* offsets of line starts in the prepared text */
	size_t n_lines;
	cmark_node **cells; /* paragraphs at the front, by ordinal */
	cmark_node **notes; /* items of footnotes, by ordinal */
	bool failed;
};

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
