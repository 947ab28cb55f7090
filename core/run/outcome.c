/*
 * outcome.c - see outcome.h.
 */
#include "run/outcome.h"

void outcome_init(struct outcome *o, const struct alloc *heap)
{
	*o = (struct outcome){ .path = NULL };
	arena_init(&o->arena, heap, 0);
}

void outcome_release(struct outcome *o)
{
	arena_release(&o->arena);
}

static const char *keep(struct outcome *o, const char *s)
{
	const char *copy = s ? arena_strz(&o->arena, str_of(s)) : NULL;

	if (s && !copy)
		o->lost = o->failed = true;
	return copy;
}

/* A copy that ends at its terminator whatever it holds: NUL is spelled out. */
static const char *keep_bytes(struct outcome *o, struct str s)
{
	size_t nuls = 0, at = 0;
	char *copy;

	for (size_t i = 0; i < s.n; i++)
		nuls += s.p[i] == '\0';
	copy = arena_alloc(&o->arena, s.n + nuls + 1);
	if (!copy) {
		o->lost = o->failed = true;
		return NULL;
	}
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\0')
			copy[at++] = '\\';
		copy[at++] = s.p[i] ? s.p[i] : '0';
	}
	copy[at] = '\0';
	return copy;
}

bool outcome_start(struct outcome *o, uint64_t ordinal, const char *path, size_t n_plugins)
{
	struct arena arena = o->arena;

	arena_reset(&arena);
	arena.refused = false;
	*o = (struct outcome){ .ordinal = ordinal, .arena = arena };
	o->path = keep(o, path);
	o->values = n_plugins ? arena_alloc_zero(&o->arena, n_plugins * sizeof *o->values) : NULL;
	if (n_plugins && !o->values)
		o->lost = o->failed = true;
	else
		o->n_values = n_plugins;
	return !o->lost;
}

void outcome_find(struct outcome *o, const struct finding *f)
{
	struct finding *grown = arena_grow(&o->arena, o->findings, &o->findings_cap, o->n_findings + 1,
					   sizeof *o->findings);
	struct finding *to;

	if (f->severity == SEVERITY_ERROR && !f->is_log)
		o->failed = true;
	if (!grown) {
		o->lost = o->failed = true;
		return;
	}
	o->findings = grown;
	to = &o->findings[o->n_findings];
	*to = *f;
	to->path = keep(o, f->path ? f->path : "");
	to->document = keep(o, f->document);
	to->message = keep(o, f->message ? f->message : "");
	to->hint = keep(o, f->hint && *f->hint ? f->hint : NULL);
	to->traceback = keep(o, f->traceback && *f->traceback ? f->traceback : NULL);
	if (to->path && to->message)
		o->n_findings++;
}

void outcome_error(struct outcome *o, size_t plugin, const char *phase, const quern_error *error)
{
	const bool elsewhere = plugin != NO_PLUGIN && error->path[0];

	outcome_find(o, &(struct finding){ .severity = SEVERITY_ERROR,
					   .plugin = plugin,
					   .path = elsewhere || !o->path ? error->path : o->path,
					   .document = elsewhere ? o->path : NULL,
					   .phase = phase,
					   .code = quern_code_name(error->code),
					   .line = error->line,
					   .column = error->column,
					   .message = error->message,
					   .hint = error->hint,
					   .traceback = error->traceback });
}

void outcome_document_finding(struct outcome *o, const quern_diagnostic *d)
{
	outcome_find(o, &(struct finding){ .severity = (enum severity)d->severity,
					   .plugin = NO_PLUGIN,
					   .path = o->path,
					   .line = d->line,
					   .column = d->column,
					   .message = d->message,
					   .hint = d->hint });
}

void outcome_log(struct outcome *o, size_t plugin, const char *phase, enum severity severity, struct str message)
{
	const char *copy = keep_bytes(o, message);

	if (copy)
		outcome_find(o, &(struct finding){ .severity = severity,
						   .plugin = plugin,
						   .path = o->path,
						   .phase = phase,
						   .message = copy,
						   .is_log = true });
}

bool outcome_file(struct outcome *o, size_t plugin, const char *path, struct str bytes)
{
	struct outcome_file *grown = arena_grow(&o->arena, o->files, &o->files_cap, o->n_files + 1, sizeof *o->files);
	const struct str copy = arena_str(&o->arena, bytes);
	const char *name = arena_strz(&o->arena, str_of(path));

	if (grown)
		o->files = grown;
	if (!grown || !copy.p || !name) {
		o->lost = o->failed = true;
		return false;
	}
	o->files[o->n_files++] = (struct outcome_file){ plugin, name, copy };
	return true;
}

void outcome_drop_files(struct outcome *o, size_t from)
{
	if (from < o->n_files)
		o->n_files = from;
}
