/*
 * test_json.c - JSON out: strings, numbers, values, the streaming writer.
 */
#include "cmocka_all.h"
#include "heap.h"
#include "scale.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"

static struct arena arena;
static struct buf out;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena, &alloc_libc, 0);
	buf_init(&out, &alloc_libc, 0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	buf_release(&out);
	return 0;
}

static void assert_string_as(struct str s, const char *json)
{
	buf_clear(&out);
	json_write_string(&out, s);
	assert_str(buf_str(&out), json);
}

static void strings(void **state)
{
	(void)state;
	assert_string_as(STR_EMPTY, "\"\"");
	assert_string_as((struct str){ NULL, 0 }, "\"\"");
	assert_string_as(STR_LIT("a/b 한글 😀"), "\"a/b 한글 😀\"");
	assert_string_as(STR_LIT("\"\\"), "\"\\\"\\\\\"");
	assert_string_as(STR_LIT("\b\f\n\r\t\v\0\x1f"), "\"\\b\\f\\n\\r\\t\\u000b\\u0000\\u001f\"");
	assert_string_as(STR_LIT("\x7f\xC2\x85"), "\"\\u007f\\u0085\"");
	assert_string_as(STR_LIT("\xE2\x80\xA8\xE2\x80\xA9"), "\"\\u2028\\u2029\"");
	assert_string_as(STR_LIT("a\xFF\xE2\x82z\xED\xA0\x80"),
			 "\"a\xEF\xBF\xBD\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

/* Every byte at every place of strings of every length, as one byte of it after the other says. */
static char *spell(char *to, char c)
{
	static const char named[] = "\bb\tt\nn\ff\rr";
	const char *name = c > 0 && c < ' ' ? strchr(named, c) : NULL;

	if (c == '"' || c == '\\' || name)
		return to + sprintf(to, "\\%c", name ? name[1] : c);
	return to + sprintf(to, c < ' ' || c == 0x7F ? "\\u%04x" : "%c", (unsigned)c);
}

static void strings_of_every_length(void **state)
{
	char text[28], json[28 * 6 + 3];

	(void)state;
	for (unsigned c = 0; c < 0x80; c++) {
		for (size_t n = 1; n < sizeof text; n++) {
			for (size_t at = 0; at < n; at++) {
				char *to = json;
				memset(text, 'x', n);
				text[at] = (char)c;
				*to++ = '"';
				for (size_t i = 0; i < n; i++)
					to = spell(to, text[i]);
				strcpy(to, "\"");
				assert_string_as((struct str){ text, n }, json);
			}
		}
	}
}

/* Only where something is bad is it said. */
static void good_strings_are_told(void **state)
{
	static const struct {
		const char *text;
		bool good;
	} table[] = { { "", true },
		      { "plain", true },
		      { "\"\n", true },
		      { "한글", true },
		      { "\xE2\x80\xA8", true },
		      { "eight bytes\xFF", false },
		      { "\xED\xA0\x80", false },
		      { "\xE1\x80", false } };

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		buf_clear(&out);
		assert_int_equal(json_write_good_string(&out, str_of(table[i].text)), table[i].good);
	}
}

static void assert_float_as(double d, const char *json)
{
	buf_clear(&out);
	json_write_float(&out, d);
	assert_str(buf_str(&out), json);
}

static void floats(void **state)
{
	(void)state;
	assert_float_as(0.0, "0.0");
	assert_float_as(-0.0, "-0.0");
	assert_float_as(2.0, "2.0");
	assert_float_as(-1200.0, "-1200.0");
	assert_float_as(0.1, "0.1");
	assert_float_as(0.1 + 0.2, "0.30000000000000004");
	assert_float_as(1.0 / 3, "0.3333333333333333");
	assert_float_as(123456.789, "123456.789");
	assert_float_as(0.00012, "0.00012");
	assert_float_as(1e-7, "1e-07");
	assert_float_as(1e300, "1e+300");
	assert_float_as(1.5e16, "1.5e+16");
	assert_float_as(999999999999999.0, "999999999999999.0");
	assert_float_as(1e15, "1000000000000000.0");
	assert_float_as(9007199254740993.0, "9007199254740992.0");
	assert_float_as(5e-324, "5e-324");
	assert_float_as(2.2250738585072014e-308, "2.2250738585072014e-308");
	assert_float_as(1.7976931348623157e308, "1.7976931348623157e+308");
	assert_float_as(NAN, "null");
	assert_float_as(-INFINITY, "null");
}

static void floats_round_trip(void **state)
{
	uint64_t seed = 88172645463325252u;

	(void)state;
	for (int i = 0, last = scaled(100000); i < last; i++) {
		struct json_error error;
		struct value v;
		double d;

		seed ^= seed << 13;
		seed ^= seed >> 7;
		seed ^= seed << 17;
		memcpy(&d, &seed, sizeof(d));
		if (!isfinite(d))
			continue;
		buf_clear(&out);
		json_write_float(&out, d);
		assert_true(strtod(out.p, NULL) == d);
		if (i % 100)
			continue;
		assert_true(json_read(&arena, buf_str(&out), &v, &error));
		assert_int_equal(v.kind, VALUE_FLOAT);
		assert_true(v.as.number == d);
	}
}

static void locale_does_not_show(void **state)
{
	static const char *const names[] = { "de_DE.UTF-8", "ps_AF.UTF-8", "fr_FR.UTF-8", "de_DE", "C.UTF-8" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct json_error error;
		struct value v;

		if (!setlocale(LC_ALL, names[i]))
			continue;
		assert_float_as(1.5, "1.5");
		assert_float_as(0.30000000000000004, "0.30000000000000004");
		assert_true(json_read(&arena, STR_LIT("1.25"), &v, &error));
		assert_true(v.as.number == 1.25);
	}
	setlocale(LC_ALL, "C");
}

static struct value sample(void)
{
	struct value map = value_map(), list = value_list();

	value_append(&arena, &list, value_int(1));
	value_append(&arena, &list, value_float(2.0));
	value_append(&arena, &list, value_null());
	value_append(&arena, &list, value_list());
	value_append(&arena, &list, value_map());
	value_setz(&arena, &map, "z", value_bool(true));
	value_setz(&arena, &map, "a", list);
	value_setz(&arena, &map, "s", value_string(STR_LIT("x")));
	return map;
}

static void values(void **state)
{
	struct value v = sample();

	(void)state;
	json_write(&out, &v, 0);
	assert_string_equal(out.p, "{\"z\":true,\"a\":[1,2.0,null,[],{}],\"s\":\"x\"}");
	buf_clear(&out);
	json_write(&out, &v, JSON_PRETTY);
	assert_string_equal(out.p, "{\n  \"z\": true,\n  \"a\": [\n    1,\n    2.0,\n    null,\n    [],\n    {}\n  ],\n"
				   "  \"s\": \"x\"\n}");
}

static struct value nested(unsigned depth)
{
	struct value v = value_int(1);

	for (unsigned i = 0; i < depth; i++) {
		struct value outer = value_list();

		assert_non_null(value_append(&arena, &outer, v));
		v = outer;
	}
	return v;
}

static void depth_is_bounded(void **state)
{
	struct value fits = nested(VALUE_MAX_DEPTH), deep = nested(VALUE_MAX_DEPTH + 1);

	(void)state;
	json_write(&out, &fits, 0);
	assert_true(buf_ok(&out));
	assert_int_equal(out.n, 2 * VALUE_MAX_DEPTH + 1);
	buf_clear(&out);
	json_write(&out, &deep, 0);
	assert_false(buf_ok(&out));
}

static void streams(void **state)
{
	struct json_writer w;
	struct value v = sample();

	(void)state;
	json_writer_init(&w, &out);
	json_begin_map(&w);
	json_key(&w, "list");
	json_begin_list(&w);
	json_int(&w, 1);
	json_float(&w, 0.5);
	json_bool(&w, false);
	json_null(&w);
	json_string(&w, STR_LIT("s"));
	json_begin_list(&w);
	json_end_list(&w);
	json_begin_map(&w);
	json_end_map(&w);
	json_end_list(&w);
	json_key(&w, "k\n");
	json_value(&w, &v);
	json_key(&w, "last");
	json_bool(&w, true);
	json_end_map(&w);
	assert_string_equal(out.p,
			    "{\"list\":[1,0.5,false,null,\"s\",[],{}],\"k\\n\":{\"z\":true,\"a\":[1,2.0,null,[],{}],"
			    "\"s\":\"x\"},\"last\":true}");
}

static void streaming_depth_is_bounded(void **state)
{
	struct json_writer w;
	struct value one = nested(1);

	(void)state;
	json_writer_init(&w, &out);
	for (int i = 0; i < VALUE_MAX_DEPTH; i++)
		json_begin_list(&w);
	assert_true(buf_ok(&out));
	json_int(&w, 1);
	json_value(&w, &one);
	assert_false(buf_ok(&out));
	for (int i = 0; i < 100; i++)
		json_begin_map(&w);
	json_int(&w, 1);
	for (int i = 0; i < VALUE_MAX_DEPTH + 200; i++)
		json_end_list(&w);
	assert_int_equal(w.depth, 0);
	assert_false(buf_ok(&out));
}

static void every_refusal_is_an_error(void **state)
{
	struct value v = sample();
	bool ok = false;

	(void)state;
	for (size_t k = 1; !ok; k++) {
		struct test_heap h;
		struct buf b;

		test_heap_init(&h, k);
		buf_init(&b, &h.alloc, 0);
		json_write(&b, &v, JSON_PRETTY);
		ok = buf_ok(&b);
		buf_release(&b);
		assert_int_equal(h.live, 0);
		assert_true(k < 100);
	}
}

#define WITH_BUFFERS(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BUFFERS(strings),
		WITH_BUFFERS(strings_of_every_length),
		WITH_BUFFERS(good_strings_are_told),
		WITH_BUFFERS(floats),
		WITH_BUFFERS(floats_round_trip),
		WITH_BUFFERS(locale_does_not_show),
		WITH_BUFFERS(values),
		WITH_BUFFERS(depth_is_bounded),
		WITH_BUFFERS(streams),
		WITH_BUFFERS(streaming_depth_is_bounded),
		WITH_BUFFERS(every_refusal_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
