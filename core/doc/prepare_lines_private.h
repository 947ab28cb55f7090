/*
 * prepare_lines_private.h - between the files of prepare.h's stage two:
 * prepare_lines.c (the pass), prepare_table.c, prepare_note.c (footnotes, definition lists,
 * abbreviations).  Included by them alone.
 */
#ifndef QUERN_DOC_PREPARE_LINES_PRIVATE_H
#define QUERN_DOC_PREPARE_LINES_PRIVATE_H

#include "doc/lines.h"
#include "doc/prepare.h"

/*
 * Lines that are walked as a document of their own: the body, or what a
 * footnote or a definition holds, which goes to the front as an item of a list.
 */
struct region {
	const char *first; /* the content of its first line begins here */
	const char *to;
	int quotes, column; /* taken off from the beginning of its other lines */
	int depth;          /* 0: the body */
};

/* Definitions inside definitions are looked for so deep. */
#define REGION_DEPTH_MAX 8

struct sink {
	struct buf text;
	struct segment_map map;
};

struct pass {
	struct prepared *p;
	struct str text;
	struct sink cells, notes, body;
	struct sink *out; /* of the region: notes or body */
	struct region region;
	const char *copied; /* everything before is in out */
	bool line_start;    /* and it begins a line whose own beginning is not written yet */
	struct region *regions;
	size_t n_regions, cap_regions;
	struct fence fence;
	size_t n_cells; /* given and to be padded */
	int items[32];  /* columns where the content of the list items around begins */
	size_t n_items; /* deeper ones are not counted */
	int items_in;   /* the block quotes they stand in */
	int quote_item; /* column of the item that the quotes of the lines before begin in; 0: they begin in none */
	int quote_in;   /* the quotes around that item */
	int outer[32];  /* the items around those quotes: they go on behind them */
	size_t n_outer;
};

/* A line where something may begin, and the column of the content of the list item around it. */
struct place {
	struct line line;
	int base;
};

/* The line of the region at `at`, its container's marks and indent taken off. */
bool pass_line(const struct pass *s, const char *at, struct line *line);
/* Is it as far right as the blocks of the item at place may begin, in the same quotes? */
bool pass_is_beside(const struct line *line, const struct place *place);
/* An attribute list alone on its line: stage one has left a placeholder of it. */
bool pass_is_attributes(const struct pass *s, const struct line *line);
void pass_put(struct pass *s, struct sink *out, struct str piece);
void pass_copy_until(struct pass *s, const char *to);
void pass_add_newline(struct pass *s);
struct held *pass_hold_lines(struct pass *s, enum held_type type, const char *from, const char *to);
/* Behind what was held for place, at a line cmark would join to the placeholder: keeps it apart. */
void pass_part(struct pass *s, const char *next, const struct place *place);
/* The region's ordinal; its item will stand there. SIZE_MAX: memory refused. */
size_t pass_add_region(struct pass *s, const struct region *region);

/* A cell's or term's paragraph at the front, "\|" as a plain bar where unescape says so; its ordinal, or -1 when it is empty. */
int64_t pass_put_cell(struct pass *s, struct str cell, bool unescape);

/* They return the line behind what they took, or NULL when it was nothing. */
const char *table_take(struct pass *s, const struct place *head, const struct line *delimiter);
/* Whether a footnote's definition begins with this line. */
bool note_begins(const struct pass *s, const struct line *line);
const char *note_take(struct pass *s, const struct line *line, bool after_text);
const char *definitions_take(struct pass *s, const struct place *paragraph, const struct line *line);
const char *abbreviation_take(struct pass *s, const struct line *line);

/* A new element at the end of an array of struct prepared; NULL when memory is refused. */
#define PREPARE_PUSH(p, array, count, cap)                                                                             \
	(((p)->count < (p)->cap ||                                                                                     \
	  (((p)->array = arena_grow((p)->arena, (p)->array, &(p)->cap, (p)->count + 1, sizeof *(p)->array)) != NULL))  \
		 ? &(p)->array[(p)->count++]                                                                           \
		 : NULL)

#endif
