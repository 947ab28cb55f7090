/*
 * select_section.c - the sections that headings begin: how they lie in each
 * other, found for all headings of one parent at a time.
 */
#include "doc/select_private.h"

uint32_t section_level(const struct tree *t, uint32_t heading)
{
	const int32_t level = t->nodes[heading].number;

	return (uint32_t)(level < 1 ? 1 : level > SELECT_SECTIONS ? SELECT_SECTIONS : level);
}

uint32_t selector_section_end(const struct tree *t, uint32_t heading)
{
	uint32_t i = tree_next(t, heading);

	while (i != TREE_NONE &&
	       !(t->nodes[i].kind == NODE_HEADING && section_level(t, i) <= section_level(t, heading)))
		i = tree_next(t, i);
	return i != TREE_NONE                         ? i
	       : tree_parent(t, heading) == TREE_NONE ? t->n_nodes
						      : t->nodes[tree_parent(t, heading)].end;
}

static bool add_section(struct selector *s, uint32_t heading, uint32_t end)
{
	struct select_sections *all = &s->sections;
	struct select_section *items = arena_grow(s->arena, all->items, &all->cap, all->n + 1, sizeof(*items));

	if (!items)
		return select_stop(s);
	all->items = items;
	items[all->n] = (struct select_section){ heading, end, SELECT_NONE, SELECT_NONE, 1, 1 };
	all->by_node[heading] = (struct section_entry){ s->search, (uint32_t)all->n };
	all->n++;
	return true;
}

/* Those still open when the heading comes; ends those of its level and below it. */
struct open_sections {
	uint32_t number[SELECT_SECTIONS];
	uint32_t level[SELECT_SECTIONS];
	size_t n;
};

static void place_section(struct select_sections *all, struct open_sections *open, uint32_t number, uint32_t level)
{
	struct select_section *section = &all->items[number];
	uint32_t before = SELECT_NONE;

	while (open->n && open->level[open->n - 1] >= level) {
		before = open->number[--open->n];
		all->items[before].end = section->node;
	}
	if (before != SELECT_NONE) {
		all->items[before].next = number;
		section->index = all->items[before].index + 1;
	}
	if (open->n)
		section->parent = open->number[open->n - 1];
	open->number[open->n] = number;
	open->level[open->n++] = level;
}

static bool find_sections(struct selector *s, uint32_t parent)
{
	const struct tree *t = s->tree;
	struct select_sections *all = &s->sections;
	struct open_sections open = { .n = 0 };
	const size_t first = all->n;

	for (uint32_t i = tree_first(t, parent); i != TREE_NONE; i = tree_next(t, i)) {
		if (!select_spend(s, 1))
			return false;
		if (t->nodes[i].kind != NODE_HEADING)
			continue;
		if (!add_section(s, i, t->nodes[parent].end))
			return false;
		place_section(all, &open, (uint32_t)all->n - 1, section_level(t, i));
	}
	for (size_t i = all->n; i-- > first;) {
		if (all->items[i].next != SELECT_NONE)
			all->items[i].from_end = all->items[all->items[i].next].from_end + 1;
	}
	return true;
}

/* Room for an entry a node; old ones are of other searches, new ones of search 0, which there is none of. */
static bool reserve_nodes(struct selector *s)
{
	struct select_sections *all = &s->sections;
	const size_t had = all->cap_nodes;
	struct section_entry *entries = arena_grow(s->arena, all->by_node, &all->cap_nodes, s->tree->n_nodes,
						   sizeof(*entries));

	if (!entries)
		return select_stop(s);
	all->by_node = entries;
	memset(entries + had, 0, (all->cap_nodes - had) * sizeof(*entries));
	return true;
}

uint32_t section_number(struct selector *s, uint32_t heading)
{
	const uint32_t parent = tree_parent(s->tree, heading);
	const struct section_entry *entry;

	if (!reserve_nodes(s))
		return SELECT_NONE;
	entry = &s->sections.by_node[heading];
	if (entry->search == s->search)
		return entry->number;
	if (parent == TREE_NONE || !find_sections(s, parent))
		return SELECT_NONE;
	return entry->number;
}
