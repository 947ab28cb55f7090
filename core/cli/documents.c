/*
 * documents.c - see documents.h.
 */
#include "cli/documents.h"

#include "run/load.h"

static void problem_tell(struct cli *cli, const struct corpus_item *item)
{
	report_diagnostic(&cli->report, item->path,
			  &(quern_diagnostic){ .severity = (quern_severity)item->severity,
					       .line = item->line,
					       .message = item->message,
					       .hint = item->hint });
}

static quern_doc *load(struct cli *cli, const struct options *options, quern *q, struct corpus *corpus,
		       struct corpus_item *item)
{
	quern_doc_options o = options->from;
	quern_doc *doc = NULL;
	quern_error error;

	o.encoding = options->encoding;
	if (!corpus_text(corpus, item)) {
		item->severity = SEVERITY_ERROR;
		problem_tell(cli, item);
		return NULL;
	}
	if (document_load(q, &alloc_libc, item, &o, &doc, &error) != QUERN_OK)
		report_quern_error(&cli->report, &error);
	return doc;
}

/* False when the document has an error. */
static bool diagnostics_tell(struct cli *cli, const quern_doc *doc)
{
	quern_error error;
	const quern_code code = quern_doc_complete(doc, &error);
	const size_t n = quern_doc_diagnostic_count(doc);
	bool failed = false;

	for (size_t i = 0; i < n; i++) {
		const quern_diagnostic d = quern_doc_diagnostic(doc, i);
		failed = failed || d.severity == QUERN_ERROR;
		report_diagnostic(&cli->report, quern_doc_path(doc), &d);
	}
	if (code != QUERN_OK && !failed)
		report_quern_error(&cli->report, &error);
	return code == QUERN_OK && !failed;
}

static enum status each(struct cli *cli, const struct options *options, quern *q, size_t first, bool complete,
			bool (*visit)(void *user, const quern_doc *doc), void *user)
{
	struct corpus *corpus = corpus_of(cli, options, first, false);
	enum status status = corpus ? STATUS_OK : STATUS_FAILED;
	struct corpus_item item;
	bool going = true;

	while (corpus && going && corpus_next(corpus, &item)) {
		quern_doc *doc = NULL;
		if (item.kind == CORPUS_PROBLEM)
			problem_tell(cli, &item);
		else
			doc = load(cli, options, q, corpus, &item);
		if (doc ? complete && !diagnostics_tell(cli, doc)
			: item.kind != CORPUS_PROBLEM || item.severity == SEVERITY_ERROR)
			status = STATUS_FAILED;
		if (doc)
			going = visit(user, doc);
		quern_doc_unref(doc);
	}
	corpus_close(corpus);
	return status;
}

enum status documents_each(struct cli *cli, const struct options *options, quern *q, size_t first,
			   bool (*visit)(void *user, const quern_doc *doc), void *user)
{
	return each(cli, options, q, first, true, visit, user);
}

enum status documents_each_unread(struct cli *cli, const struct options *options, quern *q,
				  bool (*visit)(void *user, const quern_doc *doc), void *user)
{
	return each(cli, options, q, 0, false, visit, user);
}
