/*
 * fuzz_html.c - libFuzzer target: any bytes as an HTML document, with usual
 * and with very small limits.
 *
 *     clang -g -O1 -fsanitize=fuzzer,address,undefined ... tests/fuzz/fuzz_html.c
 */
#include "fuzz_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct str text = { size ? (const char *)data : "", size };

	fuzz_read(text, FORMAT_HTML, &record_limits_default, true);
	fuzz_read(text, FORMAT_HTML, &fuzz_small, true);
	return 0;
}
