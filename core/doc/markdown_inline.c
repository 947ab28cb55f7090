/*
 * markdown_inline.c - the inlines of one block, first pass: cmark's nodes as
 * events, the placeholders in their text taken apart.
 *
 * markdown_dialect.c adds what GFM and kramdown know beyond CommonMark.
 */
#include "doc/markdown_priv.h"

/* [at, to) of the prepared text as source offsets; m NULL: they are the source's already. */
struct text_place {
	struct markdown *m;
	uint32_t at, to;
	cmark_node *block; /* that it stands in */
	uint8_t flags;
};

/* Adds a run of plain text, joined to the text before it when they touch. */
static void add_text(struct events *out, struct str s, uint32_t from, uint32_t to, uint8_t flags)
{
	struct event *last = out->n ? &out->items[out->n - 1] : NULL;

	if (s.n == 0)
		return;
	if (last && last->type == EVENT_TEXT) {
		/* grown in place where it is the newest of the arena: many small pieces stay linear */
		bool owned = last->text.p == out->joined;
		char *both = owned ? arena_resize(out->arena, (char *)out->joined, last->text.n, last->text.n + s.n)
				   : arena_alloc(out->arena, last->text.n + s.n);
		if (!both) {
			out->failed = true;
			return;
		}
		if (!owned)
			memcpy(both, last->text.p, last->text.n);
		memcpy(both + last->text.n, s.p, s.n);
		last->text = (struct str){ both, last->text.n + s.n };
		last->to = to;
		out->joined = both;
		return;
	}
	events_text(out, s, from, to);
	if (flags && out->n)
		out->items[out->n - 1].flags = flags;
}

/* The escape's backslash counts if this proves to be an address: see markdown_dialect.c. */
static void add_escape(struct markdown *m, const struct held *held, uint32_t from, uint32_t to, struct events *out)
{
	const struct event *last = out->n ? &out->items[out->n - 1] : NULL;
	const bool joins = last && last->type == EVENT_TEXT;
	const struct text_escape at = { joins ? out->n - 1 : out->n, joins ? last->text.n : 0 };

	if (m->n_escapes == m->cap_escapes) {
		struct text_escape *grown = arena_grow(m->arena, m->escapes, &m->cap_escapes, m->n_escapes + 1,
						       sizeof *grown);
		if (!grown) {
			out->failed = true;
			return;
		}
		m->escapes = grown;
	}
	m->escapes[m->n_escapes++] = at;
	add_text(out, held->source, from, to, 0);
}

/* In HTML no backslash escapes: there is no m, and all is as it stands in the source. */
static void add_literal(struct markdown *m, const struct held *held, uint32_t from, uint32_t to, struct events *out)
{
	if (m && held->type == HELD_ESCAPE)
		add_escape(m, held, from, to, out);
	else
		add_text(out, m ? held->text : held->source, from, to, 0);
}

/* On several lines it loses what the containers around have there. */
static struct str template_text(const struct text_place *place, const struct held *held)
{
	struct markdown *m = place->m;

	if (!m || !memchr(held->source.p, '\n', held->source.n))
		return held->source;
	const struct prepared_margin margin = markdown_margin(m, markdown_block_from(m, place->block));
	return margin.quotes || margin.columns ? prepared_held_lines(m->prep, held, &margin) : held->source;
}

static void add_held(const struct prepared *p, const struct held *held, const struct text_place *place, uint32_t from,
		     uint32_t to, struct events *out)
{
	struct event *e;

	switch (held->type) {
	case HELD_TEMPLATE:
		e = events_add(out, EVENT_LEAF, NODE_TEMPLATE, from, to);
		if (e)
			e->text = template_text(place, held);
		break;
	case HELD_TAG:
		e = events_add(out, p->parts & DIALECT_HTML ? EVENT_HTML : EVENT_LEAF, NODE_HTML_INLINE, from, to);
		if (e) {
			e->text = e->type == EVENT_HTML ? held->text : held->source;
			e->number = e->type == EVENT_HTML ? -1 : 0;
			e->prepared = place->m ? place->m->prep : NULL;
		}
		break;
	case HELD_FOOTNOTE_REFERENCE:
		e = events_add(out, EVENT_LEAF, NODE_FOOTNOTE_REFERENCE, from, to);
		if (e)
			e->text = held->text;
		break;
	default:
		e = events_add(out, EVENT_MARK, NODE_TEXT, from, to);
		if (e)
			e->number = (int32_t)(held - p->held);
	}
}

static uint32_t source_at(const struct text_place *place, uint32_t at)
{
	return place->m ? markdown_source(place->m, at) : at;
}

/* What a placeholder stands for has a place of its own; text between two is byte for byte in the source or takes all the room there is. */
static void split_text(const struct prepared *p, struct str text, const struct text_place *place, struct events *out)
{
	uint32_t from = source_at(place, place->at), end = source_at(place, place->to);

	for (size_t i = 0; i < text.n;) {
		size_t start = i, len = 0;
		const struct held *held = NULL;

		while (i < text.n && !((unsigned char)text.p[i] >= 0xF3 &&
				       (held = prepared_held(p, (struct str){ text.p + i, text.n - i }, &len))))
			i++;
		bool whole = !held || place->flags || !place->m;
		uint32_t to = whole ? end : place->m->input->offset + held->from;
		if (i > start)
			add_text(out, (struct str){ text.p + start, i - start }, from, to, place->flags);
		if (held) {
			uint32_t after = whole ? end : place->m->input->offset + held->to;
			if (held->type == HELD_LITERAL || held->type == HELD_ESCAPE)
				add_literal(place->m, held, whole ? from : to, after, out);
			else
				add_held(p, held, place, whole ? from : to, after, out);
			from = whole ? from : after;
		}
		i += len;
	}
}

void markdown_settle_mark(const struct prepared *p, struct event *e)
{
	const struct held *held = &p->held[e->number];
	const bool code = held->type == HELD_CODE;

	e->type = code ? EVENT_LEAF : EVENT_TEXT;
	e->kind = code ? NODE_TEMPLATE : NODE_TEXT;
	e->text = prepared_held_source(p, held);
	e->number = 0;
}

void markdown_held_text(const struct prepared *p, struct str text, uint32_t from, uint32_t to, struct events *out)
{
	const struct text_place place = { NULL, from, to, NULL, 0 };
	size_t first = out->n;

	split_text(p, text, &place, out);
	for (size_t i = first; i < out->n; i++) {
		struct event *e = &out->items[i];
		if (e->type == EVENT_MARK) {
			const struct held *held = &p->held[e->number];
			markdown_settle_mark(p, e);
			if (held->type == HELD_ATTRIBUTES) {
				e->type = EVENT_ATTRIBUTES;
				out->failed = out->failed || !prepared_attributes(p, held, e);
			}
		} else if (e->type == EVENT_HTML) {
			e->type = EVENT_TEXT;
			e->text = prepared_restore(p, e->text);
		}
	}
}

/* A container while its children are read. */
struct open_event {
	size_t event;
	struct span inside;
};

struct inlines {
	struct markdown *m;
	struct inline_place place;
	struct events *out;
	cmark_node *block;
	size_t n; /* containers that are open */
};

/* The container around reaches over this part of it. */
static void widen(struct inlines *in, const struct span *part)
{
	if (in->n == 0)
		return;
	struct span *inside = &in->m->open_events[in->n - 1].inside;
	if (inside->at == TREE_NONE)
		inside->at = part->at;
	inside->to = part->to;
	inside->flags |= part->flags;
}

static struct event *add(struct inlines *in, enum event_type type, enum node_kind kind, const struct span *span)
{
	struct event *e = events_add(in->out, type, kind, markdown_source(in->m, span->at),
				     markdown_source(in->m, span->to));

	if (e)
		e->flags |= span->flags;
	return e;
}

static void add_leaf(struct inlines *in, cmark_node *node)
{
	struct markdown *m = in->m;
	const cmark_node_type type = cmark_node_get_type(node);
	const struct str literal = str_of(cmark_node_get_literal(node));
	const struct span span = markdown_leaf_span(m, &in->place, node, type, literal);
	const struct text_place place = { m, span.at, span.to, in->block, span.flags };
	const bool html = m->input->parts & DIALECT_HTML;
	struct event *e;

	widen(in, &span);
	switch (type) {
	case CMARK_NODE_TEXT:
		split_text(m->prep, literal, &place, in->out);
		break;
	case CMARK_NODE_CODE:
		e = add(in, EVENT_LEAF, NODE_CODE, &span);
		if (e)
			e->text = prepared_restore_code(m->prep, literal, in->place.quotes);
		break;
	default:
		e = add(in, html ? EVENT_HTML : EVENT_LEAF, NODE_HTML_INLINE, &span);
		if (e) {
			e->text = html ? literal : prepared_restore(m->prep, literal);
			e->number = html ? (span.flags ? -1 : (int32_t)span.at) : 0;
			e->prepared = html ? m->prep : NULL;
		}
	}
}

static void add_break(struct inlines *in, enum node_kind kind)
{
	uint32_t at = in->out->n ? in->out->items[in->out->n - 1].to : TREE_NONE;

	markdown_break(&in->place);
	events_add(in->out, EVENT_LEAF, kind, at, at);
}

static bool open_container(struct inlines *in, cmark_node *node)
{
	static const enum node_kind kinds[] = { [CMARK_NODE_EMPH] = NODE_EMPH,
						[CMARK_NODE_STRONG] = NODE_STRONG,
						[CMARK_NODE_LINK] = NODE_LINK,
						[CMARK_NODE_IMAGE] = NODE_IMAGE };
	struct prepared *prep = in->m->prep;
	const char *url = cmark_node_get_url(node), *title = cmark_node_get_title(node);
	struct event *e = events_add(in->out, EVENT_OPEN, kinds[cmark_node_get_type(node)], 0, 0);

	if (!e)
		return false;
	if (url)
		e->text = prepared_restore_text(prep, str_of(url));
	if (title && *title)
		e->extra = prepared_restore_text(prep, str_of(title));
	struct markdown *m = in->m;
	if (in->n == m->cap_open_events) {
		struct open_event *grown = arena_grow(m->arena, m->open_events, &m->cap_open_events, in->n + 1,
						      sizeof *grown);
		if (!grown)
			return false;
		m->open_events = grown;
	}
	m->open_events[in->n++] = (struct open_event){ in->out->n - 1, { TREE_NONE, TREE_NONE, 0 } };
	return true;
}

/* Now its children have shown where it stands. */
static void close_container(struct inlines *in, cmark_node *node)
{
	struct open_event *done = &in->m->open_events[--in->n];
	const struct span span = markdown_container_span(in->m, &in->place, node, &done->inside);
	struct event *e = &in->out->items[done->event];

	e->from = markdown_source(in->m, span.at);
	e->to = markdown_source(in->m, span.to);
	e->flags |= span.flags;
	events_add(in->out, EVENT_CLOSE, (enum node_kind)e->kind, e->from, e->to);
	widen(in, &span);
}

/* False when memory is refused. */
static bool enter(struct inlines *in, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_SOFTBREAK:
		add_break(in, NODE_SOFTBREAK);
		return true;
	case CMARK_NODE_LINEBREAK:
		add_break(in, NODE_LINEBREAK);
		return true;
	case CMARK_NODE_EMPH:
	case CMARK_NODE_STRONG:
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE:
		if (!open_container(in, node))
			return false;
		if (!cmark_node_first_child(node))
			close_container(in, node);
		return true;
	default:
		add_leaf(in, node);
		return true;
	}
}

void markdown_raw_inlines(struct markdown *m, cmark_node *block, struct events *out)
{
	struct inlines in = { .m = m, .place = markdown_place(m, block), .out = out, .block = block };
	cmark_node *node = cmark_node_first_child(block);

	while (node && !out->failed) {
		if (!enter(&in, node)) {
			out->failed = true;
			return;
		}
		if (cmark_node_first_child(node)) {
			node = cmark_node_first_child(node);
			continue;
		}
		while (!cmark_node_next(node) && cmark_node_parent(node) != block && !out->failed) {
			node = cmark_node_parent(node);
			close_container(&in, node);
		}
		node = cmark_node_next(node);
	}
}
