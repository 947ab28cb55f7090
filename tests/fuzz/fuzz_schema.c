/*
 * fuzz_schema.c - libFuzzer target: any bytes as a schema, and behind the
 * first line "%%" any bytes as front matter held to it.  Whatever is refused is refused
 * with an error; nothing crashes, leaks or takes long.
 *
 *     clang -g -O1 -fsanitize=fuzzer,address,undefined ... tests/fuzz/fuzz_schema.c
 */
#include <stdlib.h>

#include "doc/frontmatter.h"
#include "doc/schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct str all = { size ? (const char *)data : "", size };
	const char *cut = size ? memmem(data, size, "\n%%\n", 4) : NULL;
	const struct str text = cut ? str_slice(all.p, cut + 1) : all;
	const struct str meta = cut ? str_slice(cut + 4, all.p + all.n) : STR_EMPTY;
	const struct schema *s;
	struct arena a;
	struct diags d, complaints;
	struct value v;

	arena_init(&a, &alloc_libc, 0);
	diags_init(&d, &a);
	diags_init(&complaints, &a);
	s = schema_read(&a, STR_LIT("schema"), text, &d);
	check(s ? !diags_has_error(&d) : diags_has_error(&d));
	if (s && yaml_read_any(meta, 1, NULL, &a, &d, &v))
		check(schema_check(s, &v, &complaints) == !diags_has_error(&complaints));
	check(!a.refused);
	arena_release(&a);
	return 0;
}
