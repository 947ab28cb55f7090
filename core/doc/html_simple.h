/*
 * html_simple.h - raw HTML among Markdown that is simple enough to be read
 * without libxml2, with the very result that it would have.  For html.c; its table also for sniff.c
 * and markdown_simple_look.c, its references for markdown_simple_html.c.
 *
 * Simple are tags with what html_tag.c leaves of them, text, references, comments and scripts that end where
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

/* The element of that name in lower case, be it known or not; HTML_SIMPLE_NOT where libxml2 treats it in a way of its own. */
enum html_simple html_known_element(struct arena *scratch, const char *name, const struct html_known **out);
uint8_t html_known_priority(const char *name);
/* One of which libxml2 has one in a document, or that it takes for its outermost. */
bool html_known_is_single(const char *name);

/* Room for the longest name that libxml2 does not cut. */
#define HTML_NAME_SIZE 91

/* html_value.c */
/* Characters that libxml2 passes on as they are. */
bool html_is_clean(const char *p, const char *end);
/* What "&name;" or "&#160;" at p stands for, behind which *after then stands; 0: not simple. */
unsigned html_reference(const char *p, const char *end, const char **after);
/* Its bytes, at most three; returns how many. */
size_t html_reference_encode(unsigned value, char *out);
/* Behind the "&" at p and the name that libxml2 takes with it; NULL: not simple. */
const char *html_reference_end(const char *p, const char *end);
/*
 * The name from p up to `to` in lower case, ended by NUL; empty: it is none, or longer than libxml2 takes.
 */
void html_tag_name(const char *p, const char *to, char name[HTML_NAME_SIZE]);

struct html_attributes {
	struct element_attr *items;
	size_t n;
};

/* Of the start tag whose name ends at *at, up to ">", behind which *at then stands. */
enum html_simple html_simple_attributes(struct arena *scratch, const struct prepared *prepared, const char **at,
					const char *end, uint32_t max, struct html_attributes *out, bool *self_closing);

/* The events into s; HTML_SIMPLE_NOT: nothing was done, libxml2 has to look. O(size). */
enum html_simple html_simple_read(const struct events *events, const struct html_limits *limits, struct structure *s);

#endif
