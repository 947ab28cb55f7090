/*
 * markdown.h - Markdown source into events, by cmark and our dialect.
 *
 * markdown.c walks cmark's blocks, markdown_inline.c its inlines (placed by
 * markdown_place.c), markdown_dialect.c adds ours, markdown_mem.c gives cmark an arena.  Nobody else includes cmark.h.
 */
#ifndef QUERN_DOC_MARKDOWN_H
#define QUERN_DOC_MARKDOWN_H

#include "base/diag.h"
#include "doc/dialect.h"
#include "doc/event.h"
#include "doc/prepare.h"

enum markdown_status { MARKDOWN_OK, MARKDOWN_NOMEM };

struct markdown_input {
	struct str body; /* valid UTF-8 without NUL, NUL-terminated; LF or CRLF */
	uint32_t offset; /* of body in the source: all spans count from there */
	uint32_t parts;  /* of the dialect; 0: CommonMark and nothing else */
};

/*
 * Appends the events of the body (between document open and close, which are
 * the caller's).  prepared is filled for the HTML stage, which meets placeholders in raw HTML.
 * Everything lives in arena.  O(size).
 */
enum markdown_status markdown_read(const struct markdown_input *input, struct arena *arena, struct prepared *prepared,
				   struct events *out);

/*
 * Text that may hold placeholders, as events: text, templates, footnote
 * references; attribute lists come back as their source.  For text inside raw HTML.
 */
void markdown_held_text(const struct prepared *p, struct str text, uint32_t from, uint32_t to, struct events *out);

#endif
