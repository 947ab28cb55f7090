/*
 * watch.h - waits until something changes below folders (inotify).
 *
 * A change is a file written, moved, removed or made; names that begin with a
 * dot are nobody's business, as in the walk, but for ignore files.  What happens
 * between two waits is not lost.  Knows neither documents nor plugins.
 */
#ifndef QUERN_RUN_WATCH_H
#define QUERN_RUN_WATCH_H

#include <stdbool.h>

#include "base/alloc.h"

struct watch;

/* NULL: the system refuses. */
struct watch *watch_open(const struct alloc *heap);
void watch_close(struct watch *w);
/* Nothing below this folder counts, nor this file: what a run itself writes.  Before watch_add; may be given once. */
void watch_except(struct watch *w, const char *path);
/*
 * Watches a folder and, if deep, all below it; of a file the folder it is in.
 * Again for the same path: what is new below it.  False: something cannot be
 * watched, and errno says why.
 */
bool watch_add(struct watch *w, const char *path, bool deep);
/* Waits for a change, and then until there is none for a moment.  False: a signal asks to stop. */
bool watch_wait(struct watch *w);

#endif
