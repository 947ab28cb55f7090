/*
 * wanted.h - which names in folders and archives are documents: the known
 * suffixes, or what --include names, without what --exclude names.
 *
 * Knows names alone, not files.
 */
#ifndef QUERN_RUN_WANTED_H
#define QUERN_RUN_WANTED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Globs; without "/" they match a name, with it the path below the argument ("*" matches "/" too).  Borrowed. */
struct wanted {
	const char *const *include; /* files: these instead of the known suffixes */
	size_t n_include;
	const char *const *exclude; /* files and folders: never these */
	size_t n_exclude;
};

/* below: the path below the argument; name: its last part. */
bool wanted_file(const struct wanted *s, const char *below, const char *name);
bool wanted_folder(const struct wanted *s, const char *below, const char *name);

#endif
