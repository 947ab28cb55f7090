/*
 * tree_equal.c - do two subtrees say the same?
 *
 * Kinds, fields, attributes and nesting count; positions do not, nor how text
 * is cut into nodes, nor the order of attributes.  Two cursors walk in
 * document order and keep their depth: two trees are the same if that sequence is.  Linear,
 * without memory of its own.
 */
#include "doc/tree.h"

struct cursor {
	const struct tree *t;
	uint32_t at, end; /* at == end: behind the last node */
	uint32_t root;
	size_t depth;
};

/* How many nodes end where this one does, itself among them, up to the root. */
static size_t levels_closed(const struct cursor *c, uint32_t node)
{
	const struct node *nodes = c->t->nodes;
	size_t n = 1;

	for (const uint32_t end = nodes[node].end; node != c->root && nodes[nodes[node].parent].end == end; n++)
		node = nodes[node].parent;
	return n;
}

static void cursor_step(struct cursor *c)
{
	const struct node *n = &c->t->nodes[c->at];

	if (n->end > c->at + 1)
		c->depth++;
	else
		c->depth -= levels_closed(c, c->at) - 1;
	c->at++;
}

static bool at_text(const struct cursor *c)
{
	return c->at < c->end && c->t->nodes[c->at].kind == NODE_TEXT && c->t->nodes[c->at].n_attr == 0;
}

static bool string_equal(const struct tree *a, struct tree_str x, const struct tree *b, struct tree_str y)
{
	const struct str s = tree_str(a, x), t = tree_str(b, y);

	return (s.p == NULL) == (t.p == NULL) && str_eq(s, t);
}

/* In any order; in the same order, as is usual, without a search. */
static bool attributes_equal(const struct tree *a, const struct node *x, const struct tree *b, const struct node *y)
{
	if (x->n_attr != y->n_attr)
		return false;
	for (uint32_t i = 0; i < x->n_attr; i++) {
		const struct tree_attr *p = &a->attrs[x->attr + i];
		uint32_t k = i;
		for (; k < i + y->n_attr; k++)
			if (string_equal(a, p->key, b, b->attrs[y->attr + k % y->n_attr].key))
				break;
		if (k == i + y->n_attr || !string_equal(a, p->value, b, b->attrs[y->attr + k % y->n_attr].value))
			return false;
	}
	return true;
}

/* A field of its own: what a table says of its columns, its cells say as well. */
static bool has_text(enum node_kind kind)
{
	return node_kind_fields(kind)[0] && kind != NODE_TABLE;
}

static bool node_equal(const struct tree *a, const struct node *x, const struct tree *b, const struct node *y)
{
	const unsigned flags = NODE_ORDERED | NODE_TIGHT | NODE_HEADER | NODE_TASK | NODE_CHECKED;
	const bool numbered = x->kind == NODE_HEADING || (x->kind == NODE_LIST && (x->flags & NODE_ORDERED));

	return x->kind == y->kind && ((x->flags ^ y->flags) & flags) == 0 && (!numbered || x->number == y->number) &&
	       (x->kind != NODE_TABLE_CELL ||
		(x->align == y->align && x->colspan == y->colspan && x->rowspan == y->rowspan)) &&
	       (!has_text((enum node_kind)x->kind) || string_equal(a, x->text, b, y->text)) &&
	       string_equal(a, x->extra, b, y->extra) && attributes_equal(a, x, b, y);
}

/* What is left of the text that a cursor stands on, and of the ones beside it. */
struct run {
	struct cursor *c;
	struct str left;
	size_t depth;
};

/* False at the end of the run. */
static bool run_fill(struct run *r)
{
	while (r->left.n == 0 && at_text(r->c) && r->c->depth == r->depth) {
		r->left = tree_str(r->c->t, r->c->t->nodes[r->c->at].text);
		cursor_step(r->c);
	}
	return r->left.n > 0;
}

/* Empty text is none. */
static bool text_equal(struct cursor *a, struct cursor *b, size_t depth)
{
	struct run x = { a, STR_EMPTY, depth }, y = { b, STR_EMPTY, depth };
	bool more = run_fill(&x);

	while (run_fill(&y) == more && more) {
		const size_t n = x.left.n < y.left.n ? x.left.n : y.left.n;
		if (memcmp(x.left.p, y.left.p, n) != 0)
			return false;
		x.left = (struct str){ x.left.p + n, x.left.n - n };
		y.left = (struct str){ y.left.p + n, y.left.n - n };
		more = run_fill(&x);
	}
	return !more && !run_fill(&y);
}

static bool is_empty_text(const struct cursor *c)
{
	return at_text(c) && tree_str(c->t, c->t->nodes[c->at].text).n == 0;
}

bool tree_equal(const struct tree *a, uint32_t node_a, const struct tree *b, uint32_t node_b, uint32_t where[2])
{
	struct cursor x = { a, node_a, a->nodes[node_a].end, node_a, 0 };
	struct cursor y = { b, node_b, b->nodes[node_b].end, node_b, 0 };
	uint32_t unused[2];

	for (where = where ? where : unused;;) {
		while (is_empty_text(&x))
			cursor_step(&x);
		while (is_empty_text(&y))
			cursor_step(&y);
		where[0] = x.at;
		where[1] = y.at;
		if (x.at == x.end || y.at == y.end)
			return x.at == x.end && y.at == y.end;
		if (x.depth != y.depth || at_text(&x) != at_text(&y))
			return false;
		if (at_text(&x)) {
			if (!text_equal(&x, &y, x.depth))
				return false;
			continue;
		}
		if (!node_equal(a, &a->nodes[x.at], b, &b->nodes[y.at]))
			return false;
		cursor_step(&x);
		cursor_step(&y);
	}
}
