/*
 * markdown_place.c - where cmark's inlines stand in the prepared text.
 *
 * cmark counts lines and columns in the block's own text, from which
 * container marks, indent and leading link definitions are gone, and
 * forgets line ends after a backslash or inside the tail of a link.  Here the leaves are followed in order and what
 * was forgotten is made up for; containers are found around their children.  A place that
 * the bytes there do not bear out is given as whole lines.
 */
#include "doc/markdown_priv.h"

#include <limits.h>

#include "base/bytes.h"

static uint32_t line_start(const struct markdown *m, int line)
{
	return markdown_offset(m, line, 1);
}

/* A line below the block's first, on the way through its containers' marks. */
struct line_walk {
	const char *p, *end;
	int column; /* 0-based, tabs to 4 */
};

static void step(struct line_walk *w)
{
	w->column += *w->p++ == '\t' ? 4 - w->column % 4 : 1;
}

/* Over blanks, up to a column. */
static struct line_walk skip_blanks(struct line_walk w, int column)
{
	while (w.p < w.end && w.column < column && (*w.p == ' ' || *w.p == '\t'))
		step(&w);
	return w;
}

/* Columns before a block's first byte. */
static int indent_of(const struct markdown *m, cmark_node *block)
{
	const char *text = m->prep->text.p;
	const uint32_t line = line_start(m, cmark_node_get_start_line(block));
	const uint32_t at = markdown_offset(m, cmark_node_get_start_line(block), cmark_node_get_start_column(block));
	struct line_walk w = { text + line, text + at, 0 };

	while (w.p < w.end)
		step(&w);
	return w.column;
}

/* Deeper than this, lazy lines are not looked at more closely. */
#define LAZY_DEPTH_MAX 16

/* The containers around a block that have marks or indent at the beginning of its lines, the innermost first. */
static int containers_of(cmark_node *block, cmark_node *found[LAZY_DEPTH_MAX])
{
	int n = 0;

	for (cmark_node *up = cmark_node_parent(block); up; up = cmark_node_parent(up)) {
		if (cmark_node_get_type(up) != CMARK_NODE_BLOCK_QUOTE && cmark_node_get_type(up) != CMARK_NODE_ITEM)
			continue;
		if (n == LAZY_DEPTH_MAX)
			return 0;
		found[n++] = up;
	}
	return n;
}

/*
 * Where the text begins on a line that is not as far right as the block: the first container whose mark or indent is
 * not there makes it a lazy one, of which cmark keeps the blanks.  NULL: behind all blanks and marks, as elsewhere.
 */
static const char *lazy_start(const struct markdown *m, const struct inline_place *place, struct line_walk w)
{
	cmark_node *containers[LAZY_DEPTH_MAX];
	const int n = containers_of(place->block, containers);

	for (int i = n - 1; i >= 0; i--) {
		if (cmark_node_get_type(containers[i]) == CMARK_NODE_ITEM) {
			const int indent = indent_of(m, cmark_node_first_child(containers[i]));
			const struct line_walk inside = skip_blanks(w, indent);
			if (inside.column < indent)
				return w.p;
			w = inside;
			continue;
		}
		struct line_walk mark = skip_blanks(w, INT_MAX);
		if (mark.p == mark.end || *mark.p != '>')
			return w.p;
		step(&mark);
		w = skip_blanks(mark, mark.column + 1);
	}
	return n ? skip_blanks(w, INT_MAX).p : NULL;
}

/* First byte of the block's text on one of its lines, after container marks. */
static uint32_t content_start(const struct markdown *m, struct inline_place *place, int line)
{
	const struct str text = m->prep->text;

	if (line <= place->start_line)
		return markdown_offset(m, place->start_line, place->start_column);
	if (line == place->known_line)
		return place->known_start;

	const struct line_walk begin = { text.p + line_start(m, line), text.p + text.n, 0 };
	struct line_walk w = begin;
	int quotes = place->quotes;
	while (w.p < w.end && (*w.p == ' ' || *w.p == '\t' || (*w.p == '>' && quotes-- > 0)))
		step(&w);
	if (w.p > begin.p && w.column < place->indent) {
		const char *lazy = lazy_start(m, place, begin);
		w.p = lazy ? lazy : w.p;
	}
	place->known_line = line;
	place->known_start = (uint32_t)(w.p - text.p);
	return place->known_start;
}

struct prepared_margin markdown_margin(const struct markdown *m, uint32_t from)
{
	const struct str body = m->input->body;
	const char *block = body.p + (from - m->input->offset);
	const char *newline = memrchr(body.p, '\n', (size_t)(block - body.p));
	struct prepared_margin margin = { 0, 0 };

	for (const char *p = newline ? newline + 1 : body.p; p < block; p++) {
		if (*p == '>') {
			margin = (struct prepared_margin){ margin.quotes + 1, 0 };
			p += p + 1 < block && p[1] == ' ';
		} else {
			margin.columns += *p == '\t' ? 4 - margin.columns % 4 : 1;
		}
	}
	return margin;
}

/* Newlines that cmark has counted in a leaf. */
static int inner_lines(cmark_node *node, cmark_node_type type)
{
	return type == CMARK_NODE_CODE || type == CMARK_NODE_HTML_INLINE
		       ? cmark_node_get_end_line(node) - cmark_node_get_start_line(node)
		       : 0;
}

/* How many lines the inlines of a block take, as far as its nodes tell. */
static int count_lines(cmark_node *block)
{
	int lines = 1;

	for (cmark_node *node = cmark_node_first_child(block); node; node = markdown_next_below(node, block)) {
		cmark_node_type type = cmark_node_get_type(node);
		lines += type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK;
		lines += inner_lines(node, type);
	}
	return lines;
}

bool markdown_is_definition(const struct markdown *m, uint32_t at)
{
	const struct str text = m->prep->text;
	uint32_t end = text.n - at < 1000 ? (uint32_t)text.n : at + 1000;

	if (at >= text.n || text.p[at] != '[')
		return false;
	for (at++; at < end && text.p[at] != ']' && text.p[at] != '['; at++)
		at += text.p[at] == '\\';
	return at + 1 < end && text.p[at] == ']' && text.p[at + 1] == ':';
}

struct inline_place markdown_place(const struct markdown *m, cmark_node *block)
{
	struct inline_place place = { .block = block,
				      .start_line = cmark_node_get_start_line(block),
				      .start_column = cmark_node_get_start_column(block),
				      .last_line = cmark_node_get_end_line(block) };
	uint32_t at = markdown_offset(m, place.start_line, place.start_column);

	place.indent = indent_of(m, block);
	place.line = place.start_line;
	for (cmark_node *up = cmark_node_parent(block); up; up = cmark_node_parent(up))
		place.quotes += cmark_node_get_type(up) == CMARK_NODE_BLOCK_QUOTE;
	/* link definitions may have been cut off the top of the text */
	if (cmark_node_get_type(block) == CMARK_NODE_PARAGRAPH && markdown_is_definition(m, at)) {
		int lines = cmark_node_get_end_line(block) - place.start_line + 1;
		place.shift = lines - count_lines(block);
		if (place.shift < 0)
			place.shift = 0;
	}
	return place;
}

/* Offset in the prepared text of cmark's line and column. */
static uint32_t find_offset(const struct markdown *m, struct inline_place *place, int line, int column)
{
	const struct str text = m->prep->text;
	size_t rest = (size_t)(column > place->start_column ? column - place->start_column : 0);

	line += place->shift + place->lag;
	line = line < place->last_line ? line : place->last_line;
	/* the lines that one leaf has passed are not walked over again for the next */
	if (line == place->run_line && rest >= place->run_passed) {
		line = place->run_to;
		rest -= place->run_passed;
	} else {
		place->run_line = place->run_to = line;
		place->run_passed = 0;
	}
	/* columns run on over a line end that was not counted, where CR LF is one character */
	for (; (size_t)line < m->n_lines && line < place->last_line; line++) {
		size_t start = content_start(m, place, line), next = m->lines[line];
		size_t n = next - start - (next > start + 1 && text.p[next - 2] == '\r');
		if (rest < n)
			break;
		rest -= n;
		place->run_passed += n;
		place->run_to = line + 1;
	}
	const size_t offset = content_start(m, place, line) + rest;
	const size_t last = (size_t)line < m->n_lines ? m->lines[line] : text.n;
	return (uint32_t)(offset < last ? offset : last);
}

/* Lines that cmark did not count are those of breaks it passed without a new line number. */
static struct inline_place *follow_lines(struct inline_place *place, int line)
{
	int counted = line - place->line;

	if (counted > 0) {
		place->lag += place->pending + (place->breaks > counted ? place->breaks - counted : 0);
		place->pending = 0;
	} else {
		place->pending += place->breaks;
	}
	place->breaks = 0;
	place->line = line;
	return place;
}

/* Behind a leaf of several lines, columns count from its last one. */
static void leave_lines(struct inline_place *place, cmark_node *leaf, cmark_node_type type)
{
	int lines = inner_lines(leaf, type);

	if (lines == 0)
		return;
	place->line += lines;
	place->lag += place->pending;
	place->pending = 0;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* From its content out over the backticks, and to the run of as many that closes it. */
static void find_code(struct str text, uint32_t *at, uint32_t *to)
{
	uint32_t start = *at, n = 0, p = *at;

	while (start > 0 && text.p[start - 1] == '`') {
		start--;
		n++;
	}
	while (n > 0 && p < text.n) {
		uint32_t run = 0;
		while (p + run < text.n && text.p[p + run] == '`')
			run++;
		p += run ? run : 1;
		if (run == n)
			break;
	}
	*at = start;
	*to = p;
}

/* End of a leaf that stands in the text byte for byte, line by line. */
static uint32_t literal_end(const struct markdown *m, struct inline_place *place, uint32_t at, struct str literal)
{
	const char *p = literal.p, *end = p + literal.n, *newline;
	const uint32_t *next = m->lines;

	while ((newline = memchr(p, '\n', (size_t)(end - p)))) {
		size_t low = 0, high = m->n_lines;
		while (high - low > 1) {
			size_t middle = low + (high - low) / 2;
			if (next[middle] <= at)
				low = middle;
			else
				high = middle;
		}
		at = content_start(m, place, (int)low + 2);
		p = newline + 1;
	}
	return at + (uint32_t)(end - p);
}

static bool stands_at(struct str text, uint32_t at, struct str literal)
{
	return at <= text.n && literal.n <= text.n - at && memcmp(text.p + at, literal.p, literal.n) == 0;
}

/* Do the bytes at this offset look like the beginning of such a leaf? */
static bool looks_right(struct str text, uint32_t at, uint32_t to, cmark_node_type type, struct str literal)
{
	char c = at < text.n ? text.p[at] : 0;

	if (to <= at || to > text.n)
		return false;
	switch (type) {
	case CMARK_NODE_CODE:
		return c == '`' && text.p[to - 1] == '`';
	case CMARK_NODE_HTML_INLINE:
		return c == '<' && text.p[to - 1] == '>';
	default:
		return c == *literal.p || c == '\\' || c == '&';
	}
}

static struct span whole_lines(const struct markdown *m, const struct inline_place *place, int from, int to)
{
	const int shift = place->shift + place->lag, last = place->last_line;

	from = from + shift < last ? from + shift : last;
	to = to + shift < last ? to + shift : last;
	return (struct span){ line_start(m, from), line_start(m, to + 1), NODE_LINE_ONLY };
}

/*
 * Of text that begins with backticks that nothing closes cmark tells the column behind them: how far that is from its
 * beginning.  Right behind code there is no such text.
 */
static uint32_t behind_ticks(struct str text, uint32_t at, cmark_node *leaf, struct str literal)
{
	const uint32_t n = literal.n && *literal.p == '`' ? (uint32_t)bytes_run(literal.p, literal.p + literal.n) : 0;

	if (n == 0 || n > at || !stands_at(text, at - n, (struct str){ literal.p, n }))
		return 0;
	cmark_node *before = cmark_node_previous(leaf);
	return before && cmark_node_get_type(before) == CMARK_NODE_CODE ? 0 : n;
}

/* What stands there as it is read ends with it, without the blanks before a break; other text where cmark says. */
static uint32_t text_end(struct str text, struct span span, struct str literal)
{
	const uint32_t to = span.to < text.n ? span.to : (uint32_t)text.n;
	const bool escaped = memchr(literal.p, '\\', literal.n) || memchr(literal.p, '&', literal.n);
	const uint32_t end = span.at + (uint32_t)literal.n;

	if (stands_at(text, span.at, literal) && (!escaped || to <= end || is_blank(text.p[end])))
		return end;
	/* backticks that nothing closes again */
	return to -
	       (literal.p[literal.n - 1] == '`' && to > span.at + 1 && text.p[to - 1] != '`' && text.p[to - 2] == '`');
}

struct span markdown_leaf_span(const struct markdown *m, struct inline_place *place, cmark_node *leaf,
			       cmark_node_type type, struct str literal)
{
	const struct str text = m->prep->text;
	const int line = cmark_node_get_start_line(leaf), column = cmark_node_get_start_column(leaf);
	struct span span = { .at = find_offset(m, follow_lines(place, line), line, column) };

	const uint32_t told = span.at;
	const int columns = cmark_node_get_end_column(leaf) - column;
	span.to = told + (uint32_t)(columns >= 0 ? columns + 1 : 0);
	if (type == CMARK_NODE_TEXT && literal.n > 0) {
		span.at -= behind_ticks(text, told, leaf, literal);
		span.to = text_end(text, span, literal);
		if (stands_at(text, span.at, literal))
			return span;
	}
	if (type == CMARK_NODE_CODE)
		find_code(text, &span.at, &span.to);
	else if (type == CMARK_NODE_HTML_INLINE)
		span.to = literal_end(m, place, span.at, literal);
	if (!looks_right(text, span.at, span.to, type, literal))
		span = whole_lines(m, place, line, cmark_node_get_end_line(leaf));
	leave_lines(place, leaf, type);
	return span;
}

void markdown_break(struct inline_place *place)
{
	place->breaks++;
}

/* Emphasis: n marks of one kind on both sides of what it holds. */
static bool around_marks(struct str text, const struct span *inside, uint32_t n, struct span *out)
{
	if (inside->at < n || inside->to + n > text.n)
		return false;
	*out = (struct span){ inside->at - n, inside->to + n, 0 };
	char mark = text.p[out->at];
	return (mark == '*' || mark == '_') && text.p[out->to - 1] == mark;
}

/* A link: from the bracket before its text to where cmark says it ends. */
static bool around_link(const struct markdown *m, struct inline_place *place, cmark_node *node,
			const struct span *inside, struct span *out)
{
	struct str text = m->prep->text;
	uint32_t at = inside->at, last = inside->to;

	if (at > 0 && at < text.n && text.p[at - 1] == '<' && inside->to < text.n && text.p[inside->to] == '>') {
		*out = (struct span){ at - 1, inside->to + 1, 0 };
		return true;
	}
	uint32_t to = find_offset(m, place, cmark_node_get_end_line(node), cmark_node_get_end_column(node) + 1);
	if (at == TREE_NONE) { /* nothing in it */
		last = at = find_offset(m, place, cmark_node_get_start_line(node), cmark_node_get_start_column(node));
	} else {
		while (at > 0 && (is_blank(text.p[at - 1]) || text.p[at - 1] == '>'))
			at--;
		at -= at > 0;
		if (cmark_node_get_type(node) == CMARK_NODE_IMAGE)
			at -= at > 0;
	}
	*out = (struct span){ at, to, 0 };
	if (to <= last || to > text.n || (text.p[to - 1] != ')' && text.p[to - 1] != ']') ||
	    text.p[at] != (cmark_node_get_type(node) == CMARK_NODE_IMAGE ? '!' : '['))
		return false;
	for (uint32_t i = last; i < to; i++) /* in its tail cmark counts no lines */
		place->pending += text.p[i] == '\n';
	return true;
}

struct span markdown_container_span(const struct markdown *m, struct inline_place *place, cmark_node *node,
				    const struct span *inside)
{
	struct span out = *inside;
	bool found = false;

	if (!inside->flags) {
		switch (cmark_node_get_type(node)) {
		case CMARK_NODE_EMPH:
			found = inside->at != TREE_NONE && around_marks(m->prep->text, inside, 1, &out);
			break;
		case CMARK_NODE_STRONG:
			found = inside->at != TREE_NONE && around_marks(m->prep->text, inside, 2, &out);
			break;
		default:
			found = around_link(m, place, node, inside, &out);
		}
	}
	if (found)
		return out;
	if (inside->at != TREE_NONE)
		return (struct span){ inside->at, inside->to, NODE_LINE_ONLY };
	return whole_lines(m, place, cmark_node_get_start_line(node), cmark_node_get_end_line(node));
}
