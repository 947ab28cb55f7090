/*
 * html_step.h - what raw HTML among Markdown says, step by step, once all of
 * it is known: elements that begin and end, text, the Markdown between.
 *
 * html_simple.c makes the steps, html_step.c takes them into the structure, and the placeholders in text for html.c too.
 */
#ifndef QUERN_DOC_HTML_STEP_H
#define QUERN_DOC_HTML_STEP_H

#include "doc/html_simple.h"

enum html_step_type { STEP_START, STEP_END, STEP_TEXT, STEP_HELD, STEP_PARAGRAPH_END, STEP_EVENTS };

struct html_step {
	uint8_t type;
	uint8_t flags;
	uint32_t from, to; /* offsets in the source; of STEP_EVENTS: of the events */
	uint32_t token;    /* at whose end it ends; 0: elsewhere */
	union {
		const char *name;                /* of STEP_START, STEP_END */
		const struct prepared *prepared; /* of STEP_HELD */
	};
	union {
		struct html_attributes attrs; /* of STEP_START */
		struct str text;              /* of STEP_TEXT; of STEP_HELD: the placeholder */
	};
};

/* The steps in their order, the events between them, into out. */
void html_steps_take(const struct html_step *steps, size_t n, const struct events *events, struct structure *out);

/* Source offsets and flags, as of structure_text. */
struct html_place {
	uint32_t from, to;
	uint8_t flags;
};

/*
 * A placeholder in text: templates and references become nodes, what else it stood for is text.
 * events: room to take it apart.
 */
void html_take_held(struct structure *out, const struct prepared *prepared, struct str placeholder,
		    const struct html_place *place, struct events *events);

#endif
