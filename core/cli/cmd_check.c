/*
 * cmd_check.c - quern check --schema FILE PATH...: the front matter of
 * documents held to a JSON Schema.
 */
#include <stdio.h>

#include "base/file.h"
#include "cli/cli.h"
#include "cli/documents.h"
#include "cli/setup.h"

struct checking {
	struct cli *cli;
	quern_schema *schema;
	const char *path; /* that complaints are about */
	uint64_t documents, failed;
};

static void tell(void *user, const quern_diagnostic *d)
{
	struct checking *checking = user;

	report_diagnostic(&checking->cli->report, checking->path, d);
}

static bool check_one(void *user, const quern_doc *doc)
{
	struct checking *checking = user;
	quern_error error;
	quern_code code;

	checking->path = quern_doc_path(doc);
	code = quern_schema_check(checking->schema, doc, tell, checking, &error);
	if (code == QUERN_NOMEM)
		report_quern_error(&checking->cli->report, &error);
	checking->documents++;
	checking->failed += code != QUERN_OK;
	return true;
}

static bool schema_open(struct cli *cli, quern *q, struct checking *checking, const char *path)
{
	enum file_status status;
	quern_error error;
	quern_code code = QUERN_IO;
	struct buf text;

	buf_init(&text, &alloc_libc, 0);
	status = file_read(&text, path, (size_t)64 << 20);
	checking->path = path;
	if (status != FILE_OK)
		report_error(&cli->report, path, NULL, "the schema cannot be read: %s", file_status_text(status));
	else
		code = quern_schema_read(q, path, buf_str(&text).p, text.n, tell, checking, &checking->schema, &error);
	if (code == QUERN_NOMEM)
		report_quern_error(&cli->report, &error);
	buf_release(&text);
	return code == QUERN_OK;
}

/* The one line on standard output. */
static enum status summary_print(struct cli *cli, const struct checking *checking, enum status status)
{
	struct sink *out = stdout_open(cli);
	char line[120];
	int n;

	if (!out)
		return STATUS_OUTPUT;
	n = snprintf(line, sizeof line, "%llu document%s checked, %llu failed\n",
		     (unsigned long long)checking->documents, checking->documents == 1 ? "" : "s",
		     (unsigned long long)checking->failed);
	sink_write(out, line, (size_t)n);
	return stdout_close(cli, out, status);
}

static enum status run(struct cli *cli, const struct options *o)
{
	struct checking checking = { .cli = cli };
	enum status status = STATUS_USAGE;
	quern *q;

	if (!o->schema) {
		report_error(&cli->report, NULL, "write `quern check --schema schema.yaml PATH...`",
			     "no schema is named");
		return STATUS_USAGE;
	}
	if (!options_name_documents(o, 0, &cli->report))
		return STATUS_USAGE;
	q = engine_open(cli, o, NULL);
	if (q && schema_open(cli, q, &checking, o->schema)) {
		status = documents_each_unread(cli, o, q, check_one, &checking);
		if (checking.failed)
			status = STATUS_FAILED;
		status = summary_print(cli, &checking, status);
	}
	quern_schema_free(checking.schema);
	quern_free(q);
	return status;
}

static const enum option_id takes[] = { OPTION_SCHEMA,      OPTION_FROM,         OPTION_ENCODING, OPTION_FILES_FROM,
					OPTION_NUL,         OPTION_INPUT_NDJSON, OPTION_INCLUDE,  OPTION_EXCLUDE,
					OPTION_DIAGNOSTICS, OPTION_HELP,         OPTION_NONE };

const struct command command_check = {
	.name = "check",
	.synopsis = "check --schema FILE PATH...",
	.summary = "check front matter against a JSON Schema",
	.details = "FILE is a JSON Schema (2020-12) written in JSON or YAML.  Everything that is wrong in any\n"
		   "document is told as path:line:column, and the exit code is then 1; it is 2 when the schema\n"
		   "itself is wrong.  A document without front matter is checked as an empty map.\n",
	.options = takes,
	.run = run,
};
