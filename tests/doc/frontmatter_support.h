/*
 * frontmatter_support.h - for the tests of front matter: read a text and
 * compare the result as JSON, look at the first warning, let the n-th
 * allocation fail.
 */
#ifndef QUERN_TESTS_FRONTMATTER_SUPPORT_H
#define QUERN_TESTS_FRONTMATTER_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/json.h"
#include "doc/frontmatter.h"

typedef bool reader_fn(struct str text, uint32_t first_line, const struct frontmatter_limits *limits, struct arena *a,
		       struct diags *diags, struct value *out);

/* One reading and what came of it. */
struct reading {
	struct arena arena;
	struct diags diags;
	struct value value;
	bool ok;
};

static inline void reading_do(struct reading *r, reader_fn *read, struct str text, uint32_t first_line)
{
	arena_init(&r->arena, &alloc_libc, 0);
	diags_init(&r->diags, &r->arena);
	r->ok = read(text, first_line, NULL, &r->arena, &r->diags, &r->value);
}

static inline void reading_free(struct reading *r)
{
	arena_release(&r->arena);
}

static inline void assert_json(const struct value *v, const char *json)
{
	struct buf b;

	buf_init(&b, &alloc_libc, 0);
	json_write(&b, v, 0);
	assert_string_equal(b.p ? b.p : "", json);
	buf_release(&b);
}

/* Reads without a word of complaint and is this. */
static inline void assert_reads(reader_fn *read, const char *text, const char *json)
{
	struct reading r;

	reading_do(&r, read, str_of(text), 1);
	if (!r.ok || r.diags.n)
		print_error("%s\n%s\n", text, r.diags.n ? r.diags.items[0].message : "refused without a word");
	assert_true(r.ok);
	assert_int_equal(r.diags.n, 0);
	assert_json(&r.value, json);
	reading_free(&r);
}

/* Reads as this, with one warning that holds the words. */
static inline void assert_warns(reader_fn *read, const char *text, const char *json, const char *words)
{
	struct reading r;

	reading_do(&r, read, str_of(text), 1);
	assert_true(r.ok);
	assert_int_equal(r.diags.n, 1);
	assert_int_equal(r.diags.items[0].severity, SEVERITY_WARNING);
	if (!strstr(r.diags.items[0].message, words))
		print_error("%s\n", r.diags.items[0].message);
	assert_non_null(strstr(r.diags.items[0].message, words));
	assert_json(&r.value, json);
	reading_free(&r);
}

/* Is refused with one warning at that place (counted from line 1) that holds the words; hint_words may be NULL. */
static inline void assert_refused_str(reader_fn *read, struct str text, uint32_t line, uint32_t column,
				      const char *words, const char *hint_words)
{
	struct reading r;
	const struct diag *d;

	reading_do(&r, read, text, 1);
	if (r.ok || r.diags.n != 1)
		print_error("%.*s\n", (int)(text.n > 200 ? 200 : text.n), text.p);
	assert_false(r.ok);
	assert_int_equal(r.value.kind, VALUE_NULL);
	assert_int_equal(r.diags.n, 1);
	d = &r.diags.items[0];
	if (d->line != line || (column && d->column != column) || !strstr(d->message, words) ||
	    (hint_words && (!d->hint || !strstr(d->hint, hint_words))))
		print_error("%.*s\n%u:%u: %s (%s)\n", (int)(text.n > 200 ? 200 : text.n), text.p, (unsigned)d->line,
			    (unsigned)d->column, d->message, d->hint ? d->hint : "no hint");
	assert_int_equal(d->severity, SEVERITY_WARNING);
	assert_int_equal(d->line, line);
	if (column)
		assert_int_equal(d->column, column);
	assert_non_null(strstr(d->message, words));
	if (hint_words)
		assert_true(d->hint && strstr(d->hint, hint_words));
	reading_free(&r);
}

static inline void assert_refused(reader_fn *read, const char *text, uint32_t line, uint32_t column, const char *words,
				  const char *hint_words)
{
	assert_refused_str(read, str_of(text), line, column, words, hint_words);
}

/* head, then unit so many times, then tail; free it. */
static inline struct str repeated(const char *head, const char *unit, size_t times, const char *tail)
{
	size_t h = strlen(head), u = strlen(unit), t = strlen(tail);
	char *p = malloc(h + u * times + t + 1);

	memcpy(p, head, h);
	for (size_t i = 0; i < times; i++)
		memcpy(p + h + i * u, unit, u);
	memcpy(p + h + u * times, tail, t + 1);
	return (struct str){ p, h + u * times + t };
}

static inline double seconds_of_processor(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

/* A heap whose k-th request (from 1) fails, and every one after it. */
struct stingy {
	size_t k, requests;
	size_t held;
};

static inline void *stingy_fn(void *user, void *ptr, size_t old_size, size_t new_size)
{
	struct stingy *s = user;
	void *p;

	if (new_size && ++s->requests >= s->k)
		return NULL;
	p = alloc_libc.fn(alloc_libc.user, ptr, old_size, new_size);
	if (p || new_size == 0)
		s->held += new_size - old_size;
	return p;
}

/* Every allocation fails in turn until reading succeeds: refused quietly, nothing kept. */
static inline void assert_survives_refusal(reader_fn *read, const char *text)
{
	bool ok = false;

	for (size_t k = 1; !ok; k++) {
		struct stingy s = { k, 0, 0 };
		struct alloc heap = { stingy_fn, &s };
		struct arena a;
		struct diags d;
		struct value v;

		assert_true(k < 10000);
		arena_init(&a, &heap, 0);
		diags_init(&d, &a);
		ok = read(str_of(text), 1, NULL, &a, &d, &v);
		assert_true(ok || (a.refused && v.kind == VALUE_NULL));
		arena_release(&a);
		assert_int_equal(s.held, 0);
	}
}

#endif
