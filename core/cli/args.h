/*
 * args.h - a command line taken apart: options by a table, operands in between.
 *
 * --name, --name=VALUE, --name VALUE, -n, -nVALUE, -n VALUE, short flags
 * bundled, options and operands mixed, "--" ends options, "-" is an operand.
 * Knows no particular option.
 */
#ifndef QUERN_CLI_ARGS_H
#define QUERN_CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>

struct arg_option {
	int id;            /* not 0 */
	char letter;       /* 0: none */
	const char *name;  /* without the dashes */
	const char *value; /* what the help calls its value; NULL: a flag */
	const char *help;
};

enum arg_kind { ARG_OPTION, ARG_OPERAND, ARG_END, ARG_UNKNOWN, ARG_NO_VALUE, ARG_UNWANTED_VALUE, ARG_SHORT_EQUALS };

struct arg {
	enum arg_kind kind;
	const struct arg_option *option; /* also of a failure, where it is known */
	const char *value;               /* of the option, or the operand */
	const char *text;                /* the argument as it was written */
	char name[64];                   /* an unknown option, without dashes and value */
};

struct args {
	const struct arg_option *table;
	size_t n_table;
	char **next;         /* NULL-terminated */
	const char *bundled; /* rest of "-abc" */
	bool options_ended;
};

void args_init(struct args *a, const struct arg_option *table, size_t n, char **argv);
struct arg args_next(struct args *a);

#endif
