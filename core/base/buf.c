/*
 * buf.c - the growing byte buffer.
 *
 * Provides appending to every writer.  A refused append leaves the contents
 * as they were and makes all later ones do nothing.  Knows nothing of what
 * the bytes mean.
 */
#include "base/buf.h"

#include <stdio.h>

#include "base/utf8.h"

void buf_init(struct buf *b, const struct alloc *heap, size_t limit)
{
	*b = (struct buf){ .heap = heap, .limit = limit };
}

void buf_release(struct buf *b)
{
	mem_free(b->heap, b->p, b->cap);
	buf_init(b, b->heap, b->limit);
}

void buf_clear(struct buf *b)
{
	b->failed = false;
	buf_truncate(b, 0);
}

char *buf_reserve(struct buf *b, size_t n)
{
	size_t most = b->limit > 0 ? b->limit : SIZE_MAX - 1;
	char *p = NULL;

	if (b->failed)
		return NULL;
	if (b->n <= most && n <= most - b->n)
		p = mem_grow(b->heap, b->p, &b->cap, b->n + n + 1, 1);
	if (!p) {
		b->failed = true;
		return NULL;
	}
	b->p = p;
	p[b->n] = '\0';
	return p + b->n;
}

void buf_add_slowly(struct buf *b, const void *bytes, size_t n)
{
	char *to;

	if (n == 0)
		return;
	to = buf_reserve(b, n);
	if (!to)
		return;
	memcpy(to, bytes, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void buf_add_repeat(struct buf *b, char c, size_t times)
{
	char *to = times > 0 ? buf_reserve(b, times) : NULL;

	if (!to)
		return;
	memset(to, c, times);
	b->n += times;
	b->p[b->n] = '\0';
}

void buf_add_int(struct buf *b, int64_t i)
{
	char digits[20];
	char *p = digits + sizeof(digits);
	uint64_t rest = i < 0 ? 0 - (uint64_t)i : (uint64_t)i;

	do {
		*--p = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (i < 0)
		*--p = '-';
	buf_add(b, p, (size_t)(digits + sizeof(digits) - p));
}

void buf_add_cp(struct buf *b, uint32_t cp)
{
	char bytes[4];

	buf_add(b, bytes, utf8_encode(cp, bytes));
}

void buf_addvf(struct buf *b, const char *format, va_list args)
{
	va_list again;
	char *to = NULL;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	if (n >= 0)
		to = buf_reserve(b, (size_t)n);
	else
		b->failed = true;
	if (to) {
		vsnprintf(to, (size_t)n + 1, format, again);
		b->n += (size_t)n;
	}
	va_end(again);
}

void buf_addf(struct buf *b, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buf_addvf(b, format, args);
	va_end(args);
}

void buf_truncate(struct buf *b, size_t n)
{
	if (n > b->n)
		return;
	b->n = n;
	if (b->p)
		b->p[n] = '\0';
}

void buf_drop(struct buf *b, size_t n)
{
	if (n == 0 || n > b->n)
		return;
	memmove(b->p, b->p + n, b->n - n);
	b->n -= n;
	b->p[b->n] = '\0';
}
