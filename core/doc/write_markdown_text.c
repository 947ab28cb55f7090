/*
 * write_markdown_text.c - text in Markdown, with as few escapes as keep it
 * text: a character is escaped only where it would be read as something else.
 */
#include "base/ascii.h"
#include "base/text.h"
#include "base/utf8.h"
#include "doc/write_markdown.h"

struct text_at {
	struct markdown_writer *w;
	struct str s;
	size_t i;
	enum node_kind prev, next; /* of the siblings; 0: none */
	bool safe;                 /* no mark is left as it is */
	bool in_block;             /* right below a block, not in emphasis or the like */
	bool line_start;           /* i is the first character of its line */
	bool number;               /* only digits since then */
};

static char char_at(const struct text_at *a, size_t i)
{
	return i < a->s.n ? a->s.p[i] : '\0';
}

static char next_char(const struct text_at *a)
{
	return char_at(a, a->i + 1);
}

/* ------------------------------------------------------------- surroundings */

static uint32_t code_point_before(const struct text_at *a)
{
	const struct str out = buf_str(a->w->out);
	const char *start = a->i ? a->s.p : out.p + a->w->start;
	const char *end = a->i ? a->s.p + a->i : out.p + out.n;
	uint32_t cp = ' ';

	if (!a->line_start && end > start)
		utf8_decode(utf8_prev(start, end), end, &cp);
	return cp;
}

static bool is_word(uint32_t cp)
{
	return text_is_letter(cp) || text_is_digit(cp);
}

static bool word_after(const struct text_at *a)
{
	uint32_t cp;

	if (a->i + 1 >= a->s.n)
		return false;
	utf8_decode(a->s.p + a->i + 1, a->s.p + a->s.n, &cp);
	return is_word(cp);
}

static bool is_break(enum node_kind kind)
{
	return kind == NODE_SOFTBREAK || kind == NODE_LINEBREAK;
}

/* Nothing of this line follows. */
static bool ends_line(const struct text_at *a)
{
	return a->i + 1 == a->s.n && (is_break(a->next) || (a->next == 0 && a->in_block));
}

/* Between blanks: it can neither open nor close emphasis. */
static bool stands_alone(const struct text_at *a)
{
	const uint32_t before = code_point_before(a);

	return !a->line_start && (before == ' ' || before == '\t') && (ascii_is_blank(next_char(a)) || ends_line(a));
}

/* ------------------------------------------------------------ what it would be */

static bool tilde_counts(const struct text_at *a)
{
	const bool last = a->i + 1 == a->s.n;

	if (last && a->next == 0 && !a->in_block)
		return true; /* marks may close right behind it */
	return code_point_before(a) == '~' || next_char(a) == '~' || (last && a->next == NODE_STRIKETHROUGH) ||
	       (a->i == 0 && a->prev == NODE_STRIKETHROUGH);
}

/* Marks that mean something at the beginning of a line only. */
static bool block_mark_counts(const struct text_at *a, char c)
{
	const char next = next_char(a);
	const bool ends = next == '\0' || ascii_is_blank(next);
	size_t run = a->i;

	switch (c) {
	case '>':
	case '|':
		return true;
	case '-':
		return ends || next == c || next == '|' || next == ':';
	case '+':
	case '=':
		return ends || next == c;
	case ':':
		return ends || next == '-';
	case '#':
		while (char_at(a, run) == '#')
			run++;
		return run - a->i <= 6 && (run == a->s.n || ascii_is_blank(a->s.p[run]));
	case '[':
		return next != '\0' && strchr(" xX", next) && char_at(a, a->i + 2) == ']';
	case '{':
		return a->w->out->n == a->w->start;
	default:
		return false;
	}
}

static bool ends_heading(const struct text_at *a)
{
	return a->w->in_heading && a->i + 1 == a->s.n && a->next == 0;
}

static bool scheme_before(const struct text_at *a)
{
	static const struct str schemes[] = { { "http", 4 }, { "https", 5 }, { "ftp", 3 } };

	for (size_t k = 0; k < sizeof schemes / sizeof *schemes; k++)
		if (a->i >= schemes[k].n &&
		    str_eq_nocase((struct str){ a->s.p + a->i - schemes[k].n, schemes[k].n }, schemes[k]))
			return true;
	return false;
}

/* At "@": an address around it, with a full stop in its domain. */
static bool mail_around(const struct text_at *a)
{
	const char before = a->i ? a->s.p[a->i - 1] : '\0';
	size_t i = a->i + 1;

	if (!(ascii_is_letter(before) || ascii_is_digit(before) || (before && strchr(".-_+", before))))
		return false;
	while (ascii_is_letter(char_at(a, i)) || ascii_is_digit(char_at(a, i)) || char_at(a, i) == '-' ||
	       char_at(a, i) == '_')
		i++;
	return i > a->i + 1 && char_at(a, i) == '.';
}

/* In what looks like an address a backslash is read as itself. */
static bool needs_more_escapes(const struct text_at *a)
{
	for (size_t i = a->i + 1; i < a->s.n && i < a->i + 200 && !ascii_is_blank(a->s.p[i]); i++)
		if (strchr("\\*_`[]<&~", a->s.p[i]))
			return true;
	return false;
}

/* Does something follow that is no blank, perhaps the marks of the next node? */
static bool goes_on(const struct text_at *a)
{
	const char next = next_char(a);

	return next == '\0' ? a->next != 0 && !is_break(a->next) : !ascii_is_blank(next);
}

/* The character that makes a bare address one; in a link that is no harm. */
static bool makes_address(const struct text_at *a, char c)
{
	if (a->w->depth_link && !needs_more_escapes(a))
		return false;
	switch (c) {
	case ':':
		return next_char(a) == '/' && char_at(a, a->i + 2) == '/' && scheme_before(a);
	case '.':
		return a->i >= 3 && str_eq_nocase((struct str){ a->s.p + a->i - 3, 3 }, STR_LIT("www")) && goes_on(a);
	default:
		return mail_around(a);
	}
}

static bool angle_counts(const struct text_at *a)
{
	const char next = next_char(a);

	return next == '\0' ? a->next != 0 && !is_break(a->next)
			    : ascii_is_letter(next) || next == '/' || next == '!' || next == '?';
}

/* Would it begin a list of attributes: "{: ...}", or "{#id}" at the end of a heading? */
static bool begins_attributes(const struct text_at *a)
{
	const char next = next_char(a);

	if (next == ':')
		return true;
	return a->w->in_heading && a->next == 0 && (next == '#' || next == '.') && str_ends(a->s, STR_LIT("}")) &&
	       !memchr(a->s.p + a->i + 1, '{', a->s.n - a->i - 1);
}

static bool needs_backslash(const struct text_at *a)
{
	const char c = a->s.p[a->i], next = next_char(a);

	if (a->line_start && block_mark_counts(a, c))
		return true;
	switch (c) {
	case '\\':
		return next == '\0' || ascii_is_punct(next);
	case '`':
		return true;
	case '*':
		return !stands_alone(a);
	case '_':
		return !(is_word(code_point_before(a)) && word_after(a)) && !stands_alone(a);
	case '[':
		return a->w->depth_link > 0 || next == '^';
	case ']':
		return a->w->depth_link > 0 || next == '(' || next == ':' || next == '[' ||
		       (next == '\0' && a->next == NODE_TEXT);
	case '<':
		return angle_counts(a);
	case '{':
		return begins_attributes(a);
	case '&':
		return markdown_at_entity(a->s, a->i);
	case '!':
		return next == '\0' && (a->next == NODE_LINK || a->next == NODE_FOOTNOTE_REFERENCE);
	case '~':
		return tilde_counts(a);
	case '#':
		return ends_heading(a);
	case '.':
		return makes_address(a, c) || (a->number && !a->line_start && (next == '\0' || ascii_is_blank(next)));
	case ')':
		return a->number && !a->line_start && (next == '\0' || ascii_is_blank(next));
	case ':':
	case '@':
		return makes_address(a, c);
	default:
		return false;
	}
}

/* ----------------------------------------------------------------- writing */

/* White space that would be trimmed, and braces of templates: no backslash helps them. */
static bool needs_entity(const struct text_at *a)
{
	const char c = a->s.p[a->i], next = next_char(a);

	switch (c) {
	case '\n':
	case '\r':
		return true;
	case ' ':
	case '\t':
		return a->line_start || ends_line(a) || (a->i == 0 && a->prev == 0 && a->in_block);
	case '{':
		return next == '{' || next == '%' || next == '<' ||
		       (next == '\0' && a->next != 0 && !is_break(a->next));
	default:
		return false;
	}
}

static void put_char(const struct text_at *a)
{
	struct markdown_writer *w = a->w;
	const char c = a->s.p[a->i];

	if (needs_entity(a) || (a->safe && markdown_is_mark(c))) {
		buf_addf(w->out, "&#%d;", c);
		return;
	}
	if (c == ' ')
		markdown_wrap_at(w);
	if (needs_backslash(a) || (c == '|' && w->in_cell))
		buf_addc(w->out, '\\');
	buf_addc(w->out, c);
}

/* U+FEFF as the very first character would be read as a byte order mark. */
static bool is_first_mark(const struct text_at *a)
{
	return a->w->out->n == a->w->start &&
	       str_starts(str_slice(a->s.p + a->i, a->s.p + a->s.n), STR_LIT("\xEF\xBB\xBF"));
}

void markdown_text(struct markdown_writer *w, uint32_t node, struct str s)
{
	const bool root = node == w->root;
	struct text_at a = { .w = w,
			     .s = s,
			     .prev = root ? 0 : tree_kind(w->tree, tree_prev(w->tree, node)),
			     .next = root ? 0 : tree_kind(w->tree, tree_next(w->tree, node)),
			     .safe = markdown_is_safe(w, node),
			     .in_block = root || node_kind_is_block(tree_kind(w->tree, tree_parent(w->tree, node))),
			     .line_start = w->line_start,
			     .number = w->line_start };

	for (; a.i < s.n; a.i++) {
		if (is_first_mark(&a)) {
			buf_addz(w->out, "&#65279;");
			a.i += 2;
		} else {
			put_char(&a);
		}
		a.number = a.number && ascii_is_digit(s.p[a.i]);
		a.line_start = false;
	}
	w->line_start = a.line_start;
}
