/*
 * write_markdown_block.c - blocks in Markdown that hold no others, and those
 * for which Markdown has no form: they are written as HTML that reads back
 * as the same nodes.
 */
#include "doc/write_html.h"
#include "doc/write_markdown.h"

/* How many inlines around a block are looked through. */
#define WRAPPED_MAX 64

static enum node_kind kind_at(const struct markdown_writer *w, uint32_t node)
{
	return node == TREE_NONE ? (enum node_kind)0 : (enum node_kind)w->tree->nodes[node].kind;
}

/* --------------------------------------------------------- form in Markdown */

static bool has_inline_child(const struct tree *t, uint32_t node)
{
	for (uint32_t i = tree_first(t, node); i != TREE_NONE; i = tree_next(t, i)) {
		if (!node_kind_is_block((enum node_kind)t->nodes[i].kind))
			return true;
	}
	return false;
}

bool markdown_is_plain(const struct markdown_writer *w, uint32_t node)
{
	struct str tag = tree_str(w->tree, w->tree->nodes[node].text);

	return w->tree->nodes[node].n_attr == 0 && (tag.n == 0 || str_eqz(tag, "div") || !html_is_name(tag));
}

/* An inline around blocks, as HTML allows for links: Markdown has no form for it. */
static bool wraps_blocks(const struct markdown_writer *w, uint32_t node)
{
	for (int steps = 0; node != TREE_NONE && steps < WRAPPED_MAX; steps++) {
		if (node_kind_is_block(kind_at(w, node)))
			return true;
		node = w->tree->nodes[node].last;
	}
	return false;
}

/* Has it a form in Markdown, itself if not all of its content? */
bool markdown_needs_html(const struct markdown_writer *w, uint32_t node)
{
	const struct tree *t = w->tree;

	if (!node_kind_is_block(kind_at(w, node)))
		return t->nodes[node].last != TREE_NONE && !w->one_line && wraps_blocks(w, node);
	switch (kind_at(w, node)) {
	case NODE_FIGURE:
	case NODE_DEFINITION_LIST:
		return true;
	case NODE_CAPTION:
	case NODE_TERM:
	case NODE_DEFINITION:
		return node != w->root;
	case NODE_TABLE:
		return !markdown_table_fits(t, node) || !markdown_attributes_fit(t, node);
	case NODE_CONTAINER:
		return !markdown_is_plain(w, node) && has_inline_child(t, node);
	case NODE_HEADING:
	case NODE_PARAGRAPH:
	case NODE_BLOCK_QUOTE:
	case NODE_LIST:
	case NODE_CODE_BLOCK:
		return !markdown_attributes_fit(t, node);
	default:
		return false;
	}
}

/* -------------------------------------------------------------- leaf blocks */

/* Several lines, each behind the prefix; a last newline is no line. */
static void put_lines(struct markdown_writer *w, struct str s)
{
	const char *p = s.p, *end, *newline;

	if (s.n == 0)
		return;
	end = s.p + s.n - (s.p[s.n - 1] == '\n');
	while ((newline = memchr(p, '\n', (size_t)(end - p)))) {
		buf_adds(w->out, str_slice(p, newline));
		p = newline + 1;
		if (p < end && *p == '\n')
			markdown_blank_line(w);
		else
			markdown_newline(w);
	}
	buf_adds(w->out, str_slice(p, end));
}

static bool fence_fits_ticks(struct str info)
{
	return info.n == 0 || !memchr(info.p, '`', info.n);
}

static void put_info(struct markdown_writer *w, struct str info)
{
	for (size_t i = 0; i < info.n; i++) {
		char c = info.p[i];
		if (c == '\\' || c == '&')
			buf_addf(w->out, "&#%d;", c);
		else
			buf_addc(w->out, c == '\n' || c == '\r' ? ' ' : c);
	}
}

void markdown_code_block(struct markdown_writer *w, uint32_t node)
{
	const struct node *n = &w->tree->nodes[node];
	struct str info = str_trim(tree_str(w->tree, n->extra)), literal = tree_str(w->tree, n->text);
	char mark = fence_fits_ticks(info) ? '`' : '~';
	size_t run = markdown_longest_run(literal, mark), length = run < 3 ? 3 : run + 1;

	markdown_begin_block(w, node);
	buf_add_repeat(w->out, mark, length);
	put_info(w, info);
	if (literal.n) {
		if (literal.p[0] == '\n')
			markdown_blank_line(w);
		else
			markdown_newline(w);
		put_lines(w, literal);
	}
	markdown_newline(w);
	buf_add_repeat(w->out, mark, length);
	markdown_attributes(w, node, "\n");
	w->owed = OWED_LINE;
}

void markdown_html_block(struct markdown_writer *w, uint32_t node)
{
	markdown_begin_block(w, node);
	put_lines(w, tree_str(w->tree, w->tree->nodes[node].text));
	w->owed = OWED_BLANK;
}

/* A blank line would end the HTML: its newline is written as a character. */
static void put_html(struct markdown_writer *w, struct str s)
{
	size_t run = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '\n')
			continue;
		buf_adds(w->out, (struct str){ s.p + run, i - run });
		run = i + 1;
		if (run == s.n)
			return;
		if (s.p[run] == '\n' || s.p[run] == '\r')
			buf_addz(w->out, "&#10;");
		else
			markdown_newline(w);
	}
	buf_adds(w->out, (struct str){ s.p + run, s.n - run });
}

void markdown_as_html(struct markdown_writer *w, uint32_t node)
{
	struct buf html;

	markdown_begin_block(w, node);
	buf_init(&html, w->out->heap, 0);
	html_write_exact(&html, w->tree, node);
	if (!buf_ok(&html))
		w->out->failed = true;
	put_html(w, buf_str(&html));
	buf_release(&html);
	w->owed = OWED_BLANK;
}

/* "---" reads as a heading's underline or as front matter in some places: "___" never. */
void markdown_thematic_break(struct markdown_writer *w, uint32_t node)
{
	bool clear = w->owed != OWED_NOTHING &&
		     (node == w->root || kind_at(w, w->tree->nodes[node].parent) != NODE_ITEM);

	markdown_begin_block(w, node);
	buf_addz(w->out, clear ? "---" : "___");
	markdown_attributes(w, node, "\n");
	w->owed = OWED_BLANK;
}
