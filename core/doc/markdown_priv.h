/*
 * markdown_priv.h - what markdown.c, markdown_inline.c and markdown_mem.c
 * share.  Included by them alone.
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

/* How to find the bytes of one block's inlines: cmark counts columns from the block's own. */
struct inline_place {
	int start_line, end_line, start_column;
	int shift;  /* lines of link definitions cmark cut off the paragraph's top */
	int quotes; /* block quotes around it */
};

/* cmark in an arena: NULL when the arena refused. */
cmark_node *markdown_parse(struct arena *arena, struct str text);

/* Offset in the prepared text of a 1-based line and column, clamped to it. */
uint32_t markdown_offset(const struct markdown *m, int line, int column);
/* ... and in the source. */
uint32_t markdown_source(const struct markdown *m, uint32_t offset);
struct inline_place markdown_place(cmark_node *block);
/* First byte of the paragraph's text on a line of it, after container marks. */
uint32_t markdown_content_start(const struct markdown *m, const struct inline_place *place, int line);

/* The children of block as inline events, dialect applied, marks left in. */
void markdown_inlines(struct markdown *m, cmark_node *block, struct events *out);

#endif
