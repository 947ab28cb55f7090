/*
 * markdown.c - cmark's blocks as events: headings, containers, code, raw HTML.
 *
 * Paragraphs, and what the pre-pass left in them, are markdown_paragraph.c's.
 */
#include "doc/markdown_priv.h"

#include "doc/attributes.h"

/* ------------------------------------------------------------- positions */

static bool find_lines(struct markdown *m)
{
	const char *start = m->prep->text.p, *end = start + m->prep->text.n;
	size_t n = 1, i = 0;

	for (const char *p = start; (p = memchr(p, '\n', (size_t)(end - p))); p++)
		n++;
	m->lines = arena_alloc(m->arena, n * sizeof *m->lines);
	if (!m->lines)
		return false;
	m->lines[i++] = 0;
	for (const char *p = start; (p = memchr(p, '\n', (size_t)(end - p)));)
		m->lines[i++] = (uint32_t)(++p - start);
	m->n_lines = n;
	return true;
}

uint32_t markdown_offset(const struct markdown *m, int line, int column)
{
	size_t i = line < 1 ? 0 : (size_t)line - 1;

	if (i >= m->n_lines)
		return (uint32_t)m->prep->text.n;
	size_t offset = m->lines[i] + (size_t)(column > 1 ? column - 1 : 0);
	return (uint32_t)(offset < m->prep->text.n ? offset : m->prep->text.n);
}

/* Before the line's end mark. */
static const char *line_end(const struct markdown *m, int line)
{
	const char *start = m->prep->text.p + markdown_offset(m, line, 1);
	const char *end = m->prep->text.p + markdown_offset(m, line + 1, 1);

	while (end > start && (end[-1] == '\n' || end[-1] == '\r'))
		end--;
	return end;
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
	const char *body = m->input->body.p;
	const uint32_t offset = m->input->offset;
	const uint32_t from = markdown_block_from(m, node);
	uint32_t to = markdown_source(
		m, markdown_offset(m, cmark_node_get_end_line(node), cmark_node_get_end_column(node) + 1));

	/* cmark ends some blocks at column 0 of the line after them */
	while (to > from + 1 && (body[to - 1 - offset] == '\n' || body[to - 1 - offset] == '\r'))
		to--;
	return to;
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
	if (event != SIZE_MAX && !prepared_attributes(w->m->prep, attributes, &w->m->out->items[event]))
		w->m->failed = true;
}

void markdown_wait(struct walk *w, const struct held *attributes)
{
	if (w->n_pending == w->cap_pending) {
		const struct held **grown = arena_grow(w->m->arena, w->pending, &w->cap_pending, w->n_pending + 1,
						       sizeof *grown);
		if (!grown) {
			w->m->failed = true;
			return;
		}
		w->pending = grown;
	}
	w->pending[w->n_pending++] = attributes;
}

void markdown_take_pending(struct walk *w, size_t event)
{
	for (size_t i = 0; i < w->n_pending; i++)
		markdown_apply(w, event, w->pending[i]);
	w->n_pending = 0;
}

static struct event *open_block(struct walk *w, enum event_type type, enum node_kind kind, cmark_node *node)
{
	struct event *e = events_add(w->m->out, type, kind, markdown_block_from(w->m, node),
				     markdown_block_to(w->m, node));

	if (e)
		markdown_take_pending(w, w->m->out->n - 1);
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
		if (e->type == EVENT_MARK)
			markdown_settle_mark(m->prep, e);
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
			if (!attributes_apply(w->m->arena, &out->items[event], inside, w->m->prep->named,
					      w->m->prep->n_named))
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

static void add_heading(struct walk *w, cmark_node *node)
{
	struct events *out = w->m->out;
	struct event *e = open_block(w, EVENT_OPEN, NODE_HEADING, node);
	const int line = heading_end(w->m, node);
	const uint32_t to = markdown_source(w->m, (uint32_t)(line_end(w->m, line) - w->m->prep->text.p));
	size_t event = out->n - 1;

	if (!e)
		return;
	e->to = to;
	e->number = cmark_node_get_heading_level(node);
	markdown_inlines(w->m, node, out);
	if (w->m->input->parts & DIALECT_ATTRIBUTES)
		take_heading_attributes(w, event);
	markdown_marks_to_text(w->m, event);
	events_add(out, EVENT_CLOSE, NODE_HEADING, markdown_block_from(w->m, node), to);
	markdown_block_done(w, event, line);
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
	bool raw = !(w->m->input->parts & DIALECT_HTML);
	struct event *e = open_block(w, raw ? EVENT_LEAF : EVENT_HTML, NODE_HTML_BLOCK, node);

	if (!e)
		return;
	e->text = raw ? prepared_restore(w->m->prep, literal) : literal;
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
	w->n_pending = 0; /* they waited for a block of this container */
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

/* Without the comment that held the place of a blank first line. */
static cmark_node *without_holder(cmark_node *item)
{
	cmark_node *first = cmark_node_first_child(item);

	if (first && cmark_node_get_type(first) == CMARK_NODE_HTML_BLOCK &&
	    str_eqz(str_of(cmark_node_get_literal(first)), "<!---->\n"))
		cmark_node_unlink(first);
	return item;
}

/* Finds the cells and footnotes at the front; returns the first block of the body. */
static cmark_node *read_front(struct markdown *m, cmark_node *root)
{
	cmark_node *node = cmark_node_first_child(root);
	size_t n_cells = m->prep->n_front, n_items = m->prep->n_items;

	if (!m->prep->has_front)
		return node;
	m->cells = arena_alloc_zero(m->arena, (n_cells + 1) * sizeof *m->cells);
	m->items = arena_alloc_zero(m->arena, (n_items + 1) * sizeof *m->items);
	if (!m->cells || !m->items) {
		m->failed = true;
		return NULL;
	}
	for (size_t i = 0; i < n_cells && node; i++, node = cmark_node_next(node))
		m->cells[i] = node;
	if (n_items && node) {
		cmark_node *item = cmark_node_first_child(node);
		for (size_t i = 0; i < n_items && item; i++, item = cmark_node_next(item))
			m->items[i] = without_holder(item);
		node = cmark_node_next(node);
	}
	return node ? cmark_node_next(node) : NULL; /* over the separator */
}

/* Of words defined twice the first counts; one that is too long to be sought is left out. */
static bool find_abbreviations(struct markdown *m)
{
	struct prepared *p = m->prep;
	size_t n = 0, n_bytes = 0;

	for (size_t i = 0; i < p->n_abbreviations; i++)
		if (p->abbreviations[i].word.n <= FINDER_WORD_MAX)
			p->abbreviations[n++] = p->abbreviations[i];
	if (n == 0)
		return true;
	struct str *words = arena_alloc(m->arena, n * sizeof *words);
	for (size_t i = 0; words && i < n; i++) {
		words[i] = p->abbreviations[i].word;
		n_bytes += words[i].n;
	}
	const size_t size = finder_size(n, n_bytes);
	m->abbreviations = words && size ? arena_alloc(m->arena, size) : NULL;
	return m->abbreviations && finder_init(m->abbreviations, words, n, 0);
}

enum markdown_status markdown_read(const struct markdown_input *input, struct arena *arena, struct prepared *prepared,
				   struct events *out)
{
	struct markdown m = { .arena = arena, .input = input, .prep = prepared, .out = out };
	struct walk w = { .m = &m };

	prepare(prepared, arena, input->body, input->parts);
	prepared->offset = input->offset;
	if (prepared->failed || !find_lines(&m) || !find_abbreviations(&m))
		return MARKDOWN_NOMEM;
	cmark_node *root = markdown_parse(arena, prepared->text);
	if (!root)
		return MARKDOWN_NOMEM;
	cmark_node *first = read_front(&m, root);
	if (!m.failed)
		walk_blocks(&w, root, first);
	return m.failed || out->failed || prepared->failed ? MARKDOWN_NOMEM : MARKDOWN_OK;
}
