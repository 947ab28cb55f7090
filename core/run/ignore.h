/*
 * ignore.h - the rules of one ignore file: what a walk leaves out of the
 * folder it stands in and of those below, as gitignore(5) writes them.
 *
 * Knows paths as text alone; who asks goes from the innermost file outwards.
 */
#ifndef QUERN_RUN_IGNORE_H
#define QUERN_RUN_IGNORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/str.h"

#define IGNORE_FILE ".quernignore"

struct ignore_rule {
	struct str pattern;
	bool negated;
	bool folders_only;
	bool anchored; /* matches the path below the folder, not a name anywhere below */
};

struct ignore {
	const struct alloc *heap;
	struct buf text;
	struct ignore_rule *rules;
	size_t n, cap;
};

void ignore_init(struct ignore *g, const struct alloc *heap);
void ignore_release(struct ignore *g);
/* Reads the file at path.  0, or an errno; EFBIG where it is none a person has written. */
int ignore_read(struct ignore *g, const char *path);

enum ignore_verdict { IGNORE_SILENT, IGNORE_OUT, IGNORE_IN };

/* The last rule that matches decides.  below: the path below the folder of the file; name: its last part. */
enum ignore_verdict ignore_ask(const struct ignore *g, struct str below, struct str name, bool is_folder);

#endif
