/*
 * markdown_simple_look.c - a block of raw HTML looked through for
 * markdown_simple.h: is there nothing in it for our dialect?
 *
 * That is looked for in the bytes before cmark tells what is HTML (prepare.h), so that templates, marks of addresses,
 * and what begins lines as tables, footnotes or definitions do, are found in HTML too.  Nothing is looked at twice.
 */
#include "doc/markdown_simple_private.h"

#include "doc/prepare.h"

/* Templates further behind the beginning of their script are left: each is looked for from there. */
enum { RAW_MAX = 20000 };

/* At which the passes before cmark may see something: { [ \ < ` ~ : * | _ */
static const struct bytes_set special = { { 0x40, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x0C, 0xA0,
					    0xA8, 0x00, 0x80, 0x20 },
					  { 1, 2, 4, 8, 16, 32, 64, 128 } };

/* What is known of a block while it is looked through, so that nothing is looked at twice. */
struct look {
	const char *begin, *end;
	const char *tag;                     /* the last "<" */
	const char *raw_close, *comment_end; /* end tag of a raw element, end of a comment */
	const char *bars;                    /* the line whose bars have been seen ends here */
	const char *word, *word_to;          /* of the last mark, and so far looked at */
	bool address;                        /* there is one in it */
};

/* Bars, dashes and the like alone, behind what may be marks of containers. */
static bool is_like_delimiter(struct look *l, const char *p)
{
	if (p < l->bars)
		return false;
	while (p > l->begin && p[-1] != '\n')
		p--;
	const char *newline = memchr(p, '\n', (size_t)(l->end - p));
	l->bars = newline ? newline : l->end;
	while (p < l->bars && strchr("|:- \t>+*.)0123456789", *p))
		p++;
	return p == l->bars;
}

/* What opens raw HTML inside it must be closed in it, or the guards before cmark make text of it. */
static bool is_closed_inside(struct look *l, const char *p)
{
	const char *end = l->end;

	if (p[1] == '?' || (p[1] == '!' && !(end - p >= 4 && memcmp(p, "<!--", 4) == 0)))
		return false;
	if (p[1] == '!') {
		if (l->comment_end <= p)
			l->comment_end = memmem(p, (size_t)(end - p), "-->", 3);
		return l->comment_end;
	}
	if (!prepare_is_raw_element(p + 1, end) || l->raw_close > p)
		return true;
	for (const char *q = p; (q = bytes_find_pair(q, end, '<', '/')); q += 2)
		if (prepare_is_raw_element(q + 2, end)) {
			l->raw_close = q;
			return true;
		}
	return false;
}

/* Is the mark at p one of a bare address, so that it would be held? In a quoted value it comes back as it was. */
static bool is_held(const struct simple *s, struct look *l, const char *p)
{
	const char *word = p;

	if ((!s->slashes && !s->ww) || (*p == '_' && ascii_is_alnum(p[-1]) && ascii_is_alnum(p[1])))
		return false;
	while (word > l->word_to && (unsigned char)word[-1] > ' ' && word[-1] != '<')
		word--;
	if (word > l->word_to || word == l->begin) {
		l->word = word;
		l->address = false;
	}
	const struct bytes_pairs pairs = bytes_pairs(str_slice(word > l->word ? word - 1 : word, p));
	l->address = l->address || pairs.slashes || pairs.ww;
	l->word_to = p;
	if (!l->address)
		return false;
	const bool is_value = bytes_find_pair(l->word, p, '=', '"') || bytes_find_pair(l->word, p, '=', '\'');
	return memchr(l->word, '>', (size_t)(p - l->word)) || !is_value || p - l->word > 1000;
}

/* Behind the template at p if it is in the first script or style of the block, which nobody reads. */
static const char *raw_template_end(const char *begin, const char *p, const char *end)
{
	const char *q = p + 2;

	if (p - begin > RAW_MAX || bytes_find_pair(begin, p, '<', '/'))
		return NULL;
	begin = skip_spaces(begin, p);
	if (!str_starts(str_slice(begin, end), STR_LIT("<script")) &&
	    !str_starts(str_slice(begin, end), STR_LIT("<style")))
		return NULL;
	while (q < end && !strchr("<>{%\n}", *q))
		q++;
	return end - q > 2 && q[0] == '}' && q[1] == '}' && q[2] != '}' ? q + 2 : NULL;
}

bool simple_is_plain_html(struct simple *s, const char *begin, const char *end)
{
	const struct str body = str_slice(s->begin, s->end);
	struct look l = { begin, end, begin, begin, begin, begin, begin, begin, false };
	const char *behind;

	for (const char *p = begin; (p = bytes_find_set(p, end, &special)) < end; p++) {
		const char next = p + 1 < end ? p[1] : '\n';
		bool odd = false;
		switch (*p) {
		case '{':
			behind = next == '{' || next == '%' ? simple_value_template_end(l.tag, p, end) : NULL;
			if (next == '{' && !behind)
				behind = raw_template_end(begin, p, end);
			if (!behind && (next == '{' || next == '%' || next == ':'))
				return simple_leave_block(s);
			p = behind ? behind - 1 : p;
			break;
		case '[':
			odd = next == '^';
			break;
		case '\\':
			if (next == '~')
				return simple_leave_block(s);
			odd = next == '<';
			break;
		case '<':
			l.tag = p;
			odd = !is_closed_inside(&l, p);
			break;
		case '`':
			odd = bytes_run(p, end) >= 3;
			break;
		case '_':
		case '~':
			if (is_held(s, &l, p))
				return simple_leave_block(s);
			odd = *p == '~' && bytes_run(p, end) >= 3;
			break;
		case ':':
			odd = (ascii_is_blank(next) || next == '\n') && prepare_begins_line(body, p);
			break;
		case '*':
			if (is_held(s, &l, p))
				return simple_leave_block(s);
			odd = next == '[' && prepare_begins_line(body, p);
			break;
		default:
			odd = is_like_delimiter(&l, p);
		}
		if (odd)
			return simple_leave_all(s);
	}
	return true;
}
