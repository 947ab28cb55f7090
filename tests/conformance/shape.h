/*
 * shape.h - a tree as text for comparing two ways to it: HTML cannot say
 * where a line of the source ended, how a URL was escaped, or what stood in a
 * fence after the language; positions are left out.
 */
#ifndef QUERN_TESTS_CONFORMANCE_SHAPE_H
#define QUERN_TESTS_CONFORMANCE_SHAPE_H

#include "base/buf.h"
#include "doc/write.h"

/* Runs of blanks and line ends as one blank. */
static inline void shape_blanks(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		bool blank = text.p[i] == ' ' || text.p[i] == '\n' || text.p[i] == '\t';
		if (!blank)
			buf_addc(out, text.p[i]);
		else if (out->n == 0 || out->p[out->n - 1] != ' ')
			buf_addc(out, ' ');
	}
}

static inline void shape_fields(struct buf *out, const struct tree *t, const struct node *n)
{
	const struct str text = tree_str(t, n->text), extra = tree_str(t, n->extra);

	switch (n->kind) {
	case NODE_LINK:
	case NODE_IMAGE:
		buf_addc(out, ' ');
		url_escape(out, text);
		buf_addf(out, " \"%.*s\"", (int)extra.n, extra.p ? extra.p : "");
		break;
	case NODE_CODE_BLOCK:
		buf_addf(out, " %.*s\n%.*s", (int)strcspn(extra.p ? extra.p : "", " \t\n"), extra.p ? extra.p : "",
			 (int)text.n, text.p ? text.p : "");
		break;
	case NODE_CODE: /* a line end in code is a blank as well */
		buf_addc(out, ' ');
		shape_blanks(out, text);
		break;
	case NODE_LIST:
		buf_addf(out, " %s %d", n->flags & NODE_TIGHT ? "tight" : "loose",
			 n->flags & NODE_ORDERED ? n->number : -1);
		break;
	case NODE_HEADING:
		buf_add_int(out, n->number);
		break;
	default:
		if (text.n)
			buf_addf(out, " %.*s", (int)text.n, text.p);
	}
	for (uint32_t i = 0; i < n->n_attr; i++) {
		const struct tree_attr *a = &t->attrs[n->attr + i];
		buf_addf(out, " [%.*s=%.*s]", (int)tree_str(t, a->key).n, tree_str(t, a->key).p,
			 (int)tree_str(t, a->value).n, tree_str(t, a->value).p);
	}
}

/* An image's words: HTML keeps them in an attribute, without markup. */
static inline void shape_alt(struct buf *out, const struct tree *t, uint32_t image)
{
	buf_addz(out, " '");
	for (uint32_t i = image + 1; i < t->nodes[image].end; i++) {
		const struct node *n = &t->nodes[i];
		if (n->kind == NODE_TEXT || n->kind == NODE_CODE)
			shape_blanks(out, tree_str(t, n->text));
		else if (n->kind == NODE_SOFTBREAK || n->kind == NODE_LINEBREAK)
			shape_blanks(out, STR_LIT(" "));
	}
	buf_addz(out, "'");
}

/* One line a node, "depth kind fields"; text with softbreaks as blanks and neighbours joined. */
static inline void shape_of(struct buf *out, const struct tree *t)
{
	uint32_t text_in = TREE_NONE; /* the parent of the text that was last */
	int depth = 0;

	buf_addz(out, "");
	for (uint32_t i = 1, next; i < t->n_nodes && buf_ok(out); i = next) {
		const struct node *n = &t->nodes[i];
		const bool text = n->kind == NODE_TEXT || n->kind == NODE_SOFTBREAK;
		next = i + 1;
		if (text && text_in != n->parent)
			buf_addf(out, "\n%d text ", depth);
		if (text) {
			shape_blanks(out, n->kind == NODE_TEXT ? tree_str(t, n->text) : STR_LIT(" "));
		} else {
			buf_addf(out, "\n%d %s", depth, node_kind_name((enum node_kind)n->kind));
			shape_fields(out, t, n);
		}
		text_in = text ? n->parent : TREE_NONE;
		if (n->kind == NODE_IMAGE) {
			shape_alt(out, t, i);
			next = n->end;
		}
		if (next < n->end) {
			depth++;
			continue;
		}
		for (uint32_t up = n->parent; up != 0 && t->nodes[up].end == next; up = t->nodes[up].parent)
			depth--;
	}
	buf_addc(out, '\n');
}

#endif
