/*
 * prepare_liquid.c - stage one of prepare.h: the Liquid tags whose content is
 * not what it looks like. Between raw and endraw braces are text; what
 * stands between highlight and endhighlight is code.
 */
#include "doc/prepare_private.h"

#include "base/ascii.h"

/* The next end tag at or after p, or NULL: looked for once in vain. */
static const char *find_tag(struct inline_pass *s, enum liquid_kind kind, const char *p)
{
	const char *tag = s->no_end[kind] ? NULL : liquid_end_tag(kind, p, pass_end(s));

	if (!tag)
		s->no_end[kind] = s->p->unclosed = true;
	return tag;
}

/* Only blanks from p to the end of its line; *next: the line after it. */
static bool ends_line(const char *p, const char *end, const char **next)
{
	while (p < end && (ascii_is_blank(*p) || *p == '\r'))
		p++;
	*next = p < end ? p + 1 : end;
	return p == end || *p == '\n';
}

/* Only blanks between the beginning of the line and p, at most three; *start: where it begins. */
static bool begins_line(const struct inline_pass *s, const char *p, const char **start)
{
	const char *q = p;

	while (q > s->body.p && q[-1] == ' ')
		q--;
	*start = q;
	return p - q <= 3 && (q == s->body.p || q[-1] == '\n');
}

/* At "{% highlight ... %}", which ends at close. Returns where the code block ends, or NULL. */
static const char *take_code(struct inline_pass *s, const char *p, const char *close)
{
	const char *end = pass_end(s), *literal, *start, *next;
	const char *last = find_tag(s, LIQUID_HIGHLIGHT, close);

	if (!last || !begins_line(s, p, &start) || !ends_line(close, end, &literal) || literal > last ||
	    !begins_line(s, last, &start))
		return NULL;
	const char *behind = memmem(last, (size_t)(end - last), "%}", 2);
	if (!behind || !ends_line(behind + 2, end, &next))
		return NULL;
	struct held *held = pass_hold(s, HELD_CODE, p, behind + 2);
	if (held)
		held->text = str_slice(literal, start);
	return behind + 2;
}

const char *liquid_take(struct inline_pass *s, const char *p, const char *close)
{
	const char *last;

	switch (liquid_kind(p, close)) {
	case LIQUID_HIGHLIGHT:
		return take_code(s, p, close);
	case LIQUID_RAW:
		last = find_tag(s, LIQUID_RAW, close);
		s->raw_end = last ? last : s->raw_end;
		break;
	default:
		break;
	}
	return NULL;
}
