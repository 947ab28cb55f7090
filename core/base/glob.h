/*
 * glob.h - patterns over paths as gitignore(5) writes them: "*" and "?" stay
 * within a name, "**" between slashes takes any number of folders, "[a-z]",
 * "[!a]" and "[[:digit:]]" one byte, "\" the next byte as it is.
 *
 * Bytes, no locale, no recursion: the time is at most the length of the pattern
 * times the length of the path for each folder in it.
 */
#ifndef QUERN_BASE_GLOB_H
#define QUERN_BASE_GLOB_H

#include <stdbool.h>

#include "base/str.h"

/* Of the whole path.  A pattern that is broken (an unclosed "[") matches nothing. */
bool glob_match(struct str pattern, struct str path);

#endif
