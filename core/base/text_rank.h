/*
 * text_rank.h - the sentences of a text that say most of it.
 *
 * Provides quern.text.rank: extractive, without a dictionary, for any
 * language.  The likeness of a sentence to the whole is the centroid score of MEAD
 * (Radev, Jing, Stys and Tam, "Centroid-based summarization of multiple
 * documents", Information Processing and Management 40, 2004): words weighed by
 * frequency and rarity, linear in the text, where the graphs of TextRank (Mihalcea and
 * Tarau, 2004) are quadratic in its sentences.  Place, title and cue words count as in
 * H. P. Edmundson, "New methods in automatic extracting", Journal of the ACM 16,
 * 1969; near repetitions are left out as in Carbonell and Goldstein, "The use of
 * MMR", 1998.
 *
 * All numbers are integers in units of 1/RANK_ONE: the same on every machine.
 */
#ifndef QUERN_BASE_TEXT_RANK_H
#define QUERN_BASE_TEXT_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

#define RANK_ONE 65536
/* Sentences that may be picked. */
#define RANK_PICK_MAX 128

/* What each kind of evidence counts beside centrality, which counts 1 at most. */
struct rank_weights {
	uint32_t place; /* times the sum of: nearness to the start, and the three below */
	uint32_t block, section, last;
	uint32_t title;
};

/* The default weights. */
extern const struct rank_weights rank_weights_usual;

enum rank_place { RANK_FIRST_IN_BLOCK = 1, RANK_FIRST_IN_SECTION = 2 };

struct rank_sentence {
	struct str text;
	uint32_t block;                   /* the caller's number of the text it stands in; never falls */
	uint32_t place;                   /* of enum rank_place */
	uint32_t bonus;                   /* of the caller, added to the score */
	uint32_t factor;                  /* of the caller, times the score */
	uint32_t first_term, n_terms;     /* its different words */
	uint32_t central, placed, titled; /* the parts of the score */
	uint32_t score;
};

struct ranker {
	struct arena *arena;
	struct rank_sentence *list;
	size_t n, cap;
	uint32_t *terms; /* of the sentences, one after the other */
	size_t n_terms, terms_cap;
	struct rank_word *words; /* each different word once */
	size_t n_words, words_cap;
	uint32_t *slots; /* open addressing: number of a word plus 1 */
	size_t n_slots;
	void (*spend)(void *user, size_t work); /* told of work done, in units of some 10 ns; may jump away; or NULL */
	void *user;
};

/* False when memory is refused; so are the others that give a bool. */
bool rank_init(struct ranker *r, struct arena *arena, void (*spend)(void *user, size_t work), void *user);
/* Adds a sentence, whose text must outlive the ranker, and gives the number of its words. */
bool rank_add(struct ranker *r, const struct rank_sentence *sentence, size_t *n_words);
/* Scores what was added. */
bool rank_score(struct ranker *r, struct str title, const struct rank_weights *weights);
/*
 * The best sentences without near repetitions, at most limit (RANK_PICK_MAX) of them and, unless it is 0, so many
 * characters: their numbers in picked, in the order of the text.  *n is how many.
 */
bool rank_pick(struct ranker *r, size_t limit, size_t characters, uint32_t *picked, size_t *n);

#endif
