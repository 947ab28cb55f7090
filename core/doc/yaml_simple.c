/*
 * yaml_simple.c - the YAML that most documents have: "key: value" lines with
 * plain or quoted words, lists of them in brackets or below.
 *
 * For yaml.c, which goes to libyaml with everything else: whatever is not
 * surely understood here is refused as a whole, without a judgement.  What is taken means what libyaml
 * would make of it, places included; a test holds the two against each other.
 */
#include "doc/yaml_internal.h"

struct simple {
	const char *p, *end;
	const char *line_start;
	uint32_t line;
	const struct frontmatter_limits *limits;
	struct arena *arena;
	size_t nodes;
	enum yaml_simple status; /* YAML_SIMPLE as long as all goes well */
};

static bool give_up(struct simple *s)
{
	s->status = s->arena->refused ? YAML_SIMPLE_NOMEM : YAML_NOT_SIMPLE;
	return false;
}

static uint32_t column(const struct simple *s, const char *p)
{
	return (uint32_t)(p - s->line_start) + 1;
}

/* ------------------------------------------------------------ characters */

static bool is_key_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* May a plain scalar begin with it wherever it stands? Marks of YAML, quotes, blanks and controls may not. */
static bool begins_plain(const char *p, const char *end)
{
	if (*p == '-') /* "-5" */
		return p + 1 < end && is_key_char(p[1]);
	return is_key_char(*p) || (unsigned char)*p >= 0x80 || (*p && strchr("./(+~$^;<=\\", *p));
}

/*
 * Beyond ASCII (valid UTF-8) there are characters that libyaml takes for ends
 * of lines, or refuses: NEL and the other controls of Latin 1, LS, PS, a
 * byte order mark, noncharacters.
 */
static bool is_odd(const char *p, const char *end)
{
	const unsigned char *u = (const unsigned char *)p;

	if (u[0] == 0xC2)
		return end - p < 2 || u[1] < 0xA0;
	if (u[0] == 0xE2)
		return end - p < 3 || (u[1] == 0x80 && (u[2] == 0xA8 || u[2] == 0xA9));
	if (u[0] == 0xEF)
		return end - p < 3 || (u[1] == 0xBB && u[2] == 0xBF) || (u[1] == 0xBF && u[2] >= 0xBE);
	return false;
}

/* Is there a control in it, a lone CR, or one of the odd ones? */
static bool has_odd(const char *p, const char *end)
{
	for (; p < end; p++) {
		const unsigned char c = (unsigned char)*p;
		if (c < ' ' || c == 0x7F || ((c == 0xC2 || c == 0xE2 || c == 0xEF) && is_odd(p, end)))
			return true;
	}
	return false;
}

/* The end of this line, before its CR LF or LF; NULL when something in it is not simple. */
static const char *line_end(const struct simple *s, const char *p)
{
	const char *newline = p < s->end ? memchr(p, '\n', (size_t)(s->end - p)) : NULL;
	const char *end = newline ? newline : s->end;

	if (newline && end > p && end[-1] == '\r')
		end--;
	return has_odd(p, end) ? NULL : end;
}

static const char *skip_spaces(const char *p, const char *end)
{
	while (p < end && *p == ' ')
		p++;
	return p;
}

static const char *cut_spaces(const char *p, const char *end)
{
	while (end > p && end[-1] == ' ')
		end--;
	return end;
}

/* To the line after the one that ends at end. */
static void next_line(struct simple *s, const char *end)
{
	s->p = end + (end < s->end && *end == '\r');
	s->p += s->p < s->end;
	s->line_start = s->p;
	s->line++;
}

/* --------------------------------------------------------------- scalars */

/* Behind the quoted scalar at p; NULL when there is an escape in it or it does not end on this line. */
static const char *quoted_end(const char *p, const char *end)
{
	const char quote = *p;

	for (p++; p < end; p++) {
		if (*p == '\\' && quote == '"')
			return NULL;
		if (*p == quote)
			return p + 1 < end && p[1] == quote ? NULL : p + 1;
	}
	return NULL;
}

/* No "#" that begins a comment, no ":" that ends a key. */
static bool is_plain(const char *p, const char *end)
{
	for (const char *q = p; q < end && (q = memchr(q, ':', (size_t)(end - q))); q++)
		if (q + 1 == end || q[1] == ' ')
			return false;
	for (const char *q = p; q < end && (q = memchr(q, '#', (size_t)(end - q))); q++)
		if (q > p && q[-1] == ' ')
			return false;
	return true;
}

/* In brackets, none of their marks either. */
static bool is_plain_item(const char *p, const char *end)
{
	for (; p < end; p++)
		if (strchr("[]{}:?#&*!|>%@`\"'", *p))
			return false;
	return true;
}

/* The scalar [p, end), blanks around it cut off. */
static bool read_scalar(struct simple *s, const char *p, const char *end, bool in_brackets, struct value *out)
{
	const bool quoted = *p == '"' || *p == '\'';
	const uint32_t at = column(s, p);
	struct str text;

	if (quoted ? quoted_end(p, end) != end
		   : !begins_plain(p, end) || !(in_brackets ? is_plain_item(p, end) : is_plain(p, end)))
		return give_up(s);
	if (++s->nodes > s->limits->max_nodes)
		return give_up(s);
	text = arena_str(s->arena, quoted ? str_slice(p + 1, end - 1) : str_slice(p, end));
	if (!text.p)
		return give_up(s);
	*out = value_string(text);
	if (!quoted && !yaml_resolve(text, out))
		return give_up(s);
	out->line = s->line;
	out->column = at;
	return true;
}

static struct value list_at(struct simple *s, const char *p)
{
	struct value list = value_list();

	list.line = s->line;
	list.column = column(s, p);
	s->nodes++;
	return list;
}

/* Where an item in brackets ends: a comma or the closing one. */
static const char *item_end(const char *p, const char *end)
{
	if (*p == '"' || *p == '\'') {
		p = quoted_end(p, end);
		return p ? skip_spaces(p, end) : end;
	}
	while (p < end && *p != ',' && *p != ']')
		p++;
	return p;
}

/* "[a, "b"]" and nothing behind it on its line. */
static bool read_brackets(struct simple *s, const char *p, const char *end, struct value *out)
{
	*out = list_at(s, p);
	p = skip_spaces(p + 1, end);
	if (p < end && *p == ']')
		return p + 1 == end || give_up(s);
	for (;;) {
		struct value item;
		const char *stop = p < end ? item_end(p, end) : end;
		if (stop == end || (*stop != ',' && *stop != ']') || stop == p)
			return give_up(s);
		if (!read_scalar(s, p, cut_spaces(p, stop), true, &item))
			return false;
		if (!value_append(s->arena, out, item))
			return give_up(s);
		p = skip_spaces(stop + 1, end);
		if (*stop == ']')
			return p == end || give_up(s);
	}
}

/* ----------------------------------------------------------------- lines */

/* Steps over empty lines; false at the end. */
static bool skip_empty(struct simple *s)
{
	while (s->p < s->end && (*s->p == '\n' || (*s->p == '\r' && s->p + 1 < s->end && s->p[1] == '\n')))
		next_line(s, s->p);
	return s->p < s->end;
}

/* "- item" lines, each as far right as the first. The cursor stands at the beginning of a line. */
static bool read_items(struct simple *s, struct value *out)
{
	const long indent = skip_spaces(s->p, s->end) - s->p;

	*out = list_at(s, s->p + indent);
	while (skip_empty(s)) {
		const char *dash = skip_spaces(s->p, s->end), *end = line_end(s, s->p), *item;
		struct value v;
		if (dash == s->p && dash < s->end && is_key_char(*dash))
			return true;
		if (!end || dash - s->p != indent || end - dash < 2 || dash[0] != '-' || dash[1] != ' ')
			return give_up(s);
		item = skip_spaces(dash + 1, end);
		if (item == end || !read_scalar(s, item, cut_spaces(item, end), false, &v))
			return give_up(s);
		if (!value_append(s->arena, out, v))
			return give_up(s);
		next_line(s, end);
	}
	return true;
}

/* A key without a value on its line, whose colon ends at p. */
static bool read_below(struct simple *s, const char *p, const char *end, struct value *out)
{
	*out = value_null();
	out->line = s->line;
	out->column = column(s, p);
	next_line(s, end);
	if (!skip_empty(s) || is_key_char(*s->p)) {
		s->nodes++;
		return true;
	}
	return *s->p == ' ' || *s->p == '-' ? read_items(s, out) : give_up(s);
}

/* Behind "key:". */
static bool read_value(struct simple *s, const char *p, struct value *out)
{
	const char *end = line_end(s, p), *from, *to;

	if (!end || (p < end && *p != ' '))
		return give_up(s);
	from = skip_spaces(p, end);
	to = cut_spaces(from, end);
	if (from == to)
		return read_below(s, p, end, out);
	if (*from == '[' ? !read_brackets(s, from, to, out) : !read_scalar(s, from, to, false, out))
		return false;
	next_line(s, end);
	return true;
}

static bool read_member(struct simple *s, struct value *map)
{
	const char *start = s->p, *p = start;
	const uint32_t line = s->line, at = column(s, start);
	struct value v;
	struct str key;

	while (p < s->end && (is_key_char(*p) || (p > start && (*p == '-' || *p == '.'))))
		p++;
	/* libyaml wants its keys short */
	if (p == start || p == s->end || *p != ':' || p - start > 200)
		return give_up(s);
	key = arena_str(s->arena, str_slice(start, p));
	if (!key.p || value_member(map, key) || !yaml_resolve(key, &v) || v.kind == VALUE_NULL)
		return give_up(s);
	if (!read_value(s, p + 1, &v) || !frontmatter_set(s->arena, map, key, line, at, v))
		return give_up(s);
	return s->nodes <= s->limits->max_nodes || give_up(s);
}

enum yaml_simple yaml_read_simple(struct str text, uint32_t first_line, const struct frontmatter_limits *limits,
				  struct arena *a, struct value *out)
{
	struct simple s = { .p = text.p,
			    .end = text.p + text.n,
			    .line_start = text.p,
			    .line = first_line,
			    .limits = limits,
			    .arena = a,
			    .nodes = 1 };
	struct value map = value_map();

	if (limits->max_depth < 2 || !skip_empty(&s))
		return YAML_NOT_SIMPLE;
	map.line = s.line;
	map.column = 1;
	while (s.status == YAML_SIMPLE && skip_empty(&s))
		read_member(&s, &map);
	if (s.status == YAML_SIMPLE)
		*out = map;
	return s.status;
}
