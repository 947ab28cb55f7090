/*
 * cmd_help.c - quern help [COMMAND], quern --help, quern COMMAND --help.
 */
#include <stdio.h>
#include <string.h>

#include "base/suggest.h"
#include "cli/cli.h"
#include "cli/setup.h"

const struct command *command_find(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

const char *command_suggest(const char *typed)
{
	struct suggestion s;

	suggest_init(&s, typed);
	for (size_t i = 0; commands[i]; i++)
		suggest_try(&s, commands[i]->name);
	return s.best[0] ? command_find(s.best)->name : NULL;
}

static void describe_all(struct buf *out)
{
	buf_addz(out, "quern grinds documents: Lua plugins over Markdown, HTML and text.\n\n");
	for (size_t i = 0; commands[i]; i++)
		buf_addf(out, "  quern %-32s %s\n", commands[i]->synopsis, commands[i]->summary);
	buf_addz(out, "  quern --version                        print the version\n"
		      "\n`quern COMMAND --help` tells more.\n\n"
		      "Exit codes: 0 all good, warnings included; 1 some documents or a plugin call failed,\n"
		      "the rest is done; 2 wrong usage or a plugin that does not load; 3 the output could\n"
		      "not be written.\n");
}

static void describe(struct buf *out, const struct command *command)
{
	buf_addf(out, "usage: quern %s\n\n%s%s", command->synopsis, command->details, *command->details ? "\n" : "");
	options_describe(out, command->options);
}

enum status help_print(struct cli *cli, const struct command *command)
{
	struct sink *out = stdout_open(cli);
	struct buf text;

	if (!out)
		return STATUS_OUTPUT;
	buf_init(&text, &alloc_libc, 0);
	if (command)
		describe(&text, command);
	else
		describe_all(&text);
	sink_write(out, buf_str(&text).p, text.n);
	buf_release(&text);
	return stdout_close(cli, out, STATUS_OK);
}

static enum status run(struct cli *cli, const struct options *o)
{
	const struct command *command;
	const char *near;
	char hint[80] = "`quern help` lists them";

	if (o->operands.n == 0)
		return help_print(cli, NULL);
	command = command_find(o->operands.items[0]);
	if (command)
		return help_print(cli, command);
	near = command_suggest(o->operands.items[0]);
	if (near)
		snprintf(hint, sizeof hint, "did you mean %s?", near);
	report_error(&cli->report, NULL, hint, "no command '%.100s'", o->operands.items[0]);
	return STATUS_USAGE;
}

static const enum option_id takes[] = { OPTION_HELP, OPTION_NONE };

const struct command command_help = {
	.name = "help",
	.synopsis = "help [COMMAND]",
	.summary = "print this, or the help of a command",
	.details = "",
	.options = takes,
	.run = run,
};
