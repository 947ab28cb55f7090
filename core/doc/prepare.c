/*
 * prepare.c - placeholders and segment maps, and the order of the stages.
 */
#include "doc/prepare.h"

#include "base/bytes.h"
#include "base/utf8.h"

/* Planes 15 and 16 end in two noncharacters each, which are left alone. */
#define PLANE      65534u
#define LOW_FIRST  0xF0000u
#define HIGH_FIRST 0x100000u

static bool is_in(const struct segment_map *map, size_t i, uint32_t offset)
{
	return i < map->n && map->items[i].at <= offset && (i + 1 == map->n || offset < map->items[i + 1].at);
}

const struct segment *segment_find(struct segment_map *map, uint32_t offset)
{
	size_t low = 0, high = map->n;

	if (map->n == 0)
		return NULL;
	for (size_t i = map->near; i < map->near + 3; i++) {
		if (is_in(map, i, offset)) {
			map->near = i;
			return &map->items[i];
		}
	}
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (map->items[middle].at <= offset)
			low = middle;
		else
			high = middle;
	}
	map->near = low;
	return &map->items[low];
}

uint32_t segment_source(struct segment_map *map, uint32_t offset)
{
	const struct segment *s = segment_find(map, offset);

	if (!s)
		return offset;
	return s->literal && offset > s->at ? s->source + (offset - s->at) : s->source;
}

void segment_add(struct segment_map *map, size_t at, size_t source, bool literal)
{
	struct segment *last = map->n ? &map->items[map->n - 1] : NULL;

	if (map->failed)
		return;
	if (last && last->at == at) {
		last->source = (uint32_t)source;
		last->literal = literal;
		return;
	}
	if (map->n == map->cap) {
		struct segment *grown = arena_grow(map->arena, map->items, &map->cap, map->n + 1, sizeof *grown);
		if (!grown) {
			map->failed = true;
			return;
		}
		map->items = grown;
	}
	map->items[map->n++] = (struct segment){ (uint32_t)at, (uint32_t)source, literal };
}

struct held *prepare_hold(struct prepared *p, struct buf *out, enum held_type type, struct str source)
{
	size_t id = p->n_held;

	if (p->n_held == p->cap_held) {
		struct held *grown = arena_grow(p->arena, p->held, &p->cap_held, p->n_held + 1, sizeof *grown);
		if (!grown) {
			p->failed = true;
			return NULL;
		}
		p->held = grown;
	}
	if (id >= PLANE)
		buf_add_cp(out, HIGH_FIRST + (uint32_t)(id / PLANE) - 1);
	buf_add_cp(out, LOW_FIRST + (uint32_t)(id % PLANE));
	struct held *held = &p->held[p->n_held++];
	*held = (struct held){ .type = type, .source = source };
	return held;
}

const struct held *prepared_held(const struct prepared *p, struct str s, size_t *len)
{
	uint32_t cp;
	size_t high = 0;

	if (s.n < 4 || (unsigned char)s.p[0] < 0xF3)
		return NULL;
	size_t n = utf8_decode(s.p, s.p + s.n, &cp);
	if (cp >= HIGH_FIRST && cp < HIGH_FIRST + PLANE) {
		high = (size_t)(cp - HIGH_FIRST + 1) * PLANE;
		if (s.n - n < 4)
			return NULL;
		n += utf8_decode(s.p + n, s.p + s.n, &cp);
	}
	if (cp < LOW_FIRST || cp >= LOW_FIRST + PLANE)
		return NULL;
	size_t id = high + (cp - LOW_FIRST);
	if (id >= p->n_held)
		return NULL;
	*len = n;
	return &p->held[id];
}

static bool may_hold(struct str s)
{
	return memchr(s.p, 0xF3, s.n) || memchr(s.p, 0xF4, s.n);
}

static bool is_literal(const struct held *held)
{
	return held->type == HELD_LITERAL || held->type == HELD_ESCAPE;
}

/* Its source is the text between the stages; of the others it is the body's, where nothing is a placeholder. */
static bool is_of_lines(const struct held *held)
{
	return held->type >= HELD_FOOTNOTE;
}

/* How what placeholders stand for comes back. */
struct restore {
	const struct prepared *p;
	const struct prepared_margin *margin; /* NULL: as it is */
	bool as_text;
	struct buf *out;
};

static const char *margin_end(const struct prepared_margin *margin, const char *p, const char *end)
{
	for (int i = 0; i < margin->quotes; i++) {
		const char *q = p;
		while (q < end && (*q == ' ' || *q == '\t'))
			q++;
		if (q == end || *q != '>')
			break;
		p = q + 1;
		p += p < end && *p == ' ';
	}
	for (int column = 0; column < margin->columns && p < end && (*p == ' ' || *p == '\t'); p++)
		column += *p == '\t' ? 4 - column % 4 : 1;
	return p;
}

static void put_piece(const struct restore *r, struct str s, int level)
{
	const char *p = s.p, *end = s.p + s.n, *newline;

	while (level == 0 && r->margin && p < end && (newline = memchr(p, '\n', (size_t)(end - p)))) {
		buf_adds(r->out, str_slice(p, newline + 1));
		p = margin_end(r->margin, newline + 1, end);
	}
	buf_adds(r->out, str_slice(p, end));
}

/* A table or footnote holds stage one placeholders in its turn: two levels, never more. */
static void restore_into(const struct restore *r, struct str s, int level)
{
	const struct prepared *p = r->p;

	for (size_t i = 0; i < s.n;) {
		size_t len = 0, start = i;
		const struct held *held = NULL;

		while (i < s.n && (unsigned char)s.p[i] < 0xF3)
			i++;
		put_piece(r, (struct str){ s.p + start, i - start }, level);
		if (i == s.n)
			break;
		held = prepared_held(p, (struct str){ s.p + i, s.n - i }, &len);
		if (!held)
			buf_addc(r->out, s.p[i++]);
		else if (r->as_text && is_literal(held))
			buf_adds(r->out, held->text);
		else if (level > 0 && is_of_lines(held))
			restore_into(r, held->source, level - 1);
		else
			put_piece(r, held->source, 0);
		i += held ? len : 0;
	}
}

static struct str keep(const struct prepared *p, struct buf *out)
{
	struct str whole = buf_ok(out) ? arena_str(p->arena, buf_str(out)) : (struct str){ NULL, 0 };

	buf_release(out);
	return whole;
}

static struct str restore(const struct prepared *p, struct str s, const struct prepared_margin *margin, bool as_text)
{
	struct buf out;

	if (s.n == 0 || p->n_held == 0 || !may_hold(s))
		return s;
	buf_init(&out, p->arena->heap, 0);
	restore_into(&(struct restore){ p, margin, as_text, &out }, s, 1);
	return keep(p, &out);
}

struct str prepared_restore(const struct prepared *p, struct str s)
{
	return restore(p, s, NULL, false);
}

struct str prepared_held_source(const struct prepared *p, const struct held *held)
{
	return is_of_lines(held) ? prepared_restore(p, held->source) : held->source;
}

struct str prepared_restore_text(const struct prepared *p, struct str s)
{
	return restore(p, s, NULL, true);
}

struct str prepared_restore_block(const struct prepared *p, struct str s, const struct prepared_margin *margin)
{
	return restore(p, s, margin, false);
}

/* Behind the line end at p and the blanks the next line begins with. */
static const char *next_line(const char *p, const char *end)
{
	p += *p == '\r' && p + 1 < end && p[1] == '\n' ? 2 : 1;
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	return p;
}

struct str prepared_restore_code(const struct prepared *p, struct str s, int quotes)
{
	const struct prepared_margin margin = { quotes, 0 };
	const struct str whole = prepared_restore_block(p, s, &margin);

	if (whole.p == s.p || !(bytes_has(whole, '\n') || bytes_has(whole, '\r')))
		return whole;
	const char *end = whole.p + whole.n;
	char *text = arena_alloc(p->arena, whole.n), *to = text;
	for (const char *at = whole.p; text && at < end; to++) {
		const bool breaks = *at == '\n' || *at == '\r';
		*to = breaks ? ' ' : *at;
		at = breaks ? next_line(at, end) : at + 1;
	}
	return text ? str_slice(text, to) : (struct str){ NULL, 0 };
}

struct str prepared_held_lines(const struct prepared *p, const struct held *held, const struct prepared_margin *margin)
{
	struct buf out;

	buf_init(&out, p->arena->heap, 0);
	put_piece(&(struct restore){ p, margin, false, &out }, held->source, 0);
	return keep(p, &out);
}

bool prepared_attributes(const struct prepared *p, const struct held *held, struct event *e)
{
	const struct str inside = { held->source.p + 2, held->source.n - 3 };

	return attributes_is_definition(inside) || attributes_apply(p->arena, e, inside, p->named, p->n_named);
}

uint32_t prepared_inline_source(struct prepared *p, uint32_t offset)
{
	return segment_source(&p->inline_map, offset);
}

uint32_t prepared_source(struct prepared *p, uint32_t offset)
{
	return segment_source(&p->inline_map, segment_source(&p->line_map, offset));
}

/* Runs one stage into a buffer of its own and keeps the result in the arena. */
static void run_stage(struct prepared *p, void (*stage)(struct prepared *, struct str, struct buf *))
{
	struct buf out;

	buf_init(&out, p->arena->heap, 0);
	stage(p, p->text, &out);
	if (!buf_ok(&out)) {
		p->failed = true;
	} else if (out.n > 0) {
		p->text = arena_str(p->arena, buf_str(&out));
		p->lines = NULL;
	}
	p->failed = p->failed || !p->text.p;
	buf_release(&out);
}

static void find_lines(struct prepared *p)
{
	if (!p->failed && !p->lines)
		p->lines = bytes_lines(p->arena, p->text, &p->n_lines);
	p->failed = p->failed || !p->lines;
}

static void begin(struct prepared *p, struct arena *a, struct str body, uint32_t parts)
{
	*p = (struct prepared){ .arena = a, .parts = parts, .text = body };
	p->inline_map.arena = p->line_map.arena = a;
	p->signs = prepare_scan(body);
	find_lines(p);
}

void prepare(struct prepared *p, struct arena *a, struct str body, uint32_t parts, const struct note_labels *notes)
{
	begin(p, a, body, parts);
	p->notes = notes;
	if (!p->failed)
		run_stage(p, parts ? prepare_inlines : prepare_guards);
	if (!p->failed && prepare_needs_lines(p, p->text))
		run_stage(p, prepare_lines);
	p->failed = p->failed || p->inline_map.failed || p->line_map.failed;
	find_lines(p);
}

struct prepare_signs prepare_scan(struct str body)
{
	const struct bytes_pairs pairs = bytes_pairs(body);

	return (struct prepare_signs){ .brace = bytes_has(body, '{'),
				       .less = bytes_has(body, '<'),
				       .note = bytes_has(body, '^') &&
					       bytes_find_pair(body.p, body.p + body.n, '[', '^'),
				       .bar = bytes_has(body, '|'),
				       .tilde = bytes_has(body, '~'),
				       .at = bytes_has(body, '@'),
				       .slashes = pairs.slashes,
				       .ww = pairs.ww,
				       .high = bytes_has(body, '\xF3') || bytes_has(body, '\xF4') };
}
