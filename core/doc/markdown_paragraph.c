/*
 * markdown_paragraph.c - a paragraph of cmark's, which for us may hold several
 * blocks: text, tables, footnotes, attribute lists, an item's check box.
 */
#include "doc/markdown_priv.h"

#include "doc/attributes.h"

/* An attribute list looks no deeper for the list it belongs to. */
#define DEEPEST_LIST 500

/* The paragraph of a cell, moved to the front, behind its mark. */
static void add_cell_inlines(struct markdown *m, cmark_node *paragraph, size_t block)
{
	cmark_node *first = cmark_node_first_child(paragraph);
	const char *literal = first ? cmark_node_get_literal(first) : NULL;

	if (block != MARKDOWN_NOTHING && literal && strlen(literal) >= MARKDOWN_CELL_MARK &&
	    cmark_node_get_type(first) == CMARK_NODE_TEXT && markdown_is_direct(m, paragraph)) {
		markdown_plain_inlines(m, paragraph, MARKDOWN_CELL_MARK);
		return;
	}
	struct events *in = markdown_list(m);
	if (!in)
		return;
	markdown_inlines(m, paragraph, in);
	markdown_add_inlines(m, in);
	markdown_list_done(m, in);
}

static void add_cell(struct walk *w, const struct prepared_cell *cell, char align)
{
	struct markdown *m = w->m;
	const struct event e = {
		.type = EVENT_OPEN,
		.kind = NODE_TABLE_CELL,
		.align = align == '-' ? 0 : (uint8_t)align,
		.from = cell ? m->input->offset + prepared_inline_source(m->prep, cell->from) : TREE_NONE,
		.to = cell ? m->input->offset + prepared_inline_source(m->prep, cell->to) : TREE_NONE
	};
	size_t block = markdown_add(m, &e);

	if (cell && cell->paragraph >= 0 && m->cells[cell->paragraph])
		add_cell_inlines(m, m->cells[cell->paragraph], block);
	markdown_close(m, NODE_TABLE_CELL, e.from, e.to);
}

static void add_row(struct walk *w, const struct prepared_row *row, struct str aligns, bool header)
{
	struct markdown *m = w->m;
	const struct event e = { .type = EVENT_OPEN,
				 .kind = NODE_TABLE_ROW,
				 .flags = header ? NODE_HEADER : 0,
				 .from = m->input->offset + prepared_inline_source(m->prep, row->from),
				 .to = m->input->offset + prepared_inline_source(m->prep, row->to) };

	markdown_add(m, &e);
	for (uint32_t c = 0; c < aligns.n && !markdown_failed(m); c++)
		add_cell(w, c < row->n_cells ? &m->prep->cells[row->first_cell + c] : NULL, aligns.p[c]);
	markdown_close(m, NODE_TABLE_ROW, e.from, e.to);
}

/* Tables and footnotes: what stands in the place of a mark. */
static struct event mark_event(const struct markdown *m, enum node_kind kind, const struct held *held)
{
	return (struct event){ .type = EVENT_OPEN,
			       .kind = (uint8_t)kind,
			       .from = m->input->offset + held->from,
			       .to = m->input->offset + held->to };
}

static size_t add_table(struct walk *w, const struct held *held)
{
	struct markdown *m = w->m;
	const struct prepared_table *table = &m->prep->tables[held->first];
	struct event e = mark_event(m, NODE_TABLE, held);

	e.text = table->aligns;
	size_t block = markdown_add(m, &e);
	for (uint32_t r = 0; r < table->n_rows && !markdown_failed(m); r++)
		add_row(w, &m->prep->rows[table->first_row + r], table->aligns, r == 0);
	markdown_close(m, NODE_TABLE, e.from, e.to);
	return block;
}

static size_t add_footnote(struct walk *w, const struct held *held)
{
	struct markdown *m = w->m;
	struct event e = mark_event(m, NODE_FOOTNOTE_DEFINITION, held);
	struct walk inner = { .m = m };

	e.text = held->text;
	size_t block = markdown_add(m, &e);
	if (m->notes && m->notes[held->first])
		markdown_walk_children(&inner, m->notes[held->first]);
	markdown_close(m, NODE_FOOTNOTE_DEFINITION, e.from, e.to);
	return block;
}

/* ------------------------------------------------------------ paragraphs */

static bool is_break(const struct event *e)
{
	return e->type == EVENT_LEAF && (e->kind == NODE_SOFTBREAK || e->kind == NODE_LINEBREAK);
}

/* "[ ] " or "[x] " at the beginning of an item makes it a task (GFM 5.3). */
static void take_check_box(struct walk *w, struct events *in)
{
	struct event *text = in->n ? &in->items[0] : NULL;

	if (!text || markdown_top(w)->base || /* a footnote */
	    text->type != EVENT_TEXT || text->text.n < 4 || text->text.p[0] != '[' || text->text.p[2] != ']' ||
	    (text->text.p[3] != ' ' && text->text.p[3] != '\t'))
		return;
	char mark = text->text.p[1];
	if (mark != ' ' && mark != 'x' && mark != 'X')
		return;
	markdown_add_flags(w->m, markdown_top(w)->block, mark == ' ' ? NODE_TASK : NODE_TASK | NODE_CHECKED);
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
			markdown_apply(w, w->frames[i].block, attributes);
			return;
		}
	}
	if (paragraph != MARKDOWN_NOTHING) {
		markdown_apply(w, paragraph, attributes);
	} else if (markdown_top(w)->last != MARKDOWN_NOTHING && markdown_top(w)->last_line + 1 == line) {
		markdown_apply(w, markdown_top(w)->last, attributes);
	} else {
		w->pending = attributes;
		w->pending_line = line;
	}
}

/* The lines of one cmark paragraph, which may hold several of our blocks. */
struct paragraph {
	struct walk *w;
	cmark_node *node;
	struct events *in;
	bool is_open;
	size_t block;      /* what is open has become */
	uint32_t from, to; /* where it begins, where its last inline ends */
};

static bool is_line_between(const struct markdown *m, uint32_t from, uint32_t to)
{
	return memchr(m->input->body.p + (from - m->input->offset), '\n', to - from) != NULL;
}

/* At a line whose first inline is first. The part of cmark's paragraph that is ours reaches from there to its last inline. */
static void paragraph_open(struct paragraph *p, const struct event *first, int line)
{
	struct walk *w = p->w;
	struct event e = { .type = EVENT_OPEN, .kind = NODE_PARAGRAPH, .from = markdown_block_from(w->m, p->node) };

	if (p->is_open)
		return;
	/* other blocks or link definitions may come before it */
	if (first->from != TREE_NONE && first->from > e.from && is_line_between(w->m, e.from, first->from))
		e.from = first->from;
	p->from = e.to = e.from; /* its end is told when it is known */
	p->to = TREE_NONE;
	p->is_open = true;
	p->block = markdown_add(w->m, &e);
	if (w->pending)
		markdown_take_pending(w, p->block, line);
}

static void paragraph_close(struct paragraph *p, bool at_end)
{
	uint32_t to = markdown_block_to(p->w->m, p->node);

	if (!p->is_open)
		return;
	if (!at_end && p->to != TREE_NONE && p->to >= p->from)
		to = p->to;
	markdown_set_end(p->w->m, p->block, to);
	markdown_close(p->w->m, NODE_PARAGRAPH, p->from, to);
	markdown_block_done(p->w, p->block, cmark_node_get_end_line(p->node));
	p->is_open = false;
	p->block = MARKDOWN_NOTHING;
}

/* Inlines [from, to); marks among them have no place here: their source is text after all. */
static void paragraph_add(struct paragraph *p, size_t from, size_t to)
{
	struct events part = { .items = p->in->items + from, .n = to - from };

	if (from == to)
		return;
	p->to = part.items[part.n - 1].to;
	markdown_add_inlines(p->w->m, &part);
}

static void skip_blanks(struct event *e)
{
	while (e->type == EVENT_TEXT && e->text.n > 1 && (*e->text.p == ' ' || *e->text.p == '\t')) {
		e->text.p++;
		e->text.n--;
		e->from += !e->flags;
	}
}

/* A table or a footnote alone on its line. */
static void add_marked_block(struct paragraph *p, const struct held *mark, int line)
{
	size_t block;

	paragraph_close(p, false);
	block = mark->type == HELD_TABLE ? add_table(p->w, mark) : add_footnote(p->w, mark);
	markdown_take_pending(p->w, block, line);
	markdown_block_done(p->w, block, line);
}

/* One line [from, to) of the inlines, with breaks from `breaks` on before it. */
static void paragraph_line(struct paragraph *p, size_t breaks, size_t from, size_t to, int line)
{
	struct walk *w = p->w;
	const struct held *mark = to - from == 1 ? markdown_mark_of(w->m, &p->in->items[from]) : NULL;

	if (mark && (mark->type == HELD_TABLE || mark->type == HELD_FOOTNOTE)) {
		add_marked_block(p, mark, line);
		return;
	}
	if (mark && mark->type == HELD_ATTRIBUTES) {
		place_attributes(w, mark, p->node, line, p->block);
		return;
	}
	const struct held *first = markdown_mark_of(w->m, &p->in->items[from]);
	if (first && first->type == HELD_ATTRIBUTES && from == 0 &&
	    cmark_node_get_type(markdown_top(w)->node) == CMARK_NODE_ITEM) {
		markdown_apply(w, markdown_top(w)->block, first); /* "- {: .class} text" */
		from++;
		if (from < to)
			skip_blanks(&p->in->items[from]);
	}
	if (p->is_open && breaks < from && is_break(&p->in->items[breaks]))
		paragraph_add(p, breaks, from);
	if (from < to)
		paragraph_open(p, &p->in->items[from], line);
	paragraph_add(p, from, to);
}

static void add_lines(struct paragraph *p)
{
	int depth = 0, line = cmark_node_get_start_line(p->node);
	size_t from = 0, breaks = 0;

	for (size_t i = 0; i <= p->in->n && !markdown_failed(p->w->m); i++) {
		const struct event *e = i < p->in->n ? &p->in->items[i] : NULL;
		depth += e && e->type == EVENT_OPEN;
		depth -= e && e->type == EVENT_CLOSE;
		if (e && !(depth == 0 && is_break(e)))
			continue;
		if (i > from) {
			paragraph_line(p, breaks, from, i, line);
			breaks = i;
		}
		from = i + 1;
		line++;
	}
	paragraph_close(p, true);
}

/* All of it is one paragraph of ours, of plain inlines. */
static bool is_simple(struct walk *w, cmark_node *node, bool in_item)
{
	const struct str text = w->m->prep->text;
	uint32_t at = markdown_offset(w->m, cmark_node_get_start_line(node), cmark_node_get_start_column(node));

	if (!cmark_node_first_child(node) || !markdown_is_direct(w->m, node))
		return false;
	/* a check box, or link definitions that cmark has cut off */
	return at >= text.n || text.p[at] != '[' || (!in_item && !markdown_is_definition(w->m, at));
}

static bool add_simple(struct walk *w, cmark_node *node, bool in_item)
{
	const struct event e = { .type = EVENT_OPEN,
				 .kind = NODE_PARAGRAPH,
				 .from = markdown_block_from(w->m, node),
				 .to = markdown_block_to(w->m, node) };

	if (!w->m->tree || !is_simple(w, node, in_item))
		return false;
	size_t block = markdown_open_block(w, &e, node);
	if (block != MARKDOWN_NOTHING)
		markdown_plain_inlines(w->m, node, 0);
	else if (!markdown_failed(w->m))
		return false;
	markdown_close(w->m, NODE_PARAGRAPH, e.from, e.to);
	markdown_block_done(w, block, cmark_node_get_end_line(node));
	return true;
}

void markdown_add_paragraph(struct walk *w, cmark_node *node)
{
	struct paragraph p = { .w = w, .node = node, .block = MARKDOWN_NOTHING };
	bool in_item = cmark_node_get_type(markdown_top(w)->node) == CMARK_NODE_ITEM;

	if (add_simple(w, node, in_item))
		return;
	p.in = markdown_list(w->m);
	if (!p.in)
		return;
	markdown_inlines(w->m, node, p.in);
	if (!w->m->input->commonmark && in_item && !cmark_node_previous(node))
		take_check_box(w, p.in);
	add_lines(&p);
	markdown_list_done(w->m, p.in);
}
