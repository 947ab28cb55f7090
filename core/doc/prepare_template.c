/*
 * prepare_template.c - where templates ("{{ }}", "{% %}", "{{< >}}") end, and
 * which of Liquid's tags take along what stands behind them.
 *
 * For stage one of prepare.h and for markdown_simple.h, which must agree to the byte.
 */
#include "doc/prepare.h"

#include "base/ascii.h"

const char *template_paragraph_end(struct template_ends *t, const char *p)
{
	const char *const from = p;

	if (t->from && t->from <= p && p < t->to)
		return t->to;
	t->from = from;
	while (p < t->end) {
		const char *newline = memchr(p, '\n', (size_t)(t->end - p));
		if (!newline)
			break;
		p = newline + 1;
		while (p < t->end && (ascii_is_blank(*p) || *p == '\r'))
			p++;
		if (p < t->end && *p == '\n')
			return t->to = newline;
	}
	return t->to = t->end;
}

const char *template_end(struct template_ends *t, const char *p)
{
	static const struct str closing[4] = { { "}}", 2 }, { "%}", 2 }, { ">}}", 3 }, { "%}}", 3 } };
	const char *end = template_paragraph_end(t, p);
	const char *inner = p + 2;
	int kind = p[1] == '%' ? 1 : 0;

	if (kind == 0 && inner < end && (*inner == '<' || *inner == '%'))
		kind = *inner++ == '<' ? 2 : 3;
	if (t->none[kind].from && t->none[kind].from <= inner && inner < t->none[kind].to)
		return NULL;
	const char *close = inner < end ? memmem(inner, (size_t)(end - inner), closing[kind].p, closing[kind].n) : NULL;
	if (!close) {
		t->none[kind].from = inner;
		t->none[kind].to = end;
		return NULL;
	}
	close += closing[kind].n;
	if (kind == 0 && p[2] == '{' && close < end && *close == '}')
		close++; /* {{{raw}}} */
	return close;
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || c == '_';
}

struct str liquid_name(const char *p, const char *end)
{
	const char *from = p + 2;

	if (from < end && *from == '-')
		from++;
	while (from < end && ascii_is_blank(*from))
		from++;
	const char *to = from;
	while (to < end && is_name(*to))
		to++;
	return str_slice(from, to);
}

enum liquid_kind liquid_kind(const char *p, const char *close)
{
	const struct str name = p[1] == '%' ? liquid_name(p, close) : STR_EMPTY;

	return str_eqz(name, "raw") ? LIQUID_RAW : str_eqz(name, "highlight") ? LIQUID_HIGHLIGHT : LIQUID_KINDS;
}

const char *liquid_end_tag(enum liquid_kind kind, const char *p, const char *end)
{
	static const struct str names[LIQUID_KINDS] = { { "endraw", 6 }, { "endhighlight", 12 } };

	for (; (p = p < end ? memmem(p, (size_t)(end - p), "{%", 2) : NULL); p += 2)
		if (str_eq(liquid_name(p, end), names[kind]))
			return p;
	return NULL;
}

struct str liquid_language(struct str tag)
{
	const char *end = tag.p + tag.n;
	const struct str name = liquid_name(tag.p, end);
	const char *p = name.p + name.n;

	while (p < end && ascii_is_blank(*p))
		p++;
	const char *from = p;
	while (p < end && !ascii_is_blank(*p) && *p != '%' && *p != '\n' && !(*p == '-' && p + 1 < end && p[1] == '%'))
		p++;
	return str_slice(from, p);
}
