/*
 * two_ways.h - a Markdown body read with what markdown_simple.h can do, and by
 * cmark alone: where the two trees differ.
 *
 * For test_markdown_simple.c and test_markdown_html.c.  Every field counts, positions too.
 */
#ifndef QUERN_TESTS_DOC_TWO_WAYS_H
#define QUERN_TESTS_DOC_TWO_WAYS_H

#include "doc/html.h"
#include "doc/markdown.h"
#include "doc/structure.h"
#include "same_tree.h"

struct one_way {
	struct arena arena, scratch;
	struct structure structure;
	struct tree tree;
};

/* body: valid UTF-8 without NUL and lone CR, NUL-terminated. False: memory refused. */
static inline bool one_way_read(struct one_way *w, struct str body, uint32_t parts, bool thorough)
{
	const struct html_limits limits = { 500, 400 };
	const struct markdown_input input = { body, 0, parts, &limits, thorough, 0, NULL };
	struct prepared prepared;
	struct events events;
	bool limited = false, ok;

	arena_init(&w->arena, &alloc_libc, 0);
	arena_init(&w->scratch, &alloc_libc, 0);
	structure_init(&w->structure, &w->arena, &w->scratch, 1000000, 400, body.n);
	events_init(&events, &w->scratch);
	ok = markdown_read(&input, &w->scratch, &prepared, &events, &w->structure) == MARKDOWN_OK &&
	     html_read_events(&events, &limits, &w->structure, &limited) == HTML_OK;
	structure_finish(&w->structure, (uint32_t)body.n);
	return tree_build_finish(&w->structure.build, &w->tree) == BUILD_OK && ok;
}

static inline void one_way_release(struct one_way *w)
{
	arena_release(&w->arena);
	arena_release(&w->scratch);
}

/* NULL: both ways give the same tree. */
static inline const char *two_ways_differ(struct str body, uint32_t parts)
{
	struct one_way a, b;
	const char *what = NULL;
	bool read = one_way_read(&a, body, parts, true);

	read = one_way_read(&b, body, parts, false) && read;
	if (read)
		what = trees_differ(&a.tree, &b.tree);
	one_way_release(&a);
	one_way_release(&b);
	return what;
}

#endif
