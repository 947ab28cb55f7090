/*
 * write_html.c - a subtree as HTML: the walk, the footnotes, the page.
 *
 * CommonMark's nodes come out byte for byte as its reference renderer writes
 * them, tables and footnotes as GitHub does.  Tags and attributes pass by
 * lists of harmless ones; raw HTML and unsafe URLs only with WRITE_UNSAFE.
 */
#include "doc/write.h"
#include "doc/write_html.h"

/* Opens or writes one node and returns where to go on. */
static uint32_t enter(struct html_writer *w, uint32_t node)
{
	enum node_kind kind = html_kind(w, node);

	if (kind == NODE_IMAGE) {
		html_write_image(w, node);
		return w->tree->nodes[node].end;
	}
	if (kind == NODE_FOOTNOTE_DEFINITION && !(w->flags & WRITE_EXACT))
		return w->tree->nodes[node].end; /* they come at the end */
	html_open_node(w, node);
	return node + 1;
}

/* Everything below root, root itself only if asked for. */
static void write_subtree(struct html_writer *w, uint32_t root, bool with_root)
{
	const struct tree *t = w->tree;
	uint32_t i = with_root ? root : root + 1, end = t->nodes[root].end, next, open;

	while (i < end && buf_ok(w->out)) {
		next = enter(w, i);
		for (open = i; t->nodes[open].end == next; open = t->nodes[open].parent) {
			if (open != root || with_root)
				html_close_node(w, open);
			if (open == root)
				break;
		}
		i = next;
	}
}

void html_write_exact(struct buf *out, const struct tree *t, uint32_t node)
{
	struct html_writer w = { .out = out, .tree = t, .flags = WRITE_EXACT, .start = out->n, .root = TREE_NONE };

	/* What begins with such a tag is a block of HTML whatever else there is in it. */
	w.free_names = html_is_block(&w, node) && html_kind(&w, node) != NODE_CONTAINER;
	write_subtree(&w, node, true);
	if (w.body_rows)
		mem_free(out->heap, w.body_rows, w.cap_tables * sizeof(*w.body_rows));
}

static void write_note(struct html_writer *w, size_t i)
{
	uint32_t definition = w->notes.items[i].definition;

	w->note = (uint32_t)i + 1;
	w->note_linked = false;
	w->root = definition;
	html_add(w, "<li id=\"fn-");
	html_add_note_id(w, tree_str(w->tree, w->tree->nodes[definition].text), 0);
	html_add(w, "\">\n");
	write_subtree(w, definition, false);
	if (!w->note_linked) {
		html_fresh_line(w);
		html_write_backlinks(w);
		buf_addc(w->out, '\n');
	}
	html_add(w, "</li>\n");
	w->note = 0;
}

static void write_notes(struct html_writer *w)
{
	if (w->notes.n == 0)
		return;
	html_fresh_line(w);
	html_add(w, "<section class=\"footnotes\" data-footnotes>\n<ol>\n");
	for (size_t i = 0; i < w->notes.n && buf_ok(w->out); i++)
		write_note(w, i);
	html_add(w, "</ol>\n</section>\n");
}

static struct str page_language(struct record *r)
{
	const struct value *v = value_getz(record_meta(r), "lang");

	if (!v)
		v = value_getz(record_meta(r), "language");
	if (!v || v->kind != VALUE_STRING || !html_is_name(v->as.string))
		return STR_EMPTY;
	return v->as.string;
}

static void page_begin(struct html_writer *w, struct record *r)
{
	enum title_source from;
	struct str title = record_title(r, &from), language = page_language(r);

	html_add(w, "<!DOCTYPE html>\n<html");
	if (language.n)
		html_attribute(w, "lang", language);
	html_add(w, ">\n<head>\n<meta charset=\"utf-8\" />\n"
		    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n<title>");
	html_escape(w->out, title.n ? title : str_of(record_path(r)));
	html_add(w, "</title>\n</head>\n<body>\n");
	w->start = w->out->n;
}

void write_html(struct buf *out, struct record *r, uint32_t node, unsigned flags)
{
	struct html_writer w = { .out = out,
				 .tree = record_tree(r),
				 .flags = flags & ~(unsigned)WRITE_EXACT,
				 .start = out->n,
				 .root = node };

	if (!w.tree) {
		out->failed = true;
		return;
	}
	if (node >= w.tree->n_nodes)
		return;
	if (!footnotes_collect(&w.notes, out->heap, w.tree, node))
		out->failed = true;
	if (flags & WRITE_STANDALONE)
		page_begin(&w, r);
	write_subtree(&w, node, w.tree->nodes[node].kind != NODE_FOOTNOTE_DEFINITION);
	write_notes(&w);
	if (flags & WRITE_STANDALONE)
		html_add(&w, "</body>\n</html>\n");
	footnotes_release(&w.notes);
	if (w.body_rows)
		mem_free(out->heap, w.body_rows, w.cap_tables * sizeof(*w.body_rows));
}
