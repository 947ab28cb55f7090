/*
 * quern_host.c - the functions that an embedding program offers to plugins,
 * from quern_config to what lua/bind_host.c calls.
 *
 * Copies what the engine was given, and carries values across: lent ones out,
 * owned ones back.
 */
#include "quern_impl.h"

static bool is_name(const char *s)
{
	const char *p = s;

	for (; p && *p; p++) {
		const bool letter = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || *p == '_';
		if (!letter && (p == s || *p < '0' || *p > '9'))
			return false;
	}
	return p && p > s;
}

static quern_code host_call(void *user, size_t i, const struct value *args, struct arena *arena, struct value *out,
			    quern_error *error)
{
	quern *q = user;
	const quern_host_function *f = &q->functions[i];
	quern_value *made = NULL;
	quern_code code = f->call(f->user, q, value_handle(args), &made, error);

	/* Where memory is refused the arena knows; a value may also be too deep. */
	if (code == QUERN_OK && made && !value_copy(arena, value_of(made), out))
		code = fail(error, QUERN_VALUE, NULL, NULL, "the result is nested more than %d deep", VALUE_MAX_DEPTH);
	quern_value_free(made);
	return code;
}

static bool is_taken(const quern *q, const char *name)
{
	for (size_t i = 0; i < q->host.n; i++)
		if (strcmp(q->functions[i].name, name) == 0)
			return true;
	return false;
}

static char *name_copy(const quern *q, const char *name)
{
	char *copy = mem_new(&q->heap, strlen(name) + 1);

	return copy ? strcpy(copy, name) : NULL;
}

quern_code host_take(quern *q, const quern_host_function *functions, size_t n, quern_error *error)
{
	const char **names;

	if (n == 0)
		return QUERN_OK;
	if (!functions)
		return fail(error, QUERN_INVALID, NULL, NULL, "host_functions is NULL but its count is not 0");
	q->functions = mem_new_zero(&q->heap, n * sizeof *q->functions);
	names = mem_new_zero(&q->heap, n * sizeof *names);
	q->host = (struct plugin_host){ .names = names, .user = q, .call = host_call };
	q->n_functions = n;
	if (!q->functions || !names)
		return fail(error, QUERN_NOMEM, NULL, NULL, "out of memory");
	for (size_t i = 0; i < n; i++) {
		if (!is_name(functions[i].name) || !functions[i].call || is_taken(q, functions[i].name))
			return fail(error, QUERN_INVALID, NULL,
				    "a name is letters, digits and _, stands once, and comes with a function",
				    "host function %zu is not well formed", i + 1);
		q->functions[i] = functions[i];
		q->functions[i].name = names[i] = name_copy(q, functions[i].name);
		if (!names[i])
			return fail(error, QUERN_NOMEM, NULL, NULL, "out of memory");
		q->host.n++;
	}
	return QUERN_OK;
}

void host_release(quern *q)
{
	for (size_t i = 0; i < q->host.n; i++)
		mem_free(&q->heap, (char *)q->functions[i].name, strlen(q->functions[i].name) + 1);
	mem_free(&q->heap, q->functions, q->n_functions * sizeof *q->functions);
	mem_free(&q->heap, (char **)q->host.names, q->n_functions * sizeof *q->host.names);
}
