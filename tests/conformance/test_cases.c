/*
 * test_cases.c - our dialect by example: every case in the Markdown files
 * beside this one (README.md says how they are written).
 */
#include <dirent.h>

#include "examples.h"

/* A case that is lost is a test that is lost. */
#define FEWEST_CASES 300

static void test_case(void **state)
{
	examples_check(*state, 0);
}

static int is_case_file(const struct dirent *entry)
{
	const char *suffix = strrchr(entry->d_name, '.');

	return suffix && strcmp(suffix, ".md") == 0 && strcmp(entry->d_name, "README.md") != 0;
}

static void test_count(void **state)
{
	const struct examples *all = *state;

	assert_true(all->n >= FEWEST_CASES);
}

int main(void)
{
	static const char folder[] = QUERN_TESTS "/conformance";
	struct examples all = { 0 };
	struct dirent **names = NULL;
	const int n = scandir(folder, &names, is_case_file, alphasort);

	for (int i = 0; i < n; i++) {
		char path[4096], section[256];
		snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
		snprintf(section, sizeof section, "%.*s", (int)(strlen(names[i]->d_name) - 3), names[i]->d_name);
		if (!examples_read(&all, path, section))
			fprintf(stderr, "%s cannot be read\n", path);
		free(names[i]);
	}
	free(names);
	const struct CMUnitTest count[] = { cmocka_unit_test_prestate(test_count, &all) };
	int failed = cmocka_run_group_tests(count, NULL, NULL);
	failed += examples_run("cases", &all, test_case);
	fprintf(stderr, "%zu cases in %d files\n", all.n, n);
	examples_free(&all);
	return failed != 0;
}
