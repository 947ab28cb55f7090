/*
 * corpus.h - the documents that PATH arguments and lists of paths name, one at
 * a time, in document order.
 *
 * Document order is the order of the arguments and, within a folder, the
 * bytewise order of whole paths.  The walk is lazy: it holds the entries of
 * the folders on the way to the current document and a set of the documents
 * seen (fileset.h).  Opens folders, lists and files of NDJSON, of which it hands
 * out raw lines, never documents; what is in archives another process reads
 * (members.h).  Knows nothing of formats but their suffixes.
 */
#ifndef QUERN_RUN_CORPUS_H
#define QUERN_RUN_CORPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "base/str.h"
#include "run/wanted.h"

struct cache;
struct corpus;

/* Everything is borrowed and must outlive the corpus. */
struct corpus_options {
	const char *const *paths; /* files, folders, "-" for standard input */
	size_t n_paths;
	struct wanted wanted; /* of what is in folders */
	/* Files that list paths, "-" for standard input; their paths come after those above. */
	const char *const *lists;
	size_t n_lists;
	bool nul;           /* a path of a list ends with NUL, not with a line */
	bool ndjson;        /* a path names lines of JSON, a document each */
	bool regular_files; /* lists and NDJSON from nothing that can be read but once */
};

enum corpus_kind {
	CORPUS_FILE,
	CORPUS_STDIN,   /* path is "-" */
	CORPUS_LINE,    /* of NDJSON: path is the stream's, the document's own is in the line */
	CORPUS_MEMBER,  /* of an archive, or a compressed file: corpus_text gives its bytes */
	CORPUS_OUTCOME, /* of a partial: what a document came to, see partial.h; path is the partial's */
	CORPUS_PROBLEM  /* path cannot be walked: severity and message say why */
};

/* A document that somebody else has opened, or tried to; or read: then item.text is what is in it. */
struct corpus_opened {
	int fd;     /* -1 once it is somebody else's */
	int status; /* enum file_status */
};

struct corpus_item {
	enum corpus_kind kind;
	uint64_t ordinal; /* of documents, from 0; problems have none */
	const char *path; /* as reached from the argument; valid until the next call */
	struct stat st;   /* of a CORPUS_FILE, links followed; of a CORPUS_MEMBER, of the file it is in */
	/* Of a CORPUS_FILE that is open already, or was read; NULL: it is opened by its path. */
	struct corpus_opened *opened;
	uint32_t line;          /* number of a line; 0: the path speaks of no line */
	struct str text;        /* of a CORPUS_LINE, a CORPUS_OUTCOME; of a CORPUS_MEMBER once asked for; as long */
	enum severity severity; /* of a problem */
	const char *message;
	const char *hint; /* or NULL */
};

/* Whatever hands out the items of a run, in document order.  False at the end. */
struct walk {
	void *self;
	bool (*next)(void *self, struct corpus_item *item);
	/* The bytes of the CORPUS_MEMBER at hand, into item->text.  False: item->message says why there are none. */
	bool (*text)(void *self, struct corpus_item *item);
	/* How many items are known to come after this one, folders counted as one; NULL: nobody can tell. */
	size_t (*known)(void *self);
	/* The next item is there already; NULL: nobody can tell.  Else who waits for it may have something to do first. */
	bool (*is_ready)(void *self);
	/* Somebody who gets items had nothing to do until they came, or had; NULL: the walk cannot help it. */
	void (*tell)(void *self, bool waited);
	/* Of a walk that has threads, or NULL: none of them does anything until still is false again. */
	void (*hold)(void *self, bool still);
};

/* A document that comes from a file whose stamp tells whether it is still the same. */
static inline bool corpus_has_stamp(enum corpus_kind kind)
{
	return kind == CORPUS_FILE || kind == CORPUS_MEMBER;
}

/* NULL when memory is refused. */
struct corpus *corpus_open(const struct alloc *heap, const struct corpus_options *options);
/* False at the end. */
bool corpus_next(struct corpus *c, struct corpus_item *item);
/* Of the item at hand, as in struct walk; true for what is no CORPUS_MEMBER. */
bool corpus_text(struct corpus *c, struct corpus_item *item);
struct walk corpus_walk(struct corpus *c);
/* What is in archives is taken from it and kept in it; NULL: no longer.  Borrowed. */
void corpus_use_cache(struct corpus *c, struct cache *cache);
/* From now on files are opened where the walk looks at them: for who will read every one.  Who takes one over says so. */
void corpus_open_files(struct corpus *c);
void corpus_close(struct corpus *c);

#endif
