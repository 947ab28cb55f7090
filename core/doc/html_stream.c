/*
 * html_stream.c - makes the text that libxml2 reads: raw HTML copied, with
 * what it must not see left out, and Markdown's runs of events as comments.
 *
 * Left out are comments, declarations, scripts and styles with their content, and attributes beyond the
 * limit; tags that libxml2 could read otherwise than html_tag.c does are written anew.  So
 * nothing in one piece of raw HTML can swallow the next one, and only our own comments are in the stream.
 */
#include "doc/html_stream.h"

#include "base/ascii.h"

struct scan {
	struct html_stream *stream;
	const struct html_limits *limits;
	struct prepared *prepared;   /* NULL: a whole document */
	struct html_piece piece;     /* that is being read */
	char raw[8];                 /* "script" or "style" while inside one; else empty */
	const char *no_close;        /* no "]]>" before this point */
	const struct events *events; /* NULL: a whole document */
	size_t event;                /* whose piece is being read */
	size_t next_block;           /* an event of a block ahead */
	struct html_hiding hiding;
};

/* ------------------------------------------------------------------- map */

/* Place of the next literal line: the same bytes, after what its containers took off. */
static const char *next_line(const struct html_piece *piece, const char *line)
{
	const char *text_end = piece->prepared->text.p + piece->prepared->text.n;
	const char *newline = memchr(line, '\n', (size_t)(piece->end - line));
	size_t n = (size_t)((newline ? newline : piece->end) - line);
	const char *p = memchr(piece->place, '\n', (size_t)(text_end - piece->place));

	if (!p)
		return NULL;
	for (p++; (size_t)(text_end - p) >= n && memcmp(p, line, n) != 0; p++)
		if (*p != ' ' && *p != '\t' && *p != '>')
			return NULL;
	return (size_t)(text_end - p) >= n ? p : NULL;
}

/* Does the piece stand in the source byte for byte, and was nothing there prepared? */
static bool is_verbatim(const struct prepared *prepared, struct str piece)
{
	const uintptr_t p = (uintptr_t)piece.p, text = (uintptr_t)prepared->text.p;

	return prepared->as_it_is && p >= text && p + piece.n <= text + prepared->text.n;
}

void html_piece_begin(struct html_piece *piece, const struct event *e)
{
	struct prepared *prepared = e->prepared;

	if (is_verbatim(prepared, e->text)) {
		*piece = (struct html_piece){
			.begin = e->text.p, .end = e->text.p + e->text.n, .at = e->text.p, .source = e->from
		};
		return;
	}
	*piece = (struct html_piece){ .prepared = prepared,
				      .begin = e->text.p,
				      .end = e->text.p + e->text.n,
				      .at = e->text.p,
				      .place = e->number >= 0 ? prepared->text.p + e->number : NULL,
				      .source = e->from };
}

void html_piece_follow(struct html_piece *piece, const char *p)
{
	const char *newline;

	if (!piece->prepared) {
		piece->at = p;
		return;
	}
	while (piece->at < p && (newline = memchr(piece->at, '\n', (size_t)(p - piece->at)))) {
		if (piece->place)
			piece->place = next_line(piece, newline + 1);
		piece->at = newline + 1;
	}
	if (piece->place)
		piece->place += p - piece->at;
	piece->at = p;
}

uint32_t html_piece_source(const struct html_piece *piece)
{
	struct prepared *p = piece->prepared;

	if (!p)
		return piece->source + (uint32_t)(piece->at - piece->begin);
	return piece->place ? p->offset + prepared_source(p, (uint32_t)(piece->place - p->text.p)) : piece->source;
}

bool html_piece_is_exact(const struct html_piece *piece)
{
	return !piece->prepared || piece->place;
}

static void follow(struct scan *s, const char *p)
{
	html_piece_follow(&s->piece, p);
}

/* What comes next in the stream stands in the source where the piece has been followed to. */
static void mark(struct scan *s, bool literal)
{
	struct html_stream *stream = s->stream;

	segment_add(&stream->map, stream->text.n, html_piece_source(&s->piece),
		    literal && html_piece_is_exact(&s->piece));
}

const char *html_plain_end(const struct prepared *prepared, const char *p, const char *to, size_t *len,
			   const struct held **held)
{
	*len = 0;
	*held = NULL;
	if (!prepared || prepared->n_held == 0)
		return to;
	for (; p < to; p++)
		if ((unsigned char)*p >= 0xF3 && (*held = prepared_held(prepared, str_slice(p, to), len)))
			return p;
	return to;
}

/* Copies [from, to) with marks wherever the source does not simply run on. */
static void copy(struct scan *s, const char *from, const char *to)
{
	for (const char *p = from; p < to;) {
		const char *newline = s->prepared ? memchr(p, '\n', (size_t)(to - p)) : NULL;
		const char *stop = newline ? newline + 1 : to;
		size_t len;
		const struct held *held;
		const char *plain = html_plain_end(s->prepared, p, stop, &len, &held);

		follow(s, p);
		if (plain > p) {
			mark(s, true);
			buf_add(&s->stream->text, p, (size_t)(plain - p));
		}
		if (len) {
			follow(s, plain);
			mark(s, true);
			if (held->type == HELD_TAG)
				html_tag_write(&s->stream->text, held->text.p, held->text.p + held->text.n,
					       s->limits->max_attributes);
			else
				buf_add(&s->stream->text, plain, len);
		}
		p = plain + len;
	}
	follow(s, to);
	mark(s, true);
}

/* ---------------------------------------------------------------- tokens */

static const char *find(const char *p, const char *end, struct str z)
{
	return p < end ? memmem(p, (size_t)(end - p), z.p, z.n) : NULL;
}

const char *html_comment_end(const char *p, const char *end)
{
	p += 4;
	if (p < end && *p == '>')
		return p + 1;
	if (end - p >= 2 && p[0] == '-' && p[1] == '>')
		return p + 2;
	for (; (p = find(p, end, STR_LIT("--"))); p++) {
		if (end - p >= 3 && p[2] == '>')
			return p + 3;
		if (end - p >= 4 && p[2] == '!' && p[3] == '>')
			return p + 4;
	}
	return end;
}

/* Behind a declaration, processing instruction or what else is no tag. */
static const char *bogus_end(struct scan *s, const char *p, const char *end)
{
	if (str_starts(str_slice(p, end), STR_LIT("<![CDATA[")) && (!s->no_close || p >= s->no_close)) {
		const char *close = find(p, end, STR_LIT("]]>"));
		if (close)
			return close + 3;
		s->no_close = end;
	}
	const char *close = memchr(p, '>', (size_t)(end - p));
	return close ? close + 1 : end;
}

/* After a start tag: what nothing closes is closed at once. */
static void close_hiding(struct scan *s, const struct html_tag *tag, const char *end)
{
	const int kind = tag->self_closing ? -1 : html_hiding_index(tag->name);

	if (kind >= 0 && !html_hiding_ends(&s->hiding, kind, tag->end, end)) {
		mark(s, false); /* stands nowhere */
		buf_addf(&s->stream->text, "</%s>", tag->name);
	}
}

static const char *take_start_tag(struct scan *s, const char *p, const char *end)
{
	struct html_tag tag;

	html_tag_read(&tag, p, end, s->limits->max_attributes);
	if (tag.is_raw) {
		if (!tag.self_closing)
			memcpy(s->raw, tag.name, sizeof s->raw);
		return tag.end;
	}
	if (tag.cut)
		s->stream->limited = true;
	/* never closed: a document's end drops it, a piece's end closes it */
	if (!tag.closed && !s->prepared)
		return end;
	if (tag.plain) {
		copy(s, p, tag.end);
	} else {
		follow(s, p);
		mark(s, true);
		html_tag_write(&s->stream->text, p, tag.end, s->limits->max_attributes);
	}
	follow(s, tag.end);
	close_hiding(s, &tag, end);
	mark(s, true);
	return tag.end;
}

static const char *take_end_tag(struct scan *s, const char *p, const char *end)
{
	const char *close = memchr(p, '>', (size_t)(end - p));
	struct str name = str_slice(p + 2, close ? close : p + 2);

	if (close && str_eq_nocase(name, STR_LIT("br"))) { /* browsers break the line there */
		follow(s, p);
		mark(s, true);
		buf_addz(&s->stream->text, "<br>");
	} else if (close) {
		copy(s, p, close + 1);
	}
	if (close) {
		if (str_eq_nocase(name, STR_LIT("p"))) /* libxml2 says nothing of one that closes nothing */
			buf_addz(&s->stream->text, "<!--/p-->");
		follow(s, close + 1);
		mark(s, true);
		return close + 1;
	}
	if (s->prepared) { /* as in take_start_tag */
		for (close = p + 2; close < end && ascii_is_letter(*close);)
			close++;
		copy(s, p, close);
		buf_addc(&s->stream->text, '>');
		follow(s, end);
		mark(s, true);
	}
	return end;
}

/* At "<"; returns where to go on. */
static const char *take_mark(struct scan *s, const char *p, const char *end)
{
	size_t n = (size_t)(end - p);

	if (n >= 4 && memcmp(p, "<!--", 4) == 0)
		return html_comment_end(p, end);
	if (n >= 2 && (p[1] == '!' || p[1] == '?'))
		return bogus_end(s, p, end);
	if (n >= 2 && ascii_is_letter(p[1]))
		return take_start_tag(s, p, end);
	if (n >= 3 && p[1] == '/' && ascii_is_letter(p[2]))
		return take_end_tag(s, p, end);
	if (n >= 3 && p[1] == '/')
		return bogus_end(s, p, end);
	follow(s, p);
	mark(s, true);
	buf_addz(&s->stream->text, "&lt;");
	follow(s, p + 1);
	mark(s, true);
	return p + 1;
}

static void scan(struct scan *s, struct str html)
{
	const char *p = html.p, *end = html.p + html.n;

	s->no_close = NULL;
	while (p < end) {
		if (s->raw[0]) {
			const char *close = html_raw_close(p, end, s->raw);
			if (!close)
				break;
			s->raw[0] = 0;
			p = bogus_end(s, close, end);
			continue;
		}
		const char *lt = memchr(p, '<', (size_t)(end - p));
		if (!lt)
			lt = end;
		if (lt > p)
			copy(s, p, lt);
		p = lt < end ? take_mark(s, lt, end) : end;
	}
}

static void stream_init(struct html_stream *stream, struct arena *a)
{
	*stream = (struct html_stream){ .map = { .arena = a } };
	buf_init(&stream->text, a->heap, 0);
}

static enum html_status stream_status(const struct html_stream *stream)
{
	return buf_ok(&stream->text) && !stream->map.failed ? HTML_OK : HTML_NOMEM;
}

enum html_status html_stream_whole(struct html_stream *stream, struct arena *a, struct str text, uint32_t offset,
				   const struct html_limits *limits)
{
	struct scan s = { .stream = stream,
			  .limits = limits,
			  .piece = { .begin = text.p, .at = text.p, .end = text.p + text.n, .source = offset } };

	stream_init(stream, a);
	segment_add(&stream->map, 0, offset, true);
	scan(&s, text);
	return stream_status(stream);
}

/* ---------------------------------------------------------------- events */

static bool is_block_event(const struct event *e)
{
	return node_kind_is_block((enum node_kind)e->kind) && e->type != EVENT_TEXT;
}

/*
 * Does a script or style that this piece leaves open go on in a later one?
 * From a block to wherever it is closed, from inside a paragraph to its end at most; where nothing closes it, it ends
 * with its piece.
 */
static bool raw_goes_on(struct scan *s)
{
	const struct events *events = s->events;
	size_t close = html_hiding_event(&s->hiding, html_hiding_index(s->raw));

	if (close == SIZE_MAX)
		return false;
	if (is_block_event(&events->items[s->event]))
		return true;
	for (s->next_block = s->next_block > s->event ? s->next_block : s->event + 1; s->next_block < events->n;
	     s->next_block++)
		if (is_block_event(&events->items[s->next_block]))
			break;
	return close < s->next_block;
}

static void add_piece(struct scan *s, size_t i)
{
	const struct event *e = &s->events->items[i];

	s->event = i;
	html_hiding_begin(&s->hiding, s->events, i);
	s->prepared = e->prepared;
	html_piece_begin(&s->piece, e);
	scan(s, e->text);
	if (s->raw[0] && !raw_goes_on(s))
		s->raw[0] = 0;
}

enum html_status html_stream_events(struct html_stream *stream, struct arena *a, const struct events *events,
				    const struct html_limits *limits)
{
	struct scan s = { .stream = stream, .limits = limits, .events = events };

	stream_init(stream, a);
	buf_addz(&stream->text, "<html><body>");
	segment_add(&stream->map, 0, events->n ? events->items[0].from : 0, false);
	for (size_t i = 0; i < events->n;) {
		size_t j = i;
		while (j < events->n && events->items[j].type != EVENT_HTML)
			j++;
		if (j > i && !s.raw[0]) {
			buf_addf(&stream->text, "<!--quern %zu %zu-->", i, j);
			if (events->items[j - 1].to != TREE_NONE)
				segment_add(&stream->map, stream->text.n, events->items[j - 1].to, false);
		}
		if (j < events->n)
			add_piece(&s, j++);
		i = j;
	}
	return stream_status(stream);
}
