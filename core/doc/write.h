/*
 * write.h - a subtree as text again: html, markdown, text, json, tree.
 *
 * One file a writer (write_html.c, ...).  All iterate, none recurse; memory
 * is the output's.  Check buf_ok(out) afterwards.
 */
#ifndef QUERN_DOC_WRITE_H
#define QUERN_DOC_WRITE_H

#include "base/buf.h"
#include "doc/record.h"

enum {
	WRITE_UNSAFE = 1,       /* html: raw HTML and any URL scheme go through */
	WRITE_FRONT_MATTER = 2, /* markdown: begin with the front matter, as it stood */
	WRITE_STANDALONE = 4,   /* html: a whole page with the title, not a fragment */
	WRITE_WRAP_SHIFT = 16 /* markdown: the bits from here on are the columns to fill paragraphs to; 0: lines stay */
};

void write_html(struct buf *out, struct record *r, uint32_t node, unsigned flags);
void write_markdown(struct buf *out, struct record *r, uint32_t node, unsigned flags);
void write_text(struct buf *out, struct record *r, uint32_t node, unsigned flags);
/* The subtree itself as one line of JSON: {"kind":...,fields,"attributes":{},"children":[...]} */
void write_node_json(struct buf *out, struct record *r, uint32_t node, unsigned flags);
/* For people: one node a line, indented, with fields and positions. */
void write_tree(struct buf *out, struct record *r, uint32_t node, unsigned flags);
/* `show -t json`: path, format, meta, title, outline, images, links, tables, diagnostics, one line. */
void write_record_json(struct buf *out, struct record *r);

/* HTML text and attribute escaping; url_is_safe refuses javascript:, vbscript:, file: and data: (but not data:image/png|gif|jpeg|webp). */
void html_escape(struct buf *out, struct str s);
bool url_is_safe(struct str url);
/* Percent-encodes what may not stand in an HTML href, as cmark does. */
void url_escape(struct buf *out, struct str url);

#endif
