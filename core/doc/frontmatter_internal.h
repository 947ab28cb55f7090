/*
 * frontmatter_internal.h - what the readers of front matter share: limits
 * with their defaults, places in a text, checks that come before any syntax,
 * numbers.  Private to frontmatter*.c, yaml*.c and toml*.c.
 */
#ifndef QUERN_DOC_FRONTMATTER_INTERNAL_H
#define QUERN_DOC_FRONTMATTER_INTERNAL_H

#include "doc/frontmatter.h"

/* Limits with zeros (or a NULL pointer) replaced by the defaults; the depth is at most VALUE_MAX_DEPTH. */
struct frontmatter_limits frontmatter_limits_resolve(const struct frontmatter_limits *limits);

/*
 * A place that is moved forward through a text and keeps count.  Lines end
 * with LF, CRLF or CR.  Moving backward starts again from the top.
 */
struct cursor {
	struct str text;
	size_t offset; /* in bytes */
	size_t chars;  /* characters before offset */
	size_t line_start;
	uint32_t first_line;
	uint32_t line;
};

void cursor_init(struct cursor *c, struct str text, uint32_t first_line);
void cursor_seek_byte(struct cursor *c, size_t offset);
void cursor_seek_char(struct cursor *c, size_t chars);
/* 1-based, in bytes. */
uint32_t cursor_column(const struct cursor *c);
/* The whole line the cursor stands in, without its end. */
struct str cursor_line(const struct cursor *c);

/* Warns about and refuses what no syntax allows: a UTF-16 mark, bytes that are not UTF-8, NUL. */
bool frontmatter_text_check(struct str text, uint32_t first_line, struct diags *diags);

/* value_set that also notes where the key stands. */
struct value *frontmatter_set(struct arena *a, struct value *map, struct str key, uint32_t line, uint32_t column,
			      struct value item);

/*
 * Digits of the base (2, 8, 10, 16; underscores are skipped) as a signed
 * integer; false where it does not fit 64 bits or a character is no digit.
 */
bool number_integer(struct str digits, unsigned base, bool negative, int64_t *out);

#endif
