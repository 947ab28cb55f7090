/*
 * build.c - appends nodes, attributes and text to the arrays of a tree.
 *
 * The arrays live in the caller's arena and double; a large one has a chunk
 * of its own there, which the arena grows with it, so that a build takes
 * little more than twice what it holds.  While a node is open its end is 0.
 */
#include "doc/build_private.h"

#include <string.h>

#define FIRST_NODES 32
#define FIRST_ATTRS 8
#define FIRST_OPEN  16
#define FIRST_POOL  256
/* Prose and lists have a node for so many bytes, or fewer of them. */
#define BYTES_A_NODE 40
/* From here on the keys of one node are looked up by hash. */
#define HASH_FROM 16

static void fail(struct tree_build *b, enum build_status status)
{
	if (b->status == BUILD_OK)
		b->status = status;
}

/* Doubles until need items fit; false (and the build failed) where memory is refused. */
static bool array_double(struct tree_build *b, void **items, size_t *cap, size_t need, size_t item_size)
{
	size_t n = *cap;
	void *moved;

	while (n < need && n <= SIZE_MAX / 2 / item_size)
		n *= 2;
	moved = n < need ? NULL : arena_resize(b->arena, *items, *cap * item_size, n * item_size);
	if (!moved) {
		fail(b, BUILD_NOMEM);
		return false;
	}
	*items = moved;
	*cap = n;
	return true;
}

static inline bool array_grow(struct tree_build *b, void **items, size_t *cap, size_t need, size_t item_size)
{
	return need <= *cap || array_double(b, items, cap, need, item_size);
}

bool build_nodes_reserve(struct tree_build *b, size_t n)
{
	void *items = b->tree.nodes;
	bool ok;

	if (n <= b->cap_nodes - b->tree.n_nodes && n <= b->max_nodes - b->tree.n_nodes)
		return true;
	if (n > b->max_nodes || b->tree.n_nodes > b->max_nodes - n) {
		fail(b, BUILD_LIMIT);
		return false;
	}
	ok = array_grow(b, &items, &b->cap_nodes, b->tree.n_nodes + n, sizeof(struct node));
	b->tree.nodes = items;
	return ok;
}

bool build_attrs_reserve(struct tree_build *b, size_t n)
{
	void *items = b->tree.attrs;
	bool ok;

	if (n >= TREE_NONE || b->tree.n_attrs >= TREE_NONE - n) {
		fail(b, BUILD_LIMIT);
		return false;
	}
	ok = array_grow(b, &items, &b->cap_attrs, b->tree.n_attrs + n, sizeof(struct tree_attr));
	b->tree.attrs = items;
	return ok;
}

static bool pool_reserve(struct tree_build *b, size_t n)
{
	void *items = b->tree.pool;
	bool ok;

	if (n <= b->cap_pool - b->tree.n_pool)
		return true;
	if (n >= TREE_NONE || b->tree.n_pool >= TREE_NONE - n) {
		fail(b, BUILD_LIMIT);
		return false;
	}
	ok = array_grow(b, &items, &b->cap_pool, b->tree.n_pool + n, 1);
	b->tree.pool = items;
	return ok;
}

/* Appends bytes, which may stand in the pool itself. */
static bool pool_add(struct tree_build *b, struct str s)
{
	uintptr_t pool = (uintptr_t)b->tree.pool, p = (uintptr_t)s.p;
	bool inside = p >= pool && p < pool + b->tree.n_pool;

	if (!pool_reserve(b, s.n))
		return false;
	if (s.n)
		memcpy(b->tree.pool + b->tree.n_pool, inside ? b->tree.pool + (p - pool) : s.p, s.n);
	b->tree.n_pool += (uint32_t)s.n;
	return true;
}

struct tree_str build_string_add(struct tree_build *b, struct str s)
{
	struct tree_str at = { b->tree.n_pool, (uint32_t)s.n };

	return s.p && pool_add(b, s) ? at : (struct tree_str){ TREE_NONE, 0 };
}

/* What was just written belongs to a node that truncating newer ones must not touch. */
static void note_late(struct tree_build *b, uint32_t node)
{
	if (node + 1 != b->tree.n_nodes) {
		b->keep_pool = b->tree.n_pool;
		b->keep_attrs = b->tree.n_attrs;
	}
}

/* -------------------------------------------------------------- begin, end */

void tree_build_init(struct tree_build *b, struct arena *arena, uint32_t max_nodes)
{
	tree_build_init_for(b, arena, max_nodes, 0);
}

void tree_build_init_for(struct tree_build *b, struct arena *arena, uint32_t max_nodes, size_t source)
{
	size_t n_nodes = FIRST_NODES + source / BYTES_A_NODE, n_pool = FIRST_POOL + source;

	*b = (struct tree_build){ .arena = arena, .max_nodes = max_nodes < TREE_NONE ? max_nodes : TREE_NONE - 1 };
	arena_expect(arena, n_nodes * sizeof(struct node) + n_pool + 1024);
	b->tree.nodes = arena_alloc(arena, n_nodes * sizeof(struct node));
	b->tree.attrs = arena_alloc(arena, FIRST_ATTRS * sizeof(struct tree_attr));
	b->open = arena_alloc(arena, FIRST_OPEN * sizeof(uint32_t));
	b->tree.pool = arena_alloc(arena, n_pool);
	if (!b->tree.nodes || !b->tree.attrs || !b->open || !b->tree.pool) {
		fail(b, BUILD_NOMEM);
		return;
	}
	b->cap_nodes = n_nodes;
	b->cap_attrs = FIRST_ATTRS;
	b->cap_open = FIRST_OPEN;
	b->cap_pool = n_pool;
	tree_open(b, NODE_DOCUMENT, 0);
}

static void close_innermost(struct tree_build *b, uint32_t to)
{
	uint32_t i = b->open[--b->n_open];
	struct node *n = &b->tree.nodes[i];
	uint32_t child = n->last;

	n->end = b->tree.n_nodes;
	if (n->flags & NODE_NO_SPAN)
		return;
	if (to == TREE_NONE) {
		while (child != TREE_NONE && (b->tree.nodes[child].flags & NODE_NO_SPAN))
			child = b->tree.nodes[child].prev;
		to = child == TREE_NONE ? n->to : b->tree.nodes[child].to;
	}
	if (to > n->to)
		n->to = to;
}

/* Which heading governs each node: known only now, for kinds may change until the end. */
static void sections_number(struct tree *t)
{
	uint32_t heading = TREE_NONE;

	for (uint32_t i = 0; i < t->n_nodes; i++) {
		if (t->nodes[i].kind == NODE_HEADING)
			heading = i;
		t->nodes[i].section = heading;
	}
}

enum build_status tree_build_finish(struct tree_build *b, struct tree *out)
{
	*out = (struct tree){ 0 };
	if (b->status == BUILD_NOMEM || b->tree.n_nodes == 0)
		return b->status;
	while (b->n_open > 0)
		close_innermost(b, TREE_NONE);
	sections_number(&b->tree);
	*out = b->tree;
	return b->status;
}

/* ------------------------------------------------------------------- nodes */

/* Appends *n as last child of the innermost open node; memory is reserved. */
uint32_t build_node_append(struct tree_build *b, const struct node *n)
{
	uint32_t i = b->tree.n_nodes++;
	struct node *to = &b->tree.nodes[i];

	*to = *n;
	to->parent = b->n_open ? b->open[b->n_open - 1] : TREE_NONE;
	to->prev = TREE_NONE;
	if (to->parent != TREE_NONE) {
		to->prev = b->tree.nodes[to->parent].last;
		b->tree.nodes[to->parent].last = i;
	}
	return i;
}

static inline struct node node_new(enum node_kind kind, uint32_t from)
{
	const bool made = from == TREE_NONE;

	return (struct node){ .kind = (uint8_t)kind,
			      .flags = made ? NODE_NO_SPAN : 0,
			      .colspan = 1,
			      .rowspan = 1,
			      .last = TREE_NONE,
			      .text = { TREE_NONE, 0 },
			      .extra = { TREE_NONE, 0 },
			      .from = made ? 0 : from,
			      .to = made ? 0 : from };
}

uint32_t build_open_node(struct tree_build *b, struct node *n)
{
	void *items = b->open;
	uint32_t i;

	if (b->status != BUILD_OK || !build_nodes_reserve(b, 1))
		return TREE_NONE;
	if (!array_grow(b, &items, &b->cap_open, b->n_open + 1, sizeof(uint32_t)))
		return TREE_NONE;
	b->open = items;
	n->end = 0;
	i = build_node_append(b, n);
	b->open[b->n_open++] = i;
	return i;
}

uint32_t tree_open(struct tree_build *b, enum node_kind kind, uint32_t from)
{
	struct node n = node_new(kind, from);

	return build_open_node(b, &n);
}

void tree_close(struct tree_build *b, uint32_t to)
{
	if (b->status == BUILD_OK && b->n_open > 1)
		close_innermost(b, to);
}

uint32_t tree_leaf(struct tree_build *b, enum node_kind kind, uint32_t from, uint32_t to)
{
	struct node n = node_new(kind, from);

	if (b->status != BUILD_OK || !build_nodes_reserve(b, 1))
		return TREE_NONE;
	n.end = b->tree.n_nodes + 1;
	if (from != TREE_NONE && to != TREE_NONE && to > from)
		n.to = to;
	return build_node_append(b, &n);
}

uint32_t tree_current(const struct tree_build *b)
{
	return b->n_open ? b->open[b->n_open - 1] : TREE_NONE;
}

struct node *tree_node(struct tree_build *b, uint32_t node)
{
	return node < b->tree.n_nodes ? &b->tree.nodes[node] : NULL;
}

/* -------------------------------------------------------------------- text */

static bool text_extend(struct tree_build *b, uint32_t node, struct str literal, uint32_t to)
{
	struct tree_str at = b->tree.nodes[node].text;
	struct node *n;

	if (literal.n >= TREE_NONE - (size_t)at.len) {
		fail(b, BUILD_LIMIT);
		return false;
	}
	if (at.off + at.len != b->tree.n_pool)
		at = build_string_add(b, tree_str(&b->tree, at));
	if (at.off == TREE_NONE || !pool_add(b, literal))
		return false;
	n = &b->tree.nodes[node];
	n->text = (struct tree_str){ at.off, at.len + (uint32_t)literal.n };
	if (!(n->flags & NODE_NO_SPAN) && to != TREE_NONE && to > n->to)
		n->to = to;
	return true;
}

uint32_t tree_add_text(struct tree_build *b, struct str literal, uint32_t from, uint32_t to)
{
	uint32_t last, i;
	const struct node *n;

	if (b->status != BUILD_OK || literal.n == 0)
		return TREE_NONE;
	last = b->tree.nodes[tree_current(b)].last;
	n = last == TREE_NONE ? NULL : &b->tree.nodes[last];
	if (n && n->kind == NODE_TEXT && n->n_attr == 0 && n->text.off != TREE_NONE) {
		return text_extend(b, last, literal, from == TREE_NONE ? TREE_NONE : to) ? last : TREE_NONE;
	}
	i = tree_leaf(b, NODE_TEXT, from, to);
	if (i != TREE_NONE)
		b->tree.nodes[i].text = build_string_add(b, literal);
	return i;
}

void tree_set_text(struct tree_build *b, uint32_t node, struct str s)
{
	struct tree_str at;

	if (b->status != BUILD_OK || node >= b->tree.n_nodes)
		return;
	at = build_string_add(b, s);
	b->tree.nodes[node].text = at;
	note_late(b, node);
}

void tree_set_extra(struct tree_build *b, uint32_t node, struct str s)
{
	struct tree_str at;

	if (b->status != BUILD_OK || node >= b->tree.n_nodes)
		return;
	at = build_string_add(b, s);
	b->tree.nodes[node].extra = at;
	note_late(b, node);
}

/* -------------------------------------------------------------- attributes */

static uint32_t key_hash(struct str key)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < key.n; i++)
		h = (h ^ (unsigned char)key.p[i]) * 16777619u;
	return h ^ h >> 15;
}

static struct str attr_key(const struct tree_build *b, uint32_t i)
{
	return tree_str(&b->tree, b->tree.attrs[i].key);
}

/* Where key stands or would stand in the table of the node's keys; slots hold an attribute's index + 1. */
static uint32_t *key_slot(struct tree_build *b, struct str key)
{
	uint32_t at = key_hash(key) & (uint32_t)(b->cap_keys - 1);

	while (b->keys[at] && !str_eq(attr_key(b, b->keys[at] - 1), key))
		at = (at + 1) & (uint32_t)(b->cap_keys - 1);
	return &b->keys[at];
}

/* Makes the table hold the keys of this node with room for one more. */
static bool keys_prepare(struct tree_build *b, uint32_t node)
{
	const struct node *n = &b->tree.nodes[node];
	void *items = b->keys;

	if (b->keys && b->keys_node == node && b->keys_attr == n->attr && n->n_attr < b->cap_keys / 2)
		return true;
	if (b->cap_keys == 0) {
		items = arena_alloc(b->arena, 8 * HASH_FROM * sizeof(uint32_t));
		b->cap_keys = items ? 8 * HASH_FROM : 0;
	}
	if (!items || !array_grow(b, &items, &b->cap_keys, 4 * (size_t)n->n_attr, sizeof(uint32_t))) {
		fail(b, BUILD_NOMEM);
		return false;
	}
	b->keys = items;
	b->keys_node = node;
	b->keys_attr = n->attr;
	memset(b->keys, 0, b->cap_keys * sizeof(uint32_t));
	for (uint32_t i = 0; i < n->n_attr; i++)
		*key_slot(b, attr_key(b, n->attr + i)) = n->attr + i + 1;
	return true;
}

/* Attributes of one node are one range: it moves to the end where it is not there yet. */
static bool attrs_to_end(struct tree_build *b, uint32_t node)
{
	struct node *n = &b->tree.nodes[node];
	struct tree_attr *to;

	if (n->attr + n->n_attr == b->tree.n_attrs)
		return build_attrs_reserve(b, 1);
	if (!build_attrs_reserve(b, (size_t)n->n_attr + 1))
		return false;
	to = b->tree.attrs + b->tree.n_attrs;
	if (n->n_attr)
		memcpy(to, b->tree.attrs + n->attr, n->n_attr * sizeof(*to));
	n->attr = b->tree.n_attrs;
	b->tree.n_attrs += n->n_attr;
	return true;
}

void tree_add_attr(struct tree_build *b, uint32_t node, struct str key, struct str value)
{
	struct tree_attr a;
	struct node *n;
	bool hashed;

	if (b->status != BUILD_OK || node >= b->tree.n_nodes)
		return;
	n = &b->tree.nodes[node];
	hashed = n->n_attr >= HASH_FROM;
	if (hashed ? !keys_prepare(b, node) || *key_slot(b, key) : tree_attr(&b->tree, node, key).p != NULL)
		return;
	if (!attrs_to_end(b, node))
		return;
	a.key = build_string_add(b, key.p ? key : STR_EMPTY);
	a.value = build_string_add(b, value.p ? value : STR_EMPTY);
	if (b->status != BUILD_OK)
		return;
	n = &b->tree.nodes[node];
	b->tree.attrs[n->attr + n->n_attr++] = a;
	b->tree.n_attrs++;
	if (hashed && b->keys_attr == n->attr)
		*key_slot(b, attr_key(b, b->tree.n_attrs - 1)) = b->tree.n_attrs;
	note_late(b, node);
}

/* ---------------------------------------------------------------- truncate */

static uint32_t least(uint32_t a, struct tree_str s)
{
	return s.off < a ? s.off : a;
}

/* Ends of the pool and of the attributes without what belongs to nodes from `node` on. */
static void storage_truncate(struct tree_build *b, uint32_t node)
{
	uint32_t pool = b->tree.n_pool, attrs = b->tree.n_attrs;

	for (uint32_t i = node; i < b->tree.n_nodes; i++) {
		const struct node *n = &b->tree.nodes[i];
		pool = least(least(pool, n->text), n->extra);
		if (n->n_attr && n->attr < attrs)
			attrs = n->attr;
		for (uint32_t j = 0; j < n->n_attr; j++) {
			const struct tree_attr *a = &b->tree.attrs[n->attr + j];
			pool = least(least(pool, a->key), a->value);
		}
	}
	b->tree.n_pool = pool > b->keep_pool ? pool : b->keep_pool;
	b->tree.n_attrs = attrs > b->keep_attrs ? attrs : b->keep_attrs;
}

void tree_truncate(struct tree_build *b, uint32_t node)
{
	uint32_t last, parent;

	if (b->status != BUILD_OK || node == 0 || node >= b->tree.n_nodes)
		return;
	storage_truncate(b, node);
	while (b->n_open > 0 && b->open[b->n_open - 1] >= node)
		b->n_open--;
	/* Closed ancestors end here now; those of an open one need no change. */
	last = b->tree.nodes[node].prev;
	for (parent = b->tree.nodes[node].parent; parent != TREE_NONE; parent = b->tree.nodes[parent].parent) {
		b->tree.nodes[parent].last = last;
		if (b->tree.nodes[parent].end == 0)
			break;
		b->tree.nodes[parent].end = node;
		last = parent;
	}
	b->tree.n_nodes = node;
	b->keys_node = 0;
	b->keys_attr = TREE_NONE;
}
