/* markdown_balance.c - see markdown_balance.h. */
#include "doc/markdown_balance.h"

#include "base/ascii.h"

static bool is_one_of(struct str name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(name, str_of(names[i])))
			return true;
	return false;
}

static bool is_void(struct str name)
{
	static const char *const names[] = { "area",  "base", "br",   "col",   "embed",  "hr",    "img",
					     "input", "link", "meta", "param", "source", "track", "wbr" };

	return is_one_of(name, names, sizeof names / sizeof *names);
}

/* Behind the tag whose attributes begin at p, or NULL. */
static const char *tag_end(const char *p, const char *end)
{
	while (p < end && *p != '>') {
		if (*p == '<')
			return NULL;
		if (*p == '"' || *p == '\'')
			p = memchr(p + 1, *p, (size_t)(end - p - 1));
		if (!p)
			return NULL;
		p++;
	}
	return p < end ? p + 1 : NULL;
}

static void open_element(struct balance *b, struct str name)
{
	if (is_void(name))
		return;
	if (b->n < BALANCE_DEPTH)
		b->names[b->n++] = name;
	else
		b->crossed = true;
}

/* What was opened inside of it goes with it; an end without a beginning ends nothing. */
static void close_element(struct balance *b, struct str name)
{
	size_t i = b->n;

	while (i > 0 && !str_eq_nocase(b->names[i - 1], name))
		i--;
	b->crossed = b->crossed || i == 0 || i != b->n;
	if (i > 0)
		b->n = i - 1;
}

/* Behind the comment or declaration whose "<!" or "<?" is at p. */
static const char *aside_end(const char *p, const char *end)
{
	const struct str close = end - p >= 4 && memcmp(p, "<!--", 4) == 0 ? STR_LIT("-->") : STR_LIT(">");
	const char *found = memmem(p, (size_t)(end - p), close.p, close.n);

	return found ? found + close.n : end;
}

/* Of a script there is no tag inside but its own end. */
static bool is_inside_script(const struct balance *b, bool closes, struct str name)
{
	static const char *const names[] = { "script", "style", "textarea" };
	const struct str top = b->n ? b->names[b->n - 1] : STR_EMPTY;

	return is_one_of(top, names, sizeof names / sizeof *names) && !(closes && str_eq_nocase(top, name));
}

static void follow_piece(struct balance *b, struct str piece)
{
	const char *end = piece.p + piece.n;

	for (const char *p = piece.p; p < end && (p = memchr(p, '<', (size_t)(end - p)));) {
		const bool closes = p + 1 < end && p[1] == '/';
		const char *name = p + 1 + closes, *q = name;
		while (q < end && ascii_is_alnum(*q))
			q++;
		if (is_inside_script(b, closes, str_slice(name, q))) {
			p++;
			continue;
		}
		const bool aside = name < end && (*name == '!' || *name == '?');
		const char *next = aside ? aside_end(p, end) : q > name ? tag_end(q, end) : NULL;
		if (next && !aside && closes)
			close_element(b, str_slice(name, q));
		else if (next && !aside)
			open_element(b, str_slice(name, q));
		else
			b->crossed = true;
		if (!next && q > name)
			return; /* a tag that does not end: what follows may be part of it */
		p = next ? next : p + 1;
	}
}

void balance_follow(struct balance *b, const struct events *events)
{
	for (; b->seen < events->n; b->seen++)
		if (events->items[b->seen].type == EVENT_HTML)
			follow_piece(b, events->items[b->seen].text);
}
