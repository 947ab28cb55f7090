/*
 * test_mixed.c - two ways to one tree: Markdown with its HTML read by us, and
 * the HTML that cmark itself makes of the document read as an .html file.
 *
 * Over the examples of the specification, the documents of content/, and every
 * file under $QUERN_DOCUMENTS where that is set.  mixed_exceptions.txt names the examples whose
 * HTML is not whole in itself.
 */
#define CMARK_NO_SHORT_NAMES /* they are our own names */
#include <cmark.h>
#include <dirent.h>

#include "examples.h"
#include "shape.h"

static const char spec_path[] = QUERN_TESTS "/node_modules/commonmark-spec/spec.txt";
static const char exceptions_path[] = QUERN_TESTS "/conformance/mixed_exceptions.txt";

static void shape_text(struct buf *out, struct str text, enum doc_format format, uint32_t with)
{
	struct record *r = examples_record(text, format, with, 0);

	buf_init(out, &alloc_libc, 0);
	shape_of(out, record_tree(r));
	assert_true(buf_ok(out));
	record_unref(r);
}

/* The first lines that differ. */
static void tell_difference(const char *name, const char *ours, const char *theirs)
{
	size_t same = 0, line = 0;

	for (; ours[same] && ours[same] == theirs[same]; same++)
		if (ours[same] == '\n')
			line = same + 1;
	fprintf(stderr, "%s\n  read as Markdown: %.200s\n  read as HTML:     %.200s\n", name, ours + line,
		theirs + line);
}

static bool same_tree(const char *name, struct str text, bool tell)
{
	char *html = cmark_markdown_to_html(text.p, text.n, CMARK_OPT_UNSAFE);
	struct buf ours, theirs;

	assert_non_null(html);
	shape_text(&ours, text, FORMAT_COMMONMARK, DIALECT_HTML);
	shape_text(&theirs, str_of(html), FORMAT_HTML, 0);
	bool equal = str_eq(buf_str(&ours), buf_str(&theirs));
	if (!equal && tell)
		tell_difference(name, ours.p, theirs.p);
	buf_release(&ours);
	buf_release(&theirs);
	free(html);
	return equal;
}

static bool excepted[1000];

static void test_example(void **state)
{
	const struct example *e = *state;
	const bool expected = !excepted[e->number];
	const bool equal = same_tree(e->name, e->source, expected);

	if (equal && !expected)
		fprintf(stderr, "%d %s: listed as an exception, but equal\n", e->number, e->name);
	assert_int_equal(equal, expected);
}

static void read_exceptions(void)
{
	FILE *f = fopen(exceptions_path, "r");
	char line[400];
	int number;

	assert_non_null(f);
	while (fgets(line, sizeof line, f))
		if (sscanf(line, "%d", &number) == 1 && number > 0 && number < 1000)
			excepted[number] = true;
	fclose(f);
}

/* The body alone: cmark knows no front matter. */
static bool document_agrees(const char *path)
{
	struct buf text;
	bool same = true;

	buf_init(&text, &alloc_libc, 0);
	if (file_read(&text, path, 0) == FILE_OK) {
		struct record *r = examples_record(buf_str(&text), FORMAT_MARKDOWN, 0, 0);
		struct str source = record_source(r);
		size_t body = record_body_offset(r);
		same = same_tree(path, (struct str){ source.p + body, source.n - body }, true);
		record_unref(r);
	}
	buf_release(&text);
	return same;
}

static void check_folder(const char *folder)
{
	struct dirent **names = NULL;
	const int n = scandir(folder, &names, NULL, alphasort);
	int seen = 0, wrong = 0;

	for (int i = 0; i < n; i++) {
		char path[4096];
		const char *suffix = strrchr(names[i]->d_name, '.');
		snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
		if (suffix && (strcmp(suffix, ".md") == 0 || strcmp(suffix, ".txt") == 0)) {
			seen++;
			wrong += !document_agrees(path);
		}
		free(names[i]);
	}
	free(names);
	fprintf(stderr, "%s: %d documents, %d differ\n", folder, seen, wrong);
	assert_true(seen > 0);
	assert_int_equal(wrong, 0);
}

static void test_content(void **state)
{
	(void)state;
	check_folder(QUERN_TESTS "/../content");
}

static void test_documents(void **state)
{
	(void)state;
	check_folder(getenv("QUERN_DOCUMENTS"));
}

static void test_absent(void **state)
{
	(void)state;
	skip();
}

int main(void)
{
	static const struct CMUnitTest content[] = { cmocka_unit_test(test_content) };
	static const struct CMUnitTest documents[] = { cmocka_unit_test(test_documents) };
	static const struct CMUnitTest absent[] = { cmocka_unit_test(test_absent) };
	struct examples all = { 0 };
	int failed = cmocka_run_group_tests(content, NULL, NULL);

	if (getenv("QUERN_DOCUMENTS"))
		failed += cmocka_run_group_tests(documents, NULL, NULL);
	if (!examples_read(&all, spec_path, NULL)) {
		fprintf(stderr, "%s is missing: make deps-test\n", spec_path);
		return failed + cmocka_run_group_tests(absent, NULL, NULL);
	}
	read_exceptions();
	failed += examples_run("specification", &all, test_example);
	examples_free(&all);
	return failed != 0;
}
