/*
 * markdown_simple_define.c - link reference definitions for markdown_simple.h,
 * and which of them a label names.
 *
 * A reference may stand before its definition, so all lines that look like one are gathered first; each must then prove to be
 * one where blocks are read, or all of the document is cmark's.  Simple are those that stand alone: behind a blank line
 * or each other, no further to the right than code begins, on one line.
 */
#include "doc/markdown_simple_private.h"

#include <stdlib.h>

#include "doc/prepare.h"

/* Longest label, blanks in a row as one, and longest text that is looked up. */
enum { LABEL_MAX = 200, LOOKED_UP_MAX = 300 };

/* ------------------------------------------------------------------ labels */

/* Letters that the folding of cases makes ASCII: sharp s, long s, the sign of kelvin, ligatures. Some others, too. */
static bool may_fold_to_ascii(const unsigned char *p, const unsigned char *end)
{
	const unsigned char next = p + 1 < end ? p[1] : 0;

	return *p == 0xC5 || *p == 0xE1 || *p == 0xEF || (*p == 0xC3 && next == 0x9F) || (*p == 0xE2 && next == 0x84);
}

/* Punctuation, kana, ideographs and Hangul: they have no cases. */
static bool has_no_case(const unsigned char *p, const unsigned char *end)
{
	const unsigned char next = p + 1 < end ? p[1] : 0;

	return (*p & 0xC0) == 0x80 || (*p == 0xE2 && next == 0x80) || (*p >= 0xE3 && *p <= 0xE9) ||
	       (*p == 0xEA && next >= 0xB0) || (*p >= 0xEB && *p <= 0xED);
}

/* In lower case, blanks in a row as one; out has room for it. Its length. */
static size_t fold_label(const char *p, const char *end, char *out)
{
	size_t n = 0;

	for (; p < end; p++) {
		const bool blank = *p == ' ' || *p == '\t' || *p == '\n';
		if (!blank)
			out[n++] = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
		else if (n > 0 && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	return n > 0 && out[n - 1] == ' ' ? n - 1 : n;
}

static int compare(struct str a, struct str b)
{
	const int order = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);

	return order ? order : (a.n > b.n) - (a.n < b.n);
}

/* The first of those with equal labels comes first. */
static int compare_definitions(const void *a, const void *b)
{
	const struct simple_definition *x = *(struct simple_definition *const *)a;
	const struct simple_definition *y = *(struct simple_definition *const *)b;
	const int order = compare(x->label, y->label);

	return order ? order : (x->at > y->at) - (x->at < y->at);
}

/* The place of the first definition by label that is not before this one. */
static size_t lower_bound(const struct simple *s, struct str label)
{
	size_t low = 0, high = s->n_definitions;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (compare(s->by_label[middle]->label, label) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct simple_definition *find_definition(const struct simple *s, struct str label)
{
	const size_t i = lower_bound(s, label);

	return i < s->n_definitions && compare(s->by_label[i]->label, label) == 0 ? s->by_label[i] : NULL;
}

enum simple_find simple_find_definition(const struct simple *s, const char *p, const char *end,
					struct simple_definition **found)
{
	char folded[LOOKED_UP_MAX];

	*found = NULL;
	if (s->n_definitions == 0)
		return LINK_NONE;
	if (end - p > LOOKED_UP_MAX)
		return LINK_UNSURE;
	for (const char *q = p; q < end; q++)
		if (may_fold_to_ascii((const unsigned char *)q, (const unsigned char *)end))
			return LINK_UNSURE;
	*found = find_definition(s, (struct str){ folded, fold_label(p, end, folded) });
	if (*found)
		(*found)->used = true;
	return *found ? LINK_FOUND : LINK_NONE;
}

/* ------------------------------------------------------------- definitions */

static bool is_plain_label(const char *p, const char *end)
{
	const struct bytes_pairs pairs = bytes_pairs(str_slice(p, end));

	if (p == end || *p == '^' || end - p > LABEL_MAX || pairs.slashes || pairs.ww)
		return false;
	for (const char *q = p; q < end; q++)
		if (strchr("\n\\[]{<&~", *q) ||
		    ((unsigned char)*q >= 0x80 && !has_no_case((const unsigned char *)q, (const unsigned char *)end)))
			return false;
	return skip_spaces(p, end) < end;
}

/* Does the template at p, if it is one, end before stop? The address has the same bytes whether or not it is one. */
static bool template_fits(struct simple *s, const char *p, const char *stop, const char **to)
{
	const char *close = p[1] == '{' || p[1] == '%' ? template_end(&s->ends, p) : NULL;

	*to = close ? close : p + 1;
	return *to <= stop && (!close || liquid_kind(p, close) == LIQUID_KINDS);
}

/* Behind "<url>" at p, which may hold templates; NULL: it is not simple. */
static const char *read_bracketed(struct simple *s, const char *p, const char *end, struct str *url)
{
	const char *stop = memchr(p, '>', (size_t)(end - p));

	p++;
	/* cmark takes off blanks, and what begins as a tag does is one to the pass before it */
	if (!stop || stop == p || *p == ' ' || stop[-1] == ' ' || strchr("!?/", *p))
		return NULL;
	const bool is_tag = ascii_is_letter(*p);
	for (const char *q = p; q < stop;) {
		if ((unsigned char)*q < ' ' || strchr("<\\&", *q) || (*q == '{' && (is_tag || q[1] == ':')))
			return NULL;
		if (*q != '{')
			q++;
		else if (!template_fits(s, q, stop, &q))
			return NULL;
	}
	*url = str_slice(p, stop);
	return stop + 1;
}

/* Behind the address at p, and a title if one follows. */
static const char *read_target(struct simple *s, const char *p, const char *end, struct simple_link *link)
{
	const char *q;

	if (p < end && *p == '<') {
		link->title = STR_EMPTY;
		q = read_bracketed(s, p, end, &link->url);
		return q && trim_end(q, end) == q ? q : NULL;
	}
	/* templates are not looked for here */
	return memchr(p, '{', (size_t)(end - p)) ? NULL : simple_read_target(s, p, end, link);
}

/* "[label]: url "title"" from p to end, whose bracket closes at close. */
static bool read_definition(struct simple *s, const char *p, const char *close, const char *end,
			    struct simple_definition *d)
{
	struct simple_link link;
	const char *q;

	if (!is_plain_label(p + 1, close))
		return false;
	q = read_target(s, skip_spaces(close + 2, end), end, &link);
	if (!q || trim_end(q, end) != q)
		return false;
	char *label = arena_alloc(s->scratch, (size_t)(close - p));
	s->failed = s->failed || !label;
	if (!label)
		return false;
	*d = (struct simple_definition){ .at = p,
					 .to = end,
					 .url = link.url,
					 .title = link.title,
					 .label = { label, fold_label(p + 1, close, label) } };
	return d->label.n > 0;
}

static bool is_blank_line(const char *p, const char *end)
{
	while (p < end && ascii_is_blank(*p))
		p++;
	return p == end || *p == '\n';
}

/* Does the line at p stand behind a blank one, or the definition that ends at last? */
static bool stands_alone(const struct simple *s, const char *p, const char *last)
{
	if (p == s->begin || p - 1 == last)
		return true;
	const char *before = memrchr(s->begin, '\n', (size_t)(p - 1 - s->begin));
	return is_blank_line(before ? before + 1 : s->begin, s->end);
}

static struct simple_definition *add_definition(struct simple *s, size_t *cap)
{
	struct simple_definition *grown = arena_grow(s->scratch, s->definitions, cap, s->n_definitions + 1,
						     sizeof *grown);

	s->failed = s->failed || !grown;
	if (!grown)
		return NULL;
	s->definitions = grown;
	return &grown[s->n_definitions];
}

/* Where the line of a definition begins whose bracket is at p; NULL: too far to the right, or behind something. */
static const char *line_of(const struct simple *s, const char *p)
{
	const char *line = p;

	while (line > s->begin && p - line < 3 && line[-1] == ' ')
		line--;
	return line == s->begin || line[-1] == '\n' ? line : NULL;
}

/* Is it the definition of a footnote? */
static bool is_note(const struct simple *s, const char *p)
{
	return (s->parts & DIALECT_FOOTNOTES) && p[1] == '^' &&
	       note_is_defined_at(str_slice(s->begin, s->end), p, note_label(p, s->end));
}

/* May what the note holds, from p on, begin with the definition of a link? */
static bool note_may_define(const struct simple *s, const char *p)
{
	const char *newline = memchr(p, '\n', (size_t)(s->end - p));
	const char *end = newline ? newline : s->end;

	while (p < end && strchr(" \t>-+*0123456789.):", *p))
		p++;
	return p < end && *p == '[' && (bytes_find_pair(p, end, ']', ':') || !memchr(p, ']', (size_t)(end - p)));
}

/* All of them; false: what may be one is not simple, or memory is refused. */
static bool gather(struct simple *s)
{
	const struct str body = str_slice(s->begin, s->end);
	const char *from = s->begin, *last = NULL; /* where the last one ends, unless a blank line follows */
	size_t cap = 0;

	for (const char *p = from; (p = bytes_find_pair(p, s->end, ']', ':')); from = p, p += 2) {
		if (!prepare_may_define(body, from, p))
			continue;
		const char *bracket = memrchr(from, '[', (size_t)(p - from));
		if (bracket && is_note(s, bracket)) {
			if (note_may_define(s, p + 2))
				return false;
			continue;
		}
		const char *newline = memchr(p, '\n', (size_t)(s->end - p));
		const char *end = newline ? newline : s->end;
		const char *line = bracket ? line_of(s, bracket) : NULL;
		struct simple_definition *d = line ? add_definition(s, &cap) : NULL;
		if (!d || (last && line - 1 != last) || !stands_alone(s, line, last) ||
		    !read_definition(s, bracket, p, end, d))
			return false;
		s->n_definitions++;
		last = newline && !is_blank_line(newline + 1, s->end) ? newline : NULL;
	}
	return !last;
}

bool simple_gather_definitions(struct simple *s)
{
	s->defines_plainly = gather(s);
	if (!s->defines_plainly)
		s->n_definitions = 0;
	if (s->n_definitions == 0)
		return !s->failed;
	s->by_label = arena_alloc(s->scratch, s->n_definitions * sizeof *s->by_label);
	if (!s->by_label)
		return false;
	for (size_t i = 0; i < s->n_definitions; i++)
		s->by_label[i] = &s->definitions[i];
	qsort(s->by_label, s->n_definitions, sizeof *s->by_label, compare_definitions);
	return true;
}

const struct simple_definition *simple_next_definition(const struct simple *s, const char *p)
{
	size_t low = 0, high = s->n_definitions;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (s->definitions[middle].at < p)
			low = middle + 1;
		else
			high = middle;
	}
	return low < s->n_definitions ? &s->definitions[low] : NULL;
}

const char *simple_behind_definitions(const struct simple *s, const char *p)
{
	const struct simple_definition *d;

	while ((d = simple_next_definition(s, p)) && d->at == skip_spaces(p, s->end)) {
		for (p = d->to; p < s->end && (ascii_is_blank(*p) || *p == '\n');)
			p++;
	}
	return p;
}

/* Is there no other with its label? */
static bool is_alone(const struct simple *s, const struct simple_definition *d)
{
	size_t i = lower_bound(s, d->label);

	return s->by_label[i] == d && (++i == s->n_definitions || compare(s->by_label[i]->label, d->label) != 0);
}

enum simple_taken simple_take_definition(struct simple *s, struct simple_row *row)
{
	const struct simple_definition *d = s->text ? NULL : simple_next_definition(s, row->content);

	if (!d || d->at != row->content)
		return TAKEN_NOT;
	/* in an item, it has a say in whether the list is loose; those in definitions come before all others */
	if (row->matched > 0 && (row->matched > 1 || !simple_is_in_definition(s) || !is_alone(s, d))) {
		simple_leave_all(s);
		return TAKEN_LEFT;
	}
	/* it is no end to what raw HTML above it has opened */
	if (s->out ? !simple_close_to(s, row->matched, false) : !simple_begin_block(s, row))
		return TAKEN_LEFT;
	s->definitions[d - s->definitions].seen = true;
	return TAKEN;
}

bool simple_definitions_hold(const struct simple *s)
{
	for (size_t i = 0; i < s->n_definitions; i++)
		if (s->definitions[i].used && !s->definitions[i].seen)
			return false;
	return true;
}

/* ------------------------------------------------------------------- parts */

/* cmark makes no links any more when definitions have been expanded to more bytes, and to more than the document has. */
enum { EXPANDED_MAX = 100000 };

bool simple_count_expanded(struct simple *s, size_t n)
{
	s->expanded += n < EXPANDED_MAX ? n : EXPANDED_MAX;
	return s->expanded <= EXPANDED_MAX;
}

bool simple_define(struct simple *s, struct str part, struct buf *out)
{
	const char *end = part.p + part.n, *open = NULL;

	s->n_defined++;
	for (const char *p = part.p; p < end; p++) {
		struct simple_definition *d;
		if (*p == '\\')
			p++;
		else if (*p == '[')
			open = p + 1;
		if (p >= end || *p != ']' || !open || p[-1] == '\\')
			continue;
		const char *newline = memchr(open, '\n', (size_t)(p - open));
		if (newline && memchr(newline, '>', (size_t)(p - newline)))
			return false;
		if (simple_find_definition(s, open, p, &d) == LINK_UNSURE)
			return false;
		if (d && !simple_count_expanded(s, d->url.n + d->title.n))
			return false;
		if (d && d->part != s->n_defined) {
			d->part = s->n_defined;
			buf_adds(out, str_slice(d->at, d->to));
			buf_addc(out, '\n');
		}
		open = NULL;
	}
	return true;
}
