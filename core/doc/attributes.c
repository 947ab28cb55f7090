/*
 * attributes.c - see attributes.h; the grammar is kramdown's (Inline
 * Attribute Lists), which has no escapes but backslash before a quote.
 */
#include "doc/attributes.h"

#include "base/bytes.h"

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
	       c == ':' || c == '.' || (unsigned char)c >= 0x80;
}

enum part_type { PART_END, PART_ID, PART_CLASS, PART_PAIR, PART_NAME, PART_BAD };

struct part {
	enum part_type type;
	struct str name, value;
};

/* The value at p, quoted or bare; *p moves behind it. */
static bool read_value(const char **p, const char *end, struct str *value)
{
	const char *q = *p;

	if (q < end && (*q == '"' || *q == '\'')) {
		const char quote = *q++;
		const char *start = q;
		while (q < end && *q != quote)
			q += *q == '\\' && q + 1 < end ? 2 : 1;
		if (q >= end)
			return false;
		*value = str_slice(start, q);
		*p = q + 1;
		return true;
	}
	while (q < end && *q != ' ' && *q != '\t')
		q++;
	*value = str_slice(*p, q);
	*p = q;
	return value->n > 0;
}

static struct part next_part(const char **at, const char *end)
{
	struct part part = { PART_BAD, STR_EMPTY, STR_EMPTY };
	const char *p = *at;

	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	*at = p;
	if (p == end) {
		part.type = PART_END;
		return part;
	}
	char lead = *p;
	if (lead == '#' || lead == '.')
		p++;
	const char *start = p;
	/* "#a.b" is an id and a class */
	while (p < end && is_name(*p) && !(*p == '.' && (lead == '#' || lead == '.')))
		p++;
	part.name = str_slice(start, p);
	if (part.name.n == 0)
		return part;
	if (lead == '#') {
		part.type = PART_ID;
	} else if (lead == '.') {
		part.type = PART_CLASS;
	} else if (p < end && *p == '=') {
		p++;
		if (!read_value(&p, end, &part.value))
			return part;
		part.type = PART_PAIR;
	} else {
		part.type = PART_NAME;
	}
	if (p < end && *p != ' ' && *p != '\t' && *p != '.' && *p != '#')
		part.type = PART_BAD;
	*at = p;
	return part;
}

bool attributes_check(struct str s)
{
	const char *p = s.p, *end = s.p + s.n;
	int bare = 0;

	for (;;) {
		struct part part = next_part(&p, end);
		if (part.type == PART_END)
			return bare <= 1; /* prose in braces has more words than one */
		if (part.type == PART_BAD)
			return false;
		bare += part.type == PART_NAME && !str_ends(part.name, STR_LIT(":"));
	}
}

bool attributes_has_names(struct str s)
{
	const char *p = s.p, *end = s.p + s.n;

	for (;;) {
		const struct part part = next_part(&p, end);
		if (part.type == PART_NAME)
			return true;
		if (part.type == PART_END || part.type == PART_BAD)
			return false;
	}
}

bool attributes_may_define(struct str body)
{
	const char *end = body.p + body.n;

	for (const char *p = body.p; (p = bytes_find_pair(p, end, '{', ':'));) {
		for (p += 2; p < end && (*p == ' ' || *p == '\t');)
			p++;
		const char *name = p;
		while (p < end && is_name(*p))
			p++;
		if (p > name && p[-1] == ':')
			return true;
	}
	return false;
}

bool attributes_is_definition(struct str s)
{
	const char *p = s.p, *end = s.p + s.n;
	struct part part = next_part(&p, end);

	return part.type == PART_NAME && str_ends(part.name, STR_LIT(":"));
}

/* Without the backslashes before quotes and "}"; borrowed where there are none, p NULL when memory is refused. */
static struct str unescape(struct arena *a, struct str s)
{
	if (!memchr(s.p, '\\', s.n))
		return s;
	char *copy = arena_alloc(a, s.n), *to = copy;
	if (!copy)
		return (struct str){ NULL, 0 };
	for (const char *p = s.p, *end = s.p + s.n; p < end; p++) {
		if (*p == '\\' && p + 1 < end && (p[1] == '"' || p[1] == '\'' || p[1] == '}'))
			p++;
		*to++ = *p;
	}
	return str_slice(copy, to);
}

struct named_attributes attributes_named(struct str s)
{
	const char *p = s.p, *end = s.p + s.n;
	const struct part part = next_part(&p, end);

	return (struct named_attributes){ { part.name.p, part.name.n - 1 }, str_slice(p, end) };
}

/* Names are left aside here: a list that is named cannot go on to name others, so that this ends. */
static bool apply_parts(struct arena *a, struct event *e, struct str s)
{
	const char *p = s.p, *end = s.p + s.n;
	bool ok = true;

	while (ok) {
		struct part part = next_part(&p, end);
		switch (part.type) {
		case PART_END:
		case PART_BAD:
			return true;
		case PART_ID:
			ok = event_set_attr(a, e, STR_LIT("id"), part.name);
			break;
		case PART_CLASS:
			ok = event_set_attr(a, e, STR_LIT("class"), part.name);
			break;
		case PART_PAIR:
			part.value = unescape(a, part.value);
			ok = part.value.p && event_set_attr(a, e, part.name, part.value);
			break;
		case PART_NAME:
			break;
		}
	}
	return false;
}

bool attributes_apply(struct arena *a, struct event *e, struct str s, const struct named_attributes *named,
		      size_t n_named)
{
	const char *p = s.p, *end = s.p + s.n;

	for (;;) {
		const struct part part = next_part(&p, end);
		if (part.type == PART_END || part.type == PART_BAD)
			return apply_parts(a, e, s);
		for (size_t i = 0; part.type == PART_NAME && i < n_named; i++)
			if (str_eq(part.name, named[i].name) && !apply_parts(a, e, named[i].inside))
				return false;
	}
}
