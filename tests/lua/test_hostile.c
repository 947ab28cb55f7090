/*
 * test_hostile.c - rows 1 to 22 of the list of attacks, in-process: each ends
 * in the right error within its budget, and the plugin can be used again.
 * Bodies alone are in tests/hostile/attacks.txt, for the command line as well.
 * All of it twice: with the library's count hook, and with a host's ticks; each
 * attack on time only one of the ways where QUERN_TEST_QUICK is set.
 */
#include "../base/scale.h"
#include "attacks.h"
#include "lua_test.h"
#include "ticks.h"

#include <pthread.h>

#define LIMIT 0.2

static struct attacks attacks;

/* The processor time over its limit that it took to end in its error. */
static double run_attack(const struct attack *a, double limit, size_t memory)
{
	static struct lua_test t;

	test_init(&t);
	t.env.time_limit = limit;
	t.env.memory_limit = memory;
	double start = test_cpu();
	quern_code code = test_run(&t, a->body);
	double cpu = test_cpu() - start;
	if (code != a->code || cpu > limit + SLACK)
		print_error("%.300s\n-> %d (wanted %d) in %.3f s: %s:%u %s\n", a->body, (int)code, (int)a->code, cpu,
			    t.error.path, t.error.line, t.error.message);
	assert_int_equal(code, a->code);
	test_done(&t);
	return cpu - limit;
}

/*
 * A call that looks at its budget too seldom is late every time.  One that is
 * late once only was charged for what its neighbours did to the memory, which
 * these attacks take by the hundred megabytes: that is seen by doing it again.
 */
static bool ends_in_time(const struct attack *a, double limit, size_t memory)
{
	for (int tries = 0; tries < 3; tries++)
		if (run_attack(a, limit, memory) <= SLACK)
			return true;
	return false;
}

static size_t run_attacks(bool (*wanted)(quern_code), size_t memory)
{
	size_t n = 0;

	for (const struct attack *a = attacks.all; a < attacks.all + attacks.n; a++) {
		if (!wanted(a->code))
			continue;
		if (scaled(2) == 2 || (n % 2 == 0) == !test_ticker)
			assert_true(ends_in_time(a, LIMIT, memory));
		n++;
	}
	return n;
}

static bool is_time(quern_code code)
{
	return code == QUERN_TIMEOUT;
}

/* How deep is too deep depends on the stack. */
static bool is_deep(quern_code code)
{
	return code == QUERN_STACK || code == QUERN_OK;
}

static bool is_size(quern_code code)
{
	return !is_time(code) && !is_deep(code);
}

static void test_time(void **state)
{
	(void)state;
	assert_true(run_attacks(is_time, 256 << 20) >= 63);
}

/* Some steps of the collector's go over all that there is. */
static void test_collector(void **state)
{
	char body[] = "local t = {} for i = 1, 60 do t[i] = {} end "
		      "while true do for i = 1, 60 do t[i][#t[i] + 1] = {} end end";
	const struct attack a = { body, QUERN_TIMEOUT };
	(void)state;
	assert_true(ends_in_time(&a, 0.8, 512 << 20));
}

static void test_load_time(void **state)
{
	static struct lua_test t;
	(void)state;
	test_init(&t);
	t.env.time_limit = LIMIT;
	double start = test_cpu();
	assert_int_equal(test_load(&t, "while true do end"), QUERN_TIMEOUT);
	assert_int_equal(t.error.line, 1);
	assert_string_equal(t.error.path, "plugins/test.lua");
	assert_int_equal(test_load(&t,
				   "local co = coroutine.create(function() coroutine.yield() while true do end end) "
				   "coroutine.resume(co) return {api = 1, map = function() coroutine.resume(co) end}"),
			 QUERN_OK);
	assert_int_equal(test_map_doc(&t, ""), QUERN_TIMEOUT);
	assert_true(test_cpu() - start < 2 * (LIMIT + SLACK));
	test_done(&t);
}

static void test_memory(void **state)
{
	(void)state;
	assert_true(run_attacks(is_size, 24 << 20) >= 16);
}

static void *deep_thread(void *arg)
{
	static struct lua_test t;
	size_t *bad = arg;
	struct ticks ticks;
	ticks_start(&ticks, test_ticker);
	for (const struct attack *a = attacks.all; a < attacks.all + attacks.n; a++) {
		if (!is_deep(a->code))
			continue;
		test_init(&t);
		quern_code code = test_run(&t, a->body);
		bool expected = code == a->code || (a->code == QUERN_OK && code == QUERN_STACK);
		if (!expected)
			fprintf(stderr, "%s\n-> %d %s\n", a->body, (int)code, t.error.message);
		*bad += !expected;
		test_done(&t);
	}
	ticks_stop(&ticks);
	return NULL;
}

static void test_stack(void **state)
{
	pthread_attr_t attr;
	pthread_t thread;
	size_t bad = 0;
	(void)state;
	deep_thread(&bad);
	assert_int_equal(bad, 0);
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 512 * 1024);
	assert_int_equal(pthread_create(&thread, &attr, deep_thread, &bad), 0);
	pthread_join(thread, NULL);
	pthread_attr_destroy(&attr);
	assert_int_equal(bad, 0);
}

static void test_denied(void **state)
{
	static struct lua_test t;
	(void)state;
	test_init(&t);
	assert_gives(&t,
		     "return { io, os, debug, package, dofile, loadfile, string.dump, math.random, math.randomseed }",
		     "[]");
	assert_gives(&t, "return (select(2, load('\\27Lua')))", "\"attempt to load a binary chunk (mode is 't')\"");
	assert_gives(&t, "return load('return 1', 'x', 'b')()", "1");
	assert_fails(&t, "string.rep = nil", QUERN_DENIED, "the plugin changed string.rep");
	assert_fails(&t, "string.extra = 1", QUERN_DENIED, "the plugin changed string.extra");
	assert_fails(&t, "string = nil", QUERN_DENIED, "the global string");
	assert_fails(&t, "rawset(_G, 'x', 1)", QUERN_DENIED, "the global x");
	assert_fails(&t, "quern.text.width = print", QUERN_DENIED, "quern.text.width");
	assert_fails(&t, "math.pi = 3", QUERN_DENIED, "math.pi");
	assert_fails(&t, "setmetatable(string, {})", QUERN_DENIED, "string");
	assert_fails(&t, "getmetatable('').__index = print", QUERN_DENIED, "metatable of strings");
	assert_fails(&t, "rawset(getmetatable(''), '__index', print)", QUERN_DENIED, "getmetatable(\"\")");
	assert_fails(&t, "x = 1", QUERN_DENIED, "assignment to global x; use local");
	assert_int_equal(t.error.line, 2);
	assert_string_equal(t.error.path, "plugins/test.lua");
	assert_fails(&t, "setmetatable({}, {__gc = print})", QUERN_DENIED, "__gc");
	assert_fails(&t, "setmetatable({}, {__mode = 'k'})", QUERN_DENIED, "__mode");
	assert_fails(&t, "collectgarbage()", QUERN_DENIED, "collectgarbage");
	assert_gives(&t, "return type(collectgarbage('count'))", "\"number\"");
	assert_fails(&t, "require '../x'", QUERN_DENIED, "../x");
	assert_fails(&t, "require '/etc/passwd'", QUERN_DENIED, "/etc/passwd");
	assert_fails(&t, "doc.path = 1", QUERN_DENIED, "path");
	assert_gives(&t, "return getmetatable(doc)", "\"document\"");
	test_done(&t);
}

/* Every shared table, every way of changing one that leaves few traces. */
static void test_changes_are_seen(void **state)
{
	static const char *const tables[] = { "_G",    "string",    "table",      "utf8",       "math",
					      "quern", "coroutine", "quern.text", "quern.json", "quern.host" };
	static const char *const changes[] = {
		/* a field of another kind, a new one, one less, one for another */
		"rawset(t, 'odd', 1)",
		"local k = next(t) if k then rawset(t, k, nil) else rawset(t, 1, 1) end",
		"local k = next(t) rawset(t, k or 'x', 1.5)",
		"rawset(t, 1, 1)",
		"rawset(t, 0.5, true)",
		/* the table moves, and what lies where it lay is just what lay there */
		"local was = {} for k, v in pairs(t) do was[#was + 1] = {k, v} end "
		"for i = 1, 300 do rawset(t, i + 0.5, i) end "
		"for i = 1, 300 do local u = {} for _, f in ipairs(was) do u[f[1]] = f[2] end end "
		"rawset(t, 'odd', 1)",
		"for i = 1, 300 do rawset(t, i, i) end",
		"if not getmetatable(t) then setmetatable(t, {}) else rawset(t, 1, 1) end",
	};
	static struct lua_test t;
	char body[2000];
	(void)state;
	test_init(&t);
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
		for (size_t k = 0; k < sizeof changes / sizeof changes[0]; k++) {
			snprintf(body, sizeof body, "local rawset, t = rawset, %s %s", tables[i], changes[k]);
			assert_fails(&t, body, QUERN_DENIED, "the plugin changed");
		}
	assert_gives(&t, "local rep = string.rep string.rep = nil string.rep = rep return rep('x', 2)", "\"xx\"");
	/* Numbers that are the same as floats are two all the same. */
	assert_fails(&t, "math.maxinteger = math.maxinteger - 1", QUERN_DENIED, "math.maxinteger");
	assert_fails(&t, "math.maxinteger = 2^63", QUERN_DENIED, "math.maxinteger");
	assert_fails(&t, "math.mininteger = math.mininteger + 1", QUERN_DENIED, "math.mininteger");
	assert_fails(&t, "math.mininteger = -2^63", QUERN_DENIED, "math.mininteger");
	/* Restored, it is as it was; what comes after is seen all the same. */
	assert_int_equal(
		test_load(&t,
			  "local math = math return {api = 1, map = function(doc) "
			  "if doc:text() == 'bad' then math.pi = 3 return end "
			  "for i = 1, 3 do local pi = math.pi math.pi = i math.pi = pi end return math.pi > 3.1 end}"),
		QUERN_OK);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(test_map_doc(&t, "good"), QUERN_OK);
		assert_string_equal(t.text, "true");
		assert_int_equal(test_map_doc(&t, "bad"), QUERN_DENIED);
	}
	test_done(&t);
}

/* What one call changed, the next one does not see. */
static void test_isolation(void **state)
{
	static struct lua_test t;
	(void)state;
	test_init(&t);
	assert_int_equal(test_load(&t, "local n = 0 local kept return {api = 1, map = function(doc, opts) n = n + 1 "
				       "if doc:text() == 'bad' then string.rep = nil end "
				       "if doc:text() == 'keep' then kept = doc.body end "
				       "if doc:text() == 'use' then return kept.kind end "
				       "if doc:text() == 'loop' then while true do end end "
				       "opts.x = (opts.x or 0) + 1 return {('x'):rep(2), opts.x} end}"),
			 QUERN_OK);
	assert_int_equal(test_map_doc(&t, "good"), QUERN_OK);
	assert_int_equal(test_map_doc(&t, "bad"), QUERN_DENIED);
	assert_int_equal(test_map_doc(&t, "good"), QUERN_OK);
	assert_string_equal(t.text, "[\"xx\",1]");
	assert_int_equal(test_map_doc(&t, "good"), QUERN_OK);
	assert_string_equal(t.text, "[\"xx\",1]");
	assert_int_equal(test_map_doc(&t, "keep"), QUERN_OK);
	assert_int_equal(test_map_doc(&t, "use"), QUERN_STALE);
	plugin_interrupt(t.plugin);
	assert_int_equal(test_map_doc(&t, "loop"), QUERN_INTERRUPTED);
	assert_int_equal(test_map_doc(&t, "good"), QUERN_OK);
	test_done(&t);
}

static void test_addresses(void **state)
{
	static struct lua_test t;
	(void)state;
	test_init(&t);
	assert_gives(
		&t,
		"return { tostring({}), tostring(print), tostring(doc), tostring(quern.null), string.format('%p', {}) }",
		"[\"table\",\"function\",\"document\",\"null\",\"table\"]");
	assert_gives(
		&t,
		"local r = {} for k, v in pairs({b = 1, a = 2, [3] = 3, [1] = 4, [true] = 5, [-1] = 6, [1.5] = 7}) do "
		"r[#r + 1] = tostring(k) end return r",
		"[\"-1\",\"1\",\"1.5\",\"3\",\"a\",\"b\",\"true\"]");
	assert_gives(
		&t,
		"local r, t = {}, {b = 1, a = 2, c = 3} local k, v = next(t) while k do r[#r + 1] = k t[k] = nil k, v = "
		"next(t, k) end return r",
		"[\"a\",\"b\",\"c\"]");
	assert_gives(&t, "return { next({}) == nil, next({5}), (next({x = 1})) }", "[true,1,\"x\"]");
	assert_fails(&t, "for k in pairs({[{}] = 1, [{}] = 2}) do end", QUERN_RUNTIME, "no fixed order");
	assert_gives(&t, "local n = 0 for k in pairs({[{}] = 1, a = 2}) do n = n + 1 end return n", "2");
	assert_fails(&t, "getmetatable('')[{}] = 1", QUERN_DENIED, "(field table)");
	test_done(&t);
}

static void test_output_paths(void **state)
{
	static const char *const bad[] = { "../x",  "/etc/x", "a/../b", "a//b", "a/",   "",
					   "a\\0b", ".",      "./",     "..",   "a/..", NULL };
	static struct lua_test t;
	char body[2000];
	(void)state;
	test_init(&t);
	for (size_t i = 0; bad[i]; i++) {
		snprintf(body, sizeof body, "out:write(\"%s\", 'x')", bad[i]);
		assert_fails(&t, body, QUERN_OUTPUT, "out:write");
	}
	assert_fails(&t, "out:write(('x'):rep(5000), 'x')", QUERN_OUTPUT, "1024");
	assert_fails(&t, "out:write(('x'):rep(256), 'x')", QUERN_OUTPUT, "255");
	assert_gives(&t, "out:write('./a/./b.txt', 'text')", "null");
	assert_string_equal(t.file, "a/b.txt");
	assert_string_equal(t.file_text, "text");
	t.file_code = QUERN_IO;
	assert_fails(&t, "out:write('a', 'x')", QUERN_IO, "could not be written");
	assert_fails(&t, "pcall(out.write, out, 'a', 'x')", QUERN_IO, "could not be kept");
	test_done(&t);
}

static void test_error_values(void **state)
{
	static struct lua_test t;
	(void)state;
	test_init(&t);
	assert_fails(&t, "error(setmetatable({}, {__tostring = function() error 'x' end}))", QUERN_RUNTIME,
		     "__tostring fails");
	assert_fails(&t, "error(setmetatable({}, {__tostring = function() return 'own text' end}))", QUERN_RUNTIME,
		     "own text");
	assert_fails(&t, "error(nil)", QUERN_RUNTIME, "raised nil");
	assert_fails(&t, "error({})", QUERN_RUNTIME, "raised a table");
	assert_fails(&t, "error(('x'):rep(1e7))", QUERN_RUNTIME, "xxx");
	assert_fails(&t, "error('a\\0b\\27[31m')", QUERN_RUNTIME, "a\\x00b\\x1B[31m");
	assert_fails(&t, "error('plain')", QUERN_RUNTIME, "plain");
	assert_string_equal(t.error.message, "plain");
	assert_int_equal(t.error.line, 2);
	assert_non_null(strstr(t.error.traceback, "plugins/test.lua:2: in"));
	assert_fails(&t, "local x = nil\nreturn x.y", QUERN_RUNTIME, "attempt to index a nil value (local 'x')");
	assert_int_equal(t.error.line, 3);
	assert_fails(&t, "coroutine.wrap(function() x = 1 end)()", QUERN_DENIED, "global x");
	test_done(&t);
}

static struct ticks main_ticks;

static int use_ticks(void **state)
{
	static struct plugin_ticker ticker;
	(void)state;
	test_ticker = &ticker;
	ticks_start(&main_ticks, &ticker);
	return !main_ticks.made;
}

static int drop_ticks(void **state)
{
	(void)state;
	ticks_stop(&main_ticks);
	test_ticker = NULL;
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_time),         cmocka_unit_test(test_collector),
		cmocka_unit_test(test_load_time),    cmocka_unit_test(test_memory),
		cmocka_unit_test(test_stack),        cmocka_unit_test(test_denied),
		cmocka_unit_test(test_isolation),    cmocka_unit_test(test_changes_are_seen),
		cmocka_unit_test(test_addresses),    cmocka_unit_test(test_output_paths),
		cmocka_unit_test(test_error_values),
	};
	int failed;

	attacks_read(&attacks);
	failed = cmocka_run_group_tests_name("count hook", tests, NULL, NULL) +
		 cmocka_run_group_tests_name("ticks of the host", tests, use_ticks, drop_ticks);
	attacks_free(&attacks);
	return failed;
}
