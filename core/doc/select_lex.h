/*
 * select_lex.h - the text of a selector as select_parse.c and
 * select_pseudo.c read it: where they stand, names, strings, numbers, and
 * errors that name the character.
 */
#ifndef QUERN_DOC_SELECT_LEX_H
#define QUERN_DOC_SELECT_LEX_H

#include "doc/select_private.h"

/* A compound being read. */
struct select_build {
	struct select_test *tests;
	const char *from;
	uint32_t left;
	uint8_t kind, combinator;
	bool names_section; /* by an :is() */
};

enum select_list_type { LIST_WHOLE, LIST_IS, LIST_NOT, LIST_OF, LIST_LAST_OF, LIST_HAS };

/* A list being read, the whole selector first. */
struct select_open {
	enum select_list_type type;
	uint8_t program;
	bool names_section;
	uint32_t anchor;          /* :has: of the selector being read */
	const char *from;         /* its colon */
	struct select_test *test; /* which it belongs to */
	struct select_list ends;
	struct select_build outer; /* the compound it stands in */
};

struct select_parse {
	struct selector *s;
	struct selector_error *error;
	const char *start, *p, *end;
	char *strings; /* where the next string goes */
	struct select_open *open;
	size_t n_open, cap_open;
	struct select_build now;
};

bool lex_fail(struct select_parse *x, const char *at, const char *format, ...) __attribute__((format(printf, 3, 4)));
bool lex_fail_memory(struct select_parse *x);
/* "expected WHAT" at what stands here, or at the end. */
bool lex_fail_expected(struct select_parse *x, const char *what);
/* How much of s a message shows: "%.*s". */
int lex_shown(struct str s);

bool lex_at(const struct select_parse *x, char c);
bool lex_at_name(const struct select_parse *x);
bool lex_is_space(char c);
/* White space and comments; *spaced (if given) tells whether there was any of the former. False: an open comment. */
bool lex_skip(struct select_parse *x, bool *spaced);
bool lex_name(struct select_parse *x, const char *what, struct str *out);
/* At a quote. */
bool lex_quoted(struct select_parse *x, struct str *out);
/* Up to a bracket or white space. */
bool lex_bare(struct select_parse *x, struct str *out);
/* An i or s that stands alone, and what is around it. */
bool lex_flag(struct select_parse *x, bool *nocase);
/* an+b, odd, even. */
bool lex_nth(struct select_parse *x, struct select_nth *out);

/* select_parse.c: a test of the compound being read; NULL without memory. */
struct select_test *parse_add_test(struct select_parse *x, enum select_test_type type);
/* Begins a list inside the test, after its "(". */
bool parse_open_list(struct select_parse *x, const char *from, enum select_list_type type, struct select_test *test);
/* select_pseudo.c: at ":". */
bool parse_pseudo(struct select_parse *x);

#endif
