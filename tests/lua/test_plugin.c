/*
 * test_plugin.c - loading, manifests, options, modules, reduce, render, and
 * every allocation failing in turn.
 */
#include "lua_test.h"

#include <locale.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

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

static void load_fails(const char *source, quern_code code, const char *message, const char *hint)
{
	quern_code got = test_load(&t, source);
	if (got != code || !strstr(t.error.message, message) || !strstr(t.error.hint, hint))
		print_error("%s\n-> %d %s:%u %s | %s\n", source, (int)got, t.error.path, t.error.line, t.error.message,
			    t.error.hint);
	assert_int_equal(got, code);
	assert_null(t.plugin);
	assert_non_null(strstr(t.error.message, message));
	assert_non_null(strstr(t.error.hint, hint));
	assert_string_equal(t.error.path, "plugins/test.lua");
}

#define MAP "map = function() end"

static void test_manifest(void **state)
{
	(void)state;
	load_fails("return {", QUERN_SYNTAX, "unexpected symbol near <eof>", "");
	assert_int_equal(t.error.line, 1);
	load_fails("local x = 1\n\nx x", QUERN_SYNTAX, "syntax error near 'x'", "");
	assert_int_equal(t.error.line, 3);
	load_fails("", QUERN_MANIFEST, "returned nothing, not a table", "return {");
	load_fails("return 5", QUERN_MANIFEST, "returned a number, not a table", "return {");
	load_fails("return {" MAP "}", QUERN_MANIFEST, "no api", "api = 1");
	load_fails("return {api = 2, " MAP "}", QUERN_MANIFEST, "wants api 2", "api = 1");
	load_fails("return {api = '1', " MAP "}", QUERN_MANIFEST, "must be the integer 1", "api = 1");
	load_fails("return {api = 1}", QUERN_MANIFEST, "no map function", "map = function");
	load_fails("return {api = 1, map = 5}", QUERN_MANIFEST, "map must be a function, not a number", "");
	load_fails("local o = {} for i = 1, 1e5 do o['k' .. i] = {} end return {api = 1, options = o, " MAP "}",
		   QUERN_MANIFEST, "more than 500 options", "");
	load_fails("local l = {} for i = 1, 1e5 do l[i] = i end "
		   "return {api = 1, options = {a = {type = 'list', default = l, one_of = l}}, " MAP "}",
		   QUERN_MANIFEST, "option \"a\": default has more than 500 values", "module");
	load_fails("return {api = 1, options = {a = {help = ('x'):rep(1e6)}}, " MAP "}", QUERN_MANIFEST,
		   "more than 262144 bytes", "module");
	load_fails("return {api = 1, rendr = 5, " MAP "}", QUERN_MANIFEST, "unknown key \"rendr\"",
		   "did you mean \"render\"");
	load_fails("return {api = 1, zzzzzzz = 5, " MAP "}", QUERN_MANIFEST, "unknown key \"zzzzzzz\"",
		   "known: name, api");
	load_fails("return {api = 1, formats = {'jsn'}, " MAP "}", QUERN_MANIFEST, "unknown format \"jsn\"",
		   "did you mean \"json\"");
	load_fails("return {api = 1, formats = {'json', 'json'}, " MAP "}", QUERN_MANIFEST, "twice", "");
	load_fails("return {api = 1, formats = {}, " MAP "}", QUERN_MANIFEST, "empty", "");
	load_fails("return {api = 1, formats = 'json', " MAP "}", QUERN_MANIFEST, "formats must be a table", "");
	load_fails("return {api = 1, name = 'a b', " MAP "}", QUERN_MANIFEST, "no plain name", "");
	load_fails("return {api = 1, 5, " MAP "}", QUERN_MANIFEST, "a key that is a number", "");
	load_fails("return {api = 1, options = {x = {typ = 'string'}}, " MAP "}", QUERN_MANIFEST, "unknown key \"typ\"",
		   "did you mean \"type\"");
	load_fails("return {api = 1, options = {x = {type = 'int'}}, " MAP "}", QUERN_MANIFEST, "unknown type \"int\"",
		   "types:");
	load_fails("return {api = 1, options = {x = {type = 'integer', default = 'a'}}, " MAP "}", QUERN_MANIFEST,
		   "option \"x\": the default must be a integer", "");
	load_fails("return {api = 1, options = {x = {type = 'integer', default = 5, max = 3}}, " MAP "}",
		   QUERN_MANIFEST, "at most 3", "");
	load_fails("return {api = 1, options = {to = {type = 'string'}}, " MAP "}", QUERN_MANIFEST, "taken by quern",
		   "");
	load_fails("\x1bLua", QUERN_DENIED, "compiled chunk", "");
	load_fails("x = 1 return {api = 1, " MAP "}", QUERN_DENIED, "assignment to global x; use local", "local");
	load_fails("error 'at load'", QUERN_RUNTIME, "at load", "");
	assert_int_equal(
		test_load(&t, "#!/usr/bin/env quern\nreturn {name = 'n', api = 1, summary = 's', formats = {'html', "
			      "'json'}, options = {b = {type = 'list', default = {}}, a = {help = 'h'}}, " MAP
			      ", render = function() end}"),
		QUERN_OK);
	struct buf b;
	buf_init(&b, &alloc_libc, 0);
	json_write(&b, plugin_manifest(t.plugin), 0);
	assert_string_equal(
		b.p, "{\"name\":\"n\",\"summary\":\"s\",\"formats\":[\"html\",\"json\"],\"options\":[{\"name\":\"a\","
		     "\"help\":\"h\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"list\",\"default\":[]}],"
		     "\"map\":true,\"reduce\":false,\"render\":true}");
	buf_release(&b);
	assert_string_equal(plugin_name(t.plugin), "n");
	assert_string_equal(plugin_path(t.plugin), "plugins/test.lua");
	assert_string_equal(plugin_format(t.plugin), "html");
}

static quern_code configure(const char *json, const char *to)
{
	struct value v;
	struct json_error e;
	struct arena a;
	arena_init(&a, &alloc_libc, 0);
	assert_true(json_read(&a, str_of(json), &v, &e));
	quern_code code = plugin_configure(t.plugin, &v, to, "2024-01-02T03:04:05Z", &t.error);
	arena_release(&a);
	return code;
}

static void test_options(void **state)
{
	(void)state;
	assert_int_equal(
		test_load(
			&t,
			"return {api = 1, formats = {'json', 'html'}, options = {limit = {type = 'integer', default = 5, min "
			"= 1, max = 9}, since = {type = 'string'}, flag = {type = 'boolean', default = false}, ratio = {type = "
			"'number'}, tags = {type = 'list', one_of = {'a', 'b'}}, mode = {type = 'string', one_of = {'x', "
			"'y'}}}, map = function(doc, opts) return opts end}"),
		QUERN_OK);
	assert_int_equal(test_map_doc(&t, ""), QUERN_OK);
	assert_string_equal(t.text, "{\"flag\":false,\"limit\":5,\"now\":\"1970-01-01T00:00:00Z\",\"to\":\"json\"}");
	assert_int_equal(
		configure("{\"limit\":\"7\",\"flag\":\"yes\",\"ratio\":\"2\",\"tags\":\"a, b\",\"since\":\"5\"}",
			  "html"),
		QUERN_OK);
	assert_int_equal(test_map_doc(&t, ""), QUERN_OK);
	assert_string_equal(t.text,
			    "{\"flag\":true,\"limit\":7,\"now\":\"2024-01-02T03:04:05Z\",\"ratio\":2.0,\"since\":\"5\","
			    "\"tags\":[\"a\",\"b\"],\"to\":\"html\"}");
	assert_int_equal(configure("{\"limt\":1}", NULL), QUERN_INVALID);
	assert_string_equal(t.error.message, "unknown option \"limt\"");
	assert_string_equal(t.error.hint, "did you mean \"limit\"?");
	assert_int_equal(configure("{\"limit\":\"x\"}", NULL), QUERN_INVALID);
	assert_string_equal(t.error.message, "option \"limit\" must be an integer, not \"x\"");
	assert_int_equal(configure("{\"limit\":10}", NULL), QUERN_INVALID);
	assert_string_equal(t.error.message, "option \"limit\": must be at most 9, not 10");
	assert_int_equal(configure("{\"mode\":\"z\"}", NULL), QUERN_INVALID);
	assert_string_equal(t.error.hint, "allowed: [\"x\",\"y\"]");
	assert_int_equal(configure("{\"tags\":\"a,c\"}", NULL), QUERN_INVALID);
	assert_int_equal(configure("{\"flag\":\"maybe\"}", NULL), QUERN_INVALID);
	assert_int_equal(configure("{}", "pdf"), QUERN_INVALID);
	assert_string_equal(t.error.hint, "test writes json, html");
	assert_int_equal(test_map_doc(&t, ""), QUERN_OK);
	assert_non_null(strstr(t.text, "\"to\":\"html\""));
	assert_int_equal(test_load(&t, "return {api = 1, options = {x = {required = true}}, " MAP "}"), QUERN_OK);
	assert_int_equal(configure("{}", NULL), QUERN_INVALID);
	assert_string_equal(t.error.message, "option \"x\" is required");
}

/* ------------------------------------------------------------------ modules */

/* However map names its arguments, it gets those that it can see. */
static void test_arguments(void **state)
{
	static const char *const forms[][2] = {
		{ "function() return 'none' end", "\"none\"" },
		{ "function(doc) return doc.path end", "\"doc.md\"" },
		{ "function(_, opts) return opts.to end", "\"json\"" },
		{ "function(_, opts, out) return { opts.to, type(out) } end", "[\"json\",\"userdata\"]" },
		{ "function(_, _, out, more) return { type(out), type(more) } end", "[\"userdata\",\"nil\"]" },
		{ "function(...) return { select('#', ...), select(2, ...).to } end", "[3,\"json\"]" },
		{ "function(doc, ...) return { select('#', ...), type(select(2, ...)) } end", "[2,\"userdata\"]" },
		{ "type", "\"userdata\"" },
		{ "coroutine.wrap(function(_, opts) return opts.to end)", "\"json\"" },
	};
	char source[200];

	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		snprintf(source, sizeof source, "return { api = 1, map = %s }", forms[i][0]);
		assert_int_equal(test_load(&t, source), QUERN_OK);
		assert_int_equal(test_map_doc(&t, ""), QUERN_OK);
		assert_string_equal(t.text, forms[i][1]);
	}
}

static void write_file(const char *dir, const char *name, const char *text)
{
	char path[512];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static quern_code load_beside(const char *dir, const char *source)
{
	char path[512];
	snprintf(path, sizeof path, "%s/main.lua", dir);
	plugin_free(t.plugin);
	quern_code code = plugin_load(&t.env, path, source, strlen(source), &t.plugin, &t.error);
	return code == QUERN_OK ? test_map_doc(&t, "") : code;
}

static void test_require(void **state)
{
	static const char *const names[] = { "lib/good.lua", "lib/bad.lua", "lib/raises.lua", "lib/nothing.lua",
					     "lib/a.lua",    "lib/b.lua",   "lib/link.lua",   "found.lua" };
	char dir[] = "/tmp/quern-require-XXXXXX", path[512], link[512];
	const char *search[1];
	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/lib", dir);
	assert_int_equal(mkdir(path, 0700), 0);
	write_file(dir, names[0], "local n = 0 return { next = function() n = n + 1 return n end }");
	write_file(dir, names[1], "return {\n}}");
	write_file(dir, names[2], "\n\nreturn { f = function() error 'in module' end }");
	write_file(dir, names[3], "");
	write_file(dir, names[4], "return require 'lib.b'");
	write_file(dir, names[5], "return require 'lib.a'");
	write_file(dir, names[7], "return { api = 1, map = function() return 'found' end }");
	snprintf(link, sizeof link, "%s/%s", dir, names[6]);
	assert_int_equal(symlink("/etc/passwd", link), 0);
#define REQUIRE(name, rest) "return {api = 1, map = function() local m = require '" name "' " rest " end}"
	assert_int_equal(load_beside(dir, REQUIRE("lib.good", "m.next() return require('lib.good').next()")), QUERN_OK);
	assert_string_equal(t.text, "2");
	assert_int_equal(load_beside(dir, REQUIRE("lib.bad", "")), QUERN_SYNTAX);
	assert_int_equal(t.error.line, 2);
	assert_non_null(strstr(t.error.path, "/lib/bad.lua"));
	assert_int_equal(load_beside(dir, REQUIRE("lib.raises", "m.f()")), QUERN_RUNTIME);
	assert_int_equal(t.error.line, 3);
	assert_non_null(strstr(t.error.path, "/lib/raises.lua"));
	assert_non_null(strstr(t.error.traceback, "main.lua:1: in"));
	assert_int_equal(load_beside(dir, REQUIRE("lib.nothing", "")), QUERN_RUNTIME);
	assert_non_null(strstr(t.error.message, "returned a nil"));
	assert_int_equal(load_beside(dir, REQUIRE("lib.a", "")), QUERN_RUNTIME);
	assert_non_null(strstr(t.error.message, "requires itself"));
	/* One that fails fails the same way every time, in the same call and in the next. */
	assert_int_equal(
		load_beside(dir, "return {api = 1, map = function() pcall(require, 'lib.bad') pcall(require, 'lib.a') "
				 "require 'lib.bad' end}"),
		QUERN_SYNTAX);
	assert_int_equal(test_map_doc(&t, ""), QUERN_SYNTAX);
	assert_int_equal(load_beside(dir, "return {api = 1, map = function() require 'lib.a' end}"), QUERN_RUNTIME);
	assert_int_equal(test_map_doc(&t, ""), QUERN_RUNTIME);
	assert_int_equal(t.error.line, 1);
	assert_non_null(strstr(t.error.path, "/lib/b.lua"));
	assert_int_equal(load_beside(dir, REQUIRE("lib.link", "")), QUERN_DENIED);
	assert_int_equal(load_beside(dir, REQUIRE("lib.none", "")), QUERN_RUNTIME);
	assert_non_null(strstr(t.error.message, "no module \"lib.none\" (no file lib/none.lua)"));
	static const char *const denied[] = { "..lib.good", "lib..good", "/lib/good", "lib/good", ".lib", "lib.", "" };
	for (size_t i = 0; i < sizeof denied / sizeof *denied; i++) {
		char source[200];
		snprintf(source, sizeof source, REQUIRE("%s", ""), denied[i]);
		assert_int_equal(load_beside(dir, source), QUERN_DENIED);
	}
	search[0] = dir;
	t.env.path = search;
	t.env.n_path = 1;
	plugin_free(t.plugin);
	assert_int_equal(plugin_load(&t.env, "found", NULL, 0, &t.plugin, &t.error), QUERN_OK);
	assert_string_equal(plugin_name(t.plugin), "found");
	plugin_free(t.plugin);
	assert_int_equal(plugin_load(&t.env, "absent", NULL, 0, &t.plugin, &t.error), QUERN_NOT_FOUND);
	assert_non_null(strstr(t.error.hint, dir));
	assert_int_equal(plugin_load(&t.env, "absent.lua", NULL, 0, &t.plugin, &t.error), QUERN_NOT_FOUND);
	assert_int_equal(test_run(&t, "return require('lib.good').next()"), QUERN_OK);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(path, sizeof path, "%s/%s", dir, names[i]);
		unlink(path);
	}
	snprintf(path, sizeof path, "%s/lib", dir);
	rmdir(path);
	rmdir(dir);
}

/* ------------------------------------------------------------ reduce, render */

static quern_code collect(void *user, const char *bytes, size_t len)
{
	struct lua_test *test = user;
	size_t n = strlen(test->text);
	snprintf(test->text + n, sizeof test->text - n, "%.*s", (int)len, bytes);
	return test->file_code;
}

static quern_code get_result(void *user, size_t i, const char **path, const struct value **value)
{
	static struct value v;
	static char name[32];
	(void)user;
	snprintf(name, sizeof name, "%zu.md", i + 1);
	v = i == 1 ? value_null() : value_int((int64_t)i * 10);
	*path = name;
	*value = &v;
	return QUERN_OK;
}

static quern_code render(const struct value *reduced)
{
	struct plugin_results results = { .count = 3, .get = get_result, .reduced = reduced };
	quern_output output = { sizeof output, &t, test_file, test_log };
	t.text[0] = '\0';
	return plugin_render(t.plugin, &results, &output, collect, &t, &t.error);
}

static void test_render(void **state)
{
	struct value one = value_int(1), two = value_int(2), out;
	(void)state;
	assert_int_equal(test_load(&t, "return {api = 1, " MAP "}"), QUERN_OK);
	assert_int_equal(render(NULL), QUERN_OK);
	assert_string_equal(t.text, "{\"path\":\"1.md\",\"value\":0}\n{\"path\":\"3.md\",\"value\":20}\n");
	assert_int_equal(plugin_reduce(t.plugin, &one, &two, &t.arena, &out, &t.error), QUERN_INVALID);
	assert_int_equal(
		test_load(
			&t,
			"return {api = 1, " MAP ", render = function(results, opts, out) local s = #results .. opts.to "
			"for path, value in results:each() do s = s .. path .. tostring(value) end out:write('f', 'x') "
			"return s .. results[3].path .. results[3].value .. tostring(results[4]) end}"),
		QUERN_OK);
	assert_int_equal(render(NULL), QUERN_OK);
	assert_string_equal(t.text, "3json1.md02.mdnil3.md203.md20nil");
	assert_string_equal(t.file, "f");
	t.file_code = QUERN_IO;
	assert_int_equal(render(NULL), QUERN_IO);
	t.file_code = QUERN_OK;
	assert_int_equal(test_load(&t, "return {api = 1, " MAP
				       ", reduce = function(a, b) return a + b end, render = function(v) "
				       "return 'sum ' .. v end}"),
			 QUERN_OK);
	assert_int_equal(plugin_reduce(t.plugin, &one, &two, &t.arena, &out, &t.error), QUERN_OK);
	assert_int_equal(out.as.integer, 3);
	assert_int_equal(render(&out), QUERN_OK);
	assert_string_equal(t.text, "sum 3");
	assert_int_equal(test_load(&t, "return {api = 1, " MAP ", render = function() return {} end}"), QUERN_OK);
	assert_int_equal(render(NULL), QUERN_VALUE);
	assert_int_equal(test_load(&t, "return {api = 1, " MAP ", render = function() end}"), QUERN_OK);
	assert_int_equal(render(NULL), QUERN_OK);
	assert_string_equal(t.text, "");
}

static quern_code call_again(void *user, const char *path, const char *bytes, size_t len)
{
	quern_error error;
	struct value out, v = value_null();
	(void)user;
	(void)path;
	(void)bytes;
	(void)len;
	return plugin_reduce(t.plugin, &v, &v, &t.arena, &out, &error);
}

static void test_busy(void **state)
{
	quern_output output = { sizeof output, NULL, call_again, NULL };
	struct record *r;
	(void)state;
	assert_int_equal(
		test_load(&t, "return {api = 1, map = function(d, o, out) out:write('x', 'y') end, reduce = function() "
			      "end}"),
		QUERN_OK);
	assert_int_equal(
		record_new(&alloc_libc, STR_EMPTY, &(struct record_options){ .limits = record_limits_default }, &r),
		RECORD_OK);
	assert_int_equal(plugin_map(t.plugin, r, &output, &t.arena, &t.value, &t.error), QUERN_BUSY);
	record_unref(r);
}

static void test_locale(void **state)
{
	(void)state;
	const char *names[] = { "de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "ko_KR.UTF-8", NULL };
	for (int i = 0; names[i] && !setlocale(LC_ALL, names[i]); i++)
		;
	assert_gives(&t,
		     "return { 1.5 .. '', tostring(2.25), tonumber('3.5'), string.format('%.2f', 0.5), ('1.5' + 0) }",
		     "[\"1.5\",\"2.25\",3.5,\"0.50\",1.5]");
	setlocale(LC_ALL, "C");
}

/* ------------------------------------------------- failing allocations in turn */

struct failing {
	long left; /* allocations until one fails; negative: all fail from then on when sticky */
	bool sticky, hit;
	size_t live;
};

static void *failing_alloc(void *user, void *ptr, size_t old_size, size_t new_size)
{
	struct failing *f = user;
	if (new_size == 0) {
		f->live -= ptr ? old_size : 0;
		free(ptr);
		return NULL;
	}
	if (new_size > old_size || !ptr) {
		if (f->left == 0 || (f->sticky && f->hit)) {
			f->hit = true;
			f->left -= f->left == 0;
			return NULL;
		}
		f->left--;
	}
	void *p = realloc(ptr, new_size);
	if (p)
		f->live += new_size - (ptr ? old_size : 0);
	return p;
}

static quern_code whole_life(const struct alloc *heap)
{
	static const char source[] =
		"local weak = {} return {api = 1, options = {x = {type = 'list', default = {'a'}}}, map = function(doc, opts, out) local "
		"t = {} for i = 1, 300 do t[i] = ('x'):rep(i * 10) end local d = quern.parse('# a\\n\\nb') local w = doc:walk{text = "
		"function(n) return n.literal .. 'y' end} return {t = #t, d = d:text(), h = #doc:select('heading'), o = "
		"#doc:outline(), w = w:text(), r = doc:render('html'), j = quern.json.encode(t)} end, render = function() return "
		"'x' end}";
	struct plugin_env env = t.env;
	struct plugin *p = NULL;
	struct record *r = NULL;
	struct value out;
	struct arena a;
	quern_error error;
	struct plugin_results results = { .count = 0, .get = get_result };
	struct record_options options = { .path = "d.md", .format = FORMAT_MARKDOWN, .limits = record_limits_default };
	env.heap = heap;
	quern_code code = plugin_load(&env, "x.lua", source, sizeof source - 1, &p, &error);
	if (code != QUERN_OK)
		return code;
	arena_init(&a, heap, 0);
	if (record_new(heap, STR_LIT("# One\n\ntext *x*\n"), &options, &r) != RECORD_OK)
		code = QUERN_NOMEM;
	if (code == QUERN_OK)
		code = plugin_map(p, r, NULL, &a, &out, &error);
	if (code == QUERN_OK)
		code = plugin_render(p, &results, NULL, collect, &t, &error);
	record_unref(r);
	arena_release(&a);
	plugin_free(p);
	return code;
}

static void test_failing(void **state)
{
	struct failing f;
	struct alloc heap = { failing_alloc, &f };
	(void)state;
	for (int sticky = 0; sticky < 2; sticky++) {
		for (long k = 0;; k++) {
			f = (struct failing){ .left = k, .sticky = sticky };
			t.text[0] = '\0';
			quern_code code = whole_life(&heap);
			assert_int_equal(f.live, 0);
			if (!f.hit) {
				assert_int_equal(code, QUERN_OK);
				break;
			}
			/* One refusal may be met by collecting garbage. */
			assert_true(code == QUERN_NOMEM || (!sticky && code == QUERN_OK));
		}
	}
}

/* A small cap instead of a failing host: the same from inside. */
static void test_small_caps(void **state)
{
	(void)state;
	for (size_t cap = 16 << 10; cap < (size_t)2 << 20; cap += 24 << 10) {
		t.env.memory_limit = cap;
		quern_code code = whole_life(&alloc_libc);
		assert_true(code == QUERN_OK || code == QUERN_NOMEM);
	}
	t.env.memory_limit = 8 << 20;
	assert_int_equal(whole_life(&alloc_libc), QUERN_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_manifest, setup, teardown),
		cmocka_unit_test_setup_teardown(test_options, setup, teardown),
		cmocka_unit_test_setup_teardown(test_arguments, setup, teardown),
		cmocka_unit_test_setup_teardown(test_require, setup, teardown),
		cmocka_unit_test_setup_teardown(test_render, setup, teardown),
		cmocka_unit_test_setup_teardown(test_busy, setup, teardown),
		cmocka_unit_test_setup_teardown(test_locale, setup, teardown),
		cmocka_unit_test_setup_teardown(test_failing, setup, teardown),
		cmocka_unit_test_setup_teardown(test_small_caps, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
