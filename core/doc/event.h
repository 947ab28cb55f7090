/*
 * event.h - what a syntax says about a document, as a flat list of events:
 * open a node, close it, text, a leaf, a piece of raw HTML.
 *
 * The Markdown reader writes it, structure.c (directly, or through the HTML
 * parser where raw HTML stands in between) turns it into a tree.  Strings are
 * borrowed from the arena of the parse.
 */
#ifndef QUERN_DOC_EVENT_H
#define QUERN_DOC_EVENT_H

#include "base/arena.h"
#include "base/str.h"
#include "doc/tree.h"

enum event_type { EVENT_OPEN, EVENT_CLOSE, EVENT_LEAF, EVENT_TEXT, EVENT_HTML, EVENT_ATTRIBUTES };

/* EVENT_ATTRIBUTES: attrs are for the element of raw HTML that ended right before; text is what they were written as. */

struct prepared;

struct event_attr {
	struct str key, value;
	size_t room; /* bytes of value that are its own, for classes to be joined in; 0: borrowed */
	struct event_attr *next;
};

struct event {
	uint8_t type;
	uint8_t kind; /* enum node_kind; of EVENT_CLOSE too */
	uint8_t flags;
	uint8_t align;
	int32_t number;  /* as in struct node; EVENT_HTML: see html_stream.h */
	struct str text; /* as in struct node; p NULL: absent */
	union {
		struct str extra;          /* the same */
		struct prepared *prepared; /* of EVENT_HTML: what its placeholders and number belong to */
	};
	struct event_attr *attrs;
	uint32_t from, to; /* source offsets */
};

struct events {
	struct arena *arena;
	struct event *items;
	size_t n, cap;
	size_t n_html;      /* how many are EVENT_HTML */
	const char *joined; /* text of the last event, when it was put together in the arena */
	bool failed;        /* memory refused */
};

void events_init(struct events *e, struct arena *arena);
/* The new event, zeroed but for type, kind and span; NULL (and failed) when memory is refused. Valid until the next one. */
struct event *events_add(struct events *e, enum event_type type, enum node_kind kind, uint32_t from, uint32_t to);
void events_text(struct events *e, struct str literal, uint32_t from, uint32_t to);
/* The most attributes one event takes: more are left out. */
#define EVENT_MAX_ATTRS 500
/* At the end; a repeated key is kept once, classes are joined. False when memory is refused. */
bool event_add_attr(struct arena *a, struct event *e, struct str key, struct str value);
/* The same, but the later value counts. */
bool event_set_attr(struct arena *a, struct event *e, struct str key, struct str value);

#endif
