/*
 * doc_box.h - the userdata behind documents and nodes.
 *
 * Private to core/lua/.  A box is a document as Lua holds it: a record of the
 * host, a record made by quern.parse, or a tree made by quern.node and walk,
 * whose arrays lie in the box itself and which becomes a record only when
 * asked for what needs one.  Nodes are a box and an index and keep the box
 * alive.  Boxes of an earlier call of the host are stale.
 */
#ifndef QUERN_LUA_DOC_BOX_H
#define QUERN_LUA_DOC_BOX_H

#include <stdbool.h>
#include <stdint.h>

#include "lua/state.h"

struct doc_box {
	struct record *record;   /* NULL: not made yet, or released */
	const struct tree *tree; /* NULL: not read yet */
	struct state *state;
	struct doc_box *next, *prev; /* in state->boxes, while it holds a record */
	struct tree own;             /* of a made tree; its arrays follow the box */
	struct record *like;         /* where path and meta of a made tree come from; its box is user value 2 */
	uint32_t root;               /* the outermost node Lua sees; its parent is nil */
	bool listed;
	unsigned call;  /* of the state in which it was made */
	bool lasting;   /* made while the plugin was loaded: lives as long as the state */
	bool has_meta;  /* user value 1 */
	bool is_viewed; /* if it is the state's viewed one, the view_nodes there are of this tree */
};

struct node_ref {
	struct doc_box *box;
	uint32_t node;
};

/* Pushes a box that waits for its record: made first, since making it may end the call. */
struct doc_box *box_push_empty(lua_State *L);
/* Takes over one reference. */
void box_hold(struct doc_box *b, struct record *r);
/* Pushes a box with a copy of a tree; like_index: stack index of the document it resembles, or 0. */
struct doc_box *box_push_tree(lua_State *L, const struct tree *t, int like_index, uint32_t root);
/* Pushes a node of the box at stack index doc, or nil for TREE_NONE. */
void node_push(lua_State *L, int doc, uint32_t node);
/* Pushes the box of the node at this index. */
void node_push_doc(lua_State *L, int node);

/* Arguments of methods: raise errors that say what was expected, or that the object is stale. */
struct doc_box *box_check(lua_State *L, int arg);
struct node_ref *node_check(lua_State *L, int arg);
/* NULL if it is no node (no error). */
struct node_ref *node_test(lua_State *L, int arg);
/* Raises QUERN_STALE if so. */
void box_alive(lua_State *L, const struct doc_box *b);
/* Raises an error when the body cannot be had. */
const struct tree *box_tree(lua_State *L, struct doc_box *b);
/* Of a made tree: makes it now. */
struct record *box_record(lua_State *L, struct doc_box *b);

/* For state.c: the call is over, or the state is. */
void box_end_call(struct state *s);
void box_release_all(struct state *s);
/* The __gc of boxes. */
int box_gc(lua_State *L);

#endif
