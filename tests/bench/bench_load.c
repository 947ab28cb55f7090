/*
 * bench_load.c - loading, stage by stage, against the yardstick of this
 * project: R = read the file and parse it with cmark under malloc.
 *
 * usage: bench_load [-n PASSES] FILE...
 * Every pass runs all stages over all files, one stage after the other, so
 * that a change of the machine's speed hits them alike; medians are printed.
 */
#define CMARK_NO_SHORT_NAMES
#include <cmark.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "doc/record.h"
#include "doc/write.h"

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void die(const char *what, const char *path)
{
	fprintf(stderr, "bench_load: %s: %s\n", path, what);
	exit(2);
}

static size_t stage_read(const char *path)
{
	struct buf b;
	size_t n;

	buf_init(&b, &alloc_libc, 0);
	if (file_read(&b, path, 0) != FILE_OK)
		die("cannot be read", path);
	n = b.n;
	buf_release(&b);
	return n;
}

static size_t stage_cmark(const char *path)
{
	struct buf b;
	cmark_node *root;

	buf_init(&b, &alloc_libc, 0);
	if (file_read(&b, path, 0) != FILE_OK)
		die("cannot be read", path);
	root = cmark_parse_document(b.p ? b.p : "", b.n, CMARK_OPT_DEFAULT);
	cmark_node_free(root);
	buf_release(&b);
	return 0;
}

/* depth 0: front matter; 1: the tree too; 2: written as JSON */
static size_t load(const char *path, int depth)
{
	const struct record_options options = { .path = path, .limits = record_limits_default };
	struct buf b, out;
	struct record *r = NULL;

	buf_init(&b, &alloc_libc, 0);
	buf_init(&out, &alloc_libc, 0);
	if (file_read(&b, path, 0) != FILE_OK || record_new(&alloc_libc, buf_str(&b), &options, &r) != RECORD_OK)
		die("cannot be loaded", path);
	record_meta(r);
	if (depth > 0)
		record_tree(r);
	if (depth > 1)
		write_record_json(&out, r);
	record_unref(r);
	buf_release(&out);
	buf_release(&b);
	return 0;
}

static size_t stage_meta(const char *path)
{
	return load(path, 0);
}

static size_t stage_tree(const char *path)
{
	return load(path, 1);
}

static size_t stage_json(const char *path)
{
	return load(path, 2);
}

static const struct {
	const char *name;
	size_t (*run)(const char *path);
} stages[] = { { "read", stage_read },
	       { "read + cmark, malloc (R)", stage_cmark },
	       { "quern: front matter only", stage_meta },
	       { "quern: record with its tree", stage_tree },
	       { "quern: record, tree, show JSON", stage_json } };

enum { N_STAGES = sizeof stages / sizeof *stages };

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

int main(int argc, char **argv)
{
	int passes = 7, first = 1;
	double *times[N_STAGES];
	size_t bytes = 0;

	if (argc > 2 && strcmp(argv[1], "-n") == 0) {
		passes = atoi(argv[2]);
		first = 3;
	}
	if (first >= argc || passes < 1)
		die("usage: bench_load [-n PASSES] FILE...", argv[0]);
	for (int s = 0; s < N_STAGES; s++)
		times[s] = calloc((size_t)passes, sizeof(double));
	for (int p = -1; p < passes; p++) { /* one to warm up */
		for (int s = 0; s < N_STAGES; s++) {
			double start = now();
			for (int i = first; i < argc; i++)
				bytes += stages[s].run(argv[i]);
			if (p >= 0)
				times[s][p] = now() - start;
		}
	}
	double n = argc - first, r = 0;
	printf("%d documents, %.1f KB each, %d passes, microseconds a document\n", argc - first,
	       (double)bytes / (passes + 1) / n / 1024, passes);
	for (int s = 0; s < N_STAGES; s++)
		qsort(times[s], (size_t)passes, sizeof(double), compare);
	r = times[1][passes / 2];
	for (int s = 0; s < N_STAGES; s++) {
		printf("%-32s %9.1f  (%.1f - %.1f)  %.2f R\n", stages[s].name, times[s][passes / 2] / n * 1e6,
		       times[s][0] / n * 1e6, times[s][passes - 1] / n * 1e6, times[s][passes / 2] / r);
		free(times[s]);
	}
	return 0;
}
