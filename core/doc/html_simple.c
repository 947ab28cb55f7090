/*
 * html_simple.c - see html_simple.h.
 *
 * Two passes, so that nothing is done in vain: the pieces of raw HTML become steps, with the elements that
 * libxml2 would close by itself closed, and then the steps are taken, Markdown's events between them.
 * What libxml2's SAX interface says of such input, and when, is known from its behaviour and compared in
 * tests/doc/test_html_simple.c; where this file and html.c differ, html.c is right.
 */
#include "doc/html_simple.h"

#include "base/ascii.h"
#include "doc/html_step.h"

#define DEPTH_MAX 200

/* Bytes of raw HTML for which there is room for a step from the beginning, and the most such room. */
enum { BYTES_A_STEP = 16, FIRST_STEPS_MAX = 2000 };

struct simple {
	const struct events *events;
	struct prepared *prepared; /* of the piece that is read */
	const struct html_limits *limits;
	struct arena *scratch;
	struct html_piece piece;
	struct html_hiding hiding;
	struct html_step *steps;
	size_t n, cap;
	const struct html_known *open[DEPTH_MAX];
	size_t n_open;
	uint32_t token;  /* counts what libxml2 would see: tags, runs of text, references */
	uint32_t done;   /* source offset of its beginning, or behind the last step */
	uint8_t flags;   /* of what begins there */
	bool after_text; /* the last step was text, and not a reference */
	char *joined;    /* text of the last step, where it was put together; NULL: it was not */
	size_t cap_joined;
	enum html_simple end; /* HTML_SIMPLE_READ: so far all is simple */
};

static void give_up(struct simple *s, enum html_simple why)
{
	if (s->end == HTML_SIMPLE_READ)
		s->end = why;
}

static struct html_step *add(struct simple *s, enum html_step_type type, uint32_t from, uint32_t to)
{
	if (s->n == s->cap) {
		struct html_step *grown = arena_grow(s->scratch, s->steps, &s->cap, s->n + 1, sizeof *grown);
		if (!grown) {
			give_up(s, HTML_SIMPLE_NOMEM);
			return NULL;
		}
		s->steps = grown;
	}
	struct html_step *step = &s->steps[s->n++];
	*step = (struct html_step){ .type = (uint8_t)type, .flags = s->flags, .from = from, .to = to };
	s->done = to;
	s->after_text = false;
	return step;
}

/* A step that ends with the token, at p. */
static struct html_step *add_to(struct simple *s, enum html_step_type type, const char *p)
{
	html_piece_follow(&s->piece, p);
	struct html_step *step = add(s, type, s->done, html_piece_source(&s->piece));

	if (step)
		step->token = s->token;
	return step;
}

/*
 * What follows the last token in libxml2's stream begins at p.  Comments are not in that stream: what ended before
 * them ends where this begins.
 */
static void begin_token(struct simple *s, const char *p)
{
	html_piece_follow(&s->piece, p);
	s->flags = html_piece_is_exact(&s->piece) ? 0 : NODE_LINE_ONLY;
	s->done = html_piece_source(&s->piece);
	for (size_t i = s->n; i > 0 && s->steps[i - 1].token == s->token; i--)
		s->steps[i - 1].to = s->done;
	s->token++;
}

/* ------------------------------------------------------------------ text */

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* As in html.c, the ends of lines by themselves, for marks or a CR may have been left out there. */
static void add_lines(struct simple *s, const char *p, const char *end, const char *run_end)
{
	while (p < end && s->end == HTML_SIMPLE_READ) {
		const char *stop = html_line_stop(p, end);
		struct html_step *step = add_to(s, STEP_TEXT, stop);
		if (!step)
			return;
		step->text = str_slice(p, stop);
		step->token = stop == run_end ? s->token : 0;
		s->flags = html_piece_is_exact(&s->piece) ? 0 : NODE_LINE_ONLY;
		p = stop;
	}
}

static void add_held(struct simple *s, struct str placeholder, const struct held *held, const char *run_end)
{
	const char *end = placeholder.p + placeholder.n;

	if (held->type == HELD_TAG) { /* libxml2's to read, and no text */
		give_up(s, HTML_SIMPLE_NOT);
		return;
	}
	struct html_step *step = add_to(s, STEP_HELD, end);
	if (!step)
		return;
	step->text = placeholder;
	step->prepared = s->prepared;
	step->token = end == run_end ? s->token : 0;
	s->flags = html_piece_is_exact(&s->piece) ? 0 : NODE_LINE_ONLY;
}

/* What a comment or the end of a piece has parted is one run to libxml2; is it one line, too? */
static bool goes_on(const struct simple *s, const char *p)
{
	const struct html_step *last = s->after_text ? &s->steps[s->n - 1] : NULL;

	return last && last->type == STEP_TEXT && *p != '\n' && last->text.p[last->text.n - 1] != '\n';
}

/* The line at p, up to plain, is the rest of that of the last step; returns its end. */
static const char *join_line(struct simple *s, const char *p, const char *plain, const char *run_end)
{
	struct html_step *last = &s->steps[s->n - 1];
	const char *stop = html_line_stop(p, plain);
	const size_t n = last->text.n, more = (size_t)(stop - p);

	if (last->text.p != s->joined) {
		s->joined = NULL;
		s->cap_joined = 0;
	}
	char *joined = arena_grow(s->scratch, s->joined, &s->cap_joined, n + more, 1);
	if (!joined) {
		give_up(s, HTML_SIMPLE_NOMEM);
		return run_end;
	}
	if (!s->joined)
		memcpy(joined, last->text.p, n);
	memcpy(joined + n, p, more);
	s->joined = joined;
	html_piece_follow(&s->piece, stop);
	last->text = (struct str){ joined, n + more };
	last->to = s->done = html_piece_source(&s->piece);
	last->token = stop == run_end ? s->token : 0;
	s->flags = html_piece_is_exact(&s->piece) ? 0 : NODE_LINE_ONLY;
	return stop;
}

/* A run of text, which may hold placeholders. */
static void add_words(struct simple *s, const char *p, const char *end)
{
	bool joins = goes_on(s, p);

	begin_token(s, p);
	while (p < end && s->end == HTML_SIMPLE_READ) {
		size_t len;
		const struct held *held;
		const char *plain = html_plain_end(s->prepared, p, end, &len, &held);
		if (joins && plain > p)
			p = join_line(s, p, plain, end);
		joins = false;
		add_lines(s, p, plain, end);
		if (len)
			add_held(s, (struct str){ plain, len }, held, end);
		p = plain + len;
	}
}

static void take_words(struct simple *s, const char *p, const char *end)
{
	if (!html_is_clean(p, end)) {
		give_up(s, HTML_SIMPLE_NOT);
		return;
	}
	add_words(s, p, end);
	s->after_text = true;
}

/* "&" that begins no reference: libxml2 passes it on with the name behind it. */
static const char *take_ampersand(struct simple *s, const char *p, const char *end)
{
	const char *after = html_reference_end(p, end);

	if (!after || after == end) {
		give_up(s, HTML_SIMPLE_NOT);
		return end;
	}
	begin_token(s, p);
	struct html_step *step = add_to(s, STEP_TEXT, after);
	if (step)
		step->text = str_slice(p, after);
	return after;
}

static const char *take_reference(struct simple *s, const char *p, const char *end)
{
	const char *after = end;
	const unsigned value = html_reference(p, end, &after);
	char *text = value ? arena_alloc(s->scratch, 4) : NULL;

	if (!value)
		return take_ampersand(s, p, end);
	if (!text) {
		give_up(s, HTML_SIMPLE_NOMEM);
		return end;
	}
	begin_token(s, p);
	struct html_step *step = add_to(s, STEP_TEXT, after);
	if (step)
		step->text = (struct str){ text, html_reference_encode(value, text) };
	return after;
}

/* ------------------------------------------------------------------ tags */

static void close_innermost(struct simple *s, const char *at)
{
	const char *name = s->open[--s->n_open]->name;
	struct html_step *step = at ? add_to(s, STEP_END, at) : add(s, STEP_END, s->done, s->done);

	if (step)
		step->name = name;
}

static bool closes(const struct html_known *new, const struct html_known *old)
{
	return old->self && (new->closes >> old->self & 1);
}

/* A script or style with all its content. */
static const char *take_raw(struct simple *s, const char *p, const char *end)
{
	struct html_tag tag;

	html_tag_read(&tag, p, end, s->limits->max_attributes);
	if (tag.self_closing)
		return tag.end;
	const char *close = html_raw_close(tag.end, end, tag.name);
	close = close ? memchr(close, '>', (size_t)(end - close)) : NULL;
	if (!close)
		give_up(s, HTML_SIMPLE_NOT);
	return close ? close + 1 : end;
}

/* The element whose start tag stands from p to `to`. */
static void open_element(struct simple *s, const struct html_known *known, const struct html_attributes *attrs,
			 const char *p, const char *to)
{
	begin_token(s, p);
	while (s->n_open > 0 && closes(known, s->open[s->n_open - 1]))
		close_innermost(s, NULL);
	struct html_step *step = add_to(s, STEP_START, to);
	if (!step)
		return;
	step->attrs = *attrs;
	step->name = known->name;
	s->open[s->n_open++] = known;
}

/* Does it hide all that follows? */
static bool hides_rest(struct simple *s, const struct html_known *known, const char *p)
{
	return (known->closes & HTML_KNOWN_HIDES) &&
	       !html_hiding_ends(&s->hiding, html_hiding_index(known->name), p, s->piece.end);
}

static const char *take_start_tag(struct simple *s, const char *p, const char *end)
{
	const char *at = html_tag_name_end(p + 1, end);
	const struct html_known *known = NULL;
	enum html_simple read = HTML_SIMPLE_NOT;
	struct html_attributes attrs;
	char name[HTML_NAME_SIZE];
	bool self_closing = false;

	html_tag_name(p + 1, at, name);
	if (strcmp(name, "script") == 0 || strcmp(name, "style") == 0)
		return take_raw(s, p, end);
	if (s->n_open < DEPTH_MAX && s->n_open + 3 <= s->limits->max_depth)
		read = html_known_element(s->scratch, name, &known);
	if (read == HTML_SIMPLE_READ)
		read = html_simple_attributes(s->scratch, s->prepared, &at, end, s->limits->max_attributes, &attrs,
					      &self_closing);
	if (read == HTML_SIMPLE_READ && !self_closing && hides_rest(s, known, at))
		read = HTML_SIMPLE_NOT;
	if (read != HTML_SIMPLE_READ) {
		give_up(s, read);
		return end;
	}
	open_element(s, known, &attrs, p, at);
	if (s->end == HTML_SIMPLE_READ && (self_closing || known->is_empty))
		close_innermost(s, at);
	return at;
}

/* How many open elements remain when that end tag has been read; n_open: it closes nothing. */
static size_t open_after(const struct simple *s, const char *name)
{
	const uint8_t priority = html_known_priority(name);

	for (size_t i = s->n_open; i > 0; i--) {
		if (strcmp(s->open[i - 1]->name, name) == 0)
			return i - 1;
		if (s->open[i - 1]->priority > priority)
			break;
	}
	return s->n_open;
}

/* "</br>" is a break, "</p>" may be an empty paragraph; html_stream.c means these forms alone. */
static void end_in_own_way(struct simple *s, const char *name, const char *p, const char *to)
{
	const struct html_attributes none = { 0 };

	if (*name == 'p') { /* a comment in the stream */
		s->token++;
		add_to(s, STEP_PARAGRAPH_END, to);
		return;
	}
	open_element(s, html_known_find(name), &none, p, to);
	if (s->end == HTML_SIMPLE_READ)
		close_innermost(s, to);
}

static const char *take_end_tag(struct simple *s, const char *p, const char *end)
{
	const char *q = html_tag_name_end(p + 2, end);
	char name[HTML_NAME_SIZE];

	html_tag_name(p + 2, q, name);
	const bool is_br = q < end && *q == '>' && strcmp(name, "br") == 0;
	const bool is_p = q < end && *q == '>' && strcmp(name, "p") == 0;
	while (q < end && is_blank(*q))
		q++;
	if (q == end || *q != '>' || !*name || html_known_is_single(name)) {
		give_up(s, HTML_SIMPLE_NOT);
		return end;
	}
	q++;
	const size_t left = open_after(s, name);
	if (!is_br) {
		begin_token(s, p);
		while (s->n_open > left && s->end == HTML_SIMPLE_READ)
			close_innermost(s, q);
		html_piece_follow(&s->piece, q);
		s->done = html_piece_source(&s->piece);
		s->after_text = false;
	}
	if (is_p || is_br)
		end_in_own_way(s, name, p, q);
	return q;
}

/* ---------------------------------------------------------------- pieces */

/* A "<" that begins nothing. */
static const char *take_less(struct simple *s, const char *p)
{
	begin_token(s, p);
	struct html_step *step = add_to(s, STEP_TEXT, p + 1);
	if (step)
		step->text = STR_LIT("<");
	return p + 1;
}

/* A declaration, processing instruction or what else is no tag: not in the stream. */
static const char *take_bogus(struct simple *s, const char *p, const char *end)
{
	const char *close = memchr(p, '>', (size_t)(end - p));

	if (str_starts(str_slice(p, end), STR_LIT("<![CDATA[")))
		give_up(s, HTML_SIMPLE_NOT);
	return close ? close + 1 : end;
}

static const char *take_mark(struct simple *s, const char *p, const char *end)
{
	size_t n = (size_t)(end - p);

	if (n >= 4 && memcmp(p, "<!--", 4) == 0)
		return html_comment_end(p, end);
	if (n >= 2 && (p[1] == '!' || p[1] == '?'))
		return take_bogus(s, p, end);
	if (n >= 2 && ascii_is_letter(p[1]))
		return take_start_tag(s, p, end);
	if (n >= 3 && p[1] == '/')
		return ascii_is_letter(p[2]) ? take_end_tag(s, p, end) : take_bogus(s, p, end);
	return take_less(s, p);
}

static void read_piece(struct simple *s, size_t event)
{
	const struct event *e = &s->events->items[event];
	const char *p = e->text.p, *end = p + e->text.n;

	s->prepared = e->prepared;
	html_piece_begin(&s->piece, e);
	html_hiding_begin(&s->hiding, s->events, event);
	while (p < end && s->end == HTML_SIMPLE_READ) {
		if (*p == '<') {
			p = take_mark(s, p, end);
		} else if (*p == '&') {
			p = take_reference(s, p, end);
		} else {
			const char *q = p;
			while (q < end && *q != '<' && *q != '&')
				q++;
			take_words(s, p, q);
			p = q;
		}
	}
}

/* Markdown between two pieces: a comment in libxml2's stream. */
static void add_events(struct simple *s, size_t from, size_t to)
{
	add(s, STEP_EVENTS, (uint32_t)from, (uint32_t)to);
	s->token++;
	s->done = s->events->items[to - 1].to;
	s->flags = NODE_LINE_ONLY;
	if (s->done == TREE_NONE)
		give_up(s, HTML_SIMPLE_NOT);
}

/* Lists that grow are copied: room for what is to be expected. */
static void reserve_steps(struct simple *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->events->n; i++)
		n += s->events->items[i].type == EVENT_HTML ? s->events->items[i].text.n / BYTES_A_STEP + 1 : 0;
	s->steps = arena_grow(s->scratch, NULL, &s->cap, n < FIRST_STEPS_MAX ? n + 1 : FIRST_STEPS_MAX,
			      sizeof *s->steps);
	if (!s->steps)
		give_up(s, HTML_SIMPLE_NOMEM);
}

static void read_all(struct simple *s)
{
	const struct events *events = s->events;

	for (size_t i = 0; i < events->n && s->end == HTML_SIMPLE_READ;) {
		size_t j = i;
		while (j < events->n && events->items[j].type != EVENT_HTML)
			j++;
		if (j > i)
			add_events(s, i, j);
		if (j < events->n)
			read_piece(s, j++);
		i = j;
	}
	while (s->n_open > 0 && s->end == HTML_SIMPLE_READ)
		close_innermost(s, NULL);
}

enum html_simple html_simple_read(const struct events *events, const struct html_limits *limits, struct structure *out)
{
	struct simple s;

	s.events = events;
	s.prepared = NULL;
	s.limits = limits;
	s.scratch = out->scratch;
	s.piece = (struct html_piece){ 0 };
	s.hiding = (struct html_hiding){ .events = events };
	s.steps = NULL;
	s.n = s.cap = s.n_open = 0;
	s.token = 1;
	s.done = events->n ? events->items[0].from : 0;
	s.flags = NODE_LINE_ONLY;
	s.after_text = false;
	s.joined = NULL;
	s.cap_joined = 0;
	s.end = HTML_SIMPLE_READ;
	reserve_steps(&s);
	read_all(&s);
	if (s.end == HTML_SIMPLE_READ)
		html_steps_take(s.steps, s.n, events, out);
	return s.end;
}
