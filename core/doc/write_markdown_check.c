/*
 * write_markdown_check.c - is what was written read as what it says?
 *
 * The writer's rules leave a mark bare wherever they see no harm in it; which marks of a whole
 * paragraph pair up only its reader knows.  So the text is read back and compared, and blocks that came out
 * otherwise are written without bare links, then with every mark as a character reference.  Those that differ even
 * so have no form in Markdown and are left as the rules write them.  Four times writing and three times reading at
 * most: linear.
 */
#include "doc/write_markdown.h"

/* What takes longer to read than anyone wants to wait for it is trusted. */
#define CHECK_MAX ((size_t)32 << 20)

bool markdown_is_safe(const struct markdown_writer *w, uint32_t node)
{
	return w->forms[node - w->root] & FORM_SAFE;
}

/* Our own dialect; but where raw HTML was to stay raw, it has to be read so again. */
uint32_t markdown_parts_left_out(const struct record *r)
{
	const enum doc_format format = record_format(r);
	const uint32_t parts = record_parts(r);

	return (format == FORMAT_MARKDOWN || format == FORMAT_COMMONMARK) && !(parts & DIALECT_HTML)
		       ? DIALECT_ALL & ~parts
		       : 0;
}

/* Blocks that stand in a document as they are. */
static bool stands_alone(enum node_kind kind)
{
	switch (kind) {
	case NODE_ITEM:
	case NODE_TABLE_ROW:
	case NODE_TABLE_CELL:
	case NODE_CAPTION:
	case NODE_TERM:
	case NODE_DEFINITION:
		return false;
	default:
		return node_kind_is_block(kind);
	}
}

struct check {
	struct markdown_writer *w;
	const struct tree *a, *b; /* what was to be written, and what was read */
	int round;                /* the first, the second, the last */
	bool changed;             /* blocks that differ are to be written otherwise */
};

/* What was bare stands in brackets the next time, and so it is read the next time: false where nothing was. */
static bool bracket_links(struct check *c, uint32_t node)
{
	bool any = false;

	for (uint32_t i = node; i < c->a->nodes[node].end; i++)
		if (c->a->nodes[i].kind == NODE_LINK && (c->a->nodes[i].flags & NODE_BARE)) {
			c->w->forms[i - c->w->root] |= FORM_BRACKETS;
			any = true;
		}
	return any;
}

/* A block that differs. One for which every mark as a reference is no help is left alone. */
static void mark(struct check *c, uint32_t node)
{
	const bool was_safe = markdown_is_safe(c->w, node), safe = !was_safe && c->round < 3;

	if (!was_safe && c->round == 1 && bracket_links(c, node)) {
		c->changed = true;
		return;
	}
	if (safe == was_safe)
		return;
	c->changed = true;
	for (uint32_t i = node; i < c->a->nodes[node].end; i++) {
		uint8_t *form = &c->w->forms[i - c->w->root];
		*form = (uint8_t)(safe ? *form | FORM_SAFE : *form & ~FORM_SAFE);
		if (safe && (c->a->nodes[i].kind == NODE_DEFINITION_LIST || (*form & FORM_AROUND_BLOCKS)))
			*form |= FORM_HTML;
	}
}

static bool same_kind(const struct check *c, uint32_t x, uint32_t y)
{
	return c->a->nodes[x].kind == c->b->nodes[y].kind &&
	       (node_kind_is_block((enum node_kind)c->a->nodes[x].kind) || markdown_is_element(c->w, x));
}

/* Both hold blocks, and as many, of the same kinds. */
static bool holds_alike(const struct check *c, uint32_t x, uint32_t y)
{
	uint32_t i = tree_first(c->a, x), k = tree_first(c->b, y);

	if (!same_kind(c, x, y) || i == TREE_NONE)
		return false;
	while (i != TREE_NONE && k != TREE_NONE && same_kind(c, i, k)) {
		i = tree_next(c->a, i);
		k = tree_next(c->b, k);
	}
	return i == TREE_NONE && k == TREE_NONE;
}

/* Marks the children of x between those that begin and those that end y alike. */
static void mark_between(struct check *c, uint32_t x, uint32_t y)
{
	uint32_t i = tree_first(c->a, x), k = tree_first(c->b, y);
	uint32_t last = tree_last(c->a, x), other = tree_last(c->b, y);

	while (i != TREE_NONE && k != TREE_NONE && tree_equal(c->a, i, c->b, k, NULL)) {
		i = tree_next(c->a, i);
		k = tree_next(c->b, k);
	}
	while (i != TREE_NONE && k != TREE_NONE && last != TREE_NONE && other != TREE_NONE && last >= i && other >= k &&
	       tree_equal(c->a, last, c->b, other, NULL)) {
		last = tree_prev(c->a, last);
		other = tree_prev(c->b, other);
	}
	for (; i != TREE_NONE && last != TREE_NONE && i <= last; i = tree_next(c->a, i))
		mark(c, i);
}

/* Side by side as long as the two trees have the same blocks. */
static void mark_differences(struct check *c, uint32_t x, uint32_t y)
{
	const uint32_t end = c->a->nodes[x].end;

	while (x < end) {
		if (holds_alike(c, x, y)) {
			x++;
			y++;
			continue;
		}
		if (same_kind(c, x, y) && tree_first(c->a, x) != TREE_NONE &&
		    node_kind_is_block((enum node_kind)c->a->nodes[x + 1].kind))
			mark_between(c, x, y);
		else if (!tree_equal(c->a, x, c->b, y, NULL))
			mark(c, x);
		x = c->a->nodes[x].end;
		y = c->b->nodes[y].end;
	}
}

static bool compare(struct check *c)
{
	const uint32_t x = c->w->root, y = x == 0 ? 0 : tree_first(c->b, 0);

	if (y == TREE_NONE || tree_next(c->b, y) != TREE_NONE)
		mark(c, x);
	else if (!tree_equal(c->a, x, c->b, y, NULL))
		mark_differences(c, x, y);
	return c->changed;
}

bool markdown_check(struct markdown_writer *w, int round)
{
	const struct str text = w->out->n > w->start ? (struct str){ w->out->p + w->start, w->out->n - w->start }
						     : STR_EMPTY;
	const struct record_options options = { .format = FORMAT_MARKDOWN,
						.limits = record_limits_default,
						.without = w->left_out };
	struct check c = { .w = w, .a = w->tree, .round = round };
	struct record *again;

	if (!buf_ok(w->out) || text.n > CHECK_MAX || !stands_alone((enum node_kind)w->tree->nodes[w->root].kind))
		return false;
	if (record_new(w->out->heap, text, &options, &again) != RECORD_OK) {
		w->out->failed = true;
		return false;
	}
	c.b = record_tree(again);
	if (!c.b)
		w->out->failed = true;
	const bool other = c.b && compare(&c);
	record_unref(again);
	return other;
}
