/*
 * markdown_parts.c - large documents part by part, so that what a parse takes
 * for itself does not grow with them.
 *
 * cmark's nodes take many times what they are made from.  A document is cut where nothing is open: before a
 * line that begins a block of its own after a blank one.  It must hold nothing that reaches over
 * such a place: link definitions, footnotes, attribute lists, definition lists, raw HTML that we read.
 */
#include "doc/markdown_priv.h"

#include "base/bytes.h"

/* Parts are about as large, and documents up to twice that are read in one go. Fuzzing makes it small. */
#ifndef MARKDOWN_PART
#define MARKDOWN_PART ((size_t)1 << 20)
#endif

static bool is_divisible(const struct markdown_input *input)
{
	const char *p = input->body.p, *end = p + input->body.n;

	if (input->body.n <= 2 * MARKDOWN_PART || bytes_find_pair(p, end, ']', ':'))
		return false;
	return !((input->parts & DIALECT_HTML) && bytes_has(input->body, '<')) &&
	       !((input->parts & DIALECT_FOOTNOTES) && bytes_find_pair(p, end, '[', '^')) &&
	       !((input->parts & DIALECT_ATTRIBUTES) && bytes_find_pair(p, end, '{', ':')) &&
	       !((input->parts & DIALECT_DEFINITIONS) && prepare_has_definitions(input->body));
}

/* The line after a blank one that follows the line end at p; NULL when the next line is not blank. */
static const char *after_blank(const char *p, const char *end)
{
	const char *next = p + 1;

	if (next < end && *next == '\r')
		next++;
	return next < end && *next == '\n' ? next + 1 : NULL;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* "- text" in the first column: an item of a list, whatever stands above it. */
static bool is_item(const char *p, const char *end)
{
	return end - p > 2 && (*p == '-' || *p == '+' || *p == '*') && p[1] == ' ' && is_letter(p[2]);
}

/*
 * The first place at or after p where the document may be cut: an item of a list, or behind a blank line a line
 * that goes on with no list, quote or indented code and belongs to nothing above.
 */
static const char *cut_after(const char *p, const char *end, struct markdown_joint *joint)
{
	while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) {
		const char *blank = after_blank(p, end), *next = blank ? blank : p + 1;
		bool item = is_item(next, end);
		if (item || (blank && next < end && !strchr(" \t\r\n->+*0123456789:={", *next))) {
			joint->mark = item ? *next : 0;
			joint->blank = blank != NULL;
			return next;
		}
		p++;
	}
	return end;
}

/* The next part from *p on; a part that turns out to end in the midst of something is read again with half as much more. */
static enum markdown_status read_next(const struct markdown_input *input, const char **p, struct arena *arena,
				      struct prepared *prepared, struct events *out, struct structure *tree,
				      struct markdown_joint *joint)
{
	const char *end = input->body.p + input->body.n;
	enum markdown_status status = MARKDOWN_CUT;

	for (size_t size = MARKDOWN_PART; status == MARKDOWN_CUT; size += size / 2) {
		struct markdown_joint after = { .last = false };
		const char *cut = (size_t)(end - *p) > size ? cut_after(*p + size, end, &after) : end;
		const struct markdown_input part = { str_slice(*p, cut), input->offset + (uint32_t)(*p - input->body.p),
						     input->parts };
		after.last = cut == end;
		arena_reset(arena);
		status = markdown_read_part(&part, arena, prepared, out, tree, joint, &after);
		if (status == MARKDOWN_OK) {
			*p = cut;
			*joint = after;
		}
	}
	return status;
}

static enum markdown_status read_parts(const struct markdown_input *input, struct arena *arena,
				       struct prepared *prepared, struct events *out, struct structure *tree)
{
	const char *p = input->body.p, *end = p + input->body.n;
	enum markdown_status status = MARKDOWN_OK;
	bool cells_limited = false, guarded = false;
	struct markdown_joint joint = { .last = false };
	struct arena own;

	arena_init(&own, arena->heap, arena->limit);
	while (status == MARKDOWN_OK && p < end) {
		status = read_next(input, &p, &own, prepared, out, tree, &joint);
		cells_limited = cells_limited || prepared->cells_limited;
		guarded = guarded || prepared->guarded;
	}
	arena_release(&own);
	*prepared = (struct prepared){ .arena = arena, .cells_limited = cells_limited, .guarded = guarded };
	return status;
}

enum markdown_status markdown_read(const struct markdown_input *input, struct arena *arena, struct prepared *prepared,
				   struct events *out, struct structure *tree)
{
	return is_divisible(input) ? read_parts(input, arena, prepared, out, tree)
				   : markdown_read_part(input, arena, prepared, out, tree, NULL, NULL);
}
