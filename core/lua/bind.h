/*
 * bind.h - the types and functions of the plugin contract.
 *
 * Private to core/lua/; one file each.  Openers run once a state.
 */
#ifndef QUERN_LUA_BIND_H
#define QUERN_LUA_BIND_H

#include <lua.h>

#include "lua/plugin.h"
#include "lua/state.h"

void bind_doc_open(lua_State *L);
void bind_node_open(lua_State *L);
void bind_output_open(lua_State *L);
void bind_results_open(lua_State *L);
void walk_open(lua_State *L);
/* Push the table `quern`, and what hangs in it. */
void bind_quern_open(lua_State *L);
void bind_text_open(lua_State *L); /* pushes quern.text */
void bind_host_open(lua_State *L); /* pushes quern.host */
void bind_make_open(lua_State *L); /* adds node and parse to the table on top */
/* The global function `require`. */
int require_module(lua_State *L);

/* Pushes the `out` of this call. */
void bind_output_push(lua_State *L);
/* Pushes the `results` of this render call; they must outlive it. */
void bind_results_push(lua_State *L, const struct plugin_results *results);

/*
 * Makes a metatable under ref: methods and fields by one lookup.  The
 * __index function gets (object, key) and, as upvalue 1, a table from names to
 * methods (functions) and fields (numbers, as in names).
 */
struct bind_field {
	const char *name;
	int id;
};
void bind_type(lua_State *L, enum state_ref ref, const char *name, const luaL_Reg *meta, lua_CFunction index,
	       const struct bind_field *fields, const luaL_Reg *methods);

/* Shared by doc and node methods; arg is the stack index of the argument. */
int bind_select(lua_State *L, int doc, uint32_t root, int arg);
int bind_each(lua_State *L, int doc, uint32_t root, int arg);
int bind_select_one(lua_State *L, int doc, uint32_t root, int arg);
int bind_render(lua_State *L, int doc, uint32_t root, int arg);
int bind_text(lua_State *L, int doc, uint32_t root);
int bind_walk(lua_State *L, int doc, uint32_t root, int filter);
/* Methods of documents. */
int bind_outline(lua_State *L);
int bind_images(lua_State *L);
int bind_links(lua_State *L);
int bind_fields(lua_State *L);
int bind_blocks(lua_State *L, int doc, uint32_t root, int options);
/* What a block of this kind is called there. */
const char *bind_block_kind(enum node_kind kind);
int bind_finds(lua_State *L, int doc, uint32_t root); /* the searches at 2, the kind of blocks at 3 */
struct doc_box;
/* Pushes the line of a node, or nil. */
void bind_push_line(lua_State *L, struct doc_box *b, uint32_t node);
int bind_finder(lua_State *L);   /* quern.text.finder */
int bind_capitals(lua_State *L); /* quern.text.capitals */
int bind_sequence(lua_State *L); /* quern.text.sequence */
struct finder;
/* The words of a function that bind_finder made, as long as that lives; NULL for any other value. */
const struct finder *bind_to_finder(lua_State *L, int index);
int bind_rank(lua_State *L); /* quern.text.rank */
/* node:rank; its options are at index 2, at 1 what keeps the document alive. */
int bind_rank_node(lua_State *L, struct doc_box *box, uint32_t root);
/* Pushes what is in the state's scratch buffer, or ends the call if it failed. */
int bind_push_scratch(lua_State *L);

#endif
