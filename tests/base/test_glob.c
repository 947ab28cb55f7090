/*
 * test_glob.c - patterns as gitignore(5) has them, one by one; that hostile ones
 * take no long time.
 */
#include <time.h>

#include "cmocka_all.h"

#include "base/glob.h"

static void patterns_and_paths(void **state)
{
	static const struct {
		const char *pattern, *path;
		bool matches;
	} cases[] = {
		{ "a.md", "a.md", true },
		{ "a.md", "b.md", false },
		{ "", "", true },
		{ "", "a", false },
		{ "*", "", true },
		{ "*.md", "a.md", true },
		{ "*.md", "d/a.md", false },
		{ "d/*", "d/a", true },
		{ "d/*", "d/a/b", false },
		{ "a*b*c", "axxbxbyc", true },
		{ "a*b*c", "axxbxby", false },
		{ "a?c", "abc", true },
		{ "a?c", "a/c", false },
		{ "a**c", "abbc", true },
		{ "a**c", "ab/c", false },
		{ "**/a", "a", true },
		{ "**/a", "b/c/a", true },
		{ "**/a", "b/ca", false },
		{ "a/**", "a", false },
		{ "a/**", "a/b/c", true },
		{ "a/**/b", "a/b", true },
		{ "a/**/b", "a/x/y/b", true },
		{ "a/**/b", "a/x/yb", false },
		{ "a/***/b", "a/x/y/b", true },
		{ "**/x*/**/y*z", "1/x2/3/4/y5/y6z", true },
		{ "**/x*/**/y*z", "1/x2/3/4/y5/y6", false },
		{ "[abc].md", "b.md", true },
		{ "[!abc].md", "b.md", false },
		{ "[^abc].md", "d.md", true },
		{ "[a-c]", "b", true },
		{ "[a-c]", "d", false },
		{ "[]x]", "]", true },
		{ "[!]x]", "]", false },
		{ "[a-]", "-", true },
		{ "[\\]]", "]", true },
		{ "[[:digit:][:upper:]]*", "7a", true },
		{ "[[:digit:][:upper:]]*", "Qa", true },
		{ "[[:digit:][:upper:]]*", "qa", false },
		{ "[[:nothing:]]", "a", false },
		{ "a[/]b", "a/b", false },
		{ "[a", "a", false },
		{ "[", "[", false },
		{ "\\*", "*", true },
		{ "\\*", "a", false },
		{ "a\\", "a", false },
		{ "a\\", "a\\", false },
		{ "\xed\x95\x9c*", "\xed\x95\x9c\xea\xb8\x80", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		if (glob_match(str_of(cases[i].pattern), str_of(cases[i].path)) != cases[i].matches)
			fail_msg("'%s' and '%s'", cases[i].pattern, cases[i].path);
}

static void hostile_patterns_end(void **state)
{
	static char pattern[3 * 2000 + 3], path[8192];
	const clock_t began = clock();

	(void)state;
	for (int i = 0; i < 2000; i++)
		memcpy(pattern + 3 * i, "a*?", 3);
	memset(path, 'a', sizeof path);
	assert_false(glob_match((struct str){ pattern, 6000 }, (struct str){ path, 1000 }));
	memcpy(pattern + 6000, "b", 1);
	assert_false(glob_match((struct str){ pattern, 6001 }, (struct str){ path, 8192 }));
	for (int i = 0; i < 2000; i++)
		memcpy(pattern + 3 * i, "**/", 3);
	for (size_t i = 1; i < sizeof path; i += 2)
		path[i] = '/';
	assert_false(glob_match((struct str){ pattern, 6001 }, (struct str){ path, 8192 }));
	for (int i = 0; i < 1500; i++)
		memcpy(pattern + 4 * i, i % 2 ? "a*/" : "**/a*/", i % 2 ? 3 : 4);
	assert_false(glob_match((struct str){ pattern, 6001 }, (struct str){ path, 8192 }));
	assert_true((double)(clock() - began) / CLOCKS_PER_SEC < 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_and_paths),
		cmocka_unit_test(hostile_patterns_end),
	};

	return cmocka_run_group_tests_name("glob", tests, NULL, NULL);
}
