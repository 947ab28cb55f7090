/*
 * test_encoding.c - bytes of other encodings and bad bytes as clean UTF-8,
 * alone and through a record with its diagnostics.
 */
#include "show.h"
#include "../base/heap.h"
#include "doc/encoding.h"

static void test_convert(void **state)
{
	static const struct {
		const char *name, *bytes;
		size_t n;
		const char *want;
		size_t n_bad;
	} cases[] = {
		{ "EUC-KR", "\xB0\xA1\xB3\xAA a", 6, "가나 a", 0 },
		{ "CP949", "\xB0\xA1\x8C\x63", 4, "가똠", 0 },
		{ "EUC-KR", "a\xFF\xB0\xA1", 4, "a\xEF\xBF\xBD가", 1 },
		{ "EUC-KR", "a\xB0", 2, "a\xEF\xBF\xBD", 1 },
		{ "UTF-16", "\xFF\xFE\x00\xAC\x61\x00", 6, "가a", 0 },
		{ "UTF-16", "\xFE\xFF\xAC\x00\x00\x61", 6, "가a", 0 },
		{ "UTF-16LE", "\x00\xD8\x61\x00", 4, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 3 },
		{ "ISO-8859-1", "caf\xE9", 4, "café", 0 },
		{ "SHIFT_JIS", "\x93\xFA\x96\x7B", 4, "日本", 0 },
		{ "UTF-8", "\xC3\xA9", 2, "é", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf out;
		size_t n_bad;
		buf_init(&out, &alloc_libc, 0);
		assert_int_equal(
			encoding_convert(&out, (struct str){ cases[i].bytes, cases[i].n }, cases[i].name, &n_bad),
			ENCODING_OK);
		if (strcmp(cases[i].name, "UTF-16LE") != 0) /* how many depends on the C library */
			assert_int_equal(n_bad, cases[i].n_bad);
		else
			assert_true(n_bad > 0);
		if (strcmp(cases[i].name, "UTF-16LE") != 0)
			assert_str(buf_str(&out), cases[i].want);
		buf_release(&out);
	}
}

static void test_convert_fails(void **state)
{
	struct test_heap heap;
	struct buf out;
	size_t n_bad;

	(void)state;
	buf_init(&out, &alloc_libc, 0);
	assert_int_equal(encoding_convert(&out, STR_LIT("a"), "no-such-code", &n_bad), ENCODING_UNKNOWN);
	buf_release(&out);
	test_heap_init(&heap, 1);
	buf_init(&out, &heap.alloc, 0);
	assert_int_equal(encoding_convert(&out, STR_LIT("a"), "EUC-KR", &n_bad), ENCODING_NOMEM);
	buf_release(&out);
}

static void test_clean(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *want;
		size_t n_bad, first;
	} cases[] = {
		{ "", 0, "", 0, 0 },
		{ "a\r\nb\n", 5, "a\r\nb\n", 0, 5 },
		{ "a\rb\r", 4, "a\nb\n", 0, 4 },
		{ "\r\r\n\r", 4, "\n\r\n\n", 0, 4 },
		{ "a\0b", 3,
		  "a\xEF\xBF\xBD"
		  "b",
		  1, 1 },
		{ "a\xFF\xC3", 3, "a\xEF\xBF\xBD\xEF\xBF\xBD", 2, 1 },
		{ "\xED\xA0\x80", 3, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 3, 0 },
		{ "\xF0\x9F\x98", 3, "\xEF\xBF\xBD", 1, 0 },
		{ "\xC0\x80", 2, "\xEF\xBF\xBD\xEF\xBF\xBD", 2, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct str s = { cases[i].bytes, cases[i].n };
		struct buf out;
		size_t first;
		buf_init(&out, &alloc_libc, 0);
		assert_int_equal(encoding_clean(&out, s, &first), cases[i].n_bad);
		assert_int_equal(first, cases[i].first);
		assert_str(buf_str(&out), cases[i].want);
		assert_int_equal(encoding_is_clean(s), str_eq(s, buf_str(&out)));
		buf_release(&out);
	}
}

/* Text of the record and its first diagnostic, as "text|line:column message". */
static void check_record(struct str bytes, const char *path, const char *encoding, const char *want)
{
	const struct record_options options = { .path = path, .encoding = encoding, .limits = record_limits_default };
	struct record *r;
	struct buf got;

	assert_int_equal(record_new(&alloc_libc, bytes, &options, &r), RECORD_OK);
	buf_init(&got, &alloc_libc, 0);
	show_tree(&got, r, 0);
	const struct diags *d = record_diags(r);
	for (size_t i = 0; i < d->n; i++)
		buf_addf(&got, " | %u:%u %s", d->items[i].line, d->items[i].column, d->items[i].message);
	assert_str(buf_str(&got), want);
	buf_release(&got);
	record_unref(r);
}

static void test_records(void **state)
{
	(void)state;
	check_record(STR_LIT("\xB0\xA1"), "a.md", "euc-kr", "(p '가')");
	check_record(STR_LIT("\xFF\xFE#\0 \0\x00\xAC\n\0"), "a.md", NULL, "(h1 '가')");
	check_record(STR_LIT("<meta charset=euc-kr><p>\xB0\xA1"), "a.html", NULL, "(p '가')");
	check_record(STR_LIT("<meta charset=euc-kr><p>가"), "a.html", NULL, "(p '가')");
	check_record(STR_LIT("<meta charset=no-such><p>\xB0\xA1"), "a.html", NULL,
		     "(p '\xEF\xBF\xBD\xEF\xBF\xBD') | 1:26 not UTF-8: 2 bad bytes became U+FFFD, the first one here");
	check_record(STR_LIT("a\nb \xFF c"), "a.md", NULL,
		     "(p 'a' ~ 'b \xEF\xBF\xBD c') | 2:3 not UTF-8: 1 bad byte became U+FFFD, the first one here");
	check_record(STR_LIT("a\0b"), "a.md", NULL,
		     "(p 'a\xEF\xBF\xBD"
		     "b') | 1:2 not UTF-8: 1 bad byte became U+FFFD, the first one here");
	check_record(STR_LIT("a\rb\r\rc"), "a.md", NULL, "(p 'a' ~ 'b') (p 'c')");
	check_record(STR_LIT("\xEF\xBB\xBF# a"), "a.md", NULL, "(h1 'a')");
	check_record(STR_LIT("a\xB0"), "a.txt", "euc-kr",
		     "(p 'a\xEF\xBF\xBD') | 0:0 1 bytes are no characters of euc-kr and became U+FFFD");
}

static void test_unknown_encoding(void **state)
{
	const struct record_options options = { .encoding = "no-such-code", .limits = record_limits_default };
	struct record *r;

	(void)state;
	assert_int_equal(record_new(&alloc_libc, STR_LIT("a"), &options, &r), RECORD_BAD_ENCODING);
	assert_null(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_convert), cmocka_unit_test(test_convert_fails),    cmocka_unit_test(test_clean),
		cmocka_unit_test(test_records), cmocka_unit_test(test_unknown_encoding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
