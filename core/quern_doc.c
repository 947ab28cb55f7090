/*
 * quern_doc.c - documents as the public header hands them out: their life,
 * and what they tell: path, source, front matter, title, diagnostics, views,
 * JSON.
 *
 * Over doc/record.h, which reads each part when it is first asked for.
 * Documents are made in quern_load.c, their nodes are in quern_node.c.
 */
#include "quern_impl.h"

#include "doc/view.h"
#include "doc/write.h"

quern_doc *quern_doc_ref(quern_doc *doc)
{
	if (doc)
		atomic_fetch_add_explicit(&doc->refs, 1, memory_order_relaxed);
	return doc;
}

static void title_free(const struct alloc *heap, struct doc_title *title)
{
	if (title)
		mem_free(heap, title, sizeof *title + title->len + 1);
}

void quern_doc_unref(quern_doc *doc)
{
	quern *q;

	if (!doc || atomic_fetch_sub_explicit(&doc->refs, 1, memory_order_acq_rel) != 1)
		return;
	q = doc->q;
	record_unref(doc->record);
	title_free(&q->heap, atomic_load(&doc->title));
	mem_free(&q->heap, doc, sizeof *doc);
	quern_free(q);
}

const char *quern_doc_path(const quern_doc *doc)
{
	return record_path(doc->record);
}

quern_format quern_doc_format(const quern_doc *doc)
{
	switch (record_format(doc->record)) {
	case FORMAT_MARKDOWN:
		return QUERN_MARKDOWN;
	case FORMAT_COMMONMARK:
		return QUERN_COMMONMARK;
	case FORMAT_HTML:
		return QUERN_HTML;
	case FORMAT_TEXT:
		return QUERN_TEXT;
	case FORMAT_JSON:
		return QUERN_JSON_TREE;
	case FORMAT_AUTO:
		break;
	}
	return QUERN_AUTO;
}

const char *quern_doc_digest(const quern_doc *doc)
{
	return record_digest(doc->record);
}

const char *quern_doc_source(const quern_doc *doc, size_t *len)
{
	const struct str s = record_source(doc->record);

	if (len)
		*len = s.n;
	return s.p;
}

const quern_value *quern_doc_meta(const quern_doc *doc)
{
	return value_handle(record_meta(doc->record));
}

/* The first thread to publish wins; the others take its copy. */
static const struct doc_title *title_publish(quern_doc *doc)
{
	const struct str s = record_title(doc->record, &(enum title_source){ TITLE_NONE });
	struct doc_title *made = mem_new(&doc->q->heap, sizeof *made + s.n + 1);
	struct doc_title *first = NULL;

	if (!made)
		return NULL;
	made->len = s.n;
	if (s.n)
		memcpy(made->text, s.p, s.n);
	made->text[s.n] = '\0';
	if (atomic_compare_exchange_strong(&doc->title, &first, made))
		return made;
	title_free(&doc->q->heap, made);
	return first;
}

const char *quern_doc_title(const quern_doc *doc, size_t *len)
{
	quern_doc *shared = (quern_doc *)doc; /* only the published copy changes */
	const struct doc_title *title = atomic_load(&shared->title);

	if (!title)
		title = title_publish(shared);
	if (len)
		*len = title ? title->len : 0;
	return title ? title->text : "";
}

quern_code quern_doc_complete(const quern_doc *doc, quern_error *error)
{
	enum record_status status;

	error_clear(error);
	(void)record_diags(doc->record); /* reads all that is not read yet */
	if (record_tree(doc->record))
		return QUERN_OK;
	status = record_failed(doc->record);
	return record_failure(doc->q, status == RECORD_OK ? RECORD_NOMEM : status, record_path(doc->record), NULL,
			      error);
}

size_t quern_doc_diagnostic_count(const quern_doc *doc)
{
	return record_diags(doc->record)->n;
}

static quern_diagnostic diagnostic_of(const struct diag *d)
{
	return (quern_diagnostic){ (quern_severity)d->severity, d->line, d->column, d->message, d->hint };
}

quern_diagnostic quern_doc_diagnostic(const quern_doc *doc, size_t i)
{
	const struct diags *diags = record_diags(doc->record);

	return i < diags->n ? diagnostic_of(&diags->items[i]) : (quern_diagnostic){ QUERN_NOTE, 0, 0, "", NULL };
}

int quern_doc_diagnostic_so_far(const quern_doc *doc, size_t i, quern_diagnostic *out)
{
	struct diag d;

	if (!record_diag_so_far(doc->record, i, &d))
		return 0;
	*out = diagnostic_of(&d);
	return 1;
}

int quern_doc_is_complete(const quern_doc *doc)
{
	return record_is_read(doc->record);
}

static bool view_make(struct record *r, quern_view view, struct value_root *root)
{
	switch (view) {
	case QUERN_OUTLINE:
		return view_outline(r, &root->arena, &root->value);
	case QUERN_IMAGES:
		return view_images(r, &root->arena, &root->value);
	case QUERN_LINKS:
		return view_links(r, &root->arena, &root->value);
	case QUERN_TABLES:
		return view_tables(r, &root->arena, &root->value);
	}
	return false;
}

quern_code quern_doc_view(const quern_doc *doc, quern_view view, quern_value **out)
{
	struct value_root *root;

	*out = NULL;
	if ((unsigned)view > QUERN_TABLES)
		return QUERN_INVALID;
	root = value_root_new(doc->q);
	if (!root)
		return QUERN_NOMEM;
	if (!view_make(doc->record, view, root)) {
		value_root_free(root);
		return QUERN_NOMEM;
	}
	*out = (quern_value *)(void *)root;
	return QUERN_OK;
}

quern_code quern_doc_to_json(const quern_doc *doc, quern_write_fn write, void *user)
{
	struct buf out;

	buf_init(&out, &doc->q->heap, 0);
	write_record_json(&out, doc->record);
	if (out.n && out.p[out.n - 1] != '\n')
		buf_addc(&out, '\n');
	return buf_hand_over(&out, write, user);
}
