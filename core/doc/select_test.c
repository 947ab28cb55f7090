/*
 * select_test.c - one condition on one node or section.
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

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
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
		return v.n && needle_found(&t->needle, s);
	default:
		return false;
	}
}

static bool number_compares(const struct select_test *t, double n)
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

/* ---------------------------------------------------------- fields, attributes */

static bool integer_matches(const struct select_test *t, int64_t i)
{
	char digits[24];

	return t->op >= OP_LESS ? number_compares(t, (double)i) : string_matches(t, integer_write(i, digits));
}

static bool attribute_matches(const struct select_test *t, struct str s)
{
	double n;

	if (!s.p)
		return false;
	return t->op >= OP_LESS ? select_number(s, &n) && number_compares(t, n) : string_matches(t, s);
}

/* A field where the kind has it, else an attribute. A boolean is present when it is true. */
static bool field_matches(struct selector *s, const struct select_test *t, uint32_t node)
{
	struct field f = tree_field(s->tree, node, t->name);

	switch (f.type) {
	case FIELD_BOOL:
		return t->op == OP_PRESENT ? f.boolean
					   : string_matches(t, f.boolean ? STR_LIT("true") : STR_LIT("false"));
	case FIELD_INT:
		return integer_matches(t, f.integer);
	case FIELD_STRING:
	case FIELD_ALIGNS:
		break;
	default:
		f.string = tree_attr(s->tree, node, t->name);
	}
	return select_spend(s, f.string.n / 64) && attribute_matches(t, f.string);
}

static bool class_matches(struct selector *s, const struct select_test *t, uint32_t node)
{
	struct str all = tree_attr(s->tree, node, STR_LIT("class"));

	return all.p && select_spend(s, all.n / 64) && has_word(all, t->value, false);
}

/* ----------------------------------------------------------------- structure */

static uint32_t element_end(const struct selector *s, const struct select_element *e)
{
	return e->section == SELECT_NONE ? s->tree->nodes[e->node].end : s->sections.items[e->section].end;
}

static bool is_blank(struct selector *s, uint32_t node)
{
	const struct str text = tree_str(s->tree, s->tree->nodes[node].text);

	for (size_t i = 0; i < text.n; i++) {
		if (!is_space(text.p[i]))
			return false;
	}
	return select_spend(s, 1 + text.n / 64);
}

/* No child but blank text, and no literal of its own. */
static bool is_empty(struct selector *s, const struct select_element *e)
{
	const struct tree *t = s->tree;
	const uint32_t end = element_end(s, e);

	if (e->section != SELECT_NONE)
		return end == t->nodes[e->node].end;
	if (t->nodes[e->node].end == e->node + 1)
		return tree_field(t, e->node, STR_LIT("literal")).type == FIELD_NONE || is_blank(s, e->node);
	for (uint32_t i = e->node + 1; i < end; i++) {
		if (t->nodes[i].kind != NODE_TEXT || !is_blank(s, i))
			return false;
	}
	return true;
}

static bool is_first(struct selector *s, const struct select_element *e)
{
	if (e->section != SELECT_NONE)
		return s->sections.items[e->section].index == 1;
	return tree_prev(s->tree, e->node) == TREE_NONE;
}

static bool is_last(struct selector *s, const struct select_element *e)
{
	if (e->section != SELECT_NONE)
		return s->sections.items[e->section].from_end == 1;
	return tree_next(s->tree, e->node) == TREE_NONE;
}

bool nth_matches(struct select_nth nth, int64_t index)
{
	const int64_t steps = index - nth.offset;

	if (nth.step == 0)
		return steps == 0;
	return steps % nth.step == 0 && steps / nth.step >= 0;
}

bool list_holds(const struct select_list *list, const uint64_t *bits)
{
	for (size_t i = 0; i < list->n; i++) {
		if (select_bit(bits, list->ends[i]))
			return true;
	}
	return false;
}

/* --------------------------------------------------------------------- tests */

static bool structure_matches(struct selector *s, const struct select_test *t, const struct select_element *e)
{
	int64_t index;

	switch (t->type) {
	case TEST_ROOT:
		return e->node == 0 && e->section == SELECT_NONE;
	case TEST_SCOPE:
		return e->node == s->scope && e->section == SELECT_NONE;
	case TEST_FIRST:
		return is_first(s, e);
	case TEST_LAST:
		return is_last(s, e);
	case TEST_EMPTY:
		return is_empty(s, e);
	default:
		index = walk_index(s, t, e);
		return index > 0 && nth_matches(t->nth, index);
	}
}

bool test_matches(struct selector *s, const struct select_test *t, const struct select_element *e)
{
	struct str id;

	switch (t->type) {
	case TEST_FIELD:
		return field_matches(s, t, e->node);
	case TEST_ID:
		id = tree_attr(s->tree, e->node, STR_LIT("id"));
		return id.p && str_eq(id, t->value);
	case TEST_CLASS:
		return class_matches(s, t, e->node);
	case TEST_LIST:
		return list_holds(&t->list, e->bits) != t->negated;
	case TEST_CONTAINS:
		return text_holds(s, t, e->node, element_end(s, e));
	case TEST_AHEAD:
		return ahead_holds(s, t, e);
	default:
		return structure_matches(s, t, e);
	}
}
