/*
 * cache.c - see cache.h: finding beside a walk in order, keeping in batches.
 *
 * Entries are read ahead some hundred at a time, so that no lock outlives a
 * millisecond; what is new is gathered in memory and written in large steps,
 * so that two runs seldom wait for each other.
 */
#include "run/cache.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "run/cache_private.h"

enum {
	MOVE_AT = 16384,          /* entries gathered before they go into the file */
	MOVE_BYTES = 8 << 20,     /* and their bytes */
	SECONDS_OF_USE = 3600,    /* a run's last use is noted no more often */
	AHEAD_BYTES = 4 << 20,    /* read ahead at once */
	OUTCOME_BYTES = 32 << 20, /* an outcome larger than this is not kept */
	ENTRY_HEAD = CHECKSUM_SIZE + sizeof(struct file_stamp)
};

/* A change within this time after a look may leave the stamp as it was. */
static const int64_t racy_ns = 2000000000;

struct file_stamp file_stamp_of(const struct stat *st)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_REALTIME, &now);
	return (struct file_stamp){ .device = (uint64_t)st->st_dev,
				    .inode = (uint64_t)st->st_ino,
				    .size = (uint64_t)st->st_size,
				    .mtime = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec,
				    .ctime = (int64_t)st->st_ctim.tv_sec * 1000000000 + st->st_ctim.tv_nsec,
				    .looked = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec };
}

/* The file is what it was when `then` was taken; not so where a change could have left no trace. */
static bool stamp_holds(const struct file_stamp *then, const struct file_stamp *now)
{
	const bool racy = then->mtime >= then->looked - racy_ns || then->ctime >= then->looked - racy_ns;

	return !racy && then->device == now->device && then->inode == now->inode && then->size == now->size &&
	       then->mtime == now->mtime && then->ctime == now->ctime;
}

static void row_sum(const struct cache *c, const struct cache_row *r, unsigned char out[CHECKSUM_SIZE])
{
	const struct str parts[] = { { (const char *)c->key_sum, sizeof c->key_sum },
				     r->path,
				     { r->entry.p + CHECKSUM_SIZE, r->entry.n - CHECKSUM_SIZE } };

	checksum(parts, sizeof parts / sizeof parts[0], out);
}

/* False: damaged. */
static bool row_is_whole(const struct cache *c, const struct cache_row *r)
{
	unsigned char sum[CHECKSUM_SIZE];

	if (r->entry.n <= ENTRY_HEAD || !memchr(r->entry.p + ENTRY_HEAD, '\0', r->entry.n - ENTRY_HEAD))
		return false;
	row_sum(c, r, sum);
	return memcmp(sum, r->entry.p, sizeof sum) == 0;
}

/* --------------------------------------------------------------------- open */

static int64_t now_seconds(void)
{
	return (int64_t)time(NULL);
}

/* The run's number; made if new.  0: not to be had. */
static int64_t run_number(struct cache *c)
{
	sqlite3_stmt *s = NULL;
	int64_t id = 0, used = 0;
	int result = sqlite3_prepare_v2(c->file.db, "SELECT id, used FROM runs WHERE key = ?", -1, &s, NULL);

	if (result == SQLITE_OK)
		result = sqlite3_bind_text(s, 1, c->options.key, -1, SQLITE_STATIC);
	if (result == SQLITE_OK && (result = sqlite3_step(s)) == SQLITE_ROW) {
		id = sqlite3_column_int64(s, 0);
		used = sqlite3_column_int64(s, 1);
	}
	sqlite3_finalize(s);
	if (!cache_check(c, result) || (id && used <= now_seconds() && now_seconds() - used < SECONDS_OF_USE))
		return id;
	result = sqlite3_prepare_v2(
		c->file.db,
		"INSERT INTO runs(key, used) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET used = excluded.used"
		" RETURNING id",
		-1, &s, NULL);
	if (result == SQLITE_OK)
		result = sqlite3_bind_text(s, 1, c->options.key, -1, SQLITE_STATIC);
	if (result == SQLITE_OK)
		result = sqlite3_bind_int64(s, 2, now_seconds());
	if (result == SQLITE_OK && (result = sqlite3_step(s)) == SQLITE_ROW) {
		id = sqlite3_column_int64(s, 0);
		result = sqlite3_step(s);
	}
	sqlite3_finalize(s);
	cache_check(c, result);
	return id;
}

static bool statements_prepare(struct cache *c)
{
	int result = sqlite3_prepare_v2(c->file.db,
					"SELECT path, entry FROM docs"
					" WHERE run = ? AND path >= ? ORDER BY path LIMIT ?",
					-1, &c->ahead, NULL);

	if (result == SQLITE_OK)
		result = sqlite3_prepare_v2(c->file.db, "INSERT OR REPLACE INTO docs VALUES(?, ?, ?)", -1, &c->put,
					    NULL);
	return cache_check(c, result);
}

static struct cache *give_up(struct cache *c)
{
	sqlite3_finalize(c->ahead);
	sqlite3_finalize(c->put);
	sqlite3_close(c->file.db);
	arena_release(&c->arena);
	arena_release(&c->fresh_arena);
	mem_free(c->options.heap, c, sizeof *c);
	return NULL;
}

struct cache *cache_open(const struct cache_options *options)
{
	struct cache *c = mem_new_zero(options->heap, sizeof *c);
	int result;

	if (!c || strlen(options->folder) >= sizeof c->folder)
		return c ? give_up(c) : NULL;
	c->options = *options;
	checksum(&(struct str){ options->key, strlen(options->key) }, 1, c->key_sum);
	if (!c->options.max_bytes)
		c->options.max_bytes = CACHE_BYTES_DEFAULT;
	strcpy(c->folder, options->folder);
	arena_init(&c->arena, options->heap, 0);
	arena_init(&c->fresh_arena, options->heap, 0);
	result = cache_file_open(&c->file, c->folder, true);
	if (!cache_check(c, result) && c->aside) {
		c->full = c->aside = false;
		result = cache_file_open(&c->file, c->folder, true);
		cache_check(c, result);
	}
	if (result != SQLITE_OK)
		return give_up(c);
	c->run = run_number(c);
	return c->run && statements_prepare(c) ? c : give_up(c);
}

/* --------------------------------------------------------------------- find */

static bool row_take(struct cache *c, struct cache_row *r)
{
	sqlite3_stmt *s = c->ahead;

	r->path = arena_str(&c->arena, (struct str){ sqlite3_column_blob(s, 0), (size_t)sqlite3_column_bytes(s, 0) });
	r->entry = arena_str(&c->arena, (struct str){ sqlite3_column_blob(s, 1), (size_t)sqlite3_column_bytes(s, 1) });
	return r->path.p && r->entry.p;
}

/* As many rows as are likely to be asked for: a walk in another order than that of paths asks for one here, one there. */
static void ahead_adapt(struct cache *c)
{
	if (c->ahead_rows == 0)
		c->ahead_rows = CACHE_AHEAD / 8;
	else if (c->served * 4 < c->n)
		c->ahead_rows = c->ahead_rows > 4 ? c->ahead_rows / 4 : 1;
	else if (c->ahead_rows < CACHE_AHEAD)
		c->ahead_rows *= 2;
	c->served = 0;
}

/* The rows from path on. */
static void read_ahead(struct cache *c, struct str path)
{
	int result = SQLITE_OK;
	size_t bytes = 0;

	ahead_adapt(c);
	arena_reset(&c->arena);
	c->from = arena_str(&c->arena, path);
	c->n = c->at = 0;
	c->read = c->from.p != NULL;
	sqlite3_bind_int64(c->ahead, 1, c->run);
	sqlite3_bind_blob(c->ahead, 2, path.p, (int)path.n, SQLITE_STATIC);
	sqlite3_bind_int(c->ahead, 3, (int)c->ahead_rows);
	while (c->n < c->ahead_rows && bytes < AHEAD_BYTES && (result = sqlite3_step(c->ahead)) == SQLITE_ROW) {
		if (!row_take(c, &c->rows[c->n])) {
			result = SQLITE_CORRUPT;
			break;
		}
		bytes += c->rows[c->n++].entry.n;
	}
	c->to_end = result == SQLITE_DONE;
	sqlite3_reset(c->ahead);
	if (result != SQLITE_ROW && result != SQLITE_DONE) {
		cache_check(c, result);
		c->n = 0;
		c->to_end = true;
	}
}

static const struct cache_row *row_of(struct cache *c, struct str path)
{
	int order = 1;

	if (!c->read || str_cmp(path, c->from) < 0 ||
	    (!c->to_end && (c->n == 0 || str_cmp(path, c->rows[c->n - 1].path) > 0)))
		read_ahead(c, path);
	c->served++;
	if (c->at > 0 && c->at <= c->n && str_cmp(path, c->rows[c->at - 1].path) <= 0)
		c->at = 0;
	while (c->at < c->n && (order = str_cmp(c->rows[c->at].path, path)) < 0)
		c->at++;
	return c->at < c->n && order == 0 ? &c->rows[c->at] : NULL;
}

enum cache_found cache_find(struct cache *c, const char *path, const struct file_stamp *stamp,
			    struct cache_entry *entry)
{
	const struct cache_row *r = c->aside ? NULL : row_of(c, str_of(path));
	struct file_stamp then;
	const char *digest;
	size_t head;

	if (!r)
		return CACHE_NONE;
	if (!row_is_whole(c, r)) {
		cache_check(c, SQLITE_CORRUPT);
		return CACHE_NONE;
	}
	memcpy(&then, r->entry.p + CHECKSUM_SIZE, sizeof then);
	digest = r->entry.p + ENTRY_HEAD;
	head = ENTRY_HEAD + strlen(digest) + 1;
	*entry = (struct cache_entry){ digest, { r->entry.p + head, r->entry.n - head } };
	return stamp_holds(&then, stamp) && !c->options.paranoid ? CACHE_FRESH : CACHE_SAME_DIGEST;
}

/* ---------------------------------------------------------------------- put */

static int row_insert(struct cache *c, const struct cache_row *r)
{
	sqlite3_stmt *s = c->put;
	int result;

	sqlite3_bind_int64(s, 1, c->run);
	sqlite3_bind_blob(s, 2, r->path.p, (int)r->path.n, SQLITE_STATIC);
	sqlite3_bind_blob64(s, 3, r->entry.p, r->entry.n, SQLITE_STATIC);
	result = sqlite3_step(s);
	sqlite3_reset(s);
	return result;
}

static void fresh_forget(struct cache *c)
{
	arena_reset(&c->fresh_arena);
	c->fresh = NULL;
	c->n_fresh = c->fresh_cap = 0;
}

/* What was gathered goes into the file in one step, if there is room. */
static void move_over(struct cache *c)
{
	int result = c->n_fresh && !c->full ? cache_exec(c->file.db, "BEGIN IMMEDIATE") : SQLITE_DONE;

	if (result == SQLITE_OK) {
		result = SQLITE_DONE;
		for (size_t i = 0; i < c->n_fresh && result == SQLITE_DONE; i++)
			result = row_insert(c, &c->fresh[i]);
		if (result == SQLITE_DONE)
			result = cache_exec(c->file.db, "COMMIT");
		if (result != SQLITE_OK)
			cache_exec(c->file.db, "ROLLBACK");
	}
	fresh_forget(c);
	if (!cache_check(c, result) || result == SQLITE_DONE || cache_file_bytes(c->file.db) <= c->options.max_bytes)
		return;
	/* Older runs make room; a run that is too large by itself keeps what it has. */
	cache_check(c, cache_file_shrink(c->file.db, c->run, c->options.max_bytes / 10 * 9));
	if (cache_file_bytes(c->file.db) > c->options.max_bytes)
		c->full = true;
}

/* Into memory of the arena.  False where that is refused. */
static bool row_make(struct cache *c, struct cache_row *r, const char *path, const struct file_stamp *stamp,
		     struct str digest, struct str outcome)
{
	const size_t head = ENTRY_HEAD + digest.n + 1;
	char *entry = arena_alloc(&c->fresh_arena, head + outcome.n);

	r->path = arena_str(&c->fresh_arena, str_of(path));
	if (!entry || !r->path.p)
		return false;
	memcpy(entry + CHECKSUM_SIZE, stamp, sizeof *stamp);
	memcpy(entry + ENTRY_HEAD, digest.p, digest.n + 1);
	if (outcome.n)
		memcpy(entry + head, outcome.p, outcome.n);
	r->entry = (struct str){ entry, head + outcome.n };
	row_sum(c, r, (unsigned char *)entry);
	return true;
}

void cache_put(struct cache *c, const char *path, const struct file_stamp *stamp, const char *digest,
	       struct str outcome)
{
	struct cache_row *grown;

	if (c->full || outcome.n > OUTCOME_BYTES)
		return;
	grown = arena_grow(&c->fresh_arena, c->fresh, &c->fresh_cap, c->n_fresh + 1, sizeof *c->fresh);
	if (!grown)
		return;
	c->fresh = grown;
	if (!row_make(c, &c->fresh[c->n_fresh], path, stamp, str_of(digest), outcome))
		return;
	if (++c->n_fresh >= MOVE_AT || c->fresh_arena.held >= MOVE_BYTES)
		move_over(c);
}

void cache_close(struct cache *c)
{
	if (!c)
		return;
	move_over(c);
	give_up(c);
}
