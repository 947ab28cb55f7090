/*
 * html_simple.h - raw HTML among Markdown that is simple enough to be read
 * without libxml2, with the very result that it would have.  For html.c, and its table for sniff.c
 * and markdown_simple_look.c.
 *
 * Simple are well-formed tags of known elements, text, references by name, comments and scripts that end where
 * they begin; what libxml2 would mend, or report in its own way, is not.
 */
#ifndef QUERN_DOC_HTML_SIMPLE_H
#define QUERN_DOC_HTML_SIMPLE_H

#include "doc/html_stream.h"

/* Its content is not for reading, so that it has to end somewhere. */
#define HTML_KNOWN_HIDES 1u

struct html_known {
	const char *name;
	uint8_t self;     /* its number among the elements that a start tag can end; 0: it is none of them */
	uint8_t priority; /* its end tag closes nothing of a higher one */
	bool is_empty;
	uint64_t closes; /* bits of those that its start tag ends, and HTML_KNOWN_HIDES */
};

/* NULL: none that html_simple.c reads. html_known.c */
const struct html_known *html_known_find(const char *name);

enum html_simple { HTML_SIMPLE_READ, HTML_SIMPLE_NOT, HTML_SIMPLE_NOMEM };

/* html_value.c */
bool html_is_alnum(char c);
/* Characters that libxml2 passes on as they are. */
bool html_is_clean(const char *p, const char *end);
/* What "&name;" or "&#160;" at p stands for, behind which *after then stands; 0: not simple. */
unsigned html_reference(const char *p, const char *end, const char **after);
/* Its bytes, at most three; returns how many. */
size_t html_reference_encode(unsigned value, char *out);

struct html_attributes {
	struct element_attr *items;
	size_t n;
};

/* Of the start tag whose name ends at *at, up to ">", behind which *at then stands. */
enum html_simple html_simple_attributes(struct arena *scratch, const struct prepared *prepared, const char **at,
					const char *end, uint32_t max, struct html_attributes *out, bool *self_closing);

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

/* The events into s; HTML_SIMPLE_NOT: nothing was done, libxml2 has to look. O(size). */
enum html_simple html_simple_read(const struct events *events, struct prepared *prepared,
				  const struct html_limits *limits, struct structure *s);

#endif
