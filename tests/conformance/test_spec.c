/*
 * test_spec.c - every example of the CommonMark specification (npm's
 * commonmark-spec, of the version the linked cmark implements).
 *
 * Three times: by --from commonmark byte for byte; by our dialect without raw HTML, and by
 * the whole dialect, where the exceptions are exactly those of spec_exceptions.txt.
 */
#include "examples.h"

static const char spec_path[] = QUERN_TESTS "/node_modules/commonmark-spec/spec.txt";
static const char exceptions_path[] = QUERN_TESTS "/conformance/spec_exceptions.txt";

/* How many the specification has, 0.30; more or fewer means another version or a reader gone wrong. */
#define N_EXAMPLES 652

static char rules[N_EXAMPLES + 1][24]; /* the rule that makes this example differ; "": none */

static void test_count(void **state)
{
	const struct examples *all = *state;

	assert_int_equal(all->n, N_EXAMPLES);
}

static void test_commonmark(void **state)
{
	struct example e = *(const struct example *)*state;

	e.choice.format = FORMAT_COMMONMARK;
	examples_check(&e, WRITE_UNSAFE);
}

/* Equal, unless a rule says otherwise; and a rule that says so without need is wrong too. */
static void check_dialect(const struct example *e, bool excepted)
{
	struct buf got;

	examples_render(&got, e, WRITE_UNSAFE);
	bool equal = str_eq(buf_str(&got), e->want);
	if (equal == excepted)
		fprintf(stderr, "%d %s: %s\n%s---\n%s---\n%.*s---\n", e->number, e->name,
			equal ? "is listed as an exception but equal" : "differs", e->source.p, e->want.p, (int)got.n,
			got.p);
	buf_release(&got);
	assert_int_equal(equal, !excepted);
}

static void test_dialect_without_html(void **state)
{
	struct example e = *(const struct example *)*state;
	const char *rule = rules[e.number];

	e.choice.without = DIALECT_HTML;
	check_dialect(&e, *rule && strcmp(rule, "html") != 0);
}

static void test_dialect(void **state)
{
	const struct example *e = *state;

	check_dialect(e, *rules[e->number] != 0);
}

/* Lines "NUMBER RULE", the rest of a line and lines with # are for readers. */
static bool read_exceptions(void)
{
	FILE *f = fopen(exceptions_path, "r");
	char line[400], rule[24];
	int number;

	if (!f)
		return false;
	while (fgets(line, sizeof line, f))
		if (sscanf(line, "%d %23s", &number, rule) == 2 && number >= 1 && number <= N_EXAMPLES)
			memcpy(rules[number], rule, sizeof rule);
	fclose(f);
	return true;
}

static void test_absent(void **state)
{
	(void)state;
	skip();
}

int main(void)
{
	static const struct CMUnitTest absent[] = { cmocka_unit_test(test_absent) };
	struct examples all = { 0 };

	if (!examples_read(&all, spec_path, NULL)) {
		fprintf(stderr, "%s is missing: make deps-test\n", spec_path);
		return cmocka_run_group_tests(absent, NULL, NULL);
	}
	if (!read_exceptions())
		return 2;
	const struct CMUnitTest count[] = { cmocka_unit_test_prestate(test_count, &all) };
	int failed = cmocka_run_group_tests(count, NULL, NULL);
	if (!failed) {
		failed += examples_run("commonmark", &all, test_commonmark);
		failed += examples_run("markdown-html", &all, test_dialect_without_html);
		failed += examples_run("markdown", &all, test_dialect);
	}
	fprintf(stderr, "%zu examples\n", all.n);
	examples_free(&all);
	return failed != 0;
}
