/*
 * test_closure.c - the digest of all that decides what a plugin does: source,
 * modules and theirs, options, format, instant; none for what no text names.
 */
#include "../base/cmocka_all.h"
#include "../run/folder.h"

#include <stdio.h>
#include <string.h>

#include "lua/closure.h"
#include "quern.h"

struct wanted {
	const char *text;
	const char *names; /* with a blank after each */
};

static void names_are_found_in_the_text(void **state)
{
	static const struct wanted cases[] = {
		{ "local a = require 'lib.a'", "lib.a " },
		{ "require\"b\" require ( 'c.d' ) require[[e]] require(\n\"f_1\")", "b c.d e f_1 " },
		{ "require 'x' require 'x'", "x " },
		{ "-- require 'comment'", "comment " },
		{ "my_require 'x' requires 'y' require(name) require 'a' .. b", "a " },
		{ "require '' require 'no/slash' require 'open", "" },
		{ "local require", "" },
		{ "require", "" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct closure c;
		char names[200] = "";
		closure_init(&c, &alloc_libc);
		assert_true(closure_read(&c, str_of(cases[i].text), NULL, 0, NULL, NULL));
		for (size_t at = 0; at < c.names.n; at += strlen(c.names.p + at) + 1) {
			strcat(strcat(names, c.names.p + at), " ");
			assert_true(closure_has(&c, c.names.p + at));
		}
		assert_string_equal(names, cases[i].names);
		assert_false(closure_has(&c, "lib"));
		assert_false(closure_has(&c, "lib.a.b"));
		closure_release(&c);
	}
}

static void a_text_that_makes_up_names_is_known(void **state)
{
	static const char *const closed[] = {
		"local a = require 'lib.a' -- load what is required: require(x), _G",
		"require('a').x() local s = 'load' .. \"\\\"require\" --[[ require ]] .. [==[ _ENV ]] require ]==]",
		"x.load() x:load() x . require(y) require [[a]]",
		"reload() loader() required(x)",
		"",
	};
	static const char *const open[] = {
		"require(x)",
		"require('a' .. b)",
		"local r = require",
		"f(require)",
		"require 'a' require",
		"_G.x()",
		"_ENV[x]",
		"load(x)",
		"'a'..load(x)",
		"--[[ ]] require(x)",
		"--[==[ ]] ]==] load()",
		"-- [[\nload()",
		"'\\\'' load()",
		"goto a ::a::load()",
		"require '\\x61'",
	};

	(void)state;
	for (size_t i = 0; i < sizeof closed / sizeof closed[0] + sizeof open / sizeof open[0]; i++) {
		const bool is_open = i >= sizeof closed / sizeof closed[0];
		const char *text = is_open ? open[i - sizeof closed / sizeof closed[0]] : closed[i];
		if (closure_is_open(str_of(text)) != is_open)
			fail_msg("%s", text);
	}
}

/* ------------------------------------------------------------------ plugins */

/* The digest of ./p.lua as it is now, after mapping one document; "" where there is none. */
static void digest_with(struct folder_fixture *f, const char *to, const char *now, const char *options, char out[80])
{
	char path[FOLDER_PATH];
	quern_value *v = NULL, *set = NULL;
	quern_plugin *p;
	quern_doc *doc;
	quern_error error;
	quern *q;
	const char *digest;

	snprintf(path, sizeof path, "%s/p.lua", f->path);
	assert_int_equal(quern_new(NULL, &q, &error), QUERN_OK);
	if (quern_plugin_load(q, path, &p, &error) != QUERN_OK)
		fail_msg("%s", error.message);
	assert_int_equal(quern_value_from_json(q, options, strlen(options), &set, &error), QUERN_OK);
	assert_int_equal(quern_plugin_configure(p, set, to, now, &error), QUERN_OK);
	quern_value_free(set);
	assert_int_equal(quern_doc_parse(q, "# t\n", 4, NULL, &doc, &error), QUERN_OK);
	quern_plugin_map(p, doc, NULL, &v, &error);
	digest = quern_plugin_digest(p);
	snprintf(out, 80, "%s", digest ? digest : "");
	quern_value_free(v);
	quern_doc_unref(doc);
	quern_plugin_free(p);
	quern_free(q);
}

#define TAIL                                                                                                           \
	" return { name = 'p', api = 1, summary = 's', formats = { 'json', 'text' },"                                  \
	" options = { n = { type = 'integer', default = 1 } },"

static void assert_changes(struct folder_fixture *f, char last[80], bool wanted)
{
	char now[80];

	digest_with(f, NULL, NULL, "{}", now);
	assert_int_equal(strlen(now), 64);
	assert_int_equal(strcmp(now, last) != 0, wanted);
	strcpy(last, now);
}

static void whatever_decides_changes_the_digest(void **state)
{
	struct folder_fixture *f = *state;
	char last[80] = "", other[80];

	folder_mkdir(f, "lib");
	folder_write(f, "p.lua", "local a = require 'lib.a'" TAIL " map = function(doc) return a end }");
	folder_write(f, "lib/a.lua", "return require 'lib.b'");
	folder_write(f, "lib/b.lua", "return { 1 }");
	assert_changes(f, last, true);
	assert_changes(f, last, false);
	folder_write(f, "lib/unused.lua", "return { 1 }");
	assert_changes(f, last, false);
	folder_write(f, "lib/b.lua", "return { 2 }");
	assert_changes(f, last, true);
	folder_write(f, "lib/a.lua", "return require 'lib.b' ");
	assert_changes(f, last, true);
	folder_write(f, "p.lua", "local a = require 'lib.a'" TAIL " map = function(doc) return { a } end }");
	assert_changes(f, last, true);
	digest_with(f, "text", NULL, "{}", other);
	assert_string_not_equal(other, last);
	digest_with(f, NULL, "2024-01-01T00:00:00Z", "{}", other);
	assert_string_not_equal(other, last);
	digest_with(f, NULL, NULL, "{\"n\":2}", other);
	assert_string_not_equal(other, last);
	digest_with(f, NULL, NULL, "{\"n\":1}", other);
	assert_string_equal(other, last);
}

static void a_module_that_no_text_names_gives_no_digest(void **state)
{
	static const char *const maps[] = {
		"map = function(doc) return require('lib.' .. 'a') end }",
		"map = function(doc) local r = require return r('lib.a') end }",
		"map = function(doc) local n = 'lib.a' return require(n) end }",
	};
	struct folder_fixture *f = *state;
	char text[400], digest[80];

	folder_mkdir(f, "lib");
	folder_write(f, "lib/a.lua", "return { 1 }");
	for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++) {
		snprintf(text, sizeof text, "%s %s", TAIL, maps[i]);
		folder_write(f, "p.lua", text);
		digest_with(f, NULL, NULL, "{}", digest);
		assert_string_equal(digest, "");
	}
	/* Named somewhere, it may be called as one likes. */
	snprintf(text, sizeof text, "-- require 'lib.a'\n%s %s", TAIL, maps[0]);
	folder_write(f, "p.lua", text);
	digest_with(f, NULL, NULL, "{}", digest);
	assert_int_equal(strlen(digest), 64);
}

/* A module that was missing and is there now is another plugin, wherever on the way it stands. */
static void a_missing_module_is_told_from_an_empty_one(void **state)
{
	struct folder_fixture *f = *state;
	char last[80] = "";

	folder_write(f, "p.lua", TAIL " map = function(doc) return pcall(require, 'm') or require 'm' end }");
	assert_changes(f, last, true);
	folder_write(f, "m.lua", "");
	assert_changes(f, last, true);
	unlink(folder_path(f, "m.lua"));
	assert_changes(f, last, true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_found_in_the_text),
		cmocka_unit_test(a_text_that_makes_up_names_is_known),
		cmocka_unit_test_setup_teardown(whatever_decides_changes_the_digest, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_module_that_no_text_names_gives_no_digest, folder_setup,
						folder_teardown),
		cmocka_unit_test_setup_teardown(a_missing_module_is_told_from_an_empty_one, folder_setup,
						folder_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
