/*
 * write_html_inline.c - inlines of the HTML writer.
 */
#include "doc/write.h"
#include "doc/write_html.h"

static void open_link(struct html_writer *w, uint32_t node)
{
	const struct node *n = &w->tree->nodes[node];
	struct str title = tree_str(w->tree, n->extra);

	html_add(w, "<a");
	html_url(w, "href", tree_str(w->tree, n->text));
	if (title.n)
		html_attribute(w, "title", title);
	html_attributes(w, node);
	buf_addc(w->out, '>');
	/* An embedded player or frame has no words of its own. */
	if (n->last == TREE_NONE && tree_attr(w->tree, node, STR_LIT("kind")).p && !(w->flags & WRITE_EXACT))
		html_escape(w->out, tree_str(w->tree, n->text));
}

/* The alternative text is what the children say, without markup. */
static void write_alt(struct html_writer *w, uint32_t image)
{
	for (uint32_t i = image + 1; i < w->tree->nodes[image].end; i++) {
		switch (html_kind(w, i)) {
		case NODE_TEXT:
		case NODE_CODE:
		case NODE_HTML_INLINE:
		case NODE_TEMPLATE:
			html_escape(w->out, tree_str(w->tree, w->tree->nodes[i].text));
			break;
		case NODE_SOFTBREAK:
		case NODE_LINEBREAK:
			buf_addc(w->out, ' ');
			break;
		default:
			break;
		}
	}
}

void html_write_image(struct html_writer *w, uint32_t node)
{
	const struct node *n = &w->tree->nodes[node];
	struct str title = tree_str(w->tree, n->extra);

	html_add(w, "<img");
	html_url(w, "src", tree_str(w->tree, n->text));
	html_add(w, " alt=\"");
	write_alt(w, node);
	buf_addc(w->out, '"');
	if (title.n)
		html_attribute(w, "title", title);
	html_attributes(w, node);
	html_add(w, " />");
}

void html_write_raw(struct html_writer *w, uint32_t node)
{
	if (w->flags & (WRITE_UNSAFE | WRITE_EXACT))
		buf_adds(w->out, tree_str(w->tree, w->tree->nodes[node].text));
	else
		html_add(w, "<!-- raw HTML omitted -->");
}

/* --------------------------------------------------------------- footnotes */

void html_add_note_id(struct html_writer *w, struct str label, uint32_t reference)
{
	url_escape(w->out, label);
	if (reference > 1)
		buf_addf(w->out, "-%u", reference);
}

static void write_reference(struct html_writer *w, uint32_t node)
{
	struct str label = tree_str(w->tree, w->tree->nodes[node].text);
	size_t number = w->flags & WRITE_EXACT ? 0 : footnote_number(&w->notes, label);

	if (number == 0) {
		html_add(w, "[^");
		html_escape(w->out, label);
		buf_addc(w->out, ']');
		return;
	}
	html_add(w, "<sup class=\"footnote-ref\"><a href=\"#fn-");
	html_add_note_id(w, label, 0);
	html_add(w, "\" id=\"fnref-");
	html_add_note_id(w, label, ++w->notes.items[number - 1].written);
	html_add(w, "\" data-footnote-ref>");
	buf_add_int(w->out, (int64_t)number);
	html_add(w, "</a></sup>");
}

void html_write_backlinks(struct html_writer *w)
{
	const struct footnote *f = &w->notes.items[w->note - 1];
	struct str label = tree_str(w->tree, w->tree->nodes[f->definition].text);

	for (uint32_t i = 1; i <= f->references && buf_ok(w->out); i++) {
		if (i > 1)
			buf_addc(w->out, ' ');
		html_add(w, "<a href=\"#fnref-");
		html_add_note_id(w, label, i);
		html_add(w, "\" class=\"footnote-backref\" data-footnote-backref>\xe2\x86\xa9");
		if (i > 1)
			buf_addf(w->out, "<sup>%u</sup>", i);
		html_add(w, "</a>");
	}
	w->note_linked = true;
}

/* ------------------------------------------------------------ open and close */

void html_write_literal(struct html_writer *w, struct str s)
{
	size_t run = 0;

	for (size_t i = 0; (w->flags & WRITE_EXACT) && i < s.n; i++) {
		const char next = i + 1 < s.n ? s.p[i + 1] : '{';
		if (s.p[i] != '{' || !strchr("{%:<#.", next))
			continue;
		html_escape(w->out, (struct str){ s.p + run, i - run });
		html_add(w, "&#123;");
		run = i + 1;
	}
	html_escape(w->out, (struct str){ s.p + run, s.n - run });
}

static void write_leaf(struct html_writer *w, uint32_t node)
{
	struct str literal = tree_str(w->tree, w->tree->nodes[node].text);

	switch (html_kind(w, node)) {
	case NODE_TEXT:
		html_write_literal(w, literal);
		break;
	case NODE_TEMPLATE:
		if (w->flags & WRITE_EXACT)
			buf_adds(w->out, literal);
		else
			html_escape(w->out, literal);
		break;
	case NODE_SOFTBREAK:
		buf_addc(w->out, '\n');
		break;
	case NODE_LINEBREAK:
		html_add(w, "<br />\n");
		break;
	case NODE_CODE:
		html_open_tag(w, node, "code");
		html_write_literal(w, literal);
		html_close_tag(w, "code");
		break;
	case NODE_HTML_INLINE:
		html_write_raw(w, node);
		break;
	case NODE_FOOTNOTE_REFERENCE:
		write_reference(w, node);
		break;
	default:
		break;
	}
}

void html_open_inline(struct html_writer *w, uint32_t node)
{
	switch (html_kind(w, node)) {
	case NODE_EMPH:
		html_open_tag(w, node, "em");
		break;
	case NODE_STRONG:
		html_open_tag(w, node, "strong");
		break;
	case NODE_STRIKETHROUGH:
		html_open_tag(w, node, "del");
		break;
	case NODE_LINK:
		open_link(w, node);
		break;
	case NODE_SPAN:
		html_open_own_tag(w, node);
		break;
	default:
		write_leaf(w, node);
		break;
	}
}

void html_close_inline(struct html_writer *w, uint32_t node)
{
	switch (html_kind(w, node)) {
	case NODE_EMPH:
		html_close_tag(w, "em");
		break;
	case NODE_STRONG:
		html_close_tag(w, "strong");
		break;
	case NODE_STRIKETHROUGH:
		html_close_tag(w, "del");
		break;
	case NODE_LINK:
		html_close_tag(w, "a");
		break;
	case NODE_SPAN:
		html_close_own_tag(w, node);
		break;
	default:
		break;
	}
}
