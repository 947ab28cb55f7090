/*
 * test_bind.c - documents, nodes, queries, walks, made nodes and quern.* as a
 * plugin sees them.
 */
#include "lua_test.h"

static const char document[] = "---\n"
			       "title: The day\n"
			       "tags: [a, b]\n"
			       "empty: {}\n"
			       "nothing: ~\n"
			       "---\n"
			       "\n"
			       "Before.\n"
			       "\n"
			       "# First *part*\n"
			       "\n"
			       "Some [link](http://x.org \"T\") and ![alt](i.png).\n"
			       "\n"
			       "- one\n"
			       "- two\n"
			       "\n"
			       "## Second\n"
			       "\n"
			       "| a | b |\n"
			       "|:--|--:|\n"
			       "| 1 | 2 |\n";

static struct lua_test t;

static void doc_gives(const char *body, const char *json)
{
	static char source[20000];
	snprintf(source, sizeof source, "return { api = 1, map = function(doc, opts, out)\n%s\nend }", body);
	quern_code code = test_load(&t, source);
	if (code == QUERN_OK)
		code = test_map_doc(&t, document);
	if (code != QUERN_OK || strcmp(t.text, json) != 0)
		print_error("%s\n-> %d %s:%u %s | %s\n%s\n", body, (int)code, t.error.path, t.error.line,
			    t.error.message, t.error.hint, t.text);
	assert_int_equal(code, QUERN_OK);
	assert_string_equal(t.text, json);
}

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

static void test_doc(void **state)
{
	(void)state;
	doc_gives("return { doc.path, doc.format, doc.title, doc.title_source, #doc.digest }",
		  "[\"doc.md\",\"markdown\",\"The day\",\"front_matter\",64]");
	doc_gives("return doc.meta", "{\"empty\":{},\"nothing\":null,\"tags\":[\"a\",\"b\"],\"title\":\"The day\"}");
	doc_gives(
		"local f = doc:fields { title = true, nothing = true, other = true } return { f.title, f.nothing == quern.null, "
		"f.tags == nil, doc:fields { other = true } == nil }",
		"[\"The day\",true,true,true]");
	doc_gives("local d = quern.parse('---\\nPub-Date: 1\\npub_date: 2\\nAT: 3\\nat: 4\\n---\\n') "
		  "local f = d:fields { pubdate = true, at = true } return { f.pubdate, f.at }",
		  "[1,4]");
	doc_gives("return { doc.meta == doc.meta, doc.meta.nothing == quern.null, doc.nosuch == nil, doc.body.kind }",
		  "[true,true,true,\"document\"]");
	doc_gives(
		"local r = {} for _, h in ipairs(doc:outline()) do r[#r + 1] = h.level .. h.text .. h.line .. h.node.kind end "
		"return r",
		"[\"1First part10heading\",\"2Second17heading\"]");
	doc_gives("local i = doc:images()[1] return { i.src, i.alt, i.title == nil, i.line, i.node.kind }",
		  "[\"i.png\",\"alt\",true,12,\"image\"]");
	doc_gives("local l = doc:links()[1] return { l.href, l.text, l.title, l.node == doc:select_one('link') }",
		  "[\"http://x.org\",\"link\",\"T\",true]");
	doc_gives("return doc:tables()", "[[[\"a\",\"b\"],[\"1\",\"2\"]]]");
	doc_gives(
		"local r = {} for i, s in ipairs(doc:sections()) do r[i] = { s.level, s.title, #s.blocks, s.heading and "
		"s.heading.level or 0 } end return r",
		"[[0,\"\",1,0],[1,\"First part\",2,1],[2,\"Second\",1,2]]");
	doc_gives("return { #doc.diagnostics, (doc:source():find('Before')) }", "[0,59]");
	doc_gives("return doc:select_one('paragraph'):source()", "\"Before.\"");
}

static void test_node(void **state)
{
	(void)state;
	doc_gives("local r = {} for n in doc.body:children() do r[#r + 1] = n.kind end return r",
		  "[\"paragraph\",\"heading\",\"paragraph\",\"list\",\"heading\",\"table\"]");
	doc_gives("local n = 0 for d in doc.body.first:descendants() do n = n + 1 end return n", "1");
	doc_gives(
		"local h = doc.body.first.next return { h.level, h.line, h:text(), h.first.kind, h.last.kind, h.prev.line, "
		"h.parent.kind, h.nosuch == nil, h.url == nil, tostring(h) }",
		"[1,10,\"First part\",\"text\",\"emph\",8,\"document\",true,true,\"node\"]");
	doc_gives("return doc:select_one('heading').span",
		  "{\"column\":1,\"end_column\":14,\"end_line\":10,\"line\":10}");
	doc_gives(
		"local l = doc:select_one('list') return { l.ordered, l.tight, l.start == nil, doc:select_one('table').align }",
		"[false,true,true,[\"left\",\"right\"]]");
	doc_gives("return doc:select_one('table'):section().title", "\"Second\"");
	doc_gives(
		"return { doc:select_one('paragraph'):section() == nil, doc.body.parent == nil, doc.body.next == nil }",
		"[true,true,true]");
	doc_gives(
		"local l = doc:select_one('link') return { l.url, l.title, l == doc:select('link')[1], l == doc.body, "
		"l ~= doc.body, l.attributes }",
		"[\"http://x.org\",\"T\",true,false,true,[]]");
	doc_gives("local r = {} for h in doc:each('heading') do r[#r + 1] = h:text() end return r",
		  "[\"First part\",\"Second\"]");
	doc_gives("return #doc.body:select('item') + #doc:select('heading, item')", "6");
	doc_gives("return doc:select_one('heading'):render('html')", "\"<h1>First <em>part</em></h1>\\n\"");
}

static void test_blocks(void **state)
{
	(void)state;
	doc_gives(
		"local r = {} for i, b in ipairs(doc.body:blocks()) do r[i] = { b.kind, b.text, b.line or 0, b.section or '-', "
		"#b.headings, b.in_item == true } end return r",
		"[[\"paragraph\",\"Before.\",8,\"-\",0,false],[\"heading\",\"First part\",10,\"First part\",0,false],"
		"[\"paragraph\",\"Some link and .\",12,\"First part\",1,false],[\"item\",\"one\",14,\"First part\",1,true],"
		"[\"item\",\"two\",15,\"First part\",1,true],[\"heading\",\"Second\",17,\"Second\",1,false],"
		"[\"row\",\"a \\t b\",19,\"Second\",2,false],[\"row\",\"1 \\t 2\",21,\"Second\",2,false]]");
	doc_gives(
		"local l = doc.body:blocks() local row = l[#l] return { row.header, row.is_header == nil, l[7].is_header, "
		"row.rows[2] == row, row.cells[2].text, l[2].level, l[2].first.kind, l[3].links == nil, row.first == nil }",
		"[[\"a\",\"b\"],true,true,true,\"2\",1,\"text\",true,true]");
	doc_gives("local b = doc.body:blocks { links = true, images = true }[3] local l, i = b.links[1], b.images[1] "
		  "return { l.url, l.text, l.line, i.url, i.alt, i.title == nil, #b.links, #b.images }",
		  "[\"http://x.org\",\"link\",12,\"i.png\",\"alt\",true,1,1]");
	doc_gives("local l = doc:select_one('list'):blocks() return { #l, l[1].section == nil }", "[2,true]");
	doc_gives(
		"local r = {} for i, b in ipairs(doc.body:blocks { holding = quern.text.finder { 'two', 'Sec', 'b' } }) do "
		"r[i] = { b.kind, b.index, b.holds } end return r",
		"[[\"heading\",2,false],[\"item\",5,true],[\"heading\",6,true],[\"row\",7,true],[\"row\",8,false]]");
	doc_gives(
		"local r = {} for i, b in ipairs(doc.body:blocks { bare = true, holding = quern.text.finder { 'two', 'Sec', 'b' } }) "
		"do r[i] = { b.kind, b.text, b.index, b.line == nil and b.headings == nil } end return r",
		"[[\"item\",\"two\",5,true],[\"heading\",\"Second\",6,true],[\"row\",\"a \\t b\",7,true]]");
	doc_gives("local function n(o) o.bare = true return #doc.body:blocks(o) end "
		  "return { n {}, n { longest = 6 }, n { longest = 7, longest_told = 6 }, n { prose = true } }",
		  "[8,5,5,4]");
	doc_gives("return { doc.body:blocks()[1].index == nil, doc.body:blocks({})[1].holds == nil }", "[true,true]");
	assert_fails(&t, "doc.body:blocks { holding = print }", QUERN_RUNTIME,
		     "option 'holding' is not made by quern.text.finder");
	doc_gives(
		"local d = quern.parse('<table><tr><td colspan=3>x</td></tr></table>', 'html') local r = d.body:blocks()[1] "
		"return { #r.cells, r.cells[1] == r.cells[3], r.text }",
		"[3,true,\"x\"]");
	doc_gives("return #quern.node('document', {}, {}):blocks()", "0");
}

static void test_marks(void **state)
{
	(void)state;
	doc_gives(
		"local f = quern.text.finder local want = { marks = { { 'part', f { 'part', 'link', 'b' } }, "
		"{ 'early', { f { 'one', 'link' }, first = 4 } }, { 'late', { f { 'Before', 'part' }, last = 4 } } } } "
		"local r = {} for i, b in ipairs(doc.body:blocks(want)) do r[i] = { b.part or 0, b.early or 0, b.late or 0 } end "
		"return r",
		"[[0,0,0],[7,0,7],[6,0,0],[0,1,0],[0,0,0],[0,0,0],[5,0,0],[0,0,0]]");
	doc_gives(
		"local f, r = quern.text.finder, {} for near = 0, 8 do local want = { marks = { { 'x', { f { 'Some', 'a' }, "
		"also = f { 'link' }, near = near } } } } r[near + 1] = doc.body:blocks(want)[3].x or 0 end return r",
		"[1,0,0,0,0,0,0,0,0]");
	doc_gives("local c = quern.text.capitals('', '') return doc.body:blocks { marks = { { 'x', c } } }[2].x == nil",
		  "true");
	doc_gives("local l = doc.body:blocks { holding = quern.text.sequence { 'o', 'n' }, marks = { { 'x', "
		  "quern.text.finder { 'ne' } } } } return { #l, l[2].text, l[2].x, l[2].holds }",
		  "[5,\"one\",2,true]");
	assert_fails(&t, "doc.body:blocks { marks = { { 'x', print } } }", QUERN_RUNTIME,
		     "is not made by quern.text.finder");
	assert_fails(&t, "doc.body:blocks { marks = { 'x' } }", QUERN_RUNTIME, "a list of { name, search }");
	assert_fails(&t, "doc.body:blocks { marks = { { 5, 5 } } }", QUERN_RUNTIME, "a list of { name, search }");
	assert_fails(&t, "doc.body:blocks { marks = true }", QUERN_RUNTIME, "table expected");
	assert_fails(
		&t,
		"local l = {} for i = 1, 17 do l[i] = { 'x', quern.text.finder {} } end doc.body:blocks { marks = l }",
		QUERN_RUNTIME, "more than 16");
}

static void test_finds(void **state)
{
	(void)state;
	doc_gives(
		"local f, r = quern.text.finder, {} for i, list in ipairs { {}, { f { 'zz' } }, { f { 'zz' }, f { 'two' } }, "
		"{ f { 'alt' } }, { f { '2' }, f { 'Before' } } } do r[i] = doc.body:finds(list) or 0 end return r",
		"[0,0,2,1,2]");
	doc_gives(
		"local f = quern.text.finder return { doc.body:finds({ f { 'one' } }, 'heading') == nil, "
		"doc.body:finds({ f { 'First' } }, 'heading'), doc.body:finds({ f { 'a' } }, 'row'), "
		"doc.body:finds({ f { 'First' } }, 'row') == nil, doc:select_one('list'):finds { f { 'Before' } } == nil, "
		"doc.body:finds { { f { 'link' }, first = 8 } } == nil, doc.body:finds { { f { 'link' }, last = 11 } } }",
		"[true,1,1,true,true,true,1]");
	/* Each hit is asked for until one counts, also by what uses the same buffer. */
	doc_gives(
		"local f, seen = quern.text.finder, {} local function last(text, from, to) quern.text.upper('X') "
		"seen[#seen + 1] = text:sub(from, to) return #seen == 4 end local n = doc.body:finds { { f { 'o', 'n' }, confirm = "
		"last }, f { 'one' } } return { seen, n }",
		"[[\"o\",\"o\",\"n\",\"n\"],1]");
	doc_gives(
		"local list = { { quern.text.finder { 'o' }, also = quern.text.finder { 'e' } } } list[1].confirm = function() "
		"list[1] = nil for i = 1, 200 do quern.text.finder { 'x' .. i } end end list[2] = quern.text.finder { 'zz' } "
		"return doc.body:finds(list) == nil",
		"true");
	doc_gives(
		"local f = quern.text.finder return doc.body:finds { { f { 'o' }, confirm = function() end }, f { 'link' } }",
		"2");
	assert_fails(&t, "doc.body:finds { { quern.text.finder { 'a' }, confirm = 5 } }", QUERN_RUNTIME,
		     "a function as confirm");
	assert_fails(
		&t,
		"quern.parse('a').body:finds { { quern.text.finder { 'a' }, confirm = function() error('no') end } }",
		QUERN_RUNTIME, "no");
	/* Cells are texts of their own, and the title of an image is one. */
	doc_gives(
		"local d = quern.parse('![x](y \"Ti tle\")\\n\\n|a|b|\\n|-|-|', 'markdown') local f = quern.text.finder "
		"return { d.body:finds { f { 'Ti tle' } }, d.body:finds { f { '\\t' } } == nil }",
		"[1,true]");
	doc_gives(
		"local f = quern.text.finder local s = 'source' return { doc.body:finds({ f { 'http' } }, s), "
		"doc.body:finds({ f { 'title' } }, s) == nil, doc:select_one('heading'):finds({ f { 'http' } }, s) == nil, "
		"quern.node('paragraph', {}, { 'a' }):finds({ f { 'a' } }, s) }",
		"[1,true,true,0]");
	doc_gives("local f = quern.text.finder return { doc.body:finds({ f { 'link' } , f { '://x.org' } }, 'link'), "
		  "doc:select_one('heading'):finds({ f { 'x' } }, 'link') == nil }",
		  "[2,true]");
	assert_fails(&t, "doc.body:finds { print }", QUERN_RUNTIME, "is not made by quern.text.finder");
	assert_fails(&t, "doc.body:finds()", QUERN_RUNTIME, "table expected");
	assert_fails(&t, "doc.body:finds({}, 'item')", QUERN_RUNTIME, "invalid option 'item'");
	assert_fails(&t, "local l = {} for i = 1, 17 do l[i] = quern.text.finder {} end doc.body:finds(l)",
		     QUERN_RUNTIME, "too many searches");
}

static void test_finder(void **state)
{
	(void)state;
	doc_gives(
		"local f = quern.text.finder({ 'may', '5월' }, 'iw') return { { f('In May') }, { f('maybe 5월') }, { f('May may', 2) }, "
		"f('none') == nil, f('may', 9) == nil }",
		"[[4,6,1],[7,10,2],[5,7,1],true,true]");
	doc_gives("return quern.text.finder({})('x') == nil", "true");
	doc_gives(
		"local f = quern.text.finder({ '0:00', '1월' }, 'd') return { { f('a 9:45') }, { f('12월') }, { f('x:yz 월') } }",
		"[[3,6,1],[2,5,2],[]]");
	doc_gives(
		"local x = quern.text return { x.word_count(''), x.word_count('두 낱말'), #x.words(\"don't go 3.5\") == "
		"x.word_count(\"don't go 3.5\") }",
		"[0,2,true]");
	assert_fails(&t, "quern.text.finder({ '' })", QUERN_RUNTIME, "word 1 has 0 bytes");
	assert_fails(&t, "quern.text.finder({ 'a', 5 })", QUERN_RUNTIME, "word 2 is no string");
	assert_fails(&t, "quern.text.finder({ 'a' }, 'x')", QUERN_RUNTIME, "either case");
	assert_fails(&t, "quern.text.finder('a')", QUERN_RUNTIME, "table expected");
	assert_fails(&t, "quern.text.finder({ ('a'):rep(257) })", QUERN_RUNTIME, "257 bytes");
}

static void test_names(void **state)
{
	(void)state;
	doc_gives(
		"local f = quern.text.capitals('best practice in', 'jane') return { { f('In Jane Roe') }, f('Best Practices') == nil, "
		"f('Jane Roe', 6) == nil }",
		"[[4,11],true,true]");
	doc_gives("local f = quern.text.sequence({ '김 이', '길' }) return { { f('은 김길') }, f('김 길') == nil }",
		  "[[5,10],true]");
	doc_gives("local f = quern.text.sequence({ '김이', '길' }, '김길 이길수') return { f('김길 이길수 이길이') }",
		  "[18,23]");
	assert_fails(&t, "quern.text.sequence({ '김' }, {})", QUERN_RUNTIME, "string expected");
	assert_fails(&t, "quern.text.capitals('a')", QUERN_RUNTIME, "string expected");
	assert_fails(&t, "quern.text.sequence({})", QUERN_RUNTIME, "1 to 16 sets");
	assert_fails(&t, "quern.text.sequence({ 'a', {} })", QUERN_RUNTIME, "set 2 is no string");
}

static void test_node_errors(void **state)
{
	(void)state;
	assert_fails(&t, "doc.body.blocks(5)", QUERN_RUNTIME, "node expected, got number");
	assert_fails(&t, "return doc:select('heading[')", QUERN_INVALID, "selector \"heading[\", column");
	assert_fails(&t, "doc.body.text(5)", QUERN_RUNTIME, "node expected, got number");
	assert_fails(&t, "doc.body.kind = 'x'", QUERN_DENIED, "cannot set the field kind: a node is read-only");
	assert_fails(&t, "return doc.body", QUERN_VALUE, "value is a node");
	assert_fails(&t, "return { people = { {}, {}, { name = print } } }", QUERN_VALUE,
		     "value.people[3].name is a function");
	assert_fails(&t, "return { 1, nil, 3 }", QUERN_VALUE, "item 2 is nil");
	assert_fails(&t, "return { 1, a = 2 }", QUERN_VALUE, "both list items and named fields");
	assert_fails(&t, "return { [true] = 2 }", QUERN_VALUE, "a key that is a boolean");
	assert_fails(&t, "return { a = 0/0 }", QUERN_VALUE, "value.a is not a number (NaN)");
	assert_fails(&t, "return 1/0", QUERN_VALUE, "value is infinite");
	assert_fails(&t, "local a = {} a.b = {a} return a", QUERN_VALUE, "value.b[1] is a cycle");
	assert_fails(&t, "return doc:render('pdf')", QUERN_RUNTIME, "invalid option 'pdf'");
}

static void test_values(void **state)
{
	(void)state;
	assert_gives(&t, "return { 1, 1.0, 'x', true, quern.null, {}, quern.map{}, quern.map{a = 1} }",
		     "[1,1.0,\"x\",true,null,[],{},{\"a\":1}]");
	assert_gives(&t, "return 'a\\xffb'",
		     "\"a\xEF\xBF\xBD"
		     "b\"");
	assert_non_null(strstr(t.log, "1:bytes that are not UTF-8 were replaced in value"));
	assert_gives(&t, "return { b = 1, a = { 2 }, ['\\0'] = 3 }", "{\"\\u0000\":3,\"a\":[2],\"b\":1}");
	assert_gives(&t, "return nil", "null");
	assert_gives(&t, "print('a', 1, nil) quern.log('warning', 'w') quern.log('x')", "null");
	assert_string_equal(t.log, "0:a\t1\tnil\n1:w\n0:x\n");
	assert_gives(&t, "return { quern.json.encode({a = {1, 2.0}}), quern.json.decode('{\"b\":[1,2.0,null,{}]}') }",
		     "[\"{\\\"a\\\":[1,2.0]}\",{\"b\":[1,2.0,null,{}]}]");
	assert_gives(&t, "return select(2, quern.json.decode('{\"b\":')):match('^line 1, column %d+')",
		     "\"line 1, column 6\"");
}

static void test_text(void **state)
{
	(void)state;
	assert_gives(
		&t,
		"local x = quern.text return { x.length('한글é'), x.width('한글'), x.sub('한글자', 2), x.sub('abc', -2, -2), "
		"x.trim(' \xC2\xA0 a b '), x.squeeze(' a \\n b ') }",
		"[3,4,\"글자\",\"b\",\"a b\",\"a b\"]");
	assert_gives(
		&t,
		"local x = quern.text return { x.sub('abc', 0), x.sub('abc', 5), x.sub('abc', 2, 1), x.sub('abc', 2, 9), "
		"x.sub('abc', -9, 2) }",
		"[\"abc\",\"\",\"\",\"bc\",\"ab\"]");
	assert_gives(
		&t,
		"local x = quern.text return { x.set(' a\\tb-c\\n\\v 한글 a\\r\\f'), x.set(' a b ,c,\\n d,, ,a b', ',\\n'), "
		"x.set('', ','), x.set(' ,; ', ';,'), x.set(' a ', ''), getmetatable(x.set('a')) == nil }",
		"[{\"a\":true,\"b-c\":true,\"한글\":true},{\"a b\":true,\"c\":true,\"d\":true},[],[],"
		"{\"a\":true},true]");
	assert_gives(
		&t,
		"local n, list = 0, {} for i = 1, 20000 do list[i] = i % 15000 end "
		"for k, v in pairs(quern.text.set(table.concat(list, '|'), '|')) do n = n + (v and (k + 0) % 2 or 9) "
		"end return n",
		"7500");
	assert_fails(&t, "quern.text.set(nil)", QUERN_RUNTIME, "string expected");
	assert_fails(&t, "quern.text.set('a', {})", QUERN_RUNTIME, "string expected");
	/* Long texts are escaped in parts: the same as piece by piece, wherever a part ends. */
	assert_gives(
		&t,
		"local pieces = { 'a, b\\n', '12345678) c*\\n', '= <d> \\\"%\\t\\r\\n', '-\\n', '\\u{AC00}_;\\n' } "
		"local escape, wrong = quern.text.escape, {} "
		"for _, format in ipairs { 'html', 'xml', 'markdown', 'tsv', 'ics', 'url', 'pattern' } do "
		"  for start = 0, 24 do local raw, out = { ('x'):rep(65500 + start) .. '\\n' }, {} "
		"    for i = 1, 9000 do raw[#raw + 1] = pieces[(i * 7 + i // 5) % 5 + 1] end "
		"    local known = {} for i, p in ipairs(raw) do known[p] = known[p] or escape(p, format) out[i] = known[p] end "
		"    if escape(table.concat(raw), format) ~= table.concat(out) then wrong[#wrong + 1] = format end "
		"  end end "
		"local cell = ('x\\\"y'):rep(60000) "
		"return { wrong, escape(cell, 'csv') == '\\\"' .. cell:gsub('\\\"', '\\\"\\\"') .. '\\\"', "
		"#escape(('z'):rep(200000), 'csv') }",
		"[[],true,200000]");
	assert_gives(
		&t,
		"local count, words = quern.text.word_count, quern.text.words "
		"local gap = (' '):rep(300000) local long = (\"don't 가나-다 \"):rep(40000) "
		"local same = #words(long) == 80000 and words(long)[65001] == \"don't\" and words(long)[65002] == '가나-다' "
		"for n = 262130, 262150 do local w = words((' '):rep(n) .. \"x don't y\") "
		"same = same and #w == 3 and w[2] == \"don't\" end "
		"return { count(gap), count(gap .. 'a' .. gap .. 'b'), count(long), count(('x'):rep(200000)), same }",
		"[0,2,80000,4,true]");
	assert_gives(&t, "return { quern.text.words('one two'), quern.text.sentences('One. Two!') }",
		     "[[\"one\",\"two\"],[\"One.\",\"Two!\"]]");
	assert_gives(
		&t,
		"local e = quern.text.escape return { e('<a&\">'), e('*a* [b]', 'markdown'), e('a,\"b\"', 'csv'), e('a;b\\nc', "
		"'ics'), e('a b/', 'url'), e('1. x', 'markdown'), e('a.b', 'pattern') }",
		"[\"&lt;a&amp;&quot;&gt;\",\"\\\\*a\\\\* \\\\[b\\\\]\",\"\\\"a,\\\"\\\"b\\\"\\\"\\\"\",\"a\\\\;b\\\\nc\","
		"\"a%20b%2F\",\"1\\\\. x\",\"a%.b\"]");
	assert_gives(
		&t,
		"return { quern.text.upper('é'), quern.text.lower('É'), quern.text.fold('ẞ'), quern.text.normalize('e\\u{301}') }",
		"[\"É\",\"é\",\"ss\",\"é\"]");
}

static void test_make(void **state)
{
	(void)state;
	doc_gives(
		"local n = quern.node('heading', {level = 2, attributes = {id = 'x'}}, {'Hi ', quern.node('emph', nil, 'you')}) "
		"return { n.kind, n.level, n:text(), n.attributes.id, n.parent == nil, n:render('markdown'), n.line == nil }",
		"[\"heading\",2,\"Hi you\",\"x\",true,\"## Hi *you*\\n{: #x}\\n\",true]");
	assert_fails(&t, "quern.node('headin')", QUERN_RUNTIME, "unknown kind \"headin\"");
	assert_string_equal(t.error.hint, "did you mean \"heading\"?");
	assert_fails(&t, "quern.node('heading', {level = 9})", QUERN_RUNTIME,
		     "heading.level must be an integer from 1 to 6");
	assert_fails(&t, "quern.node('heading', {url = 'x'})", QUERN_RUNTIME, "a heading has no field \"url\"");
	assert_fails(&t, "quern.node('emph', nil, quern.node('paragraph'))", QUERN_RUNTIME,
		     "a paragraph cannot stand in a emph");
	/* Where HTML put a block into an inline, a walk may put one again. */
	assert_gives(
		&t,
		"local d = quern.parse('<a href=\"x\"><h3>y</h3></a>', 'markdown') "
		"local function again(n) local kids = {} for k in n:children() do kids[#kids + 1] = k end return quern.node(n.kind, {url = 'z'}, kids) end "
		"local w = d:walk {heading = function(n) return quern.node('heading', {level = 2}, n:text()) end, link = again} "
		"local v = d:walk {traverse = 'topdown', heading = function(n) return quern.node('heading', {level = 4}, 'q'), false "
		"end} return {w:select_one('link > heading').level, w:select_one('link').url, v:select_one('link > heading').level}",
		"[2,\"z\",4]");
	assert_fails(
		&t,
		"quern.parse('a *b* c'):walk {emph = function(n) return quern.node('emph', nil, quern.node('paragraph')) end}",
		QUERN_RUNTIME, "a paragraph cannot stand in a emph");
	assert_fails(&t, "quern.parse('a *b* c'):walk {emph = function(n) return quern.node('paragraph') end}",
		     QUERN_RUNTIME, "a paragraph cannot stand in a paragraph");
	assert_fails(&t, "quern.node('emph', nil, {5, {}})", QUERN_RUNTIME, "expected a node or a string, not a table");
	assert_gives(
		&t,
		"local d = quern.parse('# A\\n\\nb *c*', 'markdown') return { d.title, d:text(), #d:select('emph'), d.body.first.line }",
		"[\"A\",\"A\\n\\nb c\",1,1]");
	assert_gives(&t, "return quern.parse('<p>x<b>y</b></p>', 'html'):render('markdown')", "\"x**y**\\n\"");
}

static void test_walk(void **state)
{
	(void)state;
	doc_gives(
		"local d = doc:walk{ emph = function(n) return quern.node('strong', nil, {'X'}) end, image = function() return {} end } "
		"return { d:select_one('heading'):render('html'), #d:select('image'), #doc:select('image'), d.path, d.title, "
		"d:select_one('heading').line }",
		"[\"<h1>First <strong>X</strong></h1>\\n\",0,1,\"doc.md\",\"The day\",10]");
	doc_gives(
		"local d = doc:walk{ text = function(n) return n.literal:upper() end } return d:select_one('heading'):text()",
		"\"FIRST PART\"");
	doc_gives(
		"local seen = {} doc:walk{ traverse = 'topdown', heading = function(n) seen[#seen + 1] = 'h' return nil, false "
		"end, emph = function() seen[#seen + 1] = 'e' end, list = function(n) seen[#seen + 1] = 'l' end, item = "
		"function() seen[#seen + 1] = 'i' end } return seen",
		"[\"h\",\"l\",\"i\",\"i\",\"h\"]");
	doc_gives("local seen = {} doc:walk{ list = function(n) seen[#seen + 1] = 'l' .. #n:select('item') end, item = "
		  "function(n) seen[#seen + 1] = 'i' if #seen == 1 then return {} end end } return seen",
		  "[\"i\",\"i\",\"l1\"]");
	doc_gives(
		"local n = doc:select_one('list'):walk{ item = function(n) return {n, n} end } return { n.kind, #n:select('item'), "
		"n.parent == nil }",
		"[\"list\",4,true]");
	doc_gives(
		"local d = doc:walk{ traverse = 'topdown', paragraph = function(n) return quern.node('block_quote', nil, {n}), false "
		"end, link = function(n) return 'L' end } return d:select_one('block_quote'):text()",
		"\"Before.\"");
	doc_gives("return doc:walk{}:render('html') == doc:render('html')", "true");
	assert_fails(&t, "doc:walk{ headng = print }", QUERN_RUNTIME, "\"headng\" is no kind of node");
	assert_string_equal(t.error.hint, "did you mean \"heading\"?");
	assert_fails(&t, "doc:walk{ emph = 5 }", QUERN_RUNTIME, "walk: emph must be a function");
	assert_fails(&t, "quern.parse('*a*'):walk{ emph = function() return 5 end }", QUERN_RUNTIME,
		     "returned a number");
	assert_fails(&t, "quern.parse('*a*'):walk{ emph = function() return quern.node('paragraph') end }",
		     QUERN_RUNTIME, "a paragraph cannot stand in a paragraph");
}

/* Functions for whole lists of blocks and inlines. */
static void test_walk_lists(void **state)
{
	(void)state;
	/* Bottom-up: inlines before the paragraph, blocks last; a list sees what became of its members. */
	doc_gives(
		"local seen = {} quern.parse('a *b*\\n\\n- c'):walk{ inlines = function(l) seen[#seen + 1] = 'i' .. #l end, "
		"paragraph = function() seen[#seen + 1] = 'p' end, blocks = function(l) seen[#seen + 1] = 'b' .. #l end } "
		"return seen",
		"[\"i1\",\"i2\",\"p\",\"i1\",\"p\",\"b1\",\"b2\"]");
	doc_gives(
		"return quern.parse('a *b* c'):walk{ emph = function() return 'X' end, inlines = function(l) return { "
		"l[#l], '-', l[1] } end }:render('markdown')",
		"\"&#32;c-a X\\n\"");
	doc_gives(
		"return quern.parse('a\\n\\nb\\n\\nc'):walk{ paragraph = function(n) return quern.node('heading', { level = 2 }, "
		"{ n:text() }) end, blocks = function(l) return { l[3], l[1] } end }:render('markdown')",
		"\"## c\\n\\n## a\\n\"");
	doc_gives("return quern.parse('a\\n\\nb'):walk{ blocks = function(l) return {} end }:render('markdown')",
		  "\"\"");
	doc_gives("return quern.parse('a\\n\\nb'):walk{ blocks = function(l) return l[2] end }:render('markdown')",
		  "\"b\\n\"");
	/* Top-down: the list first, then its members, those that were put there too. */
	doc_gives(
		"local seen = {} local d = quern.parse('a *b*\\n\\nc'):walk{ traverse = 'topdown', blocks = function(l) seen[#seen + "
		"1] = 'b' .. #l return { l[1] } end, paragraph = function() seen[#seen + 1] = 'p' end, inlines = function(l) "
		"seen[#seen + 1] = 'i' .. #l end } return { seen, d:render('markdown') }",
		"[[\"b2\",\"p\",\"i2\",\"i1\"],\"a *b*\\n\"]");
	doc_gives(
		"local n = 0 local d = quern.parse('a *b*'):walk{ traverse = 'topdown', inlines = function(l) n = n + 1 return "
		"{ l[2], 'x' }, false end } return { n, d:render('markdown') }",
		"[1,\"*b*x\\n\"]");
	/* A node's own lists as well; items are parts of their list, no blocks. */
	doc_gives(
		"local n = 0 local d = quern.parse('- a\\n- b'):select_one('list'):walk{ blocks = function(l) n = n + #l return { "
		"quern.node('heading', { level = 1 }, { 'h' }) } end } return { n, d:render('markdown') }",
		"[2,\"- # h\\n- # h\\n\"]");
	doc_gives(
		"return doc:walk{ blocks = function(l) return l end, inlines = function(l) return l end }.body:equals(doc.body)",
		"true");
	doc_gives(
		"return doc:walk{ traverse = 'topdown', blocks = function(l) return l end, inlines = function(l) return l "
		"end }.body:equals(doc.body)",
		"true");
	assert_fails(&t, "quern.parse('a'):walk{ blocks = function() return 5 end }", QUERN_RUNTIME,
		     "walk: the function blocks returned a number");
	assert_fails(&t, "quern.parse('a'):walk{ inlines = function() return { quern.node('paragraph') } end }",
		     QUERN_RUNTIME, "a paragraph cannot stand in a paragraph");
	assert_fails(&t, "quern.parse('a'):walk{ blocks = function() return { 'text' } end }", QUERN_RUNTIME,
		     "a text cannot stand in a document");
	assert_fails(&t, "quern.parse('a'):walk{ blocks = 5 }", QUERN_RUNTIME, "walk: blocks must be a function");
	assert_fails(&t, "quern.parse('a'):walk{ block = print }", QUERN_RUNTIME, "\"block\" is no kind of node");
}

/* Entries get most of their fields late, and nothing that a plugin can do sees that. */
static void test_entries(void **state)
{
	static const char *const looks[] = {
		"for k in pairs(e) do r[#r + 1] = k end",
		"local k = next(e) while k do r[#r + 1] = k k = next(e, k) end",
		"e.own = 1 for k in pairs(e) do r[#r + 1] = k end table.remove(r, 5)",
		"rawset(e, 'own', nil) for k in next, e do r[#r + 1] = k end",
		"local _ = e.line for k in pairs(e) do r[#r + 1] = k end",
		"coroutine.wrap(function() for k in pairs(e) do r[#r + 1] = k end end)()",
	};
	char body[400];

	(void)state;
	for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
		snprintf(body, sizeof body, "local r, e = {}, doc:outline()[2] %s return r", looks[i]);
		doc_gives(body, "[\"anchor\",\"level\",\"line\",\"node\",\"text\"]");
	}
	doc_gives("local e = doc:outline()[1] return { rawget(e, 'line'), getmetatable(e) == nil, #e, e.own == nil }",
		  "[10,true,0,true]");
	doc_gives("local e = doc:outline()[1] e.line = nil e.text = nil e.level = 7 e.own = 1 "
		  "return { e.line == nil, e.text == nil, e.level, e.own, e.anchor, rawget(e, 'text') == nil }",
		  "[true,true,7,1,\"first-part\",true]");
	doc_gives("local e = doc:outline()[1] e.text = nil return { e.anchor, e.text == nil }",
		  "[\"first-part\",true]");
	doc_gives("local l = doc:outline() local e = table.remove(l, 1) return { l[1].line, e.line, l[1].node.level }",
		  "[17,10,2]");
	doc_gives(
		"local e = setmetatable(doc:links()[1], { __index = { more = 1 } }) return { e.more, e.title, e.line }",
		"[1,\"T\",12]");
	doc_gives("local e = setmetatable({}, { __index = doc:images()[1] }) return { e.line, e.src }",
		  "[12,\"i.png\"]");
	doc_gives("local e = doc:images()[1] rawset(e, 'node', nil) return { e, quern.map(e), quern.json.encode(e) }",
		  "[{\"alt\":\"alt\",\"line\":12,\"src\":\"i.png\"},{\"alt\":\"alt\",\"line\":12,\"src\":\"i.png\"},"
		  "\"{\\\"alt\\\":\\\"alt\\\",\\\"line\\\":12,\\\"src\\\":\\\"i.png\\\"}\"]");
	doc_gives("return { quern.parse('# a\\n# a'):outline()[2].anchor, #doc:outline(), #quern.parse('a'):links() }",
		  "[\"a-1\",2,0]");
	/* Each document's are its own, in whatever order they are asked for. */
	doc_gives(
		"local a, b = quern.parse('# a\\n[x](1)'), quern.parse('[y](2) [z](3)\\n# b\\n# c') "
		"local r = { #a:outline(), #b:links(), #a:links(), #b:outline(), #doc:images(), #b:images(), #a:links() } "
		"local w = doc:walk{ heading = function() return {} end } "
		"r[8], r[9], r[10] = #w:outline(), #w:links(), #doc:outline() return r",
		"[1,2,1,2,1,0,1,0,1,2]");
	doc_gives("local n = 0 for i = 1, 2000 do local d = quern.parse(('[l](u) '):rep(i % 7)) "
		  "if #d:links() ~= i % 7 or #d:outline() ~= 0 then n = n + 1 end end return n",
		  "0");
	assert_fails(&t, "return quern.parse('# a'):outline()", QUERN_VALUE, "value[1].node is a node");
	assert_fails(&t, "quern.parse('# a'):outline()[1][nil] = 1", QUERN_RUNTIME, "index is nil");
	assert_fails(&t, "return quern.parse('# a'):outline()[1] < 5", QUERN_RUNTIME, "compare table with number");
	assert_int_equal(test_load(&t,
				   "local kept return { api = 1, map = function(doc) kept = kept or doc:outline()[1] "
				   "return kept.text end }"),
			 QUERN_OK);
	assert_int_equal(test_map_doc(&t, document), QUERN_OK);
	assert_int_equal(test_map_doc(&t, document), QUERN_OK);
	assert_string_equal(t.text, "\"First part\"");
	assert_int_equal(test_load(&t,
				   "local kept return { api = 1, map = function(doc) if kept then return kept.line end "
				   "kept = doc:outline()[1] end }"),
			 QUERN_OK);
	assert_int_equal(test_map_doc(&t, document), QUERN_OK);
	assert_int_equal(test_map_doc(&t, document), QUERN_STALE);
}

static void test_equals(void **state)
{
	(void)state;
	doc_gives("return doc.body:equals(quern.parse(doc:source()).body)", "true");
	doc_gives(
		"local a, b = quern.parse('x *y*\\n\\n# z'), quern.parse('x <em>y</em>\\n\\nz\\n=', 'markdown') return { "
		"a.body:equals(b.body), a.body == b.body, a.body.first:equals(b.body.last), a.body.first:equals(b.body.first) }",
		"[true,false,false,true]");
	doc_gives(
		"local n = quern.node return { n('paragraph', nil, { 'a', 'b' }):equals(n('paragraph', nil, { 'ab' })), "
		"n('emph', { attributes = { id = 'x', class = 'y' } }):equals(n('emph', { attributes = { class = 'y', id = 'x' } })), "
		"n('emph', { attributes = { id = 'x' } }):equals(n('emph')), n('heading', { level = 1 }):equals(n('heading', { "
		"level = 2 })), n('link', { url = 'a' }):equals(n('link', { url = 'a', title = '' })), n('item', { checked = false "
		"}):equals(n('item')) }",
		"[true,true,false,false,false,false]");
	doc_gives("return quern.parse(doc.body:render('json'), 'json').body:equals(doc.body)", "true");
	doc_gives("return quern.parse(doc:render('markdown')).body:equals(doc.body)", "true");
	assert_fails(&t, "doc.body:equals(5)", QUERN_RUNTIME, "node");
	assert_fails(&t, "doc.body:equals()", QUERN_RUNTIME, "node");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_walk_lists, setup, teardown),
		cmocka_unit_test_setup_teardown(test_entries, setup, teardown),
		cmocka_unit_test_setup_teardown(test_equals, setup, teardown),
		cmocka_unit_test_setup_teardown(test_doc, setup, teardown),
		cmocka_unit_test_setup_teardown(test_node, setup, teardown),
		cmocka_unit_test_setup_teardown(test_node_errors, setup, teardown),
		cmocka_unit_test_setup_teardown(test_values, setup, teardown),
		cmocka_unit_test_setup_teardown(test_text, setup, teardown),
		cmocka_unit_test_setup_teardown(test_blocks, setup, teardown),
		cmocka_unit_test_setup_teardown(test_marks, setup, teardown),
		cmocka_unit_test_setup_teardown(test_finds, setup, teardown),
		cmocka_unit_test_setup_teardown(test_finder, setup, teardown),
		cmocka_unit_test_setup_teardown(test_names, setup, teardown),
		cmocka_unit_test_setup_teardown(test_make, setup, teardown),
		cmocka_unit_test_setup_teardown(test_walk, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
