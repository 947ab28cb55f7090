/*
 * record_priv.h - the record's inside, for record.c (life, accessors) and
 * record_body.c (body to tree).
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

/* Under the lock: fills tree, has_tree, failed, html_title and adds diagnostics. */
void record_read_body(struct record *r);

#endif
