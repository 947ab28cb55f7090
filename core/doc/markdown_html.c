/*
 * markdown_html.c - cmark's blocks of raw HTML, and one that it takes for code.
 *
 * A blank line ends a block of raw HTML, and the rows and cells that follow in a table are indented: to the
 * specification that is code.  Where the element around can hold neither text nor code, only elements of its
 * own, or is a box that pages are laid out with, they are raw HTML to us, as they are to kramdown and to everybody
 * who writes them.
 */
#include "doc/markdown_priv.h"

#include "base/ascii.h"

/* Where the literal of a block begins in the prepared text: it ends its first line. -1: not there. */
static int32_t html_place(const struct markdown *m, int line, struct str literal)
{
	struct str text = m->prep->text;
	const char *start = text.p + markdown_offset(m, line, 1), *end = text.p + text.n;
	const char *newline = memchr(start, '\n', (size_t)(end - start));
	const char *cut = memchr(literal.p, '\n', literal.n);
	size_t n = cut ? (size_t)(cut - literal.p) : literal.n;

	end = newline ? newline : end;
	end -= end > start && end[-1] == '\r';
	if ((size_t)(end - start) < n || memcmp(end - n, literal.p, n) != 0)
		return -1;
	return (int32_t)(end - n - text.p);
}

/* cmark ends the last line of all where the text does not; that newline has no place in the source. */
static bool has_own_newline(const struct markdown *m, int line, struct str literal)
{
	const struct str text = m->prep->text;

	if (literal.n == 0 || text.n == 0 || text.p[text.n - 1] == '\n')
		return false;
	for (const char *p = literal.p; (p = memchr(p, '\n', (size_t)(literal.p + literal.n - p))); p++)
		line++;
	return markdown_offset(m, line, 1) == text.n;
}

void markdown_add_html(struct walk *w, cmark_node *node)
{
	bool raw = !(w->m->input->parts & DIALECT_HTML);
	struct event e = markdown_block_event(w->m, raw ? EVENT_LEAF : EVENT_HTML, NODE_HTML_BLOCK, node);

	e.text = str_of(cmark_node_get_literal(node));
	if (!raw) {
		e.prepared = w->m->prep;
		e.number = html_place(w->m, cmark_node_get_start_line(node), e.text);
		e.text.n -= has_own_newline(w->m, cmark_node_get_start_line(node), e.text);
		if (e.number >= 0)
			e.from = markdown_source(w->m, (uint32_t)e.number);
	} else {
		e.text = prepared_restore(w->m->prep, e.text);
	}
	markdown_block_done(w, markdown_open_block(w, &e), cmark_node_get_end_line(node));
}

/*
 * Elements whose children are certain elements and nothing else (HTML, 4.4 and 4.9), and the boxes that pages are laid out
 * with: what is indented there goes on behind a blank line.  Code is shown in none of them by indenting it.
 */
static bool holds_elements(struct str name)
{
	static const char *const names[] = { "table",  "thead",  "tbody",  "tfoot",   "tr",      "colgroup", "ul",
					     "ol",     "dl",     "select", "div",     "a",       "main",     "nav",
					     "header", "footer", "center", "section", "article", "aside",    "figure" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq_nocase(name, str_of(names[i])))
			return true;
	return false;
}

bool markdown_code_is_html(struct markdown *m, cmark_node *node)
{
	const char *literal = cmark_node_get_literal(node);
	const uint32_t at = markdown_offset(m, cmark_node_get_start_line(node), cmark_node_get_start_column(node));

	if (!(m->input->parts & DIALECT_HTML) || m->tree || at == m->prep->text.n)
		return false;
	while (*literal == ' ' || *literal == '\t')
		literal++;
	if (*literal != '<' || !(ascii_is_letter(literal[1]) || literal[1] == '/') || strchr("`~", m->prep->text.p[at]))
		return false;
	for (; m->n_balanced < m->out->n; m->n_balanced++)
		if (m->out->items[m->n_balanced].type == EVENT_HTML)
			balance_add(&m->balance, m->out->items[m->n_balanced].text);
	return m->balance.n > 0 && holds_elements(m->balance.names[m->balance.n - 1]);
}
