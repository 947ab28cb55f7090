/*
 * sniff.c - see sniff.h.
 *
 * Text counts as Markdown when it has front matter, one sure sign of it (an
 * ATX heading, a fence, a link, a table, an HTML tag) or two weak ones (list
 * items, emphasis, a quote).
 */
#include "doc/sniff.h"

#include <strings.h>

#include "base/ascii.h"
#include "doc/elements.h"
#include "doc/frontmatter.h"
#include "doc/html_simple.h"
#include "doc/lines.h"

#define LOOK_AT 65536

static bool has_suffix(const char *path, const char *suffix)
{
	size_t n = strlen(path), m = strlen(suffix);

	return n >= m && strcasecmp(path + n - m, suffix) == 0;
}

static bool starts_with_nocase(struct str s, const char *z)
{
	size_t n = strlen(z);

	return s.n >= n && str_eq_nocase((struct str){ s.p, n }, (struct str){ z, n });
}

static bool is_html_document(struct str text)
{
	if (str_starts(text, STR_LIT("\xEF\xBB\xBF")))
		text = (struct str){ text.p + 3, text.n - 3 };
	text = str_trim(text);
	while (str_starts(text, STR_LIT("<!--"))) {
		const char *end = memmem(text.p, text.n, "-->", 3);
		if (!end)
			return false;
		text = str_trim(str_slice(end + 3, text.p + text.n));
	}
	return starts_with_nocase(text, "<!doctype html") || starts_with_nocase(text, "<html") ||
	       starts_with_nocase(text, "<head");
}

/* "](" with a "[" before it */
static bool has_link(const struct line *line)
{
	const char *close = memmem(line->content, (size_t)(line->end - line->content), "](", 2);

	return close && memchr(line->content, '[', (size_t)(close - line->content));
}

static bool is_delimiter_row(const struct line *line)
{
	bool bar = false, dash = false;

	for (const char *p = line->content; p < line->end; p++) {
		if (!strchr("|:- \t", *p))
			return false;
		bar = bar || *p == '|';
		dash = dash || *p == '-';
	}
	return bar && dash;
}

/* A word in ** or __ */
static bool has_strong(const struct line *line)
{
	size_t n = (size_t)(line->end - line->content);
	const char *open = memmem(line->content, n, "**", 2);

	return open && open + 4 < line->end && memmem(open + 3, (size_t)(line->end - open - 3), "**", 2);
}

/* The tag at "<" of an element that HTML has: "<file>" and "<jane@example.org>" are none. */
static bool is_tag(const char *p, const char *end)
{
	char name[12];
	size_t n = 0;

	for (p += 1 + (p + 1 < end && p[1] == '/'); p < end && n + 1 < sizeof name && ascii_is_alnum(*p); p++)
		name[n++] = (char)(*p | 32); /* digits have the bit */
	name[n] = 0;
	if (n == 0 || p == end || !strchr(" \t/>", *p))
		return false;
	const struct element known = element_find(name);
	return known.action != ELEMENT_INLINE || known.kind != NODE_SPAN || html_known_find(name);
}

static bool has_tag(const struct line *line)
{
	const char *end = line->end;

	for (const char *p = line->content; p < end && (p = memchr(p, '<', (size_t)(end - p))); p++) {
		if (!memchr(p, '>', (size_t)(end - p)))
			return false;
		if (is_tag(p, end))
			return true;
	}
	return false;
}

static int sign_of(const struct line *line)
{
	char c = *line->content;

	if ((c == '#' && line_starts_block(line)) || has_link(line) || is_delimiter_row(line) || has_tag(line))
		return 2;
	if ((c == '`' || c == '~') && line_starts_block(line))
		return 2;
	if (c == '{' && line->end - line->content > 3 && (line->content[1] == '{' || line->content[1] == '%'))
		return 2;
	return has_strong(line) || line->quotes || (line->inner != line->content && line->inner < line->end) ? 1 : 0;
}

static bool looks_like_markdown(struct str text)
{
	struct line line;
	int signs = 0;

	if (frontmatter_find(text).syntax != FRONTMATTER_NONE)
		return true;
	text.n = text.n < LOOK_AT ? text.n : LOOK_AT;
	for (const char *at = text.p; signs < 2 && line_read(text, at, &line); at = line.next)
		if (!line.blank)
			signs += sign_of(&line);
	return signs >= 2;
}

enum doc_format sniff_format(const char *path, struct str text)
{
	if (has_suffix(path, ".md") || has_suffix(path, ".markdown"))
		return FORMAT_MARKDOWN;
	if (has_suffix(path, ".html") || has_suffix(path, ".htm") || is_html_document(text))
		return FORMAT_HTML;
	return looks_like_markdown(text) ? FORMAT_MARKDOWN : FORMAT_TEXT;
}

bool sniff_charset(struct str bytes, bool html, char name[32])
{
	if (str_starts(bytes, STR_LIT("\xFF\xFE")) || str_starts(bytes, STR_LIT("\xFE\xFF"))) {
		memcpy(name, "UTF-16", 7);
		return true;
	}
	if (!html)
		return false;
	size_t n = bytes.n < 1024 ? bytes.n : 1024, length = 0;
	for (size_t i = 0; i + 8 < n; i++) {
		if (!str_eq_nocase((struct str){ bytes.p + i, 8 }, STR_LIT("charset=")))
			continue;
		for (i += 8; i < n && strchr("\"' ", bytes.p[i]); i++)
			;
		while (i < n && length < 31 && bytes.p[i] > ' ' && !strchr("\"'>;/", bytes.p[i]))
			name[length++] = bytes.p[i++];
		name[length] = 0;
		/* where ASCII can be read a 16-bit encoding cannot be meant */
		return length > 0 && !starts_with_nocase(str_of(name), "utf-16");
	}
	return false;
}
