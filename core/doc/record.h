/*
 * record.h - one loaded document: front matter, tree, title, diagnostics.
 *
 * A record is immutable and counted; any thread may read it.  Front matter
 * and body are read when first asked for, each once, under the record's own
 * lock, and published whole: the pointers handed out stay valid until the
 * last reference goes.
 */
#ifndef QUERN_DOC_RECORD_H
#define QUERN_DOC_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/value.h"
#include "doc/tree.h"

struct record;

/* FORMAT_JSON is a tree as write_node_json writes it. */
enum doc_format { FORMAT_AUTO, FORMAT_MARKDOWN, FORMAT_COMMONMARK, FORMAT_HTML, FORMAT_TEXT, FORMAT_JSON };

enum title_source { TITLE_NONE, TITLE_FRONT_MATTER, TITLE_HEADING, TITLE_HTML, TITLE_FIRST_LINE };

enum record_status { RECORD_OK, RECORD_NOMEM, RECORD_TOO_LARGE, RECORD_BAD_ENCODING, RECORD_UNREADABLE };

struct record_limits {
	size_t max_bytes; /* of the source */
	uint32_t max_nodes;
	uint32_t max_depth;      /* of the tree; deeper structure is flattened with a warning */
	uint32_t max_attributes; /* per HTML tag; more are dropped with a warning */
	size_t max_memory;       /* all that a record may hold */
};
extern const struct record_limits record_limits_default;

/* Bytes that come after those given, if anybody asks for them. */
struct record_rest {
	void *user;
	enum record_status (*read)(void *user, struct buf *all); /* appends them to the first */
	void (*release)(void *user);                             /* once */
};

struct record_options {
	const char *path; /* as shown to users; NULL: "-" */
	enum doc_format format;
	const char *encoding; /* NULL: UTF-8, or what an HTML document declares */
	struct record_limits limits;
	/* Told of an encoding that iconv does not know; may be NULL. */
	void (*unknown_encoding)(void *user, const char *name);
	void *unknown_encoding_user;
	uint32_t with, without; /* parts of the dialect to add to the format's own, to take from them; dialect.h */
	const struct record_rest *rest; /* NULL: the bytes given are all there is */
};

/* Copies bytes, and takes rest over, whatever comes. *out has one reference. */
enum record_status record_new(const struct alloc *heap, struct str bytes, const struct record_options *options,
			      struct record **out);
struct record *record_ref(struct record *r);
void record_unref(struct record *r);
/* A record around a tree made elsewhere (a walk, a constructor): copies it; path and meta are taken from like. */
enum record_status record_from_tree(const struct alloc *heap, const struct tree *tree, const struct record *like,
				    struct record **out);

const char *record_path(const struct record *r);
enum doc_format record_format(const struct record *r); /* after sniffing: never FORMAT_AUTO */
uint32_t record_parts(const struct record *r);         /* of the dialect, as it was read; dialect.h */
const char *doc_format_name(enum doc_format f);        /* "markdown", "commonmark", "html", "text", "json" */
enum doc_format doc_format_find(struct str name);      /* also "auto"; FORMAT_AUTO where unknown: check name */
struct str record_source(struct record *r);            /* UTF-8, repaired; front matter included */
size_t record_body_offset(const struct record *r);
struct str record_front_matter_text(const struct record *r); /* with its fences; empty where none */
const char *record_digest(struct record *r);                 /* BLAKE2b-256 of the bytes given, hex */

/* NULL: no front matter (or broken: see diagnostics). */
const struct value *record_meta(struct record *r);
/* NULL only when memory or a hard limit refused it; record_failed says so. */
const struct tree *record_tree(struct record *r);
enum record_status record_failed(const struct record *r);
struct str record_title(struct record *r, enum title_source *from);
/* Reads all that is not read yet. In source order. */
const struct diags *record_diags(struct record *r);
/* Front matter and body have been read, or refused. */
bool record_is_read(const struct record *r);
/*
 * Diagnostic i of what has been read so far, front matter included, in source order; false past the last.
 * While others read the body, the numbers may move.
 */
bool record_diag_so_far(struct record *r, size_t i, struct diag *out);

/* 1-based line and byte column of a source offset. O(log lines). */
void record_position(struct record *r, uint32_t offset, uint32_t *line, uint32_t *column);
/* Line of a node, 0 where it has no source. */
uint32_t record_line(struct record *r, uint32_t node);

#endif
