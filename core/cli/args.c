/*
 * args.c - see args.h.
 */
#include "cli/args.h"

#include <stdio.h>
#include <string.h>

void args_init(struct args *a, const struct arg_option *table, size_t n, char **argv)
{
	*a = (struct args){ .table = table, .n_table = n, .next = argv };
}

static const struct arg_option *by_name(const struct args *a, const char *name, size_t len)
{
	for (size_t i = 0; i < a->n_table; i++)
		if (strlen(a->table[i].name) == len && memcmp(a->table[i].name, name, len) == 0)
			return &a->table[i];
	return NULL;
}

static const struct arg_option *by_letter(const struct args *a, char letter)
{
	for (size_t i = 0; i < a->n_table; i++)
		if (a->table[i].letter == letter)
			return &a->table[i];
	return NULL;
}

static void value_take(struct args *a, struct arg *arg)
{
	if (*a->next)
		arg->value = *a->next++;
	else
		arg->kind = ARG_NO_VALUE;
}

static struct arg long_option(struct args *a, const char *text)
{
	const char *name = text + 2;
	const size_t len = strcspn(name, "=");
	const bool has_value = name[len] == '=';
	struct arg arg = { .kind = ARG_OPTION, .text = text, .option = by_name(a, name, len) };

	snprintf(arg.name, sizeof arg.name, "%.*s", len < sizeof arg.name ? (int)len : (int)sizeof arg.name - 1, name);
	if (!arg.option)
		arg.kind = ARG_UNKNOWN;
	else if (has_value && !arg.option->value)
		arg.kind = ARG_UNWANTED_VALUE;
	else if (has_value)
		arg.value = name + len + 1;
	else if (arg.option->value)
		value_take(a, &arg);
	return arg;
}

/* p: the letter, somewhere behind the dash of text. */
static struct arg short_option(struct args *a, const char *text, const char *p)
{
	struct arg arg = { .kind = ARG_OPTION, .text = text, .option = by_letter(a, *p) };

	a->bundled = NULL;
	if (!arg.option) {
		const size_t len = (unsigned char)*p < 0x80 ? 1 : strlen(p);
		arg.kind = ARG_UNKNOWN;
		snprintf(arg.name, sizeof arg.name, "%.*s", len < sizeof arg.name ? (int)len : 1, p);
	} else if (!arg.option->value) {
		if (p[1])
			a->bundled = p + 1;
	} else if (p[1] == '=') {
		arg.kind = ARG_SHORT_EQUALS;
	} else if (p[1]) {
		arg.value = p + 1;
	} else {
		value_take(a, &arg);
	}
	return arg;
}

struct arg args_next(struct args *a)
{
	const char *text;

	if (a->bundled)
		return short_option(a, a->next[-1], a->bundled);
	text = *a->next;
	if (!text)
		return (struct arg){ .kind = ARG_END };
	a->next++;
	if (!a->options_ended && strcmp(text, "--") == 0) {
		a->options_ended = true;
		return args_next(a); /* once: the flag is set */
	}
	if (a->options_ended || text[0] != '-' || text[1] == '\0')
		return (struct arg){ .kind = ARG_OPERAND, .text = text, .value = text };
	return text[1] == '-' ? long_option(a, text) : short_option(a, text, text + 1);
}
