/*
 * frontmatter.h - the block of metadata at the top of a document.
 *
 * frontmatter_find cuts it off without parsing (a plugin that asks only for
 * the body pays nothing); frontmatter_parse reads it.  YAML between "---"
 * lines (closed by "---" or "..."), TOML between "+++" lines, a JSON object
 * that begins on the first line.  Leading BOM is skipped.
 */
#ifndef QUERN_DOC_FRONTMATTER_H
#define QUERN_DOC_FRONTMATTER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/value.h"

enum frontmatter_syntax { FRONTMATTER_NONE, FRONTMATTER_YAML, FRONTMATTER_TOML, FRONTMATTER_JSON };

struct frontmatter {
	enum frontmatter_syntax syntax;
	struct str whole;   /* fences included, up to the first byte of the body */
	struct str content; /* between the fences */
	uint32_t line;      /* line of the content's first byte, 1-based */
	size_t body;        /* offset of the body in the source */
	bool unterminated;  /* looks like front matter ("---" then "key:") but is never closed: all is body */
};

/* Zero stands for the default, and so does a NULL pointer to all of it. */
struct frontmatter_limits {
	size_t max_bytes;   /* content larger than this is refused (1 MiB by default) */
	size_t max_nodes;   /* values after alias expansion (100,000 by default) */
	uint32_t max_depth; /* VALUE_MAX_DEPTH by default */
};

/*
 * What lies between two "---" lines counts as front matter when it is empty, blank, comments, or
 * begins like a mapping; other text between two thematic breaks is body.  O(size of the block).
 */
struct frontmatter frontmatter_find(struct str source);

/*
 * Reads the content into *out: a map, empty for an empty block; null (and
 * true) where there is no front matter.  On broken or refused input adds a
 * warning with line and column and returns false; *out is then null.
 * Memory refused: false and arena->refused.
 */
bool frontmatter_parse(const struct frontmatter *fm, const struct frontmatter_limits *limits, struct arena *a,
		       struct diags *diags, struct value *out);

/*
 * The readers; line and column of keys, values and problems are relative to the
 * text, first line = first_line.
 */
/* Any value at the top, as a YAML file may have; null for a stream without a document. */
bool yaml_read_any(struct str text, uint32_t first_line, const struct frontmatter_limits *limits, struct arena *a,
		   struct diags *diags, struct value *out);
/* A map at the top, empty for nothing. */
bool yaml_read(struct str text, uint32_t first_line, const struct frontmatter_limits *limits, struct arena *a,
	       struct diags *diags, struct value *out);
/* Any JSON text. */
bool json_read_any(struct str text, uint32_t first_line, const struct frontmatter_limits *limits, struct arena *a,
		   struct diags *diags, struct value *out);
bool toml_read(struct str text, uint32_t first_line, const struct frontmatter_limits *limits, struct arena *a,
	       struct diags *diags, struct value *out);

/* Writes a map back as a YAML block with its "---" fences (used when the source is not at hand). */
void yaml_write(struct buf *out, const struct value *map);

#endif
