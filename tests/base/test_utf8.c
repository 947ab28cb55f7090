/*
 * test_utf8.c - the encoding: every scalar, every kind of bad sequence.
 */
#include "cmocka_all.h"
#include "heap.h"

#include "base/utf8.h"

static void every_scalar_round_trips(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		char bytes[4];
		uint32_t got;
		bool ok;
		size_t n;

		if (cp == 0xD800)
			cp = 0xE000;
		n = utf8_encode(cp, bytes);
		if (utf8_decode_strict(bytes, bytes + n, &got, &ok) != n || !ok || got != cp)
			fail_msg("U+%04X", (unsigned)cp);
		if (utf8_prev(bytes, bytes + n) != bytes || utf8_check((struct str){ bytes, n }) != n)
			fail_msg("U+%04X", (unsigned)cp);
	}
}

static void non_scalars_encode_as_replacement(void **state)
{
	char bytes[4];

	(void)state;
	assert_int_equal(utf8_encode(0xD800, bytes), 3);
	assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
	assert_int_equal(utf8_encode(0xFFFFFFFF, bytes), 3);
	assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
}

struct bad_case {
	const char *bytes;
	size_t subpart; /* length of the first maximal subpart */
	size_t count;   /* subparts in all */
};

static const struct bad_case bad_cases[] = {
	{ "\x80", 1, 1 },
	{ "\xBF\xBF", 1, 2 },
	{ "\xC0\x80", 1, 2 },
	{ "\xC1\xBF", 1, 2 },
	{ "\xC3", 1, 1 },
	{ "\xE0\x9F\xBF", 1, 3 },
	{ "\xE2\x82", 2, 1 },
	{ "\xED\xA0\x80", 1, 3 },
	{ "\xED\xBF\xBF", 1, 3 },
	{ "\xF0\x8F\xBF\xBF", 1, 4 },
	{ "\xF0\x9F\x98", 3, 1 },
	{ "\xF4\x90\x80\x80", 1, 4 },
	{ "\xF5\x80\x80\x80", 1, 4 },
	{ "\xFF", 1, 1 },
	{ "\xFE\xFF", 1, 2 },
	{ "\xF1\x80\x80\xE1\x80\xC2", 3, 3 },
	{ "\xF8\x88\x80\x80\x80", 1, 5 },
};

static void bad_sequences(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad_cases) / sizeof(bad_cases[0]); i++) {
		struct str s = str_of(bad_cases[i].bytes);
		struct buf b;
		uint32_t cp;
		bool ok;

		assert_int_equal(utf8_decode_strict(s.p, s.p + s.n, &cp, &ok), bad_cases[i].subpart);
		assert_false(ok);
		assert_int_equal(cp, 0xFFFD);
		assert_int_equal(utf8_decode(s.p, s.p + s.n, &cp), bad_cases[i].subpart);
		assert_int_equal(utf8_check(s), 0);
		assert_int_equal(utf8_length(s), bad_cases[i].count);
		buf_init(&b, &alloc_libc, 0);
		assert_int_equal(utf8_repair(&b, s), bad_cases[i].count);
		assert_int_equal(b.n, 3 * bad_cases[i].count);
		assert_int_equal(utf8_check(buf_str(&b)), b.n);
		buf_release(&b);
	}
}

static void replacement_itself_is_good(void **state)
{
	const struct str s = STR_LIT("\xEF\xBF\xBD");
	uint32_t cp;
	bool ok;

	(void)state;
	assert_int_equal(utf8_decode_strict(s.p, s.p + s.n, &cp, &ok), 3);
	assert_true(ok);
}

/* Going back must meet the same characters as going forward, in random bytes too. */
static void prev_mirrors_decode(void **state)
{
	unsigned char bytes[4096];
	uint32_t seed = 12345, cp;
	const char *start = (const char *)bytes, *p = start, *q;

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++) {
		static const unsigned char kinds[] = {
			'a', 0x80, 0xBF, 0xC3, 0xE2, 0xED, 0xF0, 0xF4, 0x9F, 0x98, 0xFF
		};

		seed = seed * 1103515245u + 12345u;
		bytes[i] = kinds[(seed >> 16) % sizeof(kinds)];
	}
	while (p < start + sizeof(bytes)) {
		size_t n = utf8_decode(p, start + sizeof(bytes), &cp);

		q = utf8_prev(start, p + n);
		assert_ptr_equal(q, p);
		p += n;
	}
}

static void check_finds_the_place(void **state)
{
	char text[64];

	(void)state;
	assert_int_equal(utf8_check((struct str){ NULL, 0 }), 0);
	for (size_t at = 0; at < sizeof(text); at++) {
		memset(text, 'a', sizeof(text));
		assert_int_equal(utf8_check((struct str){ text, sizeof(text) }), sizeof(text));
		text[at] = (char)0x80;
		assert_int_equal(utf8_check((struct str){ text, sizeof(text) }), at);
	}
	assert_int_equal(utf8_check(STR_LIT("가나다\0\xFF")), 10);
	assert_int_equal(utf8_check(STR_LIT("가나다 abc 가")), 17);
}

/* Long texts are looked at in blocks: a bad sequence at every place of them, behind ASCII and behind Hangul. */
static void check_sees_every_block(void **state)
{
	char text[260];

	(void)state;
	for (size_t i = 0; i < sizeof bad_cases / sizeof *bad_cases; i++) {
		const size_t n = strlen(bad_cases[i].bytes);
		for (size_t at = 0; at + n <= sizeof text; at++) {
			const size_t behind = at / 3 * 3;
			memset(text, 'a', sizeof text);
			memcpy(text + at, bad_cases[i].bytes, n);
			assert_int_equal(utf8_check((struct str){ text, sizeof text }), at);
			assert_int_equal(utf8_check((struct str){ text, at + n }), at);
			for (size_t k = 0; k < behind; k += 3)
				memcpy(text + k, "가", 3);
			assert_int_equal(utf8_check((struct str){ text, sizeof text }), at);
		}
	}
}

static void repair_keeps_what_is_good(void **state)
{
	struct test_heap h;
	struct buf b;

	(void)state;
	test_heap_init(&h, 0);
	buf_init(&b, &h.alloc, 0);
	assert_int_equal(utf8_repair(&b, STR_LIT("a\xFF가\xE2\x82z")), 2);
	assert_string_equal(b.p, "a\xEF\xBF\xBD가\xEF\xBF\xBDz");
	buf_clear(&b);
	assert_int_equal(utf8_repair(&b, STR_LIT("fine")), 0);
	assert_string_equal(b.p, "fine");
	buf_release(&b);
	assert_int_equal(h.live, 0);
	test_heap_init(&h, 1);
	buf_init(&b, &h.alloc, 0);
	assert_int_equal(utf8_repair(&b, STR_LIT("\xFF")), 1);
	assert_false(buf_ok(&b));
	buf_release(&b);
}

static void lengths(void **state)
{
	(void)state;
	assert_int_equal(utf8_length(STR_EMPTY), 0);
	assert_int_equal(utf8_length(STR_LIT("abcdefghijk")), 11);
	assert_int_equal(utf8_length(STR_LIT("한글 text")), 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_scalar_round_trips),
		cmocka_unit_test(non_scalars_encode_as_replacement),
		cmocka_unit_test(bad_sequences),
		cmocka_unit_test(replacement_itself_is_good),
		cmocka_unit_test(prev_mirrors_decode),
		cmocka_unit_test(check_finds_the_place),
		cmocka_unit_test(check_sees_every_block),
		cmocka_unit_test(repair_keeps_what_is_good),
		cmocka_unit_test(lengths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
