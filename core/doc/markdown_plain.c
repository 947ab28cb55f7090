/*
 * markdown_plain.c - the inlines of a block that has nothing of our dialect
 * in it, from cmark's nodes straight into the tree.
 *
 * Most blocks are such, and this is where loading spends what is ours to
 * spend: no events, each text copied once.  The result is that of
 * markdown_inline.c and structure_event.c.
 */
#include "doc/markdown_priv.h"

#include "base/bytes.h"

/* --------------------------------------------------------- is it plain? */

/* Could anything of our dialect be in there? Only what the document has at all is looked for. */
static bool may_concern_us(const struct markdown *m, struct str s)
{
	const struct prepare_signs *signs = &m->prep->signs;

	if (m->prep->n_held > 0 && (bytes_has(s, '\xF3') || bytes_has(s, '\xF4')))
		return true;
	if (m->input->parts == 0)
		return false;
	if ((signs->tilde && bytes_has(s, '~')) || (signs->at && bytes_has(s, '@')))
		return true;
	if (!signs->slashes && !signs->ww)
		return false;
	const struct bytes_pairs pairs = bytes_pairs(s);
	return pairs.slashes || pairs.ww;
}

/* The same of each text by itself: what is a link's target concerns nobody. */
static bool has_plain_nodes(const struct markdown *m, cmark_node *block)
{
	for (cmark_node *node = cmark_node_first_child(block); node; node = markdown_next_below(node, block)) {
		const char *literal = cmark_node_get_literal(node);
		/* placeholders come back from anywhere, and every other field has its own copy of them */
		if (literal && may_concern_us(m, str_of(literal)))
			return false;
	}
	return true;
}

bool markdown_is_direct(const struct markdown *m, cmark_node *block)
{
	const struct str text = m->prep->text;

	if (!m->tree || m->abbreviations)
		return false;
	if (m->plain)
		return true;
	uint32_t from = markdown_offset(m, cmark_node_get_start_line(block), 1);
	uint32_t to = markdown_offset(m, cmark_node_get_end_line(block) + 1, 1);
	return !may_concern_us(m, (struct str){ text.p + from, to - from }) || has_plain_nodes(m, block);
}

/* ------------------------------------------------------------ into nodes */

/* A container while its children are read. */
struct open_span {
	uint32_t node;             /* TREE_NONE: too deep to become one */
	uint32_t breaks, n_breaks; /* nodes of the breaks before it, which end where it begins */
	uint32_t space_from;
	struct span inside;
};

struct plain {
	struct markdown *m;
	struct structure *s;
	struct inline_place place;
	size_t n_open;
	uint32_t skip;
	uint32_t last_to; /* where the last inline ended */
	bool begun;
};

/* The container around reaches over this part of it. */
static void widen(struct plain *p, const struct span *part)
{
	if (p->n_open == 0)
		return;
	struct span *inside = &p->m->spans[p->n_open - 1].inside;
	if (inside->at == TREE_NONE)
		inside->at = part->at;
	inside->to = part->to;
	inside->flags |= part->flags;
}

/* Writes the breaks that wait. */
static void make_room(struct plain *p, uint32_t from)
{
	if (p->begun && p->s->space == SPACE_NONE && p->s->breaks == 0)
		return;
	structure_inline_here(p->s, from);
	p->begun = true;
}

static void add_text(struct plain *p, struct str text, uint32_t from, uint32_t to, uint8_t flags)
{
	struct tree_build *b = &p->s->build;

	if (text.n > 0)
		p->last_to = to;
	if (p->s->breaks > 0) { /* nothing begins a line with blanks */
		for (; text.n > 0 && *text.p == ' '; text.p++, text.n--)
			from += !(flags & NODE_LINE_ONLY) && from < to;
	}
	if (text.n == 0)
		return;
	make_room(p, from);
	uint32_t node = tree_add_text(b, text, from, to);
	if (flags && node != TREE_NONE)
		tree_node(b, node)->flags |= flags & NODE_LINE_ONLY;
}

static void add_literal(struct plain *p, enum node_kind kind, struct str literal, const struct span *span)
{
	struct tree_build *b = &p->s->build;
	uint32_t from = markdown_source(p->m, span->at), to = markdown_source(p->m, span->to);

	p->last_to = to;
	make_room(p, from);
	uint32_t node = tree_leaf(b, kind, from, to);
	if (node == TREE_NONE)
		return;
	tree_node(b, node)->flags |= span->flags;
	tree_set_text(b, node,
		      kind == NODE_CODE ? prepared_restore_code(p->m->prep, literal, p->place.quotes)
					: prepared_restore(p->m->prep, literal));
}

static void add_leaf(struct plain *p, cmark_node *node, cmark_node_type type)
{
	struct str literal = str_of(cmark_node_get_literal(node));
	const struct span span = markdown_leaf_span(p->m, &p->place, node, type, literal);

	widen(p, &span);
	if (type != CMARK_NODE_TEXT) {
		add_literal(p, type == CMARK_NODE_CODE ? NODE_CODE : NODE_HTML_INLINE, literal, &span);
		return;
	}
	uint32_t from = markdown_source(p->m, span.at), to = markdown_source(p->m, span.to);
	if (p->skip) {
		literal = (struct str){ literal.p + p->skip, literal.n - p->skip };
		from = markdown_source(p->m, markdown_offset(p->m, p->place.start_line, 1 + (int)p->skip));
		p->skip = 0;
	}
	add_text(p, literal, from, to, span.flags);
}

static void add_break(struct plain *p, enum node_kind kind)
{
	const struct event e = { .type = EVENT_LEAF, .kind = (uint8_t)kind, .from = p->last_to, .to = p->last_to };

	markdown_break(&p->place);
	structure_inline_leaf(p->s, &e);
}

static bool push(struct plain *p, const struct open_span *span)
{
	struct markdown *m = p->m;

	if (p->n_open == m->cap_spans) {
		struct open_span *grown = arena_grow(m->arena, m->spans, &m->cap_spans, p->n_open + 1, sizeof *grown);
		if (!grown) {
			m->failed = true;
			return false;
		}
		m->spans = grown;
	}
	m->spans[p->n_open++] = *span;
	return true;
}

/* How many breaks end what there is of the tree. */
static uint32_t count_breaks(const struct tree *t)
{
	uint32_t n = 0;

	while (n < t->n_nodes && (t->nodes[t->n_nodes - n - 1].kind == NODE_SOFTBREAK ||
				  t->nodes[t->n_nodes - n - 1].kind == NODE_LINEBREAK))
		n++;
	return n;
}

static void open_container(struct plain *p, cmark_node *node, cmark_node_type type)
{
	static const uint8_t kinds[] = { [CMARK_NODE_EMPH] = NODE_EMPH,
					 [CMARK_NODE_STRONG] = NODE_STRONG,
					 [CMARK_NODE_LINK] = NODE_LINK,
					 [CMARK_NODE_IMAGE] = NODE_IMAGE };
	struct structure *s = p->s;
	struct tree_build *b = &s->build;
	struct open_span span = { .node = TREE_NONE,
				  .space_from = s->space_from,
				  .inside = { TREE_NONE, TREE_NONE, 0 } };

	bool waits = s->space != SPACE_NONE || s->breaks > 0;
	make_room(p, TREE_NONE);
	span.n_breaks = waits ? count_breaks(&b->tree) : 0;
	span.breaks = b->tree.n_nodes - span.n_breaks;
	if (s->n_nodes_open < s->max_depth)
		span.node = tree_open(b, (enum node_kind)kinds[type], 0);
	else
		s->too_deep = true;
	if (!push(p, &span))
		return;
	p->last_to = TREE_NONE;
	if (span.node == TREE_NONE)
		return;
	s->n_nodes_open++;
	const char *url = cmark_node_get_url(node), *title = cmark_node_get_title(node);
	if (url)
		tree_set_text(b, span.node, prepared_restore_text(p->m->prep, str_of(url)));
	if (title && *title)
		tree_set_extra(b, span.node, prepared_restore_text(p->m->prep, str_of(title)));
}

/* The breaks before a container were written before its beginning was known. */
static void place_breaks(struct tree_build *b, const struct open_span *span, uint32_t from)
{
	for (uint32_t i = span->breaks; i < span->breaks + span->n_breaks; i++) {
		struct node *n = tree_node(b, i);
		n->from = span->space_from < from ? span->space_from : from;
		n->to = from;
		n->flags &= (uint8_t)~NODE_NO_SPAN;
	}
}

/* Now its children have shown where it stands. */
static void close_container(struct plain *p, cmark_node *node)
{
	const struct open_span done = p->m->spans[--p->n_open];
	const struct span span = markdown_container_span(p->m, &p->place, node, &done.inside);
	struct tree_build *b = &p->s->build;
	uint32_t from = markdown_source(p->m, span.at), to = markdown_source(p->m, span.to);

	p->last_to = to;
	place_breaks(b, &done, from);
	widen(p, &span);
	if (done.node == TREE_NONE)
		return;
	tree_close(b, 0);
	p->s->n_nodes_open--;
	struct node *n = tree_node(b, done.node);
	n->flags |= span.flags;
	n->from = from;
	n->to = to > from ? to : from;
}

static void enter(struct plain *p, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	switch (type) {
	case CMARK_NODE_SOFTBREAK:
		add_break(p, NODE_SOFTBREAK);
		break;
	case CMARK_NODE_LINEBREAK:
		add_break(p, NODE_LINEBREAK);
		break;
	case CMARK_NODE_EMPH:
	case CMARK_NODE_STRONG:
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE:
		open_container(p, node, type);
		if (!cmark_node_first_child(node) && !p->m->failed)
			close_container(p, node);
		break;
	default:
		add_leaf(p, node, type);
	}
}

void markdown_plain_inlines(struct markdown *m, cmark_node *block, uint32_t skip)
{
	struct plain p = {
		.m = m, .s = m->tree, .place = markdown_place(m, block), .skip = skip, .last_to = TREE_NONE
	};
	cmark_node *node = cmark_node_first_child(block);

	while (node && !markdown_failed(m)) {
		cmark_node *child, *next;
		enter(&p, node);
		child = cmark_node_first_child(node);
		if (child) {
			node = child;
			continue;
		}
		while (!(next = cmark_node_next(node)) && p.n_open > 0 && !markdown_failed(m)) {
			node = cmark_node_parent(node);
			close_container(&p, node);
		}
		node = next;
	}
}
