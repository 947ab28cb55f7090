/*
 * unpack_gzip.h - the bytes behind a file compressed by gzip, its check sums
 * held: libarchive passes over those, and gives nothing of the last 64 KB before
 * a place where a file is cut.  zlib is included in unpack_gzip.c alone.
 */
#ifndef QUERN_RUN_UNPACK_GZIP_H
#define QUERN_RUN_UNPACK_GZIP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/alloc.h"

struct unpack_gzip;

/* Whether the file begins as gzip's do. */
bool unpack_gzip_is(int fd);
/* Reads fd, which is borrowed, from where it stands.  NULL when memory is refused. */
struct unpack_gzip *unpack_gzip_open(const struct alloc *heap, int fd);
void unpack_gzip_close(struct unpack_gzip *g);
/* How many bytes there are at *block until the next call; 0 at the end; below 0: *why they end here. */
ssize_t unpack_gzip_read(struct unpack_gzip *g, const void **block, const char **why);
/* Bytes given so far. */
uint64_t unpack_gzip_given(const struct unpack_gzip *g);

#endif
