/*
 * fuzz_document.h - what fuzz_markdown.c and fuzz_html.c ask of any document:
 * its tree is well formed, every writer can write it, and nothing crashes,
 * leaks or takes long.
 */
#ifndef QUERN_TESTS_FUZZ_FUZZ_DOCUMENT_H
#define QUERN_TESTS_FUZZ_FUZZ_DOCUMENT_H

#include <stdio.h>
#include <stdlib.h>

#include "../doc/check_tree.h"
#include "doc/record.h"
#include "doc/write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Small enough that the fuzzer reaches them. */
static const struct record_limits fuzz_small = {
	.max_bytes = 1 << 20, .max_nodes = 300, .max_depth = 12, .max_attributes = 3, .max_memory = (size_t)1 << 30
};

static inline void fuzz_check(bool holds, const char *what, uint32_t node)
{
	if (holds)
		return;
	fprintf(stderr, "%s (node %u)\n", what, node);
	abort();
}

static inline void fuzz_writers(struct record *r)
{
	static void (*const writers[])(struct buf *, struct record *, uint32_t,
				       unsigned) = { write_html, write_markdown, write_text, write_node_json,
						     write_tree };

	for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
		struct buf out;
		buf_init(&out, &alloc_libc, 0);
		writers[i](&out, r, 0, 0);
		fuzz_check(buf_ok(&out) && utf8_check(buf_str(&out)) == out.n, "a writer failed", (uint32_t)i);
		buf_release(&out);
	}
}

/* write: with every writer as well. */
static inline void fuzz_read(struct str text, enum doc_format format, const struct record_limits *limits, bool write)
{
	const struct record_options options = { .path = "fuzz", .format = format, .limits = *limits };
	struct record *r;
	uint32_t node;

	if (record_new(&alloc_libc, text, &options, &r) != RECORD_OK)
		return;
	const struct tree *t = record_tree(r);
	fuzz_check(t != NULL, "no tree", 0);
	const char *fault = check_tree(t, (uint32_t)record_source(r).n, &node);
	fuzz_check(!fault, fault, node);
	for (uint32_t i = 0; i < t->n_nodes && format == FORMAT_HTML; i++)
		fuzz_check(t->nodes[i].n_attr <= limits->max_attributes + 1, "too many attributes", i);
	record_title(r, NULL);
	record_diags(r);
	if (write)
		fuzz_writers(r);
	record_unref(r);
}

#endif
