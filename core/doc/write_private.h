/*
 * write_private.h - what several writers need and nobody else.
 */
#ifndef QUERN_DOC_WRITE_PRIVATE_H
#define QUERN_DOC_WRITE_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/*
 * Length of the template ("{{ ... }}", "{% ... %}") at the beginning of s, 0 if
 * there is none.  *unclosed is set once one is found without an end: then it
 * is not looked for again, and a string of open braces stays linear.
 */
size_t template_length(struct str s, bool *unclosed);

#endif
