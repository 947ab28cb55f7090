/*
 * main.c - the program: makes the descriptors safe, finds the subcommand,
 * reads its options, runs it.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/setup.h"

#ifndef QUERN_SOURCE_PLUGINS
#define QUERN_SOURCE_PLUGINS NULL
#endif

const struct command *const commands[] = { &command_run,  &command_map,    &command_reduce,
					   &command_show, &command_select, &command_check,
					   &command_list, &command_cache,  &command_help,
					   NULL };

/*
 * A file opened while 0, 1 or 2 is closed would become standard input, output
 * or error.  The stand-ins refuse use: reading from what was closed, or
 * writing to it, stays an error.
 */
static bool descriptors_fill(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) >= 0)
			continue;
		if (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			return false;
	}
	return true;
}

static enum status version_print(struct cli *cli)
{
	struct sink *out = stdout_open(cli);
	char line[64];

	if (!out)
		return STATUS_OUTPUT;
	snprintf(line, sizeof line, "quern %s\n", quern_version());
	sink_write(out, line, strlen(line));
	return stdout_close(cli, out, STATUS_OK);
}

static enum status unknown(struct cli *cli, const char *name)
{
	const char *near = command_suggest(name[0] == '-' ? name + strspn(name, "-") : name);
	char hint[80] = "`quern --help` lists them";

	if (near)
		snprintf(hint, sizeof hint, "did you mean quern %s?", near);
	report_error(&cli->report, NULL, hint, "no %s '%.100s'", name[0] == '-' ? "option" : "command", name);
	return STATUS_USAGE;
}

static enum status command_start(struct cli *cli, const struct command *command, char **argv)
{
	struct options options;
	enum status status = STATUS_USAGE;

	switch (options_read(&options, command, argv, &cli->report)) {
	case OPTIONS_OK:
		status = command->run(cli, &options);
		break;
	case OPTIONS_HELP:
		status = help_print(cli, command);
		break;
	case OPTIONS_WRONG:
		break;
	}
	options_release(&options);
	return status;
}

int main(int argc, char **argv)
{
	struct cli cli = { .source_plugins = QUERN_SOURCE_PLUGINS };
	const struct command *command;

	if (!descriptors_fill())
		return STATUS_OUTPUT;
	/* A closed pipe is an error of write, told like any other. */
	signal(SIGPIPE, SIG_IGN);
	report_init(&cli.report);
	if (argc < 2) {
		report_error(&cli.report, NULL, "`quern --help` lists them", "no command");
		return STATUS_USAGE;
	}
	if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0)
		return version_print(&cli);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return help_print(&cli, NULL);
	command = command_find(argv[1]);
	return command ? command_start(&cli, command, argv + 2) : unknown(&cli, argv[1]);
}
