/*
 * html_value.c - references and attributes of simple HTML, decoded as
 * libxml2 does it.  For html_simple.c, and the references for
 * markdown_simple_html.c.
 */
#include "doc/html_simple.h"

#include <libxml/HTMLparser.h>

#include "base/ascii.h"

#define VALUE_MAX 4000

/* What "&#160;" or "&#xA0;" at p stands for, behind which *after then stands; 0: not simple. */
static unsigned number_at(const char *p, const char *end, const char **after)
{
	unsigned value = 0;

	p += 2;
	const bool hex = p < end && (*p == 'x' || *p == 'X');
	const char *first = p += hex;
	for (; p < end && p - first < 5; p++) {
		if (*p >= '0' && *p <= '9')
			value = value * (hex ? 16 : 10) + (unsigned)(*p - '0');
		else if (hex && ((*p >= 'a' && *p <= 'f') || (*p >= 'A' && *p <= 'F')))
			value = value * 16 + (unsigned)((*p | 32) - 'a' + 10);
		else
			break;
	}
	*after = p + 1;
	const bool is_char = value >= 0x20 && value < 0xFFFE && !(value >= 0xD800 && value < 0xE000);
	return p < end && *p == ';' && is_char ? value : 0;
}

unsigned html_reference(const char *p, const char *end, const char **after)
{
	char name[12];
	size_t n = 0;

	if (p + 1 < end && p[1] == '#')
		return number_at(p, end, after);
	for (p++; p < end && ascii_is_alnum(*p) && n < sizeof name - 1; p++)
		name[n++] = *p;
	name[n] = 0;
	if (n == 0 || p == end || *p != ';')
		return 0;
	*after = p + 1;
	const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
	return entity ? entity->value : 0;
}

size_t html_reference_encode(unsigned value, char *out)
{
	if (value < 0x80) {
		out[0] = (char)value;
		return 1;
	}
	if (value < 0x800) {
		out[0] = (char)(0xC0 | value >> 6);
		out[1] = (char)(0x80 | (value & 0x3F));
		return 2;
	}
	out[0] = (char)(0xE0 | value >> 12);
	out[1] = (char)(0x80 | (value >> 6 & 0x3F));
	out[2] = (char)(0x80 | (value & 0x3F));
	return 3;
}

static bool is_name_char(char c)
{
	return ascii_is_alnum(c) || c == '_' || c == ':' || c == '-' || c == '.';
}

const char *html_reference_end(const char *p, const char *end)
{
	const char *q = p + 1;

	if (q < end && *q == '#')
		return NULL;
	if (q < end && (ascii_is_letter(*q) || *q == '_' || *q == ':'))
		while (q < end && is_name_char(*q))
			q++;
	return q < end && (unsigned char)*q >= 0x80 ? NULL : q; /* of a letter of its own kind, perhaps */
}

void html_tag_name(const char *p, const char *to, char name[HTML_NAME_SIZE])
{
	size_t n = 0;

	if (to - p < HTML_NAME_SIZE)
		for (; p < to && is_name_char(*p); p++)
			name[n++] = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
	name[p == to ? n : 0] = 0;
}

/* An attribute's value with its references decoded. */
static enum html_simple read_value(struct arena *scratch, const struct html_attribute *a, struct str *out)
{
	const char *p = a->value.p, *end = p + a->value.n, *after;
	char *to;

	*out = a->value;
	if (a->value.n == 0) {
		*out = STR_EMPTY;
		return HTML_SIMPLE_READ;
	}
	if (a->value.n > VALUE_MAX)
		return HTML_SIMPLE_NOT;
	if (!memchr(p, '&', a->value.n))
		return HTML_SIMPLE_READ;
	to = arena_alloc(scratch, a->value.n);
	if (!to)
		return HTML_SIMPLE_NOMEM;
	out->p = to;
	while (p < end) {
		unsigned value = 0;
		if (*p != '&') {
			*to++ = *p++;
		} else if ((value = html_reference(p, end, &after))) {
			to += html_reference_encode(value, to);
			p = after;
		} else if (p + 1 < end && p[1] == '#') {
			return HTML_SIMPLE_NOT;
		} else {
			*to++ = *p++;
		}
	}
	out->n = (size_t)(to - out->p);
	return HTML_SIMPLE_READ;
}

static enum html_simple read_key(struct arena *scratch, struct str name, struct str *out)
{
	size_t i = 0;

	*out = name;
	while (i < name.n && !(name.p[i] >= 'A' && name.p[i] <= 'Z'))
		i++;
	if (i == name.n)
		return HTML_SIMPLE_READ;
	char *low = arena_alloc(scratch, name.n);
	if (!low)
		return HTML_SIMPLE_NOMEM;
	for (i = 0; i < name.n; i++)
		low[i] = name.p[i] >= 'A' && name.p[i] <= 'Z' ? (char)(name.p[i] + 32) : name.p[i];
	out->p = low;
	return HTML_SIMPLE_READ;
}

static bool is_repeated(const struct element_attr *attrs, size_t n, struct str key)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(attrs[i].key, key))
			return true;
	return false;
}

/* Eight bytes at once: none of them below 0x20, and none 0xEF. Some that are not may seem to be. */
static bool are_plain(const char *p)
{
	const uint64_t ones = 0x0101010101010101u, highs = ones * 0x80;
	uint64_t x, y;

	memcpy(&x, p, sizeof x);
	y = x ^ (ones * 0xEF);
	return (((x - ones * 0x20) & ~x & highs) | ((y - ones) & ~y & highs)) == 0;
}

/* As libxml2 passes it on: no control characters, and no code points that are none. */
bool html_is_clean(const char *p, const char *end)
{
	for (; p < end; p++) {
		if (end - p >= 8 && are_plain(p)) {
			p += 7;
			continue;
		}
		unsigned char c = (unsigned char)*p;
		if (c < 0x20 && c != ' ' && c != '\n' && c != '\t' && c != '\r')
			return false;
		if (c == 0xEF && end - p > 2 && (unsigned char)p[1] == 0xBF && (unsigned char)p[2] >= 0xBE)
			return false;
	}
	return true;
}

/* Placeholders in a value come back; anywhere else in a tag they make it one for libxml2. */
static enum html_simple read_attribute(struct arena *scratch, const struct prepared *prepared,
				       const struct html_attribute *a, struct element_attr *out)
{
	enum html_simple read = read_key(scratch, a->name, &out->key);

	if (read == HTML_SIMPLE_READ)
		read = read_value(scratch, a, &out->value);
	if (read != HTML_SIMPLE_READ)
		return read;
	if (!html_is_clean(out->value.p, out->value.p + out->value.n))
		return HTML_SIMPLE_NOT;
	if (prepared->n_held > 0)
		out->value = prepared_restore(prepared, out->value);
	return out->value.p ? HTML_SIMPLE_READ : HTML_SIMPLE_NOMEM;
}

/* At most as many attributes: each is compared with those before it. */
enum { ATTRS_MAX = 32 };

/* A value that has none written around it, and that none can be written around: only where the tag is copied it stays. */
static bool has_both_quotes(const struct html_attribute *a)
{
	return !a->quote && memchr(a->value.p, '"', a->value.n) && memchr(a->value.p, '\'', a->value.n);
}

enum html_simple html_simple_attributes(struct arena *scratch, const struct prepared *prepared, const char **at,
					const char *end, uint32_t max, struct html_attributes *out, bool *self_closing)
{
	struct html_attribute a;
	struct element_attr attrs[ATTRS_MAX];
	const char *last = *at;
	size_t n = 0, n_written = 0;

	*out = (struct html_attributes){ 0 };
	for (; html_tag_attribute(at, end, &a); last = *at) {
		if (n == ATTRS_MAX || ++n_written > max || (a.has_value && has_both_quotes(&a)))
			return HTML_SIMPLE_NOT;
		if (!a.good)
			continue;
		enum html_simple read = read_attribute(scratch, prepared, &a, &attrs[n]);
		if (read != HTML_SIMPLE_READ)
			return read;
		n += !is_repeated(attrs, n, attrs[n].key);
	}
	if (*at == end)
		return HTML_SIMPLE_NOT;
	*self_closing = *at > last && (*at)[-1] == '/';
	++*at;
	if (n == 0)
		return HTML_SIMPLE_READ;
	out->items = arena_alloc(scratch, n * sizeof *attrs);
	if (!out->items)
		return HTML_SIMPLE_NOMEM;
	memcpy(out->items, attrs, n * sizeof *attrs);
	out->n = n;
	return HTML_SIMPLE_READ;
}
