/*
 * markdown_dialect.c - the inlines of one block, second pass: what GFM and
 * kramdown add to CommonMark: strikethrough, bare links, attribute lists on spans, abbreviations.
 *
 * Goes once over the events of markdown_inline.c.
 */
#include "doc/markdown_priv.h"

#include "base/ascii.h"
#include "base/text.h"
#include "base/utf8.h"
#include "doc/attributes.h"
#include "doc/autolink.h"
#include "doc/elements.h"

struct open_inline {
	size_t event; /* its EVENT_OPEN in out */
	size_t tilde; /* EVENT_TILDES inside it that waits for its partner; SIZE_MAX: none */
	bool in_link, in_image;
};

struct dialect {
	struct markdown *m;
	struct events *out;
	size_t n_open;
	const char *walked, *walked_to; /* text_source: the text and how far */
	uint32_t walked_source;
	size_t event;  /* of the first pass, the one that is looked at */
	size_t escape; /* the next one of m's */
	size_t closed; /* the EVENT_OPEN of what the last event closed (or was), for an attribute list; SIZE_MAX: none */
};

static struct open_inline *inner(struct dialect *d)
{
	return &d->m->open_inlines[d->n_open - 1];
}

static bool push_inline(struct dialect *d, size_t event, enum node_kind kind)
{
	struct markdown *m = d->m;

	if (d->n_open == m->cap_open_inlines) {
		struct open_inline *grown = arena_grow(m->arena, m->open_inlines, &m->cap_open_inlines, d->n_open + 1,
						       sizeof *grown);
		if (!grown)
			return false;
		m->open_inlines = grown;
	}
	const bool in_image = kind == NODE_IMAGE || (d->n_open && inner(d)->in_image);
	const bool in_link = in_image || kind == NODE_LINK || (d->n_open && inner(d)->in_link);
	m->open_inlines[d->n_open++] = (struct open_inline){ event, SIZE_MAX, in_link, in_image };
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

/* Behind the entity at p, or NULL. */
static const char *entity_end(const char *p, const char *end)
{
	const char *q = p + 1;

	q += q < end && *q == '#';
	while (q < end && ascii_is_alnum(*q) && q - p < 40)
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

/* The backslash of the next escape, where it stands before `to` in the text of e; else NULL. */
static const char *next_escape(const struct dialect *d, const struct event *e, const char *to)
{
	const struct text_escape *escape = d->escape < d->m->n_escapes ? &d->m->escapes[d->escape] : NULL;

	return escape && escape->event == d->event && e->text.p + escape->at < to ? e->text.p + escape->at : NULL;
}

/* Text that proved to be no address. */
static void unescaped(struct dialect *d, const struct event *e, const char *from, const char *to)
{
	for (const char *p; (p = next_escape(d, e, to)); d->escape++) {
		plain(d, e, from, p);
		from = p + 1;
	}
	plain(d, e, from, to);
}

/* An address. */
static void escaped(struct dialect *d, const struct event *e, const char *from, const char *to)
{
	while (next_escape(d, e, to))
		d->escape++;
	plain(d, e, from, to);
}

static bool is_word(char c)
{
	return ascii_is_alnum(c) || c == '_';
}

/* The match does not run on as a word of ASCII (what follows in another script may be a particle). */
static bool stands_alone(struct str text, const struct finder_match *match)
{
	return !(match->from > 0 && is_word(text.p[match->from]) && is_word(text.p[match->from - 1])) &&
	       !(match->to < text.n && is_word(text.p[match->to - 1]) && is_word(text.p[match->to]));
}

/* "<http://...>": what the link shows is its own address. */
static bool shows_address(const struct dialect *d, const struct event *e)
{
	const struct open_inline *around = &d->m->open_inlines[d->n_open - 1];
	const struct event *link = around->event == SIZE_MAX ? NULL : &d->out->items[around->event];

	return link && link->kind == NODE_LINK && str_ends(link->text, e->text);
}

/* Text without links: abbreviations that the document explains become <abbr>. */
static void text_with_abbreviations(struct dialect *d, const struct event *e, const char *from, const char *to)
{
	const struct finder *words = inner(d)->in_image || shows_address(d, e) ? NULL : d->m->abbreviations;
	const struct str text = str_slice(from, to);
	struct finder_match match;
	size_t done = 0, pos = 0;

	for (; words && finder_next(words, text, pos, text.n, &match); pos = match.to) {
		const struct str title = d->m->prep->abbreviations[match.word].title;
		if (!stands_alone(text, &match))
			continue;
		unescaped(d, e, text.p + done, text.p + match.from);
		const size_t open = d->out->n;
		struct event *span = events_add(d->out, EVENT_OPEN, NODE_SPAN, e->from, e->to);
		unescaped(d, e, text.p + match.from, text.p + match.to);
		if (!span || d->out->failed)
			return;
		span = &d->out->items[open];
		const struct event *word = &d->out->items[d->out->n - 1];
		span->text = STR_LIT("abbr");
		span->from = word->from;
		span->to = word->to;
		span->flags = word->flags;
		if (title.n && !event_add_attr(d->m->arena, span, STR_LIT("title"), title))
			d->out->failed = true;
		events_add(d->out, EVENT_CLOSE, NODE_SPAN, span->from, span->to);
		done = match.to;
	}
	unescaped(d, e, from + done, to);
}

/* What makes it a link ("http://", "www.", the "@") is not escaped in the source, nor an entity. */
static bool begins_as_written(const struct dialect *d, const struct event *shown)
{
	const struct str body = d->m->input->body, text = shown->text;
	const char *slashes = memmem(text.p, text.n, "://", 3), *at = memchr(text.p, '@', text.n);
	const size_t n = slashes ? (size_t)(slashes + 3 - text.p) : at ? (size_t)(at + 1 - text.p) : 4;
	const size_t from = shown->from - d->m->input->offset;

	if (shown->flags || shown->from == TREE_NONE || from + n > body.n || n > text.n)
		return true;
	return memcmp(body.p + from, text.p, n) == 0;
}

/* Text without tildes: bare links become links where none is around. */
static void text_with_links(struct dialect *d, const struct event *e, const char *from, const char *to)
{
	const bool links = d->m->input->parts & DIALECT_AUTOLINKS;
	struct str text = str_slice(from, to);
	struct autolink link;
	size_t pos = 0;

	while (links && !inner(d)->in_link && autolink_find(d->m->arena, text, pos, &link)) {
		text_with_abbreviations(d, e, text.p + pos, text.p + link.from);
		size_t open = d->out->n;
		const size_t escape = d->escape;
		escaped(d, e, text.p + link.from, text.p + link.to);
		if (d->out->failed || d->out->n == open)
			return;
		struct event shown = d->out->items[open];
		pos = link.to;
		if (!begins_as_written(d, &shown)) {
			d->out->n = open;
			d->escape = escape;
			unescaped(d, e, text.p + link.from, text.p + link.to);
			continue;
		}
		d->out->n = open;
		struct event *a = events_add(d->out, EVENT_OPEN, NODE_LINK, shown.from, shown.to);
		if (a) {
			a->text = link.url;
			a->flags = (uint8_t)(shown.flags | NODE_BARE);
		}
		events_text(d->out, shown.text, shown.from, shown.to);
		events_add(d->out, EVENT_CLOSE, NODE_LINK, shown.from, shown.to);
	}
	text_with_abbreviations(d, e, from + pos, to);
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

/* Two tildes in the source as well, neither escaped nor an entity. */
static bool is_written(struct dialect *d, const struct event *e, const char *p)
{
	const uint32_t source = text_source(d, e, p);
	const struct str body = d->m->input->body;
	const size_t at = source - d->m->input->offset;
	const struct text_escape *last = d->escape ? &d->m->escapes[d->escape - 1] : NULL;

	if (last && last->event == d->event && e->text.p + last->at + 1 == p)
		return false;
	return source == TREE_NONE || (at + 2 <= body.n && body.p[at] == '~' && body.p[at + 1] == '~');
}

/* Returns the EVENT_OPEN of a strikethrough that ends the text; SIZE_MAX: none does. */
static size_t dialect_text(struct dialect *d, const struct event *e)
{
	const char *end = e->text.p + e->text.n, *from = e->text.p;
	const bool strikes = d->m->input->parts & DIALECT_STRIKETHROUGH;
	size_t closed = SIZE_MAX;

	for (const char *p = from; strikes && (p = memchr(p, '~', (size_t)(end - p)));) {
		const char *run = p;
		while (p < end && *p == '~')
			p++;
		if (p - run != 2)
			continue;
		text_with_links(d, e, from, run);
		from = run;
		if (!is_written(d, e, run))
			continue;
		closed = tildes(d, e, run);
		from = p;
	}
	text_with_links(d, e, from, end);
	return from == end ? closed : SIZE_MAX;
}

/* A start tag that is an element of its own, and not one that leaves nothing in the tree. */
static bool is_alone(struct str tag)
{
	char name[12];
	size_t n = 0;

	for (const char *p = tag.p + 1; n + 1 < sizeof name && n + 1 < tag.n && (ascii_is_alnum(*p) || *p == '-'); p++)
		name[n++] = (char)(*p | 32); /* digits and "-" have the bit */
	name[n] = 0;
	if (!element_is_void(str_of(name)))
		return str_ends(tag, STR_LIT("/>"));
	const uint8_t action = element_find(name).action;
	return action != ELEMENT_VOID && action != ELEMENT_SOURCE;
}

/* Right behind the end of an element of raw HTML; the builder knows which one. */
static bool follows_element(const struct dialect *d)
{
	const struct event *last = d->out->n ? &d->out->items[d->out->n - 1] : NULL;

	if (!last || last->type == EVENT_ATTRIBUTES)
		return last != NULL;
	return last->type == EVENT_HTML && (str_starts(last->text, STR_LIT("</")) || is_alone(last->text));
}

/* "{: ...}" right behind a span belongs to it. */
static bool take_span_attributes(struct dialect *d, const struct event *e)
{
	const struct held *held = &d->m->prep->held[e->number];
	struct event *to = d->closed == SIZE_MAX ? NULL : &d->out->items[d->closed];

	if (held->type != HELD_ATTRIBUTES)
		return false;
	if (!to && follows_element(d)) {
		to = events_add(d->out, EVENT_ATTRIBUTES, NODE_TEXT, e->from, e->to);
		if (to)
			to->text = prepared_held_source(d->m->prep, held);
	}
	if (to && !prepared_attributes(d->m->prep, held, to))
		d->out->failed = true;
	return to != NULL;
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
		if (e->type == EVENT_OPEN && !push_inline(d, d->out->n - 1, (enum node_kind)e->kind))
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

	if (m->input->parts == 0) {
		markdown_raw_inlines(m, block, out);
		return;
	}
	raw = markdown_list(m);
	if (!raw)
		return;
	m->n_escapes = 0;
	markdown_raw_inlines(m, block, raw);
	if (is_cell(m, block) && raw->n && raw->items[0].type == EVENT_TEXT &&
	    raw->items[0].text.n >= MARKDOWN_CELL_MARK) {
		struct event *e = &raw->items[0];
		e->text.p += MARKDOWN_CELL_MARK;
		e->text.n -= MARKDOWN_CELL_MARK;
		for (size_t i = 0; i < m->n_escapes && m->escapes[i].event == 0; i++)
			m->escapes[i].at -= MARKDOWN_CELL_MARK;
		e->from = markdown_source(m,
					  markdown_offset(m, cmark_node_get_start_line(block), 1 + MARKDOWN_CELL_MARK));
	}
	if (!push_inline(&d, SIZE_MAX, NODE_PARAGRAPH))
		out->failed = true;
	for (; d.event < raw->n && !out->failed; d.event++)
		dialect_event(&d, &raw->items[d.event]);
	settle_tildes(out, first);
	out->failed = out->failed || raw->failed;
	markdown_list_done(m, raw);
}
