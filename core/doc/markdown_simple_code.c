/*
 * markdown_simple_code.c - fenced code for markdown_simple.h.
 */
#include "doc/markdown_simple_private.h"

struct fence {
	char mark;
	int length, indent;
};

static bool closes_fence(const struct fence *f, const struct simple_row *row)
{
	const int n = row->content < row->end && *row->content == f->mark ? bytes_run(row->content, row->end) : 0;

	return n >= f->length && row->content - row->p <= 3 && trim_end(row->content + n, row->end) == row->content + n;
}

/* The code from at on, up to the line that closes it, which *last then is. */
static bool find_code(struct simple *s, const struct fence *f, const char *at, struct simple_row *last, bool *whole)
{
	*whole = s->n_open == 0 && f->indent == 0;
	while (at < s->end) {
		if (!simple_match(s, last, at) && *whole)
			s->verdict = SIMPLE_READ; /* tabs are of no matter where nothing is taken off the lines */
		if (s->verdict != SIMPLE_READ)
			return false;
		if (last->matched < s->n_open)
			return simple_leave_block(s);
		if (closes_fence(f, last))
			return true;
		at = simple_next_line(s, last);
	}
	return simple_leave_block(s); /* never closed */
}

/* Copies the lines without what belongs to the containers and the indent of the fence. */
static struct str copy_code(struct simple *s, const struct fence *f, const char *at, const char *end)
{
	char *copy = arena_alloc(s->scratch, (size_t)(end - at) + 1), *to = copy;

	if (!copy) {
		s->failed = true;
		return STR_EMPTY;
	}
	while (at < end) {
		struct simple_row row;
		if (!simple_match(s, &row, at))
			return STR_EMPTY;
		for (int i = 0; i < f->indent && row.p < row.content; i++)
			row.p++;
		at = simple_next_line(s, &row);
		memcpy(to, row.p, (size_t)(at - row.p));
		to += at - row.p;
	}
	return str_slice(copy, to);
}

bool simple_add_code(struct simple *s, struct simple_row *row, int length)
{
	const struct fence f = { *row->content, length, (int)(row->content - row->p) };
	const char *first = simple_next_line(s, row);
	const struct str info = str_trim(str_slice(row->content + length, row->end));
	struct simple_row last;
	bool whole;

	if (!simple_begin_block(s, row))
		return false;
	/* it may be a tag, which to the pass before cmark goes on behind it */
	if (memchr(info.p, '<', info.n))
		return simple_leave_all(s);
	if (memchr(info.p, '\\', info.n) || memchr(info.p, '&', info.n) || !find_code(s, &f, first, &last, &whole))
		return simple_leave_block(s);
	const char *stop = last.end; /* of the closing line */
	const char *to = first;
	for (to = last.p; to > first && to[-1] != '\n';)
		to--;
	if (s->templates && !simple_pass_code(s, first, to, whole))
		return false;
	struct str code = whole ? str_slice(first, to) : copy_code(s, &f, first, to);
	uint32_t node = simple_leaf(s, NODE_CODE_BLOCK, simple_offset(s, row->content), simple_offset(s, stop));
	simple_set_text(s, node, code);
	if (info.n)
		simple_set_extra(s, node, info);
	simple_fill(s);
	row->end = stop;
	return s->verdict == SIMPLE_READ && !s->failed;
}
