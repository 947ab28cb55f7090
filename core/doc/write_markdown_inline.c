/*
 * write_markdown_inline.c - inlines in Markdown.
 *
 * Emphasis is written with marks only where CommonMark's flanking rules will
 * read them so (Korean particles after a quoted phrase often forbid it), else
 * as tags.  Knows the characters around a node, not its block.
 */
#include "base/text.h"
#include "base/utf8.h"
#include "doc/write_markdown.h"

/* ------------------------------------------------------ neighbouring characters */

/* A span that leaves no trace in Markdown. */
static bool span_is_bare(const struct markdown_writer *w, uint32_t node)
{
	struct str tag = tree_str(w->tree, w->tree->nodes[node].text);

	return w->tree->nodes[node].n_attr == 0 && tag.n == 0;
}

/* First (or last) character that this node will show; 0: none. Placeholders of templates read as letters. */
static uint32_t edge_char(const struct markdown_writer *w, uint32_t node, bool last)
{
	const struct node *n = &w->tree->nodes[node];
	struct str s = tree_str(w->tree, n->text);
	uint32_t cp = 0;

	if (last && n->n_attr && (n->kind == NODE_LINK || n->kind == NODE_IMAGE || n->kind == NODE_CODE))
		return 'a';
	switch (n->kind) {
	case NODE_TEXT:
		if (s.n)
			utf8_decode(last ? utf8_prev(s.p, s.p + s.n) : s.p, s.p + s.n, &cp);
		return cp;
	case NODE_SOFTBREAK:
	case NODE_LINEBREAK:
		return ' ';
	case NODE_TEMPLATE:
	case NODE_FOOTNOTE_REFERENCE:
		return 'a';
	case NODE_LINK:
		return markdown_link_is_bare(w, node) ? 'a' : '[';
	case NODE_SPAN:
		return span_is_bare(w, node) ? 0 : '<';
	default:
		return '*';
	}
}

/* The first character inside node, looking into spans that show nothing; bounded, for hostile nesting. */
static uint32_t char_inside(const struct markdown_writer *w, uint32_t node, bool last)
{
	uint32_t cp = 0, child = last ? tree_last(w->tree, node) : tree_first(w->tree, node);

	for (int steps = 0; child != TREE_NONE && steps < 16; steps++) {
		cp = edge_char(w, child, last);
		if (cp || tree_kind(w->tree, child) != NODE_SPAN)
			break;
		child = last ? tree_last(w->tree, child) : tree_first(w->tree, child);
	}
	return cp;
}

uint32_t markdown_char_before(const struct markdown_writer *w)
{
	const char *start = w->out->p ? w->out->p + w->start : "", *end = w->out->p ? w->out->p + w->out->n : start;
	uint32_t cp;

	if (w->line_start || start == end)
		return ' ';
	utf8_decode(utf8_prev(start, end), end, &cp);
	return cp == '\n' ? ' ' : cp;
}

static uint32_t char_after(const struct markdown_writer *w, uint32_t node)
{
	uint32_t next;

	if (w->tree->nodes[node].n_attr)
		return 'a';
	if (node == w->root)
		return ' ';
	next = tree_next(w->tree, node);
	if (next != TREE_NONE)
		return edge_char(w, next, false) ? edge_char(w, next, false) : 'a';
	if (node_kind_is_block(tree_kind(w->tree, tree_parent(w->tree, node))))
		return ' ';
	return tree_kind(w->tree, tree_parent(w->tree, node)) == NODE_SPAN ? '<' : '*';
}

static bool marks_can_open(uint32_t before, uint32_t first)
{
	if (first == 0 || text_is_space(first))
		return false;
	return !text_is_punct(first) || text_is_space(before) || text_is_punct(before);
}

static bool marks_can_close(uint32_t last, uint32_t after)
{
	if (last == 0 || text_is_space(last))
		return false;
	return !text_is_punct(last) || text_is_space(after) || text_is_punct(after);
}

/* ---------------------------------------------------------------- emphasis */

static bool is_edge(uint32_t cp)
{
	return text_is_space(cp) || text_is_punct(cp);
}

/* In an image's text tags are text. */
static bool prefers_tags(const struct markdown_writer *w, uint32_t node)
{
	const bool in_image = node != w->root && tree_kind(w->tree, w->tree->nodes[node].parent) == NODE_IMAGE;

	return !(w->left_out & DIALECT_HTML) && !in_image && markdown_is_safe(w, node);
}

/* The mark that will work here: '*', '_', or 0 for none. Nested emphasis takes turns. */
static char emphasis_mark(const struct markdown_writer *w, uint32_t node)
{
	if (prefers_tags(w, node))
		return 0;
	uint32_t before = markdown_char_before(w), after = char_after(w, node);
	char mark = w->depth_emph % 2 == 0 ? '*' : '_';

	if (!markdown_attributes_fit(w->tree, node) || !marks_can_open(before, char_inside(w, node, false)) ||
	    !marks_can_close(char_inside(w, node, true), after))
		return 0;
	if (before == (uint32_t)mark || after == (uint32_t)mark)
		return w->depth_emph == 0 && before != '*' ? mark : 0;
	if (mark == '_' && !(is_edge(before) && is_edge(after)))
		return 0;
	return mark;
}

static void open_emphasis(struct markdown_writer *w, uint32_t node, bool strong)
{
	char mark = emphasis_mark(w, node);
	enum markdown_close close;

	if (mark == 0)
		close = strong ? CLOSE_STRONG_TAG : CLOSE_EMPH_TAG;
	else if (mark == '*')
		close = strong ? CLOSE_STRONG_STAR : CLOSE_EMPH_STAR;
	else
		close = strong ? CLOSE_STRONG_LINE : CLOSE_EMPH_LINE;
	if (!markdown_push(w, node, close))
		return;
	if (mark) {
		buf_add_repeat(w->out, mark, strong ? 2 : 1);
		w->depth_emph++;
	} else {
		markdown_tag(w, node, strong ? STR_LIT("strong") : STR_LIT("em"));
	}
}

static void open_strike(struct markdown_writer *w, uint32_t node)
{
	uint32_t before = markdown_char_before(w);
	bool marks = !prefers_tags(w, node) && before != '~' && markdown_attributes_fit(w->tree, node) &&
		     marks_can_open(before, char_inside(w, node, false)) &&
		     marks_can_close(char_inside(w, node, true), char_after(w, node));

	if (!markdown_push(w, node, marks ? CLOSE_STRIKE : CLOSE_STRIKE_TAG))
		return;
	if (marks)
		buf_addz(w->out, "~~");
	else
		markdown_tag(w, node, STR_LIT("del"));
}

/* ------------------------------------------------------------------ leaves */

/* Right behind a tag: a line that holds nothing else would begin a block of HTML. */
static bool follows_tag(const struct markdown_writer *w, uint32_t node)
{
	return tree_prev(w->tree, node) == TREE_NONE && w->out->n > w->start && w->out->p[w->out->n - 1] == '>';
}

static void write_break(struct markdown_writer *w, uint32_t node, bool hard)
{
	const bool last = node == w->root || tree_next(w->tree, node) == TREE_NONE;
	const bool ends_block = last && (node == w->root ||
					 node_kind_is_block(tree_kind(w->tree, w->tree->nodes[node].parent)));

	if (hard && (w->one_line || last || w->depth_link || follows_tag(w, node))) {
		buf_addz(w->out, "<br>");
		return;
	}
	if (w->one_line || ends_block) {
		if (!ends_block)
			buf_addc(w->out, ' ');
		return;
	}
	markdown_trim(w);
	if (w->wrap && !hard && !w->in_heading) {
		markdown_wrap_at(w);
		buf_addc(w->out, ' ');
		return;
	}
	if (hard)
		buf_addc(w->out, '\\');
	markdown_newline(w);
	w->line_start = true;
}

/* A literal that may span lines; they become one where no line may end. */
static void write_lines(struct markdown_writer *w, struct str s, bool one_line)
{
	const char *p = s.p, *end = s.p + s.n, *newline;

	while (s.n && (newline = memchr(p, '\n', (size_t)(end - p)))) {
		markdown_raw(w, str_slice(p, newline));
		if (one_line)
			buf_addc(w->out, ' ');
		else
			markdown_newline(w);
		p = newline + 1;
	}
	markdown_raw(w, str_slice(p, end));
}

/* As it is read: from its braces to its braces. */
static bool is_whole_template(struct str s)
{
	return s.n >= 4 && ((str_starts(s, STR_LIT("{{")) && str_ends(s, STR_LIT("}}"))) ||
			    (str_starts(s, STR_LIT("{%")) && str_ends(s, STR_LIT("%}"))));
}

static bool write_leaf(struct markdown_writer *w, uint32_t node)
{
	struct str literal = tree_str(w->tree, w->tree->nodes[node].text);

	switch (tree_kind(w->tree, node)) {
	case NODE_TEXT:
		markdown_text(w, node, literal);
		return true;
	case NODE_SOFTBREAK:
	case NODE_LINEBREAK:
		write_break(w, node, tree_kind(w->tree, node) == NODE_LINEBREAK);
		return true;
	case NODE_CODE:
		markdown_code(w, node);
		break;
	case NODE_TEMPLATE:
		if (is_whole_template(literal) && !memchr(literal.p, '\n', literal.n)) /* its bars are no cell's */
			buf_adds(w->out, literal);
		else /* a heading ends behind one that begins in it */
			write_lines(w, literal, w->one_line && !(w->in_heading && is_whole_template(literal)));
		break;
	case NODE_HTML_INLINE:
		write_lines(w, literal, w->one_line);
		break;
	case NODE_FOOTNOTE_REFERENCE:
		buf_addz(w->out, "[^");
		markdown_raw(w, literal);
		buf_addc(w->out, ']');
		break;
	default:
		return false;
	}
	w->line_start = false;
	return true;
}

static void open_span(struct markdown_writer *w, uint32_t node)
{
	struct str tag = tree_str(w->tree, w->tree->nodes[node].text);

	if (span_is_bare(w, node)) {
		markdown_push(w, node, CLOSE_NOTHING);
	} else if (markdown_push(w, node, CLOSE_INLINE_TAG)) {
		markdown_tag(w, node, tag.n ? tag : STR_LIT("span"));
		w->line_start = false;
	}
}

void markdown_inline_open(struct markdown_writer *w, uint32_t node, bool *skip)
{
	*skip = false;
	if (write_leaf(w, node))
		return;
	switch (tree_kind(w->tree, node)) {
	case NODE_EMPH:
	case NODE_STRONG:
		open_emphasis(w, node, tree_kind(w->tree, node) == NODE_STRONG);
		break;
	case NODE_STRIKETHROUGH:
		open_strike(w, node);
		break;
	case NODE_LINK:
		markdown_open_link(w, node, skip);
		break;
	case NODE_IMAGE:
		markdown_open_image(w, node, skip);
		break;
	default:
		open_span(w, node);
		return;
	}
	w->line_start = false;
}

/* Marks close what they opened; attributes follow at once. */
static void close_marks(struct markdown_writer *w, const struct markdown_frame *f, const char *marks)
{
	w->depth_emph--;
	buf_addz(w->out, marks);
	markdown_attributes(w, f->node, "");
}

void markdown_inline_close(struct markdown_writer *w, const struct markdown_frame *f)
{
	struct str tag = tree_str(w->tree, w->tree->nodes[f->node].text);

	switch (f->close) {
	case CLOSE_EMPH_STAR:
		close_marks(w, f, "*");
		break;
	case CLOSE_EMPH_LINE:
		close_marks(w, f, "_");
		break;
	case CLOSE_STRONG_STAR:
		close_marks(w, f, "**");
		break;
	case CLOSE_STRONG_LINE:
		close_marks(w, f, "__");
		break;
	case CLOSE_EMPH_TAG:
		buf_addz(w->out, "</em>");
		break;
	case CLOSE_STRONG_TAG:
		buf_addz(w->out, "</strong>");
		break;
	case CLOSE_STRIKE:
		buf_addz(w->out, "~~");
		markdown_attributes(w, f->node, "");
		break;
	case CLOSE_STRIKE_TAG:
		buf_addz(w->out, "</del>");
		break;
	case CLOSE_LINK:
	case CLOSE_IMAGE:
		markdown_close_link(w, f->node);
		break;
	case CLOSE_LINK_TAG:
		buf_addz(w->out, "</a>");
		break;
	case CLOSE_INLINE_TAG:
		buf_addz(w->out, "</");
		buf_adds(w->out, tag.n ? tag : STR_LIT("span"));
		buf_addc(w->out, '>');
		break;
	default:
		return;
	}
	w->line_start = false;
}
