/*
 * title.h - what a document is called when its front matter does not say.
 */
#ifndef QUERN_DOC_TITLE_H
#define QUERN_DOC_TITLE_H

#include "base/arena.h"
#include "base/str.h"
#include "doc/tree.h"

/* Text of the first heading that has any; n 0 where there is none. In the arena. */
struct str title_from_heading(const struct tree *t, struct arena *a);
/* The first line of text that is content and no label of the page's frame ("Skip to content"); of a mail, its subject. */
struct str title_from_text(const struct tree *t, struct arena *a);

#endif
