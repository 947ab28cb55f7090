/*
 * html_stream.h - between html.c and the two files that make the text libxml2
 * reads: html_stream.c (pieces, positions) and html_tag.c (one start tag).
 * Included by them alone.
 */
#ifndef QUERN_DOC_HTML_STREAM_H
#define QUERN_DOC_HTML_STREAM_H

#include "doc/html.h"

/* What libxml2 is given, and the way back. */
struct html_stream {
	struct buf text;
	struct segment_map map; /* stream offset to source offset */
	bool limited;           /* attributes were cut */
};

enum html_status html_stream_whole(struct html_stream *stream, struct arena *a, struct str text, uint32_t offset,
				   const struct html_limits *limits);
/* Of an EVENT_HTML, number is the offset of its first byte in the prepared text; -1: not known. */
enum html_status html_stream_events(struct html_stream *stream, struct arena *a, const struct events *events,
				    const struct prepared *prepared, const struct html_limits *limits);

struct html_tag {
	char name[12];   /* lower case, cut to eleven bytes */
	const char *end; /* behind ">", or the end of the text */
	bool closed;     /* ">" was found */
	bool self_closing;
	bool is_raw; /* script or style */
	bool plain;  /* libxml2 reads it as we do: may be copied as it stands */
	bool cut;    /* has more attributes than allowed */
};

/* The start tag at p ("<" and a letter), by the tokenizer's states of WHATWG 13.2.5. */
void html_tag_read(struct html_tag *tag, const char *p, const char *end, uint32_t max_attributes);
/* The same tag with well-formed attributes only, at most max_attributes, and a ">". */
void html_tag_write(struct buf *out, const char *p, const char *end, uint32_t max_attributes);

#endif
