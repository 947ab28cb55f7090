/*
 * test_frontmatter.c - finding the block at the top of a document in its
 * three syntaxes, leaving prose and thematic breaks alone, and handing the
 * block to its reader.
 */
#include "frontmatter_support.h"

/* Finds a block with this content and body. */
static void found(enum frontmatter_syntax syntax, const char *source, const char *content, const char *body)
{
	struct str s = str_of(source);
	struct frontmatter fm = frontmatter_find(s);

	if (fm.syntax != syntax)
		print_error("%s\n", source);
	assert_int_equal(fm.syntax, syntax);
	assert_false(fm.unterminated);
	assert_true(str_eqz(fm.content, content));
	assert_string_equal(source + fm.body, body);
	assert_ptr_equal(fm.whole.p + fm.whole.n, source + fm.body);
}

static void yaml(const char *source, const char *content, const char *body)
{
	found(FRONTMATTER_YAML, source, content, body);
}

static void none(const char *source)
{
	struct frontmatter fm = frontmatter_find(str_of(source));

	if (fm.syntax != FRONTMATTER_NONE || fm.unterminated)
		print_error("%s\n", source);
	assert_int_equal(fm.syntax, FRONTMATTER_NONE);
	assert_false(fm.unterminated);
	assert_int_equal(fm.whole.n, 0);
	assert_int_equal(fm.content.n, 0);
	assert_int_equal(fm.body, 0);
}

static void unterminated(const char *source)
{
	struct frontmatter fm = frontmatter_find(str_of(source));

	assert_int_equal(fm.syntax, FRONTMATTER_NONE);
	assert_true(fm.unterminated);
	assert_int_equal(fm.body, 0);
}

static void test_yaml_blocks(void **state)
{
	(void)state;
	yaml("---\ntitle: x\n---\nbody\n", "title: x\n", "body\n");
	yaml("---\ntitle: x\n...\nbody\n", "title: x\n", "body\n");
	yaml("--- \t\r\ntitle : x\r\n---  \r\n\r\nbody", "title : x\r\n", "\r\nbody");
	yaml("---\n\n\n---\n", "\n\n", "");
	yaml("---\n---\nbody", "", "body");
	yaml("---\n---", "", "");
	yaml("---\n# a comment\n---\nbody", "# a comment\n", "body");
	yaml("---\n\n# a comment\ntitle: x\n\n---\nbody", "\n# a comment\ntitle: x\n\n", "body");
	yaml("---\ntitle:\n---\n", "title:\n", "");
	yaml("---\n제목: 소식\n태그:\n- 하나\n- 둘\n---\n", "제목: 소식\n태그:\n- 하나\n- 둘\n", "");
	yaml("---\n발표 자료 목록: x\n---\n", "발표 자료 목록: x\n", "");
	yaml("---\n\"a. b c d e f g\": x\n---\n", "\"a. b c d e f g\": x\n", "");
	yaml("---\n'it''s' : x\n---\n", "'it''s' : x\n", "");
	yaml("---\n{a: 1,\nb: 2}\n---\n", "{a: 1,\nb: 2}\n", "");
	yaml("---\n? a\n: b\n---\n", "? a\n: b\n", "");
	yaml("---\n!!map &x\na: b\n---\n", "!!map &x\na: b\n", "");
	yaml("---\n&x a: b\n---\n", "&x a: b\n", "");
	yaml("---\ntitle: \"one\ntwo\nthree\nfour\"\n---\n", "title: \"one\ntwo\nthree\nfour\"\n", "");
	yaml("---\r\ra: 1\r---\rbody", "\ra: 1\r", "body");
}

static void test_broken_yaml_is_a_block(void **state)
{
	(void)state;
	yaml("---\n\ttitle: x\n---\n", "\ttitle: x\n", "");
	yaml("---\ntitle:x\n---\n", "title:x\n", "");
	yaml("---\ntitle: a: b\nlost words\ndate: c\n---\n", "title: a: b\nlost words\ndate: c\n", "");
	yaml("---\ntags: [a\ntitle: b\n---\n", "tags: [a\ntitle: b\n", "");
	yaml("---\n@x: b\n---\n", "@x: b\n", "");
}

static void test_bom(void **state)
{
	const char *source = "\xef\xbb\xbf---\na: 1\n---\nbody";
	struct frontmatter fm = frontmatter_find(str_of(source));

	(void)state;
	yaml(source, "a: 1\n", "body");
	assert_ptr_equal(fm.whole.p, source + 3);
	assert_int_equal(fm.line, 2);
	fm = frontmatter_find(STR_LIT("\xef\xbb\xbf# title"));
	assert_int_equal(fm.syntax, FRONTMATTER_NONE);
	assert_int_equal(fm.body, 3);
}

static void test_prose_is_body(void **state)
{
	(void)state;
	none("");
	none("body\n");
	none("---");
	none("---\n");
	none("---\n\nprose\n");
	none("---\n\nJust a paragraph between two breaks.\n\n---\n");
	none("---\n\n# Heading\n\nText.\n\n---\n");
	none("---\n- one\n- two: three\n---\n");
	none("---\n* one: two\n---\n");
	none("---\n1. one: two\n---\n");
	none("---\n> quote: x\n---\n");
	none("---\n| a: b | c |\n---\n");
	none("---\n**Note**: x\n---\n");
	none("---\n[link]: http://example.org\n---\n");
	none("---\n{% include x.html %}\n---\n");
	none("---\n{{ page.title }}\n---\n");
	none("---\n{: .class}\n---\n");
	none("---\nhttp://example.org/\n---\n");
	none("---\nAs the speaker said, and we all agreed on that evening: it works.\n---\n");
	none("---\nNote: this begins a paragraph\nthat runs on\nover several lines.\n---\n");
	none("----\na: 1\n----\n");
	none(" ---\na: 1\n---\n");
	none("--- x\na: 1\n---\n");
	none("\n---\na: 1\n---\n");
	none("...\na: 1\n...\n");
}

static void test_unterminated(void **state)
{
	(void)state;
	unterminated("---\ntitle: x\n");
	unterminated("---\ntitle: x\ndate: y\n\n# Heading\n\ntext\nand more\nand more\nand more\n");
	unterminated("---\r\n\r\ntitle: x");
	unterminated("---\ntitle: x\n ---\n");
	unterminated("+++\ntitle = 'x'\n");
	unterminated("+++\n\n[params]\n");
	unterminated("{\n\"title\": \"x\"\n");
	unterminated("{\"title\": \"}");
	none("---\nwords without end\n");
	none("---\nNote: a paragraph\nthat runs on\nfor long\n");
	none("+++\n\nwords\n");
	none("+++");
}

static void test_toml_blocks(void **state)
{
	(void)state;
	found(FRONTMATTER_TOML, "+++\ntitle = 'x'\n+++\nbody", "title = 'x'\n", "body");
	found(FRONTMATTER_TOML, "+++\t\r\na = 1\r\n+++ \r\nbody", "a = 1\r\n", "body");
	found(FRONTMATTER_TOML, "+++\n+++", "", "");
	found(FRONTMATTER_TOML, "+++\na = 1\n---\n+++\n", "a = 1\n---\n", "");
}

static void test_json_blocks(void **state)
{
	(void)state;
	found(FRONTMATTER_JSON, "{\"a\": 1}\nbody", "{\"a\": 1}", "body");
	found(FRONTMATTER_JSON, "{}\nbody", "{}", "body");
	found(FRONTMATTER_JSON, "{ }", "{ }", "");
	found(FRONTMATTER_JSON, "{\r\n  \"a\": \"}\\\"}\",\r\n  \"b\": {\"c\": [1]}\r\n} \t\r\n\r\nbody",
	      "{\r\n  \"a\": \"}\\\"}\",\r\n  \"b\": {\"c\": [1]}\r\n}", "\r\nbody");
	none("{\"a\": 1} and words\n");
	none("{\"a\", \"b\"} is a set\n");
	none("{words}\n");
	none("{{ \"x\": 1 }}\n");
	none("{% raw %}\n");
	none("{: .x}\n");
	none("{");
	none("{\n");
	none("{\"");
	none(" {\"a\": 1}\n");
}

static bool parse_document(struct str source, uint32_t first_line, const struct frontmatter_limits *limits,
			   struct arena *a, struct diags *diags, struct value *out)
{
	struct frontmatter fm = frontmatter_find(source);

	(void)first_line;
	return frontmatter_parse(&fm, limits, a, diags, out);
}

/* An empty slice need not point anywhere. */
static bool parse_nothing(struct str source, uint32_t first_line, const struct frontmatter_limits *limits,
			  struct arena *a, struct diags *diags, struct value *out)
{
	const struct str nothing = { NULL, 0 };

	assert_int_equal(frontmatter_find(nothing).syntax, FRONTMATTER_NONE);
	return source.n == 0 && toml_read(nothing, first_line, limits, a, diags, out) &&
	       yaml_read(nothing, first_line, limits, a, diags, out);
}

static void test_parse(void **state)
{
	(void)state;
	assert_reads(parse_document, "---\ntitle: x\ntags: [a, b]\n---\nbody",
		     "{\"title\":\"x\",\"tags\":[\"a\",\"b\"]}");
	assert_reads(parse_document, "---\n\n\n---\n", "{}");
	assert_reads(parse_document, "+++\ntitle = 'x'\n[t]\nd = 2024-01-01\n+++\n",
		     "{\"title\":\"x\",\"t\":{\"d\":\"2024-01-01\"}}");
	assert_reads(parse_document, "+++\n+++\n", "{}");
	assert_reads(parse_document, "{\"b\": [1, null],\n\"a\": 2.5}\n", "{\"b\":[1,null],\"a\":2.5}");
	assert_reads(parse_document, "no front matter", "null");
	assert_reads(parse_nothing, "", "{}");
	assert_refused(parse_document, "---\na: 1\nb: c: d\n---\n", 3, 5, "not valid YAML", NULL);
	assert_refused(parse_document, "+++\na = 1\nb\n+++\n", 3, 2, "not valid TOML", NULL);
	assert_refused(parse_document, "{\"a\": 1,\n\"b\": }\n", 2, 0, "not valid JSON", NULL);
	assert_refused(parse_document, "{\"a\": 1,\n\"a\": 2}\n", 2, 0, "not valid JSON", NULL);
	assert_refused(parse_document, "{\"a\": \"\xff\"}\n", 1, 8, "not valid UTF-8", NULL);
}

static void test_limits(void **state)
{
	static const char *const sources[] = { "---\na: [1, 2]\n---\n", "+++\na = [1, 2]\n+++\n", "{\"a\": [1, 2]}\n" };
	const struct frontmatter_limits bytes = { 4, 0, 0 }, nodes = { 0, 3, 0 }, depth = { 0, 0, 1 },
					enough = { 20, 4, 2 };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct arena a;
		struct diags d;
		struct value v;

		arena_init(&a, &alloc_libc, 0);
		diags_init(&d, &a);
		assert_true(parse_document(str_of(sources[i]), 1, &enough, &a, &d, &v));
		assert_int_equal(d.n, 0);
		assert_false(parse_document(str_of(sources[i]), 1, &bytes, &a, &d, &v));
		assert_false(parse_document(str_of(sources[i]), 1, &nodes, &a, &d, &v));
		assert_int_equal(v.kind, VALUE_NULL);
		assert_false(parse_document(str_of(sources[i]), 1, &depth, &a, &d, &v));
		assert_int_equal(d.n, 3);
		arena_release(&a);
	}
}

static void test_find_is_linear(void **state)
{
	static const char *const units[] = { "a: b\n", "\n", "#\n", "---x\n", "\"",     "a ",
					     "{",      "'a", "& ",  "&a ",    "prose\n" };
	static const char *const heads[] = { "---\n", "---\na: ", "+++\n", "{\"a\": ", "{\"" };
	double start = seconds_of_processor();

	(void)state;
	for (size_t h = 0; h < sizeof(heads) / sizeof(heads[0]); h++) {
		for (size_t u = 0; u < sizeof(units) / sizeof(units[0]); u++) {
			struct str s = repeated(heads[h], units[u], 100000, "");

			(void)frontmatter_find(s);
			free((char *)s.p);
		}
	}
	assert_true(seconds_of_processor() - start < 10.0);
}

static void test_refused_memory(void **state)
{
	(void)state;
	assert_survives_refusal(parse_document, "{\"a\": [1, \"x\", {\"b\": null}]}\n");
	assert_survives_refusal(parse_document, "---\na: b\n---\n");
	assert_survives_refusal(parse_document, "+++\na = 'b'\n+++\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_yaml_blocks),
		cmocka_unit_test(test_broken_yaml_is_a_block),
		cmocka_unit_test(test_bom),
		cmocka_unit_test(test_prose_is_body),
		cmocka_unit_test(test_unterminated),
		cmocka_unit_test(test_toml_blocks),
		cmocka_unit_test(test_json_blocks),
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_find_is_linear),
		cmocka_unit_test(test_refused_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
