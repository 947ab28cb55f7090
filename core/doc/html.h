/*
 * html.h - HTML into the tree: whole documents, and Markdown whose raw HTML
 * is woven into its events.
 *
 * libxml2's SAX parser reads one stream a document (html.c).  For Markdown
 * that stream holds only the raw HTML; each run of Markdown events between
 * two pieces stands in it as a comment that names the run (html_stream.c), so that elements
 * opened in one piece and closed in another are libxml2's to match.
 */
#ifndef QUERN_DOC_HTML_H
#define QUERN_DOC_HTML_H

#include "base/diag.h"
#include "doc/event.h"
#include "doc/prepare.h"
#include "doc/structure.h"

struct html_limits {
	uint32_t max_attributes; /* per tag */
	uint32_t max_depth;      /* elements open at once: deeper tags are dropped */
};

enum html_status {
	HTML_OK,
	HTML_NOMEM,
	HTML_MIXED /* nothing was done: the events are from several parts of a document */
};

/* A whole HTML document; offset is that of its first byte in the source. */
enum html_status html_read(struct str text, uint32_t offset, const struct html_limits *limits, struct structure *s,
			   bool *limited);
/* Markdown events, of which some may be EVENT_HTML. Where all of these are simple (html_simple.h), no parser is made. */
enum html_status html_read_events(const struct events *events, const struct html_limits *limits, struct structure *s,
				  bool *limited);
/* The same by libxml2 alone, where some are; tests compare the two. */
enum html_status html_parse_events(const struct events *events, const struct html_limits *limits, struct structure *s,
				   bool *limited);

#endif
