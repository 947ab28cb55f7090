/*
 * test_bytes.c - whole texts looked through in blocks: the same as byte by
 * byte, wherever the blocks end.
 */
#include "cmocka_all.h"
#include "heap.h"

#include "base/bytes.h"

static void check_lines(struct str s)
{
	struct arena a;
	size_t n = 0, at = 0;

	arena_init(&a, &alloc_libc, 0);
	const uint32_t *lines = bytes_lines(&a, s, &n);
	assert_non_null(lines);
	assert_int_equal(lines[at++], 0);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '\n')
			continue;
		assert_true(at < n);
		assert_int_equal(lines[at++], i + 1);
	}
	assert_int_equal(at, n);
	arena_release(&a);
}

static void lines_begin_behind_newlines(void **state)
{
	char text[400];
	unsigned seed = 7;

	(void)state;
	check_lines(STR_EMPTY);
	check_lines(STR_LIT("\n"));
	for (size_t n = 0; n < sizeof text; n++) {
		for (size_t i = 0; i < n; i++) {
			seed = seed * 1103515245u + 12345u;
			text[i] = (seed >> 16) % (1 + n % 9) == 0 ? '\n' : (char)(seed >> 20 | 1);
		}
		check_lines((struct str){ text, n });
	}
	memset(text, '\n', sizeof text);
	check_lines((struct str){ text, sizeof text });
}

static void many_lines_grow(void **state)
{
	static char text[100000];

	(void)state;
	memset(text, '\n', sizeof text);
	check_lines((struct str){ text, sizeof text });
}

static void pairs_stand_anywhere(void **state)
{
	char text[130];

	(void)state;
	for (size_t n = 2; n <= sizeof text; n++) {
		for (size_t at = 0; at + 1 < n; at++) {
			memset(text, '.', n);
			text[at] = text[at + 1] = '/';
			struct bytes_pairs p = bytes_pairs((struct str){ text, n });
			assert_true(p.slashes && !p.ww);
			text[at] = 'W';
			text[at + 1] = 'w';
			p = bytes_pairs((struct str){ text, n });
			assert_true(p.ww && !p.slashes);
			assert_true(!bytes_pairs((struct str){ text, at + 1 }).ww);
		}
	}
	assert_false(bytes_pairs(STR_LIT("/ /w w/w\xF7\xF7\x57")).ww);
	assert_false(bytes_pairs(STR_EMPTY).slashes);
}

/* Every byte is found where it stands, and no other. */
static void wide_sets_have_any_byte(void **state)
{
	char text[70];

	(void)state;
	for (unsigned c = 0; c < 256; c++) {
		struct bytes_wide_set set = { 0 }, others = { 0 };
		const size_t at = 1 + c % (sizeof text - 1);
		bytes_wide_add(&set, (unsigned char)c);
		for (unsigned other = 0; other < 256; other++)
			if (other != c)
				bytes_wide_add(&others, (unsigned char)other);
		memset(text, (int)(c ^ 0x80), sizeof text);
		text[at] = (char)c;
		assert_ptr_equal(bytes_find_wide(text, text + sizeof text, &set), text + at);
		assert_ptr_equal(bytes_find_wide(text + at + 1, text + sizeof text, &set), text + sizeof text);
		memset(text, (int)c, sizeof text);
		text[at] = (char)(c ^ 0x11);
		assert_ptr_equal(bytes_find_wide(text, text + sizeof text, &others), text + at);
		assert_ptr_equal(bytes_find_wide(text, text + at, &others), text + at);
	}
}

static bool is_gap(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == (char)0xC2;
}

static void gaps_stand_anywhere(void **state)
{
	static const char letters[] = { 'a', 'b', ' ', 'c', 'd', ' ', '\t', '\r', (char)0xC2, (char)0xA0, '\b', 14 };
	char text[60];
	unsigned seed = 5;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		const size_t n = (size_t)round % sizeof text, kinds = 3 + (size_t)round % 10;
		size_t at = 0;
		for (size_t i = 0; i < n; i++) {
			seed = seed * 1103515245u + 12345u;
			text[i] = (seed >> 16) % 8 ? 'x' : letters[(seed >> 20) % kinds];
		}
		while (at < n && (!is_gap(text[at]) || (text[at] == ' ' && at + 1 < n && !is_gap(text[at + 1]))))
			at++;
		assert_ptr_equal(bytes_find_gap(text, text + n), text + at);
	}
}

static void memory_refused_is_told(void **state)
{
	static char text[10000];

	(void)state;
	memset(text, '\n', sizeof text);
	for (size_t limit = 1; limit < 60000; limit += 997) {
		struct arena a;
		size_t n = 0;
		arena_init(&a, &alloc_libc, limit);
		const uint32_t *lines = bytes_lines(&a, (struct str){ text, sizeof text }, &n);
		assert_true(lines ? n == sizeof text + 1 : a.refused);
		arena_release(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_begin_behind_newlines), cmocka_unit_test(many_lines_grow),
		cmocka_unit_test(pairs_stand_anywhere),        cmocka_unit_test(wide_sets_have_any_byte),
		cmocka_unit_test(gaps_stand_anywhere),         cmocka_unit_test(memory_refused_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
