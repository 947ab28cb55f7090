/*
 * write_html.h - what the files of the HTML writer share.  Private to
 * core/doc/write_html*.c and to the Markdown writer, which falls back on it.
 */
#ifndef QUERN_DOC_WRITE_HTML_H
#define QUERN_DOC_WRITE_HTML_H

#include "base/buf.h"
#include "doc/tree.h"
#include "doc/write_footnotes.h"

/* Besides the public flags: nothing is filtered or encoded, so that our reader makes the same nodes of it. */
enum { WRITE_EXACT = 1 << 8 };

struct html_writer {
	struct buf *out;
	const struct tree *tree;
	struct footnotes notes;
	unsigned flags;
	size_t start; /* of our text in out */
	uint32_t root;
	uint32_t note;    /* number of the footnote being written, 0 in the body */
	bool free_names;  /* of attributes: any that HTML reads, not only CommonMark */
	bool note_linked; /* and it has its way back already */
	/* One entry a table that is open: its first row after the head. */
	uint32_t *body_rows;
	size_t n_tables, cap_tables;
};

/* write_html.c: the subtree of node for the Markdown reader, its newlines included. */
void html_write_exact(struct buf *out, const struct tree *t, uint32_t node);

/* write_html_block.c */
void html_open_node(struct html_writer *w, uint32_t node);
void html_close_node(struct html_writer *w, uint32_t node);

/* write_html_table.c */
void html_open_table(struct html_writer *w, uint32_t node);
void html_close_table(struct html_writer *w);
void html_open_row(struct html_writer *w, uint32_t node);
void html_close_row(struct html_writer *w, uint32_t node);
void html_open_cell(struct html_writer *w, uint32_t node);
void html_close_cell(struct html_writer *w, uint32_t node);

/* write_html_inline.c */
void html_open_inline(struct html_writer *w, uint32_t node);
void html_close_inline(struct html_writer *w, uint32_t node);
void html_write_image(struct html_writer *w, uint32_t node);
void html_write_raw(struct html_writer *w, uint32_t node);
/* Text; to the exact writer braces of templates and attributes, which Markdown would read as such, are references. */
void html_write_literal(struct html_writer *w, struct str s);
/* From the footnote being written back to its references. */
void html_write_backlinks(struct html_writer *w);
void html_add_note_id(struct html_writer *w, struct str label, uint32_t reference);

/* write_html_tag.c */
enum node_kind html_kind(const struct html_writer *w, uint32_t node);
bool html_is_block(const struct html_writer *w, uint32_t node);
void html_add(struct html_writer *w, const char *z);
/* A newline unless one is there already. */
void html_fresh_line(struct html_writer *w);
void html_attribute(struct html_writer *w, const char *key, struct str value);
void html_attributes(struct html_writer *w, uint32_t node);
void html_url(struct html_writer *w, const char *key, struct str url);
void html_open_tag(struct html_writer *w, uint32_t node, const char *tag);
void html_close_tag(struct html_writer *w, const char *tag);
/* The node's own tag where it is harmless (or the writer exact), else the neutral one. */
void html_open_own_tag(struct html_writer *w, uint32_t node);
void html_close_own_tag(struct html_writer *w, uint32_t node);
/* Something that may be a tag's name. */
bool html_is_name(struct str s);
bool html_is_attribute_name(struct str key);
/* A value on one line, in quotes it does not hold: templates inside stay as they are. in_cell: of a pipe table. */
void html_write_value(struct buf *out, struct str value, bool in_cell);

#endif
