/*
 * test_json_read.c - JSON in: kinds, places of errors, hostile texts.
 */
#include "cmocka_all.h"
#include "heap.h"

#include "base/json.h"

static struct arena arena;
static struct buf out;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena, &alloc_libc, 0);
	buf_init(&out, &alloc_libc, 0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	buf_release(&out);
	return 0;
}

static struct value read_good(struct str text)
{
	struct json_error error;
	struct value v = value_null();

	if (!json_read(&arena, text, &v, &error))
		fail_msg("%u:%u: %s", (unsigned)error.line, (unsigned)error.column, error.message);
	return v;
}

/* Reads text and writes it again. */
static void assert_reads_as(const char *text, const char *json)
{
	struct value v = read_good(str_of(text));

	buf_clear(&out);
	json_write(&out, &v, 0);
	assert_str(buf_str(&out), json);
}

static struct json_error read_bad(struct str text)
{
	struct json_error error = { 0 };
	struct value v;

	assert_false(json_read(&arena, text, &v, &error));
	assert_true(error.line > 0);
	assert_true(error.column > 0);
	assert_true(strlen(error.message) > 0);
	return error;
}

static void assert_bad_at(struct str text, unsigned line, unsigned column)
{
	struct json_error error = read_bad(text);

	assert_int_equal(error.line, line);
	assert_int_equal(error.column, column);
}

static void kinds_survive(void **state)
{
	(void)state;
	assert_reads_as(" null\n", "null");
	assert_reads_as("true", "true");
	assert_reads_as("false", "false");
	assert_reads_as("12", "12");
	assert_reads_as("2.0", "2.0");
	assert_reads_as("1e2", "100.0");
	assert_reads_as("\"x\"", "\"x\"");
	assert_reads_as("[]", "[]");
	assert_reads_as("{}", "{}");
	assert_reads_as("{\"z\":1,\"a\":{\"y\":[1,2.5,null],\"b\":\"\\u00e9\\n\"}}",
			"{\"z\":1,\"a\":{\"y\":[1,2.5,null],\"b\":\"é\\n\"}}");
	assert_reads_as("\"\\ud83d\\ude00\"", "\"😀\"");
	assert_reads_as("\"a\\u0000b\"", "\"a\\u0000b\"");
	assert_int_equal(read_good(STR_LIT("\"a\\u0000b\"")).as.string.n, 3);
}

static void big_integers_become_floats(void **state)
{
	(void)state;
	assert_reads_as("[9223372036854775807,-9223372036854775808]", "[9223372036854775807,-9223372036854775808]");
	assert_reads_as("[9223372036854775808,1,9007199254740993]", "[9.223372036854776e+18,1,9007199254740993]");
	assert_reads_as("-9223372036854775809", "-9.223372036854776e+18");
	assert_reads_as("{\"9223372036854775808\":123456789012345678901234567890}",
			"{\"9223372036854775808\":1.2345678901234568e+29}");
	assert_reads_as("[\"\\\"99999999999999999999\",99999999999999999999]", "[\"\\\"99999999999999999999\",1e+20]");
	assert_reads_as("9223372036854775808.5", "9.223372036854776e+18");
	assert_reads_as("9223372036854775808e1", "9.223372036854776e+19");
}

static void syntax_errors(void **state)
{
	static const char *const texts[] = {
		"",
		" ",
		"[",
		"{",
		"]",
		"[1,]",
		"{\"a\"}",
		"{\"a\":}",
		"{a:1}",
		"[1 2]",
		"1 2",
		"[1]x",
		"nul",
		"'a'",
		"\"a",
		"\"\\x\"",
		"01",
		"+1",
		"1.",
		".5",
		"NaN",
		"Infinity",
		"-",
		"1e999",
		"\"\\ud800\"",
		"/**/1",
		"{\"a\":1,\"a\":2}",
		"\"a\nb\"",
		"\\",
		"\"\\",
		"[1}",
		"99999999999999999999x",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		read_bad(str_of(texts[i]));
	read_bad(STR_LIT("[1]\0"));
	read_bad(STR_LIT("\0"));
	read_bad(STR_LIT("[1,\0 2]"));
	read_bad((struct str){ NULL, 0 });
}

static void errors_have_places(void **state)
{
	(void)state;
	assert_bad_at(STR_LIT("x"), 1, 1);
	assert_bad_at(STR_LIT("[1,\n 2,\n  oops]"), 3, 3);
	assert_bad_at(STR_LIT("{\"a\": 1,\n\"a\": 2}"), 2, 1);
	assert_bad_at(STR_LIT("[\"한글\", x]"), 1, 12);
	assert_bad_at(STR_LIT("[99999999999999999999,\n99999999999999999999, x]"), 2, 23);
	assert_bad_at(STR_LIT("[1]\n[2]"), 2, 1);
	assert_bad_at(STR_LIT("\n\"\xFF\""), 2, 2);
	assert_bad_at(STR_LIT("\"\xED\xA0\x80\""), 1, 2);
}

static struct str nested(char open, char close, size_t depth, bool closed)
{
	buf_clear(&out);
	for (size_t i = 0; i < depth; i++) {
		buf_addc(&out, open);
		if (open == '{')
			buf_addz(&out, "\"[\":");
	}
	if (open == '{')
		buf_addz(&out, "1");
	if (closed)
		buf_add_repeat(&out, close, depth);
	return buf_str(&out);
}

static void depth_is_bounded(void **state)
{
	(void)state;
	read_good(nested('[', ']', VALUE_MAX_DEPTH, true));
	read_good(nested('{', '}', VALUE_MAX_DEPTH, true));
	assert_bad_at(nested('[', ']', VALUE_MAX_DEPTH + 1, true), 1, VALUE_MAX_DEPTH + 1);
	assert_bad_at(nested('{', '}', VALUE_MAX_DEPTH + 1, true), 1, 5 * VALUE_MAX_DEPTH + 1);
	assert_bad_at(nested('[', ']', 1000000, false), 1, VALUE_MAX_DEPTH + 1);
}

static void many_and_long_keys(void **state)
{
	enum { N = 100000, LONG = 1 << 20 };
	struct value v;

	(void)state;
	buf_addc(&out, '{');
	for (int i = 0; i < N; i++)
		buf_addf(&out, "\"key%d\":%d,", i, i);
	buf_addc(&out, '"');
	buf_add_repeat(&out, 'k', LONG);
	buf_addz(&out, "\":true}");
	v = read_good(buf_str(&out));
	assert_int_equal(v.as.map.n, N + 1);
	for (int i = 0; i < N; i++)
		assert_int_equal(v.as.map.members[i].value.as.integer, i);
	assert_int_equal(value_getz(&v, "key4711")->as.integer, 4711);
	assert_int_equal(v.as.map.members[N].key.n, LONG);
}

static void long_tokens(void **state)
{
	(void)state;
	buf_add_repeat(&out, '1', 1 << 20);
	read_bad(buf_str(&out));
	buf_clear(&out);
	buf_addz(&out, "0.");
	buf_add_repeat(&out, '3', 1 << 20);
	assert_int_equal(read_good(buf_str(&out)).kind, VALUE_FLOAT);
	buf_clear(&out);
	buf_add_repeat(&out, '"', 1 << 20);
	read_bad(buf_str(&out));
	buf_clear(&out);
	buf_addc(&out, '"');
	buf_add_repeat(&out, '\\', 1 << 20);
	read_bad(buf_str(&out));
}

static void every_refusal_is_an_error(void **state)
{
	struct str text = STR_LIT("{\"a\":[1,2,3,99999999999999999999],\"b\":{\"c\":\"text\"},\"d\":[[],{}],\"e\":1,"
				  "\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"k\":1}");
	bool ok = false;

	(void)state;
	for (size_t limit = 1; !ok; limit += 17) {
		struct test_heap h;
		struct arena a;
		struct json_error error;
		struct value v;

		test_heap_init(&h, 0);
		arena_init(&a, &h.alloc, limit);
		ok = json_read(&a, text, &v, &error);
		assert_true(ok || strcmp(error.message, "out of memory") == 0);
		arena_release(&a);
		assert_int_equal(h.live, 0);
		assert_true(limit < 100000);
	}
	ok = false;
	for (size_t k = 1; !ok; k++) {
		struct test_heap h;
		struct arena a;
		struct json_error error;
		struct value v;

		test_heap_init(&h, k);
		arena_init(&a, &h.alloc, 0);
		ok = json_read(&a, text, &v, &error);
		arena_release(&a);
		assert_int_equal(h.live, 0);
		assert_true(k < 100);
	}
}

#define WITH_BUFFERS(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BUFFERS(kinds_survive),    WITH_BUFFERS(big_integers_become_floats),
		WITH_BUFFERS(syntax_errors),    WITH_BUFFERS(errors_have_places),
		WITH_BUFFERS(depth_is_bounded), WITH_BUFFERS(many_and_long_keys),
		WITH_BUFFERS(long_tokens),      WITH_BUFFERS(every_refusal_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
