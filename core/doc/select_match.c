/*
 * select_match.c - compiled selectors run over a tree.
 *
 * All compounds are followed at once, from the document down: what a node
 * matches depends on its parent, its ancestors, its earlier siblings and the sibling
 * before it, one bit a compound each.  So nothing is ever tried twice, and a
 * whole tree is searched in time linear in its nodes.
 */
#include "doc/select_private.h"

/* ------------------------------------------------------------------ values */

static bool letters_equal(const char *a, const char *b, size_t n, bool nocase)
{
	struct str x = { a, n }, y = { b, n };

	return nocase ? str_eq_nocase(x, y) : str_eq(x, y);
}

static bool text_equal(struct str a, struct str b, bool nocase)
{
	return a.n == b.n && letters_equal(a.p, b.p, a.n, nocase);
}

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static bool contains_nocase(struct str s, struct str part)
{
	for (size_t i = 0; i + part.n <= s.n; i++) {
		if (lower(s.p[i]) == lower(part.p[0]) && letters_equal(s.p + i, part.p, part.n, true))
			return true;
	}
	return false;
}

static bool contains(struct str s, struct str part, bool nocase)
{
	if (part.n > s.n)
		return false;
	return nocase ? contains_nocase(s, part) : memmem(s.p, s.n, part.p, part.n) != NULL;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* One of the words of s. */
static bool has_word(struct str s, struct str word, bool nocase)
{
	size_t i = 0, from;

	while (i < s.n) {
		while (i < s.n && is_space(s.p[i]))
			i++;
		for (from = i; i < s.n && !is_space(s.p[i]);)
			i++;
		if (i > from && text_equal((struct str){ s.p + from, i - from }, word, nocase))
			return true;
	}
	return false;
}

static bool string_matches(const struct select_test *t, struct str s)
{
	struct str v = t->value;

	switch (t->op) {
	case OP_PRESENT:
		return true;
	case OP_EQUAL:
		return text_equal(s, v, t->nocase);
	case OP_WORD:
		return has_word(s, v, t->nocase);
	case OP_DASH:
		return s.n >= v.n && letters_equal(s.p, v.p, v.n, t->nocase) && (s.n == v.n || s.p[v.n] == '-');
	case OP_PREFIX:
		return v.n && s.n >= v.n && letters_equal(s.p, v.p, v.n, t->nocase);
	case OP_SUFFIX:
		return v.n && s.n >= v.n && letters_equal(s.p + s.n - v.n, v.p, v.n, t->nocase);
	case OP_INSIDE:
		return v.n && contains(s, v, t->nocase);
	default:
		return false;
	}
}

static bool number_compares(const struct select_test *t, int64_t n)
{
	switch (t->op) {
	case OP_LESS:
		return n < t->number;
	case OP_LESS_EQUAL:
		return n <= t->number;
	case OP_MORE:
		return n > t->number;
	default:
		return n >= t->number;
	}
}

static struct str integer_write(int64_t i, char out[24])
{
	uint64_t rest = i < 0 ? 0 - (uint64_t)i : (uint64_t)i;
	size_t at = 24;

	do {
		out[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (i < 0)
		out[--at] = '-';
	return (struct str){ out + at, 24 - at };
}

/* ------------------------------------------------------------------- tests */

static bool integer_matches(const struct select_test *t, int64_t i)
{
	char digits[24];

	return t->op >= OP_LESS ? number_compares(t, i) : string_matches(t, integer_write(i, digits));
}

static bool attribute_matches(const struct select_test *t, struct str s)
{
	int64_t i;

	if (!s.p)
		return false;
	return t->op >= OP_LESS ? select_integer(s, &i) && number_compares(t, i) : string_matches(t, s);
}

/* A field where the kind has it, else an attribute. A boolean is present when it is true. */
static bool field_matches(const struct select_test *t, const struct tree *tree, uint32_t node)
{
	struct field f = tree_field(tree, node, t->name);

	switch (f.type) {
	case FIELD_BOOL:
		return t->op == OP_PRESENT ? f.boolean
					   : string_matches(t, f.boolean ? STR_LIT("true") : STR_LIT("false"));
	case FIELD_INT:
		return integer_matches(t, f.integer);
	case FIELD_STRING:
	case FIELD_ALIGNS:
		return attribute_matches(t, f.string);
	default:
		return attribute_matches(t, tree_attr(tree, node, t->name));
	}
}

static bool test_matches(const struct select_test *t, const struct tree *tree, uint32_t node)
{
	struct str s;

	switch (t->type) {
	case TEST_FIELD:
		return field_matches(t, tree, node);
	case TEST_ID:
		s = tree_attr(tree, node, STR_LIT("id"));
		return s.p && str_eq(s, t->value);
	case TEST_CLASS:
		s = tree_attr(tree, node, STR_LIT("class"));
		return s.p && has_word(s, t->value, false);
	case TEST_FIRST:
		return tree_parent(tree, node) != TREE_NONE && tree_prev(tree, node) == TREE_NONE;
	case TEST_LAST:
		return tree_parent(tree, node) != TREE_NONE && tree_next(tree, node) == TREE_NONE;
	default:
		return t->kind == 0 || t->kind == tree->nodes[node].kind;
	}
}

/* Tests of one :not() stand together: it fails when all of them hold. */
static bool compound_matches(const struct selector *s, const struct select_compound *c, const struct tree *tree,
			     uint32_t node)
{
	const struct select_test *t = s->tests + c->first_test, *end = t + c->n_tests;

	if (c->kind && c->kind != tree->nodes[node].kind)
		return false;
	while (t < end) {
		uint32_t negation = t->negation;
		bool all = true;
		do {
			all = all && test_matches(t, tree, node);
			t++;
		} while (negation && t < end && t->negation == negation);
		if (all == (negation != 0))
			return false;
	}
	return true;
}

/* ------------------------------------------------------------- all at once */

static size_t n_words(const struct selector *s)
{
	return (s->n_compounds + 63) / 64;
}

/* Adds to `to`: the compounds after those in `from` that are joined by this combinator. */
static void follow(const struct selector *s, enum select_combinator c, const struct select_bits *from,
		   struct select_bits *to)
{
	uint64_t carry = 0;

	for (size_t i = 0; i < n_words(s); i++) {
		to->word[i] |= (from->word[i] << 1 | carry) & s->by[c].word[i];
		carry = from->word[i] >> 63;
	}
}

/* Of the compounds whose left side is satisfied, those that match the node itself. */
static struct select_bits keep_matching(const struct selector *s, struct select_bits candidates, const struct tree *t,
					uint32_t node)
{
	for (size_t i = 0; i < n_words(s); i++) {
		uint64_t rest = candidates.word[i];
		while (rest) {
			size_t bit = (size_t)__builtin_ctzll(rest);
			rest &= rest - 1;
			if (!compound_matches(s, &s->compounds[i * 64 + bit], t, node))
				candidates.word[i] &= ~(UINT64_C(1) << bit);
		}
	}
	return candidates;
}

static bool bits_meet(const struct selector *s, const struct select_bits *a, const struct select_bits *b)
{
	for (size_t i = 0; i < n_words(s); i++) {
		if (a->word[i] & b->word[i])
			return true;
	}
	return false;
}

/*
 * Puts the node on level depth, where its earlier sibling still stands when
 * it has one.  False when memory is refused.
 */
static bool visit(const struct selector *s, const struct tree *t, uint32_t node, size_t depth)
{
	struct select_state *state = s->state;
	struct select_level *levels = arena_grow(s->arena, state->levels, &state->cap, depth + 1, sizeof(*levels));
	struct select_bits bits = s->begins;
	struct select_level *here, *parent;
	bool first = tree_prev(t, node) == TREE_NONE;

	if (!levels)
		return false;
	state->levels = levels;
	state->n = depth + 1;
	here = &levels[depth];
	parent = depth ? here - 1 : NULL;
	if (parent) {
		follow(s, COMBINE_DESCENDANT, &parent->above, &bits);
		follow(s, COMBINE_CHILD, &parent->self, &bits);
	}
	if (!first && s->has_siblings) {
		follow(s, COMBINE_NEXT, &here->self, &bits);
		follow(s, COMBINE_LATER, &here->earlier, &bits);
	}
	here->node = node;
	here->self = keep_matching(s, bits, t, node);
	for (size_t i = 0; i < n_words(s); i++) {
		here->above.word[i] = here->self.word[i] | (parent ? parent->above.word[i] : 0);
		here->earlier.word[i] = here->self.word[i] | (first ? 0 : here->earlier.word[i]);
	}
	return true;
}

/* Visits the path from the document to node, and the earlier siblings on it where the selector looks at them. */
static bool seek(const struct selector *s, const struct tree *t, uint32_t node)
{
	struct select_state *state = s->state;
	size_t depth = 0;
	uint32_t i;

	for (i = node; tree_parent(t, i) != TREE_NONE; i = tree_parent(t, i))
		depth++;
	state->levels = arena_grow(s->arena, state->levels, &state->cap, depth + 1, sizeof(*state->levels));
	if (!state->levels) {
		*state = (struct select_state){ 0 };
		return false;
	}
	for (i = node; i != TREE_NONE; i = tree_parent(t, i))
		state->levels[depth--].node = i;
	for (depth = 0; depth == 0 || state->levels[depth - 1].node != node; depth++) {
		uint32_t on_path = state->levels[depth].node;
		i = s->has_siblings && depth ? tree_first(t, tree_parent(t, on_path)) : on_path;
		for (; i < on_path; i = tree_next(t, i)) {
			if (!visit(s, t, i, depth))
				return false;
		}
		if (!visit(s, t, on_path, depth))
			return false;
	}
	state->nodes = t->nodes;
	return true;
}

/* From the node visited last to the one after it in document order. */
static bool step(const struct selector *s, const struct tree *t, uint32_t node)
{
	const struct select_state *state = s->state;
	uint32_t parent = tree_parent(t, node);
	size_t depth = state->n;

	while (depth > 0 && state->levels[depth - 1].node != parent)
		depth--;
	return visit(s, t, node, depth);
}

bool selector_matches(const struct selector *s, const struct tree *t, uint32_t node)
{
	struct select_bits bits;

	if (node >= t->n_nodes)
		return false;
	if (!s->has_combinators) {
		bits = keep_matching(s, s->begins, t, node);
		return bits_meet(s, &bits, &s->ends);
	}
	if (!seek(s, t, node))
		return false;
	return bits_meet(s, &s->state->levels[s->state->n - 1].self, &s->ends);
}

static uint32_t next_simple(const struct selector *s, const struct tree *t, uint32_t from, uint32_t end)
{
	for (uint32_t i = from; i < end; i++) {
		struct select_bits bits = keep_matching(s, s->begins, t, i);
		if (bits_meet(s, &bits, &s->ends))
			return i;
	}
	return TREE_NONE;
}

/* Does the state stand at node? A search that begins anew never trusts it: the tree may be another at the same place. */
static bool stands_at(const struct selector *s, const struct tree *t, uint32_t node)
{
	const struct select_state *state = s->state;

	return state->n && state->nodes == t->nodes && state->levels[state->n - 1].node == node;
}

uint32_t selector_next(const struct selector *s, const struct tree *t, uint32_t root, uint32_t after)
{
	uint32_t end;

	if (root >= t->n_nodes || after >= t->n_nodes)
		return TREE_NONE;
	end = t->nodes[root].end;
	if (!s->has_combinators)
		return next_simple(s, t, after + 1, end);
	if ((after == root || !stands_at(s, t, after)) && !seek(s, t, after))
		return TREE_NONE;
	for (uint32_t i = after + 1; i < end; i++) {
		if (!step(s, t, i))
			return TREE_NONE;
		if (bits_meet(s, &s->state->levels[s->state->n - 1].self, &s->ends))
			return i;
	}
	return TREE_NONE;
}
