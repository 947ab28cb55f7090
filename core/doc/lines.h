/*
 * lines.h - a line of Markdown as block structure sees it: container marks,
 * indent, what kind of block it could begin.
 *
 * For the pre-pass, the sniffer and markdown_simple_table.c, which must not parse: a judgement about one line,
 * right for every line that is not inside code or raw HTML; fence_step and raw_lines_step tell of those.
 */
#ifndef QUERN_DOC_LINES_H
#define QUERN_DOC_LINES_H

#include <stdbool.h>

#include "base/str.h"

struct line {
	const char *start, *end, *next; /* end: before CR or LF; next: the line after */
	const char *content;            /* after indent and ">" marks */
	const char *inner;              /* after list markers as well, and the ">" marks in items */
	int quotes;                     /* number of ">" marks before content */
	int column;                     /* of content, 0-based, tabs to 4, counted from the last ">" */
	int item_column;                /* behind the list markers that content begins with; column: there are none */
	int inner_quotes;               /* number of ">" marks before inner */
	int inner_column; /* behind the list markers between the last of these and inner; 0: there are none */
	int item;         /* column of the item that the quotes begin in; line_read knows of none: 0 */
	bool blank;
};

/* False at the end of the text. */
bool line_read(struct str text, const char *at, struct line *line);

/* Begins an ATX heading, fence, thematic break, list item, block quote, HTML block that may interrupt a paragraph, or a line of attributes. */
bool line_starts_block(const struct line *line);
/* cmark would join it to (or make a heading of) a paragraph before it: "===", "---", "2. item". */
bool line_follows_paragraph(const struct line *line);
/* Could be text: not blank, no indented code, no block start after its list markers. */
bool line_may_be_paragraph(const struct line *line);

/* Fenced code across lines. */
struct fence {
	char mark; /* 0: none open */
	int length;
	int base; /* column where the content of the list item around begins: set by the caller, 0 for none */
	struct line opening; /* what follows it in the same quotes and items is inside */
};
/* True for every line of a fenced block, fences included.  Where one is left, the line may begin another: ask again. */
bool fence_step(struct fence *f, const struct line *line);

/* Raw HTML across lines that a blank one does not end. */
enum raw_lines { RAW_LINES_NONE, RAW_LINES_COMMENT, RAW_LINES_ELEMENT };
/* True for the line that ends it: what follows is a block of its own. It must begin in no container. */
bool raw_lines_step(enum raw_lines *raw, const struct line *line);

#endif
