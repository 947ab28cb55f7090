/*
 * write_tree.c - a subtree for people to look at: one node a line, indented,
 * with its place in the source, fields and attributes.
 */
#include "base/diag.h"
#include "doc/write.h"

/* Deeper nodes are no longer moved to the right: the output stays linear. */
#define INDENT_MAX 100

static void write_span(struct buf *out, struct record *r, const struct node *n)
{
	uint32_t line, column, end_line, end_column;

	if (n->flags & NODE_NO_SPAN)
		return;
	record_position(r, n->from, &line, &column);
	record_position(r, n->to > n->from ? n->to - 1 : n->from, &end_line, &end_column);
	if (n->flags & NODE_LINE_ONLY)
		buf_addf(out, " %u-%u", line, end_line);
	else
		buf_addf(out, " %u:%u-%u:%u", line, column, end_line, end_column);
}

/* In quotes; a quote or backslash inside is marked by a backslash. */
static void write_quoted(struct buf *out, struct str s)
{
	size_t run = 0;

	buf_addc(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '"' && s.p[i] != '\\')
			continue;
		diag_escape(out, (struct str){ s.p + run, i - run });
		buf_addc(out, '\\');
		buf_addc(out, s.p[i]);
		run = i + 1;
	}
	if (s.n > run)
		diag_escape(out, (struct str){ s.p + run, s.n - run });
	buf_addc(out, '"');
}

static void write_field(struct buf *out, const char *name, const struct field *f)
{
	buf_addc(out, ' ');
	buf_addz(out, name);
	buf_addc(out, '=');
	switch (f->type) {
	case FIELD_BOOL:
		buf_addz(out, f->boolean ? "true" : "false");
		break;
	case FIELD_INT:
		buf_add_int(out, f->integer);
		break;
	case FIELD_ALIGNS:
		buf_adds(out, f->string);
		break;
	default:
		write_quoted(out, f->string);
		break;
	}
}

/* Spans of one are the rule and not worth a word. */
static bool field_is_usual(const struct node *n, const struct field *f)
{
	return n->kind == NODE_TABLE_CELL && f->type == FIELD_INT && f->integer == 1;
}

static void write_node(struct buf *out, struct record *r, const struct tree *t, uint32_t node)
{
	const struct node *n = &t->nodes[node];
	const char *const *name = node_kind_fields((enum node_kind)n->kind);

	buf_addz(out, node_kind_name((enum node_kind)n->kind));
	write_span(out, r, n);
	for (; *name; name++) {
		struct field f = tree_field(t, node, str_of(*name));
		if (f.type != FIELD_NONE && !field_is_usual(n, &f))
			write_field(out, *name, &f);
	}
	for (uint32_t i = 0; i < n->n_attr; i++) {
		const struct tree_attr *a = &t->attrs[n->attr + i];
		buf_addz(out, " @");
		diag_escape(out, tree_str(t, a->key));
		buf_addc(out, '=');
		write_quoted(out, tree_str(t, a->value));
	}
	buf_addc(out, '\n');
}

void write_tree(struct buf *out, struct record *r, uint32_t node, unsigned flags)
{
	const struct tree *t = record_tree(r);
	size_t depth = 0;

	(void)flags;
	if (!t) {
		out->failed = true;
		return;
	}
	if (node >= t->n_nodes)
		return;
	for (uint32_t i = node; i < t->nodes[node].end && buf_ok(out); i++) {
		buf_add_repeat(out, ' ', 2 * (depth < INDENT_MAX ? depth : INDENT_MAX));
		write_node(out, r, t, i);
		depth++;
		for (uint32_t open = i; t->nodes[open].end == i + 1 && depth > 0; open = t->nodes[open].parent) {
			depth--;
			if (open == node)
				break;
		}
	}
}
