/*
 * tree.h - one document's nodes as one flat array.
 *
 * Nodes stand in document order (preorder), so the subtree of node i is the
 * range [i, end): iteration needs no recursion and no stack.  Everything is
 * an index or an offset, nothing a pointer: the three arrays can be stored
 * and loaded as they are.  Node 0 is the document.
 *
 * Built by struct tree_build (build.h), read by everyone, never changed after.
 */
#ifndef QUERN_DOC_TREE_H
#define QUERN_DOC_TREE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/* The order is part of the stored form: add at the end of each group's reserve, never in between. */
enum node_kind {
	/* blocks */
	NODE_DOCUMENT = 1,
	NODE_HEADING,
	NODE_PARAGRAPH,
	NODE_BLOCK_QUOTE,
	NODE_LIST,
	NODE_ITEM,
	NODE_CODE_BLOCK,
	NODE_HTML_BLOCK,
	NODE_THEMATIC_BREAK,
	NODE_TABLE,
	NODE_TABLE_ROW,
	NODE_TABLE_CELL,
	NODE_FIGURE,
	NODE_CAPTION,
	NODE_DEFINITION_LIST,
	NODE_TERM,
	NODE_DEFINITION,
	NODE_FOOTNOTE_DEFINITION,
	NODE_CONTAINER,
	/* inlines */
	NODE_TEXT = 32,
	NODE_SOFTBREAK,
	NODE_LINEBREAK,
	NODE_CODE,
	NODE_HTML_INLINE,
	NODE_EMPH,
	NODE_STRONG,
	NODE_STRIKETHROUGH,
	NODE_LINK,
	NODE_IMAGE,
	NODE_FOOTNOTE_REFERENCE,
	NODE_SPAN,
	NODE_TEMPLATE,
	NODE_KIND_LIMIT
};

enum node_flag {
	NODE_ORDERED = 1 << 0,   /* list */
	NODE_TIGHT = 1 << 1,     /* list */
	NODE_HEADER = 1 << 2,    /* table_row */
	NODE_TASK = 1 << 3,      /* item: has a check box */
	NODE_CHECKED = 1 << 4,   /* item: and it is ticked */
	NODE_LINE_ONLY = 1 << 5, /* the span is widened to whole lines or the block: columns are not exact */
	NODE_BARE = 1 << 6,      /* link: written as a bare URL */
	NODE_NO_SPAN = 1 << 7    /* made, not read: no source */
};

#define TREE_NONE UINT32_MAX

struct tree_str {
	uint32_t off, len; /* into the pool; off TREE_NONE: absent (not the same as empty) */
};

struct node {
	uint8_t kind;
	uint8_t flags;
	uint8_t align; /* table_cell: 'l', 'c', 'r' or 0 */
	uint8_t reserved;
	uint16_t colspan, rowspan; /* table_cell: at least 1 */
	int32_t number;            /* heading: level 1-6; ordered list: start */
	uint32_t parent;           /* TREE_NONE for the document */
	uint32_t end;              /* index after the subtree */
	uint32_t prev, last;       /* previous sibling, last child; TREE_NONE if none */
	struct tree_str text;      /* literal | url | tag | label | table: one of "lcr-" a column */
	struct tree_str extra;     /* link, image: title; code_block: info */
	uint32_t attr, n_attr;     /* range in attrs */
	uint32_t from, to;         /* source span as byte offsets, to exclusive */
	uint32_t section;          /* the last heading at or before it in document order; TREE_NONE in the preamble */
};

struct tree_attr {
	struct tree_str key, value;
};

struct tree {
	struct node *nodes;
	struct tree_attr *attrs;
	char *pool;
	uint32_t n_nodes, n_attrs, n_pool;
};

/* The kind's public name ("heading") and back (0 where unknown). */
const char *node_kind_name(enum node_kind kind);
enum node_kind node_kind_find(struct str name);
bool node_kind_is_block(enum node_kind kind);
/* What may stand in it: inlines only, blocks only, either, or nothing. */
enum node_content { CONTENT_NONE, CONTENT_INLINE, CONTENT_BLOCK, CONTENT_FLOW };
enum node_content node_kind_content(enum node_kind kind);

static inline struct str tree_str(const struct tree *t, struct tree_str s)
{
	return s.off == TREE_NONE ? (struct str){ NULL, 0 } : (struct str){ t->pool + s.off, s.len };
}

/* All O(1); TREE_NONE where there is none. */
uint32_t tree_first(const struct tree *t, uint32_t node);
uint32_t tree_last(const struct tree *t, uint32_t node);
uint32_t tree_next(const struct tree *t, uint32_t node);
uint32_t tree_prev(const struct tree *t, uint32_t node);
uint32_t tree_parent(const struct tree *t, uint32_t node);

/* 0, which is no kind, where node is TREE_NONE. */
static inline enum node_kind tree_kind(const struct tree *t, uint32_t node)
{
	return node == TREE_NONE ? (enum node_kind)0 : (enum node_kind)t->nodes[node].kind;
}

/* Value of an attribute; p is NULL where absent. */
struct str tree_attr(const struct tree *t, uint32_t node, struct str key);

/*
 * A field by its public name (level, ordered, start, tight, checked, info,
 * literal, align, header, colspan, rowspan, label, tag, url, title).  Absent
 * fields, fields of other kinds and unknown names are FIELD_NONE.
 */
enum field_type { FIELD_NONE, FIELD_BOOL, FIELD_INT, FIELD_STRING, FIELD_ALIGNS };
struct field {
	enum field_type type;
	bool boolean;
	int64_t integer;
	struct str string; /* FIELD_ALIGNS: one letter of "lcr-" a column */
};
struct field tree_field(const struct tree *t, uint32_t node, struct str name);
/* The names a kind may have, NULL-terminated, in the documented order. */
const char *const *node_kind_fields(enum node_kind kind);

/*
 * Do two subtrees say the same?  Kinds, fields, attributes (in any order) and nesting count; positions, and how
 * text is cut into nodes, do not.  where (NULL is allowed): the nodes at the first difference.  Linear in both.
 */
bool tree_equal(const struct tree *a, uint32_t node_a, const struct tree *b, uint32_t node_b, uint32_t where[2]);

/*
 * The readable text of a subtree: literals of text and code, soft breaks as
 * one space, hard breaks as a newline, image alternatives left out unless
 * asked for, blocks separated by a blank line, list items and table rows by a newline, cells by a tab; white
 * space is squeezed outside code blocks and NBSP is a space; templates and raw HTML left out.
 */
enum { TEXT_WITH_ALT = 1, TEXT_ONE_LINE = 2 };
void tree_text(struct buf *out, const struct tree *t, uint32_t node, unsigned flags);
/* The same of a node with nothing in it but one text of words, whatever the flags, where it lies; "": of any other. */
struct str tree_text_alone(const struct tree *t, uint32_t node);

#endif
