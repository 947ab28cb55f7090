/*
 * wire.h - what the parent and its workers say to each other: frames of plain
 * data over a stream socket.
 *
 * A frame is a header (kind, size) and a payload of numbers in the machine's
 * own order and strings with their length: both ends are one program on one
 * machine.  Readers trust nothing: a worker has run a stranger's code, so every
 * length is checked and a frame that does not add up is refused whole.
 */
#ifndef QUERN_RUN_WIRE_H
#define QUERN_RUN_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "run/corpus.h"
#include "run/outcome.h"

enum wire_kind {
	/* from a worker */
	WIRE_READY = 1, /* set up: what the plugins are */
	WIRE_REFUSED,   /* not set up: the exit status; why was told on standard error */
	WIRE_OUTCOME,   /* of one document */
	WIRE_SAME,      /* of one document: its bytes have the digest that was asked for */
	WIRE_TEXT,      /* a piece of what render writes */
	WIRE_ENCODING, /* its name: the worker ends, for it cannot load it; documents it has not answered are to be done again */
	WIRE_RENDERED, /* render is over: whether it succeeded, its findings and files */
	/* to a worker */
	WIRE_DOCUMENT, /* map this; the digest it may have, "" or NULL: see session_map; a file comes in it or beside it, open */
	WIRE_FOLD,   /* plugin, path, value */
	WIRE_RENDER, /* plugin, number of results; their files come beside it as descriptors */
	/* to and from the process that reads archives */
	WIRE_UNPACK,  /* the file that comes beside it as a descriptor: whether it is a single one, where to begin */
	WIRE_MEMBER,  /* its number, its name, its bytes */
	WIRE_TROUBLE, /* its number and name; what is wrong with it */
	WIRE_UNPACKED /* that was all */
};

/* A frame's payload may be larger than any one output limit, but not everything. */
#define WIRE_FRAME_MAX ((uint64_t)1 << 31)

struct wire_header {
	uint32_t kind;
	uint32_t reserved; /* 0 */
	uint64_t size;     /* of the payload */
};

/* Writing: begin, put, end.  Failure is the buffer's. */
size_t wire_begin(struct buf *to, enum wire_kind kind);
void wire_end(struct buf *to, size_t frame);
void wire_put_number(struct buf *to, uint64_t n);
void wire_put_str(struct buf *to, struct str s);
/* NULL is told from "". */
void wire_put_string(struct buf *to, const char *s);

/* Reading: after the first thing that is not there, failed, and everything reads as 0 or NULL. */
struct wire_reader {
	const char *at, *end;
	bool failed;
};

uint64_t wire_number(struct wire_reader *r);
struct str wire_str(struct wire_reader *r); /* p NULL on failure; terminated by a NUL after it */
const char *wire_string(struct wire_reader *r);
/* True when all was read and nothing was missing. */
bool wire_done(const struct wire_reader *r);

/*
 * The next whole frame in bytes: its kind and payload.  Returns the bytes it
 * takes; 0: not all here yet; SIZE_MAX: no frame can begin like this.
 */
size_t wire_frame(struct str bytes, enum wire_kind *kind, struct wire_reader *payload);

/* An outcome, whole.  reading: strings stay in the payload, arrays go to o's arena; false: refused. */
void wire_put_outcome(struct buf *to, const struct outcome *o);
bool wire_outcome(struct wire_reader *r, struct outcome *o, size_t n_plugins);
/* An outcome of an earlier run takes this place in the order, and is OUTCOME_KEPT.  False: it is none. */
bool wire_outcome_reuse(char *bytes, size_t n, uint64_t ordinal);

#endif
