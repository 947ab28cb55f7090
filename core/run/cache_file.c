/*
 * cache_file.c - the cache's file: made, recognised, bounded, set aside.
 *
 * A rollback journal and no memory map: another process may cut the file at
 * any moment, and that must end in an error of SQLite, not in a signal.  The
 * disk is not waited for; what a power cut breaks, the check sums find.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "run/cache_private.h"

#define CACHE_APPLICATION 0x7175726e /* "qurn" */
#define CACHE_FORMAT      2
#define BUSY_MS           3000 /* how long another run is waited for */
/* Instead of an SQLite result: a cache of ours, of a format that is written no more. */
#define CACHE_OLDER (-1)

static const char pragmas[] = "PRAGMA mmap_size = 0; PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = OFF;"
			      "PRAGMA cache_size = -8192; PRAGMA trusted_schema = OFF;";

static const char schema[] =
	"PRAGMA page_size = 32768; PRAGMA auto_vacuum = INCREMENTAL;"
	"BEGIN IMMEDIATE;"
	"CREATE TABLE IF NOT EXISTS runs(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, used INTEGER NOT NULL);"
	"CREATE TABLE IF NOT EXISTS docs(run INTEGER NOT NULL, path BLOB NOT NULL, entry BLOB NOT NULL,"
	" PRIMARY KEY(run, path)) WITHOUT ROWID;"
	"PRAGMA application_id = 1903522414; PRAGMA user_version = 2;"
	"COMMIT;";

int cache_exec(sqlite3 *db, const char *sql)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

static int64_t number_of(sqlite3 *db, const char *sql, int *result)
{
	sqlite3_stmt *s = NULL;
	int64_t n = 0;

	*result = sqlite3_prepare_v2(db, sql, -1, &s, NULL);
	if (*result == SQLITE_OK && (*result = sqlite3_step(s)) == SQLITE_ROW) {
		n = sqlite3_column_int64(s, 0);
		*result = SQLITE_OK;
	}
	sqlite3_finalize(s);
	return n;
}

/* Whether the file is ours and of this format; an empty one is made so. */
static int recognise(sqlite3 *db)
{
	int result;
	const int64_t pages = number_of(db, "PRAGMA page_count", &result);

	if (result != SQLITE_OK)
		return result;
	if (pages == 0)
		return cache_exec(db, schema);
	const int64_t application = number_of(db, "PRAGMA application_id", &result);
	const int64_t format = result == SQLITE_OK ? number_of(db, "PRAGMA user_version", &result) : 0;
	if (result != SQLITE_OK || (application == CACHE_APPLICATION && format == CACHE_FORMAT))
		return result;
	return application == CACHE_APPLICATION && format > 0 && format < CACHE_FORMAT ? CACHE_OLDER : SQLITE_NOTADB;
}

static bool is_broken(int result)
{
	const int primary = result & 0xff;

	return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB || primary == SQLITE_FORMAT ||
	       primary == SQLITE_SCHEMA || primary == SQLITE_ERROR || primary == SQLITE_IOERR;
}

static void folder_make(const char *folder)
{
	char path[4096];

	snprintf(path, sizeof path, "%s", folder);
	for (char *at = path + 1; *at; at++) {
		if (*at != '/')
			continue;
		*at = '\0';
		mkdir(path, 0700);
		*at = '/';
	}
	mkdir(path, 0700);
}

/*
 * Making the file and putting a broken one aside is one process's at a time:
 * SQLite's own locks begin only where a file is already a database.  A folder
 * that cannot be locked (some network file systems) is used without, and one
 * that is locked too long as well.
 */
static int folder_lock(const char *folder)
{
	const struct timespec tick = { .tv_nsec = 2000000 };
	const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	for (int waited = 0; fd >= 0 && waited < BUSY_MS && flock(fd, LOCK_EX | LOCK_NB) != 0; waited += 2)
		nanosleep(&tick, NULL);
	return fd;
}

static void folder_unlock(int fd)
{
	if (fd >= 0)
		close(fd);
}

static int file_open_locked(struct cache_file *f, const char *path, int flags)
{
	struct stat st;
	int result = sqlite3_open_v2(path, &f->db, flags, NULL);

	if (result == SQLITE_OK) {
		sqlite3_busy_timeout(f->db, BUSY_MS);
		result = cache_exec(f->db, pragmas);
	}
	if (result == SQLITE_OK)
		result = recognise(f->db);
	if (result != SQLITE_OK) {
		sqlite3_close(f->db);
		f->db = NULL;
	}
	if (stat(path, &st) != 0)
		return result == SQLITE_OK ? SQLITE_CANTOPEN : result;
	f->device = st.st_dev;
	f->inode = st.st_ino;
	return result;
}

int cache_file_open(struct cache_file *f, const char *folder, bool make)
{
	const int flags = SQLITE_OPEN_READWRITE | (make ? SQLITE_OPEN_CREATE : 0) | SQLITE_OPEN_NOMUTEX;
	char path[4200], journal[4220];
	int lock, result;

	*f = (struct cache_file){ .db = NULL };
	if (make)
		folder_make(folder);
	snprintf(path, sizeof path, "%s/cache.db", folder);
	lock = folder_lock(folder);
	result = file_open_locked(f, path, flags);
	/* Nobody misses what it held: documents are mapped once more. */
	if (result == CACHE_OLDER && make) {
		snprintf(journal, sizeof journal, "%s-journal", path);
		unlink(journal);
		if (unlink(path) == 0)
			result = file_open_locked(f, path, flags);
	}
	folder_unlock(lock);
	return result == CACHE_OLDER ? SQLITE_NOTADB : result;
}

/* Out of the way, under a name that says so; not a file that another run has made there since. */
static void cache_file_set_aside(const struct cache_file *f, const char *folder)
{
	static const char *const suffixes[] = { "-journal", "" };
	const int lock = folder_lock(folder);
	char from[4200], to[4240];
	struct stat st;

	snprintf(from, sizeof from, "%s/cache.db", folder);
	if (stat(from, &st) == 0 && st.st_dev == f->device && st.st_ino == f->inode) {
		for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
			snprintf(from, sizeof from, "%s/cache.db%s", folder, suffixes[i]);
			snprintf(to, sizeof to, "%s.broken", from);
			rename(from, to);
		}
	}
	folder_unlock(lock);
}

static void warn(struct cache *c, const char *message)
{
	char path[4200];

	if (c->warned)
		return;
	c->warned = true;
	snprintf(path, sizeof path, "%s/cache.db", c->folder);
	c->options.warn(c->options.user, path, message);
}

bool cache_check(struct cache *c, int result)
{
	if (result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE)
		return true;
	if (is_broken(result)) {
		warn(c, "the cache is broken; it was set aside and the run goes on without");
		if (!c->aside)
			cache_file_set_aside(&c->file, c->folder);
		c->aside = true;
	} else if ((result & 0xff) == SQLITE_FULL) {
		warn(c, "there is no space left for the cache; nothing more is kept");
	} else if ((result & 0xff) == SQLITE_READONLY || (result & 0xff) == SQLITE_CANTOPEN) {
		warn(c, "the cache cannot be written; nothing is kept");
	}
	/* Busy: another run is writing; this one does without. */
	c->full = true;
	return false;
}

uint64_t cache_file_bytes(sqlite3 *db)
{
	int result;
	const int64_t pages = number_of(db, "PRAGMA page_count", &result);
	const int64_t unused = number_of(db, "PRAGMA freelist_count", &result);

	return (uint64_t)(pages - unused) * (uint64_t)number_of(db, "PRAGMA page_size", &result);
}

int cache_file_shrink(sqlite3 *db, int64_t keep, uint64_t bytes)
{
	char sql[200];
	int result = SQLITE_OK;

	while (result == SQLITE_OK && cache_file_bytes(db) > bytes) {
		snprintf(sql, sizeof sql, "SELECT id FROM runs WHERE id <> %lld ORDER BY used, id LIMIT 1",
			 (long long)keep);
		const int64_t oldest = number_of(db, sql, &result);
		if (oldest == 0 || result != SQLITE_OK)
			break;
		snprintf(
			sql, sizeof sql,
			"BEGIN IMMEDIATE; DELETE FROM docs WHERE run = %lld; DELETE FROM runs WHERE id = %lld; COMMIT;",
			(long long)oldest, (long long)oldest);
		result = cache_exec(db, sql);
	}
	return result;
}

/* ------------------------------------------------------------ `quern cache` */

bool cache_inspect(const char *folder, struct cache_info *info)
{
	struct cache_file f;
	int result = cache_file_open(&f, folder, false);

	*info = (struct cache_info){ .bytes = 0 };
	snprintf(info->path, sizeof info->path, "%.4000s/cache.db", folder);
	if (result != SQLITE_OK)
		return false;
	info->bytes = cache_file_bytes(f.db);
	info->documents = (uint64_t)number_of(f.db, "SELECT count(*) FROM docs", &result);
	info->runs = (uint64_t)number_of(f.db, "SELECT count(*) FROM runs", &result);
	sqlite3_close(f.db);
	return true;
}

bool cache_prune(const char *folder, int64_t unused_since)
{
	struct cache_file f;
	char sql[300];
	int result = cache_file_open(&f, folder, false);

	if (result != SQLITE_OK)
		return false;
	snprintf(sql, sizeof sql,
		 "BEGIN IMMEDIATE; DELETE FROM docs WHERE run IN (SELECT id FROM runs WHERE used < %lld);"
		 "DELETE FROM runs WHERE used < %lld; COMMIT; PRAGMA incremental_vacuum;",
		 (long long)unused_since, (long long)unused_since);
	result = cache_exec(f.db, sql);
	sqlite3_close(f.db);
	return result == SQLITE_OK;
}

bool cache_clear(const char *folder)
{
	static const char *const names[] = { "cache.db", "cache.db-journal", "cache.db.broken",
					     "cache.db-journal.broken" };
	char path[4200];
	bool ok = true;

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		if (access(path, F_OK) == 0 && unlink(path) != 0)
			ok = false;
	}
	return ok;
}
