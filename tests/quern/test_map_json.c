/*
 * test_map_json.c - a value that goes straight to JSON is the one that
 * quern_plugin_map gives: the same text, the same errors, the same log.
 */
#include "../base/cmocka_all.h"

#include <stdio.h>

#include "base/buf.h"
#include "quern.h"

struct run {
	quern_plugin *plugin;
	quern_doc *doc;
	struct buf text, log;
	unsigned writes;
	quern_error error;
};

static quern_code take(void *user, const char *bytes, size_t len)
{
	struct run *r = user;

	r->writes++;
	buf_add(&r->text, bytes, len);
	return QUERN_OK;
}

static void take_log(void *user, quern_severity severity, const char *message, size_t len)
{
	struct run *r = user;

	buf_addf(&r->log, "%d ", (int)severity);
	buf_add(&r->log, message, len);
}

static quern_output output_of(struct run *r)
{
	quern_output o = QUERN_OUTPUT_INIT;

	o.user = r;
	o.log = take_log;
	return o;
}

static void run_release(struct run *r)
{
	quern_plugin_free(r->plugin);
	quern_doc_unref(r->doc);
	buf_release(&r->text);
	buf_release(&r->log);
}

static void run_init(struct run *r, quern *q, const char *body)
{
	char source[2048];
	const int n = snprintf(source, sizeof source, "return { name = 'one', api = 1, map = function(doc) %s end }",
			       body);

	assert_true(n > 0 && (size_t)n < sizeof source);
	*r = (struct run){ .writes = 0 };
	buf_init(&r->text, &alloc_libc, 0);
	buf_init(&r->log, &alloc_libc, 0);
	assert_int_equal(quern_plugin_load_source(q, "one.lua", source, (size_t)n, &r->plugin, &r->error), QUERN_OK);
	assert_int_equal(quern_doc_parse(q, "# A\n", 4, NULL, &r->doc, NULL), QUERN_OK);
}

/* By way of a value, and then twice without. */
static void assert_same(quern *q, const char *body)
{
	struct run by_value, direct;
	quern_value *value;
	quern_output output;

	run_init(&by_value, q, body);
	run_init(&direct, q, body);
	output = output_of(&by_value);
	const quern_code code = quern_plugin_map(by_value.plugin, by_value.doc, &output, &value, &by_value.error);
	if (code == QUERN_OK && value)
		assert_int_equal(quern_value_to_json(value, take, &by_value), QUERN_OK);
	quern_value_free(value);
	for (unsigned i = 0; i < 2; i++) {
		buf_clear(&direct.text);
		buf_clear(&direct.log);
		direct.writes = 0;
		output = output_of(&direct);
		assert_int_equal(
			quern_plugin_map_json(direct.plugin, direct.doc, &output, take, &direct, &direct.error), code);
		assert_string_equal(direct.error.message, by_value.error.message);
		assert_string_equal(direct.error.hint, by_value.error.hint);
		assert_string_equal(buf_str(&direct.text).p, buf_str(&by_value.text).p);
		assert_int_equal(direct.text.n, by_value.text.n);
		assert_string_equal(buf_str(&direct.log).p, buf_str(&by_value.log).p);
		assert_int_equal(direct.writes, by_value.writes);
	}
	run_release(&by_value);
	run_release(&direct);
}

static const char *const bodies[] = {
	"return nil",
	"return quern.null",
	"return true",
	"return { 1, -7, 2.0, 0.1, 1e300, math.mininteger }",
	"return {}",
	"return quern.map{}",
	"return { a = {}, b = quern.map{}, c = quern.null }",
	"return { z = 1, a = 2, ab = 3, [''] = 4, A = 5, ['\\xED\\x95\\x9C'] = 6, ['a\\0b'] = 7, ['a b'] = 8 }",
	"return { { text = 'a \"b\" \\\\ \\n\\t\\0\\x7f' }, { text = '\\u{85}\\u{2028}\\u{D55C}\\u{1F600}' } }",
	"local t = {} for i = 1, 100 do t[i] = { i = i, ['k' .. i] = ('x'):rep(i) } end return t",
	"local t = {} for i = 1, 500 do t[i] = { href = ('x'):rep(i % 60), ['te\"xt'] = i, ['\xED\x95\x9C'] = 'y' } end return t",
	"local t = {} for i = 1, 40 do t[i] = { a = i, b = { { p = 1 }, { p = i } }, c = i % 3 == 0 and {} } end return t",
	"local t, k = {}, ('k'):rep(50) for i = 1, 9 do t[i] = { [k] = i, [('k'):rep(50 + i % 2)] = 'other', a = 1 } end return t",
	"return { { a = 1, b = 2 }, 7, { b = 3, a = 4 }, {}, { a = 5 }, { a = 6, b = 7 }, quern.map{}, { b = 8, a = 9, c = 0 } }",
	"return { { b = 1, a = { { b = 2, a = 3 }, { b = 4, a = 5 } } }, { b = 6, a = { { b = 7, a = 8 }, { b = 9, a = 0 } } } }",
	"local t = {} for i = 1, 60 do t[i] = { y = i, z = { y = i, z = 'z' }, x = i % 7 == 0 and 'bad \xff' or 1 } end return t",
	"local t = {} for i = 100, 1, -1 do t[i] = i end return t",
	"local t = {} for i = 1, 100 do t['k' .. i * 7919 % 101] = i end return t",
	"local t = 'leaf' for i = 1, 23 do t = { t } end return t",
	"local t = 'leaf' for i = 1, 24 do t = { t } end return t",
	"local t = 'leaf' for i = 1, 25 do t = { k = t } end return t",
	"local t = 'leaf' for i = 1, 200 do t = { t } end return t",
	"local t = 'leaf' for i = 1, 202 do t = { t } end return t",
	"local t = {} t[1] = { up = t } return t",
	"local t = { a = 1 } t.self = t return t",
	"return { a = { 1, nil, 3 } }",
	"return { 1, 2, name = 3 }",
	"return { name = { [0] = 1 } }",
	"return { [1.5] = 1 }",
	"return { [true] = 1 }",
	"return { people = { { name = print } } }",
	"return { doc }",
	"return { node = doc:select_one('heading') }",
	"return 0/0",
	"return { x = { 1/0 } }",
	"return quern.map{ 1 }",
	"return 'bad \\xff byte'",
	"return { good = 1, text = { 'a', 'bad \\xff', 'worse \\xc3' } }",
	"return { ['bad \\xff'] = 1, good = 2 }",
	"return setmetatable({ a = 1 }, { __index = { b = 2 } })",
	"local s = { 'shared' } return { s, s, { s } }",
	"error('no value')",
};

static void a_value_is_the_same_either_way(void **state)
{
	quern *q;

	(void)state;
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
		assert_same(q, bodies[i]);
	quern_free(q);
}

/* What is taken counts as output, once, however it is taken. */
static void limits_hold_either_way(void **state)
{
	quern_config config = QUERN_CONFIG_INIT;
	quern *q;

	(void)state;
	config.output_limit = 1000;
	assert_int_equal(quern_new(&config, &q, NULL), QUERN_OK);
	assert_same(q, "return ('x'):rep(984)");
	assert_same(q, "return ('x'):rep(985)");
	assert_same(q, "local t = {} for i = 1, 124 do t[i] = i end return t");
	assert_same(q, "local t = {} for i = 1, 125 do t[i] = i end return t");
	assert_same(q, "local t = {} for i = 124, 1, -1 do t[i] = i end return t");
	assert_same(q, "local t = {} for i = 125, 1, -1 do t[i] = i end return t");
	assert_same(q, "local t = {} for i = 1, 37 do t[i] = { ab = 1 } end t[38] = ('x'):rep(14) return t");
	assert_same(q, "local t = {} for i = 1, 37 do t[i] = { ab = 1 } end t[38] = ('x'):rep(15) return t");
	quern_free(q);
}

static quern_code refuse(void *user, const char *bytes, size_t len)
{
	(void)user;
	(void)bytes;
	(void)len;
	return QUERN_IO;
}

static quern_code call_again(void *user, const char *bytes, size_t len)
{
	struct run *r = user;
	quern_code code = QUERN_OK;

	buf_add(&r->text, bytes, len);
	if (r->writes++ == 0)
		code = quern_plugin_map_json(r->plugin, r->doc, NULL, call_again, r, &r->error);
	buf_add(&r->text, bytes, len);
	return code;
}

/* The host's function may refuse, and may call the plugin. */
static void hosts_do_what_they_like(void **state)
{
	struct run r;
	quern *q;

	(void)state;
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	run_init(&r, q, "return { 'one' }");
	assert_int_equal(quern_plugin_map_json(r.plugin, r.doc, NULL, refuse, &r, &r.error), QUERN_IO);
	assert_int_equal(r.error.code, QUERN_IO);
	assert_non_null(strstr(r.error.message, "could not be written"));
	assert_int_equal(quern_plugin_map_json(r.plugin, r.doc, NULL, call_again, &r, &r.error), QUERN_OK);
	assert_string_equal(r.text.p, "[\"one\"][\"one\"][\"one\"][\"one\"]");
	run_release(&r);
	quern_free(q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_the_same_either_way),
		cmocka_unit_test(limits_hold_either_way),
		cmocka_unit_test(hosts_do_what_they_like),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
