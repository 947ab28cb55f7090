/*
 * test_roundtrip.c - what is written reads back: read(write(tree)) equals the
 * tree, in Markdown and in JSON, and writing what was read back gives the same bytes.
 *
 * Over the examples of the specification, our own cases, the documents of content/, the cases kept
 * in roundtrip/, and every document under $QUERN_DOCUMENTS where that is set.
 * roundtrip/exceptions.txt names those that have no form in Markdown, and no others.
 */
#include <dirent.h>
#include <sys/stat.h>

#include "examples.h"

static const char spec_path[] = QUERN_TESTS "/node_modules/commonmark-spec/spec.txt";
static const char exceptions_path[] = QUERN_TESTS "/conformance/roundtrip/exceptions.txt";

static struct record *read_as(struct str text, enum doc_format format)
{
	const struct record_options options = { .format = format, .limits = record_limits_default };
	struct record *r;

	assert_int_equal(record_new(&alloc_libc, text, &options, &r), RECORD_OK);
	assert_non_null(record_tree(r));
	return r;
}

static void write_as(struct buf *out, struct record *r,
		     void (*write)(struct buf *, struct record *, uint32_t, unsigned))
{
	buf_init(out, &alloc_libc, 0);
	buf_addz(out, "");
	write(out, r, 0, WRITE_FRONT_MATTER);
	assert_true(buf_ok(out));
}

static void tell_node(const char *what, struct record *r, uint32_t node)
{
	struct buf out;

	buf_init(&out, &alloc_libc, 0);
	write_tree(&out, r, node, 0);
	fprintf(stderr, "  %s %.300s\n", what, out.n ? out.p : "(the end)");
	buf_release(&out);
}

static void tell(const char *name, const char *why, struct record *r, struct record *again, const uint32_t where[2],
		 const struct buf *written)
{
	fprintf(stderr, "%s: %s\n", name, why);
	tell_node("was", r, where[0]);
	tell_node("is ", again, where[1]);
	fprintf(stderr, "--- written\n%.*s---\n", written->n < 1500 ? (int)written->n : 1500, written->p);
}

/* NULL, or what is wrong. */
static const char *markdown_fault(const char *name, struct record *r, const struct dialect_choice *read, bool loud)
{
	struct buf first, second;
	struct record *again;
	const char *fault = NULL;
	uint32_t where[2];

	write_as(&first, r, write_markdown);
	again = examples_record(buf_str(&first), read->format, read->with, read->without);
	write_as(&second, again, write_markdown);
	if (!tree_equal(record_tree(r), 0, record_tree(again), 0, where))
		fault = "Markdown reads back as another tree";
	else if (!str_eq(buf_str(&first), buf_str(&second)))
		fault = "Markdown is written otherwise the second time";
	if (fault && loud)
		tell(name, fault, r, again, where, &first);
	if (fault && loud && fault[9] == 'i')
		fprintf(stderr, "--- second\n%.1500s---\n", second.p);
	record_unref(again);
	buf_release(&first);
	buf_release(&second);
	return fault;
}

static const char *json_fault(const char *name, struct record *r, bool loud)
{
	struct buf first, second;
	struct record *again;
	const char *fault = NULL;
	uint32_t where[2];

	write_as(&first, r, write_node_json);
	again = read_as(buf_str(&first), FORMAT_JSON);
	write_as(&second, again, write_node_json);
	if (!tree_equal(record_tree(r), 0, record_tree(again), 0, where) || diags_has_error(record_diags(again)))
		fault = "JSON reads back as another tree";
	if (fault && loud)
		tell(name, fault, r, again, where, &first);
	record_unref(again);
	buf_release(&first);
	buf_release(&second);
	return fault;
}

/* ---------------------------------------------------------------- exceptions */

struct exceptions {
	char **names;
	size_t n;
};

static struct exceptions excepted;

static bool is_excepted(const char *name)
{
	for (size_t i = 0; i < excepted.n; i++)
		if (strcmp(excepted.names[i], name) == 0)
			return true;
	return false;
}

static void read_exceptions(void)
{
	FILE *f = fopen(exceptions_path, "r");
	char line[400];

	while (f && fgets(line, sizeof line, f)) {
		line[strcspn(line, "\t\n")] = 0;
		if (!*line || *line == '#')
			continue;
		excepted.names = examples_memory(realloc(excepted.names, (excepted.n + 1) * sizeof *excepted.names));
		excepted.names[excepted.n++] = examples_memory(strdup(line));
	}
	if (f)
		fclose(f);
}

/* ------------------------------------------------------------------ examples */

/* What is written is of our dialect; but where raw HTML was to stay raw, it has to be read so again. */
static struct dialect_choice reading(const struct example *e)
{
	const struct dialect_choice ours = { .format = FORMAT_MARKDOWN };

	return e->choice.without & DIALECT_HTML ? e->choice : ours;
}

static void test_example(void **state)
{
	const struct example *e = *state;
	const bool expected = !is_excepted(e->name);
	struct record *r = examples_record(e->source, e->choice.format, e->choice.with, e->choice.without);
	const struct dialect_choice read = reading(e);
	const bool equal = !markdown_fault(e->name, r, &read, expected), json = !json_fault(e->name, r, true);

	if (equal && !expected)
		fprintf(stderr, "%s: listed as an exception, but it reads back\n", e->name);
	record_unref(r);
	assert_true(json);
	assert_int_equal(equal, expected);
}

/* ----------------------------------------------------------------- documents */

struct tally {
	size_t seen, wrong;
};

static bool is_document(const char *name)
{
	static const char *const suffixes[] = { ".md", ".markdown", ".html", ".htm", ".txt" };
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot && i < sizeof suffixes / sizeof *suffixes; i++)
		if (strcmp(dot, suffixes[i]) == 0)
			return true;
	return false;
}

static void try_document(const char *path, struct tally *tally)
{
	const struct dialect_choice ours = { .format = FORMAT_MARKDOWN };
	struct buf text;

	buf_init(&text, &alloc_libc, 0);
	if (file_read(&text, path, 0) == FILE_OK && text.n > 0) {
		const char *dot = strrchr(path, '.');
		struct record *r = read_as(buf_str(&text), dot[1] == 'h'   ? FORMAT_HTML
							   : dot[1] == 't' ? FORMAT_AUTO
									   : FORMAT_MARKDOWN);
		tally->seen++;
		tally->wrong += markdown_fault(path, r, &ours, true) || json_fault(path, r, true);
		record_unref(r);
	}
	buf_release(&text);
}

static void try_folder(const char *folder, struct tally *tally)
{
	struct dirent **names = NULL;
	const int n = scandir(folder, &names, NULL, alphasort);

	for (int i = 0; i < n; i++) {
		char path[4096];
		struct stat st;
		snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
		if (names[i]->d_name[0] != '.' && lstat(path, &st) == 0) {
			if (S_ISDIR(st.st_mode))
				try_folder(path, tally);
			else if (S_ISREG(st.st_mode) && is_document(names[i]->d_name))
				try_document(path, tally);
		}
		free(names[i]);
	}
	free(names);
}

static void check_folder(const char *folder)
{
	struct tally tally = { 0 };

	try_folder(folder, &tally);
	fprintf(stderr, "%s: %zu documents, %zu do not read back\n", folder, tally.seen, tally.wrong);
	assert_true(tally.seen > 0);
	assert_int_equal(tally.wrong, 0);
}

static void test_content(void **state)
{
	(void)state;
	check_folder(QUERN_TESTS "/../content");
}

static void test_documents(void **state)
{
	(void)state;
	if (!getenv("QUERN_DOCUMENTS"))
		skip();
	check_folder(getenv("QUERN_DOCUMENTS"));
}

/* Our own cases, a group a file. */
static int run_cases(const char *folder)
{
	struct dirent **names = NULL;
	const int n = scandir(folder, &names, NULL, alphasort);
	int failed = 0;

	for (int i = 0; i < n; i++) {
		const char *dot = strrchr(names[i]->d_name, '.');
		char path[4096];
		snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
		if (dot && strcmp(dot, ".md") == 0 && strcmp(names[i]->d_name, "README.md") != 0) {
			struct examples all = { 0 };
			char *section = examples_memory(strndup(names[i]->d_name, (size_t)(dot - names[i]->d_name)));
			assert_true(examples_read(&all, path, section));
			failed += examples_run(section, &all, test_example);
			examples_free(&all);
			free(section);
		}
		free(names[i]);
	}
	free(names);
	return failed;
}

int main(void)
{
	static const struct CMUnitTest documents[] = { cmocka_unit_test(test_content),
						       cmocka_unit_test(test_documents) };
	struct examples spec = { 0 };
	int failed;

	read_exceptions();
	failed = cmocka_run_group_tests(documents, NULL, NULL);
	failed += run_cases(QUERN_TESTS "/conformance");
	failed += run_cases(QUERN_TESTS "/conformance/roundtrip");
	if (examples_read(&spec, spec_path, NULL)) {
		failed += examples_run("specification", &spec, test_example);
		examples_free(&spec);
	} else {
		fprintf(stderr, "%s is missing: make deps-test\n", spec_path);
	}
	return failed != 0;
}
