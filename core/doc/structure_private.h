/*
 * structure_private.h - what the structure*.c files share beside structure.h:
 * structure_html.c (elements), structure_event.c (Markdown's events, text), structure_table.c (rows and cells) and structure_capture.c (what is
 * kept as text alone).  Included by them only.
 */
#ifndef QUERN_DOC_STRUCTURE_PRIVATE_H
#define QUERN_DOC_STRUCTURE_PRIVATE_H

#include "doc/structure.h"

/* The nearest entry whose text runs on: where "filled" is kept. */
struct open_node *structure_text_block(struct structure *s);
/* Is there nothing in the block yet but inlines that are open and empty? */
bool structure_is_vacant(struct structure *s);
/* Is a blank or a break the last thing in what is open? */
bool structure_ends_with_blank(struct structure *s);
/* Index of the innermost entry that has a node. */
size_t structure_inner_entry(const struct structure *s);

struct str structure_attr(const struct element_attr *attrs, size_t n, const char *key);
/* Adds all but those named in taken (a list of words, blanks around each). */
void structure_add_attrs(struct structure *s, uint32_t node, const struct element_attr *attrs, size_t n,
			 const char *taken);
/* A small decimal number; fallback where it is none, else brought between least and most. */
int32_t structure_number(struct str v, int32_t least, int32_t most, int32_t fallback);

bool structure_is_name(const struct open_node *entry, const char *name);
/*
 * Index of the innermost open node of that kind whose content we may still be in:
 * table cells keep lists and definitions of their own.  0: none.
 */
size_t structure_find_open(const struct structure *s, enum node_kind kind, bool through_cells);
/* Closes up to the list, table or row that is open around, or opens one. */
void structure_inside(struct structure *s, enum node_kind kind, const char *implied, uint32_t from);
/* Opens a block where there is room for it; TREE_NONE when it is too deep. */
uint32_t structure_open_block(struct structure *s, enum node_kind kind, const char *name, uint32_t from, uint8_t flags);
void structure_mark_exact(struct structure *s, uint32_t index, uint8_t flags);

/* structure_capture.c */
void structure_capture_start(struct structure *s, enum capture capture, const char *name, uint32_t from);
/* Text of what is captured. */
void structure_capture_text(struct structure *s, struct str text, uint32_t from, uint32_t to, uint8_t flags);
/* Where a block of Markdown begins and nothing was captured of an element like <pre>: it is somebody's own, with blocks in it. */
void structure_pre_to_container(struct structure *s);
/* An element inside something captured; true when it has been dealt with. */
bool structure_start_in_capture(struct structure *s, struct element e, const struct element_attr *attrs, size_t n);
/* <pre>, <code> and their kin. */
void structure_start_capture(struct structure *s, struct element e, const struct element_attr *attrs, size_t n,
			     uint32_t from);

/* structure_table.c */
/* The table that rows and cells belong to; 0: none. Markdown's have theirs already. */
size_t structure_open_table(const struct structure *s);
void structure_start_row(struct structure *s, const char *name, const struct element_attr *attrs, size_t n,
			 uint32_t from, uint8_t flags);
void structure_start_cell(struct structure *s, const char *name, const struct element_attr *attrs, size_t n,
			  uint32_t from, uint8_t flags);

#endif
