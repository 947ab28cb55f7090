/*
 * prepare_inline.c - stage one of prepare.h: templates, attribute lists,
 * footnote references, escaped tildes and the characters of bare URLs that
 * would be read as emphasis.
 *
 * Looks at bytes, not at blocks: what it finds inside code is put back.
 * Every search that fails is remembered, so that the pass stays linear.
 */
#include "doc/prepare.h"

#include <stdlib.h>

#include "doc/attributes.h"
#include "doc/lines.h"

/* Longer tags are not looked through for templates. */
#define TAG_MAX 4096

/* Raw HTML that cmark lets run to the end of the document when it is not closed. */
enum raw_kind { RAW_COMMENT, RAW_INSTRUCTION, RAW_CDATA, RAW_DECLARATION, RAW_ELEMENT, RAW_KINDS };

struct pass {
	struct prepared *p;
	struct buf *out;
	struct str body;
	const char *copied;    /* everything before is in out */
	const char *paragraph; /* end of the current paragraph; NULL: not known */
	const char *none[4];   /* no closing mark of that kind before this point */
	size_t images;         /* begun in the current paragraph, perhaps without end */
	const char *images_end;
	const char *last_close[RAW_KINDS]; /* of raw blocks: the last one of the body; NULL: not looked for yet */
	bool has_templates;
	bool marks[256];                   /* bytes that something may begin with */
	struct str *labels;                /* of footnote definitions */
	size_t n_labels, cap_labels;
};

static const char *body_end(const struct pass *s)
{
	return s->body.p + s->body.n;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Start of the next blank line at or after p, or the end: no construct here reaches past it. */
static const char *paragraph_end(struct pass *s, const char *p)
{
	if (s->paragraph && p < s->paragraph)
		return s->paragraph;
	const char *end = body_end(s);
	while (p < end) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		if (!newline)
			break;
		p = newline + 1;
		while (p < end && is_blank(*p))
			p++;
		if (p < end && *p == '\n')
			return s->paragraph = newline;
	}
	return s->paragraph = end;
}

/* Copies what is pending and leaves a placeholder for [from, to). */
static struct held *hold(struct pass *s, enum held_type type, const char *from, const char *to)
{
	segment_add(&s->p->inline_map, s->out->n, (size_t)(s->copied - s->body.p), true);
	buf_add(s->out, s->copied, (size_t)(from - s->copied));
	segment_add(&s->p->inline_map, s->out->n, (size_t)(from - s->body.p), false);
	struct held *held = prepare_hold(s->p, s->out, type, str_slice(from, to));
	if (held) {
		held->from = (uint32_t)(from - s->body.p);
		held->to = (uint32_t)(to - s->body.p);
	}
	segment_add(&s->p->inline_map, s->out->n, (size_t)(to - s->body.p), true);
	s->copied = to;
	return held;
}

/* ------------------------------------------------------------- templates */

static const char *find(const char *p, const char *end, struct str mark)
{
	return p < end ? memmem(p, (size_t)(end - p), mark.p, mark.n) : NULL;
}

/* End of the template that begins at p ("{{" or "{%"), or NULL. */
static const char *template_end(struct pass *s, const char *p)
{
	static const struct str closing[4] = { { "}}", 2 }, { "%}", 2 }, { ">}}", 3 }, { "%}}", 3 } };
	const char *end = paragraph_end(s, p);
	const char *inner = p + 2;
	int kind = p[1] == '%' ? 1 : 0;

	if (kind == 0 && inner < end && (*inner == '<' || *inner == '%'))
		kind = *inner++ == '<' ? 2 : 3;
	if (s->none[kind] && inner < s->none[kind])
		return NULL;
	const char *close = find(inner, end, closing[kind]);
	if (!close) {
		s->none[kind] = end;
		return NULL;
	}
	close += closing[kind].n;
	if (kind == 0 && p[2] == '{' && close < end && *close == '}')
		close++; /* {{{raw}}} */
	return close;
}

/* "{: ...}" on one line; "{::...}" and "{:/...}" are extensions of kramdown's own and treated as templates. */
static const char *attributes_end(const struct pass *s, const char *p)
{
	const char *end = body_end(s);

	for (const char *q = p + 2; q < end && *q != '\n' && q - p < 1000; q++) {
		if (*q == '"' || *q == '\'') {
			const char quote = *q++;
			while (q < end && *q != quote && *q != '\n')
				q++;
			if (q >= end || *q == '\n')
				return NULL;
		} else if (*q == '{') {
			return NULL;
		} else if (*q == '}') {
			return q + 1;
		}
	}
	return NULL;
}

/* At "{". Returns where to go on. */
static const char *on_brace(struct pass *s, const char *p)
{
	const char *close = NULL;

	if (body_end(s) - p < 4)
		return p + 1;
	if (p[1] == '{' || p[1] == '%') {
		close = template_end(s, p);
		if (close)
			hold(s, HELD_TEMPLATE, p, close);
	} else if (p[1] == ':') {
		close = attributes_end(s, p);
		if (close && (p[2] == ':' || p[2] == '/'))
			hold(s, HELD_TEMPLATE, p, close);
		else if (close && attributes_check(str_slice(p + 2, close - 1)))
			hold(s, HELD_ATTRIBUTES, p, close);
		else
			close = NULL;
	}
	return close ? close : p + 1;
}

/* ------------------------------------------------------------------ URLs */

static bool is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Where a bare URL that holds p ends: white space, "<", an unbalanced ")", or what our own syntax begins. */
static const char *url_end(const struct pass *s, const char *p)
{
	const char *end = body_end(s);
	int depth = 0;

	for (; p < end; p++) {
		unsigned char c = (unsigned char)*p;
		if (c <= ' ' || c == '<' || c == '`' || c == ']' || c == '|' || c == '{' || c >= 0xF3)
			break;
		if (c == '(')
			depth++;
		else if (c == ')' && --depth < 0)
			break;
	}
	return p;
}

/* At the "://" or "www." of a URL: holds the characters in it that could be taken for emphasis. */
static const char *on_url(struct pass *s, const char *p)
{
	const char *end = url_end(s, p);
	const char *last = end;

	while (last > p && strchr("?!.,:*_~'\"", last[-1]))
		last--;
	for (const char *q = p; q < last; q++) {
		bool inside_word = *q == '_' && q > p && is_alnum(q[-1]) && is_alnum(q[1]);
		if ((*q == '*' || *q == '_' || *q == '~') && !inside_word) {
			struct held *held = hold(s, HELD_LITERAL, q, q + 1);
			if (held)
				held->text = held->source;
		}
	}
	return end;
}

static bool ends_with_scheme(struct str before)
{
	static const struct str schemes[] = { { "http", 4 }, { "https", 5 }, { "ftp", 3 } };

	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		size_t n = schemes[i].n;
		if (before.n >= n && str_eq_nocase((struct str){ before.p + before.n - n, n }, schemes[i]))
			return true;
	}
	return false;
}

static const char *on_colon(struct pass *s, const char *p)
{
	if (body_end(s) - p < 4 || p[1] != '/' || p[2] != '/')
		return p + 1;
	return ends_with_scheme(str_slice(s->body.p, p)) ? on_url(s, p + 3) : p + 3;
}

static const char *on_w(struct pass *s, const char *p)
{
	if (body_end(s) - p < 5 || memcmp(p, "www.", 4) != 0 || (p > s->body.p && is_alnum(p[-1])))
		return p + 1;
	return on_url(s, p + 4);
}

/* ------------------------------------------------------------- footnotes */

/* The label of "[^label]" at p, empty where it is none. */
static struct str footnote_label(const struct pass *s, const char *p)
{
	const char *end = body_end(s);
	const char *q = p + 2;

	while (q < end && q - p < 200 && (unsigned char)*q > ' ' && *q != ']' && *q != '[' && *q != '^')
		q++;
	return q < end && *q == ']' && q > p + 2 ? str_slice(p + 2, q) : STR_EMPTY;
}

/* Only spaces between the start of the line and p, at most three. */
static bool at_line_start(const struct pass *s, const char *p)
{
	int n = 0;

	while (p > s->body.p && p[-1] == ' ' && ++n <= 3)
		p--;
	return p == s->body.p || p[-1] == '\n';
}

static void collect_labels(struct pass *s)
{
	const char *end = body_end(s);

	for (const char *p = s->body.p; (p = find(p, end, STR_LIT("[^"))); p += 2) {
		struct str label = footnote_label(s, p);
		const char *after = label.p + label.n + 1;
		if (label.n == 0 || after >= end || *after != ':' || !at_line_start(s, p))
			continue;
		if (s->n_labels == s->cap_labels) {
			struct str *grown = arena_grow(s->p->arena, s->labels, &s->cap_labels, s->n_labels + 1,
						       sizeof *grown);
			if (!grown) {
				s->p->failed = true;
				return;
			}
			s->labels = grown;
		}
		s->labels[s->n_labels++] = label;
	}
}

static int compare_labels(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static const char *on_bracket(struct pass *s, const char *p)
{
	if (s->n_labels == 0 || body_end(s) - p < 4 || p[1] != '^')
		return p + 1;
	struct str label = footnote_label(s, p);
	const char *close = label.p + label.n + 1;
	bool definition = label.n && close < body_end(s) && *close == ':' && at_line_start(s, p);
	if (label.n == 0 || definition || !bsearch(&label, s->labels, s->n_labels, sizeof label, compare_labels))
		return p + 2;
	struct held *held = hold(s, HELD_FOOTNOTE_REFERENCE, p, close);
	if (held)
		held->text = label;
	return close;
}

/* "\~" is a tilde that strikes nothing; any other escaped mark is stepped over. */
static const char *on_backslash(struct pass *s, const char *p)
{
	if (body_end(s) - p < 2)
		return p + 1;
	if (p[1] == '~') {
		struct held *held = hold(s, HELD_LITERAL, p, p + 2);
		if (held)
			held->text = STR_LIT("~");
		return p + 2;
	}
	return p[1] == '[' || p[1] == ':' || p[1] == '\\' ? p + 2 : p + 1;
}

/* A private use character of the source's own stands for itself. */
static const char *on_private_use(struct pass *s, const char *p)
{
	unsigned char c = (unsigned char)*p;

	if (body_end(s) - p < 4 || (c == 0xF3 && (unsigned char)p[1] < 0xB0))
		return p + 1;
	struct held *held = hold(s, HELD_LITERAL, p, p + 4);
	if (held)
		held->text = held->source;
	return p + 4;
}

/* -------------------------------------------------------------- raw HTML */

static bool starts_nocase(const char *p, const char *end, struct str name)
{
	return (size_t)(end - p) >= name.n && str_eq_nocase((struct str){ p, name.n }, name);
}

/* One of the elements whose raw block ends at an end tag alone (CommonMark 4.6, condition 1); p behind "<" or "</". */
static bool is_raw_element(const char *p, const char *end)
{
	static const struct str names[] = { { "script", 6 }, { "style", 5 }, { "pre", 3 }, { "textarea", 8 } };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (starts_nocase(p, end, names[i]))
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
	return is_raw_element(p + 1, end) ? RAW_ELEMENT : RAW_KINDS;
}

/* The last place in the body that closes such a block; its beginning where there is none. */
static const char *last_close(struct pass *s, enum raw_kind kind)
{
	static const struct str closing[RAW_KINDS] = {
		{ "-->", 3 }, { "?>", 2 }, { "]]>", 3 }, { ">", 1 }, { "</", 2 }
	};
	const char *end = body_end(s), *last = s->body.p;

	if (s->last_close[kind])
		return s->last_close[kind];
	for (const char *p = s->body.p; (p = find(p, end, closing[kind])); p++)
		if (kind != RAW_ELEMENT || is_raw_element(p + 2, end))
			last = p;
	return s->last_close[kind] = last;
}

/* Nothing but marks of containers between the beginning of the line and p? */
static bool begins_line(const struct pass *s, const char *p)
{
	while (p > s->body.p && p[-1] != '\n' && strchr(" \t>-+*0123456789.)", p[-1]))
		p--;
	return p == s->body.p || p[-1] == '\n';
}

static bool begins_raw_block(const struct pass *s, const char *p)
{
	struct line line;

	return begins_line(s, p) && line_read(str_slice(p, body_end(s)), p, &line) && line_starts_block(&line);
}

/*
 * The tag at p with its templates: those in values as placeholders, those
 * where an attribute should be left out (*n counts them).  Returns its end; NULL: it is no tag, or ends too late.
 */
static const char *copy_tag(struct pass *s, const char *p, struct buf *tag, int *n)
{
	const char *end = paragraph_end(s, p);
	char quote = 0;

	end = end - p < TAG_MAX ? end : p + TAG_MAX;
	buf_addc(tag, *p++);
	while (p < end && (quote || *p != '<')) {
		const char *close = *p == '{' && end - p > 3 && (p[1] == '{' || p[1] == '%') ? template_end(s, p) : NULL;
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

/* cmark knows no tag with a template among its attributes: it is held as a whole. NULL where p is no such tag. */
static const char *on_tag(struct pass *s, const char *p)
{
	const char *end = body_end(s), *behind = NULL;
	size_t n_held = s->p->n_held;
	struct buf tag;
	int n = 0;

	if (end - p < 6 || !is_letter(p[1]) || is_raw_element(p + 1, end) || begins_raw_block(s, p))
		return NULL;
	buf_init(&tag, s->p->arena->heap, 0);
	behind = copy_tag(s, p, &tag, &n);
	if (!behind || n == 0) {
		s->p->n_held = n_held;
		behind = NULL;
	} else {
		struct held *held = hold(s, HELD_TAG, p, behind);
		if (held)
			held->text = arena_str(s->p->arena, buf_str(&tag));
		s->p->failed = s->p->failed || !buf_ok(&tag) || !held || !held->text.p;
	}
	buf_release(&tag);
	return behind;
}

/* At "<": what would open a raw block that nothing closes is text, or it would take the rest of the document along. */
static const char *on_less(struct pass *s, const char *p)
{
	enum raw_kind kind = raw_kind_at(p, body_end(s));
	const char *behind = s->has_templates ? on_tag(s, p) : NULL;

	if (behind)
		return behind;
	if (kind == RAW_KINDS || last_close(s, kind) > p)
		return p + 1;
	struct held *held = hold(s, HELD_LITERAL, p, p + 1);
	if (held)
		held->text = held->source;
	return p + 1;
}

/* ---------------------------------------------------------------- images */

/*
 * cmark looks, at each link it closes, through all "![" that are still open
 * in the paragraph: with very many of them that takes time in their square.
 */
#define IMAGES_MAX 1000

static bool has_many_images(struct str body)
{
	const char *end = body.p + body.n;
	size_t n = 0;

	for (const char *p = body.p; n <= IMAGES_MAX && (p = find(p, end, STR_LIT("!["))); p += 2)
		n++;
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
static const char *on_image(struct pass *s, const char *p)
{
	const char *close;

	if (body_end(s) - p < 2 || p[1] != '[')
		return p + 1;
	close = simple_image_end(p, body_end(s));
	if (close)
		return p + 1;
	if (!s->images_end || p >= s->images_end) {
		s->images = 0;
		s->images_end = paragraph_end(s, p);
	}
	if (++s->images < IMAGES_MAX)
		return p + 1;
	struct held *held = hold(s, HELD_LITERAL, p, p + 2);
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

static bool has_deep_marks(struct str body)
{
	const char *p = body.p, *end = body.p + body.n;

	while (p && !deep_mark(p, end)) {
		p = memchr(p, '\n', (size_t)(end - p));
		if (p)
			p++;
	}
	return p != NULL;
}

/* At the beginning of a line. */
static const char *on_line(struct pass *s, const char *p)
{
	const char *mark = deep_mark(p, body_end(s));

	if (!mark)
		return p;
	struct held *held = hold(s, HELD_LITERAL, mark, mark + 1);
	if (held)
		held->text = held->source;
	s->p->guarded = true;
	return mark + 1;
}

/* ------------------------------------------------------------------ pass */

static const char *on_mark(struct pass *s, const char *at)
{
	switch (*at) {
	case '{':
		return on_brace(s, at);
	case '[':
		return on_bracket(s, at);
	case '!':
		return on_image(s, at);
	case '\n':
		return on_line(s, at + 1);
	case '<':
		return on_less(s, at);
	case ':':
		return on_colon(s, at);
	case '\\':
		return on_backslash(s, at);
	case 'w':
		return on_w(s, at);
	default:
		return on_private_use(s, at);
	}
}

static void set_marks(struct pass *s, const char *marks)
{
	for (; *marks; marks++)
		s->marks[(unsigned char)*marks] = true;
}

static void walk(struct pass *s)
{
	const char *end = body_end(s);

	for (const char *at = s->marks['\n'] ? on_line(s, s->body.p) : s->body.p; at < end && !s->p->failed;) {
		if (s->marks[(unsigned char)*at])
			at = on_mark(s, at);
		else
			at++;
	}
	if (s->copied == s->body.p)
		return; /* nothing held: the text is the body itself */
	segment_add(&s->p->inline_map, s->out->n, (size_t)(s->copied - s->body.p), true);
	buf_add(s->out, s->copied, (size_t)(end - s->copied));
	if (s->out->n == 0)
		buf_addc(s->out, '\n');
}

/* What would cost cmark more than it is worth; false: there is nothing of it. */
static bool set_guards(struct pass *s)
{
	if (has_many_images(s->body))
		set_marks(s, "!");
	if (has_deep_marks(s->body))
		set_marks(s, "\n");
	return s->marks['!'] || s->marks['\n'];
}

void prepare_inlines(struct prepared *p, struct str body, struct buf *out)
{
	struct pass s = { .p = p, .out = out, .body = body, .copied = body.p };

	s.has_templates = memmem(body.p, body.n, "{{", 2) || memmem(body.p, body.n, "{%", 2);
	collect_labels(&s);
	if (s.n_labels > 1)
		qsort(s.labels, s.n_labels, sizeof *s.labels, compare_labels);
	set_marks(&s, "{[<:\\w\xF3\xF4");
	set_guards(&s);
	walk(&s);
}

void prepare_guards(struct prepared *p, struct str body, struct buf *out)
{
	struct pass s = { .p = p, .out = out, .body = body, .copied = body.p };

	if (!set_guards(&s))
		return;
	set_marks(&s, "\xF3\xF4");
	walk(&s);
}
