/*
 * test_schema_suite.c - schemas against the JSON Schema Test Suite for
 * 2020-12, Debian's copy, with the optional files and formats.
 * schema-expected.txt names every group of tests that does not come out as the
 * suite has it, with the reason; a group that is listed and comes out right fails too.
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
#include <glob.h>

#include "base/file.h"
#include "base/json.h"
#include "doc/schema.h"

#define SUITE "/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance/tests/draft2020-12"
#define LIST  QUERN_TESTS "/conformance/schema-expected.txt"

struct counts {
	size_t groups, tests, bad, listed;
};

static bool test_holds(const struct schema *s, const struct value *test, char *said, size_t size)
{
	const bool wanted = value_getz(test, "valid")->as.boolean;
	struct arena a;
	struct diags d;
	bool ok;

	arena_init(&a, &alloc_libc, 0);
	diags_init(&d, &a);
	ok = schema_check(s, value_getz(test, "data"), &d);
	assert_int_equal(ok, !diags_has_error(&d));
	assert_false(a.refused);
	if (ok != wanted)
		snprintf(said, size, "%s: %s", value_getz(test, "description")->as.string.p,
			 d.n ? d.items[0].message : "found to be valid");
	arena_release(&a);
	return ok == wanted;
}

/* Whether the schema is taken and every test comes out. */
static bool group_holds(const struct value *group, size_t *tests, char *said, size_t size)
{
	const struct value *list = value_getz(group, "tests");
	const struct schema *s;
	struct arena a;
	struct diags d;
	struct buf text;
	bool ok = true;

	arena_init(&a, &alloc_libc, 0);
	diags_init(&d, &a);
	buf_init(&text, &alloc_libc, 0);
	json_write(&text, value_getz(group, "schema"), 0);
	s = schema_read(&a, STR_LIT("s.json"), buf_str(&text), &d);
	*tests += list->as.list.n;
	if (!s) {
		snprintf(said, size, "the schema is refused: %s", d.n ? d.items[0].message : "without a word");
		ok = false;
	}
	for (size_t i = 0; ok && i < list->as.list.n; i++)
		ok = test_holds(s, &list->as.list.items[i], said, size);
	buf_release(&text);
	arena_release(&a);
	return ok;
}

/* A line "file | group | reason". */
static bool is_listed(struct str list, const char *file, struct str group)
{
	char head[300];

	snprintf(head, sizeof(head), "\n%s | %.*s | ", file, (int)group.n, group.p);
	return strstr(list.p, head) != NULL;
}

static void check_file(const char *path, struct str list, struct counts *n)
{
	const char *name = path + sizeof(SUITE);
	struct json_error error;
	struct value groups;
	struct arena a;
	struct buf text;

	arena_init(&a, &alloc_libc, 0);
	buf_init(&text, &alloc_libc, 0);
	assert_int_equal(file_read(&text, path, 0), FILE_OK);
	assert_true(json_read(&a, buf_str(&text), &groups, &error));
	for (size_t i = 0; i < groups.as.list.n; i++) {
		const struct value *group = &groups.as.list.items[i];
		const struct str title = value_getz(group, "description")->as.string;
		const bool listed = is_listed(list, name, title);
		char said[400] = "";

		n->groups++;
		n->listed += listed;
		if (group_holds(group, &n->tests, said, sizeof(said)) != listed)
			continue;
		n->bad++;
		print_error("%s | %s | %s\n", name, title.p, listed ? "is listed, but comes out right" : said);
	}
	buf_release(&text);
	arena_release(&a);
}

static size_t count_lines(struct str list)
{
	size_t n = 0;

	for (const char *p = list.p; (p = strchr(p, '\n')) && p[1]; p++)
		n += p[1] != '#';
	return n;
}

static void test_every_group(void **state)
{
	struct counts n = { 0, 0, 0, 0 };
	struct buf list;
	glob_t files;

	(void)state;
	if (access(SUITE, R_OK) != 0) {
		print_message("the JSON Schema Test Suite is missing: make deps-test\n");
		skip();
	}
	buf_init(&list, &alloc_libc, 0);
	assert_int_equal(file_read(&list, LIST, 0), FILE_OK);
	assert_int_equal(glob(SUITE "/*.json", 0, NULL, &files), 0);
	assert_int_equal(glob(SUITE "/optional/*.json", GLOB_APPEND, NULL, &files), 0);
	assert_int_equal(glob(SUITE "/optional/format/*.json", GLOB_APPEND, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++)
		check_file(files.gl_pathv[i], buf_str(&list), &n);
	print_message("%zu groups, %zu tests, %zu groups listed\n", n.groups, n.tests, n.listed);
	assert_int_equal(n.bad, 0);
	assert_true(n.groups > 300);
	/* No line of the list names what the suite does not have. */
	assert_int_equal(n.listed, count_lines(buf_str(&list)));
	globfree(&files);
	buf_release(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_every_group) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
