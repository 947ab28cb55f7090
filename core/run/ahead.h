/*
 * ahead.h - a walk that goes on in a thread of its own while what it has found
 * is worked on: the same items in the same order.
 *
 * For walks that ask the system alone, not for archives, which other processes
 * read.  The thread stands still while its process forks (struct walk, hold).
 * Knows items, nothing of where they come from.
 */
#ifndef QUERN_RUN_AHEAD_H
#define QUERN_RUN_AHEAD_H

#include "base/alloc.h"
#include "run/corpus.h"

struct ahead;

/*
 * inner is nobody else's until ahead_close.  at_once: the thread begins after a few
 * items, else when somebody has to wait for them again and again.  NULL when memory is refused.
 */
struct ahead *ahead_open(const struct alloc *heap, struct walk inner, bool at_once);
struct walk ahead_walk(struct ahead *a);
void ahead_close(struct ahead *a);

#endif
