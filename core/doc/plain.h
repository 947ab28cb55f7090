/*
 * plain.h - plain text as events: paragraphs between blank lines, a soft
 * break for every newline in them, bare links.
 */
#ifndef QUERN_DOC_PLAIN_H
#define QUERN_DOC_PLAIN_H

#include "doc/event.h"

/* offset: of text in the source.  O(size). */
void plain_read(struct str text, uint32_t offset, struct arena *a, struct events *out);

#endif
