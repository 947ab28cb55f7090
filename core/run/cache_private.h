/*
 * cache_private.h - what the files of the cache share: the open file
 * (cache_file.c) under finding and keeping (cache.c).
 */
#ifndef QUERN_RUN_CACHE_PRIVATE_H
#define QUERN_RUN_CACHE_PRIVATE_H

#include <sqlite3.h>
#include <sys/types.h>

#include "base/arena.h"
#include "run/cache.h"
#include "run/checksum.h"

/* Entries read ahead, in the order of their paths. */
#define CACHE_AHEAD 512

/* An entry as it is in the file: a check sum, and behind it the stamp, the digest with its end, the outcome. */
struct cache_row {
	struct str path;
	struct str entry;
};

struct cache_file {
	sqlite3 *db;
	dev_t device; /* which file it is */
	ino_t inode;
};

struct cache {
	struct cache_options options;
	char folder[4096];
	struct cache_file file;
	int64_t run;
	unsigned char key_sum[CHECKSUM_SIZE]; /* stands for the key in sums of entries */
	sqlite3_stmt *ahead, *put;
	struct arena arena; /* of the rows */
	struct cache_row rows[CACHE_AHEAD];
	size_t n, at;             /* rows read ahead, the next not passed */
	size_t ahead_rows;        /* at most so many; 0: none were read yet */
	size_t served;            /* times that those read last were asked */
	struct str from;          /* rows begin at this path or the first after it */
	bool to_end;              /* there is nothing after the last row */
	bool read;                /* rows, from and to_end hold */
	struct arena fresh_arena; /* of what was put and is not in the file yet */
	struct cache_row *fresh;
	size_t n_fresh, fresh_cap;
	bool full, warned; /* nothing more is kept; the user knows */
	bool aside;        /* the file was broken: nothing is taken from it either */
};

/* Opens folder/cache.db, or makes it.  An SQLite result code; f->db is NULL unless it is SQLITE_OK. */
int cache_file_open(struct cache_file *f, const char *folder, bool make);
/* The result of a statement: true for done or a row; else the cache is given up or set aside, and the user warned. */
bool cache_check(struct cache *c, int result);
/* Runs statements without results.  An SQLite result code. */
int cache_exec(sqlite3 *db, const char *sql);
/* Bytes in use. */
uint64_t cache_file_bytes(sqlite3 *db);
/* Drops the runs used longest ago, but not `keep`, until at most bytes are in use. */
int cache_file_shrink(sqlite3 *db, int64_t keep, uint64_t bytes);

#endif
