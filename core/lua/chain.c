/*
 * chain.c - finding tables that are called through tables before Lua does.
 *
 * Two ways to see one.  On a stack without much room it makes the stack grow,
 * and what fills it is seen then.  On one that has grown long, by recursion or
 * by many arguments, there is room for it; until the collector has made the
 * stack shorter every instruction is looked at: what it may call stands in
 * the registers of the frame, as the value or in its metatable.
 */
#include "lua/chain.h"

/* No chain that is meant is as long. */
#define CHAIN_MOST 300
/* Instructions looked at before the collector is asked to make the stack shorter, then eight times as many. */
#define CHAIN_WAIT 256
/* Not when so many calls are open: the stack is long because it is used. */
#define CHAIN_DEEP 50

/* Metamethods that an operator, a loop, a closed variable or a function of ours calls; the first leads on. */
static const char *const events[] = {
	"__call", "__add",  "__sub", "__mul",  "__div",   "__mod",      "__pow",   "__unm",
	"__idiv", "__band", "__bor", "__bxor", "__shl",   "__shr",      "__bnot",  "__concat",
	"__len",  "__eq",   "__lt",  "__le",   "__close", "__tostring", "__pairs",
};

void chain_open(lua_State *L)
{
	int n = (int)(sizeof events / sizeof *events);

	lua_createtable(L, n, 0);
	for (int i = 0; i < n; i++) {
		lua_pushstring(L, events[i]);
		lua_rawseti(L, -2, i + 1);
	}
	state_of(L)->chain_thread = lua_newthread(L);
	state_set(L, REF_CALL_THREAD);
	state_set(L, REF_CALL_EVENTS);
}

/*
 * Instead of the value on top what its metatable holds under an event of that
 * number; false, and nothing instead, where there is none.  Nothing here may
 * ask for memory: the heap may be in the middle of giving some.
 */
static bool metamethod_of(lua_State *L, lua_Integer event)
{
	if (!lua_getmetatable(L, -1)) {
		lua_pop(L, 1);
		return false;
	}
	state_get(L, REF_CALL_EVENTS);
	lua_rawgeti(L, -1, event);
	bool has = lua_rawget(L, -3) != LUA_TNIL;
	if (has)
		lua_replace(L, -4);
	lua_pop(L, has ? 2 : 4);
	return has;
}

/*
 * Whether the value is a table or the like that is called through another one.
 * The stack may be full: of the five slots that Lua keeps beyond each, the
 * arguments of a metamethod may have taken four.  So the look is on one of our own.
 */
static bool is_called_through_another(lua_State *from, int at)
{
	lua_State *L = state_of(from)->chain_thread;
	lua_pushvalue(from, at);
	lua_xmove(from, L, 1);
	if (!metamethod_of(L, 1))
		return false;
	bool other = !lua_isfunction(L, -1);
	lua_pop(L, 1);
	return other;
}

void chain_block(struct state *s, size_t size)
{
	lua_State *L = s->running;
	lua_Debug ar;

	if (size < CHAIN_MOST * 16 || !L || !s->budget.armed || !s->refs[REF_CALL_EVENTS] || !lua_getstack(L, 0, &ar))
		return;
	int top = lua_gettop(L);
	for (int i = 1; i <= 3; i++)
		if (top < CHAIN_MOST / 2 || !is_called_through_another(L, top / 4 * i))
			return;
	if (s->chain_in == ar.i_ci && top > s->chain_top)
		budget_kill(&s->budget, QUERN_STACK);
	s->chain_in = ar.i_ci;
	s->chain_top = top;
}

/* Takes the value on top away. */
static bool is_endless(lua_State *L)
{
	for (int links = 0; links < CHAIN_MOST; links++) {
		if (lua_isfunction(L, -1)) {
			lua_pop(L, 1);
			return false;
		}
		if (!metamethod_of(L, 1))
			return false;
	}
	lua_pop(L, 1);
	return true;
}

void chain_look_at_value(lua_State *L, int at)
{
	/* That of strings is ours. */
	if (lua_isstring(L, at) || !lua_getmetatable(L, at))
		return;
	lua_pop(L, 1);
	at = lua_absindex(L, at);
	for (size_t i = 1; i <= sizeof events / sizeof *events; i++) {
		lua_pushvalue(L, at);
		if (metamethod_of(L, (lua_Integer)i) && is_endless(L))
			budget_kill(&state_of(L)->budget, QUERN_STACK);
	}
}

/* Registers, named or not. */
static void look_at_registers(lua_State *L, const lua_Debug *frame)
{
	for (int i = 1; lua_getlocal(L, frame, i); i++) {
		chain_look_at_value(L, -1);
		lua_pop(L, 1);
	}
}

void chain_begin(struct state *s)
{
	lua_State *L = s->running;
	lua_Debug frame;

	s->chain_waits = s->chain_wait = CHAIN_WAIT;
	/* An error in the very step that made the stack long closes variables of these with no instruction between. */
	for (int level = 0; lua_getstack(L, level, &frame); level++)
		look_at_registers(L, &frame);
}

void chain_look(struct state *s, lua_State *L, const lua_Debug *frame)
{
	lua_Debug deep;

	look_at_registers(L, frame);
	if (s->chain_wait-- > 0)
		return;
	if (!lua_getstack(L, CHAIN_DEEP, &deep))
		lua_gc(L, LUA_GCCOLLECT);
	s->chain_waits *= s->chain_waits < INT32_MAX / 8 ? 8 : 1;
	s->chain_wait = s->chain_waits;
}
