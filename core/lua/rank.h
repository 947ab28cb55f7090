/*
 * rank.h - what ranks the sentences of a list of texts (quern.text.rank) and
 * of a node (node:rank): entries, whatever they come from, to sentences.
 *
 * Private to core/lua/: rank_collect.c reads entries of a source one after the
 * other, bind_rank.c and bind_rank_node.c are the sources.
 */
#ifndef QUERN_LUA_RANK_H
#define QUERN_LUA_RANK_H

#include "base/finder.h"
#include "base/text_rank.h"
#include "lua/bind.h"

/*
 * Stack slots of both functions: of arguments, of the set of kinds in the options, of the title and the finders, which a
 * metatable may have made, and the first that is free.
 */
enum { RANK_SOURCE = 1, RANK_OPTIONS, RANK_KINDS, RANK_TITLE, RANK_CUE, RANK_TELLING, RANK_PASSING, RANK_FREE };

struct rank_options {
	struct str title;
	size_t most, least, share, characters;
	bool whole;     /* entries are not cut into sentences */
	bool has_kinds; /* at RANK_KINDS */
	const struct finder *cue, *telling, *passing;
	struct rank_weights weights;
};

struct rank_entry {
	struct str text;  /* of one that is told it lives as long as the ranker's arena */
	const char *kind; /* "" where it has none */
	bool noise, told;
};

struct collector;

struct rank_source {
	/* The next entry; false behind the last. */
	bool (*next)(struct collector *c, struct rank_entry *e);
	/* Does the entry read last stand in the section entered last? */
	bool (*is_within)(struct collector *c);
	/* Enters the section of the entry read last, and gives its title; empty where it has none. */
	struct str (*enter)(struct collector *c);
};

struct collector {
	lua_State *L;
	const struct rank_source *source;
	void *user; /* of the source */
	struct ranker ranker;
	struct rank_options options;
	uint32_t at;            /* entries read so far */
	uint32_t bonus, factor; /* of the section */
	bool section_begins;
	size_t n_words;
	uint32_t best; /* score */
};

/* Reads the options at RANK_OPTIONS, leaves what is needed of them behind, up to RANK_FREE, and readies the ranker. */
void rank_begin(struct collector *c, lua_State *L, const struct rank_source *source, void *user);
/* Reads all entries, scores their sentences and picks the best: their numbers, and how many. */
size_t rank_all(struct collector *c, uint32_t picked[RANK_PICK_MAX]);

/* Pushes the text of a sentence on one line. */
void rank_push_text(lua_State *L, const struct rank_sentence *s);
/* Sets score, confidence and rule of the table on top. */
void rank_set_score(struct collector *c, const struct rank_sentence *s);

/* Ends the call where memory was refused. */
static inline void rank_check(lua_State *L, bool ok)
{
	if (!ok)
		budget_kill(&state_of(L)->budget, QUERN_NOMEM);
}

#endif
