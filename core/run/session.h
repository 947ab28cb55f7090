/*
 * session.h - plugins at work in this process: documents are mapped, results
 * folded, the end rendered.
 *
 * What a worker does between reading a request and writing the answer.  Over
 * include/quern.h alone; knows no sockets and no order.
 */
#ifndef QUERN_RUN_SESSION_H
#define QUERN_RUN_SESSION_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "quern.h"
#include "run/corpus.h"
#include "run/outcome.h"
#include "run/results.h"

struct session_plugin; /* private */

/* Stands for a digest that nobody has computed; no document has it. */
#define SESSION_PART "-"

/* Bytes of a file that are read at first. */
#define SESSION_BEGINNING 4096

/* The first members are the caller's to fill and are borrowed. */
struct session {
	const struct alloc *heap;
	quern *engine;
	quern_doc_options doc_options;
	quern_plugin *const *plugins;
	size_t n_plugins;
	bool watches_format;          /* outcomes tell whether a map asked for its format */
	struct session_plugin *state; /* private */
	bool passing;                 /* private: this outcome is not to be kept */
	_Atomic uint64_t *step;       /* counts values folded; or NULL */
};

/* False when memory is refused. */
bool session_init(struct session *s);

/*
 * Maps one document through every plugin.  item is not a problem of the walk.
 * digest NULL: nobody will keep the outcome; else out->digest is set, unless the
 * outcome says more about this run than about the document: SESSION_PART where
 * not all of the document was read.  True: the document
 * has this very digest and nothing was done.
 */
bool session_map(struct session *s, const struct corpus_item *item, const char *digest, struct outcome *out);
/*
 * Folds the results of a plugin that reduces, from where the last call ended
 * up to the reader's end.  A failure is remembered and told by session_render.
 */
void session_fold(struct session *s, size_t plugin, struct results_reader *results);
/*
 * Renders the results (for a plugin that reduces: what is folded of them, the
 * rest first) into write; files and findings go to out.  False when it failed.
 */
bool session_render(struct session *s, size_t plugin, struct results_reader *results, quern_write_fn write, void *user,
		    struct outcome *out);

#endif
