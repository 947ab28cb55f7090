/*
 * walk.h - what the files of the walk share.  Private to core/lua/walk*.c.
 */
#ifndef QUERN_LUA_WALK_H
#define QUERN_LUA_WALK_H

#include "lua/doc_box.h"
#include "lua/make.h"
#include "lua/state.h"

struct walk_frame {
	int anchor; /* in the table of anchors: the document, or the list of a splice */
	bool is_list;
	bool fresh;     /* list: the functions for its members' kinds are still to be called */
	bool filtered;  /* bottom-up: the function for its kind is still to be called */
	bool changed;   /* something below was replaced */
	uint32_t node;  /* in its document */
	uint32_t next;  /* child to visit, or (list) item */
	uint32_t built; /* in the copy */
};

struct walk {
	struct arena arena;
	struct tree_build build;
	struct walk_frame *frames;
	size_t n, cap;
	/* Stack indices. */
	int filter, doc, anchors;
	int n_anchors;
	const struct record *source;
	bool topdown;
	bool has[NODE_KIND_LIMIT];
	bool has_blocks, has_inlines;
};

/* walk.c: moves the value on top into the table of anchors. */
int walk_anchor(lua_State *L, struct walk *w);
const struct tree *walk_frame_tree(lua_State *L, const struct walk *w, const struct walk_frame *f);
struct walk_frame *walk_push_frame(lua_State *L, struct walk *w);
/* Appends a node, a string, or a list of them (at index) whole, in place of a node of this kind. */
void walk_append(lua_State *L, struct walk *w, int at, enum node_kind stood);
/* Pushes a copy of what was built so far of a node that is still open; a document becomes the document. */
void walk_push_open(lua_State *L, struct walk *w, uint32_t built);

/* walk_list.c: the innermost frame's children, before they are visited and after they are built. */
void walk_filter_below(lua_State *L, struct walk *w);
void walk_filter_built(lua_State *L, struct walk *w, struct walk_frame *f);

#endif
