/*
 * tree_json.h - a tree out of the JSON that write_node_json makes.
 *
 * Knows the nodes and JSON values, no documents.
 */
#ifndef QUERN_DOC_TREE_JSON_H
#define QUERN_DOC_TREE_JSON_H

#include "base/diag.h"
#include "doc/build.h"

struct tree_json_limits {
	uint32_t max_depth, max_attributes;
};

/*
 * Reads a document, or one block, into a build that was just begun.  False
 * with an error in d (its place in the text, or in the tree: "children[2].level") where the text
 * is no JSON or no such tree; then what is in the build means nothing.  Memory refused shows in
 * the arenas and the build.
 */
bool tree_json_read(struct tree_build *b, struct arena *scratch, struct str text, const struct tree_json_limits *limits,
		    struct diags *d);

#endif
