/*
 * lua_test.h - what the tests of core/lua/ share: a plugin from a string, one
 * call, and the ends that a call may have.
 */
#ifndef QUERN_TESTS_LUA_TEST_H
#define QUERN_TESTS_LUA_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/json.h"
#include "lua/plugin.h"

/* Seconds over its limit that a call may take; more where the compiler was told to be slow. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
#define SLACK 0.6
#else
#define SLACK 0.05
#endif

/* What plugins of these tests are timed by; NULL: the count hook. */
static struct plugin_ticker *test_ticker;

struct lua_test {
	struct plugin_env env;
	struct plugin *plugin;
	struct arena arena;
	struct value value;
	quern_error error;
	char text[65536]; /* the value as JSON, or what render wrote */
	char log[4096];
	char file[256];
	char file_text[1024];
	quern_code file_code;
	double cpu;
};

static inline double test_cpu(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline void test_init(struct lua_test *t)
{
	memset(t, 0, sizeof *t);
	t->env = (struct plugin_env){ .heap = &alloc_libc,
				      .time_limit = 5,
				      .memory_limit = 64 << 20,
				      .output_limit = 16 << 20,
				      .record_limits = record_limits_default,
				      .ticker = test_ticker };
	arena_init(&t->arena, &alloc_libc, 0);
}

static inline void test_done(struct lua_test *t)
{
	plugin_free(t->plugin);
	t->plugin = NULL;
	arena_release(&t->arena);
}

static inline quern_code test_load(struct lua_test *t, const char *source)
{
	plugin_free(t->plugin);
	return plugin_load(&t->env, "plugins/test.lua", source, strlen(source), &t->plugin, &t->error);
}

static inline quern_code test_file(void *user, const char *path, const char *bytes, size_t len)
{
	struct lua_test *t = user;
	snprintf(t->file, sizeof t->file, "%s", path);
	snprintf(t->file_text, sizeof t->file_text, "%.*s", (int)len, bytes);
	return t->file_code;
}

static inline void test_log(void *user, quern_severity severity, const char *message, size_t len)
{
	struct lua_test *t = user;
	size_t n = strlen(t->log);
	snprintf(t->log + n, sizeof t->log - n, "%d:%.*s\n", (int)severity, (int)len, message);
}

/* map over a document given as Markdown. */
static inline quern_code test_map_doc(struct lua_test *t, const char *markdown)
{
	struct record *r;
	struct record_options options = { .path = "doc.md",
					  .format = FORMAT_MARKDOWN,
					  .limits = record_limits_default };
	quern_output output = { sizeof output, t, test_file, test_log };
	struct buf b;
	assert_int_equal(record_new(&alloc_libc, str_of(markdown), &options, &r), RECORD_OK);
	arena_reset(&t->arena);
	t->log[0] = t->file[0] = '\0';
	double start = test_cpu();
	quern_code code = plugin_map(t->plugin, r, &output, &t->arena, &t->value, &t->error);
	t->cpu = test_cpu() - start;
	record_unref(r);
	buf_init(&b, &alloc_libc, 0);
	if (code == QUERN_OK)
		json_write(&b, &t->value, 0);
	snprintf(t->text, sizeof t->text, "%s", b.p ? b.p : "");
	buf_release(&b);
	return code;
}

/* A plugin whose map has this body, over an empty document. */
static inline quern_code test_run(struct lua_test *t, const char *body)
{
	static char source[200000];
	snprintf(source, sizeof source, "return { api = 1, map = function(doc, opts, out)\n%s\nend }", body);
	quern_code code = test_load(t, source);
	return code == QUERN_OK ? test_map_doc(t, "") : code;
}

#define assert_gives(t, body, json)                                                                                    \
	do {                                                                                                           \
		quern_code code_ = test_run(t, body);                                                                  \
		if (code_ != QUERN_OK)                                                                                 \
			print_error("%s\n-> %d %s:%u %s | %s\n", body, (int)code_, (t)->error.path, (t)->error.line,   \
				    (t)->error.message, (t)->error.hint);                                              \
		assert_int_equal(code_, QUERN_OK);                                                                     \
		assert_string_equal((t)->text, json);                                                                  \
	} while (0)

#define assert_fails(t, body, code, part)                                                                              \
	do {                                                                                                           \
		quern_code code_ = test_run(t, body);                                                                  \
		if (code_ != (code) || !strstr((t)->error.message, part))                                              \
			print_error("%s\n-> %d %s:%u %s | %s\n", body, (int)code_, (t)->error.path, (t)->error.line,   \
				    (t)->error.message, (t)->error.hint);                                              \
		assert_int_equal(code_, code);                                                                         \
		assert_non_null(strstr((t)->error.message, part));                                                     \
	} while (0)

#endif
