/*
 * html.c - libxml2's SAX events into structure.h.
 *
 * The only file that includes libxml2.  Its parser is used for what it knows
 * best: tokens, entities, which end tag closes what; the shape of the tree
 * is structure.c's.
 */
#include "doc/html_simple.h"
#include "doc/html_step.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <pthread.h>

struct reader {
	struct structure *s;
	htmlParserCtxtPtr ctxt;
	struct html_stream *stream;
	const struct events *events; /* NULL: a whole document */
	struct prepared *prepared;   /* NULL: no placeholders */
	size_t done;                 /* offset in the stream behind the last event */
	size_t next;                 /* Markdown event expected next */
	int max_depth;               /* of elements */
	bool too_deep;               /* start tags were dropped */
	struct arena *scratch;
	struct events held; /* text taken apart */
	bool failed;
};

/* libxml2 wants this once, before threads. */
static void initialise(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, xmlInitParser);
}

static size_t position(const struct reader *r)
{
	const htmlParserCtxtPtr c = r->ctxt;

	return c->input ? c->input->consumed + (size_t)(c->input->cur - c->input->base) : r->stream->text.n;
}

static uint32_t source_of(const struct reader *r, size_t at)
{
	return segment_source(&r->stream->map, (uint32_t)at);
}

/* Exact where the piece was copied as it stands; only its line is known where not. */
static uint8_t flags_at(const struct reader *r, size_t at)
{
	const struct segment *segment = segment_find(&r->stream->map, (uint32_t)at);

	return segment && segment->literal ? 0 : NODE_LINE_ONLY;
}

static struct str restored(struct reader *r, struct str s)
{
	if (!r->prepared)
		return s;
	struct str whole = prepared_restore(r->prepared, s);
	if (!whole.p)
		r->failed = true;
	return whole;
}

/* Behind the ">" of the tag whose attributes end at at. */
static size_t tag_close(const struct reader *r, size_t at)
{
	const struct str text = buf_str(&r->stream->text);

	while (at < text.n && (text.p[at] == ' ' || text.p[at] == '\n' || text.p[at] == '/'))
		at++;
	return at < text.n && text.p[at] == '>' ? at + 1 : at;
}

/* "<" of the tag that has just been read: the first one behind the last event. */
static size_t tag_start(const struct reader *r, size_t at)
{
	const char *p = r->stream->text.p;
	const char *mark = at > r->done ? memchr(p + r->done, '<', at - r->done) : NULL;

	return mark ? (size_t)(mark - p) : r->done;
}

/*
 * libxml2 looks an end tag up in its stack of names, which therefore must not
 * grow without bound: an element beyond the limit is taken off it again as
 * if its tag had not been there.  (Void elements go by themselves.)
 */
static bool drop_too_deep(struct reader *r, const xmlChar *name)
{
	htmlParserCtxtPtr c = r->ctxt;
	const htmlElemDesc *known;

	if (c->nameNr <= r->max_depth || c->nameNr < 2)
		return false;
	known = htmlTagLookup(name);
	if (known && known->empty)
		return false;
	c->nameNr--;
	c->name = c->nameTab[c->nameNr - 1];
	r->too_deep = true;
	return true;
}

/* Does the tag at from say so, or has libxml2 added it (html, body, p)? */
static bool is_written(const struct reader *r, size_t from, struct str name)
{
	const struct str text = buf_str(&r->stream->text);

	return from < text.n && text.p[from] == '<' && text.n - from > name.n &&
	       str_eq_nocase((struct str){ text.p + from + 1, name.n }, name);
}

/* Over end tags that end at or before at: libxml2 says nothing of those that close nothing. */
static void pass_unmatched(struct reader *r, size_t at)
{
	const struct str text = buf_str(&r->stream->text);

	while (at > r->done + 2 && text.p[r->done] == '<' && text.p[r->done + 1] == '/') {
		const char *close = memchr(text.p + r->done, '>', at - r->done);
		if (!close)
			return;
		r->done = (size_t)(close + 1 - text.p);
	}
}

static void on_start(void *user, const xmlChar *name, const xmlChar **pairs)
{
	struct reader *r = user;
	size_t at = position(r), n = 0;
	pass_unmatched(r, at);
	size_t from = tag_start(r, at), to = from;

	if (is_written(r, from, str_of((const char *)name)))
		r->done = to = tag_close(r, at);
	else
		from = to = r->done;
	if (drop_too_deep(r, name))
		return;
	while (pairs && pairs[2 * n])
		n++;
	struct element_attr *attrs = n ? arena_alloc(r->scratch, n * sizeof *attrs) : NULL;
	if (n && !attrs) {
		r->failed = true;
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const char *value = (const char *)pairs[2 * i + 1];
		attrs[i].key = str_of((const char *)pairs[2 * i]);
		attrs[i].value = restored(r, value ? str_of(value) : STR_EMPTY);
	}
	if (!r->failed)
		structure_start(r->s, (const char *)name, attrs, n, source_of(r, from), source_of(r, to),
				flags_at(r, from));
}

static void on_end(void *user, const xmlChar *name)
{
	struct reader *r = user;
	size_t at = position(r);
	const char *text = r->stream->text.p;
	pass_unmatched(r, at - 1);
	bool written = r->done + 1 < r->stream->text.n && text[r->done] == '<' && text[r->done + 1] == '/';

	/* libxml2 closes by itself what a new tag or the end of the text closes */
	structure_end(r->s, (const char *)name, source_of(r, written ? at : r->done));
	if (written)
		r->done = at;
}

static void add_run(struct reader *r, struct str text, size_t from, size_t to)
{
	structure_text(r->s, text, source_of(r, from), source_of(r, to), flags_at(r, from));
}

/* Where cmark left out marks or a CR at the ends of lines, each of these by itself. */
static void add_text(struct reader *r, struct str text, size_t from, size_t to)
{
	const char *end = text.p + text.n;

	if (!r->prepared || to - from != text.n) {
		add_run(r, text, from, to);
		return;
	}
	for (const char *p = text.p; p < end;) {
		const char *stop = html_line_stop(p, end);
		add_run(r, str_slice(p, stop), from, from + (size_t)(stop - p));
		from += (size_t)(stop - p);
		p = stop;
	}
}

/* Text of raw HTML in Markdown, which may hold placeholders. */
static void add_held_text(struct reader *r, struct str text, size_t from, size_t to)
{
	bool exact = to - from == text.n;
	const char *end = text.p + text.n;

	for (const char *p = text.p; p < end;) {
		size_t len;
		const struct held *held;
		const char *q = html_plain_end(r->prepared, p, end, &len, &held);
		size_t at = exact ? from + (size_t)(q - text.p) : from;
		if (q > p)
			add_text(r, str_slice(p, q), exact ? at - (size_t)(q - p) : from, exact ? at : to);
		if (len)
			html_take_held(r->s, r->prepared, (struct str){ q, len },
				       &(struct html_place){ source_of(r, at), source_of(r, exact ? at + len : to),
							     flags_at(r, at) },
				       &r->held);
		p = q + len;
	}
}

/* At the beginning of a document libxml2 steps over blanks without a word. */
static size_t skipped_blanks(const struct reader *r, struct str text, size_t at)
{
	const char *p = r->stream->text.p + r->done;
	size_t n = 0;

	while (r->done + n + text.n < at && strchr(" \t\n\r", p[n]))
		n++;
	return r->done + n + text.n == at && memcmp(p + n, text.p, text.n) == 0 ? n : 0;
}

static void on_text(void *user, const xmlChar *bytes, int n)
{
	struct reader *r = user;
	struct str text = { (const char *)bytes, n > 0 ? (size_t)n : 0 };
	size_t at = position(r);

	pass_unmatched(r, at);
	/* a long run comes in parts, each before its last character has been stepped over */
	if (at < r->done + text.n && r->stream->text.n - r->done >= text.n &&
	    memcmp(r->stream->text.p + r->done, text.p, text.n) == 0)
		at = r->done + text.n;
	r->done += skipped_blanks(r, text, at);
	if (r->prepared && r->prepared->n_held && (memchr(text.p, 0xF3, text.n) || memchr(text.p, 0xF4, text.n)))
		add_held_text(r, text, r->done, at);
	else
		add_text(r, text, r->done, at);
	r->done = at > r->done ? at : r->done;
}

/* Content of script and style: never text. */
static void on_raw(void *user, const xmlChar *bytes, int n)
{
	struct reader *r = user;

	(void)bytes;
	(void)n;
	r->done = position(r);
}

/*
 * Runs [from, to) of Markdown events.  Events before it that a script has
 * swallowed still close what they close.
 */
static void play(struct reader *r, size_t from, size_t to)
{
	size_t depth = 0;

	for (size_t i = r->next; i < from; i++) {
		const struct event *e = &r->events->items[i];
		if (e->type == EVENT_OPEN)
			depth++;
		else if (e->type == EVENT_CLOSE && depth > 0)
			depth--;
		else if (e->type == EVENT_CLOSE)
			structure_event(r->s, e);
	}
	for (size_t i = from; i < to; i++)
		structure_event(r->s, &r->events->items[i]);
	r->next = to;
}

static bool read_number(const char **p, size_t *n)
{
	const char *q = *p;

	for (*n = 0; *q >= '0' && *q <= '9' && *n < SIZE_MAX / 10 - 10; q++)
		*n = *n * 10 + (size_t)(*q - '0');
	bool any = q > *p;
	*p = q;
	return any;
}

static void on_comment(void *user, const xmlChar *value)
{
	struct reader *r = user;
	const char *p = (const char *)value;
	size_t from, to;

	r->done = position(r);
	if (strcmp(p, "/p") == 0)
		structure_paragraph_end(r->s, source_of(r, r->done));
	if (!r->events || strncmp(p, "quern ", 6) != 0)
		return;
	p += 6;
	if (read_number(&p, &from) && *p++ == ' ' && read_number(&p, &to) && *p == 0 && from >= r->next && from < to &&
	    to <= r->events->n)
		play(r, from, to);
}

static enum html_status parse(struct reader *r)
{
	htmlSAXHandler handler = { .startElement = on_start,
				   .endElement = on_end,
				   .characters = on_text,
				   .ignorableWhitespace = on_text,
				   .cdataBlock = on_raw,
				   .comment = on_comment,
				   .initialized = 1 };
	const struct buf *text = &r->stream->text;

	initialise();
	if (text->n == 0)
		return HTML_OK;
	if (text->n > INT32_MAX - 16)
		return HTML_NOMEM;
	r->ctxt = htmlCreateMemoryParserCtxt(text->p, (int)text->n);
	if (!r->ctxt)
		return HTML_NOMEM;
	htmlCtxtUseOptions(r->ctxt, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
					    HTML_PARSE_IGNORE_ENC);
	memcpy(r->ctxt->sax, &handler, sizeof handler);
	r->ctxt->userData = r;
	xmlSwitchEncoding(r->ctxt, XML_CHAR_ENCODING_UTF8);
	htmlParseDocument(r->ctxt);
	bool refused = r->ctxt->lastError.code == XML_ERR_NO_MEMORY || r->ctxt->errNo == XML_ERR_NO_MEMORY;
	if (r->ctxt->myDoc)
		xmlFreeDoc(r->ctxt->myDoc);
	htmlFreeParserCtxt(r->ctxt);
	return refused || r->failed || r->s->failed ? HTML_NOMEM : HTML_OK;
}

enum html_status html_read(struct str text, uint32_t offset, const struct html_limits *limits, struct structure *s,
			   bool *limited)
{
	struct html_stream stream;
	struct reader r = { .s = s, .stream = &stream, .scratch = s->scratch, .max_depth = (int)limits->max_depth };
	enum html_status status = html_stream_whole(&stream, s->scratch, text, offset, limits);

	if (status == HTML_OK)
		status = parse(&r);
	*limited = stream.limited || r.too_deep;
	buf_release(&stream.text);
	return status;
}

/* What the placeholders in all raw HTML belong to; false: there are several. */
static bool find_prepared(const struct events *events, struct prepared **found)
{
	bool holds = false;

	*found = NULL;
	for (size_t i = 0; i < events->n; i++) {
		const struct event *e = &events->items[i];
		if (e->type != EVENT_HTML)
			continue;
		const bool has = e->prepared->n_held > 0 &&
				 (memchr(e->text.p, 0xF3, e->text.n) || memchr(e->text.p, 0xF4, e->text.n));
		if (has && holds && *found != e->prepared)
			return false;
		if (!*found || (has && !holds))
			*found = e->prepared;
		holds = holds || has;
	}
	return true;
}

enum html_status html_parse_events(const struct events *events, const struct html_limits *limits, struct structure *s,
				   bool *limited)
{
	struct html_stream stream;
	struct reader r = {
		.s = s, .stream = &stream, .events = events, .scratch = s->scratch, .max_depth = (int)limits->max_depth
	};
	enum html_status status;

	if (!find_prepared(events, &r.prepared))
		return HTML_MIXED;
	status = html_stream_events(&stream, s->scratch, events, limits);
	events_init(&r.held, s->scratch);
	s->mixed = true;
	if (status == HTML_OK)
		status = parse(&r);
	/* what the parser did not hand back, a script without end for instance, still closes its blocks */
	if (status == HTML_OK && r.next < events->n)
		play(&r, events->n, events->n);
	*limited = stream.limited || r.too_deep;
	buf_release(&stream.text);
	return status;
}

enum html_status html_read_events(const struct events *events, const struct html_limits *limits, struct structure *s,
				  bool *limited)
{
	*limited = false;
	if (events->n_html == 0) {
		for (size_t i = 0; i < events->n; i++)
			structure_event(s, &events->items[i]);
		return HTML_OK;
	}
	s->mixed = true;
	switch (html_simple_read(events, limits, s)) {
	case HTML_SIMPLE_READ:
		return s->failed ? HTML_NOMEM : HTML_OK;
	case HTML_SIMPLE_NOT:
		return html_parse_events(events, limits, s, limited);
	default:
		return HTML_NOMEM;
	}
}
