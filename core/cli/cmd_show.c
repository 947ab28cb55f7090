/*
 * cmd_show.c - quern show PATH...: documents as quern sees them.
 */
#include <string.h>

#include "cli/cli.h"
#include "cli/documents.h"
#include "cli/setup.h"

struct show {
	struct sink *out;
	const char *to;
	unsigned flags;
	char last; /* byte written */
};

static quern_code show_piece(void *user, const char *bytes, size_t len)
{
	struct show *show = user;

	if (len)
		show->last = bytes[len - 1];
	return stdout_piece(show->out, bytes, len);
}

static bool show_one(void *user, const quern_doc *doc)
{
	struct show *show = user;
	quern_code code;

	show->last = '\n';
	if (strcmp(show->to, "json") == 0)
		code = quern_doc_to_json(doc, show_piece, show);
	else
		code = quern_node_render(quern_doc_root(doc), show->to, show->flags, show_piece, show, NULL);
	if (code == QUERN_OK && show->last != '\n')
		code = show_piece(show, "\n", 1);
	return code != QUERN_IO; /* the output is closed or full: no use in going on */
}

static const char *format_check(struct cli *cli, const struct options *o)
{
	static const char *const formats[] = { "json", "tree", "html", "markdown", "text" };
	const char *to = o->to.n ? o->to.items[o->to.n - 1] : "json";

	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
		if (strcmp(to, formats[i]) == 0)
			return to;
	report_error(&cli->report, NULL, "json, tree, html, markdown or text", "no format '%.100s'", to);
	return NULL;
}

static enum status run(struct cli *cli, const struct options *o)
{
	struct show show = { .to = format_check(cli, o), .flags = QUERN_FRONT_MATTER | (o->unsafe ? QUERN_UNSAFE : 0) };
	enum status status;
	quern *q;

	if (!show.to)
		return STATUS_USAGE;
	if (!options_name_documents(o, 0, &cli->report))
		return STATUS_USAGE;
	q = engine_open(cli, o, NULL);
	if (!q)
		return STATUS_USAGE;
	show.out = stdout_open(cli);
	status = STATUS_OUTPUT;
	if (show.out) {
		status = documents_each(cli, o, q, 0, show_one, &show);
		status = stdout_close(cli, show.out, status);
	}
	engine_close(cli, q);
	return status;
}

static const enum option_id takes[] = { OPTION_TO,         OPTION_FROM,        OPTION_ENCODING,     OPTION_UNSAFE,
					OPTION_FILES_FROM, OPTION_NUL,         OPTION_INPUT_NDJSON, OPTION_INCLUDE,
					OPTION_EXCLUDE,    OPTION_DIAGNOSTICS, OPTION_HELP,         OPTION_NONE };

const struct command command_show = {
	.name = "show",
	.synopsis = "show PATH...",
	.summary = "print documents as quern sees them",
	.details = "FORMAT is json (default: one line a document, with front matter, outline, links, images,\n"
		   "tables and diagnostics), tree (the nodes with their positions), html (a fragment),\n"
		   "markdown or text.\n",
	.options = takes,
	.run = run,
};
