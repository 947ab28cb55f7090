/*
 * plain.c - see plain.h.
 */
#include "doc/plain.h"

#include "base/text.h"
#include "doc/autolink.h"

struct reader {
	struct str text;
	uint32_t offset;
	struct arena *arena;
	struct events *out;
	bool open;
};

static uint32_t at(const struct reader *r, const char *p)
{
	return r->offset + (uint32_t)(p - r->text.p);
}

static void add(struct reader *r, const char *from, const char *to)
{
	events_text(r->out, str_slice(from, to), at(r, from), at(r, to));
}

/*
 * How much of an address belongs to what it stands in: from the first bracket on that it closes and has not opened,
 * as in "(see http://a.b)에서".  What follows up to the next blank is text, so that all is looked at once.
 */
static size_t tail_length(struct str address)
{
	int round = 0, square = 0;

	for (size_t i = 0; i < address.n; i++) {
		const char c = address.p[i];
		round += (c == '(') - (c == ')');
		square += (c == '[') - (c == ']');
		if (round < 0 || square < 0)
			return address.n - i;
	}
	return 0;
}

static void add_line(struct reader *r, struct str line)
{
	struct autolink link;
	size_t pos = 0;

	while (autolink_find(r->arena, line, pos, &link)) {
		const size_t tail = tail_length(str_slice(line.p + link.from, line.p + link.to)), end = link.to - tail;
		uint32_t from = at(r, line.p + link.from), to = at(r, line.p + end);
		add(r, line.p + pos, line.p + link.from);
		struct event *e = events_add(r->out, EVENT_OPEN, NODE_LINK, from, to);
		if (e) {
			e->text = (struct str){ link.url.p, link.url.n - tail };
			e->flags = NODE_BARE;
		}
		add(r, line.p + link.from, line.p + end);
		events_add(r->out, EVENT_CLOSE, NODE_LINK, from, to);
		add(r, line.p + end, line.p + link.to);
		pos = link.to;
	}
	add(r, line.p + pos, line.p + line.n);
}

static void close_paragraph(struct reader *r, uint32_t to)
{
	if (r->open)
		events_add(r->out, EVENT_CLOSE, NODE_PARAGRAPH, to, to);
	r->open = false;
}

void plain_read(struct str text, uint32_t offset, struct arena *a, struct events *out)
{
	struct reader r = { text, offset, a, out, false };
	const char *end = text.p + text.n, *last = text.p;

	for (const char *p = text.p; p < end && !out->failed;) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		struct str line = text_trim(str_slice(p, newline ? newline : end));
		if (line.n == 0) {
			close_paragraph(&r, at(&r, last));
		} else {
			if (r.open)
				events_add(out, EVENT_LEAF, NODE_SOFTBREAK, at(&r, last), at(&r, line.p));
			else
				events_add(out, EVENT_OPEN, NODE_PARAGRAPH, at(&r, line.p), at(&r, line.p));
			r.open = true;
			add_line(&r, line);
			last = line.p + line.n;
		}
		p = newline ? newline + 1 : end;
	}
	close_paragraph(&r, at(&r, last));
}
