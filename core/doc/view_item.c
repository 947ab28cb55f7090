/*
 * view_item.c - see view_item.h.
 */
#include "doc/view_item.h"

/* How many times over a document's nodes and text may be gathered for texts. */
#define GATHER_MAX 64

bool view_walk_begin(struct view_walk *w, struct record *r, enum view_kind kind, struct buf *text)
{
	*w = (struct view_walk){ .record = r, .tree = record_tree(r), .text = text, .kind = kind };
	if (!w->tree)
		return false;
	w->allowance = ((uint64_t)w->tree->n_nodes + w->tree->n_pool + 1024) * GATHER_MAX;
	return true;
}

struct str view_walk_text(struct view_walk *w, uint32_t node, unsigned flags)
{
	const uint32_t nodes = w->tree->nodes[node].end - node;

	buf_clear(w->text);
	if (w->allowance == 0)
		return STR_EMPTY;
	tree_text(w->text, w->tree, node, flags | TEXT_ONE_LINE);
	if (!buf_ok(w->text)) {
		w->failed = true;
		return STR_EMPTY;
	}
	w->allowance -= w->allowance > w->text->n + nodes ? w->text->n + nodes : w->allowance;
	return w->text->n ? buf_str(w->text) : STR_EMPTY;
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

	for (uint32_t i = 0; i < w->tree->n_nodes; i++)
		n += w->tree->nodes[i].kind == wanted;
	return n;
}

/* Embeds are no hyperlinks. */
static bool is_item(const struct view_walk *w, uint32_t node)
{
	return w->kind != VIEW_LINKS ||
	       (tree_str(w->tree, w->tree->nodes[node].text).p && !tree_attr(w->tree, node, STR_LIT("kind")).p);
}

bool view_walk_next(struct view_walk *w, struct view_item *item)
{
	const enum node_kind wanted = kind_of_nodes(w->kind);
	const struct node *nodes = w->tree->nodes;

	while (w->at < w->tree->n_nodes && (nodes[w->at].kind != wanted || !is_item(w, w->at)))
		w->at++;
	if (w->failed || w->at >= w->tree->n_nodes)
		return false;
	*item = (struct view_item){ .node = w->at, .url = STR_EMPTY };
	if (w->kind == VIEW_OUTLINE)
		item->level = nodes[w->at].number;
	else if (tree_str(w->tree, nodes[w->at].text).p)
		item->url = tree_str(w->tree, nodes[w->at].text);
	item->text = w->kind == VIEW_IMAGES ? view_walk_text(w, w->at, TEXT_WITH_ALT) : view_walk_label(w, w->at);
	w->at++;
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
