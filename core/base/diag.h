/*
 * diag.h - diagnostics: severity, place, message, hint.
 *
 * A list of them lives in an arena beside what they speak of.  Losing one to
 * lack of memory sets a flag instead of failing the caller.
 */
#ifndef QUERN_BASE_DIAG_H
#define QUERN_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

struct diag {
	enum severity severity;
	uint32_t line, column; /* 1-based; 0: not known */
	const char *message;   /* valid UTF-8 is not promised; escaped when printed */
	const char *hint;      /* what to do about it; NULL if there is nothing to say */
};

/* The most diagnostics one document keeps; the last one says that there were more. */
#define DIAGS_MAX 100

struct diags {
	struct arena *arena;
	struct diag *items;
	size_t n, cap;
	bool lost; /* at least one could not be stored */
};

void diags_init(struct diags *d, struct arena *arena);
/* hint may be NULL and is not copied (a string literal). */
void diags_add(struct diags *d, enum severity severity, uint32_t line, uint32_t column, const char *hint,
	       const char *format, ...) __attribute__((format(printf, 6, 7)));
bool diags_has_error(const struct diags *d);

const char *severity_name(enum severity s); /* "note", "warning", "error" */

/*
 * "path:line:column: error: message\n", and "  hint: ..." on a line of its
 * own; unknown line or column are left out.  Control characters (C0, DEL, C1,
 * bidirectional overrides) and bad UTF-8 are written as \n, \t, \xNN or
 * \u{NNNN}, so that a document cannot speak to a terminal.
 */
void diag_format(struct buf *out, struct str path, const struct diag *d);
/* The escaping alone. */
void diag_escape(struct buf *out, struct str s);

#endif
