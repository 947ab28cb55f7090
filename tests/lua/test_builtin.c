/*
 * test_builtin.c - the bytecode that was made with quern: of each plugin and
 * module as it lies in plugins/ now, byte for byte what parsing gives under the
 * path where it is found, its digest, the modules it names, and of no other text.
 */
#include "../base/cmocka_all.h"

#include <dirent.h>
#include <lauxlib.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/file.h"
#include "lua/builtin.h"
#include "lua/closure.h"
#include "lua/plugin.h"
#include "lua/state.h"

/* The names in a text, as they are found where it is not known. */
static void names_of(struct str text, struct closure *c)
{
	struct buf other;
	buf_init(&other, &alloc_libc, 0);
	buf_adds(&other, text);
	buf_addc(&other, '\n');
	closure_init(c, &alloc_libc);
	assert_true(closure_read(c, buf_str(&other), NULL, 0, NULL, NULL));
	assert_int_equal(closure_is_open(buf_str(&other)), builtin_find(text)->is_open);
	buf_release(&other);
}

static int add(lua_State *L, const void *piece, size_t n, void *to)
{
	(void)L;
	buf_add(to, piece, n);
	return 0;
}

static void dump(lua_State *L, struct buf *to)
{
	buf_init(to, &alloc_libc, 0);
	assert_int_equal(lua_dump(L, add, to, 0), 0);
	assert_true(buf_ok(to));
	lua_pop(L, 1);
}

static struct str text_under_test;

static int parse_and_compare(lua_State *L)
{
	static const size_t lengths[] = { 1, 17, 40, 41, 126, 127, 300, 17000 };
	const struct str text = text_under_test;
	char name[17001];

	for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		struct buf parsed, loaded;
		memset(name, 'x', lengths[i]);
		name[0] = '@';
		name[lengths[i]] = '\0';
		assert_int_equal(luaL_loadbufferx(L, text.p, text.n, name, "t"), LUA_OK);
		dump(L, &parsed);
		assert_int_equal(builtin_load(L, builtin_find(text), name), LUA_OK);
		dump(L, &loaded);
		assert_true(str_eq(buf_str(&parsed), buf_str(&loaded)));
		buf_release(&parsed);
		buf_release(&loaded);
	}
	return 0;
}

static void one_file(struct state *s, const char *path)
{
	char digest[DIGEST_HEX_SIZE];
	struct closure names;
	struct buf text;
	quern_error error;
	buf_init(&text, &alloc_libc, 0);
	assert_int_equal(file_read(&text, path, 1 << 24), FILE_OK);
	text_under_test = buf_str(&text);
	if (!builtin_find(text_under_test))
		fail_msg("%s is not compiled as it is now: make", path);
	digest_hex(text_under_test, digest);
	assert_string_equal(builtin_find(text_under_test)->digest, digest);
	names_of(text_under_test, &names);
	assert_true(str_eq(builtin_find(text_under_test)->names, buf_str(&names.names)));
	closure_release(&names);
	assert_int_equal(state_call(s, parse_and_compare, NULL, NULL, &error), QUERN_OK);
	for (size_t at = 0; at < text.n; at += text.n / 7 + 1) {
		text.p[at] ^= 1;
		assert_null(builtin_find(buf_str(&text)));
		text.p[at] ^= 1;
	}
	assert_null(builtin_find((struct str){ text.p, text.n - 1 }));
	buf_addc(&text, '\n');
	assert_null(builtin_find(buf_str(&text)));
	buf_release(&text);
}

static size_t each_file(struct state *s, const char *folder)
{
	size_t n = 0;
	char path[512];
	const struct dirent *e;
	DIR *dir = opendir(folder);
	assert_non_null(dir);
	while ((e = readdir(dir)) != NULL) {
		if (e->d_name[0] == '.' || !str_ends(str_of(e->d_name), STR_LIT(".lua")))
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
		one_file(s, path);
		n++;
	}
	closedir(dir);
	return n;
}

static void the_bytecode_is_that_of_the_text(void **unused)
{
	struct state s;
	const struct plugin_env env = { .heap = &alloc_libc,
					.time_limit = 60,
					.memory_limit = 256 << 20,
					.output_limit = 1 << 20,
					.record_limits = record_limits_default };
	(void)unused;
	state_init(&s, &env);
	const size_t n = each_file(&s, "plugins") + each_file(&s, "plugins/lib");
	assert_int_equal(n, builtin_table.n);
	state_release(&s);
}

static void no_other_text_has_any(void **unused)
{
	(void)unused;
	assert_null(builtin_find(STR_EMPTY));
	assert_null(builtin_find(STR_LIT("return {}\n")));
	assert_null(builtin_find(STR_LIT("\x1bLua")));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_bytecode_is_that_of_the_text),
		cmocka_unit_test(no_other_text_has_any),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
