/*
 * schema_private.h - between the parts of schema*.c: keywords, the compiled
 * schema, patterns, comparisons, and what is told to people.
 */
#ifndef QUERN_DOC_SCHEMA_PRIVATE_H
#define QUERN_DOC_SCHEMA_PRIVATE_H

#include "base/buf.h"
#include "doc/schema.h"

/* ---------------------------------------------------------------- keywords */

enum keyword {
	KEYWORD_ANNOTATION, /* title, description, ...: says nothing about values */
	KEYWORD_TYPE,
	KEYWORD_CONST,
	KEYWORD_ENUM,
	KEYWORD_MULTIPLE_OF,
	KEYWORD_MINIMUM,
	KEYWORD_EXCLUSIVE_MINIMUM,
	KEYWORD_MAXIMUM,
	KEYWORD_EXCLUSIVE_MAXIMUM,
	KEYWORD_MIN_LENGTH,
	KEYWORD_MAX_LENGTH,
	KEYWORD_PATTERN,
	KEYWORD_FORMAT,
	KEYWORD_PREFIX_ITEMS,
	KEYWORD_ITEMS,
	KEYWORD_CONTAINS,
	KEYWORD_MIN_CONTAINS,
	KEYWORD_MAX_CONTAINS,
	KEYWORD_MIN_ITEMS,
	KEYWORD_MAX_ITEMS,
	KEYWORD_UNIQUE_ITEMS,
	KEYWORD_REQUIRED,
	KEYWORD_PROPERTIES,
	KEYWORD_PATTERN_PROPERTIES,
	KEYWORD_ADDITIONAL_PROPERTIES,
	KEYWORD_PROPERTY_NAMES,
	KEYWORD_MIN_PROPERTIES,
	KEYWORD_MAX_PROPERTIES,
	KEYWORD_DEPENDENT_REQUIRED,
	KEYWORD_DEPENDENT_SCHEMAS,
	KEYWORD_ALL_OF,
	KEYWORD_ANY_OF,
	KEYWORD_ONE_OF,
	KEYWORD_NOT,
	KEYWORD_IF,
	KEYWORD_THEN,
	KEYWORD_ELSE,
	KEYWORD_REF,
	KEYWORD_ANCHOR,
	KEYWORD_ID,
	KEYWORD_DIALECT, /* $schema */
	KEYWORD_DEFS,
	KEYWORD_UNSUPPORTED
};

/* What the value of a keyword must look like. */
enum shape {
	SHAPE_ANY,
	SHAPE_TYPES,     /* a name of a type, or a list of them */
	SHAPE_LIST,      /* of anything */
	SHAPE_NUMBER,    /* any number */
	SHAPE_POSITIVE,  /* a number over 0 */
	SHAPE_COUNT,     /* an integer from 0 on */
	SHAPE_FLAG,      /* true or false */
	SHAPE_TEXT,      /* a string */
	SHAPE_NAMES,     /* a list of strings */
	SHAPE_NAMES_MAP, /* name -> list of strings */
	SHAPE_PATTERN,   /* a regular expression */
	SHAPE_SCHEMA,
	SHAPE_SCHEMAS, /* a list of at least one */
	SHAPE_SCHEMA_MAP,
	SHAPE_PATTERN_MAP, /* regular expression -> schema */
	SHAPE_REFUSED
};

struct keyword_info {
	const char *name;
	enum keyword keyword;
	enum shape shape;
	const char *hint; /* of a refused one */
};

/* NULL where the name is no keyword. */
const struct keyword_info *keyword_find(struct str name);
/* The keyword that was meant, for a hint; "" if none is near. */
void keyword_suggest(struct str name, char *out, size_t size);

/* ------------------------------------------------------------------- types */

enum {
	TYPE_NULL = 1,
	TYPE_BOOLEAN = 2,
	TYPE_INTEGER = 4,
	TYPE_NUMBER = 8,
	TYPE_STRING = 16,
	TYPE_ARRAY = 32,
	TYPE_OBJECT = 64
};

/* One TYPE_ bit, 0 where the name is none. */
unsigned type_find(struct str name);
/* Those that the value has: 1.0 is an integer too. */
unsigned type_of(const struct value *v);

/* ----------------------------------------------------------- compiled form */

struct regex;
struct schema_node;

struct rule {
	const struct keyword_info *info;
	const struct value *arg;    /* as written, with its place */
	struct schema_node **nodes; /* of SHAPE_SCHEMA one, of the others as many as arg has */
	struct regex **patterns;    /* of SHAPE_PATTERN one, of SHAPE_PATTERN_MAP as many as arg has */
	unsigned types;             /* of SHAPE_TYPES */
};

enum { NODE_FRESH, NODE_OPEN, NODE_DONE };

struct schema_node {
	const struct value *source;
	bool always, never; /* true, false */
	struct rule *rules; /* in the order of the source */
	size_t n;
	int state; /* while references are followed */
};

struct schema {
	const struct schema_node *root;
};

/* While a schema is compiled. */
struct compiler {
	struct arena *arena;
	struct diags *diags;
	const struct value *source;
	struct schema_node **nodes; /* all of them */
	size_t n_nodes, nodes_cap;
	struct value by_source; /* the address of a value, as text -> index of its node */
	struct value anchors;   /* name -> index of its node */
	struct value unknown;   /* keywords warned about */
	struct str id;          /* of the whole schema; empty: none */
	bool failed;
};

/* NULL after an error, which has been told. */
const struct schema *schema_compile(struct arena *a, const struct value *source, struct diags *diags);

/* An error at the place of v.  Always false. */
bool schema_error(struct compiler *c, const struct value *v, const char *hint, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* The node compiled from that value, or NULL. */
struct schema_node *schema_node_at(const struct compiler *c, const struct value *source);
/* Points the $refs of all nodes at their targets and refuses those that lead in a circle. */
void schema_link(struct compiler *c);

/* The rule of that keyword, or NULL. */
const struct rule *rule_find(const struct schema_node *node, enum keyword keyword);

/* ---------------------------------------------------------------- patterns */

/* Work that one check may do, of whatever kind. */
struct budget {
	uint64_t left;
};

/* Steps that are no longer there are not taken; false when spent. */
bool budget_spend(struct budget *b, uint64_t steps);

/*
 * An ECMA 262 regular expression rewritten for PCRE2 (appended to out); on
 * failure false, *at the byte offset and *why the reason.
 */
bool pattern_translate(struct str ecma, struct buf *out, size_t *at, const char **why);

/* NULL on failure with the reason in why; or memory was refused. */
struct regex *regex_compile(struct arena *a, struct str ecma, char *why, size_t why_size);
/* What matching needs of memory, taken once for many. */
struct matcher;
/* NULL when memory is refused. */
struct matcher *matcher_new(struct arena *a);
/* Whether the pattern is found anywhere in text; a budget that ends counts as no. */
bool regex_matches(const struct regex *p, struct str text, struct matcher *m, struct budget *budget);

/* ------------------------------------------------------------- comparisons */

/* As JSON Schema has it: 1 and 1.0 are equal, the order of keys does not count. */
bool schema_equal(const struct value *a, const struct value *b, struct budget *budget);
/* Of two numbers: <0, 0, >0. */
int number_compare(const struct value *a, const struct value *b);
bool number_is_multiple(const struct value *v, const struct value *of);
/* Index of the first item that repeats an earlier one, whose index goes to *first; n where there is none. */
size_t list_find_repeat(const struct value_list *list, struct arena *a, struct budget *budget, size_t *first);

enum format_check { FORMAT_UNKNOWN, FORMAT_HOLDS, FORMAT_FAILS };
enum format_check format_holds(struct str format, struct str text);
/* "a date, as 2024-11-30"; NULL for a format that is not checked. */
const char *format_describe(struct str format);

/* ---------------------------------------------------------------- messages */

/* The way from the root to a value. */
struct place {
	const struct place *up;
	const struct value *value;
	struct str key;
	size_t index;
	bool in_list, is_root;
	bool is_name;                  /* the key itself is looked at, not its value */
	uint32_t line, column;         /* of the value */
	uint32_t key_line, key_column; /* of its key */
};

/* "authors[2].name"; "the front matter" for the root. */
void place_write(struct buf *out, const struct place *p);
/* "the string \"abc\"", "a list of 3 values", cut where it gets long. */
void value_describe(struct buf *out, const struct value *v);
/* As it would be written in JSON, cut where it gets long. */
void value_quote(struct buf *out, const struct value *v);
/* "a string or a list" */
void types_describe(struct buf *out, unsigned types);

/* --------------------------------------------------------------- checking */

struct check {
	struct arena *arena; /* of the check alone */
	struct diags *diags;
	struct buf text; /* the complaint that is being put together */
	struct matcher *matcher;
	struct budget budget;
	unsigned quiet; /* over 0: it is asked whether, not why */
	unsigned depth, told;
	bool no_front_matter;
};

/* Whether the value at p keeps to the schema; complains of all that does not, unless c->quiet. */
bool check_node(struct check *c, const struct schema_node *node, const struct place *p);
/* The same, asked quietly. */
bool check_quietly(struct check *c, const struct schema_node *node, const struct place *p);
/* The keywords that look at the value without schemas inside. */
bool check_assertion(struct check *c, const struct rule *rule, const struct place *p);
/* allOf, anyOf, oneOf, not, if: schemas for the same value. */
bool check_combination(struct check *c, const struct schema_node *node, const struct rule *rule, const struct place *p);
bool check_pattern(struct check *c, const struct regex *pattern, struct str text);

/*
 * Begins a complaint with the place; false when none is wanted.  The rest is
 * written to c->text; closing it always returns false.
 */
bool complaint_open(struct check *c, const struct place *p);
bool complaint_close(struct check *c, const struct place *p, const char *hint);

struct place place_of_item(const struct place *list, size_t index);

#endif
