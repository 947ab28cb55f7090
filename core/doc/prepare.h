/*
 * prepare.h - the pass over Markdown source that makes cmark safe for our
 * dialect: what cmark would misread is taken out and a placeholder is left.
 *
 * A placeholder is one character of the supplementary private use planes
 * (two for large documents); cmark sees a letter.  Where cmark hands it back in
 * text, the reader puts the construct there; anywhere else (code, raw HTML, a URL) the
 * original bytes return.  So a construct found by mistake, inside code for
 * instance, does no harm.
 *
 * Two stages: inline (templates, attribute lists, footnote references, URLs
 * whose characters would be read as emphasis) and lines (tables, footnote definitions, definition
 * lists, abbreviations; cells, terms and content move to the front as paragraphs and list items of
 * their own, so that one cmark run parses all with one reference map).  A map of segments leads
 * from every offset cmark can name back to the source.
 */
#ifndef QUERN_DOC_PREPARE_H
#define QUERN_DOC_PREPARE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "doc/attributes.h"
#include "doc/dialect.h"

enum held_type {
	HELD_LITERAL,
	HELD_ESCAPE, /* a backslash and its mark where an address may be, which would keep both; text: the mark */
	HELD_TEMPLATE,
	HELD_ATTRIBUTES,
	HELD_FOOTNOTE_REFERENCE,
	HELD_CODE,     /* {% highlight %} with its code; text: the code */
	HELD_TAG,      /* an HTML tag with templates where attributes should be */
	HELD_FOOTNOTE, /* from here on stage two */
	HELD_DEFINITIONS,
	HELD_ABBREVIATION,
	HELD_TABLE
};

struct held {
	enum held_type type;
	struct str source; /* the bytes it stands for (stage one text for tables and footnotes) */
	struct str text;   /* literal: its character; reference, footnote: the label; tag: without those templates */
	uint32_t from;     /* offset of source in the source */
	uint32_t to;
	uint32_t first; /* table: index into tables; definitions: into lists; footnote: the ordinal of its item */
};

struct segment {
	uint32_t at;     /* offset in the prepared text */
	uint32_t source; /* offset in the text it was made from */
	bool literal;    /* bytes were copied: offsets run on; else all of it is one place */
};

struct segment_map {
	struct arena *arena;
	struct segment *items;
	size_t n, cap;
	size_t near; /* what was last looked for: most lookups go on from there */
	bool failed;
};

struct prepared_cell {
	struct str source; /* trimmed, pipes still escaped; stage one text */
	uint32_t from, to; /* stage one offsets */
	int64_t paragraph; /* ordinal of its paragraph at the front; -1: empty */
};

struct prepared_row {
	uint32_t first_cell, n_cells;
	uint32_t from, to;
};

struct prepared_table {
	struct str aligns;          /* one of "lcr-" a column */
	uint32_t first_row, n_rows; /* the header row included */
};

/* A definition list is a range of terms and definitions. */
struct prepared_part {
	uint32_t from, to; /* stage one offsets */
	int64_t content;   /* term: ordinal of its paragraph at the front; definition: of its item */
	bool term;
};

struct prepared_list {
	uint32_t first_part, n_parts;
};

struct prepared_abbreviation {
	struct str word, title;
};

/* What the body has in it at all, anywhere: where one is false, nothing of that kind needs to be looked for. */
struct prepare_signs {
	bool brace, less, note, bar, tilde, at; /* "{" "<" "[^" "|" "~" "@" */
	bool slashes, ww;                       /* "//", "ww" in any case */
	bool high;                              /* bytes that placeholders begin with */
};

/* What containers have at the beginning of a block's lines: marks of quotes, and columns behind them. */
struct prepared_margin {
	int quotes, columns;
};

struct prepared {
	struct arena *arena;
	uint32_t parts;  /* of the dialect */
	struct str text; /* what cmark reads */
	uint32_t *lines; /* offsets in it where lines begin */
	size_t n_lines;
	struct prepare_signs signs;
	const struct note_labels *notes; /* of all of the document; NULL: those of the body */
	uint32_t offset;                 /* of the body in the source */
	size_t n_front;                  /* cell paragraphs at its beginning */
	size_t n_items;                  /* of the list after them: footnotes and definitions */
	bool has_front;                  /* a separator block stands between front and body */
	struct held *held;
	size_t n_held, cap_held;
	struct prepared_table *tables;
	size_t n_tables, cap_tables;
	struct prepared_row *rows;
	size_t n_rows, cap_rows;
	struct prepared_cell *cells;
	size_t n_cells, cap_cells;
	struct prepared_list *lists;
	size_t n_lists, cap_lists;
	struct prepared_part *list_parts;
	size_t n_list_parts, cap_list_parts;
	struct named_attributes *named; /* attribute lists with names */
	size_t n_named, cap_named;
	struct prepared_abbreviation *abbreviations;
	size_t n_abbreviations, cap_abbreviations;
	struct segment_map inline_map, line_map; /* empty: the identity */
	bool cells_limited;                      /* tables were cut at the cell limit */
	bool as_it_is;                           /* nothing was prepared: pieces of text are pieces of the source */
	bool unclosed;                           /* raw HTML that nothing closes was made text, or a part of Liquid's */
	bool has_tags;                           /* HELD_TAG among the held */
	bool html_limited;                       /* HTML that was read with it was cut */
	bool guarded;                            /* containers too deep, or images too many, were made text */
	bool failed;                             /* memory refused */
};

/* The labels of the footnotes that a body defines, in their order; of equal ones the first comes first. */
struct note_labels {
	struct str *items;
	size_t n, cap;
};

/* The most attribute lists with names: each use looks through them. */
#define PREPARE_MAX_NAMED 100

/* The most cells (given or padded) one document's tables may have. */
#define PREPARE_MAX_CELLS 1000000

/*
 * body must outlive p.  O(size).  parts: what of the dialect is taken out (dialect.h); with none of it only
 * what would cost cmark more than it is worth.  notes: of the document that body is a part of; NULL: it is the whole.
 */
void prepare(struct prepared *p, struct arena *a, struct str body, uint32_t parts, const struct note_labels *notes);

/* Gathers them; false when memory is refused. */
bool note_labels_gather(struct note_labels *l, struct arena *a, struct str body);
/* The label of "[^label]" at p, empty where it is none. */
struct str note_label(const char *p, const char *end);
/* The label as its first definition spells it; empty where there is none. */
struct str note_labels_find(const struct note_labels *l, struct str label);
/* Is what stands behind the label at p, whose bracket is in body, that of a definition? */
bool note_is_defined_at(struct str body, const char *p, struct str label);

/*
 * Is a fence open at its end?  In raw HTML, too, where cmark knows of none: nothing behind it is taken out before it is
 * closed.
 */
bool prepare_ends_in_fence(struct prepared *p);

/* From an offset in p->text to an offset in body. O(log segments), and less behind the last one. */
uint32_t prepared_source(struct prepared *p, uint32_t offset);
/* From an offset in the text between the stages (cells, tables) to the body. */
uint32_t prepared_inline_source(struct prepared *p, uint32_t offset);

/* The placeholder at s.p, or NULL; *len is its length in bytes. */
const struct held *prepared_held(const struct prepared *p, struct str s, size_t *len);
/* Gives the event what the attribute list says; false when memory is refused. */
bool prepared_attributes(const struct prepared *p, const struct held *held, struct event *e);
/* s with every placeholder replaced by the bytes it stands for; s itself when it holds none. p NULL on failure. */
struct str prepared_restore(const struct prepared *p, struct str s);
/* The bytes that one stands for. */
struct str prepared_held_source(const struct prepared *p, const struct held *held);
/* As prepared_restore, where backslashes escape: literals by what they say. */
struct str prepared_restore_text(const struct prepared *p, struct str s);
/* As prepared_restore, in a block: what stands for several lines loses on them what the containers around have there. */
struct str prepared_restore_block(const struct prepared *p, struct str s, const struct prepared_margin *margin);
/* The same in a span of code, where lines are one text (CommonMark 6.1): a blank stands where one ended. quotes: around it. */
struct str prepared_restore_code(const struct prepared *p, struct str s, int quotes);
/* Of one of them. */
struct str prepared_held_lines(const struct prepared *p, const struct held *held, const struct prepared_margin *margin);

/*
 * Where templates end, asked from left to right or again from further left. What was looked for in vain is
 * remembered: zero but for the end of the body at first.
 */
struct template_ends {
	const char *end;
	const char *from, *to; /* a paragraph: none reaches past a blank line */
	struct {
		const char *from, *to;
	} none[4]; /* no mark of that kind stands there */
};

const char *template_paragraph_end(struct template_ends *t, const char *p);
/* Behind the template that begins with the "{{" or "{%" at p; NULL: it is none. */
const char *template_end(struct template_ends *t, const char *p);

/* Liquid's tags that have an end tag of their own. */
enum liquid_kind { LIQUID_RAW, LIQUID_HIGHLIGHT, LIQUID_KINDS /* any other */ };
enum liquid_kind liquid_kind(const char *p, const char *close);
/* The name in the tag at p ("{% name ... %}", "{%- name"). */
struct str liquid_name(const char *p, const char *end);
/* The first one of that kind at or after p; NULL: there is none. */
const char *liquid_end_tag(enum liquid_kind kind, const char *p, const char *end);
/* The language that "{% highlight c %}" names, or nothing. */
struct str liquid_language(struct str tag);

/* For the stages. */
struct prepare_signs prepare_scan(struct str body);
/* The segment that offset lies in; NULL: the map is empty. */
const struct segment *segment_find(struct segment_map *map, uint32_t offset);
uint32_t segment_source(struct segment_map *map, uint32_t offset);
void segment_add(struct segment_map *map, size_t at, size_t source, bool literal);
/* Appends the placeholder of a new held piece to out and its segment to map; returns it, or NULL. */
struct held *prepare_hold(struct prepared *p, struct buf *out, enum held_type type, struct str source);
void prepare_inlines(struct prepared *p, struct str body, struct buf *out);
void prepare_guards(struct prepared *p, struct str body, struct buf *out);
void prepare_lines(struct prepared *p, struct str text, struct buf *out);
/* Has prepare_lines anything to do? */
bool prepare_needs_lines(const struct prepared *p, struct str text);
/* Could there be a definition list? */
bool prepare_has_definitions(struct str text);
/* One of the elements whose raw block ends at an end tag alone (CommonMark 4.6, condition 1); p behind "<" or "</". */
bool prepare_is_raw_element(const char *p, const char *end);
/* Behind the attribute list that begins with "{:" at p, on one line; NULL: it is none. */
const char *prepare_attributes_end(const char *p, const char *end);
/* Could "]:" at p end the label of a link definition? from: where the last such pair that could not do so stands, or begin of body. */
bool prepare_may_define(struct str body, const char *from, const char *p);
/* Steps to the next cell of a table's row: *at, behind the bar before it, moves behind its own; false when there is none left. */
bool table_next_cell(const char **at, const char *end, struct str *cell);
/* 'l', 'c', 'r' or '-' for ":--", ":-:", "--:", "--"; 0 when the cell is none of them. */
char table_align(struct str cell);
/* Nothing but marks of containers between the beginning of the line and p? */
bool prepare_begins_line(struct str body, const char *p);
/* Behind an odd number of backslashes: the last one makes a character of what is at p. begin: not before that. */
bool prepare_is_escaped(const char *begin, const char *p);

#endif
