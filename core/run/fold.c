/*
 * fold.c - see fold.h.
 */
#include "run/fold.h"

#include <string.h>

void fold_init(struct fold *f, quern_plugin *plugin)
{
	memset(f, 0, sizeof *f);
	f->plugin = plugin;
}

void fold_release(struct fold *f)
{
	for (size_t i = 0; i < FOLD_LEVELS; i++) {
		quern_value_free(f->level[i]);
		f->level[i] = NULL;
		f->has[i] = false;
	}
}

/* *right becomes reduce(left, *right); both operands are consumed. */
static quern_code merge(struct fold *f, quern_value *left, quern_value **right, quern_error *error)
{
	quern_value *merged = NULL;
	const quern_code code = quern_plugin_reduce(f->plugin, left, *right, &merged, error);

	quern_value_free(left);
	quern_value_free(*right);
	*right = merged;
	f->broken = code;
	return code;
}

static quern_value *level_take(struct fold *f, size_t i)
{
	quern_value *v = f->level[i];

	f->level[i] = NULL;
	f->has[i] = false;
	return v;
}

quern_code fold_add(struct fold *f, quern_value *value, quern_error *error)
{
	size_t i;

	if (f->broken) {
		quern_value_free(value);
		return QUERN_OK; /* told once already */
	}
	for (i = 0; i < FOLD_LEVELS - 1 && f->has[i]; i++)
		if (merge(f, level_take(f, i), &value, error) != QUERN_OK)
			return f->broken;
	f->level[i] = value;
	f->has[i] = true;
	return QUERN_OK;
}

quern_code fold_finish(struct fold *f, quern_value **out, quern_error *error)
{
	quern_value *rest = NULL;
	bool any = false;

	*out = NULL;
	/* The lower levels hold the later values. */
	for (size_t i = 0; i < FOLD_LEVELS && !f->broken; i++) {
		if (!f->has[i])
			continue;
		if (!any)
			rest = level_take(f, i);
		else if (merge(f, level_take(f, i), &rest, error) != QUERN_OK)
			return f->broken;
		any = true;
	}
	*out = rest;
	return f->broken;
}
