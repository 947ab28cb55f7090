/*
 * schema_check.c - a value held to a schema: goes down both at once, into
 * items and properties, and collects what is wrong.  Recursion, work and the
 * number of complaints are bounded whatever schema and value are.
 */
#include "doc/schema_private.h"

#include <stdlib.h>

#include "base/suggest.h"

/* Steps of all kinds: about a second. */
#define CHECK_BUDGET 10000000
/* Schemas inside schemas: some three for each level of a value, and what references add. */
#define CHECK_DEPTH 600

/* ------------------------------------------------------------------ places */

/* Where a value has no place of its own, that of its key or of what is around it will do. */
static struct place place_inside(const struct place *up, const struct value *v, uint32_t line, uint32_t column)
{
	struct place p = { .up = up, .value = v, .key_line = line, .key_column = column };

	p.line = v->line ? v->line : line ? line : up->line;
	p.column = v->line ? v->column : line ? column : up->column;
	return p;
}

struct place place_of_item(const struct place *list, size_t index)
{
	struct place p = place_inside(list, &list->value->as.list.items[index], 0, 0);

	p.in_list = true;
	p.index = index;
	return p;
}

static struct place place_of_member(const struct place *map, const struct value_member *m)
{
	struct place p = place_inside(map, &m->value, m->line, m->column);

	p.key = m->key;
	return p;
}

/* ------------------------------------------------------------- complaining */

bool complaint_open(struct check *c, const struct place *p)
{
	if (c->quiet || !budget_spend(&c->budget, 100))
		return false;
	buf_clear(&c->text);
	place_write(&c->text, p);
	buf_addz(&c->text, p->is_root ? ": " : ": ");
	return true;
}

/* Two ways through a schema may find the same. */
static bool is_told(const struct diags *d, uint32_t line, uint32_t column, struct str message)
{
	for (size_t i = 0; i < d->n; i++) {
		if (d->items[i].line == line && d->items[i].column == column && str_eqz(message, d->items[i].message))
			return true;
	}
	return false;
}

bool complaint_close(struct check *c, const struct place *p, const char *hint)
{
	const bool at_key = p->is_name && p->key_line;
	const uint32_t line = at_key ? p->key_line : p->line, column = at_key ? p->key_column : p->column;

	if (c->no_front_matter)
		buf_addz(&c->text, " (the document has no front matter)");
	if (!buf_ok(&c->text)) {
		c->arena->refused = true;
	} else if (!is_told(c->diags, line, column, buf_str(&c->text))) {
		diags_add(c->diags, SEVERITY_ERROR, line, column, hint, "%s", c->text.p);
		c->told++;
	}
	/* More are not kept: no need to look for them. */
	if (c->told > DIAGS_MAX)
		c->budget.left = 0;
	return false;
}

/* ------------------------------------------------------------------- lists */

static bool check_prefix(struct check *c, const struct rule *rule, const struct place *p)
{
	bool ok = true;

	for (size_t i = 0; i < rule->arg->as.list.n && i < p->value->as.list.n && (ok || !c->quiet); i++) {
		const struct place item = place_of_item(p, i);
		ok = check_node(c, rule->nodes[i], &item) && ok;
	}
	return ok;
}

static bool check_items(struct check *c, const struct schema_node *node, const struct rule *rule, const struct place *p)
{
	const struct rule *prefix = rule_find(node, KEYWORD_PREFIX_ITEMS);
	bool ok = true;

	for (size_t i = prefix ? prefix->arg->as.list.n : 0; i < p->value->as.list.n && (ok || !c->quiet); i++) {
		const struct place item = place_of_item(p, i);
		ok = check_node(c, rule->nodes[0], &item) && ok;
	}
	return ok;
}

/* "wanted at least 2 such items ..." */
static bool complain_of_contained(struct check *c, const struct place *p, const char *words, const struct value *limit,
				  size_t found)
{
	if (!complaint_open(c, p))
		return false;
	buf_addz(&c->text, words);
	if (limit)
		value_quote(&c->text, limit);
	buf_addf(&c->text, " of the kind that the schema asks for, found %zu among %zu", found, p->value->as.list.n);
	return complaint_close(c, p, NULL);
}

static bool check_contains(struct check *c, const struct schema_node *node, const struct rule *rule,
			   const struct place *p)
{
	const struct rule *min = rule_find(node, KEYWORD_MIN_CONTAINS), *max = rule_find(node, KEYWORD_MAX_CONTAINS);
	size_t n = 0;
	struct value count;

	for (size_t i = 0; i < p->value->as.list.n; i++) {
		const struct place item = place_of_item(p, i);
		n += check_quietly(c, rule->nodes[0], &item);
	}
	count = value_int((int64_t)n);
	if (!min && n == 0)
		return complain_of_contained(c, p, "wanted at least one item", NULL, n);
	if (min && number_compare(&count, min->arg) < 0)
		return complain_of_contained(c, p, "wanted a number of items of at least ", min->arg, n);
	if (max && number_compare(&count, max->arg) > 0)
		return complain_of_contained(c, p, "wanted a number of items of at most ", max->arg, n);
	return true;
}

/* -------------------------------------------------------------------- maps */

static bool check_properties(struct check *c, const struct rule *rule, const struct place *p)
{
	const struct value *map = p->value;
	bool ok = true;

	for (size_t i = 0; i < map->as.map.n && (ok || !c->quiet); i++) {
		const struct value_member *m = &map->as.map.members[i];
		const struct value_member *known = value_member(rule->arg, m->key);
		const struct place inner = place_of_member(p, m);

		if (budget_spend(&c->budget, 1) && known)
			ok = check_node(c, rule->nodes[known - rule->arg->as.map.members], &inner) && ok;
	}
	return ok;
}

static bool check_pattern_properties(struct check *c, const struct rule *rule, const struct place *p)
{
	bool ok = true;

	for (size_t i = 0; i < p->value->as.map.n; i++) {
		const struct place inner = place_of_member(p, &p->value->as.map.members[i]);

		for (size_t k = 0; k < rule->arg->as.map.n && (ok || !c->quiet); k++) {
			if (check_pattern(c, rule->patterns[k], inner.key))
				ok = check_node(c, rule->nodes[k], &inner) && ok;
		}
	}
	return ok;
}

/* Whether properties or patternProperties beside it look after the key. */
static bool is_covered(struct check *c, const struct rule *named, const struct rule *patterns, struct str key)
{
	if (named && value_get(named->arg, key))
		return true;
	for (size_t k = 0; patterns && k < patterns->arg->as.map.n; k++) {
		if (check_pattern(c, patterns->patterns[k], key))
			return true;
	}
	return false;
}

static bool complain_of_stranger(struct check *c, const struct rule *named, struct place *p)
{
	char typed[SUGGESTION_SIZE];
	struct suggestion s;
	const char *hint = NULL;

	if (!complaint_open(c, p))
		return false;
	buf_addz(&c->text, "the schema knows no such field");
	if (named && p->key.n < sizeof(typed)) {
		memcpy(typed, p->key.p, p->key.n);
		typed[p->key.n] = 0;
		suggest_init(&s, typed);
		/* Keys of the schema are NUL-terminated: they were copied into its arena. */
		for (size_t i = 0; i < named->arg->as.map.n && i < 1000; i++)
			suggest_try(&s, named->arg->as.map.members[i].key.p);
		if (s.best[0])
			hint = arena_printf(c->diags->arena, "did you mean %s?", s.best);
	}
	p->line = p->key_line ? p->key_line : p->line;
	p->column = p->key_line ? p->key_column : p->column;
	return complaint_close(c, p, hint);
}

static bool check_additional(struct check *c, const struct schema_node *node, const struct rule *rule,
			     const struct place *p)
{
	const struct rule *named = rule_find(node, KEYWORD_PROPERTIES);
	const struct rule *patterns = rule_find(node, KEYWORD_PATTERN_PROPERTIES);
	bool ok = true;

	for (size_t i = 0; i < p->value->as.map.n && (ok || !c->quiet); i++) {
		struct place inner = place_of_member(p, &p->value->as.map.members[i]);

		if (!budget_spend(&c->budget, 1) || is_covered(c, named, patterns, inner.key))
			continue;
		if (rule->nodes[0]->never)
			ok = complain_of_stranger(c, named, &inner);
		else
			ok = check_node(c, rule->nodes[0], &inner) && ok;
	}
	return ok;
}

static bool check_property_names(struct check *c, const struct rule *rule, const struct place *p)
{
	bool ok = true;

	for (size_t i = 0; i < p->value->as.map.n && (ok || !c->quiet); i++) {
		struct place inner = place_of_member(p, &p->value->as.map.members[i]);
		const struct value name = value_string(inner.key);

		inner.value = &name;
		inner.is_name = true;
		ok = check_node(c, rule->nodes[0], &inner) && ok;
	}
	return ok;
}

static bool check_dependents(struct check *c, const struct rule *rule, const struct place *p)
{
	bool ok = true;

	for (size_t i = 0; i < rule->arg->as.map.n && (ok || !c->quiet); i++) {
		if (budget_spend(&c->budget, 1) && value_get(p->value, rule->arg->as.map.members[i].key))
			ok = check_node(c, rule->nodes[i], p) && ok;
	}
	return ok;
}

/* ------------------------------------------------------------------- nodes */

static bool check_list_rule(struct check *c, const struct schema_node *node, const struct rule *rule,
			    const struct place *p)
{
	switch (rule->info->keyword) {
	case KEYWORD_PREFIX_ITEMS:
		return check_prefix(c, rule, p);
	case KEYWORD_ITEMS:
		return check_items(c, node, rule, p);
	case KEYWORD_CONTAINS:
		return check_contains(c, node, rule, p);
	default:
		return true;
	}
}

static bool check_map_rule(struct check *c, const struct schema_node *node, const struct rule *rule,
			   const struct place *p)
{
	switch (rule->info->keyword) {
	case KEYWORD_PROPERTIES:
		return check_properties(c, rule, p);
	case KEYWORD_PATTERN_PROPERTIES:
		return check_pattern_properties(c, rule, p);
	case KEYWORD_ADDITIONAL_PROPERTIES:
		return check_additional(c, node, rule, p);
	case KEYWORD_PROPERTY_NAMES:
		return check_property_names(c, rule, p);
	case KEYWORD_DEPENDENT_SCHEMAS:
		return check_dependents(c, rule, p);
	default:
		return true;
	}
}

static bool check_rule(struct check *c, const struct schema_node *node, const struct rule *rule, const struct place *p)
{
	bool ok = check_assertion(c, rule, p) && check_combination(c, node, rule, p);

	if (ok && p->value->kind == VALUE_LIST)
		ok = check_list_rule(c, node, rule, p);
	if (ok && p->value->kind == VALUE_MAP)
		ok = check_map_rule(c, node, rule, p);
	return ok;
}

/* Recursion is bounded by CHECK_DEPTH. */
bool check_node(struct check *c, const struct schema_node *node, const struct place *p)
{
	bool ok = true;

	if (c->depth >= CHECK_DEPTH)
		c->budget.left = 0;
	if (!budget_spend(&c->budget, 1))
		return false;
	if (node->never) {
		if (complaint_open(c, p)) {
			buf_addz(&c->text, "the schema allows nothing here");
			complaint_close(c, p, NULL);
		}
		return false;
	}
	c->depth++;
	for (size_t i = 0; i < node->n && (ok || !c->quiet) && c->budget.left; i++)
		ok = check_rule(c, node, &node->rules[i], p) && ok;
	c->depth--;
	return ok;
}

/* ---------------------------------------------------------------- the whole */

static int by_place(const void *a, const void *b)
{
	const struct diag *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return strcmp(x->message, y->message);
}

bool schema_check(const struct schema *s, const struct value *v, struct diags *diags)
{
	const struct value empty = value_map();
	struct place root = { .value = v ? v : &empty, .is_root = true, .line = 1, .column = 1 };
	struct arena arena;
	struct check c = { .arena = &arena, .diags = diags, .budget = { CHECK_BUDGET }, .no_front_matter = !v };
	const size_t before = diags->n;
	bool ok;

	if (v && v->line) {
		root.line = v->line;
		root.column = v->column;
	}
	arena_init(&arena, diags->arena->heap, 0);
	buf_init(&c.text, diags->arena->heap, 0);
	ok = check_node(&c, s->root, &root);
	if (c.budget.left == 0 && c.told <= DIAGS_MAX) {
		diags_add(diags, SEVERITY_ERROR, root.line, root.column, "simplify the schema, its patterns first",
			  "checking was given up: schema and front matter together ask for too much work");
		ok = false;
	}
	if (arena.refused)
		diags->arena->refused = true;
	if (diags->n > before && diags->n < DIAGS_MAX)
		qsort(diags->items + before, diags->n - before, sizeof(*diags->items), by_place);
	buf_release(&c.text);
	arena_release(&arena);
	return ok && !diags->arena->refused;
}
