/*
 * markdown_simple_attributes.c - attribute lists for markdown_simple.h: right
 * behind a link, an image or code, which they belong to, alone on the line
 * below a heading or paragraph, or at the end of a heading.
 */
#include "doc/markdown_simple_private.h"

#include "doc/attributes.h"
#include "doc/prepare.h"

/* May it name a list that is defined elsewhere? Where none is, a name says nothing. */
static bool has_names(const struct simple *s, struct str inside)
{
	return s->names && attributes_has_names(inside);
}

/* Behind the list at p, which names no other; NULL: it is not simple. */
static const char *list_end(const struct simple *s, const char *p, const char *end)
{
	const char *close = end - p > 3 && p[1] == ':' ? prepare_attributes_end(p, end) : NULL;
	const struct str inside = close ? str_slice(p + 2, close - 1) : STR_EMPTY;

	if (!close || p[2] == ':' || p[2] == '/' || !attributes_check(inside) || has_names(s, inside))
		return NULL;
	return close;
}

bool simple_set_list(struct simple *s, uint32_t node, struct str inside)
{
	struct event lists = { .type = EVENT_LEAF };

	if (!attributes_apply(s->scratch, &lists, inside, NULL, 0)) {
		s->failed = true;
		return false;
	}
	simple_set_attributes(s, node, lists.attrs);
	return true;
}

bool simple_set_line_list(struct simple *s, uint32_t node, const char *at)
{
	while (*at != '{')
		at++;
	return simple_set_list(s, node, str_slice(at + 2, list_end(s, at, s->end) - 1));
}

/* Of characters that mean nothing but themselves, and make no address? */
static bool is_plain(const struct simple *s, const char *p, const char *end)
{
	const struct bytes_pairs pairs = bytes_pairs(str_slice(p, end));

	if (((s->slashes || s->ww) && (pairs.slashes || pairs.ww)) ||
	    (s->at_signs && memchr(p, '@', (size_t)(end - p))))
		return false;
	for (const char *q = p; q < end; q++) {
		if (*q == '_') { /* inside a word it is no mark */
			const int n = bytes_run(q, end);
			if (q == p || !ascii_is_alnum(q[-1]) || q + n == end || !ascii_is_alnum(q[n]))
				return false;
			q += n;
		}
		if (strchr("\\`*[!]<&~{", *q))
			return false;
	}
	return true;
}

enum simple_find simple_find_heading_list(const struct simple *s, const char *p, const char *end, const char **list)
{
	const char *open = end[-1] == '}' && (s->parts & DIALECT_ATTRIBUTES) ? memrchr(p, '{', (size_t)(end - p))
									     : NULL;

	if (!open)
		return LINK_NONE;
	const struct str inside = str_slice(open + 1, end - 1);
	if (inside.n > 0 && *inside.p == ':')
		return LINK_UNSURE;
	if (inside.n < 2 || (*inside.p != '#' && *inside.p != '.') || !attributes_check(inside))
		return LINK_NONE;
	if (has_names(s, inside) || prepare_is_escaped(p, open) || !is_plain(s, inside.p, end - 1))
		return LINK_UNSURE;
	*list = open;
	return LINK_FOUND;
}

/* Does what follows the line end the paragraph above it for sure: a blank line, or a heading? */
static bool ends_paragraph(const struct simple *s, const struct simple_row *row)
{
	const char *next = row->end < s->end ? row->end + 1 : row->end;

	if (next < s->end && *next == '#')
		return simple_heading_level(next, s->end) > 0;
	while (next < s->end && ascii_is_blank(*next))
		next++;
	return next == s->end || *next == '\n';
}

/* In the first column, below an item of a list that stands there: the list is meant, not the paragraph that it goes on with. */
static bool is_of_list(const struct simple *s, const struct simple_row *row)
{
	const struct simple_container *c = &s->open[0];

	if (s->n_open == 0 || s->n_quotes > 0 || c->mark == ':' || row->matched > 0 || row->content != s->at)
		return false;
	return c->list_from == s->begin || c->list_from[-1] == '\n';
}

bool simple_take_attributes(struct simple *s, const struct simple_row *row)
{
	const char *close = list_end(s, row->content, row->end);
	const bool of_list = is_of_list(s, row);

	if (!close || trim_end(close, row->end) != close || !ends_paragraph(s, row) || (s->n_open > 0 && !of_list) ||
	    row->content - row->p > 3)
		return simple_leave_block(s);
	if (s->text && !s->text_close && s->text_to[-1] != '\\' && !ascii_is_blank(s->text_to[-1])) {
		s->text_close = row->end;
		s->text_list = of_list ? NULL : row->content;
		if (!of_list)
			return true;
		/* behind inlines over several lines it is not seen to be further left */
		if (s->listed == s->open[0].list || memchr(s->text, '\n', (size_t)(s->text_to - s->text)))
			return simple_leave_block(s);
		s->listed = s->open[0].list;
		return simple_set_line_list(s, s->listed, row->content);
	}
	if (of_list || s->text || s->blank || !s->heading_to || s->heading_to + 1 != row->p)
		return simple_leave_block(s);
	return simple_set_line_list(s, s->heading, row->content);
}

bool simple_add_attributes(struct simple *s, const struct simple_text *t, uint32_t node, const char **at)
{
	struct event lists = { .type = EVENT_LEAF };
	const char *p = *at;

	while ((s->parts & DIALECT_ATTRIBUTES) && t->to - p > 3 && p[0] == '{' && p[1] == ':') {
		const char *close = list_end(s, p, s->text_end);
		if (!close || close > t->to)
			return simple_leave_block(s);
		if (!attributes_apply(s->scratch, &lists, str_slice(p + 2, close - 1), NULL, 0)) {
			s->failed = true;
			return false;
		}
		*at = s->last_to = p = close;
	}
	simple_set_attributes(s, node, lists.attrs);
	return true;
}
