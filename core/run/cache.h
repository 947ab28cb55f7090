/*
 * cache.h - what documents came to in earlier runs, kept in a file between
 * runs (SQLite, included in cache*.c alone).
 *
 * An entry belongs to a run key (everything but the document that decides the
 * outcome) and to the path as seen; it holds the file's stamp, the digest of
 * its bytes and the encoded outcome.  A wrong result is never given: each entry
 * carries a check sum over all of that, and a file that is no cache of ours, or
 * a broken one, is set aside with one warning.  Failing to keep something is no
 * failure of the run.  Knows neither plugins nor formats.
 */
#ifndef QUERN_RUN_CACHE_H
#define QUERN_RUN_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/str.h"

struct cache;

#define CACHE_BYTES_DEFAULT ((uint64_t)1 << 30)

struct cache_options {
	const struct alloc *heap;
	const char *folder; /* made if missing, for the user alone; holds cache.db */
	const char *key;    /* of the run; text */
	uint64_t max_bytes; /* the file is kept below; 0: CACHE_BYTES_DEFAULT */
	bool paranoid;      /* an unchanged stamp is not enough: CACHE_SAME_DIGEST at most */
	void *user;
	void (*warn)(void *user, const char *path, const char *message); /* at most once */
};

/* NULL where there can be none; warned where that is not as it should be. */
struct cache *cache_open(const struct cache_options *options);
/* Keeps what was put. */
void cache_close(struct cache *c);

/* What tells one state of a file from another without reading it. */
struct file_stamp {
	uint64_t device, inode, size;
	int64_t mtime, ctime; /* nanoseconds */
	int64_t looked;       /* wall clock when it was looked at, nanoseconds */
};

struct file_stamp file_stamp_of(const struct stat *st);

enum cache_found {
	CACHE_NONE,
	CACHE_SAME_DIGEST, /* the outcome holds if the document's bytes have this digest */
	CACHE_FRESH        /* the outcome holds */
};

struct cache_entry {
	const char *digest; /* hex */
	struct str outcome;
};

/* Cheapest for ascending paths.  The entry is valid until the next call. */
enum cache_found cache_find(struct cache *c, const char *path, const struct file_stamp *stamp,
			    struct cache_entry *entry);
/* stamp: from before the document was read. */
void cache_put(struct cache *c, const char *path, const struct file_stamp *stamp, const char *digest,
	       struct str outcome);

/* For `quern cache`. */
struct cache_info {
	char path[4096];
	uint64_t bytes, documents, runs;
};

bool cache_inspect(const char *folder, struct cache_info *info);
/* Drops the runs not used since (seconds since 1970) and gives the space back; true when there is a cache afterwards. */
bool cache_prune(const char *folder, int64_t unused_since);
/* Removes the file, whatever it is.  False: it cannot be. */
bool cache_clear(const char *folder);

#endif
