/*
 * test_schema.c - schemas through include/quern.h: reading, checking, what is
 * told, life.
 */
#include "../base/cmocka_all.h"

#include <stdio.h>
#include <string.h>

#include "quern.h"

struct heard {
	char text[2000];
	size_t n;
};

static void hear(void *user, const quern_diagnostic *d)
{
	struct heard *h = user;

	h->n += (size_t)snprintf(h->text + h->n, sizeof h->text - h->n, "%d %u:%u %s\n", (int)d->severity, d->line,
				 d->column, d->message);
}

static const char schema[] = "required: [title]\nproperties: {n: {type: integer}}\nnonsense: 1\n";

static quern_code check(quern *q, const quern_schema *s, const char *text, struct heard *h, quern_error *error)
{
	quern_doc_options o = QUERN_DOC_OPTIONS_INIT;
	quern_doc *doc;
	quern_code code;

	o.path = "page.md";
	assert_int_equal(quern_doc_parse(q, text, strlen(text), &o, &doc, NULL), QUERN_OK);
	code = quern_schema_check(s, doc, h ? hear : NULL, h, error);
	quern_doc_unref(doc);
	return code;
}

static void test_check(void **state)
{
	struct heard h = { "", 0 };
	quern_schema *s;
	quern_error error;
	quern *q;

	(void)state;
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	assert_int_equal(quern_schema_read(q, "s.yaml", schema, strlen(schema), hear, &h, &s, &error), QUERN_OK);
	assert_string_equal(h.text, "1 3:1 \"nonsense\" is no keyword of JSON Schema 2020-12: it checks nothing\n");
	quern_free(q); /* the schema keeps the engine alive */
	h = (struct heard){ "", 0 };
	assert_int_equal(check(q, s, "---\ntitle: A\nn: 1\n---\n", &h, &error), QUERN_OK);
	assert_int_equal(error.code, QUERN_OK);
	assert_int_equal(h.n, 0);
	assert_int_equal(check(q, s, "---\nn: x\n---\n", &h, &error), QUERN_INVALID);
	assert_string_equal(h.text, "2 2:1 title: is missing\n2 2:4 n: wanted an integer, found the string \"x\"\n");
	assert_int_equal(error.code, QUERN_INVALID);
	assert_int_equal(error.line, 2);
	assert_string_equal(error.path, "page.md");
	assert_string_equal(error.message, "title: is missing");
	assert_int_equal(check(q, s, "---\nn: [\n---\n", NULL, &error), QUERN_INVALID);
	assert_non_null(strstr(error.message, "not valid YAML"));
	assert_int_equal(check(q, s, "text", NULL, NULL), QUERN_INVALID);
	quern_schema_free(s);
	quern_schema_free(NULL);
}

static void test_wrong_schema(void **state)
{
	static const char wrong[] = "type: strong\nminimum: x\n";
	struct heard h = { "", 0 };
	quern_schema *s = (quern_schema *)1;
	quern_error error;
	quern *q;

	(void)state;
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	assert_int_equal(quern_schema_read(q, "s.yaml", wrong, strlen(wrong), hear, &h, &s, &error), QUERN_SYNTAX);
	assert_null(s);
	assert_int_equal(error.code, QUERN_SYNTAX);
	assert_int_equal(error.line, 1);
	assert_int_equal(error.column, 7);
	assert_string_equal(error.path, "s.yaml");
	assert_non_null(strstr(h.text, "2 2:10 minimum wants a number"));
	assert_int_equal(quern_schema_read(q, NULL, NULL, 0, NULL, NULL, &s, NULL), QUERN_SYNTAX);
	assert_int_equal(quern_schema_read(q, "s.json", "{}", 2, NULL, NULL, &s, NULL), QUERN_OK);
	quern_schema_free(s);
	quern_free(q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_wrong_schema),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
