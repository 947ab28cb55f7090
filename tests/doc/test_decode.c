/*
 * test_decode.c - from bytes to source text: encodings by option, mark and
 * <meta>, as the web names them; what the digest is of, in which order
 * diagnostics stand, lines of nothing but marks.
 */
#include "made.h"

#include "base/digest.h"
#include "doc/attributes.h"
#include "doc/autolink.h"
#include "doc/encoding.h"
#include "doc/lines.h"
#include "doc/title.h"

#define BAD "\xEF\xBF\xBD"

/* A literal that may hold NUL. */
#define BYTES(s)                                                                                                       \
	{                                                                                                              \
		s, sizeof(s) - 1                                                                                       \
	}

struct decode_case {
	struct str bytes;
	const char *encoding;
	enum doc_format format;
	const char *want;
	size_t n_diags;
};

static const struct decode_case cases[] = {
	{ BYTES("a\rb"), NULL, FORMAT_AUTO, "a\nb", 0 },
	{ BYTES("a\0-"), NULL, FORMAT_AUTO, "a" BAD "-", 1 },
	{ BYTES("\xC7\xD1"), NULL, FORMAT_AUTO, BAD BAD, 1 },
	{ BYTES("\xC7\xD1\xFF"), "EUC-KR", FORMAT_AUTO, "한" BAD, 1 },
	/* as the web means the names */
	{ BYTES("\x8C\x63"), "euc-kr", FORMAT_AUTO, "똠", 0 },
	{ BYTES("\xC7\xD1"), "ks_c_5601-1987", FORMAT_AUTO, "한", 0 },
	{ BYTES("\x87\x40"), "Shift_JIS", FORMAT_AUTO, "①", 0 },
	{ BYTES("\x81\x40"), "gb2312", FORMAT_AUTO, "丂", 0 },
	/* kept back by the conversion until no point can follow */
	{ BYTES("\xF9"), "CP1255", FORMAT_AUTO, "ש", 0 },
	/* half a pair, half a unit: what follows stays in step */
	{ BYTES("\xFF\xFE\x00\xD8-\0+\0"), NULL, FORMAT_AUTO, BAD "-+", 1 },
	{ BYTES("\x00\xDC-\0"), "UTF-16LE", FORMAT_AUTO, BAD "-", 1 },
	{ BYTES("\x00\xD8\0\0-\0\0\0"), "UTF-32LE", FORMAT_AUTO, BAD "-", 1 },
	{ BYTES("\xFE\xFF\xD5\x5C\0\r\0"), NULL, FORMAT_AUTO, "한\n" BAD, 1 },
	{ BYTES("\xFF\xFE"), NULL, FORMAT_AUTO, "", 0 },
	/* declared: looked at in HTML alone, and only where it is no UTF-8 */
	{ BYTES("<html><meta charset=euc-kr>\xC7\xD1"), NULL, FORMAT_AUTO, "<html><meta charset=euc-kr>한", 0 },
	{ BYTES("<html><meta charset=euc-kr>한"), NULL, FORMAT_AUTO, "<html><meta charset=euc-kr>한", 0 },
	{ BYTES("<meta charset=euc-kr>\xC7\xD1"), NULL, FORMAT_HTML, "<meta charset=euc-kr>한", 0 },
	{ BYTES("<meta charset=euc-kr>\xFF"), NULL, FORMAT_TEXT, "<meta charset=euc-kr>" BAD, 1 },
	{ BYTES("<html><meta charset=none>\xFF"), NULL, FORMAT_AUTO, "<html><meta charset=none>" BAD, 1 },
	{ BYTES("<html><meta charset=utf-16>\xFF"), NULL, FORMAT_AUTO, "<html><meta charset=utf-16>" BAD, 1 },
};

static void sources(void **state)
{
	char digest[DIGEST_HEX_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct record_options options = { .format = cases[i].format,
							.encoding = cases[i].encoding,
							.limits = record_limits_default };
		struct record *r;
		assert_int_equal(record_new(&alloc_libc, cases[i].bytes, &options, &r), RECORD_OK);
		if (!str_eqz(record_source(r), cases[i].want) || record_diags(r)->n != cases[i].n_diags)
			fail_msg("case %zu: %s, %zu diagnostics", i, record_source(r).p, record_diags(r)->n);
		digest_hex(cases[i].bytes, digest); /* of the bytes, not of the text made of them */
		assert_string_equal(record_digest(r), digest);
		record_unref(r);
	}
}

static void names_that_are_none(void **state)
{
	static const char *const names[] = { "", " ", "/", "//", "한글", "no-such-encoding", "../../x" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct record_options options = { .encoding = names[i], .limits = record_limits_default };
		struct record *r;
		struct buf out;
		size_t n_bad;
		buf_init(&out, &alloc_libc, 0);
		assert_int_equal(encoding_convert(&out, STR_LIT("x"), names[i], &n_bad), ENCODING_UNKNOWN);
		assert_int_equal(record_new(&alloc_libc, STR_LIT("x"), &options, &r), RECORD_BAD_ENCODING);
		assert_null(r);
		buf_release(&out);
	}
}

/* By line, whichever part was read first. */
static void diagnostics_have_one_order(void **state)
{
	struct record_options options = { .format = FORMAT_MARKDOWN, .limits = record_limits_default };

	(void)state;
	options.limits.max_depth = 4;
	for (int tree_first = 0; tree_first < 2; tree_first++) {
		struct record *r;
		assert_int_equal(record_new(&alloc_libc, STR_LIT("---\na: [\n---\n> > > > > x\n\xFF\n"), &options, &r),
				 RECORD_OK);
		if (tree_first)
			record_tree(r);
		const struct diags *d = record_diags(r);
		assert_int_equal(d->n, 3);
		assert_in_range(d->items[0].line, 2, 3);
		assert_int_equal(d->items[1].line, 5);
		assert_int_equal(d->items[1].column, 1);
		assert_int_equal(d->items[2].line, 0);
		assert_ptr_equal(record_diags(r), d);
		record_unref(r);
	}
}

/* Half a million list markers and then a letter: each could begin a thematic break. */
static void lines_of_marks_stay_linear(void **state)
{
	static const char *const marks[] = { "- ", "* ", "- * ", "_ ", "> ", "1. " };
	const size_t n = 1 << 20;
	char *text = malloc(n + 1);

	(void)state;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		struct line line;
		for (size_t k = 0; k < n; k++)
			text[k] = marks[i][k % strlen(marks[i])];
		text[n] = 'x';
		assert_true(line_read((struct str){ text, n + 1 }, text, &line));
		assert_ptr_equal(line.end, text + n + 1);
	}
	free(text);
}

static void attribute_values(void **state)
{
	static const struct {
		const char *list, *key, *want;
	} values[] = {
		{ "title=\"a \\\"b\\\"\"", "title", "a \"b\"" }, { "title='it\\'s'", "title", "it's" },
		{ "title=\"C:\\dir\"", "title", "C:\\dir" },     { "title=\"{a\\}\"", "title", "{a}" },
		{ "class=\"\" .b .c", "class", "b c" },          { ".b class=\"\" .c", "class", "b c" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		struct event e = { .type = EVENT_OPEN };
		struct arena a;
		arena_init(&a, &alloc_libc, 0);
		assert_true(attributes_apply(&a, &e, str_of(values[i].list), NULL, 0));
		assert_str(e.attrs->key, values[i].key);
		assert_str(e.attrs->value, values[i].want);
		arena_release(&a);
	}
}

static void www_alone_is_no_link(void **state)
{
	struct autolink link;
	struct arena a;

	(void)state;
	arena_init(&a, &alloc_libc, 0);
	assert_false(autolink_find(&a, STR_LIT("www.. www.? www.*"), 0, &link));
	assert_true(autolink_find(&a, STR_LIT("www.a."), 0, &link));
	assert_str(link.url, "http://www.a");
	arena_release(&a);
}

/* A number of four digits before the date is not the date. */
static void dates_after_numbers(void **state)
{
	struct record *r = made_read(
		"긴 제목이 여기\n조회수 1234회, 작성일 2024. 5. 27.\n제목보다 더 긴 본문의 첫 줄이 온다\n",
		FORMAT_TEXT);
	struct arena a;

	(void)state;
	arena_init(&a, &alloc_libc, 0);
	assert_str(title_from_text(record_tree(r), &a), "긴 제목이 여기");
	arena_release(&a);
	record_unref(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sources),
		cmocka_unit_test(names_that_are_none),
		cmocka_unit_test(diagnostics_have_one_order),
		cmocka_unit_test(lines_of_marks_stay_linear),
		cmocka_unit_test(attribute_values),
		cmocka_unit_test(www_alone_is_no_link),
		cmocka_unit_test(dates_after_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
