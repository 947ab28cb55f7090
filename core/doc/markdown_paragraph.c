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

/* The blocks of an item at the front, in what block became. */
static void add_item(struct markdown *m, size_t ordinal, size_t block)
{
	struct walk inner = { .m = m, .around = block };

	if (m->items && ordinal < m->prep->n_items && m->items[ordinal])
		markdown_walk_children(&inner, m->items[ordinal]);
}

/* Behind an attribute list; true where the text is nothing else. */
static bool skip_blanks(struct event *e)
{
	if (e->type != EVENT_TEXT)
		return false;
	while (e->text.n > 0 && (*e->text.p == ' ' || *e->text.p == '\t')) {
		e->text.p++;
		e->text.n--;
		e->from += !e->flags && e->from < e->to;
	}
	return e->text.n == 0;
}

static void add_term(struct markdown *m, const struct prepared_part *part, size_t block)
{
	struct events *in = markdown_list(m);

	if (!in)
		return;
	if (m->cells && part->content >= 0)
		markdown_inlines(m, m->cells[part->content], in);
	const struct held *first = in->n ? markdown_mark_of(m, &in->items[0]) : NULL;
	size_t skipped = first && first->type == HELD_ATTRIBUTES; /* "{: .class} term" */
	struct event *e = skipped ? markdown_attributes_of(m, block) : NULL;
	if (e && !prepared_attributes(m->prep, first, e))
		m->failed = true;
	if (skipped && in->n > 1)
		skipped += skip_blanks(&in->items[1]);
	struct events rest = { .items = in->items + skipped, .n = in->n - skipped };
	markdown_add_inlines(m, &rest);
	markdown_list_done(m, in);
}

static size_t add_definitions(struct walk *w, const struct held *held)
{
	struct markdown *m = w->m;
	const struct prepared_list *list = &m->prep->lists[held->first];
	const struct event e = mark_event(m, NODE_DEFINITION_LIST, held);
	const uint32_t offset = m->input->offset;
	const size_t block = markdown_add(m, &e);

	for (uint32_t i = 0; i < list->n_parts && !markdown_failed(m); i++) {
		const struct prepared_part *part = &m->prep->list_parts[list->first_part + i];
		const struct event inner = { .type = EVENT_OPEN,
					     .kind = part->term ? NODE_TERM : NODE_DEFINITION,
					     .from = offset + prepared_inline_source(m->prep, part->from),
					     .to = offset + prepared_inline_source(m->prep, part->to) };
		const size_t added = markdown_add(m, &inner);
		if (part->term)
			add_term(m, part, added);
		else
			add_item(m, (size_t)part->content, added);
		markdown_close(m, (enum node_kind)inner.kind, inner.from, inner.to);
	}
	markdown_close(m, NODE_DEFINITION_LIST, e.from, e.to);
	return block;
}

/* "{% highlight %}" with its code. */
static size_t add_code(struct walk *w, const struct held *held)
{
	struct markdown *m = w->m;
	struct event e = mark_event(m, NODE_CODE_BLOCK, held);
	const struct str language = liquid_language(held->source);

	e.type = EVENT_LEAF;
	e.text = held->text;
	if (language.n)
		e.extra = language;
	return markdown_add(m, &e);
}

static size_t add_footnote(struct walk *w, const struct held *held)
{
	struct markdown *m = w->m;
	struct event e = mark_event(m, NODE_FOOTNOTE_DEFINITION, held);

	e.text = held->text;
	size_t block = markdown_add(m, &e);
	add_item(m, held->first, block);
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
	const char *source = w->m->input->body.p + (text->from - w->m->input->offset);
	if (text->from != TREE_NONE && !text->flags && memcmp(source, text->text.p, 3) != 0)
		return; /* an escaped bracket, or an entity */
	markdown_add_flags(w->m, markdown_top(w)->block, mark == ' ' ? NODE_TASK : NODE_TASK | NODE_CHECKED);
	size_t n = 4;
	while (n < text->text.n && (text->text.p[n] == ' ' || text->text.p[n] == '\t'))
		n++;
	text->text = (struct str){ text->text.p + n, text->text.n - n };
	text->from += text->to - text->from > n ? (uint32_t)n : text->to - text->from;
}

/* Behind a blank line, marks of quotes aside; to cmark, such a line may be the last of a list, a rule or code. */
static bool is_behind_blank(const struct markdown *m, const struct held *attributes)
{
	const char *begin = m->input->body.p;
	const char *p = memrchr(begin, '\n', attributes->from);

	while (p && p > begin && strchr(" \t\r>", p[-1]))
		p--;
	return p && (p == begin || p[-1] == '\n');
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
			markdown_apply(w, w->frames[i].block, attributes);
			return;
		}
	}
	if (paragraph != MARKDOWN_NOTHING) {
		markdown_apply(w, paragraph, attributes);
	} else if (markdown_top(w)->last != MARKDOWN_NOTHING && markdown_top(w)->last_line + 1 == line &&
		   !is_behind_blank(m, attributes)) {
		markdown_apply(w, markdown_top(w)->last, attributes);
	} else {
		markdown_wait(w, attributes);
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

/* Lines with more on them than breaks. */
static bool is_line_between(const struct markdown *m, uint32_t from, uint32_t to)
{
	const char *p = m->input->body.p + (from - m->input->offset), *end = p + (to - from);
	const bool line = memchr(p, '\n', (size_t)(end - p));

	while (p < end && strchr("\\ \t\r\n>", *p))
		p++;
	return line && p < end;
}

/* At a line whose first inline is first. The part of cmark's paragraph that is ours reaches from there to its last inline. */
static void paragraph_open(struct paragraph *p, const struct event *first)
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
	markdown_take_pending(w, p->block);
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

/* A table, a footnote, a definition list or highlighted code, alone on its line. */
static void add_marked_block(struct paragraph *p, const struct held *mark, int line)
{
	size_t block;

	paragraph_close(p, false);
	if (mark->type == HELD_TABLE)
		block = add_table(p->w, mark);
	else if (mark->type == HELD_DEFINITIONS)
		block = add_definitions(p->w, mark);
	else if (mark->type == HELD_CODE)
		block = add_code(p->w, mark);
	else
		block = add_footnote(p->w, mark);
	markdown_take_pending(p->w, block);
	markdown_block_done(p->w, block, line);
}

/* One line [from, to) of the inlines, with breaks from `breaks` on before it. */
static void paragraph_line(struct paragraph *p, size_t breaks, size_t from, size_t to, int line)
{
	struct walk *w = p->w;
	const struct held *mark = to - from == 1 ? markdown_mark_of(w->m, &p->in->items[from]) : NULL;

	if (mark && mark->type == HELD_ABBREVIATION)
		return;
	if (mark && (mark->type == HELD_TABLE || mark->type == HELD_FOOTNOTE || mark->type == HELD_DEFINITIONS ||
		     mark->type == HELD_CODE)) {
		add_marked_block(p, mark, line);
		return;
	}
	if (mark && mark->type == HELD_ATTRIBUTES) {
		place_attributes(w, mark, p->node, line, p->block);
		return;
	}
	const struct held *first = markdown_mark_of(w->m, &p->in->items[from]);
	if (first && first->type == HELD_ATTRIBUTES && from == 0 &&
	    cmark_node_get_type(markdown_top(w)->node) == CMARK_NODE_ITEM) { /* "- {: .class} text" */
		markdown_apply(w, markdown_top(w)->base ? w->around : markdown_top(w)->block, first);
		from++;
		if (from < to)
			from += skip_blanks(&p->in->items[from]);
	}
	if (p->is_open && breaks < from && is_break(&p->in->items[breaks]))
		paragraph_add(p, breaks, from);
	if (from < to)
		paragraph_open(p, &p->in->items[from]);
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
	size_t block = markdown_open_block(w, &e);
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
	if ((w->m->input->parts & DIALECT_TASKS) && in_item && !cmark_node_previous(node))
		take_check_box(w, p.in);
	add_lines(&p);
	markdown_list_done(w->m, p.in);
}
