/*
 * fuzz_frontmatter.c - libFuzzer target: any bytes as a document.  Front
 * matter that is read can be written by yaml_write, found again and read back
 * equal; nothing crashes, leaks or takes long.
 *
 *     clang -g -O1 -fsanitize=fuzzer,address,undefined ... tests/fuzz/fuzz_frontmatter.c
 */
#include <stdlib.h>

#include "doc/yaml_internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

/* Slices stay within the source, in order. */
static void check_found(const struct frontmatter *fm, struct str source)
{
	check(fm->body <= source.n);
	if (fm->syntax == FRONTMATTER_NONE)
		return;
	check(fm->whole.p >= source.p && fm->whole.p + fm->whole.n == source.p + fm->body);
	check(fm->content.p >= fm->whole.p && fm->content.p + fm->content.n <= fm->whole.p + fm->whole.n);
	check(!fm->unterminated);
}

static void check_reads_back(const struct value *v, struct arena *a, struct diags *d)
{
	const struct frontmatter_limits limits = { (size_t)1 << 26, 0, 0 };
	struct frontmatter fm;
	struct value again;
	struct buf b;

	buf_init(&b, &alloc_libc, 0);
	yaml_write(&b, v);
	check(buf_ok(&b));
	fm = frontmatter_find(buf_str(&b));
	check(fm.syntax == FRONTMATTER_YAML && fm.body == b.n);
	check(frontmatter_parse(&fm, &limits, a, d, &again));
	check(value_equal(v, &again));
	buf_release(&b);
}

/* What the reader of simple YAML takes means the same to libyaml. */
static void check_simple(struct str text, struct arena *a, struct diags *d)
{
	const struct frontmatter_limits limits = frontmatter_limits_resolve(NULL);
	struct value simple, full;
	size_t said;

	if (!frontmatter_text_check(text, 2, d) || yaml_read_simple(text, 2, &limits, a, &simple) != YAML_SIMPLE)
		return;
	said = d->n;
	check(yaml_read_full(text, 2, &limits, a, d, &full));
	check(d->n == said && value_equal(&simple, &full));
	for (size_t i = 0; i < simple.as.map.n; i++) {
		const struct value_member *x = &simple.as.map.members[i], *y = &full.as.map.members[i];
		check(x->line == y->line && x->column == y->column && x->value.line == y->value.line &&
		      x->value.column == y->value.column);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct str source = { size ? (const char *)data : "", size };
	const struct frontmatter fm = frontmatter_find(source);
	struct arena a;
	struct diags d;
	struct value v;

	check_found(&fm, source);
	arena_init(&a, &alloc_libc, 0);
	diags_init(&d, &a);
	if (frontmatter_parse(&fm, NULL, &a, &d, &v)) {
		if (v.kind == VALUE_MAP)
			check_reads_back(&v, &a, &d);
	} else {
		check(v.kind == VALUE_NULL && d.n > 0 && !a.refused);
	}
	check_simple(fm.syntax == FRONTMATTER_YAML ? fm.content : source, &a, &d);
	arena_release(&a);
	return 0;
}
