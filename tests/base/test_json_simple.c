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

static bool agrees(struct str text)
{
	struct value simple, other;

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

static void the_rest_is_left_to_jansson(void **state)
{
	static const char *const texts[] = {
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
	};
	struct value v;

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		if (json_simple_read(&arena, str_of(texts[i]), VALUE_MAX_DEPTH, &v))
			fail_msg("read as simple: %s", texts[i]);
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

/* One byte after the other replaced by what means something to JSON. */
static void damaged_texts_are_never_read_in_another_way(void **state)
{
	static const char marks[] = "\"\\[]{}:,0-.eu\n a\xC3";
	size_t simple = 0;

	(void)state;
	for (size_t i = 0; i < sizeof simple_texts / sizeof *simple_texts; i++) {
		struct str text = arena_str(&arena, str_of(simple_texts[i]));
		char *bytes = (char *)(uintptr_t)text.p;
		for (size_t at = 0; at < text.n; at++) {
			const char was = bytes[at];
			for (const char *m = marks; *m; m++) {
				bytes[at] = *m;
				if (utf8_check(text) == text.n)
					simple += agrees(text);
			}
			bytes[at] = was;
		}
	}
	assert_true(simple > 500);
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
		WITH_ARENA(refused_memory_is_no_result),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
