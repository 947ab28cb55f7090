/*
 * bench_cmark.c - the yardstick R as a whole process: every file named on
 * standard input, one a line, is read and parsed by cmark under malloc, and
 * nothing more.
 */
#define CMARK_NO_SHORT_NAMES
#include <cmark.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"

int main(void)
{
	char path[4096];
	struct buf b;

	buf_init(&b, &alloc_libc, 0);
	while (fgets(path, sizeof path, stdin)) {
		path[strcspn(path, "\n")] = '\0';
		buf_clear(&b);
		if (file_read(&b, path, 0) != FILE_OK) {
			fprintf(stderr, "bench_cmark: %s cannot be read\n", path);
			return 2;
		}
		cmark_node_free(cmark_parse_document(b.p ? b.p : "", b.n, CMARK_OPT_DEFAULT));
	}
	buf_release(&b);
	return 0;
}
