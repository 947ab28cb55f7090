/*
 * select_text.c - :contains(): which nodes have a text in theirs.
 *
 * The texts of many nodes are parts of one: the leaves' in document order.
 * That is read once, and an occurrence kept as the leaves it begins and ends in; a node
 * has it when both are inside.  Text is what node:text() gives, on one line:
 * white space squeezed, a space between blocks, an image's alternative only in the image.
 */
#include "base/utf8.h"
#include "doc/select_private.h"

struct select_leaf {
	size_t at; /* in bytes from the beginning */
	uint32_t node;
};

/* A reading. */
struct reader {
	struct selector *s;
	const struct select_needle *needle;
	struct select_finds *finds;
	uint32_t image; /* that is read */
	size_t at;
	size_t n_leaves, first_leaf; /* those that an occurrence may begin in */
	uint32_t matched;
	bool space;
};

/* ------------------------------------------------------------- the text sought */

static size_t space_length(struct str s, size_t i)
{
	const char c = s.p[i];

	if (c == ' ' || (c >= '\t' && c <= '\r'))
		return 1;
	return c == '\xc2' && i + 1 < s.n && s.p[i + 1] == '\xa0' ? 2 : 0;
}

bool text_prepare(struct arena *a, struct select_needle *n, struct str text, bool nocase)
{
	char *copy = arena_alloc(a, text.n + 1);
	bool space = false;
	size_t to = 0, i = 0;

	if (!copy)
		return false;
	while (i < text.n) {
		const size_t skip = space_length(text, i);
		if (skip) {
			space = true;
			i += skip;
			continue;
		}
		if (space && to)
			copy[to++] = ' ';
		space = false;
		copy[to++] = text.p[i++];
	}
	return needle_prepare(a, n, (struct str){ copy, to }, nocase);
}

/* ------------------------------------------------------------------- reading */

static bool add_find(struct reader *r, uint32_t to)
{
	struct select_finds *f = r->finds;
	const size_t begin = r->at - r->needle->text.n;
	const struct select_leaf *leaves = r->s->leaves;
	struct select_find *items;

	while (r->first_leaf + 1 < r->n_leaves && leaves[r->first_leaf + 1].at <= begin)
		r->first_leaf++;
	/* of those that begin in one leaf the first ends first */
	if (f->n && f->items[f->n - 1].from == leaves[r->first_leaf].node)
		return true;
	items = arena_grow(r->s->arena, f->items, &f->cap, f->n + 1, sizeof(*items));
	if (!items)
		return select_stop(r->s);
	f->items = items;
	items[f->n++] = (struct select_find){ leaves[r->first_leaf].node, to, r->image };
	return true;
}

static bool read_byte(struct reader *r, char c, uint32_t node)
{
	r->at++;
	r->matched = needle_step(r->needle, r->matched, c);
	return r->matched < r->needle->text.n || add_find(r, node);
}

static bool begin_leaf(struct reader *r, uint32_t node)
{
	struct select_leaf *leaves;

	if (r->matched == 0)
		r->n_leaves = r->first_leaf = 0;
	leaves = arena_grow(r->s->arena, r->s->leaves, &r->s->cap_leaves, r->n_leaves + 1, sizeof(*leaves));
	if (!leaves)
		return select_stop(r->s);
	r->s->leaves = leaves;
	leaves[r->n_leaves++] = (struct select_leaf){ r->at, node };
	return true;
}

static bool read_literal(struct reader *r, uint32_t node)
{
	const struct str s = tree_str(r->s->tree, r->s->tree->nodes[node].text);
	size_t i = 0;

	if (!select_spend(r->s, s.n / 8) || !begin_leaf(r, node))
		return false;
	while (i < s.n) {
		const size_t skip = space_length(s, i);
		if (skip) {
			r->space = true;
			i += skip;
			continue;
		}
		if (r->space && !read_byte(r, ' ', node))
			return false;
		r->space = false;
		if (!read_byte(r, s.p[i++], node))
			return false;
	}
	return true;
}

static bool read_node(struct reader *r, uint32_t node)
{
	switch (r->s->tree->nodes[node].kind) {
	case NODE_TEXT:
	case NODE_CODE:
	case NODE_CODE_BLOCK:
		return read_literal(r, node);
	case NODE_SOFTBREAK:
	case NODE_LINEBREAK:
		r->space = true;
		return true;
	default:
		return true;
	}
}

/* Words of different blocks do not touch. *block_end: where the block ends that we are in. */
static void note_block(struct reader *r, uint32_t node, uint32_t *block_end)
{
	const struct tree *t = r->s->tree;
	uint32_t i = node;

	if (node < *block_end && !node_kind_is_block((enum node_kind)t->nodes[node].kind))
		return;
	while (i != TREE_NONE && !node_kind_is_block((enum node_kind)t->nodes[i].kind))
		i = t->nodes[i].parent;
	*block_end = i == TREE_NONE ? t->n_nodes : t->nodes[i].end;
	r->space = true;
}

static bool read_image(struct reader *outer, struct select_text *text, uint32_t image)
{
	const uint32_t end = outer->s->tree->nodes[image].end;
	struct reader r = { .s = outer->s, .needle = outer->needle, .finds = &text->in_images, .image = image };

	/* the leaves noted so far are the outer reader's: it goes on behind them */
	r.n_leaves = r.first_leaf = 0;
	for (uint32_t i = image + 1; i < end; i++) {
		if (!select_spend(r.s, 1) || !read_node(&r, i))
			return false;
	}
	return true;
}

/* Images apart, so that each reading has its leaves to itself. */
static bool read_images(struct reader *r, struct select_text *text, uint32_t lo, uint32_t hi)
{
	const struct node *nodes = r->s->tree->nodes;

	for (uint32_t i = lo; i < hi; i++) {
		if (nodes[i].kind != NODE_IMAGE)
			continue;
		if (!read_image(r, text, i))
			return false;
		i = nodes[i].end - 1;
	}
	return true;
}

static bool read_all(struct selector *s, const struct select_test *t, struct select_text *text, uint32_t lo,
		     uint32_t hi)
{
	struct reader r = { .s = s, .needle = &t->needle, .finds = &text->plain, .image = TREE_NONE };
	uint32_t block_end = hi;

	text->plain.n = text->in_images.n = 0;
	text->lo = text->hi = 0;
	if (!read_images(&r, text, lo, hi))
		return false;
	for (uint32_t i = lo; i < hi; i++) {
		if (!select_spend(s, 1))
			return false;
		note_block(&r, i, &block_end);
		if (s->tree->nodes[i].kind == NODE_IMAGE)
			i = s->tree->nodes[i].end - 1;
		else if (!read_node(&r, i))
			return false;
	}
	text->lo = lo;
	text->hi = hi;
	return true;
}

/* ------------------------------------------------------------------- asking */

/* The first occurrence that begins at node or behind it. */
static const struct select_find *find_from(const struct select_finds *f, uint32_t node)
{
	size_t lo = 0, hi = f->n;

	while (lo < hi) {
		const size_t middle = lo + (hi - lo) / 2;
		if (f->items[middle].from < node)
			lo = middle + 1;
		else
			hi = middle;
	}
	return lo < f->n ? &f->items[lo] : NULL;
}

bool text_holds(struct selector *s, const struct select_test *t, uint32_t node, uint32_t end)
{
	struct select_text *text = &s->texts[t->text];
	const struct select_find *find;

	if (t->needle.text.n == 0)
		return true;
	if ((node < text->lo || end > text->hi) && !read_all(s, t, text, node, end))
		return false;
	find = find_from(&text->plain, node);
	if (find && find->to < end)
		return true;
	find = find_from(&text->in_images, node);
	return find && find->to < end && find->image <= node;
}
