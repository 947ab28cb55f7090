/*
 * markdown_simple_html.c - raw HTML for markdown_simple.h: blocks of it at the
 * top level, or of one line in lists and quotes; tags, autolinks and references to characters in a paragraph.
 *
 * Where they begin and end is CommonMark's (4.6, 6.5, 6.6); what is in them is html.c's to read.  HTML in which the
 * passes before cmark could find something of our dialect, but plain templates, is left to them.
 */
#include "doc/markdown_simple_private.h"

#include "doc/html_simple.h"
#include "doc/prepare.h"

/* Templates further behind the beginning of their tag are left: each is looked for from there. */
enum { TAG_MAX = 2000 };

/* -------------------------------------------------------------------- tags */

static const char *skip_blanks(const char *p, const char *end)
{
	while (p < end && ascii_is_blank(*p))
		p++;
	return p;
}

/* In a tag, which may go on in the next line; that must begin without blanks, which cmark would take off. */
static const char *skip_space(const char *p, const char *end)
{
	p = skip_blanks(p, end);
	if (p < end && *p == '\n' && p + 1 < end && !ascii_is_blank(p[1]))
		p++;
	return p;
}

static bool is_name_start(char c)
{
	return ascii_is_letter(c) || c == '_' || c == ':';
}

/* Behind the value at p; NULL: there is none. */
static const char *value_end(const char *p, const char *end)
{
	const char *from = p, quote = p < end ? *p : 0;

	if (quote == '"' || quote == '\'') {
		for (p++; p < end && *p != quote; p++)
			if (*p == '\n' && p + 1 < end && ascii_is_blank(p[1]))
				return NULL;
		return p < end ? p + 1 : NULL;
	}
	while (p < end && (unsigned char)*p > ' ' && !strchr("\"'=<>`", *p))
		p++;
	return p > from ? p : NULL;
}

/* Behind the attribute at p; NULL: it is none. */
static const char *attribute_end(const char *p, const char *end)
{
	if (p == end || !is_name_start(*p))
		return NULL;
	while (p < end && (is_name_start(*p) || ascii_is_digit(*p) || *p == '.' || *p == '-'))
		p++;
	const char *equals = skip_space(p, end);
	return equals < end && *equals == '=' ? value_end(skip_space(equals + 1, end), end) : p;
}

const char *simple_tag_end(const char *p, const char *end)
{
	const bool closes = p + 1 < end && p[1] == '/';

	p += 1 + closes;
	if (p >= end || !ascii_is_letter(*p))
		return NULL;
	while (p < end && (ascii_is_alnum(*p) || *p == '-'))
		p++;
	while (p) {
		const char *q = skip_space(p, end);
		if (q < end && *q == '>')
			return q + 1;
		if (closes || q == end)
			return NULL;
		if (*q == '/')
			return q + 1 < end && q[1] == '>' ? q + 2 : NULL;
		p = q > p ? attribute_end(q, end) : NULL;
	}
	return NULL;
}

/* Behind the comment at p, if it is one for sure, whose text means nothing to the passes before cmark; else NULL. */
static const char *comment_end(const char *p, const char *end)
{
	if (end - p < 8 || memcmp(p, "<!--", 4) != 0 || strchr(">-", p[4]))
		return NULL;
	for (p += 4; end - p > 2; p++) {
		if (p[0] == '-' && p[1] == '-')
			return p[2] == '>' ? p + 3 : NULL;
		if (strchr("<{[\\`\n", *p))
			return NULL;
	}
	return NULL;
}

/* Behind "<scheme:address>", if its characters mean nothing but themselves; NULL: it is none. */
static const char *autolink_end(const char *p, const char *end)
{
	const char *q = p + 1;

	while (q < end && (ascii_is_alnum(*q) || *q == '+' || *q == '.' || *q == '-'))
		q++;
	if (q == end || *q != ':' || q - p < 3 || q - p > 33)
		return NULL;
	while (q<end && * q> ' ' && *q < 0x7F && !strchr("<>`{&\\", *q))
		q++;
	return q < end && *q == '>' ? q + 1 : NULL;
}

const char *simple_value_template_end(const char *tag, const char *p, const char *end)
{
	char quote = 0;

	if (p - tag > TAG_MAX)
		return NULL;
	for (; tag < p; tag++) {
		if (quote)
			quote = *tag == quote ? 0 : quote;
		else if (*tag == '>')
			return NULL;
		else if ((*tag == '"' || *tag == '\'') && tag[-1] == '=')
			quote = *tag;
	}
	if (!quote || end - p < 4 || strchr("<%{", p[2]) || (p[1] == '%' && liquid_kind(p, end) != LIQUID_KINDS))
		return NULL;
	const char last = p[1] == '%' ? '%' : '}';
	for (p += 2; p < end && *p != quote && !strchr("<>&{\n", *p); p++)
		if (*p == '}' || *p == '%')
			return *p == last && p + 1 < end && p[1] == '}' && !(p + 2 < end && p[2] == '}') ? p + 2 : NULL;
	return NULL;
}

/* Are all braces in the tag of templates like that, or of none of our dialect? */
static bool has_plain_braces(const char *tag, const char *end)
{
	for (const char *p = tag; (p = memchr(p, '{', (size_t)(end - p)));) {
		if (p[1] == ':')
			return false;
		p = p[1] == '{' || p[1] == '%' ? simple_value_template_end(tag, p, end) : p + 1;
		if (!p)
			return false;
	}
	return true;
}

enum simple_less simple_less_at(const struct simple *s, const char *p, const char *end, const char **to)
{
	const char next = p + 1 < s->text_end ? p[1] : ' ';

	*to = p + 1;
	if (!ascii_is_letter(next) && !strchr("/!?", next))
		return LESS_TEXT;
	const char *behind = next == '/' ? NULL : autolink_end(p, end);
	if (behind) {
		*to = behind;
		return LESS_AUTOLINK;
	}
	if (!(s->parts & DIALECT_HTML) || next == '?')
		return LESS_UNSURE;
	if (next == '!') {
		behind = comment_end(p, end);
		*to = behind ? behind : *to;
		return behind ? LESS_TAG : LESS_UNSURE;
	}
	const char *newline = s->n_open ? memchr(p, '\n', (size_t)(end - p)) : NULL;
	behind = simple_tag_end(p, newline ? newline : end);
	if (!behind || prepare_is_raw_element(p + 1 + (next == '/'), behind) || !has_plain_braces(p, behind) ||
	    bytes_find_pair(p, behind, '[', '^'))
		return LESS_UNSURE;
	*to = behind;
	return LESS_TAG;
}

/* An address in a tag that ends at p goes on behind it, to the pass before cmark: no mark there is one of emphasis. */
static bool hides_marks(const struct simple *s, const char *from, const char *p)
{
	const char *word = p;

	while (word > from && !ascii_is_blank(word[-1]))
		word--;
	const struct bytes_pairs pairs = bytes_pairs(str_slice(word, p));
	if (!pairs.slashes && !pairs.ww)
		return false;
	for (; p < s->text_end && (unsigned char)*p > ' ' && !strchr("<`]|{", *p); p++)
		if (*p == '*' || *p == '_' || *p == '~')
			return true;
	return false;
}

static bool add_autolink(struct simple *s, const char *p, const char *to)
{
	const struct str url = str_slice(p + 1, to - 1);
	const uint32_t node = simple_open(s, NODE_LINK, simple_offset(s, p));

	simple_set_text(s, node, url);
	simple_add_piece(s, url, p + 1, to - 1);
	simple_close(s, simple_offset(s, to));
	s->last_to = to;
	return true;
}

bool simple_add_less(struct simple *s, const struct simple_text *t, const char **at)
{
	const char *p = *at, *to;

	switch (simple_less_at(s, p, t->to, &to)) {
	case LESS_TEXT:
		simple_add_piece(s, str_slice(p, to), p, to);
		break;
	case LESS_AUTOLINK:
		if (t->inside & IN_LINK)
			return simple_leave_block(s);
		add_autolink(s, p, to);
		break;
	case LESS_TAG:
		if ((s->slashes || s->ww) && hides_marks(s, p, to))
			return simple_leave_block(s);
		if (!simple_add_html(s, NODE_HTML_INLINE, str_slice(p, to), p, to))
			return false;
		s->last_to = to;
		break;
	default:
		return simple_leave_block(s);
	}
	*at = to;
	return true;
}

/* Two of the names mean other characters to cmark than to libxml2. */
static bool is_angle(struct str reference)
{
	return str_eqz(reference, "&lang;") || str_eqz(reference, "&rang;");
}

bool simple_add_reference(struct simple *s, const struct simple_text *t, const char **at)
{
	const char *p = *at, *to;
	const unsigned value = html_reference(p, t->to, &to);
	char *text;

	/* a blank is not seen where a line ends */
	if (!value || value == ' ' || is_angle(str_slice(p, to)))
		return simple_leave_block(s);
	text = arena_alloc(s->scratch, 4);
	if (!text) {
		s->failed = true;
		return false;
	}
	simple_add_piece(s, (struct str){ text, html_reference_encode(value, text) }, p, to);
	s->escaped = true;
	*at = to;
	return true;
}

/* ------------------------------------------------------------------ blocks */

enum block_type { BLOCK_NONE, BLOCK_RAW, BLOCK_COMMENT, BLOCK_ELEMENT, BLOCK_TAG, BLOCK_OTHER };

/* An element whose tag begins a block wherever it begins a line (condition 6). */
static bool is_block_name(const char *p, size_t n)
{
	static const char names[] =
		" address article aside base basefont blockquote body caption center col colgroup dd details dialog dir "
		"div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html "
		"iframe legend li link main menu menuitem nav noframes ol optgroup option p param section source "
		"summary table tbody td tfoot th thead title tr track ul ";
	char name[14] = " ";

	if (n == 0 || n > sizeof name - 2)
		return false;
	for (size_t i = 0; i < n; i++)
		name[i + 1] = p[i] >= 'A' && p[i] <= 'Z' ? (char)(p[i] + 32) : p[i];
	name[n + 1] = ' ';
	return memmem(names, sizeof names - 1, name, n + 2) != NULL;
}

/* One whose block ends at an end tag (condition 1). */
static bool is_raw_name(struct str name)
{
	return str_eq_nocase(name, STR_LIT("script")) || str_eq_nocase(name, STR_LIT("style")) ||
	       str_eq_nocase(name, STR_LIT("pre")) || str_eq_nocase(name, STR_LIT("textarea"));
}

static enum block_type block_type(const char *p, const char *end)
{
	const char *name = p + 1, *q;

	if (name == end || (!ascii_is_letter(*name) && !strchr("/!?", *name)))
		return BLOCK_NONE;
	if (*name == '!' || *name == '?')
		return end - p >= 4 && memcmp(p, "<!--", 4) == 0 ? BLOCK_COMMENT : BLOCK_OTHER;
	name += *name == '/';
	for (q = name; q < end && ascii_is_alnum(*q);)
		q++;
	const bool ends = q == end || ascii_is_blank(*q) || *q == '>';
	if (prepare_is_raw_element(name, end)) {
		const bool raw = name == p + 1 && ends && is_raw_name(str_slice(name, q));
		return raw ? BLOCK_RAW : BLOCK_OTHER;
	}
	if (is_block_name(name, (size_t)(q - name)) && (ends || (*q == '/' && q + 1 < end && q[1] == '>')))
		return BLOCK_ELEMENT;
	q = simple_tag_end(p, end);
	return q && skip_blanks(q, end) == end ? BLOCK_TAG : BLOCK_NONE;
}

static bool closes_raw(const char *p, const char *end)
{
	for (; (p = bytes_find_pair(p, end, '<', '/')); p += 2) {
		const char *name = p + 2, *q = name;
		while (q < end && ascii_is_letter(*q))
			q++;
		if (q < end && *q == '>' && is_raw_name(str_slice(name, q)))
			return true;
	}
	return false;
}

/* The end of the last line of the block that begins at p; NULL: nothing ends it, or a container does. */
static const char *block_end(const struct simple *s, enum block_type type, const char *p)
{
	const char *last = NULL;

	while (p < s->end) {
		const char *newline = memchr(p, '\n', (size_t)(s->end - p));
		const char *end = newline ? newline : s->end;
		if (type == BLOCK_RAW && closes_raw(p, end))
			return end;
		if (type == BLOCK_COMMENT && memmem(p, (size_t)(end - p), "-->", 3))
			return end;
		if (type != BLOCK_RAW && type != BLOCK_COMMENT) {
			if (skip_blanks(p, end) == end)
				return last;
			last = end;
		}
		p = newline ? newline + 1 : s->end;
	}
	return last;
}

/* In a container: does the block at the line end with it? A line that is not in the container is none of raw HTML. */
static bool ends_with_line(struct simple *s, enum block_type type, const struct simple_row *row)
{
	struct simple_row next;

	if (type == BLOCK_RAW)
		return closes_raw(row->content, row->end);
	if (type == BLOCK_COMMENT)
		return memmem(row->content, (size_t)(row->end - row->content), "-->", 3);
	if (row->end + 1 >= s->end || !simple_match(s, &next, row->end + 1))
		return false;
	if (next.content == next.end)
		return true;
	/* to the pass before cmark, a tag that begins no block of itself begins a paragraph */
	return next.matched < s->n_open && (type == BLOCK_ELEMENT || simple_marker(next.content, next.end).length > 0);
}

static void take_in_container(struct simple *s, enum block_type type, const struct simple_row *row)
{
	simple_fill(s);
	if (!ends_with_line(s, type, row) || row->end == s->end ||
	    (s->templates && memchr(row->content, '{', (size_t)(row->end - row->content))))
		simple_leave_block(s);
	else if (s->out)
		simple_add_html_block(s, row->p, row->end);
	else
		simple_need_events(s);
}

static void take_at_top(struct simple *s, enum block_type type, struct simple_row *row)
{
	const char *end = block_end(s, type, s->at);

	if (!end)
		simple_leave_all(s);
	else if (end == s->end && (s->slashes || s->ww)) /* a newline of cmark's behind marks that are held */
		simple_leave_block(s);
	else if (s->out)
		simple_add_html_block(s, s->at, end);
	else
		simple_need_events(s);
	row->end = end ? end : row->end;
}

enum simple_taken simple_take_html(struct simple *s, struct simple_row *row)
{
	const enum block_type type = block_type(row->content, row->end);

	if (type == BLOCK_NONE || (type == BLOCK_TAG && s->text && row->matched == s->n_open))
		return TAKEN_NOT;
	if (type == BLOCK_OTHER || !(s->parts & DIALECT_HTML) || (type == BLOCK_TAG && s->text)) {
		simple_leave_block(s);
		return TAKEN_LEFT;
	}
	if (!simple_begin_block(s, row))
		return TAKEN_LEFT;
	if (s->n_open > 0)
		take_in_container(s, type, row);
	else
		take_at_top(s, type, row);
	return s->verdict == SIMPLE_READ && !s->failed ? TAKEN : TAKEN_LEFT;
}
