/*
 * test_select.c - selectors case by case: the files select/(name).txt, each a
 * document, a line "%%", and selectors with what they find, in order:
 *
 *     selector => kind@line kind@line
 *     selector =! column: part of the message
 *
 * A match of a section is section@line.
 */
#include "../doc/made.h"

#include <dirent.h>
#include <stdio.h>

#include "base/file.h"
#include "doc/select.h"

#define FOLDER QUERN_TESTS "/conformance/select/"
/* A case that is lost is a test that is lost. */
#define FEWEST_CASES 250

static int n_cases, n_wrong;

static void tell(const char *file, struct str selector, struct str want, const char *got)
{
	n_wrong++;
	print_error("%s: %.*s\n  wanted %.*s\n  got    %s\n", file, (int)selector.n, selector.p, (int)want.n, want.p,
		    got);
}

static uint32_t line_of(const struct tree *t, struct str source, uint32_t node)
{
	uint32_t line = 1;

	for (uint32_t i = 0; i < t->nodes[node].from && i < source.n; i++)
		line += source.p[i] == '\n';
	return line;
}

/* " kind@line kind@line" */
static void list_matches(struct buf *out, struct selector *s, struct record *r)
{
	const struct tree *t = record_tree(r);

	for (uint32_t i = selector_next(s, t, 0, 0); i != TREE_NONE; i = selector_next(s, t, 0, i)) {
		const bool section = selector_matched_section(s);
		const char *kind = section ? "section" : node_kind_name((enum node_kind)t->nodes[i].kind);
		buf_addf(out, " %s@%u", kind, line_of(t, record_source(r), i));
	}
}

static void run_case(const char *file, struct record *r, struct str selector, struct str want, bool wrong)
{
	struct selector_error e;
	struct selector *s;
	struct arena a;
	struct buf got;

	n_cases++;
	arena_init(&a, &alloc_libc, 0);
	buf_init(&got, &alloc_libc, 0);
	s = selector_compile(&a, selector, &e);
	if (s)
		list_matches(&got, s, r);
	else
		buf_addf(&got, "%u: %s", e.column, e.message);
	buf_addc(&got, 0);
	if (wrong) {
		const char *part = memmem(want.p, want.n, ": ", 2);
		const struct str message = part ? str_slice(part + 2, want.p + want.n) : want;
		if (s || (uint32_t)atoi(want.p) != e.column ||
		    !memmem(e.message, strlen(e.message), message.p, message.n))
			tell(file, selector, want, got.p);
	} else if (!s || !str_eq(str_trim(str_of(got.p)), want)) {
		tell(file, selector, want, got.p);
	}
	buf_release(&got);
	arena_release(&a);
}

static void run_line(const char *file, struct record *r, struct str line)
{
	const char *mark = memmem(line.p, line.n, " =>", 3), *bad = memmem(line.p, line.n, " =!", 3);
	const bool wrong = bad && (!mark || bad < mark);

	if (str_trim(line).n == 0)
		return;
	if (wrong)
		mark = bad;
	if (!mark)
		fail_msg("%s: no result in \"%.*s\"", file, (int)line.n, line.p);
	struct str selector = str_slice(line.p, mark);
	while (selector.n && selector.p[selector.n - 1] == ' ')
		selector.n--;
	run_case(file, r, selector, str_trim(str_slice(mark + 3, line.p + line.n)), wrong);
}

static void run_file(const char *name)
{
	char path[4096];
	struct buf text;

	snprintf(path, sizeof path, "%s%s", FOLDER, name);
	buf_init(&text, &alloc_libc, 0);
	assert_int_equal(file_read(&text, path, 0), FILE_OK);
	buf_addc(&text, 0);
	char *rest = strstr(text.p, "\n%%\n");
	if (!rest)
		fail_msg("%s: no line %%%%", name);
	rest[1] = 0;
	rest += strlen("\n%%\n");
	struct record *r = made_read(text.p, FORMAT_MARKDOWN);
	for (char *next; rest && *rest; rest = next) {
		next = strchr(rest, '\n');
		if (next)
			*next++ = 0;
		run_line(name, r, str_of(rest));
	}
	record_unref(r);
	buf_release(&text);
}

static int is_case_file(const struct dirent *entry)
{
	const char *suffix = strrchr(entry->d_name, '.');

	return suffix && strcmp(suffix, ".txt") == 0;
}

static void every_case(void **state)
{
	struct dirent **names = NULL;
	const int n = scandir(FOLDER, &names, is_case_file, alphasort);

	(void)state;
	for (int i = 0; i < n; i++) {
		run_file(names[i]->d_name);
		free(names[i]);
	}
	free(names);
	fprintf(stderr, "%d cases in %d files\n", n_cases, n);
	assert_int_equal(n_wrong, 0);
	assert_true(n_cases >= FEWEST_CASES);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_case) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
