/*
 * elements.h - what each HTML element means in our tree.
 *
 * A table, sorted by name, from WHATWG HTML (sections 4 and 16); everything not in it
 * is an inline element of no known meaning, a span.
 */
#ifndef QUERN_DOC_ELEMENTS_H
#define QUERN_DOC_ELEMENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "doc/tree.h"

enum element_action {
	ELEMENT_INLINE,  /* opens an inline node of its kind */
	ELEMENT_BLOCK,   /* opens a block node of its kind */
	ELEMENT_HEADING, /* h1 to h6 */
	ELEMENT_PARAGRAPH,
	ELEMENT_LIST,       /* ul, ol */
	ELEMENT_ITEM,       /* li */
	ELEMENT_TERM,       /* dt */
	ELEMENT_DEFINITION, /* dd */
	ELEMENT_ROW,        /* tr */
	ELEMENT_CELL,       /* td, th */
	ELEMENT_ROWS,       /* thead, tbody, tfoot: no node, but rows know */
	ELEMENT_LINK,       /* a */
	ELEMENT_IMAGE,
	ELEMENT_EMBED,  /* iframe, video, audio, embed, object: a link with a kind */
	ELEMENT_SOURCE, /* source inside video or audio */
	ELEMENT_BREAK,  /* br */
	ELEMENT_RULE,   /* hr */
	ELEMENT_PRE,
	ELEMENT_CODE,
	ELEMENT_INPUT,
	ELEMENT_TITLE,
	ELEMENT_TRANSPARENT, /* html, body: neither node nor text boundary */
	ELEMENT_VOID,        /* wbr, col, colgroup, ...: nothing in the tree */
	ELEMENT_SKIP         /* script, style, head, ...: not even its text */
};

struct element {
	const char *name;
	uint8_t action; /* enum element_action */
	uint8_t kind;   /* enum node_kind */
};

/* By lower-case name; unknown names give {name, ELEMENT_INLINE, NODE_SPAN}. O(log elements). */
struct element element_find(const char *name);

/* Has neither content nor an end tag (WHATWG 13.1.2). In any case of letters. */
bool element_is_void(struct str name);

#endif
