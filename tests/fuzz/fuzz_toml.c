/*
 * fuzz_toml.c - libFuzzer target: any bytes as TOML.  What is read can be
 * written by yaml_write and read back equal; nothing crashes, leaks or takes
 * long; what is refused is refused with a word.
 *
 *     clang -g -O1 -fsanitize=fuzzer,address,undefined ... tests/fuzz/fuzz_toml.c
 */
#include <stdlib.h>

#include "doc/frontmatter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void check_reads_back(const struct value *v, struct arena *a, struct diags *d)
{
	struct value again;
	struct buf b;

	buf_init(&b, &alloc_libc, 0);
	yaml_write(&b, v);
	check(buf_ok(&b));
	check(yaml_read(buf_str(&b), 1, NULL, a, d, &again));
	check(value_equal(v, &again));
	buf_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct str text = { size ? (const char *)data : "", size };
	struct arena a;
	struct diags d;
	struct value v;

	arena_init(&a, &alloc_libc, 0);
	diags_init(&d, &a);
	if (toml_read(text, 1, NULL, &a, &d, &v))
		check_reads_back(&v, &a, &d);
	else
		check(v.kind == VALUE_NULL && d.n > 0 && !a.refused);
	arena_release(&a);
	return 0;
}
