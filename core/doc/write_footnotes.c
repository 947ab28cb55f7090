/*
 * write_footnotes.c - footnotes numbered as they are referred to.
 *
 * Body first, then the notes in their order, for notes may refer to further
 * notes.  Serves the HTML and text writers.
 */
#include "doc/write_footnotes.h"

static bool places_collect(struct footnotes *f, const struct tree *t, uint32_t node)
{
	for (uint32_t i = node; i < t->nodes[node].end; i++) {
		struct str label = tree_str(t, t->nodes[i].text);
		if (t->nodes[i].kind != NODE_FOOTNOTE_DEFINITION || !label.p || value_get(&f->places, label))
			continue;
		if (!value_set(&f->arena, &f->places, label, value_int(i)))
			return false;
	}
	return true;
}

static bool reference_count(struct footnotes *f, struct str label)
{
	const struct value *place = value_get(&f->places, label);
	size_t number = footnote_number(f, label);
	struct footnote *items;

	if (!place)
		return true;
	if (number == 0) {
		items = arena_grow(&f->arena, f->items, &f->cap, f->n + 1, sizeof(*items));
		if (!items)
			return false;
		f->items = items;
		f->items[f->n++] = (struct footnote){ .definition = (uint32_t)place->as.integer };
		number = f->n;
		if (!value_set(&f->arena, &f->numbers, label, value_int((int64_t)number)))
			return false;
	}
	f->items[number - 1].references++;
	return true;
}

/* References below root, not those inside other definitions. */
static bool references_collect(struct footnotes *f, const struct tree *t, uint32_t root)
{
	uint32_t i = root;

	while (i < t->nodes[root].end) {
		const struct node *n = &t->nodes[i];
		if (n->kind == NODE_FOOTNOTE_DEFINITION && i != root) {
			i = n->end;
			continue;
		}
		if (n->kind == NODE_FOOTNOTE_REFERENCE && !reference_count(f, tree_str(t, n->text)))
			return false;
		i++;
	}
	return true;
}

bool footnotes_collect(struct footnotes *f, const struct alloc *heap, const struct tree *t, uint32_t node)
{
	*f = (struct footnotes){ .numbers = value_map(), .places = value_map() };
	arena_init(&f->arena, heap, 0);
	if (!places_collect(f, t, node) || !references_collect(f, t, node))
		return false;
	for (size_t i = 0; i < f->n; i++) {
		if (f->items[i].definition != node && !references_collect(f, t, f->items[i].definition))
			return false;
	}
	return true;
}

void footnotes_release(struct footnotes *f)
{
	arena_release(&f->arena);
}

size_t footnote_number(const struct footnotes *f, struct str label)
{
	const struct value *v = value_get(&f->numbers, label);

	return v ? (size_t)v->as.integer : 0;
}
