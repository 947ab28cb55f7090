/*
 * html_step.c - see html_step.h.
 */
#include "doc/html_step.h"

#include "doc/markdown.h"

void html_take_held(struct structure *out, const struct prepared *prepared, struct str placeholder,
		    const struct html_place *place, struct events *events)
{
	events->n = 0;
	markdown_held_text(prepared, placeholder, place->from, place->to, events);
	for (size_t i = 0; i < events->n; i++) {
		struct event *e = &events->items[i];
		e->flags |= place->flags;
		if (e->type == EVENT_ATTRIBUTES)
			structure_attributes(out, e);
		else if (e->type == EVENT_TEXT)
			structure_text(out, e->text, e->from, e->to, e->flags);
		else
			structure_inline_leaf(out, e);
	}
	out->failed = out->failed || events->failed;
}

void html_steps_take(const struct html_step *steps, size_t n, const struct events *events, struct structure *out)
{
	struct events held;

	events_init(&held, out->scratch);
	for (size_t i = 0; i < n; i++) {
		const struct html_step *step = &steps[i];
		switch (step->type) {
		case STEP_START:
			structure_start(out, step->name, step->attrs.items, step->attrs.n, step->from, step->to,
					step->flags);
			break;
		case STEP_END:
			structure_end(out, step->name, step->to);
			break;
		case STEP_TEXT:
			structure_text(out, step->text, step->from, step->to, step->flags);
			break;
		case STEP_HELD:
			html_take_held(out, step->prepared, step->text,
				       &(struct html_place){ step->from, step->to, step->flags }, &held);
			break;
		case STEP_PARAGRAPH_END:
			structure_paragraph_end(out, step->to);
			break;
		default:
			for (size_t k = step->from; k < step->to; k++)
				structure_event(out, &events->items[k]);
		}
	}
}
