/*
 * yaml_write.c - writes a map as a YAML block that every YAML reader takes
 * back as the same values: block style, plain scalars where they are safe,
 * literal blocks for text of several lines, double quotes for the rest.
 * Recursion is bounded by VALUE_MAX_DEPTH.
 */
#include "doc/frontmatter.h"

#include "base/json.h"
#include "base/utf8.h"
#include "doc/yaml_internal.h"

/* libyaml and the specification end a key without "? " after 1024 characters. */
#define LONG_KEY 900

static bool is_one_of(char c, const char *set)
{
	return c && strchr(set, c) != NULL;
}

/* What the reader would refuse or take for a line end: controls, separators, BOM, non-characters. */
static bool needs_escape(uint32_t cp)
{
	return (cp < 0x20 && cp != '\t') || (cp >= 0x7f && cp < 0xa0) || cp == 0x2028 || cp == 0x2029 || cp == 0xfeff ||
	       cp == 0xfffe || cp == 0xffff;
}

static bool has_escapes(struct str s, bool newline_is_fine)
{
	const char *p = s.p, *end = s.p + s.n;
	uint32_t cp;
	bool ok;

	while (p < end) {
		p += utf8_decode_strict(p, end, &cp, &ok);
		if (!ok || (needs_escape(cp) && !(newline_is_fine && cp == '\n')))
			return true;
	}
	return false;
}

/* YAML 1.1 readers, which are many, take these for booleans. */
static bool is_old_boolean(struct str s)
{
	static const char *const words[] = { "yes", "no", "on", "off" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (str_eq_nocase(s, str_of(words[i])))
			return true;
	}
	return false;
}

/* Whether the plain text is read as a string; the copy is for the NUL that numbers need. */
static bool reads_as_string(struct str s)
{
	char copy[64];
	struct value v;

	if (s.n >= sizeof(copy))
		return !memchr("+-.0123456789", s.p[0], 13);
	memcpy(copy, s.p, s.n);
	copy[s.n] = 0;
	return yaml_resolve((struct str){ copy, s.n }, &v) && v.kind == VALUE_STRING && !is_old_boolean(s);
}

static bool is_plain_text(struct str s)
{
	if (s.n == 0 || is_one_of(s.p[0], "-?:,[]{}#&*!|>'\"%@`= \t") || is_one_of(s.p[s.n - 1], ": \t"))
		return false;
	if (str_starts(s, STR_LIT("...")) || has_escapes(s, false))
		return false;
	for (size_t i = 0; i + 1 < s.n; i++) {
		if (s.p[i] == ':' && is_one_of(s.p[i + 1], " \t"))
			return false;
		if (s.p[i + 1] == '#' && is_one_of(s.p[i], " \t"))
			return false;
	}
	return true;
}

static void write_escape(struct buf *out, uint32_t cp)
{
	switch (cp) {
	case '\n':
		buf_addz(out, "\\n");
		break;
	case '\t':
		buf_addz(out, "\\t");
		break;
	case '\r':
		buf_addz(out, "\\r");
		break;
	default:
		buf_addf(out, cp < 0x100 ? "\\x%02X" : "\\u%04X", (unsigned)cp);
	}
}

static void write_quoted(struct buf *out, struct str s)
{
	const char *p = s.p, *end = s.p + s.n;
	uint32_t cp;

	buf_addc(out, '"');
	while (p < end) {
		p += utf8_decode(p, end, &cp);
		if (needs_escape(cp) || cp == '\t') {
			write_escape(out, cp);
		} else {
			if (cp == '"' || cp == '\\')
				buf_addc(out, '\\');
			buf_add_cp(out, cp);
		}
	}
	buf_addc(out, '"');
}

/* Several lines, the first of which shows the indentation. */
static bool is_literal_text(struct str s)
{
	return s.n > 1 && memchr(s.p, '\n', s.n) && !is_one_of(s.p[0], " \t\n") && !has_escapes(s, true);
}

static void write_literal(struct buf *out, struct str s, size_t indent)
{
	const bool ends = s.p[s.n - 1] == '\n', ends_twice = ends && s.p[s.n - 2] == '\n';
	const char *p = s.p, *end = s.p + s.n;

	buf_addz(out, ends_twice ? "|+\n" : ends ? "|\n" : "|-\n");
	while (p < end) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));

		if (!stop)
			stop = end;
		if (stop > p)
			buf_add_repeat(out, ' ', indent);
		buf_add(out, p, (size_t)(stop - p));
		buf_addc(out, '\n');
		p = stop + 1;
	}
}

/* With the line end, which a literal block brings along. */
static void write_string(struct buf *out, struct str s, size_t indent)
{
	if (is_literal_text(s)) {
		write_literal(out, s, indent);
		return;
	}
	if (is_plain_text(s) && reads_as_string(s))
		buf_adds(out, s);
	else
		write_quoted(out, s);
	buf_addc(out, '\n');
}

/*
 * Keys are read as text whatever they look like; only null, and old booleans
 * for others' sake, want quotes.  So does what frontmatter_find could take for prose.
 */
static bool is_plain_key(struct str key)
{
	size_t spaces = 0, marks = 0;

	if (!is_plain_text(key) || is_one_of(key.p[0], "+<~") || str_eq_nocase(key, STR_LIT("null")) ||
	    is_old_boolean(key))
		return false;
	for (size_t i = 0; i < key.n; i++) {
		spaces += is_one_of(key.p[i], " \t");
		marks += is_one_of(key.p[i], ".,;!?");
	}
	return spaces == 0 || (spaces <= 4 && marks == 0);
}

static void write_key(struct buf *out, struct str key, size_t indent)
{
	const bool plain = is_plain_key(key);
	/* An escape takes at most four times its byte. */
	const bool is_long = (plain ? key.n : key.n * 4) > LONG_KEY;

	if (is_long)
		buf_addz(out, "? ");
	if (plain)
		buf_adds(out, key);
	else
		write_quoted(out, key);
	if (is_long) {
		buf_addc(out, '\n');
		buf_add_repeat(out, ' ', indent);
	}
	buf_addc(out, ':');
}

static void write_inner(struct buf *out, const struct value *v, size_t indent, unsigned depth, bool in_list);

/* The items; the first one goes on in the line already begun where inline_first is set. */
static void write_list(struct buf *out, const struct value_list *list, size_t indent, unsigned depth, bool inline_first)
{
	for (size_t i = 0; i < list->n; i++) {
		if (i || !inline_first)
			buf_add_repeat(out, ' ', indent);
		buf_addc(out, '-');
		write_inner(out, &list->items[i], indent + 2, depth, true);
	}
}

static void write_map(struct buf *out, const struct value_map *map, size_t indent, unsigned depth, bool inline_first)
{
	for (size_t i = 0; i < map->n; i++) {
		if (i || !inline_first)
			buf_add_repeat(out, ' ', indent);
		write_key(out, map->members[i].key, indent);
		write_inner(out, &map->members[i].value, indent + 2, depth, false);
	}
}

static void write_scalar(struct buf *out, const struct value *v, size_t indent)
{
	switch (v->kind) {
	case VALUE_BOOL:
		buf_addz(out, v->as.boolean ? "true\n" : "false\n");
		break;
	case VALUE_INT:
		buf_add_int(out, v->as.integer);
		buf_addc(out, '\n');
		break;
	case VALUE_FLOAT:
		json_write_float(out, v->as.number);
		buf_addc(out, '\n');
		break;
	case VALUE_STRING:
		write_string(out, v->as.string, indent);
		break;
	case VALUE_LIST:
		buf_addz(out, "[]\n");
		break;
	case VALUE_MAP:
		buf_addz(out, "{}\n");
		break;
	case VALUE_NULL:
		buf_addz(out, "null\n");
		break;
	}
}

/* What follows "key:" or "-". */
static void write_inner(struct buf *out, const struct value *v, size_t indent, unsigned depth, bool in_list)
{
	const bool list = v->kind == VALUE_LIST && v->as.list.n, map = v->kind == VALUE_MAP && v->as.map.n;

	if ((list || map) && depth >= VALUE_MAX_DEPTH) {
		buf_addz(out, " null\n");
		return;
	}
	buf_addc(out, (list || map) && !in_list ? '\n' : ' ');
	if (list)
		write_list(out, &v->as.list, indent, depth + 1, in_list);
	else if (map)
		write_map(out, &v->as.map, indent, depth + 1, in_list);
	else
		write_scalar(out, v, indent);
}

void yaml_write(struct buf *out, const struct value *map)
{
	buf_addz(out, "---\n");
	if (map && map->kind == VALUE_MAP)
		write_map(out, &map->as.map, 0, 1, false);
	buf_addz(out, "---\n");
}
