/*
 * test_modules.c - modules are compiled once an engine, and a plugin loaded
 * later never notices: a changed file counts at once, errors keep their lines,
 * a link that turned elsewhere is refused.
 */
#include "../base/cmocka_all.h"
#include "../run/folder.h"

#include "quern.h"

struct host {
	struct folder_fixture *folder;
	quern *q;
	quern_error error;
	int64_t answer;
};

static void host_init(struct host *h, void **state)
{
	quern_config config = QUERN_CONFIG_INIT;
	const char *path[1];

	*h = (struct host){ .folder = *state };
	folder_mkdir(h->folder, "lib");
	path[0] = h->folder->path;
	config.plugin_path = path;
	config.plugin_path_count = 1;
	assert_int_equal(quern_new(&config, &h->q, NULL), QUERN_OK);
}

/* An old file: its times tell for certain whether it changed. */
static void write_old(struct host *h, const char *name, const char *text)
{
	const struct timespec old[2] = { { 1000000000, 0 }, { 1000000000, 0 } };

	folder_write(h->folder, name, text);
	assert_int_equal(utimensat(AT_FDCWD, folder_path(h->folder, name), old, 0), 0);
}

/* A new plugin object of this source maps one document. */
static quern_code ask(struct host *h, const char *source)
{
	quern_plugin *plugin = NULL;
	quern_value *value = NULL;
	quern_doc *doc = NULL;
	quern_code code = quern_plugin_load_source(h->q, "ask.lua", source, strlen(source), &plugin, &h->error);

	assert_int_equal(quern_doc_parse(h->q, "x", 1, NULL, &doc, NULL), QUERN_OK);
	if (code == QUERN_OK)
		code = quern_plugin_map(plugin, doc, NULL, &value, &h->error);
	h->answer = quern_value_integer(value);
	quern_value_free(value);
	quern_doc_unref(doc);
	quern_plugin_free(plugin);
	return code;
}

static const char asker[] = "local m = require 'lib.m' return { api = 1, map = function() return m.answer() end }";

static void states_share_no_values(void **state)
{
	struct host h;

	host_init(&h, state);
	write_old(&h, "lib/m.lua", "local n = 0 return { answer = function() n = n + 1 return n end }");
	for (int i = 0; i < 4; i++) {
		assert_int_equal(ask(&h, asker), QUERN_OK);
		assert_int_equal(h.answer, 1);
	}
	quern_free(h.q);
}

static void a_changed_file_counts_at_once(void **state)
{
	struct host h;

	host_init(&h, state);
	for (int i = 0; i < 5; i++) { /* of one size, at nearly one time */
		char text[] = "return { answer = function() return 0 end }";
		*strchr(text, '0') = (char)('0' + i);
		folder_write(h.folder, "lib/m.lua", text);
		for (int k = 0; k < 2; k++) {
			assert_int_equal(ask(&h, asker), QUERN_OK);
			assert_int_equal(h.answer, i);
		}
	}
	quern_free(h.q);
}

static void errors_keep_their_lines(void **state)
{
	struct host h;

	host_init(&h, state);
	write_old(&h, "lib/m.lua", "return {\n  answer = function()\n    local nothing\n    return nothing.x\n  end }");
	for (int i = 0; i < 3; i++) {
		assert_int_equal(ask(&h, asker), QUERN_RUNTIME);
		assert_int_equal(h.error.line, 4);
		assert_non_null(strstr(h.error.path, "/lib/m.lua"));
		assert_string_equal(h.error.message, "attempt to index a nil value (local 'nothing')");
	}
	quern_free(h.q);
}

static void a_broken_module_stays_broken(void **state)
{
	struct host h;

	host_init(&h, state);
	write_old(&h, "lib/m.lua", "return {\n  answer = = 1 }");
	for (int i = 0; i < 2; i++) {
		assert_int_equal(ask(&h, asker), QUERN_SYNTAX);
		assert_int_equal(h.error.line, 2);
	}
	write_old(&h, "lib/m.lua", "\033Lua");
	assert_int_not_equal(ask(&h, asker), QUERN_OK);
	assert_non_null(strstr(h.error.message, "binary chunk"));
	write_old(&h, "lib/m.lua", "return { answer = function() return 7 end }");
	assert_int_equal(ask(&h, asker), QUERN_OK);
	assert_int_equal(h.answer, 7);
	quern_free(h.q);
}

static void a_link_that_turned_is_looked_at_again(void **state)
{
	struct folder_fixture outside = { .path = P_tmpdir "/quern-test-XXXXXX" };
	struct host h;
	char link[sizeof outside.text];

	host_init(&h, state);
	assert_non_null(mkdtemp(outside.path));
	folder_write(&outside, "m.lua", "return { answer = function() return 9 end }");
	write_old(&h, "inside.lua", "return { answer = function() return 1 end }");
	snprintf(link, sizeof link, "%s", folder_path(h.folder, "lib/m.lua"));
	assert_int_equal(symlink("../inside.lua", link), 0);
	assert_int_equal(ask(&h, asker), QUERN_OK);
	assert_int_equal(h.answer, 1);
	assert_int_equal(unlink(link), 0);
	assert_int_equal(symlink(folder_path(&outside, "m.lua"), link), 0);
	for (int i = 0; i < 2; i++)
		assert_int_equal(ask(&h, asker), QUERN_DENIED);
	quern_free(h.q);
	nftw(outside.path, folder_remove_one, 32, FTW_DEPTH | FTW_PHYS);
}

int main(void)
{
#define WITH_FOLDER(f) cmocka_unit_test_setup_teardown(f, folder_setup, folder_teardown)
	const struct CMUnitTest tests[] = {
		WITH_FOLDER(states_share_no_values),
		WITH_FOLDER(a_changed_file_counts_at_once),
		WITH_FOLDER(errors_keep_their_lines),
		WITH_FOLDER(a_broken_module_stays_broken),
		WITH_FOLDER(a_link_that_turned_is_looked_at_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
