/*
 * fuzz_plugin.c - libFuzzer target: any bytes as the source of a plugin,
 * loaded, mapped twice, rendered and loaded again, with memory refused on the
 * way.  It fails with a code or works; nothing crashes, leaks or takes long.
 */
#include "fuzz_api.h"

static void plugin_use(struct api *a, const char *text, size_t size)
{
	quern_output output = QUERN_OUTPUT_INIT;
	quern_results results = QUERN_RESULTS_INIT;

	output.user = results.user = a;
	output.file = api_file;
	output.log = api_log;
	results.count = 2;
	results.get = api_result;
	if (fuzz_code(quern_doc_parse(a->q, api_page, sizeof api_page - 1, NULL, &a->doc, &a->error)) != QUERN_OK ||
	    fuzz_code(quern_plugin_load_source(a->q, "f.lua", text, size, &a->plugin, &a->error)) != QUERN_OK)
		return;
	for (int i = 0; i < 2; i++) {
		quern_value_free(a->value);
		a->value = NULL;
		fuzz_code(quern_plugin_map(a->plugin, a->doc, &output, &a->value, &a->error));
	}
	fuzz_code(quern_value_to_json(a->value, api_write, a));
	fuzz_code(quern_plugin_reduce(a->plugin, a->value, a->value, &a->sum, &a->error));
	fuzz_code(quern_plugin_render(a->plugin, &results, &output, api_write, a, &a->error));
	(void)quern_plugin_digest(a->plugin);
	fuzz_code(quern_plugin_reload(a->plugin, text, size, &a->error));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct test_heap heap;
	struct api a;

	if (fuzz_engine(&a, &heap, fuzz_hash(data, size), 300))
		plugin_use(&a, (const char *)data, size);
	fuzz_end(&a, &heap);
	return 0;
}
