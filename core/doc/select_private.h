/*
 * select_private.h - the compiled form of a selector: what select_parse.c
 * makes and select_match.c runs.
 */
#ifndef QUERN_DOC_SELECT_PRIVATE_H
#define QUERN_DOC_SELECT_PRIVATE_H

#include "doc/select.h"

#define SELECTOR_MAX_BYTES     65536
#define SELECTOR_MAX_COMPOUNDS 256
/* Of a value sought without regard to case, byte by byte. */
#define SELECTOR_MAX_INSIDE 256
#define SELECTOR_WORDS      (SELECTOR_MAX_COMPOUNDS / 64)

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

enum select_test_type { TEST_FIELD, TEST_ID, TEST_CLASS, TEST_FIRST, TEST_LAST, TEST_KIND };

/* One condition on one node. */
struct select_test {
	uint8_t type;
	uint8_t op;
	uint8_t kind; /* TEST_KIND, inside :not() */
	bool nocase;
	uint32_t negation; /* 0: must hold; tests of one number (a :not) must not all hold */
	int64_t number;    /* of the four comparisons */
	struct str name, value;
};

/* How a compound is joined to the one before it. */
enum select_combinator { COMBINE_NONE, COMBINE_DESCENDANT, COMBINE_CHILD, COMBINE_NEXT, COMBINE_LATER };

struct select_compound {
	uint8_t kind; /* 0: any */
	uint8_t combinator;
	uint32_t first_test, n_tests;
};

/* One bit a compound. */
struct select_bits {
	uint64_t word[SELECTOR_WORDS];
};

/*
 * What is known of the path from the document down to the node visited last.
 * Bit i of a node: compounds up to i, from the beginning of their selector, match and
 * end here.
 */
struct select_level {
	uint32_t node;
	struct select_bits self;
	struct select_bits above;   /* self and all ancestors */
	struct select_bits earlier; /* self and all earlier siblings */
};

struct select_state {
	const struct node *nodes; /* of the tree visited */
	struct select_level *levels;
	size_t n, cap;
};

struct selector {
	struct arena *arena;
	struct select_compound *compounds;
	struct select_test *tests;
	size_t n_compounds, n_tests;
	size_t cap_compounds, cap_tests;
	struct select_bits begins; /* first compounds of their selectors */
	struct select_bits ends;   /* last compounds: the match */
	struct select_bits by[5];  /* compounds by combinator */
	bool has_combinators, has_siblings;
	struct select_state *state; /* a hint, filled while matching */
};

/* select_name.c: a whole number; the name or selector that an unknown kind may have meant, or NULL. */
bool select_integer(struct str s, int64_t *out);
const char *select_nearest_kind(struct str name);

static inline void select_bit_set(struct select_bits *b, size_t i)
{
	b->word[i / 64] |= UINT64_C(1) << (i % 64);
}

#endif
