/*
 * schema_compare.c - equality, order and multiples as JSON Schema has them:
 * numbers are compared by their mathematical value, maps without regard to
 * order.  Linear, and charged to a budget.
 */
#include "doc/schema_private.h"

#include <float.h>
#include <math.h>

#include "base/json.h"

bool budget_spend(struct budget *b, uint64_t steps)
{
	if (steps > b->left) {
		b->left = 0;
		return false;
	}
	b->left -= steps;
	return true;
}

static bool is_number(const struct value *v)
{
	return v->kind == VALUE_INT || v->kind == VALUE_FLOAT;
}

/* An integer and a float that need not have the same 53 bits. */
static int compare_mixed(int64_t i, double d)
{
	int64_t whole;

	if (d >= 0x1p63)
		return -1;
	if (d < -0x1p63)
		return 1;
	whole = (int64_t)d;
	if (i != whole)
		return i < whole ? -1 : 1;
	return (d < (double)whole) - (d > (double)whole);
}

int number_compare(const struct value *a, const struct value *b)
{
	if (a->kind == VALUE_INT && b->kind == VALUE_INT)
		return (a->as.integer > b->as.integer) - (a->as.integer < b->as.integer);
	if (a->kind == VALUE_INT)
		return compare_mixed(a->as.integer, b->as.number);
	if (b->kind == VALUE_INT)
		return -compare_mixed(b->as.integer, a->as.number);
	return (a->as.number > b->as.number) - (a->as.number < b->as.number);
}

static double as_double(const struct value *v)
{
	return v->kind == VALUE_INT ? (double)v->as.integer : v->as.number;
}

/* 0.0075 is a multiple of 0.0001, though not in binary: a quotient as near to a whole one as rounding brings it will do. */
bool number_is_multiple(const struct value *v, const struct value *of)
{
	const double a = as_double(v), b = as_double(of), quotient = a / b;

	if (v->kind == VALUE_INT && of->kind == VALUE_INT)
		return v->as.integer % of->as.integer == 0;
	if (!isfinite(quotient))
		return fmod(a, b) == 0;
	return fabs(quotient - round(quotient)) <= fabs(quotient) * 4 * DBL_EPSILON;
}

static bool equal_lists(const struct value_list *a, const struct value_list *b, struct budget *budget)
{
	bool ok = a->n == b->n;

	for (size_t i = 0; ok && i < a->n; i++)
		ok = schema_equal(&a->items[i], &b->items[i], budget);
	return ok;
}

static bool equal_maps(const struct value *a, const struct value *b, struct budget *budget)
{
	bool ok = a->as.map.n == b->as.map.n;

	for (size_t i = 0; ok && i < a->as.map.n; i++) {
		const struct value *other = value_get(b, a->as.map.members[i].key);
		ok = other && schema_equal(&a->as.map.members[i].value, other, budget);
	}
	return ok;
}

/* Recursion is bounded by VALUE_MAX_DEPTH. */
bool schema_equal(const struct value *a, const struct value *b, struct budget *budget)
{
	if (!budget_spend(budget, 1))
		return false;
	if (is_number(a) && is_number(b))
		return number_compare(a, b) == 0;
	if (a->kind != b->kind)
		return false;
	if (a->kind == VALUE_LIST)
		return equal_lists(&a->as.list, &b->as.list, budget);
	if (a->kind == VALUE_MAP)
		return equal_maps(a, b, budget);
	if (a->kind == VALUE_STRING && !budget_spend(budget, a->as.string.n / 16))
		return false;
	return value_equal(a, b);
}

/* -------------------------------------------------------------- repetition */

/* Floats that are whole become integers and keys are ordered: equal values get equal text. */
static void normalize(struct value *v)
{
	if (v->kind == VALUE_FLOAT && fabs(v->as.number) < 0x1p63 && v->as.number == round(v->as.number))
		*v = value_int((int64_t)v->as.number);
	for (size_t i = 0; v->kind == VALUE_LIST && i < v->as.list.n; i++)
		normalize(&v->as.list.items[i]);
	for (size_t i = 0; v->kind == VALUE_MAP && i < v->as.map.n; i++)
		normalize(&v->as.map.members[i].value);
	if (v->kind == VALUE_MAP)
		value_sort_keys(v);
}

/* The text of an item in a; p NULL when memory is refused. */
static struct str normal_text(const struct value *item, struct arena *a)
{
	struct str text = { NULL, 0 };
	struct value copy;
	struct buf b;

	buf_init(&b, a->heap, 0);
	if (value_copy(a, item, &copy)) {
		normalize(&copy);
		json_write(&b, &copy, 0);
		if (buf_ok(&b))
			text = arena_str(a, buf_str(&b));
	}
	if (!text.p)
		a->refused = true;
	buf_release(&b);
	return text;
}

size_t list_find_repeat(const struct value_list *list, struct arena *a, struct budget *budget, size_t *first)
{
	struct value seen = value_map();

	for (size_t i = 0; i < list->n; i++) {
		const struct str text = normal_text(&list->items[i], a);
		const struct value *before = text.p ? value_get(&seen, text) : NULL;

		if (!text.p || !budget_spend(budget, 4 + text.n / 16))
			return list->n;
		if (before) {
			*first = (size_t)before->as.integer;
			return i;
		}
		if (!value_set(a, &seen, text, value_int((int64_t)i)))
			return list->n;
	}
	return list->n;
}
