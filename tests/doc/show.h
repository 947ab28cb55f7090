/*
 * show.h - a tree as one line of text, and tables of cases over it, for the
 * tests of the readers.
 *
 *     (h2 'Title') (p 'a ' (a=url 'link')) (ul (li 'x') (li[x] 'y')) hr
 *
 * Softbreaks are ~, hard breaks are /; {id=x class=y} are attributes; with SHOW_SPANS
 * each node says @line:column-line:column (@line-line where columns are not exact).
 */
#ifndef QUERN_TESTS_DOC_SHOW_H
#define QUERN_TESTS_DOC_SHOW_H

#include <stdio.h>
#include <stdlib.h>

#include "../base/cmocka_all.h"
#include "base/buf.h"
#include "doc/record.h"

#define SHOW_SPANS 1

static const char *const show_names[NODE_KIND_LIMIT] = {
	[NODE_DOCUMENT] = "document",
	[NODE_HEADING] = "h",
	[NODE_PARAGRAPH] = "p",
	[NODE_BLOCK_QUOTE] = "quote",
	[NODE_LIST] = "ul",
	[NODE_ITEM] = "li",
	[NODE_CODE_BLOCK] = "pre",
	[NODE_HTML_BLOCK] = "raw",
	[NODE_THEMATIC_BREAK] = "hr",
	[NODE_TABLE] = "table",
	[NODE_TABLE_ROW] = "tr",
	[NODE_TABLE_CELL] = "td",
	[NODE_FIGURE] = "figure",
	[NODE_CAPTION] = "caption",
	[NODE_DEFINITION_LIST] = "dl",
	[NODE_TERM] = "dt",
	[NODE_DEFINITION] = "dd",
	[NODE_FOOTNOTE_DEFINITION] = "note",
	[NODE_CONTAINER] = "div",
	[NODE_TEXT] = "",
	[NODE_SOFTBREAK] = "~",
	[NODE_LINEBREAK] = "/",
	[NODE_CODE] = "code",
	[NODE_HTML_INLINE] = "raw",
	[NODE_EMPH] = "em",
	[NODE_STRONG] = "b",
	[NODE_STRIKETHROUGH] = "del",
	[NODE_LINK] = "a",
	[NODE_IMAGE] = "img",
	[NODE_FOOTNOTE_REFERENCE] = "ref",
	[NODE_SPAN] = "span",
	[NODE_TEMPLATE] = "tpl",
};

static inline void show_quoted(struct buf *out, struct str s, char quote)
{
	buf_addc(out, quote);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\n')
			buf_addz(out, "\\n");
		else
			buf_addc(out, s.p[i]);
	}
	buf_addc(out, quote);
}

/* What stands behind the name: level, marker, info, URL, tag, spans of cells. */
static inline void show_fields(struct buf *out, const struct tree *t, const struct node *n)
{
	struct str text = tree_str(t, n->text), extra = tree_str(t, n->extra);

	switch (n->kind) {
	case NODE_HEADING:
		buf_add_int(out, n->number);
		break;
	case NODE_LIST:
		if (n->flags & NODE_ORDERED) {
			out->p[out->n - 2] = 'o';
			buf_addc(out, '=');
			buf_add_int(out, n->number);
		}
		buf_addz(out, n->flags & NODE_TIGHT ? "" : "-loose");
		break;
	case NODE_ITEM:
		if (n->flags & NODE_TASK)
			buf_addz(out, n->flags & NODE_CHECKED ? "[x]" : "[ ]");
		break;
	case NODE_CODE_BLOCK:
		if (extra.p) {
			buf_addc(out, '=');
			buf_adds(out, extra);
		}
		break;
	case NODE_TABLE:
		if (text.p) {
			buf_addc(out, '=');
			buf_adds(out, text);
		}
		break;
	case NODE_TABLE_ROW:
		if (n->flags & NODE_HEADER)
			buf_addz(out, "-head");
		break;
	case NODE_TABLE_CELL:
		if (n->align)
			buf_addf(out, "-%c", n->align);
		if (n->colspan > 1 || n->rowspan > 1)
			buf_addf(out, ":%ux%u", n->colspan, n->rowspan);
		break;
	case NODE_LINK:
	case NODE_IMAGE:
		buf_addz(out, n->flags & NODE_BARE ? ":bare" : "");
		buf_addc(out, '=');
		buf_adds(out, text);
		if (extra.p) {
			buf_addc(out, ' ');
			show_quoted(out, extra, '"');
		}
		break;
	case NODE_CONTAINER:
	case NODE_SPAN:
	case NODE_FOOTNOTE_DEFINITION:
	case NODE_FOOTNOTE_REFERENCE:
		buf_addc(out, '=');
		buf_adds(out, text);
		break;
	default:
		break;
	}
}

static inline void show_attributes(struct buf *out, const struct tree *t, const struct node *n)
{
	if (n->n_attr == 0)
		return;
	buf_addc(out, '{');
	for (uint32_t i = 0; i < n->n_attr; i++) {
		buf_addz(out, i ? " " : "");
		buf_adds(out, tree_str(t, t->attrs[n->attr + i].key));
		buf_addc(out, '=');
		buf_adds(out, tree_str(t, t->attrs[n->attr + i].value));
	}
	buf_addc(out, '}');
}

static inline void show_span(struct buf *out, struct record *r, const struct node *n)
{
	uint32_t line, column, end_line, end_column;

	if (n->flags & NODE_NO_SPAN) {
		buf_addz(out, "@none");
		return;
	}
	record_position(r, n->from, &line, &column);
	record_position(r, n->to > n->from ? n->to - 1 : n->from, &end_line, &end_column);
	if (n->flags & NODE_LINE_ONLY)
		buf_addf(out, "@%u-%u", line, end_line);
	else
		buf_addf(out, "@%u:%u-%u:%u", line, column, end_line, end_column);
}

static inline bool show_has_literal(uint8_t kind)
{
	return kind == NODE_TEXT || kind == NODE_CODE || kind == NODE_CODE_BLOCK || kind == NODE_HTML_BLOCK ||
	       kind == NODE_HTML_INLINE || kind == NODE_TEMPLATE;
}

/* Opens the node; true when a ")" is owed at its end. */
static inline bool show_node(struct buf *out, struct record *r, const struct tree *t, uint32_t i, unsigned flags)
{
	const struct node *n = &t->nodes[i];
	bool bare = n->kind == NODE_TEXT || n->kind == NODE_SOFTBREAK || n->kind == NODE_LINEBREAK ||
		    n->kind == NODE_THEMATIC_BREAK;

	buf_addz(out, bare ? "" : "(");
	buf_addz(out, show_names[n->kind]);
	show_fields(out, t, n);
	show_attributes(out, t, n);
	if ((flags & SHOW_SPANS) && n->kind != NODE_TEXT)
		show_span(out, r, n);
	if (show_has_literal(n->kind)) {
		buf_addz(out, n->kind == NODE_TEXT ? "" : " ");
		show_quoted(out, tree_str(t, n->text), '\'');
	}
	if ((flags & SHOW_SPANS) && n->kind == NODE_TEXT)
		show_span(out, r, n);
	return !bare;
}

/* The whole tree, without the document node. */
static inline void show_tree(struct buf *out, struct record *r, unsigned flags)
{
	const struct tree *t = record_tree(r);

	if (!t) {
		buf_addz(out, "no tree");
		return;
	}
	for (uint32_t i = 1; i < t->n_nodes; i++) {
		if (out->n > 0)
			buf_addc(out, ' ');
		bool closes = show_node(out, r, t, i, flags);
		if (t->nodes[i].end > i + 1)
			continue;
		if (closes)
			buf_addc(out, ')');
		for (uint32_t up = t->nodes[i].parent; up != 0 && t->nodes[up].end == i + 1; up = t->nodes[up].parent)
			buf_addc(out, ')');
	}
}

static inline struct record *show_record(struct str text, enum doc_format format, const char *path)
{
	const struct record_options options = { .path = path, .format = format, .limits = record_limits_default };
	struct record *r;

	assert_int_equal(record_new(&alloc_libc, text, &options, &r), RECORD_OK);
	return r;
}

/* Text of the format as one line; freed by buf_release. */
static inline void show_text(struct buf *out, struct str text, enum doc_format format, unsigned flags)
{
	struct record *r = show_record(text, format, NULL);

	buf_init(out, &alloc_libc, 0);
	show_tree(out, r, flags);
	assert_true(buf_ok(out));
	record_unref(r);
}

struct show_case {
	const char *text, *want;
};

/* Prints every case that differs, then fails. */
static inline void show_check(enum doc_format format, unsigned flags, const struct show_case *cases, size_t n)
{
	int wrong = 0;

	for (size_t i = 0; i < n; i++) {
		struct buf got;
		show_text(&got, str_of(cases[i].text), format, flags);
		if (strcmp(got.p ? got.p : "", cases[i].want) != 0) {
			fprintf(stderr, "case %zu: %s\n  got:  %s\n  want: %s\n", i, cases[i].text, got.p ? got.p : "",
				cases[i].want);
			wrong++;
		}
		buf_release(&got);
	}
	assert_int_equal(wrong, 0);
}

#define SHOW_CHECK(format, flags, cases) show_check(format, flags, cases, sizeof(cases) / sizeof *(cases))

#endif
