/*
 * prepare_private.h - between the files of prepare.h's stage one:
 * prepare_inline.c (our dialect's constructs, and the pass), prepare_liquid.c, prepare_reference.c (of footnotes)
 * and prepare_guard.c (what cmark must be kept from).  Included by them alone.
 */
#ifndef QUERN_DOC_PREPARE_PRIVATE_H
#define QUERN_DOC_PREPARE_PRIVATE_H

#include "doc/prepare.h"

/* Raw HTML that cmark lets run to the end of the document when it is not closed. */
enum raw_kind { RAW_COMMENT, RAW_INSTRUCTION, RAW_CDATA, RAW_DECLARATION, RAW_ELEMENT, RAW_KINDS };

struct inline_pass {
	struct prepared *p;
	struct buf *out;
	struct str body;
	const char *copied;        /* everything before is in out */
	struct template_ends ends; /* of templates, and of paragraphs */
	struct mark {
		char c;
		const char *at; /* where it stands next */
	} marks[12];            /* bytes that something may begin with */
	size_t n_marks;
	const char *line_seen; /* lines have been followed so far; NULL: not yet */
	const char *info;      /* of the fence that the line there opens; NULL: it opens none */
	/* prepare_reference.c's */
	struct note_labels labels; /* of footnote definitions */
	/* prepare_liquid.c's */
	const char *raw_end; /* braces before it are text; NULL: not in such a part */
	bool no_end[LIQUID_KINDS];
	/* prepare_guard.c's */
	bool has_templates;
	size_t images; /* begun in the current paragraph, perhaps without end */
	const char *images_end;
	const char *last_close[RAW_KINDS]; /* of raw blocks: the last one of the body; NULL: not looked for yet */
};

static inline const char *pass_end(const struct inline_pass *s)
{
	return s->body.p + s->body.n;
}

/* Copies what is pending and leaves a placeholder for [from, to); NULL when memory is refused. */
struct held *pass_hold(struct inline_pass *s, enum held_type type, const char *from, const char *to);
/* Is p in the info string of a fence, which is one line of text and no more?  p never goes back. */
bool pass_is_in_info(struct inline_pass *s, const char *p);
/* At a template that ends at close: takes what belongs to it and returns its end, or NULL: it is a template and nothing else. */
const char *liquid_take(struct inline_pass *s, const char *p, const char *close);

/* The labels of the footnotes that the body defines; before the pass. */
void reference_collect(struct inline_pass *s);
/* At "[": takes a reference to one of them.  Returns where to go on. */
const char *reference_take(struct inline_pass *s, const char *p);

/* At "<", "!" and the beginning of a line; they return where to go on. */
const char *guard_less(struct inline_pass *s, const char *p);
const char *guard_escaped_less(struct inline_pass *s, const char *p);
const char *guard_image(struct inline_pass *s, const char *p);
const char *guard_line(struct inline_pass *s, const char *p);
/* Is there reason to look at each "!", at each line? */
bool guard_needs_images(struct str body);
bool guard_needs_lines(const struct prepared *p);

#endif
