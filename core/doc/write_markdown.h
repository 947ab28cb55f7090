/*
 * write_markdown.h - what the files of the Markdown writer share.  Private
 * to core/doc/write_markdown*.c.
 */
#ifndef QUERN_DOC_WRITE_MARKDOWN_H
#define QUERN_DOC_WRITE_MARKDOWN_H

#include "base/buf.h"
#include "doc/dialect.h"
#include "doc/record.h"

/* What stands between what was written and the next block. */
enum markdown_owed { OWED_NOTHING, OWED_LINE, OWED_BLANK };

/* How an open node is closed. */
enum markdown_close {
	CLOSE_NOTHING,
	CLOSE_PREFIX, /* quote, item, footnote: back to the outer prefix */
	CLOSE_LIST,
	CLOSE_TAG, /* </tag>, a block of its own */
	CLOSE_INLINE_TAG,
	CLOSE_EMPH_STAR,
	CLOSE_EMPH_LINE,
	CLOSE_STRONG_STAR,
	CLOSE_STRONG_LINE,
	CLOSE_EMPH_TAG,
	CLOSE_STRONG_TAG,
	CLOSE_STRIKE,
	CLOSE_STRIKE_TAG,
	CLOSE_LINK,
	CLOSE_LINK_TAG,
	CLOSE_IMAGE
};

/* What is known of a node before it is written; bits. */
enum markdown_form {
	FORM_HTML = 1,           /* it has none in Markdown */
	FORM_BREAKS = 2,         /* holds a softbreak, or is one */
	FORM_BREAK = 4,          /* inline: is a softbreak or linebreak */
	FORM_LEADING_BREAK = 8,  /* inline: a tag with a break right behind it */
	FORM_AROUND_BLOCKS = 16, /* inline: holds a block */
	FORM_FOREIGN = 64,       /* holds a tag with a name that only HTML knows, or is one */
	FORM_SAFE = 32,          /* its marks are read otherwise: character references and tags instead */
	FORM_BRACKETS = 128      /* a link that is not to be bare, though it was */
};

struct markdown_frame {
	uint32_t node;
	enum markdown_close close;
	size_t prefix;  /* length of the prefix outside */
	char marker;    /* of a list */
	int64_t number; /* of a list: the next item's */
};

struct markdown_writer {
	struct buf *out;
	const struct tree *tree;
	size_t start; /* of our text in out */
	uint32_t root;
	uint8_t *forms;    /* enum markdown_form, one a node of the subtree */
	struct buf prefix; /* of every line in the open containers */
	struct markdown_frame *frames;
	size_t n_frames, cap_frames;
	enum markdown_owed owed;
	char closed_marker; /* of the list closed last */
	uint32_t left_out;  /* the parts of the dialect that what is written will be read without */
	bool line_start;    /* the next character is the first of a line */
	bool one_line;      /* in a heading or cell: no line may end */
	bool in_heading;
	bool in_cell;
	/* Filling paragraphs: columns (0: lines stay), where this one began, and where its lines may end. */
	size_t wrap, wrap_from;
	size_t *breaks, n_breaks, cap_breaks;
	size_t depth_emph; /* open emphasis written with marks */
	size_t depth_link; /* open brackets */
};

/* write_markdown.c */
bool markdown_push(struct markdown_writer *w, uint32_t node, enum markdown_close close);
/* Ends the line and begins the next one inside the open containers. */
void markdown_newline(struct markdown_writer *w);
/* Bytes as they are; only what ends a table cell is escaped. */
void markdown_raw(struct markdown_writer *w, struct str s);
void markdown_trim(struct markdown_writer *w);

/* A line with nothing but the prefix, after the one that ends here. */
void markdown_blank_line(struct markdown_writer *w);
/* Whatever must stand between the last block and this one. */
void markdown_begin_block(struct markdown_writer *w, uint32_t node);

/* write_markdown_form.c; the first fills forms, which the others read. */
void markdown_find_forms(struct markdown_writer *w);
bool markdown_needs_html(const struct markdown_writer *w, uint32_t node);
bool markdown_is_setext(const struct markdown_writer *w, uint32_t heading);
/* A container that says nothing of its own: written as its content. */
bool markdown_is_plain(const struct tree *t, uint32_t node);
/* In a tight item: two paragraphs, which a line with an empty comment keeps apart. */
bool markdown_comment_parts(const struct markdown_writer *w, uint32_t prev, uint32_t node);
/* An inline around blocks that is written as a block, its tags on lines of their own. */
bool markdown_is_element(const struct markdown_writer *w, uint32_t node);
/* In a tight item: may node stand on the line right after prev without being read as part of it? */
bool markdown_may_touch(const struct markdown_writer *w, uint32_t prev, uint32_t node);

/* write_markdown_check.c */
/* For left_out. */
uint32_t markdown_parts_left_out(const struct record *r);
bool markdown_is_safe(const struct markdown_writer *w, uint32_t node);
/* Reads what was written: blocks that differ are to be written otherwise in the next round (the first is 1, the last 3); false: none is. */
bool markdown_check(struct markdown_writer *w, int round);

/* write_markdown_container.c: blocks that hold blocks, and headings. */
void markdown_open_container(struct markdown_writer *w, uint32_t node);
void markdown_close_container(struct markdown_writer *w, const struct markdown_frame *f);
void markdown_open_heading(struct markdown_writer *w, uint32_t node);
void markdown_close_heading(struct markdown_writer *w, uint32_t node);

/* write_markdown_definition.c */
bool markdown_definitions_fit(const struct markdown_writer *w, uint32_t list);
void markdown_open_term(struct markdown_writer *w, uint32_t node);
void markdown_open_definition(struct markdown_writer *w, uint32_t node);

/* write_markdown_block.c */
void markdown_code_block(struct markdown_writer *w, uint32_t node);
void markdown_html_block(struct markdown_writer *w, uint32_t node);
void markdown_as_html(struct markdown_writer *w, uint32_t node);
void markdown_thematic_break(struct markdown_writer *w, uint32_t node);

/* write_markdown_text.c */
void markdown_text(struct markdown_writer *w, uint32_t node, struct str s);

/* write_markdown_literal.c */
/* "&name;", "&#1;" or "&#x1;" at i */
bool markdown_at_entity(struct str s, size_t i);
void markdown_code(struct markdown_writer *w, uint32_t node);
/* safe: every mark in it as a character reference. */
void markdown_destination(struct markdown_writer *w, struct str url, bool must_show, bool safe);
void markdown_title(struct markdown_writer *w, struct str title, bool safe);
/* Anything that means something somewhere, on its own or beside another: see write_markdown_check.c. */
bool markdown_is_mark(char c);
/* The most of c in a row. */
size_t markdown_longest_run(struct str s, char c);

/* write_markdown_attributes.c */
bool markdown_attributes_fit(const struct tree *t, uint32_t node);
/* "{: ...}", or nothing where there is nothing to say; after what stands before it. */
void markdown_attributes(struct markdown_writer *w, uint32_t node, const char *before);
void markdown_tag(struct markdown_writer *w, uint32_t node, struct str tag);
void markdown_link_tag(struct markdown_writer *w, uint32_t node);

/* write_markdown_inline.c; *skip: the children are written already. */
void markdown_inline_open(struct markdown_writer *w, uint32_t node, bool *skip);
void markdown_inline_close(struct markdown_writer *w, const struct markdown_frame *f);

/* The last character written; a space where a line begins. */
uint32_t markdown_char_before(const struct markdown_writer *w);

/* write_markdown_link.c */
void markdown_open_link(struct markdown_writer *w, uint32_t node, bool *skip);
/* Will it be, as far as what stands behind it says?  O(length of the word there). */
bool markdown_link_is_bare(const struct markdown_writer *w, uint32_t node);
void markdown_open_image(struct markdown_writer *w, uint32_t node, bool *skip);
void markdown_close_link(struct markdown_writer *w, uint32_t node);

/* write_markdown_wrap.c: around a paragraph; a space that comes next may be the end of a line. */
void markdown_wrap_begin(struct markdown_writer *w);
void markdown_wrap_at(struct markdown_writer *w);
void markdown_wrap_end(struct markdown_writer *w);

/* write_markdown_table.c */
bool markdown_table_fits(const struct markdown_writer *w, uint32_t table);
void markdown_row_open(struct markdown_writer *w, uint32_t row);
void markdown_row_close(struct markdown_writer *w, uint32_t row);

#endif
