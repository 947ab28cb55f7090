/*
 * schema_pattern.c - patterns of schemas, by PCRE2, which is included here
 * alone: compiled into an arena, matched in UTF mode without JIT.
 *
 * PCRE2's own match limit counts anew from each place where a match may begin.
 * So every step of every pattern calls back (automatic callouts), and the way it
 * has moved through the text is charged to the budget of the whole check.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdio.h>

#include "doc/schema_private.h"

/* A pattern for people is shorter than this. */
#define PATTERN_MAX 8192
/* Of one match, in KiB. */
#define HEAP_LIMIT 16384

struct regex {
	pcre2_code *code;
};

/* PCRE2's memory comes from an arena, which takes nothing back. */
static void *arena_malloc(PCRE2_SIZE size, void *arena)
{
	return arena_alloc(arena, size);
}

static void arena_forget(void *block, void *arena)
{
	(void)block;
	(void)arena;
}

static void tell(char *why, size_t size, int code)
{
	PCRE2_UCHAR text[160];

	if (pcre2_get_error_message(code, text, sizeof(text)) > 0)
		snprintf(why, size, "%s", (const char *)text);
	else
		snprintf(why, size, "it is no regular expression");
}

static pcre2_code *compile(struct arena *a, struct str text, char *why, size_t why_size)
{
	const uint32_t options = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF |
				 PCRE2_AUTO_CALLOUT | PCRE2_NO_AUTO_POSSESS | PCRE2_NEVER_BACKSLASH_C;
	pcre2_general_context *general = pcre2_general_context_create(arena_malloc, arena_forget, a);
	pcre2_compile_context *context = general ? pcre2_compile_context_create(general) : NULL;
	pcre2_code *code;
	PCRE2_SIZE at;
	int error;

	if (!context) {
		a->refused = true;
		return NULL;
	}
	pcre2_set_parens_nest_limit(context, 100);
	code = pcre2_compile((PCRE2_SPTR)text.p, text.n, options, &error, &at, context);
	if (!code && !a->refused)
		tell(why, why_size, error);
	return code;
}

struct regex *regex_compile(struct arena *a, struct str ecma, char *why, size_t why_size)
{
	struct regex *p = arena_alloc(a, sizeof(*p));
	const char *reason = NULL;
	struct buf text;
	size_t at;

	buf_init(&text, a->heap, 0);
	if (!p || ecma.n > PATTERN_MAX) {
		snprintf(why, why_size, "it is longer than %d bytes", PATTERN_MAX);
		p = NULL;
	} else if (!pattern_translate(ecma, &text, &at, &reason)) {
		snprintf(why, why_size, "%s, at character %zu", reason, at + 1);
		p = NULL;
	} else if (!buf_ok(&text)) {
		a->refused = true;
		p = NULL;
	} else {
		p->code = compile(a, buf_str(&text), why, why_size);
		p = p->code ? p : NULL;
	}
	buf_release(&text);
	return p;
}

struct matcher {
	pcre2_match_context *context;
	pcre2_match_data *data;
	struct budget *budget;
	size_t position;
};

static int on_step(pcre2_callout_block *block, void *user)
{
	struct matcher *m = user;
	const size_t here = block->current_position;
	const size_t moved = here > m->position ? here - m->position : 0;

	m->position = here;
	return budget_spend(m->budget, 1 + moved) ? 0 : PCRE2_ERROR_CALLOUT;
}

struct matcher *matcher_new(struct arena *a)
{
	struct matcher *m = arena_alloc_zero(a, sizeof(*m));
	pcre2_general_context *general = m ? pcre2_general_context_create(arena_malloc, arena_forget, a) : NULL;

	if (general) {
		m->context = pcre2_match_context_create(general);
		m->data = pcre2_match_data_create(1, general);
	}
	if (!general || !m->context || !m->data) {
		a->refused = true;
		return NULL;
	}
	pcre2_set_callout(m->context, on_step, m);
	pcre2_set_heap_limit(m->context, HEAP_LIMIT);
	return m;
}

bool regex_matches(const struct regex *p, struct str text, struct matcher *m, struct budget *budget)
{
	int found;

	m->budget = budget;
	m->position = 0;
	if (!budget_spend(budget, 1 + text.n))
		return false;
	found = pcre2_match(p->code, (PCRE2_SPTR)text.p, text.n, 0, PCRE2_NO_UTF_CHECK, m->data, m->context);
	/* A limit of PCRE2's own is an end of the budget like any other. */
	if (found < 0 && found != PCRE2_ERROR_NOMATCH)
		budget->left = 0;
	return found >= 0;
}
