/*
 * test_attributes.c - kramdown's attribute lists: what is one, what is prose,
 * and what becomes of each part.
 */
#include "../base/cmocka_all.h"
#include "../base/heap.h"
#include "base/buf.h"
#include "doc/attributes.h"

static void test_check(void **state)
{
	static const struct {
		const char *text;
		bool is_list;
	} cases[] = {
		{ "", true },
		{ "  ", true },
		{ " .a", true },
		{ ".a .b-c_d", true },
		{ "#id.class", true },
		{ "#a #b", true },
		{ ".한글", true },
		{ " width=\"3\" ", true },
		{ "a='b c' d=e", true },
		{ "a=\"b \\\" c\"", true },
		{ "toc", true },
		{ "name: .a", true },
		{ "two words", false },
		{ "one, two", false },
		{ ".", false },
		{ "#", false },
		{ "a=", false },
		{ "a=\"b", false },
		{ "a='b", false },
		{ "\"a\"", false },
		{ ".a!", false },
		{ "=a", false },
		{ "a=\"b\"c", false },
		{ ".a,.b", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (attributes_check(str_of(cases[i].text)) != cases[i].is_list)
			fail_msg("%s", cases[i].text);
}

static void test_definition(void **state)
{
	(void)state;
	assert_true(attributes_is_definition(STR_LIT("name: .a")));
	assert_true(attributes_is_definition(STR_LIT(" name: ")));
	assert_false(attributes_is_definition(STR_LIT(".a")));
	assert_false(attributes_is_definition(STR_LIT("name")));
	assert_false(attributes_is_definition(STR_LIT("")));
}

static void test_apply(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "", "" },
		{ ".a", "class=a;" },
		{ "#a.b .c", "id=a;class=b c;" },
		{ "k=\"v w\" l='x' m=y", "k=v w;l=x;m=y;" },
		{ "toc", "" },
		{ "id=a #b", "id=b;" },
		{ ".a ! .b", "class=a;" },
		{ "k=\"\"", "k=;" },
		{ "data-x=1 xml:lang=ko", "data-x=1;xml:lang=ko;" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena a;
		struct buf got;
		struct event e = { 0 };
		arena_init(&a, &alloc_libc, 0);
		buf_init(&got, &alloc_libc, 0);
		assert_true(attributes_apply(&a, &e, str_of(cases[i].text), NULL, 0));
		for (const struct event_attr *attr = e.attrs; attr; attr = attr->next)
			buf_addf(&got, "%.*s=%.*s;", (int)attr->key.n, attr->key.p, (int)attr->value.n, attr->value.p);
		assert_str(buf_str(&got), cases[i].want);
		buf_release(&got);
		arena_release(&a);
	}
}

static void test_refused(void **state)
{
	struct test_heap heap;
	struct arena a;
	struct event e = { 0 };

	(void)state;
	test_heap_init(&heap, 1);
	arena_init(&a, &heap.alloc, 0);
	assert_false(attributes_apply(&a, &e, STR_LIT(".a #b"), NULL, 0));
	assert_true(attributes_apply(&a, &e, STR_LIT("toc"), NULL, 0));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_definition),
		cmocka_unit_test(test_apply),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
