/*
 * html_stream.h - between html.c, the files that make the text libxml2 reads,
 * html_stream.c (pieces, positions), html_tag.c (one start tag), html_hiding.c (what has to end), and html_simple.c.
 * Included by them, and for two of its searches by html_balance.c.
 */
#ifndef QUERN_DOC_HTML_STREAM_H
#define QUERN_DOC_HTML_STREAM_H

#include <string.h>

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
				    const struct html_limits *limits);

/* Raw HTML among Markdown, followed through the prepared text. */
struct html_piece {
	struct prepared *prepared; /* NULL: its bytes stand in the source as they are */
	const char *begin, *end;
	const char *at;    /* how far it has been followed */
	const char *place; /* where that stands in the prepared text; NULL: not known */
	uint32_t source;   /* of begin */
};

void html_piece_begin(struct html_piece *piece, const struct event *e);
/* On to p, line by line. */
void html_piece_follow(struct html_piece *piece, const char *p);
/* Where that is in the source; of its beginning, when it is not known. */
uint32_t html_piece_source(const struct html_piece *piece);
bool html_piece_is_exact(const struct html_piece *piece);

/* Where the part of a text from p on ends that has a place of its own: a line end, or what stands before the next one. */
static inline const char *html_line_stop(const char *p, const char *end)
{
	const char *newline = memchr(p, '\n', (size_t)(end - p));

	return newline ? newline + (newline == p) : end;
}

/* Up to the next placeholder in [p, to), its length in *len; to, and none in *held. prepared NULL: there is none. */
const char *html_plain_end(const struct prepared *prepared, const char *p, const char *to, size_t *len,
			   const struct held **held);
/* Behind the comment that begins at p. */
const char *html_comment_end(const char *p, const char *end);
/* "</script", or what else name is, in [p, end); NULL: nowhere. */
const char *html_raw_close(const char *p, const char *end, const char *name);

/* ------------------------------------- what has to end somewhere, html_hiding.c */

enum { N_HIDING = 13 };

/* The end tag ahead of one such element; searches only ever move on. */
struct html_hiding_end {
	const char *in_piece, *piece; /* in the piece that ends there; its end: none */
	size_t event;                 /* in a later piece; beyond the last event: none */
};

struct html_hiding {
	const struct events *events; /* NULL: a whole document */
	size_t event;                /* whose piece is being read */
	struct html_hiding_end ends[N_HIDING];
};

/* Of an element whose content is not for reading; -1: it is none. */
int html_hiding_index(const char *name);
void html_hiding_begin(struct html_hiding *h, const struct events *events, size_t event);
/* Does it end behind p, in the piece up to end or in a later one? */
bool html_hiding_ends(struct html_hiding *h, int kind, const char *p, const char *end);
/* The first later piece with its end tag; SIZE_MAX: there is none. */
size_t html_hiding_event(struct html_hiding *h, int kind);

struct html_attribute {
	struct str name, value;
	char quote;     /* 0: not quoted */
	bool has_value; /* "=" was there */
	bool good;      /* a name that libxml2 knows as one, a value that ends in the tag */
	bool slash;     /* a "/" that ends nothing stands before it */
};

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
/* Behind the name of the tag at p. */
const char *html_tag_name_end(const char *p, const char *end);
/* Steps from there to the next attribute; false at ">" or the end, where *at then stands. */
bool html_tag_attribute(const char **at, const char *end, struct html_attribute *a);
/* The same tag with well-formed attributes only, at most max_attributes, and a ">". */
void html_tag_write(struct buf *out, const char *p, const char *end, uint32_t max_attributes);

#endif
