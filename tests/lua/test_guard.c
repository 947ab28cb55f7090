/*
 * test_guard.c - our string, table and utf8 functions against Lua's own, on
 * random arguments and on the corners of the manual.  Results, captures, errors
 * and their messages must be equal; what differs on purpose is what "bad argument" says, what
 * string.format says of a wrong format, and whatever shows addresses or hash order.
 * With QUERN_TEST_LONG set there are over a million comparisons.
 */
#include "../base/scale.h"
#include "lua_test.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>

#include "lua/budget.h"
#include "lua/guard.h"
#include "lua/sandbox.h"
#include "lua/state.h"

/*
 * Both sides run the same script: `native` holds Lua's libraries, the globals are
 * ours.  Numbers come from a generator of the script's own, so a failure can be repeated.
 */
static const char prelude[] =
	"local seed = ...\n"
	"local function random(n) seed = (seed * 1103515245 + 12345) & 0x7fffffff return (seed >> 8) % n + 1 end\n"
	"local function pick(t) return t[random(#t)] end\n"
	"local function same(a, b, loose)\n"
	"  if not a[1] and not b[1] and (tostring(b[2]):find('bad argument', 1, true) or loose) then return true end\n"
	"  if a.n ~= b.n then return false end\n"
	"  for i = 1, a.n do if a[i] ~= b[i] and (a[i] == a[i] or b[i] == b[i]) then return false end\n"
	"    if math.type(a[i]) ~= math.type(b[i]) then return false end end\n"
	"  return true\n"
	"end\n"
	"local function show(t) local r = {} for i = 1, t.n do r[i] = string.format('%q', tostring(t[i])) end return table.concat(r, ' | ') end\n"
	"local count = 0\n"
	"local function check(what, f, g, ...)\n"
	"  count = count + 1\n"
	"  local a, b = table.pack(pcall(f, ...)), table.pack(pcall(g, ...))\n"
	"  if not same(a, b, what == 'format') then error(what .. '(' .. show(table.pack(...)) .. ')\\n ours: ' .. show(a) .. '\\n Lua:  ' .. "
	"show(b), 0) end\n"
	"end\n";

static const char patterns[] =
	"local items = {'a', 'b', '.', '%a', '%d', '%s', '%w', '%p', '%A', '[ab]', '[^a]', '[a-c]', '[%d_]', '[]]', '[^]]',\n"
	"  '[a-]', '[%a-z]', '(', ')', '()', '%1', '%2', '%b()', '%bab', '%f[%w]', '%f[^a]', '^', '$', '%$', '%', '[', ']',\n"
	"  '-', '\\0', '%z', '%g', '%x', '%c', '%l', '%u', '(a*)', '(.-)', '(%w+)', '[%', '[a', '%f', '%b', '%9', '%0', 'x',\n"
	"  'ab', 'abc', '한', '한글', '[가-힣]', '(한)', '(a)%1', '[%s%d]', '%W', '%S', '%s*$', '[^%a%s]', '%.', '%-', '[c-a]', '[\\200-\\255]'}\n"
	"local suffix = {'', '', '', '*', '+', '-', '?'}\n"
	"local letters = {'a', 'b', 'c', 'x', '1', ' ', '(', ')', '_', '\\0', '\\n', 'A', '.', '\\200', 'ab', '한', '한글', '글'}\n"
	"local replace = {'', 'x', '%0', '%1', '<%0>', '%2', '%%', '%', '%a', '[%1%1]'}\n"
	"local function pattern() local r = {} for i = 1, random(5) do r[i] = pick(items) .. pick(suffix) end return "
	"(random(5) == 1 and '^' or '') .. table.concat(r) end\n"
	"local function subject() local r = {} for i = 1, random(12) - 1 do r[i] = pick(letters) end return table.concat(r) end\n"
	"local function all(gmatch, s, p, i) local r = {} for a, b in gmatch(s, p, i) do r[#r + 1] = tostring(a) .. ',' .. "
	"tostring(b) end return table.concat(r, ';') end\n"
	"for i = 1, 2500 do\n"
	"  local s, p = subject(), pattern()\n"
	"  if random(8) == 1 then s = s:rep(random(40), pick(letters)) end\n"
	"  local init = random(4) == 1 and random(30) - 15 or nil\n"
	"  check('find', string.find, native.string.find, s, p, init)\n"
	"  check('find', string.find, native.string.find, s, subject():sub(1, 3), init, true)\n"
	"  check('match', string.match, native.string.match, s, p, init)\n"
	"  check('gsub', string.gsub, native.string.gsub, s, p, pick(replace), random(3) == 1 and random(3) - 1 or nil)\n"
	"  check('gsub', string.gsub, native.string.gsub, s, p, {a = 'A', b = false, ['1'] = 1})\n"
	"  check('gsub', string.gsub, native.string.gsub, s, p, function(a, b) return a ~= 'b' and (tostring(a) .. "
	"tostring(b)) end)\n"
	"  check('gmatch', function() return all(string.gmatch, s, p, init) end, function() return all(native.string.gmatch, "
	"s, p, init) end)\n"
	"  check('rep', string.rep, native.string.rep, s, random(6) - 2, random(2) == 1 and p or nil)\n"
	"  check('upper', string.upper, native.string.upper, s .. p)\n"
	"  check('lower', string.lower, native.string.lower, s .. p)\n"
	"  check('reverse', string.reverse, native.string.reverse, s .. p)\n"
	"  local raw = {} for k = 1, random(40) do raw[k] = string.char(random(256) - 1) end raw = table.concat(raw)\n"
	"  check('upper', string.upper, native.string.upper, raw)\n"
	"  check('lower', string.lower, native.string.lower, raw)\n"
	"  check('format', string.format, native.string.format, '%q %d', raw, random(1 << 30) - (1 << 29))\n"
	"  local long = s:rep(random(60))\n"
	"  check('find', string.find, native.string.find, long, s:rep(random(12)) .. pick(letters), init, true)\n"
	"  check('concat', table.concat, native.table.concat, {long, raw, 7, s, long}, pick({'', ',', raw, long}))\n"
	"end return count";

static const char others[] =
	"local flags = {'', '', '-', '+', ' ', '#', '0', '5', '-5', '05', '.3', '10.2', '+.1', '-10.4', '123', '.123', '0-'}\n"
	"local kinds = {'d', 'i', 'u', 'c', 'x', 'X', 'o', 'e', 'E', 'f', 'F', 'g', 'G', 'a', 'A', 's', 'q', '%', 'y', ''}\n"
	"local values = {0, 1, -1, 65, 1.5, -0.0, 1e300, 1/0, -1/0, math.mininteger, math.maxinteger, '10', 'x', 'a\\nb\\0c\"', "
	"true, 3.0, ('long'):rep(40), '0x10', 2^53}\n"
	"local function list() local r = {} for i = 1, random(8) - 1 do r[i] = random(20) end return r end\n"
	"local function copy(t) return table.move(t, 1, #t, 1, {}) end\n"
	"local function after(f, ...) local t = copy((...)) local r = table.pack(f(t, select(2, ...))) if r[1] == t then r[1] = 'itself' end for i = 1, #t do r[r.n + "
	"i] = t[i] end return table.unpack(r, 1, r.n + #t) end\n"
	"local function both(name, ...) local f, g = table[name], native.table[name] check(name, function(...) return after(f, "
	"...) end, function(...) return after(g, ...) end, ...) end\n"
	"local bytes = {'a', '\\xc3\\xa9', '\\xed\\x95\\x9c', '\\xf0\\x9f\\x98\\x80', '\\xff', '\\x80', '\\xed\\xa0\\x80', "
	"'\\xf7\\xbf\\xbf\\xbf', '\\xc0\\x80', '\\xfd\\xbf\\xbf\\xbf\\xbf\\xbf', '\\xe1\\x80'}\n"
	"for i = 1, 2500 do\n"
	"  local f = '<%' .. pick(flags) .. pick(kinds) .. '>'\n"
	"  check('format', string.format, native.string.format, f, pick(values))\n"
	"  check('format', string.format, native.string.format, f .. '%s', pick(values), pick(values))\n"
	"  both('insert', list(), random(12) - 3, 99)\n"
	"  both('insert', list(), 99)\n"
	"  both('remove', list(), random(4) > 1 and random(12) - 3 or nil)\n"
	"  both('move', list(), random(8) - 2, random(8) - 2, random(8) - 2)\n"
	"  both('sort', list())\n"
	"  both('sort', list(), function(a, b) return a > b end)\n"
	"  both('unpack', list(), random(6) - 2, random(2) == 1 and random(6) - 2 or nil)\n"
	"  both('concat', list(), random(2) == 1 and ', ' or nil, random(2) == 1 and random(6) - 2 or nil, random(2) == 1 and "
	"random(6) - 2 or nil)\n"
	"  local r = {} for k = 1, random(6) - 1 do r[k] = pick(bytes) end local s = table.concat(r)\n"
	"  check('len', utf8.len, native.utf8.len, s, random(2) == 1 and random(12) - 6 or nil, random(2) == 1 and random(12) "
	"- 6 or nil, random(2) == 1)\n"
	"  check('offset', utf8.offset, native.utf8.offset, s, random(12) - 6, random(2) == 1 and random(12) - 6 or nil)\n"
	"end return count";

struct run {
	const char *script;
	int seed;
	char message[2000];
	lua_Integer count; /* of comparisons */
};

static int run_body(lua_State *L)
{
	struct run *r = lua_touserdata(L, 1);
	lua_pushcfunction(L, sandbox_open);
	lua_call(L, 0, 0);
	char *text = lua_newuserdatauv(L, sizeof prelude + strlen(r->script), 0);
	sprintf(text, "%s%s", prelude, r->script);
	if (luaL_loadbufferx(L, text, strlen(text), "=test", "t") != LUA_OK)
		return lua_error(L);
	lua_createtable(L, 0, 1);
	lua_newtable(L);
	/* string, table and utf8 as Lua has them, in tables that nobody else uses */
	static const struct {
		const char *name;
		lua_CFunction open;
	} libraries[] = { { "string", luaopen_string }, { "table", luaopen_table }, { "utf8", luaopen_utf8 } };
	for (int i = 0; i < 3; i++) {
		lua_pushliteral(L, "");
		lua_getmetatable(L, -1);
		lua_remove(L, -2);
		lua_pushcfunction(L, libraries[i].open);
		lua_call(L, 0, 1);
		lua_setfield(L, -3, libraries[i].name);
		lua_pushliteral(L, ""); /* opening string replaced the metatable of strings */
		lua_insert(L, -2);
		lua_setmetatable(L, -2);
		lua_pop(L, 1);
	}
	lua_setfield(L, -2, "native");
	lua_createtable(L, 0, 1);
	lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
	lua_setfield(L, -2, "__index");
	lua_setmetatable(L, -2);
	lua_setupvalue(L, -2, 1);
	lua_pushinteger(L, r->seed);
	if (lua_pcall(L, 1, 1, 0) != LUA_OK)
		snprintf(r->message, sizeof r->message, "%s", lua_tostring(L, -1));
	else
		r->count = lua_tointeger(L, -1);
	return 0;
}

/* At least so many comparisons, or ten times as many. */
static void compare(const char *script, int cases)
{
	const lua_Integer wanted = getenv("QUERN_TEST_LONG") ? 10 * cases : scaled(cases);
	lua_Integer done = 0;
	static struct state s;
	struct plugin_env env = {
		.heap = &alloc_libc, .time_limit = 300, .memory_limit = 256 << 20, .output_limit = 1 << 20
	};
	quern_error error;
	for (int i = 0; done < wanted; i++) {
		struct run r = { .script = script, .seed = i * 7919 + 1 };
		state_init(&s, &env);
		s.path = "test";
		quern_code code = state_call(&s, run_body, &r, NULL, &error);
		if (code != QUERN_OK || *r.message)
			print_error("seed %d: %s%s\n", r.seed, code ? error.message : "", r.message);
		assert_int_equal(code, QUERN_OK);
		assert_string_equal(r.message, "");
		state_release(&s);
		assert_true(r.count > 0);
		done += r.count;
	}
	print_message("%lld comparisons\n", (long long)done);
}

static void test_patterns(void **state)
{
	(void)state;
	compare(patterns, 120000);
}

static void test_others(void **state)
{
	(void)state;
	compare(others, 60000);
}

static void test_corners(void **state)
{
	static struct lua_test t;
	(void)state;
	test_init(&t);
	assert_gives(&t, "return string.rep('', 1 << 62)", "\"\"");
	assert_gives(&t, "return ('ab'):rep(3, '-')", "\"ab-ab-ab\"");
	assert_gives(&t, "return { ('hello world'):find('o w'), ('a.b'):find('.', 1, true) }", "[5,2,2]");
	assert_gives(&t, "return { '10' + 1, '0x10' * 2, 10 .. '' }", "[11,32,\"10\"]");
	assert_gives(&t,
		     "local t = {{1, 'b'}, {0, 'x'}, {1, 'a'}} table.sort(t, function(a, b) return a[1] < b[1] end) "
		     "return {t[1][2], t[2][2], t[3][2]}",
		     "[\"x\",\"b\",\"a\"]");
	assert_gives(&t, "return { tostring(1e15), tostring(2^53), 7 // 2, 7 / 2, string.format('%.3f', 1.5) }",
		     "[\"1e+15\",\"9.007199254741e+15\",3,3.5,\"1.500\"]");
	assert_gives(&t, "local t = setmetatable({}, {__name = 'thing'}) return tostring(t)", "\"thing\"");
	assert_gives(&t,
		     "local co = coroutine.wrap(function(a) local b = coroutine.yield(a + 1) return b * 2 end) return "
		     "{co(1), co(10)}",
		     "[2,20]");
	assert_gives(&t, "local co = coroutine.create(function() error('x', 0) end) return {coroutine.resume(co)}, 1",
		     "[false,\"x\"]");
	assert_gives(&t,
		     "local co = coroutine.create(function() error('x', 0) end) coroutine.resume(co) return "
		     "{coroutine.status(co), coroutine.close(co)}",
		     "[\"dead\",false,\"x\"]");
	assert_gives(&t, "local env = {y = 5} return load('return y', 'c', 't', env)()", "5");
	assert_gives(&t, "local n = 0 return load(function() n = n + 1 return ({'return ', '4', '2'})[n] end)()", "42");
	/* As deep as Lua's matcher goes, and no deeper. */
	assert_gives(&t, "return #('a'):rep(300):match(('a?'):rep(198))", "198");
	assert_fails(&t, "return ('a'):rep(300):match(('a?'):rep(201))", QUERN_RUNTIME, "pattern too complex");
	assert_gives(&t, "return select('#', ('a'):rep(40):find(('()'):rep(32)))", "34");
	assert_fails(&t, "return ('a'):find(('()'):rep(33))", QUERN_RUNTIME, "too many captures");
	assert_gives(&t, "return ('b'):find('a[')", "null");
	assert_fails(&t, "return ('a'):find('a[')", QUERN_RUNTIME, "malformed pattern (missing ']')");
	/* Longer than what is kept; and kept ones that push each other out while in use. */
	assert_gives(
		&t,
		"local p = ('[ab]'):rep(90) .. '(c)' local s = ('ab'):rep(45) .. 'c' local n = 0 for c in "
		"s:rep(3):gmatch(p) do n = n + #c end return {n, (s:gsub(p, function(c) return c .. s:match(p) end))}",
		"[3,\"cc\"]");
	assert_gives(&t,
		     "return (('a1b2c3'):gsub('(%a)(%d)', function(a, d) for i = 1, 3000 do (' '):find('x?' .. i) end "
		     "return d .. a end))",
		     "\"1a2b3c\"");
	assert_fails(&t, "return ('x'):bad()", QUERN_RUNTIME, "attempt to call a nil value (method 'bad')");
	test_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_corners),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
