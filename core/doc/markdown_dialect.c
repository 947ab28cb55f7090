/*
 * markdown_dialect.c - the inlines of one block, second pass: what GFM and
 * kramdown add to CommonMark: strikethrough, bare links, attribute lists on spans.
 *
 * Goes once over the events of markdown_inline.c.
 */
#include "doc/markdown_priv.h"

#include "base/text.h"
#include "base/utf8.h"
#include "doc/attributes.h"
#include "doc/autolink.h"

struct open_inline {
	size_t event; /* its EVENT_OPEN in out */
	size_t tilde; /* EVENT_TILDES inside it that waits for its partner; SIZE_MAX: none */
	bool in_link;
};

struct dialect {
	struct markdown *m;
	struct events *out;
	size_t n_open;
	const char *walked, *walked_to; /* text_source: the text and how far */
	uint32_t walked_source;
	size_t closed; /* the EVENT_OPEN of what the last event closed (or was), for an attribute list; SIZE_MAX: none */
};

static struct open_inline *inner(struct dialect *d)
{
	return &d->m->open_inlines[d->n_open - 1];
}

static bool push_inline(struct dialect *d, size_t event, bool link)
{
	struct markdown *m = d->m;

	if (d->n_open == m->cap_open_inlines) {
		struct open_inline *grown = arena_grow(m->arena, m->open_inlines, &m->cap_open_inlines, d->n_open + 1,
						       sizeof *grown);
		if (!grown)
			return false;
		m->open_inlines = grown;
	}
	bool in_link = link || (d->n_open && inner(d)->in_link);
	m->open_inlines[d->n_open++] = (struct open_inline){ event, SIZE_MAX, in_link };
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

static bool is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Behind the entity at p, or NULL. */
static const char *entity_end(const char *p, const char *end)
{
	const char *q = p + 1;

	q += q < end && *q == '#';
	while (q < end && is_alnum(*q) && q - p < 40)
		q++;
	return q < end && *q == ';' && q > p + 1 ? q + 1 : NULL;
}

/*
 * Source offset of p in the text of e, which may have had backslashes and
 * entities in it.  Asked in rising order, so that it is one walk; TREE_NONE once the two cannot be matched.
 */
static uint32_t text_source(struct dialect *d, const struct event *e, const char *p)
{
	const struct str body = d->m->input->body;
	const char *source, *end = body.p + body.n;

	if (e->flags || e->from == TREE_NONE)
		return TREE_NONE;
	if (d->walked != e->text.p) {
		d->walked = d->walked_to = e->text.p;
		d->walked_source = e->from;
	}
	if (d->walked_source == TREE_NONE)
		return TREE_NONE;
	source = body.p + (d->walked_source - d->m->input->offset);
	while (d->walked_to < p && source < end) {
		const char *entity = *source == '&' ? entity_end(source, end) : NULL;
		size_t left = (size_t)(e->text.p + e->text.n - d->walked_to);
		if (entity && !str_starts((struct str){ d->walked_to, left }, str_slice(source, entity))) {
			uint32_t cp;
			d->walked_to += utf8_decode(d->walked_to, d->walked_to + left, &cp);
			source = entity;
			continue;
		}
		if (*source == '\\' && source + 1 < end && source[1] == *d->walked_to && *d->walked_to != '\\')
			source++;
		else if (*source == '\\' && source + 1 < end && source[1] == '\\' && *d->walked_to == '\\')
			source++;
		if (*source != *d->walked_to) {
			d->walked_source = TREE_NONE;
			return TREE_NONE;
		}
		source++;
		d->walked_to++;
	}
	d->walked_source = (uint32_t)(source - body.p) + d->m->input->offset;
	return d->walked_to == p ? d->walked_source : TREE_NONE;
}

static void plain(struct dialect *d, const struct event *e, const char *from, const char *to)
{
	if (from == to)
		return;
	uint32_t start = text_source(d, e, from);
	uint32_t end = to == e->text.p + e->text.n ? e->to : text_source(d, e, to);
	bool known = start != TREE_NONE && end != TREE_NONE && end >= start;
	events_text(d->out, str_slice(from, to), known ? start : e->from, known ? end : e->to);
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

/* Returns the EVENT_OPEN of what the pair closes; SIZE_MAX: nothing. */
static size_t tildes(struct dialect *d, const struct event *e, const char *p)
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
			return SIZE_MAX;
		struct event *close = &d->out->items[d->out->n - 1];
		d->out->items[waiting].to = close->to;
		*close = (struct event){
			.type = EVENT_CLOSE, .kind = NODE_STRIKETHROUGH, .from = from, .to = close->to
		};
		inner(d)->tilde = SIZE_MAX;
		return waiting;
	}
	plain(d, e, p, p + 2);
	if (opens && !d->out->failed) {
		d->out->items[d->out->n - 1].type = EVENT_TILDES;
		inner(d)->tilde = d->out->n - 1;
	}
	return SIZE_MAX;
}

/* Returns the EVENT_OPEN of a strikethrough that ends the text; SIZE_MAX: none does. */
static size_t dialect_text(struct dialect *d, const struct event *e)
{
	const char *end = e->text.p + e->text.n, *from = e->text.p;
	size_t closed = SIZE_MAX;

	for (const char *p = from; (p = memchr(p, '~', (size_t)(end - p)));) {
		const char *run = p;
		while (p < end && *p == '~')
			p++;
		if (p - run != 2)
			continue;
		text_with_links(d, e, from, run);
		closed = tildes(d, e, run);
		from = p;
	}
	text_with_links(d, e, from, end);
	return from == end ? closed : SIZE_MAX;
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
		closed = dialect_text(d, e);
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
		if (e->type == EVENT_OPEN &&
		    !push_inline(d, d->out->n - 1, e->kind == NODE_LINK || e->kind == NODE_IMAGE))
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

/* Is this block the paragraph of a table's cell, moved to the front? */
static bool is_cell(const struct markdown *m, cmark_node *block)
{
	return m->prep->has_front && m->cells && cmark_node_parent(block) &&
	       cmark_node_get_start_line(block) <= (int)(2 * m->prep->n_front) &&
	       !cmark_node_parent(cmark_node_parent(block));
}

void markdown_inlines(struct markdown *m, cmark_node *block, struct events *out)
{
	struct events *raw;
	struct dialect d = { .m = m, .out = out, .closed = SIZE_MAX };
	size_t first = out->n;

	if (m->input->commonmark) {
		markdown_raw_inlines(m, block, out);
		return;
	}
	raw = markdown_list(m);
	if (!raw)
		return;
	markdown_raw_inlines(m, block, raw);
	if (is_cell(m, block) && raw->n && raw->items[0].type == EVENT_TEXT &&
	    raw->items[0].text.n >= MARKDOWN_CELL_MARK) {
		struct event *e = &raw->items[0];
		e->text.p += MARKDOWN_CELL_MARK;
		e->text.n -= MARKDOWN_CELL_MARK;
		e->from = markdown_source(m,
					  markdown_offset(m, cmark_node_get_start_line(block), 1 + MARKDOWN_CELL_MARK));
	}
	if (!push_inline(&d, SIZE_MAX, false))
		out->failed = true;
	for (size_t i = 0; i < raw->n && !out->failed; i++)
		dialect_event(&d, &raw->items[i]);
	settle_tildes(out, first);
	out->failed = out->failed || raw->failed;
	markdown_list_done(m, raw);
}
