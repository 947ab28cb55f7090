/*
 * test_fold.c - reduce in document order whatever the number of values.
 */
#include "../base/cmocka_all.h"

#include <stdio.h>
#include <string.h>

#include "run/fold.h"

static const char plugin_text[] =
	"return { name = 'join', api = 1, summary = 's', formats = { 'text' },\n"
	"map = function(doc, opts, out) if doc.title == 'bad' then error('bad document') end\n"
	"  print('seen') if doc.title == 'file' then out:write('x/file', 'content') end return doc.title end,\n"
	"reduce = function(a, b) if b == 'boom' then error('boom') end return a .. b end,\n"
	"render = function(v, opts, out) return '<' .. tostring(v) .. '>' end }";

static void engine_and_plugin(quern **q, quern_plugin **p)
{
	quern_error error;

	assert_int_equal(quern_new(NULL, q, &error), QUERN_OK);
	if (quern_plugin_load_source(*q, "join.lua", plugin_text, strlen(plugin_text), p, &error) != QUERN_OK)
		fail_msg("%s:%u: %s", error.path, error.line, error.message);
	assert_int_equal(quern_plugin_configure(*p, NULL, NULL, NULL, &error), QUERN_OK);
}

static quern_value *string_value(quern *q, const char *s)
{
	char json[64];
	quern_value *v;

	snprintf(json, sizeof json, "\"%s\"", s);
	assert_int_equal(quern_value_from_json(q, json, strlen(json), &v, NULL), QUERN_OK);
	return v;
}

static void any_number_of_values_in_order(void **state)
{
	char want[1024], item[16];
	quern_plugin *p;
	quern_error error;
	quern *q;

	(void)state;
	engine_and_plugin(&q, &p);
	for (int count = 1; count <= 70; count++) {
		struct fold f;
		quern_value *out;
		want[0] = '\0';
		fold_init(&f, p);
		for (int i = 0; i < count; i++) {
			snprintf(item, sizeof item, "%d.", i);
			strcat(want, item);
			assert_int_equal(fold_add(&f, string_value(q, item), &error), QUERN_OK);
		}
		assert_int_equal(fold_finish(&f, &out, &error), QUERN_OK);
		assert_string_equal(quern_value_string(out, NULL), want);
		quern_value_free(out);
		fold_release(&f);
	}
	quern_plugin_free(p);
	quern_free(q);
}

static void no_value_and_failing_values(void **state)
{
	struct fold f;
	quern_value *out;
	quern_plugin *p;
	quern_error error;
	quern *q;

	(void)state;
	engine_and_plugin(&q, &p);
	fold_init(&f, p);
	assert_int_equal(fold_finish(&f, &out, &error), QUERN_OK);
	assert_null(out);
	assert_int_equal(fold_add(&f, string_value(q, "a"), &error), QUERN_OK);
	assert_int_equal(fold_add(&f, string_value(q, "boom"), &error), QUERN_RUNTIME);
	assert_non_null(strstr(error.message, "boom"));
	assert_int_equal(fold_add(&f, string_value(q, "c"), &error), QUERN_OK); /* told once */
	assert_int_equal(fold_finish(&f, &out, &error), QUERN_RUNTIME);
	assert_null(out);
	fold_release(&f);
	/* The last merge fails as well as one under way. */
	fold_init(&f, p);
	assert_int_equal(fold_add(&f, string_value(q, "a"), &error), QUERN_OK);
	assert_int_equal(fold_add(&f, string_value(q, "b"), &error), QUERN_OK);
	assert_int_equal(fold_add(&f, string_value(q, "boom"), &error), QUERN_OK);
	assert_int_equal(fold_finish(&f, &out, &error), QUERN_RUNTIME);
	fold_release(&f);
	quern_plugin_free(p);
	quern_free(q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_number_of_values_in_order),
		cmocka_unit_test(no_value_and_failing_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
