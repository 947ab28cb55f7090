/*
 * documents.h - documents one by one for the commands that only look at them
 * (show, select, check): the walk, loading, diagnostics.
 */
#ifndef QUERN_CLI_DOCUMENTS_H
#define QUERN_CLI_DOCUMENTS_H

#include "cli/cli.h"
#include "cli/setup.h"

/*
 * Calls visit with every document that the operands from first on name, in
 * document order, complete, its diagnostics told.  visit returns false to
 * stop.  STATUS_FAILED when a path or document failed.
 */
enum status documents_each(struct cli *cli, const struct options *options, quern *q, size_t first,
			   bool (*visit)(void *user, const quern_doc *doc), void *user);
/* The same from the first operand on, with nothing of a document parsed or told before visit. */
enum status documents_each_unread(struct cli *cli, const struct options *options, quern *q,
				  bool (*visit)(void *user, const quern_doc *doc), void *user);

#endif
