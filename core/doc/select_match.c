/*
 * select_match.c - searches: a compiled selector asked for one node after
 * the other.
 *
 * What is learnt on the way holds for one search of one subtree; a search
 * that begins anew forgets it, for the tree may be another at the same place.
 */
#include "doc/select_private.h"

/* Between two calls of the watch. */
#define WATCH_EVERY 256

bool select_stop(struct selector *s)
{
	s->stopped = true;
	return false;
}

bool select_spend(struct selector *s, size_t work)
{
	s->work += work;
	s->unseen += work;
	if (s->unseen >= WATCH_EVERY) {
		work = s->unseen;
		s->unseen = 0;
		if (s->watch && !s->watch(s->user, work))
			return select_stop(s);
	}
	return !s->stopped;
}

void selector_set_watch(struct selector *s, selector_watch *watch, void *user)
{
	s->watch = watch;
	s->user = user;
}

uint64_t selector_work(const struct selector *s)
{
	return s->work;
}

bool selector_matched_section(const struct selector *s)
{
	return s->matched_section;
}

static void search_begin(struct selector *s, const struct tree *t, uint32_t root, uint32_t scope)
{
	s->tree = t;
	s->nodes = t->nodes;
	s->root = root;
	s->end = t->nodes[root].end;
	s->scope = scope;
	s->at = TREE_NONE;
	s->search++;
	s->stopped = false;
	s->sections.n = 0;
	s->ahead.lo = s->ahead.hi = 0;
	for (size_t i = 0; i < N_PROGRAMS; i++)
		s->walks[i].n = 0;
	for (size_t i = 0; i < s->n_texts; i++)
		s->texts[i].lo = s->texts[i].hi = 0;
}

/* Does the node the walk stands at match, itself or as a section? */
static bool is_match(struct selector *s, const struct select_walk *w)
{
	const uint64_t *section = walk_section_bits(s, w);

	s->matched_section = section && list_holds(&s->ends, section);
	return list_holds(&s->ends, walk_bits(w)) || s->matched_section;
}

bool selector_matches(struct selector *s, const struct tree *t, uint32_t node)
{
	struct select_walk *w = &s->walks[PROGRAM_MAIN];
	const uint64_t *bits;

	if (node >= t->n_nodes)
		return false;
	search_begin(s, t, node, 0);
	s->matched_section = false;
	if (w->program->has_relations)
		return walk_seek(s, w, node) && is_match(s, w) && !s->stopped;
	bits = walk_alone(s, w, node);
	return bits && list_holds(&s->ends, bits) && !s->stopped;
}

static uint32_t next_alone(struct selector *s, uint32_t from)
{
	struct select_walk *w = &s->walks[PROGRAM_MAIN];
	const struct select_program *p = w->program;

	s->matched_section = false;
	for (uint32_t i = from; i < s->end; i++) {
		const uint64_t *bits;
		if (p->n_words == 1 && !p->by_kind[s->nodes[i].kind][0]) {
			if (!select_spend(s, 1))
				return TREE_NONE;
			continue;
		}
		bits = walk_alone(s, w, i);
		if (!bits)
			return TREE_NONE;
		if (list_holds(&s->ends, bits))
			return i;
	}
	return TREE_NONE;
}

static uint32_t next_on_walk(struct selector *s, uint32_t after)
{
	struct select_walk *w = &s->walks[PROGRAM_MAIN];

	if ((w->n == 0 || w->at != after) && !walk_seek(s, w, after))
		return TREE_NONE;
	for (uint32_t i = after + 1; i < s->end; i++) {
		if (!walk_step(s, w, i))
			return TREE_NONE;
		if (is_match(s, w))
			return i;
	}
	return TREE_NONE;
}

uint32_t selector_next(struct selector *s, const struct tree *t, uint32_t root, uint32_t after)
{
	uint32_t found;

	if (root >= t->n_nodes || after >= t->n_nodes)
		return TREE_NONE;
	if (after == root || s->tree != t || s->nodes != t->nodes || s->root != root || s->scope != root ||
	    s->at != after)
		search_begin(s, t, root, root);
	if (s->walks[PROGRAM_MAIN].program->has_relations)
		found = next_on_walk(s, after);
	else
		found = next_alone(s, after + 1);
	s->at = s->stopped ? TREE_NONE : found;
	return s->at;
}
