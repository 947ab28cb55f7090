/*
 * options.c - checking declarations, converting and checking what is given.
 *
 * Words from a command line are strings; they become what the manifest
 * declares: "yes" a boolean, "5" an integer, "a,b" a list.
 */
#include "lua/options.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "lua/error.h"

static const char *const types[] = { "string", "integer", "number", "boolean", "list", "path", NULL };

static bool fail(struct option_problem *p, const char *hint, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static bool fail(struct option_problem *p, const char *hint, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vsnprintf(p->message, sizeof p->message, format, args);
	va_end(args);
	snprintf(p->hint, sizeof p->hint, "%s", hint);
	p->nomem = false;
	return false;
}

static bool fail_nomem(struct option_problem *p)
{
	fail(p, "", "no memory for the options");
	p->nomem = true;
	return false;
}

/* A value as one would write it, short. */
static const char *shown(const struct value *v, struct arena *a)
{
	struct buf b;
	buf_init(&b, a->heap, 400);
	json_write(&b, v, 0);
	const char *text = arena_strz(a, buf_ok(&b) ? buf_str(&b) : STR_LIT("(long)"));
	buf_release(&b);
	return text ? text : "";
}

static const char *type_of(const struct value *option)
{
	const struct value *type = value_getz(option, "type");
	for (size_t i = 0; types[i]; i++)
		if (type && type->kind == VALUE_STRING && str_eqz(type->as.string, types[i]))
			return types[i];
	return NULL;
}

/* ------------------------------------------------------------- conversion */

static bool is_word(struct str s, const char *const *words)
{
	for (; *words; words++)
		if (str_eq_nocase(s, str_of(*words)))
			return true;
	return false;
}

static bool to_boolean(struct str s, struct value *out)
{
	static const char *const yes[] = { "true", "yes", "on", "1", NULL };
	static const char *const no[] = { "false", "no", "off", "0", NULL };
	if (!is_word(s, yes) && !is_word(s, no))
		return false;
	*out = value_bool(is_word(s, yes));
	return true;
}

/* JSON's numbers, and a leading "+" or "." for people. */
static bool to_number(struct arena *a, struct str s, struct value *out)
{
	struct json_error error;
	char text[64];
	s = str_trim(s);
	if (s.n && s.p[0] == '+')
		s = (struct str){ s.p + 1, s.n - 1 };
	if (s.n == 0 || s.n > 60 || !(s.p[0] == '-' || s.p[0] == '.' || (s.p[0] >= '0' && s.p[0] <= '9')))
		return false;
	int n = snprintf(text, sizeof text, "%s%.*s", s.p[0] == '.' ? "0" : "", (int)s.n, s.p);
	if (!json_read(a, (struct str){ text, (size_t)n }, out, &error))
		return false;
	return out->kind == VALUE_INT || out->kind == VALUE_FLOAT;
}

static bool to_list(struct arena *a, struct str s, struct value *out)
{
	*out = value_list();
	while (s.n) {
		const char *comma = memchr(s.p, ',', s.n);
		size_t n = comma ? (size_t)(comma - s.p) : s.n;
		struct str item = arena_str(a, str_trim((struct str){ s.p, n }));
		if (!item.p || (item.n && !value_append(a, out, value_string(item))))
			return false;
		n += comma != NULL;
		s = (struct str){ s.p + n, s.n - n };
	}
	return true;
}

static bool is_whole(const struct value *v)
{
	return v->kind == VALUE_FLOAT && v->as.number == floor(v->as.number) && fabs(v->as.number) < 9e15;
}

/* Converts v to the type; false if it cannot be. */
static bool convert(struct arena *a, const char *type, const struct value *v, struct value *out)
{
	bool text = v->kind == VALUE_STRING;
	if (!value_copy(a, v, out))
		return false;
	switch (*type) {
	case 's':
	case 'p':
		return text;
	case 'b':
		return v->kind == VALUE_BOOL || (text && to_boolean(v->as.string, out));
	case 'l':
		return v->kind == VALUE_LIST || (text && to_list(a, v->as.string, out));
	case 'i':
		if (text && !to_number(a, v->as.string, out))
			return false;
		if (is_whole(out))
			*out = value_int((int64_t)out->as.number);
		return out->kind == VALUE_INT;
	default:
		if (text && !to_number(a, v->as.string, out))
			return false;
		if (out->kind == VALUE_INT)
			*out = value_float((double)out->as.integer);
		return out->kind == VALUE_FLOAT;
	}
}

/* ------------------------------------------------------------------ limits */

static double number_of(const struct value *v)
{
	return v->kind == VALUE_INT ? (double)v->as.integer : v->as.number;
}

static bool is_number(const struct value *v)
{
	return v->kind == VALUE_INT || v->kind == VALUE_FLOAT;
}

static bool in_range(struct arena *a, const struct value *option, const struct value *v, struct option_problem *p)
{
	const struct value *min = value_getz(option, "min"), *max = value_getz(option, "max");
	if (min && number_of(v) < number_of(min))
		return fail(p, "", "must be at least %s, not %s", shown(min, a), shown(v, a));
	if (max && number_of(v) > number_of(max))
		return fail(p, "", "must be at most %s, not %s", shown(max, a), shown(v, a));
	return true;
}

static bool is_one_of(struct arena *a, const struct value *option, const struct value *v, struct option_problem *p)
{
	const struct value *allowed = value_getz(option, "one_of");
	char hint[240];
	if (!allowed)
		return true;
	for (size_t i = 0; i < allowed->as.list.n; i++) {
		const struct value *one = &allowed->as.list.items[i];
		if (value_equal(one, v) || (is_number(one) && is_number(v) && number_of(one) == number_of(v)))
			return true;
	}
	snprintf(hint, sizeof hint, "allowed: %s", shown(allowed, a));
	return fail(p, hint, "%s is not one of the allowed values", shown(v, a));
}

static bool check_limits(struct arena *a, const struct value *option, const struct value *v, struct option_problem *p)
{
	if (v->kind == VALUE_LIST) {
		for (size_t i = 0; i < v->as.list.n; i++)
			if (!is_one_of(a, option, &v->as.list.items[i], p))
				return false;
		return true;
	}
	return (!is_number(v) || in_range(a, option, v, p)) && is_one_of(a, option, v, p);
}

/* ------------------------------------------------------------- declarations */

static bool declare_type(struct arena *a, struct value *option, struct option_problem *p)
{
	char hint[200];
	const struct value *type = value_getz(option, "type");
	if (!type)
		return value_setz(a, option, "type", value_string(STR_LIT("string"))) ? true : fail_nomem(p);
	if (type_of(option))
		return true;
	if (type->kind == VALUE_STRING && str_eqz(type->as.string, "path content"))
		return value_setz(a, option, "type", value_string(STR_LIT("path"))) ? true : fail_nomem(p);
	const char *word = type->kind == VALUE_STRING ? arena_strz(a, type->as.string) : "";
	const char *near = word ? error_nearest(word, types) : NULL;
	if (near)
		snprintf(hint, sizeof hint, "did you mean \"%s\"?", near);
	else
		snprintf(hint, sizeof hint, "types: string, integer, number, boolean, list, path");
	return fail(p, hint, "unknown type %s", shown(type, a));
}

static bool declare_limits(const struct value *option, const char *type, struct option_problem *p)
{
	static const char *const limits[] = { "min", "max" };
	for (size_t i = 0; i < 2; i++) {
		const struct value *v = value_getz(option, limits[i]);
		if (v && *type != 'i' && *type != 'n')
			return fail(p, "", "%s is for integers and numbers, not for a %s", limits[i], type);
		if (v && !is_number(v))
			return fail(p, "", "%s must be a number, not a %s", limits[i], value_kind_name(v->kind));
	}
	const struct value *allowed = value_getz(option, "one_of");
	if (allowed && (allowed->kind != VALUE_LIST || allowed->as.list.n == 0))
		return fail(p, "write: one_of = { \"a\", \"b\" }", "one_of must be a list of values");
	return true;
}

static bool declare_default(struct arena *a, struct value *option, const char *type, struct option_problem *p)
{
	struct option_problem inner;
	struct value v;
	const struct value *required = value_getz(option, "required");
	const struct value *given = value_getz(option, "default");
	if (required && required->kind != VALUE_BOOL)
		return fail(p, "", "required must be true or false");
	if (!given)
		return true;
	if (required && required->as.boolean)
		return fail(p, "leave one of them out", "has a default and is required");
	bool empty_list = *type == 'l' && given->kind == VALUE_MAP && given->as.map.n == 0;
	if (empty_list)
		v = value_list();
	else if ((given->kind == VALUE_STRING && *type != 's' && *type != 'p') || !convert(a, type, given, &v))
		return fail(p, "", "the default must be a %s, not a %s", type, value_kind_name(given->kind));
	if (!check_limits(a, option, &v, &inner))
		return fail(p, inner.hint, "the default %s", inner.message);
	return value_setz(a, option, "default", v) ? true : fail_nomem(p);
}

bool option_declare(struct arena *a, struct value *option, struct option_problem *problem)
{
	const struct value *help = value_getz(option, "help");
	if (!declare_type(a, option, problem))
		return false;
	if (help && help->kind != VALUE_STRING)
		return fail(problem, "", "help must be a string, not a %s", value_kind_name(help->kind));
	const char *type = type_of(option);
	return declare_limits(option, type, problem) && declare_default(a, option, type, problem);
}

/* --------------------------------------------------------------- resolution */

static bool resolve_one(struct arena *a, const struct value *option, const struct value *given, struct value *out,
			struct option_problem *p)
{
	struct option_problem inner;
	struct str name = value_getz(option, "name")->as.string;
	const struct value *v = value_get(given, name), *required = value_getz(option, "required");
	struct value made;
	if (!v || v->kind == VALUE_NULL) {
		if (required && required->as.boolean)
			return fail(p, "give it with --set NAME=VALUE", "option \"%.*s\" is required", (int)name.n,
				    name.p);
		v = value_getz(option, "default");
		if (!v)
			return true;
	}
	const char *type = type_of(option);
	if (!convert(a, type, v, &made)) {
		if (a->refused)
			return fail_nomem(p);
		const char *hint = *type == 'b' ? "write true or false" : "";
		return fail(p, hint, "option \"%.*s\" must be a%s %s, not %s", (int)name.n, name.p,
			    *type == 'i' ? "n" : "", *type == 'p' ? "string" : type, shown(v, a));
	}
	if (!check_limits(a, option, &made, &inner))
		return fail(p, inner.hint, "option \"%.*s\": %s", (int)name.n, name.p, inner.message);
	return value_set(a, out, name, made) ? true : fail_nomem(p);
}

static bool refuse_unknown(struct arena *a, const struct value *declared, struct str name, struct option_problem *p)
{
	size_t n = declared->as.list.n;
	const char **names = arena_alloc(a, (n + 1) * sizeof *names);
	const char *word = arena_strz(a, name);
	char hint[240] = "the plugin has no options";
	if (!names || !word)
		return fail_nomem(p);
	for (size_t i = 0; i < n; i++)
		names[i] = value_getz(&declared->as.list.items[i], "name")->as.string.p;
	names[n] = NULL;
	const char *near = error_nearest(word, names);
	size_t at = 0;
	if (near)
		snprintf(hint, sizeof hint, "did you mean \"%s\"?", near);
	for (size_t i = 0; !near && i < n && at + 80 < sizeof hint; i++)
		at += (size_t)snprintf(hint + at, sizeof hint - at, "%s%.60s", i ? ", " : "options: ", names[i]);
	return fail(p, hint, "unknown option \"%.80s\"", word);
}

bool options_resolve(struct arena *a, const struct value *declared, const struct value *given, struct value *out,
		     struct option_problem *problem)
{
	*out = value_map();
	if (given && given->kind != VALUE_MAP && given->kind != VALUE_NULL)
		return fail(problem, "", "options must be a map, not a %s", value_kind_name(given->kind));
	for (size_t i = 0; given && given->kind == VALUE_MAP && i < given->as.map.n; i++) {
		struct str name = given->as.map.members[i].key;
		bool known = false;
		for (size_t k = 0; k < declared->as.list.n && !known; k++)
			known = str_eq(value_getz(&declared->as.list.items[k], "name")->as.string, name);
		if (!known)
			return refuse_unknown(a, declared, name, problem);
	}
	for (size_t i = 0; i < declared->as.list.n; i++)
		if (!resolve_one(a, &declared->as.list.items[i], given, out, problem))
			return false;
	return true;
}
