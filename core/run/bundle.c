/*
 * bundle.c - see bundle.h.
 */
#include "run/bundle.h"

#include <string.h>

void bundle_init(struct bundle *b, const struct alloc *heap)
{
	arena_init(&b->arena, heap, 0);
	b->first = NULL;
}

void bundle_release(struct bundle *b)
{
	arena_release(&b->arena);
	b->first = NULL;
}

const struct bundle_file *bundle_find(const struct bundle *b, const char *path)
{
	const struct bundle_file *f = b->first;

	while (f && strcmp(f->path, path) != 0)
		f = f->next;
	return f;
}

/* The first of a path stays: all plugins of a run see one and the same. */
static bool add(struct bundle *b, const char *path, quern_code code, enum file_status status, struct str bytes)
{
	struct bundle_file *f;

	if (bundle_find(b, path))
		return true;
	f = arena_alloc_zero(&b->arena, sizeof *f);
	if (!f)
		return false;
	*f = (struct bundle_file){ b->first, arena_strz(&b->arena, str_of(path)), code, status,
				   arena_str(&b->arena, bytes) };
	if (!f->path || !f->bytes.p)
		return false;
	b->first = f;
	return true;
}

static quern_code plugin_file(void *user, const char *path, quern_code code, const char *bytes, size_t len)
{
	return add(user, path, code, FILE_OK, (struct str){ bytes ? bytes : "", bytes ? len : 0 }) ? QUERN_OK
												   : QUERN_NOMEM;
}

quern_code bundle_add_plugin(struct bundle *b, quern *q, const char *name_or_path, quern_error *error)
{
	return quern_plugin_files(q, name_or_path, plugin_file, b, error);
}

bool bundle_add_file(struct bundle *b, const char *path, size_t limit)
{
	struct buf bytes;
	enum file_status status;
	bool ok;

	buf_init(&bytes, b->arena.heap, 0);
	status = file_read(&bytes, path, limit);
	ok = status != FILE_NOMEM && add(b, path, QUERN_DENIED, status, buf_str(&bytes));
	buf_release(&bytes);
	return ok;
}

quern_code bundle_read(void *user, const char *path, quern_write_fn write, void *to)
{
	const struct bundle_file *f = bundle_find(user, path);

	if (!f)
		return QUERN_NOT_FOUND;
	return f->code == QUERN_OK ? write(to, f->bytes.p, f->bytes.n) : f->code;
}
