/*
 * test_wire.c - frames between parent and workers: what goes in comes out, and
 * nothing a broken worker could say is believed.
 */
#include "../base/cmocka_all.h"
#include "../base/heap.h"

#include <stdlib.h>
#include <string.h>

#include "run/wire.h"

static void outcome_make(struct outcome *o)
{
	outcome_init(o, &alloc_libc);
	assert_true(outcome_start(o, 41, "a.md", 2));
	outcome_find(o, &(struct finding){ .severity = SEVERITY_ERROR,
					   .plugin = 1,
					   .path = "p.lua",
					   .document = "a.md",
					   .phase = "map",
					   .code = "runtime",
					   .line = 3,
					   .column = 9,
					   .message = "bad",
					   .hint = "try" });
	outcome_log(o, 0, "map", SEVERITY_NOTE, STR_LIT("said"));
	assert_true(outcome_file(o, 1, "x/y", (struct str){ "a\0b", 3 }));
	o->values[0].json = STR_LIT("{}");
	o->values[1].failed = true;
}

static void frame_of(struct buf *b, const struct outcome *o)
{
	buf_init(b, &alloc_libc, 0);
	const size_t at = wire_begin(b, WIRE_OUTCOME);
	wire_put_outcome(b, o);
	wire_end(b, at);
	assert_true(buf_ok(b));
}

static void an_outcome_comes_back(void **state)
{
	struct outcome in, out;
	struct wire_reader r;
	enum wire_kind kind;
	struct buf b;

	(void)state;
	outcome_make(&in);
	outcome_init(&out, &alloc_libc);
	frame_of(&b, &in);
	assert_int_equal(wire_frame(buf_str(&b), &kind, &r), b.n);
	assert_int_equal(kind, WIRE_OUTCOME);
	assert_true(wire_outcome(&r, &out, 2));
	assert_int_equal(out.ordinal, 41);
	assert_string_equal(out.path, "a.md");
	assert_true(out.failed && !out.lost);
	assert_int_equal(out.n_findings, 2);
	assert_string_equal(out.findings[0].traceback ? "there" : "none", "none");
	assert_string_equal(out.findings[0].hint, "try");
	assert_int_equal(out.findings[0].column, 9);
	assert_true(out.findings[1].is_log);
	assert_int_equal(out.files[0].bytes.n, 3);
	assert_memory_equal(out.files[0].bytes.p, "a\0b", 3);
	assert_str(out.values[0].json, "{}");
	assert_null(out.values[1].json.p);
	assert_true(out.values[1].failed);
	/* It can be added to. */
	outcome_log(&out, 0, "map", SEVERITY_NOTE, STR_LIT("more"));
	assert_int_equal(out.n_findings, 3);
	assert_string_equal(out.findings[0].message, "bad");
	outcome_release(&in);
	outcome_release(&out);
	buf_release(&b);
}

static void a_frame_in_pieces_waits(void **state)
{
	struct outcome in;
	struct wire_reader r;
	enum wire_kind kind;
	struct buf b;

	(void)state;
	outcome_make(&in);
	frame_of(&b, &in);
	for (size_t n = 0; n < b.n; n++)
		assert_int_equal(wire_frame((struct str){ b.p, n }, &kind, &r), 0);
	outcome_release(&in);
	buf_release(&b);
}

/* Cut anywhere, with bytes changed anywhere: refused, or read within its bounds (under a sanitizer that shows). */
static void nonsense_is_refused(void **state)
{
	struct outcome in, out;
	struct wire_reader r;
	enum wire_kind kind;
	struct buf b;
	unsigned random = 7;
	size_t refused = 0;

	(void)state;
	outcome_make(&in);
	outcome_init(&out, &alloc_libc);
	frame_of(&b, &in);
	for (size_t n = 0; n < b.n - sizeof(struct wire_header); n++) {
		char *copy = malloc(n + 1);
		memcpy(copy, b.p + sizeof(struct wire_header), n);
		r = (struct wire_reader){ copy, copy + n, false };
		assert_false(wire_outcome(&r, &out, 2));
		free(copy);
	}
	for (int i = 0; i < 20000; i++) {
		char *copy = malloc(b.n);
		memcpy(copy, b.p, b.n);
		for (int k = 0; k < 3; k++) {
			random = random * 1103515245u + 12345u;
			copy[random / 8 % b.n] = (char)(random >> 24);
		}
		const size_t n = wire_frame((struct str){ copy, b.n }, &kind, &r);
		refused += n == SIZE_MAX || n == 0 || !wire_outcome(&r, &out, 2);
		free(copy);
	}
	assert_true(refused > 1000);
	outcome_release(&in);
	outcome_release(&out);
	buf_release(&b);
}

static void indices_and_sizes_are_checked(void **state)
{
	struct outcome in, out;
	struct wire_reader r;
	enum wire_kind kind;
	struct wire_header h = { WIRE_OUTCOME, 0, UINT64_MAX };
	struct buf b;

	(void)state;
	assert_int_equal(wire_frame((struct str){ (char *)&h, sizeof h }, &kind, &r), SIZE_MAX);
	h = (struct wire_header){ 99, 0, 0 };
	assert_int_equal(wire_frame((struct str){ (char *)&h, sizeof h }, &kind, &r), SIZE_MAX);
	outcome_make(&in);
	outcome_init(&out, &alloc_libc);
	frame_of(&b, &in);
	assert_int_equal(wire_frame(buf_str(&b), &kind, &r), b.n);
	assert_false(wire_outcome(&r, &out, 1)); /* a plugin there is none of */
	outcome_release(&in);
	outcome_release(&out);
	buf_release(&b);
}

static void refused_memory_refuses_the_outcome(void **state)
{
	struct outcome in;
	struct wire_reader r;
	enum wire_kind kind;
	struct buf b;
	bool done = false;

	(void)state;
	outcome_make(&in);
	frame_of(&b, &in);
	for (size_t k = 1; !done; k++) {
		struct test_heap h;
		struct outcome out;

		test_heap_init(&h, k);
		outcome_init(&out, &h.alloc);
		assert_int_equal(wire_frame(buf_str(&b), &kind, &r), b.n);
		done = wire_outcome(&r, &out, 2);
		outcome_release(&out);
		assert_int_equal(h.live, 0);
		assert_true(k < 50);
	}
	outcome_release(&in);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_outcome_comes_back),
		cmocka_unit_test(a_frame_in_pieces_waits),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(indices_and_sizes_are_checked),
		cmocka_unit_test(refused_memory_refuses_the_outcome),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
