/*
 * fileset.c - see fileset.h.  Open addressing with linear probing, at most
 * three quarters full.
 */
#include "run/fileset.h"

#include <limits.h>
#include <stdlib.h>

#include "base/digest.h"
#include "base/str.h"

/* Half a digest of the resolved path, as two numbers; falls back to the inode where it does not resolve. */
static struct file_id id_of_name(const char *path, struct file_id fallback)
{
	char real[PATH_MAX];
	char hex[DIGEST_HEX_SIZE];
	char half[17] = "";
	struct file_id id;

	if (!realpath(path, real))
		return fallback;
	digest_hex(str_of(real), hex);
	memcpy(half, hex, 16);
	id.a = strtoull(half, NULL, 16);
	memcpy(half, hex + 16, 16);
	id.b = strtoull(half, NULL, 16);
	return id;
}

struct file_id file_id_of(const char *path, const struct stat *st)
{
	const struct file_id id = { (uint64_t)st->st_dev, (uint64_t)st->st_ino };

	return S_ISREG(st->st_mode) && st->st_nlink > 1 ? id_of_name(path, id) : id;
}

void fileset_init(struct fileset *set, const struct alloc *heap)
{
	*set = (struct fileset){ .heap = heap };
}

void fileset_release(struct fileset *set)
{
	mem_free(set->heap, set->slots, set->size * sizeof *set->slots);
	mem_free(set->heap, set->used, set->size * sizeof *set->used);
	fileset_init(set, set->heap);
}

/* Where id is, or the free slot where it belongs. */
static size_t slot_find(const struct fileset *set, struct file_id id)
{
	uint64_t h = (id.a ^ (id.b * UINT64_C(0x9E3779B97F4A7C15)));
	size_t i;

	h ^= h >> 32;
	h *= UINT64_C(0xD6E8FEB86659FD93);
	h ^= h >> 32;
	i = (size_t)h & (set->size - 1);
	while (set->used[i] && (set->slots[i].a != id.a || set->slots[i].b != id.b))
		i = (i + 1) & (set->size - 1);
	return i;
}

static bool fileset_grow(struct fileset *set)
{
	struct fileset bigger = { .heap = set->heap, .n = set->n, .size = set->size ? set->size * 2 : 64 };

	bigger.slots = mem_new(set->heap, bigger.size * sizeof *bigger.slots);
	bigger.used = mem_new_zero(set->heap, bigger.size * sizeof *bigger.used);
	if (!bigger.slots || !bigger.used) {
		mem_free(set->heap, bigger.slots, bigger.size * sizeof *bigger.slots);
		mem_free(set->heap, bigger.used, bigger.size * sizeof *bigger.used);
		return false;
	}
	for (size_t i = 0; i < set->size; i++) {
		if (!set->used[i])
			continue;
		const size_t to = slot_find(&bigger, set->slots[i]);
		bigger.slots[to] = set->slots[i];
		bigger.used[to] = true;
	}
	fileset_release(set);
	*set = bigger;
	return true;
}

enum fileset_result fileset_add(struct fileset *set, struct file_id id)
{
	size_t i;

	if (set->n + 1 > set->size / 4 * 3 && !fileset_grow(set))
		return FILESET_NOMEM;
	i = slot_find(set, id);
	if (set->used[i])
		return FILESET_SEEN;
	set->used[i] = true;
	set->slots[i] = id;
	set->n++;
	return FILESET_NEW;
}
