/*
 * select_parse.c - CSS selectors into arrays of compounds and tests.
 *
 * One pass, no recursion (:not holds compounds only).  Errors name the
 * character and, for unknown kinds, the nearest one.
 */
#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "doc/select_private.h"

struct parse {
	struct selector *s;
	struct selector_error *error;
	const char *start, *p, *end;
	char *strings; /* where the next string goes */
	uint32_t negations;
	uint32_t negation; /* of the :not() we are in */
};

/* ------------------------------------------------------------------ errors */

static bool fail_at(struct parse *x, const char *at, const char *format, ...) __attribute__((format(printf, 3, 4)));

static bool fail_at(struct parse *x, const char *at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	x->error->column = (uint32_t)(at - x->start) + 1;
	vsnprintf(x->error->message, sizeof(x->error->message), format, args);
	va_end(args);
	return false;
}

static bool fail_memory(struct parse *x)
{
	x->error->column = 0;
	snprintf(x->error->message, sizeof(x->error->message), "not enough memory");
	return false;
}

/* At what stands at p, or at the end. */
static bool fail_expected(struct parse *x, const char *what)
{
	if (x->p >= x->end)
		return fail_at(x, x->p, "expected %s at the end of the selector", what);
	if (*x->p > ' ' && *x->p < 0x7f)
		return fail_at(x, x->p, "expected %s before '%c'", what, *x->p);
	return fail_at(x, x->p, "expected %s here", what);
}

/* For messages: short, and cut between characters. */
static int shown(struct str s)
{
	size_t n = s.n;

	if (n > 40) {
		for (n = 40; n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80;)
			n--;
	}
	return (int)n;
}

/* ------------------------------------------------------------------ letters */

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '-' ||
	       (unsigned char)c >= 0x80;
}

static void skip_space(struct parse *x)
{
	while (x->p < x->end && is_space(*x->p))
		x->p++;
}

static bool at(const struct parse *x, char c)
{
	return x->p < x->end && *x->p == c;
}

static int hex_value(char c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* A backslash and what it stands for (CSS: up to six hex digits and a space, or the character itself). */
static size_t unescape(struct parse *x, char *out)
{
	uint32_t cp = 0;
	int digits = 0;

	x->p++;
	while (x->p < x->end && digits < 6 && hex_value(*x->p) >= 0) {
		cp = cp * 16 + (uint32_t)hex_value(*x->p++);
		digits++;
	}
	if (digits > 0) {
		if (x->p < x->end && is_space(*x->p))
			x->p++;
		return utf8_encode(cp ? cp : 0xfffd, out);
	}
	if (x->p == x->end)
		return 0;
	*out = *x->p++;
	return 1;
}

/* Bytes up to one that stop says ends them, escapes resolved, into the room made for all strings. */
static struct str read_until(struct parse *x, bool (*stop)(char c, char quote), char quote)
{
	const char *copy = x->strings;

	while (x->p < x->end && !stop(*x->p, quote)) {
		if (*x->p == '\\')
			x->strings += unescape(x, x->strings);
		else
			*x->strings++ = *x->p++;
	}
	return str_slice(copy, x->strings);
}

static bool stops_name(char c, char quote)
{
	(void)quote;
	return !is_name_char(c) && c != '\\';
}

static bool stops_quoted(char c, char quote)
{
	return c == quote;
}

static bool stops_bare(char c, char quote)
{
	(void)quote;
	return c == ']' || is_space(c);
}

static bool read_name(struct parse *x, const char *what, struct str *out)
{
	if (x->p >= x->end || stops_name(*x->p, 0))
		return fail_expected(x, what);
	*out = read_until(x, stops_name, 0);
	return true;
}

/* ------------------------------------------------------------------- tests */

static struct select_test *add_test(struct parse *x, enum select_test_type type)
{
	struct selector *s = x->s;
	struct select_test *tests = arena_grow(s->arena, s->tests, &s->cap_tests, s->n_tests + 1, sizeof(*tests));

	if (!tests) {
		fail_memory(x);
		return NULL;
	}
	s->tests = tests;
	s->tests[s->n_tests] = (struct select_test){ .type = (uint8_t)type, .negation = x->negation };
	return &s->tests[s->n_tests++];
}

static bool parse_operator(struct parse *x, struct select_test *t)
{
	static const struct {
		char text[3];
		uint8_t op;
	} operators[] = { { "~=", OP_WORD },   { "|=", OP_DASH },       { "^=", OP_PREFIX },     { "$=", OP_SUFFIX },
			  { "*=", OP_INSIDE }, { "<=", OP_LESS_EQUAL }, { ">=", OP_MORE_EQUAL }, { "=", OP_EQUAL },
			  { "<", OP_LESS },    { ">", OP_MORE } };
	struct str rest = str_slice(x->p, x->end);

	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++) {
		if (!str_starts(rest, str_of(operators[i].text)))
			continue;
		t->op = operators[i].op;
		x->p += strlen(operators[i].text);
		return true;
	}
	return fail_expected(x, "an operator (= ~= |= ^= $= *= < <= > >=) or ']'");
}

static bool parse_value(struct parse *x, struct select_test *t)
{
	const char *from = x->p;
	char quote = at(x, '"') || at(x, '\'') ? *x->p : 0;

	if (quote) {
		x->p++;
		t->value = read_until(x, stops_quoted, quote);
		if (!at(x, quote))
			return fail_at(x, from, "this quoted value is not closed");
		x->p++;
	} else {
		t->value = read_until(x, stops_bare, 0);
		if (t->value.n == 0)
			return fail_expected(x, "a value");
	}
	if (t->op >= OP_LESS && !select_integer(t->value, &t->number))
		return fail_at(x, from, "< and > compare whole numbers, not \"%.*s\"", shown(t->value), t->value.p);
	return true;
}

/* The i or s between the value and the bracket. */
static void parse_flag(struct parse *x, struct select_test *t)
{
	skip_space(x);
	if (x->p + 1 >= x->end || !strchr("iIsS", *x->p) || is_name_char(x->p[1]))
		return;
	t->nocase = *x->p == 'i' || *x->p == 'I';
	x->p++;
	skip_space(x);
}

/* At "[". */
static bool parse_brackets(struct parse *x)
{
	const char *from = x->p++;
	struct select_test *t = add_test(x, TEST_FIELD);

	if (!t)
		return false;
	skip_space(x);
	if (!read_name(x, "the name of a field or attribute", &t->name))
		return false;
	skip_space(x);
	if (x->p < x->end && !at(x, ']')) {
		if (!parse_operator(x, t))
			return false;
		skip_space(x);
		if (!parse_value(x, t))
			return false;
		parse_flag(x, t);
		if (t->nocase && t->op == OP_INSIDE && t->value.n > SELECTOR_MAX_INSIDE)
			return fail_at(x, from, "*= with i takes at most %d bytes", SELECTOR_MAX_INSIDE);
	}
	if (x->p == x->end)
		return fail_at(x, from, "this '[' is not closed");
	if (!at(x, ']'))
		return fail_expected(x, "']'");
	x->p++;
	return true;
}

/* --------------------------------------------------------------- compounds */

static bool parse_kind(struct parse *x, uint8_t *kind)
{
	const char *from = x->p, *nearest;
	struct str name;

	if (!read_name(x, "the name of a kind", &name))
		return false;
	*kind = (uint8_t)node_kind_find(name);
	if (*kind)
		return true;
	nearest = select_nearest_kind(name);
	if (nearest)
		return fail_at(x, from, "there is no kind of node \"%.*s\"; did you mean \"%s\"?", shown(name), name.p,
			       nearest);
	return fail_at(x, from, "there is no kind of node \"%.*s\"", shown(name), name.p);
}

static bool parse_name_test(struct parse *x, enum select_test_type type)
{
	struct select_test *t = add_test(x, type);

	x->p++;
	return t && read_name(x, type == TEST_ID ? "an id" : "a class", &t->value);
}

/* At the first character of a #, . or [ test. */
static bool parse_test(struct parse *x)
{
	if (at(x, '#'))
		return parse_name_test(x, TEST_ID);
	return at(x, '.') ? parse_name_test(x, TEST_CLASS) : parse_brackets(x);
}

static bool at_test(const struct parse *x)
{
	return at(x, '#') || at(x, '.') || at(x, '[');
}

/* At ":". nested: inside :not(), which holds no further one. */
static bool parse_pseudo(struct parse *x, bool nested);

/* One alternative inside :not(). */
static bool parse_negated(struct parse *x)
{
	const char *from = x->p;
	struct select_test *t;
	uint8_t kind = 0;

	x->negation = ++x->negations;
	if (at(x, '*') || (x->p < x->end && !stops_name(*x->p, 0))) {
		if (at(x, '*'))
			x->p++;
		else if (!parse_kind(x, &kind))
			return false;
		t = add_test(x, TEST_KIND);
		if (!t)
			return false;
		t->kind = kind;
	}
	while (at_test(x) || at(x, ':')) {
		if (!(at(x, ':') ? parse_pseudo(x, true) : parse_test(x)))
			return false;
	}
	return x->p > from || fail_expected(x, "a kind, #id, .class or [test]");
}

/* At "(". */
static bool parse_not(struct parse *x, const char *from)
{
	do {
		x->p++;
		skip_space(x);
		if (!parse_negated(x))
			return false;
		skip_space(x);
	} while (at(x, ','));
	x->negation = 0;
	if (x->p == x->end)
		return fail_at(x, from, "this :not( is not closed");
	if (!at(x, ')'))
		return fail_expected(x, "')'");
	x->p++;
	return true;
}

static bool parse_pseudo(struct parse *x, bool nested)
{
	const char *from = x->p++;
	struct str name;

	if (!read_name(x, "the name of a pseudo-class", &name))
		return false;
	if (str_eqz(name, "first-child"))
		return add_test(x, TEST_FIRST) != NULL;
	if (str_eqz(name, "last-child"))
		return add_test(x, TEST_LAST) != NULL;
	if (nested)
		return fail_at(x, from, "\":%.*s\" cannot stand inside :not()", shown(name), name.p);
	if (str_eqz(name, "not") && at(x, '('))
		return parse_not(x, from);
	return fail_at(x, from, "there is no \":%.*s\"; pseudo-classes are :first-child, :last-child and :not(...)",
		       shown(name), name.p);
}

static bool parse_compound(struct parse *x, enum select_combinator combinator)
{
	struct selector *s = x->s;
	struct select_compound c = { .combinator = (uint8_t)combinator, .first_test = (uint32_t)s->n_tests };
	struct select_compound *compounds;
	const char *from = x->p;

	if (s->n_compounds == SELECTOR_MAX_COMPOUNDS)
		return fail_at(x, from, "a selector has at most %d parts", SELECTOR_MAX_COMPOUNDS);
	if (at(x, '*'))
		x->p++;
	else if (x->p < x->end && !stops_name(*x->p, 0) && !parse_kind(x, &c.kind))
		return false;
	while (at_test(x) || at(x, ':')) {
		if (!(at(x, ':') ? parse_pseudo(x, false) : parse_test(x)))
			return false;
	}
	if (x->p == from)
		return fail_expected(x, "a kind of node, *, #id, .class or [test]");
	c.n_tests = (uint32_t)s->n_tests - c.first_test;
	compounds = arena_grow(s->arena, s->compounds, &s->cap_compounds, s->n_compounds + 1, sizeof(*compounds));
	if (!compounds)
		return fail_memory(x);
	s->compounds = compounds;
	s->compounds[s->n_compounds++] = c;
	return true;
}

/* What joins the compound behind it to the one before; COMBINE_NONE at a comma or the end. */
static enum select_combinator parse_combinator(struct parse *x)
{
	bool space = x->p < x->end && is_space(*x->p);
	enum select_combinator c;

	skip_space(x);
	if (at(x, '>'))
		c = COMBINE_CHILD;
	else if (at(x, '+'))
		c = COMBINE_NEXT;
	else if (at(x, '~'))
		c = COMBINE_LATER;
	else
		return space && x->p < x->end && !at(x, ',') ? COMBINE_DESCENDANT : COMBINE_NONE;
	x->p++;
	skip_space(x);
	return c;
}

static bool parse_complex(struct parse *x)
{
	enum select_combinator combinator = COMBINE_NONE;

	do {
		if (!parse_compound(x, combinator))
			return false;
		combinator = parse_combinator(x);
	} while (combinator != COMBINE_NONE);
	select_bit_set(&x->s->ends, x->s->n_compounds - 1);
	return true;
}

static bool parse_list(struct parse *x)
{
	for (;;) {
		skip_space(x);
		if (!parse_complex(x))
			return false;
		if (x->p == x->end)
			return true;
		if (!at(x, ','))
			return fail_expected(x, "a space, comma or combinator");
		x->p++;
	}
}

static void index_compounds(struct selector *s)
{
	for (size_t i = 0; i < s->n_compounds; i++) {
		enum select_combinator c = (enum select_combinator)s->compounds[i].combinator;
		select_bit_set(&s->by[c], i);
		if (c == COMBINE_NONE)
			select_bit_set(&s->begins, i);
		s->has_combinators |= c != COMBINE_NONE;
		s->has_siblings |= c == COMBINE_NEXT || c == COMBINE_LATER;
	}
}

struct selector *selector_compile(struct arena *a, struct str text, struct selector_error *error)
{
	struct selector *s = arena_alloc_zero(a, sizeof(*s));
	struct parse x = { .s = s, .error = error };

	*error = (struct selector_error){ 0, "" };
	x.start = x.p = text.p ? text.p : "";
	x.end = x.p + text.n;
	if (text.n > SELECTOR_MAX_BYTES) {
		fail_at(&x, x.p, "a selector has at most %d bytes", SELECTOR_MAX_BYTES);
		return NULL;
	}
	/* an escape takes at least two bytes and stands for at most four */
	x.strings = arena_alloc(a, 2 * text.n + 8);
	if (!s || !x.strings || !(s->state = arena_alloc_zero(a, sizeof(*s->state)))) {
		fail_memory(&x);
		return NULL;
	}
	s->arena = a;
	if (!parse_list(&x))
		return NULL;
	index_compounds(s);
	return s;
}
