/*
 * corpus_private.h - what the files of the walk share: paths and files
 * (corpus.c), lists and lines of documents (corpus_lines.c).
 */
#ifndef QUERN_RUN_CORPUS_PRIVATE_H
#define QUERN_RUN_CORPUS_PRIVATE_H

#include "base/buf.h"
#include "run/corpus.h"
#include "run/fileset.h"
#include "run/folder.h"
#include "run/look.h"
#include "run/members.h"
#include "run/recfile.h"

struct corpus {
	const struct alloc *heap;
	struct corpus_options options;
	size_t next_path, next_list;
	struct recfile list;  /* open, or fd -1 */
	struct recfile lines; /* of NDJSON; open, or fd -1 */
	bool is_listed;       /* the path is a list's, where "-" is a name like any other */
	size_t below;         /* where in path the part below the argument begins */
	uint64_t ordinal;
	struct buf path;
	struct folder *stack;
	size_t depth, cap;
	struct fileset seen;
	struct members *members; /* or NULL: no archive came by */
	struct cache *cache;     /* for them; or NULL */
	bool in_archive;
	bool opens;                  /* see corpus_open_files */
	struct look look;            /* at the path at hand */
	struct corpus_opened opened; /* the file handed out last, unless somebody took it over */
	bool stdin_taken;
	bool stopped; /* memory was refused */
	char message[160];
};

/* The item is a problem with c->path.  True. */
bool corpus_problem(struct corpus *c, struct corpus_item *item, enum severity severity, const char *message,
		    const char *hint);
bool corpus_problem_nomem(struct corpus *c, struct corpus_item *item);
bool corpus_problem_errno(struct corpus *c, struct corpus_item *item, int error);
/* False: somebody reads standard input already. */
bool corpus_take_stdin(struct corpus *c);

/* Opens the stream of lines at c->path.  True: a problem. */
bool corpus_open_lines(struct corpus *c, struct corpus_item *item);
/* The next line that is not blank.  False: there is none, the stream is closed. */
bool corpus_take_line(struct corpus *c, struct corpus_item *item);

/* Opens the next list.  True: a problem. */
bool corpus_open_list(struct corpus *c, struct corpus_item *item);
/* The next path of the list, into c->path; true: a problem instead.  *any: either of them. */
bool corpus_step_list(struct corpus *c, struct corpus_item *item, bool *any);

#endif
