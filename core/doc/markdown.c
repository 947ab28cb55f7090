/*
 * markdown.c - cmark's blocks as events: paragraphs with the tables,
 * footnotes and attribute lists that the pre-pass left in them, lists with
 * check boxes, code, raw HTML.
 */
#include "doc/markdown_priv.h"

#include "doc/attributes.h"

/* An attribute list looks no deeper for the list it belongs to. */
#define DEEPEST_LIST 500

/* An open container while cmark's tree is walked. */
struct frame {
	cmark_node *node;
	size_t event;  /* its EVENT_OPEN */
	size_t last;   /* event that opened the last finished child block; SIZE_MAX: none */
	int last_line; /* the line that child ended on */
};

struct walk {
	struct markdown *m;
	struct frame *frames;
	size_t n, cap;
	const struct held *pending; /* attribute list that waits for the next block */
	int pending_line;
};

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

uint32_t markdown_source(const struct markdown *m, uint32_t offset)
{
	return m->input->offset + prepared_source(m->prep, offset);
}

static uint32_t block_from(const struct markdown *m, cmark_node *node)
{
	return markdown_source(m,
			       markdown_offset(m, cmark_node_get_start_line(node), cmark_node_get_start_column(node)));
}

static uint32_t block_to(const struct markdown *m, cmark_node *node)
{
	return markdown_source(m,
			       markdown_offset(m, cmark_node_get_end_line(node), cmark_node_get_end_column(node) + 1));
}

/* ---------------------------------------------------------------- frames */

static struct frame *top(struct walk *w)
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

static void apply(struct walk *w, size_t event, const struct held *attributes)
{
	struct str inside = { attributes->source.p + 2, attributes->source.n - 3 };

	if (event == SIZE_MAX || attributes_is_definition(inside))
		return;
	if (!attributes_apply(w->m->arena, &w->m->out->items[event], prepared_restore(w->m->prep, inside)))
		w->m->failed = true;
}

/* A block that begins on this line: an attribute list that waits belongs to it when it stood right above. */
static void take_pending(struct walk *w, size_t event, int line)
{
	const struct held *attributes = w->pending;

	w->pending = NULL;
	if (attributes && line == w->pending_line + 1)
		apply(w, event, attributes);
}

static struct event *open_block(struct walk *w, enum event_type type, enum node_kind kind, cmark_node *node)
{
	struct event *e = events_add(w->m->out, type, kind, block_from(w->m, node), block_to(w->m, node));

	if (e && w->pending)
		take_pending(w, w->m->out->n - 1, cmark_node_get_start_line(node));
	return e;
}

static void block_done(struct walk *w, size_t event, int line)
{
	top(w)->last = event;
	top(w)->last_line = line;
}

static const struct held *mark_of(const struct markdown *m, const struct event *e)
{
	return e->type == EVENT_MARK ? &m->prep->held[e->number] : NULL;
}

/* Marks that found no block to belong to: their source is text after all. */
static void marks_to_text(const struct markdown *m, size_t from)
{
	for (size_t i = from; i < m->out->n; i++) {
		struct event *e = &m->out->items[i];
		if (e->type != EVENT_MARK)
			continue;
		e->text = prepared_restore(m->prep, mark_of(m, e)->source);
		e->type = EVENT_TEXT;
		e->kind = NODE_TEXT;
	}
}

/* ---------------------------------------------------------------- tables */

static void add_cell(struct walk *w, const struct prepared_cell *cell, char align)
{
	struct markdown *m = w->m;
	uint32_t from = cell ? m->input->offset + prepared_inline_source(m->prep, cell->from) : TREE_NONE;
	uint32_t to = cell ? m->input->offset + prepared_inline_source(m->prep, cell->to) : TREE_NONE;
	struct event *e = events_add(m->out, EVENT_OPEN, NODE_TABLE_CELL, from, to);

	if (!e)
		return;
	size_t event = m->out->n;
	e->align = align == '-' ? 0 : (uint8_t)align;
	if (cell && cell->paragraph >= 0)
		markdown_inlines(m, m->cells[cell->paragraph], m->out);
	marks_to_text(m, event);
	events_add(m->out, EVENT_CLOSE, NODE_TABLE_CELL, from, to);
}

static void add_table(struct walk *w, const struct held *held)
{
	struct markdown *m = w->m;
	const struct prepared_table *table = &m->prep->tables[held->first];
	uint32_t from = m->input->offset + held->from, to = m->input->offset + held->to;
	struct event *e = events_add(m->out, EVENT_OPEN, NODE_TABLE, from, to);

	if (!e)
		return;
	e->text = table->aligns;
	for (uint32_t r = 0; r < table->n_rows; r++) {
		const struct prepared_row *row = &m->prep->rows[table->first_row + r];
		uint32_t row_from = m->input->offset + prepared_inline_source(m->prep, row->from);
		uint32_t row_to = m->input->offset + prepared_inline_source(m->prep, row->to);
		e = events_add(m->out, EVENT_OPEN, NODE_TABLE_ROW, row_from, row_to);
		if (e && r == 0)
			e->flags |= NODE_HEADER;
		for (uint32_t c = 0; c < table->aligns.n; c++)
			add_cell(w, c < row->n_cells ? &m->prep->cells[row->first_cell + c] : NULL, table->aligns.p[c]);
		events_add(m->out, EVENT_CLOSE, NODE_TABLE_ROW, row_from, row_to);
	}
	events_add(m->out, EVENT_CLOSE, NODE_TABLE, from, to);
}

/* ------------------------------------------------------------ paragraphs */

static void walk_children(struct walk *w, cmark_node *container);

static void add_footnote(struct walk *w, const struct held *held)
{
	struct markdown *m = w->m;
	uint32_t from = m->input->offset + held->from, to = m->input->offset + held->to;
	struct event *e = events_add(m->out, EVENT_OPEN, NODE_FOOTNOTE_DEFINITION, from, to);
	struct walk inner = { .m = m };

	if (!e)
		return;
	e->text = held->text;
	if (m->notes && m->notes[held->first])
		walk_children(&inner, m->notes[held->first]);
	events_add(m->out, EVENT_CLOSE, NODE_FOOTNOTE_DEFINITION, from, to);
}

static bool is_break(const struct event *e)
{
	return e->type == EVENT_LEAF && (e->kind == NODE_SOFTBREAK || e->kind == NODE_LINEBREAK);
}

/* "[ ] " or "[x] " at the beginning of an item makes it a task (GFM 5.3). */
static void take_check_box(struct walk *w, struct events *in)
{
	struct event *text = in->n ? &in->items[0] : NULL;

	if (!text || top(w)->event == SIZE_MAX || /* a footnote */
	    text->type != EVENT_TEXT || text->text.n < 4 || text->text.p[0] != '[' || text->text.p[2] != ']' ||
	    (text->text.p[3] != ' ' && text->text.p[3] != '\t'))
		return;
	char mark = text->text.p[1];
	if (mark != ' ' && mark != 'x' && mark != 'X')
		return;
	w->m->out->items[top(w)->event].flags |= mark == ' ' ? NODE_TASK : NODE_TASK | NODE_CHECKED;
	text->text = (struct str){ text->text.p + 4, text->text.n - 4 };
	text->from += 4;
}

/*
 * An attribute list alone on its line.  Written further left than the
 * paragraph it was (lazily) joined to, it belongs to the list or quote around; otherwise to the paragraph, or,
 * where it stands alone, to the block right above or else right below.
 */
static void place_attributes(struct walk *w, const struct held *attributes, cmark_node *node, int line,
			     size_t paragraph)
{
	struct markdown *m = w->m;
	uint32_t offset = m->input->offset + attributes->from;
	int start = cmark_node_get_start_line(node);

	/* deeper ones have no node of their own, and this is done for every list */
	for (size_t i = w->n < DEEPEST_LIST ? w->n : DEEPEST_LIST; i-- > 0 && line > start;) {
		cmark_node_type type = cmark_node_get_type(w->frames[i].node);
		if (type != CMARK_NODE_LIST && type != CMARK_NODE_BLOCK_QUOTE)
			continue;
		/* columns: its own line begins this many bytes before it */
		uint32_t column = offset - markdown_source(m, markdown_offset(m, line, 1));
		if ((int)column + 1 < cmark_node_get_start_column(node) &&
		    (int)column + 1 >= cmark_node_get_start_column(w->frames[i].node)) {
			apply(w, w->frames[i].event, attributes);
			return;
		}
	}
	if (paragraph != SIZE_MAX) {
		apply(w, paragraph, attributes);
	} else if (top(w)->last != SIZE_MAX && top(w)->last_line + 1 == line) {
		apply(w, top(w)->last, attributes);
	} else {
		w->pending = attributes;
		w->pending_line = line;
	}
}

/* The lines of one cmark paragraph, which may hold several of our blocks. */
struct paragraph {
	struct walk *w;
	cmark_node *node;
	struct events in;
	size_t event; /* the paragraph that is open; SIZE_MAX: none */
};

static bool is_line_between(const struct markdown *m, uint32_t from, uint32_t to)
{
	return memchr(m->input->body.p + (from - m->input->offset), '\n', to - from) != NULL;
}

/* At a line whose first inline is first. The part of cmark's paragraph that is ours reaches from there to its last inline. */
static void paragraph_open(struct paragraph *p, const struct event *first, int line)
{
	struct walk *w = p->w;
	uint32_t from = block_from(w->m, p->node);

	if (p->event != SIZE_MAX)
		return;
	/* other blocks or link definitions may come before it */
	if (first->from != TREE_NONE && first->from > from && is_line_between(w->m, from, first->from))
		from = first->from;
	if (!events_add(w->m->out, EVENT_OPEN, NODE_PARAGRAPH, from, block_to(w->m, p->node)))
		return;
	p->event = w->m->out->n - 1;
	if (w->pending)
		take_pending(w, p->event, line);
}

static void paragraph_close(struct paragraph *p, bool at_end)
{
	if (p->event == SIZE_MAX)
		return;
	struct events *out = p->w->m->out;
	struct event *e = &out->items[p->event];
	if (!at_end && out->items[out->n - 1].to != TREE_NONE && out->items[out->n - 1].to >= e->from)
		e->to = out->items[out->n - 1].to;
	events_add(out, EVENT_CLOSE, NODE_PARAGRAPH, e->from, e->to);
	block_done(p->w, p->event, cmark_node_get_end_line(p->node));
	p->event = SIZE_MAX;
}

static void copy_event(struct paragraph *p, const struct event *e)
{
	struct events *out = p->w->m->out;
	struct event *copy = events_add(out, e->type, e->kind, e->from, e->to);

	if (!copy)
		return;
	*copy = *e;
	if (e->type == EVENT_MARK) { /* no place for it here: its source is text after all */
		copy->type = EVENT_TEXT;
		copy->kind = NODE_TEXT;
		copy->text = prepared_restore(p->w->m->prep, p->w->m->prep->held[e->number].source);
	}
}

static void skip_blanks(struct event *e)
{
	while (e->type == EVENT_TEXT && e->text.n > 1 && (*e->text.p == ' ' || *e->text.p == '\t')) {
		e->text.p++;
		e->text.n--;
		e->from += !e->flags;
	}
}

/* One line [from, to) of the inlines; breaks before it were not copied yet. */
static void paragraph_line(struct paragraph *p, size_t from, size_t to, int line)
{
	struct walk *w = p->w;
	const struct held *mark = to - from == 1 ? mark_of(w->m, &p->in.items[from]) : NULL;

	if (mark && (mark->type == HELD_TABLE || mark->type == HELD_FOOTNOTE)) {
		paragraph_close(p, false);
		size_t event = w->m->out->n;
		if (mark->type == HELD_TABLE)
			add_table(w, mark);
		else
			add_footnote(w, mark);
		if (w->m->out->n > event) {
			take_pending(w, event, line);
			block_done(w, event, line);
		}
		return;
	}
	if (mark && mark->type == HELD_ATTRIBUTES) {
		place_attributes(w, mark, p->node, line, p->event);
		return;
	}
	const struct held *first = from < to ? mark_of(w->m, &p->in.items[from]) : NULL;
	if (first && first->type == HELD_ATTRIBUTES && from == 0 &&
	    cmark_node_get_type(top(w)->node) == CMARK_NODE_ITEM) {
		apply(w, top(w)->event, first); /* "- {: .class} text" */
		from++;
		if (from < to)
			skip_blanks(&p->in.items[from]);
	}
	if (p->event != SIZE_MAX && from > 0 && is_break(&p->in.items[from - 1]))
		copy_event(p, &p->in.items[from - 1]);
	if (from < to)
		paragraph_open(p, &p->in.items[from], line);
	for (size_t i = from; i < to; i++)
		copy_event(p, &p->in.items[i]);
}

static void add_paragraph(struct walk *w, cmark_node *node)
{
	struct paragraph p = { .w = w, .node = node, .event = SIZE_MAX };
	int depth = 0, line = cmark_node_get_start_line(node);
	size_t from = 0;

	events_init(&p.in, w->m->arena);
	markdown_inlines(w->m, node, &p.in);
	w->m->failed = w->m->failed || p.in.failed;
	if (!w->m->input->commonmark && cmark_node_get_type(top(w)->node) == CMARK_NODE_ITEM &&
	    !cmark_node_previous(node))
		take_check_box(w, &p.in);
	for (size_t i = 0; i <= p.in.n && !w->m->failed; i++) {
		const struct event *e = i < p.in.n ? &p.in.items[i] : NULL;
		depth += e && e->type == EVENT_OPEN;
		depth -= e && e->type == EVENT_CLOSE;
		if (e && !(depth == 0 && is_break(e)))
			continue;
		if (i > from)
			paragraph_line(&p, from, i, line);
		from = i + 1;
		line++;
	}
	paragraph_close(&p, true);
}

/* -------------------------------------------------------------- headings */

/* "{#id .class}" at the end of a heading, as Hugo and kramdown write it. */
static void take_heading_attributes(struct walk *w, size_t event)
{
	struct events *out = w->m->out;
	struct event *last = out->n > event + 1 ? &out->items[out->n - 1] : NULL;

	if (last && last->type == EVENT_MARK) {
		const struct held *held = mark_of(w->m, last);
		out->n--;
		if (held->type == HELD_ATTRIBUTES)
			apply(w, event, held);
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
	marks_to_text(w->m, event);
	events_add(out, EVENT_CLOSE, NODE_HEADING, block_from(w->m, node), block_to(w->m, node));
	block_done(w, event, cmark_node_get_end_line(node));
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
	block_done(w, w->m->out->n - 1, cmark_node_get_end_line(node));
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
	block_done(w, w->m->out->n - 1, cmark_node_get_end_line(node));
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
	struct frame done = *top(w);
	struct event *e = &w->m->out->items[done.event];

	events_add(w->m->out, EVENT_CLOSE, e->kind, e->from, e->to);
	w->n--;
	block_done(w, done.event, cmark_node_get_end_line(done.node));
}

static void add_leaf_block(struct walk *w, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		add_paragraph(w, node);
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
			block_done(w, w->m->out->n - 1, cmark_node_get_end_line(node));
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
			node = top(w)->node;
			close_container(w);
		}
		node = cmark_node_next(node);
	}
	w->n = base - 1;
}

static void walk_children(struct walk *w, cmark_node *container)
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
	if (prepared->failed || !find_lines(&m))
		return MARKDOWN_NOMEM;
	cmark_node *root = markdown_parse(arena, prepared->text);
	if (!root)
		return MARKDOWN_NOMEM;
	cmark_node *first = read_front(&m, root);
	if (!m.failed)
		walk_blocks(&w, root, first);
	return m.failed || out->failed || prepared->failed ? MARKDOWN_NOMEM : MARKDOWN_OK;
}
