/*
 * test_hostile.c - rows 1 to 22 of the list of attacks, in-process: each ends
 * in the right error within its budget, and the plugin can be used again.
 * All of it twice: with the library's count hook, and with a host's ticks.
 */
#include "lua_test.h"
#include "ticks.h"

#include <pthread.h>

#define LIMIT 0.2

struct attack {
	const char *body;
	quern_code code;
};

static void run_attacks(const struct attack *a, size_t n, size_t memory)
{
	static struct lua_test t;
	for (size_t i = 0; i < n; i++) {
		test_init(&t);
		t.env.time_limit = LIMIT;
		t.env.memory_limit = memory;
		double start = test_cpu();
		quern_code code = test_run(&t, a[i].body);
		double cpu = test_cpu() - start;
		if (code != a[i].code || cpu > LIMIT + SLACK)
			print_error("%.300s\n-> %d (wanted %d) in %.3f s: %s:%u %s\n", a[i].body, (int)code,
				    (int)a[i].code, cpu, t.error.path, t.error.line, t.error.message);
		assert_int_equal(code, a[i].code);
		assert_true(cpu <= LIMIT + SLACK);
		test_done(&t);
	}
}

static void test_time(void **state)
{
	static const struct attack attacks[] = {
		{ "while true do end", QUERN_TIMEOUT },
		{ "pcall(function() while true do end end)", QUERN_TIMEOUT },
		{ "coroutine.wrap(function() while true do end end)()", QUERN_TIMEOUT },
		{ "local t = setmetatable({}, {__index = function() while true do end end}) return t.x",
		  QUERN_TIMEOUT },
		{ "return tostring(setmetatable({}, {__tostring = function() while true do end end}))", QUERN_TIMEOUT },
		{ "error(setmetatable({}, {__tostring = function() while true do end end}))", QUERN_TIMEOUT },
		{ "table.sort({3, 2, 1}, function() while true do end end)", QUERN_TIMEOUT },
		{ "(('a'):rep(5)):gsub('.', function() while true do end end)", QUERN_TIMEOUT },
		{ "while true do pcall(function() while true do end end) end", QUERN_TIMEOUT },
		{ "xpcall(function() while true do end end, function() while true do end end)", QUERN_TIMEOUT },
		{ "xpcall(error, function() while true do end end)", QUERN_TIMEOUT },
		{ "local x <close> = setmetatable({}, {__close = function() while true do end end}) while true do end",
		  QUERN_TIMEOUT },
		{ "local x <close> = setmetatable({}, {__close = function() while true do end end})", QUERN_TIMEOUT },
		{ "local co = coroutine.create(function() local x <close> = setmetatable({}, {__close = function() while true "
		  "do end end}) coroutine.yield() end) coroutine.resume(co) coroutine.close(co)",
		  QUERN_TIMEOUT },
		{ "return ('a'):rep(14):find(('.-'):rep(14)..'b')", QUERN_TIMEOUT },
		{ "return ('a'):rep(400):find('.*.*.*b')", QUERN_TIMEOUT },
		{ "return ('a'):rep(5e4):find('.-b')", QUERN_TIMEOUT },
		{ "return ('('):rep(6e4):find('%b()')", QUERN_TIMEOUT },
		{ "return ('a'):rep(400):gsub('.*.*.*b', '')", QUERN_TIMEOUT },
		{ "return ('a'):rep(400):match('.*.*.*b')", QUERN_TIMEOUT },
		{ "for _ in ('a'):rep(400):gmatch('.*.*.*b') do end", QUERN_TIMEOUT },
		{ "table.move({}, 1, 1e12, 2)", QUERN_TIMEOUT },
		{ "local t = setmetatable({}, {__len = function() return 1e9 end}) table.insert(t, 1, 1)",
		  QUERN_TIMEOUT },
		{ "local t = setmetatable({}, {__len = function() return 1e12 end, __index = function() return '' end}) return "
		  "table.concat(t)",
		  QUERN_TIMEOUT },
		{ "local t = setmetatable({}, {__len = function() return 1e9 end, __index = function() return 1 end}) "
		  "table.sort(t)",
		  QUERN_TIMEOUT },
		{ "local a = ('x'):rep(1e7) while true do a:upper() end", QUERN_TIMEOUT },
		{ "local a = ('x'):rep(1e7) while true do a:reverse() end", QUERN_TIMEOUT },
		{ "local a, b = ('x'):rep(2e7) .. 'a', ('x'):rep(2e7) .. 'b' while true do local c = a < b end",
		  QUERN_TIMEOUT },
		{ "local a, b = ('x'):rep(2e7) .. 'a', ('x'):rep(2e7) .. 'a' while true do local c = a == b end",
		  QUERN_TIMEOUT },
		{ "local t = {} for i = 1, 5e5 do t[i .. ''] = 1 end for i = 1, 5e5 do t[i .. ''] = nil end while true do "
		  "next(t) end",
		  QUERN_TIMEOUT },
		{ "local t = {} for i = 1, 1e4 do t[i] = {} end while true do pcall(collectgarbage) end",
		  QUERN_TIMEOUT },
		{ "local function f() return pcall(f) end while true do f() end", QUERN_TIMEOUT },
		{ "while true do load('x = ') end", QUERN_TIMEOUT },
		{ "load(('--' .. ('x'):rep(1000) .. '\\n'):rep(50000)) while true do load('return 1') end",
		  QUERN_TIMEOUT },
		{ "load(function() return ' ' end)", QUERN_TIMEOUT },
		{ "while true do coroutine.wrap(function() end)() end", QUERN_TIMEOUT },
		{ "local co co = coroutine.wrap(function() while true do coroutine.yield() end end) while true do co() end",
		  QUERN_TIMEOUT },
		{ "while true do string.format('%s %d %q', 'a', 1, 'b') end", QUERN_TIMEOUT },
		{ "while true do utf8.len(('x'):rep(1e6)) end", QUERN_TIMEOUT },
		{ "while true do quern.json.encode({1, 2, 3}) end", QUERN_TIMEOUT },
		{ "while true do quern.parse('# x') end", QUERN_TIMEOUT },
		{ "while true do quern.node('text', {literal = 'x'}) end", QUERN_TIMEOUT },
		{ "for k in pairs(setmetatable({}, {__pairs = function() return function() return 1 end end})) do end",
		  QUERN_TIMEOUT },
		{ "local t = setmetatable({}, {__concat = function() while true do end end}) return t .. t",
		  QUERN_TIMEOUT },
		{ "local t = setmetatable({}, {__eq = function() while true do end end}) return t == setmetatable({}, "
		  "getmetatable(t))",
		  QUERN_TIMEOUT },
		{ "goto x ::x:: goto x", QUERN_TIMEOUT },
		{ "repeat until nil", QUERN_TIMEOUT },
		{ "for i = 1, math.huge do end", QUERN_TIMEOUT },
		{ "for i = 1.0, 1e300 do end", QUERN_TIMEOUT },
		{ "local f function f() return f() end return f()", QUERN_TIMEOUT },
		{ "local t = {} while true do t.x = (t.x or 0) + 1 end", QUERN_TIMEOUT },
		{ "for _ in function() return 1 end do end", QUERN_TIMEOUT },
		{ "while true do coroutine.wrap(function() for i = 1, 50 do end end)() end", QUERN_TIMEOUT },
		{ "local a = {} for i = 1, 50 do a[i] = coroutine.wrap(function() while true do for k = 1, 9 do end "
		  "coroutine.yield() end end) end while true do for i = 1, 50 do a[i]() end end",
		  QUERN_TIMEOUT },
		{ "local function g() coroutine.yield() while true do end end local outer = coroutine.wrap(function() local "
		  "inner = coroutine.wrap(g) inner() coroutine.yield() inner() end) outer() outer()",
		  QUERN_TIMEOUT },
		{ "local co = coroutine.create(function() local x <close> = setmetatable({}, {__close = function() while true "
		  "do end end}) error 'x' end) coroutine.resume(co) coroutine.close(co)",
		  QUERN_TIMEOUT },
		{ "coroutine.wrap(function() local x <close> = setmetatable({}, {__close = function() while true do end end}) "
		  "error 'x' end)()",
		  QUERN_TIMEOUT },
		{ "while true do pcall(function() local x <close> = setmetatable({}, {__close = function() error 'x' end}) "
		  "end) end",
		  QUERN_TIMEOUT },
		{ "local t = setmetatable({}, {__lt = function(a, b) while true do end end}) return t < t",
		  QUERN_TIMEOUT },
		{ "local t = setmetatable({}, {__call = function(self) return self() end}) return t()", QUERN_TIMEOUT },
		{ "while true do select('#', table.unpack({}, 1, 200)) end", QUERN_TIMEOUT },
		{ "while true do local _ = doc.body.kind end", QUERN_TIMEOUT },
		{ "while true do string.byte('x') end", QUERN_TIMEOUT },
	};
	(void)state;
	run_attacks(attacks, sizeof attacks / sizeof *attacks, 256 << 20);
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
	static const struct attack attacks[] = {
		{ "return string.rep('a', 1e9)", QUERN_NOMEM },
		{ "return pcall(string.rep, 'a', 1e9)", QUERN_NOMEM },
		{ "local s = 'x' while true do pcall(function() s = s .. s end) end", QUERN_NOMEM },
		{ "local t = {} while true do t[#t + 1] = coroutine.create(print) end", QUERN_NOMEM },
		{ "local t = {} while true do t[#t + 1] = ('x'):rep(1000) .. #t end", QUERN_NOMEM },
		{ "local t = {} for i = 1, 1e9 do t[i] = i end", QUERN_NOMEM },
		{ "local s = ('x'):rep(1e6) local t = {} for i = 1, 1000 do t[i] = s end return t", QUERN_OUTPUT },
		{ "local s = ('x'):rep(1e6) while true do out:write('a', s) end", QUERN_OUTPUT },
		{ "local s = ('x'):rep(1e6) while true do print(s) end", QUERN_OUTPUT },
		{ "local s = ('x'):rep(1e6) while true do pcall(out.write, out, 'a', s) end", QUERN_OUTPUT },
		{ "local t = {} t.t = t return t", QUERN_VALUE },
		{ "local t = {} for i = 1, 10000 do t = {t} end return t", QUERN_VALUE },
		{ "local t = {} while true do t[#t + 1] = quern.parse('# x') end", QUERN_NOMEM },
		{ "return ('x'):rep(1e5):rep(1e5)", QUERN_NOMEM },
		{ "return table.concat(setmetatable({}, {__len = function() return 1e9 end, __index = function() return "
		  "('x'):rep(1e6) end}))",
		  QUERN_NOMEM },
		{ "return ('x'):rep(1e6):gsub('x', ('y'):rep(1000))", QUERN_NOMEM },
	};
	(void)state;
	run_attacks(attacks, sizeof attacks / sizeof *attacks, 24 << 20);
}

static const struct attack deep[] = {
	{ "local function close(n) local co = coroutine.create(function() local x <close> = setmetatable({}, {__close = "
	  "function() if n > 0 then close(n - 1) end end}) coroutine.yield() end) coroutine.resume(co) coroutine.close(co) "
	  "end close(15000)",
	  QUERN_STACK },
	{ "local function f() return (('x'):gsub('.', f)) end f()", QUERN_STACK },
	{ "local function f() table.sort({1, 2}, f) end f()", QUERN_STACK },
	{ "local function f() local ok, e = pcall(f) error(e, 0) end f()", QUERN_STACK },
	{ "local function f() return f() + 1 end f()", QUERN_STACK },
	{ "local t = {} setmetatable(t, {__index = function(t, k) return t[k .. 'x'] end}) return t.a", QUERN_STACK },
	{ "local function f() return tostring(setmetatable({}, {__tostring = f})) end f()", QUERN_STACK },
	{ "local function f() coroutine.wrap(f)() end f()", QUERN_STACK },
	{ "local function f() for k in pairs(setmetatable({}, {__pairs = f})) do end end f()", QUERN_STACK },
	{ "return select(2, load('return ' .. ('{'):rep(1e6)))", QUERN_OK },
	{ "return select(2, load('return ' .. ('('):rep(1e6)))", QUERN_OK },
	{ "return select(2, load(('a='):rep(1e5)))", QUERN_OK },
	{ "return load('local a = ' .. ('-'):rep(1e5) .. '1')", QUERN_OK },
	{ "local function f(e) return xpcall(error, f) end f()", QUERN_OK },
	{ "local f f = function() return load(f) end f()", QUERN_OK },
};

static void *deep_thread(void *arg)
{
	static struct lua_test t;
	size_t *bad = arg;
	struct ticks ticks;
	ticks_start(&ticks, test_ticker);
	for (size_t i = 0; i < sizeof deep / sizeof *deep; i++) {
		test_init(&t);
		quern_code code = test_run(&t, deep[i].body);
		bool expected = code == deep[i].code || (deep[i].code == QUERN_OK && code == QUERN_STACK);
		if (!expected)
			fprintf(stderr, "%s\n-> %d %s\n", deep[i].body, (int)code, t.error.message);
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
		cmocka_unit_test(test_time),         cmocka_unit_test(test_load_time),
		cmocka_unit_test(test_memory),       cmocka_unit_test(test_stack),
		cmocka_unit_test(test_denied),       cmocka_unit_test(test_isolation),
		cmocka_unit_test(test_addresses),    cmocka_unit_test(test_output_paths),
		cmocka_unit_test(test_error_values),
	};
	return cmocka_run_group_tests_name("count hook", tests, NULL, NULL) +
	       cmocka_run_group_tests_name("ticks of the host", tests, use_ticks, drop_ticks);
}
