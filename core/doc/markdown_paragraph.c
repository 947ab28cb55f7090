/*
 * markdown_paragraph.c - a paragraph of cmark's, which for us may hold several
 * blocks: text, tables, footnotes, attribute lists, an item's check box.
 */
#include "doc/markdown_priv.h"

#include "doc/attributes.h"

/* An attribute list looks no deeper for the list it belongs to. */
#define DEEPEST_LIST 500

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
	markdown_marks_to_text(m, event);
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

/* The blocks of an item at the front. */
static void add_item(struct markdown *m, size_t ordinal)
{
	struct walk inner = { .m = m, .around = m->out->n - 1 };

	if (m->items && ordinal < m->prep->n_items && m->items[ordinal])
		markdown_walk_children(&inner, m->items[ordinal]);
}

static void skip_blanks(struct event *e)
{
	while (e->type == EVENT_TEXT && e->text.n > 1 && (*e->text.p == ' ' || *e->text.p == '\t')) {
		e->text.p++;
		e->text.n--;
		e->from += !e->flags;
	}
}

static void add_term(struct markdown *m, const struct prepared_part *part)
{
	const size_t event = m->out->n - 1;
	struct events in;

	events_init(&in, m->arena);
	if (m->cells && part->content >= 0)
		markdown_inlines(m, m->cells[part->content], &in);
	m->failed = m->failed || in.failed;
	const struct held *first = in.n ? markdown_mark_of(m, &in.items[0]) : NULL;
	const size_t skipped = first && first->type == HELD_ATTRIBUTES; /* "{: .class} term" */
	if (skipped && !prepared_attributes(m->prep, first, &m->out->items[event]))
		m->failed = true;
	if (skipped && in.n > 1)
		skip_blanks(&in.items[1]);
	for (size_t i = skipped; i < in.n; i++) {
		struct event *copy = events_add(m->out, in.items[i].type, in.items[i].kind, 0, 0);
		if (copy)
			*copy = in.items[i];
	}
	markdown_marks_to_text(m, event);
}

static void add_definitions(struct walk *w, const struct held *held)
{
	struct markdown *m = w->m;
	const struct prepared_list *list = &m->prep->lists[held->first];
	const uint32_t offset = m->input->offset;

	events_add(m->out, EVENT_OPEN, NODE_DEFINITION_LIST, offset + held->from, offset + held->to);
	for (uint32_t i = 0; i < list->n_parts && !m->out->failed; i++) {
		const struct prepared_part *part = &m->prep->list_parts[list->first_part + i];
		const enum node_kind kind = part->term ? NODE_TERM : NODE_DEFINITION;
		const uint32_t from = offset + prepared_inline_source(m->prep, part->from);
		const uint32_t to = offset + prepared_inline_source(m->prep, part->to);
		if (!events_add(m->out, EVENT_OPEN, kind, from, to))
			return;
		if (part->term)
			add_term(m, part);
		else
			add_item(m, (size_t)part->content);
		events_add(m->out, EVENT_CLOSE, kind, from, to);
	}
	events_add(m->out, EVENT_CLOSE, NODE_DEFINITION_LIST, offset + held->from, offset + held->to);
}

static void add_code(struct walk *w, const struct held *held)
{
	struct markdown *m = w->m;
	struct event *e = events_add(m->out, EVENT_LEAF, NODE_CODE_BLOCK, m->input->offset + held->from,
				     m->input->offset + held->to);
	const struct str language = liquid_language(held->source);

	if (!e)
		return;
	e->text = held->text;
	if (language.n)
		e->extra = language;
}

static void add_footnote(struct walk *w, const struct held *held)
{
	struct markdown *m = w->m;
	uint32_t from = m->input->offset + held->from, to = m->input->offset + held->to;
	struct event *e = events_add(m->out, EVENT_OPEN, NODE_FOOTNOTE_DEFINITION, from, to);

	if (!e)
		return;
	e->text = held->text;
	add_item(m, held->first);
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

	if (!text || markdown_top(w)->event == SIZE_MAX || /* a footnote */
	    text->type != EVENT_TEXT || text->text.n < 4 || text->text.p[0] != '[' || text->text.p[2] != ']' ||
	    (text->text.p[3] != ' ' && text->text.p[3] != '\t'))
		return;
	char mark = text->text.p[1];
	if (mark != ' ' && mark != 'x' && mark != 'X')
		return;
	const char *source = w->m->input->body.p + (text->from - w->m->input->offset);
	if (text->from != TREE_NONE && !text->flags && memcmp(source, text->text.p, 3) != 0)
		return; /* an escaped bracket, or an entity */
	w->m->out->items[markdown_top(w)->event].flags |= mark == ' ' ? NODE_TASK : NODE_TASK | NODE_CHECKED;
	size_t n = 4;
	while (n + 1 < text->text.n && (text->text.p[n] == ' ' || text->text.p[n] == '\t'))
		n++;
	text->text = (struct str){ text->text.p + n, text->text.n - n };
	text->from += (uint32_t)n;
}

/*
 * An attribute list alone on its line.  Written further left than the
 * paragraph it was (lazily) joined to, it belongs to the list or quote around; otherwise to the paragraph, or,
 * where it stands alone, to the block right above or else to the next one.
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
			markdown_apply(w, w->frames[i].event, attributes);
			return;
		}
	}
	if (paragraph != SIZE_MAX) {
		markdown_apply(w, paragraph, attributes);
	} else if (markdown_top(w)->last != SIZE_MAX && markdown_top(w)->last_line + 1 == line) {
		markdown_apply(w, markdown_top(w)->last, attributes);
	} else {
		markdown_wait(w, attributes);
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
static void paragraph_open(struct paragraph *p, const struct event *first)
{
	struct walk *w = p->w;
	uint32_t from = markdown_block_from(w->m, p->node);

	if (p->event != SIZE_MAX)
		return;
	/* other blocks or link definitions may come before it */
	if (first->from != TREE_NONE && first->from > from && is_line_between(w->m, from, first->from))
		from = first->from;
	if (!events_add(w->m->out, EVENT_OPEN, NODE_PARAGRAPH, from, markdown_block_to(w->m, p->node)))
		return;
	p->event = w->m->out->n - 1;
	markdown_take_pending(w, p->event);
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
	markdown_block_done(p->w, p->event, cmark_node_get_end_line(p->node));
	p->event = SIZE_MAX;
}

static void copy_event(struct paragraph *p, const struct event *e)
{
	struct events *out = p->w->m->out;
	struct event *copy = events_add(out, e->type, e->kind, e->from, e->to);

	if (!copy)
		return;
	*copy = *e;
	if (e->type == EVENT_MARK) /* no place for it here */
		markdown_settle_mark(p->w->m->prep, copy);
}

/* One line [from, to) of the inlines; breaks before it were not copied yet. */
static void paragraph_line(struct paragraph *p, size_t from, size_t to, int line)
{
	struct walk *w = p->w;
	const struct held *mark = to - from == 1 ? markdown_mark_of(w->m, &p->in.items[from]) : NULL;

	if (mark && mark->type == HELD_ABBREVIATION)
		return;
	if (mark && (mark->type == HELD_TABLE || mark->type == HELD_FOOTNOTE || mark->type == HELD_DEFINITIONS ||
		     mark->type == HELD_CODE)) {
		paragraph_close(p, false);
		size_t event = w->m->out->n;
		if (mark->type == HELD_TABLE)
			add_table(w, mark);
		else if (mark->type == HELD_DEFINITIONS)
			add_definitions(w, mark);
		else if (mark->type == HELD_CODE)
			add_code(w, mark);
		else
			add_footnote(w, mark);
		if (w->m->out->n > event) {
			markdown_take_pending(w, event);
			markdown_block_done(w, event, line);
		}
		return;
	}
	if (mark && mark->type == HELD_ATTRIBUTES) {
		place_attributes(w, mark, p->node, line, p->event);
		return;
	}
	const struct held *first = from < to ? markdown_mark_of(w->m, &p->in.items[from]) : NULL;
	if (first && first->type == HELD_ATTRIBUTES && from == 0 &&
	    cmark_node_get_type(markdown_top(w)->node) == CMARK_NODE_ITEM) { /* "- {: .class} text" */
		markdown_apply(w, markdown_top(w)->event == SIZE_MAX ? w->around : markdown_top(w)->event, first);
		from++;
		if (from < to)
			skip_blanks(&p->in.items[from]);
	}
	if (p->event != SIZE_MAX && from > 0 && is_break(&p->in.items[from - 1]))
		copy_event(p, &p->in.items[from - 1]);
	if (from < to)
		paragraph_open(p, &p->in.items[from]);
	for (size_t i = from; i < to; i++)
		copy_event(p, &p->in.items[i]);
}

void markdown_add_paragraph(struct walk *w, cmark_node *node)
{
	struct paragraph p = { .w = w, .node = node, .event = SIZE_MAX };
	int depth = 0, line = cmark_node_get_start_line(node);
	size_t from = 0;

	events_init(&p.in, w->m->arena);
	markdown_inlines(w->m, node, &p.in);
	w->m->failed = w->m->failed || p.in.failed;
	if ((w->m->input->parts & DIALECT_TASKS) && cmark_node_get_type(markdown_top(w)->node) == CMARK_NODE_ITEM &&
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
