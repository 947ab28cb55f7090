/*
 * results.c - see results.h.
 */
#include "run/results.h"

void results_init(struct results *r, const struct alloc *heap)
{
	*r = (struct results){ .heap = heap };
	buf_init(&r->text, heap, 0);
}

void results_release(struct results *r)
{
	mem_free(r->heap, r->entries, r->cap * sizeof *r->entries);
	buf_release(&r->text);
	results_init(r, r->heap);
}

bool results_add(struct results *r, const char *path, struct str json)
{
	const struct result_entry e = { r->text.n, strlen(path), json.n };
	struct result_entry *grown = mem_grow(r->heap, r->entries, &r->cap, r->n + 1, sizeof *r->entries);

	if (!grown)
		return false;
	r->entries = grown;
	buf_add(&r->text, path, e.path_len + 1);
	buf_adds(&r->text, json);
	if (!buf_ok(&r->text))
		return false;
	r->entries[r->n++] = e;
	return true;
}

const char *results_path(const struct results *r, size_t i)
{
	return r->text.p + r->entries[i].from;
}

struct str results_json(const struct results *r, size_t i)
{
	const struct result_entry *e = &r->entries[i];

	return (struct str){ r->text.p + e->from + e->path_len + 1, e->json_len };
}
