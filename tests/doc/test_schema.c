/*
 * test_schema.c - schemas for front matter: what is told and where, wrong
 * schemas, patterns of ECMA 262, hostile schemas and values, refused memory.
 * That keywords mean what JSON Schema says is tested in tests/conformance.
 */
#include "frontmatter_support.h"

#include "doc/schema.h"
#include "doc/schema_private.h"

/* Reads both (the value as front matter of a whole document) and writes what is told, a line each. */
static bool told(const char *schema, const char *document, char *out, size_t size)
{
	const struct frontmatter fm = frontmatter_find(str_of(document));
	const struct schema *s;
	struct value v = value_null();
	struct arena a;
	struct diags d;
	bool ok = false;
	size_t n = 0;

	arena_init(&a, &alloc_libc, 0);
	diags_init(&d, &a);
	s = schema_read(&a, STR_LIT("schema"), str_of(schema), &d);
	if (s && frontmatter_parse(&fm, NULL, &a, &d, &v))
		ok = schema_check(s, v.kind == VALUE_MAP ? &v : NULL, &d);
	out[0] = 0;
	for (size_t i = 0; i < d.n && n < size; i++)
		n += (size_t)snprintf(out + n, size - n, "%u:%u: %s%s%s\n", (unsigned)d.items[i].line,
				      (unsigned)d.items[i].column, d.items[i].message, d.items[i].hint ? " | " : "",
				      d.items[i].hint ? d.items[i].hint : "");
	arena_release(&a);
	return ok;
}

static void good(const char *schema, const char *document)
{
	char out[4000];

	if (!told(schema, document, out, sizeof(out)) || out[0])
		fail_msg("%s\n%s\n%s", schema, document, out);
}

static void bad(const char *schema, const char *document, const char *wanted)
{
	char out[4000];

	if (told(schema, document, out, sizeof(out)) || strcmp(out, wanted) != 0)
		fail_msg("%s\n%s\nwanted\n%sgot\n%s", schema, document, wanted, out);
}

/* The schema itself is refused, with these words among what is told. */
static void refused(const char *schema, const char *words)
{
	char out[4000];

	if (told(schema, "", out, sizeof(out)) || !strstr(out, words))
		fail_msg("%s\nwanted %s\ngot %s", schema, words, out);
}

/* ---------------------------------------------------------------- messages */

static void test_complaints_name_place_wish_and_find(void **state)
{
	const char *doc = "---\ntitle: 7\ntags: [a, b, [c]]\nauthors:\n  - name: Kim\n  - nmae: Lee\n---\n";

	(void)state;
	bad("properties: {title: {type: string}}", doc, "2:8: title: wanted a string, found the integer 7\n");
	bad("properties: {tags: {items: {type: [string, 'null']}}}", doc,
	    "3:14: tags[3]: wanted a string or nothing (null), found a list of 1 item\n");
	bad("properties: {authors: {items: {required: [name], properties: {name: true}, additionalProperties: false}}}",
	    doc,
	    "6:5: authors[2].name: is missing\n"
	    "6:5: authors[2].nmae: the schema knows no such field | did you mean name?\n");
	bad("required: [date]\nmaxProperties: 2", doc,
	    "2:1: date: is missing\n2:1: the front matter: wanted at most 2 fields, found 3\n");
	bad("properties: {title: {const: 8}}", doc, "2:8: title: wanted 8, found the integer 7\n");
	bad("properties: {title: {minimum: 7.5}}", doc, "2:8: title: wanted at least 7.5, found 7\n");
	bad("properties: {title: {multipleOf: 2}}", doc, "2:8: title: wanted a multiple of 2, found 7\n");
	bad("properties: {tags: {maxItems: 1}}", doc, "3:7: tags: wanted at most 1 item, found 3\n");
	bad("properties: {tags: {contains: {type: integer}}}", doc,
	    "3:7: tags: wanted at least one item of the kind that the schema asks for, found 0 among 3\n");
	bad("properties: {title: false}", doc, "2:8: title: the schema allows nothing here\n");
	bad("propertyNames: {maxLength: 5}", doc,
	    "4:1: the name of authors: wanted at most 5 characters, found 7: \"authors\"\n");
	bad("dependentRequired: {title: [date]}", doc, "2:1: date: is missing, which is wanted where there is title\n");
	bad("properties: {title: {not: {type: integer}}}", doc,
	    "2:8: title: must not be an integer; found the integer 7\n");
}

static void test_alternatives(void **state)
{
	const char *people = "properties: {a: {anyOf: [{type: string}, {type: array, items: {type: string}}]}}";

	(void)state;
	good(people, "---\na: x\n---\n");
	bad(people, "---\na: 1\n---\n", "2:4: a: wanted a string, or a list; found the integer 1\n");
	/* The one whose type fits was meant. */
	bad(people, "---\na: [x, 1]\n---\n", "2:8: a[2]: wanted a string, found the integer 1\n");
	bad("properties: {a: {oneOf: [{const: x}, {enum: [y, z]}]}}", "---\na: w\n---\n",
	    "2:4: a: wanted \"x\", or one of [\"y\",\"z\"]; found the string \"w\"\n");
	bad("properties: {a: {oneOf: [{type: integer}, {type: number}]}}", "---\na: 1\n---\n",
	    "2:4: a: wanted exactly one of 2 alternatives, but it is both an integer and a number\n");
	bad("properties: {a: {oneOf: [{title: a short one, type: string, maxLength: 1}, {minLength: 9}]}}",
	    "---\na: abc\n---\n", "2:4: a: wanted a short one, or the schema in line 1; found the string \"abc\"\n");
	/* Told once though found twice. */
	bad("allOf: [{$ref: '#/$defs/t'}, {$ref: '#/$defs/t'}]\n$defs: {t: {required: [x]}}", "---\na: 1\n---\n",
	    "2:1: x: is missing\n");
	bad("if: {properties: {a: {const: 1}}}\nthen: {required: [b]}\nelse: {required: [c]}", "---\na: 1\n---\n",
	    "2:1: b: is missing\n");
}

static void test_places_in_every_syntax(void **state)
{
	const char *schema = "properties: {a: {properties: {b: {items: {type: string}}}}}";

	(void)state;
	bad(schema, "---\na:\n  b:\n    - x\n    - 2\n---\n", "5:7: a.b[2]: wanted a string, found the integer 2\n");
	bad(schema, "---\r\na: {b: [x, 2]}\r\n---\r\n", "2:12: a.b[2]: wanted a string, found the integer 2\n");
	bad(schema, "+++\n[a]\nb = [\"x\",\n  2]\n+++\n", "4:3: a.b[2]: wanted a string, found the integer 2\n");
	bad(schema, "{ \"a\" :\n  {\"é\": \"\\\"}\", \"b\":[ \"x\" ,\n 2 ] } }\n",
	    "3:2: a.b[2]: wanted a string, found the integer 2\n");
	bad("additionalProperties: false", "{\"x\": {}, \n \"y\": []}\n",
	    "1:2: x: the schema knows no such field\n2:2: y: the schema knows no such field\n");
	bad("additionalProperties: {type: 'null'}", "---\n\"a b\": ~\n\"c.d\": 1\n---\n",
	    "3:8: [\"c.d\"]: wanted nothing (null), found the integer 1\n");
	bad("properties: {a: {type: string}}", "---\nb: &x 5\na: *x\n---\n",
	    "3:4: a: wanted a string, found the integer 5\n");
}

static void test_no_front_matter(void **state)
{
	(void)state;
	good("type: object", "text\n");
	bad("required: [title]", "text\n", "1:1: title: is missing (the document has no front matter)\n");
	bad("minProperties: 1", "text\n",
	    "1:1: the front matter: wanted at least 1 field, found 0 (the document has no front matter)\n");
	bad("required: [title]", "---\n---\n", "2:1: title: is missing\n");
}

static void test_long_texts_are_cut(void **state)
{
	char out[4000], doc[600] = "---\na: ";

	(void)state;
	for (int i = 0; i < 100; i++)
		strcat(doc, "한a");
	strcat(doc, "\n---\n");
	assert_false(told("properties: {a: {type: integer}}", doc, out, sizeof(out)));
	assert_true(strlen(out) < 150);
	assert_non_null(strstr(out, "…\""));
}

/* ----------------------------------------------------------- wrong schemas */

static void test_wrong_schemas(void **state)
{
	(void)state;
	refused("type: strng", "1:7: type wants one of string, integer");
	refused("type: [string, 5]", "1:16: type wants one of");
	refused("properties: [a]", "1:13: properties wants a map of names to schemas, found a list of 1 item");
	refused("properties: {a: 5}", "1:17: a schema is a map of keywords, or true or false");
	refused("required: title", "1:11: required wants a list of names, found the string \"title\"");
	refused("minLength: -1", "1:12: minLength wants a number that is not negative");
	refused("minLength: 1.5", "1:12: minLength wants a whole number");
	refused("multipleOf: 0", "1:13: multipleOf wants a number over 0");
	refused("uniqueItems: 1", "1:14: uniqueItems wants true or false");
	refused("enum: a", "1:7: enum wants a list");
	refused("anyOf: []", "1:8: anyOf wants a list of one schema or more, found an empty list");
	refused("format: [date]", "1:9: format wants a string");
	refused("dependentRequired: {a: b}", "1:24: dependentRequired wants a list of names for each name");
	refused("pattern: '(a'", "1:10: pattern is no regular expression of ECMA 262: missing closing parenthesis");
	refused("patternProperties: {'a**': true}", "1:21: patternProperties is no regular expression");
	refused("a: 1\nb: [\n", "3:1: the schema is not valid YAML");
	refused("{\"type\": }", "1:10: the schema is not valid JSON");
	refused("- a\n", "a schema is a map of keywords, or true or false; this is a list");
	refused("unevaluatedProperties: false", "1:1: unevaluatedProperties is not supported | write additional");
	refused("items: {additionalItems: true}", "1:9: additionalItems is not supported | write prefixItems");
	refused("$dynamicRef: '#a'", "$dynamicRef is not supported");
	/* All at once. */
	refused("type: x\nminimum: y\n", "1:7: type");
	refused("type: x\nminimum: y\n", "2:10: minimum wants a number, found the string \"y\"");
}

static void test_warnings_about_schemas(void **state)
{
	char out[4000];

	(void)state;
	assert_true(told("tpye: string\nitems: {tpye: x, zzz: 1}\nx-mine: 1", "---\na: 1\n---\n", out, sizeof(out)));
	assert_string_equal(out, "1:1: \"tpye\" is no keyword of JSON Schema 2020-12: it checks nothing | did you mean "
				 "type?\n2:18: \"zzz\" is no keyword of JSON Schema 2020-12: it checks nothing\n");
	assert_true(told("format: colour", "", out, sizeof(out)));
	assert_non_null(strstr(out, "1:9: the format \"colour\" is not checked"));
	assert_true(told("$schema: http://json-schema.org/draft-07/schema#", "", out, sizeof(out)));
	assert_non_null(strstr(out, "read as 2020-12"));
	assert_true(told("type: object\ntype: object", "", out, sizeof(out)));
	assert_non_null(strstr(out, "given twice"));
	good("$schema: https://json-schema.org/draft/2020-12/schema\n$id: https://x.example/s\ntitle: t\n"
	     "description: d\ndefault: {}\nexamples: []\ndeprecated: false\n$comment: c\nreadOnly: true",
	     "");
}

static void test_formats_of_names(void **state)
{
	const char *names = "---\na: \xED\x95\x9C.example\nb: \xED\x95\x9C@d.example\n---\n";

	(void)state;
	bad("properties: {a: {format: hostname}}", names,
	    "2:4: a: wanted a host name, found the string \"\xED\x95\x9C.example\"\n");
	bad("properties: {b: {format: email}}", names,
	    "3:4: b: wanted an e-mail address, found the string \"\xED\x95\x9C@d.example\"\n");
	good("properties: {b: {format: idn-email}}", names);
}

static void test_references(void **state)
{
	(void)state;
	bad("$ref: '#/$defs/a~1b%25'\n$defs: {a/b%: {required: [x]}}", "",
	    "1:1: x: is missing (the document has no front "
	    "matter)\n");
	bad("$id: https://x.example/s\n$ref: https://x.example/s#n\n$defs: {k: {$anchor: n, required: [x]}}", "",
	    "1:1: x: is missing (the document has no front matter)\n");
	bad("properties: {a: {$ref: '#'}}\nrequired: [a]", "---\na: {a: {}}\n---\n", "2:8: a.a.a: is missing\n");
	bad("allOf: [{$ref: '#/allOf/1'}, {required: [x]}]", "---\na: 1\n---\n", "2:1: x: is missing\n");
	refused("$ref: '#/$defs/b'", "1:7: $ref leads to nothing in this file | write #");
	refused("$ref: '#nowhere'", "$ref leads to nothing");
	refused("$ref: '#/const'\nconst: {}", "$ref leads to no schema");
	refused("$ref: other.json", "$ref leads out of the file");
	refused("$ref: '#/allOf/01'\nallOf: [true]", "$ref leads to nothing");
	refused("$ref: '#'", "1:7: $ref leads in a circle");
	refused("$ref: '#/$defs/a'\n$defs: {a: {$ref: '#/$defs/b'}, b: {not: {anyOf: [{$ref: '#/$defs/a'}]}}}",
		"leads in a circle");
	refused("$defs: {a: {$anchor: x}, b: {$anchor: x}}", "this name is taken already");
	refused("items: {$id: http://x.example/}", "$id inside a schema is not supported");
}

/* ---------------------------------------------------------------- patterns */

static bool matches(const char *pattern, const char *text)
{
	struct budget budget = { 1000000 };
	struct regex *p;
	struct matcher *m;
	struct arena a;
	char why[200] = "";
	bool found;

	arena_init(&a, &alloc_libc, 0);
	p = regex_compile(&a, str_of(pattern), why, sizeof(why));
	m = matcher_new(&a);
	if (!p)
		fail_msg("%s: %s", pattern, why);
	found = regex_matches(p, str_of(text), m, &budget);
	assert_true(budget.left > 0);
	arena_release(&a);
	return found;
}

static void no_pattern(const char *pattern, const char *words)
{
	struct arena a;
	char why[200] = "";

	arena_init(&a, &alloc_libc, 0);
	if (regex_compile(&a, str_of(pattern), why, sizeof(why)) || !strstr(why, words))
		fail_msg("%s: %s", pattern, why);
	arena_release(&a);
}

static void test_patterns_of_ecma(void **state)
{
	(void)state;
	assert_true(matches("b", "abc"));
	assert_true(matches("^a.c$", "a한c"));
	assert_false(matches("^a.c$", "a\nc"));
	assert_false(matches("^abc$", "abc\n"));
	assert_false(matches("^.$", "\xe2\x80\xa8"));
	assert_true(matches("^\\s\\S$", "\xc2\xa0x"));
	assert_true(matches("^[\\s,]+[^\\s]$", "\xef\xbb\xbf, x"));
	assert_false(matches("\\d", "\xdb\xb1"));
	assert_true(matches("^\\p{Nd}\\p{Letter}\\p{Script=Hangul}\\P{Lu}$", "\xdb\xb1x한a"));
	assert_false(matches("\\w", "é"));
	assert_true(matches("^\\v\\x41\\u0042\\u{1F600}\\cA\\0$", "\vAB😀\x01") == false);
	assert_true(matches("^\\v\\x41\\u0042\\u{1F600}\\cA$", "\vAB😀\x01"));
	assert_true(matches("^\\ud83d\\ude00$", "😀"));
	assert_true(matches("^(?<y>\\d{4})-\\k<y>$", "2024-2024"));
	assert_true(matches("^(a)(b)?\\1\\2$", "aa"));
	assert_true(matches("(?<=\\$)\\d+(?!\\d)", "$42"));
	assert_true(matches("^[[a-c]]$", "[]"));
	assert_true(matches("^[^]$", "x"));
	assert_false(matches("[]", "x"));
	assert_true(matches("^x{,2}y}]$", "x{,2}y}]"));
	assert_true(matches("^\\/\\-\\.\\ \\\"$", "/-. \""));
	assert_true(matches("^[\\b\\-\\]]+$", "\b-]"));
	assert_true(matches("^a+?b*?c??$", "aab"));
	assert_true(matches("", ""));
	assert_true(matches("^[가-힣]+$", "한글"));
	assert_true(matches("^#x y$", "#x y"));
	assert_true(matches("^[:alpha:]+$", "lap:"));
	assert_true(matches("^[^.=]$", "x"));
}

static void test_what_ecma_does_not_have(void **state)
{
	(void)state;
	no_pattern("\\a", "an escape that ECMA 262 does not know, at character 1");
	no_pattern("ab\\Z", "at character 3");
	no_pattern("\\Qx\\E", "does not know");
	no_pattern("\\K", "does not know");
	no_pattern("\\R", "does not know");
	no_pattern("(?i)x", "a group that ECMA 262 does not know");
	no_pattern("(?>x)", "a group");
	no_pattern("(?R)", "a group");
	no_pattern("(?#c)", "a group");
	no_pattern("(?C1)", "a group");
	no_pattern("(?P<n>x)", "a group");
	no_pattern("(*ACCEPT)", "nothing to repeat");
	no_pattern("(*LIMIT_MATCH=99)a", "nothing to repeat");
	no_pattern("a++", "nothing to repeat");
	no_pattern("a**", "nothing to repeat");
	no_pattern("a{2}{3}", "nothing to repeat");
	no_pattern("*a", "nothing to repeat");
	no_pattern("^*", "nothing to repeat");
	no_pattern("a|*", "nothing to repeat");
	no_pattern("[a", "[ is not closed");
	no_pattern("(a", "missing closing parenthesis");
	no_pattern("a)", "unmatched closing parenthesis");
	no_pattern("[z-a]", "range out of order");
	no_pattern("\\", "a backslash at the end");
	no_pattern("\\u12", "four hexadecimal digits");
	no_pattern("\\u{110000}", "no character");
	no_pattern("\\ud800", "half of a surrogate pair");
	no_pattern("\\x1", "two hexadecimal digits");
	no_pattern("\\c1", "wants a letter");
	no_pattern("\\01", "before a digit");
	no_pattern("\\p", "name of a property");
	no_pattern("\\p{No(pe}", "name of a property");
	no_pattern("\\p{Nope}", "unknown property");
	no_pattern("\\k<n>", "");
	no_pattern("[\\1]", "inside [ ]");
}

/* ----------------------------------------------------------------- hostile */

/* Given up within the time, with a word about it. */
static void gives_up(const char *schema, const char *document)
{
	const double before = seconds_of_processor();
	char out[60000];

	assert_false(told(schema, document, out, sizeof(out)));
	if (!strstr(out, "checking was given up"))
		fail_msg("%.200s\n%.300s", schema, out);
	assert_true(seconds_of_processor() - before < 10);
}

static void test_hostile_patterns(void **state)
{
	struct str doc = repeated("---\na: ", "a", 200000, "!\n---\n");
	struct str small = repeated("---\na: ", "a", 60, "!\n---\n");

	(void)state;
	gives_up("properties: {a: {pattern: '^(a+)+$'}}", small.p);
	gives_up("properties: {a: {pattern: '(a*)*[bc]'}}", small.p);
	gives_up("properties: {a: {pattern: '(x+x+)+y|a*a*a*a*a*b'}}", doc.p);
	gives_up("properties: {a: {pattern: '^(?:.*){1,50}b'}}", doc.p);
	gives_up("properties: {a: {pattern: 'a*[cd]'}}", doc.p);
	gives_up("properties: {a: {not: {pattern: '^(a+)+$'}}}", small.p);
	refused("pattern: '((((a{1,9999}){1,9999}){1,9999}){1,9999})'", "pattern is no regular expression");
	refused("pattern: '((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((("
		"((((((((((((((((((((((((((x'",
		"pattern is no regular expression");
	free((char *)doc.p);
	free((char *)small.p);
}

/* a0 asks for a1 twice, that for a2 twice, ... */
static void test_doubling_references(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, &alloc_libc, 0);
	buf_addz(&b, "$ref: '#/$defs/a0'\n$defs:\n");
	for (int i = 0; i < 60; i++)
		buf_addf(&b, "  a%d: {allOf: [{$ref: '#/$defs/a%d'}, {$ref: '#/$defs/a%d'}]}\n", i, i + 1, i + 1);
	buf_addz(&b, "  a60: {}\n");
	gives_up(b.p, "---\na: 1\n---\n");
	buf_release(&b);
}

static void test_long_chains(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, &alloc_libc, 0);
	buf_addz(&b, "{\"$ref\": \"#/$defs/a0\", \"$defs\": {");
	for (int i = 0; i < 50000; i++)
		buf_addf(&b, "\"a%d\": {\"$ref\": \"#/$defs/a%d\"},\n", i, i + 1);
	buf_addz(&b, "\"a50000\": {}}}");
	gives_up(b.p, "---\na: 1\n---\n");
	buf_release(&b);
}

static void test_many_values_and_complaints(void **state)
{
	struct str doc = repeated("---\na: [", "1, ", 90000, "1]\n---\n");
	const double before = seconds_of_processor();
	char out[20000];
	struct str shown;

	(void)state;
	assert_false(told("properties: {a: {items: {type: string}}}", doc.p, out, sizeof(out)));
	assert_non_null(strstr(out, "more diagnostics follow"));
	assert_null(strstr(out, "given up"));
	assert_false(told("properties: {a: {uniqueItems: true}}", doc.p, out, sizeof(out)));
	shown = str_of("2:8: a[2]: repeats item 1, and each may be there once: 1\n");
	assert_true(str_eq(str_of(out), shown));
	good("properties: {a: {items: {enum: [2, 3, 1]}, contains: {const: 1}, maxItems: 100000}}", doc.p);
	assert_true(seconds_of_processor() - before < 10);
	free((char *)doc.p);
}

static void test_deep_schemas(void **state)
{
	struct str deep = repeated("", "{\"not\":", 5000, "true"), fits = repeated("", "{\"items\":", 190, "true");
	struct str closed;
	char out[4000];

	(void)state;
	refused(deep.p, "the schema");
	closed = repeated(fits.p, "}", 190, "");
	assert_true(told(closed.p, "", out, sizeof(out)));
	free((char *)deep.p);
	free((char *)fits.p);
	free((char *)closed.p);
}

static void test_refused_memory(void **state)
{
	const struct str schema = STR_LIT(
		"properties: {a: {anyOf: [{pattern: ^x}, {type: array, uniqueItems: true, items: "
		"{$ref: '#/$defs/d'}}]}}\n$defs: {d: {format: date}}\nrequired: [b]\n");
	bool ok = false;

	(void)state;
	for (size_t k = 1; !ok; k++) {
		struct stingy s = { k, 0, 0 };
		struct alloc heap = { stingy_fn, &s };
		const struct schema *read;
		struct value v;
		struct arena a;
		struct diags d;

		assert_true(k < 10000);
		arena_init(&a, &heap, 0);
		diags_init(&d, &a);
		read = schema_read(&a, STR_LIT("s.yaml"), schema, &d);
		if (read && yaml_read(STR_LIT("a: [x, x]\nc: 1\n"), 1, NULL, &a, &d, &v)) {
			assert_false(schema_check(read, &v, &d));
			ok = !a.refused && !d.lost;
		}
		assert_true(ok || a.refused || d.lost);
		arena_release(&a);
		assert_int_equal(s.held, 0);
	}
}

static void test_every_keyword_is_found(void **state)
{
	static const char *const names[] = { "$anchor",     "$comment", "$defs",
					     "$id",         "$ref",     "$schema",
					     "allOf",       "const",    "contains",
					     "definitions", "else",     "enum",
					     "examples",    "format",   "if",
					     "maxItems",    "maximum",  "minItems",
					     "minimum",     "not",      "prefixItems",
					     "properties",  "then",     "type",
					     "pattern",     "required", "propertyNames",
					     "multipleOf",  "oneOf",    "writeOnly",
					     "anyOf",       "items",    "dependentSchemas",
					     "uniqueItems", "default",  "title" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct keyword_info *info = keyword_find(str_of(names[i]));

		assert_non_null(info);
		assert_string_equal(info->name, names[i]);
	}
	assert_null(keyword_find(STR_LIT("")));
	assert_null(keyword_find(STR_LIT("Type")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_complaints_name_place_wish_and_find),
		cmocka_unit_test(test_alternatives),
		cmocka_unit_test(test_places_in_every_syntax),
		cmocka_unit_test(test_no_front_matter),
		cmocka_unit_test(test_long_texts_are_cut),
		cmocka_unit_test(test_wrong_schemas),
		cmocka_unit_test(test_warnings_about_schemas),
		cmocka_unit_test(test_formats_of_names),
		cmocka_unit_test(test_references),
		cmocka_unit_test(test_patterns_of_ecma),
		cmocka_unit_test(test_what_ecma_does_not_have),
		cmocka_unit_test(test_hostile_patterns),
		cmocka_unit_test(test_doubling_references),
		cmocka_unit_test(test_long_chains),
		cmocka_unit_test(test_many_values_and_complaints),
		cmocka_unit_test(test_deep_schemas),
		cmocka_unit_test(test_refused_memory),
		cmocka_unit_test(test_every_keyword_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
