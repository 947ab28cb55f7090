/*
 * test_sweep.c - the whole public interface with refused memory: the k-th
 * request of the engine's allocator fails, alone or with all after it, for k =
 * 1, 2, 3 ... until nothing is refused any more.  An error each time memory stays
 * away, never a crash, nothing held afterwards.  The Lua heap takes large blocks,
 * so that its own requests are refused by memory limits of all sizes: a
 * sample of them, and with QUERN_TEST_LONG=1 every sixteenth byte.
 */
#include "../base/cmocka_all.h"
#include "../base/heap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "public_api.h"

struct sweep {
	struct test_heap heap;
	size_t once_at; /* only this request fails; 0: none */
};

static void *sweep_fn(void *user, void *ptr, size_t old_size, size_t new_size)
{
	struct sweep *s = user;

	if (new_size && s->once_at && s->heap.requests + 1 == s->once_at) {
		s->heap.requests++;
		return NULL;
	}
	return test_heap_fn(&s->heap, ptr, old_size, new_size);
}

static void file_write(const char *folder, const char *name, const char *text)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void folder_make(char *folder)
{
	assert_non_null(mkdtemp(folder));
	file_write(folder, "page.md", api_page);
	file_write(folder, "filed.lua", "local m = require 'filed_module' return { api = 1, map = m }");
	file_write(folder, "filed_module.lua", "return function(doc) return doc.title end");
}

static void folder_remove(const char *folder)
{
	static const char *const names[] = { "page.md", "filed.lua", "filed_module.lua" };
	char path[4096];

	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		unlink(path);
	}
	rmdir(folder);
}

static void sweep(bool once)
{
	char folder[] = "/tmp/quern-sweep-XXXXXX";
	struct sweep s = { 0 };
	size_t total, bytes, all;

	folder_make(folder);
	test_heap_init(&s.heap, 0);
	assert_int_equal(api_all(sweep_fn, &s, folder, &all), QUERN_OK);
	total = s.heap.requests;
	for (size_t k = 1;; k++) {
		s = (struct sweep){ .once_at = once ? k : 0 };
		test_heap_init(&s.heap, once ? 0 : k);
		const quern_code code = api_all(sweep_fn, &s, folder, &bytes);
		const bool refused = s.heap.requests >= k;
		if (s.heap.live || (code != QUERN_OK && code != QUERN_NOMEM) || (code == QUERN_OK && !once && refused))
			fail_msg("request %zu: code %s, %zu bytes held", k, quern_code_name(code), s.heap.live);
		if (!refused) {
			assert_int_equal(code, QUERN_OK);
			assert_int_equal(bytes, all);
			break;
		}
	}
	folder_remove(folder);
	printf("# %zu requests refused, one after the other, %s\n", total, once ? "alone" : "with all after them");
}

static void every_request_fails_with_all_after_it(void **state)
{
	(void)state;
	sweep(false);
}

static void every_request_fails_alone(void **state)
{
	(void)state;
	sweep(true);
}

/* ------------------------------------------------- the limit of a plugin's heap */

static quern_code limited_run(struct test_heap *heap, size_t limit, quern_code *again)
{
	quern_config config = QUERN_CONFIG_INIT;
	struct api a = { 0 };
	quern_code code;

	config.alloc = test_heap_fn;
	config.alloc_user = heap;
	config.memory_limit = limit;
	assert_int_equal(quern_new(&config, &a.q, NULL), QUERN_OK);
	assert_int_equal(quern_doc_parse(a.q, api_page, sizeof api_page - 1, NULL, &a.doc, NULL), QUERN_OK);
	assert_int_equal(quern_doc_complete(a.doc, NULL), QUERN_OK);
	code = quern_plugin_load_source(a.q, "all.lua", api_plugin, sizeof api_plugin - 1, &a.plugin, &a.error);
	*again = code;
	if (code == QUERN_OK) {
		code = quern_plugin_configure(a.plugin, NULL, "json", NULL, &a.error);
		assert_int_equal(code, QUERN_OK);
		code = quern_plugin_map(a.plugin, a.doc, NULL, &a.value, &a.error);
		quern_value_free(a.value);
		a.value = NULL;
		/* A state that was killed is built again and comes to the same. */
		*again = quern_plugin_map(a.plugin, a.doc, NULL, &a.value, &a.error);
	}
	api_release(&a);
	return code;
}

static void every_limit_is_met_with_an_error(void **state)
{
	const size_t step = getenv("QUERN_TEST_LONG") ? 16 : 2003;
	struct test_heap heap;
	size_t tried = 0, refused = 0;
	quern_code code = QUERN_NOMEM, again;

	(void)state;
	for (size_t limit = 1, held = 0; held < 3; limit += step, tried++) {
		test_heap_init(&heap, 0);
		code = limited_run(&heap, limit, &again);
		if (heap.live || (code != QUERN_OK && code != QUERN_NOMEM) || (again != code && code != QUERN_OK))
			fail_msg("limit %zu: code %s, then %s, %zu bytes held", limit, quern_code_name(code),
				 quern_code_name(again), heap.live);
		held = code == QUERN_OK && again == QUERN_OK ? held + 1 : 0;
		refused += code != QUERN_OK;
	}
	assert_true(refused > 10);
	printf("# %zu memory limits, %zu of them too small\n", tried, refused);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_request_fails_with_all_after_it),
		cmocka_unit_test(every_request_fails_alone),
		cmocka_unit_test(every_limit_is_met_with_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
