/*
 * markdown.c - cmark's blocks as ours: containers and code.
 *
 * Raw HTML is markdown_html.c's; headings are markdown_heading.c's; paragraphs, and what the pre-pass left in them, are markdown_paragraph.c's.
 */
#include "doc/markdown_priv.h"

#include "doc/attributes.h"

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

static bool push(struct walk *w, cmark_node *node, size_t block, bool base)
{
	if (w->n == w->cap) {
		struct frame *grown = arena_grow(w->m->arena, w->frames, &w->cap, w->n + 1, sizeof *grown);
		if (!grown)
			return false;
		w->frames = grown;
	}
	w->frames[w->n++] = (struct frame){ node, block, MARKDOWN_NOTHING, 0, base };
	return true;
}

void markdown_apply(struct walk *w, size_t block, const struct held *attributes)
{
	struct event *e = markdown_attributes_of(w->m, block);

	if (e && !prepared_attributes(w->m->prep, attributes, e))
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

void markdown_take_pending(struct walk *w, size_t block)
{
	for (size_t i = 0; i < w->n_pending; i++)
		markdown_apply(w, block, w->pending[i]);
	w->n_pending = 0;
}

size_t markdown_open_block(struct walk *w, const struct event *e)
{
	size_t block = markdown_add(w->m, e);

	markdown_take_pending(w, block);
	return block;
}

void markdown_block_done(struct walk *w, size_t block, int line)
{
	markdown_top(w)->last = block;
	markdown_top(w)->last_line = line;
}

const struct held *markdown_mark_of(const struct markdown *m, const struct event *e)
{
	return e->type == EVENT_MARK ? &m->prep->held[e->number] : NULL;
}

struct event markdown_block_event(const struct markdown *m, enum event_type type, enum node_kind kind, cmark_node *node)
{
	return (struct event){ .type = (uint8_t)type,
			       .kind = (uint8_t)kind,
			       .from = markdown_block_from(m, node),
			       .to = markdown_block_to(m, node) };
}

/* ------------------------------------------------------------ all blocks */

static void add_code_block(struct walk *w, cmark_node *node)
{
	struct event e = markdown_block_event(w->m, EVENT_LEAF, NODE_CODE_BLOCK, node);
	const char *info = cmark_node_get_fence_info(node);

	const struct prepared_margin margin = markdown_margin(w->m, e.from);

	e.text = prepared_restore_block(w->m->prep, str_of(cmark_node_get_literal(node)), &margin);
	if (info && *info)
		e.extra = prepared_restore_text(w->m->prep, str_of(info));
	markdown_block_done(w, markdown_open_block(w, &e), cmark_node_get_end_line(node));
}

static enum node_kind container_kind(cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_BLOCK_QUOTE:
		return NODE_BLOCK_QUOTE;
	case CMARK_NODE_LIST:
		return NODE_LIST;
	case CMARK_NODE_ITEM:
		return NODE_ITEM;
	default:
		return 0;
	}
}

static void open_container(struct walk *w, cmark_node *node, enum node_kind kind)
{
	struct event e = markdown_block_event(w->m, EVENT_OPEN, kind, node);

	if (kind == NODE_LIST) {
		if (cmark_node_get_list_type(node) == CMARK_ORDERED_LIST) {
			e.flags |= NODE_ORDERED;
			e.number = cmark_node_get_list_start(node);
		}
		if (cmark_node_get_list_tight(node))
			e.flags |= NODE_TIGHT;
	}
	if (!push(w, node, markdown_open_block(w, &e), false))
		w->m->failed = true;
}

/* A list that goes on with one of the part before: its items join those. */
static void resume_list(struct walk *w, cmark_node *node)
{
	const struct markdown_joint *joint = w->joint;

	w->joint = NULL;
	if (joint->blank || !cmark_node_get_list_tight(node))
		markdown_remove_flags(w->m, joint->list, NODE_TIGHT);
	if (!push(w, node, joint->list, false))
		w->m->failed = true;
}

static void close_container(struct walk *w)
{
	const struct frame done = *markdown_top(w);

	w->n_pending = 0; /* they waited for a block of this container */
	if (done.node == w->open_list) {
		w->n--;
		return;
	}
	markdown_close(w->m, container_kind(done.node), markdown_block_from(w->m, done.node),
		       markdown_block_to(w->m, done.node));
	w->n--;
	markdown_block_done(w, done.block, cmark_node_get_end_line(done.node));
}

static void add_rule(struct walk *w, cmark_node *node)
{
	const struct event e = markdown_block_event(w->m, EVENT_LEAF, NODE_THEMATIC_BREAK, node);

	markdown_block_done(w, markdown_open_block(w, &e), cmark_node_get_end_line(node));
}

static void add_leaf_block(struct walk *w, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		markdown_add_paragraph(w, node);
		break;
	case CMARK_NODE_HEADING:
		markdown_add_heading(w, node);
		break;
	case CMARK_NODE_CODE_BLOCK:
		if (markdown_code_is_html(w->m, node))
			markdown_add_html(w, node);
		else
			add_code_block(w, node);
		break;
	case CMARK_NODE_HTML_BLOCK:
		markdown_add_html(w, node);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		add_rule(w, node);
		break;
	default: /* custom blocks are never parsed */
		break;
	}
}

/* Everything from first on, to the last sibling. */
static void walk_blocks(struct walk *w, cmark_node *parent, cmark_node *first)
{
	if (!push(w, parent, MARKDOWN_NOTHING, true)) {
		w->m->failed = true;
		return;
	}
	size_t base = w->n;
	for (cmark_node *node = first; node && !markdown_failed(w->m);) {
		enum node_kind container = container_kind(node);
		if (container) {
			if (w->joint && w->joint->is_open)
				resume_list(w, node);
			else
				open_container(w, node, container);
			if (node == w->open_list)
				w->open_block = markdown_top(w)->block;
			if (markdown_failed(w->m))
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

/* Of words defined twice the first counts; one that is too long to be sought is left out, and so are all that are too many. */
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
	if (words && !size)
		return true;
	m->abbreviations = words ? arena_alloc(m->arena, size) : NULL;
	if (!m->abbreviations)
		return false;
	if (!finder_init(m->abbreviations, words, n, 0))
		m->abbreviations = NULL;
	return true;
}

/* Raw HTML anywhere from first on, which is among the children of root? */
static bool has_html(cmark_node *root, cmark_node *first)
{
	for (cmark_node *node = first; node; node = markdown_next_below(node, root)) {
		cmark_node_type type = cmark_node_get_type(node);
		if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE)
			return true;
	}
	return false;
}

/* Can the blocks go into the tree without a detour through the HTML parser? What was moved to the front counts as well. */
static bool is_html_free(const struct markdown *m, cmark_node *root, cmark_node *first)
{
	if (!(m->input->parts & DIALECT_HTML) || !m->prep->signs.less)
		return true;
	return !m->prep->has_tags && !has_html(root, m->prep->has_front ? cmark_node_first_child(root) : first);
}

static void settle(struct markdown *m)
{
	const struct prepare_signs *signs = &m->prep->signs;
	const bool links = (m->input->parts & DIALECT_AUTOLINKS) && (signs->slashes || signs->ww || signs->at);
	const bool strikes = (m->input->parts & DIALECT_STRIKETHROUGH) && signs->tilde;

	m->lines = m->prep->lines;
	m->n_lines = m->prep->n_lines;
	m->identity = m->prep->inline_map.n == 0 && m->prep->line_map.n == 0;
	m->plain = m->prep->n_held == 0 && !links && !strikes && !m->abbreviations;
}

/* Is it raw HTML that a blank line does not end? Where the next part begins, it may go on. */
static bool may_go_on(cmark_node *block)
{
	const struct str literal = str_trim(str_of(cmark_node_get_literal(block)));

	if (str_starts(literal, STR_LIT("<!--")))
		return !memmem(literal.p, literal.n, "-->", 3);
	return literal.n < 2 || strchr("!?", literal.p[1]) ||
	       prepare_is_raw_element(literal.p + 1, literal.p + literal.n);
}

static bool ends_in_code(cmark_node *block)
{
	for (cmark_node *inner = cmark_node_last_child(block); inner; inner = cmark_node_last_child(block))
		block = inner;
	return cmark_node_get_type(block) == CMARK_NODE_CODE_BLOCK;
}

/* Does a footnote of the part end in code?  What follows it at the front may have a say in where that ends. */
static bool note_ends_in_code(const struct markdown *m, cmark_node *root)
{
	cmark_node *node = cmark_node_first_child(root);

	if (!m->prep->notes || m->prep->notes->n == 0 || m->prep->n_items == 0)
		return false;
	for (size_t i = 0; i < m->prep->n_front && node; i++)
		node = cmark_node_next(node);
	for (node = node ? cmark_node_first_child(node) : NULL; node; node = cmark_node_next(node))
		if (ends_in_code(node))
			return true;
	return false;
}

/* Behind that part, is nothing open but perhaps the list that the next one goes on with? */
static bool can_cut(const struct markdown *m, cmark_node *root, const struct markdown_joint *joint)
{
	cmark_node *last = cmark_node_last_child(root);
	cmark_node_type type = last ? cmark_node_get_type(last) : CMARK_NODE_NONE;

	if ((!joint->last || joint->defines) && !joint->mark && last && ends_in_code(last))
		return false; /* what closes it decides where it ends */
	if (!joint->last && prepare_ends_in_fence(m->prep))
		return false;
	if (note_ends_in_code(m, root))
		return false;
	if (joint->last || !joint->mark)
		return (joint->last && !joint->defines) ||
		       (type != CMARK_NODE_CODE_BLOCK &&
			(type != CMARK_NODE_HTML_BLOCK || !(joint->html || may_go_on(last))) && !m->prep->unclosed);
	if (type != CMARK_NODE_LIST || cmark_node_get_list_type(last) != CMARK_BULLET_LIST)
		return false;
	cmark_node *item = cmark_node_last_child(last);
	uint32_t at = markdown_offset(m, cmark_node_get_start_line(item), cmark_node_get_start_column(item));
	return at < m->prep->text.n && m->prep->text.p[at] == joint->mark;
}

/* The blocks from first on; a list that the next part goes on with is left open. */
static void walk_part(struct markdown *m, cmark_node *root, cmark_node *first, const struct markdown_joint *before,
		      struct markdown_joint *after)
{
	struct walk w = { .m = m, .joint = before };

	if (after && !after->last && after->mark)
		w.open_list = cmark_node_last_child(root);
	walk_blocks(&w, root, first);
	if (after) {
		after->is_open = w.open_list != NULL;
		after->list = w.open_block;
	}
}

enum markdown_status markdown_read_part(const struct markdown_input *input, struct arena *arena,
					struct prepared *prepared, struct events *out, struct structure *tree,
					const struct markdown_joint *before, struct markdown_joint *after)
{
	struct markdown m = { .arena = arena, .input = input, .prep = prepared, .out = out };

	if (before && before->balance) {
		balance_copy(&m.balance, before->balance);
		m.n_balanced = out->n;
	}
	prepare(prepared, arena, input->body, input->parts, input->notes);
	prepared->offset = input->offset;
	if (prepared->failed || !find_abbreviations(&m))
		return MARKDOWN_NOMEM;
	settle(&m);
	cmark_node *root = markdown_parse(arena, prepared->text);
	if (!root)
		return MARKDOWN_NOMEM;
	if (after && !can_cut(&m, root, after))
		return MARKDOWN_CUT;
	cmark_node *first = read_front(&m, root);
	if (is_html_free(&m, root, first))
		m.tree = tree;
	if (!m.failed)
		walk_part(&m, root, first, before, after);
	markdown_settle_attributes(&m);
	return markdown_failed(&m) || prepared->failed ? MARKDOWN_NOMEM : MARKDOWN_OK;
}
