/*
 * test_files.c - plugins where there is no file system: their files are
 * gathered first and handed to the library later; documents that are open already.
 */
#include "../base/cmocka_all.h"
#include "../run/folder.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "quern.h"

#define HEAD "name = 'p', api = 1, summary = 's', formats = { 'text' },"

struct shelf {
	char names[1000]; /* with a blank after each */
	struct {
		char path[FOLDER_PATH];
		char text[300];
		size_t n;
	} files[10];
	size_t n, denied;
};

static quern_code put(void *user, const char *path, quern_code code, const char *bytes, size_t len)
{
	struct shelf *s = user;

	assert_true(s->n < 10 && len < 300);
	strcat(strcat(s->names, strrchr(path, '/') + 1), " ");
	if (code == QUERN_DENIED) {
		s->denied++;
		return QUERN_OK;
	}
	snprintf(s->files[s->n].path, FOLDER_PATH, "%s", path);
	memcpy(s->files[s->n].text, bytes, len);
	s->files[s->n++].n = len;
	return QUERN_OK;
}

static quern_code get(void *user, const char *path, quern_write_fn write, void *to)
{
	const struct shelf *s = user;

	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->files[i].path, path) == 0)
			return write(to, s->files[i].text, s->files[i].n);
	return QUERN_NOT_FOUND;
}

static void gather(struct folder_fixture *f, struct shelf *s)
{
	char path[FOLDER_PATH];
	quern_error error;
	quern *q;

	*s = (struct shelf){ .n = 0 };
	snprintf(path, sizeof path, "%s/p.lua", f->path);
	assert_int_equal(quern_new(NULL, &q, &error), QUERN_OK);
	assert_int_equal(quern_plugin_files(q, path, put, s, &error), QUERN_OK);
	quern_free(q);
}

static void a_plugin_runs_from_what_was_gathered(void **state)
{
	struct folder_fixture *f = *state;
	char path[FOLDER_PATH];
	quern_config config = QUERN_CONFIG_INIT;
	quern_plugin *p;
	quern_value *v = NULL;
	quern_doc *doc;
	quern_error error;
	struct shelf s;
	size_t n;
	quern *q;

	folder_mkdir(f, "lib");
	folder_write(f, "p.lua", "return {" HEAD "map = function() return require 'lib.a' end }");
	folder_write(f, "lib/a.lua", "return require 'lib.b' .. '!'");
	folder_write(f, "lib/b.lua", "return 'b'");
	folder_write(f, "lib/unused.lua", "return 'u'");
	gather(f, &s);
	assert_string_equal(s.names, "p.lua a.lua b.lua ");
	unlink(folder_path(f, "p.lua"));
	unlink(folder_path(f, "lib/a.lua"));
	config.read_file = get;
	config.read_file_user = &s;
	snprintf(path, sizeof path, "%s/p.lua", f->path);
	assert_int_equal(quern_new(&config, &q, &error), QUERN_OK);
	if (quern_plugin_load(q, path, &p, &error) != QUERN_OK)
		fail_msg("%s", error.message);
	assert_int_equal(quern_doc_parse(q, "# t\n", 4, NULL, &doc, &error), QUERN_OK);
	if (quern_plugin_map(p, doc, NULL, &v, &error) != QUERN_OK)
		fail_msg("%s", error.message);
	assert_string_equal(quern_value_string(v, &n), "b!");
	assert_non_null(quern_plugin_digest(p));
	quern_value_free(v);
	quern_doc_unref(doc);
	quern_plugin_free(p);
	quern_free(q);
}

static void made_up_names_take_all_and_links_stay_out(void **state)
{
	struct folder_fixture *f = *state;
	struct shelf s;

	folder_mkdir(f, "lib");
	folder_write(f, "p.lua", "return {" HEAD "map = function(doc) return require('lib.' .. doc.title) end }");
	folder_write(f, "lib/a.lua", "return 1");
	folder_write(f, "lib/no-module.lua", "return 1");
	assert_int_equal(symlink("/etc/hostname", folder_path(f, "lib/out.lua")), 0);
	gather(f, &s);
	assert_non_null(strstr(s.names, "a.lua "));
	assert_null(strstr(s.names, "no-module"));
	assert_int_equal(s.denied, access("/etc/hostname", R_OK) == 0);
}

static quern_code refuse(void *user, const char *path, quern_code code, const char *bytes, size_t len)
{
	(void)user, (void)path, (void)code, (void)bytes, (void)len;
	return QUERN_LIMIT;
}

static void what_cannot_be_gathered_is_told(void **state)
{
	struct folder_fixture *f = *state;
	char path[FOLDER_PATH];
	quern_error error;
	quern *q;

	snprintf(path, sizeof path, "%s/p.lua", f->path);
	assert_int_equal(quern_new(NULL, &q, &error), QUERN_OK);
	assert_int_equal(quern_plugin_files(q, "nothing", put, NULL, &error), QUERN_NOT_FOUND);
	assert_int_equal(quern_plugin_files(q, path, put, NULL, &error), QUERN_NOT_FOUND);
	folder_write(f, "p.lua", "return 1");
	assert_int_equal(quern_plugin_files(q, path, refuse, NULL, &error), QUERN_LIMIT);
	assert_int_equal(quern_plugin_files(q, path, refuse, NULL, NULL), QUERN_LIMIT);
	quern_free(q);
}

static void an_open_file_is_a_document(void **state)
{
	struct folder_fixture *f = *state;
	char text[20000] = "---\ntitle: t\n---\n";
	quern_error error;
	quern *q;

	memset(text + strlen(text), 'x', sizeof text - strlen(text) - 1);
	text[sizeof text - 1] = '\0';
	folder_write(f, "a.md", text);
	assert_int_equal(quern_new(NULL, &q, &error), QUERN_OK);
	for (size_t at_first = 0; at_first <= 40000; at_first += 10000) {
		quern_doc_options o = QUERN_DOC_OPTIONS_INIT;
		quern_doc *doc;
		size_t n;
		o.path = "a.md";
		o.at_first = at_first;
		o.file_size = sizeof text - 1;
		const int fd = open(folder_path(f, "a.md"), O_RDONLY);
		assert_int_equal(quern_doc_load_open(q, fd, &o, &doc, &error), QUERN_OK);
		assert_string_equal(quern_doc_title(doc, &n), "t");
		quern_doc_source(doc, &n);
		assert_int_equal(n, sizeof text - 1);
		quern_doc_unref(doc);
		assert_int_equal(fcntl(fd, F_GETFD), -1);
	}
	quern_free(q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_plugin_runs_from_what_was_gathered, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(made_up_names_take_all_and_links_stay_out, folder_setup,
						folder_teardown),
		cmocka_unit_test_setup_teardown(what_cannot_be_gathered_is_told, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(an_open_file_is_a_document, folder_setup, folder_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
