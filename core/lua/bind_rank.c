/*
 * bind_rank.c - quern.text.rank: the sentences that say most of a list of texts.
 *
 *   local best, n_words, n_sentences = quern.text.rank(doc.body:blocks(), { title = doc.title, most = 5 })
 *
 * Entries are strings or tables with a text, as node:blocks() gives them.  All
 * reading is raw: no Lua code runs while the sentences are collected.
 */
#include <lauxlib.h>
#include <string.h>

#include "base/finder.h"
#include "base/text.h"
#include "base/text_form.h"
#include "base/text_rank.h"
#include "lua/bind.h"
#include "lua/entry.h"

/* What a paragraph needs to be taken for the beginning of the next one, when it stops in the middle. */
#define JOIN_BYTES 60

struct options {
	struct str title;
	size_t most, least, share, characters;
	bool whole;     /* entries are not cut into sentences */
	bool has_kinds; /* at STACK_KINDS */
	const struct finder *cue, *telling, *passing;
	struct rank_weights weights;
};

/* Stack slots; the names of the fields that are read often lie there too. */
enum {
	STACK_LIST = 1,
	STACK_OPTIONS,
	STACK_KINDS,
	KEY_TEXT,
	KEY_KIND,
	KEY_NOISE,
	KEY_SECTION,
	KEY_HEADINGS,
	STACK_SECTION,
	STACK_ENTRY
};

struct entry {
	struct str text;
	const char *kind; /* "" where it has none; Lua keeps one copy of a short string */
	bool noise, told;
};

struct collector {
	lua_State *L;
	struct ranker ranker;
	struct options options;
	uint32_t bonus, factor; /* of the section */
	bool section_begins;
	size_t n_words;
};

static void check(lua_State *L, bool ok)
{
	if (!ok)
		budget_kill(&state_of(L)->budget, QUERN_NOMEM);
}

/* ------------------------------------------------------------------ options */

static lua_Integer read_integer(lua_State *L, const char *key, lua_Integer otherwise, lua_Integer most)
{
	lua_Integer value = otherwise;
	lua_getfield(L, STACK_OPTIONS, key);
	if (!lua_isnil(L, -1)) {
		int is_integer;
		value = lua_tointegerx(L, -1, &is_integer);
		if (!is_integer || value < 1 || value > most)
			luaL_error(L, "option '%s' is no integer from 1 to %d", key, (int)most);
	}
	lua_pop(L, 1);
	return value;
}

/* The finder stays alive in the options. */
static const struct finder *read_finder(lua_State *L, const char *key)
{
	const struct finder *f = NULL;
	lua_getfield(L, STACK_OPTIONS, key);
	if (!lua_isnil(L, -1)) {
		f = bind_to_finder(L, lua_gettop(L));
		if (!f)
			luaL_error(L, "option '%s' is not made by quern.text.finder", key);
	}
	lua_pop(L, 1);
	return f;
}

static uint32_t read_weight(lua_State *L, const char *key, uint32_t otherwise)
{
	lua_Number value;
	int is_number;
	lua_getfield(L, -1, key);
	if (lua_isnil(L, -1)) {
		lua_pop(L, 1);
		return otherwise;
	}
	value = lua_tonumberx(L, -1, &is_number);
	if (!is_number || !(value >= 0 && value <= 1000))
		luaL_error(L, "weight '%s' is no number from 0 to 1000", key);
	lua_pop(L, 1);
	return (uint32_t)(value * RANK_ONE);
}

static struct rank_weights read_weights(lua_State *L)
{
	struct rank_weights w = rank_weights_usual;
	lua_getfield(L, STACK_OPTIONS, "weights");
	if (lua_istable(L, -1)) {
		w.place = read_weight(L, "place", w.place);
		w.block = read_weight(L, "block", w.block);
		w.section = read_weight(L, "section", w.section);
		w.last = read_weight(L, "last", w.last);
		w.title = read_weight(L, "title", w.title);
	}
	lua_pop(L, 1);
	return w;
}

/* Leaves the kinds at STACK_KINDS; the title stays alive in the options. */
static void read_options(lua_State *L, struct options *o)
{
	*o = (struct options){ .title = STR_EMPTY };
	lua_getfield(L, STACK_OPTIONS, "title");
	if (lua_type(L, -1) == LUA_TSTRING)
		o->title.p = lua_tolstring(L, -1, &o->title.n);
	lua_pop(L, 1);
	lua_getfield(L, STACK_OPTIONS, "whole");
	o->whole = lua_toboolean(L, -1);
	lua_pop(L, 1);
	o->most = (size_t)read_integer(L, "most", 5, RANK_PICK_MAX);
	o->least = (size_t)read_integer(L, "least", (lua_Integer)o->most, RANK_PICK_MAX);
	o->share = (size_t)read_integer(L, "share", 1, 1000000);
	o->characters = (size_t)read_integer(L, "characters", 0, 1000000000);
	o->cue = read_finder(L, "cue");
	o->telling = read_finder(L, "telling");
	o->passing = read_finder(L, "passing");
	o->weights = read_weights(L);
	lua_getfield(L, STACK_OPTIONS, "kinds");
	o->has_kinds = lua_istable(L, -1);
}

/* ------------------------------------------------------------------ entries */

static void push_field(lua_State *L, int key)
{
	lua_pushvalue(L, key);
	lua_rawget(L, STACK_ENTRY);
}

static struct str field_str(lua_State *L, int key)
{
	struct str s = STR_EMPTY;
	push_field(L, key);
	if (lua_type(L, -1) == LUA_TSTRING)
		s.p = lua_tolstring(L, -1, &s.n);
	lua_pop(L, 1);
	return s;
}

/* Entry number i at STACK_ENTRY; false behind the last. */
static bool read_entry(lua_State *L, const struct options *o, lua_Integer i, struct entry *e)
{
	state_spend(L, 30);
	lua_settop(L, STACK_SECTION);
	*e = (struct entry){ .text = STR_EMPTY, .kind = "", .told = true };
	int type = lua_rawgeti(L, STACK_LIST, i);
	if (type == LUA_TSTRING) {
		e->text.p = lua_tolstring(L, STACK_ENTRY, &e->text.n);
		return true;
	}
	if (type != LUA_TTABLE)
		return type != LUA_TNIL && luaL_error(L, "entry %d is no text", (int)i);
	entry_settle(L, STACK_ENTRY);
	e->text = field_str(L, KEY_TEXT);
	push_field(L, KEY_NOISE);
	e->noise = lua_toboolean(L, -1);
	lua_pop(L, 1);
	push_field(L, KEY_KIND);
	if (lua_type(L, -1) == LUA_TSTRING) {
		e->kind = lua_tostring(L, -1);
		if (o->has_kinds) {
			lua_rawget(L, STACK_KINDS);
			e->told = lua_toboolean(L, -1);
		}
	}
	lua_pop(L, 1);
	return true;
}

/* What tells sections apart: the list of headings, else the section's name. */
static void push_section(lua_State *L)
{
	if (lua_type(L, STACK_ENTRY) != LUA_TTABLE) {
		lua_pushboolean(L, 0);
		return;
	}
	push_field(L, KEY_HEADINGS);
	if (!lua_isnil(L, -1))
		return;
	lua_pop(L, 1);
	push_field(L, KEY_SECTION);
	if (lua_isnil(L, -1)) {
		lua_pop(L, 1);
		lua_pushboolean(L, 0);
	}
}

static bool holds(lua_State *L, const struct finder *f, struct str s)
{
	struct finder_match found;
	state_spend(L, s.n);
	return f && finder_next(f, s, 0, s.n, &found);
}

/* Notes where a section begins, and what its title promises. */
static void enter_section(struct collector *c)
{
	lua_State *L = c->L;
	push_section(L);
	if (lua_rawequal(L, -1, STACK_SECTION)) {
		lua_pop(L, 1);
		return;
	}
	lua_replace(L, STACK_SECTION);
	c->section_begins = true;
	c->bonus = 0;
	c->factor = RANK_ONE;
	struct str title = lua_type(L, STACK_ENTRY) == LUA_TTABLE ? field_str(L, KEY_SECTION) : STR_EMPTY;
	if (title.n == 0 || str_eq(title, c->options.title))
		return;
	if (holds(L, c->options.telling, title))
		c->bonus = RANK_ONE * 4 / 10;
	if (holds(L, c->options.passing, title))
		c->factor = RANK_ONE * 7 / 10;
}

/* ---------------------------------------------------------------- sentences */

static void add_sentence(struct collector *c, struct str s, lua_Integer entry, unsigned place)
{
	struct rank_sentence sentence = {
		.text = s, .block = (uint32_t)entry, .place = place, .bonus = c->bonus, .factor = c->factor
	};
	struct finder_match found;
	size_t n_words;
	if (c->options.cue && finder_next(c->options.cue, s, 0, 1, &found))
		sentence.bonus += RANK_ONE * 4 / 10;
	if (c->section_begins)
		sentence.place |= RANK_FIRST_IN_SECTION;
	c->section_begins = false;
	check(c->L, rank_add(&c->ranker, &sentence, &n_words));
	c->n_words += n_words;
}

static void count_words(struct collector *c, struct str s)
{
	struct str word;
	size_t pos = 0;
	for (; text_next_word(s, &pos, &word); c->n_words++)
		state_spend(c->L, 1 + word.n);
}

static void add_text(struct collector *c, struct str text, lua_Integer entry)
{
	struct str sentence = text;
	size_t pos = 0;
	if (c->options.whole) {
		add_sentence(c, text, entry, RANK_FIRST_IN_BLOCK);
		return;
	}
	state_spend(c->L, text.n);
	for (unsigned place = RANK_FIRST_IN_BLOCK; text_next_sentence(text, &pos, &sentence); place = 0) {
		if (text_is_statement(sentence))
			add_sentence(c, sentence, entry, place);
		else
			count_words(c, sentence);
	}
}

static bool is_closed(struct str s)
{
	return text_is_ended(s) || s.p[s.n - 1] == ':' || s.p[s.n - 1] == ';';
}

/* Whether a text that stops in the middle of a sentence goes on in the entry at STACK_ENTRY. */
static bool goes_on(struct collector *c, struct str text, const char *kind, const struct entry *next)
{
	lua_State *L = c->L;
	if (strcmp(kind, "paragraph") != 0 || strcmp(next->kind, kind) != 0 || next->noise || next->text.n == 0)
		return false;
	if (text.n <= JOIN_BYTES || is_closed(text) || strchr("0123456789-*#<[(", next->text.p[0]))
		return false;
	push_section(L);
	bool same = lua_rawequal(L, -1, STACK_SECTION);
	lua_pop(L, 1);
	return same;
}

/* Entries that were joined, in the arena. */
struct joined {
	char *p;
	size_t n, cap;
};

static void append(struct collector *c, struct joined *j, struct str s)
{
	j->p = arena_grow(c->ranker.arena, j->p, &j->cap, j->n + s.n + 1, 1);
	check(c->L, j->p != NULL);
	if (j->n > 0)
		j->p[j->n++] = ' ';
	memcpy(j->p + j->n, s.p, s.n);
	j->n += s.n;
	state_spend(c->L, s.n / 16);
}

/* The text of entry *i, which is e, and of those it goes on in; *next is the one behind. */
static struct str read_whole(struct collector *c, const struct entry *e, lua_Integer *i, struct entry *next, bool *more)
{
	struct joined j = { NULL, 0, 0 };
	struct str text = e->text;
	while ((*more = read_entry(c->L, &c->options, ++*i, next)) && goes_on(c, text, e->kind, next)) {
		if (j.n == 0)
			append(c, &j, text);
		append(c, &j, next->text);
		text = (struct str){ j.p, j.n };
	}
	return text;
}

static void collect(struct collector *c)
{
	lua_State *L = c->L;
	struct entry e, next;
	lua_Integer i = 1;
	bool more = read_entry(L, &c->options, i, &e);
	while (more) {
		if (e.noise || e.text.n == 0) {
			more = read_entry(L, &c->options, ++i, &e);
			continue;
		}
		if (!e.told) {
			count_words(c, e.text);
			more = read_entry(L, &c->options, ++i, &e);
			continue;
		}
		enter_section(c);
		lua_Integer first = i;
		struct str text = read_whole(c, &e, &i, &next, &more);
		add_text(c, text, first);
		e = next;
	}
}

/* ------------------------------------------------------------------ results */

static void set_number(lua_State *L, const char *key, uint32_t value, uint32_t of)
{
	lua_pushnumber(L, of ? (lua_Number)value / of : 0);
	lua_setfield(L, -2, key);
}

static const char *rule_of(const struct rank_sentence *s)
{
	if (s->titled > s->central && s->titled > s->placed)
		return "title";
	return s->placed > s->central ? "place" : "centrality";
}

/* Whether a sentence stands on one line, words one space apart, as most do. */
static bool is_tidy(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((s.p[i] >= '\t' && s.p[i] <= '\r') || (s.p[i] == ' ' && i + 1 < s.n && s.p[i + 1] == ' '))
			return false;
	}
	return true;
}

static void push_text(lua_State *L, struct str s)
{
	struct buf *out = &state_of(L)->scratch;
	state_spend(L, s.n / 4);
	if (is_tidy(s)) {
		lua_pushlstring(L, s.p, s.n);
		return;
	}
	buf_clear(out);
	text_squeeze(out, s);
	bind_push_scratch(L);
}

static void push_pick(struct collector *c, const struct rank_sentence *s, uint32_t best)
{
	lua_State *L = c->L;
	lua_createtable(L, 0, 7); /* plugins add fields of their own */
	push_text(L, s->text);
	lua_setfield(L, -2, "text");
	lua_pushinteger(L, s->block);
	lua_setfield(L, -2, "entry");
	set_number(L, "score", s->score, RANK_ONE);
	set_number(L, "confidence", s->score, best);
	lua_pushstring(L, rule_of(s));
	lua_setfield(L, -2, "rule");
}

static void push_picks(struct collector *c)
{
	const struct ranker *r = &c->ranker;
	const struct options *o = &c->options;
	uint32_t picked[RANK_PICK_MAX], best = 0;
	size_t n, limit = (r->n + o->share - 1) / o->share;
	limit = limit > o->most ? o->most : limit < o->least ? o->least : limit;
	check(c->L, rank_pick(&c->ranker, limit, o->characters, picked, &n));
	for (size_t i = 0; i < r->n; i++)
		best = r->list[i].score > best ? r->list[i].score : best;
	lua_createtable(c->L, (int)n, 0);
	for (size_t i = 0; i < n; i++) {
		push_pick(c, &r->list[picked[i]], best);
		lua_rawseti(c->L, -2, (lua_Integer)i + 1);
	}
}

static void push_keys(lua_State *L)
{
	static const char *const keys[] = { "text", "kind", "noise", "section", "headings" };
	for (int i = 0; i < STACK_SECTION - KEY_TEXT; i++)
		lua_pushstring(L, keys[i]);
}

int bind_rank(lua_State *L)
{
	struct state *s = state_of(L);
	struct collector c = { .L = L, .factor = RANK_ONE };
	luaL_checktype(L, STACK_LIST, LUA_TTABLE);
	lua_settop(L, STACK_OPTIONS);
	if (lua_isnil(L, STACK_OPTIONS)) {
		lua_newtable(L);
		lua_replace(L, STACK_OPTIONS);
	}
	luaL_checktype(L, STACK_OPTIONS, LUA_TTABLE);
	luaL_checkstack(L, 24, NULL);
	read_options(L, &c.options);
	push_keys(L);
	lua_pushnil(L);
	arena_reset(&s->arena);
	check(L, rank_init(&c.ranker, &s->arena, state_spend_of, s));
	collect(&c);
	check(L, rank_score(&c.ranker, c.options.title, &c.options.weights));
	push_picks(&c);
	lua_pushinteger(L, (lua_Integer)c.n_words);
	lua_pushinteger(L, (lua_Integer)c.ranker.n);
	return 3;
}
