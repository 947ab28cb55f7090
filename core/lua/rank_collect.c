/*
 * rank_collect.c - entries of a source, one after the other, to ranked
 * sentences (rank.h).
 *
 * Options are read here too, and results made that both functions give.  All
 * reading is raw: no Lua code runs while the sentences are collected.
 */
#include "lua/rank.h"

#include <lauxlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/text.h"
#include "base/text_form.h"
#include "lua/search.h"

/* What a paragraph needs to be taken for the beginning of the next one, when it stops in the middle. */
#define JOIN_BYTES 60
/* Bytes of text between two looks at the budget. */
#define SPEND_BYTES 1024

/* ------------------------------------------------------------------ options */

static lua_Integer read_integer(lua_State *L, const char *key, lua_Integer otherwise, lua_Integer most)
{
	lua_Integer value = otherwise;
	lua_getfield(L, RANK_OPTIONS, key);
	if (!lua_isnil(L, -1)) {
		int is_integer;
		value = lua_tointegerx(L, -1, &is_integer);
		if (!is_integer || value < 1 || value > most)
			luaL_error(L, "option '%s' is no integer from 1 to %d", key, (int)most);
	}
	lua_pop(L, 1);
	return value;
}

/* Leaves it on the stack. */
static const struct finder *read_finder(lua_State *L, const char *key)
{
	const struct finder *f = NULL;
	lua_getfield(L, RANK_OPTIONS, key);
	if (!lua_isnil(L, -1)) {
		f = bind_to_finder(L, lua_gettop(L));
		if (!f)
			luaL_error(L, "option '%s' is not made by quern.text.finder", key);
	}
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
	lua_getfield(L, RANK_OPTIONS, "weights");
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

/* Leaves the kinds, the title and the finders in their slots. */
static void read_options(lua_State *L, struct rank_options *o)
{
	*o = (struct rank_options){ .title = STR_EMPTY };
	lua_getfield(L, RANK_OPTIONS, "kinds");
	o->has_kinds = lua_istable(L, -1);
	lua_getfield(L, RANK_OPTIONS, "title");
	if (lua_type(L, -1) == LUA_TSTRING)
		o->title.p = lua_tolstring(L, -1, &o->title.n);
	o->cue = read_finder(L, "cue");
	o->telling = read_finder(L, "telling");
	o->passing = read_finder(L, "passing");
	lua_getfield(L, RANK_OPTIONS, "whole");
	o->whole = lua_toboolean(L, -1);
	lua_pop(L, 1);
	o->most = (size_t)read_integer(L, "most", 5, RANK_PICK_MAX);
	o->least = (size_t)read_integer(L, "least", (lua_Integer)o->most, RANK_PICK_MAX);
	o->share = (size_t)read_integer(L, "share", 1, 1000000);
	o->characters = (size_t)read_integer(L, "characters", 0, 1000000000);
	o->weights = read_weights(L);
}

/* ----------------------------------------------------------------- sections */

static bool holds(lua_State *L, const struct finder *f, struct str s)
{
	const struct search search = { .finder = f };
	size_t from, to;
	return f && search_next(L, &search, s, 0, &from, &to);
}

/* Notes where a section begins, and what its title promises. */
static void enter_section(struct collector *c)
{
	if (c->source->is_within(c))
		return;
	struct str title = c->source->enter(c);
	c->section_begins = true;
	c->bonus = 0;
	c->factor = RANK_ONE;
	if (title.n == 0 || str_eq(title, c->options.title))
		return;
	if (holds(c->L, c->options.telling, title))
		c->bonus = RANK_ONE * 4 / 10;
	if (holds(c->L, c->options.passing, title))
		c->factor = RANK_ONE * 7 / 10;
}

/* ---------------------------------------------------------------- sentences */

static void add_sentence(struct collector *c, struct str s, uint32_t entry, unsigned place)
{
	struct rank_sentence sentence = {
		.text = s, .block = entry, .place = place, .bonus = c->bonus, .factor = c->factor
	};
	struct finder_match found;
	size_t n_words;
	if (c->options.cue && finder_next(c->options.cue, s, 0, 1, &found))
		sentence.bonus += RANK_ONE * 4 / 10;
	if (c->section_begins)
		sentence.place |= RANK_FIRST_IN_SECTION;
	c->section_begins = false;
	rank_check(c->L, rank_add(&c->ranker, &sentence, &n_words));
	c->n_words += n_words;
}

static void count_words(struct collector *c, struct str s)
{
	struct str word;
	size_t pos = 0, told = 0;
	for (; text_next_word(s, &pos, &word); c->n_words++) {
		if (pos - told < SPEND_BYTES)
			continue;
		state_spend(c->L, pos - told);
		told = pos;
	}
	state_spend(c->L, 2 + s.n - told);
}

static void add_text(struct collector *c, struct str text, uint32_t entry)
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

/* Whether a text that stops in the middle of a sentence goes on in the next entry. */
static bool goes_on(struct collector *c, struct str text, const char *kind, const struct rank_entry *next)
{
	if (strcmp(kind, "paragraph") != 0 || strcmp(next->kind, kind) != 0 || next->noise || next->text.n == 0)
		return false;
	if (text.n <= JOIN_BYTES || is_closed(text) || strchr("0123456789-*#<[(", next->text.p[0]))
		return false;
	return c->source->is_within(c);
}

/* Entries that were joined, in the arena. */
struct joined {
	char *p;
	size_t n, cap;
};

static void append(struct collector *c, struct joined *j, struct str s)
{
	j->p = arena_grow(c->ranker.arena, j->p, &j->cap, j->n + s.n + 1, 1);
	rank_check(c->L, j->p != NULL);
	if (j->n > 0)
		j->p[j->n++] = ' ';
	memcpy(j->p + j->n, s.p, s.n);
	j->n += s.n;
	state_spend(c->L, s.n / 16);
}

static bool read_entry(struct collector *c, struct rank_entry *e)
{
	*e = (struct rank_entry){ .text = STR_EMPTY, .kind = "", .told = true };
	if (!c->source->next(c, e))
		return false;
	c->at++;
	return true;
}

/* The text of e and of those it goes on in; *next is the one behind. */
static struct str read_whole(struct collector *c, const struct rank_entry *e, struct rank_entry *next, bool *more)
{
	struct joined j = { NULL, 0, 0 };
	struct str text = e->text;
	while ((*more = read_entry(c, next)) && goes_on(c, text, e->kind, next)) {
		if (j.n == 0)
			append(c, &j, text);
		append(c, &j, next->text);
		text = (struct str){ j.p, j.n };
	}
	return text;
}

static void collect(struct collector *c)
{
	struct rank_entry e, next;
	bool more = read_entry(c, &e);
	while (more) {
		if (e.noise || e.text.n == 0 || !e.told) {
			if (!e.noise)
				count_words(c, e.text);
			more = read_entry(c, &e);
			continue;
		}
		enter_section(c);
		uint32_t first = c->at;
		struct str text = read_whole(c, &e, &next, &more);
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

void rank_set_score(struct collector *c, const struct rank_sentence *s)
{
	set_number(c->L, "score", s->score, RANK_ONE);
	set_number(c->L, "confidence", s->score, c->best);
	lua_pushstring(c->L, rule_of(s));
	lua_setfield(c->L, -2, "rule");
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

void rank_push_text(lua_State *L, const struct rank_sentence *s)
{
	struct buf *out = &state_of(L)->scratch;
	state_spend(L, s->text.n / 4);
	if (is_tidy(s->text)) {
		lua_pushlstring(L, s->text.p, s->text.n);
		return;
	}
	buf_clear(out);
	text_squeeze(out, s->text);
	bind_push_scratch(L);
}

/* ---------------------------------------------------------------- the whole */

void rank_begin(struct collector *c, lua_State *L, const struct rank_source *source, void *user)
{
	struct state *s = state_of(L);
	*c = (struct collector){ .L = L, .source = source, .user = user, .factor = RANK_ONE };
	lua_settop(L, RANK_OPTIONS);
	if (lua_isnil(L, RANK_OPTIONS)) {
		lua_newtable(L);
		lua_replace(L, RANK_OPTIONS);
	}
	luaL_checktype(L, RANK_OPTIONS, LUA_TTABLE);
	luaL_checkstack(L, 24, NULL);
	read_options(L, &c->options);
	arena_reset(&s->arena);
	rank_check(L, rank_init(&c->ranker, &s->arena, state_spend_of, s));
}

size_t rank_all(struct collector *c, uint32_t picked[RANK_PICK_MAX])
{
	struct ranker *r = &c->ranker;
	const struct rank_options *o = &c->options;
	size_t n, limit;
	collect(c);
	rank_check(c->L, rank_score(r, o->title, &o->weights));
	limit = (r->n + o->share - 1) / o->share;
	limit = limit > o->most ? o->most : limit < o->least ? o->least : limit;
	rank_check(c->L, rank_pick(r, limit, o->characters, picked, &n));
	for (size_t i = 0; i < r->n; i++)
		c->best = r->list[i].score > c->best ? r->list[i].score : c->best;
	return n;
}
