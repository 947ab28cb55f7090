/*
 * markdown.h - Markdown source into a tree, by cmark and our dialect, where it is simple without.
 *
 * markdown.c, markdown_heading.c and markdown_paragraph.c walk cmark's blocks, markdown_plain.c inlines that nothing of our dialect
 * concerns, markdown_inline.c the others, to which markdown_dialect.c adds ours; markdown_place.c says where they
 * stand, markdown_sink.c where blocks go, markdown_mem.c gives cmark an arena.  What is simple never comes to that:
 * markdown_simple*.c read it from its bytes, and markdown_parts.c leaves them what they can do, and the rest to cmark
 * part by part.  Nobody else includes cmark.h.
 */
#ifndef QUERN_DOC_MARKDOWN_H
#define QUERN_DOC_MARKDOWN_H

#include "base/diag.h"
#include "doc/dialect.h"
#include "doc/event.h"
#include "doc/prepare.h"

struct html_limits;
struct structure;

enum markdown_status { MARKDOWN_OK, MARKDOWN_NOMEM, MARKDOWN_CUT /* never seen outside */ };

struct markdown_input {
	struct str body;                 /* valid UTF-8 without NUL, NUL-terminated; LF or CRLF */
	uint32_t offset;                 /* of body in the source: all spans count from there */
	uint32_t parts;                  /* of the dialect; 0: CommonMark and nothing else */
	const struct html_limits *html;  /* for raw HTML that is read part by part; NULL: only as a whole */
	bool thorough;                   /* all of it by cmark: for tests that compare */
	size_t appended;                 /* bytes at the end of body that stand nowhere in the source */
	const struct note_labels *notes; /* of the document that body is a part of; NULL: it is the whole */
};

/*
 * Reads the body into tree where it has no raw HTML, or where that can be read part by part.  Else appends its events to out
 * (between document open and close, which are the caller's), and prepared is filled for the HTML stage, which
 * meets placeholders in raw HTML.  Everything but the tree lives in arena.  O(size).
 */
enum markdown_status markdown_read(const struct markdown_input *input, struct arena *arena, struct prepared *prepared,
				   struct events *out, struct structure *tree);

/*
 * Text that may hold placeholders, as events: text, templates, footnote
 * references; attribute lists come back as their source.  For text inside raw HTML.
 */
void markdown_held_text(const struct prepared *p, struct str text, uint32_t from, uint32_t to, struct events *out);

#endif
