/*
 * fuzz_document.c - libFuzzer target: any bytes as a document, through a plugin
 * that touches all of it and through every renderer, with memory refused on the way.
 */
#include "fuzz_api.h"

static void document_use(struct api *a, const char *text, size_t size, uint32_t hash)
{
	static const quern_format formats[] = { QUERN_AUTO, QUERN_MARKDOWN, QUERN_HTML, QUERN_COMMONMARK };
	quern_doc_options o = QUERN_DOC_OPTIONS_INIT;

	o.format = formats[hash / 64 % 4];
	if (fuzz_code(quern_doc_parse(a->q, text, size, &o, &a->doc, &a->error)) != QUERN_OK ||
	    fuzz_code(quern_plugin_load_source(a->q, "all.lua", api_plugin, sizeof api_plugin - 1, &a->plugin,
					       &a->error)) != QUERN_OK)
		return;
	if (fuzz_code(quern_plugin_configure(a->plugin, NULL, "json", NULL, &a->error)) == QUERN_OK)
		fuzz_code(quern_plugin_map(a->plugin, a->doc, NULL, &a->value, &a->error));
	fuzz_code(quern_value_to_json(a->value, api_write, a));
	fuzz_code(quern_doc_complete(a->doc, &a->error));
	api_walk(a, a->doc);
	fuzz_code(api_render_all(a, a->doc));
	fuzz_code(api_schemas(a));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint32_t hash = fuzz_hash(data, size);
	struct test_heap heap;
	struct api a;

	if (fuzz_engine(&a, &heap, hash, 400))
		document_use(&a, (const char *)data, size, hash);
	fuzz_end(&a, &heap);
	return 0;
}
