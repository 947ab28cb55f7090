/*
 * markdown_inline.c - the inlines of one block: cmark's nodes, the
 * placeholders in their text, and what GFM and kramdown add: strikethrough,
 * bare links, attribute lists on spans.
 *
 * First pass: nodes to events, placeholders taken apart.  Second pass: tilde pairs, bare links,
 * attribute lists.  Both go once over the block.
 */
#include "doc/markdown_priv.h"

#include "base/text.h"
#include "base/utf8.h"
#include "doc/attributes.h"
#include "doc/autolink.h"

/* ------------------------------------------------------------- positions */

static bool shows_definition(const struct markdown *m, int line, int column)
{
	uint32_t offset = markdown_offset(m, line, column);

	return offset < m->prep->text.n && m->prep->text.p[offset] == '[';
}

/*
 * cmark counts the lines of inlines from the block's first line even where
 * it has cut link definitions off the top: the last inline then seems to end too early.
 */
static int definition_lines(const struct markdown *m, cmark_node *block, const struct inline_place *place)
{
	cmark_node *last = cmark_node_last_child(block);
	int end = last ? cmark_node_get_end_line(last) : 0;

	if (m->input->commonmark || end < place->start_line || end >= place->end_line ||
	    !shows_definition(m, place->start_line, place->start_column))
		return 0;
	return place->end_line - end;
}

struct inline_place markdown_place(cmark_node *block)
{
	struct inline_place place = { .start_line = cmark_node_get_start_line(block),
				      .end_line = cmark_node_get_end_line(block),
				      .start_column = cmark_node_get_start_column(block) };

	for (cmark_node *up = cmark_node_parent(block); up; up = cmark_node_parent(up))
		place.quotes += cmark_node_get_type(up) == CMARK_NODE_BLOCK_QUOTE;
	return place;
}

uint32_t markdown_content_start(const struct markdown *m, const struct inline_place *place, int line)
{
	const char *p = m->prep->text.p + markdown_offset(m, line, 1);
	const char *end = m->prep->text.p + m->prep->text.n;
	int quotes = place->quotes;

	while (p < end && (*p == ' ' || *p == '\t' || (*p == '>' && quotes-- > 0)))
		p++;
	return (uint32_t)(p - m->prep->text.p);
}

/* Offset in the prepared text that cmark means by line and column inside the block. */
static uint32_t inline_offset(const struct markdown *m, const struct inline_place *place, int line, int column)
{
	if (line == place->start_line && place->shift == 0)
		return markdown_offset(m, line, column);
	uint32_t start = markdown_content_start(m, place, line + place->shift);
	uint32_t offset = start + (uint32_t)(column > place->start_column ? column - place->start_column : 0);
	return offset < m->prep->text.n ? offset : (uint32_t)m->prep->text.n;
}

/* Does the source at this offset look like the beginning of such a node? */
static bool looks_right(const struct markdown *m, uint32_t offset, cmark_node *node)
{
	struct str text = m->prep->text;
	char c = offset < text.n ? text.p[offset] : 0;
	const char *literal;

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_EMPH:
	case CMARK_NODE_STRONG:
		return c == '*' || c == '_';
	case CMARK_NODE_LINK:
		return c == '[' || c == '<';
	case CMARK_NODE_IMAGE:
		return c == '!';
	case CMARK_NODE_CODE:
		return c == '`';
	case CMARK_NODE_HTML_INLINE:
		return c == '<';
	case CMARK_NODE_TEXT:
		literal = cmark_node_get_literal(node);
		return c == *literal || c == '\\' || c == '&';
	default:
		return true;
	}
}

struct span {
	uint32_t at; /* offset of the first byte in the prepared text */
	uint32_t from, to;
	uint8_t flags;
};

/* The node's span in the source; the whole lines of the block where cmark's position does not hold. */
static struct span inline_span(const struct markdown *m, const struct inline_place *place, cmark_node *node)
{
	uint32_t at = inline_offset(m, place, cmark_node_get_start_line(node), cmark_node_get_start_column(node));
	uint32_t to = inline_offset(m, place, cmark_node_get_end_line(node), cmark_node_get_end_column(node) + 1);
	struct str text = m->prep->text;

	if (cmark_node_get_type(node) == CMARK_NODE_CODE) {
		/* cmark names the content: step out over the ticks */
		while (at > 0 && (text.p[at - 1] == ' ' || text.p[at - 1] == '\n'))
			at--;
		while (at > 0 && text.p[at - 1] == '`')
			at--;
		while (to < text.n && (text.p[to] == ' ' || text.p[to] == '\n'))
			to++;
		while (to < text.n && text.p[to] == '`')
			to++;
	}
	if (to > at && looks_right(m, at, node))
		return (struct span){ at, markdown_source(m, at), markdown_source(m, to), 0 };
	at = markdown_offset(m, cmark_node_get_start_line(node) + place->shift, 1);
	to = markdown_offset(m, cmark_node_get_end_line(node) + place->shift + 1, 1);
	return (struct span){ at, markdown_source(m, at), markdown_source(m, to), NODE_LINE_ONLY };
}

/* ------------------------------------------------------------ first pass */

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

static void add_held(const struct prepared *p, const struct held *held, uint32_t from, uint32_t to, struct events *out)
{
	struct event *e;

	switch (held->type) {
	case HELD_LITERAL:
		add_text(out, held->text, from, to, 0);
		break;
	case HELD_TEMPLATE:
		e = events_add(out, EVENT_LEAF, NODE_TEMPLATE, from, to);
		if (e)
			e->text = held->source;
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

/* Where piece [i, i + n) of a text node stands in the source: exact when m knows the offset of the node. */
struct text_place {
	const struct markdown *m; /* NULL: only from and to are known */
	uint32_t at, from, to;
	uint8_t flags;
};

static uint32_t piece_source(const struct text_place *place, size_t i, uint32_t fallback)
{
	return place->m && !place->flags ? markdown_source(place->m, place->at + (uint32_t)i) : fallback;
}

static void split_text(const struct prepared *p, struct str text, const struct text_place *place, struct events *out)
{
	for (size_t i = 0; i < text.n;) {
		size_t start = i, len = 0;
		const struct held *held = NULL;

		while (i < text.n && !((unsigned char)text.p[i] >= 0xF3 &&
				       (held = prepared_held(p, (struct str){ text.p + i, text.n - i }, &len))))
			i++;
		if (i > start)
			add_text(out, (struct str){ text.p + start, i - start },
				 piece_source(place, start, place->from), piece_source(place, i, place->to),
				 place->flags);
		if (held)
			add_held(p, held, piece_source(place, i, place->from), piece_source(place, i + len, place->to),
				 out);
		i += len;
	}
}

void markdown_held_text(const struct prepared *p, struct str text, uint32_t from, uint32_t to, struct events *out)
{
	const struct text_place place = { NULL, 0, from, to, 0 };
	size_t first = out->n;

	split_text(p, text, &place, out);
	for (size_t i = first; i < out->n; i++) {
		struct event *e = &out->items[i];
		if (e->type == EVENT_MARK) {
			e->type = EVENT_TEXT;
			e->text = prepared_restore(p, p->held[e->number].source);
		}
	}
}

/* Opening event, or the whole of a leaf. */
static void enter_inline(struct markdown *m, const struct inline_place *place, cmark_node *node, struct events *out)
{
	struct span span = inline_span(m, place, node);
	struct text_place text = { m, span.at, span.from, span.to, span.flags };
	struct event *e = NULL;
	const char *title;

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		split_text(m->prep, str_of(cmark_node_get_literal(node)), &text, out);
		return;
	case CMARK_NODE_SOFTBREAK:
	case CMARK_NODE_LINEBREAK:
		e = events_add(out, EVENT_LEAF,
			       cmark_node_get_type(node) == CMARK_NODE_SOFTBREAK ? NODE_SOFTBREAK : NODE_LINEBREAK,
			       out->n ? out->items[out->n - 1].to : TREE_NONE,
			       out->n ? out->items[out->n - 1].to : TREE_NONE);
		return;
	case CMARK_NODE_CODE:
		e = events_add(out, EVENT_LEAF, NODE_CODE, span.from, span.to);
		if (e)
			e->text = prepared_restore(m->prep, str_of(cmark_node_get_literal(node)));
		break;
	case CMARK_NODE_HTML_INLINE:
		e = events_add(out, m->input->commonmark ? EVENT_LEAF : EVENT_HTML, NODE_HTML_INLINE, span.from,
			       span.to);
		if (e) {
			e->text = str_of(cmark_node_get_literal(node));
			e->number = span.flags ? -1 : (int32_t)span.at;
		}
		break;
	case CMARK_NODE_EMPH:
		e = events_add(out, EVENT_OPEN, NODE_EMPH, span.from, span.to);
		break;
	case CMARK_NODE_STRONG:
		e = events_add(out, EVENT_OPEN, NODE_STRONG, span.from, span.to);
		break;
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE:
		e = events_add(out, EVENT_OPEN, cmark_node_get_type(node) == CMARK_NODE_LINK ? NODE_LINK : NODE_IMAGE,
			       span.from, span.to);
		title = cmark_node_get_title(node);
		if (e) {
			e->text = prepared_restore(m->prep, str_of(cmark_node_get_url(node)));
			if (title && *title)
				e->extra = prepared_restore(m->prep, str_of(title));
		}
		break;
	default:
		break;
	}
	if (e)
		e->flags |= span.flags;
}

static void exit_inline(cmark_node *node, const struct event *open, struct events *out)
{
	static const enum node_kind kinds[] = { [CMARK_NODE_EMPH] = NODE_EMPH,
						[CMARK_NODE_STRONG] = NODE_STRONG,
						[CMARK_NODE_LINK] = NODE_LINK,
						[CMARK_NODE_IMAGE] = NODE_IMAGE };
	uint32_t from = open->from, to = open->to;

	events_add(out, EVENT_CLOSE, kinds[cmark_node_get_type(node)], from, to);
}

static bool is_inline_container(cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	return type == CMARK_NODE_EMPH || type == CMARK_NODE_STRONG || type == CMARK_NODE_LINK ||
	       type == CMARK_NODE_IMAGE;
}

static void read_inlines(struct markdown *m, cmark_node *block, const struct inline_place *place, struct events *out)
{
	static const struct event nothing = { .from = TREE_NONE, .to = TREE_NONE };
	cmark_node *node = cmark_node_first_child(block);

	while (node && !out->failed) {
		enter_inline(m, place, node, out);
		if (cmark_node_first_child(node)) {
			node = cmark_node_first_child(node);
			continue;
		}
		if (is_inline_container(node))
			exit_inline(node, &nothing, out);
		while (!cmark_node_next(node) && cmark_node_parent(node) != block) {
			node = cmark_node_parent(node);
			exit_inline(node, &nothing, out);
		}
		node = cmark_node_next(node);
	}
}

/* ----------------------------------------------------------- second pass */

struct open_inline {
	size_t event; /* its EVENT_OPEN in out */
	size_t tilde; /* EVENT_TILDES inside it that waits for its partner; SIZE_MAX: none */
	bool in_link;
};

struct dialect {
	struct markdown *m;
	struct events *out;
	struct open_inline *open;
	size_t n_open, cap_open;
	size_t closed; /* the EVENT_OPEN of what the last event closed (or was), for an attribute list; SIZE_MAX: none */
};

static struct open_inline *inner(struct dialect *d)
{
	return &d->open[d->n_open - 1];
}

static bool push_inline(struct dialect *d, size_t event, bool link)
{
	if (d->n_open == d->cap_open) {
		struct open_inline *grown = arena_grow(d->m->arena, d->open, &d->cap_open, d->n_open + 1,
						       sizeof *grown);
		if (!grown)
			return false;
		d->open = grown;
	}
	bool in_link = link || (d->n_open && inner(d)->in_link);
	d->open[d->n_open++] = (struct open_inline){ event, SIZE_MAX, in_link };
	return true;
}

static bool space_or_punct(uint32_t cp, bool *punct)
{
	*punct = text_is_punct(cp);
	return text_is_space(cp);
}

/* GFM 6.5 with CommonMark's flanking: may "~~" at p in text open, may it close? */
static void tilde_flanking(struct str text, const char *p, bool *opens, bool *closes)
{
	uint32_t before = ' ', after = ' ';
	bool punct_before, punct_after;

	if (p > text.p)
		utf8_decode(utf8_prev(text.p, p), text.p + text.n, &before);
	if (p + 2 < text.p + text.n)
		utf8_decode(p + 2, text.p + text.n, &after);
	bool space_before = space_or_punct(before, &punct_before);
	bool space_after = space_or_punct(after, &punct_after);
	/* at the edge of the text another inline may touch */
	if (p == text.p)
		space_before = punct_before = false;
	if (p + 2 == text.p + text.n)
		space_after = punct_after = false;
	*opens = !space_after && (!punct_after || space_before || punct_before || p == text.p);
	*closes = !space_before && (!punct_before || space_after || punct_after || p + 2 == text.p + text.n);
}

static void plain(struct dialect *d, const struct event *e, const char *from, const char *to)
{
	uint32_t start = e->from, end = e->to;

	if (from == to)
		return;
	if (!e->flags && e->to - e->from == e->text.n) { /* byte for byte in the source */
		start = e->from + (uint32_t)(from - e->text.p);
		end = e->from + (uint32_t)(to - e->text.p);
	}
	events_text(d->out, str_slice(from, to), start, end);
	if (d->out->n)
		d->out->items[d->out->n - 1].flags |= e->flags;
}

/* Text without tildes: bare links become links where none is around. */
static void text_with_links(struct dialect *d, const struct event *e, const char *from, const char *to)
{
	struct str text = str_slice(from, to);
	struct autolink link;
	size_t pos = 0;

	while (!inner(d)->in_link && autolink_find(d->m->arena, text, pos, &link)) {
		plain(d, e, text.p + pos, text.p + link.from);
		size_t open = d->out->n;
		plain(d, e, text.p + link.from, text.p + link.to);
		if (d->out->failed || d->out->n == open)
			return;
		struct event shown = d->out->items[open];
		d->out->n = open;
		struct event *a = events_add(d->out, EVENT_OPEN, NODE_LINK, shown.from, shown.to);
		if (a) {
			a->text = link.url;
			a->flags = (uint8_t)(shown.flags | NODE_BARE);
		}
		events_text(d->out, shown.text, shown.from, shown.to);
		events_add(d->out, EVENT_CLOSE, NODE_LINK, shown.from, shown.to);
		pos = link.to;
	}
	plain(d, e, from + pos, to);
}

static void tildes(struct dialect *d, const struct event *e, const char *p)
{
	bool opens, closes;

	tilde_flanking(e->text, p, &opens, &closes);
	size_t waiting = inner(d)->tilde;
	if (closes && waiting != SIZE_MAX && waiting + 1 < d->out->n) {
		struct event *open = &d->out->items[waiting];
		open->type = EVENT_OPEN;
		open->kind = NODE_STRIKETHROUGH;
		uint32_t from = open->from;
		plain(d, e, p, p + 2);
		if (d->out->failed)
			return;
		struct event *close = &d->out->items[d->out->n - 1];
		d->out->items[waiting].to = close->to;
		*close = (struct event){
			.type = EVENT_CLOSE, .kind = NODE_STRIKETHROUGH, .from = from, .to = close->to
		};
		inner(d)->tilde = SIZE_MAX;
		return;
	}
	plain(d, e, p, p + 2);
	if (opens && !d->out->failed) {
		d->out->items[d->out->n - 1].type = EVENT_TILDES;
		inner(d)->tilde = d->out->n - 1;
	}
}

static void dialect_text(struct dialect *d, const struct event *e)
{
	const char *end = e->text.p + e->text.n, *from = e->text.p;

	for (const char *p = from; (p = memchr(p, '~', (size_t)(end - p)));) {
		const char *run = p;
		while (p < end && *p == '~')
			p++;
		if (p - run != 2)
			continue;
		text_with_links(d, e, from, run);
		tildes(d, e, run);
		from = p;
	}
	text_with_links(d, e, from, end);
}

/* "{: ...}" right behind a span belongs to it. */
static bool take_span_attributes(struct dialect *d, const struct event *e)
{
	const struct held *held = &d->m->prep->held[e->number];
	struct str inside = { held->source.p + 2, held->source.n - 3 };

	if (held->type != HELD_ATTRIBUTES || d->closed == SIZE_MAX)
		return false;
	if (!attributes_apply(d->m->arena, &d->out->items[d->closed], prepared_restore(d->m->prep, inside)))
		d->out->failed = true;
	return true;
}

static void dialect_event(struct dialect *d, const struct event *e)
{
	size_t closed = SIZE_MAX;
	struct event *copy;

	if (e->type == EVENT_TEXT) {
		dialect_text(d, e);
	} else if (e->type == EVENT_MARK && take_span_attributes(d, e)) {
		closed = d->closed;
	} else {
		if (e->type == EVENT_CLOSE) {
			closed = inner(d)->event;
			d->n_open--;
		} else if (e->type == EVENT_LEAF && e->kind == NODE_CODE) {
			closed = d->out->n;
		}
		copy = events_add(d->out, e->type, e->kind, e->from, e->to);
		if (copy)
			*copy = *e;
		if (copy && e->type == EVENT_CLOSE) {
			copy->from = d->out->items[closed].from;
			copy->to = d->out->items[closed].to;
		}
		if (e->type == EVENT_OPEN && !push_inline(d, d->out->n - 1, e->kind == NODE_LINK))
			d->out->failed = true;
	}
	d->closed = closed;
}

/* Tildes that found no partner are text; neighbours are joined again by the builder. */
static void settle_tildes(struct events *out, size_t from)
{
	for (size_t i = from; i < out->n; i++)
		if (out->items[i].type == EVENT_TILDES)
			out->items[i].type = EVENT_TEXT;
}

void markdown_inlines(struct markdown *m, cmark_node *block, struct events *out)
{
	struct inline_place place = markdown_place(block);
	bool cell = !m->input->commonmark && m->prep->has_front && cmark_node_parent(block) &&
		    place.start_line <= (int)(2 * m->prep->n_front) && m->cells &&
		    !cmark_node_parent(cmark_node_parent(block));
	struct events raw;
	struct dialect d = { .m = m, .out = out, .closed = SIZE_MAX };
	size_t first = out->n;

	place.shift = definition_lines(m, block, &place);
	events_init(&raw, m->arena);
	read_inlines(m, block, &place, m->input->commonmark ? out : &raw);
	if (m->input->commonmark)
		return;
	if (cell && raw.n && raw.items[0].type == EVENT_TEXT && raw.items[0].text.n >= 2) { /* the "x " in front */
		raw.items[0].text.p += 2;
		raw.items[0].text.n -= 2;
		raw.items[0].from = markdown_source(m, markdown_offset(m, place.start_line, 3));
	}
	if (!push_inline(&d, SIZE_MAX, false))
		out->failed = true;
	for (size_t i = 0; i < raw.n && !out->failed; i++)
		dialect_event(&d, &raw.items[i]);
	settle_tildes(out, first);
	out->failed = out->failed || raw.failed;
}
