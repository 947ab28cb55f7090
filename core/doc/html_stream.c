/*
 * html_stream.c - makes the text that libxml2 reads: raw HTML copied, with
 * tags that would cost more than they are worth cut, and Markdown's runs of
 * events as comments.
 *
 * A light scanner walks the HTML by the tokenizer's states (WHATWG 13.2.5), to count attributes and depth and to close at
 * the end of a piece what would swallow the next one: a comment, a tag, a script.
 */
#include "doc/html.h"

enum scan_state { SCAN_TEXT, SCAN_TAG, SCAN_COMMENT, SCAN_BOGUS, SCAN_RAW };

struct scan {
	struct html_stream *stream;
	const struct html_limits *limits;
	enum scan_state state;
	char quote;   /* inside an attribute value */
	char raw[12]; /* element whose content is raw text */
	uint32_t depth;
	uint32_t dropped; /* start tags dropped for depth, whose end tags go too */
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Lower-case name of the tag at p (behind "<" or "</"). */
static void tag_name(const char *p, const char *end, char name[12])
{
	size_t n = 0;

	for (; p < end && !is_space(*p) && *p != '>' && *p != '/' && n < 11; p++)
		name[n++] = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
	name[n] = 0;
}

static bool is_void(const char *name)
{
	static const char names[] = " area base br col embed hr img input link meta param source track wbr ";
	char word[16];
	size_t n = strlen(name);

	word[0] = ' ';
	memcpy(word + 1, name, n);
	word[n + 1] = ' ';
	return memmem(names, sizeof names - 1, word, n + 2) != NULL;
}

static bool is_raw(const char *name)
{
	return strcmp(name, "script") == 0 || strcmp(name, "style") == 0;
}

static const char *find(const char *p, const char *end, const char *mark)
{
	size_t n = strlen(mark);
	const char *found = p < end ? memmem(p, (size_t)(end - p), mark, n) : NULL;

	return found ? found : end;
}

/* End of a tag whose name begins at p: behind ">", or end where it is not closed (*quote: inside a value). */
static const char *tag_end(const char *p, const char *end, char *quote, uint32_t *n_attrs, const char **cut,
			   uint32_t max_attrs)
{
	bool in_name = true, value = false;

	*quote = 0;
	*n_attrs = 0;
	*cut = NULL;
	for (; p < end; p++) {
		if (*quote) {
			if (*p == *quote)
				*quote = 0;
		} else if (*p == '>') {
			return p + 1;
		} else if (is_space(*p) || *p == '/') {
			in_name = false;
			value = value && is_space(*p);
		} else if (*p == '=') {
			value = true;
			in_name = true;
		} else if (value && (*p == '"' || *p == '\'')) {
			*quote = *p;
			value = false;
			in_name = false;
		} else if (value) {
			value = false;
			in_name = true;
		} else if (!in_name) {
			in_name = true;
			if (++*n_attrs > max_attrs && !*cut)
				*cut = p;
		}
	}
	return end;
}

static void copy(struct scan *s, const char *from, const char *to)
{
	buf_add(&s->stream->text, from, (size_t)(to - from));
}

/* A start or end tag at p ("<"); returns where to go on. */
static const char *take_tag(struct scan *s, const char *p, const char *end)
{
	bool closing = p[1] == '/';
	char name[12], quote;
	uint32_t n_attrs;
	const char *cut;
	const char *stop = tag_end(p + 1 + closing, end, &quote, &n_attrs, &cut, s->limits->max_attributes);
	bool complete = stop > p && stop[-1] == '>' && !quote;

	tag_name(p + 1 + closing, end, name);
	if (!closing && complete && !is_void(name) && stop[-2] != '/') {
		if (s->depth >= s->limits->max_depth) {
			s->stream->limited = true;
			s->dropped++;
			return stop;
		}
		s->depth++;
		if (is_raw(name)) {
			s->state = SCAN_RAW;
			memcpy(s->raw, name, sizeof name);
		}
	} else if (closing) {
		if (s->dropped > 0) {
			s->dropped--;
			return stop;
		}
		s->depth -= s->depth > 0;
	}
	if (cut) {
		s->stream->limited = true;
		copy(s, p, cut);
		buf_addc(&s->stream->text, '>');
		return stop;
	}
	copy(s, p, stop);
	if (!complete) {
		s->state = SCAN_TAG;
		s->quote = quote;
	}
	return stop;
}

static const char *take_raw(struct scan *s, const char *p, const char *end)
{
	size_t n = strlen(s->raw);

	for (const char *q = p; (q = find(q, end, "</")) < end; q += 2) {
		if ((size_t)(end - q) >= n + 2 && str_eq_nocase((struct str){ q + 2, n }, (struct str){ s->raw, n })) {
			copy(s, p, q);
			s->state = SCAN_TEXT;
			return q;
		}
	}
	copy(s, p, end);
	return end;
}

static const char *take_until(struct scan *s, const char *p, const char *end, const char *mark, enum scan_state open)
{
	const char *stop = find(p, end, mark);

	if (stop < end)
		stop += strlen(mark);
	else
		s->state = open;
	copy(s, p, stop);
	return stop;
}

static void scan(struct scan *s, struct str html)
{
	const char *p = html.p, *end = html.p + html.n;

	s->state = SCAN_TEXT;
	while (p < end) {
		if (s->state == SCAN_RAW) {
			p = take_raw(s, p, end);
			continue;
		}
		const char *mark = memchr(p, '<', (size_t)(end - p));
		if (!mark) {
			copy(s, p, end);
			break;
		}
		copy(s, p, mark);
		p = mark;
		if (end - p >= 4 && memcmp(p, "<!--", 4) == 0) {
			p = take_until(s, p, end, "-->", SCAN_COMMENT);
		} else if (end - p >= 2 && (p[1] == '!' || p[1] == '?')) {
			p = take_until(s, p, end, ">", SCAN_BOGUS);
		} else if (end - p >= 2 && (is_letter(p[1]) || (p[1] == '/' && end - p >= 3 && is_letter(p[2])))) {
			p = take_tag(s, p, end);
		} else {
			buf_addc(&s->stream->text, *p++); /* a plain "<" */
		}
	}
}

/* Closes what the piece left open. script_goes_on: a later piece closes the script. */
static void close_piece(struct scan *s, bool script_goes_on)
{
	struct buf *out = &s->stream->text;

	switch (s->state) {
	case SCAN_COMMENT:
		buf_addz(out, "-->");
		break;
	case SCAN_TAG:
		if (s->quote)
			buf_addc(out, s->quote);
		buf_addc(out, '>');
		break;
	case SCAN_BOGUS:
		buf_addc(out, '>');
		break;
	case SCAN_RAW:
		if (!script_goes_on)
			buf_addf(out, "</%s>", s->raw);
		break;
	case SCAN_TEXT:
		break;
	}
}

enum html_status html_stream_whole(struct html_stream *stream, struct arena *a, struct str text, uint32_t offset,
				   const struct html_limits *limits)
{
	struct scan s = { .stream = stream, .limits = limits };

	*stream = (struct html_stream){ .map = { .arena = a } };
	buf_init(&stream->text, a->heap, 0);
	segment_add(&stream->map, 0, offset, true);
	scan(&s, text);
	return buf_ok(&stream->text) && !stream->map.failed ? HTML_OK : HTML_NOMEM;
}

/* ---------------------------------------------------------------- events */

static bool closes_raw(const struct events *events, size_t from, const char *raw)
{
	char mark[16] = "</";
	size_t n = strlen(raw);

	memcpy(mark + 2, raw, n + 1);
	for (size_t i = from; i < events->n; i++)
		if (events->items[i].type == EVENT_HTML && events->items[i].text.n >= n + 2 &&
		    find(events->items[i].text.p, events->items[i].text.p + events->items[i].text.n, mark) <
			    events->items[i].text.p + events->items[i].text.n)
			return true;
	return false;
}

/* One piece of raw HTML, mapped to its place: exactly where it stands in the source as it is. */
static void add_piece(struct scan *s, const struct event *e)
{
	struct html_stream *stream = s->stream;

	segment_add(&stream->map, stream->text.n, e->from, !(e->flags & NODE_LINE_ONLY));
	scan(s, e->text);
}

enum html_status html_stream_events(struct html_stream *stream, struct arena *a, const struct events *events,
				    const struct html_limits *limits)
{
	struct scan s = { .stream = stream, .limits = limits };
	bool known_closed = false;

	*stream = (struct html_stream){ .map = { .arena = a } };
	buf_init(&stream->text, a->heap, 0);
	buf_addz(&stream->text, "<html><body>");
	for (size_t i = 0; i < events->n;) {
		size_t j = i;
		while (j < events->n && events->items[j].type != EVENT_HTML)
			j++;
		if (j > i) {
			segment_add(&stream->map, stream->text.n, events->items[i].from, false);
			buf_addf(&stream->text, "<!--quern %zu %zu-->", i, j);
		}
		if (j < events->n) {
			add_piece(&s, &events->items[j]);
			/* asked once for each piece that ends inside a script: remembered, or it would be quadratic */
			bool raw = s.state == SCAN_RAW;
			if (raw && !known_closed)
				known_closed = closes_raw(events, j + 1, s.raw);
			close_piece(&s, raw && known_closed);
			if (!raw)
				known_closed = false;
			j++;
		}
		i = j;
	}
	return buf_ok(&stream->text) && !stream->map.failed ? HTML_OK : HTML_NOMEM;
}
