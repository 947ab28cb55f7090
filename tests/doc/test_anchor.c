/*
 * test_anchor.c - the names GitHub gives to headings.
 */
#include "../base/cmocka_all.h"
#include "../base/heap.h"
#include "doc/anchor.h"

static void test_names(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "First Steps", "first-steps" },
		{ "What's new? (2.0)", "whats-new-20" },
		{ "snake_case & more \xF0\x9F\x9A\x80", "snake_case--more-" },
		{ "a - b -- c", "a---b----c" },
		{ "  a", "--a" },
		{ "a\tb", "ab" },
		{ "", "" },
		{ "?!", "" },
		{ "1. One", "1-one" },
		{ "C++ / C#", "c--c" },
		{ "둘째 제목: 안녕! — “끝”", "둘째-제목-안녕--끝" },
		{ "ÀÉÎ Straße", "àéî-straße" },
		{ "日本語、です。", "日本語です" },
		{ "e\xCC\x81", "e\xCC\x81" },
		{ "½ ² Ⅷ", "--" },
		{ "a‿b＿c", "a‿b＿c" },
		{ "٣ ३", "٣-३" },
		{ "`code` <tag>", "code-tag" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena a;
		struct anchors anchors;
		arena_init(&a, &alloc_libc, 0);
		anchors_init(&anchors, &a);
		const struct str name = anchors_next(&anchors, str_of(cases[i].text));
		if (!str_eqz(name, cases[i].want))
			fail_msg("%s: %.*s", cases[i].text, (int)name.n, name.p);
		arena_release(&a);
	}
}

/* As github-slugger counts. */
static void test_repeated(void **state)
{
	static const char *const texts[] = { "a", "a", "A", "a-1", "a-1", "b-1", "b", "b", "", "" };
	static const char *const want[] = { "a", "a-1", "a-2", "a-1-1", "a-1-2", "b-1", "b", "b-2", "", "-1" };
	struct arena a;
	struct anchors anchors;

	(void)state;
	arena_init(&a, &alloc_libc, 0);
	anchors_init(&anchors, &a);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_str(anchors_next(&anchors, str_of(texts[i])), want[i]);
	arena_release(&a);
}

static void test_refused(void **state)
{
	(void)state;
	for (size_t limit = 1; limit < 4096; limit *= 2) {
		struct arena a;
		struct anchors anchors;
		arena_init(&a, &alloc_libc, limit);
		anchors_init(&anchors, &a);
		for (int i = 0; i < 100; i++) {
			const struct str name = anchors_next(&anchors, STR_LIT("name"));
			assert_true(!name.p || name.n >= 4);
		}
		arena_release(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_names), cmocka_unit_test(test_repeated),
					    cmocka_unit_test(test_refused) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
