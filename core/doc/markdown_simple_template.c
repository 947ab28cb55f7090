/*
 * markdown_simple_template.c - templates for markdown_simple.h: as inlines of
 * their own, and in what keeps them as they are written.
 *
 * The pass before cmark (prepare.h) takes them out of the bytes before it knows of blocks, so all that is skipped
 * here is looked through for them as well, from left to right.
 */
#include "doc/markdown_simple_private.h"

/* Is what stands at p in a part that "{% raw %}" begins? */
static bool is_in_raw(const struct simple *s, const char *p)
{
	size_t low = 0, high = s->n_raws;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (s->raws[middle].from < p)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 && p < s->raws[low - 1].to;
}

/* At "{% raw %}": what stands between it and its end is text. */
static bool add_raw(struct simple *s, const char *p, const char *close)
{
	if (s->no_endraw || (s->n_raws && p <= s->raws[s->n_raws - 1].from))
		return true;
	const char *end = liquid_end_tag(LIQUID_RAW, close, s->end);
	if (!end) {
		s->no_endraw = true;
		return true;
	}
	struct simple_raw *grown = arena_grow(s->scratch, s->raws, &s->cap_raws, s->n_raws + 1, sizeof *grown);
	if (!grown) {
		s->failed = true;
		return false;
	}
	s->raws = grown;
	s->raws[s->n_raws++] = (struct simple_raw){ p, end };
	return true;
}

enum simple_find simple_find_template(struct simple *s, const char *p, const char **to)
{
	if (!(s->parts & DIALECT_TEMPLATES) || s->end - p < 4 || (p[1] != '{' && p[1] != '%'))
		return LINK_NONE;
	if (is_in_raw(s, p)) /* both braces are passed over */
		return is_in_raw(s, p + 1) ? LINK_NONE : LINK_UNSURE;
	const char *close = template_end(&s->ends, p);
	if (!close)
		return LINK_NONE;
	const enum liquid_kind kind = liquid_kind(p, close);
	if (kind == LIQUID_HIGHLIGHT || (kind == LIQUID_RAW && !add_raw(s, p, close)))
		return LINK_UNSURE;
	*to = s->template_to = close;
	return LINK_FOUND;
}

bool simple_ends_in_raw(const struct simple *s, const char *p)
{
	return is_in_raw(s, p);
}

bool simple_step_template(struct simple *s, const char **at)
{
	const char *to = *at;

	switch (simple_find_template(s, *at, &to)) {
	case LINK_NONE:
		++*at;
		return true;
	case LINK_FOUND:
		if (memchr(*at, '\n', (size_t)(to - *at)))
			return false;
		*at = to;
		return true;
	default:
		return false;
	}
}

/* What the pass before cmark may take for a fence, beside whose marks no templates are. */
static bool has_fence(const struct simple_row *row)
{
	const size_t n = (size_t)(row->end - row->content);

	return memmem(row->content, n, "```", 3) || memmem(row->content, n, "~~~", 3);
}

/* To cmark, a template over several lines is on one of them. */
bool simple_join_lines(struct simple *s, struct simple_row *row)
{
	const char *to = NULL;
	bool joined = false;

	for (const char *p = row->content; (p = memchr(p, '{', (size_t)(row->end - p)));) {
		const enum simple_find found = simple_find_template(s, p, &to);
		if (found == LINK_UNSURE)
			return simple_leave_block(s);
		if (found == LINK_FOUND && to > row->end) {
			const char *newline = memchr(to, '\n', (size_t)(s->end - to));
			row->end = newline ? newline : s->end;
			joined = true;
		}
		p = found == LINK_FOUND ? to : p + 1;
	}
	return !joined || !has_fence(row) || simple_leave_block(s);
}

/* At "{" in text. */
bool simple_add_template(struct simple *s, const struct simple_text *t, const char **at)
{
	const char *p = *at, *to = p;
	const enum simple_find found = simple_find_template(s, p, &to);

	if (found == LINK_NONE) {
		simple_add_piece(s, str_slice(p, p + 1), p, p + 1);
		*at = p + 1;
		return !s->failed;
	}
	/* on several lines it loses what containers, and an indent, have there */
	const bool indented = s->n_open > 0 || (s->text_begin > s->begin && s->text_begin[-1] != '\n');
	if (found == LINK_UNSURE || to > t->to || (indented && memchr(p, '\n', (size_t)(to - p))))
		return simple_leave_block(s);
	const uint32_t node = simple_leaf(s, NODE_TEMPLATE, simple_offset(s, p), simple_offset(s, to));
	simple_set_text(s, node, str_slice(p, to));
	*at = s->last_to = to;
	return !s->failed;
}

/*
 * They are looked for in code too, and come back as they were; not so what loses an indent, and one that ends
 * behind the code would take its end along.
 */
bool simple_pass_code(struct simple *s, const char *p, const char *end, bool as_it_is)
{
	const char *to = NULL;

	while ((p = p < end ? memchr(p, '{', (size_t)(end - p)) : NULL)) {
		const enum simple_find found = simple_find_template(s, p, &to);
		if (found == LINK_UNSURE ||
		    (found == LINK_FOUND && (to > end || (!as_it_is && memchr(p, '\n', (size_t)(to - p))))))
			return simple_leave_block(s);
		p = found == LINK_FOUND ? to : p + 1;
	}
	return true;
}
