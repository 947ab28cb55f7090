/*
 * test_json_simple.c - what is read without jansson is what jansson reads.
 */
#include "cmocka_all.h"
#include "heap.h"

#include "base/json.h"
#include "base/json_simple.h"
#include "base/utf8.h"

static struct arena arena;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena, &alloc_libc, 0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* A number with an exponent beside it is not simple, so that jansson reads all. */
static bool read_by_jansson(struct str text, struct value *out)
{
	struct json_error error;
	struct value list;
	const char *whole = arena_printf(&arena, "[1e0,%.*s]", (int)text.n, text.p);

	if (!json_read(&arena, str_of(whole), &list, &error) || list.as.list.n != 2)
		return false;
	*out = list.as.list.items[1];
	return true;
}

/* All of JSON, by us and by jansson. */
static void whole_agrees(struct str text)
{
	struct value whole, other;
	size_t offset;
	const char *wrong = json_whole_read(&arena, text, VALUE_MAX_DEPTH, NULL, &whole, &offset);

	if (read_by_jansson(text, &other) ? wrong || !value_equal(&whole, &other) : !wrong)
		fail_msg("read in another way (%s): %.*s", wrong ? wrong : "no error", (int)text.n, text.p);
}

static bool agrees(struct str text)
{
	struct value simple, other;

	whole_agrees(text);
	if (!json_simple_read(&arena, text, VALUE_MAX_DEPTH, &simple))
		return false;
	if (!read_by_jansson(text, &other) || !value_equal(&simple, &other))
		fail_msg("read in another way: %.*s", (int)text.n, text.p);
	return true;
}

static const char *const simple_texts[] = {
	"null",
	"true",
	"false",
	"0",
	"-0",
	"-0.0",
	"7",
	"-12",
	"123456789012345678",
	"0.1",
	"0.30000000000001",
	"-98765432.1234567",
	"5.0",
	"\"\"",
	"\"plain\"",
	"\"a\\nb\\t\\\"q\\\" \\\\ \\/ \\b\\f\\r\"",
	"\"\\u00e9\\u2028\\uFFFD\\u007f\"",
	"\"\xED\x95\x9C \xF0\x9F\x98\x80\"",
	"[]",
	"{}",
	" [ 1 , \"two\" , [ ] , { } ] ",
	"{\"a\":1,\"b\":{\"c\":[null,true]},\"\":\"empty key\",\"k\\ney\":0}",
	"{\"1\":1,\"2\":2,\"3\":3,\"4\":4,\"5\":5,\"6\":6,\"7\":7,\"8\":8,\"9\":9,\"10\":10,\"11\":11}\r\n",
};

static void simple_texts_are_read_as_jansson_reads_them(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof simple_texts / sizeof *simple_texts; i++) {
		if (!agrees(str_of(simple_texts[i])))
			fail_msg("not simple: %s", simple_texts[i]);
	}
}

static const char *const other_texts[] = {
	"",
	" ",
	"nul",
	"truex",
	"01",
	"-",
	"1.",
	"1e5",
	"0.1234567890123456",
	"+1",
	".5",
	"1.2.3",
	"12345678901234567890",
	"\"",
	"\"\\u0000\"",
	"\"\\ud83d\\ude00\"",
	"\"\\x\"",
	"\"a\nb\"",
	"\"\\",
	"[1,]",
	"[1 2]",
	"[",
	"{",
	"{\"a\"}",
	"{\"a\":}",
	"{\"a\":1,}",
	"{a:1}",
	"{\"a\":1,\"a\":2}",
	"[] []",
	"{\"a\":1]",
	"\"\\u12\"",
	"-",
	"--1",
	"1e",
	"1e+",
	"1E+2",
	"1e-400",
	"1e999",
	"-0e-0",
	"0.1e1",
	"1.e1",
	"9223372036854775807",
	"9223372036854775808",
	"-9223372036854775808",
	"-9223372036854775809",
	"123456789012345678901234567890123456789012345678901234567890",
	"0.12345678901234567890123456789012345678901234567890",
	"\"\\ud83d\"",
	"\"\\ud83dx\"",
	"\"\\ude00\\ud83d\"",
	"\"\\ud83d\\ud83d\"",
	"\"\\uD83D\\uDE00 \\u0000\"",
	"{\"a\\u0000\":1}",
	"[\"\\ud83d\\u\"]",
};

static void the_rest_is_left_to_jansson(void **state)
{
	struct value v;

	(void)state;
	for (size_t i = 0; i < sizeof other_texts / sizeof *other_texts; i++) {
		whole_agrees(str_of(other_texts[i]));
		if (json_simple_read(&arena, str_of(other_texts[i]), VALUE_MAX_DEPTH, &v))
			fail_msg("read as simple: %s", other_texts[i]);
	}
}

static void depth_is_bound(void **state)
{
	struct value v;

	(void)state;
	assert_true(json_simple_read(&arena, STR_LIT("[[[]]]"), 3, &v));
	assert_false(json_simple_read(&arena, STR_LIT("[[[]]]"), 2, &v));
	char *deep = arena_alloc(&arena, 2 * (VALUE_MAX_DEPTH + 1));
	memset(deep, '[', VALUE_MAX_DEPTH + 1);
	memset(deep + VALUE_MAX_DEPTH + 1, ']', VALUE_MAX_DEPTH + 1);
	assert_false(json_simple_read(&arena, (struct str){ deep, 2 * (VALUE_MAX_DEPTH + 1) }, 1000, &v));
	assert_true(json_simple_read(&arena, (struct str){ deep + 1, 2 * (size_t)VALUE_MAX_DEPTH }, 1000, &v));
}

/* One byte after the other replaced by what means something to JSON; how many of them are simple. */
static size_t damage(struct str text)
{
	static const char marks[] = "\"\\[]{}:,0-.eu\n a\xC3";
	char *bytes = (char *)(uintptr_t)text.p;
	size_t simple = 0;

	for (size_t at = 0; at < text.n; at++) {
		const char was = bytes[at];
		for (const char *m = marks; *m; m++) {
			bytes[at] = *m;
			if (utf8_check(text) == text.n)
				simple += agrees(text);
		}
		bytes[at] = was;
	}
	return simple;
}

static void damaged_texts_are_never_read_in_another_way(void **state)
{
	size_t simple = 0;

	(void)state;
	for (size_t i = 0; i < sizeof simple_texts / sizeof *simple_texts; i++)
		simple += damage(arena_str(&arena, str_of(simple_texts[i])));
	assert_true(simple > 500);
	for (size_t i = 0; i < sizeof other_texts / sizeof *other_texts; i++)
		damage(arena_str(&arena, str_of(other_texts[i])));
}

static void count_bytes(void *user, size_t bytes)
{
	*(size_t *)user += bytes;
}

static void long_texts_are_read_without_jansson(void **state)
{
	enum { ITEMS = 20000 };
	static const char item[] = "[1e1,\"\\ud83d\\ude00\"],";
	const size_t size = ITEMS * (sizeof item - 1) + 3;
	char *text = arena_alloc(&arena, size + 1);
	size_t told = 0;
	const struct json_watch watch = { count_bytes, &told };
	struct json_error error;
	struct arena small;
	struct value v;

	(void)state;
	text[0] = '[';
	for (size_t i = 0; i < ITEMS; i++)
		memcpy(text + 1 + i * (sizeof item - 1), item, sizeof item - 1);
	memcpy(text + size - 2, "0]", 3);
	assert_true(json_read_deep(&arena, (struct str){ text, size }, 10, &watch, &v, &error));
	assert_int_equal(v.as.list.n, ITEMS + 1);
	assert_true(v.as.list.items[7].as.list.items[0].as.number == 10);
	assert_true(str_eq(v.as.list.items[7].as.list.items[1].as.string, STR_LIT("\U0001F600")));
	assert_true(told > size && told < 10 * size);
	text[size - 2] = '\n';
	assert_false(json_read(&arena, (struct str){ text, size }, &v, &error));
	assert_int_equal(error.line, 2);
	assert_int_equal(error.column, 1);
	assert_string_equal(error.message, "this is not valid JSON");
	text[size - 2] = '0';
	assert_false(json_read_deep(&arena, (struct str){ text, size }, 1, NULL, &v, &error));
	assert_string_equal(error.message, "lists and maps are nested too deeply");
	/* The memory it takes is the arena's. */
	arena_init(&small, &alloc_libc, size / 2);
	assert_false(json_read(&small, (struct str){ text, size }, &v, &error));
	assert_string_equal(error.message, "out of memory");
	arena_release(&small);
}

static void refused_memory_is_no_result(void **state)
{
	struct arena small;
	struct value v;

	(void)state;
	arena_init(&small, &alloc_libc, 1);
	assert_false(json_simple_read(&small, STR_LIT("[\"text\"]"), VALUE_MAX_DEPTH, &v));
	assert_false(json_simple_read(&small, STR_LIT("\"te\\nxt\""), VALUE_MAX_DEPTH, &v));
	assert_false(json_simple_read(&small, STR_LIT("{\"a\":1}"), VALUE_MAX_DEPTH, &v));
	arena_release(&small);
}

#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(simple_texts_are_read_as_jansson_reads_them),
		WITH_ARENA(the_rest_is_left_to_jansson),
		WITH_ARENA(depth_is_bound),
		WITH_ARENA(damaged_texts_are_never_read_in_another_way),
		WITH_ARENA(long_texts_are_read_without_jansson),
		WITH_ARENA(refused_memory_is_no_result),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
