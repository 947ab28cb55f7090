/*
 * markdown.c - cmark's blocks as events: headings, containers, code, raw HTML.
 *
 * Paragraphs, and what the pre-pass left in them, are markdown_paragraph.c's.
 */
#include "doc/markdown_priv.h"

#include "doc/attributes.h"

/* ------------------------------------------------------------- positions */

uint32_t markdown_offset(const struct markdown *m, int line, int column)
{
	size_t i = line < 1 ? 0 : (size_t)line - 1;

	if (i >= m->n_lines)
		return (uint32_t)m->prep->text.n;
	size_t offset = m->lines[i] + (size_t)(column > 1 ? column - 1 : 0);
	return (uint32_t)(offset < m->prep->text.n ? offset : m->prep->text.n);
}

uint32_t markdown_source(const struct markdown *m, uint32_t offset)
{
	return m->input->offset + prepared_source(m->prep, offset);
}

uint32_t markdown_block_from(const struct markdown *m, cmark_node *node)
{
	return markdown_source(m,
			       markdown_offset(m, cmark_node_get_start_line(node), cmark_node_get_start_column(node)));
}

uint32_t markdown_block_to(const struct markdown *m, cmark_node *node)
{
	return markdown_source(m,
			       markdown_offset(m, cmark_node_get_end_line(node), cmark_node_get_end_column(node) + 1));
}

/* ---------------------------------------------------------------- frames */

struct frame *markdown_top(struct walk *w)
{
	return &w->frames[w->n - 1];
}

static bool push(struct walk *w, cmark_node *node, size_t event)
{
	if (w->n == w->cap) {
		struct frame *grown = arena_grow(w->m->arena, w->frames, &w->cap, w->n + 1, sizeof *grown);
		if (!grown)
			return false;
		w->frames = grown;
	}
	w->frames[w->n++] = (struct frame){ node, event, SIZE_MAX, 0 };
	return true;
}

void markdown_apply(struct walk *w, size_t event, const struct held *attributes)
{
	struct str inside = { attributes->source.p + 2, attributes->source.n - 3 };

	if (event == SIZE_MAX || attributes_is_definition(inside))
		return;
	if (!attributes_apply(w->m->arena, &w->m->out->items[event], prepared_restore(w->m->prep, inside)))
		w->m->failed = true;
}

void markdown_take_pending(struct walk *w, size_t event, int line)
{
	const struct held *attributes = w->pending;

	w->pending = NULL;
	if (attributes && line == w->pending_line + 1)
		markdown_apply(w, event, attributes);
}

static struct event *open_block(struct walk *w, enum event_type type, enum node_kind kind, cmark_node *node)
{
	struct event *e = events_add(w->m->out, type, kind, markdown_block_from(w->m, node),
				     markdown_block_to(w->m, node));

	if (e && w->pending)
		markdown_take_pending(w, w->m->out->n - 1, cmark_node_get_start_line(node));
	return e;
}

void markdown_block_done(struct walk *w, size_t event, int line)
{
	markdown_top(w)->last = event;
	markdown_top(w)->last_line = line;
}

const struct held *markdown_mark_of(const struct markdown *m, const struct event *e)
{
	return e->type == EVENT_MARK ? &m->prep->held[e->number] : NULL;
}

void markdown_marks_to_text(const struct markdown *m, size_t from)
{
	for (size_t i = from; i < m->out->n; i++) {
		struct event *e = &m->out->items[i];
		if (e->type != EVENT_MARK)
			continue;
		e->text = prepared_restore(m->prep, markdown_mark_of(m, e)->source);
		e->type = EVENT_TEXT;
		e->kind = NODE_TEXT;
	}
}

/* -------------------------------------------------------------- headings */

/* "{#id .class}" at the end of a heading, as Hugo and kramdown write it. */
static void take_heading_attributes(struct walk *w, size_t event)
{
	struct events *out = w->m->out;
	struct event *last = out->n > event + 1 ? &out->items[out->n - 1] : NULL;

	if (last && last->type == EVENT_MARK) {
		const struct held *held = markdown_mark_of(w->m, last);
		out->n--;
		if (held->type == HELD_ATTRIBUTES)
			markdown_apply(w, event, held);
		last = out->n > event + 1 ? &out->items[out->n - 1] : NULL;
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
		    attributes_check(inside)) {
			if (!attributes_apply(w->m->arena, &out->items[event], inside))
				w->m->failed = true;
			last = &out->items[out->n - 1];
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
		out->n--;
}

static void add_heading(struct walk *w, cmark_node *node)
{
	struct events *out = w->m->out;
	struct event *e = open_block(w, EVENT_OPEN, NODE_HEADING, node);
	size_t event = out->n - 1;

	if (!e)
		return;
	e->number = cmark_node_get_heading_level(node);
	markdown_inlines(w->m, node, out);
	if (!w->m->input->commonmark)
		take_heading_attributes(w, event);
	markdown_marks_to_text(w->m, event);
	events_add(out, EVENT_CLOSE, NODE_HEADING, markdown_block_from(w->m, node), markdown_block_to(w->m, node));
	markdown_block_done(w, event, cmark_node_get_end_line(node));
}

/* ------------------------------------------------------------ all blocks */

static void add_code_block(struct walk *w, cmark_node *node)
{
	struct event *e = open_block(w, EVENT_LEAF, NODE_CODE_BLOCK, node);
	const char *info = cmark_node_get_fence_info(node);

	if (!e)
		return;
	e->text = prepared_restore(w->m->prep, str_of(cmark_node_get_literal(node)));
	if (info && *info)
		e->extra = prepared_restore(w->m->prep, str_of(info));
	markdown_block_done(w, w->m->out->n - 1, cmark_node_get_end_line(node));
}

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

static void add_html_block(struct walk *w, cmark_node *node)
{
	struct str literal = str_of(cmark_node_get_literal(node));
	bool raw = w->m->input->commonmark;
	struct event *e = open_block(w, raw ? EVENT_LEAF : EVENT_HTML, NODE_HTML_BLOCK, node);

	if (!e)
		return;
	e->text = literal;
	if (!raw) {
		e->number = html_place(w->m, cmark_node_get_start_line(node), literal);
		if (e->number >= 0)
			e->from = markdown_source(w->m, (uint32_t)e->number);
	}
	markdown_block_done(w, w->m->out->n - 1, cmark_node_get_end_line(node));
}

static void open_container(struct walk *w, cmark_node *node)
{
	static const enum node_kind kinds[] = { [CMARK_NODE_BLOCK_QUOTE] = NODE_BLOCK_QUOTE,
						[CMARK_NODE_LIST] = NODE_LIST,
						[CMARK_NODE_ITEM] = NODE_ITEM };
	struct event *e = open_block(w, EVENT_OPEN, kinds[cmark_node_get_type(node)], node);

	if (!e)
		return;
	if (cmark_node_get_type(node) == CMARK_NODE_LIST) {
		if (cmark_node_get_list_type(node) == CMARK_ORDERED_LIST) {
			e->flags |= NODE_ORDERED;
			e->number = cmark_node_get_list_start(node);
		}
		if (cmark_node_get_list_tight(node))
			e->flags |= NODE_TIGHT;
	}
	if (!push(w, node, w->m->out->n - 1))
		w->m->failed = true;
}

static void close_container(struct walk *w)
{
	struct frame done = *markdown_top(w);
	struct event *e = &w->m->out->items[done.event];

	events_add(w->m->out, EVENT_CLOSE, e->kind, e->from, e->to);
	w->n--;
	markdown_block_done(w, done.event, cmark_node_get_end_line(done.node));
}

static void add_leaf_block(struct walk *w, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		markdown_add_paragraph(w, node);
		break;
	case CMARK_NODE_HEADING:
		add_heading(w, node);
		break;
	case CMARK_NODE_CODE_BLOCK:
		add_code_block(w, node);
		break;
	case CMARK_NODE_HTML_BLOCK:
		add_html_block(w, node);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		if (open_block(w, EVENT_LEAF, NODE_THEMATIC_BREAK, node))
			markdown_block_done(w, w->m->out->n - 1, cmark_node_get_end_line(node));
		break;
	default: /* custom blocks are never parsed */
		break;
	}
}

/* Everything from first on, to the last sibling. */
static void walk_blocks(struct walk *w, cmark_node *parent, cmark_node *first)
{
	if (!push(w, parent, SIZE_MAX)) {
		w->m->failed = true;
		return;
	}
	size_t base = w->n;
	for (cmark_node *node = first; node && !w->m->failed && !w->m->out->failed;) {
		cmark_node_type type = cmark_node_get_type(node);
		if (type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_LIST || type == CMARK_NODE_ITEM) {
			open_container(w, node);
			if (w->m->failed || w->m->out->failed)
				return;
			if (cmark_node_first_child(node)) {
				node = cmark_node_first_child(node);
				continue;
			}
			close_container(w);
		} else {
			add_leaf_block(w, node);
		}
		while (!cmark_node_next(node) && w->n > base) {
			node = markdown_top(w)->node;
			close_container(w);
		}
		node = cmark_node_next(node);
	}
	w->n = base - 1;
}

void markdown_walk_children(struct walk *w, cmark_node *container)
{
	walk_blocks(w, container, cmark_node_first_child(container));
}

/* Finds the cells and footnotes at the front; returns the first block of the body. */
static cmark_node *read_front(struct markdown *m, cmark_node *root)
{
	cmark_node *node = cmark_node_first_child(root);
	size_t n_cells = m->prep->n_front, n_notes = m->prep->n_footnotes;

	if (!m->prep->has_front)
		return node;
	m->cells = arena_alloc_zero(m->arena, (n_cells + 1) * sizeof *m->cells);
	m->notes = arena_alloc_zero(m->arena, (n_notes + 1) * sizeof *m->notes);
	if (!m->cells || !m->notes) {
		m->failed = true;
		return NULL;
	}
	for (size_t i = 0; i < n_cells && node; i++, node = cmark_node_next(node))
		m->cells[i] = node;
	if (n_notes && node) {
		cmark_node *item = cmark_node_first_child(node);
		for (size_t i = 0; i < n_notes && item; i++, item = cmark_node_next(item))
			m->notes[i] = item;
		node = cmark_node_next(node);
	}
	return node ? cmark_node_next(node) : NULL; /* over the separator */
}

enum markdown_status markdown_read(const struct markdown_input *input, struct arena *arena, struct prepared *prepared,
				   struct events *out)
{
	struct markdown m = { .arena = arena, .input = input, .prep = prepared, .out = out };
	struct walk w = { .m = &m };

	if (input->commonmark)
		prepare_commonmark(prepared, arena, input->body);
	else
		prepare(prepared, arena, input->body);
	prepared->offset = input->offset;
	if (prepared->failed)
		return MARKDOWN_NOMEM;
	m.lines = prepared->lines;
	m.n_lines = prepared->n_lines;
	cmark_node *root = markdown_parse(arena, prepared->text);
	if (!root)
		return MARKDOWN_NOMEM;
	cmark_node *first = read_front(&m, root);
	if (!m.failed)
		walk_blocks(&w, root, first);
	return m.failed || out->failed || prepared->failed ? MARKDOWN_NOMEM : MARKDOWN_OK;
}
