/*
 * structure.h - one builder for both syntaxes: Markdown events and HTML
 * elements become one well-formed tree.
 *
 * Keeps the stack of what is open, whoever opened it, and makes the rules
 * hold: paragraphs around loose inlines, items in lists, rows and cells in tables, no
 * block inside a paragraph, white space squeezed where HTML does so, an
 * element opened in one raw block and closed in another around what lies
 * between.  Knows neither cmark nor libxml2.
 */
#ifndef QUERN_DOC_STRUCTURE_H
#define QUERN_DOC_STRUCTURE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "doc/build.h"
#include "doc/elements.h"
#include "doc/event.h"

enum open_by { OPEN_MARKDOWN, OPEN_HTML, OPEN_IMPLIED };

struct open_node {
	uint32_t node; /* TREE_NONE: no node of its own */
	uint8_t by;    /* enum open_by */
	uint8_t kind;
	bool filled;          /* has content: white space before more of it counts */
	bool closing;         /* its end tag was seen below a Markdown block that is still open */
	bool skip;            /* its content is left out */
	bool captures;        /* its content is captured: <pre>, <code>, <title> */
	bool header;          /* thead */
	bool alone;           /* from its block down to it nothing but inlines that are open */
	bool breaks;          /* a block without a node, in a heading: text before and after it is apart */
	uint32_t inner;       /* node of the nearest entry that has one: its own, or one around */
	uint32_t event_depth; /* of OPEN_MARKDOWN: which EVENT_CLOSE is its own */
	const char *name;     /* element, of OPEN_HTML */
};

enum capture { CAPTURE_NONE, CAPTURE_PRE, CAPTURE_CODE, CAPTURE_TITLE };

struct structure {
	struct tree_build build;
	struct arena *scratch; /* the stack and small strings; dropped after the parse */
	struct open_node *open;
	size_t n_open, cap_open;
	size_t n_nodes_open; /* of them, with a node */
	size_t n_skip;
	uint32_t max_depth;
	uint32_t event_depth;                                /* Markdown events open, with or without a node */
	bool mixed;                                          /* Markdown with raw HTML that may leave blanks behind */
	bool too_deep;                                       /* structure was flattened */
	bool failed;                                         /* memory refused in the stack */
	enum { SPACE_NONE, SPACE_BLANK, SPACE_BREAK } space; /* white space that waits for content */
	uint32_t breaks;                                     /* <br> that wait for content */
	uint32_t space_from;
	enum capture capture;
	struct buf captured;
	bool first_newline; /* of <pre>: an element began before it, so it counts */
	const char *capture_name;
	struct str info; /* language of a captured block */
	uint32_t capture_from;
	uint32_t captured_from, captured_to; /* where the text that is captured stands */
	uint8_t captured_flags;
	struct event_attr *capture_attrs;
	struct str title; /* of <title>; p NULL: none */
};

struct element_attr {
	struct str key, value;
};

/* source: how many bytes the document has, as far as that is known. */
void structure_init(struct structure *s, struct arena *arena, struct arena *scratch, uint32_t max_nodes,
		    uint32_t max_depth, size_t source);
/* Closes everything; the tree is in s->build. */
void structure_finish(struct structure *s, uint32_t to);

/* A Markdown event (never EVENT_HTML). */
void structure_event(struct structure *s, const struct event *e);
/* An HTML element; text of it comes through structure_text. from, to: its start tag; flags: NODE_LINE_ONLY where that is not exact. */
void structure_start(struct structure *s, const char *name, const struct element_attr *attrs, size_t n_attrs,
		     uint32_t from, uint32_t to, uint8_t flags);
void structure_end(struct structure *s, const char *name, uint32_t to);
void structure_text(struct structure *s, struct str text, uint32_t from, uint32_t to, uint8_t flags);
/* An attribute list right behind an element of HTML: it belongs to that; else it is text. */
void structure_attributes(struct structure *s, const struct event *e);
/* Content that HTML's text held as a placeholder: a template or footnote reference. */
void structure_inline_leaf(struct structure *s, const struct event *e);

/* "</p>" was read: a paragraph that only text has opened ends. */
void structure_paragraph_end(struct structure *s, uint32_t to);

/* structure_html.c and structure.c share these. */
/* False when it is too deep: then an entry without a node stands for an element, and nothing for what is not HTML's. */
bool structure_push(struct structure *s, enum node_kind kind, enum open_by by, const char *name, uint32_t from);
bool structure_push_none(struct structure *s, enum open_by by, const char *name);
void structure_pop(struct structure *s, uint32_t to);
void structure_pop_to(struct structure *s, size_t n, uint32_t to);
struct open_node *structure_top(struct structure *s);
/* Makes room for an inline (a paragraph, an item, ...) and writes waiting white space. */
void structure_inline_here(struct structure *s, uint32_t from);
/* Makes room for a block: closes the paragraph or turns inlines that wrap it inside out. */
void structure_block_here(struct structure *s, enum node_kind kind, uint32_t from);
void structure_capture_end(struct structure *s, uint32_t to);
/* <code> that turns out to hold more than text becomes a span, with what was captured in it. */
void structure_code_to_span(struct structure *s);
bool structure_inline_only(const struct structure *s);

#endif
