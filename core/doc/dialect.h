/*
 * dialect.h - the parts of our Markdown beside CommonMark, their names, and
 * what a user means by "markdown-tables" or "commonmark+footnotes".
 *
 * For the record and whoever offers a choice of formats.  Knows no parser.
 */
#ifndef QUERN_DOC_DIALECT_H
#define QUERN_DOC_DIALECT_H

#include <stdint.h>

#include "base/str.h"
#include "doc/record.h"

/* The same bits as QUERN_READ_* of quern.h. */
enum dialect_part {
	DIALECT_FRONT_MATTER = 1u << 0,
	DIALECT_HTML = 1u << 1, /* raw HTML becomes nodes */
	DIALECT_TABLES = 1u << 2,
	DIALECT_STRIKETHROUGH = 1u << 3,
	DIALECT_TASKS = 1u << 4,
	DIALECT_AUTOLINKS = 1u << 5,
	DIALECT_FOOTNOTES = 1u << 6,
	DIALECT_ATTRIBUTES = 1u << 7,
	DIALECT_DEFINITIONS = 1u << 8,
	DIALECT_ABBREVIATIONS = 1u << 9,
	DIALECT_TEMPLATES = 1u << 10,
	DIALECT_ALL = (1u << 11) - 1
};

/* "tables", ...; NULL: no such part. */
const char *dialect_part_name(enum dialect_part part);
/* The parts that are read: all of them in our own format, none in CommonMark, before the user's choice. */
uint32_t dialect_parts(enum doc_format format, uint32_t with, uint32_t without);

struct dialect_choice {
	enum doc_format format;
	uint32_t with, without;
	struct str wrong; /* what was not understood; empty: all was */
};

/* FORMAT, then +PART or -PART as often as wanted: the last word on a part counts.  Only "auto", "markdown" and "commonmark" have parts. */
struct dialect_choice dialect_read(struct str spec);

#endif
