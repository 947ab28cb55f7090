/*
 * quern_schema.c - schemas for front matter as the public header hands them
 * out: reading one, holding a document to it.  The check reads the front matter
 * by itself, so that a record's body is never parsed for it.
 */
#include "doc/schema.h"

#include "doc/frontmatter.h"
#include "quern_impl.h"

struct quern_schema {
	quern *q;
	struct arena arena;
	const struct schema *schema;
};

/* All of them to the caller; the first error into *error. */
static void diags_tell(const struct diags *diags, const char *path, quern_code code, quern_tell_fn tell, void *user,
		       quern_error *error)
{
	bool first = true;

	for (size_t i = 0; i < diags->n; i++) {
		const struct diag *d = &diags->items[i];

		if (tell)
			tell(user, &(quern_diagnostic){ (quern_severity)d->severity, d->line, d->column, d->message,
							d->hint });
		if (!first || d->severity != SEVERITY_ERROR)
			continue;
		first = false;
		fail(error, code, path, d->hint, "%s", d->message);
		if (error) {
			error->line = d->line;
			error->column = d->column;
		}
	}
}

quern_code quern_schema_read(quern *q, const char *name, const char *text, size_t len, quern_tell_fn tell, void *user,
			     quern_schema **out, quern_error *error)
{
	quern_schema *s = mem_new_zero(&q->heap, sizeof *s);
	struct diags diags;
	quern_code code = QUERN_OK;

	error_clear(error);
	*out = NULL;
	if (!s)
		return fail(error, QUERN_NOMEM, name, NULL, "out of memory");
	s->q = engine_ref(q);
	arena_init(&s->arena, &q->heap, 0);
	diags_init(&diags, &s->arena);
	s->schema = schema_read(&s->arena, str_of(name ? name : ""), (struct str){ text ? text : "", len }, &diags);
	if (s->arena.refused)
		code = fail(error, QUERN_NOMEM, name, NULL, "out of memory");
	else if (!s->schema)
		code = QUERN_SYNTAX;
	if (code != QUERN_NOMEM)
		diags_tell(&diags, name, QUERN_SYNTAX, tell, user, error);
	if (code == QUERN_OK)
		*out = s;
	else
		quern_schema_free(s);
	return code;
}

void quern_schema_free(quern_schema *s)
{
	quern *q;

	if (!s)
		return;
	q = s->q;
	arena_release(&s->arena);
	mem_free(&q->heap, s, sizeof *s);
	quern_free(q);
}

/* Into *out, null where there is none; false, and told as an error, where it cannot be read. */
static bool meta_read(struct record *r, struct arena *a, struct diags *diags, struct value *out)
{
	const struct frontmatter fm = frontmatter_find(record_source(r));
	bool ok = true;

	*out = value_null();
	if (record_front_matter_text(r).n > 0)
		ok = frontmatter_parse(&fm, NULL, a, diags, out);
	for (size_t i = 0; !ok && i < diags->n; i++)
		diags->items[i].severity = SEVERITY_ERROR;
	if (fm.unterminated && record_format(r) != FORMAT_COMMONMARK) {
		diags_add(diags, SEVERITY_ERROR, 1, 1, "end the front matter with a line of the same three characters",
			  "front matter begins here but never ends");
		ok = false;
	}
	return ok;
}

quern_code quern_schema_check(const quern_schema *s, const quern_doc *doc, quern_tell_fn tell, void *user,
			      quern_error *error)
{
	struct arena arena;
	struct diags diags;
	struct value meta;
	quern_code code = QUERN_OK;

	error_clear(error);
	arena_init(&arena, &doc->q->heap, 0);
	diags_init(&diags, &arena);
	if (!meta_read(doc->record, &arena, &diags, &meta) ||
	    !schema_check(s->schema, meta.kind == VALUE_MAP ? &meta : NULL, &diags))
		code = QUERN_INVALID;
	if (arena.refused || diags.lost)
		code = fail(error, QUERN_NOMEM, record_path(doc->record), NULL, "out of memory");
	else
		diags_tell(&diags, record_path(doc->record), QUERN_INVALID, tell, user, error);
	arena_release(&arena);
	return code;
}
