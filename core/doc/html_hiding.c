/*
 * html_hiding.c - elements whose content is not for reading, and where they
 * end: without an end tag they would hide all that follows.
 *
 * For html_stream.c and html_simple.c, which ask at each start tag; html_raw_close also for those who look before them.
 */
#include "doc/html_stream.h"

#include "base/ascii.h"
#include "base/bytes.h"

static const char *const hiding[N_HIDING] = { "script",   "style",  "iframe",   "video",    "audio",    "object", "svg",
					      "template", "select", "datalist", "noframes", "textarea", "title" };

const char *html_raw_close(const char *p, const char *end, const char *name)
{
	size_t n = strlen(name);

	for (; (p = bytes_find_pair(p, end, '<', '/')); p += 2) {
		const char *q = p + 2 + n;
		if (q <= end && str_eq_nocase(str_slice(p + 2, q), (struct str){ name, n }) &&
		    (q == end || !(ascii_is_letter(*q) || *q == '-')))
			return p;
	}
	return NULL;
}

int html_hiding_index(const char *name)
{
	for (int i = 0; i < N_HIDING; i++)
		if (strz_cmp(hiding[i], name) == 0)
			return i;
	return -1;
}

void html_hiding_begin(struct html_hiding *h, const struct events *events, size_t event)
{
	h->events = events;
	h->event = event;
}

size_t html_hiding_event(struct html_hiding *h, int kind)
{
	size_t *i = &h->ends[kind].event;

	if (!h->events)
		return SIZE_MAX;
	for (*i = *i > h->event ? *i : h->event + 1; *i < h->events->n; ++*i) {
		const struct event *e = &h->events->items[*i];
		if (e->type == EVENT_HTML && html_raw_close(e->text.p, e->text.p + e->text.n, hiding[kind]))
			break;
	}
	return *i < h->events->n ? *i : SIZE_MAX;
}

/* Is there an end tag in this piece, at or after p? */
static bool ends_in_piece(struct html_hiding *h, int kind, const char *p, const char *end)
{
	struct html_hiding_end *e = &h->ends[kind];

	if (e->piece != end || (e->in_piece && e->in_piece < p)) {
		const char *found = html_raw_close(p, end, hiding[kind]);
		e->piece = end;
		e->in_piece = found ? found : end;
	}
	return e->in_piece < end;
}

bool html_hiding_ends(struct html_hiding *h, int kind, const char *p, const char *end)
{
	return ends_in_piece(h, kind, p, end) || html_hiding_event(h, kind) != SIZE_MAX;
}
