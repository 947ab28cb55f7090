/*
 * record_priv.h - the record's inside, for record.c (life, accessors),
 * record_source.c (bytes to source) and record_body.c (body to tree).
 * Included by them alone.
 */
#ifndef QUERN_DOC_RECORD_PRIV_H
#define QUERN_DOC_RECORD_PRIV_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/digest.h"
#include "doc/frontmatter.h"
#include "doc/record.h"

struct record {
	struct alloc heap;
	struct arena arena; /* guarded by lock once the record is shared */
	atomic_uint references;
	pthread_mutex_t lock;
	char *path;
	enum doc_format format;
	uint32_t parts; /* of the dialect; dialect.h */
	struct record_limits limits;
	struct str source; /* clean UTF-8, NUL-terminated; the beginning of it as given until whole_done */
	struct record_rest rest;
	struct frontmatter fm;
	struct record *like; /* of a made record: where its spans point; else NULL */
	struct diags diags;

	/* Each part is written once under the lock; its flag is set last. */
	atomic_bool whole_done, meta_done, tree_done, title_done, lines_done, digest_done, diags_done;
	struct value meta; /* VALUE_NULL: none */
	struct tree tree;
	bool has_tree;
	enum record_status failed;
	struct str html_title;
	struct str title;
	enum title_source title_source;
	uint32_t *lines; /* offsets of line starts */
	uint32_t n_lines;
	char digest[DIGEST_HEX_SIZE];
};

/* May a source have so many bytes? */
static inline bool record_fits(const struct record_limits *limits, size_t n)
{
	return n <= limits->max_bytes && n <= UINT32_MAX / 4;
}

/* Of a new record: bytes, and the rest where they do not suffice, to source, format, parts and fm. */
enum record_status record_read_source(struct record *r, struct str bytes, const struct record_options *options);
/* Nobody will ask for what follows the beginning any more. */
void record_release_rest(struct record *r);

/* Under the lock: what follows the beginning; a source that cannot be had fails the body. */
void record_read_whole(struct record *r);
/* Under the lock: fills tree, has_tree, failed, html_title and adds diagnostics. */
void record_read_body(struct record *r);

/* Runs read under the lock unless somebody has already. */
static inline void record_once(struct record *r, atomic_bool *done, void (*read)(struct record *))
{
	if (atomic_load_explicit(done, memory_order_acquire))
		return;
	pthread_mutex_lock(&r->lock);
	if (!atomic_load_explicit(done, memory_order_relaxed)) {
		read(r);
		atomic_store_explicit(done, true, memory_order_release);
	}
	pthread_mutex_unlock(&r->lock);
}

/* After it all of the source is there, or failed says why not. */
static inline void record_whole(struct record *r)
{
	record_once(r, &r->whole_done, record_read_whole);
}

#endif
