/*
 * html_tag.c - one start tag: where it ends, what attributes it has, and the
 * same tag in a form that no two parsers read differently.
 *
 * For html_stream.c.  libxml2 compares every attribute of a tag with all
 * before it, and where a name is malformed it ends a quoted value elsewhere than browsers do: both are settled here.
 */
#include "doc/html_stream.h"

/* Longer names are cut in pieces by libxml2. */
#define NAME_MAX_BYTES 90

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':' ||
	       c == '-' || c == '.';
}

static bool is_good_name(struct str name)
{
	if (name.n == 0 || name.n > NAME_MAX_BYTES || (*name.p >= '0' && *name.p <= '9') || *name.p == '-')
		return false;
	for (size_t i = 0; i < name.n; i++)
		if (!is_name_char(name.p[i]))
			return false;
	return true;
}

static const char *skip_space(const char *p, const char *end)
{
	while (p < end && is_space(*p))
		p++;
	return p;
}

static const char *read_value(struct html_attribute *a, const char *p, const char *end)
{
	const char *start = p = skip_space(p, end);

	if (p < end && (*p == '"' || *p == '\'')) {
		const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
		a->quote = *p;
		a->value = str_slice(p + 1, close ? close : end);
		a->good = a->good && close;
		return close ? close + 1 : end;
	}
	while (p < end && !is_space(*p) && *p != '>')
		p++;
	a->value = str_slice(start, p);
	return p;
}

bool html_tag_attribute(const char **at, const char *end, struct html_attribute *a)
{
	const char *p = *at;

	*a = (struct html_attribute){ .value = STR_EMPTY };
	while (p < end && (is_space(*p) || *p == '/')) {
		a->slash = a->slash || (*p == '/' && !(p + 1 < end && p[1] == '>'));
		p++;
	}
	*at = p;
	if (p == end || *p == '>')
		return false;
	const char *start = p++; /* "=" may begin a name */
	while (p < end && !is_space(*p) && *p != '/' && *p != '>' && *p != '=')
		p++;
	a->name = str_slice(start, p);
	a->good = is_good_name(a->name);
	const char *after = skip_space(p, end);
	if (after < end && *after == '=') {
		a->has_value = true;
		p = read_value(a, after + 1, end);
	}
	*at = p;
	return true;
}

const char *html_tag_name_end(const char *p, const char *end)
{
	while (p < end && !is_space(*p) && *p != '>' && *p != '/')
		p++;
	return p;
}

static void copy_name(struct html_tag *tag, const char *p, const char *end)
{
	size_t n = 0;

	for (; p < end && n < sizeof tag->name - 1; p++)
		tag->name[n++] = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
	tag->name[n] = 0;
}

void html_tag_read(struct html_tag *tag, const char *p, const char *end, uint32_t max_attributes)
{
	const char *at = html_tag_name_end(p + 1, end);
	struct html_attribute a;
	uint32_t n = 0;

	*tag = (struct html_tag){ .plain = is_good_name(str_slice(p + 1, at)) };
	copy_name(tag, p + 1, at);
	tag->is_raw = strcmp(tag->name, "script") == 0 || strcmp(tag->name, "style") == 0;
	const char *last = at;
	for (; html_tag_attribute(&at, end, &a); last = at) {
		tag->plain = tag->plain && a.good && !a.slash;
		tag->cut = tag->cut || ++n > max_attributes;
	}
	tag->plain = tag->plain && !a.slash;
	tag->closed = at < end;
	tag->self_closing = tag->closed && at > last && at[-1] == '/';
	tag->end = tag->closed ? at + 1 : end;
	tag->plain = tag->plain && tag->closed && !tag->cut;
}

static void write_attribute(struct buf *out, const struct html_attribute *a)
{
	char quote = a->quote;

	if (!quote)
		quote = memchr(a->value.p, '"', a->value.n) ? '\'' : '"';
	if (!a->quote && memchr(a->value.p, quote, a->value.n))
		return;
	buf_addc(out, ' ');
	buf_adds(out, a->name);
	if (!a->has_value)
		return;
	buf_addc(out, '=');
	buf_addc(out, quote);
	buf_adds(out, a->value);
	buf_addc(out, quote);
}

void html_tag_write(struct buf *out, const char *p, const char *end, uint32_t max_attributes)
{
	const char *at = html_tag_name_end(p + 1, end), *q = p + 1;
	struct html_attribute a;

	buf_addc(out, '<');
	while (q < at && is_name_char(*q) && q - p <= NAME_MAX_BYTES)
		q++;
	buf_add(out, p + 1, (size_t)(q - p - 1));
	q = at;
	for (uint32_t n = 0; n < max_attributes && html_tag_attribute(&at, end, &a); n++, q = at)
		if (a.good)
			write_attribute(out, &a);
	buf_addz(out, at > q && at[-1] == '/' ? " />" : ">");
}
