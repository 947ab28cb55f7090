/*
 * frontmatter_json.c - a JSON object as front matter: base/json reads it,
 * this file turns its complaints into diagnostics, holds it to the limits and
 * gives every key and value its place, which jansson does not keep.
 */
#include "doc/frontmatter_internal.h"

#include "base/json.h"

/* ----------------------------------------------------------------- places */

static char json_peek(const struct cursor *c)
{
	return c->offset < c->text.n ? c->text.p[c->offset] : 0;
}

static void json_skip(struct cursor *c, size_t bytes)
{
	cursor_seek_byte(c, c->offset + bytes);
}

/* White space, and the commas and colons that are known to be where they belong. */
static void json_skip_space(struct cursor *c)
{
	while (json_peek(c) && strchr(" \t\r\n,:", json_peek(c)))
		json_skip(c, 1);
}

static void json_skip_string(struct cursor *c)
{
	json_skip(c, 1);
	while (json_peek(c) && json_peek(c) != '"')
		json_skip(c, json_peek(c) == '\\' ? 2 : 1);
	json_skip(c, 1);
}

/* Past a string, number or word. */
static void json_skip_scalar(struct cursor *c)
{
	if (json_peek(c) == '"') {
		json_skip_string(c);
		return;
	}
	while (json_peek(c) && !strchr(" \t\r\n,:]}", json_peek(c)))
		json_skip(c, 1);
}

static void locate_value(struct cursor *c, struct value *v);

static void locate_inner(struct cursor *c, struct value *v)
{
	json_skip(c, 1);
	for (size_t i = 0; v->kind == VALUE_LIST && i < v->as.list.n; i++)
		locate_value(c, &v->as.list.items[i]);
	for (size_t i = 0; v->kind == VALUE_MAP && i < v->as.map.n; i++) {
		struct value_member *m = &v->as.map.members[i];

		json_skip_space(c);
		m->line = c->line;
		m->column = cursor_column(c);
		json_skip_string(c);
		locate_value(c, &m->value);
	}
	json_skip_space(c);
	json_skip(c, 1);
}

/* Recursion is bounded by VALUE_MAX_DEPTH. */
static void locate_value(struct cursor *c, struct value *v)
{
	json_skip_space(c);
	v->line = c->line;
	v->column = cursor_column(c);
	if (v->kind == VALUE_LIST || v->kind == VALUE_MAP)
		locate_inner(c, v);
	else
		json_skip_scalar(c);
}

/* ---------------------------------------------------------------- reading */

/* Counts values and measures depth; stops early once either is too much. Recursion is bounded by max_depth. */
static bool within_limits(const struct value *v, const struct frontmatter_limits *limits, uint32_t depth, size_t *nodes)
{
	bool ok = ++*nodes <= limits->max_nodes;

	if (v->kind != VALUE_LIST && v->kind != VALUE_MAP)
		return ok;
	if (++depth > limits->max_depth)
		return false;
	for (size_t i = 0; ok && v->kind == VALUE_LIST && i < v->as.list.n; i++)
		ok = within_limits(&v->as.list.items[i], limits, depth, nodes);
	for (size_t i = 0; ok && v->kind == VALUE_MAP && i < v->as.map.n; i++)
		ok = within_limits(&v->as.map.members[i].value, limits, depth, nodes);
	return ok;
}

bool json_read_any(struct str text, uint32_t first_line, const struct frontmatter_limits *limits, struct arena *a,
		   struct diags *diags, struct value *out)
{
	const struct frontmatter_limits l = frontmatter_limits_resolve(limits);
	struct json_error error = { 0, 0, "" };
	struct cursor c;
	size_t nodes = 0;

	*out = value_null();
	if (!frontmatter_text_check(text, first_line, diags))
		return false;
	if (!json_read(a, text, out, &error)) {
		*out = value_null();
		if (!a->refused)
			diags_add(diags, SEVERITY_WARNING, error.line ? first_line + error.line - 1 : first_line,
				  error.column, NULL, "the front matter is not valid JSON: %s", error.message);
		return false;
	}
	if (!within_limits(out, &l, 0, &nodes)) {
		*out = value_null();
		diags_add(diags, SEVERITY_WARNING, first_line, 1, NULL,
			  "the front matter holds more than %zu values or is nested deeper than %u levels", l.max_nodes,
			  (unsigned)l.max_depth);
		return false;
	}
	cursor_init(&c, text, first_line);
	locate_value(&c, out);
	return true;
}
