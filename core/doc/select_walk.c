/*
 * select_walk.c - a program followed from the document down, node by node.
 *
 * What a node matches depends on its parent, its ancestors, its earlier
 * siblings and the one right before it, one bit a compound each; those of the path to the
 * node visited last are kept.  So nothing is ever tried twice, and a whole
 * tree is walked in time linear in its nodes.
 */
#include "doc/select_private.h"

/* What one level holds, in this order: marks, counts of kinds, sections. */
struct walk_level {
	uint32_t node;
	uint32_t index, total; /* among its siblings; total only when counted */
	uint16_t n_sections;   /* that the node is in, of this parent's */
	bool counted;
};

struct level_section {
	uint32_t node, level;
};

/* Earlier siblings and itself by kind; all siblings once counted. */
struct kind_counts {
	uint32_t index[NODE_KIND_LIMIT], total[NODE_KIND_LIMIT];
};

/* What stands around an element: its parents (a node has its parent, and the section it is in), ... */
struct surroundings {
	const uint64_t *parents[2], *above[2];
	const uint64_t *before, *earlier;
};

/* ------------------------------------------------------------------- layout */

static size_t marks_size(const struct select_program *p)
{
	return 3 * p->n_words * sizeof(uint64_t) + (p->n_counters + 1) / 2 * 2 * sizeof(uint32_t);
}

static size_t kinds_size(const struct select_program *p)
{
	return p->counts_kinds ? sizeof(struct kind_counts) : 0;
}

size_t walk_level_size(const struct select_program *p, bool sections)
{
	const size_t section = sizeof(struct level_section) + marks_size(p);

	return sizeof(struct walk_level) + marks_size(p) + kinds_size(p) + (sections ? SELECT_SECTIONS * section : 0);
}

static struct walk_level *level_at(const struct select_walk *w, size_t depth)
{
	return (struct walk_level *)(void *)(w->levels + depth * w->program->level_size);
}

static struct select_marks marks_at(const struct select_program *p, void *at)
{
	uint64_t *bits = at;

	return (struct select_marks){ bits, bits + p->n_words, bits + 2 * p->n_words,
				      (uint32_t *)(bits + 3 * p->n_words) };
}

static struct select_marks level_marks(const struct select_program *p, struct walk_level *level)
{
	return marks_at(p, level + 1);
}

static struct kind_counts *level_kinds(const struct select_program *p, struct walk_level *level)
{
	return (struct kind_counts *)(void *)((char *)(level + 1) + marks_size(p));
}

static struct level_section *level_section(const struct select_program *p, struct walk_level *level, size_t i)
{
	char *first = (char *)(level + 1) + marks_size(p) + kinds_size(p);

	return (struct level_section *)(void *)(first + i * (sizeof(struct level_section) + marks_size(p)));
}

/* ------------------------------------------------------------------ counting */

/* Once a parent, and only where a test asks. */
static bool count_siblings(struct selector *s, const struct select_program *p, struct walk_level *level)
{
	const struct tree *t = s->tree;
	const uint32_t parent = tree_parent(t, level->node);
	struct kind_counts *kinds = p->counts_kinds ? level_kinds(p, level) : NULL;

	level->total = 0;
	if (kinds)
		memset(kinds->total, 0, sizeof(kinds->total));
	for (uint32_t i = parent == TREE_NONE ? level->node : tree_first(t, parent); i != TREE_NONE;
	     i = tree_next(t, i)) {
		if (!select_spend(s, 1))
			return false;
		level->total++;
		if (kinds)
			kinds->total[t->nodes[i].kind]++;
	}
	level->counted = true;
	return true;
}

static int64_t section_index(const struct selector *s, const struct select_test *t, uint32_t number)
{
	const struct select_section *section = &s->sections.items[number];

	return t->from_end ? section->from_end : section->index;
}

int64_t walk_index(struct selector *s, const struct select_test *t, const struct select_element *e)
{
	struct walk_level *level = (struct walk_level *)(void *)e->level;
	const struct kind_counts *kinds;

	if (t->counts)
		return list_holds(&t->list, e->bits) ? (int64_t)e->counters[t->counter] + 1 : 0;
	if (e->section != SELECT_NONE)
		return section_index(s, t, e->section);
	if (t->from_end && !level->counted && !count_siblings(s, e->program, level))
		return 0;
	if (!t->of_type)
		return t->from_end ? (int64_t)level->total - level->index + 1 : level->index;
	kinds = level_kinds(e->program, level);
	return t->from_end ? (int64_t)kinds->total[e->kind] - kinds->index[e->kind] + 1 : kinds->index[e->kind];
}

/* ------------------------------------------------------------------ elements */

static bool any_bit(const uint64_t *const bits[2], uint32_t i)
{
	return (bits[0] && select_bit(bits[0], i)) || (bits[1] && select_bit(bits[1], i));
}

static bool is_joined(const struct select_compound *c, const struct surroundings *around)
{
	switch (c->combinator) {
	case COMBINE_DESCENDANT:
		return any_bit(around->above, c->left);
	case COMBINE_CHILD:
		return any_bit(around->parents, c->left);
	case COMBINE_NEXT:
		return around->before && select_bit(around->before, c->left);
	case COMBINE_LATER:
		return around->earlier && select_bit(around->earlier, c->left);
	default:
		return true;
	}
}

static bool compound_holds(struct selector *s, const struct select_compound *c, const struct select_element *e)
{
	for (const struct select_test *t = c->tests; t; t = t->next) {
		if (!test_matches(s, t, e))
			return false;
	}
	return true;
}

/* Into bits, which e->bits points at: the compounds that the element ends. */
static bool try_element(struct selector *s, const struct select_element *e, const struct surroundings *around,
			uint64_t *bits)
{
	const struct select_program *p = e->program;
	size_t tried = 1;

	memset(bits, 0, p->n_words * sizeof(*bits));
	for (size_t i = 0; i < p->n_words; i++) {
		for (uint64_t rest = p->by_kind[e->kind][i]; rest; rest &= rest - 1) {
			const size_t number = i * 64 + (size_t)__builtin_ctzll(rest);
			const struct select_compound *c = &p->compounds[number];
			tried++;
			if (is_joined(c, around) && compound_holds(s, c, e))
				select_bit_set(bits, number);
		}
	}
	return select_spend(s, tried);
}

/* The marks of an element in the place of its earlier sibling's. */
static void keep_marks(const struct select_program *p, struct select_marks *m, const uint64_t *bits,
		       const uint64_t *above, bool first)
{
	const size_t size = p->n_words * sizeof(uint64_t);

	memcpy(m->self, bits, size);
	memcpy(m->above, bits, size);
	if (above)
		select_bits_add(m->above, above, p->n_words);
	if (first)
		memset(m->earlier, 0, size);
	select_bits_add(m->earlier, bits, p->n_words);
	for (size_t i = 0; i < p->n_counters; i++)
		m->counters[i] += list_holds(&p->counters[i]->list, bits);
}

/* ------------------------------------------------------------------ sections */

/* The heading at this level begins a section and ends others: the last of those is its earlier sibling. */
static bool visit_section(struct selector *s, struct select_walk *w, size_t depth)
{
	const struct select_program *p = w->program;
	struct walk_level *level = level_at(w, depth);
	struct select_element e = { .node = level->node, .kind = SELECT_SECTION, .program = p, .bits = w->fresh };
	const uint32_t rank = section_level(s->tree, level->node);
	struct surroundings around = { 0 };
	struct level_section *here;
	struct select_marks m, parent;
	size_t at = level->n_sections;
	bool first;

	e.section = section_number(s, e.node);
	if (e.section == SELECT_NONE)
		return false;
	while (at > 0 && level_section(p, level, at - 1)->level >= rank)
		at--;
	first = at == level->n_sections;
	here = level_section(p, level, at);
	m = marks_at(p, here + 1);
	if (first)
		memset(m.counters, 0, p->n_counters * sizeof(*m.counters));
	parent = at ? marks_at(p, level_section(p, level, at - 1) + 1) : level_marks(p, level_at(w, depth - 1));
	around.parents[0] = parent.self;
	around.above[0] = parent.above;
	around.before = first ? NULL : m.self;
	around.earlier = first ? NULL : m.earlier;
	e.counters = m.counters;
	if (!try_element(s, &e, &around, w->fresh))
		return false;
	*here = (struct level_section){ e.node, rank };
	keep_marks(p, &m, w->fresh, parent.above, first);
	level->n_sections = (uint16_t)(at + 1);
	return true;
}

/* --------------------------------------------------------------------- nodes */

/* Puts the node in the place of its earlier sibling, if there is one. */
static void enter_level(struct select_walk *w, const struct tree *t, uint32_t node, size_t depth)
{
	const struct select_program *p = w->program;
	struct walk_level *level = level_at(w, depth);
	struct kind_counts *kinds = p->counts_kinds ? level_kinds(p, level) : NULL;

	if (tree_prev(t, node) == TREE_NONE) {
		struct select_marks m = level_marks(p, level);
		*level = (struct walk_level){ 0 };
		memset(m.counters, 0, p->n_counters * sizeof(*m.counters));
		if (kinds)
			memset(kinds->index, 0, sizeof(kinds->index));
	}
	level->node = node;
	level->index++;
	if (kinds)
		kinds->index[t->nodes[node].kind]++;
}

static void look_around(const struct select_walk *w, size_t depth, bool first, struct surroundings *around)
{
	const struct select_program *p = w->program;
	struct walk_level *level = level_at(w, depth);
	const struct select_marks m = level_marks(p, level);

	*around = (struct surroundings){
		{ NULL, NULL }, { NULL, NULL }, first ? NULL : m.self, first ? NULL : m.earlier
	};
	if (depth > 0) {
		const struct select_marks parent = level_marks(p, level_at(w, depth - 1));
		around->parents[0] = parent.self;
		around->above[0] = parent.above;
	}
	if (level->n_sections) {
		const struct select_marks in = marks_at(p, level_section(p, level, level->n_sections - 1U) + 1);
		around->parents[1] = in.self;
		around->above[1] = in.above;
	}
}

static bool reserve_level(struct selector *s, struct select_walk *w, size_t depth)
{
	char *levels = arena_grow(s->arena, w->levels, &w->cap, depth + 1, w->program->level_size);

	if (!levels)
		return select_stop(s);
	w->levels = levels;
	return true;
}

static bool visit(struct selector *s, struct select_walk *w, uint32_t node, size_t depth)
{
	const struct select_program *p = w->program;
	const bool first = tree_prev(s->tree, node) == TREE_NONE;
	struct select_element e = {
		.node = node, .section = SELECT_NONE, .kind = s->tree->nodes[node].kind, .program = p, .bits = w->fresh
	};
	struct surroundings around;
	struct select_marks m;

	if (!reserve_level(s, w, depth))
		return false;
	w->n = depth + 1;
	enter_level(w, s->tree, node, depth);
	if (s->uses_sections && e.kind == NODE_HEADING && depth > 0 && !visit_section(s, w, depth))
		return false;
	look_around(w, depth, first, &around);
	e.level = w->levels + depth * p->level_size;
	m = level_marks(p, level_at(w, depth));
	e.counters = m.counters;
	if (!try_element(s, &e, &around, w->fresh))
		return false;
	keep_marks(p, &m, w->fresh, around.above[0], first);
	if (around.above[1])
		select_bits_add(m.above, around.above[1], p->n_words);
	w->at = node;
	return true;
}

/* -------------------------------------------------------------------- the way */

static bool visit_path(struct selector *s, struct select_walk *w, uint32_t on_path, size_t depth)
{
	const struct tree *t = s->tree;
	uint32_t i = on_path;

	if (w->program->has_siblings && depth)
		i = tree_first(t, tree_parent(t, on_path));
	for (; i < on_path; i = tree_next(t, i)) {
		if (!visit(s, w, i, depth))
			return false;
	}
	return visit(s, w, on_path, depth);
}

/* Visits the path from the document to node, and the earlier siblings on it where the program looks at them. */
bool walk_seek(struct selector *s, struct select_walk *w, uint32_t node)
{
	const struct tree *t = s->tree;
	size_t depth = 0;

	w->n = 0;
	for (uint32_t i = node; tree_parent(t, i) != TREE_NONE; i = tree_parent(t, i))
		depth++;
	if (!reserve_level(s, w, depth) || !select_spend(s, depth))
		return false;
	const size_t last = depth;
	for (uint32_t i = node; i != TREE_NONE; i = tree_parent(t, i))
		*level_at(w, depth--) = (struct walk_level){ .node = i };
	for (depth = 0; depth <= last; depth++) {
		if (!visit_path(s, w, level_at(w, depth)->node, depth))
			return false;
	}
	return true;
}

/* From the node visited last to the one after it in document order. */
bool walk_step(struct selector *s, struct select_walk *w, uint32_t node)
{
	const uint32_t parent = tree_parent(s->tree, node);
	size_t depth = w->n;

	while (depth > 0 && level_at(w, depth - 1)->node != parent)
		depth--;
	return visit(s, w, node, depth);
}

const uint64_t *walk_alone(struct selector *s, struct select_walk *w, uint32_t node)
{
	static const struct surroundings nothing = { { NULL, NULL }, { NULL, NULL }, NULL, NULL };
	const struct select_element e = { .node = node,
					  .section = SELECT_NONE,
					  .kind = s->tree->nodes[node].kind,
					  .program = w->program,
					  .bits = w->fresh };

	return try_element(s, &e, &nothing, w->fresh) ? w->fresh : NULL;
}

const uint64_t *walk_bits(const struct select_walk *w)
{
	return level_marks(w->program, level_at(w, w->n - 1)).self;
}

const uint64_t *walk_section_bits(const struct selector *s, const struct select_walk *w)
{
	struct walk_level *level = level_at(w, w->n - 1);

	if (!s->uses_sections || w->n < 2 || s->tree->nodes[level->node].kind != NODE_HEADING)
		return NULL;
	return marks_at(w->program, level_section(w->program, level, level->n_sections - 1U) + 1).self;
}
