/*
 * frontmatter_text.c - what the readers of front matter have in common:
 * default limits, counting lines and columns, refusing what is no text, and
 * numbers that do not depend on the locale.  Knows no syntax.
 */
#include "doc/frontmatter_internal.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"

struct frontmatter_limits frontmatter_limits_resolve(const struct frontmatter_limits *limits)
{
	struct frontmatter_limits l = { 0, 0, 0 };

	if (limits)
		l = *limits;
	if (l.max_bytes == 0)
		l.max_bytes = (size_t)1 << 20;
	if (l.max_nodes == 0)
		l.max_nodes = 100000;
	if (l.max_depth == 0 || l.max_depth > VALUE_MAX_DEPTH)
		l.max_depth = VALUE_MAX_DEPTH;
	return l;
}

/* ----------------------------------------------------------------- places */

void cursor_init(struct cursor *c, struct str text, uint32_t first_line)
{
	*c = (struct cursor){ .text = text, .first_line = first_line, .line = first_line };
}

/* Over one character; CRLF is two characters and one line end. */
static void cursor_step(struct cursor *c)
{
	const char *p = c->text.p + c->offset, *end = c->text.p + c->text.n;
	uint32_t cp;

	if ((unsigned char)*p >= 0x80) {
		c->offset += utf8_decode(p, end, &cp);
	} else {
		c->offset++;
		if (*p == '\n' || (*p == '\r' && (p + 1 == end || p[1] != '\n'))) {
			c->line++;
			c->line_start = c->offset;
		}
	}
	c->chars++;
}

void cursor_seek_byte(struct cursor *c, size_t offset)
{
	if (offset < c->offset)
		cursor_init(c, c->text, c->first_line);
	while (c->offset < offset && c->offset < c->text.n)
		cursor_step(c);
}

void cursor_seek_char(struct cursor *c, size_t chars)
{
	if (chars < c->chars)
		cursor_init(c, c->text, c->first_line);
	while (c->chars < chars && c->offset < c->text.n)
		cursor_step(c);
}

uint32_t cursor_column(const struct cursor *c)
{
	return (uint32_t)(c->offset - c->line_start) + 1;
}

struct str cursor_line(const struct cursor *c)
{
	size_t end = c->line_start;

	while (end < c->text.n && c->text.p[end] != '\n' && c->text.p[end] != '\r')
		end++;
	return (struct str){ c->text.p + c->line_start, end - c->line_start };
}

/* ------------------------------------------------------------------- text */

static bool starts_utf16(struct str s)
{
	return s.n >= 2 && (memcmp(s.p, "\xff\xfe", 2) == 0 || memcmp(s.p, "\xfe\xff", 2) == 0);
}

bool frontmatter_text_check(struct str text, uint32_t first_line, struct diags *diags)
{
	size_t bad = utf8_check(text);
	const char *nul = text.n ? memchr(text.p, 0, text.n) : NULL;
	struct cursor c;

	cursor_init(&c, text, first_line);
	if (starts_utf16(text)) {
		diags_add(diags, SEVERITY_WARNING, first_line, 1, "save the document as UTF-8",
			  "the front matter is UTF-16, which is not read");
		return false;
	}
	if (nul && (size_t)(nul - text.p) < bad) {
		cursor_seek_byte(&c, (size_t)(nul - text.p));
		diags_add(diags, SEVERITY_WARNING, c.line, cursor_column(&c), "remove the byte",
			  "a NUL byte in the front matter");
		return false;
	}
	if (bad < text.n) {
		cursor_seek_byte(&c, bad);
		diags_add(diags, SEVERITY_WARNING, c.line, cursor_column(&c), "save the document as UTF-8",
			  "the front matter is not valid UTF-8");
		return false;
	}
	return true;
}

struct value *frontmatter_set(struct arena *a, struct value *map, struct str key, uint32_t line, uint32_t column,
			      struct value item)
{
	size_t before = map->as.map.n;
	struct value *stored = value_set(a, map, key, item);
	struct value_member *m;

	if (!stored)
		return NULL;
	if (map->as.map.n > before)
		m = &map->as.map.members[before];
	else
		m = (struct value_member *)value_member(map, key);
	m->line = line;
	m->column = column;
	return stored;
}

/* ---------------------------------------------------------------- numbers */

static unsigned digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A') + 10;
	return 16;
}

bool number_integer(struct str digits, unsigned base, bool negative, int64_t *out)
{
	const uint64_t max = (uint64_t)INT64_MAX + (negative ? 1 : 0);
	uint64_t sum = 0;

	for (size_t i = 0; i < digits.n; i++) {
		unsigned d = digit_of(digits.p[i]);

		if (digits.p[i] == '_')
			continue;
		if (d >= base || sum > (max - d) / base)
			return false;
		sum = sum * base + d;
	}
	if (!negative)
		*out = (int64_t)sum;
	else
		*out = sum == max ? INT64_MIN : -(int64_t)sum;
	return true;
}
