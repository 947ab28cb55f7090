/*
 * fuzz_markdown.c - libFuzzer target: any bytes as Markdown, of our dialect
 * and of CommonMark alone, with usual and with very small limits.
 *
 *     clang -g -O1 -fsanitize=fuzzer,address,undefined ... tests/fuzz/fuzz_markdown.c
 */
#include "fuzz_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct str text = { size ? (const char *)data : "", size };

	fuzz_read(text, FORMAT_MARKDOWN, &record_limits_default, true);
	fuzz_read(text, FORMAT_MARKDOWN, &fuzz_small, true);
	fuzz_read(text, FORMAT_COMMONMARK, &record_limits_default, false);
	fuzz_read(text, FORMAT_AUTO, &fuzz_small, false);
	return 0;
}
