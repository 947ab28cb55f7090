/*
 * markdown_heading.c - headings: where they end, the attributes at their end.
 */
#include "doc/markdown_priv.h"

#include "doc/attributes.h"

/* Before the line's end mark. */
static const char *line_end(const struct markdown *m, int line)
{
	const char *start = m->prep->text.p + markdown_offset(m, line, 1);
	const char *end = m->prep->text.p + markdown_offset(m, line + 1, 1);

	while (end > start && (end[-1] == '\n' || end[-1] == '\r'))
		end--;
	return end;
}

/* Does the last "{...}" in the heading's source stand there as it was read, its brace not escaped? */
static bool is_written(const struct markdown *m, const struct event *heading, struct str list)
{
	const struct str body = m->input->body;
	const char *from = body.p + (heading->from - m->input->offset), *p = body.p + (heading->to - m->input->offset);

	while (p > from && p[-1] != '}')
		p--;
	if ((size_t)(p - from) < list.n || memcmp(p - list.n, list.p, list.n) != 0)
		return false;
	return !prepare_is_escaped(from, p - list.n);
}

/* "{#id .class}" at the end of a heading, as Hugo and kramdown write it. */
static void take_heading_attributes(struct walk *w, size_t block, const struct event *heading, struct events *in)
{
	struct event *last = in->n ? &in->items[in->n - 1] : NULL;

	if (last && last->type == EVENT_MARK) {
		const struct held *held = markdown_mark_of(w->m, last);
		in->n--;
		if (held->type == HELD_ATTRIBUTES)
			markdown_apply(w, block, held);
		last = in->n ? &in->items[in->n - 1] : NULL;
	}
	if (!last || last->type != EVENT_TEXT)
		return;
	struct str text = str_trim(last->text);
	if (text.n > 3 && text.p[text.n - 1] == '}') {
		size_t i = text.n - 1;
		while (i > 0 && text.p[i] != '{')
			i--;
		struct str inside = { text.p + i + 1, text.n - i - 2 };
		if (text.p[i] == '{' && inside.n > 1 && (*inside.p == '#' || *inside.p == '.') &&
		    attributes_check(inside) && is_written(w->m, heading, str_slice(text.p + i, text.p + text.n))) {
			struct event *e = markdown_attributes_of(w->m, block);
			if (e && !attributes_apply(w->m->arena, e, inside, w->m->prep->named, w->m->prep->n_named))
				w->m->failed = true;
			text.n = i;
		}
	}
	/* blanks before what was cut off */
	while (text.n > 0 && (text.p[text.n - 1] == ' ' || text.p[text.n - 1] == '\t'))
		text.n--;
	size_t kept = (size_t)(text.p + text.n - last->text.p);
	if (text.n) {
		last->to -= last->to - last->from == last->text.n ? (uint32_t)(last->text.n - kept) : 0;
		last->text.n = kept;
	} else
		in->n--;
}

/* A line of one mark alone, behind the marks and the indent of containers. */
static bool is_underline(const char *p, const char *end)
{
	while (p < end && strchr(" \t>", *p))
		p++;
	const char mark = p < end ? *p : 0;
	if (mark != '=' && mark != '-')
		return false;
	while (p < end && *p == mark)
		p++;
	while (p < end && strchr(" \t\r", *p))
		p++;
	return p == end;
}

/* The line a heading ends on: for an underlined one cmark names the line after it, or one further on. */
static int heading_end(const struct markdown *m, cmark_node *node)
{
	const struct str text = m->prep->text;
	const int first = cmark_node_get_start_line(node);
	int line = cmark_node_get_end_line(node);

	if (text.p[markdown_offset(m, first, cmark_node_get_start_column(node))] == '#')
		return first;
	for (int i = first + 1; i <= line; i++)
		if (is_underline(text.p + markdown_offset(m, i, 1), line_end(m, i)))
			line = i;
	return line;
}

/* Could attributes end it? */
static bool ends_with_brace(const struct markdown *m, cmark_node *heading)
{
	cmark_node *last = m->prep->signs.brace && (m->input->parts & DIALECT_ATTRIBUTES)
				   ? cmark_node_last_child(heading)
				   : NULL;
	const char *literal = last ? cmark_node_get_literal(last) : NULL;

	return literal && strchr(literal, '}');
}

void markdown_add_heading(struct walk *w, cmark_node *node)
{
	const int line = heading_end(w->m, node);
	const struct event e = { .type = EVENT_OPEN,
				 .kind = NODE_HEADING,
				 .number = cmark_node_get_heading_level(node),
				 .from = markdown_block_from(w->m, node),
				 .to = markdown_source(w->m, (uint32_t)(line_end(w->m, line) - w->m->prep->text.p)) };
	size_t block = markdown_open_block(w, &e);

	if (block != MARKDOWN_NOTHING && markdown_is_direct(w->m, node) && !ends_with_brace(w->m, node)) {
		markdown_plain_inlines(w->m, node, 0);
	} else {
		struct events *in = markdown_list(w->m);
		if (!in)
			return;
		markdown_inlines(w->m, node, in);
		if (w->m->input->parts & DIALECT_ATTRIBUTES)
			take_heading_attributes(w, block, &e, in);
		markdown_add_inlines(w->m, in);
		markdown_list_done(w->m, in);
	}
	markdown_close(w->m, NODE_HEADING, e.from, e.to);
	markdown_block_done(w, block, line);
}
