/*
 * markdown_priv.h - what the markdown*.c files share.  Included by them
 * alone.
 */
#ifndef QUERN_DOC_MARKDOWN_PRIV_H
#define QUERN_DOC_MARKDOWN_PRIV_H

#define CMARK_NO_SHORT_NAMES /* they are our own names */
#include <cmark.h>

#include "base/finder.h"
#include "doc/html_balance.h"
#include "doc/markdown.h"
#include "doc/structure.h"

/* An inline event of our own, never seen outside: a placeholder that concerns blocks. number is its index. */
#define EVENT_MARK 100
/* A tilde pair that may still become a strikethrough. */
#define EVENT_TILDES 101

/* What a block became: its event in the list, or its node in the tree. */
#define MARKDOWN_NOTHING SIZE_MAX

/* Lists of inline events that are in use at one time: a table's cell in a paragraph, each before and after the dialect. */
#define MARKDOWN_LISTS 8

/* Attribute lists of a node of the tree. */
struct markdown_gathered {
	uint32_t node;
	struct event attributes;
};

/* Between two parts of a large document. */
struct markdown_joint {
	bool last;    /* no part follows */
	bool defines; /* definitions of links from elsewhere do, which what the part ends with must not swallow */
	char mark;    /* the part that follows begins with an item of a bullet list with this mark; 0: with none */
	bool blank;   /* behind a blank line */
	bool html;    /* the part that follows may begin with raw HTML */
	const struct balance
		*balance; /* of the raw HTML among the events there are before the part; NULL: there is none */
	bool is_open;     /* a list reaches over it */
	size_t list;      /* what that became */
};

/* A backslash in the text of an event, which only an address keeps. */
struct text_escape {
	size_t event, at;
};

struct markdown {
	struct arena *arena;
	const struct markdown_input *input;
	struct prepared *prep;
	struct events *out;
	struct structure *tree; /* where blocks go at once; NULL: into out */
	const uint32_t *lines;  /* offsets of line starts in the prepared text */
	size_t n_lines;
	cmark_node **cells;           /* paragraphs at the front, by ordinal */
	cmark_node **items;           /* what footnotes and definitions hold, by ordinal */
	struct finder *abbreviations; /* the words of prep's, by place; NULL: none */
	struct balance balance;       /* of the raw HTML among the first n_balanced events of out */
	size_t n_balanced;
	struct events lists[MARKDOWN_LISTS];
	size_t n_lists;
	struct markdown_gathered *gathered;
	size_t n_gathered, cap_gathered;
	/* Room that the passes over inlines use again: markdown_inline.c's, markdown_dialect.c's, markdown_plain.c's. */
	struct open_event *open_events;
	size_t cap_open_events;
	struct open_inline *open_inlines;
	size_t cap_open_inlines;
	struct open_span *spans;
	size_t cap_spans;
	struct text_escape *escapes; /* of the block that is read, in their order */
	size_t n_escapes, cap_escapes;
	bool identity; /* the prepared text is the body itself */
	bool plain;    /* nowhere anything of our dialect */
	bool failed;
};

/* An open container while cmark's tree is walked. */
struct frame {
	cmark_node *node;
	size_t block;  /* what it became */
	size_t last;   /* what the last finished child block became */
	int last_line; /* the line that child ended on */
	bool base;     /* the outermost of a walk: the document, or a footnote's item */
};

struct walk {
	struct markdown *m;
	struct frame *frames;
	size_t n, cap;
	const struct markdown_joint *joint; /* before the part; NULL: none, or dealt with */
	cmark_node *open_list;              /* stays open behind this part; NULL: none */
	size_t open_block;                  /* what it became */
	const struct held **pending;        /* attribute lists that wait for the next block */
	size_t n_pending, cap_pending;
	size_t around; /* of a walk over a footnote or definition: what that became */
};

/* ------------------------------------------- where blocks go, markdown_sink.c */

bool markdown_failed(const struct markdown *m);
/* A block, or an inline between two blocks' events (EVENT_OPEN or EVENT_LEAF); returns what it became. */
size_t markdown_add(struct markdown *m, const struct event *e);
void markdown_close(struct markdown *m, enum node_kind kind, uint32_t from, uint32_t to);
/* In a list the opening event tells the end as well; in the tree the closing one does. */
void markdown_set_end(struct markdown *m, size_t block, uint32_t to);
void markdown_add_flags(struct markdown *m, size_t block, uint8_t flags);
void markdown_remove_flags(struct markdown *m, size_t block, uint8_t flags);
/* The event that an attribute list for the block goes to; NULL: there is none. */
struct event *markdown_attributes_of(struct markdown *m, size_t block);
/* At the end: nodes get what was gathered for them. */
void markdown_settle_attributes(struct markdown *m);
/* Inline events; marks among them found no block to belong to: their source is text after all. */
void markdown_add_inlines(struct markdown *m, struct events *list);
/* An empty list, to be given back in the opposite order. */
struct events *markdown_list(struct markdown *m);
void markdown_list_done(struct markdown *m, struct events *list);

/* ------------------------------------------------------ blocks, markdown.c */

/* markdown_read of one part, or, both joints NULL, of the whole. MARKDOWN_CUT: nothing came of it, its end is no place to cut at. */
enum markdown_status markdown_read_part(const struct markdown_input *input, struct arena *arena,
					struct prepared *prepared, struct events *out, struct structure *tree,
					const struct markdown_joint *before, struct markdown_joint *after);
struct frame *markdown_top(struct walk *w);
uint32_t markdown_block_from(const struct markdown *m, cmark_node *node);
uint32_t markdown_block_to(const struct markdown *m, cmark_node *node);
/* The attribute list goes to that block (MARKDOWN_NOTHING: nowhere). */
void markdown_apply(struct walk *w, size_t block, const struct held *attributes);
/* The attribute list waits for the next block of its container; which takes all that wait. */
void markdown_wait(struct walk *w, const struct held *attributes);
void markdown_take_pending(struct walk *w, size_t block);
/* That block ended on this line. */
void markdown_block_done(struct walk *w, size_t block, int line);
/* Adds a block that cmark's node is all of, with the attribute list that waited for it. */
size_t markdown_open_block(struct walk *w, const struct event *e);
/* Of an EVENT_MARK; else NULL. */
const struct held *markdown_mark_of(const struct markdown *m, const struct event *e);
/* Of that type and kind, with the block's span. */
struct event markdown_block_event(const struct markdown *m, enum event_type type, enum node_kind kind,
				  cmark_node *node);
void markdown_walk_children(struct walk *w, cmark_node *container);
/* markdown_html.c: a block of raw HTML, or one that is code to cmark. */
void markdown_add_html(struct walk *w, cmark_node *node);
/* Indented, led by a tag, and in an element of raw HTML where code is not shown by indenting it? */
bool markdown_code_is_html(struct markdown *m, cmark_node *node);
/* markdown_heading.c */
void markdown_add_heading(struct walk *w, cmark_node *node);
/* markdown_paragraph.c: with the tables, footnotes and attribute lists it may hold. */
void markdown_add_paragraph(struct walk *w, cmark_node *node);

/* --------------------------------------------------- places, markdown_place.c */

/* Follows the inlines of one block through the prepared text; see markdown_place.c. */
struct inline_place {
	cmark_node *block;
	int start_line, start_column; /* of the block's text */
	int last_line;                /* nothing in it stands further down */
	int indent;                   /* columns before it */
	int shift;                    /* lines of link definitions cmark cut off the paragraph's top */
	int quotes;                   /* block quotes around it */
	int lag;                      /* line ends that cmark has not counted, before the line we are on */
	int pending;                  /* and on it */
	int breaks;                   /* breaks since the last leaf */
	int line;                     /* cmark's, at the end of the last leaf */
	int known_line;               /* content_start of it is known_start */
	uint32_t known_start;
	int run_line; /* a line whose columns run on over those behind it: */
	int run_to;   /* the first run_passed of them end where this one begins */
	size_t run_passed;
};

/* A range of the prepared text. */
struct span {
	uint32_t at, to;
	uint8_t flags; /* NODE_LINE_ONLY: widened to lines */
};

/* cmark in an arena: NULL when the arena refused. */
cmark_node *markdown_parse(struct arena *arena, struct str text);

/* Offset in the prepared text of a 1-based line and column, clamped to it. */
static inline uint32_t markdown_offset(const struct markdown *m, int line, int column)
{
	size_t i = line < 1 ? 0 : (size_t)line - 1;

	if (i >= m->n_lines)
		return (uint32_t)m->prep->text.n;
	size_t offset = m->lines[i] + (size_t)(column > 1 ? column - 1 : 0);
	return (uint32_t)(offset < m->prep->text.n ? offset : m->prep->text.n);
}

/* ... and in the source. */
static inline uint32_t markdown_source(const struct markdown *m, uint32_t offset)
{
	const struct markdown_input *input = m->input;
	const uint32_t at = m->identity ? offset : prepared_source(m->prep, offset);

	return input->offset +
	       (at < input->body.n - input->appended ? at : (uint32_t)(input->body.n - input->appended));
}

/* Of the lines of a block that begins at that offset in the source. */
struct prepared_margin markdown_margin(const struct markdown *m, uint32_t from);
struct inline_place markdown_place(const struct markdown *m, cmark_node *block);
/* Of the leaves in their order: text, code, raw HTML. */
struct span markdown_leaf_span(const struct markdown *m, struct inline_place *place, cmark_node *leaf,
			       cmark_node_type type, struct str literal);
/* "[label]:" in the prepared text: perhaps a link definition. */
bool markdown_is_definition(const struct markdown *m, uint32_t at);
void markdown_break(struct inline_place *place);
/* At the end of an inline container; inside: from its first leaf to its last one, at TREE_NONE when it is empty. */
struct span markdown_container_span(const struct markdown *m, struct inline_place *place, cmark_node *node,
				    const struct span *inside);

/* A mark that found no block to belong to is text after all; code between templates is a template with it. */
void markdown_settle_mark(const struct prepared *p, struct event *e);
/* The node after node in document order among those below root; NULL at the end. */
static inline cmark_node *markdown_next_below(cmark_node *node, cmark_node *root)
{
	if (cmark_node_first_child(node))
		return cmark_node_first_child(node);
	while (!cmark_node_next(node) && cmark_node_parent(node) != root)
		node = cmark_node_parent(node);
	return cmark_node_next(node);
}

/* --------------------------------------------------------------- inlines */

/* Has the block nothing of our dialect in it, so that cmark's inlines can go into the tree as they are? */
bool markdown_is_direct(const struct markdown *m, cmark_node *block);
/* They do so; what they stand in has become a node. skip: bytes of the first text that are not the document's. */
void markdown_plain_inlines(struct markdown *m, cmark_node *block, uint32_t skip);

/* The bytes "x " before the text of a table's cell. */
#define MARKDOWN_CELL_MARK 2
/* The events of cmark's inlines as they are, placeholders taken apart. */
void markdown_raw_inlines(struct markdown *m, cmark_node *block, struct events *out);
/* The children of block as inline events, dialect applied, marks left in. */
void markdown_inlines(struct markdown *m, cmark_node *block, struct events *out);

/* ------------------------------------------------------ cuts, markdown_cut.c */

/*
 * Does nothing reach over its cuts?  html: parts with raw HTML in them are read one by one as well; defined: they get the
 * definitions of links that they name.
 */
bool markdown_is_divisible(const struct markdown_input *input, bool html, bool defined);
/* The last cut from least on that is not behind `about`, or the first one there; joins: before items of a list as well. */
const char *markdown_cut_near(struct str body, const char *least, const char *about, bool joins,
			      struct markdown_joint *joint);
/* Does it begin with the definition of a term that would stand before it? */
bool markdown_begins_with_definition(const char *p, const char *end);

#endif
