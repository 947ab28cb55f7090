/*
 * test_yaml_simple.c - the reader of simple YAML against libyaml: what it
 * takes it reads the same, places included, and it takes what is common.
 */
#include "frontmatter_support.h"
#include "../base/scale.h"

#include "doc/yaml_internal.h"

static bool is_same(const struct value *a, const struct value *b);

static bool is_same_list(const struct value *a, const struct value *b)
{
	bool same = a->as.list.n == b->as.list.n;

	for (size_t i = 0; same && i < a->as.list.n; i++)
		same = is_same(&a->as.list.items[i], &b->as.list.items[i]);
	return same;
}

static bool is_same_map(const struct value *a, const struct value *b)
{
	bool same = a->as.map.n == b->as.map.n;

	for (size_t i = 0; same && i < a->as.map.n; i++) {
		const struct value_member *x = &a->as.map.members[i], *y = &b->as.map.members[i];
		same = str_eq(x->key, y->key) && x->line == y->line && x->column == y->column &&
		       is_same(&x->value, &y->value);
	}
	return same;
}

/* Order and places count. */
static bool is_same(const struct value *a, const struct value *b)
{
	if (a->kind != b->kind || a->line != b->line || a->column != b->column)
		return false;
	if (a->kind == VALUE_LIST)
		return is_same_list(a, b);
	return a->kind == VALUE_MAP ? is_same_map(a, b) : value_equal(a, b);
}

/* True when it was taken; what libyaml makes of it must then be the same. */
static bool check(struct str text)
{
	const struct frontmatter_limits limits = frontmatter_limits_resolve(NULL);
	struct arena a;
	struct diags d;
	struct value simple, full;

	arena_init(&a, &alloc_libc, 0);
	diags_init(&d, &a);
	bool taken = frontmatter_text_check(text, 3, &d) &&
		     yaml_read_simple(text, 3, &limits, &a, &simple) == YAML_SIMPLE;
	if (taken && (!yaml_read_full(text, 3, &limits, &a, &d, &full) || d.n || !is_same(&simple, &full)))
		fail_msg("read otherwise by libyaml (%s):\n%.*s", d.n ? d.items[0].message : "", (int)text.n, text.p);
	arena_release(&a);
	return taken;
}

static void common_forms_are_taken(void **state)
{
	static const char *const texts[] = {
		"title: A post\ndate: 2024-11-30 10:20:30 +0900\n",
		"title: \"Quoted: with a colon # and this\"\nother: 'single'\n",
		"tags: [a, \"b c\", 'd', 5, true]\nempty: []\n",
		"tags:\n  - a\n  - b c\nnext: x\n",
		"tags:\n- a\n- \"b\"\n\n- c\nnext: x\n",
		"nothing:\nnull_too: ~\nlast:",
		"n: 12\nf: 1.5e3\nhex: 0x1F\nno: no\nyes: true\nneg: -7\n",
		"title: 한국어 제목\nd: 2018/07/08\nurl: https://example.org/a?b=c#d\n",
		"\n\na: 1\r\nb:   spaced   \r\n\r\nc: \"x\"  \r\n",
		"a.b-c_d: x\n2020: year\ntrue: word\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		if (!check(str_of(texts[i])))
			fail_msg("%s", texts[i]);
	}
}

static void doubtful_forms_are_left(void **state)
{
	static const char *const texts[] = {
		"",
		"\n",
		"a: b: c\n",
		"a: b # c\n",
		"# c\na: b\n",
		"a: &x b\n",
		"a: *x\n",
		"a: !t b\n",
		"a: |\n  b\n",
		"a: b\n  c\n",
		"a:\n  b: c\n",
		"a: {b: c}\n",
		"a: [b, [c]]\n",
		"a: [b,\n c]\n",
		"a: [b, ]\n",
		"a: [b: c]\n",
		"a: 'it''s'\n",
		"a: \"\\n\"\n",
		"a: \"b\" c\n",
		"a: \"b\n  c\"\n",
		"a : b\n",
		"a:b\n",
		"a:\tb\n",
		"a: b\tc\n",
		"a: 1\na: 2\n",
		"null: x\n",
		"? a\n",
		"- a\n",
		"a:\n - b\n- c\n",
		"a:\n- b\n  c\n",
		"a:\n-\n",
		"a: .inf\n",
		"a: - b\n",
		"a: b\rc: d\n",
		"a: b\xc2\x85"
		"c: d\n",
		"a: b\xe2\x80\xa8"
		"c: d\n",
		"a: \xef\xbb\xbf\n",
		"---\na: b\n",
		"a: b\n...\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (check(str_of(texts[i])))
			fail_msg("taken: %s", texts[i]);
}

static unsigned next(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 16;
}

/* Pieces of lines put together at random; most results are broken, many are simple. */
static void random_texts_are_read_the_same(void **state)
{
	static const char *const pieces[] = {
		"a",
		"bc: ",
		"key: ",
		"k2:",
		": ",
		":",
		"\n",
		"\n",
		"\n",
		"\n\n",
		"\r\n",
		" ",
		"  ",
		"- ",
		"-",
		"  - ",
		"[",
		"]",
		"[a, b]",
		"[]",
		", ",
		",",
		"\"",
		"'",
		"\"q: r\"",
		"'q # r'",
		"#",
		" # c",
		"&",
		"*",
		"!",
		"|",
		">",
		"%",
		"@",
		"`",
		"{",
		"}",
		"?",
		"? ",
		"\\",
		"/",
		"~",
		"null",
		"true",
		"12",
		"-3",
		"0x1f",
		"1.5",
		"1e9",
		"+",
		".",
		"...",
		"---",
		"$",
		"^",
		";",
		"<",
		"=",
		"<<: ",
		"\xed\x95\x9c",
		"\xc3\xa9",
		"\xc2\xa0",
		"\xc2\x85",
		"\xe2\x80\xa8",
		"\xef\xbb\xbf",
		"\xef\xbf\xbf",
		"\xf0\x9f\x98\x80",
		"\t",
		"\r",
		"\x01",
		"\x7f",
		"x y z",
		"x.y-z_w",
		"2024-01-02",
		"10:20",
		"http://a/b",
		".nan",
	};
	unsigned seed = 11;
	size_t taken = 0;

	(void)state;
	for (int i = 0, last = scaled(300000); i < last; i++) {
		char text[400];
		size_t n = 0, parts = next(&seed) % 8;
		for (size_t k = 0; k < parts; k++) {
			const char *piece = pieces[next(&seed) % (sizeof pieces / sizeof *pieces)];
			if (n > 0 && next(&seed) % 3 == 0)
				n += (size_t)snprintf(text + n, sizeof text - n, "\n");
			if ((n == 0 || text[n - 1] == '\n') && next(&seed) % 8)
				n += (size_t)snprintf(text + n, sizeof text - n, "k%u: ", next(&seed) % 100);
			n += (size_t)snprintf(text + n, sizeof text - n, "%s", piece);
		}
		taken += check((struct str){ text, n });
	}
	assert_true(taken > (size_t)scaled(10000));
}

static void limits_are_libyamls(void **state)
{
	static const char text[] = "a: [1, 2, 3]\nb:\n- x\n- y\nc:\nd: z\n";
	(void)state;
	for (size_t nodes = 1; nodes < 14; nodes++) {
		for (uint32_t depth = 1; depth < 4; depth++) {
			const struct frontmatter_limits limits = { 1000, nodes, depth };
			struct arena a;
			struct diags d;
			struct value v, full;

			arena_init(&a, &alloc_libc, 0);
			diags_init(&d, &a);
			bool ok = yaml_read(str_of(text), 1, &limits, &a, &d, &v);
			size_t said = d.n;
			assert_int_equal(ok, yaml_read_full(str_of(text), 1, &limits, &a, &d, &full));
			assert_int_equal(d.n, 2 * said);
			assert_true(!ok || is_same(&v, &full));
			arena_release(&a);
		}
	}
}

static void refused_memory_is_told(void **state)
{
	(void)state;
	assert_survives_refusal(yaml_read, "a: b\nc: [d, 'e']\nf:\n  - g\n  - 1\nh:\ni: 'j'\nk: l\nm: n\no: p\nq: r\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(common_forms_are_taken),         cmocka_unit_test(doubtful_forms_are_left),
		cmocka_unit_test(random_texts_are_read_the_same), cmocka_unit_test(limits_are_libyamls),
		cmocka_unit_test(refused_memory_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
