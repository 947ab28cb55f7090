/*
 * test_toml_productions.c - the TOML reader case by case over the productions
 * of the grammar of TOML 1.0.0, which toml-productions.txt lists with texts that each
 * takes and refuses.  The list is complete: every production is named there.
 */
#include "../doc/frontmatter_support.h"

#include "base/file.h"

#define CASES QUERN_TESTS "/conformance/toml-productions.txt"

/* All rule names of toml.abnf. */
static const char *const productions[] = {
	"toml",
	"expression",
	"ws",
	"wschar",
	"newline",
	"comment-start-symbol",
	"non-ascii",
	"non-eol",
	"comment",
	"keyval",
	"key",
	"simple-key",
	"unquoted-key",
	"quoted-key",
	"dotted-key",
	"dot-sep",
	"keyval-sep",
	"val",
	"string",
	"basic-string",
	"quotation-mark",
	"basic-char",
	"basic-unescaped",
	"escaped",
	"escape",
	"escape-seq-char",
	"ml-basic-string",
	"ml-basic-string-delim",
	"ml-basic-body",
	"mlb-content",
	"mlb-char",
	"mlb-quotes",
	"mlb-unescaped",
	"mlb-escaped-nl",
	"literal-string",
	"apostrophe",
	"literal-char",
	"ml-literal-string",
	"ml-literal-string-delim",
	"ml-literal-body",
	"mll-content",
	"mll-char",
	"mll-quotes",
	"integer",
	"minus",
	"plus",
	"underscore",
	"digit1-9",
	"digit0-7",
	"digit0-1",
	"hex-prefix",
	"oct-prefix",
	"bin-prefix",
	"dec-int",
	"unsigned-dec-int",
	"hex-int",
	"oct-int",
	"bin-int",
	"float",
	"float-int-part",
	"frac",
	"decimal-point",
	"zero-prefixable-int",
	"exp",
	"float-exp-part",
	"special-float",
	"inf",
	"nan",
	"boolean",
	"true",
	"false",
	"date-time",
	"date-fullyear",
	"date-month",
	"date-mday",
	"time-delim",
	"time-hour",
	"time-minute",
	"time-second",
	"time-secfrac",
	"time-numoffset",
	"time-offset",
	"partial-time",
	"full-date",
	"full-time",
	"offset-date-time",
	"local-date-time",
	"local-date",
	"local-time",
	"array",
	"array-open",
	"array-close",
	"array-values",
	"array-sep",
	"ws-comment-newline",
	"table",
	"std-table",
	"std-table-open",
	"std-table-close",
	"inline-table",
	"inline-table-open",
	"inline-table-close",
	"inline-table-sep",
	"inline-table-keyvals",
	"array-table",
	"array-table-open",
	"array-table-close",
	"ALPHA",
	"DIGIT",
	"HEXDIG",
};

struct file {
	struct buf text;
	const char *next;
};

static void file_open(struct file *f)
{
	buf_init(&f->text, &alloc_libc, 0);
	assert_int_equal(file_read(&f->text, CASES, 0), FILE_OK);
	f->next = f->text.p;
}

/* The next line that is neither empty nor a comment, NUL-terminated in place; NULL at the end. */
static char *file_line(struct file *f)
{
	while (*f->next) {
		char *line = (char *)f->next, *end = strchr(line, '\n');

		assert_non_null(end);
		*end = 0;
		f->next = end + 1;
		if (line[0] && line[0] != '#')
			return line;
	}
	return NULL;
}

/* Where the JSON string that opens the rest of the line ends. */
static char *string_end(char *p)
{
	assert_int_equal(*p, '"');
	for (p++; *p && *p != '"'; p++) {
		if (*p == '\\')
			p++;
	}
	assert_int_equal(*p, '"');
	return p + 1;
}

static bool is_wanted_value(const struct value *got, struct str json)
{
	struct json_error error;
	struct value wanted;
	struct arena a;
	bool ok;

	arena_init(&a, &alloc_libc, 0);
	if (!json_read(&a, json, &wanted, &error))
		fail_msg("%.*s: %s", (int)json.n, json.p, error.message);
	ok = value_equal(got, &wanted);
	arena_release(&a);
	return ok;
}

/* "+ text value", "- text words", "? text value" */
static bool case_holds(char *line)
{
	char *end = string_end(line + 2);
	const struct str json = { line + 2, (size_t)(end - line) - 2 };
	const char *wanted = end + 1, *said;
	struct json_error error;
	struct reading r;
	struct value text;
	struct arena a;
	bool ok;

	arena_init(&a, &alloc_libc, 0);
	if (!json_read(&a, json, &text, &error))
		fail_msg("%s: %s", line, error.message);
	reading_do(&r, toml_read, text.as.string, 1);
	said = r.diags.n ? r.diags.items[0].message : "";
	if (line[0] == '-')
		ok = !r.ok && r.diags.n == 1 && r.diags.items[0].line >= 1 && r.diags.items[0].column >= 1 &&
		     strstr(said, wanted);
	else
		ok = r.ok && r.diags.n == (line[0] == '?') && is_wanted_value(&r.value, str_of(wanted));
	if (!ok)
		print_error("%s\n    %s: %s\n", line, r.ok ? "read" : "refused", said);
	reading_free(&r);
	arena_release(&a);
	return ok;
}

static void test_cases(void **state)
{
	size_t n = 0, bad = 0;
	struct file f;
	char *line;

	(void)state;
	file_open(&f);
	while ((line = file_line(&f))) {
		if (line[0] == '=')
			continue;
		n++;
		bad += !case_holds(line);
	}
	buf_release(&f.text);
	print_message("%zu cases\n", n);
	assert_int_equal(bad, 0);
	assert_true(n > 350);
}

/* A word of a heading: production names stand between blanks. */
static bool names(const char *heading, const char *production)
{
	const size_t n = strlen(production);

	for (const char *p = heading; (p = strstr(p, production)); p++) {
		if (p[-1] == ' ' && (p[n] == ' ' || p[n] == 0))
			return true;
	}
	return false;
}

/* Each production stands in one heading, which has cases of both kinds. */
static void test_every_production_has_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(productions) / sizeof(productions[0]); i++) {
		size_t headings = 0, taken = 0, refused = 0;
		bool here = false;
		struct file f;
		char *line;

		file_open(&f);
		while ((line = file_line(&f))) {
			if (line[0] == '=')
				headings += here = names(line, productions[i]);
			taken += here && (line[0] == '+' || line[0] == '?');
			refused += here && line[0] == '-';
		}
		buf_release(&f.text);
		if (headings != 1 || !taken || !refused)
			fail_msg("%s: %zu headings, %zu cases taken, %zu refused", productions[i], headings, taken,
				 refused);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_every_production_has_cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
