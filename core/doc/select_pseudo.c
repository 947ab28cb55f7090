/*
 * select_pseudo.c - pseudo-classes: their names, what stands in their
 * parentheses, and what was meant where there is none of that name.
 */
#include "doc/select_lex.h"

enum pseudo_form {
	FORM_TEST,     /* one test */
	FORM_NTH,      /* a position given in parentheses */
	FORM_POSITION, /* a position that the name says: the first, or the last */
	FORM_ONLY,
	FORM_LIST,
	FORM_CONTAINS,
	FORM_CHECKED
};

struct pseudo {
	const char *name;
	enum pseudo_form form;
	uint8_t type; /* of the test, or of the list */
	bool from_end, of_type;
};

static const struct pseudo pseudos[] = {
	{ "checked", FORM_CHECKED, 0, false, false },       { "contains", FORM_CONTAINS, 0, false, false },
	{ "empty", FORM_TEST, TEST_EMPTY, false, false },   { "first-child", FORM_TEST, TEST_FIRST, false, false },
	{ "first-of-type", FORM_POSITION, 0, false, true }, { "has", FORM_LIST, LIST_HAS, false, false },
	{ "is", FORM_LIST, LIST_IS, false, false },         { "last-child", FORM_TEST, TEST_LAST, false, false },
	{ "last-of-type", FORM_POSITION, 0, true, true },   { "not", FORM_LIST, LIST_NOT, false, false },
	{ "nth-child", FORM_NTH, 0, false, false },         { "nth-last-child", FORM_NTH, 0, true, false },
	{ "nth-last-of-type", FORM_NTH, 0, true, true },    { "nth-of-type", FORM_NTH, 0, false, true },
	{ "only-child", FORM_ONLY, 0, false, false },       { "only-of-type", FORM_ONLY, 0, false, true },
	{ "root", FORM_TEST, TEST_ROOT, false, false },     { "scope", FORM_TEST, TEST_SCOPE, false, false },
	{ "where", FORM_LIST, LIST_IS, false, false },      { NULL, FORM_TEST, 0, false, false },
};

/* What other dialects have. */
static const char *foreign_pseudo(struct str name)
{
	static const char *const foreign[][2] = {
		{ "first", "first-child" },    { "last", "last-child" },
		{ "eq", "nth-child" },         { "nth", "nth-child" },
		{ "even", "nth-child(even)" }, { "odd", "nth-child(odd)" },
		{ "matches", "is" },           { "any", "is" },
		{ "-webkit-any", "is" },       { "-moz-any", "is" },
		{ "text", "contains" },        { "has-text", "contains" },
		{ "icontains", "contains" },   { "header", "is(heading)" },
		{ "blank", "empty" },          { "parent", "not(:empty)" },
		{ "image", "is(image)" },      { "link", "is(link)" },
		{ "any-link", "is(link)" },
	};

	for (size_t i = 0; i < sizeof(foreign) / sizeof(*foreign); i++) {
		if (str_eq_nocase(name, str_of(foreign[i][0])))
			return foreign[i][1];
	}
	return NULL;
}

static bool fail_unknown(struct select_parse *x, const char *from, struct str name)
{
	const char *nearest = foreign_pseudo(name);

	if (!nearest)
		nearest = select_nearest(name, &pseudos[0].name, sizeof(pseudos[0]));
	if (nearest)
		return lex_fail(x, from, "there is no \":%.*s\"; did you mean \":%s\"?", lex_shown(name), name.p,
				nearest);
	return lex_fail(x, from, "there is no \":%.*s\"", lex_shown(name), name.p);
}

static const struct pseudo *pseudo_find(struct str name)
{
	for (const struct pseudo *p = pseudos; p->name; p++) {
		if (str_eq_nocase(name, str_of(p->name)))
			return p;
	}
	return NULL;
}

/* ---------------------------------------------------------------- arguments */

static struct select_test *add_nth(struct select_parse *x, struct select_nth nth, bool from_end, bool of_type)
{
	struct select_test *t = parse_add_test(x, TEST_NTH);

	if (t) {
		t->nth = nth;
		t->from_end = from_end;
		t->of_type = of_type;
	}
	return t;
}

static bool parse_close(struct select_parse *x, const char *from)
{
	if (!lex_skip(x, NULL))
		return false;
	if (x->p == x->end)
		return lex_fail(x, from, "this '(' is not closed");
	if (!lex_at(x, ')'))
		return lex_fail_expected(x, "')'");
	x->p++;
	return true;
}

/* "of" and a list. The position from the end is found ahead, that from the beginning on the way. */
static bool parse_of(struct select_parse *x, const char *from, const struct pseudo *p, struct select_nth nth)
{
	struct select_test *t;

	x->p += 2;
	if (x->p < x->end && !lex_is_space(*x->p) && *x->p != '/' && lex_at_name(x))
		return lex_fail(x, x->p - 2, "expected \"of\" or ')'");
	t = p->from_end ? parse_add_test(x, TEST_AHEAD) : add_nth(x, nth, false, false);
	if (!t)
		return false;
	t->nth = nth;
	return parse_open_list(x, from, p->from_end ? LIST_LAST_OF : LIST_OF, t);
}

static bool parse_nth(struct select_parse *x, const char *from, const struct pseudo *p)
{
	struct select_nth nth;

	if (!lex_skip(x, NULL))
		return false;
	if (!lex_nth(x, &nth) || !lex_skip(x, NULL))
		return false;
	if (!p->of_type && x->end - x->p >= 2 && str_eq_nocase((struct str){ x->p, 2 }, STR_LIT("of")))
		return parse_of(x, from, p, nth);
	return parse_close(x, from) && add_nth(x, nth, p->from_end, p->of_type) != NULL;
}

static bool parse_contains(struct select_parse *x, const char *from)
{
	struct select_test *t = parse_add_test(x, TEST_CONTAINS);

	if (!t || !lex_skip(x, NULL))
		return false;
	if (!(lex_at(x, '"') || lex_at(x, '\'')))
		return lex_fail_expected(x, "a text in quotes");
	if (!lex_quoted(x, &t->value) || !lex_skip(x, NULL) || !lex_flag(x, &t->nocase))
		return false;
	t->text = (uint32_t)x->s->n_texts++;
	if (!text_prepare(x->s->arena, &t->needle, t->value, t->nocase))
		return lex_fail_memory(x);
	return parse_close(x, from);
}

static bool parse_list(struct select_parse *x, const char *from, const struct pseudo *p)
{
	struct select_test *t = parse_add_test(x, p->type == LIST_HAS ? TEST_AHEAD : TEST_LIST);

	if (!t)
		return false;
	t->negated = p->type == LIST_NOT;
	return parse_open_list(x, from, (enum select_list_type)p->type, t);
}

/* Those without parentheses. */
static bool add_plain(struct select_parse *x, const struct pseudo *p)
{
	static const struct select_nth first = { 0, 1 };
	struct select_test *t;

	switch (p->form) {
	case FORM_ONLY:
		if (!p->of_type)
			return parse_add_test(x, TEST_FIRST) && parse_add_test(x, TEST_LAST);
		return add_nth(x, first, false, true) && add_nth(x, first, true, true);
	case FORM_POSITION:
		return add_nth(x, first, p->from_end, p->of_type) != NULL;
	case FORM_CHECKED:
		t = parse_add_test(x, TEST_FIELD);
		if (t)
			t->name = STR_LIT("checked");
		return t != NULL;
	default:
		return parse_add_test(x, (enum select_test_type)p->type) != NULL;
	}
}

bool parse_pseudo(struct select_parse *x)
{
	const char *from = x->p++;
	const struct pseudo *p;
	struct str name;

	if (lex_at(x, ':'))
		return lex_fail(x, from, "there are no pseudo-elements; pseudo-classes have one colon");
	if (!lex_name(x, "the name of a pseudo-class", &name))
		return false;
	p = pseudo_find(name);
	if (!p)
		return fail_unknown(x, from, name);
	const bool takes = p->form == FORM_NTH || p->form == FORM_LIST || p->form == FORM_CONTAINS;
	if (takes != lex_at(x, '('))
		return lex_fail(x, x->p, takes ? "expected '(' behind :%s" : ":%s takes no parentheses", p->name);
	if (!takes)
		return add_plain(x, p);
	x->p++;
	if (p->form == FORM_NTH)
		return parse_nth(x, from, p);
	return p->form == FORM_CONTAINS ? parse_contains(x, from) : parse_list(x, from, p);
}
