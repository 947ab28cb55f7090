/*
 * test_value.c - lists and maps: order, lookup, copying, floods of keys.
 */
#include "cmocka_all.h"
#include "heap.h"

#include <stdio.h>

#include "base/value.h"

static struct arena arena;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena, &alloc_libc, 0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static void scalars(void **state)
{
	(void)state;
	assert_int_equal(value_null().kind, VALUE_NULL);
	assert_true(value_bool(true).as.boolean);
	assert_int_equal(value_int(INT64_MIN).as.integer, INT64_MIN);
	assert_true(value_float(1.5).as.number == 1.5);
	assert_str(value_string(STR_LIT("x")).as.string, "x");
	assert_int_equal(value_list().as.list.n, 0);
	assert_int_equal(value_map().as.map.n, 0);
	assert_int_equal(value_map().line, 0);
	assert_string_equal(value_kind_name(VALUE_NULL), "null");
	assert_string_equal(value_kind_name(VALUE_BOOL), "boolean");
	assert_string_equal(value_kind_name(VALUE_INT), "integer");
	assert_string_equal(value_kind_name(VALUE_FLOAT), "number");
	assert_string_equal(value_kind_name(VALUE_STRING), "string");
	assert_string_equal(value_kind_name(VALUE_LIST), "list");
	assert_string_equal(value_kind_name(VALUE_MAP), "map");
}

static void lists_keep_order(void **state)
{
	struct value list = value_list();

	(void)state;
	for (int i = 0; i < 1000; i++) {
		struct value *stored = value_append(&arena, &list, value_int(i));

		assert_non_null(stored);
		assert_int_equal(stored->as.integer, i);
	}
	assert_int_equal(list.as.list.n, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(list.as.list.items[i].as.integer, i);
}

static void maps_find_and_replace(void **state)
{
	struct value map = value_map();
	struct value number = value_int(1);

	(void)state;
	assert_null(value_get(NULL, STR_LIT("a")));
	assert_null(value_getz(&number, "a"));
	assert_null(value_getz(&map, "a"));
	for (int round = 0; round < 2; round++) {
		assert_non_null(value_setz(&arena, &map, "b", value_int(1 + round)));
		assert_non_null(value_setz(&arena, &map, "a", value_int(2 + round)));
		assert_non_null(value_set(&arena, &map, STR_LIT("a\0b"), value_int(3 + round)));
		assert_non_null(value_set(&arena, &map, STR_EMPTY, value_int(4 + round)));
	}
	assert_int_equal(map.as.map.n, 4);
	assert_str(map.as.map.members[0].key, "b");
	assert_int_equal(value_getz(&map, "b")->as.integer, 2);
	assert_int_equal(value_get(&map, STR_LIT("a\0b"))->as.integer, 4);
	assert_int_equal(value_getz(&map, "")->as.integer, 5);
	assert_str(value_member(&map, STR_LIT("a"))->key, "a");
}

static struct str numbered_key(int i)
{
	char *key = arena_printf(&arena, "key-%d", i);

	assert_non_null(key);
	return str_of(key);
}

static void a_hundred_thousand_keys(void **state)
{
	enum { N = 100000 };
	struct value map = value_map(), copy;

	(void)state;
	for (int i = 0; i < N; i++)
		assert_non_null(value_set(&arena, &map, numbered_key(i), value_int(i)));
	for (int i = 0; i < N; i += 7)
		assert_non_null(value_set(&arena, &map, numbered_key(i), value_int(-i)));
	assert_int_equal(map.as.map.n, N);
	assert_true(value_copy(&arena, &map, &copy));
	for (int i = 0; i < N; i++) {
		struct str key = map.as.map.members[i].key;

		assert_int_equal(value_get(&map, key)->as.integer, i % 7 == 0 ? -i : i);
		assert_ptr_equal(value_get(&copy, key), &copy.as.map.members[i].value);
	}
	assert_null(value_getz(&copy, "key-100000"));
	assert_true(value_equal(&map, &copy));
	value_sort_keys(&copy);
	for (int i = 1; i < N; i++)
		assert_true(str_cmp(copy.as.map.members[i - 1].key, copy.as.map.members[i].key) < 0);
	assert_true(value_equal(&map, &copy));
	assert_int_equal(value_getz(&copy, "key-5")->as.integer, 5);
}

static void megabyte_keys(void **state)
{
	enum { SIZE = 1 << 20, N = 20 };
	struct value map = value_map();

	(void)state;
	for (int i = 0; i < N; i++) {
		char *key = arena_alloc(&arena, SIZE);

		assert_non_null(key);
		memset(key, 'k', SIZE);
		key[SIZE - 1] = (char)i;
		assert_non_null(value_set(&arena, &map, (struct str){ key, SIZE }, value_int(i)));
	}
	for (int i = 0; i < N; i++)
		assert_int_equal(value_get(&map, map.as.map.members[i].key)->as.integer, i);
}

static struct value nested(unsigned depth, bool maps)
{
	struct value v = value_null();

	for (unsigned i = 0; i < depth; i++) {
		struct value outer = maps ? value_map() : value_list();

		if (maps)
			assert_non_null(value_setz(&arena, &outer, "k", v));
		else
			assert_non_null(value_append(&arena, &outer, v));
		v = outer;
	}
	return v;
}

static void depth_is_bounded(void **state)
{
	(void)state;
	for (int maps = 0; maps < 2; maps++) {
		struct value fits = nested(VALUE_MAX_DEPTH, maps), deep = nested(VALUE_MAX_DEPTH + 1, maps), copy;

		assert_true(value_copy(&arena, &fits, &copy));
		assert_true(value_equal(&fits, &copy));
		assert_false(value_copy(&arena, &deep, &copy));
		assert_false(value_equal(&deep, &deep));
	}
}

static void equality(void **state)
{
	struct value a = value_map(), b = value_map(), list_a = value_list(), list_b = value_list();
	struct value i = value_int(1), f = value_float(1.0), t = value_bool(true), n = value_null();

	(void)state;
	assert_false(value_equal(&i, &f));
	assert_false(value_equal(&t, &i));
	assert_true(value_equal(&n, &n));
	value_setz(&arena, &a, "x", i);
	value_setz(&arena, &a, "y", f);
	value_setz(&arena, &b, "y", f);
	assert_false(value_equal(&a, &b));
	i.line = 7;
	value_setz(&arena, &b, "x", i);
	assert_true(value_equal(&a, &b));
	value_setz(&arena, &b, "x", t);
	assert_false(value_equal(&a, &b));
	value_append(&arena, &list_a, a);
	value_append(&arena, &list_a, i);
	value_append(&arena, &list_b, i);
	assert_false(value_equal(&list_a, &list_b));
	value_append(&arena, &list_b, a);
	assert_false(value_equal(&list_a, &list_b));
}

static void copies_own_their_strings(void **state)
{
	char text[] = "text", key[] = "key";
	struct value map = value_map(), list = value_list(), copy;

	(void)state;
	list.line = 3;
	value_append(&arena, &list, value_string(str_of(text)));
	value_append(&arena, &list, value_string((struct str){ NULL, 0 }));
	value_append(&arena, &list, value_list());
	value_append(&arena, &list, value_map());
	value_set(&arena, &map, str_of(key), list);
	assert_true(value_copy(&arena, &map, &copy));
	memset(text, '?', 4);
	memset(key, '?', 3);
	assert_str(value_getz(&copy, "key")->as.list.items[0].as.string, "text");
	assert_int_equal(value_getz(&copy, "key")->line, 3);
}

static void sorts_small_maps_too(void **state)
{
	struct value map = value_map(), none = value_int(1);

	(void)state;
	value_sort_keys(&none);
	value_sort_keys(&map);
	value_setz(&arena, &map, "b", value_int(1));
	value_setz(&arena, &map, "", value_int(2));
	value_setz(&arena, &map, "a", value_int(3));
	value_sort_keys(&map);
	assert_str(map.as.map.members[0].key, "");
	assert_str(map.as.map.members[1].key, "a");
	assert_str(map.as.map.members[2].key, "b");
}

static bool build(struct arena *a)
{
	static const char *const keys[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l" };
	struct value map = value_map(), copy;

	for (size_t i = 0; i < 12; i++) {
		struct value list = value_list();

		for (int j = 0; j < 40; j++) {
			if (!value_append(a, &list, value_string(STR_LIT("item"))))
				return false;
		}
		if (!value_setz(a, &map, keys[i], list)) {
			assert_int_equal(map.as.map.n, i);
			assert_null(value_getz(&map, keys[i]));
			return false;
		}
	}
	return value_copy(a, &map, &copy) && value_equal(&map, &copy);
}

static void every_refusal_is_an_error(void **state)
{
	bool ok = false;

	(void)state;
	/* The arena asks seldom; shrinking its limit byte by byte refuses at every place. */
	for (size_t limit = 1; !ok; limit += 61) {
		struct test_heap h;
		struct arena a;

		test_heap_init(&h, 0);
		arena_init(&a, &h.alloc, limit);
		ok = build(&a);
		arena_release(&a);
		assert_int_equal(h.live, 0);
		assert_true(limit < 1000000);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(scalars, set_up, tear_down),
		cmocka_unit_test_setup_teardown(lists_keep_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(maps_find_and_replace, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_hundred_thousand_keys, set_up, tear_down),
		cmocka_unit_test_setup_teardown(megabyte_keys, set_up, tear_down),
		cmocka_unit_test_setup_teardown(depth_is_bounded, set_up, tear_down),
		cmocka_unit_test_setup_teardown(equality, set_up, tear_down),
		cmocka_unit_test_setup_teardown(copies_own_their_strings, set_up, tear_down),
		cmocka_unit_test_setup_teardown(sorts_small_maps_too, set_up, tear_down),
		cmocka_unit_test(every_refusal_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
