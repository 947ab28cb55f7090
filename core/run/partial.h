/*
 * partial.h - the lines of a partial: what the documents of one shard came to,
 * on the way from quern map to quern reduce.
 *
 * A partial is NDJSON.  Its first line says of which run and shard it is, its
 * last that nothing is missing; between them stand documents and problems of
 * the walk in document order.  Each line carries a check sum of itself, so that
 * a cut or damaged file is seen by who parses nothing.  Strings that JSON
 * cannot hold (bytes that are not UTF-8, NUL) are {"hex": "..."}.  Knows text,
 * not files.
 */
#ifndef QUERN_RUN_PARTIAL_H
#define QUERN_RUN_PARTIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/str.h"
#include "base/value.h"
#include "run/corpus.h"
#include "run/outcome.h"

#define PARTIAL_VERSION 1
/* Hex of a digest_sum, and its terminator. */
#define PARTIAL_SUM_SIZE (2 * DIGEST_SUM_SIZE + 1)

void partial_sum(const struct str *parts, size_t n, char out[PARTIAL_SUM_SIZE]);

/* ----------------------------------------------------------------- writing */

struct partial_plugin {
	const char *name, *digest;
};

/* Of which run and shard a partial is. */
struct partial_header {
	const struct partial_plugin *plugins;
	size_t n_plugins;
	const char *const *to; /* -t as it was given */
	size_t n_to;
	const char *const *set; /* -s as it was given */
	size_t n_set;
	const char *now;
	const char *reading; /* how documents are read, as text to compare */
	bool unsafe;
	uint64_t documents; /* of the whole list */
	const char *list;   /* its digest */
	uint64_t shard, shards;
};

/* Adds to what the documents of a shard came to. */
struct partial_totals {
	uint64_t lines;    /* documents and problems */
	uint64_t failed;   /* of them */
	bool reads_format; /* a plugin's map asked for opts.to */
};

/* Each appends a line with its end.  Failure is the buffer's. */
void partial_put_header(struct buf *out, const struct partial_header *h);
/* key: what the document was, to know it again; keep: another run would come to the same. */
void partial_put_outcome(struct buf *out, const struct outcome *o, const char *key, bool keep);
/* before: the ordinal of the next document. */
void partial_put_problem(struct buf *out, uint64_t before, const struct corpus_item *item);
void partial_put_footer(struct buf *out, const struct partial_totals *totals);

/* ----------------------------------------------------------------- reading */

enum partial_kind { PARTIAL_NONSENSE, PARTIAL_HEADER, PARTIAL_DOCUMENT, PARTIAL_PROBLEM, PARTIAL_FOOTER };

/* What a line says before its content, without parsing that. */
struct partial_line {
	enum partial_kind kind; /* PARTIAL_NONSENSE: it is none, or its check sum is wrong */
	uint64_t ordinal;       /* of a document; of a problem: of the document after it */
	struct str key;
	bool keep, failed, reads_format;
};

struct partial_line partial_look(struct str line);
/* A header or footer as a map. */
bool partial_read(struct arena *a, struct str line, struct value *out);
/* A string of a map, copied and terminated; NULL where there is none. */
const char *partial_string(struct arena *a, const struct value *map, const char *key);
/* Strings lie in a. */
bool partial_problem(struct arena *a, struct str line, struct corpus_item *item);
/* A CORPUS_OUTCOME; what does not read becomes an outcome with an error. */
void partial_outcome(struct outcome *o, const struct corpus_item *item, size_t n_plugins);

#endif
