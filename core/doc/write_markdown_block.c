/*
 * write_markdown_block.c - blocks in Markdown that hold no others, and those
 * that are written as HTML.
 */
#include "doc/write_html.h"
#include "doc/write_markdown.h"

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
		if (c == '\\') /* cmark resolves references first, and escapes in what comes of them */
			buf_addz(w->out, "\\\\");
		else if (c == '&')
			buf_addz(w->out, "&#38;");
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
		     (node == w->root || tree_kind(w->tree, w->tree->nodes[node].parent) != NODE_ITEM);

	markdown_begin_block(w, node);
	buf_addz(w->out, clear ? "---" : "___");
	markdown_attributes(w, node, "\n");
	w->owed = OWED_BLANK;
}
