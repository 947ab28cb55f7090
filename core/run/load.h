/*
 * load.h - the document behind an item of the walk.
 */
#ifndef QUERN_RUN_LOAD_H
#define QUERN_RUN_LOAD_H

#include "quern.h"
#include "run/corpus.h"

/*
 * options: format and encoding; the path is the item's, of a CORPUS_LINE the one
 * that stands in it.  error->path is set.  For what is a document: neither
 * CORPUS_PROBLEM nor CORPUS_OUTCOME.
 */
quern_code document_load(quern *q, const struct alloc *heap, const struct corpus_item *item,
			 const quern_doc_options *options, quern_doc **out, quern_error *error);

#endif
