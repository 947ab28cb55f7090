/*
 * toml_internal.h - between the parts of the TOML reader: toml_scan.c
 * (characters, comments, strings, keys), toml_scalar.c (numbers, dates) and
 * toml.c (tables and their rules).  Private to toml*.c.
 */
#ifndef QUERN_DOC_TOML_INTERNAL_H
#define QUERN_DOC_TOML_INTERNAL_H

#include "base/ascii.h"
#include "doc/frontmatter_internal.h"

/* Where reading stands in the text. */
struct toml_scan {
	const char *p, *end;
	const char *line_start;
	uint32_t line;
	struct arena *arena;
	struct diags *diags;
};

/* One part of a (dotted) key. */
struct toml_key {
	struct str text;
	uint32_t line, column;
};

struct toml_path {
	struct toml_key *keys;
	size_t n, cap;
};

void toml_scan_init(struct toml_scan *s, struct str text, uint32_t first_line, struct arena *a, struct diags *diags);

/* Adds the warning for the place at p in the current line.  Always false. */
bool toml_error(struct toml_scan *s, const char *at, const char *hint, const char *message);

/* Marks the arena.  Always false. */
bool toml_refuse_memory(struct toml_scan *s);

uint32_t toml_column(const struct toml_scan *s, const char *at);
/* The character that comes next, 0 at the end (a NUL never gets this far). */
char toml_peek(const struct toml_scan *s);
/* Steps over c if it comes next. */
bool toml_accept(struct toml_scan *s, char c);
void toml_skip_blanks(struct toml_scan *s);
/* A comment, if there is one, and a line end or the end of the text. */
bool toml_line_end(struct toml_scan *s);
/* Blanks, line ends and comments in any number. */
bool toml_skip_lines(struct toml_scan *s);

/* A string that opens at s->p; three quotes in a row open one of several lines if that is allowed. */
bool toml_scan_string(struct toml_scan *s, bool multi_allowed, struct str *out);
/* The path replaces what was in *path. */
bool toml_scan_path(struct toml_scan *s, struct toml_path *path);
/* A string, number, date or boolean. */
bool toml_scan_scalar(struct toml_scan *s, struct value *out);

/* A character of bare keys. */
static inline bool toml_is_bare(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || ascii_is_digit(c) || c == '_' || c == '-';
}

/* The character so many further, 0 past the end. */
static inline char toml_peek_at(const struct toml_scan *s, size_t ahead)
{
	return (size_t)(s->end - s->p) > ahead ? s->p[ahead] : 0;
}

#endif
