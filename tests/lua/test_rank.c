/*
 * test_rank.c - quern.text.rank and node:rank as a plugin sees them: entries,
 * options, errors, and that they stop at the deadline.
 */
#include "lua_test.h"

static struct lua_test t;

static int setup(void **state)
{
	(void)state;
	test_init(&t);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	test_done(&t);
	return 0;
}

#define TEXTS                                                                                                          \
	"local a = 'The river meetup brought together sixty engineers who build maps of rivers. Coffee was there.'\n"  \
	"local b = 'Engineers showed how maps of rivers are built from sensor data in the city.'\n"                    \
	"local function texts(list, o) local r = {} for i, x in ipairs((quern.text.rank(list, o))) do "                \
	"r[i] = x.entry .. x.text:sub(1, 6) end return r end\n"

static void reads_entries(void **state)
{
	(void)state;
	assert_gives(&t, TEXTS "return texts { a, b }", "[\"1The ri\",\"2Engine\"]");
	assert_gives(&t, TEXTS "return texts({ a, { text = b } }, { most = 1 })", "[\"1The ri\"]");
	assert_gives(&t, TEXTS "return texts({ { text = a, noise = true }, { text = b } })", "[\"2Engine\"]");
	assert_gives(
		&t,
		TEXTS
		"return texts({ { text = a, kind = 'row' }, { text = b, kind = 'item' } }, { kinds = { item = true } })",
		"[\"2Engine\"]");
	assert_gives(&t, "return { quern.text.rank {} }", "[[],0,0]");
	assert_gives(
		&t,
		"local _, w, n = quern.text.rank({ 'Two words', { text = 'Five', kind = 'x' } }, { kinds = {} }) return { w, n }",
		"[3,0]");
	assert_gives(&t, "return #quern.text.rank({ 'short' }, { whole = true })", "1");
	assert_gives(&t,
		     TEXTS "local x = quern.text.rank({ a, b }, { most = 1 })[1] return { x.confidence, x.score > 0, "
			   "type(x.rule) }",
		     "[1.0,true,\"string\"]");
}

static void joins_what_was_cut(void **state)
{
	(void)state;
	assert_gives(
		&t,
		"local function p(s) return { kind = 'paragraph', text = s, section = 'S' } end\n"
		"return quern.text.rank { p 'A paragraph that stops in the middle of a sentence because a picture',\n"
		"p 'stood there in the source of it.' }[1].text",
		"\"A paragraph that stops in the middle of a sentence because a picture stood there in the source of it.\"");
	assert_gives(
		&t,
		"local function p(s, x) return { kind = 'paragraph', text = s, section = x } end\n"
		"return #quern.text.rank { p('A paragraph that stops in the middle of a sentence because a picture', 'S'),\n"
		"p('stood there in the source of another section.', 'T') }",
		"2");
}

static void heeds_options(void **state)
{
	(void)state;
	assert_gives(&t, TEXTS "return texts({ b, a, b }, { most = 3 })", "[\"1Engine\",\"2The ri\"]");
	assert_gives(&t, TEXTS "return texts({ a, b }, { most = 2, least = 1, share = 2 })", "[\"1The ri\"]");
	assert_gives(&t, TEXTS "return texts({ a, b }, { characters = 20 })", "[]");
	assert_gives(&t,
		     TEXTS "local cue = quern.text.finder({ 'engineers' }, 'i')\n"
			   "return texts({ a, b }, { most = 1, cue = cue, weights = { place = 0, title = 0 } })",
		     "[\"2Engine\"]");
	assert_gives(&t,
		     TEXTS "local f = quern.text.finder { 'Results' }\n"
			   "local list = { { text = a, section = 'Hello' }, { text = b, section = 'Results' } }\n"
			   "return { texts(list, { most = 1, telling = f, weights = { place = 0 } })[1],\n"
			   "texts(list, { most = 1, passing = f })[1] }",
		     "[\"2Engine\",\"1The ri\"]");
	assert_gives(&t, TEXTS "return texts({ a, b }, { most = 1, title = 'Sensor data', weights = { title = 9 } })",
		     "[\"2Engine\"]");
}

static void refuses(void **state)
{
	(void)state;
	assert_fails(&t, "quern.text.rank('a')", QUERN_RUNTIME, "table expected");
	assert_fails(&t, "quern.text.rank({ 5 })", QUERN_RUNTIME, "entry 1 is no text");
	assert_fails(&t, "quern.text.rank({}, 5)", QUERN_RUNTIME, "table expected");
	assert_fails(&t, "quern.text.rank({}, { most = 129 })", QUERN_RUNTIME, "from 1 to 128");
	assert_fails(&t, "quern.text.rank({}, { most = 0 })", QUERN_RUNTIME, "from 1 to 128");
	assert_fails(&t, "quern.text.rank({}, { share = 'x' })", QUERN_RUNTIME, "'share'");
	assert_fails(&t, "quern.text.rank({}, { cue = print })", QUERN_RUNTIME, "quern.text.finder");
	assert_fails(&t, "quern.text.rank({}, { weights = { title = 0/0 } })", QUERN_RUNTIME, "'title'");
}

#define DOCUMENT                                                                                                                  \
	"local d = quern.parse('# River maps\\n\\nThe river meetup brought together sixty engineers who build maps of "           \
	"rivers.\\nCoffee was there for everybody who came.\\n\\n- Engineers showed how maps of rivers are built in the city.\\n" \
	"\\n## Results\\n\\nWe learned that every river has a map of its own by now.\\n\\n|Row of a|table|\\n|-|-|\\n|and|more|\\n')\n"

static void ranks_nodes(void **state)
{
	(void)state;
	assert_gives(
		&t,
		DOCUMENT
		"local s, p, w, n = d.body:rank { most = 2 } return { #s, s[1], p[1].section, p[1].score == nil, w, n }",
		"[2,\"The river meetup brought together sixty engineers who build maps of rivers.\",\"River maps\",true,52,4]");
	assert_gives(
		&t,
		DOCUMENT
		"local o = { title = 'River maps', most = 3, explain = true, kinds = { paragraph = true, item = true } }\n"
		"local s, p, w, n = d.body:rank(o)\n"
		"local best, words, count = quern.text.rank(d.body:blocks(), o)\n"
		"for i, b in ipairs(best) do if b.text ~= s[i] or b.score ~= p[i].score or b.rule ~= p[i].rule\n"
		"or b.confidence ~= p[i].confidence then error('other') end end\n"
		"return { #s == #best, w == words, n == count, p[3].section }",
		"[true,true,true,\"Results\"]");
	assert_gives(&t, DOCUMENT "return { (d.body:rank { noise = { [2] = true }, most = 1 })[1] }",
		     "[\"We learned that every river has a map of its own by now.\"]");
	assert_gives(&t, DOCUMENT "local s, p = d:select_one('list'):rank() return { #s, p[1].section == nil }",
		     "[1,true]");
	assert_gives(&t, "local s, p, w, n = quern.parse('').body:rank {} return { s, p, w, n }", "[[],[],0,0]");
	assert_fails(&t, DOCUMENT "d.body:rank(5)", QUERN_RUNTIME, "table expected");
	assert_fails(&t, DOCUMENT "d.body:rank { cue = print }", QUERN_RUNTIME, "quern.text.finder");
}

static void nodes_stop_in_time(void **state)
{
	(void)state;
	t.env.time_limit = 0.2;
	assert_fails(
		&t,
		"local d = quern.parse(('the same words are said again by all. '):rep(20000))\nwhile true do d.body:rank() end",
		QUERN_TIMEOUT, "time");
	assert_true(t.cpu < 0.2 + SLACK);
	assert_fails(&t, "local d = quern.parse(('one\\n\\n'):rep(20000))\nwhile true do d.body:rank() end",
		     QUERN_TIMEOUT, "time");
	assert_true(t.cpu < 0.2 + SLACK);
}

static void stops_in_time(void **state)
{
	(void)state;
	t.env.time_limit = 0.2;
	assert_fails(
		&t,
		"local list = {} for i = 1, 200000 do list[i] = 'the same words are said again in number ' .. i % 50 .. '.' end\n"
		"while true do quern.text.rank(list, { most = 128 }) end",
		QUERN_TIMEOUT, "time");
	assert_true(t.cpu < 0.2 + SLACK);
	assert_fails(
		&t,
		"local s = {} for i = 1, 100000 do s[i] = { kind = 'paragraph', section = 'x', text = ('no end here '):rep(6) } end\n"
		"while true do quern.text.rank(s) end",
		QUERN_TIMEOUT, "time");
	assert_true(t.cpu < 0.2 + SLACK);
	t.env.time_limit = 5;
	assert_fails(
		&t,
		"local s = ('Words are said again and again. '):rep(1 << 17) quern.text.rank({ s, s, s, s, s, s, s, s, s, s, s, s, s, s })",
		QUERN_NOMEM, "memory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(reads_entries, setup, teardown),
		cmocka_unit_test_setup_teardown(joins_what_was_cut, setup, teardown),
		cmocka_unit_test_setup_teardown(heeds_options, setup, teardown),
		cmocka_unit_test_setup_teardown(refuses, setup, teardown),
		cmocka_unit_test_setup_teardown(ranks_nodes, setup, teardown),
		cmocka_unit_test_setup_teardown(nodes_stop_in_time, setup, teardown),
		cmocka_unit_test_setup_teardown(stops_in_time, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
