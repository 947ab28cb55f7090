/*
 * fileset.c - see fileset.h.  Open addressing with linear probing, at most
 * three quarters full; a slot holds those of 64 neighbouring numbers that are in.
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
	fileset_init(set, set->heap);
}

/* Where the group is, or the free slot where it belongs. */
static struct file_group *slot_find(const struct fileset *set, uint64_t a, uint64_t b)
{
	uint64_t h = a ^ (b * UINT64_C(0x9E3779B97F4A7C15));
	size_t i;

	h ^= h >> 32;
	h *= UINT64_C(0xD6E8FEB86659FD93);
	h ^= h >> 32;
	i = (size_t)h & (set->size - 1);
	while (set->slots[i].members && (set->slots[i].a != a || set->slots[i].b != b))
		i = (i + 1) & (set->size - 1);
	return &set->slots[i];
}

static bool fileset_grow(struct fileset *set)
{
	struct fileset bigger = { .heap = set->heap, .n = set->n, .size = set->size ? set->size * 2 : 64 };

	bigger.slots = mem_new_zero(set->heap, bigger.size * sizeof *bigger.slots);
	if (!bigger.slots)
		return false;
	for (size_t i = 0; i < set->size; i++)
		if (set->slots[i].members)
			*slot_find(&bigger, set->slots[i].a, set->slots[i].b) = set->slots[i];
	fileset_release(set);
	*set = bigger;
	return true;
}

enum fileset_result fileset_add(struct fileset *set, struct file_id id)
{
	const uint64_t group = id.b / 64, member = UINT64_C(1) << id.b % 64;
	struct file_group *slot;

	if (set->n + 1 > set->size / 4 * 3 && !fileset_grow(set))
		return FILESET_NOMEM;
	slot = slot_find(set, id.a, group);
	if (slot->members & member)
		return FILESET_SEEN;
	set->n += slot->members == 0;
	*slot = (struct file_group){ id.a, group, slot->members | member };
	return FILESET_NEW;
}
