/*
 * bench_lowdown.c - lowdown as one process: every file named on standard
 * input, one a line, is read and parsed by liblowdown into its tree, and nothing
 * more.  Its own program takes one file a process.
 *
 * The library comes with `make bench-deps`; without it this program says so.
 */
#include "base/file.h"

#if defined(__has_include)
#if __has_include(<lowdown.h>)
#define HAS_LOWDOWN 1
#endif
#endif

#ifdef HAS_LOWDOWN
#include <stdio.h>
#include <string.h>
#include <sys/queue.h>

#include <lowdown.h>

static const unsigned features = LOWDOWN_TABLES | LOWDOWN_FENCED | LOWDOWN_FOOTNOTES | LOWDOWN_AUTOLINK |
				 LOWDOWN_STRIKE | LOWDOWN_METADATA | LOWDOWN_COMMONMARK;

static int read_all(struct lowdown_doc *parser)
{
	char path[4096];
	struct buf b;
	struct lowdown_node *root;

	buf_init(&b, &alloc_libc, 0);
	while (fgets(path, sizeof path, stdin)) {
		path[strcspn(path, "\n")] = '\0';
		buf_clear(&b);
		if (file_read(&b, path, 0) != FILE_OK) {
			fprintf(stderr, "bench_lowdown: %s cannot be read\n", path);
			return 2;
		}
		root = lowdown_doc_parse(parser, NULL, b.p ? b.p : "", b.n, NULL);
		lowdown_node_free(root);
	}
	buf_release(&b);
	return 0;
}

int main(void)
{
	const struct lowdown_opts opts = { .type = LOWDOWN_TREE, .maxdepth = 128, .feat = features };
	struct lowdown_doc *parser = lowdown_doc_new(&opts);
	int status = parser ? read_all(parser) : 2;

	lowdown_doc_free(parser);
	return status;
}
#else
#include <stdio.h>

int main(void)
{
	fputs("bench_lowdown: liblowdown is not installed (make bench-deps)\n", stderr);
	return 2;
}
#endif
