/*
 * view.h - what is derived from a record on demand: outline, sections,
 * images, links, tables.
 *
 * Each view is a list of plain maps in an arena of the caller, which may outlive the
 * record.  NULL-safe on memory: false when it was refused.  All linear in the tree.
 */
#ifndef QUERN_DOC_VIEW_H
#define QUERN_DOC_VIEW_H

#include "base/arena.h"
#include "base/value.h"
#include "doc/record.h"

/* [{level, text, line, id|null}]; a heading of nothing but images has their alternative text. Lines are null where unknown. */
bool view_outline(struct record *r, struct arena *a, struct value *out);
/* [{src, alt, title|null, line}] in source order; alt "" when empty */
bool view_images(struct record *r, struct arena *a, struct value *out);
/* [{href, text, line, title|null}]; hyperlinks only (embeds carry a "kind" attribute and are left out); text of an image link is its alt */
bool view_links(struct record *r, struct arena *a, struct value *out);
/*
 * [[["cell", ...], ...]]: rows of equal length, spanned cells repeated.  A table nested in a cell
 * is a table of its own, after the outer one.  Where spans and padding would
 * take over a million cells, rows hold their own cells only.
 */
bool view_tables(struct record *r, struct arena *a, struct value *out);
/*
 * [{level, title, line, node|null, first|null, last|null}]: the preamble
 * (level 0, title "", node null) when it has content, then one a heading,
 * each up to the next heading of any level.  first and last are the first
 * and last block of its content (null: none); the blocks between them come
 * from view_section_block.
 */
bool view_sections(struct record *r, struct arena *a, struct value *out);

/* The first largest subtree that begins at or after from and lies before end; TREE_NONE if none. end: nodes[last].end. */
uint32_t view_section_block(const struct tree *t, uint32_t from, uint32_t end);

#endif
