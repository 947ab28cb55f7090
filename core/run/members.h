/*
 * members.h - the documents of one archive at a time, in the archive's order,
 * and the text of single compressed files.
 *
 * A member's path is the archive's, a slash, and its name inside.  What is in an
 * archive is kept in the cache under the archive's stamp: while that holds the
 * archive is not even opened, unless somebody asks for a member's text.  Deaths
 * of the process that reads cost the member it died of.
 */
#ifndef QUERN_RUN_MEMBERS_H
#define QUERN_RUN_MEMBERS_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "run/cache.h"
#include "run/corpus.h"

struct members;

/* By its name: .tar .tar.gz .tgz .tar.zst .tzst .zip. */
bool members_is_archive(const char *path);
/* By its name: .gz .zst, and no archive. */
bool members_is_compressed(const char *path);

/* wanted is borrowed.  NULL when memory is refused. */
struct members *members_new(const struct alloc *heap, const struct wanted *wanted);
void members_free(struct members *m);
/* What is in archives is taken from it and kept in it; NULL: no longer.  Borrowed. */
void members_use_cache(struct members *m, struct cache *cache);

/* The archive at path, which looked like st, is the next. */
void members_begin(struct members *m, const char *path, const struct stat *st);
/* A CORPUS_MEMBER without ordinal and text, or a problem; valid until the next call.  False: the archive is done. */
bool members_next(struct members *m, struct corpus_item *item);
/* Of the member handed out last.  False: item->message says why there is none. */
bool members_text(struct members *m, struct corpus_item *item);
/* Of a single compressed file. */
bool members_text_single(struct members *m, struct corpus_item *item);

#endif
