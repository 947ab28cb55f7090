/*
 * select_private.h - the compiled form of a selector, and what is known
 * while it runs: what the files select_*.c share and nobody else sees.
 *
 * Every compound (`heading.top:first-child`) of every list, however deep, is
 * one bit.  Inner ones have lower numbers, so a node's bits are computed in
 * one sweep.  What stands in :has(), and the list of :nth-last-child(of),
 * looks ahead in the document and is a program of its own that runs before.
 */
#ifndef QUERN_DOC_SELECT_PRIVATE_H
#define QUERN_DOC_SELECT_PRIVATE_H

#include "doc/select.h"

#define SELECTOR_MAX_BYTES     65536
#define SELECTOR_MAX_COMPOUNDS 1024
/* Of lists in lists. */
#define SELECTOR_MAX_DEPTH 256
#define SELECT_NONE        UINT32_MAX
/* Sections in sections: headings have six levels. */
#define SELECT_SECTIONS 6

/* Beside the kinds of nodes. */
enum { SELECT_ANY = 0, SELECT_SECTION = NODE_KIND_LIMIT, SELECT_KINDS };

enum select_op {
	OP_PRESENT,
	OP_EQUAL,
	OP_WORD,   /* ~= */
	OP_DASH,   /* |= */
	OP_PREFIX, /* ^= */
	OP_SUFFIX, /* $= */
	OP_INSIDE, /* *= */
	OP_LESS,
	OP_LESS_EQUAL,
	OP_MORE,
	OP_MORE_EQUAL
};

/* In the order of their cost. */
enum select_test_type {
	TEST_ROOT,
	TEST_SCOPE,
	TEST_FIRST, /* child */
	TEST_LAST,
	TEST_ID,
	TEST_CLASS,
	TEST_FIELD,
	TEST_EMPTY,
	TEST_NTH,
	TEST_LIST, /* :is, :not: one of these compounds of the same program ends here */
	TEST_CONTAINS,
	TEST_AHEAD /* one of these compounds of the program ahead holds */
};

/* A text sought, with the table of Knuth, Morris and Pratt. */
struct select_needle {
	struct str text;
	uint32_t *back;
	bool nocase;
};

/* an+b */
struct select_nth {
	int64_t step, offset;
};

/* Compounds that end a selector of a list. */
struct select_list {
	uint32_t *ends;
	size_t n, cap;
};

/* One condition on one node. */
struct select_test {
	struct select_test *next;
	uint8_t type, op;
	bool nocase, negated;
	bool from_end, of_type;
	bool counts; /* TEST_NTH: only siblings that match list, counted in counter */
	uint32_t counter;
	struct select_nth nth;
	struct select_list list;
	double number; /* of the four comparisons */
	struct str name, value;
	struct select_needle needle;
	uint32_t text; /* TEST_CONTAINS: number of its select_text */
};

/* How a compound is joined to the one before it. */
enum select_combinator {
	COMBINE_NONE,
	COMBINE_DESCENDANT,
	COMBINE_CHILD,
	COMBINE_NEXT,
	COMBINE_LATER,
	COMBINE_COUNT /* ahead: this one counts from the end */
};

struct select_compound {
	struct select_test *tests;
	uint32_t left; /* the compound that combinator joins it to */
	uint32_t right;
	uint8_t kind;
	uint8_t combinator;
	uint8_t ahead;    /* the combinator that joins right to it, in a program ahead */
	bool sections;    /* may hold of sections */
	uint32_t counter; /* COMBINE_COUNT */
	struct select_nth nth;
};

struct select_program {
	struct select_compound *compounds;
	size_t n, cap;
	size_t n_words;
	uint64_t *by_kind[SELECT_KINDS]; /* compounds that a kind may match */
	struct select_test **counters;   /* tests that count */
	size_t n_counters, cap_counters;
	size_t n_ahead_counters;
	size_t level_size;
	bool has_relations; /* depends on more than the node: it is walked */
	bool has_siblings;  /* on the earlier siblings too */
	bool counts_kinds;
	bool looks_aside; /* ahead: at later siblings */
};

enum { PROGRAM_MAIN, PROGRAM_AHEAD, N_PROGRAMS };

/* ----------------------------------------------------------------- running */

/* Bits of one element, in words. */
struct select_marks {
	uint64_t *self;
	uint64_t *above;    /* self and all ancestors */
	uint64_t *earlier;  /* self and all earlier siblings */
	uint32_t *counters; /* earlier siblings that match, by counter */
};

/* The path from the document down to the node visited last, one level each (select_walk.c). */
struct select_walk {
	const struct select_program *program;
	char *levels;
	size_t n, cap;
	uint64_t *fresh; /* an element's bits while they are made */
	uint32_t at;
};

/* What a heading begins, up to the next heading of its level or higher. */
struct select_section {
	uint32_t node, end;
	uint32_t parent, next; /* numbers of sections; SELECT_NONE */
	uint32_t index, from_end;
};

struct select_sections {
	struct select_section *items;
	size_t n, cap;
	struct section_entry {
		uint32_t search, number;
	} * by_node; /* an entry of another search is void */
	size_t cap_nodes, n_nodes;
};

/* An occurrence of a text: from the first leaf to the last, and the image they are in. */
struct select_find {
	uint32_t from, to, image;
};

struct select_text {
	struct select_finds {
		struct select_find *items;
		size_t n, cap;
	} plain, in_images;
	uint32_t lo, hi; /* the nodes looked through */
};

/* What the program ahead found for the nodes lo to hi (select_ahead.c). */
struct select_ahead {
	uint32_t lo, hi;
	uint64_t *bits;
	size_t cap_bits;
	uint64_t *sections; /* by number: itself, later siblings, itself and all in it and behind it */
	size_t cap_sections;
	uint32_t *counters; /* by number of section */
	size_t cap_counters;
	char *levels;
	size_t n_levels, cap_levels; /* n_levels: those that hold anything */
};

struct selector {
	struct arena *arena;
	struct select_program programs[N_PROGRAMS];
	struct select_list ends; /* of the whole, in PROGRAM_MAIN */
	bool uses_sections;
	size_t n_texts;

	/* of the search at hand; a hint, filled while matching */
	const struct tree *tree;
	const struct node *nodes; /* of the tree */
	uint32_t root, end;       /* the subtree searched */
	uint32_t scope;
	uint32_t at;     /* the last node told */
	uint32_t search; /* their number */
	bool matched_section;
	bool stopped;
	struct select_walk walks[N_PROGRAMS];
	struct select_sections sections;
	struct select_ahead ahead;
	struct select_text *texts;
	struct select_leaf *leaves; /* of the texts looked through just now */
	size_t cap_leaves;

	selector_watch *watch;
	void *user;
	uint64_t work;
	size_t unseen; /* work that watch has not been told of */
};

/* A node, or the section that begins with it, while it is tried. */
struct select_element {
	uint32_t node;
	uint32_t section; /* its number; SELECT_NONE: the node itself */
	uint8_t kind;
	const struct select_program *program;
	char *level;              /* of the walk; NULL where there is none */
	const uint32_t *counters; /* of its earlier siblings */
	const uint64_t *bits;     /* its own so far */
};

/* select_name.c */
bool select_number(struct str s, double *out);
/* The name or selector that an unknown kind may have meant, or NULL. */
const char *select_nearest_kind(struct str name);
/* The one of names (NULL at the end) that is most like this one, or NULL. */
const char *select_nearest(struct str name, const char *const *names, size_t stride);

/* select_find.c: false where memory is refused. */
bool needle_prepare(struct arena *a, struct select_needle *n, struct str text, bool nocase);
/* One byte further: how many bytes of the needle the text now ends with. */
uint32_t needle_step(const struct select_needle *n, uint32_t matched, char c);
bool needle_found(const struct select_needle *n, struct str s);

/* select_text.c: as needle_prepare, white space squeezed as in a node's text. */
bool text_prepare(struct arena *a, struct select_needle *n, struct str text, bool nocase);
/* Is the test's text in that of these nodes, which are a subtree or a section? */
bool text_holds(struct selector *s, const struct select_test *t, uint32_t node, uint32_t end);

/* select_test.c */
bool test_matches(struct selector *s, const struct select_test *t, const struct select_element *e);
bool nth_matches(struct select_nth nth, int64_t index);
bool list_holds(const struct select_list *list, const uint64_t *bits);

/* select_walk.c: false where memory is refused or the search is to end. */
bool walk_seek(struct selector *s, struct select_walk *w, uint32_t node);
bool walk_step(struct selector *s, struct select_walk *w, uint32_t node);
/* What holds of a node where nothing around it counts. */
const uint64_t *walk_alone(struct selector *s, struct select_walk *w, uint32_t node);
/* Of the node visited last, and of the section that begins there (NULL). */
const uint64_t *walk_bits(const struct select_walk *w);
const uint64_t *walk_section_bits(const struct selector *s, const struct select_walk *w);
/* An element's position among its siblings, as the test counts. */
int64_t walk_index(struct selector *s, const struct select_test *t, const struct select_element *e);
size_t walk_level_size(const struct select_program *p, bool sections);

/* select_section.c: the number of the section a heading begins; SELECT_NONE where memory is refused. */
uint32_t section_number(struct selector *s, uint32_t heading);
uint32_t section_level(const struct tree *t, uint32_t heading);

/* select_ahead.c */
bool ahead_holds(struct selector *s, const struct select_test *t, const struct select_element *e);

/* select_match.c: notes work done; false when the search is to end. */
bool select_spend(struct selector *s, size_t work);
/* Memory was refused: the search ends. */
bool select_stop(struct selector *s);

static inline bool select_bit(const uint64_t *bits, size_t i)
{
	return bits[i / 64] >> (i % 64) & 1;
}

static inline void select_bit_set(uint64_t *bits, size_t i)
{
	bits[i / 64] |= UINT64_C(1) << (i % 64);
}

static inline void select_bits_add(uint64_t *to, const uint64_t *from, size_t n_words)
{
	for (size_t i = 0; i < n_words; i++)
		to[i] |= from[i];
}

#endif
