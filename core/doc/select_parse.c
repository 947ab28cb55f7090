/*
 * select_parse.c - selectors into programs of compounds and tests.
 *
 * One pass with a stack of the lists that are open, so nothing recurses.  A
 * compound gets its number when it is complete: after all that stand in its
 * lists, which are therefore known when it is tried.
 */
#include <stdio.h>

#include "doc/select_lex.h"

static struct select_open *innermost(struct select_parse *x)
{
	return &x->open[x->n_open - 1];
}

/* ------------------------------------------------------------------- tests */

struct select_test *parse_add_test(struct select_parse *x, enum select_test_type type)
{
	struct select_test *t = arena_alloc_zero(x->s->arena, sizeof(*t)), **at = &x->now.tests;

	if (!t) {
		lex_fail_memory(x);
		return NULL;
	}
	t->type = (uint8_t)type;
	while (*at && (*at)->type <= t->type) /* the cheap ones first */
		at = &(*at)->next;
	t->next = *at;
	*at = t;
	return t;
}

static bool parse_operator(struct select_parse *x, struct select_test *t)
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
		return lex_skip(x, NULL);
	}
	return lex_fail_expected(x, "an operator (= ~= |= ^= $= *= < <= > >=) or ']'");
}

static bool parse_value(struct select_parse *x, struct select_test *t)
{
	const char *from = x->p;

	if (!(lex_at(x, '"') || lex_at(x, '\'') ? lex_quoted(x, &t->value) : lex_bare(x, &t->value)))
		return false;
	if (t->op >= OP_LESS && !select_number(t->value, &t->number))
		return lex_fail(x, from, "< and > compare numbers, not \"%.*s\"", lex_shown(t->value), t->value.p);
	if (!lex_skip(x, NULL) || !lex_flag(x, &t->nocase))
		return false;
	return t->op != OP_INSIDE || needle_prepare(x->s->arena, &t->needle, t->value, t->nocase) || lex_fail_memory(x);
}

/* At "[". */
static bool parse_brackets(struct select_parse *x)
{
	const char *from = x->p++;
	struct select_test *t = parse_add_test(x, TEST_FIELD);

	if (!t || !lex_skip(x, NULL) || !lex_name(x, "the name of a field or attribute", &t->name) ||
	    !lex_skip(x, NULL))
		return false;
	if (x->p < x->end && !lex_at(x, ']') && !(parse_operator(x, t) && parse_value(x, t)))
		return false;
	if (x->p == x->end)
		return lex_fail(x, from, "this '[' is not closed");
	if (!lex_at(x, ']'))
		return lex_fail_expected(x, "']'");
	x->p++;
	return true;
}

static bool parse_name_test(struct select_parse *x, enum select_test_type type)
{
	struct select_test *t = parse_add_test(x, type);

	x->p++;
	return t && lex_name(x, type == TEST_ID ? "an id" : "a class", &t->value);
}

static bool parse_kind(struct select_parse *x)
{
	const char *from = x->p, *nearest;
	struct str name;

	if (lex_at(x, '*')) {
		x->p++;
		return true;
	}
	if (!lex_name(x, "the name of a kind", &name))
		return false;
	x->now.kind = (uint8_t)node_kind_find(name);
	if (str_eqz(name, "section")) {
		x->now.kind = SELECT_SECTION;
		x->s->uses_sections = true;
	}
	if (x->now.kind)
		return true;
	nearest = select_nearest_kind(name);
	if (nearest)
		return lex_fail(x, from, "there is no kind of node \"%.*s\"; did you mean \"%s\"?", lex_shown(name),
				name.p, nearest);
	return lex_fail(x, from, "there is no kind of node \"%.*s\"", lex_shown(name), name.p);
}

/* --------------------------------------------------------------- compounds */

static bool add_compound(struct select_parse *x, uint8_t program, const struct select_compound *c, uint32_t *number)
{
	struct select_program *p = &x->s->programs[program];
	struct select_compound *items;

	if (x->s->programs[0].n + x->s->programs[1].n >= SELECTOR_MAX_COMPOUNDS)
		return lex_fail(x, x->now.from, "a selector has at most %d parts", SELECTOR_MAX_COMPOUNDS);
	items = arena_grow(x->s->arena, p->compounds, &p->cap, p->n + 1, sizeof(*items));
	if (!items)
		return lex_fail_memory(x);
	p->compounds = items;
	items[p->n] = *c;
	*number = (uint32_t)p->n++;
	return true;
}

static bool list_add(struct select_parse *x, struct select_list *list, uint32_t number)
{
	uint32_t *ends = arena_grow(x->s->arena, list->ends, &list->cap, list->n + 1, sizeof(*ends));

	if (!ends)
		return lex_fail_memory(x);
	list->ends = ends;
	list->ends[list->n++] = number;
	return true;
}

/* The compound read so far is complete. In :has() it is told what follows, elsewhere what comes before. */
static bool close_compound(struct select_parse *x, uint32_t *number)
{
	const struct select_open *o = innermost(x);
	const struct select_build *b = &x->now;
	struct select_compound c = { .tests = b->tests,
				     .left = SELECT_NONE,
				     .right = SELECT_NONE,
				     .kind = b->kind,
				     .sections = b->kind == SELECT_SECTION ||
						 (b->kind == SELECT_ANY && b->names_section) };

	if (o->type != LIST_HAS) {
		c.left = b->left;
		c.combinator = b->combinator;
	}
	if (!add_compound(x, o->program, &c, number))
		return false;
	if (o->type == LIST_HAS) {
		struct select_compound *before = &x->s->programs[o->program].compounds[b->left];
		before->right = *number;
		before->ahead = b->combinator;
	}
	return true;
}

static uint8_t combinator_here(const struct select_parse *x)
{
	if (lex_at(x, '>'))
		return COMBINE_CHILD;
	if (lex_at(x, '+'))
		return COMBINE_NEXT;
	return lex_at(x, '~') ? COMBINE_LATER : COMBINE_NONE;
}

/* Of what stands between compounds; COMBINE_NONE where the selector is complete. */
static bool parse_combinator(struct select_parse *x, uint8_t *combinator)
{
	bool spaced = false;

	if (!lex_skip(x, &spaced))
		return false;
	*combinator = combinator_here(x);
	if (*combinator != COMBINE_NONE) {
		x->p++;
		return lex_skip(x, NULL);
	}
	if (spaced && x->p < x->end && !lex_at(x, ',') && !lex_at(x, ')'))
		*combinator = COMBINE_DESCENDANT;
	return true;
}

static void begin_compound(struct select_parse *x, uint32_t left, uint8_t combinator)
{
	x->now = (struct select_build){ .from = x->p, .left = left, .combinator = combinator };
}

/* At the first compound of a selector. In :has() it hangs on an anchor, which holds where the rest does. */
static bool begin_complex(struct select_parse *x)
{
	static const struct select_compound anchor = { .left = SELECT_NONE, .right = SELECT_NONE, .sections = true };
	struct select_open *o = innermost(x);
	uint8_t combinator;

	if (!lex_skip(x, NULL))
		return false;
	begin_compound(x, SELECT_NONE, COMBINE_NONE);
	if (o->type != LIST_HAS)
		return true;
	if (!add_compound(x, o->program, &anchor, &o->anchor))
		return false;
	combinator = combinator_here(x);
	if (combinator != COMBINE_NONE) {
		x->p++;
		if (!lex_skip(x, NULL))
			return false;
	}
	begin_compound(x, o->anchor, combinator == COMBINE_NONE ? COMBINE_DESCENDANT : combinator);
	return true;
}

static bool end_complex(struct select_parse *x, uint32_t last)
{
	struct select_open *o = innermost(x);
	struct select_compound *c = &x->s->programs[o->program].compounds[last];

	o->names_section |= c->sections;
	/* What a list is asked about may be a section, if the compound it stands in says so. */
	if (c->kind == SELECT_ANY && o->type != LIST_WHOLE && o->type != LIST_HAS)
		c->sections = true;
	return list_add(x, &o->ends, o->type == LIST_HAS ? o->anchor : last);
}

/* -------------------------------------------------------------------- lists */

bool parse_open_list(struct select_parse *x, const char *from, enum select_list_type type, struct select_test *test)
{
	uint8_t program = x->n_open ? innermost(x)->program : PROGRAM_MAIN;
	struct select_open *open;

	if (x->n_open > SELECTOR_MAX_DEPTH)
		return lex_fail(x, from, "lists stand in lists at most %d deep", SELECTOR_MAX_DEPTH);
	if (type == LIST_HAS || type == LIST_LAST_OF) {
		if (program == PROGRAM_AHEAD)
			return lex_fail(x, from, "%s cannot stand inside :has() or :nth-last-child(... of ...)",
					type == LIST_HAS ? ":has()" : "a list behind \"of\"");
		program = PROGRAM_AHEAD;
	}
	open = arena_grow(x->s->arena, x->open, &x->cap_open, x->n_open + 1, sizeof(*open));
	if (!open)
		return lex_fail_memory(x);
	x->open = open;
	open[x->n_open++] = (struct select_open){
		.type = type, .program = program, .from = from, .test = test, .anchor = SELECT_NONE, .outer = x->now
	};
	return begin_complex(x);
}

/* The compound ahead that counts, from the end, the siblings that match the list. */
static bool close_last_of(struct select_parse *x, const struct select_open *o)
{
	struct select_program *p = &x->s->programs[PROGRAM_AHEAD];
	struct select_test *counted = arena_alloc_zero(x->s->arena, sizeof(*counted));
	struct select_compound c = { .left = SELECT_NONE,
				     .right = SELECT_NONE,
				     .sections = true,
				     .ahead = COMBINE_COUNT,
				     .nth = o->test->nth,
				     .counter = (uint32_t)p->n_ahead_counters++ };
	uint32_t number;

	if (!counted)
		return lex_fail_memory(x);
	*counted = (struct select_test){ .type = TEST_LIST, .list = o->ends };
	c.tests = counted;
	o->test->list = (struct select_list){ 0 };
	return add_compound(x, PROGRAM_AHEAD, &c, &number) && list_add(x, &o->test->list, number);
}

static bool close_of(struct select_parse *x, const struct select_open *o)
{
	struct select_program *p = &x->s->programs[o->program];
	struct select_test **counters = arena_grow(x->s->arena, p->counters, &p->cap_counters, p->n_counters + 1,
						   sizeof(struct select_test *));

	if (!counters)
		return lex_fail_memory(x);
	p->counters = counters;
	o->test->list = o->ends;
	o->test->counts = true;
	o->test->counter = (uint32_t)p->n_counters;
	p->counters[p->n_counters++] = o->test;
	return true;
}

/* At ")". */
static bool close_list(struct select_parse *x)
{
	struct select_open o = *innermost(x);

	x->p++;
	x->n_open--;
	x->now = o.outer;
	if (o.type == LIST_LAST_OF)
		return close_last_of(x, &o);
	if (o.type == LIST_OF)
		return close_of(x, &o);
	o.test->list = o.ends;
	x->now.names_section |= o.type == LIST_IS && o.names_section;
	return true;
}

/* ------------------------------------------------------------------ the whole */

/* Whether a further part of the compound stands here, comments in between aside. */
static bool at_part(struct select_parse *x)
{
	while (x->p + 1 < x->end && x->p[0] == '/' && x->p[1] == '*') {
		const char *close = memmem(x->p + 2, (size_t)(x->end - x->p - 2), "*/", 2);
		if (!close)
			return false; /* lex_skip will tell */
		x->p = close + 2;
	}
	return lex_at(x, '#') || lex_at(x, '.') || lex_at(x, '[') || lex_at(x, ':');
}

static bool parse_part(struct select_parse *x)
{
	if (lex_at(x, '#'))
		return parse_name_test(x, TEST_ID);
	if (lex_at(x, '.'))
		return parse_name_test(x, TEST_CLASS);
	return lex_at(x, '[') ? parse_brackets(x) : parse_pseudo(x);
}

static bool fail_no_compound(struct select_parse *x)
{
	if (lex_at(x, '|'))
		return lex_fail(x, x->p, "there are no namespaces");
	if (lex_at(x, '&'))
		return lex_fail(x, x->p, "there is no rule around this selector; did you mean \":scope\"?");
	return lex_fail_expected(x, "a kind of node, *, #id, .class, [test] or :pseudo-class");
}

/* Behind a compound that is complete. *done: so is the whole. */
static bool parse_behind(struct select_parse *x, bool *done)
{
	const struct select_open *o;
	uint8_t combinator;
	uint32_t number;

	if (!close_compound(x, &number) || !parse_combinator(x, &combinator))
		return false;
	if (combinator != COMBINE_NONE) {
		begin_compound(x, number, combinator);
		return true;
	}
	if (!end_complex(x, number))
		return false;
	o = innermost(x);
	if (lex_at(x, ',')) {
		x->p++;
		return begin_complex(x);
	}
	if (x->p == x->end) {
		*done = o->type == LIST_WHOLE;
		return *done || lex_fail(x, o->from, "this '(' is not closed");
	}
	if (lex_at(x, ')') && o->type != LIST_WHOLE)
		return close_list(x);
	if (lex_at(x, '|'))
		return lex_fail(x, x->p, "there are no namespaces and no columns");
	return lex_fail_expected(x, o->type == LIST_WHOLE ? "a space, comma or combinator"
							  : "a space, comma, combinator or ')'");
}

/* Parts may open and close lists on the way: the compound goes on where a list closes. */
static bool parse_whole(struct select_parse *x)
{
	bool done = false;

	if (!parse_open_list(x, x->p, LIST_WHOLE, NULL))
		return false;
	while (!done) {
		if (x->p == x->now.from) {
			if (lex_at(x, '*') || lex_at_name(x)) {
				if (!parse_kind(x))
					return false;
			} else if (!at_part(x)) {
				return fail_no_compound(x);
			}
		}
		if (at_part(x) ? !parse_part(x) : !parse_behind(x, &done))
			return false;
	}
	x->s->ends = innermost(x)->ends;
	return true;
}

/* ------------------------------------------------------------------- compile */

static void index_tests(struct select_program *p, const struct select_test *t)
{
	for (; t; t = t->next) {
		if (t->type != TEST_NTH)
			continue;
		p->has_relations = p->has_siblings = true;
		p->counts_kinds |= t->of_type;
	}
}

static void index_compound(struct select_program *p, size_t i)
{
	const struct select_compound *c = &p->compounds[i];

	p->has_relations |= c->combinator != COMBINE_NONE;
	p->has_siblings |= c->combinator == COMBINE_NEXT || c->combinator == COMBINE_LATER;
	p->looks_aside |= c->ahead == COMBINE_NEXT || c->ahead == COMBINE_LATER || c->ahead == COMBINE_COUNT;
	index_tests(p, c->tests);
	for (size_t k = 1; k < SELECT_KINDS; k++) {
		const bool can = k == SELECT_SECTION ? c->sections : c->kind == SELECT_ANY || c->kind == k;
		if (can)
			select_bit_set(p->by_kind[k], i);
	}
}

static bool index_program(struct select_parse *x, struct select_program *p)
{
	uint64_t *bits;

	p->n_words = (p->n + 63) / 64;
	bits = arena_alloc_zero(x->s->arena, SELECT_KINDS * p->n_words * sizeof(*bits) + 1);
	if (!bits)
		return lex_fail_memory(x);
	for (size_t k = 0; k < SELECT_KINDS; k++)
		p->by_kind[k] = bits + k * p->n_words;
	for (size_t i = 0; i < p->n; i++)
		index_compound(p, i);
	p->has_relations |= x->s->uses_sections;
	p->has_siblings |= x->s->uses_sections;
	p->looks_aside |= p->has_siblings;
	p->level_size = walk_level_size(p, x->s->uses_sections);
	return true;
}

static bool prepare_run(struct select_parse *x)
{
	struct selector *s = x->s;

	for (size_t i = 0; i < N_PROGRAMS; i++) {
		if (!index_program(x, &s->programs[i]))
			return false;
		s->walks[i].program = &s->programs[i];
		s->walks[i].fresh = arena_alloc_zero(s->arena, 2 * s->programs[i].n_words * sizeof(uint64_t) + 1);
		if (!s->walks[i].fresh)
			return lex_fail_memory(x);
	}
	s->texts = arena_alloc_zero(s->arena, s->n_texts * sizeof(*s->texts) + 1);
	return s->texts || lex_fail_memory(x);
}

struct selector *selector_compile(struct arena *a, struct str text, struct selector_error *error)
{
	struct selector *s = arena_alloc_zero(a, sizeof(*s));
	struct select_parse x = { .s = s, .error = error };

	*error = (struct selector_error){ 0, "" };
	x.start = x.p = text.p ? text.p : "";
	x.end = x.p + text.n;
	if (text.n > SELECTOR_MAX_BYTES) {
		lex_fail(&x, x.p, "a selector has at most %d bytes", SELECTOR_MAX_BYTES);
		return NULL;
	}
	/* an escape takes at least two bytes and stands for at most four */
	x.strings = arena_alloc(a, 2 * text.n + 8);
	if (!s || !x.strings) {
		lex_fail_memory(&x);
		return NULL;
	}
	s->arena = a;
	return parse_whole(&x) && prepare_run(&x) ? s : NULL;
}
