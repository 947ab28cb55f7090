/*
 * pattern.h - Lua 5.4's patterns: compiled, cached, and with the budget inside.
 *
 * Private to core/lua/; guard_find.c makes string.find, match, gmatch and
 * gsub of it.  Same results and messages as Lua's own matcher, which reads
 * the pattern anew at every step; a malformed pattern is an error only where the
 * matching comes to the bad place, as there.
 */
#ifndef QUERN_LUA_PATTERN_H
#define QUERN_LUA_PATTERN_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "lua/budget.h"

#define PATTERN_CAPTURES 32
#define PATTERN_DEPTH    200

/* ----------------------------------------------------------------- programs */

struct byte_set {
	uint64_t bits[4];
};

static inline bool byte_set_has(const struct byte_set *s, char c)
{
	return s->bits[(unsigned char)c >> 6] >> ((unsigned char)c & 63) & 1;
}

enum pattern_op {
	OP_END,
	OP_LITERAL, /* text[at], n bytes */
	OP_ONE,     /* a byte of the class */
	OP_STAR,
	OP_PLUS,
	OP_LAZY,
	OP_OPTIONAL,
	OP_OPEN,
	OP_POSITION,
	OP_CLOSE,
	OP_BALANCE,  /* bytes a, b */
	OP_FRONTIER, /* sets[at] */
	OP_BACK,     /* digit a */
	OP_AT_END,
	OP_ERROR /* number a */
};

enum pattern_class { CLASS_ANY, CLASS_BYTE, CLASS_SET };

struct pattern_item {
	uint8_t op, class;
	char a, b;   /* a: the byte of CLASS_BYTE, or the first of a literal */
	uint32_t at; /* in text or sets */
	uint32_t n;
};

struct pattern_program {
	size_t size; /* of the block */
	struct pattern_item *items;
	struct byte_set *sets;
	char *text;
	const struct pattern_item *lead; /* a literal that every match begins with, or NULL */
	bool has_first;                  /* a match can begin only with a byte of first */
	struct byte_set first;           /* taken from the items up to one that cannot be empty */
	size_t n_source;
	char *source;
};

/* Bytes that a program of a pattern of n bytes may need. */
size_t pattern_program_size(size_t n);
/* Into a block of that size, aligned for anything. */
struct pattern_program *pattern_compile(struct budget *b, void *block, const char *pattern, size_t n);
/* Text for OP_ERROR. */
const char *pattern_error(int number);

/* Programs by their text, of one state. Zero-initialised. */
#define PATTERN_CACHE_SLOTS 512
struct pattern_cache {
	struct pattern_program *slots[PATTERN_CACHE_SLOTS];
};
void pattern_cache_release(struct pattern_cache *c, const struct alloc *heap);

/*
 * The program of a pattern without its '^'.  Valid until Lua code runs: then
 * it may have made room for another.  A long one is a userdata, pushed; else nothing is pushed.
 */
const struct pattern_program *pattern_get(lua_State *L, const char *pattern, size_t n);

/* ------------------------------------------------------------------ matching */

enum { CAPTURE_OPEN = -1, CAPTURE_POSITION = -2 };

struct pattern {
	lua_State *L;
	struct budget *budget;
	const struct pattern_program *program; /* the caller renews it after Lua code has run */
	const char *subject, *subject_end;
	int depth; /* levels of recursion left */
	int n_captures;
	struct {
		const char *start;
		ptrdiff_t len;
	} captures[PATTERN_CAPTURES];
};

void pattern_init(struct pattern *m, lua_State *L, const char *subject, size_t n,
		  const struct pattern_program *program);
/* The first match that begins at or after at (only at it: anchored), or NULL; *end is its end. */
const char *pattern_search(struct pattern *m, const char *at, bool anchored, const char **end);
/* Pushes capture i; the whole match when there are no captures and i is 0. */
void pattern_push_capture(struct pattern *m, int i, const char *start, const char *end);
/* Pushes all (or the whole match, if start is not NULL); returns how many. */
int pattern_push_captures(struct pattern *m, const char *start, const char *end);

#endif
