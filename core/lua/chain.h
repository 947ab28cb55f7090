/*
 * chain.h - tables that are called through tables, without end.
 *
 * Where a value that is called is a table, Lua looks for the __call of its
 * metatable, and where that is a table for its __call in turn: one step that
 * no hook interrupts, with one more value on the stack each time and all of
 * them moved, so its time grows with the square of the room on the stack.
 * For state.c, which says when to look.
 */
#ifndef QUERN_LUA_CHAIN_H
#define QUERN_LUA_CHAIN_H

#include "lua/state.h"

/* Makes what is needed to look without asking for memory. */
void chain_open(lua_State *L);

/* Before a block of this size is made: a stack that grows again and again, full of such tables, ends the call. */
void chain_block(struct state *s, size_t size);

/* The stack that runs has become long just now. */
void chain_begin(struct state *s);

/* Before an instruction of this frame: ends the call where the instruction may begin such a chain. */
void chain_look(struct state *s, lua_State *L, const lua_Debug *frame);

/* The same for one value. */
void chain_look_at_value(lua_State *L, int at);

/* For one that a function of ours compares: it need not be in a register of the caller. */
static inline void chain_look_at(lua_State *L, int at)
{
	if (state_of(L)->heap.long_stacks)
		chain_look_at_value(L, at);
}

#endif
