/*
 * buf.h - a growing byte buffer with a sticky failure.
 *
 * Writers append without checking each call and ask once at the end
 * (buf_ok).  After a failure the contents stay as they were.
 */
#ifndef QUERN_BASE_BUF_H
#define QUERN_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

struct buf {
	const struct alloc *heap;
	char *p; /* NUL-terminated whenever not NULL */
	size_t n;
	size_t cap;
	size_t limit; /* 0: none; else the most bytes n may reach */
	bool failed;  /* memory refused or limit reached */
};

void buf_init(struct buf *b, const struct alloc *heap, size_t limit);
void buf_release(struct buf *b);
/* Empties it and forgets a failure; the memory is kept. */
void buf_clear(struct buf *b);

static inline bool buf_ok(const struct buf *b)
{
	return !b->failed;
}

static inline struct str buf_str(const struct buf *b)
{
	return (struct str){ b->p ? b->p : "", b->n };
}

/*
 * Makes room for n more bytes and a NUL and returns where they go; NULL on
 * failure.  The caller then raises b->n by what it wrote and writes the NUL.
 */
char *buf_reserve(struct buf *b, size_t n);
/* buf_add where there is no room yet, or none to be had; not for others. */
void buf_add_slowly(struct buf *b, const void *bytes, size_t n);

/* Most of what is written is a few bytes into a buffer that has room. */
static inline void buf_add(struct buf *b, const void *bytes, size_t n)
{
	if (n >= b->cap - b->n || b->failed || b->limit > 0) {
		buf_add_slowly(b, bytes, n);
		return;
	}
	if (n > 0)
		memcpy(b->p + b->n, bytes, n);
	b->n += n;
	b->p[b->n] = '\0';
}

static inline void buf_adds(struct buf *b, struct str s)
{
	buf_add(b, s.p, s.n);
}

static inline void buf_addz(struct buf *b, const char *z)
{
	buf_add(b, z, strlen(z));
}

static inline void buf_addc(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void buf_add_repeat(struct buf *b, char c, size_t times);
void buf_add_int(struct buf *b, int64_t i);
/* Unicode scalar as UTF-8; anything else as U+FFFD. */
void buf_add_cp(struct buf *b, uint32_t cp);
/* For messages; %g and friends are not to be used (locale). */
void buf_addf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_addvf(struct buf *b, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
void buf_truncate(struct buf *b, size_t n);
/* Takes the first n bytes away; the rest moves to the front. */
void buf_drop(struct buf *b, size_t n);

#endif
