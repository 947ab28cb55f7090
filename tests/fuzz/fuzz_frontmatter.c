/*
 * fuzz_frontmatter.c - libFuzzer target: any bytes as a document.  Front
 * matter that is read can be written by yaml_write, found again and read back
 * equal; nothing crashes, leaks or takes long.
 *
 *     clang -g -O1 -fsanitize=fuzzer,address,undefined ... tests/fuzz/fuzz_frontmatter.c
 */
#include <stdlib.h>

#include "doc/frontmatter.h"

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
	arena_release(&a);
	return 0;
}
