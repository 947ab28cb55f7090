/*
 * value.h - ordered plain values: what front matter is read into, what
 * plugins return and what crosses process, cache and machine borders.
 *
 * A value is a small struct; strings, lists and maps live in an arena that
 * the caller names in every call that adds.  Strings given to value_string
 * are not copied.  Lists and maps keep their order; map lookup is O(1)
 * expected, so that a document with 100,000 keys stays linear.
 */
#ifndef QUERN_BASE_VALUE_H
#define QUERN_BASE_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

enum value_kind { VALUE_NULL, VALUE_BOOL, VALUE_INT, VALUE_FLOAT, VALUE_STRING, VALUE_LIST, VALUE_MAP };

/* Deeper nesting is refused by every reader and converter. */
#define VALUE_MAX_DEPTH 200

struct value;
struct value_member;

struct value_list {
	struct value *items;
	size_t n, cap;
};

struct value_map {
	struct value_member *members; /* in order of first insertion */
	size_t n, cap;
	uint32_t *index; /* open addressing once n > 8; private */
	size_t index_size;
};

struct value {
	enum value_kind kind;
	uint32_t line, column; /* where it was read, 1-based; 0: unknown */
	union {
		bool boolean;
		int64_t integer;
		double number; /* always finite */
		struct str string;
		struct value_list list;
		struct value_map map;
	} as;
};

struct value_member {
	struct str key;
	uint32_t line, column; /* of the key; 0: unknown */
	struct value value;
};

struct value value_null(void);
struct value value_bool(bool b);
struct value value_int(int64_t i);
struct value value_float(double d);
struct value value_string(struct str s);
struct value value_list(void);
struct value value_map(void);

/* Both return the stored value, valid until the next addition, or NULL when memory is refused. */
struct value *value_append(struct arena *a, struct value *list, struct value item);
/* Replaces the value of an existing key in its place. The key is not copied. */
struct value *value_set(struct arena *a, struct value *map, struct str key, struct value item);
struct value *value_setz(struct arena *a, struct value *map, const char *key, struct value item);
/* The same for a key that is known to be new. */
struct value *value_add(struct arena *a, struct value *map, struct str key, struct value item);
/* Makes an empty map ready for n members. */
bool value_map_reserve(struct arena *a, struct value *map, size_t n);

/* NULL where map is NULL, no map, or has no such key. */
const struct value *value_get(const struct value *map, struct str key);
const struct value *value_getz(const struct value *map, const char *key);
const struct value_member *value_member(const struct value *map, struct str key);

/* Deep copy into a (strings too); false when memory is refused. Iterative or bounded by VALUE_MAX_DEPTH. */
bool value_copy(struct arena *a, const struct value *from, struct value *to);
/* Structure and order of lists count, order of map keys does not; positions do not. 1 and 1.0 differ. */
bool value_equal(const struct value *a, const struct value *b);
/* Orders the keys of this map bytewise (not of nested ones). */
void value_sort_keys(struct value *map);
/* "null", "boolean", "integer", "number", "string", "list", "map" */
const char *value_kind_name(enum value_kind kind);

#endif
