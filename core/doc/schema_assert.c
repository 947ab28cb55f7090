/*
 * schema_assert.c - the keywords that look at a value alone: types, numbers,
 * text, sizes, names that are required.
 */
#include "doc/schema_private.h"

#include "base/utf8.h"

static bool wanted_found(struct check *c, const struct place *p, const char *wanted)
{
	if (!complaint_open(c, p))
		return false;
	buf_addz(&c->text, "wanted ");
	buf_addz(&c->text, wanted);
	buf_addz(&c->text, ", found ");
	value_describe(&c->text, p->value);
	return complaint_close(c, p, NULL);
}

static bool check_type(struct check *c, const struct rule *rule, const struct place *p)
{
	if (rule->types & type_of(p->value))
		return true;
	if (!complaint_open(c, p))
		return false;
	buf_addz(&c->text, "wanted ");
	types_describe(&c->text, rule->types);
	buf_addz(&c->text, ", found ");
	value_describe(&c->text, p->value);
	return complaint_close(c, p, NULL);
}

static bool check_const(struct check *c, const struct rule *rule, const struct place *p)
{
	if (schema_equal(rule->arg, p->value, &c->budget))
		return true;
	if (!complaint_open(c, p))
		return false;
	buf_addz(&c->text, "wanted ");
	value_quote(&c->text, rule->arg);
	buf_addz(&c->text, ", found ");
	value_describe(&c->text, p->value);
	return complaint_close(c, p, NULL);
}

static bool check_enum(struct check *c, const struct rule *rule, const struct place *p)
{
	enum { SHOWN = 8 };
	const struct value_list *list = &rule->arg->as.list;

	for (size_t i = 0; i < list->n; i++) {
		if (schema_equal(&list->items[i], p->value, &c->budget))
			return true;
	}
	if (!complaint_open(c, p))
		return false;
	buf_addz(&c->text, list->n ? "wanted one of " : "nothing is allowed here");
	for (size_t i = 0; i < list->n && i < SHOWN; i++) {
		buf_addz(&c->text, i ? ", " : "");
		value_quote(&c->text, &list->items[i]);
	}
	if (list->n > SHOWN)
		buf_addf(&c->text, " and %zu more", list->n - SHOWN);
	buf_addz(&c->text, ", found ");
	value_describe(&c->text, p->value);
	return complaint_close(c, p, NULL);
}

/* ----------------------------------------------------------------- numbers */

static bool number_holds(const struct rule *rule, const struct value *v, const char **words)
{
	const int order = rule->info->keyword == KEYWORD_MULTIPLE_OF ? 0 : number_compare(v, rule->arg);

	switch (rule->info->keyword) {
	case KEYWORD_MINIMUM:
		*words = "at least ";
		return order >= 0;
	case KEYWORD_EXCLUSIVE_MINIMUM:
		*words = "more than ";
		return order > 0;
	case KEYWORD_MAXIMUM:
		*words = "at most ";
		return order <= 0;
	case KEYWORD_EXCLUSIVE_MAXIMUM:
		*words = "less than ";
		return order < 0;
	default:
		*words = "a multiple of ";
		return number_is_multiple(v, rule->arg);
	}
}

static bool check_number(struct check *c, const struct rule *rule, const struct place *p)
{
	const char *words;

	if (!(type_of(p->value) & TYPE_NUMBER) || number_holds(rule, p->value, &words))
		return true;
	if (!complaint_open(c, p))
		return false;
	buf_addz(&c->text, "wanted ");
	buf_addz(&c->text, words);
	value_quote(&c->text, rule->arg);
	buf_addz(&c->text, ", found ");
	value_quote(&c->text, p->value);
	return complaint_close(c, p, NULL);
}

/* ------------------------------------------------------------------- sizes */

static bool is_minimum(enum keyword k)
{
	return k == KEYWORD_MIN_LENGTH || k == KEYWORD_MIN_ITEMS || k == KEYWORD_MIN_PROPERTIES;
}

/* n of the things against the limit, which may be beyond every size there is. */
static bool check_size(struct check *c, const struct rule *rule, const struct place *p, size_t n, const char *thing)
{
	const struct value size = value_int((int64_t)n), one = value_int(1);
	const int order = number_compare(&size, rule->arg);
	const bool least = is_minimum(rule->info->keyword);

	if (least ? order >= 0 : order <= 0)
		return true;
	if (!complaint_open(c, p))
		return false;
	buf_addz(&c->text, least ? "wanted at least " : "wanted at most ");
	value_quote(&c->text, rule->arg);
	buf_addc(&c->text, ' ');
	buf_addz(&c->text, thing);
	buf_addz(&c->text, number_compare(rule->arg, &one) == 0 ? "" : "s");
	buf_addf(&c->text, ", found %zu", n);
	if (p->value->kind == VALUE_STRING) {
		buf_addz(&c->text, ": ");
		value_quote(&c->text, p->value);
	}
	return complaint_close(c, p, NULL);
}

static bool check_length(struct check *c, const struct rule *rule, const struct place *p)
{
	if (p->value->kind != VALUE_STRING || !budget_spend(&c->budget, p->value->as.string.n / 16))
		return true;
	return check_size(c, rule, p, utf8_length(p->value->as.string), "character");
}

static bool check_unique(struct check *c, const struct rule *rule, const struct place *p)
{
	struct place item;
	size_t first = 0, i;

	if (!rule->arg->as.boolean || p->value->kind != VALUE_LIST)
		return true;
	i = list_find_repeat(&p->value->as.list, c->arena, &c->budget, &first);
	if (i == p->value->as.list.n)
		return true;
	item = place_of_item(p, i);
	if (!complaint_open(c, &item))
		return false;
	buf_addf(&c->text, "repeats item %zu, and each may be there once: ", first + 1);
	value_quote(&c->text, item.value);
	return complaint_close(c, &item, NULL);
}

/* -------------------------------------------------------------------- text */

bool check_pattern(struct check *c, const struct regex *pattern, struct str text)
{
	if (!c->matcher)
		c->matcher = matcher_new(c->arena);
	return c->matcher && regex_matches(pattern, text, c->matcher, &c->budget);
}

static bool check_text_pattern(struct check *c, const struct rule *rule, const struct place *p)
{
	if (p->value->kind != VALUE_STRING || check_pattern(c, rule->patterns[0], p->value->as.string))
		return true;
	if (!complaint_open(c, p))
		return false;
	buf_addz(&c->text, "wanted text that matches ");
	value_quote(&c->text, rule->arg);
	buf_addz(&c->text, ", found ");
	value_quote(&c->text, p->value);
	return complaint_close(c, p, NULL);
}

static bool check_format(struct check *c, const struct rule *rule, const struct place *p)
{
	if (p->value->kind != VALUE_STRING || !budget_spend(&c->budget, p->value->as.string.n / 16) ||
	    format_holds(rule->arg->as.string, p->value->as.string) != FORMAT_FAILS)
		return true;
	return wanted_found(c, p, format_describe(rule->arg->as.string));
}

/* ------------------------------------------------------------------- names */

/* The names that are not there; because may be NULL. */
static bool check_names(struct check *c, const struct value *names, const struct place *p, const struct str *because)
{
	bool ok = true;

	for (size_t i = 0; i < names->as.list.n && (ok || !c->quiet); i++) {
		const struct str name = names->as.list.items[i].as.string;
		struct place missing = *p;

		if (!budget_spend(&c->budget, 1) || value_get(p->value, name))
			continue;
		missing = (struct place){ p, p->value, name, 0, false, false, false, p->line, p->column, 0, 0 };
		ok = false;
		if (!complaint_open(c, &missing))
			continue;
		buf_addz(&c->text, "is missing");
		if (because) {
			buf_addz(&c->text, ", which is wanted where there is ");
			buf_adds(&c->text, *because);
		}
		complaint_close(c, &missing, NULL);
	}
	return ok;
}

static bool check_dependent(struct check *c, const struct rule *rule, const struct place *p)
{
	bool ok = true;

	for (size_t i = 0; i < rule->arg->as.map.n && (ok || !c->quiet); i++) {
		const struct value_member *m = &rule->arg->as.map.members[i];

		if (budget_spend(&c->budget, 1) && value_get(p->value, m->key))
			ok = check_names(c, &m->value, p, &m->key) && ok;
	}
	return ok;
}

bool check_assertion(struct check *c, const struct rule *rule, const struct place *p)
{
	const struct value *v = p->value;

	switch (rule->info->keyword) {
	case KEYWORD_TYPE:
		return check_type(c, rule, p);
	case KEYWORD_CONST:
		return check_const(c, rule, p);
	case KEYWORD_ENUM:
		return check_enum(c, rule, p);
	case KEYWORD_MINIMUM:
	case KEYWORD_EXCLUSIVE_MINIMUM:
	case KEYWORD_MAXIMUM:
	case KEYWORD_EXCLUSIVE_MAXIMUM:
	case KEYWORD_MULTIPLE_OF:
		return check_number(c, rule, p);
	case KEYWORD_MIN_LENGTH:
	case KEYWORD_MAX_LENGTH:
		return check_length(c, rule, p);
	case KEYWORD_PATTERN:
		return check_text_pattern(c, rule, p);
	case KEYWORD_FORMAT:
		return check_format(c, rule, p);
	case KEYWORD_MIN_ITEMS:
	case KEYWORD_MAX_ITEMS:
		return v->kind != VALUE_LIST || check_size(c, rule, p, v->as.list.n, "item");
	case KEYWORD_UNIQUE_ITEMS:
		return check_unique(c, rule, p);
	case KEYWORD_MIN_PROPERTIES:
	case KEYWORD_MAX_PROPERTIES:
		return v->kind != VALUE_MAP || check_size(c, rule, p, v->as.map.n, "field");
	case KEYWORD_REQUIRED:
		return v->kind != VALUE_MAP || check_names(c, rule->arg, p, NULL);
	case KEYWORD_DEPENDENT_REQUIRED:
		return v->kind != VALUE_MAP || check_dependent(c, rule, p);
	default:
		return true;
	}
}
