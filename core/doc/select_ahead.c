/*
 * select_ahead.c - what depends on nodes further on: :has(), and
 * :nth-last-child(... of ...).
 *
 * Two passes over a range of the document, for all anchors in it at once.  The
 * first, forward, notes which compounds of the program ahead hold of each
 * node by itself; the second, backward, keeps of these the ones behind which the rest
 * of their selector follows.  An anchor is such a compound with no test of its own.
 */
#include "doc/select_private.h"

/* Of the nodes at one depth passed so far, while their parent is still to come. Arrays of bits follow. */
struct ahead_level {
	uint32_t heading; /* 1 + the number of the section passed last; 0: none */
	uint32_t reserved;
};

enum { NEXT, LATER, CHILD, DESCENDANT, RUN_CHILD, RUN_DESCENDANT, N_LEVEL_BITS };
/* Of a section. */
enum { SECTION_SELF, SECTION_LATER, SECTION_WITHIN, N_SECTION_BITS };

/* What stands behind and below an element. */
struct view {
	const uint64_t *child, *descendant, *next, *later;
	uint32_t *counters;
};

/* -------------------------------------------------------------------- layout */

static const struct select_program *program(const struct selector *s)
{
	return &s->programs[PROGRAM_AHEAD];
}

static size_t level_size(const struct select_program *p)
{
	return sizeof(struct ahead_level) + N_LEVEL_BITS * p->n_words * sizeof(uint64_t) +
	       (p->n_ahead_counters + 1) / 2 * 2 * sizeof(uint32_t);
}

static struct ahead_level *level_at(const struct selector *s, size_t depth)
{
	return (struct ahead_level *)(void *)(s->ahead.levels + depth * level_size(program(s)));
}

static uint64_t *level_bits(const struct selector *s, struct ahead_level *level, size_t which)
{
	return (uint64_t *)(void *)(level + 1) + which * program(s)->n_words;
}

static uint32_t *level_counters(const struct selector *s, struct ahead_level *level)
{
	return (uint32_t *)(void *)level_bits(s, level, N_LEVEL_BITS);
}

static uint64_t *section_bits(const struct selector *s, uint32_t number, size_t which)
{
	return s->ahead.sections + (number * (size_t)N_SECTION_BITS + which) * program(s)->n_words;
}

static uint32_t *section_counters(const struct selector *s, uint32_t number)
{
	return s->ahead.counters + number * program(s)->n_ahead_counters;
}

static uint64_t *node_bits(const struct selector *s, uint32_t node)
{
	return s->ahead.bits + (size_t)(node - s->ahead.lo) * program(s)->n_words;
}

/* Levels up to depth, those not yet in use made empty. */
static bool reserve_levels(struct selector *s, size_t depth)
{
	struct select_ahead *a = &s->ahead;
	const size_t size = level_size(program(s));
	char *levels = arena_grow(s->arena, a->levels, &a->cap_levels, depth + 1, size);

	if (!levels)
		return select_stop(s);
	a->levels = levels;
	if (a->n_levels <= depth) {
		memset(levels + a->n_levels * size, 0, (depth + 1 - a->n_levels) * size);
		a->n_levels = depth + 1;
	}
	return true;
}

/* ------------------------------------------------------------------- forward */

static bool reserve_sections(struct selector *s)
{
	const struct select_program *p = program(s);
	struct select_ahead *a = &s->ahead;
	uint64_t *bits = arena_grow(s->arena, a->sections, &a->cap_sections, s->sections.n,
				    N_SECTION_BITS * p->n_words * sizeof(*bits));
	uint32_t *counters;

	if (!bits)
		return select_stop(s);
	a->sections = bits;
	if (p->n_ahead_counters == 0)
		return true;
	counters = arena_grow(s->arena, a->counters, &a->cap_counters, s->sections.n,
			      p->n_ahead_counters * sizeof(*counters));
	if (!counters)
		return select_stop(s);
	a->counters = counters;
	return true;
}

static bool note_section(struct selector *s, const struct select_walk *w, uint32_t node)
{
	const uint64_t *bits = walk_section_bits(s, w);
	uint32_t number;

	if (!bits)
		return true;
	number = section_number(s, node);
	if (number == SELECT_NONE || !reserve_sections(s))
		return false;
	memcpy(section_bits(s, number, SECTION_SELF), bits, program(s)->n_words * sizeof(*bits));
	return true;
}

static bool look_at_node(struct selector *s, struct select_walk *w, uint32_t node)
{
	const size_t size = program(s)->n_words * sizeof(uint64_t);
	const uint64_t *bits;

	if (!program(s)->has_relations) {
		bits = walk_alone(s, w, node);
		if (bits)
			memcpy(node_bits(s, node), bits, size);
		return bits != NULL;
	}
	if (!(w->n && w->at + 1 == node ? walk_step(s, w, node) : walk_seek(s, w, node)))
		return false;
	memcpy(node_bits(s, node), walk_bits(w), size);
	return note_section(s, w, node);
}

/* ------------------------------------------------------------------ backward */

static bool follows(const struct select_compound *c, const struct view *v)
{
	switch (c->ahead) {
	case COMBINE_DESCENDANT:
		return select_bit(v->descendant, c->right);
	case COMBINE_CHILD:
		return select_bit(v->child, c->right);
	case COMBINE_NEXT:
		return v->next && select_bit(v->next, c->right);
	case COMBINE_LATER:
		return v->later && select_bit(v->later, c->right);
	case COMBINE_COUNT:
		return nth_matches(c->nth, (int64_t)++v->counters[c->counter]);
	default:
		return true;
	}
}

/* Strikes out the compounds behind which the rest does not follow. */
static bool keep_followed(struct selector *s, uint64_t *bits, const struct view *v)
{
	const struct select_program *p = program(s);
	size_t tried = 1;

	for (size_t i = 0; i < p->n_words; i++) {
		for (uint64_t rest = bits[i]; rest; rest &= rest - 1) {
			const size_t number = i * 64 + (size_t)__builtin_ctzll(rest);
			tried++;
			if (!follows(&p->compounds[number], v))
				bits[i] &= ~(UINT64_C(1) << (number % 64));
		}
	}
	return select_spend(s, tried);
}

/* What the section after this one has seen is behind this one too. */
static void begin_section(struct selector *s, uint32_t number, uint32_t next)
{
	const struct select_program *p = program(s);
	const size_t size = p->n_words * sizeof(uint64_t), counters = p->n_ahead_counters * sizeof(uint32_t);
	uint64_t *later = section_bits(s, number, SECTION_LATER), *within = section_bits(s, number, SECTION_WITHIN);

	memset(later, 0, size);
	memset(within, 0, size);
	if (counters)
		memset(section_counters(s, number), 0, counters);
	if (next == SELECT_NONE)
		return;
	memcpy(later, section_bits(s, next, SECTION_LATER), size);
	select_bits_add(later, section_bits(s, next, SECTION_SELF), p->n_words);
	memcpy(within, section_bits(s, next, SECTION_WITHIN), size);
	if (counters)
		memcpy(section_counters(s, number), section_counters(s, next), counters);
}

/*
 * The section of the heading just passed: it holds the run of nodes up to
 * the next heading, and the sections below its own level that come next.
 */
static bool look_back_section(struct selector *s, struct ahead_level *level, uint32_t heading)
{
	const size_t n = program(s)->n_words, size = n * sizeof(uint64_t);
	const uint32_t number = section_number(s, heading);
	uint64_t *child = level_bits(s, level, RUN_CHILD), *descendant = level_bits(s, level, RUN_DESCENDANT);
	const struct select_section *section = &s->sections.items[number];
	struct view v = { .child = child, .descendant = descendant };
	uint64_t *self = section_bits(s, number, SECTION_SELF), *within = section_bits(s, number, SECTION_WITHIN);

	if (level->heading && s->sections.items[level->heading - 1].parent == number) {
		select_bits_add(child, section_bits(s, level->heading - 1, SECTION_SELF), n);
		select_bits_add(child, section_bits(s, level->heading - 1, SECTION_LATER), n);
		select_bits_add(descendant, section_bits(s, level->heading - 1, SECTION_WITHIN), n);
	}
	begin_section(s, number, section->next);
	if (section->next != SELECT_NONE) {
		v.next = section_bits(s, section->next, SECTION_SELF);
		v.later = section_bits(s, number, SECTION_LATER);
	}
	v.counters = program(s)->n_ahead_counters ? section_counters(s, number) : NULL;
	if (!keep_followed(s, self, &v))
		return false;
	select_bits_add(within, self, n);
	select_bits_add(within, descendant, n);
	select_bits_add(level_bits(s, level, DESCENDANT), self, n);
	if (section->parent == SELECT_NONE)
		select_bits_add(level_bits(s, level, CHILD), self, n);
	memset(child, 0, size);
	memset(descendant, 0, size);
	level->heading = number + 1;
	return true;
}

static bool look_back_node(struct selector *s, uint32_t node, size_t depth)
{
	const size_t n = program(s)->n_words;
	struct ahead_level *level, *below;
	uint64_t *bits = node_bits(s, node), *deep;
	struct view v;

	if (!reserve_levels(s, depth + 1))
		return false;
	level = level_at(s, depth);
	below = level_at(s, depth + 1);
	deep = level_bits(s, below, DESCENDANT);
	v = (struct view){ level_bits(s, below, CHILD), deep, level_bits(s, level, NEXT), level_bits(s, level, LATER),
			   level_counters(s, level) };
	if (!keep_followed(s, bits, &v))
		return false;
	memcpy(level_bits(s, level, NEXT), bits, n * sizeof(*bits));
	select_bits_add(level_bits(s, level, LATER), bits, n);
	select_bits_add(deep, bits, n); /* itself and all in it, from here on */
	select_bits_add(level_bits(s, level, CHILD), bits, n);
	select_bits_add(level_bits(s, level, DESCENDANT), deep, n);
	select_bits_add(level_bits(s, level, RUN_CHILD), bits, n);
	select_bits_add(level_bits(s, level, RUN_DESCENDANT), deep, n);
	if (s->uses_sections && s->tree->nodes[node].kind == NODE_HEADING && node > 0 &&
	    !look_back_section(s, level, node))
		return false;
	memset(below, 0, level_size(program(s)));
	return true;
}

/* From hi down to lo. top is the parent of all that stand highest in the range. */
static bool look_back(struct selector *s, uint32_t lo, uint32_t hi, uint32_t top)
{
	uint32_t above = top; /* the parent of the node passed before */
	size_t depth = 0;     /* its depth below top */

	for (uint32_t i = hi; i-- > lo;) {
		for (uint32_t up = i; up != above; up = tree_parent(s->tree, up))
			depth++;
		if (!look_back_node(s, i, depth))
			return false;
		above = tree_parent(s->tree, i);
		depth--;
	}
	return true;
}

/* ------------------------------------------------------------------- the range */

static bool look_ahead(struct selector *s, uint32_t lo, uint32_t hi, uint32_t top)
{
	struct select_ahead *a = &s->ahead;
	struct select_walk *w = &s->walks[PROGRAM_AHEAD];
	uint64_t *bits = arena_grow(s->arena, a->bits, &a->cap_bits, hi - lo, program(s)->n_words * sizeof(*bits));

	a->hi = 0;
	if (!bits)
		return select_stop(s);
	a->bits = bits;
	a->lo = lo;
	a->n_levels = 0;
	for (uint32_t i = lo; i < hi; i++) {
		if (!look_at_node(s, w, i))
			return false;
	}
	if (!look_back(s, lo, hi, top))
		return false;
	a->hi = hi;
	return true;
}

/* Inside the subtree searched all the rest of it at once; outside, no more than the answer needs. */
static bool look_ahead_of(struct selector *s, uint32_t node)
{
	const struct tree *t = s->tree;
	const uint32_t parent = tree_parent(t, node);

	if (node > s->root && node < s->end)
		return look_ahead(s, node, s->end, s->root);
	if (!program(s)->looks_aside)
		return look_ahead(s, node, t->nodes[node].end, parent);
	return look_ahead(s, node, parent == TREE_NONE ? t->n_nodes : t->nodes[parent].end, parent);
}

bool ahead_holds(struct selector *s, const struct select_test *t, const struct select_element *e)
{
	const struct select_ahead *a = &s->ahead;

	if ((e->node < a->lo || e->node >= a->hi) && !look_ahead_of(s, e->node))
		return false;
	return list_holds(&t->list, e->section == SELECT_NONE ? node_bits(s, e->node)
							      : section_bits(s, e->section, SECTION_SELF));
}
