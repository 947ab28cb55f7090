/*
 * record_body.c - the body of a record into its tree, by its format.
 *
 * A scratch arena holds everything that only the parse needs and goes at its
 * end; the tree lies in the record's own.
 */
#include "doc/record_priv.h"

#include "doc/html.h"
#include "doc/markdown.h"
#include "doc/plain.h"
#include "doc/structure.h"
#include "doc/tree_json.h"

/* What a parse takes for itself, mostly cmark's nodes: in most documents one chunk. */
#define SCRATCH_MIN    ((size_t)8 << 10)
#define SCRATCH_A_BYTE 6

struct body {
	struct record *r;
	struct arena scratch;
	struct structure s;
	struct str text;
	uint32_t offset;
	bool limited; /* HTML tags were cut */
	bool cells_limited;
	bool guarded; /* Markdown's marks were made text */
};

static enum record_status read_markdown(struct body *b)
{
	const struct html_limits limits = { b->r->limits.max_attributes, b->r->limits.max_depth };
	const struct markdown_input input = { b->text, b->offset, b->r->parts, &limits, false, 0, NULL };
	struct prepared prepared;
	struct events events;
	bool limited;

	events_init(&events, &b->scratch);
	if (markdown_read(&input, &b->scratch, &prepared, &events, &b->s) != MARKDOWN_OK ||
	    html_read_events(&events, &limits, &b->s, &limited) != HTML_OK)
		return RECORD_NOMEM;
	b->cells_limited = prepared.cells_limited;
	b->guarded = prepared.guarded;
	b->limited = prepared.html_limited || limited;
	return RECORD_OK;
}

static enum record_status read_html(struct body *b)
{
	const struct html_limits limits = { b->r->limits.max_attributes, b->r->limits.max_depth };

	return html_read(b->text, b->offset, &limits, &b->s, &b->limited) == HTML_OK ? RECORD_OK : RECORD_NOMEM;
}

static enum record_status read_text(struct body *b)
{
	struct events events;

	events_init(&events, &b->scratch);
	plain_read(b->text, b->offset, &b->scratch, &events);
	for (size_t i = 0; i < events.n; i++)
		structure_event(&b->s, &events.items[i]);
	return events.failed || b->scratch.refused ? RECORD_NOMEM : RECORD_OK;
}

static void warn_limits(struct body *b, enum build_status built)
{
	struct diags *d = &b->r->diags;

	if (built == BUILD_LIMIT)
		diags_add(d, SEVERITY_WARNING, 0, 0, "split the document, or raise the limit on nodes",
			  "more than %u nodes: the rest of the document is left out", b->r->limits.max_nodes);
	if (b->s.too_deep)
		diags_add(d, SEVERITY_WARNING, 0, 0, NULL, "nested deeper than %u: deeper structure is flattened",
			  b->r->limits.max_depth);
	if (b->limited)
		diags_add(d, SEVERITY_WARNING, 0, 0, NULL,
			  "HTML tags with more than %u attributes, or nested deeper than %u, were cut",
			  b->r->limits.max_attributes, b->r->limits.max_depth);
	if (b->guarded)
		diags_add(d, SEVERITY_WARNING, 0, 0, NULL,
			  "lists and quotes nested too deep, or images begun too often in one paragraph: the rest of "
			  "their marks is text");
	if (b->cells_limited)
		diags_add(d, SEVERITY_WARNING, 0, 0, NULL, "more than %d table cells: the rest of the table is text",
			  PREPARE_MAX_CELLS);
}

static void finish(struct body *b, enum record_status status)
{
	struct record *r = b->r;

	structure_finish(&b->s, (uint32_t)r->source.n);
	enum build_status built = tree_build_finish(&b->s.build, &r->tree);
	if (status != RECORD_OK || b->s.failed || built == BUILD_NOMEM) {
		r->failed = RECORD_NOMEM;
		return;
	}
	if (b->s.title.p)
		r->html_title = arena_str(&r->arena, b->s.title);
	r->has_tree = true;
	warn_limits(b, built);
}

/* Text that is no tree leaves an error and an empty document. */
static void read_tree(struct record *r)
{
	const struct tree_json_limits limits = { r->limits.max_depth, r->limits.max_attributes };
	struct arena scratch;
	struct tree_build b;
	bool read;

	arena_init(&scratch, &r->heap, r->limits.max_memory);
	tree_build_init(&b, &r->arena, r->limits.max_nodes);
	read = tree_json_read(&b, &scratch, r->source, &limits, &r->diags);
	if (b.status == BUILD_LIMIT)
		diags_add(&r->diags, SEVERITY_ERROR, 0, 0, NULL, "more than %u nodes", r->limits.max_nodes);
	if (!read && b.status != BUILD_NOMEM)
		tree_build_init(&b, &r->arena, r->limits.max_nodes);
	if (tree_build_finish(&b, &r->tree) == BUILD_OK && !scratch.refused)
		r->has_tree = true;
	else
		r->failed = RECORD_NOMEM;
	arena_release(&scratch);
}

void record_read_body(struct record *r)
{
	struct body b = { .r = r, .offset = (uint32_t)r->fm.body };
	enum record_status status;

	if (r->failed != RECORD_OK)
		return; /* there is no source */
	if (r->format == FORMAT_JSON) {
		read_tree(r);
		return;
	}
	b.text = (struct str){ r->source.p + r->fm.body, r->source.n - r->fm.body };
	arena_init(&b.scratch, &r->heap, r->limits.max_memory);
	arena_expect(&b.scratch, SCRATCH_MIN + SCRATCH_A_BYTE * b.text.n);
	structure_init(&b.s, &r->arena, &b.scratch, r->limits.max_nodes, r->limits.max_depth, b.text.n);
	if (b.s.failed)
		status = RECORD_NOMEM;
	else if (r->format == FORMAT_HTML)
		status = read_html(&b);
	else if (r->format == FORMAT_TEXT)
		status = read_text(&b);
	else
		status = read_markdown(&b);
	finish(&b, status);
	arena_release(&b.scratch);
}
