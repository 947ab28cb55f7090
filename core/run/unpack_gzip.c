/*
 * unpack_gzip.c - see unpack_gzip.h.
 *
 * A file may be several such streams one behind the other; zeros and other bytes
 * behind the last count for nothing, as for gzip itself.
 */
#include "run/unpack_gzip.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum { IN_SIZE = 65536, OUT_SIZE = 65536, GZIP_WRAPPED = 15 + 16 };

struct unpack_gzip {
	const struct alloc *heap;
	int fd;
	z_stream stream;
	uint64_t given;
	const char *why; /* it ended here */
	bool between;    /* a stream has ended, no other has begun */
	bool ended;
	unsigned char in[IN_SIZE], out[OUT_SIZE];
};

bool unpack_gzip_is(int fd)
{
	unsigned char magic[2];

	return pread(fd, magic, sizeof magic, 0) == sizeof magic && magic[0] == 0x1f && magic[1] == 0x8b;
}

struct unpack_gzip *unpack_gzip_open(const struct alloc *heap, int fd)
{
	struct unpack_gzip *g = mem_new_zero(heap, sizeof *g);

	if (!g)
		return NULL;
	g->heap = heap;
	g->fd = fd;
	if (inflateInit2(&g->stream, GZIP_WRAPPED) == Z_OK)
		return g;
	mem_free(heap, g, sizeof *g);
	return NULL;
}

void unpack_gzip_close(struct unpack_gzip *g)
{
	if (!g)
		return;
	inflateEnd(&g->stream);
	mem_free(g->heap, g, sizeof *g);
}

uint64_t unpack_gzip_given(const struct unpack_gzip *g)
{
	return g->given;
}

/* False: there are no more bytes in the file. */
static bool more(struct unpack_gzip *g)
{
	ssize_t n;

	if (g->stream.avail_in > 1)
		return true;
	/* One byte may be the first half of where a stream begins. */
	if (g->stream.avail_in == 1)
		g->in[0] = *g->stream.next_in;
	do
		n = read(g->fd, g->in + g->stream.avail_in, sizeof g->in - g->stream.avail_in);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		g->why = "the file cannot be read";
	g->stream.next_in = g->in;
	g->stream.avail_in += n > 0 ? (unsigned)n : 0;
	return g->stream.avail_in > 0;
}

/* Whether another stream begins here; the file is at its end otherwise. */
static bool stream_begin(struct unpack_gzip *g)
{
	if (g->stream.avail_in < 2 || g->stream.next_in[0] != 0x1f || g->stream.next_in[1] != 0x8b ||
	    inflateReset(&g->stream) != Z_OK)
		return false;
	g->between = false;
	return true;
}

static void step(struct unpack_gzip *g)
{
	const bool any = more(g);

	if (g->between && (!any || !stream_begin(g))) {
		g->ended = true;
		return;
	}
	if (!any && !g->why)
		g->why = "the compressed data ends too early";
	if (g->why)
		return;
	switch (inflate(&g->stream, Z_NO_FLUSH)) {
	case Z_OK:
		break;
	case Z_STREAM_END:
		g->between = true;
		break;
	case Z_MEM_ERROR:
		g->why = "out of memory";
		break;
	default:
		g->why = g->stream.msg ? g->stream.msg : "the compressed data is damaged";
	}
}

ssize_t unpack_gzip_read(struct unpack_gzip *g, const void **block, const char **why)
{
	size_t n;

	g->stream.next_out = g->out;
	g->stream.avail_out = sizeof g->out;
	while (g->stream.avail_out > 0 && !g->ended && !g->why)
		step(g);
	n = sizeof g->out - g->stream.avail_out;
	*block = g->out;
	*why = g->why;
	g->given += n;
	/* What came before the place where it breaks is as good as the rest. */
	return n == 0 && g->why ? -1 : (ssize_t)n;
}
