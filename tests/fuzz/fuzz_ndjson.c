/*
 * fuzz_ndjson.c - libFuzzer target: any bytes as --input-ndjson reads them, taken
 * apart into lines and each line loaded as a document, with memory refused on the
 * way.  Every line that is not blank is a document or an error with its place.
 */
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz_api.h"

#include "run/corpus.h"
#include "run/load.h"

static size_t lines_of(struct str text)
{
	size_t n = 0;

	while (text.n) {
		const char *end = memchr(text.p, '\n', text.n);
		const struct str line = { text.p, end ? (size_t)(end - text.p) : text.n };
		n += str_trim(line).n > 0;
		text = str_slice(end ? end + 1 : text.p + text.n, text.p + text.n);
	}
	return n;
}

static void line_use(struct api *a, const struct alloc *heap, const struct corpus_item *item)
{
	quern_doc_options o = QUERN_DOC_OPTIONS_INIT;
	quern_doc *doc = NULL;
	const quern_code code = fuzz_code(document_load(a->q, heap, item, &o, &doc, &a->error));

	fuzz_holds((code == QUERN_OK) == (doc != NULL), "a document or an error");
	fuzz_holds(code == QUERN_OK ? quern_doc_path(doc)[0] != '\0' : a->error.message[0] && a->error.path[0],
		   "a path, or a word and a place");
	fuzz_holds(code != QUERN_INVALID || a->error.line == item->line, "the line of an error");
	if (doc)
		fuzz_code(quern_doc_complete(doc, &a->error));
	quern_doc_unref(doc);
}

static void lines_use(struct api *a, const struct test_heap *heap, int fd, struct str text)
{
	char path[64];
	const char *const paths[] = { path };
	const struct corpus_options options = { .paths = paths, .n_paths = 1, .ndjson = true };
	struct corpus *c = corpus_open(&heap->alloc, &options);
	struct corpus_item item;
	size_t documents = 0;

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	while (c && corpus_next(c, &item)) {
		if (item.kind != CORPUS_LINE) {
			fuzz_holds(heap->fail_at, "a problem without a reason");
			continue;
		}
		fuzz_holds(item.ordinal == documents++ && item.line > 0, "lines in order");
		line_use(a, &heap->alloc, &item);
	}
	fuzz_holds(documents == lines_of(text) || heap->fail_at, "as many documents as lines");
	corpus_close(c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct str text = { size ? (const char *)data : "", size };
	const int fd = memfd_create("lines", MFD_CLOEXEC);
	struct test_heap heap;
	struct api a;

	fuzz_holds(fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n, "a file in memory");
	if (fuzz_engine(&a, &heap, fuzz_hash(data, size), 150))
		lines_use(&a, &heap, fd, text);
	close(fd);
	fuzz_end(&a, &heap);
	return 0;
}
