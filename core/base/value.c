/*
 * value.c - ordered plain values in an arena.
 *
 * Provides lists and maps to front matter, plugins and JSON.  A map of more
 * than eight members has a hash index beside its members; the index only says
 * where a key is, never in which order, so results do not depend on it.
 * Knows no syntax that values are read from or written in.
 */
#include "base/value.h"

#define MAP_UNINDEXED 8 /* members looked through one by one */

/* A slot of the index is two words: member number + 1 (0: free) and the key's hash. */
enum { SLOT_MEMBER, SLOT_HASH, SLOT_WORDS };

struct value value_null(void)
{
	return (struct value){ .kind = VALUE_NULL };
}

struct value value_bool(bool b)
{
	return (struct value){ .kind = VALUE_BOOL, .as.boolean = b };
}

struct value value_int(int64_t i)
{
	return (struct value){ .kind = VALUE_INT, .as.integer = i };
}

struct value value_float(double d)
{
	return (struct value){ .kind = VALUE_FLOAT, .as.number = d };
}

struct value value_string(struct str s)
{
	return (struct value){ .kind = VALUE_STRING, .as.string = s };
}

struct value value_list(void)
{
	return (struct value){ .kind = VALUE_LIST };
}

struct value value_map(void)
{
	return (struct value){ .kind = VALUE_MAP };
}

const char *value_kind_name(enum value_kind kind)
{
	static const char *const names[] = { "null", "boolean", "integer", "number", "string", "list", "map" };

	return (unsigned)kind < sizeof(names) / sizeof(names[0]) ? names[kind] : "unknown";
}

/* ----------------------------------------------------------------- hashing */

static uint64_t rotate(uint64_t x, unsigned bits)
{
	return x << bits | x >> (64 - bits);
}

struct sip {
	uint64_t a, b, c, d;
};

static void sip_round(struct sip *s)
{
	s->a += s->b;
	s->b = rotate(s->b, 13) ^ s->a;
	s->a = rotate(s->a, 32);
	s->c += s->d;
	s->d = rotate(s->d, 16) ^ s->c;
	s->a += s->d;
	s->d = rotate(s->d, 21) ^ s->a;
	s->c += s->b;
	s->b = rotate(s->b, 17) ^ s->c;
	s->c = rotate(s->c, 32);
}

static void sip_word(struct sip *s, uint64_t word)
{
	s->d ^= word;
	sip_round(s);
	s->a ^= word;
}

/*
 * SipHash-1-3.  Its key is the address of the index, which an author of
 * documents cannot know, so that keys made to collide do not.
 */
static uint32_t hash_key(const uint32_t *index, struct str key)
{
	const uint64_t k0 = (uintptr_t)index, k1 = UINT64_C(0x9E3779B97F4A7C15);
	struct sip s = { k0 ^ UINT64_C(0x736f6d6570736575), k1 ^ UINT64_C(0x646f72616e646f6d),
			 k0 ^ UINT64_C(0x6c7967656e657261), k1 ^ UINT64_C(0x7465646279746573) };
	uint64_t word, hash;
	size_t i;

	for (i = 0; i + 8 <= key.n; i += 8) {
		memcpy(&word, key.p + i, 8);
		sip_word(&s, word);
	}
	word = (uint64_t)key.n << 56;
	for (unsigned shift = 0; i < key.n; i++, shift += 8)
		word |= (uint64_t)(unsigned char)key.p[i] << shift;
	sip_word(&s, word);
	s.c ^= 0xFF;
	sip_round(&s);
	sip_round(&s);
	sip_round(&s);
	hash = s.a ^ s.b ^ s.c ^ s.d;
	return (uint32_t)(hash ^ hash >> 32);
}

/* The slot of key, or the free one where it belongs.  The index is at most half full. */
static uint32_t *index_find(const struct value_map *map, struct str key, uint32_t hash)
{
	size_t mask = map->index_size - 1;
	size_t i = hash & mask;

	for (;; i = (i + 1) & mask) {
		uint32_t *slot = map->index + i * SLOT_WORDS;

		if (slot[SLOT_MEMBER] == 0)
			return slot;
		if (slot[SLOT_HASH] == hash && str_eq(map->members[slot[SLOT_MEMBER] - 1].key, key))
			return slot;
	}
}

/* Enters every member into an index that the caller has sized. */
static void index_fill(struct value_map *map)
{
	memset(map->index, 0, map->index_size * SLOT_WORDS * sizeof(*map->index));
	for (size_t i = 0; i < map->n; i++) {
		uint32_t hash = hash_key(map->index, map->members[i].key);
		uint32_t *slot = index_find(map, map->members[i].key, hash);

		slot[SLOT_MEMBER] = (uint32_t)i + 1;
		slot[SLOT_HASH] = hash;
	}
}

/* Makes the index fit for one member more; false when memory is refused. */
static bool index_reserve(struct arena *a, struct value_map *map)
{
	size_t size = map->index_size > 0 ? map->index_size * 2 : (size_t)MAP_UNINDEXED * 4;
	uint32_t *index;

	if (map->n < MAP_UNINDEXED || map->n + 1 <= map->index_size / 2)
		return true;
	if (map->n >= UINT32_MAX / 4)
		return false;
	index = arena_alloc(a, size * SLOT_WORDS * sizeof(*index));
	if (!index)
		return false;
	map->index = index;
	map->index_size = size;
	index_fill(map);
	return true;
}

/* ---------------------------------------------------------- lists and maps */

struct value *value_append(struct arena *a, struct value *list, struct value item)
{
	struct value_list *l = &list->as.list;
	struct value *items = arena_grow(a, l->items, &l->cap, l->n + 1, sizeof(*items));

	if (!items)
		return NULL;
	l->items = items;
	items[l->n] = item;
	return &items[l->n++];
}

static struct value_member *map_find(const struct value_map *map, struct str key)
{
	uint32_t *slot;

	if (map->index) {
		slot = index_find(map, key, hash_key(map->index, key));
		return slot[SLOT_MEMBER] > 0 ? &map->members[slot[SLOT_MEMBER] - 1] : NULL;
	}
	for (size_t i = 0; i < map->n; i++) {
		if (str_eq(map->members[i].key, key))
			return &map->members[i];
	}
	return NULL;
}

/* Adds a member whose key is known to be new. */
static struct value *map_add(struct arena *a, struct value_map *map, struct str key, struct value item)
{
	struct value_member *members = arena_grow(a, map->members, &map->cap, map->n + 1, sizeof(*members));

	if (!members)
		return NULL;
	map->members = members;
	if (!index_reserve(a, map))
		return NULL;
	members[map->n] = (struct value_member){ .key = key, .value = item };
	if (map->index) {
		uint32_t hash = hash_key(map->index, key);
		uint32_t *slot = index_find(map, key, hash);

		slot[SLOT_MEMBER] = (uint32_t)map->n + 1;
		slot[SLOT_HASH] = hash;
	}
	return &members[map->n++].value;
}

struct value *value_set(struct arena *a, struct value *map, struct str key, struct value item)
{
	struct value_member *member = map_find(&map->as.map, key);

	if (!member)
		return map_add(a, &map->as.map, key, item);
	member->value = item;
	return &member->value;
}

struct value *value_setz(struct arena *a, struct value *map, const char *key, struct value item)
{
	return value_set(a, map, str_of(key), item);
}

struct value *value_add(struct arena *a, struct value *map, struct str key, struct value item)
{
	return map_add(a, &map->as.map, key, item);
}

bool value_map_reserve(struct arena *a, struct value *map, size_t n)
{
	map->as.map.members = arena_alloc(a, n * sizeof *map->as.map.members);
	map->as.map.cap = map->as.map.members ? n : 0;
	return map->as.map.members != NULL;
}

const struct value_member *value_member(const struct value *map, struct str key)
{
	return map && map->kind == VALUE_MAP ? map_find(&map->as.map, key) : NULL;
}

const struct value *value_get(const struct value *map, struct str key)
{
	const struct value_member *member = value_member(map, key);

	return member ? &member->value : NULL;
}

const struct value *value_getz(const struct value *map, const char *key)
{
	return value_get(map, str_of(key));
}

/* -------------------------------------------------------- whole structures */

static bool copy_at(struct arena *a, const struct value *from, struct value *to, unsigned depth);

static bool copy_list(struct arena *a, const struct value_list *from, struct value_list *to, unsigned depth)
{
	*to = (struct value_list){ 0 };
	if (from->n == 0)
		return true;
	to->items = arena_alloc(a, from->n * sizeof(*to->items));
	if (!to->items)
		return false;
	to->cap = from->n;
	for (; to->n < from->n; to->n++) {
		if (!copy_at(a, &from->items[to->n], &to->items[to->n], depth))
			return false;
	}
	return true;
}

static bool copy_map(struct arena *a, const struct value_map *from, struct value_map *to, unsigned depth)
{
	*to = (struct value_map){ 0 };
	if (from->n == 0)
		return true;
	to->members = arena_alloc(a, from->n * sizeof(*to->members));
	if (!to->members)
		return false;
	to->cap = from->n;
	for (; to->n < from->n; to->n++) {
		const struct value_member *member = &from->members[to->n];
		struct value_member *copy = &to->members[to->n];

		*copy = *member;
		copy->key = arena_str(a, member->key);
		if (!copy->key.p || !copy_at(a, &member->value, &copy->value, depth))
			return false;
	}
	if (!from->index)
		return true;
	to->index = arena_alloc(a, from->index_size * SLOT_WORDS * sizeof(*to->index));
	if (!to->index)
		return false;
	to->index_size = from->index_size;
	index_fill(to);
	return true;
}

/* Recursion is bounded: depth counts down from VALUE_MAX_DEPTH. */
static bool copy_at(struct arena *a, const struct value *from, struct value *to, unsigned depth)
{
	*to = *from;
	switch (from->kind) {
	case VALUE_STRING:
		to->as.string = arena_str(a, from->as.string);
		return to->as.string.p != NULL;
	case VALUE_LIST:
		return depth > 0 && copy_list(a, &from->as.list, &to->as.list, depth - 1);
	case VALUE_MAP:
		return depth > 0 && copy_map(a, &from->as.map, &to->as.map, depth - 1);
	default:
		return true;
	}
}

bool value_copy(struct arena *a, const struct value *from, struct value *to)
{
	struct value copy;

	if (!copy_at(a, from, &copy, VALUE_MAX_DEPTH))
		return false;
	*to = copy;
	return true;
}

static bool equal_at(const struct value *a, const struct value *b, unsigned depth);

static bool equal_lists(const struct value_list *a, const struct value_list *b, unsigned depth)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++) {
		if (!equal_at(&a->items[i], &b->items[i], depth))
			return false;
	}
	return true;
}

static bool equal_maps(const struct value_map *a, const struct value_map *b, unsigned depth)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++) {
		const struct value_member *twin = map_find(b, a->members[i].key);

		if (!twin || !equal_at(&a->members[i].value, &twin->value, depth))
			return false;
	}
	return true;
}

static bool equal_at(const struct value *a, const struct value *b, unsigned depth)
{
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case VALUE_NULL:
		return true;
	case VALUE_BOOL:
		return a->as.boolean == b->as.boolean;
	case VALUE_INT:
		return a->as.integer == b->as.integer;
	case VALUE_FLOAT:
		return a->as.number == b->as.number;
	case VALUE_STRING:
		return str_eq(a->as.string, b->as.string);
	case VALUE_LIST:
		return depth > 0 && equal_lists(&a->as.list, &b->as.list, depth - 1);
	case VALUE_MAP:
		return depth > 0 && equal_maps(&a->as.map, &b->as.map, depth - 1);
	}
	return false;
}

bool value_equal(const struct value *a, const struct value *b)
{
	return equal_at(a, b, VALUE_MAX_DEPTH);
}

/* Restores the heap order of members[0..n) below root. */
static void sift_down(struct value_member *members, size_t root, size_t n)
{
	struct value_member moving = members[root];

	for (;;) {
		size_t child = 2 * root + 1;

		if (child >= n)
			break;
		if (child + 1 < n && str_cmp(members[child].key, members[child + 1].key) < 0)
			child++;
		if (str_cmp(moving.key, members[child].key) >= 0)
			break;
		members[root] = members[child];
		root = child;
	}
	members[root] = moving;
}

/* Heapsort: in place, and never quadratic; the C library's qsort promises neither. */
void value_sort_keys(struct value *map)
{
	struct value_map *m = &map->as.map;

	if (map->kind != VALUE_MAP)
		return;
	for (size_t i = m->n / 2; i-- > 0;)
		sift_down(m->members, i, m->n);
	for (size_t n = m->n; n > 1; n--) {
		struct value_member last = m->members[n - 1];

		m->members[n - 1] = m->members[0];
		m->members[0] = last;
		sift_down(m->members, 0, n - 1);
	}
	if (m->index)
		index_fill(m);
}
