/*
 * test_threads.c - eight threads share an engine, its documents, a selector
 * and a schema; each has its own plugins.  Made for the thread sanitizer, and
 * true without it: every thread comes to the same results.
 */
#include "../base/cmocka_all.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "public_api.h"

enum { THREADS = 8, DOCUMENTS = 24, ROUNDS = 3 };

struct shared {
	quern *q;
	quern_doc *docs[DOCUMENTS];
	quern_selector *selector;
	quern_schema *schema;
	atomic_long held;
	atomic_size_t calls;
};

/* Thread-safe, and counts. */
static void *counting_alloc(void *user, void *ptr, size_t old_size, size_t new_size)
{
	struct shared *s = user;
	void *moved = NULL;

	if (new_size == 0)
		free(ptr);
	else
		moved = realloc(ptr, new_size);
	if (new_size == 0 || moved)
		atomic_fetch_add(&s->held, (long)new_size - (long)old_size);
	return moved;
}

static quern_code host_count(void *user, quern *q, const quern_value *args, quern_value **out, quern_error *error)
{
	struct shared *s = user;

	(void)args, (void)error;
	atomic_fetch_add(&s->calls, 1);
	return quern_value_new_integer(q, 1, out);
}

static void shared_open(struct shared *s)
{
	const quern_host_function functions[] = { { "add", host_count, s } };
	quern_config config = QUERN_CONFIG_INIT;

	memset(s, 0, sizeof *s);
	config.alloc = counting_alloc;
	config.alloc_user = s;
	config.host_functions = functions;
	config.host_function_count = 1;
	assert_int_equal(quern_new(&config, &s->q, NULL), QUERN_OK);
	for (size_t i = 0; i < DOCUMENTS; i++) {
		const char *text = i % 2 ? api_html : api_page;
		quern_doc_options o = QUERN_DOC_OPTIONS_INIT;
		o.path = i % 2 ? "page.html" : "page.md";
		assert_int_equal(quern_doc_parse(s->q, text, strlen(text), &o, &s->docs[i], NULL), QUERN_OK);
	}
	assert_int_equal(quern_selector_compile(s->q, "heading, link", &s->selector, NULL), QUERN_OK);
	assert_int_equal(
		quern_schema_read(s->q, "s.yaml", api_schema, strlen(api_schema), NULL, NULL, &s->schema, NULL),
		QUERN_OK);
}

static void shared_close(struct shared *s)
{
	quern_schema_free(s->schema);
	quern_selector_free(s->selector);
	for (size_t i = 0; i < DOCUMENTS; i++)
		quern_doc_unref(s->docs[i]);
	quern_free(s->q);
	assert_int_equal(atomic_load(&s->held), 0);
}

struct reader {
	pthread_t thread;
	struct shared *shared;
	size_t first; /* where it begins, so that all meet on unread documents */
	struct api sum;
	size_t wrong;
};

static void read_one(struct reader *r, quern_plugin *plugin, quern_doc *doc)
{
	quern_value *value = NULL;
	quern_doc *mine = quern_doc_ref(doc);

	r->sum.bytes += strlen(quern_doc_title(mine, NULL)) + quern_value_count(quern_doc_meta(mine));
	r->sum.bytes += quern_doc_digest(mine)[0] != 0;
	(void)quern_schema_check(r->shared->schema, mine, NULL, NULL, NULL);
	r->wrong += quern_plugin_map(plugin, mine, NULL, &value, &r->sum.error) != QUERN_OK;
	r->wrong += quern_value_to_json(value, api_write, &r->sum) != QUERN_OK;
	quern_value_free(value);
	r->wrong += api_render_all(&r->sum, mine) != QUERN_OK;
	quern_doc_unref(mine);
}

static void *reader_run(void *user)
{
	struct reader *r = user;
	quern_plugin *plugin = NULL;

	for (size_t round = 0; round < ROUNDS; round++) {
		if (quern_plugin_load_source(r->shared->q, "all.lua", api_plugin, strlen(api_plugin), &plugin,
					     &r->sum.error) != QUERN_OK ||
		    quern_plugin_configure(plugin, NULL, "json", NULL, &r->sum.error) != QUERN_OK) {
			r->wrong++;
			break;
		}
		for (size_t i = 0; i < DOCUMENTS; i++)
			read_one(r, plugin, r->shared->docs[(r->first + i) % DOCUMENTS]);
		quern_plugin_free(plugin);
	}
	return NULL;
}

static void threads_share_documents_and_come_to_the_same(void **state)
{
	static struct reader readers[THREADS];
	struct shared s;

	(void)state;
	shared_open(&s);
	for (size_t i = 0; i < THREADS; i++) {
		readers[i] = (struct reader){ .shared = &s, .first = i / 2 };
		assert_int_equal(pthread_create(&readers[i].thread, NULL, reader_run, &readers[i]), 0);
	}
	for (size_t i = 0; i < THREADS; i++) {
		pthread_join(readers[i].thread, NULL);
		assert_int_equal(readers[i].wrong, 0);
		assert_int_equal(readers[i].sum.bytes, readers[0].sum.bytes);
	}
	assert_int_equal(atomic_load(&s.calls), THREADS * ROUNDS * DOCUMENTS);
	printf("# %d threads, %d documents, %d rounds\n", THREADS, DOCUMENTS, ROUNDS);
	shared_close(&s);
}

/* -------------------------------------------------------------- cancellation */

struct spinner {
	pthread_t thread;
	quern_plugin *plugin;
	quern_doc *doc;
	quern_code code;
};

static void *spinner_run(void *user)
{
	struct spinner *s = user;
	quern_value *value = NULL;

	s->code = quern_plugin_map(s->plugin, s->doc, NULL, &value, NULL);
	return NULL;
}

static void any_thread_may_interrupt(void **state)
{
	static const char spin[] = "return { api = 1, map = function() pcall(function() while true do end end) end }";
	struct spinner spinners[THREADS];
	struct shared s;

	(void)state;
	shared_open(&s);
	for (size_t i = 0; i < THREADS; i++) {
		spinners[i] = (struct spinner){ .doc = s.docs[0] };
		assert_int_equal(
			quern_plugin_load_source(s.q, "spin.lua", spin, sizeof spin - 1, &spinners[i].plugin, NULL),
			QUERN_OK);
		assert_int_equal(pthread_create(&spinners[i].thread, NULL, spinner_run, &spinners[i]), 0);
	}
	for (size_t i = 0; i < THREADS; i++)
		quern_plugin_interrupt(spinners[i].plugin);
	for (size_t i = 0; i < THREADS; i++) {
		pthread_join(spinners[i].thread, NULL);
		assert_int_equal(spinners[i].code, QUERN_INTERRUPTED);
		quern_plugin_free(spinners[i].plugin);
	}
	shared_close(&s);
}

/* ------------------------------------------------------------- small stacks */

/* The sanitizers' frames are several times as large. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SMALL_STACK ((size_t)4 << 20)
#else
#define SMALL_STACK ((size_t)512 << 10)
#endif

static void run_on_small_stack(void *(*run)(void *), void *user)
{
	pthread_attr_t attributes;
	pthread_t thread;

	pthread_attr_init(&attributes);
	assert_int_equal(pthread_attr_setstacksize(&attributes, SMALL_STACK), 0);
	assert_int_equal(pthread_create(&thread, &attributes, run, user), 0);
	pthread_join(thread, NULL);
	pthread_attr_destroy(&attributes);
}

static void *whole_api(void *user)
{
	size_t bytes;

	*(quern_code *)user = api_all(NULL, NULL, NULL, &bytes);
	return NULL;
}

static void the_whole_interface_fits_a_small_stack(void **state)
{
	quern_code code = QUERN_STALE;

	(void)state;
	run_on_small_stack(whole_api, &code);
	assert_int_equal(code, QUERN_OK);
}

static const char *const recursions[] = {
	"local function f() return 1 + f() end f()",
	"local function f() return ('x'):gsub('x', f) end f()",
	"local function f() table.sort({ 3, 2, 1 }, function(a, b) f() return a < b end) end f()",
	"local function f() return pcall(f) end f() local function g() return 1 + g() end g()",
	"local t = setmetatable({}, {}) getmetatable(t).__index = function(_, k) return t[k .. 'x'] end local _ = t.x",
	"assert(load('return ' .. ('{'):rep(1e5)))",
	"assert(load('return ' .. ('('):rep(1e5)))",
	"local function f() return coroutine.wrap(f)() end f()",
	"local t = {} for _ = 1, 10000 do t = { t } end return t",
	"return quern.json.decode(('['):rep(100000))",
	"local s = ('a'):rep(100000) return s:find(('(a?)'):rep(30) .. s)",
	"return quern.parse(('> '):rep(20000) .. 'x', 'markdown'):render('html') and nil",
	"return quern.parse(('<div>'):rep(20000) .. 'x', 'html').body:text() and nil",
	"return quern.parse('---\\na: ' .. ('['):rep(20000) .. '\\n---\\n', 'markdown').meta",
};

struct recursion {
	const char *body;
	quern_code code;
};

static void *recurse(void *user)
{
	struct recursion *r = user;
	quern_config config = QUERN_CONFIG_INIT;
	struct api a = { 0 };
	char source[400];

	config.time_limit = 2;
	config.memory_limit = (size_t)64 << 20;
	snprintf(source, sizeof source, "return { api = 1, map = function(doc) %s end }", r->body);
	r->code = quern_new(&config, &a.q, NULL);
	if (r->code == QUERN_OK)
		r->code = quern_doc_parse(a.q, "x", 1, NULL, &a.doc, NULL);
	if (r->code == QUERN_OK)
		r->code = quern_plugin_load_source(a.q, "r.lua", source, strlen(source), &a.plugin, &a.error);
	if (r->code == QUERN_OK)
		r->code = quern_plugin_map(a.plugin, a.doc, NULL, &a.value, &a.error);
	api_release(&a);
	return NULL;
}

static void deep_recursion_ends_in_an_error_on_a_small_stack(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof recursions / sizeof *recursions; i++) {
		struct recursion r = { recursions[i], QUERN_STALE };
		run_on_small_stack(recurse, &r);
		if (r.code == QUERN_STALE || r.code == QUERN_SYNTAX)
			fail_msg("%s: %s", recursions[i], quern_code_name(r.code));
	}
	printf("# %zu recursions on %zu KiB\n", sizeof recursions / sizeof *recursions, SMALL_STACK >> 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(threads_share_documents_and_come_to_the_same),
		cmocka_unit_test(any_thread_may_interrupt),
		cmocka_unit_test(the_whole_interface_fits_a_small_stack),
		cmocka_unit_test(deep_recursion_ends_in_an_error_on_a_small_stack),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
