/*
 * test_partial.c - records of a stream, and the lines of a partial there and
 * back.
 */
#include "../base/cmocka_all.h"
#include "folder.h"

#include <string.h>

#include "run/partial.h"
#include "run/recfile.h"

/* Statuses as letters, whole records after them. */
static void read_all(struct folder_fixture *f, const char *text, size_t limit, char *out)
{
	struct recfile r;
	struct str s;
	enum rec_status status;

	folder_write(f, "r", text);
	assert_int_equal(recfile_open(&r, &alloc_libc, folder_path(f, "r"), false, '\n', limit), 0);
	*out = '\0';
	while ((status = recfile_next(&r, &s)) != REC_END) {
		out += sprintf(out, "%c", "?WUT"[status]);
		if (status != REC_TOO_LONG)
			out += sprintf(out, "%.*s ", (int)s.n, s.p);
	}
	assert_int_equal(r.offset, strlen(text));
	recfile_close(&r);
}

static void records_end_with_their_byte(void **state)
{
	char out[200];

	read_all(*state, "", 9, out);
	assert_string_equal(out, "");
	read_all(*state, "a\n\nbc\n", 9, out);
	assert_string_equal(out, "Wa W Wbc ");
	read_all(*state, "a\nbc", 9, out);
	assert_string_equal(out, "Wa Ubc ");
	read_all(*state, "abc\nabcd\nx\n", 3, out);
	assert_string_equal(out, "Wabc TWx ");
}

static void a_record_too_long_is_passed_over(void **state)
{
	static char text[300003];
	char out[64];

	memset(text, 'x', sizeof text - 1);
	text[0] = 'a', text[1] = '\n', text[sizeof text - 3] = '\n', text[sizeof text - 2] = 'b';
	read_all(*state, text, 100, out);
	assert_string_equal(out, "Wa TUb ");
}

/* The line of an outcome, and what it is read as. */
static void outcome_there_and_back(const struct outcome *from, struct outcome *to, size_t n_plugins)
{
	static const char key[] = "0123456789abcdef0123456789abcdef";
	struct partial_line look;
	struct corpus_item item = { .kind = CORPUS_OUTCOME, .ordinal = from->ordinal, .path = "part" };
	struct buf line;

	buf_init(&line, &alloc_libc, 0);
	partial_put_outcome(&line, from, key, true);
	assert_true(buf_ok(&line) && line.p[line.n - 1] == '\n');
	item.text = (struct str){ line.p, line.n - 1 };
	look = partial_look(item.text);
	assert_int_equal(look.kind, PARTIAL_DOCUMENT);
	assert_int_equal(look.ordinal, from->ordinal);
	assert_true(look.keep && look.failed == from->failed && str_eqz(look.key, key));
	partial_outcome(to, &item, n_plugins);
	for (size_t i = 0; i < item.text.n; i++) {
		line.p[i] ^= 1;
		assert_int_equal(partial_look(item.text).kind, PARTIAL_NONSENSE);
		line.p[i] ^= 1;
	}
	buf_release(&line);
}

static void an_outcome_is_the_same_after_the_way(void **state)
{
	static const char bytes[] = "a\0b\xff\"sizes\":[1]";
	struct outcome o, p;

	(void)state;
	outcome_init(&o, &alloc_libc);
	outcome_init(&p, &alloc_libc);
	assert_true(outcome_start(&o, 7, "d/\xff\n\".md", 2));
	o.values[1].json = STR_LIT("{\"sizes\":[9],\"x\":2.0}");
	outcome_find(&o, &(struct finding){ .severity = SEVERITY_ERROR,
					    .plugin = 1,
					    .path = "p",
					    .phase = "map",
					    .code = "runtime",
					    .line = 3,
					    .message = "],\"value\":1}" });
	assert_true(outcome_file(&o, 0, "f", (struct str){ bytes, sizeof bytes - 1 }));
	outcome_there_and_back(&o, &p, 2);
	assert_string_equal(p.path, o.path);
	assert_int_equal(p.ordinal, 7);
	assert_null(p.values[0].json.p);
	assert_true(str_eq(p.values[1].json, o.values[1].json));
	assert_int_equal(p.n_findings, 1);
	assert_string_equal(p.findings[0].message, o.findings[0].message);
	assert_string_equal(p.findings[0].code, "runtime");
	assert_int_equal(p.findings[0].line, 3);
	assert_int_equal(p.n_files, 1);
	assert_true(str_eq(p.files[0].bytes, o.files[0].bytes));
	outcome_release(&o);
	outcome_release(&p);
}

/* A document that was given up has no values, whatever the number of plugins. */
static void an_outcome_without_values_reads(void **state)
{
	struct outcome o, p;

	(void)state;
	outcome_init(&o, &alloc_libc);
	outcome_init(&p, &alloc_libc);
	for (size_t n = 1; n <= 2; n++) {
		assert_true(outcome_start(&o, n, "a.md", 0));
		outcome_there_and_back(&o, &p, n);
		assert_string_equal(p.path, "a.md");
		assert_int_equal(p.n_findings, 0);
	}
	outcome_release(&o);
	outcome_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(records_end_with_their_byte, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_record_too_long_is_passed_over, folder_setup, folder_teardown),
		cmocka_unit_test(an_outcome_is_the_same_after_the_way),
		cmocka_unit_test(an_outcome_without_values_reads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
