/*
 * markdown_cut.c - where a document may be cut for markdown_parts.c, by a look
 * at its bytes: what reaches over such a place, and what goes on behind it.
 *
 * It is cut before a line that begins a block of its own after a blank one.  Whether nothing was open there is seen
 * when the part before it has been read.
 */
#include "doc/markdown_priv.h"

#include "base/bytes.h"
#include "doc/attributes.h"

static bool may_define(struct str body)
{
	const char *end = body.p + body.n, *from = body.p;

	for (const char *p = body.p; (p = bytes_find_pair(p, end, ']', ':')); from = p, p += 2)
		if (prepare_may_define(body, from, p))
			return true;
	return false;
}

bool markdown_is_divisible(const struct markdown_input *input, bool html, bool defined)
{
	const char *p = input->body.p, *end = p + input->body.n;

	if (!defined && may_define(input->body))
		return false;
	return (!(input->parts & DIALECT_HTML) || !bytes_has(input->body, '<') || (html && input->html)) &&
	       !(!html && (input->parts & DIALECT_FOOTNOTES) && bytes_find_pair(p, end, '[', '^')) &&
	       (!(input->parts & DIALECT_ATTRIBUTES) || !attributes_may_define(input->body)) &&
	       !(!html && (input->parts & DIALECT_TEMPLATES) && bytes_find_pair(p, end, '{', '%')) &&
	       !(!html && (input->parts & DIALECT_DEFINITIONS) && prepare_has_definitions(input->body));
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

/* Is the last line before p that is not blank an attribute list, which may be meant for the block below? */
static bool is_below_attributes(const char *begin, const char *p)
{
	while (p > begin && strchr(" \t\r\n", p[-1]))
		p--;
	while (p > begin && p[-1] != '\n')
		p--;
	while (*p == ' ' || *p == '>')
		p++;
	return *p == '{';
}

/* Is the paragraph at p one of terms, of which a list of definitions above may go on?  Not asked where items are cut. */
static bool is_term(const char *p, const char *end)
{
	bool blank = false;
	for (const char *line = p; line < end;) {
		const char *newline = memchr(line, '\n', (size_t)(end - line)), *stop = newline ? newline : end;
		const char *at = line;
		while (at < stop && strchr(" \t\r>", *at))
			at++;
		if (at < stop && *at == ':')
			return true;
		if (at < stop && blank)
			return false;
		blank = blank || at == stop;
		line = newline ? newline + 1 : end;
	}
	return false;
}

/*
 * The first place at or after p where the document may be cut: an item of a list, or behind a blank line a line
 * that goes on with no list, quote or indented code and belongs to nothing above.
 */
static const char *cut_after(struct str body, const char *p, bool joins, struct markdown_joint *joint)
{
	const char *end = body.p + body.n;

	while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) {
		const char *blank = after_blank(p, end), *next = blank ? blank : p + 1;
		bool item = joins && is_item(next, end);
		const bool plain = blank && next < end && !strchr(" \t\r\n->+*0123456789:={", *next);
		if ((item || plain) && !is_below_attributes(body.p, p) && (joins || !is_term(next, end))) {
			joint->mark = item ? *next : 0;
			joint->blank = blank != NULL;
			joint->html = *next == '<';
			return next;
		}
		p++;
	}
	return end;
}

const char *markdown_cut_near(struct str body, const char *least, const char *about, bool joins,
			      struct markdown_joint *joint)
{
	const char *cut = cut_after(body, least, joins, joint);

	while (cut < about) {
		struct markdown_joint further = { .last = false };
		const char *next = cut_after(body, cut, joins, &further);
		if (next > about)
			break;
		cut = next;
		*joint = further;
	}
	return cut;
}

bool markdown_begins_with_definition(const char *p, const char *end)
{
	while (p < end && strchr(" \t\n>", *p))
		p++;
	return p < end && *p == ':';
}
