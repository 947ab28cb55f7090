/*
 * test_yaml.c - the YAML reader and writer: core schema, tags, anchors,
 * complaints with place and hint, hostile input, refused memory (ours and
 * libyaml's), reading back what was written.
 */
#include "frontmatter_support.h"

static void good(const char *text, const char *json)
{
	assert_reads(yaml_read, text, json);
}

static void warns(const char *text, const char *json, const char *words)
{
	assert_warns(yaml_read, text, json, words);
}

static void bad(const char *text, uint32_t line, uint32_t column, const char *words, const char *hint)
{
	assert_refused(yaml_read, text, line, column, words, hint);
}

/* ---------------------------------------------------------------- reading */

static void test_core_schema(void **state)
{
	(void)state;
	good("a: null\nb: ~\nc: Null\nd: NULL\ne:\nf: nULL\n",
	     "{\"a\":null,\"b\":null,\"c\":null,\"d\":null,\"e\":null,\"f\":\"nULL\"}");
	good("a: true\nb: True\nc: TRUE\nd: false\ne: False\nf: FALSE\ng: tRue\n",
	     "{\"a\":true,\"b\":true,\"c\":true,\"d\":false,\"e\":false,\"f\":false,\"g\":\"tRue\"}");
	good("a: no\nb: yes\nc: on\nd: off\ne: y\n",
	     "{\"a\":\"no\",\"b\":\"yes\",\"c\":\"on\",\"d\":\"off\",\"e\":\"y\"}");
	good("a: 2024-11-30\nb: 10:30\nc: 2024-11-30 10:00:00 +0900\nd: 1.2.3\ne: 1_000\nf: 0b11\n",
	     "{\"a\":\"2024-11-30\",\"b\":\"10:30\",\"c\":\"2024-11-30 10:00:00 +0900\",\"d\":\"1.2.3\",\"e\":\"1_000\",\"f\":\"0b11\"}");
	good("a: 0123\nb: +7\nc: -0\nd: 0o17\ne: 0xfF\nf: 0o8\ng: -0x1\nh: 0x\n",
	     "{\"a\":123,\"b\":7,\"c\":0,\"d\":15,\"e\":255,\"f\":\"0o8\",\"g\":\"-0x1\",\"h\":\"0x\"}");
	good("a: 1.5\nb: .5\nc: 1.\nd: 1e3\ne: -1.5E-1\nf: +0.25e+2\n",
	     "{\"a\":1.5,\"b\":0.5,\"c\":1.0,\"d\":1000.0,\"e\":-0.15,\"f\":25.0}");
	good("a: .\nb: e3\nc: 1e\nd: +\ne: 1.5.\nf: .e1\ng: 1e+\nh: +-1\n",
	     "{\"a\":\".\",\"b\":\"e3\",\"c\":\"1e\",\"d\":\"+\",\"e\":\"1.5.\",\"f\":\".e1\",\"g\":\"1e+\",\"h\":\"+-1\"}");
	good("a: 9223372036854775807\nb: -9223372036854775808\n",
	     "{\"a\":9223372036854775807,\"b\":-9223372036854775808}");
	good("a: 9223372036854775808\nb: 0x8000000000000000\nc: 0o1000000000000000000000\n",
	     "{\"a\":9.223372036854776e+18,\"b\":9.223372036854776e+18,\"c\":9.223372036854776e+18}");
	good("a: \"1\"\nb: 'true'\nc: \"\"\nd: |\n  5\n", "{\"a\":\"1\",\"b\":\"true\",\"c\":\"\",\"d\":\"5\\n\"}");
}

static void test_not_finite(void **state)
{
	(void)state;
	warns("a: .inf\n", "{\"a\":\".inf\"}", "no finite number");
	warns("a: -.INF\n", "{\"a\":\"-.INF\"}", "no finite number");
	warns("a: .NaN\n", "{\"a\":\".NaN\"}", "no finite number");
	warns("a: 1e999\n", "{\"a\":\"1e999\"}", "no finite number");
	good("a: '.inf'\nb: .infinity\nc: +.nan\n", "{\"a\":\".inf\",\"b\":\".infinity\",\"c\":\"+.nan\"}");
}

static void test_shapes(void **state)
{
	(void)state;
	good("", "{}");
	good("\n\n", "{}");
	good("# only\n# comments\n", "{}");
	good("~\n", "{}");
	good("title : x\n", "{\"title\":\"x\"}");
	good("tags: \n    - a\n    - b c\n", "{\"tags\":[\"a\",\"b c\"]}");
	good("tags:\n- a\n- k: v\n  w: x\n", "{\"tags\":[\"a\",{\"k\":\"v\",\"w\":\"x\"}]}");
	good("tags: [a, 'b, c', 1, {k: v}]\nempty: {}\n", "{\"tags\":[\"a\",\"b, c\",1,{\"k\":\"v\"}],\"empty\":{}}");
	good("title: one\n  two\n\n  three # end\nnext: 1\n", "{\"title\":\"one two\\nthree\",\"next\":1}");
	good("제목: 소식 🎉 둘\n작성자: [김하나, 이두리]\n",
	     "{\"제목\":\"소식 🎉 둘\",\"작성자\":[\"김하나\",\"이두리\"]}");
	good("a: |\n  x\n   y\nb: >-\n  p\n  q\n", "{\"a\":\"x\\n y\\n\",\"b\":\"p q\"}");
	good("a: \"\\u00e9\\t\\x41\\0\"\n", "{\"a\":\"é\\tA\\u0000\"}");
	good("a: 1\r\nb: 2\r\n", "{\"a\":1,\"b\":2}");
	good("{a: 1, b: [x]}\n", "{\"a\":1,\"b\":[\"x\"]}");
	good("? a\n: 1\n", "{\"a\":1}");
	good("url: http://example.org/a:b#c\n", "{\"url\":\"http://example.org/a:b#c\"}");
}

static void test_keys(void **state)
{
	(void)state;
	good("2024: a\ntrue: b\n1.0: c\n0x10: d\n", "{\"2024\":\"a\",\"true\":\"b\",\"1.0\":\"c\",\"0x10\":\"d\"}");
	good("null: a\n", "{\"null\":\"a\"}");
	good("~: a\n", "{\"null\":\"a\"}");
	good("'': a\n", "{\"\":\"a\"}");
	good("a: &k key\n*k : v\n", "{\"a\":\"key\",\"key\":\"v\"}");
	warns("a: 1\nb: 2\na: 3\n", "{\"a\":3,\"b\":2}", "\"a\" is given twice (first in line 1)");
	bad("x: 1\n? [a, b]\n: 2\n", 2, 3, "used as a key", "plain word");
	bad("{a: b}: c\n", 1, 1, "used as a key", NULL);
	bad("a: &l [x]\n*l : v\n", 2, 1, "used as a key", NULL);
}

static void test_tags(void **state)
{
	(void)state;
	good("a: !!str 12\nb: !!int \"0x1F\"\nc: !!float 3\nd: !!bool 'true'\ne: !!null ''\nf: ! 12\ng: &x ! 13\nh: ! [1]\n",
	     "{\"a\":\"12\",\"b\":31,\"c\":3.0,\"d\":true,\"e\":null,\"f\":\"12\",\"g\":\"13\",\"h\":[1]}");
	good("a: !!seq [x]\nb: !!map {k: v}\n", "{\"a\":[\"x\"],\"b\":{\"k\":\"v\"}}");
	warns("a: !!int x\n", "{\"a\":\"x\"}", "not what its tag says");
	warns("a: !!python/object 12\n", "{\"a\":12}", "tag:yaml.org,2002:python/object is ignored");
	warns("a: !foo [1]\n", "{\"a\":[1]}", "!foo is ignored");
	warns("a: !foo {k: v}\n", "{\"a\":{\"k\":\"v\"}}", "is ignored");
	warns("a: !!map [1]\n", "{\"a\":[1]}", "is ignored");
	warns("a: !!int .inf\n", "{\"a\":\".inf\"}", "not what its tag says");
	bad("a: !u!x y\n", 1, 0, "handle is not declared", NULL);
}

static void test_anchors(void **state)
{
	(void)state;
	good("a: &x {k: [1, s]}\nb: *x\nc: [*x]\n",
	     "{\"a\":{\"k\":[1,\"s\"]},\"b\":{\"k\":[1,\"s\"]},\"c\":[{\"k\":[1,\"s\"]}]}");
	good("a: &x 1\nb: &x 2\nc: *x\n", "{\"a\":1,\"b\":2,\"c\":2}");
	good("a: &x [&x 7, *x]\nb: *x\n", "{\"a\":[7,7],\"b\":7}");
	good("<<: {a: 1}\n", "{\"<<\":{\"a\":1}}");
	bad("a: *nobody\n", 1, 4, "*nobody refers to nothing", "quotes");
	bad("a: &x [*x]\n", 1, 8, "stands in", NULL);
	bad("&x\na: *x\n", 2, 4, "stands in", NULL);
	bad("title: *bold* text\n", 1, 0, "anchor or alias", "quotes");
}

static void test_documents(void **state)
{
	(void)state;
	good("%YAML 1.2\n---\na: 1\n", "{\"a\":1}");
	good("--- # first\na: 1\n...\n", "{\"a\":1}");
	warns("a: 1\n---\nb: 2\n", "{\"a\":1}", "only the first YAML document");
	bad("- a\n- b\n", 1, 1, "front matter is not a map (kind: list)", "key: value");
	bad("just words\n", 1, 1, "front matter is not a map (kind: string)", "key: value");
	bad("title:Foo\n", 1, 1, "front matter is not a map", "space after the colon");
	bad("42\n", 1, 1, "not a map (kind: integer)", NULL);
}

static void test_positions(void **state)
{
	struct reading r;
	const struct value *v;
	const struct value_member *m;

	(void)state;
	reading_do(&r, yaml_read, STR_LIT("# x\r\n\"제\": 값\nl:\n  - {가: b, c: d}\n  - \"é\"\r  \n"), 10);
	assert_true(r.ok);
	assert_int_equal(r.value.line, 11);
	m = value_member(&r.value, STR_LIT("제"));
	assert_int_equal(m->line, 11);
	assert_int_equal(m->column, 1);
	assert_int_equal(m->value.line, 11);
	assert_int_equal(m->value.column, 8);
	v = value_getz(&r.value, "l");
	assert_int_equal(v->line, 13);
	assert_int_equal(v->column, 3);
	m = value_member(&v->as.list.items[0], STR_LIT("c"));
	assert_int_equal(m->line, 13);
	assert_int_equal(m->column, 14);
	assert_int_equal(m->value.column, 17);
	assert_int_equal(v->as.list.items[1].line, 14);
	assert_int_equal(v->as.list.items[1].column, 5);
	reading_free(&r);
}

static void test_complaints(void **state)
{
	(void)state;
	bad("title: foo: bar\n", 1, 11, "second ': '", "put the value in quotes: it contains a colon");
	bad("가: 1\n제목: 하나: 둘\n", 2, 15, "second ': '", "quotes");
	bad("a: 1\n\tb: 2\n", 2, 1, "tab", "spaces");
	bad("\ta: 1\n", 1, 1, "tab", "spaces");
	bad("a:\n\t- b\n", 2, 1, "tab", "spaces");
	bad("a: @b\n", 1, 4, "cannot begin", "it begins with @");
	bad("a: `b`\n", 1, 4, "cannot begin", "it begins with @");
	bad("x: 1\na: %b\n", 2, 4, "cannot begin", "it begins with @");
	bad("x: 1\na: \"b\nc: d\n", 2, 4, "never closed", "close the quote");
	bad("x: 1\na: 'b\nc: d\n", 2, 4, "never closed", "close the quote");
	bad("x: 1\na: [b, c\nd: e\n", 2, 4, "'['", "close the bracket");
	bad("x: 1\na: {b: c\nd: e\n", 2, 4, "'{'", "close the bracket");
	bad("x: 1\ny: \"b\nc: d\ne: \"f\"\n", 2, 4, "a quote is opened and not closed in its line", "close the quote");
	bad("x: 1\r\ny: 'b\r\nc: d\r\ne: 'f'\r\n", 2, 4, "a quote is opened and not closed in its line", NULL);
	bad("y: \"b\n  c\"\ne: [f] g\n", 3, 8, "text after the closing", NULL);
	bad("a: 1\nwords without colon\nb: 2\n", 2, 1, "neither", NULL);
	bad("a: \"b\" c\n", 1, 8, "text after the closing", "whole value");
	bad("a: [b] c\n", 1, 8, "text after the closing", "whole value");
	bad("a: b\n  c: d\n", 2, 4, "a key is not allowed", "indentation");
	bad("a: - b\n", 1, 4, "list item", "line of its own");
	bad("a: \"\\d\"\n", 1, 0, "unknown escape", "twice");
	bad("a: |x\n", 1, 0, "follows |", "quotes");
	bad("a: b\n]\n", 2, 1, "", NULL);
	bad("a: \x01\n", 1, 4, "control character", NULL);
	bad("a: [1, 2]]\n", 1, 10, "", NULL);
}

static void test_bad_bytes(void **state)
{
	(void)state;
	assert_refused_str(yaml_read, (struct str){ "a: b\nc: \0d\n", 11 }, 2, 4, "NUL", NULL);
	bad("a: b\nc: \xc3(\n", 2, 4, "not valid UTF-8", "UTF-8");
	assert_refused_str(yaml_read,
			   (struct str){ "\xff\xfe"
					 "a\0:\0",
					 6 },
			   1, 1, "UTF-16", "UTF-8");
	assert_refused_str(yaml_read, (struct str){ "\xfe\xff\0a\0:", 6 }, 1, 1, "UTF-16", "UTF-8");
}

/* ---------------------------------------------------------------- hostile */

/* Whatever comes of it, it comes soon and leaves at most a few words. */
static bool read_quickly(struct str text)
{
	double start = seconds_of_processor();
	struct reading r;
	bool ok;

	reading_do(&r, yaml_read, text, 1);
	assert_true(seconds_of_processor() - start < 2.0);
	ok = r.ok;
	assert_true(ok || r.diags.n >= 1);
	reading_free(&r);
	free((char *)text.p);
	return ok;
}

static struct str laughs(void)
{
	char *p = malloc(4096), *to = p;

	to += sprintf(to, "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
	for (int i = 1; i < 12; i++) {
		to += sprintf(to, "a%d: &a%d [", i, i);
		for (int j = 0; j < 10; j++)
			to += sprintf(to, "*a%d%s", i - 1, j < 9 ? ", " : "]\n");
	}
	return str_slice(p, to);
}

static void test_hostile(void **state)
{
	struct str tags;
	char *p;

	(void)state;
	assert_false(read_quickly(laughs()));
	assert_false(read_quickly(repeated("a: ", "[", 40000, "")));
	assert_false(read_quickly(repeated("", "{a: ", 40000, "")));
	assert_false(read_quickly(repeated("a:\n", "- ", 160000, "")));
	assert_false(read_quickly(repeated("a:\n", "? ", 160000, "")));
	assert_false(read_quickly(repeated("a: [", "[\n", 40000, "")));
	assert_false(read_quickly(repeated("", "k", 1000000, ": v\n")));
	assert_true(read_quickly(repeated("? ", "k", 1000000, "\n: v\n")));
	assert_true(read_quickly(repeated("a: ", "v ", 500000, "\n")));
	assert_false(read_quickly(repeated("a:\n", "- x\n", 200000, "")));
	assert_true(read_quickly(repeated("", "k: v\n", 90000, "")));
	assert_false(read_quickly(repeated("a: &a ", "x", 600000, "\nb: [*a, *a]\n")));
	assert_false(read_quickly(repeated("", "a: \"\n\"\n", 19000, "a: b: c\n")));
	assert_false(read_quickly(repeated("", "a: '\n", 200001, "b: c: d\n")));
	assert_false(read_quickly(repeated("a: ", "&", 500000, "\n")));
	assert_false(read_quickly(repeated("a: \"", "\\", 500001, "\n")));
	/* Distinct handles, each compared with all others. */
	p = malloc(60000 * 20);
	tags = (struct str){ p, 0 };
	for (int i = 0; i < 60000; i++)
		tags.n += (size_t)sprintf(p + tags.n, "%%TAG !%d! t:x\n", i);
	assert_false(read_quickly(tags));
}

static void test_depth(void **state)
{
	struct str deep;
	char tail[VALUE_MAX_DEPTH + 2];

	(void)state;
	memset(tail, ']', sizeof(tail));
	tail[VALUE_MAX_DEPTH - 1] = 0;
	deep = repeated("a: ", "[", VALUE_MAX_DEPTH - 1, tail);
	assert_true(read_quickly(deep));
	tail[VALUE_MAX_DEPTH - 1] = ']';
	tail[VALUE_MAX_DEPTH] = 0;
	deep = repeated("a: ", "[", VALUE_MAX_DEPTH, tail);
	assert_false(read_quickly(deep));
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
	assert_true(yaml_read(STR_LIT("a: [1]"), 1, &limits, &a, &d, &v));
	assert_false(yaml_read(STR_LIT("a: [[]]"), 1, &limits, &a, &d, &v));
	assert_false(yaml_read(STR_LIT("a: [1, 2]"), 1, &limits, &a, &d, &v));
	assert_int_equal(d.n, 2);
	arena_release(&a);
}

/* ----------------------------------------------------------------- memory */

static size_t yaml_requests_left = SIZE_MAX;

/* libyaml's own door to the heap; a program's definition comes before the library's. */
__attribute__((visibility("default"))) void *yaml_malloc(size_t size);
__attribute__((visibility("default"))) void *yaml_realloc(void *ptr, size_t size);

void *yaml_malloc(size_t size)
{
	if (yaml_requests_left == 0)
		return NULL;
	yaml_requests_left--;
	return malloc(size ? size : 1);
}

void *yaml_realloc(void *ptr, size_t size)
{
	if (yaml_requests_left == 0)
		return NULL;
	yaml_requests_left--;
	return realloc(ptr, size ? size : 1);
}

static const char many_shapes[] =
	"%TAG !e! tag:e,2000:\n---\na: &x [1, {k: !e!t v}]\nb: *x\n? long\n: |\n  text\n'q': \"\\u00e9\"\na: 2\n";

static void test_refused_memory(void **state)
{
	(void)state;
	assert_survives_refusal(yaml_read, many_shapes);
	assert_survives_refusal(yaml_read, "a: .inf\n");
}

static void test_refused_memory_of_libyaml(void **state)
{
	bool ok = false;
	size_t k = 0;

	(void)state;
	for (; !ok && k < 10000; k++) {
		struct reading r;

		yaml_requests_left = k;
		reading_do(&r, yaml_read, str_of(many_shapes), 1);
		yaml_requests_left = SIZE_MAX;
		ok = r.ok;
		assert_true(ok || (r.arena.refused && r.value.kind == VALUE_NULL));
		reading_free(&r);
	}
	assert_true(ok && k > 10);
}

/* ---------------------------------------------------------------- writing */

static void assert_writes(const char *json, const char *yaml)
{
	struct arena a;
	struct value v;
	struct json_error error;
	struct buf b;

	arena_init(&a, &alloc_libc, 0);
	buf_init(&b, &alloc_libc, 0);
	assert_true(json_read(&a, str_of(json), &v, &error));
	yaml_write(&b, &v);
	assert_true(buf_ok(&b));
	assert_string_equal(b.p, yaml);
	buf_release(&b);
	arena_release(&a);
}

/* Through frontmatter_find, as a document's. */
static void assert_reads_back(const char *json)
{
	struct reading r;
	struct value v;
	struct json_error error;
	struct frontmatter fm;
	struct buf b;

	arena_init(&r.arena, &alloc_libc, 0);
	diags_init(&r.diags, &r.arena);
	buf_init(&b, &alloc_libc, 0);
	assert_true(json_read(&r.arena, str_of(json), &v, &error));
	yaml_write(&b, &v);
	fm = frontmatter_find(buf_str(&b));
	r.ok = frontmatter_parse(&fm, NULL, &r.arena, &r.diags, &r.value);
	if (!r.ok || !value_equal(&v, &r.value))
		print_error("%s\n%s\n%s\n", json, b.p, r.diags.n ? r.diags.items[0].message : "");
	assert_int_equal(fm.syntax, FRONTMATTER_YAML);
	assert_int_equal(fm.body, b.n);
	assert_true(r.ok);
	assert_true(value_equal(&v, &r.value));
	assert_int_equal(r.diags.n, 0);
	buf_release(&b);
	arena_release(&r.arena);
}

static void test_write(void **state)
{
	(void)state;
	assert_writes("{}", "---\n---\n");
	assert_writes("{\"title\":\"A: b\",\"n\":1,\"f\":2.5,\"t\":true,\"z\":null,\"d\":\"2024-11-30\"}",
		      "---\ntitle: \"A: b\"\nn: 1\nf: 2.5\nt: true\nz: null\nd: 2024-11-30\n---\n");
	assert_writes("{\"l\":[1,[\"a\",[]],{\"k\":\"v\",\"w\":{\"x\":1}}],\"e\":{}}",
		      "---\nl:\n  - 1\n  - - a\n    - []\n  - k: v\n    w:\n      x: 1\ne: {}\n---\n");
	assert_writes("{\"t\":\"one\\ntwo\\n\",\"u\":\"a\\nb\",\"2024\":\"x\"}",
		      "---\nt: |\n  one\n  two\nu: |-\n  a\n  b\n2024: x\n---\n");
	assert_writes("{\"제목\":\"소식\",\"no\":\"no\",\"x\":\"12\"}",
		      "---\n제목: 소식\n\"no\": \"no\"\nx: \"12\"\n---\n");
}

static void test_read_back(void **state)
{
	(void)state;
	assert_reads_back("{}");
	assert_reads_back(
		"{\"a\":[\"\",\"~\",\"null\",\"true\",\"1\",\"1.5\",\"0x1\",\".inf\",\"-\",\"- a\",\"? a\",\"a: b\",\"a:\","
		"\"a #b\",\"#a\",\"[a\",\"{a\",\"&a\",\"*a\",\"!a\",\"|\",\">\",\"'a'\",\"\\\"\",\"%a\",\"@a\",\"`a\","
		"\"---\",\"...\",\" a\",\"a \",\"a,b\",\"=\",\"<<\"]}");
	assert_reads_back(
		"{\"a\":[\"\\u0000\",\"\\u0001\\u001f\\u007f\\u0080\\u0085\",\"\\u2028\\u2029\",\"\\ufeff\",\"\\uffff\","
		"\"\\t\",\"a\\tb\",\"\\r\\n\",\"a\\r\\nb\",\"😀\",\"\\ud83d\\udfff\"]}");
	assert_reads_back(
		"{\"a\":[\"\\n\",\"\\n\\n\",\"a\\n\",\"a\\n\\n\",\"a\\n\\nb\",\" a\\nb\",\"a\\n b\\n\",\"a\\n  \",\"a\\n\\tb\","
		"\"a\\n---\\nb\",\"a\\n# b\\n\",\"\\na\"]}");
	assert_reads_back(
		"{\"\":1,\"~\":2,\"null\":3,\"true\":4,\"1\":5,\"a b\":6,\"a: b\":7,\"---\":8,\"-\":9,\"? x\":10,\"a\\nb\":11}");
	assert_reads_back("{\"A sentence. It has marks\":1}");
	assert_reads_back("{\"+1\":1}");
	assert_reads_back("{\"* a\":1}");
	assert_reads_back("{\"a\":[[[],{}],[[1,{\"b\":[{\"c\":[]}]}]]],\"m\":{\"n\":{\"o\":[1,2]}}}");
	assert_reads_back("{\"a\":1e300,\"b\":-0.0,\"c\":5e-324,\"d\":9223372036854775807,\"e\":1e22}");
}

static void test_read_back_long_keys(void **state)
{
	struct str plain = repeated("{\"", "k", 2000, "\":{\"x\":1}}");
	struct str quoted = repeated("{\"a\":[{\"", "\\u0001", 400, "\":[1,2],\"b\":2}]}");

	(void)state;
	assert_reads_back(plain.p);
	assert_reads_back(quoted.p);
	free((char *)plain.p);
	free((char *)quoted.p);
}

static void test_write_refused(void **state)
{
	struct stingy s = { 1, 0, 0 };
	struct alloc heap = { stingy_fn, &s };
	struct value v = value_map();
	struct buf b;

	(void)state;
	buf_init(&b, &heap, 0);
	yaml_write(&b, &v);
	assert_false(buf_ok(&b));
	buf_release(&b);
	assert_int_equal(s.held, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_core_schema),
		cmocka_unit_test(test_not_finite),
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_tags),
		cmocka_unit_test(test_anchors),
		cmocka_unit_test(test_documents),
		cmocka_unit_test(test_positions),
		cmocka_unit_test(test_complaints),
		cmocka_unit_test(test_bad_bytes),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_refused_memory),
		cmocka_unit_test(test_refused_memory_of_libyaml),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_read_back),
		cmocka_unit_test(test_read_back_long_keys),
		cmocka_unit_test(test_write_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
