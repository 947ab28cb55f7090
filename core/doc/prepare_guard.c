/*
 * prepare_guard.c - what cmark is kept from, for stage one of prepare.h: raw
 * HTML that nothing closes, tags with templates among their attributes, and
 * what costs it more than linear time (its own weakness, not the document's).
 */
#include "doc/prepare_private.h"

#include "doc/lines.h"

#include "base/ascii.h"

/* CommonMark's labels have less than a thousand characters. */
#define LABEL_MAX 1002

/* Longer tags are not looked through for templates. */
#define TAG_MAX 4096

static const char *find(const char *p, const char *end, struct str mark)
{
	return p < end ? memmem(p, (size_t)(end - p), mark.p, mark.n) : NULL;
}

/* -------------------------------------------------------------- raw HTML */

static bool starts_nocase(const char *p, const char *end, struct str name)
{
	return (size_t)(end - p) >= name.n && str_eq_nocase((struct str){ p, name.n }, name);
}

bool prepare_is_raw_element(const char *p, const char *end)
{
	static const struct str names[] = { { "script", 6 }, { "style", 5 }, { "pre", 3 }, { "textarea", 8 } };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (p < end && (*p | 32) == *names[i].p && starts_nocase(p, end, names[i]))
			return true;
	return false;
}

static enum raw_kind raw_kind_at(const char *p, const char *end)
{
	if (starts_nocase(p, end, STR_LIT("<!--")))
		return RAW_COMMENT;
	if (starts_nocase(p, end, STR_LIT("<![CDATA[")))
		return RAW_CDATA;
	if (end - p > 2 && p[1] == '!' && p[2] >= 'A' && p[2] <= 'Z')
		return RAW_DECLARATION;
	if (end - p > 1 && p[1] == '?')
		return RAW_INSTRUCTION;
	return prepare_is_raw_element(p + 1, end) ? RAW_ELEMENT : RAW_KINDS;
}

/* The last place in the body that closes such a block; its beginning where there is none. */
static const char *last_close(struct inline_pass *s, enum raw_kind kind)
{
	static const struct str closing[RAW_KINDS] = {
		{ "-->", 3 }, { "?>", 2 }, { "]]>", 3 }, { ">", 1 }, { "</", 2 }
	};
	const char *end = pass_end(s), *last = s->body.p;

	if (s->last_close[kind])
		return s->last_close[kind];
	for (const char *p = s->body.p; (p = find(p, end, closing[kind])); p++)
		if (kind != RAW_ELEMENT || prepare_is_raw_element(p + 2, end))
			last = p;
	return s->last_close[kind] = last;
}

static bool is_behind(struct str body, const char *p, const char *marks)
{
	while (p > body.p && p[-1] != '\n' && strchr(marks, p[-1]))
		p--;
	return p == body.p || p[-1] == '\n';
}

bool prepare_begins_line(struct str body, const char *p)
{
	return is_behind(body, p, " \t>-+*0123456789.)");
}

bool prepare_may_define(struct str body, const char *from, const char *p)
{
	const char *least = p - body.p > LABEL_MAX ? p - LABEL_MAX : body.p;
	from = from < least ? least : from;
	const char *bracket = memrchr(from, '[', (size_t)(p - from));

	/* in the definition of a term, too */
	return bracket &&
	       ((bracket > body.p && bracket[-1] == '\\') || is_behind(body, bracket, " \t>-+*0123456789.):"));
}

static bool begins_raw_block(const struct inline_pass *s, const char *p)
{
	struct line line;

	return prepare_begins_line(s->body, p) && line_read(str_slice(p, pass_end(s)), p, &line) &&
	       line_starts_block(&line);
}

/*
 * The tag at p with its templates: those in values as placeholders, those
 * where an attribute should be left out (*n counts them).  Returns its end; NULL: it is no tag, or ends too late.
 */
static const char *copy_tag(struct inline_pass *s, const char *p, struct buf *tag, int *n)
{
	const char *end = template_paragraph_end(&s->ends, p);
	char quote = 0;

	end = end - p < TAG_MAX ? end : p + TAG_MAX;
	buf_addc(tag, *p++);
	while (p < end && (quote || *p != '<')) {
		const char *close = *p == '{' && end - p > 3 && (p[1] == '{' || p[1] == '%') ? template_end(&s->ends, p)
											     : NULL;
		if (close && (quote || p[-1] == '=')) {
			struct held *held = prepare_hold(s->p, tag, HELD_TEMPLATE, str_slice(p, close));
			if (held)
				held->from = (uint32_t)(p - s->body.p), held->to = (uint32_t)(close - s->body.p);
		} else if (close) {
			buf_addc(tag, ' ');
			++*n;
		} else {
			if (quote ? *p == quote : (*p == '"' || *p == '\'') && p[-1] == '=')
				quote = quote ? 0 : *p;
			buf_addc(tag, *p);
			if (*p == '>' && !quote)
				return p + 1;
		}
		p = close ? close : p + 1;
	}
	return NULL;
}

/* A name that a blank, a slash or the end of the tag follows: "<http://" is none. */
static bool has_tag_name(const char *p, const char *end)
{
	while (p < end && (ascii_is_letter(*p) || (*p >= '0' && *p <= '9') || *p == '-'))
		p++;
	return p < end && strchr(" \t\r\n/>", *p) && !(*p == '/' && p + 1 < end && p[1] != '>');
}

/* cmark knows no tag with a template among its attributes: it is held as a whole. NULL where p is no such tag. */
static const char *on_tag(struct inline_pass *s, const char *p)
{
	const char *end = pass_end(s), *behind = NULL;
	size_t n_held = s->p->n_held;
	struct buf tag;
	int n = 0;

	if (end - p < 6 || !ascii_is_letter(p[1]) || !has_tag_name(p + 1, end) || prepare_is_raw_element(p + 1, end) ||
	    begins_raw_block(s, p) || pass_is_in_info(s, p))
		return NULL;
	buf_init(&tag, s->p->arena->heap, 0);
	behind = copy_tag(s, p, &tag, &n);
	if (!behind || n == 0) {
		s->p->n_held = n_held;
		behind = NULL;
	} else {
		struct held *held = pass_hold(s, HELD_TAG, p, behind);
		if (held)
			held->text = arena_str(s->p->arena, buf_str(&tag));
		s->p->has_tags = true;
		s->p->failed = s->p->failed || !buf_ok(&tag) || !held || !held->text.p;
	}
	buf_release(&tag);
	return behind;
}

/* At "<": what would open a raw block that nothing closes is text, or it would take the rest of the document along. */
const char *guard_less(struct inline_pass *s, const char *p)
{
	enum raw_kind kind = raw_kind_at(p, pass_end(s));
	const char *behind = s->has_templates ? on_tag(s, p) : NULL;

	if (behind)
		return behind;
	if (kind == RAW_KINDS || last_close(s, kind) > p)
		return p + 1;
	struct held *held = pass_hold(s, HELD_LITERAL, p, p + 1);
	s->p->unclosed = true;
	if (held)
		held->text = held->source;
	return p + 1;
}

/* At "\\<", which is text; but where HTML is around, no backslash makes it so. */
const char *guard_escaped_less(struct inline_pass *s, const char *p)
{
	enum raw_kind kind = raw_kind_at(p + 1, pass_end(s));

	if (kind == RAW_KINDS || last_close(s, kind) > p + 1)
		return p + 2;
	struct held *held = pass_hold(s, HELD_LITERAL, p, p + 2);
	s->p->unclosed = true;
	if (held)
		held->text = STR_LIT("<");
	return p + 2;
}

/* ---------------------------------------------------------------- images */

/*
 * cmark looks, at each link it closes, through all "![" that are still open
 * in the paragraph: with very many of them that takes time in their square.
 */
#define IMAGES_MAX 1000

bool guard_needs_images(struct str body)
{
	const char *end = body.p + body.n;
	size_t n = 0;

	if (body.n < 2 * IMAGES_MAX)
		return false;
	for (const char *p = body.p; n <= IMAGES_MAX && p < end && (p = memchr(p, '!', (size_t)(end - p))); p++)
		n += p + 1 < end && p[1] == '[';
	return n > IMAGES_MAX;
}

/* Behind the "]" of "![text]", where nothing in the text could be hiding it; else NULL. */
static const char *simple_image_end(const char *p, const char *end)
{
	for (p += 2; p < end && !strchr("[<`\\!\n", *p); p++)
		if (*p == ']')
			return p + 1;
	return NULL;
}

/* At "!": counts images that may stay open, and makes their beginning beyond the limit plain text. */
const char *guard_image(struct inline_pass *s, const char *p)
{
	const char *close;

	if (pass_end(s) - p < 2 || p[1] != '[')
		return p + 1;
	close = simple_image_end(p, pass_end(s));
	if (close)
		return p + 1;
	if (!s->images_end || p >= s->images_end) {
		s->images = 0;
		s->images_end = template_paragraph_end(&s->ends, p);
	}
	if (++s->images < IMAGES_MAX)
		return p + 1;
	struct held *held = pass_hold(s, HELD_LITERAL, p, p + 2);
	if (held)
		held->text = held->source;
	s->p->guarded = true;
	return p + 2;
}

/* ------------------------------------------------------------- containers */

/*
 * At each line cmark walks through all containers that are open, even where
 * the line is blank: their depth is bounded by the column a mark may stand in.
 */
#define CONTAINER_COLUMNS 500

/* A mark of a container that stands too far right at the beginning of this line, or NULL. */
static const char *deep_mark(const char *p, const char *end)
{
	int column = 0;

	for (; p < end && *p && strchr(" \t>-+*0123456789.)", *p); p++) {
		if (column > CONTAINER_COLUMNS && *p != ' ' && *p != '\t')
			return p;
		column += *p == '\t' ? 4 - column % 4 : 1;
	}
	return NULL;
}

bool guard_needs_lines(const struct prepared *p)
{
	const char *end = p->text.p + p->text.n;

	for (size_t i = 0; i < p->n_lines; i++) {
		size_t next = i + 1 < p->n_lines ? p->lines[i + 1] : p->text.n;
		/* a tab takes four columns at most */
		if (next - p->lines[i] > CONTAINER_COLUMNS / 4 && deep_mark(p->text.p + p->lines[i], end))
			return true;
	}
	return false;
}

/* At the beginning of a line. */
const char *guard_line(struct inline_pass *s, const char *p)
{
	const char *mark = deep_mark(p, pass_end(s));

	if (!mark)
		return p;
	struct held *held = pass_hold(s, HELD_LITERAL, mark, mark + 1);
	if (held)
		held->text = held->source;
	s->p->guarded = true;
	return mark + 1;
}
