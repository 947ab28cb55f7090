/*
 * view_item.c - see view_item.h.
 */
#include "doc/view_item.h"

_Static_assert(NODE_KIND_LIMIT <= 64, "kinds are bits");

/* How many times over a document's nodes and text may be gathered for texts. */
#define GATHER_MAX 64

static bool is_told_of(const struct node *n)
{
	const uint64_t kinds = UINT64_C(1) << NODE_HEADING | UINT64_C(1) << NODE_LINK | UINT64_C(1) << NODE_IMAGE;

	return kinds >> n->kind & 1;
}

bool view_nodes_find(struct view_nodes *v, const struct alloc *heap, const struct tree *t)
{
	const struct node *const end = t->nodes + t->n_nodes;

	v->n = 0;
	for (const struct node *n = t->nodes; n < end; n++) {
		uint32_t *items;
		if (!is_told_of(n))
			continue;
		items = mem_grow(heap, v->items, &v->cap, v->n + 1, sizeof *items);
		if (!items) {
			v->n = 0;
			return false;
		}
		v->items = items;
		v->items[v->n++] = (uint32_t)(n - t->nodes);
	}
	return true;
}

void view_nodes_release(struct view_nodes *v, const struct alloc *heap)
{
	mem_free(heap, v->items, v->cap * sizeof *v->items);
	*v = (struct view_nodes){ .n = 0 };
}

bool view_walk_begin(struct view_walk *w, struct record *r, enum view_kind kind, const struct view_nodes *nodes,
		     struct buf *text)
{
	*w = (struct view_walk){ .record = r, .tree = record_tree(r), .nodes = nodes, .text = text, .kind = kind };
	if (!w->tree)
		return false;
	w->allowance = ((uint64_t)w->tree->n_nodes + w->tree->n_pool + 1024) * GATHER_MAX;
	return true;
}

struct str view_walk_text(struct view_walk *w, uint32_t node, unsigned flags)
{
	const uint32_t nodes = w->tree->nodes[node].end - node;
	struct str text;

	if (w->allowance == 0)
		return STR_EMPTY;
	text = tree_text_alone(w->tree, node);
	if (!text.n) {
		buf_clear(w->text);
		tree_text(w->text, w->tree, node, flags | TEXT_ONE_LINE);
		text = buf_str(w->text);
	}
	if (!buf_ok(w->text)) {
		w->failed = true;
		return STR_EMPTY;
	}
	w->allowance -= w->allowance > text.n + nodes ? text.n + nodes : w->allowance;
	return text;
}

struct str view_walk_label(struct view_walk *w, uint32_t node)
{
	const struct str s = view_walk_text(w, node, 0);

	return s.n ? s : view_walk_text(w, node, TEXT_WITH_ALT);
}

static enum node_kind kind_of_nodes(enum view_kind kind)
{
	return kind == VIEW_OUTLINE ? NODE_HEADING : kind == VIEW_IMAGES ? NODE_IMAGE : NODE_LINK;
}

uint32_t view_walk_count(const struct view_walk *w)
{
	const enum node_kind wanted = kind_of_nodes(w->kind);
	uint32_t n = 0;

	for (size_t i = 0; i < w->nodes->n; i++)
		n += w->tree->nodes[w->nodes->items[i]].kind == wanted;
	return n;
}

/* Embeds are no hyperlinks. */
static bool is_item(const struct view_walk *w, uint32_t node)
{
	return w->kind != VIEW_LINKS ||
	       (tree_str(w->tree, w->tree->nodes[node].text).p && !tree_attr(w->tree, node, STR_LIT("kind")).p);
}

/* TREE_NONE: there is no more. */
static uint32_t node_next(struct view_walk *w)
{
	const enum node_kind wanted = kind_of_nodes(w->kind);

	while (w->at < w->nodes->n) {
		const uint32_t node = w->nodes->items[w->at++];
		if (w->tree->nodes[node].kind == wanted && is_item(w, node))
			return node;
	}
	return TREE_NONE;
}

bool view_walk_next(struct view_walk *w, struct view_item *item)
{
	const uint32_t node = w->failed ? TREE_NONE : node_next(w);
	struct str url;

	if (node == TREE_NONE)
		return false;
	*item = (struct view_item){ .node = node, .url = STR_EMPTY };
	url = tree_str(w->tree, w->tree->nodes[node].text);
	if (w->kind == VIEW_OUTLINE)
		item->level = w->tree->nodes[node].number;
	else if (url.p)
		item->url = url;
	item->text = w->kind == VIEW_IMAGES ? view_walk_text(w, node, TEXT_WITH_ALT) : view_walk_label(w, node);
	return !w->failed;
}

void view_item_complete(struct view_walk *w, struct anchors *anchors, struct view_item *item)
{
	const enum doc_format format = record_format(w->record);

	item->line = record_line(w->record, item->node);
	if (w->kind != VIEW_OUTLINE) {
		item->title = tree_str(w->tree, w->tree->nodes[item->node].extra);
		return;
	}
	item->id = tree_attr(w->tree, item->node, STR_LIT("id"));
	if (format != FORMAT_MARKDOWN && format != FORMAT_COMMONMARK)
		return;
	item->anchor = anchors_next(anchors, item->text);
	w->failed = w->failed || !item->anchor.p;
}
