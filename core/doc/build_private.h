/*
 * build_private.h - how build.c appends, for build_copy.c.  Included by the
 * two alone.  Each returns false, or TREE_NONE, where the build has failed.
 */
#ifndef QUERN_DOC_BUILD_PRIVATE_H
#define QUERN_DOC_BUILD_PRIVATE_H

#include "doc/build.h"

/* Room for n more. */
bool build_nodes_reserve(struct tree_build *b, size_t n);
bool build_attrs_reserve(struct tree_build *b, size_t n);
/* Appends a copy of *n as last child of the innermost open node; memory is reserved. */
uint32_t build_node_append(struct tree_build *b, const struct node *n);
/* The same, and leaves it open. */
uint32_t build_open_node(struct tree_build *b, struct node *n);
struct tree_str build_string_add(struct tree_build *b, struct str s);

#endif
