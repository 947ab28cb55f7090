/*
 * fuzz_api.h - what fuzz_plugin.c and fuzz_document.c share: an engine with
 * small limits whose memory is refused at some request, for three inputs of
 * four chosen by the input itself, so that every finding can be repeated.
 */
#ifndef QUERN_TESTS_FUZZ_FUZZ_API_H
#define QUERN_TESTS_FUZZ_FUZZ_API_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/heap.h"
#include "../quern/public_api.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline uint32_t fuzz_hash(const uint8_t *data, size_t size)
{
	uint32_t h = 2166136261U;

	for (size_t i = 0; i < size; i++)
		h = (h ^ data[i]) * 16777619U;
	return h;
}

static inline void fuzz_holds(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "%s\n", what);
	abort();
}

/* Any failure is told by a code that has a name. */
static inline quern_code fuzz_code(quern_code code)
{
	fuzz_holds(strcmp(quern_code_name(code), "unknown") != 0, "a code without a name");
	return code;
}

/* requests: how many a usual run makes. */
static inline bool fuzz_engine(struct api *a, struct test_heap *heap, uint32_t hash, uint32_t requests)
{
	const quern_host_function functions[] = { { "add", api_add, NULL } };
	quern_config config = QUERN_CONFIG_INIT;

	*a = (struct api){ 0 };
	test_heap_init(heap, hash % 4 ? 1 + (hash / 4) % requests : 0);
	config.alloc = test_heap_fn;
	config.alloc_user = heap;
	config.time_limit = 0.1;
	config.memory_limit = (size_t)4 << 20;
	config.output_limit = (size_t)1 << 20;
	config.host_functions = functions;
	config.host_function_count = 1;
	config.log = api_engine_log;
	return quern_new(&config, &a->q, &a->error) == QUERN_OK;
}

static inline void fuzz_end(struct api *a, const struct test_heap *heap)
{
	api_release(a);
	fuzz_holds(heap->live == 0, "memory is still held");
}

#endif
