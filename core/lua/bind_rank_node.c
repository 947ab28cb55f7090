/*
 * bind_rank_node.c - node:rank: the sentences under a node that say most.
 *
 *   local sentences, places, n_words, n_sentences = doc.body:rank { title = doc.title, most = 5 }
 *
 * What quern.text.rank says of node:blocks(), without a table for each block:
 * their texts lie in the state's arena, and only what is picked goes to Lua.
 */
#include <lauxlib.h>

#include "doc/blocks.h"
#include "lua/doc_box.h"
#include "lua/rank.h"

/* What a pick needs of the block it stands in, and of the heading above that. */
struct place {
	uint32_t node, line_node;
	uint32_t section; /* in sections, plus 1; 0: none */
};

struct tree_reader {
	struct doc_box *box;
	const struct tree *tree;
	uint32_t root, at;
	struct place *places; /* of the blocks read so far */
	size_t n_places, places_cap;
	struct str *sections; /* texts of the headings */
	size_t n_sections, sections_cap;
	bool at_heading;  /* the block read last is one: a section of its own */
	uint64_t current; /* section of the block read last */
	uint64_t entered;
	bool told[NODE_KIND_LIMIT]; /* kinds that sentences are taken from */
	int noise;                  /* stack slot of the set of blocks that are left out; 0: none */
};

/* Leaves the text of a run in the state's scratch buffer. */
static struct str read_text(struct collector *c, const struct block_run *run)
{
	struct tree_reader *r = c->user;
	struct state *s = state_of(c->L);
	buf_clear(&s->scratch);
	budget_spend(&s->budget, 20 + 2 * (run->end - run->first));
	blocks_run_text(&s->scratch, r->tree, run);
	rank_check(c->L, buf_ok(&s->scratch));
	budget_spend(&s->budget, s->scratch.n / 8);
	return (struct str){ s->scratch.p, s->scratch.n };
}

static struct str keep(struct collector *c, struct str s)
{
	s = arena_str(c->ranker.arena, s);
	rank_check(c->L, s.p != NULL);
	return s;
}

static void add_section(struct collector *c, struct str title)
{
	struct tree_reader *r = c->user;
	r->sections = arena_grow(c->ranker.arena, r->sections, &r->sections_cap, r->n_sections + 1, sizeof title);
	rank_check(c->L, r->sections != NULL);
	r->sections[r->n_sections++] = title;
}

static void add_place(struct collector *c, const struct block_run *run)
{
	struct tree_reader *r = c->user;
	r->places = arena_grow(c->ranker.arena, r->places, &r->places_cap, r->n_places + 1, sizeof *r->places);
	rank_check(c->L, r->places != NULL);
	r->places[r->n_places++] = (struct place){ run->node, run->line_node, (uint32_t)r->n_sections };
}

/* The next run that says something, and its text. */
static bool next_run(struct collector *c, struct block_run *run, struct str *text)
{
	struct tree_reader *r = c->user;
	while (blocks_next(r->tree, r->root, &r->at, run)) {
		*text = read_text(c, run);
		if (!blocks_is_empty(r->tree, run, *text))
			return true;
	}
	return false;
}

static bool is_noise(struct collector *c)
{
	const struct tree_reader *r = c->user;
	if (!r->noise)
		return false;
	lua_rawgeti(c->L, r->noise, (lua_Integer)c->at + 1);
	bool yes = lua_toboolean(c->L, -1);
	lua_pop(c->L, 1);
	return yes;
}

static bool next_entry(struct collector *c, struct rank_entry *e)
{
	struct tree_reader *r = c->user;
	struct block_run run;
	if (!next_run(c, &run, &e->text))
		return false;
	e->kind = bind_block_kind(run.kind);
	e->told = r->told[run.kind];
	e->noise = is_noise(c);
	if (run.kind == NODE_HEADING || (e->told && !e->noise))
		e->text = keep(c, e->text);
	if (run.kind == NODE_HEADING)
		add_section(c, e->text);
	r->current = 2 * r->n_sections + (run.kind != NODE_HEADING);
	add_place(c, &run);
	return true;
}

static bool is_within(struct collector *c)
{
	const struct tree_reader *r = c->user;
	return r->current == r->entered;
}

static struct str enter(struct collector *c)
{
	struct tree_reader *r = c->user;
	r->entered = r->current;
	return r->n_sections ? r->sections[r->n_sections - 1] : STR_EMPTY;
}

static const struct rank_source tree_source = { next_entry, is_within, enter };

/* ------------------------------------------------------------------ results */

static void push_place(struct collector *c, const struct rank_sentence *s, bool explain)
{
	const struct tree_reader *r = c->user;
	const struct place *place = &r->places[s->block - 1];
	lua_State *L = c->L;
	lua_createtable(L, 0, explain ? 6 : 2);
	bind_push_line(L, r->box, place->line_node);
	if (lua_isnil(L, -1)) {
		lua_pop(L, 1);
		bind_push_line(L, r->box, place->node);
	}
	lua_setfield(L, -2, "line");
	if (place->section) {
		const struct str title = r->sections[place->section - 1];
		lua_pushlstring(L, title.p, title.n);
		lua_setfield(L, -2, "section");
	}
	if (explain)
		rank_set_score(c, s);
}

static void read_kinds(struct collector *c)
{
	static const enum node_kind kinds[] = { NODE_HEADING, NODE_PARAGRAPH,  NODE_ITEM,     NODE_CAPTION,
						NODE_TERM,    NODE_DEFINITION, NODE_TABLE_ROW };
	struct tree_reader *r = c->user;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		r->told[kinds[i]] = true;
		if (!c->options.has_kinds)
			continue;
		lua_pushstring(c->L, bind_block_kind(kinds[i]));
		lua_rawget(c->L, RANK_KINDS);
		r->told[kinds[i]] = lua_toboolean(c->L, -1);
		lua_pop(c->L, 1);
	}
}

/* The set of noise stays on the stack, where there is one that is not empty. */
static void read_noise(struct collector *c)
{
	struct tree_reader *r = c->user;
	lua_State *L = c->L;
	lua_getfield(L, RANK_OPTIONS, "noise");
	if (!lua_istable(L, -1))
		return;
	lua_pushnil(L);
	if (lua_next(L, -2)) {
		lua_pop(L, 2);
		r->noise = lua_gettop(L);
	}
}

static bool read_explain(lua_State *L)
{
	lua_getfield(L, RANK_OPTIONS, "explain");
	bool on = lua_toboolean(L, -1);
	lua_pop(L, 1);
	return on;
}

int bind_rank_node(lua_State *L, struct doc_box *box, uint32_t root)
{
	struct tree_reader r = {
		.box = box, .tree = box_tree(L, box), .root = root, .at = root + 1, .entered = UINT64_MAX
	};
	struct collector c;
	uint32_t picked[RANK_PICK_MAX];
	rank_begin(&c, L, &tree_source, &r);
	read_kinds(&c);
	read_noise(&c);
	const bool explain = read_explain(L);
	const size_t n = rank_all(&c, picked);
	lua_createtable(L, (int)n, 0);
	lua_createtable(L, (int)n, 0);
	for (size_t i = 0; i < n; i++) {
		const struct rank_sentence *s = &c.ranker.list[picked[i]];
		rank_push_text(L, s);
		lua_rawseti(L, -3, (lua_Integer)i + 1);
		push_place(&c, s, explain);
		lua_rawseti(L, -2, (lua_Integer)i + 1);
	}
	lua_pushinteger(L, (lua_Integer)c.n_words);
	lua_pushinteger(L, (lua_Integer)c.ranker.n);
	return 4;
}
