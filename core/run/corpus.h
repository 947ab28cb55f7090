/*
 * corpus.h - the documents that PATH arguments name, one at a time, in
 * document order.
 *
 * Document order is the order of the arguments and, within a folder, the
 * bytewise order of whole paths.  The walk is lazy: it holds the entries of
 * the folders on the way to the current document and a set of the
 * documents seen (fileset.h).  Opens folders, never documents; knows nothing of formats
 * but their suffixes.
 */
#ifndef QUERN_RUN_CORPUS_H
#define QUERN_RUN_CORPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/diag.h"

struct corpus;

/* Everything is borrowed and must outlive the corpus. */
struct corpus_options {
	const char *const *paths; /* files, folders, "-" for standard input */
	size_t n_paths;
	/* Globs; without "/" they match a name, with it the path below the argument ("*" matches "/" too). */
	const char *const *include; /* files in folders: these instead of the known suffixes */
	size_t n_include;
	const char *const *exclude; /* files and folders in folders: never these */
	size_t n_exclude;
};

enum corpus_kind {
	CORPUS_FILE,
	CORPUS_STDIN,  /* path is "-" */
	CORPUS_PROBLEM /* path cannot be walked: severity and message say why */
};

struct corpus_item {
	enum corpus_kind kind;
	uint64_t ordinal;       /* of documents, from 0; problems have none */
	const char *path;       /* as reached from the argument; valid until the next call */
	struct stat st;         /* of a CORPUS_FILE, links followed */
	enum severity severity; /* of a problem */
	const char *message;
	const char *hint; /* or NULL */
};

/* NULL when memory is refused. */
struct corpus *corpus_open(const struct alloc *heap, const struct corpus_options *options);
/* False at the end. */
bool corpus_next(struct corpus *c, struct corpus_item *item);
void corpus_close(struct corpus *c);

#endif
