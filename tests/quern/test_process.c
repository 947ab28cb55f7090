/*
 * test_process.c - what the library must leave alone in the process it lives
 * in: signal handlers and masks, descriptors, children, the working folder,
 * the environment, the locale; and that it works under a locale with a decimal comma.
 */
#include "../base/cmocka_all.h"

#include <dirent.h>
#include <errno.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "public_api.h"

extern char **environ;

/* ------------------------------------------------------------------ signals */

struct surroundings {
	struct sigaction actions[NSIG];
	sigset_t mask;
	char fds[256]; /* which are open: a bit would do */
	char folder[4096], locale[256];
	mode_t umask;
	size_t n_environment;
};

static void descriptors_look(char open_fds[256])
{
	for (int fd = 0; fd < 256; fd++) {
		struct stat st;
		open_fds[fd] = (char)(fstat(fd, &st) == 0);
	}
}

static void surroundings_look(struct surroundings *s)
{
	memset(s, 0, sizeof *s);
	for (int i = 1; i < NSIG; i++)
		(void)sigaction(i, NULL, &s->actions[i]);
	pthread_sigmask(SIG_SETMASK, NULL, &s->mask);
	descriptors_look(s->fds);
	assert_non_null(getcwd(s->folder, sizeof s->folder));
	snprintf(s->locale, sizeof s->locale, "%s", setlocale(LC_ALL, NULL));
	s->umask = umask(0);
	umask(s->umask);
	while (environ[s->n_environment])
		s->n_environment++;
}

static void nothing_of_the_process_is_changed(void **state)
{
	static struct surroundings before, after;
	const locale_t thread_locale = uselocale((locale_t)0);
	size_t bytes;

	(void)state;
	surroundings_look(&before);
	for (int i = 0; i < 5; i++)
		assert_int_equal(api_all(NULL, NULL, NULL, &bytes), QUERN_OK);
	surroundings_look(&after);
	for (int i = 1; i < NSIG; i++)
		assert_true(before.actions[i].sa_handler == after.actions[i].sa_handler &&
			    before.actions[i].sa_flags == after.actions[i].sa_flags);
	assert_memory_equal(&before.mask, &after.mask, sizeof before.mask);
	assert_memory_equal(before.fds, after.fds, sizeof before.fds);
	assert_string_equal(before.folder, after.folder);
	assert_string_equal(before.locale, after.locale);
	assert_int_equal(before.umask, after.umask);
	assert_int_equal(before.n_environment, after.n_environment);
	assert_true(uselocale((locale_t)0) == thread_locale);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static int nested_handlers;

static void count_signal(int number)
{
	(void)number;
	nested_handlers++;
}

static void a_handler_of_the_host_runs_while_a_plugin_does(void **state)
{
	struct sigaction mine = { .sa_handler = count_signal }, old, now;
	size_t bytes;

	(void)state;
	sigaction(SIGALRM, &mine, &old);
	nested_handlers = 0;
	ualarm(200, 200);
	for (int i = 0; i < 200 && nested_handlers < 5; i++)
		assert_int_equal(api_all(NULL, NULL, NULL, &bytes), QUERN_OK);
	ualarm(0, 0);
	assert_true(nested_handlers >= 5);
	sigaction(SIGALRM, NULL, &now);
	assert_true(now.sa_handler == count_signal);
	sigaction(SIGALRM, &old, NULL);
}

/* ------------------------------------------------------------------ children */

static quern_code host_fork(void *user, quern *q, const quern_value *args, quern_value **out, quern_error *error)
{
	const char *before = user;
	char now[256];
	pid_t child;
	int status;

	(void)args, (void)error;
	descriptors_look(now);
	child = fork();
	if (child == 0)
		_exit(memcmp(before, now, sizeof now) == 0 ? 7 : 8);
	if (waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return QUERN_IO;
	return quern_value_new_integer(q, WEXITSTATUS(status), out);
}

/* In the middle of a call a child of the host inherits no descriptor of the library. */
static void nothing_is_leaked_to_children(void **state)
{
	static const char source[] = "local m = require 'child_module' return { api = 1, map = function() "
				     "return m(quern.host.fork()) end }";
	char folder[] = "/tmp/quern-child-XXXXXX", path[64], fds[256];
	const char *const folders[] = { folder };
	const quern_host_function functions[] = { { "fork", host_fork, fds } };
	quern_config config = QUERN_CONFIG_INIT;
	struct api a = { 0 };

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/child_module.lua", folder);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs("return function(n) return n + 100 end", f);
	fclose(f);
	descriptors_look(fds);
	config.plugin_path = folders;
	config.plugin_path_count = 1;
	config.host_functions = functions;
	config.host_function_count = 1;
	assert_int_equal(quern_new(&config, &a.q, NULL), QUERN_OK);
	assert_int_equal(quern_doc_parse(a.q, api_page, strlen(api_page), NULL, &a.doc, NULL), QUERN_OK);
	assert_int_equal(quern_plugin_load_source(a.q, "f.lua", source, strlen(source), &a.plugin, &a.error), QUERN_OK);
	(void)quern_plugin_map(a.plugin, a.doc, NULL, &a.value, &a.error);
	assert_string_equal(a.error.message, "");
	assert_int_equal(quern_value_integer(a.value), 107);
	api_release(&a);
	unlink(path);
	rmdir(folder);
}

/* A child of a program that holds an engine may go on with it. */
static void an_engine_works_in_a_child(void **state)
{
	struct api a = { 0 };
	pid_t child;
	int status;

	(void)state;
	assert_int_equal(api_engine(&a, NULL, NULL, "."), QUERN_OK);
	assert_int_equal(quern_doc_parse(a.q, api_page, strlen(api_page), NULL, &a.doc, NULL), QUERN_OK);
	assert_int_equal(quern_plugin_load_source(a.q, "m.lua", api_mapper, strlen(api_mapper), &a.plugin, NULL),
			 QUERN_OK);
	child = fork();
	if (child == 0)
		_exit(quern_plugin_map(a.plugin, a.doc, NULL, &a.value, NULL) == QUERN_OK ? 7 : 8);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 7);
	assert_int_equal(quern_plugin_map(a.plugin, a.doc, NULL, &a.value, NULL), QUERN_OK);
	api_release(&a);
}

/* -------------------------------------------------------------------- locale */

/* A locale of the system whose decimal point is a comma, or one made here from Debian's sources. */
static bool comma_locale(void)
{
	static const char *const names[] = { "de_DE.UTF-8", "de_DE", "fr_FR.UTF-8", "ru_RU.UTF-8", "comma" };
	char folder[] = "/tmp/quern-locale-XXXXXX", command[256];

	for (size_t i = 0; i + 1 < sizeof names / sizeof *names; i++)
		if (setlocale(LC_ALL, names[i]) && *localeconv()->decimal_point == ',')
			return true;
	if (!mkdtemp(folder))
		return false;
	snprintf(command, sizeof command, "localedef -i de_DE -f UTF-8 %s/comma >/dev/null 2>&1", folder);
	const int made = system(command);
	setenv("LOCPATH", folder, 1);
	const bool found = made != -1 && setlocale(LC_ALL, "comma") && *localeconv()->decimal_point == ',';
	unsetenv("LOCPATH");
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command) == 0 && found;
}

struct text {
	char bytes[1024];
	size_t n;
};

static quern_code add_text(void *user, const char *bytes, size_t len)
{
	struct text *t = user;

	if (len > sizeof t->bytes - t->n)
		return QUERN_IO;
	memcpy(t->bytes + t->n, bytes, len);
	t->n += len;
	return QUERN_OK;
}

static quern_code host_locale(void *user, quern *q, const quern_value *args, quern_value **out, quern_error *error)
{
	(void)user, (void)args, (void)error;
	return quern_value_new_string(q, localeconv()->decimal_point, 1, out);
}

static void numbers_have_a_point_whatever_the_locale(void **state)
{
	static const char document[] = "---\nn: 2.5\n---\ntext";
	static const char source[] =
		"return { api = 1, map = function(doc) return { doc.meta.n, 1.5, tonumber('3.25'), "
		"tonumber('3,25') == nil, string.format('%.1f', 0.5), tostring(4.5), '1' + 0.5,"
		"load('return 6.5')(), quern.json.decode('[7.5]')[1], quern.host.point() } end }";
	const quern_host_function functions[] = { { "point", host_locale, NULL } };
	quern_config config = QUERN_CONFIG_INIT;
	struct text text = { .n = 0 };
	struct api a = { 0 };
	char point[8];
	size_t bytes, plain;

	(void)state;
	assert_int_equal(api_all(NULL, NULL, NULL, &plain), QUERN_OK);
	if (!comma_locale())
		skip();
	assert_int_equal(api_all(NULL, NULL, NULL, &bytes), QUERN_OK);
	assert_int_equal(bytes, plain);
	config.host_functions = functions;
	config.host_function_count = 1;
	assert_int_equal(quern_new(&config, &a.q, NULL), QUERN_OK);
	assert_int_equal(quern_doc_parse(a.q, document, sizeof document - 1, NULL, &a.doc, NULL), QUERN_OK);
	assert_int_equal(quern_plugin_load_source(a.q, "l.lua", source, strlen(source), &a.plugin, &a.error), QUERN_OK);
	(void)quern_plugin_map(a.plugin, a.doc, NULL, &a.value, &a.error);
	assert_string_equal(a.error.message, "");
	assert_int_equal(quern_value_to_json(a.value, add_text, &text), QUERN_OK);
	api_release(&a);
	snprintf(point, sizeof point, "%s", localeconv()->decimal_point);
	setlocale(LC_ALL, "C");
	assert_string_equal(text.bytes, "[2.5,1.5,3.25,true,\"0.5\",\"4.5\",1.5,6.5,7.5,\",\"]");
	assert_string_equal(point, ",");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_of_the_process_is_changed),
		cmocka_unit_test(a_handler_of_the_host_runs_while_a_plugin_does),
		cmocka_unit_test(nothing_is_leaked_to_children),
		cmocka_unit_test(an_engine_works_in_a_child),
		cmocka_unit_test(numbers_have_a_point_whatever_the_locale),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
