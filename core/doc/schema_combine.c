/*
 * schema_combine.c - schemas that look at the same value: allOf, anyOf,
 * oneOf, not, if/then/else.  Where none of several fits, the one that was meant
 * speaks: the only one whose type fits; else all are named.
 */
#include "doc/schema_private.h"

bool check_quietly(struct check *c, const struct schema_node *node, const struct place *p)
{
	bool ok;

	c->quiet++;
	ok = check_node(c, node, p);
	c->quiet--;
	return ok;
}

/* Behind references, as far as they lead to a schema that is nothing else. */
static const struct schema_node *dereference(const struct schema_node *node)
{
	for (int hops = 0; hops < 16; hops++) {
		const struct rule *ref = rule_find(node, KEYWORD_REF);

		if (!ref || rule_find(node, KEYWORD_TYPE))
			break;
		node = ref->nodes[0];
	}
	return node;
}

/* Types that the schema can hold at all. */
static unsigned types_of(const struct schema_node *node)
{
	const struct rule *type, *constant, *list;
	unsigned types = 0;

	node = dereference(node);
	type = rule_find(node, KEYWORD_TYPE);
	constant = rule_find(node, KEYWORD_CONST);
	list = rule_find(node, KEYWORD_ENUM);
	if (node->never)
		return 0;
	if (type)
		return type->types;
	if (constant)
		return type_of(constant->arg);
	for (size_t i = 0; list && i < list->arg->as.list.n; i++)
		types |= type_of(&list->arg->as.list.items[i]);
	return list ? types : ~0u;
}

/* ------------------------------------------------------- naming a schema */

static void describe_alternative(struct buf *out, const struct schema_node *node)
{
	const struct schema_node *target = dereference(node);
	const struct value *title = value_getz(target->source, "title");
	const struct rule *constant = rule_find(target, KEYWORD_CONST), *list = rule_find(target, KEYWORD_ENUM);
	const struct rule *format = rule_find(target, KEYWORD_FORMAT), *type = rule_find(target, KEYWORD_TYPE);
	const char *words = format ? format_describe(format->arg->as.string) : NULL;

	if (title && title->kind == VALUE_STRING && title->as.string.n < 80)
		buf_adds(out, title->as.string);
	else if (constant)
		value_quote(out, constant->arg);
	else if (list && list->arg->as.list.n > 0) {
		buf_addz(out, list->arg->as.list.n > 1 ? "one of " : "");
		value_quote(out, list->arg);
	} else if (words)
		buf_addz(out, words);
	else if (type)
		types_describe(out, type->types);
	else
		buf_addf(out, "the schema in line %u", (unsigned)target->source->line);
}

/* "wanted a string, or a list, ..." */
static bool complain_of_all(struct check *c, const struct rule *rule, const struct place *p)
{
	enum { SHOWN = 6 };
	const size_t n = rule->arg->as.list.n;

	if (!complaint_open(c, p))
		return false;
	buf_addz(&c->text, "wanted ");
	for (size_t i = 0; i < n && i < SHOWN; i++) {
		buf_addz(&c->text, i ? ", or " : "");
		describe_alternative(&c->text, rule->nodes[i]);
	}
	if (n > SHOWN)
		buf_addf(&c->text, ", or one of %zu more", n - SHOWN);
	buf_addz(&c->text, "; found ");
	value_describe(&c->text, p->value);
	return complaint_close(c, p, NULL);
}

/* None of the alternatives holds: says why. */
static bool complain_of_none(struct check *c, const struct rule *rule, const struct place *p)
{
	const unsigned type = type_of(p->value);
	const struct schema_node *meant = NULL;
	size_t n_meant = 0;

	if (c->quiet)
		return false;
	for (size_t i = 0; i < rule->arg->as.list.n; i++) {
		if (types_of(rule->nodes[i]) & type) {
			meant = rule->nodes[i];
			n_meant++;
		}
	}
	/* One that only lists values is named with the others. */
	if (n_meant != 1 || rule_find(dereference(meant), KEYWORD_CONST) || rule_find(dereference(meant), KEYWORD_ENUM))
		return complain_of_all(c, rule, p);
	(void)check_node(c, meant, p);
	return false;
}

/* ---------------------------------------------------------------- keywords */

static bool check_all(struct check *c, const struct rule *rule, const struct place *p)
{
	bool ok = true;

	for (size_t i = 0; i < rule->arg->as.list.n && (ok || !c->quiet); i++)
		ok = check_node(c, rule->nodes[i], p) && ok;
	return ok;
}

static bool check_any(struct check *c, const struct rule *rule, const struct place *p)
{
	for (size_t i = 0; i < rule->arg->as.list.n; i++) {
		if (check_quietly(c, rule->nodes[i], p))
			return true;
	}
	return complain_of_none(c, rule, p);
}

static bool check_one(struct check *c, const struct rule *rule, const struct place *p)
{
	size_t holding = 0, which[2] = { 0, 0 };

	for (size_t i = 0; i < rule->arg->as.list.n && holding < 2; i++) {
		if (check_quietly(c, rule->nodes[i], p))
			which[holding++] = i;
	}
	if (holding == 1)
		return true;
	if (holding == 0)
		return complain_of_none(c, rule, p);
	if (!complaint_open(c, p))
		return false;
	buf_addf(&c->text, "wanted exactly one of %zu alternatives, but it is both ", rule->arg->as.list.n);
	describe_alternative(&c->text, rule->nodes[which[0]]);
	buf_addz(&c->text, " and ");
	describe_alternative(&c->text, rule->nodes[which[1]]);
	return complaint_close(c, p, NULL);
}

static bool check_not(struct check *c, const struct rule *rule, const struct place *p)
{
	if (!check_quietly(c, rule->nodes[0], p))
		return true;
	if (!complaint_open(c, p))
		return false;
	buf_addz(&c->text, "must not be ");
	if (rule->nodes[0]->always)
		buf_addz(&c->text, "here");
	else
		describe_alternative(&c->text, rule->nodes[0]);
	buf_addz(&c->text, "; found ");
	value_describe(&c->text, p->value);
	return complaint_close(c, p, NULL);
}

static bool check_if(struct check *c, const struct schema_node *node, const struct rule *rule, const struct place *p)
{
	const bool holds = check_quietly(c, rule->nodes[0], p);
	const struct rule *branch = rule_find(node, holds ? KEYWORD_THEN : KEYWORD_ELSE);

	return !branch || check_node(c, branch->nodes[0], p);
}

bool check_combination(struct check *c, const struct schema_node *node, const struct rule *rule, const struct place *p)
{
	switch (rule->info->keyword) {
	case KEYWORD_REF:
		return check_node(c, rule->nodes[0], p);
	case KEYWORD_ALL_OF:
		return check_all(c, rule, p);
	case KEYWORD_ANY_OF:
		return check_any(c, rule, p);
	case KEYWORD_ONE_OF:
		return check_one(c, rule, p);
	case KEYWORD_NOT:
		return check_not(c, rule, p);
	case KEYWORD_IF:
		return check_if(c, node, rule, p);
	default:
		return true;
	}
}
