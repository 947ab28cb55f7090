/*
 * markdown_simple_look.c - a block of raw HTML looked through for
 * markdown_simple.h: is there nothing in it for our dialect but templates, each a node between two pieces?
 *
 * That is looked for in the bytes before cmark tells what is HTML (prepare.h), so that templates, marks of addresses,
 * and what begins lines as tables, footnotes or definitions do, are found in HTML too.  Nothing is looked at twice.
 */
#include "doc/markdown_simple_private.h"

#include "doc/html_simple.h"
#include "doc/prepare.h"

/*
 * Templates further behind the beginning of their script are left, for each is looked for from there; those in text with
 * so much in front of them that may be an address.
 */
enum { RAW_MAX = 20000, WORD_MAX = 200 };

/* At which the passes before cmark may see something: { [ \ < ` ~ : * | _ */
static const struct bytes_set special = { { 0x40, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x0C, 0xA0,
					    0xA8, 0x00, 0x80, 0x20 },
					  { 1, 2, 4, 8, 16, 32, 64, 128 } };

/* What is known of a block while it is looked through, so that nothing is looked at twice. */
struct look {
	const char *begin, *end;
	const char *tag;                     /* the last "<" */
	const char *tag_of_end, *tag_end;    /* a "<", and where the tag there ends; NULL: it is none */
	const char *added;                   /* so far the block has been added */
	bool hidden;                         /* behind what was in it, libxml2 may not tell where text stands */
	const char *raw_close, *comment_end; /* end tag of a raw element, end of a comment */
	const char *bars;                    /* the line whose bars have been seen ends here */
	const char *word, *word_to;          /* of the last mark, and so far looked at */
	bool address;                        /* there is one in it */
};

/* Bars, dashes and the like alone, and a dash at least, behind what may be marks of containers. */
static bool is_like_delimiter(struct look *l, const char *p)
{
	if (p < l->bars)
		return false;
	while (p > l->begin && p[-1] != '\n')
		p--;
	const char *newline = memchr(p, '\n', (size_t)(l->end - p)), *line = p;
	l->bars = newline ? newline : l->end;
	while (p < l->bars && strchr("|:- \t>+*.)0123456789", *p))
		p++;
	return p == l->bars && memchr(line, '-', (size_t)(p - line));
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

/* Does the word before p hold an address that may go on behind it, or so much that it is not looked at? */
static bool is_in_address(const struct simple *s, const char *begin, const char *p)
{
	const char *word = p;

	if (!s->slashes && !s->ww)
		return false;
	while (word > begin && (unsigned char)word[-1] > ' ' && p - word < WORD_MAX)
		word--;
	const struct bytes_pairs pairs = bytes_pairs(str_slice(word, p));
	return p - word == WORD_MAX || pairs.slashes || pairs.ww;
}

/* May that stand behind a template without a word? What libxml2 does not see gives its place to what is before it. */
static bool is_plain_behind(const char *p, const char *end)
{
	if (p == end || *p != '<')
		return p == end || *p != '}';
	const char *name = p + 1 < end && p[1] == '/' ? p + 2 : p + 1;
	return name < end && ascii_is_letter(*name) && !prepare_is_raw_element(name, end);
}

/* Behind the template at p, if it is one on one line of the text between two tags; else NULL. */
static const char *text_template_end(struct simple *s, struct look *l, const char *p)
{
	if (!(s->parts & DIALECT_TEMPLATES) || l->hidden || l->end - p < 4 || strchr("<%{", p[2]) ||
	    strchr("\\{", p[-1]) || simple_ends_in_raw(s, p))
		return NULL;
	if (l->tag_of_end != l->tag) {
		l->tag_of_end = l->tag;
		l->tag_end = simple_tag_end(l->tag, l->end);
	}
	if (!l->tag_end || l->tag_end > p || is_in_address(s, l->tag_end, p))
		return NULL;
	const char *behind = template_end(&s->ends, p);
	if (!behind || behind > l->end || memchr(p, '\n', (size_t)(behind - p)) ||
	    (p[1] == '%' && liquid_kind(p, behind) != LIQUID_KINDS) || !is_plain_behind(behind, l->end))
		return NULL;
	return behind;
}

static bool add_piece(struct simple *s, struct look *l, const char *to)
{
	const char *from = l->added;

	l->added = to;
	return from == to || simple_add_html(s, NODE_HTML_BLOCK, str_slice(from, to), from, to);
}

static bool add_template(struct simple *s, struct look *l, const char *p, const char *to)
{
	if (!add_piece(s, l, p))
		return false;
	if (s->balance.lost) /* an end tag that libxml2 says nothing of: the text behind has no exact place */
		return simple_leave_block(s);
	simple_set_text(s, simple_leaf(s, NODE_TEMPLATE, simple_offset(s, p), simple_offset(s, to)), str_slice(p, to));
	l->added = to;
	return !s->failed;
}

/* At "{{", "{%" or "{:"; *at is then behind the template. */
static bool take_brace(struct simple *s, struct look *l, const char **at)
{
	const char *p = *at, next = p[1];
	const char *behind = next == ':' ? NULL : simple_value_template_end(l->tag, p, l->end);

	if (next == '{' && !behind && l->hidden)
		behind = raw_template_end(l->begin, p, l->end);
	if (!behind && next != ':') {
		behind = text_template_end(s, l, p);
		if (behind && !add_template(s, l, p, behind))
			return false;
	}
	*at = behind;
	return behind || simple_leave_block(s);
}

/* An element that libxml2 always reports, where its tag stands. */
static bool is_known(const char *p, const char *end)
{
	char name[12];
	size_t n = 0;

	for (; p < end && ascii_is_alnum(*p); p++)
		if (n < sizeof name - 1)
			name[n++] = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
	name[n] = 0;
	return html_known_find(name);
}

/* Is the "<" at p of something behind which libxml2 may not tell where text stands? */
static bool hides_place(const char *p, const char *end)
{
	const char *name = p + 1 < end && p[1] == '/' ? p + 2 : p + 1;

	return name < end &&
	       (*name == '!' || prepare_is_raw_element(name, end) || (ascii_is_letter(*name) && !is_known(name, end)));
}

static bool is_in_unknown(const struct balance *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (!is_known(b->names[i].p, b->names[i].p + b->names[i].n))
			return true;
	return false;
}

bool simple_add_html_block(struct simple *s, const char *begin, const char *end)
{
	const struct str body = str_slice(s->begin, s->end);
	struct look l = { .begin = begin,
			  .end = end,
			  .tag = begin,
			  .added = begin,
			  .hidden = s->templates && is_in_unknown(&s->balance),
			  .raw_close = begin,
			  .comment_end = begin,
			  .bars = begin,
			  .word = begin,
			  .word_to = begin };

	for (const char *p = begin; (p = bytes_find_set(p, end, &special)) < end; p++) {
		const char next = p + 1 < end ? p[1] : '\n';
		const char *behind;
		bool odd = false;
		switch (*p) {
		case '{':
			if (next != '{' && next != '%' && next != ':')
				break;
			behind = p;
			if (!take_brace(s, &l, &behind))
				return false;
			p = behind - 1;
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
			l.hidden = l.hidden || (s->templates && hides_place(p, end));
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
	return add_piece(s, &l, end + (end < s->end));
}
