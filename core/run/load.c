/*
 * load.c - see load.h.
 */
#include "run/load.h"

#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

/* A document from a pipe is held in memory before its size is known: the library's default limit. */
static const size_t stdin_limit = (size_t)256 << 20;

static quern_code stdin_failure(enum file_status status, quern_error *error)
{
	*error = (quern_error){ .path = "-" };
	error->code = status == FILE_NOMEM ? QUERN_NOMEM : status == FILE_TOO_LARGE ? QUERN_LIMIT : QUERN_IO;
	snprintf(error->message, sizeof error->message, "standard input: %s", file_status_text(status));
	return error->code;
}

static quern_code stdin_load(quern *q, const struct alloc *heap, const quern_doc_options *options, quern_doc **out,
			     quern_error *error)
{
	struct buf bytes;
	enum file_status status;
	quern_code code;

	buf_init(&bytes, heap, 0);
	status = file_read_fd(&bytes, STDIN_FILENO, stdin_limit);
	code = status == FILE_OK ? quern_doc_parse(q, buf_str(&bytes).p, bytes.n, options, out, error)
				 : stdin_failure(status, error);
	buf_release(&bytes);
	return code;
}

quern_code document_load(quern *q, const struct alloc *heap, const struct corpus_item *item,
			 const quern_doc_options *options, quern_doc **out, quern_error *error)
{
	quern_doc_options o = *options;

	*out = NULL;
	o.path = item->path;
	return item->kind == CORPUS_STDIN ? stdin_load(q, heap, &o, out, error)
					  : quern_doc_load(q, item->path, &o, out, error);
}
