/*
 * markdown_sink.c - where Markdown's blocks go: into the tree at once, or,
 * where raw HTML has to be woven in, into a list of events first.
 *
 * For the markdown*.c files, which need not know which of the two it is.
 */
#include "doc/markdown_priv.h"

bool markdown_failed(const struct markdown *m)
{
	return m->failed || m->out->failed || (m->tree && (m->tree->failed || m->tree->build.status == BUILD_NOMEM));
}

/* The node that structure_event has made of it; nothing where it was too deep. */
static size_t node_of(const struct structure *s, const struct event *e)
{
	const struct open_node *top = &s->open[s->n_open - 1];

	if (s->failed || s->build.status != BUILD_OK)
		return MARKDOWN_NOTHING;
	if (e->type == EVENT_LEAF)
		return s->build.tree.n_nodes - 1;
	return top->by == OPEN_MARKDOWN && top->event_depth == s->event_depth && top->node != TREE_NONE
		       ? top->node
		       : MARKDOWN_NOTHING;
}

size_t markdown_add(struct markdown *m, const struct event *e)
{
	if (m->tree) {
		structure_event(m->tree, e);
		return node_of(m->tree, e);
	}
	struct event *copy = events_add(m->out, (enum event_type)e->type, (enum node_kind)e->kind, e->from, e->to);
	if (!copy)
		return MARKDOWN_NOTHING;
	*copy = *e;
	return m->out->n - 1;
}

void markdown_close(struct markdown *m, enum node_kind kind, uint32_t from, uint32_t to)
{
	const struct event e = { .type = EVENT_CLOSE, .kind = (uint8_t)kind, .from = from, .to = to };

	markdown_add(m, &e);
}

void markdown_set_end(struct markdown *m, size_t block, uint32_t to)
{
	if (block != MARKDOWN_NOTHING && !m->tree)
		m->out->items[block].to = to;
}

static uint8_t *flags_of(struct markdown *m, size_t block)
{
	return m->tree ? &tree_node(&m->tree->build, (uint32_t)block)->flags : &m->out->items[block].flags;
}

void markdown_add_flags(struct markdown *m, size_t block, uint8_t flags)
{
	if (block != MARKDOWN_NOTHING)
		*flags_of(m, block) |= flags;
}

void markdown_remove_flags(struct markdown *m, size_t block, uint8_t flags)
{
	if (block != MARKDOWN_NOTHING)
		*flags_of(m, block) &= (uint8_t)~flags;
}

/*
 * Lists for a node are gathered until the end: a class may have to be joined, again and again.  Until then
 * the node tells, in the place of its attributes, which entry is its own.
 */
static struct event *gathered(struct markdown *m, uint32_t index)
{
	struct node *node = tree_node(&m->tree->build, index);

	if (node->n_attr == 0 && node->attr > 0)
		return &m->gathered[node->attr - 1].attributes;
	if (m->n_gathered == m->cap_gathered) {
		struct markdown_gathered *grown = arena_grow(m->arena, m->gathered, &m->cap_gathered, m->n_gathered + 1,
							     sizeof *grown);
		if (!grown)
			return NULL;
		m->gathered = grown;
	}
	struct markdown_gathered *g = &m->gathered[m->n_gathered];
	*g = (struct markdown_gathered){ .node = index };
	node->attr = (uint32_t)++m->n_gathered;
	return &g->attributes;
}

struct event *markdown_attributes_of(struct markdown *m, size_t block)
{
	struct event *e;

	if (block == MARKDOWN_NOTHING)
		return NULL;
	e = m->tree ? gathered(m, (uint32_t)block) : &m->out->items[block];
	if (!e)
		m->failed = true;
	return e;
}

void markdown_settle_attributes(struct markdown *m)
{
	for (size_t i = 0; i < m->n_gathered; i++) {
		struct tree_build *b = &m->tree->build;
		const struct markdown_gathered *g = &m->gathered[i];
		struct node *node = tree_node(b, g->node);
		if (!node || node->attr != i + 1) /* an empty paragraph that went again */
			continue;
		node->attr = 0;
		for (const struct event_attr *a = g->attributes.attrs; a; a = a->next)
			tree_add_attr(b, g->node, a->key, a->value);
	}
}

void markdown_add_inlines(struct markdown *m, struct events *list)
{
	for (size_t i = 0; i < list->n && !markdown_failed(m); i++) {
		struct event *e = &list->items[i];
		if (e->type == EVENT_MARK)
			markdown_settle_mark(m->prep, e);
		markdown_add(m, e);
	}
	m->failed = m->failed || list->failed;
}

struct events *markdown_list(struct markdown *m)
{
	struct events *list;

	if (m->n_lists < MARKDOWN_LISTS) {
		list = &m->lists[m->n_lists++];
		if (!list->arena)
			events_init(list, m->arena);
		list->n = 0;
		list->joined = NULL;
		return list;
	}
	list = arena_alloc(m->arena, sizeof *list);
	if (list)
		events_init(list, m->arena);
	else
		m->failed = true;
	return list;
}

void markdown_list_done(struct markdown *m, struct events *list)
{
	if (list && list->failed)
		m->failed = true;
	if (list >= m->lists && list < m->lists + MARKDOWN_LISTS)
		m->n_lists--;
}
