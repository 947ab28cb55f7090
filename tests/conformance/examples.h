/*
 * examples.h - examples out of a Markdown file, in the manner of the
 * CommonMark specification: a fence of backticks with the word "example" (HTML is
 * wanted) or "tree" (the dump of `show -t tree`), the source, a line with a
 * full stop, the result.  An arrow stands for a tab.
 *
 * After the word may stand a format in braces, {markdown-tables}, and a name.
 */
#ifndef QUERN_TESTS_CONFORMANCE_EXAMPLES_H
#define QUERN_TESTS_CONFORMANCE_EXAMPLES_H

#include <stdio.h>
#include <stdlib.h>

#include "../base/cmocka_all.h"
#include "base/buf.h"
#include "base/file.h"
#include "doc/dialect.h"
#include "doc/record.h"
#include "doc/write.h"

struct example {
	char *name; /* "Tabs 1", or with its own name */
	bool tree;
	struct dialect_choice choice;
	struct str source, want;
	int line; /* of the fence */
	int number;
};

struct examples {
	struct buf text; /* of the files */
	struct example *items;
	size_t n, cap;
};

static inline void *examples_memory(void *p)
{
	if (!p) {
		fputs("out of memory\n", stderr);
		exit(2);
	}
	return p;
}

/* A copy with tabs for arrows. */
static inline struct str examples_copy(const char *from, const char *to)
{
	char *copy = examples_memory(malloc((size_t)(to - from) + 1)), *out = copy;

	while (from < to) {
		if (to - from >= 3 && memcmp(from, "\xE2\x86\x92", 3) == 0) {
			*out++ = '\t';
			from += 3;
		} else {
			*out++ = *from++;
		}
	}
	*out = 0;
	return (struct str){ copy, (size_t)(out - copy) };
}

static inline const char *examples_line_end(const char *p, const char *end)
{
	const char *newline = memchr(p, '\n', (size_t)(end - p));

	return newline ? newline : end;
}

/* Behind the fence that opens an example at p, or NULL. */
static inline const char *examples_fence(const char *p, const char *end, size_t *length)
{
	const char *q = p;

	while (q < end && *q == '`')
		q++;
	*length = (size_t)(q - p);
	q += q < end && *q == ' ';
	return *length >= 8 && (str_starts(str_slice(q, end), STR_LIT("example")) ||
				str_starts(str_slice(q, end), STR_LIT("tree")))
		       ? q
		       : NULL;
}

/* "example {format} name" */
static inline void examples_head(struct example *e, struct str head, struct str section)
{
	const char *p = head.p, *end = head.p + head.n;

	e->tree = *p == 't';
	p += e->tree ? strlen("tree") : strlen("example");
	struct str rest = str_trim(str_slice(p, end));
	e->choice = dialect_read(STR_LIT("markdown"));
	if (rest.n && *rest.p == '{') {
		const char *close = examples_memory(memchr(rest.p, '}', rest.n));
		e->choice = dialect_read(str_slice(rest.p + 1, close));
		rest = str_trim(str_slice(close + 1, end));
		if (e->choice.wrong.n)
			fprintf(stderr, "no part %.*s\n", (int)e->choice.wrong.n, e->choice.wrong.p);
	}
	e->name = examples_memory(malloc(section.n + rest.n + 40));
	snprintf(e->name, section.n + rest.n + 40, "%.*s %d%s%.*s", (int)section.n, section.p, e->number,
		 rest.n ? ": " : "", (int)rest.n, rest.p);
}

/* At the line behind the fence; returns where the closing fence is. */
static inline const char *examples_take(struct example *e, const char *p, const char *end, size_t fence)
{
	const char *from = p, *dot = NULL;

	for (const char *next; p < end; p = next) {
		const char *stop = examples_line_end(p, end);
		next = stop + (stop < end);
		if (!dot && stop == p + 1 && *p == '.') {
			dot = p;
		} else if ((size_t)(stop - p) == fence && *p == '`' && dot) {
			e->source = examples_copy(from, dot);
			e->want = examples_copy(dot + 2, p);
			return next;
		}
	}
	fprintf(stderr, "line %d: this example has no end\n", e->line);
	exit(2);
}

/* Appends those of one file; section NULL: the last heading before each. False when it cannot be read. */
static inline bool examples_read(struct examples *all, const char *path, const char *file_section)
{
	struct str section = file_section ? str_of(file_section) : STR_EMPTY;
	struct buf text;
	int line = 0, number = 0;

	buf_init(&text, &alloc_libc, 0);
	if (file_read(&text, path, 0) != FILE_OK)
		return false;
	const char *end = text.p + text.n;
	for (const char *p = text.p, *next; p < end; p = next) {
		const char *stop = examples_line_end(p, end);
		size_t fence;
		const char *head = examples_fence(p, stop, &fence);
		next = stop + (stop < end);
		line++;
		if (!head) {
			if (*p == '#' && !file_section)
				section = str_trim(str_slice(p + strspn(p, "#"), stop));
			continue;
		}
		if (all->n == all->cap) {
			all->cap = all->cap ? 2 * all->cap : 256;
			all->items = examples_memory(realloc(all->items, all->cap * sizeof *all->items));
		}
		struct example *e = &all->items[all->n++];
		*e = (struct example){ .line = line, .number = ++number };
		examples_head(e, str_slice(head, stop), section);
		const char *behind = examples_take(e, next, end, fence);
		for (; next < behind; next++)
			line += *next == '\n';
	}
	buf_release(&text);
	return true;
}

static inline void examples_free(struct examples *all)
{
	for (size_t i = 0; i < all->n; i++) {
		free(all->items[i].name);
		free((char *)all->items[i].source.p);
		free((char *)all->items[i].want.p);
	}
	free(all->items);
}

static inline struct record *examples_record(struct str source, enum doc_format format, uint32_t with, uint32_t without)
{
	const struct record_options options = {
		.format = format, .limits = record_limits_default, .with = with, .without = without
	};
	struct record *r;

	assert_int_equal(record_new(&alloc_libc, source, &options, &r), RECORD_OK);
	assert_non_null(record_tree(r));
	return r;
}

/* The document as HTML (or as the dump of its tree); released by buf_release. */
static inline void examples_render(struct buf *out, const struct example *e, unsigned flags)
{
	struct record *r = examples_record(e->source, e->choice.format, e->choice.with, e->choice.without);

	buf_init(out, &alloc_libc, 0);
	buf_addz(out, ""); /* never NULL */
	(e->tree ? write_tree : write_html)(out, r, 0, flags);
	assert_true(buf_ok(out));
	record_unref(r);
}

static inline void examples_check(const struct example *e, unsigned flags)
{
	struct buf got;

	examples_render(&got, e, flags);
	if (got.n && got.p[got.n - 1] != '\n')
		buf_addc(&got, '\n'); /* a file's lines end */
	bool equal = str_eq(buf_str(&got), e->want);
	if (!equal)
		fprintf(stderr, "%s (line %d)\n%s--- want\n%s--- got\n%.*s---\n", e->name, e->line, e->source.p,
			e->want.p, (int)got.n, got.p);
	buf_release(&got);
	assert_true(equal);
}

/* One test an example, which it gets as its state. */
static inline int examples_run(const char *group, const struct examples *all, CMUnitTestFunction test)
{
	struct CMUnitTest *tests = examples_memory(calloc(all->n ? all->n : 1, sizeof *tests));

	for (size_t i = 0; i < all->n; i++)
		tests[i] = (struct CMUnitTest){ all->items[i].name, test, NULL, NULL, &all->items[i] };
	int failed = _cmocka_run_group_tests(group, tests, all->n, NULL, NULL);
	free(tests);
	return failed;
}

#endif
