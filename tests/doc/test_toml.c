/*
 * test_toml.c - the TOML 1.0 reader: every production of the specification,
 * every rule about redefinition, hostile input, refused memory.
 */
#include "frontmatter_support.h"

static void good(const char *text, const char *json)
{
	assert_reads(toml_read, text, json);
}

static void bad(const char *text, uint32_t line, uint32_t column, const char *words)
{
	assert_refused(toml_read, text, line, column, words, NULL);
}

static void test_pairs_and_comments(void **state)
{
	(void)state;
	good("", "{}");
	good("\n \t\n# only a comment\n", "{}");
	good("# no line end", "{}");
	good("a = 1 # one\nb=2\r\n\r\n  c\t=\t3", "{\"a\":1,\"b\":2,\"c\":3}");
	good("a = \"# no comment\" # 한국어 ✓\n", "{\"a\":\"# no comment\"}");
	good("\xef\xbb\xbf# mark\na = 1", "{\"a\":1}");
	bad("a = 1\n\xef\xbb\xbf", 2, 1, "a key is expected");
	bad("a = 1 b = 2", 1, 7, "text after");
	bad("a = 1\nb\n", 2, 2, "'=' is expected");
	bad("a =\n", 1, 4, "a value is expected");
	bad("a = # none\n", 1, 5, "a value is expected");
	bad("= 1", 1, 1, "a key is expected");
	bad("a = 1\r", 1, 6, "control character");
	bad("a = 1 # \x01\n", 1, 9, "control character");
	bad("a = 1 # \x7f\n", 1, 9, "control character");
	bad("a = word\n", 1, 5, "a value is expected");
}

static void test_keys(void **state)
{
	(void)state;
	good("bare_key-1 = 1\n1234 = 2\n", "{\"bare_key-1\":1,\"1234\":2}");
	good("\"127.0.0.1\" = 1\n'quoted \"x\"' = 2\n\"ʎǝʞ\" = 3\n\"\" = 4\n",
	     "{\"127.0.0.1\":1,\"quoted \\\"x\\\"\":2,\"ʎǝʞ\":3,\"\":4}");
	good("a.b = 1\na . c = 2\n\"d\".'e.f'.g = 3\n", "{\"a\":{\"b\":1,\"c\":2},\"d\":{\"e.f\":{\"g\":3}}}");
	good("3.14 = 1\n", "{\"3\":{\"14\":1}}");
	good("\"a\\tb\" = 1\n", "{\"a\\tb\":1}");
	bad("a = 1\na = 2\n", 2, 1, "\"a\" is given twice");
	bad("a = 1\n'a' = 2\n", 2, 1, "\"a\" is given twice");
	bad("한글 = 1\n", 1, 1, "a key is expected");
	bad("a. = 1\n", 1, 4, "a key is expected");
	bad("a..b = 1\n", 1, 3, "a key is expected");
	bad(".a = 1\n", 1, 1, "a key is expected");
	bad("\"\"\"a\"\"\" = 1\n", 1, 3, "'=' is expected");
	bad("a\n= 1\n", 1, 2, "'=' is expected");
	bad("a = 1\na.b = 2\n", 2, 1, "cannot be extended");
	bad("a.b = 1\na = 2\n", 2, 1, "\"a\" is given twice");
	bad("a b = 1\n", 1, 3, "'=' is expected");
}

static void test_basic_strings(void **state)
{
	(void)state;
	good("a = \"I'm \\\"quoted\\\"\\tJos\\u00E9\\n\\U0001F600\"\n", "{\"a\":\"I'm \\\"quoted\\\"\\tJosé\\n😀\"}");
	good("a = \"\\b\\f\\r\\\\\"\n", "{\"a\":\"\\b\\f\\r\\\\\"}");
	good("a = \"tab\there\"\n", "{\"a\":\"tab\\there\"}");
	good("a = ''\nb = \"\"\nc = 'C:\\x\\'\n", "{\"a\":\"\",\"b\":\"\",\"c\":\"C:\\\\x\\\\\"}");
	good("a = \"\\u0000\"\n", "{\"a\":\"\\u0000\"}");
	bad("a = \"x\nb = 2\n", 1, 5, "a quote is opened");
	bad("a = \"x\\\"", 1, 5, "a quote is opened");
	bad("a = 'x\r\n'", 1, 5, "a quote is opened");
	bad("a = \"\\q\"", 1, 7, "an unknown escape");
	bad("a = \"\\", 1, 6, "an unknown escape");
	bad("a = \"\\x41\"", 1, 7, "an unknown escape");
	bad("a = \"\\u12G4\"", 1, 6, "lacks hexadecimal digits");
	bad("a = \"\\u123", 1, 6, "lacks hexadecimal digits");
	bad("a = \"\\uD800\"", 1, 6, "no Unicode character");
	bad("a = \"\\U00110000\"", 1, 6, "no Unicode character");
	bad("a = \"\\UFFFFFFFF\"", 1, 6, "no Unicode character");
	bad("a = \"\x1f\"", 1, 6, "control character");
	bad("a = '\x7f'", 1, 6, "control character");
	bad("a = 'x\ry'", 1, 7, "control character");
	assert_refused_str(toml_read, (struct str){ "a = 'x\0'", 8 }, 1, 7, "NUL", NULL);
	assert_refused(toml_read, "a = \"\xff\"", 1, 6, "not valid UTF-8", NULL);
}

static void test_multi_line_strings(void **state)
{
	(void)state;
	good("a = \"\"\"\nRoses\r\nViolets\"\"\"\n", "{\"a\":\"Roses\\nViolets\"}");
	good("a = \"\"\"The \\\n\n   quick \\  \r\n  fox\\\n  \"\"\"\n", "{\"a\":\"The quick fox\"}");
	good("a = \"\"\"Two: \"\". Three: \"\"\\\". \\u00e9\"\"\"",
	     "{\"a\":\"Two: \\\"\\\". Three: \\\"\\\"\\\". é\"}");
	good("a = \"\"\"\"This,\" she said.\"\"\"\"\n", "{\"a\":\"\\\"This,\\\" she said.\\\"\"}");
	good("a = \"\"\"x\"\"\"\"\"\n", "{\"a\":\"x\\\"\\\"\"}");
	good("a = '''\nraw \\n ''quotes'' '''\nb = 1", "{\"a\":\"raw \\\\n ''quotes'' \",\"b\":1}");
	good("a = '''''x'''''\n", "{\"a\":\"''x''\"}");
	good("a = \"\"\"\"\"\"\nb = ''''''\n", "{\"a\":\"\",\"b\":\"\"}");
	good("a = '''\n\nx'''", "{\"a\":\"\\nx\"}");
	bad("a = 1\nb = \"\"\"x\ny\n", 2, 5, "never closed");
	bad("a = '''x\ny''", 1, 5, "never closed");
	bad("a = \"\"\"x\"\"\"\"\"\"", 1, 14, "text after");
	bad("a = \"\"\"\nx \\ y\"\"\"", 2, 4, "an unknown escape");
	bad("a = \"\"\"\nx\x02\"\"\"", 2, 2, "control character");
	bad("a = '''x\ry'''", 1, 9, "control character");
	bad("a = \"\"\"\nx\"\"\" y", 2, 6, "text after");
}

static void test_integers(void **state)
{
	(void)state;
	good("a = +99\nb = 0\nc = -17\nd = 1_000\ne = -0\nf = +0",
	     "{\"a\":99,\"b\":0,\"c\":-17,\"d\":1000,\"e\":0,\"f\":0}");
	good("a = 0xDEAD_beef\nb = 0o755\nc = 0b1101\nd = 0x00", "{\"a\":3735928559,\"b\":493,\"c\":13,\"d\":0}");
	good("a = 9223372036854775807\nb = -9223372036854775808",
	     "{\"a\":9223372036854775807,\"b\":-9223372036854775808}");
	bad("a = 9223372036854775808", 1, 5, "beyond 64 bits");
	bad("a = -9223372036854775809", 1, 5, "beyond 64 bits");
	bad("a = 0x8000000000000000", 1, 5, "beyond 64 bits");
	bad("a = 99999999999999999999999999999999999", 1, 5, "beyond 64 bits");
	bad("a = 007", 1, 5, "no number");
	bad("a = 1__0", 1, 5, "no number");
	bad("a = 1_", 1, 5, "no number");
	bad("a = _1", 1, 5, "a value is expected");
	bad("a = +0x1", 1, 5, "no number");
	bad("a = 0x", 1, 5, "no number");
	bad("a = 0x_1", 1, 5, "no number");
	bad("a = 0o8", 1, 5, "no number");
	bad("a = 0b2", 1, 5, "no number");
	bad("a = 0X1", 1, 5, "no number");
	bad("a = -", 1, 5, "no number");
	bad("a = 1.2.3", 1, 5, "no number");
}

static void test_floats(void **state)
{
	(void)state;
	good("a = +1.0\nb = 3.1415\nc = -0.01\nd = 5e+2\ne = 1e06\nf = -2E-2\ng = 6.5e-1\nh = 224_617.445_991\ni = 0e0",
	     "{\"a\":1.0,\"b\":3.1415,\"c\":-0.01,\"d\":500.0,\"e\":1000000.0,\"f\":-0.02,\"g\":0.65,"
	     "\"h\":224617.445991,\"i\":0.0}");
	assert_warns(toml_read, "a = inf", "{\"a\":\"inf\"}", "no finite number");
	assert_warns(toml_read, "a = -inf", "{\"a\":\"-inf\"}", "no finite number");
	assert_warns(toml_read, "a = +nan", "{\"a\":\"+nan\"}", "no finite number");
	assert_warns(toml_read, "a = 1e999", "{\"a\":\"1e999\"}", "no finite number");
	bad("a = .7", 1, 5, "a value is expected");
	bad("a = 7.", 1, 5, "no number");
	bad("a = 3.e+20", 1, 5, "no number");
	bad("a = 1e", 1, 5, "no number");
	bad("a = 1e1.0", 1, 5, "no number");
	bad("a = 01.5", 1, 5, "no number");
	bad("a = 1_.5", 1, 5, "no number");
	bad("a = 1._5", 1, 5, "no number");
	bad("a = Inf", 1, 5, "a value is expected");
}

static void test_booleans(void **state)
{
	(void)state;
	good("a = true\nb = false", "{\"a\":true,\"b\":false}");
	bad("a = True", 1, 5, "a value is expected");
	bad("a = truer", 1, 5, "a value is expected");
	bad("a = fals", 1, 5, "a value is expected");
}

static void test_dates(void **state)
{
	(void)state;
	good("a = 1979-05-27T07:32:00Z\nb = 1979-05-27T00:32:00.999999-07:00\nc = 1979-05-27 07:32:00z\n",
	     "{\"a\":\"1979-05-27T07:32:00Z\",\"b\":\"1979-05-27T00:32:00.999999-07:00\",\"c\":\"1979-05-27 07:32:00z\"}");
	good("a = 1979-05-27t07:32:00\nb = 2024-02-29 # leap\nc = 07:32:00\nd = 23:59:60.5\ne = 2000-02-29\n",
	     "{\"a\":\"1979-05-27t07:32:00\",\"b\":\"2024-02-29\",\"c\":\"07:32:00\",\"d\":\"23:59:60.5\",\"e\":\"2000-02-29\"}");
	good("a = [2024-01-01, 10:00:00]", "{\"a\":[\"2024-01-01\",\"10:00:00\"]}");
	bad("a = 2023-02-29", 1, 5, "no date");
	bad("a = 1900-02-29", 1, 5, "no date");
	bad("a = 2024-13-01", 1, 5, "no date");
	bad("a = 2024-00-01", 1, 5, "no date");
	bad("a = 2024-04-31", 1, 5, "no date");
	bad("a = 2024-1-1", 1, 5, "no date");
	bad("a = 24:00:00", 1, 5, "no date");
	bad("a = 10:60:00", 1, 5, "no date");
	bad("a = 10:00:61", 1, 5, "no date");
	bad("a = 10:00", 1, 5, "no date");
	bad("a = 10:00:00.", 1, 5, "no date");
	bad("a = 2024-01-01T", 1, 5, "no date");
	bad("a = 2024-01-01T10:00", 1, 5, "no date");
	bad("a = 2024-01-01T10:00:00+24:00", 1, 5, "no date");
	bad("a = 2024-01-01T10:00:00+09", 1, 5, "no date");
	bad("a = 2024-01-01T10:00:00Zz", 1, 5, "no date");
	bad("a = 10:00:00Z", 1, 5, "no date");
	bad("a = 2024-01-01 x", 1, 16, "text after");
}

static void test_arrays(void **state)
{
	(void)state;
	good("a = []\nb = [ 1, 2, ]\nc = [[1], ['x', 2.5], {k = 1}]",
	     "{\"a\":[],\"b\":[1,2],\"c\":[[1],[\"x\",2.5],{\"k\":1}]}");
	good("a = [ # comment\n 1 # one\n # two\n , 2,\n\n]\n", "{\"a\":[1,2]}");
	bad("a = [1 2]", 1, 8, "an array is not closed");
	bad("a = [1,, 2]", 1, 8, "a value is expected");
	bad("a = [,]", 1, 6, "a value is expected");
	bad("x = 1\na = [1,\n2\n", 2, 5, "an array is not closed");
	bad("a = [1\nb = 2", 2, 1, "an array is not closed");
	bad("a = [1]]", 1, 8, "text after");
}

static void test_inline_tables(void **state)
{
	(void)state;
	good("a = {}\nb = { x = 1, y.z = 'q', y.w = 2 }\nc = {a=[\n1,\n2]}",
	     "{\"a\":{},\"b\":{\"x\":1,\"y\":{\"z\":\"q\",\"w\":2}},\"c\":{\"a\":[1,2]}}");
	bad("a = { x = 1, }", 1, 14, "a key is expected");
	bad("a = { x = 1\n}", 1, 12, "not closed in its line");
	bad("a = {\nx = 1}", 1, 6, "a key is expected");
	bad("a = { x = 1 y = 2 }", 1, 13, "not closed in its line");
	bad("a = { x = 1, x = 2 }", 1, 14, "given twice");
	bad("a = { x.y = 1, x = 2 }", 1, 16, "given twice");
	bad("a = { x = {y=1}, x.z = 2 }", 1, 18, "cannot be extended");
	bad("a = { , }", 1, 7, "a key is expected");
	bad("a = { x = 1 # c\n }", 1, 13, "not closed in its line");
	bad("a = {x=1}\na.y = 2", 2, 1, "cannot be extended");
	bad("a = {x=1}\n[a]", 2, 2, "cannot be a table");
	bad("a = {x=1}\n[a.b]", 2, 2, "cannot be extended");
	bad("a = {x={}}\n[a.x]", 2, 2, "cannot be extended");
	bad("[t]\na = {x.y=1}\na.x.z = 1", 3, 1, "cannot be extended");
}

static void test_tables(void **state)
{
	(void)state;
	good("[a]\nx = 1\n[ b . 'c d' ]\ny = 2\n[e] # comment\n",
	     "{\"a\":{\"x\":1},\"b\":{\"c d\":{\"y\":2}},\"e\":{}}");
	good("[x.y.z.w]\n[x]\na = 1\n[x.y]\nb = 2", "{\"x\":{\"y\":{\"z\":{\"w\":{}},\"b\":2},\"a\":1}}");
	good("[fruit]\napple.color = 'red'\napple.taste.sweet = true\n[fruit.apple.texture]\nsmooth = true\n",
	     "{\"fruit\":{\"apple\":{\"color\":\"red\",\"taste\":{\"sweet\":true},\"texture\":{\"smooth\":true}}}}");
	good("a.x = 1\n[a.y]\nz = 1", "{\"a\":{\"x\":1,\"y\":{\"z\":1}}}");
	good("[a.b.c]\nx = 1\n[a]\nb.d = 2", "{\"a\":{\"b\":{\"c\":{\"x\":1},\"d\":2}}}");
	bad("[a]\n[a]", 2, 2, "defined twice");
	bad("[a]\nb = 1\n[a.b]", 3, 4, "cannot be a table");
	bad("[a]\nb = 1\n[a.b.c]", 3, 4, "cannot be extended");
	bad("[a]\nb.c = 1\n[a.b]", 3, 4, "defined twice");
	bad("[a]\nb.c.d = 1\n[a.b.c]", 3, 6, "defined twice");
	bad("[a.b.c]\nz = 9\n[a]\nb.c.t = 1", 4, 3, "header of its own");
	bad("[a.b]\n[a]\nb.x = 1", 3, 1, "header of its own");
	bad("[a.b]\n[a]\nb = 1", 3, 1, "given twice");
	bad("[a", 1, 1, "not closed");
	bad("[a\n]", 1, 1, "not closed");
	bad("[]", 1, 2, "a key is expected");
	bad("[a.]", 1, 4, "a key is expected");
	bad("[a]x = 1", 1, 4, "text after");
	bad("[a] [b]", 1, 5, "text after");
	bad("[ [a] ]", 1, 3, "a key is expected");
}

static void test_arrays_of_tables(void **state)
{
	(void)state;
	good("[[p]]\nn = 1\n[[p]]\n[[p]]\nn = 3\n", "{\"p\":[{\"n\":1},{},{\"n\":3}]}");
	good("[[f]]\nname = 'apple'\n[f.physical]\ncolor = 'red'\n[[f.v]]\nn = 1\n[[f.v]]\nn = 2\n[[f]]\n[[f.v]]\nn = 3\n",
	     "{\"f\":[{\"name\":\"apple\",\"physical\":{\"color\":\"red\"},\"v\":[{\"n\":1},{\"n\":2}]},{\"v\":[{\"n\":3}]}]}");
	good("[[a.b]]\nx.y = 1\n[[a.b]]\nx.z = 2\n", "{\"a\":{\"b\":[{\"x\":{\"y\":1}},{\"x\":{\"z\":2}}]}}");
	good("[a.b]\n[[a.c]]\n[a.c.d]\n[[a.c]]\n[a.c.d]\n", "{\"a\":{\"b\":{},\"c\":[{\"d\":{}},{\"d\":{}}]}}");
	bad("a = []\n[[a]]", 2, 3, "cannot become an array");
	bad("a = [{}]\n[[a]]", 2, 3, "cannot become an array");
	bad("a = [{}]\n[a.b]", 2, 2, "cannot be extended");
	bad("[a]\n[[a]]", 2, 3, "is a table");
	bad("[a.b]\n[[a]]", 2, 3, "is a table");
	bad("[[a]]\n[a]", 2, 2, "write [[...]]");
	bad("[[a]]\n[a.b]\n[a.b]", 3, 4, "defined twice");
	bad("[[a]]\n[a.b]\n[[a.b]]", 3, 5, "is a table");
	bad("[[a.b]]\n[a]\nb.y = 2", 3, 1, "array of tables");
	bad("[[a]\n", 1, 1, "not closed");
	bad("[[a] ]\n", 1, 1, "not closed");
	bad("a.b = 1\n[[a]]", 2, 3, "is a table");
}

static void test_positions(void **state)
{
	struct reading r;
	const struct value *v;
	const struct value_member *m;

	(void)state;
	reading_do(&r, toml_read, STR_LIT("\n\"한\" = 1\n[t]\n  k = [ 'a',\n  \"b\" ]\n"), 5);
	assert_true(r.ok);
	m = value_member(&r.value, STR_LIT("한"));
	assert_int_equal(m->line, 6);
	assert_int_equal(m->column, 1);
	assert_int_equal(m->value.line, 6);
	assert_int_equal(m->value.column, 9);
	v = value_getz(&r.value, "t");
	assert_int_equal(v->line, 7);
	assert_int_equal(v->column, 2);
	v = value_getz(v, "k");
	assert_int_equal(v->line, 8);
	assert_int_equal(v->column, 7);
	assert_int_equal(v->as.list.items[1].line, 9);
	assert_int_equal(v->as.list.items[1].column, 3);
	reading_free(&r);
}

static void refuse_quickly(struct str text, const char *words)
{
	double start = seconds_of_processor();
	struct reading r;

	reading_do(&r, toml_read, text, 1);
	assert_true(seconds_of_processor() - start < 0.5);
	assert_false(r.ok);
	assert_int_equal(r.diags.n, 1);
	assert_non_null(strstr(r.diags.items[0].message, words));
	reading_free(&r);
	free((char *)text.p);
}

static void test_hostile(void **state)
{
	(void)state;
	refuse_quickly(repeated("a = ", "[", 100000, ""), "nested too deep");
	refuse_quickly(repeated("a = ", "{a=", 100000, ""), "nested too deep");
	refuse_quickly(repeated("", "a.", 100000, "a = 1"), "nested too deep");
	refuse_quickly(repeated("[", "a.", 100000, "a]"), "nested too deep");
	refuse_quickly(repeated("a = [", "1,", 200000, "]"), "too many values");
	refuse_quickly(repeated("", "[[a]]\n", 150000, ""), "too many values");
	refuse_quickly(repeated("a = \"", "\\\\", 400000, ""), "a quote is opened");
	refuse_quickly(repeated("a = \"\"\"", "\"\"x", 300000, ""), "never closed");
	refuse_quickly(repeated("", "k", 1000000, ""), "'=' is expected");
	refuse_quickly(repeated("a = ", "9", 1000000, ""), "beyond 64 bits");
}

static void test_limits(void **state)
{
	const struct frontmatter_limits limits = { 0, 3, 2 };
	struct arena a;
	struct diags d;
	struct value v;

	(void)state;
	arena_init(&a, &alloc_libc, 0);
	diags_init(&d, &a);
	assert_true(toml_read(STR_LIT("a = [1]"), 1, &limits, &a, &d, &v));
	assert_false(toml_read(STR_LIT("a = [[]]"), 1, &limits, &a, &d, &v));
	assert_false(toml_read(STR_LIT("a = [1, 2]"), 1, &limits, &a, &d, &v));
	assert_int_equal(d.n, 2);
	arena_release(&a);
}

static void test_refused_memory(void **state)
{
	(void)state;
	assert_survives_refusal(toml_read, "a.b = \"x\\n\"\nb = [1, 2.5, 2024-01-01, inf]\n[[t]]\nk = '''\nlong'''\n"
					   "[t.u]\n\"q\" = { z = true, 'w'.v = [] }\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pairs_and_comments),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_basic_strings),
		cmocka_unit_test(test_multi_line_strings),
		cmocka_unit_test(test_integers),
		cmocka_unit_test(test_floats),
		cmocka_unit_test(test_booleans),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_arrays),
		cmocka_unit_test(test_inline_tables),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_arrays_of_tables),
		cmocka_unit_test(test_positions),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_refused_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
