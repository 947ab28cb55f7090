/*
 * markdown_simple_sink.c - where the blocks and inlines of markdown_simple.h
 * go: into the tree at once, or, where raw HTML is among them, into a list of
 * events first.
 *
 * For the markdown_simple*.c files, which need not know which of the two it is.
 */
#include "doc/markdown_simple_private.h"

uint32_t simple_open(struct simple *s, enum node_kind kind, uint32_t from)
{
	if (!s->out)
		return tree_open(s->build, kind, from);
	if (s->n_opened == SIMPLE_OPEN_MAX || !events_add(s->out, EVENT_OPEN, kind, from, from)) {
		s->failed = s->failed || s->out->failed;
		simple_leave_all(s);
		return TREE_NONE;
	}
	return s->opened[s->n_opened++] = (uint32_t)(s->out->n - 1);
}

void simple_close(struct simple *s, uint32_t to)
{
	if (!s->out) {
		tree_close(s->build, to);
		return;
	}
	if (s->n_opened == 0)
		return;
	struct event *open = &s->out->items[s->opened[--s->n_opened]];
	const struct event e = *open;
	open->to = to; /* HTML inside may close it before */
	events_add(s->out, EVENT_CLOSE, (enum node_kind)e.kind, e.from, to);
	s->failed = s->failed || s->out->failed;
}

uint32_t simple_leaf(struct simple *s, enum node_kind kind, uint32_t from, uint32_t to)
{
	if (!s->out)
		return tree_leaf(s->build, kind, from, to);
	s->failed = s->failed || !events_add(s->out, EVENT_LEAF, kind, from, to);
	return s->failed ? TREE_NONE : (uint32_t)(s->out->n - 1);
}

void simple_text(struct simple *s, struct str text, uint32_t from, uint32_t to)
{
	if (!s->out) {
		tree_add_text(s->build, text, from, to);
		return;
	}
	events_text(s->out, text, from, to);
	s->failed = s->failed || s->out->failed;
}

void simple_set_text(struct simple *s, uint32_t node, struct str text)
{
	if (!s->out)
		tree_set_text(s->build, node, text);
	else if (node != TREE_NONE)
		s->out->items[node].text = text;
}

void simple_set_extra(struct simple *s, uint32_t node, struct str extra)
{
	if (!s->out)
		tree_set_extra(s->build, node, extra);
	else if (node != TREE_NONE)
		s->out->items[node].extra = extra;
}

void simple_add_flags(struct simple *s, uint32_t node, uint8_t flags)
{
	struct node *in_tree = s->out ? NULL : tree_node(s->build, node);

	if (in_tree)
		in_tree->flags |= flags;
	else if (s->out && node != TREE_NONE)
		s->out->items[node].flags |= flags;
}

void simple_set_number(struct simple *s, uint32_t node, int32_t number)
{
	struct node *in_tree = s->out ? NULL : tree_node(s->build, node);

	if (in_tree)
		in_tree->number = number;
	else if (s->out && node != TREE_NONE)
		s->out->items[node].number = number;
}

void simple_set_align(struct simple *s, uint32_t node, uint8_t align)
{
	struct node *in_tree = s->out ? NULL : tree_node(s->build, node);

	if (in_tree)
		in_tree->align = align;
	else if (s->out && node != TREE_NONE)
		s->out->items[node].align = align;
}

void simple_set_attributes(struct simple *s, uint32_t node, struct event_attr *attrs)
{
	if (s->out && node != TREE_NONE)
		s->out->items[node].attrs = attrs;
	for (const struct event_attr *a = s->out ? NULL : attrs; a; a = a->next)
		tree_add_attr(s->build, node, a->key, a->value);
}

bool simple_add_html(struct simple *s, enum node_kind kind, struct str text, const char *from, const char *to)
{
	struct event *e;

	if (simple_is_in_definition(s))
		return simple_leave_block(s);
	if (!s->out)
		return simple_need_events(s);
	e = events_add(s->out, EVENT_HTML, kind, simple_offset(s, from), simple_offset(s, to));
	if (!e) {
		s->failed = true;
		return false;
	}
	e->text = text;
	e->number = (int32_t)(from - s->begin);
	e->prepared = &s->as_it_is;
	balance_add(&s->balance, text);
	return true;
}
