/*
 * build_copy.c - subtrees of a finished tree into one that is being built.
 */
#include "doc/build_private.h"

/* Strings and attributes of from's node into our node, which has none yet. */
static void content_copy(struct tree_build *b, uint32_t to, const struct tree *from, uint32_t node)
{
	uint32_t n_attr = from->nodes[node].n_attr, first = b->tree.n_attrs;
	struct tree_str s;

	s = build_string_add(b, tree_str(from, from->nodes[node].text));
	b->tree.nodes[to].text = s;
	s = build_string_add(b, tree_str(from, from->nodes[node].extra));
	b->tree.nodes[to].extra = s;
	b->tree.nodes[to].attr = first;
	b->tree.nodes[to].n_attr = 0;
	if (n_attr == 0 || !build_attrs_reserve(b, n_attr))
		return;
	for (uint32_t i = 0; i < n_attr && b->status == BUILD_OK; i++) {
		struct tree_attr a = from->attrs[from->nodes[node].attr + i];
		a.key = build_string_add(b, tree_str(from, a.key));
		a.value = build_string_add(b, tree_str(from, a.value));
		b->tree.attrs[first + i] = a;
		b->tree.nodes[to].n_attr = i + 1;
		b->tree.n_attrs = first + i + 1;
	}
}

static void span_drop(struct node *n)
{
	n->flags = (uint8_t)((n->flags | NODE_NO_SPAN) & ~NODE_LINE_ONLY);
	n->from = n->to = 0;
}

static uint32_t shifted(uint32_t index, uint32_t from, uint32_t to)
{
	return index == TREE_NONE ? TREE_NONE : index - from + to;
}

/* Nodes copied between two looks at the clock. */
#define COPY_STEP 4096

/* One subtree whose root is no document. */
static uint32_t subtree_copy(struct tree_build *b, const struct tree *from, uint32_t node, bool keep_spans)
{
	uint32_t base = b->tree.n_nodes, end = from->nodes[node].end;

	if (b->status != BUILD_OK || !build_nodes_reserve(b, end - node))
		return TREE_NONE;
	for (uint32_t i = node; i < end; i++) {
		struct node n = from->nodes[i];
		n.end = shifted(n.end, node, base);
		n.last = shifted(n.last, node, base);
		n.text = n.extra = (struct tree_str){ TREE_NONE, 0 };
		n.n_attr = 0;
		if (!keep_spans)
			span_drop(&n);
		if (i == node) {
			build_node_append(b, &n);
		} else {
			n.parent = shifted(n.parent, node, base);
			n.prev = shifted(n.prev, node, base);
			b->tree.nodes[b->tree.n_nodes++] = n;
		}
		content_copy(b, i - node + base, from, i);
		if (b->spend && ((i - node) % COPY_STEP == COPY_STEP - 1 || i + 1 == end))
			b->spend(b->spend_user, (size_t)3 * ((i - node) % COPY_STEP + 1));
	}
	return base;
}

uint32_t tree_copy(struct tree_build *b, const struct tree *from, uint32_t node, bool keep_spans)
{
	if (b->status != BUILD_OK || node >= from->n_nodes)
		return TREE_NONE;
	if (from->nodes[node].kind != NODE_DOCUMENT)
		return subtree_copy(b, from, node, keep_spans);
	for (uint32_t i = tree_first(from, node); i != TREE_NONE; i = tree_next(from, i))
		subtree_copy(b, from, i, keep_spans);
	return b->status == BUILD_OK ? tree_current(b) : TREE_NONE;
}

uint32_t tree_copy_open(struct tree_build *b, const struct tree *from, uint32_t node, bool keep_span)
{
	struct node n;
	uint32_t i;

	if (b->status != BUILD_OK || node >= from->n_nodes)
		return TREE_NONE;
	n = from->nodes[node];
	if (n.kind == NODE_DOCUMENT)
		n.kind = NODE_CONTAINER;
	n.last = TREE_NONE;
	n.text = n.extra = (struct tree_str){ TREE_NONE, 0 };
	n.n_attr = 0;
	if (!keep_span)
		span_drop(&n);
	i = build_open_node(b, &n);
	if (i != TREE_NONE)
		content_copy(b, i, from, node);
	return b->status == BUILD_OK ? i : TREE_NONE;
}
