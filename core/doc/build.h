/*
 * build.h - the one way to make a tree: open, close, leaf.
 *
 * Nodes are appended in document order.  Failures (memory, node limit, pool
 * over 4 GiB) are sticky: calls turn into no-ops that return TREE_NONE and
 * the caller asks once at the end.  Knows the arrays, not the syntaxes.
 */
#ifndef QUERN_DOC_BUILD_H
#define QUERN_DOC_BUILD_H

#include "base/arena.h"
#include "doc/tree.h"

enum build_status { BUILD_OK, BUILD_NOMEM, BUILD_LIMIT };

struct tree_build {
	struct arena *arena; /* holds the arrays */
	struct tree tree;
	size_t cap_nodes, cap_attrs, cap_pool;
	uint32_t *open; /* indices of the open nodes, outermost first */
	size_t n_open, cap_open;
	uint32_t max_nodes;
	enum build_status status;
	/* Told of long work while it is done, in units of some 10 ns; may jump away; or NULL, as tree_build_init leaves it. */
	void (*spend)(void *user, size_t work);
	void *spend_user;
	/* Private to build.c. */
	uint32_t keep_pool, keep_attrs; /* what truncating must leave: written late, to older nodes */
	uint32_t *keys;                 /* hash table of the keys of keys_node, once it has many */
	size_t cap_keys;
	uint32_t keys_node, keys_attr;
};

/* Begins with an open document node. */
void tree_build_init(struct tree_build *b, struct arena *arena, uint32_t max_nodes);
/* The same with room for what so many bytes of a source may give. */
void tree_build_init_for(struct tree_build *b, struct arena *arena, uint32_t max_nodes, size_t source);
/*
 * Closes what is open and moves the tree out.  After BUILD_LIMIT that is the
 * tree up to the limit, whole and readable; after BUILD_NOMEM it is empty.
 */
enum build_status tree_build_finish(struct tree_build *b, struct tree *out);

/* from: source offset, TREE_NONE for a made node. */
uint32_t tree_open(struct tree_build *b, enum node_kind kind, uint32_t from);
/* Closes the innermost open node; to: TREE_NONE keeps the end of its last child. */
void tree_close(struct tree_build *b, uint32_t to);
/* Opens and closes. */
uint32_t tree_leaf(struct tree_build *b, enum node_kind kind, uint32_t from, uint32_t to);
/* Innermost open node. */
uint32_t tree_current(const struct tree_build *b);
/*
 * Text into the open node; joins the text node before it when nothing stands
 * between.  Empty text adds nothing.  Returns the text node.
 */
uint32_t tree_add_text(struct tree_build *b, struct str literal, uint32_t from, uint32_t to);

/* NULL when node is TREE_NONE or out of range: set flags and numbers through it at once, it moves. */
struct node *tree_node(struct tree_build *b, uint32_t node);
void tree_set_text(struct tree_build *b, uint32_t node, struct str s);
void tree_set_extra(struct tree_build *b, uint32_t node, struct str s);
/*
 * A repeated key is ignored.  Made for the newest node; an older one may have
 * attributes added too (its range moves to the end), a constant number of times.
 */
void tree_add_attr(struct tree_build *b, uint32_t node, struct str key, struct str value);

/* Forgets node, its subtree and everything after it, what is open there included; ancestors that were closed end here. */
void tree_truncate(struct tree_build *b, uint32_t node);
/*
 * Appends a copy of a subtree of another tree, or of a closed one of this
 * (from = &b->tree); spans are kept if keep_spans.  Of a document the
 * children are copied, and the innermost open node is returned.
 */
uint32_t tree_copy(struct tree_build *b, const struct tree *from, uint32_t node, bool keep_spans);
/* Copies one node without its children and leaves it open; a document becomes a container without a tag. */
uint32_t tree_copy_open(struct tree_build *b, const struct tree *from, uint32_t node, bool keep_span);

#endif
