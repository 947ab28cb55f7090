/*
 * view.h - what is derived from a record on demand: outline, sections,
 * images, links, tables.
 *
 * Each view is a list of plain maps in an arena of the caller; with_nodes adds
 * "node" (the index) for bindings that want to hand out the node itself.
 * NULL-safe on memory: false when it was refused.  All linear in the tree.
 */
#ifndef QUERN_DOC_VIEW_H
#define QUERN_DOC_VIEW_H

#include "base/arena.h"
#include "base/value.h"
#include "doc/record.h"

/* [{level, text, line, id}] */
bool view_outline(struct record *r, struct arena *a, struct value *out, bool with_nodes);
/* [{src, alt, title|null, line}] in source order; alt "" when empty */
bool view_images(struct record *r, struct arena *a, struct value *out, bool with_nodes);
/* [{href, text, line, title|null}]; hyperlinks only (embeds carry a "kind" attribute and are left out); text of an image link is its alt */
bool view_links(struct record *r, struct arena *a, struct value *out, bool with_nodes);
/* [[["cell", ...], ...]]: rows of equal length, spanned cells repeated */
bool view_tables(struct record *r, struct arena *a, struct value *out);
/* [{level, title, line, first, last}]: the preamble (level 0, title "") when it has content, then one a heading; first/last are node indices of its top-level blocks */
bool view_sections(struct record *r, struct arena *a, struct value *out);

/* The heading that governs a node (the nearest before it in document order), TREE_NONE in the preamble. O(log headings) after the first call. */
uint32_t view_section_of(struct record *r, uint32_t node);

#endif
